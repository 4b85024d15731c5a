/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "port-engine.h"

#include "ns3/abort.h"
#include "ns3/fabric-node.h"
#include "ns3/fabric-port.h"
#include "ns3/log.h"
#include "ns3/port-traces.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPortEngine");

PortEngine::PortEngine(FabricPort* port)
    : m_device(port)
{
    NS_LOG_FUNCTION(this << port);
}

PortEngine::~PortEngine()
{
    NS_LOG_FUNCTION(this);
}

void
PortEngine::Forget()
{
    NS_LOG_FUNCTION(this);
    m_device = nullptr;
    m_peer = nullptr;
    m_owner = nullptr;
    m_traces = nullptr;
    m_traced = false;
    m_receiveWatched = false;
    m_arriving = ArrivingFrame();
    m_watched = m_linkRetry != nullptr;
}

void
PortEngine::Configure(FabricFloor* floor, FabricNode* owner, uint16_t number, PortEngine* peer)
{
    NS_LOG_FUNCTION(this << floor << owner << number << peer);
    m_floor = floor;
    m_owner = owner;
    m_number = number;
    m_peer = peer;
    m_ownNode = owner->GetNode()->GetId();
    const FabricNode* far = peer->m_device->GetOwner();
    m_peerNode = far->GetNode()->GetId();
    const bool stores = floor->switching == Switching::STORE_AND_FORWARD;
    m_arrival = far->IsSwitch() && !stores ? FIRST_BIT : LAST_BIT;
    m_moreLanes = std::make_unique<Lane[]>(floor->lanes - 1);
    m_moreReturning = std::make_unique<CreditRing[]>(floor->lanes - 1);
    m_injects = !owner->IsSwitch();
    for (uint32_t i = 0; i < floor->lanes; ++i)
    {
        Lane& lane = GetLane(static_cast<uint8_t>(i));
        lane.credits = floor->bufferBytes;
        // An endpoint's packets do not come in by a port: they need one queue, for repeats.
        lane.queue.Configure(floor->arbitration, owner->IsSwitch() ? owner->GetNPorts() : 1);
    }
}

void
PortEngine::SetTraces(PortTraces* traces)
{
    NS_LOG_FUNCTION(this << traces);
    m_traces = traces;
    m_traced = traces != nullptr;
    WatchArrivals();
    m_watched = m_watched || m_traced;
}

void
PortEngine::SetBacklogClock(uint64_t* drainAtPs)
{
    NS_LOG_FUNCTION(this << drainAtPs);
    m_drainAtPs = drainAtPs;
}

// From here to Wake runs per packet: no function logging.

void
PortEngine::Handle(FabricPacket* packet)
{
    if (__builtin_expect(packet->m_stage != FabricPacket::ARRIVE ||
                             packet->m_epoch != m_receiveEpoch,
                         0))
    {
        HandleUnusual(packet);
        return;
    }
    if (__builtin_expect(m_receiveWatched, 0))
    {
        NoteArrival(packet);
    }
    m_owner->Receive(packet);
}

void
PortEngine::Accept(FabricPacket* packet)
{
    const uint64_t nowPs = packet->m_atPs;
    if (__builtin_expect(m_traced, 0))
    {
        m_traces->macTx(PacketView::Of(packet));
    }
    Lane& lane = GetLane(packet->m_lane);
    // If the node's own packets wait for credit, the wait has to be settled anew.
    if (m_busyUntilPs <= nowPs + m_floor->commitAheadPs && m_queued == 0 && m_closed == 0 &&
        !lane.stalled && HasCredit(packet->m_lane, lane, packet->m_wireBytes, nowPs))
    {
        const uint64_t startPs = std::max(nowPs, m_busyUntilPs);
        packet->m_queuePs += static_cast<int64_t>(startPs - nowPs);
        Transmit(packet, startPs, nowPs);
        if (m_drainAtPs != nullptr)
        {
            *m_drainAtPs = m_busyUntilPs;
        }
        return;
    }
    Enqueue(packet, false, nowPs);
}

[[gnu::always_inline]] inline void
PortEngine::Launch(FabricPacket* packet, uint64_t frameTimePs, uint64_t startPs, uint64_t nowPs)
{
    m_busyUntilPs = startPs + frameTimePs;
    packet->m_atPs = startPs + m_hopPs;
    packet->AddHop(m_hopParts);
    if (m_arrival != FIRST_BIT)
    {
        packet->m_atPs += frameTimePs;
        packet->m_fixedPs[SERIALIZATION] += static_cast<uint32_t>(frameTimePs);
        if (__builtin_expect(m_arrival == SHARED_BIT, 0))
        {
            MoveBackground(packet);
        }
    }
    packet->m_stage = FabricPacket::ARRIVE;
    packet->m_port = m_peer;
    packet->m_epoch = m_epoch;
    if (__builtin_expect(m_framesToAsk != 0, 0) && --m_framesToAsk == 0)
    {
        LaunchUnusual(packet, frameTimePs, startPs, nowPs);
        return;
    }
    m_floor->Schedule(packet, m_peerNode, nowPs);
}

void
PortEngine::Transmit(FabricPacket* packet, uint64_t startPs, uint64_t nowPs)
{
    const uint32_t wireBytes = packet->m_wireBytes;
    const uint64_t frameTimePs = TakeFramePs(wireBytes, startPs);
    GetLane(packet->m_lane).credits -= wireBytes;
    ++m_packets;
    m_wireBytes += wireBytes;
    if (__builtin_expect(m_traced, 0))
    {
        m_traces->phyTxBegin(PacketView::Of(packet));
    }
    PortEngine* input = packet->m_port;
    if (input != nullptr)
    {
        input->PrefetchInput();
    }
    Launch(packet, frameTimePs, startPs, nowPs);
    if (input != nullptr)
    {
        input->ReleaseBuffer(packet->m_lane, wireBytes, startPs + frameTimePs, nowPs);
    }
}

void
PortEngine::Resume(FabricPacket* packet)
{
    const uint64_t nowPs = packet->m_atPs;
    m_closed &= static_cast<uint8_t>(~RETRAINING);
    packet->m_port = nullptr;
    if (packet->m_epoch == m_epoch)
    {
        Launch(packet, TakeFramePs(packet->m_wireBytes, nowPs), nowPs, nowPs);
    }
    else
    {
        GetLane(packet->m_lane).credits += packet->m_wireBytes;
        Replay(packet);
    }
    if (HasMore())
    {
        Kick(nowPs);
    }
}

void
PortEngine::ReleaseBuffer(uint8_t lane, uint32_t bytes, uint64_t atPs, uint64_t nowPs)
{
    CreditRing& returning = GetReturning(lane);
    returning.Push(nowPs, atPs + m_creditPs, bytes);
    if (__builtin_expect(returning.GetWanted() != 0, 0))
    {
        const uint64_t whenPs = returning.WhenAvailable(returning.GetWanted());
        if (whenPs != UINT64_MAX)
        {
            returning.SetWanted(0);
            m_peer->ScheduleWake(whenPs, nowPs);
        }
    }
}

void
PortEngine::Enqueue(FabricPacket* packet, bool front, uint64_t nowPs)
{
    Lane& lane = GetLane(packet->m_lane);
    const bool first = lane.queue.IsEmpty();
    if (front)
    {
        lane.queue.PushFront(packet);
    }
    else
    {
        lane.queue.Push(packet, packet->m_port != nullptr ? packet->m_port->m_number : 0);
    }
    ++m_queued;
    // The clocks are subtracted now and added when the wait ends.
    const int64_t stallPs = StallClock(lane, nowPs);
    packet->m_stallPs -= stallPs;
    packet->m_queuePs -= static_cast<int64_t>(nowPs) - stallPs;
    if (m_drainAtPs != nullptr)
    {
        *m_drainAtPs =
            std::max({*m_drainAtPs, m_busyUntilPs, nowPs}) + SerializationPs(packet->m_wireBytes);
    }
    if (__builtin_expect(m_watched, 0))
    {
        JoinWatched(packet, nowPs);
    }
    if (__builtin_expect((m_closed & (DOWN | WAKING)) != 0, 0))
    {
        m_floor->GetAside(packet).downSincePs = nowPs;
    }
    else if (m_busyUntilPs > nowPs)
    {
        ScheduleWake(m_busyUntilPs, nowPs);
    }
    else if (first)
    {
        Serve(nowPs);
    }
}

void
PortEngine::EndWait(Lane& lane, FabricPacket* packet, uint64_t startPs)
{
    const int64_t stallPs = StallClock(lane, startPs);
    packet->m_stallPs += stallPs;
    packet->m_queuePs += static_cast<int64_t>(startPs) - stallPs;
    --m_queued;
    if (__builtin_expect(m_watched, 0))
    {
        LeaveWatched(packet, startPs);
    }
}

FabricPacket*
PortEngine::TakeNext(uint64_t nowPs, uint64_t startPs)
{
    for (uint32_t k = 0; k < m_floor->lanes; ++k)
    {
        const uint8_t i = static_cast<uint8_t>((m_nextLane + k) % m_floor->lanes);
        Lane& lane = GetLane(i);
        FabricPacket* packet = nullptr;
        if (!lane.queue.IsEmpty())
        {
            packet = lane.queue.Front();
            if (!HasCredit(i, lane, packet->m_wireBytes, nowPs))
            {
                Stall(i, packet->m_wireBytes, nowPs);
                continue;
            }
            lane.queue.Pop();
            EndWait(lane, packet, startPs);
        }
        else
        {
            if (!m_injects || !m_owner->HasOwn(*this, i))
            {
                continue;
            }
            const uint32_t fullBytes = m_floor->mtuBytes + m_floor->headerBytes;
            if (!HasCredit(i, lane, fullBytes, nowPs))
            {
                Stall(i, fullBytes, nowPs);
                continue;
            }
            packet = m_owner->Pull(*this, i, startPs, nowPs);
            if (__builtin_expect(m_traced, 0))
            {
                m_traces->macTx(PacketView::Of(packet));
            }
        }
        EndStall(i, startPs);
        m_nextLane = static_cast<uint8_t>((i + 1) % m_floor->lanes);
        return packet;
    }
    return nullptr;
}

void
PortEngine::Serve(uint64_t nowPs)
{
    while (m_busyUntilPs <= nowPs + m_floor->commitAheadPs)
    {
        if (__builtin_expect(m_closed != 0, 0) && !Reopen(nowPs))
        {
            return;
        }
        const uint64_t startPs = std::max(nowPs, m_busyUntilPs);
        FabricPacket* packet = TakeNext(nowPs, startPs);
        if (packet == nullptr)
        {
            return;
        }
        Transmit(packet, startPs, nowPs);
    }
    if (HasMore())
    {
        ScheduleWake(m_busyUntilPs, nowPs);
    }
}

bool
PortEngine::HasMore() const
{
    if (m_queued != 0)
    {
        return true;
    }
    for (uint32_t i = 0; m_injects && i < m_floor->lanes; ++i)
    {
        if (m_owner->HasOwn(*this, static_cast<uint8_t>(i)))
        {
            return true;
        }
    }
    return false;
}

void
PortEngine::Kick(uint64_t nowPs)
{
    if (m_busyUntilPs > nowPs)
    {
        ScheduleWake(m_busyUntilPs, nowPs);
        return;
    }
    Serve(nowPs);
}

void
PortEngine::Notify()
{
    // Forgotten with the device.
    if (m_peer != nullptr)
    {
        Wake();
    }
}

void
PortEngine::Wake()
{
    const uint64_t nowPs = m_floor->Now();
    // An earlier wake-up may have taken this one's place.
    if (nowPs == m_wakeAtPs)
    {
        m_wakeAtPs = NEVER;
        Serve(nowPs);
    }
}

void
PortEngine::ScheduleWake(uint64_t atPs, uint64_t nowPs)
{
    atPs = std::max(atPs, nowPs);
    if (atPs < m_wakeAtPs)
    {
        m_wakeAtPs = atPs;
        Ref();
        m_floor->simulator->ScheduleWithContext(m_ownNode, TimeStep(atPs - nowPs), this);
    }
}

void
PortEngine::Stall(uint8_t number, uint32_t bytes, uint64_t nowPs)
{
    Lane& lane = GetLane(number);
    if (!lane.stalled)
    {
        lane.stalled = true;
        // The output may be deciding ahead: until it is free, credit is not what it waits for.
        lane.stalledSincePs = std::max(nowPs, m_busyUntilPs);
        if (__builtin_expect(m_traced, 0))
        {
            m_traces->creditStall(number, true);
        }
    }
    CreditRing& returning = m_peer->GetReturning(number);
    const uint64_t whenPs = returning.WhenAvailable(bytes - lane.credits);
    if (whenPs == UINT64_MAX)
    {
        returning.SetWanted(bytes - lane.credits);
    }
    else
    {
        ScheduleWake(std::max(whenPs, m_busyUntilPs), nowPs);
    }
}

void
PortEngine::EndStall(uint8_t number, uint64_t nowPs)
{
    Lane& lane = GetLane(number);
    if (lane.stalled)
    {
        m_peer->GetReturning(number).SetWanted(0);
        lane.stalled = false;
        lane.stalledTotalPs += std::max(nowPs, lane.stalledSincePs) - lane.stalledSincePs;
        if (__builtin_expect(m_traced, 0))
        {
            m_traces->creditStall(number, false);
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
