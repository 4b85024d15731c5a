/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "cloud-matrix-helper.h"

#include "circuit-plan.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/enum-accessor.h"
#include "ns3/log.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricCloudMatrixHelper");
NS_OBJECT_ENSURE_REGISTERED(CloudMatrixHelper);

TypeId
CloudMatrixHelper::GetTypeId()
{
    using Self = CloudMatrixHelper;
    const Time most = MilliSeconds(1);
    static TypeId tid = AddPartAttributes(
        TypeId("ns3::opticalfabric::CloudMatrixHelper")
            .SetParent<FabricHelper>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<CloudMatrixHelper>()
            .AddAttribute("Nodes",
                          "Nodes. 1 to 4096.",
                          UintegerValue(48),
                          MakeUintegerAccessor(&Self::m_nodes),
                          MakeUintegerChecker<uint32_t>(1, 4096))
            .AddAttribute("NpusPerNode",
                          "NPUs of a node, and rails of the RDMA network. 1 to 64.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&Self::m_npusPerNode),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute("CpusPerNode",
                          "CPUs of a node. 0 to 64.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Self::m_cpusPerNode),
                          MakeUintegerChecker<uint32_t>(0, 64))
            .AddAttribute("SubPlanes",
                          "UB sub-planes, and L1 chips of a node. 1 to 32.",
                          UintegerValue(7),
                          MakeUintegerAccessor(&Self::m_subPlanes),
                          MakeUintegerChecker<uint32_t>(1, 32))
            .AddAttribute("L2ChipsPerPlane",
                          "L2 chips of a sub-plane, and links up of an L1 chip. 1 to 1024.",
                          UintegerValue(16),
                          MakeUintegerAccessor(&Self::m_l2ChipsPerPlane),
                          MakeUintegerChecker<uint32_t>(1, 1024))
            .AddAttribute("LinksPerModule",
                          "L1-L2 links that an optical module carries: two of 224 Gb/s in a 400G "
                          "module (derived from the published numbers of modules and links). "
                          "1 to 64.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&Self::m_linksPerModule),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute("EndpointKind",
                          "What an endpoint of the UB network is, besides the CPUs.",
                          EnumValue(Self::DIE),
                          MakeEnumAccessorFor<EndpointKind>(&Self::m_kind, 0),
                          MakeEnumChecker(Self::DIE, "Die", Self::NPU, "Npu"))
            .AddAttribute("DieLinkRate",
                          "Rate of a link from a die to an L1 chip. 1 Gb/s to 100 Tb/s.",
                          DataRateValue(DataRate("224Gbps")),
                          MakeDataRateAccessor(&Self::m_dieLinkRate),
                          MakeDataRateChecker())
            .AddAttribute("CpuLinkRate",
                          "Rate of a link from a CPU to an L1 chip. 1 Gb/s to 100 Tb/s. Default: "
                          "seven make 160 GB/s, from a secondary source, unconfirmed.",
                          DataRateValue(DataRate("183Gbps")),
                          MakeDataRateAccessor(&Self::m_cpuLinkRate),
                          MakeDataRateChecker())
            .AddAttribute("UplinkRate",
                          "Rate of a link from an L1 to an L2 chip. 1 Gb/s to 100 Tb/s.",
                          DataRateValue(DataRate("224Gbps")),
                          MakeDataRateAccessor(&Self::m_uplinkRate),
                          MakeDataRateChecker())
            .AddAttribute("BoardDelay",
                          "Propagation from a die or CPU to an L1 chip. 0 to 1 ms. Default: "
                          "assumed, some 0.3 m of trace.",
                          TimeValue(NanoSeconds(2)),
                          MakeTimeAccessor(&Self::m_boardDelay),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("FibreLengthM",
                          "Fibre from an L1 to an L2 chip, m. 0 to 100000. Default: assumed; "
                          "100 m, the average of the published total, would exceed the published "
                          "latency.",
                          DoubleValue(30),
                          MakeDoubleAccessor(&Self::m_fibreLengthM),
                          MakeDoubleChecker<double>(0, 1e5))
            .AddAttribute("FibreDelayNsPerM",
                          "Propagation in fibre, ns/m. 3 to 10. Default: group index 1.468 "
                          "(J. Poon, OFC 2026 workshop on CPO for scale-up).",
                          DoubleValue(4.897),
                          MakeDoubleAccessor(&Self::m_fibreDelayNsPerM),
                          MakeDoubleChecker<double>(3, 10))
            .AddAttribute("PhyLatency",
                          "FEC and signal processing of an L1-L2 link, both ends together. 0 to "
                          "1 ms. Default: a codeword of RS(544,514), 5440 bit at 224 Gb/s, and "
                          "37 ns to decode it (an IEEE 802.3dj contribution, at second hand); "
                          "linear modules add next to nothing. UB's own FEC is not published.",
                          TimeValue(NanoSeconds(60)),
                          MakeTimeAccessor(&Self::m_phyLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("L1Latency",
                          "Forwarding latency of an L1 chip. 0 to 1 ms. Default: assumed, so that "
                          "another node is 0.7 to 0.9 us further off than the own (published: "
                          "below 1 us).",
                          TimeValue(NanoSeconds(200)),
                          MakeTimeAccessor(&Self::m_l1Latency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("L2Latency",
                          "Forwarding latency of an L2 chip. 0 to 1 ms. Default: as L1Latency.",
                          TimeValue(NanoSeconds(200)),
                          MakeTimeAccessor(&Self::m_l2Latency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("DepartureLatency",
                          "Time from an endpoint's memory to the UB wire. 0 to 1 ms. Default: "
                          "assumed, so that a small write within a node takes 1.2 us.",
                          TimeValue(NanoSeconds(500)),
                          MakeTimeAccessor(&Self::m_departureLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("ArrivalLatency",
                          "Time from the UB wire to an endpoint's memory. 0 to 1 ms. Default: as "
                          "DepartureLatency.",
                          TimeValue(NanoSeconds(500)),
                          MakeTimeAccessor(&Self::m_arrivalLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("ScaleOut",
                          "Whether to build the RDMA network.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&Self::m_scaleOut),
                          MakeBooleanChecker())
            .AddAttribute("RdmaLinkRate",
                          "Rate of the RDMA links. 1 Gb/s to 100 Tb/s.",
                          DataRateValue(DataRate("400Gbps")),
                          MakeDataRateAccessor(&Self::m_rdmaLinkRate),
                          MakeDataRateChecker())
            .AddAttribute("RdmaSpines",
                          "Spines of the RDMA network; no more than Nodes are built. 1 to 4096. "
                          "Default: with 8 rails, as many as make spines the size of leaves; the "
                          "real number is not published.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Self::m_rdmaSpines),
                          MakeUintegerChecker<uint32_t>(1, 4096))
            .AddAttribute("RdmaFibreLengthM",
                          "Fibre of each RDMA link, m. 0 to 100000. Default: as FibreLengthM.",
                          DoubleValue(30),
                          MakeDoubleAccessor(&Self::m_rdmaFibreLengthM),
                          MakeDoubleChecker<double>(0, 1e5))
            .AddAttribute("RdmaPhyLatency",
                          "FEC and signal processing of an RDMA link, both ends together. 0 to "
                          "1 ms. Default: usual for KP4 FEC at 400 Gb/s (100 to 120 ns, at second "
                          "hand).",
                          TimeValue(NanoSeconds(110)),
                          MakeTimeAccessor(&Self::m_rdmaPhyLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("RdmaLeafLatency",
                          "Forwarding latency of a leaf. 0 to 1 ms. Default: assumed, middle of "
                          "400 to 800 ns for Ethernet.",
                          TimeValue(NanoSeconds(600)),
                          MakeTimeAccessor(&Self::m_rdmaLeafLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("RdmaSpineLatency",
                          "Forwarding latency of a spine. 0 to 1 ms. Default: as RdmaLeafLatency.",
                          TimeValue(NanoSeconds(600)),
                          MakeTimeAccessor(&Self::m_rdmaSpineLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("RdmaDepartureLatency",
                          "Time from an NPU's memory to the RDMA wire. 0 to 1 ms. Default: "
                          "assumed, a RoCE network card.",
                          TimeValue(MicroSeconds(1)),
                          MakeTimeAccessor(&Self::m_rdmaDepartureLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("RdmaArrivalLatency",
                          "Time from the RDMA wire to an NPU's memory. 0 to 1 ms. Default: as "
                          "RdmaDepartureLatency.",
                          TimeValue(MicroSeconds(1)),
                          MakeTimeAccessor(&Self::m_rdmaArrivalLatency),
                          MakeTimeChecker(Time(0), most)));
    return tid;
}

CloudMatrixHelper::CloudMatrixHelper()
{
    NS_LOG_FUNCTION(this);
}

CloudMatrixHelper::~CloudMatrixHelper()
{
    NS_LOG_FUNCTION(this);
}

std::vector<std::string>
CloudMatrixHelper::GetNetworkNames() const
{
    NS_LOG_FUNCTION(this);
    if (m_scaleOut)
    {
        return {"ub", "rdma"};
    }
    return {"ub"};
}

void
CloudMatrixHelper::Validate() const
{
    NS_LOG_FUNCTION(this);
    FabricHelper::Validate();
    CheckRate("DieLinkRate", m_dieLinkRate);
    CheckRate("CpuLinkRate", m_cpuLinkRate);
    CheckRate("UplinkRate", m_uplinkRate);
    CheckRate("RdmaLinkRate", m_rdmaLinkRate);
    CheckType("Accelerator", m_accelerator);
    CheckType("L1Chip", m_l1Chip);
    CheckType("L2Chip", m_l2Chip);
    CheckType("Module", m_module);
    CheckType("RdmaModule", m_rdmaModule);
    CheckType("RdmaSwitch", m_rdmaSwitch);
    CheckType("FibreCable", m_fibreCable);
    CheckType("CopperCable", m_copperCable);
    if (m_cpusPerNode > 0)
    {
        CheckType("Processor", m_processor);
    }
    if (uint64_t{m_nodes} * m_npusPerNode < 2 && m_kind == NPU && m_cpusPerNode == 0)
    {
        throw std::invalid_argument("Nodes 1, NpusPerNode 1 and CpusPerNode 0 with EndpointKind "
                                    "Npu, allowed at least 2 endpoints");
    }
    if (!m_uplinkOcs.empty())
    {
        PlanUplinkCircuits();
    }
}

void
CloudMatrixHelper::DoBuild(BuiltFabric& fabric) const
{
    NS_LOG_FUNCTION(this);
    const std::vector<Ptr<FabricSwitch>> l1Chips = BuildNodes(fabric);
    if (m_nodes > 1)
    {
        const uint32_t firstUplink = fabric.networks[0]->GetNLinks();
        BuildSubPlanes(fabric.networks[0], l1Chips);
        if (!m_uplinkOcs.empty())
        {
            fabric.circuits = {StripeUplinks(firstUplink)};
        }
    }
    if (m_scaleOut)
    {
        BuildScaleOut(fabric);
    }
}

std::vector<Ptr<FabricSwitch>>
CloudMatrixHelper::BuildNodes(BuiltFabric& fabric) const
{
    NS_LOG_FUNCTION(this);
    const Ptr<FabricNetwork>& network = fabric.networks[0];
    std::vector<Ptr<FabricSwitch>> l1Chips;
    for (uint32_t n = 0; n < m_nodes; ++n)
    {
        for (uint32_t p = 0; p < m_subPlanes; ++p)
        {
            const std::string name = "node" + std::to_string(n) + "/l1-" + std::to_string(p);
            l1Chips.push_back(AddSwitch(network, name, m_l1Latency));
        }
    }
    const auto board = FabricLink::Medium::BOARD;
    // Endpoints of one kind, all nodes; `links` from each to each L1 chip of its node.
    const auto addEndpoints =
        [&](const std::string& kind, uint32_t perNode, const DataRate& rate, uint32_t links) {
            const ObjectFactory link = MakeLinkFactory(rate, m_boardDelay, Time(0), board);
            fabric.groups.push_back({kind, 0, network->GetNEndpoints(), m_nodes * perNode});
            for (uint32_t i = 0; i < m_nodes * perNode; ++i)
            {
                const uint32_t n = i / perNode;
                const std::string name =
                    "node" + std::to_string(n) + "/" + kind + std::to_string(i % perNode);
                const Ptr<FabricEndpoint> endpoint = AddEndpoint(network,
                                                                 CreateObject<Node>(),
                                                                 name,
                                                                 m_departureLatency,
                                                                 m_arrivalLatency);
                for (uint32_t p = 0; p < m_subPlanes * links; ++p)
                {
                    network->Connect(endpoint, l1Chips[n * m_subPlanes + p / links], link);
                }
            }
        };
    if (m_kind == DIE)
    {
        addEndpoints("die", m_npusPerNode * DIES_PER_NPU, m_dieLinkRate, 1);
    }
    else
    {
        addEndpoints("npu", m_npusPerNode, m_dieLinkRate, DIES_PER_NPU);
    }
    if (m_cpusPerNode > 0)
    {
        addEndpoints("cpu", m_cpusPerNode, m_cpuLinkRate, 1);
    }
    return l1Chips;
}

void
CloudMatrixHelper::BuildSubPlanes(const Ptr<FabricNetwork>& network,
                                  const std::vector<Ptr<FabricSwitch>>& l1Chips) const
{
    NS_LOG_FUNCTION(this << network);
    const ObjectFactory uplink =
        MakeLinkFactory(m_uplinkRate, GetFibreDelay(m_fibreLengthM), m_phyLatency, m_uplinkMedium);
    const bool hasModules = m_uplinkMedium == FabricLink::Medium::OPTICAL;
    const auto modulesFor = [this](uint32_t links) {
        return (links + m_linksPerModule - 1) / m_linksPerModule;
    };
    // Modules are numbered chip by chip, those of the L1 chips first.
    const uint32_t l1Modules = modulesFor(m_l2ChipsPerPlane);
    const uint32_t l2Modules = modulesFor(m_nodes);
    const uint32_t allL1Modules = static_cast<uint32_t>(l1Chips.size()) * l1Modules;
    for (uint32_t p = 0; p < m_subPlanes; ++p)
    {
        for (uint32_t c = 0; c < m_l2ChipsPerPlane; ++c)
        {
            const std::string name = "l2-" + std::to_string(p) + "-" + std::to_string(c);
            const Ptr<FabricSwitch> l2Chip = AddSwitch(network, name, m_l2Latency);
            const uint32_t l2Number = p * m_l2ChipsPerPlane + c;
            for (uint32_t n = 0; n < m_nodes; ++n)
            {
                const uint32_t l1Number = n * m_subPlanes + p;
                const Ptr<FabricLink> link = network->Connect(l1Chips[l1Number], l2Chip, uplink);
                if (hasModules)
                {
                    link->SetModule(0, l1Number * l1Modules + c / m_linksPerModule);
                    link->SetModule(1, allL1Modules + l2Number * l2Modules + n / m_linksPerModule);
                }
            }
        }
    }
}

CircuitLayer
CloudMatrixHelper::PlanUplinkCircuits() const
{
    NS_LOG_FUNCTION(this);
    if (m_uplinkMedium != FabricLink::Medium::OPTICAL || m_nodes == 1)
    {
        throw std::invalid_argument("UplinkOcs " + m_uplinkOcs +
                                    ", allowed only with UplinkMedium Optical and at least 2 "
                                    "Nodes: there is no light between L1 and L2 chips");
    }
    CircuitWish wish;
    wish.type = m_uplinkOcs;
    wish.switches = m_uplinkOcsCount;
    wish.module = m_module;
    wish.linksPerModule = m_linksPerModule;
    wish.links = uint64_t{m_nodes} * m_subPlanes * m_l2ChipsPerPlane;
    return PlanCircuits(*GetCatalog(), wish);
}

CircuitLayer
CloudMatrixHelper::StripeUplinks(uint32_t firstLink) const
{
    NS_LOG_FUNCTION(this << firstLink);
    CircuitLayer layer = PlanUplinkCircuits();
    const std::vector<StripedLink> order = StripeLinks(m_subPlanes, m_nodes, m_l2ChipsPerPlane);
    for (std::size_t i = 0; i < order.size(); ++i)
    {
        // BuildSubPlanes goes through sub-planes, their L2 chips, and nodes.
        const StripedLink& link = order[i];
        const uint32_t l2Number = link.plane * m_l2ChipsPerPlane + link.upper;
        layer.Add(firstLink + l2Number * m_nodes + link.lower,
                  GetSwitchOfRun(i, order.size(), layer.GetNSwitches()));
    }
    return layer;
}

void
CloudMatrixHelper::BuildScaleOut(BuiltFabric& fabric) const
{
    NS_LOG_FUNCTION(this);
    const Ptr<FabricNetwork>& ub = fabric.networks[0];
    const Ptr<FabricNetwork>& network = fabric.networks[1];
    const ObjectFactory link = MakeLinkFactory(m_rdmaLinkRate,
                                               GetFibreDelay(m_rdmaFibreLengthM),
                                               m_rdmaPhyLatency,
                                               FabricLink::Medium::OPTICAL);
    uint32_t nModules = 0;
    const auto connect = [&](const Ptr<FabricNode>& lower, const Ptr<FabricNode>& upper) {
        const Ptr<FabricLink> added = network->Connect(lower, upper, link);
        added->SetModule(0, nModules++);
        added->SetModule(1, nModules++);
    };
    const uint32_t rails = m_npusPerNode;
    std::vector<Ptr<FabricSwitch>> leaves;
    for (uint32_t r = 0; r < rails; ++r)
    {
        leaves.push_back(AddSwitch(network, "leaf-" + std::to_string(r), m_rdmaLeafLatency));
    }
    const uint32_t endpointsPerNpu = m_kind == DIE ? DIES_PER_NPU : 1;
    fabric.groups.push_back({"npu", 1, 0, m_nodes * rails});
    for (uint32_t i = 0; i < m_nodes * rails; ++i)
    {
        const std::string name =
            "node" + std::to_string(i / rails) + "/npu" + std::to_string(i % rails);
        const Ptr<FabricEndpoint> endpoint =
            AddEndpoint(network,
                        ub->GetEndpoint(i * endpointsPerNpu)->GetNode(),
                        name,
                        m_rdmaDepartureLatency,
                        m_rdmaArrivalLatency);
        connect(endpoint, leaves[i % rails]);
    }
    if (rails == 1)
    {
        return; // one leaf, nothing to join
    }
    std::vector<Ptr<FabricSwitch>> spines;
    for (uint32_t s = 0; s < std::min(m_rdmaSpines, m_nodes); ++s)
    {
        spines.push_back(AddSwitch(network, "spine-" + std::to_string(s), m_rdmaSpineLatency));
    }
    for (const Ptr<FabricSwitch>& leaf : leaves)
    {
        for (uint32_t u = 0; u < m_nodes; ++u)
        {
            connect(leaf, spines[u % spines.size()]);
        }
    }
}

Time
CloudMatrixHelper::GetFibreDelay(double lengthM) const
{
    NS_LOG_FUNCTION(this << lengthM);
    return PicoSeconds(std::llround(lengthM * m_fibreDelayNsPerM * 1000));
}

} // namespace opticalfabric
} // namespace ns3
