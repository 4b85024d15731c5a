/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LOG_LINEAR_INDEX_H
#define OPTICAL_FABRIC_LOG_LINEAR_INDEX_H

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Where an unsigned value lies in a log-linear histogram.
 *
 * Block 0 holds the values below 2^BITS, one per bucket. Block b >= 1 holds the octave
 * [2^(BITS+b-1), 2^(BITS+b)), cut into 2^BITS buckets of 2^(b-1) values each. So every value below
 * 2^(BITS+1) has a bucket of its own, and above that a bucket's width is at most 2^-BITS of any
 * value in it. Every 64-bit value has a place.
 *
 * @tparam BITS binary logarithm of the number of buckets per octave, 1 to 16
 */
template <unsigned BITS>
struct LogLinearIndex
{
    static_assert(BITS >= 1 && BITS <= 16, "buckets per octave are 2 to 65536");

    static constexpr uint32_t BUCKETS = uint32_t{1} << BITS; ///< buckets in a block
    static constexpr uint32_t BLOCKS = 65 - BITS;            ///< blocks that cover 64 bits

    uint32_t block;  ///< which octave, below BLOCKS
    uint32_t offset; ///< which bucket of the octave, below BUCKETS

    /**
     * @brief Find a value's bucket.
     * @param value any value
     * @return its place
     */
    static LogLinearIndex Of(uint64_t value)
    {
        const auto topBit =
            63U - static_cast<uint32_t>(__builtin_clzll(value | (uint64_t{BUCKETS} - 1)));
        const uint32_t block = topBit - (BITS - 1);
        const auto inBlock = static_cast<uint32_t>(value >> Shift(block)) & (BUCKETS - 1);
        return LogLinearIndex{block, inBlock};
    }

    /// @return the smallest value of this bucket
    uint64_t Lower() const
    {
        return block == 0 ? offset : (uint64_t{BUCKETS} + offset) << Shift(block);
    }

    /// @return the largest value of this bucket (inclusive, so that the last bucket has one)
    uint64_t Upper() const
    {
        return Lower() + ((uint64_t{1} << Shift(block)) - 1);
    }

    /**
     * @brief Binary logarithm of the bucket width in a block.
     * @param block block number, below BLOCKS
     * @return number of low bits that do not matter
     */
    static uint32_t Shift(uint32_t block)
    {
        return block == 0 ? 0 : block - 1;
    }
};

/**
 * @ingroup optical-fabric
 * @brief The rank of a quantile among ordered values.
 * @param p probability, 0 to 1; anything else aborts
 * @param count number of values
 * @return ceil(p*count), but at least 1 and at most count (0 if there are no values)
 */
uint64_t NearestRank(double p, uint64_t count);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LOG_LINEAR_INDEX_H */
