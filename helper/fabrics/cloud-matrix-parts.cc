/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "cloud-matrix-helper.h"

#include "ns3/enum-accessor.h"
#include "ns3/log.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricCloudMatrixParts");

TypeId
CloudMatrixHelper::AddPartAttributes(TypeId tid)
{
    using Self = CloudMatrixHelper;
    using Medium = FabricLink::Medium;
    return tid
        .AddAttribute("UplinkMedium",
                      "What links from L1 to L2 chips are made of. Whether copper of that length "
                      "carries that rate nobody checks here.",
                      EnumValue(Medium::OPTICAL),
                      MakeEnumAccessorFor<Medium::Kind>(&Self::m_uplinkMedium, 0),
                      MakeEnumChecker(Medium::COPPER, "Copper", Medium::OPTICAL, "Optical"))
        .AddAttribute("Accelerator",
                      "Type of the NPUs in the catalog, not empty.",
                      StringValue("Ascend-910C"),
                      MakeStringAccessor(&Self::m_accelerator),
                      MakeStringChecker())
        .AddAttribute("Processor",
                      "Type of the CPUs in the catalog, not empty if there are CPUs. Default: "
                      "guessed, which Kunpeng it is has not been published.",
                      StringValue("Kunpeng-920-6426"),
                      MakeStringAccessor(&Self::m_processor),
                      MakeStringChecker())
        .AddAttribute("Enclosure",
                      "What else is in a node, in the catalog: boards, memory, storage, fans, DPU. "
                      "Empty: nothing.",
                      StringValue("CloudMatrix-node"),
                      MakeStringAccessor(&Self::m_enclosure),
                      MakeStringChecker())
        .AddAttribute("L1Chip",
                      "Type of the L1 chips in the catalog, not empty.",
                      StringValue("UB-L1"),
                      MakeStringAccessor(&Self::m_l1Chip),
                      MakeStringChecker())
        .AddAttribute("L2Chip",
                      "Type of the L2 chips in the catalog, not empty.",
                      StringValue("UB-L2"),
                      MakeStringAccessor(&Self::m_l2Chip),
                      MakeStringChecker())
        .AddAttribute("Module",
                      "Type of the UB network's optical modules in the catalog, not empty. The "
                      "type of modules on light is that of their optics.",
                      StringValue("400G-SR8-LPO"),
                      MakeStringAccessor(&Self::m_module),
                      MakeStringChecker())
        .AddAttribute("RdmaModule",
                      "As Module, of the RDMA network.",
                      StringValue("400G-SR8-LPO"),
                      MakeStringAccessor(&Self::m_rdmaModule),
                      MakeStringChecker())
        .AddAttribute("RdmaSwitch",
                      "Type of the boxes that leaves and spines are in, in the catalog, not empty. "
                      "Default: what a modular switch is made of is not published.",
                      StringValue("SN5600"),
                      MakeStringAccessor(&Self::m_rdmaSwitch),
                      MakeStringChecker())
        .AddAttribute("RdmaSwitchPorts",
                      "Ports of such a box: leaves share boxes, and so do spines. 0 to 65534; 0: "
                      "each has one of its own. Default: 51.2 Tb/s of RdmaSwitch at 400 Gb/s.",
                      UintegerValue(128),
                      MakeUintegerAccessor(&Self::m_rdmaSwitchPorts),
                      MakeUintegerChecker<uint32_t>(0, 65534))
        .AddAttribute(
            "FibreCable",
            "Type of a fibre cable, not empty; there is one to each module at a lower end, and "
            "with UplinkOcs one to each UB module.",
            StringValue("MPO-16-trunk"),
            MakeStringAccessor(&Self::m_fibreCable),
            MakeStringChecker())
        .AddAttribute("CopperCable",
                      "Type of a copper cable, not empty; it carries as many links as a module.",
                      StringValue("400G-copper-cable"),
                      MakeStringAccessor(&Self::m_copperCable),
                      MakeStringChecker())
        .AddAttribute("UplinkOcs",
                      "Type of the optical circuit switches that links from L1 to L2 chips pass, "
                      "in the catalog. Empty: none, modules are joined by fibre.",
                      StringValue(""),
                      MakeStringAccessor(&Self::m_uplinkOcs),
                      MakeStringChecker())
        .AddAttribute("UplinkOcsCount",
                      "Circuit switches, at most one for each link. 0 to 1000000; 0: as few as "
                      "have the ports.",
                      UintegerValue(0),
                      MakeUintegerAccessor(&Self::m_uplinkOcsCount),
                      MakeUintegerChecker<uint32_t>(0, 1000000))
        .AddAttribute("OcsPerRack",
                      "Circuit switches of a rack. 1 to 1024. Default: assumed.",
                      UintegerValue(8),
                      MakeUintegerAccessor(&Self::m_ocsPerRack),
                      MakeUintegerChecker<uint32_t>(1, 1024))
        .AddAttribute("NodesPerRack",
                      "Nodes of a compute rack. 1 to 4096. Default: 48 nodes in 12 racks (arXiv "
                      "2506.12708, 3.3.3).",
                      UintegerValue(4),
                      MakeUintegerAccessor(&Self::m_nodesPerRack),
                      MakeUintegerChecker<uint32_t>(1, 4096))
        .AddAttribute("CommunicationRacks",
                      "Racks with the L2 chips. 1 to 1024. Default: arXiv 2506.12708, 3.3.3.",
                      UintegerValue(4),
                      MakeUintegerAccessor(&Self::m_communicationRacks),
                      MakeUintegerChecker<uint32_t>(1, 1024));
}

FabricParts
CloudMatrixHelper::ListParts(const BuiltFabric& fabric) const
{
    NS_LOG_FUNCTION(this);
    const auto getComputeRack = [this](uint32_t node) {
        return "compute-" + std::to_string(node / m_nodesPerRack);
    };
    FabricParts parts;
    NetworkParts ub;
    ub.switches = {{m_l1Chip, 0}, {m_l2Chip, 0}};
    ub.module = m_module;
    ub.fibreCable = m_fibreCable;
    ub.copperCable = m_copperCable;
    ub.lanesPerCable = 0;
    const Ptr<FabricNetwork>& network = fabric.networks[0];
    for (const EndpointGroup& group : fabric.groups)
    {
        const bool isProcessor = group.name == "cpu";
        const bool isCountedInUb = group.network != 0;
        const uint32_t perNode = group.count / m_nodes;
        EndpointPart part;
        part.part = isProcessor ? PartClass::PROCESSOR : PartClass::ACCELERATOR;
        part.type = isCountedInUb ? "" : isProcessor ? m_processor : m_accelerator;
        part.endpointsPerPart = group.name == "die" ? DIES_PER_NPU : 1;
        parts.groups.push_back(part);
        for (uint32_t i = 0; i < group.count; ++i)
        {
            const uint32_t node = fabric.networks[group.network]->GetNodeId(group.first + i);
            parts.racks[node] = getComputeRack(i / perNode);
        }
    }
    const uint32_t l1Chips = m_nodes * m_subPlanes;
    const uint32_t l2Chips = network->GetNSwitches() - l1Chips;
    for (uint32_t i = 0; i < network->GetNSwitches(); ++i)
    {
        const bool isL1 = i < l1Chips;
        const uint64_t l2Rack = isL1 ? 0 : uint64_t{i - l1Chips} * m_communicationRacks / l2Chips;
        parts.racks[network->GetSwitch(i)->GetNode()->GetId()] =
            isL1 ? getComputeRack(i / m_subPlanes) : "communication-" + std::to_string(l2Rack);
    }
    if (m_uplinkMedium == FabricLink::Medium::COPPER && network->GetNLinks() > 0)
    {
        // L1-L2 links are the last that were made.
        ub.lanesPerCable =
            2 * network->GetLink(network->GetNLinks() - 1)->GetLanes() * m_linksPerModule;
    }
    const uint32_t circuitSwitches = fabric.GetCircuits(0).GetNSwitches();
    for (uint32_t i = 0; i < circuitSwitches; ++i)
    {
        ub.circuitRacks.push_back("circuit-" + std::to_string(i / m_ocsPerRack));
    }
    parts.networks.push_back(ub);
    if (m_scaleOut)
    {
        NetworkParts rdma;
        rdma.switches = {{m_rdmaSwitch, m_rdmaSwitchPorts}, {m_rdmaSwitch, m_rdmaSwitchPorts}};
        rdma.module = m_rdmaModule;
        rdma.fibreCable = m_fibreCable;
        parts.networks.push_back(rdma);
        for (uint32_t i = 0; i < fabric.networks[1]->GetNSwitches(); ++i)
        {
            parts.racks[fabric.networks[1]->GetSwitch(i)->GetNode()->GetId()] = "scale-out";
        }
    }
    if (!m_enclosure.empty())
    {
        for (uint32_t n = 0; n < m_nodes; ++n)
        {
            parts.besides.Add({PartClass::ENCLOSURE, m_enclosure, "", getComputeRack(n), 1});
        }
    }
    return parts;
}

} // namespace opticalfabric
} // namespace ns3
