/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "clos-helper.h"

#include "circuit-plan.h"

#include "ns3/double.h"
#include "ns3/enum-accessor.h"
#include "ns3/log.h"
#include "ns3/message-text.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricClosHelper");
NS_OBJECT_ENSURE_REGISTERED(ClosHelper);

namespace
{

constexpr uint64_t MAX_PORTS = 65534; ///< ports of a switch: their numbers have 16 bits
constexpr double ROUNDING = 1e-12;    ///< relative; what arithmetic leaves
constexpr double TYPED = 5e-4;        ///< relative; a ratio typed with three decimals is meant

/**
 * Refuse what was asked for.
 * @tparam T what can be printed
 * @param parts parts of the message
 */
template <typename... T>
[[noreturn]] void
Refuse(const T&... parts)
{
    std::ostringstream message;
    (message << ... << parts);
    throw std::invalid_argument(message.str());
}

/// @return what a link may be made of
Ptr<const AttributeChecker>
MakeMediumChecker()
{
    using Medium = FabricLink::Medium;
    return MakeEnumChecker(Medium::BOARD,
                           "Board",
                           Medium::COPPER,
                           "Copper",
                           Medium::OPTICAL,
                           "Optical");
}

} // namespace

TypeId
ClosHelper::GetTypeId()
{
    using Self = ClosHelper;
    using Medium = FabricLink::Medium;
    const Time most = MilliSeconds(1);
    static TypeId tid =
        TypeId("ns3::opticalfabric::ClosHelper")
            .SetParent<FabricHelper>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<ClosHelper>()
            .AddAttribute("Endpoints",
                          "Endpoints. 2 to 1000000.",
                          UintegerValue(64),
                          MakeUintegerAccessor(&Self::m_endpoints),
                          MakeUintegerChecker<uint32_t>(2, 1000000))
            .AddAttribute("Leaves",
                          "Leaf switches, at most one per endpoint. 1 to 65534.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Self::m_leaves),
                          MakeUintegerChecker<uint32_t>(1, MAX_PORTS))
            .AddAttribute("Spines",
                          "Spine switches: 0 if there is one leaf, else 1 to 65534.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Self::m_spines),
                          MakeUintegerChecker<uint32_t>(0, MAX_PORTS))
            .AddAttribute("UplinksPerSpine",
                          "Links from each leaf to each spine. 1 to 65534; 0: as many as "
                          "Oversubscription needs.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&Self::m_uplinksPerSpine),
                          MakeUintegerChecker<uint32_t>(0, MAX_PORTS))
            .AddAttribute("Oversubscription",
                          "What a leaf's links down carry over what its links up carry, for the "
                          "leaf with most endpoints, within 0.05 %. Above 0, up to 10000; 0: "
                          "whatever UplinksPerSpine makes it, or 1 or less.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&Self::m_oversubscription),
                          MakeDoubleChecker<double>(0, 10000))
            .AddAttribute("LinkRate",
                          "Rate of a link from endpoint to leaf. 1 Gb/s to 100 Tb/s.",
                          DataRateValue(DataRate("400Gbps")),
                          MakeDataRateAccessor(&Self::m_linkRate),
                          MakeDataRateChecker())
            .AddAttribute("UplinkRate",
                          "Rate of a link from leaf to spine. 1 Gb/s to 100 Tb/s.",
                          DataRateValue(DataRate("400Gbps")),
                          MakeDataRateAccessor(&Self::m_uplinkRate),
                          MakeDataRateChecker())
            .AddAttribute("LinkDelay",
                          "Propagation from endpoint to leaf. 0 to 1 ms. Default: 2 m of copper at "
                          "4.5 ns/m (J. Poon, OFC 2026 workshop on CPO for scale-up).",
                          TimeValue(NanoSeconds(9)),
                          MakeTimeAccessor(&Self::m_linkDelay),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("UplinkDelay",
                          "Propagation from leaf to spine. 0 to 1 ms. Default: 30 m of fibre at "
                          "4.9 ns/m (likewise).",
                          TimeValue(NanoSeconds(147)),
                          MakeTimeAccessor(&Self::m_uplinkDelay),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("LinkPhyLatency",
                          "FEC and signal processing from endpoint to leaf, both ends together. "
                          "0 to 1 ms. Default: usual for KP4 FEC at 400 Gb/s (100 to 120 ns, at "
                          "second hand).",
                          TimeValue(NanoSeconds(110)),
                          MakeTimeAccessor(&Self::m_linkPhyLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("UplinkPhyLatency",
                          "FEC and signal processing from leaf to spine, both ends together. "
                          "0 to 1 ms. Default: as LinkPhyLatency.",
                          TimeValue(NanoSeconds(110)),
                          MakeTimeAccessor(&Self::m_uplinkPhyLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("LinkMedium",
                          "What links from endpoint to leaf are made of.",
                          EnumValue(Medium::COPPER),
                          MakeEnumAccessorFor<Medium::Kind>(&Self::m_linkMedium, 0),
                          MakeMediumChecker())
            .AddAttribute("UplinkMedium",
                          "What links from leaf to spine are made of.",
                          EnumValue(Medium::OPTICAL),
                          MakeEnumAccessorFor<Medium::Kind>(&Self::m_uplinkMedium, 0),
                          MakeMediumChecker())
            .AddAttribute("LeafLatency",
                          "Forwarding latency of a leaf. 0 to 1 ms. Default: assumed, middle of "
                          "400 to 800 ns for Ethernet.",
                          TimeValue(NanoSeconds(600)),
                          MakeTimeAccessor(&Self::m_leafLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("SpineLatency",
                          "Forwarding latency of a spine. 0 to 1 ms. Default: as LeafLatency.",
                          TimeValue(NanoSeconds(600)),
                          MakeTimeAccessor(&Self::m_spineLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("DepartureLatency",
                          "Time from an endpoint's memory to the wire. 0 to 1 ms. Default: "
                          "assumed, a RoCE network card.",
                          TimeValue(MicroSeconds(1)),
                          MakeTimeAccessor(&Self::m_departureLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("ArrivalLatency",
                          "Time from the wire to an endpoint's memory. 0 to 1 ms. Default: as "
                          "DepartureLatency.",
                          TimeValue(MicroSeconds(1)),
                          MakeTimeAccessor(&Self::m_arrivalLatency),
                          MakeTimeChecker(Time(0), most))
            .AddAttribute("Accelerator",
                          "Type of an endpoint in the catalog, not empty.",
                          StringValue("H100-SXM"),
                          MakeStringAccessor(&Self::m_accelerator),
                          MakeStringChecker())
            .AddAttribute(
                "Nic",
                "Type of an endpoint's NIC in the catalog. Empty: none that is a part of its own.",
                StringValue("ConnectX-7"),
                MakeStringAccessor(&Self::m_nic),
                MakeStringChecker())
            .AddAttribute("Leaf",
                          "Type of a leaf in the catalog, not empty.",
                          StringValue("SN5600"),
                          MakeStringAccessor(&Self::m_leaf),
                          MakeStringChecker())
            .AddAttribute("Spine",
                          "Type of a spine in the catalog, not empty.",
                          StringValue("SN5600"),
                          MakeStringAccessor(&Self::m_spine),
                          MakeStringChecker())
            .AddAttribute("Module",
                          "Type of the optical modules in the catalog, not empty.",
                          StringValue("400G-DR4"),
                          MakeStringAccessor(&Self::m_module),
                          MakeStringChecker())
            .AddAttribute("FibreCable",
                          "Type of a fibre cable, not empty; there is one to each module at a "
                          "lower end, and with UplinkOcs one to each module of an uplink.",
                          StringValue("MPO-16-trunk"),
                          MakeStringAccessor(&Self::m_fibreCable),
                          MakeStringChecker())
            .AddAttribute("CopperCable",
                          "Type of a copper cable, one to a link; not empty.",
                          StringValue("400G-copper-cable"),
                          MakeStringAccessor(&Self::m_copperCable),
                          MakeStringChecker())
            .AddAttribute("UplinkOcs",
                          "Type of the optical circuit switches that links from leaf to spine "
                          "pass, in the catalog. Empty: none, modules are joined by fibre.",
                          StringValue(""),
                          MakeStringAccessor(&Self::m_uplinkOcs),
                          MakeStringChecker())
            .AddAttribute("UplinkOcsCount",
                          "Circuit switches, at most one for each link. 0 to 1000000; 0: as few "
                          "as have the ports.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&Self::m_uplinkOcsCount),
                          MakeUintegerChecker<uint32_t>(0, 1000000));
    return tid;
}

ClosHelper::ClosHelper()
{
    NS_LOG_FUNCTION(this);
}

ClosHelper::~ClosHelper()
{
    NS_LOG_FUNCTION(this);
}

std::vector<std::string>
ClosHelper::GetNetworkNames() const
{
    NS_LOG_FUNCTION(this);
    return {"clos"};
}

double
ClosHelper::GetDownRate() const
{
    const uint32_t endpoints = (m_endpoints + m_leaves - 1) / m_leaves;
    return static_cast<double>(endpoints) * static_cast<double>(m_linkRate.GetBitRate());
}

uint32_t
ClosHelper::GetUplinksPerSpine() const
{
    NS_LOG_FUNCTION(this);
    if (m_uplinksPerSpine != 0 || m_spines == 0)
    {
        return m_uplinksPerSpine;
    }
    const double needed = std::min(GetOversubscriptionWith(1) / GetWantedOversubscription(), 1e9);
    const double tolerance = m_oversubscription > 0 ? TYPED : ROUNDING;
    return std::max(1U, static_cast<uint32_t>(std::ceil(needed * (1 - tolerance))));
}

double
ClosHelper::GetWantedOversubscription() const
{
    return m_oversubscription > 0 ? m_oversubscription : 1;
}

double
ClosHelper::GetOversubscriptionWith(uint64_t uplinksPerSpine) const
{
    const double perUplink = static_cast<double>(m_uplinkRate.GetBitRate()) * m_spines;
    return GetDownRate() / (perUplink * static_cast<double>(uplinksPerSpine));
}

double
ClosHelper::GetOversubscription() const
{
    NS_LOG_FUNCTION(this);
    if (m_spines == 0)
    {
        return 0;
    }
    return GetOversubscriptionWith(GetUplinksPerSpine());
}

void
ClosHelper::CheckOversubscription() const
{
    const double ratio = GetOversubscription();
    if (m_oversubscription <= 0 || std::abs(ratio / m_oversubscription - 1) <= TYPED)
    {
        return;
    }
    if (m_uplinksPerSpine > 0)
    {
        Refuse("UplinksPerSpine ",
               m_uplinksPerSpine,
               " makes an oversubscription of ",
               ratio,
               ", allowed only Oversubscription, ",
               m_oversubscription);
    }
    const uint64_t down = (m_endpoints + m_leaves - 1) / m_leaves;
    const uint32_t uplinks = GetUplinksPerSpine();
    std::ostringstream near;
    if (uplinks > 1)
    {
        near << GetOversubscriptionWith(uplinks - 1) << " (UplinksPerSpine " << uplinks - 1
             << ") or ";
    }
    near << ratio << " (UplinksPerSpine " << uplinks << ")";
    // With other spines it may be reached: they have to share out the links up.
    const double links = GetOversubscriptionWith(1) * m_spines / m_oversubscription;
    if (links >= 1 - TYPED && std::abs(links / std::round(links) - 1) <= TYPED)
    {
        const auto up = static_cast<uint64_t>(std::round(links));
        near << "; it takes " << ShowCount(up, "link")
             << (up == 1 ? " up, to one spine" : " up, and Spines that divide them");
    }
    Refuse("Oversubscription ",
           m_oversubscription,
           ", allowed for a leaf with ",
           ShowCount(down, "link"),
           " down of ",
           static_cast<double>(m_linkRate.GetBitRate()) / 1e9,
           " Gb/s and links up of ",
           static_cast<double>(m_uplinkRate.GetBitRate()) / 1e9,
           " Gb/s to each of ",
           m_spines,
           m_spines == 1 ? " spine: " : " spines: ",
           uplinks > 1 ? "" : "at most ",
           near.str());
}

void
ClosHelper::Validate() const
{
    NS_LOG_FUNCTION(this);
    FabricHelper::Validate();
    CheckRate("LinkRate", m_linkRate);
    CheckRate("UplinkRate", m_uplinkRate);
    CheckType("Accelerator", m_accelerator);
    CheckType("Leaf", m_leaf);
    CheckType("Spine", m_spine);
    CheckType("Module", m_module);
    CheckType("FibreCable", m_fibreCable);
    CheckType("CopperCable", m_copperCable);
    if (m_leaves > m_endpoints)
    {
        Refuse("Leaves ", m_leaves, ", allowed at most Endpoints, ", m_endpoints);
    }
    if (m_leaves > 1 && m_spines == 0)
    {
        Refuse("Spines 0 with Leaves ", m_leaves, ", allowed at least 1");
    }
    if (m_leaves == 1 && m_spines > 0)
    {
        Refuse("Spines ", m_spines, " with Leaves 1, allowed 0");
    }
    if (m_spines == 0 && m_uplinksPerSpine > 0)
    {
        Refuse("UplinksPerSpine ", m_uplinksPerSpine, " with Spines 0, allowed 0");
    }
    if (m_spines == 0 && m_oversubscription > 0)
    {
        Refuse("Oversubscription ", m_oversubscription, " with Spines 0, allowed 0");
    }
    CheckOversubscription();
    const uint64_t down = (m_endpoints + m_leaves - 1) / m_leaves;
    const uint64_t uplinks = GetUplinksPerSpine();
    if (down + uplinks * m_spines > MAX_PORTS)
    {
        Refuse("a leaf with ",
               down,
               " links down (Endpoints over Leaves) and ",
               uplinks * m_spines,
               " links up (UplinksPerSpine times Spines), allowed at most ",
               MAX_PORTS,
               " together");
    }
    if (uplinks * m_leaves > MAX_PORTS)
    {
        Refuse("a spine with ",
               uplinks * m_leaves,
               " links (UplinksPerSpine times Leaves), allowed at most ",
               MAX_PORTS);
    }
    if (!m_uplinkOcs.empty())
    {
        PlanUplinkCircuits();
    }
}

CircuitLayer
ClosHelper::PlanUplinkCircuits() const
{
    NS_LOG_FUNCTION(this);
    if (m_uplinkMedium != FabricLink::Medium::OPTICAL || m_spines == 0)
    {
        Refuse("UplinkOcs ",
               m_uplinkOcs,
               ", allowed only with UplinkMedium Optical and at least 1 Spines: there is no light "
               "between leaves and spines");
    }
    CircuitWish wish;
    wish.type = m_uplinkOcs;
    wish.switches = m_uplinkOcsCount;
    wish.module = m_module;
    wish.links = uint64_t{m_leaves} * m_spines * GetUplinksPerSpine();
    return PlanCircuits(*GetCatalog(), wish);
}

CircuitLayer
ClosHelper::StripeUplinks(uint32_t firstLink) const
{
    NS_LOG_FUNCTION(this << firstLink);
    CircuitLayer layer = PlanUplinkCircuits();
    const uint32_t perSpine = GetUplinksPerSpine();
    // Links side by side count as those of spines of their own, which come round after all others.
    const std::vector<StripedLink> order = StripeLinks(1, m_leaves, m_spines * perSpine);
    for (std::size_t i = 0; i < order.size(); ++i)
    {
        // DoBuild goes through spines, leaves, and links side by side.
        const uint32_t spine = order[i].upper % m_spines;
        const uint32_t beside = order[i].upper / m_spines;
        layer.Add(firstLink + (spine * m_leaves + order[i].lower) * perSpine + beside,
                  GetSwitchOfRun(i, order.size(), layer.GetNSwitches()));
    }
    return layer;
}

void
ClosHelper::DoBuild(BuiltFabric& fabric) const
{
    NS_LOG_FUNCTION(this);
    fabric.oversubscription = GetOversubscription();
    const Ptr<FabricNetwork>& network = fabric.networks[0];
    uint32_t nModules = 0;
    const auto connect = [&](const Ptr<FabricNode>& lower,
                             const Ptr<FabricNode>& upper,
                             const ObjectFactory& factory) {
        const Ptr<FabricLink> link = network->Connect(lower, upper, factory);
        if (link->GetMedium() == FabricLink::Medium::OPTICAL)
        {
            link->SetModule(0, nModules++);
            link->SetModule(1, nModules++);
        }
    };
    std::vector<Ptr<FabricSwitch>> leaves;
    for (uint32_t i = 0; i < m_leaves; ++i)
    {
        leaves.push_back(AddSwitch(network, "leaf-" + std::to_string(i), m_leafLatency));
    }
    const ObjectFactory link =
        MakeLinkFactory(m_linkRate, m_linkDelay, m_linkPhyLatency, m_linkMedium);
    fabric.groups.push_back({"endpoint", 0, 0, m_endpoints});
    for (uint32_t i = 0; i < m_endpoints; ++i)
    {
        const uint64_t leaf = uint64_t{i} * m_leaves / m_endpoints;
        const Ptr<FabricEndpoint> endpoint = AddEndpoint(network,
                                                         CreateObject<Node>(),
                                                         "endpoint-" + std::to_string(i),
                                                         m_departureLatency,
                                                         m_arrivalLatency);
        connect(endpoint, leaves[leaf], link);
    }
    const uint32_t firstUplink = network->GetNLinks();
    const ObjectFactory uplink =
        MakeLinkFactory(m_uplinkRate, m_uplinkDelay, m_uplinkPhyLatency, m_uplinkMedium);
    for (uint32_t s = 0; s < m_spines; ++s)
    {
        const Ptr<FabricSwitch> spine =
            AddSwitch(network, "spine-" + std::to_string(s), m_spineLatency);
        for (const Ptr<FabricSwitch>& leaf : leaves)
        {
            for (uint32_t u = 0; u < GetUplinksPerSpine(); ++u)
            {
                connect(leaf, spine, uplink);
            }
        }
    }
    if (!m_uplinkOcs.empty())
    {
        fabric.circuits = {StripeUplinks(firstUplink)};
    }
}

FabricParts
ClosHelper::ListParts(const BuiltFabric& /* fabric */) const
{
    NS_LOG_FUNCTION(this);
    FabricParts parts;
    NetworkParts clos;
    clos.switches = {{m_leaf, 0}, {m_spine, 0}};
    clos.module = m_module;
    clos.fibreCable = m_fibreCable;
    clos.copperCable = m_copperCable;
    parts.networks = {clos};
    parts.groups = {{PartClass::ACCELERATOR, m_accelerator, 1}};
    if (!m_nic.empty())
    {
        parts.besides.Add({PartClass::NIC, m_nic, GetNetworkNames()[0], "", m_endpoints});
    }
    return parts;
}

} // namespace opticalfabric
} // namespace ns3
