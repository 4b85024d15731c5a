/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "event-slots.h"

#include "ns3/abort.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

bool
EventSlots::Remove(Head& head, const Scheduler::EventKey& key)
{
    Head* link = &head;
    while (*link != 0)
    {
        const uint32_t kind = *link >> INDEX_BITS;
        const uint32_t index = *link & INDEX_MASK;
        if (kind <= FEW)
        {
            Entry& entry = m_entries[index];
            if (entry.event.key == key)
            {
                *link = entry.next;
                entry.next = m_freeEntry;
                m_freeEntry = index;
                return true;
            }
            link = &entry.next;
            continue;
        }
        Chunk& chunk = m_chunks[index];
        const auto end = chunk.events.begin() + (kind - FEW);
        const auto it = std::find_if(chunk.events.begin(), end, [&key](const auto& event) {
            return event.key == key;
        });
        if (it == end)
        {
            link = &chunk.next;
            continue;
        }
        // Only the chunk added last is ever part full: its last event fills the gap.
        const uint32_t first = head & INDEX_MASK;
        head -= 1 << INDEX_BITS;
        *it = m_chunks[first].events[(head >> INDEX_BITS) - FEW];
        if ((head >> INDEX_BITS) == FEW)
        {
            head = m_chunks[first].next;
            m_chunks[first].next = m_freeChunk;
            m_freeChunk = first;
        }
        return true;
    }
    return false;
}

uint32_t
EventSlots::GrowEntries()
{
    NS_ABORT_MSG_IF(m_entries.size() > INDEX_MASK, "WheelScheduler: more than 2^28 sparse events");
    m_entries.emplace_back();
    return static_cast<uint32_t>(m_entries.size() - 1);
}

uint32_t
EventSlots::GrowChunks()
{
    NS_ABORT_MSG_IF(m_chunks.size() > INDEX_MASK, "WheelScheduler: more than 2.6e9 events pending");
    m_chunks.emplace_back();
    return static_cast<uint32_t>(m_chunks.size() - 1);
}

} // namespace opticalfabric
} // namespace ns3
