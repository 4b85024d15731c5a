/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/matching-table.h"

#include <utility>

namespace ns3
{
namespace opticalfabric
{

bool
MatchingTable::Wait(uint32_t peer, uint64_t tag, uint32_t waiter)
{
    return Meet(peer, tag, 0, waiter);
}

bool
MatchingTable::Arrive(uint32_t peer, uint64_t tag, uint32_t& waiter)
{
    waiter = 0;
    return Meet(peer, tag, IS_ARRIVAL, waiter);
}

size_t
MatchingTable::GetSize() const
{
    return m_size;
}

size_t
MatchingTable::GetHome(uint32_t peer, uint64_t tag) const
{
    // Multipliers and shifts of splitmix64 (Steele, Lea and Flood, OOPSLA 2014): neighboring peers
    // and tags are to end up far apart.
    uint64_t hash = tag + peer * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9ULL;
    return static_cast<size_t>(hash ^ (hash >> 27)) & (m_places.size() - 1);
}

bool
MatchingTable::Meet(uint32_t peer, uint64_t tag, uint32_t side, uint32_t& waiter)
{
    if (2 * (m_size + 1) > m_places.size())
    {
        Grow();
    }
    const size_t mask = m_places.size() - 1;
    size_t index = GetHome(peer, tag);
    while (m_places[index].item != EMPTY)
    {
        Place& place = m_places[index];
        if (place.tag == tag && place.peer == peer)
        {
            if ((place.item & IS_ARRIVAL) == side)
            {
                Append(place, waiter);
                return false;
            }
            waiter = TakeFirst(index);
            return true;
        }
        index = (index + 1) & mask;
    }
    m_places[index] = {tag, peer, side | waiter};
    ++m_size;
    return false;
}

uint32_t
MatchingTable::NewItem(uint32_t waiter)
{
    const uint32_t index = m_free;
    if (index == NIL)
    {
        m_items.push_back({waiter, NIL});
        return static_cast<uint32_t>(m_items.size() - 1);
    }
    m_free = m_items[index].next;
    m_items[index].waiter = waiter;
    return index;
}

void
MatchingTable::Append(Place& place, uint32_t waiter)
{
    const uint32_t side = place.item & IS_ARRIVAL;
    uint32_t last = place.item & VALUE;
    if ((place.item & HAS_LIST) == 0)
    {
        last = NewItem(last);
        m_items[last].next = last;
    }
    const uint32_t added = NewItem(waiter);
    m_items[added].next = m_items[last].next;
    m_items[last].next = added;
    place.item = HAS_LIST | side | added;
}

uint32_t
MatchingTable::TakeFirst(size_t index)
{
    const Place& place = m_places[index];
    uint32_t waiter = place.item & VALUE;
    if ((place.item & HAS_LIST) != 0)
    {
        const uint32_t last = waiter;
        const uint32_t first = m_items[last].next;
        waiter = m_items[first].waiter;
        m_items[last].next = m_items[first].next;
        m_items[first].next = m_free;
        m_free = first;
        if (first != last)
        {
            return waiter;
        }
    }
    // Close the gap, so that no search stops short of a key behind it.
    const size_t mask = m_places.size() - 1;
    size_t hole = index;
    for (size_t next = (hole + 1) & mask; m_places[next].item != EMPTY; next = (next + 1) & mask)
    {
        const size_t home = GetHome(m_places[next].peer, m_places[next].tag);
        if (((next - home) & mask) >= ((next - hole) & mask))
        {
            m_places[hole] = m_places[next];
            hole = next;
        }
    }
    m_places[hole].item = EMPTY;
    --m_size;
    return waiter;
}

void
MatchingTable::Grow()
{
    std::vector<Place> old(m_places.empty() ? 16 : 2 * m_places.size());
    std::swap(old, m_places);
    const size_t mask = m_places.size() - 1;
    for (const auto& place : old)
    {
        if (place.item == EMPTY)
        {
            continue;
        }
        size_t index = GetHome(place.peer, place.tag);
        while (m_places[index].item != EMPTY)
        {
            index = (index + 1) & mask;
        }
        m_places[index] = place;
    }
}

} // namespace opticalfabric
} // namespace ns3
