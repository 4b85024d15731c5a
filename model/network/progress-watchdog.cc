/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "progress-watchdog.h"

#include "ns3/fabric-endpoint.h"
#include "ns3/log.h"
#include "ns3/message-text.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricProgressWatchdog");
NS_OBJECT_ENSURE_REGISTERED(ProgressWatchdog);

namespace
{

constexpr size_t MAX_LINES = 32; ///< ports named in a report

/// Ports in the order of nodes and ports, so that two runs report alike.
struct PortOrder
{
    /**
     * @param a a port
     * @param b another
     * @return true if a comes first
     */
    bool operator()(const FabricPort* a, const FabricPort* b) const
    {
        const uint32_t nodeA = a->GetNode()->GetId();
        const uint32_t nodeB = b->GetNode()->GetId();
        return nodeA != nodeB ? nodeA < nodeB : a->GetIfIndex() < b->GetIfIndex();
    }
};

using Ports = std::set<const FabricPort*, PortOrder>; ///< some ports

/// Which ports each stalled port waits for.
using Waits = std::map<const FabricPort*, Ports, PortOrder>;

/**
 * A port that has no credit waits for the packets in the buffer behind it: those wait, at the next
 * node, for outputs.
 * @param port a port
 * @param lanes virtual lanes of the network
 * @return the outputs of the next node that they wait for
 */
Ports
WaitsFor(const FabricPort* port, uint32_t lanes)
{
    Ports outputs;
    const FabricPort* input = port->GetPeer();
    const FabricNode* next = input->GetOwner();
    for (uint32_t i = 0; i < next->GetNPorts(); ++i)
    {
        const FabricPort* output = PeekPointer(next->GetPort(i));
        for (uint32_t lane = 0; lane < lanes; ++lane)
        {
            const auto number = static_cast<uint8_t>(lane);
            if (port->IsStalled(number))
            {
                output->GetEngine().ForEachWaiting(number, [&](const PortEngine* from) {
                    if (from == &input->GetEngine())
                    {
                        outputs.insert(output);
                    }
                });
            }
        }
    }
    return outputs;
}

/**
 * @param waits which ports each port waits for
 * @return ports that wait for one another in a circle, in order; empty if none do
 */
std::vector<const FabricPort*>
FindCircle(Waits waits)
{
    // Take away ports that wait for none of those left; what remains lies on, or leads to, a
    // circle.
    for (bool changed = true; changed;)
    {
        changed = false;
        for (auto it = waits.begin(); it != waits.end();)
        {
            const bool leads =
                std::any_of(it->second.begin(), it->second.end(), [&](const FabricPort* port) {
                    return waits.count(port) != 0;
                });
            changed = changed || !leads;
            it = leads ? std::next(it) : waits.erase(it);
        }
    }
    std::vector<const FabricPort*> path;
    const FabricPort* port = waits.empty() ? nullptr : waits.begin()->first;
    while (port != nullptr)
    {
        const auto again = std::find(path.begin(), path.end(), port);
        if (again != path.end())
        {
            path.erase(path.begin(), again);
            break;
        }
        path.push_back(port);
        const auto& outputs = waits.at(port);
        port = *std::find_if(outputs.begin(), outputs.end(), [&](const FabricPort* output) {
            return waits.count(output) != 0;
        });
    }
    return path;
}

} // namespace

TypeId
ProgressWatchdog::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::ProgressWatchdog")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<ProgressWatchdog>()
            .AddAttribute("Interval",
                          "Simulated time between looks; 0 never looks.",
                          TimeValue(MilliSeconds(1)),
                          MakeTimeAccessor(&ProgressWatchdog::m_interval),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("Patience",
                          "Longest simulated time in which all packets wait at outputs and none "
                          "moves, for example for a link that is down.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&ProgressWatchdog::m_patience),
                          MakeTimeChecker(Time(0)))
            .AddTraceSource("Stalled",
                            "The run is stopped because nothing moves: what waits for what.",
                            MakeTraceSourceAccessor(&ProgressWatchdog::m_stalled),
                            "ns3::opticalfabric::ProgressWatchdog::StalledTracedCallback");
    return tid;
}

ProgressWatchdog::ProgressWatchdog()
{
    NS_LOG_FUNCTION(this);
}

ProgressWatchdog::~ProgressWatchdog()
{
    NS_LOG_FUNCTION(this);
}

void
ProgressWatchdog::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_look.Cancel();
    m_nodes.clear();
    m_floor = nullptr;
    Object::DoDispose();
}

void
ProgressWatchdog::Watch(const FabricFloor* floor, const std::vector<Ptr<FabricNode>>& nodes)
{
    NS_LOG_FUNCTION(this);
    m_floor = floor;
    m_nodes = nodes;
}

void
ProgressWatchdog::Rearm()
{
    NS_LOG_FUNCTION(this);
    if (m_interval.IsZero())
    {
        return;
    }
    if (!m_armed)
    {
        m_lastMove = Simulator::Now();
        m_moves = Moves();
    }
    m_armed = true;
    // What waits for an event to come may do so for long: then there is less to see.
    constexpr int64_t LOOKS = 16;
    const Time waited = std::max(m_lastPending - m_lastMove, Time(0));
    m_look = Simulator::Schedule(std::max(m_interval, Time(waited.GetTimeStep() / LOOKS)),
                                 &ProgressWatchdog::Look,
                                 this);
}

uint64_t
ProgressWatchdog::Moves() const
{
    uint64_t moves = m_floor->totals.deliveredPackets + m_floor->totals.lostPackets;
    for (const Ptr<FabricNode>& node : m_nodes)
    {
        for (uint32_t i = 0; i < node->GetNPorts(); ++i)
        {
            moves += node->GetPort(i)->GetCounters().packets;
        }
    }
    return moves;
}

bool
ProgressWatchdog::HasPending() const
{
    uint64_t waiting = 0;
    for (const Ptr<FabricNode>& node : m_nodes)
    {
        for (uint32_t i = 0; i < node->GetNPorts(); ++i)
        {
            waiting += node->GetPort(i)->GetQueued();
        }
        if (const auto endpoint = DynamicCast<FabricEndpoint>(node))
        {
            waiting += endpoint->GetWaitingResends();
        }
    }
    return m_floor->pool.GetInUse() > waiting;
}

void
ProgressWatchdog::Look()
{
    NS_LOG_FUNCTION(this);
    const NetworkCounts& totals = m_floor->totals;
    if (totals.transfers == totals.finishedTransfers)
    {
        m_armed = false;
        return;
    }
    const uint64_t moves = Moves();
    if (moves != m_moves)
    {
        m_moves = moves;
        m_lastMove = Simulator::Now();
        Rearm();
        return;
    }
    if (HasPending())
    {
        m_lastPending = Simulator::Now();
    }
    bool circle = false;
    const std::string report = Describe(circle);
    if (circle || Simulator::Now() - std::max(m_lastMove, m_lastPending) >= m_patience)
    {
        m_isCircle = circle;
        m_report = report;
        m_armed = false;
        m_stalled(m_report);
        Simulator::Stop();
        return;
    }
    Rearm();
}

std::string
ProgressWatchdog::Describe(bool& circle) const
{
    Waits waits;
    std::vector<const FabricPort*> others;
    for (const Ptr<FabricNode>& node : m_nodes)
    {
        for (uint32_t i = 0; i < node->GetNPorts(); ++i)
        {
            const FabricPort* port = PeekPointer(node->GetPort(i));
            const Ports outputs = WaitsFor(port, m_floor->lanes);
            if (!outputs.empty())
            {
                waits[port] = outputs;
            }
            else if (port->GetQueued() != 0)
            {
                others.push_back(port);
            }
        }
    }
    const std::vector<const FabricPort*> path = FindCircle(waits);
    circle = !path.empty();
    std::ostringstream text;
    text << "no packet has moved since " << ShowMicroseconds(m_lastMove) << "; it is "
         << ShowMicroseconds(Simulator::Now()) << '\n';
    for (size_t i = 0; i < path.size() && i < MAX_LINES; ++i)
    {
        text << "  " << path[i]->GetName() << " (" << path[i]->GetQueued()
             << " packets) waits for buffer space behind it, held by packets for "
             << path[(i + 1) % path.size()]->GetName() << '\n';
    }
    for (size_t i = 0; i < others.size() && path.size() + i < MAX_LINES; ++i)
    {
        text << "  " << others[i]->GetName() << " holds " << others[i]->GetQueued() << " packets, "
             << (others[i]->IsLinkUp() ? "its link is up" : "its link is down") << '\n';
    }
    return text.str();
}

bool
ProgressWatchdog::IsCircle() const
{
    return m_isCircle;
}

const std::string&
ProgressWatchdog::GetReport() const
{
    return m_report;
}

} // namespace opticalfabric
} // namespace ns3
