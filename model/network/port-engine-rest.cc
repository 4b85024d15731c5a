/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of PortEngine that lets its link rest while there is nothing to send.
#include "port-engine.h"

#include "ns3/link-rest.h"
#include "ns3/log.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPortRest");

void
PortEngine::SetRest(LinkRest* rest, uint32_t link)
{
    NS_LOG_FUNCTION(this << rest << link);
    m_rest = rest;
    m_restLink = link;
}

void
PortEngine::Rest()
{
    NS_LOG_FUNCTION(this);
    if (m_rest != nullptr)
    {
        m_closed |= RESTING;
    }
}

bool
PortEngine::HasToSend() const
{
    return HasMore() || (m_closed & RETRAINING) != 0;
}

uint64_t
PortEngine::GetUsedUntilPs() const
{
    return m_busyUntilPs == 0 ? 0 : m_busyUntilPs + m_creditPs;
}

bool
PortEngine::EndRest(uint64_t nowPs)
{
    if (!HasMore())
    {
        return false;
    }
    const uint64_t readyPs = m_rest->Wake(m_restLink, nowPs);
    if (readyPs > nowPs)
    {
        BeginWaking(nowPs);
        ScheduleWake(readyPs, nowPs);
        return false;
    }
    EndWaking(nowPs);
    m_closed &= static_cast<uint8_t>(~RESTING);
    return true;
}

void
PortEngine::BeginWaking(uint64_t nowPs)
{
    if ((m_closed & WAKING) != 0)
    {
        return;
    }
    m_closed |= WAKING;
    for (uint32_t i = 0; i < m_floor->lanes; ++i)
    {
        EndStall(static_cast<uint8_t>(i), nowPs);
        GetLane(static_cast<uint8_t>(i)).queue.ForEach([this, nowPs](FabricPacket* packet) {
            m_floor->GetAside(packet).downSincePs = nowPs;
        });
    }
}

void
PortEngine::EndWaking(uint64_t nowPs)
{
    if ((m_closed & WAKING) == 0)
    {
        return;
    }
    m_closed &= static_cast<uint8_t>(~WAKING);
    for (uint32_t i = 0; i < m_floor->lanes; ++i)
    {
        GetLane(static_cast<uint8_t>(i)).queue.ForEach([this, nowPs](FabricPacket* packet) {
            EndDown(packet, nowPs);
        });
    }
}

void
PortEngine::EndDown(FabricPacket* packet, uint64_t nowPs) const
{
    PacketAside& aside = m_floor->GetAside(packet);
    aside.reconfigurationPs += nowPs - aside.downSincePs;
    packet->m_queuePs -= static_cast<int64_t>(nowPs - aside.downSincePs);
    aside.downSincePs = PacketAside::NO_WAIT;
}

} // namespace opticalfabric
} // namespace ns3
