/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MATCHING_TABLE_H
#define OPTICAL_FABRIC_MATCHING_TABLE_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Brings together those that wait for a message and those messages that arrive, by peer and
 * tag, first come first served.
 *
 * At any time a key holds either waiters or arrivals. An open-addressing hash table; it allocates
 * when it grows and never gives back, so in steady state it allocates nothing.
 */
class MatchingTable
{
  public:
    /**
     * Somebody waits. If a message is there, take it; otherwise remember the waiter.
     *
     * @param peer where the message comes from
     * @param tag its tag
     * @param waiter who waits, below 2^30
     * @return true if a message was there (the waiter is not remembered)
     */
    bool Wait(uint32_t peer, uint64_t tag, uint32_t waiter);

    /**
     * A message arrives. If somebody waits, tell who; otherwise remember the message.
     *
     * @param peer where it comes from
     * @param tag its tag
     * @param waiter set to who has waited longest, if somebody has
     * @return true if somebody waited (the message is not remembered)
     */
    bool Arrive(uint32_t peer, uint64_t tag, uint32_t& waiter);

    /// @return keys that hold something
    size_t GetSize() const;

  private:
    static constexpr uint32_t EMPTY = UINT32_MAX;     ///< item of a place without a key
    static constexpr uint32_t HAS_LIST = 1U << 31;    ///< the item is a list of several
    static constexpr uint32_t IS_ARRIVAL = 1U << 30;  ///< the item is a message, not a waiter
    static constexpr uint32_t VALUE = IS_ARRIVAL - 1; ///< the waiter, or the list's last item
    static constexpr uint32_t NIL = UINT32_MAX;       ///< end of the free list

    /// A place of the table. Small, because most of the time goes into fetching it from memory.
    struct Place
    {
        uint64_t tag{0};      ///< of the key
        uint32_t peer{0};     ///< of the key
        uint32_t item{EMPTY}; ///< who is there
    };

    /// One of several items of the same key, in a ring from the last to the first.
    struct Item
    {
        uint32_t waiter; ///< who waits; nothing for a message
        uint32_t next;   ///< the next of the ring, or of the free list
    };

    /**
     * Take the first of the other side, or remember the item on its side.
     *
     * @param peer of the key
     * @param tag of the key
     * @param side IS_ARRIVAL or 0
     * @param waiter who waits, if it is a waiter; set to the one taken, if that is a waiter
     * @return true if one was taken
     */
    bool Meet(uint32_t peer, uint64_t tag, uint32_t side, uint32_t& waiter);

    /**
     * @param peer of the key
     * @param tag of the key
     * @return where a search for it begins
     */
    size_t GetHome(uint32_t peer, uint64_t tag) const;

    /**
     * @param place place with a key
     * @param waiter added behind the others of the key
     */
    void Append(Place& place, uint32_t waiter);

    /**
     * @param waiter who waits
     * @return a new item
     */
    uint32_t NewItem(uint32_t waiter);

    /**
     * @param index place with a key; emptied if it held one item
     * @return the first waiter
     */
    uint32_t TakeFirst(size_t index);

    /// Double the number of places.
    void Grow();

    std::vector<Item> m_items;   ///< of keys that several share
    uint32_t m_free{NIL};        ///< unused items
    size_t m_size{0};            ///< places in use
    std::vector<Place> m_places; ///< a power of two of them, or none before the first use
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MATCHING_TABLE_H */
