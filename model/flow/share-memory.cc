/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "share-memory.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

void
ShareMemory::SetLimit(size_t maxItems)
{
    Clear();
    std::vector<Item>().swap(m_items);
    m_maxItems = maxItems;
}

const ShareMemory::Item*
ShareMemory::Find(uint64_t hash, uint32_t nItems) const
{
    if (m_entries.empty())
    {
        return nullptr;
    }
    for (size_t way = 0; way < WAYS; ++way)
    {
        const Entry& entry = m_entries[(hash + way) % ENTRIES];
        if (entry.hash == hash && entry.nItems == nItems && IsThere(entry))
        {
            return &m_items[entry.start % m_items.size()];
        }
    }
    return nullptr;
}

ShareMemory::Item*
ShareMemory::Store(uint64_t hash, uint32_t nItems)
{
    if (nItems == 0 || nItems > m_maxItems / LARGEST_PART)
    {
        return nullptr;
    }
    if (m_entries.empty())
    {
        m_entries.resize(ENTRIES);
    }
    // The store grows as far as it may before anything is written over.
    if (m_written + nItems > m_items.size() && m_items.size() < m_maxItems)
    {
        const size_t wanted = std::max<size_t>(2 * m_items.size(), m_written + nItems);
        m_items.reserve(std::min(wanted, m_maxItems));
        m_items.resize(std::min(wanted, m_maxItems));
    }
    // A solution lies in one piece: what is left at the end is too small for it.
    const size_t size = m_items.size();
    if (m_written % size + nItems > size)
    {
        m_written += size - m_written % size;
    }
    const uint64_t start = m_written;
    m_written += nItems;
    Entry* place = nullptr;
    for (size_t way = 0; way < WAYS; ++way)
    {
        Entry& entry = m_entries[(hash + way) % ENTRIES];
        if (!IsThere(entry) || entry.hash == hash)
        {
            place = &entry;
            break;
        }
        if (!place || entry.start < place->start)
        {
            place = &entry;
        }
    }
    *place = {hash, start, nItems};
    return &m_items[start % size];
}

void
ShareMemory::Clear()
{
    // Few solutions or none are the rule where capacities change often.
    if (m_written != 0)
    {
        std::fill(m_entries.begin(), m_entries.end(), Entry());
        m_written = 0;
    }
}

size_t
ShareMemory::GetBytes() const
{
    return m_items.capacity() * sizeof(Item) + m_entries.capacity() * sizeof(Entry);
}

} // namespace opticalfabric
} // namespace ns3
