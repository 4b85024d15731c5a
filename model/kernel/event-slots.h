/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_EVENT_SLOTS_H
#define OPTICAL_FABRIC_EVENT_SLOTS_H

#include "ns3/scheduler.h"

#include <array>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Unsorted sets of events, one for each time slot, in stores that all of them share.
 *
 * A slot is known by a Head. The first few events of a slot have an entry each, so that a sparse
 * slot takes little memory; further ones share chunks, as walking from entry to entry waits for
 * memory at each: where all links run at one rate, thousands of events fall into one slot.
 *
 * The head tells how full the last piece is, so that adding an event only writes.
 */
class EventSlots
{
  public:
    /**
     * The piece of a slot that was added last: its index, and above that what it holds, 1 to 4 for
     * the first four entries, 5 to 14 for a chunk of 1 to 10 events. 0 is an empty slot.
     */
    using Head = uint32_t;

    /// Memory that one event takes, in bytes.
    static constexpr uint32_t BYTES_PER_EVENT = 32;

    /**
     * @param head slot to add to
     * @param ev event
     */
    void Add(Head& head, const Scheduler::Event& ev)
    {
        const uint32_t kind = head >> INDEX_BITS;
        if (kind == FEW || kind == FULL)
        {
            const uint32_t index = NewChunk();
            Chunk& chunk = m_chunks[index];
            chunk.next = head;
            chunk.afterNext = kind == FULL ? m_chunks[head & INDEX_MASK].next : 0;
            chunk.events[0] = ev;
            head = ((FEW + 1) << INDEX_BITS) | index;
            return;
        }
        if (kind < FEW)
        {
            const uint32_t index = NewEntry();
            m_entries[index] = {ev, head};
            head = ((kind + 1) << INDEX_BITS) | index;
            return;
        }
        m_chunks[head & INDEX_MASK].events[kind - FEW] = ev;
        head += 1 << INDEX_BITS;
    }

    /**
     * Take out the piece that was added last.
     * @tparam F callable with an Event
     * @param head slot that is not empty; the rest of it afterwards, which is being fetched
     * @param take called with each event, the one added last first; may add to slots
     */
    template <typename F>
    void TakePiece(Head& head, F&& take)
    {
        const uint32_t kind = head >> INDEX_BITS;
        const uint32_t index = head & INDEX_MASK;
        if (kind <= FEW)
        {
            const Entry entry = m_entries[index];
            m_entries[index].next = m_freeEntry;
            m_freeEntry = index;
            head = entry.next;
            Prefetch(head);
            take(entry.event);
            return;
        }
        const Chunk chunk = m_chunks[index];
        m_chunks[index].next = m_freeChunk;
        m_freeChunk = index;
        head = chunk.next;
        // The next one was asked for by the chunk before.
        Prefetch(chunk.afterNext);
        for (uint32_t k = kind - FEW; k-- > 0;)
        {
            take(chunk.events[k]);
        }
    }

    /**
     * @param head slot
     * @param key key of an event
     * @return true if the event was there, and has been taken out
     */
    bool Remove(Head& head, const Scheduler::EventKey& key);

    /**
     * Fetch the piece that was added last into the cache. Always inline: a function that only
     * prefetches has no effect to the compiler, which drops calls.
     * @param head slot
     */
    [[gnu::always_inline]] void Prefetch(Head head) const
    {
        const uint32_t kind = head >> INDEX_BITS;
        if (kind > FEW)
        {
            const char* chunk = reinterpret_cast<const char*>(&m_chunks[head & INDEX_MASK]);
            for (size_t line = 0; line < sizeof(Chunk); line += 64)
            {
                __builtin_prefetch(chunk + line, 1);
            }
        }
        else if (kind > 0)
        {
            __builtin_prefetch(&m_entries[head & INDEX_MASK], 1);
        }
    }

  private:
    /// A piece of one event.
    struct Entry
    {
        Scheduler::Event event; ///< the event
        uint32_t next;          ///< rest of the slot, or next free entry
    };

    static_assert(sizeof(Entry) == BYTES_PER_EVENT, "an entry is half a cache line");

    static constexpr uint32_t PER_CHUNK = 10; ///< events of a chunk: four cache lines

    /// A piece of several events.
    struct alignas(64) Chunk
    {
        uint32_t next;                                  ///< rest of the slot, or next free chunk
        uint32_t afterNext;                             ///< what was behind that, when it was added
        std::array<Scheduler::Event, PER_CHUNK> events; ///< the events
    };

    static constexpr uint32_t FEW = 4;                             ///< entries a slot may have
    static constexpr uint32_t FULL = FEW + PER_CHUNK;              ///< kind of a full chunk
    static constexpr uint32_t INDEX_BITS = 28;                     ///< of a head
    static constexpr uint32_t INDEX_MASK = (1U << INDEX_BITS) - 1; ///< index part of a head
    static constexpr uint32_t NONE = UINT32_MAX;                   ///< end of a free list

    static_assert(FULL < 16, "kinds of pieces fit above the index");

    /// @return index of an unused entry
    uint32_t NewEntry()
    {
        const uint32_t index = m_freeEntry;
        if (__builtin_expect(index == NONE, 0))
        {
            return GrowEntries();
        }
        m_freeEntry = m_entries[index].next;
        if (m_freeEntry != NONE)
        {
            __builtin_prefetch(&m_entries[m_freeEntry], 1);
        }
        return index;
    }

    /// @return index of an unused chunk
    uint32_t NewChunk()
    {
        const uint32_t index = m_freeChunk;
        if (__builtin_expect(index == NONE, 0))
        {
            return GrowChunks();
        }
        m_freeChunk = m_chunks[index].next;
        if (m_freeChunk != NONE)
        {
            __builtin_prefetch(&m_chunks[m_freeChunk], 1);
        }
        return index;
    }

    /// @return index of a new entry
    uint32_t GrowEntries();
    /// @return index of a new chunk
    uint32_t GrowChunks();

    std::vector<Entry> m_entries; ///< all entries, free ones linked
    uint32_t m_freeEntry{NONE};   ///< first free entry
    std::vector<Chunk> m_chunks;  ///< all chunks, free ones linked
    uint32_t m_freeChunk{NONE};   ///< first free chunk
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_EVENT_SLOTS_H */
