/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_WHEEL_SCHEDULER_H
#define OPTICAL_FABRIC_WHEEL_SCHEDULER_H

#include "ns3/event-slots.h"
#include "ns3/scheduler.h"

#include <array>
#include <cstdint>
#include <typeinfo>
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

class ForeseenEvent;

/**
 * @ingroup optical-fabric
 * @brief A hierarchical timing wheel for many near-future events.
 *
 * Time is cut into slots of 2^SlotBits ticks. A wheel holds one unsorted list per slot;
 * each wheel above it has slots half as long as the whole wheel below, so that every wheel always
 * covers at least half of its span ahead of the present and an event moves down at most once per
 * wheel. What lies beyond the top wheel waits in a heap. A slot is sorted by time, then uid, when
 * its turn comes; events inserted into a slot already opened go to a small heap beside it.
 *
 * Slots close ahead are opened early, an event at a time, so that what an event needs can be
 * fetched into the cache while others run: the object itself, and what a ForeseenEvent asks for.
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
    static constexpr uint32_t BYTES_PER_EVENT = EventSlots::BYTES_PER_EVENT;

  private:
    /// Whether events of a class want to be called before they run.
    struct KnownType
    {
        const std::type_info* type{nullptr}; ///< the class
        bool foreseen{false};                ///< it derives from ForeseenEvent
    };

    static constexpr uint32_t WHEELS = 4; ///< wheels, the finest first
    static constexpr size_t AHEAD = 32;   ///< events brought into the run ahead of their turn

    /// One wheel: slots [begin, (half + 2) * halfSlots), by absolute slot number.
    struct Wheel
    {
        uint32_t slotBits{0};                ///< log2 of a slot's length in ticks
        uint32_t halfBits{0};                ///< log2 of half the number of slots
        uint64_t begin{0};                   ///< first slot not opened yet
        uint64_t half{0};                    ///< the half of this wheel that the present is in
        std::vector<EventSlots::Head> heads; ///< events of each slot
        std::vector<uint64_t> occupied;      ///< a bit per slot
        std::vector<uint64_t> occupied2;     ///< a bit per word of occupied

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
    /// Bring the next event to the head of the run or of the late heap; needs one pending.
    void Settle();
    /// @return the next occupied slot of the finest wheel, filled from above; needs one
    uint64_t FindSlot();
    /**
     * Begin to move a slot into the run.
     * @param slot occupied slot of the finest wheel
     */
    void Open(uint64_t slot);
    /// Move a piece of the slot being opened into the run; the last has the run sorted.
    void Take();
    /// Sort what the slot has added to the run.
    void SortRun();
    /// Begin to move the next slot into the run if it is near.
    void OpenEarly();
    /// Have fetched what the next events of the run will touch.
    void LookAhead();
    /**
     * @param impl an event
     * @return the same if it wants to be called before it runs, else null
     */
    const ForeseenEvent* AsForeseen(const EventImpl* impl);
    /**
     * @param wheel wheel that has nothing left
     * @return true if something could be moved into it from above
     */
    bool Refill(uint32_t wheel);
    /// @return true if the next event is in the late heap rather than the run
    bool LateIsNext() const;
    std::array<Wheel, WHEELS> m_wheels; ///< finest first
    EventSlots m_slots;                 ///< events in the wheels
    std::vector<Event> m_run;           ///< events of the opened slots
    size_t m_runHead{0};                ///< next of the run
    size_t m_runSorted{0};              ///< end of the part that is complete and sorted
    EventSlots::Head m_opening{0};      ///< what is left of the slot being moved into the run
    uint64_t m_runCount{0};             ///< events taken from the run so far
    std::vector<Event> m_late;          ///< heap of events inserted into opened time
    std::vector<Event> m_far;           ///< heap of events beyond the top wheel
    uint64_t m_count{0};                ///< events pending
    std::array<KnownType, 4> m_types;   ///< classes of events met last
    size_t m_nextType{0};               ///< the one to be forgotten next
    /// Events that are being called ahead, by place in the order of the run, wrapped; or null.
    std::array<const ForeseenEvent*, AHEAD> m_ahead{{}};
    uint8_t m_slotBits{6}; ///< log2 of the finest slot's length in ticks
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_WHEEL_SCHEDULER_H */
