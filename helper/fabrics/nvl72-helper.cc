/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "nvl72-helper.h"

#include "ns3/double.h"
#include "ns3/log.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricNvl72Helper");
NS_OBJECT_ENSURE_REGISTERED(Nvl72Helper);

namespace
{

constexpr uint32_t MAX_GPU_PORTS = 64;     ///< ports of an endpoint
constexpr uint32_t MAX_CHIP_PORTS = 65534; ///< ports of a switch: their numbers have 16 bits

} // namespace

TypeId
Nvl72Helper::GetTypeId()
{
    using Self = Nvl72Helper;
    const Time most = MilliSeconds(1);
    static TypeId tid =
        TypeId("ns3::opticalfabric::Nvl72Helper")
            .SetParent<FabricHelper>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<Nvl72Helper>()
            .AddAttribute("ComputeTrays",
                          "Compute trays. 1 to 4096. Default: NVIDIA, GB200 NVL72.",
                          UintegerValue(18),
                          MakeUintegerAccessor(&Self::m_trays),
                          MakeUintegerChecker<uint32_t>(1, 4096))
            .AddAttribute("GpusPerTray",
                          "GPUs of a compute tray. 1 to 64. Default: likewise.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Self::m_gpusPerTray),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute("SwitchTrays",
                          "Switch trays. 1 to 64. Default: likewise.",
                          UintegerValue(9),
                          MakeUintegerAccessor(&Self::m_switchTrays),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute("ChipsPerTray",
                          "NVSwitch chips of a switch tray. 1 to 64. Default: likewise.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&Self::m_chipsPerTray),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute("LinksPerChip",
                          "NVLinks from each GPU to each chip; a GPU has 64 at most. 1 to 64. "
                          "Default: one to each of 18 chips makes a GPU's 18 NVLinks.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Self::m_linksPerChip),
                          MakeUintegerChecker<uint32_t>(1, MAX_GPU_PORTS))
            .AddAttribute("LanesPerLink",
                          "Lanes of each direction of an NVLink. 1 to 64. Default: two make the "
                          "published 5,184 lanes of all cables.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&Self::m_lanesPerLink),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute(
                "LinkRate",
                "Rate of each direction of an NVLink. 1 Gb/s to 100 Tb/s. Default: NVLink "
                "5, 100 GB/s both directions together.",
                DataRateValue(DataRate("400Gbps")),
                MakeDataRateAccessor(&Self::m_linkRate),
                MakeDataRateChecker())
            .AddAttribute("CableLengthM",
                          "Copper from a GPU to a switch chip, m. 0 to 100. Default: the reach of "
                          "passive copper at 200 Gb/s a lane, at second hand.",
                          DoubleValue(1),
                          MakeDoubleAccessor(&Self::m_cableLengthM),
                          MakeDoubleChecker<double>(0, 100))
            .AddAttribute("CableDelayNsPerM",
                          "Propagation in copper, ns/m. 3 to 10. Default: J. Poon, OFC 2026 "
                          "workshop on CPO for scale-up.",
                          DoubleValue(4.5),
                          MakeDoubleAccessor(&Self::m_cableDelayNsPerM),
                          MakeDoubleChecker<double>(3, 10))
            .AddAttribute("PhyLatency",
                          "FEC and signal processing of an NVLink, both ends together. 0 to 1 ms. "
                          "Default: assumed, as for a UB link; NVIDIA publishes none.",
                          TimeValue(NanoSeconds(60)),
                          MakeTimeAccessor(&Self::m_phyLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute(
                "SwitchLatency",
                "Forwarding latency of a switch chip. 0 to 1 ms. Default: assumed, as for "
                "a UB chip; NVIDIA publishes none.",
                TimeValue(NanoSeconds(200)),
                MakeTimeAccessor(&Self::m_switchLatency),
                MakeTimeChecker(Time(0), most))
            .AddAttribute("DepartureLatency",
                          "Time from a GPU's memory to the wire. 0 to 1 ms. Default: assumed, as "
                          "for an NPU.",
                          TimeValue(NanoSeconds(500)),
                          MakeTimeAccessor(&Self::m_departureLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("ArrivalLatency",
                          "Time from the wire to a GPU's memory. 0 to 1 ms. Default: as "
                          "DepartureLatency.",
                          TimeValue(NanoSeconds(500)),
                          MakeTimeAccessor(&Self::m_arrivalLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("Accelerator",
                          "Type of the GPUs in the catalog, not empty.",
                          StringValue("GB200-B200"),
                          MakeStringAccessor(&Self::m_accelerator),
                          MakeStringChecker())
            .AddAttribute("Processor",
                          "Type of the CPUs in the catalog, not empty if ProcessorsPerTray is "
                          "above 0.",
                          StringValue("Grace"),
                          MakeStringAccessor(&Self::m_processor),
                          MakeStringChecker())
            .AddAttribute("ProcessorsPerTray",
                          "CPUs of a compute tray. 0 to 64. Default: NVIDIA, GB200 NVL72.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&Self::m_processorsPerTray),
                          MakeUintegerChecker<uint32_t>(0, 64))
            .AddAttribute("Enclosure",
                          "What else is in a compute tray, in the catalog: NICs, DPUs, storage, "
                          "fans, conversion. Empty: nothing.",
                          StringValue("GB200-compute-tray"),
                          MakeStringAccessor(&Self::m_enclosure),
                          MakeStringChecker())
            .AddAttribute("SwitchChip",
                          "Type of the switch chips in the catalog, not empty.",
                          StringValue("NVLink5-switch"),
                          MakeStringAccessor(&Self::m_switchChip),
                          MakeStringChecker())
            .AddAttribute("CopperCable",
                          "Type of a pair, which carries a lane one way; not empty.",
                          StringValue("NVLink-copper-pair"),
                          MakeStringAccessor(&Self::m_copperCable),
                          MakeStringChecker());
    return tid;
}

Nvl72Helper::Nvl72Helper()
{
    NS_LOG_FUNCTION(this);
}

Nvl72Helper::~Nvl72Helper()
{
    NS_LOG_FUNCTION(this);
}

std::vector<std::string>
Nvl72Helper::GetNetworkNames() const
{
    NS_LOG_FUNCTION(this);
    return {"nvlink"};
}

void
Nvl72Helper::Validate() const
{
    NS_LOG_FUNCTION(this);
    FabricHelper::Validate();
    CheckRate("LinkRate", m_linkRate);
    CheckType("Accelerator", m_accelerator);
    CheckType("SwitchChip", m_switchChip);
    CheckType("CopperCable", m_copperCable);
    if (m_processorsPerTray > 0)
    {
        CheckType("Processor", m_processor);
    }
    const uint32_t gpus = m_trays * m_gpusPerTray;
    if (gpus < 2)
    {
        throw std::invalid_argument("ComputeTrays 1 with GpusPerTray 1, allowed at least 2 GPUs");
    }
    const uint32_t gpuPorts = m_switchTrays * m_chipsPerTray * m_linksPerChip;
    if (gpuPorts > MAX_GPU_PORTS)
    {
        throw std::invalid_argument("LinksPerChip " + std::to_string(m_linksPerChip) + " with " +
                                    std::to_string(m_switchTrays * m_chipsPerTray) +
                                    " chips (SwitchTrays times ChipsPerTray) makes " +
                                    std::to_string(gpuPorts) + " links of a GPU, allowed 1 to " +
                                    std::to_string(MAX_GPU_PORTS));
    }
    if (gpus * m_linksPerChip > MAX_CHIP_PORTS)
    {
        throw std::invalid_argument(
            "LinksPerChip " + std::to_string(m_linksPerChip) + " with " + std::to_string(gpus) +
            " GPUs (ComputeTrays times GpusPerTray) makes " +
            std::to_string(gpus * m_linksPerChip) + " links of a chip, allowed 1 to " +
            std::to_string(MAX_CHIP_PORTS));
    }
}

void
Nvl72Helper::DoBuild(BuiltFabric& fabric) const
{
    NS_LOG_FUNCTION(this);
    const Ptr<FabricNetwork>& network = fabric.networks[0];
    std::vector<Ptr<FabricSwitch>> chips;
    for (uint32_t i = 0; i < m_switchTrays * m_chipsPerTray; ++i)
    {
        const std::string name = "switch-tray" + std::to_string(i / m_chipsPerTray) + "/chip" +
                                 std::to_string(i % m_chipsPerTray);
        chips.push_back(AddSwitch(network, name, m_switchLatency));
    }
    const Time delay = PicoSeconds(static_cast<int64_t>(m_cableLengthM * m_cableDelayNsPerM * 1e3));
    ObjectFactory link =
        MakeLinkFactory(m_linkRate, delay, m_phyLatency, FabricLink::Medium::COPPER);
    link.Set("Lanes", UintegerValue(m_lanesPerLink));
    const uint32_t gpus = m_trays * m_gpusPerTray;
    fabric.groups.push_back({"gpu", 0, 0, gpus});
    for (uint32_t i = 0; i < gpus; ++i)
    {
        const std::string name =
            "tray" + std::to_string(i / m_gpusPerTray) + "/gpu" + std::to_string(i % m_gpusPerTray);
        const Ptr<FabricEndpoint> gpu =
            AddEndpoint(network, CreateObject<Node>(), name, m_departureLatency, m_arrivalLatency);
        for (const Ptr<FabricSwitch>& chip : chips)
        {
            for (uint32_t l = 0; l < m_linksPerChip; ++l)
            {
                network->Connect(gpu, chip, link);
            }
        }
    }
}

FabricParts
Nvl72Helper::ListParts(const BuiltFabric& fabric) const
{
    NS_LOG_FUNCTION(this);
    const std::string rack = "rack";
    FabricParts parts;
    NetworkParts nvlink;
    nvlink.switches = {{m_switchChip, 0}};
    nvlink.copperCable = m_copperCable;
    nvlink.lanesPerCable = 1;
    parts.networks = {nvlink};
    parts.groups = {{PartClass::ACCELERATOR, m_accelerator, 1}};
    if (m_processorsPerTray > 0)
    {
        const uint64_t processors = uint64_t{m_trays} * m_processorsPerTray;
        parts.besides.Add({PartClass::PROCESSOR, m_processor, "", rack, processors});
    }
    if (!m_enclosure.empty())
    {
        parts.besides.Add({PartClass::ENCLOSURE, m_enclosure, "", rack, m_trays});
    }
    const Ptr<FabricNetwork>& network = fabric.networks[0];
    for (uint32_t i = 0; i < network->GetNVertices(); ++i)
    {
        parts.racks[network->GetVertex(i)->GetNode()->GetId()] = rack;
    }
    return parts;
}

} // namespace opticalfabric
} // namespace ns3
