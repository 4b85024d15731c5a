/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-switch.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/path-choice.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricSwitch");
NS_OBJECT_ENSURE_REGISTERED(FabricSwitch);

TypeId
FabricSwitch::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::FabricSwitch")
            .SetParent<FabricNode>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<FabricSwitch>()
            .AddAttribute("ForwardingLatency",
                          "Time from a packet's first bit (cut-through) or last bit (store and "
                          "forward) in to its first bit out, with nothing in the way. 0 to 1 ms.",
                          TimeValue(NanoSeconds(200)),
                          MakeTimeAccessor(&FabricSwitch::m_latency),
                          MakeTimeChecker(Time(0), MilliSeconds(1)));
    return tid;
}

void
FabricSwitch::Configure(FabricFloor* floor)
{
    NS_LOG_FUNCTION(this);
    FabricNode::Configure(floor);
    m_drainAtPs.assign(m_ports.size(), 0);
    m_outputs.clear();
    for (uint32_t i = 0; i < m_ports.size(); ++i)
    {
        m_outputs.push_back(&m_ports[i]->GetEngine());
        m_outputs[i]->SetBacklogClock(floor->routing == Routing::ADAPTIVE ? &m_drainAtPs[i]
                                                                          : nullptr);
    }
}

bool
FabricSwitch::IsSwitch() const
{
    return true;
}

uint64_t
FabricSwitch::GetArrivalLatencyPs() const
{
    return static_cast<uint64_t>(m_latency.GetTimeStep());
}

uint64_t
FabricSwitch::GetDepartureLatencyPs() const
{
    return 0;
}

uint64_t
FabricSwitch::GetUnroutable() const
{
    return m_unroutable;
}

void
FabricSwitch::SetRoutes(std::shared_ptr<const RouteTable> table)
{
    NS_LOG_FUNCTION(this);
    m_table = table;
}

void
FabricSwitch::PortChanged(PortEngine& port)
{
    NS_LOG_FUNCTION(this << &port);
    if (port.IsUsable())
    {
        --m_unusable;
    }
    else
    {
        ++m_unusable;
    }
}

FabricPacket*
FabricSwitch::Pull(const PortEngine&, uint8_t, uint64_t, uint64_t)
{
    return nullptr;
}

bool
FabricSwitch::HasOwn(const PortEngine&, uint8_t) const
{
    return false;
}

// From here on per packet: no function logging.

uint16_t
FabricSwitch::Guess(const FabricPacket& packet) const
{
    if (packet.m_routeClass >= m_table->entries.size())
    {
        return RouteTable::NO_PORT;
    }
    const RouteTable::Entry entry = m_table->entries[packet.m_routeClass];
    const uint16_t* candidates = m_table->candidates.data() + entry.offset;
    uint32_t choice = 0;
    if (entry.direct)
    {
        choice = packet.m_routeMember;
    }
    else if (m_floor->routing != Routing::ADAPTIVE)
    {
        choice =
            PathChoice::Peek(m_floor->routing, packet.m_path, std::max<uint32_t>(1, entry.count));
    }
    else if (entry.count > 1)
    {
        return RouteTable::NO_PORT;
    }
    return choice < entry.count ? candidates[choice] : RouteTable::NO_PORT;
}

bool
FabricSwitch::ForeseeArrival(const FabricPacket& packet, uint32_t step) const
{
    const uint16_t number = Guess(packet);
    if (number == RouteTable::NO_PORT)
    {
        return false;
    }
    switch (step)
    {
    case 2:
        __builtin_prefetch(&m_outputs[number]);
        return true;
    case 3:
        m_outputs[number]->Prefetch();
        return true;
    default:
        m_outputs[number]->PrefetchQueue(packet.m_port->GetNumber());
        return false;
    }
}

void
FabricSwitch::Receive(FabricPacket* packet)
{
    const uint32_t path = packet->m_path;
    PortEngine* out = Choose(packet);
    if (__builtin_expect(out == nullptr, 0))
    {
        Drop(packet);
        return;
    }
    if (m_floor->switching == Switching::CUT_THROUGH && packet->m_stage == FabricPacket::ARRIVE)
    {
        const uint64_t holdBackPs = packet->m_port->HoldBackPs(packet->m_wireBytes, *out);
        if (__builtin_expect(holdBackPs != 0, 0))
        {
            // The output would run dry: it must not start before enough has come in. Then the
            // choice is made anew, as if for the first time.
            const uint64_t nowPs = packet->m_atPs;
            packet->m_path = path;
            const uint64_t waitPs = packet->m_port->HoldBackgroundPs(packet->m_wireBytes, *out);
            packet->m_fixedPs[SERIALIZATION] += static_cast<uint32_t>(holdBackPs - waitPs);
            packet->m_queuePs += static_cast<int64_t>(waitPs);
            packet->m_stage = FabricPacket::READY;
            packet->m_atPs += holdBackPs;
            m_floor->Schedule(packet, GetNode()->GetId(), nowPs);
            return;
        }
    }
    out->Accept(packet);
}

void
FabricSwitch::Reroute(FabricPacket* packet)
{
    PortEngine* out = Choose(packet);
    if (out != nullptr)
    {
        out->Accept(packet);
        return;
    }
    Drop(packet);
}

void
FabricSwitch::Drop(FabricPacket* packet)
{
    ++m_unroutable;
    if (packet->m_port != nullptr)
    {
        packet->m_port->ReleaseBuffer(packet->m_lane,
                                      packet->m_wireBytes,
                                      packet->m_atPs,
                                      packet->m_atPs);
    }
    m_floor->Lose(packet);
}

PortEngine*
FabricSwitch::Choose(FabricPacket* packet)
{
    if (__builtin_expect(packet->m_routeClass >= m_table->entries.size(), 0))
    {
        return nullptr;
    }
    const RouteTable::Entry entry = m_table->entries[packet->m_routeClass];
    const uint16_t* candidates = m_table->candidates.data() + entry.offset;
    uint32_t choice = 0;
    if (entry.direct)
    {
        choice = packet->m_routeMember;
        if (__builtin_expect(choice >= entry.count || candidates[choice] == RouteTable::NO_PORT, 0))
        {
            return nullptr;
        }
        PortEngine* out = m_outputs[candidates[choice]];
        out->Prefetch();
        return m_unusable == 0 || out->IsUsable() ? out : nullptr;
    }
    if (entry.count <= 1)
    {
        if (entry.count == 0)
        {
            return nullptr;
        }
    }
    else if (m_floor->routing == Routing::ADAPTIVE)
    {
        choice = LeastLoaded(candidates, entry.count);
    }
    else
    {
        choice = PathChoice::Peek(m_floor->routing, packet->m_path, entry.count);
        packet->m_path = PathChoice::Rest(m_floor->routing, packet->m_path, entry.count);
    }
    if (__builtin_expect(m_unusable != 0, 0))
    {
        return FirstUsable(candidates, entry.count, choice);
    }
    PortEngine* out = m_outputs[candidates[choice]];
    out->Prefetch();
    return out;
}

PortEngine*
FabricSwitch::FirstUsable(const uint16_t* candidates, uint32_t count, uint32_t first) const
{
    for (uint32_t k = 0; k < count; ++k)
    {
        PortEngine* out = m_outputs[candidates[(first + k) % count]];
        if (out->IsUsable())
        {
            return out;
        }
    }
    return nullptr;
}

uint32_t
FabricSwitch::LeastLoaded(const uint16_t* candidates, uint32_t count)
{
    // Starting at a different one each time spreads packets over idle outputs.
    const uint32_t start = m_rotor % count;
    ++m_rotor;
    uint32_t best = start;
    uint64_t bestPs = m_drainAtPs[candidates[start]];
    for (uint32_t k = 1; k < count; ++k)
    {
        const uint32_t i = start + k < count ? start + k : start + k - count;
        const uint64_t drainAtPs = m_drainAtPs[candidates[i]];
        if (drainAtPs < bestPs)
        {
            best = i;
            bestPs = drainAtPs;
        }
    }
    return best;
}

} // namespace opticalfabric
} // namespace ns3
