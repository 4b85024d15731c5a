/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_WHEEL_SCHEDULER_H
#define OPTICAL_FABRIC_WHEEL_SCHEDULER_H

#include "ns3/scheduler.h"

#include <array>
#include <cstdint>
#include <vector>

/**
 * @defgroup optical-fabric Optical fabric
 *
 * Optical-interconnect networks of AI clusters: packets, collectives, tail latency.
 */

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A hierarchical timing wheel for many near-future events.
 *
 * Time is cut into slots of 2^SlotBits ticks. The lowest wheel holds one unsorted list per slot;
 * each wheel above it has slots half as long as the whole wheel below, so that every wheel always
 * covers at least half of its span ahead of the present and an event moves down at most once per
 * wheel. What lies beyond the top wheel waits in a heap. A slot is sorted by time, then uid, when
 * its turn comes; events inserted into a slot already opened go to a small heap beside it.
 *
 * Insert and RemoveNext cost amortised constant time, whatever the number pending (Varghese and
 * Lauck, "Hashed and hierarchical timing wheels", SOSP 1987). Remove scans one slot; ns-3 itself
 * cancels lazily and seldom calls it. Any ns-3 script can use it:
 * @code
 *   GlobalValue::Bind("SchedulerType", StringValue("ns3::opticalfabric::WheelScheduler"));
 * @endcode
 */
class WheelScheduler : public Scheduler
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    WheelScheduler();
    ~WheelScheduler() override;

    void Insert(const Event& ev) override;
    bool IsEmpty() const override;
    Event PeekNext() const override;
    Event RemoveNext() override;
    void Remove(const Event& ev) override;

    /// Memory that one pending event takes, in bytes.
    static constexpr uint32_t BYTES_PER_EVENT = 32;

  private:
    /// An event in the list of its slot, linked by index so that the store may move when it grows.
    struct Entry
    {
        Event event;   ///< the event
        uint32_t next; ///< next entry of the slot, or of the free list
    };

    static_assert(sizeof(Entry) == BYTES_PER_EVENT, "an entry is half a cache line");

    /// A piece of an upper wheel's slot: these hold many events, read in one go when they open.
    struct alignas(64) Chunk
    {
        uint32_t next;                ///< next chunk of the slot, or of the free list
        uint32_t size;                ///< events in use
        std::array<Event, 10> events; ///< the events
    };

    static constexpr uint32_t NIL = UINT32_MAX; ///< end of a list
    static constexpr uint32_t WHEELS = 4;       ///< wheels, the finest first

    /// One wheel: slots [begin, (half + 2) * halfSlots), by absolute slot number.
    struct Wheel
    {
        uint32_t slotBits{0};            ///< log2 of a slot's length in ticks
        uint32_t halfBits{0};            ///< log2 of half the number of slots
        uint64_t begin{0};               ///< first slot not opened yet
        uint64_t half{0};                ///< the half of this wheel that the present is in
        std::vector<uint32_t> heads;     ///< first entry (finest wheel) or chunk of each slot
        std::vector<uint64_t> occupied;  ///< a bit per slot
        std::vector<uint64_t> occupied2; ///< a bit per word of occupied

        /// @return slot number mask
        uint64_t Mask() const
        {
            return (uint64_t{2} << halfBits) - 1;
        }

        /// @return first slot beyond the wheel's reach
        uint64_t End() const
        {
            return (half + 2) << halfBits;
        }

        /**
         * @param index slot index, wrapped
         */
        void Mark(uint64_t index)
        {
            occupied[index >> 6] |= uint64_t{1} << (index & 63);
            occupied2[index >> 12] |= uint64_t{1} << ((index >> 6) & 63);
        }

        /**
         * @param index slot index, wrapped
         */
        void Unmark(uint64_t index);

        /**
         * @return the first occupied slot from begin on (absolute), or UINT64_MAX
         */
        uint64_t NextOccupied() const;
    };

    /**
     * @param slotBits log2 of the finest slot's length in ticks; only while empty
     */
    void SetSlotBits(uint8_t slotBits);
    /// @return log2 of the finest slot's length in ticks
    uint8_t GetSlotBits() const;

    /**
     * Put an event where its time stamp belongs: a wheel, or the far heap.
     * @param ev event, not before the opened slots
     */
    void Place(const Event& ev);
    /**
     * @param wheel an upper wheel
     * @param i slot index, wrapped
     * @param ev event to add to the slot
     */
    void PlaceInChunk(Wheel& wheel, uint64_t i, const Event& ev);
    /**
     * @param ev event in an upper wheel's slot
     * @param wheel the wheel
     * @param i slot index, wrapped
     */
    void RemoveFromChunks(const Event& ev, Wheel& wheel, uint64_t i);
    /**
     * @param wheel wheel to advance
     * @param half the half it enters; nothing is left before it
     */
    void EnterHalf(uint32_t wheel, uint64_t half);
    /**
     * Move what a slot of an upper wheel holds one wheel down.
     * @param wheel wheel of the slot, at least 1
     * @param slot absolute slot number
     */
    void OpenSlot(uint32_t wheel, uint64_t slot);
    /// Open the next occupied slot of the finest wheel into the sorted run; needs one.
    void Advance();
    /**
     * @param wheel wheel that has nothing left
     * @return true if something could be moved into it from above
     */
    bool Refill(uint32_t wheel);
    /// @return true if nothing opened is left
    bool RunIsEmpty() const;
    /// @return true if the next event is in the late heap rather than the run
    bool LateIsNext() const;
    /// @return index of an unused entry
    uint32_t NewEntry();

    std::array<Wheel, WHEELS> m_wheels; ///< finest first
    std::vector<Entry> m_entries;       ///< all entries, free ones linked
    uint32_t m_free{NIL};               ///< first free entry
    std::vector<Chunk> m_chunks;        ///< all chunks, free ones linked
    uint32_t m_freeChunk{NIL};          ///< first free chunk
    std::vector<Event> m_run;           ///< the opened slot, sorted
    size_t m_runHead{0};                ///< next of the run
    std::vector<Event> m_late;          ///< heap of events inserted into opened time
    std::vector<Event> m_far;           ///< heap of events beyond the top wheel
    uint64_t m_count{0};                ///< events pending
    uint8_t m_slotBits{6};              ///< log2 of the finest slot's length in ticks
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_WHEEL_SCHEDULER_H */
