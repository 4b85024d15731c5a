/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "wheel-scheduler.h"

#include "ns3/abort.h"
#include "ns3/assert.h"
#include "ns3/event-impl.h"
#include "ns3/foreseen-event.h"
#include "ns3/log.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <typeinfo>

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
constexpr std::ptrdiff_t SHORT_RUN = 24;

/// Slots after the present one that may be opened early. Not many: what is inserted into an opened
/// slot goes to the late heap.
constexpr uint64_t EARLY_SLOTS = 32;

/// Events that have run before their places in the run are given back.
constexpr size_t COMPACT = 64;

/// How many events ahead an event's object is fetched: fewer than there are in the run.
constexpr size_t FETCH_AHEAD = 24;

/// Fewer pending belong to a network that fits into the cache as a whole, where looking ahead costs
/// more than it saves.
constexpr uint64_t MANY = 2000;

/// How many events ahead an event's object is fetched when few are pending.
constexpr size_t FETCH_AHEAD_OF_FEW = 4;

/// How many events ahead each of the steps of a ForeseenEvent is taken.
constexpr std::array<size_t, ForeseenEvent::STEPS> STEP_AHEAD{20, 16, 12, 8, 4};

/**
 * Always inline: a function that only prefetches has no effect to the compiler, which drops calls.
 * @param impl event that will run soon; its first two cache lines are fetched
 */
[[gnu::always_inline]] inline void
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
        wheel.heads.assign(slots, 0);
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
    for (Wheel& wheel : m_wheels)
    {
        const uint64_t slot = ev.key.m_ts >> wheel.slotBits;
        if (slot < wheel.End())
        {
            const uint64_t i = slot & wheel.Mask();
            m_slots.Add(wheel.heads[i], ev);
            wheel.Mark(i);
            return;
        }
    }
    m_far.push_back(ev);
    std::push_heap(m_far.begin(), m_far.end(), Later);
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
    EventSlots::Head rest = wheel.heads[i];
    if (rest == 0)
    {
        return;
    }
    wheel.heads[i] = 0;
    wheel.Unmark(i);
    while (rest != 0)
    {
        m_slots.TakePiece(rest, [this](const Event& event) { Place(event); });
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

uint64_t
WheelScheduler::FindSlot()
{
    const Wheel& wheel = m_wheels[0];
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
    return slot;
}

void
WheelScheduler::Open(uint64_t slot)
{
    Wheel& wheel = m_wheels[0];
    wheel.begin = slot + 1;
    const uint64_t i = slot & wheel.Mask();
    m_opening = wheel.heads[i];
    wheel.heads[i] = 0;
    wheel.Unmark(i);
    // The pieces of a slot lie anywhere: have the first ones of the next slots on their way.
    m_slots.Prefetch(wheel.heads[(slot + 1) & wheel.Mask()]);
    m_slots.Prefetch(wheel.heads[(slot + 2) & wheel.Mask()]);
}

void
WheelScheduler::Take()
{
    m_slots.TakePiece(m_opening, [this](const Event& event) { m_run.push_back(event); });
    if (m_opening == 0)
    {
        SortRun();
    }
}

void
WheelScheduler::SortRun()
{
    const auto first = m_run.begin() + static_cast<std::ptrdiff_t>(m_runSorted);
    const auto last = m_run.end();
    m_runSorted = m_run.size();
    if (last - first == 1)
    {
        return;
    }
    // They came the last inserted first: what was inserted in order is sorted now.
    std::reverse(first, last);
    if (last - first > SHORT_RUN)
    {
        if (!std::is_sorted(first, last))
        {
            std::sort(first, last);
        }
        return;
    }
    for (auto i = first; i != last; ++i)
    {
        const Event event = *i;
        auto j = i;
        for (; j != first && event.key < (j - 1)->key; --j)
        {
            *j = *(j - 1);
        }
        *j = event;
    }
}

void
WheelScheduler::Settle()
{
    if (m_runHead != m_runSorted)
    {
        return;
    }
    if (m_opening == 0)
    {
        if (!m_late.empty())
        {
            return;
        }
        m_run.clear();
        m_runHead = 0;
        m_runSorted = 0;
        Open(FindSlot());
    }
    while (m_opening != 0)
    {
        Take();
    }
}

void
WheelScheduler::OpenEarly()
{
    const Wheel& wheel = m_wheels[0];
    const uint64_t present = m_run[m_runHead].key.m_ts >> wheel.slotBits;
    const uint64_t slot = wheel.NextOccupied();
    // Entering the other half of the wheel would move many events at once.
    if (slot <= present + EARLY_SLOTS && (slot >> wheel.halfBits) == wheel.half)
    {
        if (m_runHead >= COMPACT)
        {
            m_run.erase(m_run.begin(), m_run.begin() + static_cast<std::ptrdiff_t>(m_runHead));
            m_runSorted -= m_runHead;
            m_runHead = 0;
        }
        Open(slot);
    }
}

const ForeseenEvent*
WheelScheduler::AsForeseen(const EventImpl* impl)
{
    // There are very few classes of events: each is cast once, and known by its type from then on.
    const std::type_info* type = &typeid(*impl);
    for (const KnownType& known : m_types)
    {
        if (known.type == type)
        {
            return known.foreseen ? static_cast<const ForeseenEvent*>(impl) : nullptr;
        }
    }
    const auto* foreseen = dynamic_cast<const ForeseenEvent*>(impl);
    m_types[m_nextType] = {type, foreseen != nullptr};
    m_nextType = (m_nextType + 1) % m_types.size();
    return foreseen;
}

void
WheelScheduler::LookAhead()
{
    // Two at a time until there are enough, so that their number can grow.
    for (uint32_t k = 0; k < 2 && m_run.size() - m_runHead < AHEAD; ++k)
    {
        if (m_opening == 0)
        {
            OpenEarly();
        }
        if (m_opening == 0)
        {
            break;
        }
        Take();
    }
    const size_t left = m_runSorted - m_runHead;
    if (left > FETCH_AHEAD)
    {
        Prefetch(m_run[m_runHead + FETCH_AHEAD].impl);
    }
    for (uint32_t step = 0; step < ForeseenEvent::STEPS; ++step)
    {
        const size_t ahead = STEP_AHEAD[step];
        if (ahead >= left)
        {
            continue;
        }
        const ForeseenEvent*& event = m_ahead[(m_runCount + ahead) % AHEAD];
        if (step == 0)
        {
            event = AsForeseen(m_run[m_runHead + ahead].impl);
        }
        if (event != nullptr && !event->Foresee(step))
        {
            event = nullptr;
        }
    }
}

bool
WheelScheduler::IsEmpty() const
{
    return m_count == 0;
}

bool
WheelScheduler::LateIsNext() const
{
    return !m_late.empty() &&
           (m_runHead == m_runSorted || m_late.front().key < m_run[m_runHead].key);
}

Scheduler::Event
WheelScheduler::PeekNext() const
{
    NS_ASSERT(!IsEmpty());
    // Opening the next slot changes where events lie, not which are pending.
    const_cast<WheelScheduler*>(this)->Settle();
    return LateIsNext() ? m_late.front() : m_run[m_runHead];
}

Scheduler::Event
WheelScheduler::RemoveNext()
{
    NS_ASSERT(!IsEmpty());
    Settle();
    --m_count;
    if (LateIsNext())
    {
        std::pop_heap(m_late.begin(), m_late.end(), Later);
        const Event event = m_late.back();
        m_late.pop_back();
        return event;
    }
    if (m_count >= MANY)
    {
        LookAhead();
    }
    else if (m_runHead + FETCH_AHEAD_OF_FEW < m_runSorted)
    {
        Prefetch(m_run[m_runHead + FETCH_AHEAD_OF_FEW].impl);
    }
    // It will be gone by the time the place is used again.
    m_ahead[m_runCount % AHEAD] = nullptr;
    ++m_runCount;
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
        while (m_opening != 0)
        {
            Take();
        }
        const auto it = std::find_if(m_run.begin() + m_runHead, m_run.end(), same);
        if (it != m_run.end())
        {
            m_run.erase(it);
            --m_runSorted;
            m_ahead.fill(nullptr);
            return;
        }
        const bool found = removeFromHeap(m_late);
        NS_ABORT_MSG_IF(!found, "WheelScheduler::Remove of an event that is not pending");
        return;
    }
    for (Wheel& wheel : m_wheels)
    {
        const uint64_t slot = ev.key.m_ts >> wheel.slotBits;
        if (slot < wheel.End())
        {
            EventSlots::Head& head = wheel.heads[slot & wheel.Mask()];
            const bool found = m_slots.Remove(head, ev.key);
            NS_ABORT_MSG_UNLESS(found, "WheelScheduler::Remove of an event that is not pending");
            if (head == 0)
            {
                wheel.Unmark(slot & wheel.Mask());
            }
            return;
        }
    }
    const bool found = removeFromHeap(m_far);
    NS_ABORT_MSG_IF(!found, "WheelScheduler::Remove of an event that is not pending");
}

} // namespace opticalfabric
} // namespace ns3
