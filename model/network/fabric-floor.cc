/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-floor.h"

#include "ns3/time-end.h"

namespace ns3
{
namespace opticalfabric
{

PacketAside&
FabricFloor::GetAside(FabricPacket* packet)
{
    if (packet->m_aside == FabricPacket::NO_ASIDE)
    {
        if (freeAsides.empty())
        {
            freeAsides.push_back(static_cast<uint32_t>(asides.size()));
            asides.emplace_back();
        }
        packet->m_aside = freeAsides.back();
        freeAsides.pop_back();
    }
    return asides[packet->m_aside];
}

OutgoingTransfer*
FabricFloor::NewTransfer()
{
    if (freeTransfers == nullptr)
    {
        transfers.emplace_back();
        return &transfers.back();
    }
    OutgoingTransfer* transfer = freeTransfers;
    freeTransfers = transfer->next;
    *transfer = OutgoingTransfer();
    return transfer;
}

void
FabricFloor::Release(OutgoingTransfer* transfer)
{
    transfer->next = freeTransfers;
    freeTransfers = transfer;
}

void
FabricFloor::Release(FabricPacket* packet)
{
    if (packet->m_aside != FabricPacket::NO_ASIDE)
    {
        asides[packet->m_aside] = PacketAside();
        freeAsides.push_back(packet->m_aside);
        packet->m_aside = FabricPacket::NO_ASIDE;
    }
    ++packet->m_life;
    pool.Release(packet);
}

void
FabricFloor::Lose(FabricPacket* packet)
{
    ++totals.lostPackets;
    ++packet->m_life;
    GetAside(packet).reroutePs += resendTimeoutPs;
    packet->m_stage = FabricPacket::RETURNED;
    packet->m_port = packet->m_transfer->sourcePort;
    const uint64_t nowPs = packet->m_atPs;
    packet->m_atPs = nowPs + resendTimeoutPs;
    TimeEnd::Limit(resendTimeoutPs);
    Schedule(packet, packet->m_transfer->sourceNode, nowPs);
}

} // namespace opticalfabric
} // namespace ns3
