/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-network.h"

#include "ns3/abort.h"
#include "ns3/enum-accessor.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"
#include "ns3/wheel-scheduler.h"

#include <set>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricNetwork");
NS_OBJECT_ENSURE_REGISTERED(FabricNetwork);

TypeId
FabricNetwork::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::FabricNetwork")
            .SetParent<TransferEngine>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<FabricNetwork>()
            .AddAttribute("Mtu",
                          "Payload of a full packet, bytes. 64 to 65000.",
                          UintegerValue(4096),
                          MakeUintegerAccessor(&FabricNetwork::m_mtuBytes),
                          MakeUintegerChecker<uint32_t>(64, 65000))
            .AddAttribute("HeaderBytes",
                          "Bytes that every packet has on the wire besides its payload. 0 to 512.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&FabricNetwork::m_headerBytes),
                          MakeUintegerChecker<uint32_t>(0, 512))
            .AddAttribute("BufferBytes",
                          "Input buffer of each port and virtual lane, bytes: at least a full "
                          "packet; a link needs rate times round trip to run at its rate.",
                          UintegerValue(262144),
                          MakeUintegerAccessor(&FabricNetwork::m_bufferBytes),
                          MakeUintegerChecker<uint32_t>(64, 1U << 30))
            .AddAttribute("VirtualLanes",
                          "Virtual lanes of each link, with buffers and credits of their own.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&FabricNetwork::m_lanes),
                          MakeUintegerChecker<uint32_t>(1, 16))
            .AddAttribute("Routing",
                          "How a path is chosen among the shortest ones.",
                          EnumValue(Routing::SPRAY),
                          MakeEnumAccessorFor<Routing::Kind>(&FabricNetwork::m_routing, 0),
                          MakeEnumChecker(Routing::DETERMINISTIC,
                                          "Deterministic",
                                          Routing::ECMP,
                                          "Ecmp",
                                          Routing::SPRAY,
                                          "Spray",
                                          Routing::ADAPTIVE,
                                          "Adaptive"))
            .AddAttribute(
                "EcmpSalt",
                "Salt of the hash by which a node chooses a path with Ecmp: PerSwitch, "
                "one for each node, or Same, one for all, whose choices follow from one "
                "another (polarization).",
                EnumValue(EcmpSalt::PER_SWITCH),
                MakeEnumAccessorFor<EcmpSalt::Kind>(&FabricNetwork::m_ecmpSalt, 0),
                MakeEnumChecker(EcmpSalt::PER_SWITCH, "PerSwitch", EcmpSalt::SAME, "Same"))
            .AddAttribute("Switching",
                          "When a switch begins to send a packet on.",
                          EnumValue(Switching::CUT_THROUGH),
                          MakeEnumAccessorFor<Switching::Kind>(&FabricNetwork::m_switching, 0),
                          MakeEnumChecker(Switching::CUT_THROUGH,
                                          "CutThrough",
                                          Switching::STORE_AND_FORWARD,
                                          "StoreAndForward"))
            .AddAttribute("Arbitration",
                          "Order in which an output serves the inputs.",
                          EnumValue(Arbitration::ROUND_ROBIN),
                          MakeEnumAccessorFor<Arbitration::Kind>(&FabricNetwork::m_arbitration, 0),
                          MakeEnumChecker(Arbitration::ROUND_ROBIN,
                                          "RoundRobin",
                                          Arbitration::OLDEST_FIRST,
                                          "OldestFirst"))
            .AddAttribute("TransferOrder",
                          "In which order a source sends transfers to the same destination on the "
                          "same virtual lane. Those to different destinations always take turns.",
                          EnumValue(TransferOrder::IN_ORDER),
                          MakeEnumAccessorFor<TransferOrder::Kind>(&FabricNetwork::m_order, 0),
                          MakeEnumChecker(TransferOrder::IN_ORDER,
                                          "InOrder",
                                          TransferOrder::TAKE_TURNS,
                                          "TakeTurns"))
            .AddAttribute("CommitAhead",
                          "How long before it sends a packet an output may have decided to: the "
                          "staging behind an arbiter. 0 decides as late as possible.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&FabricNetwork::m_commitAhead),
                          MakeTimeChecker(Time(0), MicroSeconds(10)))
            .AddAttribute("ResendTimeout",
                          "Time until a source notices that a packet is lost for good, and sends "
                          "it again.",
                          TimeValue(MilliSeconds(1)),
                          MakeTimeAccessor(&FabricNetwork::m_resendTimeout),
                          MakeTimeChecker(NanoSeconds(1), Seconds(100)))
            .AddAttribute("MaxResends",
                          "End-to-end resends of a packet before its bytes are reported failed.",
                          UintegerValue(7),
                          MakeUintegerAccessor(&FabricNetwork::m_maxResends),
                          MakeUintegerChecker<uint32_t>(0, 1000000))
            .AddAttribute("DetectionDelay",
                          "Time until the ends of a link that went down or came up stop or begin "
                          "using it.",
                          TimeValue(MicroSeconds(10)),
                          MakeTimeAccessor(&FabricNetwork::m_detectionDelay),
                          MakeTimeChecker(Time(0), Seconds(100)))
            .AddAttribute("ConvergenceDelay",
                          "Time from detection until every node uses paths that take it into "
                          "account.",
                          TimeValue(MicroSeconds(100)),
                          MakeTimeAccessor(&FabricNetwork::m_convergenceDelay),
                          MakeTimeChecker(Time(0), Seconds(100)))
            .AddTraceSource("TransferStart",
                            "A transfer is posted.",
                            MakeTraceSourceAccessor(&FabricNetwork::m_transferStart),
                            "ns3::opticalfabric::FabricNetwork::TransferTracedCallback")
            .AddTraceSource("LinkDetected",
                            "Routing has noticed that a link has come up or gone down, and its "
                            "ends use it or not.",
                            MakeTraceSourceAccessor(&FabricNetwork::m_linkDetected),
                            "ns3::opticalfabric::FabricNetwork::DetectedTracedCallback")
            .AddTraceSource("RoutesChanged",
                            "New paths are in use, after links went down or came up.",
                            MakeTraceSourceAccessor(&FabricNetwork::m_routesChanged),
                            "ns3::opticalfabric::FabricNetwork::RoutesTracedCallback");
    return tid;
}

FabricNetwork::FabricNetwork()
    : m_watchdog(CreateObject<ProgressWatchdog>())
{
    NS_LOG_FUNCTION(this);
}

FabricNetwork::~FabricNetwork()
{
    NS_LOG_FUNCTION(this);
}

void
FabricNetwork::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_watchdog->Dispose();
    for (const Ptr<FabricNode>& node : m_nodes)
    {
        node->Dispose();
    }
    for (const Ptr<FabricLink>& link : m_links)
    {
        link->Dispose();
    }
    m_vertices.clear();
    TransferEngine::DoDispose();
}

void
FabricNetwork::RefuseIfBuilt(const char* what) const
{
    NS_ABORT_MSG_IF(m_built, "FabricNetwork: " << what << " after Build");
}

void
FabricNetwork::SetRouteTables(bool make)
{
    NS_LOG_FUNCTION(this << make);
    RefuseIfBuilt("SetRouteTables");
    m_routeTables = make;
}

bool
FabricNetwork::HasRouteTables() const
{
    return m_routeTables;
}

Ptr<FabricEndpoint>
FabricNetwork::AddEndpoint(Ptr<Node> node, const std::string& name)
{
    NS_LOG_FUNCTION(this << node << name);
    RefuseIfBuilt("AddEndpoint");
    auto endpoint = CreateObject<FabricEndpoint>();
    endpoint->Install(node, name);
    endpoint->SetIndex(GetNEndpoints(), MakeCallback(&FabricNetwork::SendPacket, this));
    m_vertices[PeekPointer(endpoint)] = static_cast<uint32_t>(m_nodes.size());
    m_endpointVertices.push_back(static_cast<uint32_t>(m_nodes.size()));
    m_endpointNodes.push_back(node->GetId());
    m_nodes.push_back(endpoint);
    m_endpoints.push_back(endpoint);
    return endpoint;
}

Ptr<FabricSwitch>
FabricNetwork::AddSwitch(Ptr<Node> node, const std::string& name)
{
    NS_LOG_FUNCTION(this << node << name);
    RefuseIfBuilt("AddSwitch");
    auto added = CreateObject<FabricSwitch>();
    added->Install(node, name);
    m_vertices[PeekPointer(added)] = static_cast<uint32_t>(m_nodes.size());
    m_nodes.push_back(added);
    m_switches.push_back(added);
    return added;
}

Ptr<FabricLink>
FabricNetwork::Connect(Ptr<FabricNode> a, Ptr<FabricNode> b, const ObjectFactory& linkFactory)
{
    NS_LOG_FUNCTION(this << a << b);
    RefuseIfBuilt("Connect");
    NS_ABORT_MSG_IF(m_vertices.count(PeekPointer(a)) == 0 || m_vertices.count(PeekPointer(b)) == 0,
                    "FabricNetwork: Connect of a node that is not of this network");
    NS_ABORT_MSG_IF(a == b, "FabricNetwork: Connect of " << a->GetName() << " to itself");
    auto link = linkFactory.Create<FabricLink>();
    std::array<Ptr<FabricPort>, 2> ports;
    for (uint32_t end = 0; end < 2; ++end)
    {
        const Ptr<FabricNode>& owner = end == 0 ? a : b;
        ports[end] = CreateObject<FabricPort>();
        ports[end]->SetOwner(PeekPointer(owner), static_cast<uint16_t>(owner->GetNPorts()));
        owner->AddPort(ports[end]);
    }
    link->Attach(ports[0], ports[1]);
    m_links.push_back(link);
    return link;
}

void
FabricNetwork::Build()
{
    NS_LOG_FUNCTION(this);
    RefuseIfBuilt("Build");
    NS_ABORT_MSG_IF(Time::GetResolution() != Time::PS,
                    "FabricNetwork needs picoseconds: call Time::SetResolution(Time::PS) first");
    NS_ABORT_MSG_IF(m_mtuBytes + m_headerBytes > UINT16_MAX,
                    "FabricNetwork: Mtu " << m_mtuBytes << " and HeaderBytes " << m_headerBytes
                                          << " together, allowed at most 65535");
    NS_ABORT_MSG_IF(m_bufferBytes < m_mtuBytes + m_headerBytes,
                    "FabricNetwork: BufferBytes " << m_bufferBytes
                                                  << ", allowed at least a packet, "
                                                  << m_mtuBytes + m_headerBytes);
    m_floor.simulator = PeekPointer(Simulator::GetImplementation());
    m_floor.mtuBytes = m_mtuBytes;
    m_floor.headerBytes = m_headerBytes;
    m_floor.bufferBytes = m_bufferBytes;
    m_floor.lanes = m_lanes;
    m_floor.commitAheadPs = static_cast<uint64_t>(m_commitAhead.GetTimeStep());
    m_floor.routing = m_routing;
    m_floor.switching = m_switching;
    m_floor.arbitration = m_arbitration;
    m_floor.order = m_order;
    m_floor.resendTimeoutPs = static_cast<uint64_t>(m_resendTimeout.GetTimeStep());
    m_floor.maxResends = m_maxResends;

    for (const Ptr<FabricNode>& node : m_nodes)
    {
        node->Configure(&m_floor);
        for (uint32_t i = 0; i < node->GetNPorts(); ++i)
        {
            node->GetPort(i)->Configure(&m_floor);
        }
    }
    m_islands = NetworkIslands(MakeGraph(true));
    if (m_routeTables)
    {
        MakePlan();
    }
    bool anyDown = false;
    for (const Ptr<FabricLink>& link : m_links)
    {
        link->Configure(MakeCallback(&FabricNetwork::LinkChanged, this));
        anyDown = anyDown || !link->IsUp();
    }
    if (anyDown && m_plan)
    {
        m_plan->Update(MakeGraph());
        InstallRoutes();
    }
    for (uint32_t i = 0; i < GetNEndpoints(); ++i)
    {
        for (uint32_t p = 0; p < m_endpoints[i]->GetNPorts(); ++p)
        {
            m_byAddress[m_endpoints[i]->GetPort(p)->GetAddress()] = i;
        }
    }
    m_watchdog->Watch(&m_floor, m_nodes);
    m_built = true;
}

void
FabricNetwork::MakePlan()
{
    NS_LOG_FUNCTION(this);
    const RouteGraph whole = MakeGraph();
    m_plan = std::make_unique<RoutePlan>(whole);
    const auto circle = m_plan->FindDependencyCircle(whole);
    if (!circle.empty())
    {
        std::ostringstream names;
        for (const auto& [vertex, port] : circle)
        {
            names << "\n  " << m_nodes[vertex]->GetPort(port)->GetName();
        }
        NS_ABORT_MSG("FabricNetwork: packets could wait for one another for ever (deadlock) at"
                     << names.str());
    }
    InstallRoutes();
}

int64_t
FabricNetwork::AssignStreams(int64_t stream)
{
    NS_LOG_FUNCTION(this << stream);
    int64_t next = stream;
    // Endpoints draw no paths where the salt is drawn.
    m_saltStream = stream;
    m_isSaltDrawn = false;
    for (const Ptr<FabricEndpoint>& endpoint : m_endpoints)
    {
        next += endpoint->AssignStreams(next);
    }
    for (const Ptr<FabricLink>& link : m_links)
    {
        for (uint32_t end = 0; end < 2; ++end)
        {
            link->GetPort(end)->GetEngine().SetStreams(next, next + 2 * GetNLinks());
            ++next;
        }
    }
    return next + 2 * GetNLinks() - stream;
}

void
FabricNetwork::NoteStart(const Transfer& transfer)
{
    m_transferStart(transfer);
}

OutgoingTransfer*
FabricNetwork::MakeTransfer(const Transfer& transfer)
{
    OutgoingTransfer* outgoing = m_floor.NewTransfer();
    outgoing->transfer = transfer;
    outgoing->lane = transfer.virtualLane;
    outgoing->sourcePort = &m_endpoints[transfer.source]->GetPort(0)->GetEngine();
    outgoing->destinationPort = &m_endpoints[transfer.destination]->GetPort(0)->GetEngine();
    outgoing->sourceNode = m_endpointNodes[transfer.source];
    outgoing->endpointPs =
        static_cast<uint32_t>(m_endpoints[transfer.source]->GetDepartureLatencyPs() +
                              m_endpoints[transfer.destination]->GetArrivalLatencyPs());
    outgoing->address = m_addresses[transfer.destination];
    outgoing->path = NamePath(transfer.source, transfer.destination);
    return outgoing;
}

void
FabricNetwork::Post(const Transfer& transfer, TransferClient* client)
{
    NS_ABORT_MSG_UNLESS(m_built, "FabricNetwork: Post before Build");
    NS_ABORT_MSG_UNLESS(m_plan, "FabricNetwork: Post to a network without route tables");
    NS_ABORT_MSG_IF(transfer.source >= m_endpoints.size() ||
                        transfer.destination >= m_endpoints.size(),
                    "FabricNetwork: transfer from endpoint "
                        << transfer.source << " to " << transfer.destination << ", allowed 0 to "
                        << m_endpoints.size() - 1);
    NS_ABORT_MSG_IF(transfer.source == transfer.destination,
                    "FabricNetwork: transfer from endpoint " << transfer.source << " to itself");
    NS_ABORT_MSG_IF(transfer.virtualLane >= m_lanes,
                    "FabricNetwork: transfer on virtual lane " << +transfer.virtualLane
                                                               << ", allowed 0 to " << m_lanes - 1);
    NS_ABORT_MSG_IF(transfer.account >= m_floor.accounts.size(),
                    "FabricNetwork: transfer under account "
                        << transfer.account << ", allowed 0 to " << m_floor.accounts.size() - 1);
    NS_ABORT_MSG_UNLESS(m_islands.HasPath(m_endpointVertices[transfer.source],
                                          m_endpointVertices[transfer.destination]),
                        "FabricNetwork: " << ExplainNoPath(transfer.source, transfer.destination));
    OutgoingTransfer* outgoing = MakeTransfer(transfer);
    outgoing->client = client;
    m_watchdog->Arm();
    NoteStart(transfer);
    m_endpoints[transfer.source]->Start(outgoing, m_floor.Now());
}

bool
FabricNetwork::SendPacket(uint32_t source,
                          Ptr<Packet> packet,
                          Address destination,
                          uint16_t protocol)
{
    NS_LOG_FUNCTION(this << source << packet << destination << protocol);
    if (packet->GetSize() > m_mtuBytes || !m_plan)
    {
        return false;
    }
    if (Mac48Address::IsMatchingType(destination))
    {
        // An address out of an ARP header knows no type.
        destination = Mac48Address::ConvertFrom(destination);
    }
    std::vector<uint32_t> receivers;
    const bool broadcast = destination == Address(Mac48Address::GetBroadcast());
    if (broadcast)
    {
        for (uint32_t i = 0; i < GetNEndpoints(); ++i)
        {
            if (i != source)
            {
                receivers.push_back(i);
            }
        }
    }
    else if (const auto known = m_byAddress.find(destination);
             known != m_byAddress.end() && known->second != source)
    {
        receivers.push_back(known->second);
    }
    bool sent = false;
    m_watchdog->Arm();
    for (const uint32_t receiver : receivers)
    {
        Transfer transfer;
        transfer.source = source;
        transfer.destination = receiver;
        transfer.bytes = packet->GetSize();
        PacketAside aside;
        aside.payload = packet->Copy();
        aside.protocol = protocol;
        aside.broadcast = broadcast;
        OutgoingTransfer* outgoing = MakeTransfer(transfer);
        if (m_endpoints[source]->StartPacket(outgoing, aside, m_floor.Now()))
        {
            sent = true;
        }
        else
        {
            m_floor.Release(outgoing);
        }
    }
    return sent;
}

uint32_t
FabricNetwork::GetNEndpoints() const
{
    return static_cast<uint32_t>(m_endpoints.size());
}

uint32_t
FabricNetwork::GetNodeId(uint32_t endpoint) const
{
    NS_ABORT_MSG_IF(endpoint >= m_endpointNodes.size(),
                    "FabricNetwork: endpoint " << endpoint << ", allowed 0 to "
                                               << m_endpointNodes.size() - 1);
    return m_endpointNodes[endpoint];
}

std::string
FabricNetwork::ExplainNoPath(uint32_t source, uint32_t destination) const
{
    if (m_islands.HasPath(m_endpointVertices[source], m_endpointVertices[destination]))
    {
        return "";
    }
    return "no links lead from endpoint " + std::to_string(source) + " (" +
           m_endpoints[source]->GetName() + ") to endpoint " + std::to_string(destination) + " (" +
           m_endpoints[destination]->GetName() + "), whichever are up";
}

std::string
FabricNetwork::GetFidelity() const
{
    return "packet";
}

uint32_t
FabricNetwork::GetNSwitches() const
{
    return static_cast<uint32_t>(m_switches.size());
}

uint32_t
FabricNetwork::GetNLinks() const
{
    return static_cast<uint32_t>(m_links.size());
}

Ptr<FabricEndpoint>
FabricNetwork::GetEndpoint(uint32_t i) const
{
    return m_endpoints.at(i);
}

Ptr<FabricSwitch>
FabricNetwork::GetSwitch(uint32_t i) const
{
    return m_switches.at(i);
}

Ptr<FabricLink>
FabricNetwork::GetLink(uint32_t i) const
{
    return m_links.at(i);
}

uint32_t
FabricNetwork::GetNModules() const
{
    std::set<uint32_t> modules;
    for (const Ptr<FabricLink>& link : m_links)
    {
        modules.insert(link->GetModule(0));
        modules.insert(link->GetModule(1));
    }
    modules.erase(FabricLink::NO_MODULE);
    return static_cast<uint32_t>(modules.size());
}

NetworkTotals
FabricNetwork::GetTotals() const
{
    NetworkTotals totals;
    static_cast<NetworkCounts&>(totals) = m_floor.totals;
    for (const TrafficAccount& account : m_floor.accounts)
    {
        totals.Merge(account);
    }
    return totals;
}

const NetworkCounts&
FabricNetwork::GetCounts() const
{
    return m_floor.totals;
}

uint32_t
FabricNetwork::OpenAccount()
{
    NS_LOG_FUNCTION(this);
    m_floor.accounts.emplace_back();
    return static_cast<uint32_t>(m_floor.accounts.size() - 1);
}

const TrafficAccount*
FabricNetwork::GetAccount(uint32_t account) const
{
    return account < m_floor.accounts.size() ? &m_floor.accounts[account] : nullptr;
}

uint64_t
FabricNetwork::GetPacketHops() const
{
    uint64_t hops = 0;
    for (const Ptr<FabricLink>& link : m_links)
    {
        hops += link->GetPort(0)->GetCounters().packets + link->GetPort(1)->GetCounters().packets;
    }
    return hops;
}

uint64_t
FabricNetwork::GetPacketsInFlight() const
{
    return m_floor.pool.GetInUse();
}

uint32_t
FabricNetwork::GetBytesPerPacket()
{
    return sizeof(FabricPacket) + WheelScheduler::BYTES_PER_EVENT;
}

const std::string&
FabricNetwork::GetStallReport() const
{
    return m_watchdog->GetReport();
}

Ptr<ProgressWatchdog>
FabricNetwork::GetWatchdog() const
{
    return m_watchdog;
}

uint32_t
FabricNetwork::GetMtu() const
{
    return m_mtuBytes;
}

uint32_t
FabricNetwork::GetHeaderBytes() const
{
    return m_headerBytes;
}

Routing::Kind
FabricNetwork::GetRouting() const
{
    return m_routing;
}

EcmpSalt::Kind
FabricNetwork::GetEcmpSalt() const
{
    return m_ecmpSalt;
}

uint64_t
FabricNetwork::GetSalt() const
{
    if (!m_isSaltDrawn)
    {
        const auto draw = CreateObject<UniformRandomVariable>();
        if (m_saltStream >= 0)
        {
            draw->SetStream(m_saltStream);
        }
        const uint64_t high = draw->GetInteger(0, UINT32_MAX);
        m_salt = (high << 32) + draw->GetInteger(0, UINT32_MAX);
        m_isSaltDrawn = true;
    }
    return m_salt;
}

Switching::Kind
FabricNetwork::GetSwitching() const
{
    return m_switching;
}

uint32_t
FabricNetwork::GetNVertices() const
{
    return static_cast<uint32_t>(m_nodes.size());
}

Ptr<FabricNode>
FabricNetwork::GetVertex(uint32_t i) const
{
    return m_nodes[i];
}

uint32_t
FabricNetwork::FindVertex(const FabricNode* node) const
{
    return m_vertices.at(node);
}

FabricFloor&
FabricNetwork::GetFloor()
{
    return m_floor;
}

} // namespace opticalfabric
} // namespace ns3
