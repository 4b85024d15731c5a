/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FREE_RING_H
#define OPTICAL_FABRIC_FREE_RING_H

#include "ns3/collective-spec.h"
#include "ns3/transfer-engine.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The times of a ring (see RingProgram) in which no transfer gets into the way of another.
 *
 * A part of the buffer goes around the ring from rank to rank and waits for nothing: each hop takes
 * what it takes alone, and is followed by the reduction where there is one. So a part is where it
 * is after a sum of hops, and a rank ends with the last part that it gets. That holds as long as
 * the part before, on its way by the same hops, is always gone when a part comes: parts are at
 * least the shortest hop apart, less what parts with one byte more have lost on those with one byte
 * less by then. Where the latter would catch up, all parts take the time of the longest.
 */
class FreeRing
{
  public:
    /**
     * @param spec a ring, validated
     * @param engine moves its transfers
     * @return its times; null if transfers get into each other's way, or the engine cannot tell
     */
    static std::unique_ptr<FreeRing> Find(const CollectiveSpec& spec, TransferEngine& engine);

    /// @param rank a rank @return when it ends, ps from the start
    uint64_t GetEndPs(uint32_t rank) const;
    /// @return when the last rank ends, ps from the start
    uint64_t GetLastEndPs() const;
    /// @return whether all parts take the time of the longest, though they differ by a byte
    bool HasLikeParts() const;
    /// @return transfers of each rank
    uint64_t GetSteps() const;
    /// @return payload of all transfers
    uint64_t GetBytes() const;

    /**
     * Let the engine count all transfers.
     * @param engine the engine
     * @param spec the ring
     * @param account what they are counted under
     */
    void Count(TransferEngine& engine, const CollectiveSpec& spec, uint32_t account) const;

  private:
    /// Parts of one size.
    struct Size
    {
        uint64_t bytes{0};         ///< payload
        uint64_t reducePs{0};      ///< time of its reduction, ps
        std::vector<RingHop> hops; ///< by rank that sends
        std::vector<uint64_t>
            beforePs; ///< what the hops before take together, by rank, and all, ps
    };

    /// @param spec a ring
    explicit FreeRing(const CollectiveSpec& spec);

    /// @param engine moves the transfers @param size bytes are set @return false if they are not
    /// free
    bool Measure(const CollectiveSpec& spec, TransferEngine& engine, Size& size) const;
    /// @return whether every part is gone when the next one comes
    bool IsInOrder() const;
    /// @param part part of the buffer @return whether it is a longer one
    bool IsLong(uint64_t part) const;
    /// @param part part of the buffer @return which size it has, or counts as having
    const Size& GetSize(uint64_t part) const;
    /**
     * @param part part of the buffer
     * @param steps steps that it has made
     * @return when, ps from the start
     */
    uint64_t GetArrivalPs(uint64_t part, uint64_t steps) const;

    uint32_t m_ranks;            ///< ranks, and parts
    uint64_t m_bytes;            ///< the buffer
    uint32_t m_first;            ///< first step of those of an all-reduce
    uint32_t m_last;             ///< one past the last
    bool m_areAlike;             ///< all parts take the time of the longer ones
    std::array<Size, 2> m_sizes; ///< the longer parts, and the others
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FREE_RING_H */
