/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of PortEngine that runs when something goes wrong: damaged frames, links that go down.
#include "port-engine.h"

#include "ns3/fabric-node.h"
#include "ns3/log.h"
#include "ns3/port-traces.h"

#include <cmath>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPortFaults");

void
PortEngine::DrawError()
{
    if (m_frameErrorRatio <= 0)
    {
        m_framesToError = 0;
        return;
    }
    if (!m_errorDraw)
    {
        m_errorDraw = CreateObject<UniformRandomVariable>();
        m_errorDraw->SetStream(m_stream);
    }
    if (m_frameErrorRatio >= 1)
    {
        m_framesToError = 1;
        return;
    }
    // Geometric by inversion; 1 - u lies in (0, 1].
    const double u = m_errorDraw->GetValue(0, 1);
    const double frames = std::floor(std::log1p(-u) / std::log1p(-m_frameErrorRatio));
    m_framesToError = frames < 1e18 ? 1 + static_cast<uint64_t>(frames) : uint64_t{1} << 60;
}

uint64_t
PortEngine::Retry(FabricPacket* packet, uint64_t frameTimePs)
{
    uint64_t delayPs = 0;
    uint32_t repeats = 0;
    bool givenUp = !m_retry.enabled;
    DrawError();
    while (!givenUp)
    {
        delayPs += frameTimePs + m_roundTripPs;
        ++repeats;
        if (--m_framesToError != 0)
        {
            break;
        }
        DrawError();
        if (repeats >= m_retry.maxRepeats)
        {
            givenUp = true;
            delayPs += m_retry.retrainPs;
        }
    }
    m_retries += repeats;
    if (delayPs != 0)
    {
        m_floor->GetAside(packet).retryPs += delayPs;
    }
    if (m_traces != nullptr)
    {
        m_traces->retry(repeats, givenUp);
    }
    if (givenUp)
    {
        packet->m_stage = FabricPacket::DAMAGED;
        ++m_lost;
        if (m_traces != nullptr)
        {
            m_traces->phyTxDrop(PacketView::Of(packet));
        }
    }
    return delayPs;
}

void
PortEngine::HandleUnusual(FabricPacket* packet)
{
    NS_LOG_FUNCTION(this << packet << +packet->m_stage);
    const uint64_t nowPs = packet->m_atPs;
    switch (packet->m_stage)
    {
    case FabricPacket::READY:
        m_owner->Receive(packet);
        return;
    case FabricPacket::RETURNED:
    case FabricPacket::GIVEN_UP:
        m_owner->Account(packet);
        return;
    case FabricPacket::REPLAY:
        packet->m_port = nullptr;
        if (m_usable)
        {
            Enqueue(packet, true, nowPs);
        }
        else
        {
            m_owner->Reroute(packet);
        }
        return;
    case FabricPacket::ARRIVE:
    case FabricPacket::DAMAGED:
        break;
    }
    // It never took up the buffer it was sent into.
    ReleaseBuffer(packet->m_lane, packet->m_wireBytes, nowPs, nowPs);
    if (m_traces != nullptr)
    {
        m_traces->phyRxDrop(PacketView::Of(packet));
    }
    if (packet->m_stage == FabricPacket::ARRIVE && m_retry.enabled)
    {
        // The link went down under it: the sender's replay buffer has it still.
        m_floor->GetAside(packet).retryPs += m_creditPs;
        packet->m_stage = FabricPacket::REPLAY;
        packet->m_port = m_peer;
        packet->m_atPs = nowPs + m_creditPs;
        m_floor->Schedule(packet, m_peerNode, nowPs);
        return;
    }
    if (packet->m_stage == FabricPacket::ARRIVE)
    {
        ++m_peer->m_lost;
    }
    m_floor->Lose(packet);
}

void
PortEngine::SetLinkUp(bool up)
{
    NS_LOG_FUNCTION(this << up);
    m_up = up;
    if (m_traces != nullptr)
    {
        m_traces->linkUp(up);
    }
    if (m_floor == nullptr)
    {
        return;
    }
    const uint64_t nowPs = m_floor->Now();
    if (!up)
    {
        ++m_epoch;
        m_receiveEpoch = m_epoch;
        m_busyUntilPs = std::min(m_busyUntilPs, nowPs);
    }
    for (uint32_t i = 0; i < m_floor->lanes; ++i)
    {
        Lane& lane = GetLane(static_cast<uint8_t>(i));
        EndStall(static_cast<uint8_t>(i), nowPs);
        lane.queue.ForEach([this, up, nowPs](FabricPacket* packet) {
            PacketAside& aside = m_floor->GetAside(packet);
            if (!up)
            {
                aside.downSincePs = nowPs;
            }
            else
            {
                aside.reconfigurationPs += nowPs - aside.downSincePs;
                packet->m_queuePs -= static_cast<int64_t>(nowPs - aside.downSincePs);
                aside.downSincePs = PacketAside::NO_WAIT;
            }
        });
    }
    if (up)
    {
        Kick(nowPs);
    }
}

void
PortEngine::SetUsable(bool usable)
{
    NS_LOG_FUNCTION(this << usable);
    if (usable == m_usable)
    {
        return;
    }
    m_usable = usable;
    m_owner->PortChanged(*this);
    if (!usable && !m_up)
    {
        Flush(m_floor->Now());
    }
}

void
PortEngine::Flush(uint64_t nowPs)
{
    NS_LOG_FUNCTION(this << nowPs);
    std::vector<FabricPacket*> packets;
    for (uint32_t i = 0; i < m_floor->lanes; ++i)
    {
        Lane& lane = GetLane(static_cast<uint8_t>(i));
        while (!lane.queue.IsEmpty())
        {
            FabricPacket* packet = lane.queue.Front();
            lane.queue.Pop();
            EndWait(lane, packet, nowPs);
            PacketAside& aside = m_floor->GetAside(packet);
            aside.reroutePs += nowPs - aside.downSincePs;
            packet->m_queuePs -= static_cast<int64_t>(nowPs - aside.downSincePs);
            aside.downSincePs = PacketAside::NO_WAIT;
            packet->m_atPs = nowPs;
            packets.push_back(packet);
        }
    }
    for (FabricPacket* packet : packets)
    {
        m_owner->Reroute(packet);
    }
}

PortEngine::Counters
PortEngine::GetCounters() const
{
    Counters counters;
    counters.packets = m_packets;
    counters.wireBytes = m_wireBytes;
    counters.retries = m_retries;
    counters.lost = m_lost;
    for (uint32_t i = 0; m_floor != nullptr && i < m_floor->lanes; ++i)
    {
        counters.creditStallPs += GetLane(static_cast<uint8_t>(i)).stalledTotalPs;
    }
    return counters;
}

uint64_t
PortEngine::GetCredits(uint8_t lane) const
{
    return GetLane(lane).credits + m_peer->GetReturning(lane).GetBytes();
}

bool
PortEngine::IsStalled(uint8_t lane) const
{
    return GetLane(lane).stalled;
}

} // namespace opticalfabric
} // namespace ns3
