/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LATENCY_HISTOGRAM_H
#define OPTICAL_FABRIC_LATENCY_HISTOGRAM_H

#include "ns3/log-linear-index.h"
#include "ns3/wide-sum.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A histogram of latencies in whole picoseconds, accurate to 0.1 % at every scale.
 *
 * 512 buckets per octave. Values below 1024 ps are kept exactly; above, a bucket at value v is at
 * most v/512 wide, and a quantile is reported as the middle of its bucket, so it lies within half a
 * width, that is v/1024 (0.098 %), of the value that was recorded. Count, sum, smallest and largest
 * value are exact. Merging loses nothing: the merge of two histograms equals the histogram of all
 * values. Memory is 4 KiB per octave touched, 224 KiB at most, whatever the number of values.
 */
class LatencyHistogram
{
  public:
    /// How a value finds its bucket: 2^9 buckets per octave.
    using Index = LogLinearIndex<9>;

    /// Bound on |reported quantile - recorded value| / recorded value.
    static constexpr double MAX_RELATIVE_ERROR = 1.0 / (2 * Index::BUCKETS);

    /// A bucket that holds something.
    struct Bucket
    {
        uint64_t lowerPs{0}; ///< smallest value it takes, ps
        uint64_t upperPs{0}; ///< largest value it takes, ps (inclusive)
        uint64_t count{0};   ///< values in it
    };

    /**
     * @brief Add one value.
     * @param ps the value, ps; every 64-bit value is accepted
     */
    void Record(uint64_t ps)
    {
        const Index index = Index::Of(ps);
        std::vector<uint64_t>& block = m_blocks[index.block];
        if (__builtin_expect(block.empty(), 0))
        {
            Allocate(index.block);
        }
        ++block[index.offset];
        ++m_count;
        m_sum.Add(ps);
        m_min = ps < m_min ? ps : m_min;
        m_max = ps > m_max ? ps : m_max;
    }

    /**
     * @brief Add one value several times.
     * @param ps the value, ps
     * @param times how often; 0 does nothing
     */
    void Record(uint64_t ps, uint64_t times);

    /**
     * @brief Add all values of another histogram.
     * @param other the other histogram; may be this one
     */
    void Merge(const LatencyHistogram& other);

    /// @brief Forget every value and give the memory back.
    void Clear();

    /// @return how many values were recorded
    uint64_t GetCount() const
    {
        return m_count;
    }

    /// @return the exact sum of all values, ps
    const WideSum& GetSum() const
    {
        return m_sum;
    }

    /// @return the mean, ps: the exact sum over the count, rounded once; 0 if empty
    double GetMean() const
    {
        return m_sum.Mean(m_count);
    }

    /// @return the smallest value, ps, exact; 0 if empty
    uint64_t GetMin() const
    {
        return m_count == 0 ? 0 : m_min;
    }

    /// @return the largest value, ps, exact; 0 if empty
    uint64_t GetMax() const
    {
        return m_max;
    }

    /**
     * @brief The quantile by nearest rank: the smallest value with at least p*n values at or below
     * it.
     * @param p probability, 0 to 1; 0 gives the minimum and 1 the maximum. Anything else aborts.
     * @return the quantile, ps, within MAX_RELATIVE_ERROR of the recorded one; 0 if empty
     */
    uint64_t Quantile(double p) const;

    /**
     * @brief The rank Quantile reports.
     * @param p probability, 0 to 1; anything else aborts
     * @return ceil(p*n), at least 1 (0 if empty)
     */
    uint64_t QuantileRank(double p) const;

    /**
     * @brief The value of given rank in ascending order.
     * @param rank 1 (smallest) to the count (largest); anything else aborts
     * @return the value, ps, within MAX_RELATIVE_ERROR of the recorded one
     */
    uint64_t ValueAtRank(uint64_t rank) const;

    /**
     * @brief The bounds known of the value of given rank in ascending order.
     * @param rank 1 (smallest) to the count (largest); anything else aborts
     * @return the bucket it lies in, narrowed to minimum and maximum; the value is in its bounds
     */
    Bucket BucketAtRank(uint64_t rank) const;

    /**
     * @brief Visit every bucket that holds something, in ascending order.
     * @tparam F callable with a const Bucket&
     * @param visit called for each
     */
    template <typename F>
    void ForEachBucket(F&& visit) const
    {
        for (uint32_t block = 0; block < Index::BLOCKS; ++block)
        {
            for (uint32_t offset = 0; offset < m_blocks[block].size(); ++offset)
            {
                if (m_blocks[block][offset] != 0)
                {
                    const Index index{block, offset};
                    visit(Bucket{index.Lower(), index.Upper(), m_blocks[block][offset]});
                }
            }
        }
    }

    /**
     * @brief Rebuild a histogram from what was written of it.
     *
     * @param buckets its buckets, in any order
     * @param sum exact sum of its values, ps
     * @param minPs exact smallest value, ps
     * @param maxPs exact largest value, ps
     * @param [out] reason why the data was refused; may be null
     * @return the histogram; nothing if a bucket is not one of this layout, occurs twice or is
     * empty, or if sum, minimum or maximum cannot be those of the buckets
     */
    static std::optional<LatencyHistogram> FromBuckets(const std::vector<Bucket>& buckets,
                                                       const WideSum& sum,
                                                       uint64_t minPs,
                                                       uint64_t maxPs,
                                                       std::string* reason = nullptr);

    /**
     * @brief Compare two histograms.
     * @param a one histogram
     * @param b the other histogram
     * @return true if buckets, sum, minimum and maximum all agree
     */
    friend bool operator==(const LatencyHistogram& a, const LatencyHistogram& b)
    {
        return a.m_count == b.m_count && a.m_sum == b.m_sum && a.m_min == b.m_min &&
               a.m_max == b.m_max && a.m_blocks == b.m_blocks;
    }

    /**
     * @brief Compare two histograms.
     * @param a one histogram
     * @param b the other histogram
     * @return true if anything differs
     */
    friend bool operator!=(const LatencyHistogram& a, const LatencyHistogram& b)
    {
        return !(a == b);
    }

  private:
    /**
     * @brief Make room for an octave; out of line, so that Record stays small.
     * @param block which
     */
    void Allocate(uint32_t block);

    /// Counts per octave. A vector is empty until a value falls into its octave.
    std::array<std::vector<uint64_t>, Index::BLOCKS> m_blocks;
    uint64_t m_count{0};                                  ///< values recorded
    WideSum m_sum;                                        ///< their sum, ps
    uint64_t m_min{std::numeric_limits<uint64_t>::max()}; ///< smallest value, ps
    uint64_t m_max{0};                                    ///< largest value, ps
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LATENCY_HISTOGRAM_H */
