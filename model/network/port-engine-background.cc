/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of PortEngine that shares its link with what is not packets.
#include "port-engine.h"

#include "ns3/log.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPortBackground");

void
PortEngine::SetBackground(double share)
{
    NS_LOG_FUNCTION(this << share);
    m_byteTime =
        share == 0
            ? m_aloneByteTime
            : static_cast<uint64_t>(static_cast<double>(m_aloneByteTime) / (1 - share) + 0.5);
    m_peer->m_receiveByteTime = static_cast<float>(m_byteTime);
    m_peer->WatchArrivals();
    if (m_arrival != FIRST_BIT)
    {
        m_arrival = share == 0 ? LAST_BIT : SHARED_BIT;
    }
}

uint64_t
PortEngine::BackgroundPs(uint32_t bytes) const
{
    return SerializationPs(bytes) - ClockOutPs(m_aloneByteTime, bytes);
}

uint64_t
PortEngine::HoldBackgroundPs(uint32_t bytes, const PortEngine& out) const
{
    // It is no more than what the input's background adds, whatever the output's does.
    return std::min(HoldBackPs(bytes, out), m_peer->BackgroundPs(bytes));
}

void
PortEngine::MoveBackground(FabricPacket* packet) const
{
    const uint64_t waitPs = BackgroundPs(packet->m_wireBytes);
    packet->m_fixedPs[SERIALIZATION] -= static_cast<uint32_t>(waitPs);
    packet->m_queuePs += static_cast<int64_t>(waitPs);
}

} // namespace opticalfabric
} // namespace ns3
