/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "wheel-scheduler.h"

#include "ns3/abort.h"
#include "ns3/assert.h"
#include "ns3/event-impl.h"
#include "ns3/log.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricWheelScheduler");
NS_OBJECT_ENSURE_REGISTERED(WheelScheduler);

namespace
{

/// log2 of the number of slots: the finest wheel stays in the first-level cache with its bitmaps.
constexpr std::array<uint32_t, 4> WHEEL_BITS{14, 12, 12, 12};

/// Longest run that insertion sort beats std::sort on.
constexpr size_t SHORT_RUN = 24;

/// How many events ahead an event's object is fetched into the cache.
constexpr size_t PREFETCH_AHEAD = 4;

/**
 * @param impl event that will run soon; its first two cache lines are fetched
 */
void
Prefetch(const EventImpl* impl)
{
    const char* address = reinterpret_cast<const char*>(impl);
    __builtin_prefetch(address, 1);
    __builtin_prefetch(address + 64, 1);
}

/**
 * Heap order: the earliest event on top.
 * @param a one event
 * @param b another
 * @return true if a comes after b
 */
bool
Later(const Scheduler::Event& a, const Scheduler::Event& b)
{
    return a.key > b.key;
}

/**
 * @param run events to sort by key
 */
void
SortRun(std::vector<Scheduler::Event>& run)
{
    if (run.size() > SHORT_RUN)
    {
        std::sort(run.begin(), run.end());
        return;
    }
    for (size_t i = 1; i < run.size(); ++i)
    {
        const Scheduler::Event event = run[i];
        size_t j = i;
        for (; j > 0 && event.key < run[j - 1].key; --j)
        {
            run[j] = run[j - 1];
        }
        run[j] = event;
    }
}

} // namespace

void
WheelScheduler::Wheel::Unmark(uint64_t index)
{
    occupied[index >> 6] &= ~(uint64_t{1} << (index & 63));
    if (occupied[index >> 6] == 0)
    {
        occupied2[index >> 12] &= ~(uint64_t{1} << ((index >> 6) & 63));
    }
}

uint64_t
WheelScheduler::Wheel::NextOccupied() const
{
    const uint64_t mask = Mask();
    const uint64_t start = begin & mask;
    uint64_t found = UINT64_MAX;
    if (const uint64_t word = occupied[start >> 6] & (~uint64_t{0} << (start & 63)))
    {
        found = (start & ~uint64_t{63}) + __builtin_ctzll(word);
    }
    else
    {
        // The words after the start, then once around, the start's own word last.
        const uint64_t words = occupied.size();
        uint64_t w = ((start >> 6) + 1) & (words - 1);
        for (uint64_t seen = 0; seen < words && found == UINT64_MAX;)
        {
            const uint64_t summary = occupied2[w >> 6] >> (w & 63);
            if (summary != 0)
            {
                w += __builtin_ctzll(summary);
                found = (w << 6) + __builtin_ctzll(occupied[w]);
            }
            else
            {
                const uint64_t step = std::min<uint64_t>(64 - (w & 63), words - w);
                seen += step;
                w = (w + step) & (words - 1);
            }
        }
    }
    return found == UINT64_MAX ? found : begin + ((found - start) & mask);
}

TypeId
WheelScheduler::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::WheelScheduler")
            .SetParent<Scheduler>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<WheelScheduler>()
            .AddAttribute(
                "SlotBits",
                "Log2 of the finest slot's length in ticks of the time resolution "
                "(6: 64 ps at picosecond resolution). Best with a few events per slot. "
                "Can be set only while nothing is pending.",
                UintegerValue(6),
                MakeUintegerAccessor(&WheelScheduler::SetSlotBits, &WheelScheduler::GetSlotBits),
                MakeUintegerChecker<uint8_t>(0, 20));
    return tid;
}

WheelScheduler::WheelScheduler()
{
    NS_LOG_FUNCTION(this);
    SetSlotBits(m_slotBits);
}

WheelScheduler::~WheelScheduler()
{
    NS_LOG_FUNCTION(this);
}

void
WheelScheduler::SetSlotBits(uint8_t slotBits)
{
    NS_LOG_FUNCTION(this << +slotBits);
    NS_ABORT_MSG_IF(m_count != 0, "WheelScheduler::SlotBits set with " << m_count << " pending");
    m_slotBits = slotBits;
    uint32_t bits = slotBits;
    for (uint32_t i = 0; i < WHEELS; ++i)
    {
        Wheel& wheel = m_wheels[i];
        const size_t slots = size_t{1} << WHEEL_BITS[i];
        wheel.slotBits = bits;
        wheel.halfBits = WHEEL_BITS[i] - 1;
        // The wheel below covers its halves 0 and 1 from the start.
        wheel.begin = i == 0 ? 0 : 2;
        wheel.half = 0;
        wheel.heads.assign(slots, NIL);
        wheel.occupied.assign(slots / 64, 0);
        wheel.occupied2.assign((slots / 64 + 63) / 64, 0);
        bits += wheel.halfBits;
    }
}

uint8_t
WheelScheduler::GetSlotBits() const
{
    return m_slotBits;
}

uint32_t
WheelScheduler::NewEntry()
{
    if (m_free != NIL)
    {
        const uint32_t index = m_free;
        m_free = m_entries[index].next;
        return index;
    }
    NS_ABORT_MSG_IF(m_entries.size() >= NIL, "WheelScheduler: more than 2^32 - 1 events pending");
    m_entries.emplace_back();
    return static_cast<uint32_t>(m_entries.size() - 1);
}

// Called per event: no function logging here, nor in RemoveNext.
void
WheelScheduler::Insert(const Event& ev)
{
    ++m_count;
    const uint64_t slot = ev.key.m_ts >> m_wheels[0].slotBits;
    if (slot < m_wheels[0].begin)
    {
        m_late.push_back(ev);
        std::push_heap(m_late.begin(), m_late.end(), Later);
        return;
    }
    Place(ev);
}

void
WheelScheduler::Place(const Event& ev)
{
    Wheel& finest = m_wheels[0];
    const uint64_t finestSlot = ev.key.m_ts >> finest.slotBits;
    if (finestSlot < finest.End())
    {
        const uint64_t i = finestSlot & finest.Mask();
        const uint32_t index = NewEntry();
        m_entries[index] = {ev, finest.heads[i]};
        finest.heads[i] = index;
        finest.Mark(i);
        return;
    }
    for (uint32_t w = 1; w < WHEELS; ++w)
    {
        const uint64_t slot = ev.key.m_ts >> m_wheels[w].slotBits;
        if (slot < m_wheels[w].End())
        {
            PlaceInChunk(m_wheels[w], slot & m_wheels[w].Mask(), ev);
            return;
        }
    }
    m_far.push_back(ev);
    std::push_heap(m_far.begin(), m_far.end(), Later);
}

void
WheelScheduler::PlaceInChunk(Wheel& wheel, uint64_t i, const Event& ev)
{
    uint32_t index = wheel.heads[i];
    if (index == NIL || m_chunks[index].size == m_chunks[index].events.size())
    {
        index = m_freeChunk;
        if (index == NIL)
        {
            index = static_cast<uint32_t>(m_chunks.size());
            m_chunks.emplace_back();
        }
        else
        {
            m_freeChunk = m_chunks[index].next;
        }
        m_chunks[index].next = wheel.heads[i];
        m_chunks[index].size = 0;
        wheel.heads[i] = index;
        wheel.Mark(i);
    }
    Chunk& chunk = m_chunks[index];
    chunk.events[chunk.size++] = ev;
}

void
WheelScheduler::OpenSlot(uint32_t wheelNumber, uint64_t slot)
{
    Wheel& wheel = m_wheels[wheelNumber];
    if ((slot >> wheel.halfBits) > wheel.half)
    {
        EnterHalf(wheelNumber, slot >> wheel.halfBits);
    }
    wheel.begin = slot + 1;
    const uint64_t i = slot & wheel.Mask();
    uint32_t index = wheel.heads[i];
    if (index == NIL)
    {
        return;
    }
    wheel.heads[i] = NIL;
    wheel.Unmark(i);
    while (index != NIL)
    {
        // By value: placing into an upper wheel may move the store.
        const Chunk chunk = m_chunks[index];
        if (chunk.next != NIL)
        {
            const char* next = reinterpret_cast<const char*>(&m_chunks[chunk.next]);
            __builtin_prefetch(next);
            __builtin_prefetch(next + 64);
            __builtin_prefetch(next + 128);
            __builtin_prefetch(next + 192);
        }
        m_chunks[index].next = m_freeChunk;
        m_freeChunk = index;
        for (uint32_t k = 0; k < chunk.size; ++k)
        {
            Place(chunk.events[k]);
        }
        index = chunk.next;
    }
}

void
WheelScheduler::EnterHalf(uint32_t wheelNumber, uint64_t half)
{
    Wheel& wheel = m_wheels[wheelNumber];
    const uint64_t first = std::max(wheel.half + 2, half);
    wheel.half = half;
    wheel.begin = std::max(wheel.begin, half << wheel.halfBits);
    if (wheelNumber + 1 < WHEELS)
    {
        for (uint64_t slot = first; slot <= half + 1; ++slot)
        {
            OpenSlot(wheelNumber + 1, slot);
        }
        return;
    }
    while (!m_far.empty() && (m_far.front().key.m_ts >> wheel.slotBits) < wheel.End())
    {
        std::pop_heap(m_far.begin(), m_far.end(), Later);
        const Event event = m_far.back();
        m_far.pop_back();
        Place(event);
    }
}

bool
WheelScheduler::Refill(uint32_t wheelNumber)
{
    const Wheel& wheel = m_wheels[wheelNumber];
    if (wheelNumber + 1 == WHEELS)
    {
        if (m_far.empty())
        {
            return false;
        }
        EnterHalf(wheelNumber, m_far.front().key.m_ts >> (wheel.slotBits + wheel.halfBits));
        return true;
    }
    const Wheel& above = m_wheels[wheelNumber + 1];
    uint64_t slot = above.NextOccupied();
    if (slot == UINT64_MAX)
    {
        if (!Refill(wheelNumber + 1))
        {
            return false;
        }
        slot = above.NextOccupied();
    }
    EnterHalf(wheelNumber, slot);
    return true;
}

void
WheelScheduler::Advance()
{
    Wheel& wheel = m_wheels[0];
    uint64_t slot = wheel.NextOccupied();
    if (slot == UINT64_MAX)
    {
        const bool more = Refill(0);
        NS_ABORT_MSG_UNLESS(more, "WheelScheduler: asked for an event when none is pending");
        slot = wheel.NextOccupied();
    }
    if ((slot >> wheel.halfBits) > wheel.half)
    {
        EnterHalf(0, slot >> wheel.halfBits);
    }
    wheel.begin = slot + 1;
    m_run.clear();
    m_runHead = 0;
    const uint64_t i = slot & wheel.Mask();
    uint32_t index = wheel.heads[i];
    wheel.heads[i] = NIL;
    wheel.Unmark(i);
    while (index != NIL)
    {
        Entry& entry = m_entries[index];
        m_run.push_back(entry.event);
        const uint32_t next = entry.next;
        entry.next = m_free;
        m_free = index;
        index = next;
    }
    // While this slot's events run, the entries of the next slots are on their way: the first of
    // the one after next, and, as the first of the next has come by now, the one behind it.
    const uint32_t next = wheel.heads[(slot + 1) & wheel.Mask()];
    const uint32_t afterNext = wheel.heads[(slot + 2) & wheel.Mask()];
    if (afterNext != NIL)
    {
        __builtin_prefetch(&m_entries[afterNext]);
    }
    if (next != NIL && m_entries[next].next != NIL)
    {
        __builtin_prefetch(&m_entries[m_entries[next].next]);
    }
    SortRun(m_run);
    for (size_t k = 0; k < m_run.size() && k < PREFETCH_AHEAD; ++k)
    {
        Prefetch(m_run[k].impl);
    }
}

bool
WheelScheduler::IsEmpty() const
{
    return m_count == 0;
}

bool
WheelScheduler::RunIsEmpty() const
{
    return m_runHead == m_run.size() && m_late.empty();
}

bool
WheelScheduler::LateIsNext() const
{
    return !m_late.empty() &&
           (m_runHead == m_run.size() || m_late.front().key < m_run[m_runHead].key);
}

Scheduler::Event
WheelScheduler::PeekNext() const
{
    NS_ASSERT(!IsEmpty());
    if (RunIsEmpty())
    {
        // Opening the next slot changes where events lie, not which are pending.
        const_cast<WheelScheduler*>(this)->Advance();
    }
    return LateIsNext() ? m_late.front() : m_run[m_runHead];
}

Scheduler::Event
WheelScheduler::RemoveNext()
{
    NS_ASSERT(!IsEmpty());
    if (RunIsEmpty())
    {
        Advance();
    }
    --m_count;
    if (LateIsNext())
    {
        std::pop_heap(m_late.begin(), m_late.end(), Later);
        const Event event = m_late.back();
        m_late.pop_back();
        return event;
    }
    if (m_runHead + PREFETCH_AHEAD < m_run.size())
    {
        Prefetch(m_run[m_runHead + PREFETCH_AHEAD].impl);
    }
    return m_run[m_runHead++];
}

void
WheelScheduler::Remove(const Event& ev)
{
    NS_LOG_FUNCTION(this << ev.impl << ev.key.m_ts << ev.key.m_uid);
    const auto same = [&ev](const Event& other) { return other.key == ev.key; };
    const auto removeFromHeap = [&same](std::vector<Event>& heap) {
        const auto it = std::find_if(heap.begin(), heap.end(), same);
        if (it == heap.end())
        {
            return false;
        }
        heap.erase(it);
        std::make_heap(heap.begin(), heap.end(), Later);
        return true;
    };

    --m_count;
    if ((ev.key.m_ts >> m_wheels[0].slotBits) < m_wheels[0].begin)
    {
        const auto it = std::find_if(m_run.begin() + m_runHead, m_run.end(), same);
        if (it != m_run.end())
        {
            m_run.erase(it);
            return;
        }
        const bool found = removeFromHeap(m_late);
        NS_ABORT_MSG_IF(!found, "WheelScheduler::Remove of an event that is not pending");
        return;
    }
    Wheel& finest = m_wheels[0];
    const uint64_t finestSlot = ev.key.m_ts >> finest.slotBits;
    if (finestSlot < finest.End())
    {
        const uint64_t i = finestSlot & finest.Mask();
        uint32_t* link = &finest.heads[i];
        while (*link != NIL && !same(m_entries[*link].event))
        {
            link = &m_entries[*link].next;
        }
        NS_ABORT_MSG_IF(*link == NIL, "WheelScheduler::Remove of an event that is not pending");
        const uint32_t index = *link;
        *link = m_entries[index].next;
        if (finest.heads[i] == NIL)
        {
            finest.Unmark(i);
        }
        m_entries[index].next = m_free;
        m_free = index;
        return;
    }
    for (uint32_t w = 1; w < WHEELS; ++w)
    {
        const uint64_t slot = ev.key.m_ts >> m_wheels[w].slotBits;
        if (slot < m_wheels[w].End())
        {
            RemoveFromChunks(ev, m_wheels[w], slot & m_wheels[w].Mask());
            return;
        }
    }
    const bool found = removeFromHeap(m_far);
    NS_ABORT_MSG_IF(!found, "WheelScheduler::Remove of an event that is not pending");
}

void
WheelScheduler::RemoveFromChunks(const Event& ev, Wheel& wheel, uint64_t i)
{
    // Only the first chunk of a slot is ever part full: its last event fills the gap.
    const uint32_t head = wheel.heads[i];
    for (uint32_t index = head; index != NIL; index = m_chunks[index].next)
    {
        Chunk& chunk = m_chunks[index];
        for (uint32_t k = 0; k < chunk.size; ++k)
        {
            if (chunk.events[k].key != ev.key)
            {
                continue;
            }
            Chunk& first = m_chunks[head];
            chunk.events[k] = first.events[--first.size];
            if (first.size == 0)
            {
                wheel.heads[i] = first.next;
                first.next = m_freeChunk;
                m_freeChunk = head;
                if (wheel.heads[i] == NIL)
                {
                    wheel.Unmark(i);
                }
            }
            return;
        }
    }
    NS_ABORT_MSG("WheelScheduler::Remove of an event that is not pending");
}

} // namespace opticalfabric
} // namespace ns3
