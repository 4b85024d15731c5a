/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of PortEngine that takes back frames which a link cuts as it goes down.
#include "port-engine.h"

#include "ns3/fabric-node.h"
#include "ns3/log.h"
#include "ns3/port-traces.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPortCut");

void
PortEngine::WatchArrivals()
{
    NS_LOG_FUNCTION(this);
    if (m_floor != nullptr)
    {
        const uint64_t latencyPs = m_owner->GetArrivalLatencyPs();
        m_arriving.latencyPs = latencyPs;
        m_arriving.isWatched = m_owner->IsSwitch() &&
                               m_floor->switching == Switching::CUT_THROUGH &&
                               m_peer->SerializationPs(GetFullBytes()) > latencyPs;
    }
    m_receiveWatched = m_traced || m_arriving.isWatched;
}

// Runs per packet while watched: no function logging.

void
PortEngine::NoteArrival(FabricPacket* packet)
{
    if (m_arriving.isWatched)
    {
        m_arriving.packet = packet;
        m_arriving.lastBitPs =
            packet->m_atPs - m_arriving.latencyPs + m_peer->SerializationPs(packet->m_wireBytes);
        m_arriving.life = packet->m_life;
    }
    if (m_traced)
    {
        m_traces->phyRxEnd(PacketView::Of(packet));
        if (packet->m_transfer->destinationPort->m_owner == m_owner)
        {
            m_traces->macRx(PacketView::Of(packet));
        }
    }
}

void
PortEngine::CutArriving(uint64_t nowPs)
{
    NS_LOG_FUNCTION(this << nowPs);
    FabricPacket* packet = m_arriving.packet;
    m_arriving.packet = nullptr;
    if (packet == nullptr || m_arriving.lastBitPs <= nowPs || packet->m_life != m_arriving.life)
    {
        return;
    }
    const FabricNode* node = m_owner;
    bool isBack = false;
    if (packet->m_transfer == nullptr)
    {
        // The link behind went down first: if the packet is back here, its end is still missing.
        const auto life = static_cast<uint16_t>(packet->m_path);
        packet = packet->m_next;
        isBack = true;
        if (packet->m_life != life || packet->m_transfer == nullptr ||
            (packet->m_port != nullptr && packet->m_port->m_owner != m_owner))
        {
            return;
        }
    }
    else if (packet->m_port != nullptr)
    {
        node = packet->m_port->m_owner;
    }
    if (packet->m_stage == FabricPacket::DAMAGED)
    {
        return;
    }
    if (!TakeFromQueue(packet, *node, nowPs))
    {
        const bool isReturning = isBack && packet->m_stage == FabricPacket::REPLAY;
        if (packet->m_port == nullptr || (packet->m_atPs <= nowPs && !isReturning))
        {
            return;
        }
        packet = Withdraw(packet, nowPs);
    }
    if (m_traces != nullptr)
    {
        m_traces->phyRxDrop(PacketView::Of(packet));
    }
    m_peer->ForgetAttempt(packet, nowPs);
    m_peer->TakeBack(packet, nowPs);
}

void
PortEngine::CutSending(uint64_t nowPs)
{
    NS_LOG_FUNCTION(this << nowPs);
    if (m_busyUntilPs <= nowPs)
    {
        return;
    }
    std::vector<FabricPacket*> packets;
    m_floor->pool.ForEachInUse([this, nowPs, &packets](FabricPacket* packet) {
        if (packet->m_port == m_peer && packet->m_stage == FabricPacket::ARRIVE &&
            packet->m_epoch == m_epoch && packet->m_atPs > nowPs + m_hopPs)
        {
            packets.push_back(packet);
        }
    });
    std::stable_sort(
        packets.begin(),
        packets.end(),
        [](const FabricPacket* a, const FabricPacket* b) { return a->m_atPs < b->m_atPs; });
    for (FabricPacket* packet : packets)
    {
        FabricPacket* cut = Withdraw(packet, nowPs);
        if (m_peer->m_traces != nullptr)
        {
            m_peer->m_traces->phyRxDrop(PacketView::Of(cut));
        }
        // The far end misses it behind what left ahead of it.
        ForgetRest(cut, nowPs + m_hopPs);
        if (!m_retry.enabled)
        {
            cut->SubtractHop(m_hopParts);
        }
        TakeBack(cut, nowPs);
    }
}

bool
PortEngine::TakeFromQueue(FabricPacket* packet, const FabricNode& node, uint64_t nowPs)
{
    for (uint32_t i = 0; i < node.GetNPorts(); ++i)
    {
        PortEngine& out = node.GetPort(i)->GetEngine();
        Lane& lane = out.GetLane(packet->m_lane);
        if (!lane.queue.Remove(packet))
        {
            continue;
        }
        if (packet->m_aside != FabricPacket::NO_ASIDE &&
            out.m_floor->GetAside(packet).downSincePs != PacketAside::NO_WAIT)
        {
            out.EndDown(packet, nowPs);
        }
        out.EndWait(lane, packet, nowPs);
        packet->m_atPs = nowPs;
        // It may have been the one that lacked credit.
        out.EndStall(packet->m_lane, nowPs);
        out.ScheduleWake(out.m_busyUntilPs, nowPs);
        if (packet->m_port != nullptr)
        {
            packet->m_port->ReleaseBuffer(packet->m_lane, packet->m_wireBytes, nowPs, nowPs);
        }
        return true;
    }
    return false;
}

FabricPacket*
PortEngine::Withdraw(FabricPacket* packet, uint64_t nowPs)
{
    FabricPacket* copy = m_floor->pool.Acquire();
    const uint16_t life = copy->m_life;
    *copy = *packet;
    copy->m_life = life;
    packet->m_aside = FabricPacket::NO_ASIDE;
    packet->m_transfer = nullptr;
    packet->m_next = copy;
    packet->m_path = life;
    PortEngine* port = packet->m_port;
    switch (packet->m_stage)
    {
    case FabricPacket::ARRIVE:
    case FabricPacket::READY:
        port->ReleaseBuffer(packet->m_lane, packet->m_wireBytes, nowPs, nowPs);
        packet->m_stage = FabricPacket::WITHDRAWN;
        break;
    case FabricPacket::RETRAINED:
        // The output waits for it.
        packet->m_epoch = static_cast<uint8_t>(port->m_epoch - 1);
        break;
    default:
        packet->m_stage = FabricPacket::WITHDRAWN;
        break;
    }
    return copy;
}

void
PortEngine::ForgetAttempt(FabricPacket* packet, uint64_t nowPs) const
{
    PacketAside& aside = m_floor->GetAside(packet);
    // The clocks have been read for an event that does not come any more.
    const uint64_t aheadPs = packet->m_atPs - nowPs;
    aside.retryPs += packet->TakeFixed() + static_cast<uint64_t>(packet->m_queuePs) +
                     static_cast<uint64_t>(packet->m_stallPs);
    packet->m_queuePs = 0;
    packet->m_stallPs = 0;
    aside.retryPs -= std::min(aside.retryPs, aheadPs);
    packet->m_atPs = nowPs;
}

void
PortEngine::ForgetRest(FabricPacket* packet, uint64_t atPs) const
{
    PacketAside& aside = m_floor->GetAside(packet);
    uint64_t restPs = packet->m_atPs - atPs;
    packet->m_atPs = atPs;
    const auto take = [&restPs](uint64_t fromPs) {
        const uint64_t takenPs = std::min(fromPs, restPs);
        restPs -= takenPs;
        return takenPs;
    };
    uint32_t& serializationPs = packet->m_fixedPs[SERIALIZATION];
    serializationPs -= static_cast<uint32_t>(take(m_arrival == FIRST_BIT ? 0 : serializationPs));
    aside.retryPs -= take(aside.retryPs);
    packet->m_queuePs -= static_cast<int64_t>(take(static_cast<uint64_t>(packet->m_queuePs)));
    packet->m_stallPs -= static_cast<int64_t>(take(static_cast<uint64_t>(packet->m_stallPs)));
    // A packet may have been made a little ahead of its time: then it begins anew.
    aside.reroutePs -= take(aside.reroutePs);
}

void
PortEngine::TakeBack(FabricPacket* packet, uint64_t nowPs)
{
    if (!m_retry.enabled)
    {
        ++m_lost;
        packet->m_atPs = nowPs;
        m_floor->Lose(packet);
        return;
    }
    m_floor->GetAside(packet).retryPs += m_peer->m_creditPs;
    packet->m_stage = FabricPacket::REPLAY;
    packet->m_port = this;
    packet->m_atPs += m_peer->m_creditPs;
    m_floor->Schedule(packet, m_ownNode, nowPs);
}

} // namespace opticalfabric
} // namespace ns3
