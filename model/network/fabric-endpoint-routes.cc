/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FabricEndpoint that runs when paths change, and when a packet was lost.
#include "fabric-endpoint.h"

#include "ns3/log.h"
#include "ns3/path-choice.h"
#include "ns3/time-end.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricEndpointRoutes");

void
FabricEndpoint::Route(OutgoingTransfer* transfer)
{
    transfer->ports = 0;
    const RouteTable::Entry entry = m_table->Find(transfer->address.routeClass);
    uint32_t first = 0;
    uint32_t count = entry.count;
    if (entry.direct)
    {
        first = transfer->address.member;
        count =
            first < entry.count && m_table->GetPort(entry, first) != RouteTable::NO_PORT ? 1 : 0;
    }
    for (uint32_t i = first; i < first + count; ++i)
    {
        const uint16_t port = m_table->GetPort(entry, i);
        if (m_ports[port]->IsUsable())
        {
            transfer->ports |= uint64_t{1} << port;
        }
    }
    if (m_pinned && transfer->ports != 0)
    {
        // The same arithmetic as in a switch, over the ports that can be used.
        const uint32_t choices = static_cast<uint32_t>(__builtin_popcountll(transfer->ports));
        uint64_t ports = transfer->ports;
        for (uint32_t choice = PathChoice::Peek(m_floor->routing, transfer->path, choices);
             choice > 0;
             --choice)
        {
            ports &= ports - 1;
        }
        transfer->ports = ports & -ports;
    }
}

void
FabricEndpoint::Reroute(FabricPacket* packet)
{
    NS_LOG_FUNCTION(this << packet);
    Route(packet->m_transfer);
    // The transfer may be waiting there with other ports than before.
    ForEachTurn([packet](Turn& turn) { turn.commonPorts &= packet->m_transfer->ports; });
    if (packet->m_transfer->ports == 0)
    {
        m_floor->Lose(packet);
        return;
    }
    SetPath(packet);
    packet->m_port = nullptr;
    packet->m_next = m_resends[packet->m_lane];
    m_resends[packet->m_lane] = packet;
    ++m_nResends;
    KickPorts(packet->m_transfer->ports, packet->m_atPs);
}

void
FabricEndpoint::Account(FabricPacket* packet)
{
    NS_LOG_FUNCTION(this << packet);
    OutgoingTransfer* transfer = packet->m_transfer;
    const uint64_t nowPs = packet->m_atPs;
    if (packet->m_stage == FabricPacket::GIVEN_UP)
    {
        const uint64_t payload = packet->m_wireBytes - m_floor->headerBytes;
        m_floor->totals.failedBytes += payload;
        transfer->failedBytes += payload;
        transfer->failed = true;
        m_floor->Release(packet);
        if (--transfer->unaccountedPackets == 0)
        {
            Finish(transfer, nowPs);
        }
        return;
    }
    PacketAside& aside = m_floor->GetAside(packet);
    if (aside.resends == m_floor->maxResends)
    {
        packet->m_stage = FabricPacket::GIVEN_UP;
        packet->m_port = transfer->destinationPort;
        packet->m_atPs += m_floor->resendTimeoutPs;
        TimeEnd::Limit(m_floor->resendTimeoutPs);
        const FabricNode* destination = packet->m_port->GetDevice()->GetOwner();
        m_floor->Schedule(packet, destination->GetNode()->GetId(), nowPs);
        return;
    }
    ++aside.resends;
    ++m_floor->totals.resentPackets;
    // The attempt was in vain: what it took is time lost to sending again.
    aside.reroutePs += packet->TakeFixed() + static_cast<uint64_t>(packet->m_queuePs) +
                       static_cast<uint64_t>(packet->m_stallPs);
    packet->m_queuePs = 0;
    packet->m_stallPs = 0;
    Reroute(packet);
}

void
FabricEndpoint::PortChanged(PortEngine& port)
{
    NS_LOG_FUNCTION(this << &port);
    RouteAll();
}

void
FabricEndpoint::SetRoutes(std::shared_ptr<const RouteTable> table)
{
    NS_LOG_FUNCTION(this);
    m_table = table;
    RouteAll();
}

void
FabricEndpoint::RouteAll()
{
    if (m_floor == nullptr)
    {
        return;
    }
    const uint64_t nowPs = m_floor->Now();
    std::vector<OutgoingTransfer*> transfers;
    ForEachTurn([&transfers](Turn& turn) {
        while (turn.last != nullptr)
        {
            transfers.push_back(TakeFirst(turn));
        }
    });
    for (OutgoingTransfer* transfer : transfers)
    {
        Route(transfer);
        Enter(transfer, nowPs);
    }
    for (FabricPacket*& list : m_resends)
    {
        FabricPacket* packet = list;
        list = nullptr;
        while (packet != nullptr)
        {
            --m_nResends;
            FabricPacket* next = packet->m_next;
            m_floor->GetAside(packet).reroutePs += nowPs - packet->m_atPs;
            packet->m_atPs = nowPs;
            Reroute(packet);
            packet = next;
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
