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
    m_drainAtPs.Assign(m_ports.size(), 0);
    m_outputs.Assign(m_ports.size(), nullptr);
    for (uint32_t i = 0; i < m_ports.size(); ++i)
    {
        m_outputs[i] = &m_ports[i]->GetEngine();
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
    m_routes.Set(*table);
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

bool
FabricSwitch::ForeseeArrival(const FabricPacket& packet, uint32_t step) const
{
    const RouteTable::Entry entry = m_routes.Find(packet.m_routeClass);
    uint32_t choice = 0;
    if (entry.direct)
    {
        choice = packet.m_routeMember;
    }
    else if (entry.count > 1)
    {
        if (m_floor->routing == Routing::ADAPTIVE)
        {
            // Which output it takes shows when the packet arrives.
            PrefetchChoice(entry);
            return false;
        }
        choice = PathChoice::Peek(m_floor->routing, packet.m_path, entry.count);
    }
    if (choice >= entry.count)
    {
        return false;
    }
    const uint16_t number = GetCandidate(entry, choice);
    if (__builtin_expect(number == RouteTable::NO_PORT, 0))
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
    const RouteTable::Entry entry = m_routes.Find(packet->m_routeClass);
    uint32_t choice = 0;
    if (entry.direct)
    {
        choice = packet->m_routeMember;
        if (__builtin_expect(choice >= entry.count, 0))
        {
            return nullptr;
        }
        const uint16_t number = GetCandidate(entry, choice);
        if (__builtin_expect(number == RouteTable::NO_PORT, 0))
        {
            return nullptr;
        }
        PortEngine* out = m_outputs[number];
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
        choice = LeastLoaded(entry);
    }
    else
    {
        choice = PathChoice::Peek(m_floor->routing, packet->m_path, entry.count);
        packet->m_path = PathChoice::Rest(m_floor->routing, packet->m_path, entry.count);
    }
    if (__builtin_expect(m_unusable != 0, 0))
    {
        return FirstUsable(entry, choice);
    }
    PortEngine* out = m_outputs[GetCandidate(entry, choice)];
    out->Prefetch();
    return out;
}

PortEngine*
FabricSwitch::FirstUsable(const RouteTable::Entry& entry, uint32_t first) const
{
    for (uint32_t k = 0; k < entry.count; ++k)
    {
        PortEngine* out = m_outputs[GetCandidate(entry, (first + k) % entry.count)];
        if (out->IsUsable())
        {
            return out;
        }
    }
    return nullptr;
}

uint32_t
FabricSwitch::LeastLoaded(const RouteTable::Entry& entry)
{
    // Starting at a different one each time spreads packets over idle outputs.
    const uint32_t start = m_rotor % entry.count;
    ++m_rotor;
    const auto search = [&entry, start](const auto& drainAtPs) {
        uint32_t best = start;
        uint64_t bestPs = drainAtPs(start);
        const auto look = [&](uint32_t begin, uint32_t end) {
            for (uint32_t i = begin; i < end; ++i)
            {
                const uint64_t atPs = drainAtPs(i);
                if (atPs < bestPs)
                {
                    best = i;
                    bestPs = atPs;
                }
            }
        };
        look(start + 1, entry.count);
        look(0, start);
        return best;
    };
    if (__builtin_expect(entry.listed, 0))
    {
        return search([&](uint32_t i) { return m_drainAtPs[GetCandidate(entry, i)]; });
    }
    const uint64_t* drainAtPs = &m_drainAtPs[entry.first];
    return search([drainAtPs](uint32_t i) { return drainAtPs[i]; });
}

} // namespace opticalfabric
} // namespace ns3
