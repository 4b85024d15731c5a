/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of PortEngine that runs when something goes wrong: packets are lost, links go down.
#include "port-engine.h"

#include "ns3/fabric-node.h"
#include "ns3/log.h"
#include "ns3/port-traces.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPortFaults");

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
        Replay(packet);
        return;
    case FabricPacket::RETRAINED:
        Resume(packet);
        return;
    case FabricPacket::WITHDRAWN:
        m_floor->Release(packet);
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
        PacketAside& aside = m_floor->GetAside(packet);
        aside.retryPs += m_creditPs;
        if (packet->m_fixedPs[PROPAGATION] > UINT32_MAX / 2 ||
            packet->m_fixedPs[FEC] > UINT32_MAX / 2 ||
            packet->m_fixedPs[SWITCHING] > UINT32_MAX / 2)
        {
            // It has crossed this link too often for its 32 bits.
            aside.retryPs += packet->TakeFixed();
        }
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
PortEngine::Replay(FabricPacket* packet)
{
    if (packet->m_transfer == nullptr)
    {
        // Withdrawn during a retraining.
        m_floor->Release(packet);
        return;
    }
    packet->m_port = nullptr;
    if (m_usable)
    {
        Enqueue(packet, true, packet->m_atPs);
    }
    else
    {
        m_owner->Reroute(packet);
    }
}

void
PortEngine::SetLinkUp(bool up)
{
    NS_LOG_FUNCTION(this << up);
    if (m_floor != nullptr && !up)
    {
        EndWaking(m_floor->Now());
    }
    m_closed = static_cast<uint8_t>(up ? m_closed & ~DOWN : m_closed | DOWN);
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
        CutArriving(nowPs);
        CutSending(nowPs);
        ++m_epoch;
        m_receiveEpoch = m_epoch;
        m_busyUntilPs = std::min(m_busyUntilPs, nowPs);
        if (m_linkRetry)
        {
            m_linkRetry->SetFramesToAsk(m_framesToAsk);
            m_linkRetry->Forget(nowPs);
            m_framesToAsk = m_linkRetry->GetFramesToAsk();
            m_closed &= static_cast<uint8_t>(~REPLAY_FULL);
        }
    }
    for (uint32_t i = 0; i < m_floor->lanes; ++i)
    {
        Lane& lane = GetLane(static_cast<uint8_t>(i));
        EndStall(static_cast<uint8_t>(i), nowPs);
        lane.queue.ForEach([this, up, nowPs](FabricPacket* packet) {
            if (!up)
            {
                m_floor->GetAside(packet).downSincePs = nowPs;
            }
            else
            {
                EndDown(packet, nowPs);
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
    if (!usable && !IsUp())
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
    if (m_linkRetry)
    {
        static_cast<LinkRetry::Counters&>(counters) = m_linkRetry->GetCounters();
    }
    counters.packets = m_packets;
    counters.wireBytes = m_wireBytes + m_flowBytes;
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
