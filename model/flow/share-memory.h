/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SHARE_MEMORY_H
#define OPTICAL_FABRIC_SHARE_MEMORY_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Solutions of the fair shares that were found before, by what runs.
 *
 * The solutions lie one after the other in one store that is written round and round, so that the
 * oldest is forgotten first and the memory is bounded. They are found by a hash of 64 bits; whoever
 * asks compares what runs with the solution, as two patterns may have the same hash.
 */
class ShareMemory
{
  public:
    /// What a solution says of one class.
    struct Item
    {
        uint32_t id;         ///< class
        uint32_t count;      ///< flows of the class, at least 1
        double level;        ///< rate of a flow per unit of weight
        uint32_t bottleneck; ///< resource that limits it
    };

    /// Items one solution may have, as a part of all: what is larger would push out all others.
    static constexpr size_t LARGEST_PART = 4;

    /// @param maxItems items kept at most, of all solutions; 0: none. Forgets all there are.
    void SetLimit(size_t maxItems);

    /**
     * @param hash of what runs
     * @param nItems classes that run
     * @return the items of the newest solution with this hash and size; nullptr if there is none
     */
    const Item* Find(uint64_t hash, uint32_t nItems) const;

    /**
     * Keep a solution.
     * @param hash of what runs
     * @param nItems classes that run
     * @return where the caller writes its items at once; nullptr if it has too many to be kept
     */
    Item* Store(uint64_t hash, uint32_t nItems);

    /// Forget all.
    void Clear();

    /// @return memory taken, bytes
    size_t GetBytes() const;

  private:
    /// Where a solution is.
    struct Entry
    {
        uint64_t hash{0};   ///< of what ran
        uint64_t start{0};  ///< items written before its first one
        uint32_t nItems{0}; ///< its items; 0: no entry
    };

    static constexpr size_t ENTRIES = 4096; ///< solutions at most
    static constexpr size_t WAYS = 4;       ///< places a solution may have among them

    /// @param entry an entry @return whether its items have not been written over
    bool IsThere(const Entry& entry) const
    {
        return entry.nItems != 0 && entry.start + m_items.size() >= m_written;
    }

    std::vector<Entry> m_entries; ///< solutions, by their hash
    std::vector<Item> m_items;    ///< their items
    uint64_t m_written{0};        ///< items written, with those skipped at the store's end
    size_t m_maxItems{1 << 20};   ///< items kept at most
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SHARE_MEMORY_H */
