/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of PortEngine that has memory fetched before it is needed.
#include "port-engine.h"

#include "ns3/fabric-node.h"

namespace ns3
{
namespace opticalfabric
{

inline void
PortEngine::PrefetchOwner() const
{
    const char* address = reinterpret_cast<const char*>(m_owner);
    __builtin_prefetch(address, 1);
    __builtin_prefetch(address + sizeof(FabricNode), 1);
}

bool
PortEngine::ForeseeArrival(const FabricPacket& packet, uint32_t step) const
{
    if (step == 0)
    {
        PrefetchInput();
        return true;
    }
    if (m_owner == nullptr)
    {
        return false;
    }
    if (step == 1)
    {
        PrefetchOwner();
        return true;
    }
    return m_owner->ForeseeArrival(packet, step);
}

bool
PortEngine::Foresee(uint32_t step) const
{
    if (step == 0)
    {
        Prefetch();
        if (m_injects)
        {
            PrefetchInput();
        }
        if (m_peer != nullptr && m_firstLane.credits < m_floor->mtuBytes + m_floor->headerBytes)
        {
            m_peer->PrefetchInput();
        }
        return true;
    }
    if (m_queued != 0)
    {
        return ForeseeQueue(step);
    }
    if (!m_injects || m_owner == nullptr)
    {
        return false;
    }
    if (step == 1)
    {
        PrefetchOwner();
        return true;
    }
    return m_owner->ForeseeOwn(*this, step);
}

bool
PortEngine::ForeseeQueue(uint32_t step) const
{
    const PortQueue& queue = m_firstLane.queue;
    if (queue.IsEmpty())
    {
        return false;
    }
    switch (queue.IsWide() ? step - 1 : step)
    {
    case 0:
        queue.PrefetchWaiting();
        return true;
    case 1:
        queue.PrefetchNext();
        return true;
    case 2:
        queue.PrefetchPacket();
        return true;
    case 3:
        if (queue.GetNext()->m_port != nullptr)
        {
            queue.GetNext()->m_port->PrefetchInput();
        }
        return false;
    default:
        return false;
    }
}

} // namespace opticalfabric
} // namespace ns3
