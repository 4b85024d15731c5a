/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "latency-histogram.h"

#include "ns3/abort.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

void
LatencyHistogram::Allocate(uint32_t block)
{
    m_blocks[block].assign(Index::BUCKETS, 0);
}

void
LatencyHistogram::Record(uint64_t ps, uint64_t times)
{
    if (times == 0)
    {
        return;
    }
    const Index index = Index::Of(ps);
    if (m_blocks[index.block].empty())
    {
        Allocate(index.block);
    }
    m_blocks[index.block][index.offset] += times;
    m_count += times;
    m_sum.AddProduct(ps, times);
    m_min = ps < m_min ? ps : m_min;
    m_max = ps > m_max ? ps : m_max;
}

void
LatencyHistogram::Merge(const LatencyHistogram& other)
{
    for (uint32_t block = 0; block < Index::BLOCKS; ++block)
    {
        if (other.m_blocks[block].empty())
        {
            continue;
        }
        if (m_blocks[block].empty())
        {
            Allocate(block);
        }
        for (uint32_t offset = 0; offset < Index::BUCKETS; ++offset)
        {
            m_blocks[block][offset] += other.m_blocks[block][offset];
        }
    }
    m_count += other.m_count;
    const WideSum sum = other.m_sum; // a copy, since other may be this one
    m_sum.Add(sum);
    m_min = other.m_min < m_min ? other.m_min : m_min;
    m_max = other.m_max > m_max ? other.m_max : m_max;
}

void
LatencyHistogram::Clear()
{
    *this = LatencyHistogram();
}

uint64_t
LatencyHistogram::QuantileRank(double p) const
{
    return NearestRank(p, m_count);
}

uint64_t
LatencyHistogram::Quantile(double p) const
{
    const uint64_t rank = QuantileRank(p);
    return rank == 0 ? 0 : ValueAtRank(rank);
}

uint64_t
LatencyHistogram::ValueAtRank(uint64_t rank) const
{
    // The ends are known exactly.
    if (rank == 1 && m_count != 0)
    {
        return m_min;
    }
    if (rank == m_count && m_count != 0)
    {
        return m_max;
    }
    const Index index = Index::Of(BucketAtRank(rank).lowerPs);
    const uint64_t middle = index.Lower() + (index.Upper() - index.Lower()) / 2;
    // The value lies between minimum and maximum, so moving the middle there brings it closer.
    return std::min(std::max(middle, m_min), m_max);
}

LatencyHistogram::Bucket
LatencyHistogram::BucketAtRank(uint64_t rank) const
{
    NS_ABORT_MSG_UNLESS(rank >= 1 && rank <= m_count,
                        "LatencyHistogram: rank is " << rank << ", allowed is 1 to the count, "
                                                     << m_count);
    uint64_t below = 0;
    for (uint32_t block = 0; block < Index::BLOCKS; ++block)
    {
        const std::vector<uint64_t>& counts = m_blocks[block];
        for (uint32_t offset = 0; offset < counts.size(); ++offset)
        {
            below += counts[offset];
            if (below >= rank)
            {
                const Index index{block, offset};
                return Bucket{std::max(index.Lower(), m_min),
                              std::min(index.Upper(), m_max),
                              counts[offset]};
            }
        }
    }
    NS_ABORT_MSG("LatencyHistogram: buckets hold " << below << " values, the count says "
                                                   << m_count);
}

std::optional<LatencyHistogram>
LatencyHistogram::FromBuckets(const std::vector<Bucket>& buckets,
                              const WideSum& sum,
                              uint64_t minPs,
                              uint64_t maxPs,
                              std::string* reason)
{
    std::ostringstream why;
    LatencyHistogram histogram;
    WideSum smallest;
    WideSum largest;
    for (const Bucket& bucket : buckets)
    {
        const Index index = Index::Of(bucket.lowerPs);
        if (index.Lower() != bucket.lowerPs || index.Upper() != bucket.upperPs)
        {
            why << "no bucket reaches from " << bucket.lowerPs << " to " << bucket.upperPs << " ps";
            break;
        }
        if (histogram.m_blocks[index.block].empty())
        {
            histogram.Allocate(index.block);
        }
        uint64_t& count = histogram.m_blocks[index.block][index.offset];
        if (bucket.count == 0 || count != 0)
        {
            why << "the bucket at " << bucket.lowerPs << " ps is empty or given twice";
            break;
        }
        count = bucket.count;
        histogram.m_count += bucket.count;
        smallest.AddProduct(bucket.lowerPs, bucket.count);
        largest.AddProduct(bucket.upperPs, bucket.count);
    }
    if (why.tellp() == 0 && histogram.m_count == 0)
    {
        if (sum == WideSum() && minPs == 0 && maxPs == 0)
        {
            return histogram;
        }
        why << "no bucket is given, but a sum, minimum or maximum is";
    }
    else if (why.tellp() == 0)
    {
        histogram.m_sum = sum;
        histogram.m_min = minPs;
        histogram.m_max = maxPs;
        bool first = true;
        Bucket last;
        histogram.ForEachBucket([&](const Bucket& bucket) {
            if (first && (minPs < bucket.lowerPs || minPs > bucket.upperPs))
            {
                why << "the minimum, " << minPs << " ps, is not in the first bucket. ";
            }
            first = false;
            last = bucket;
        });
        if (maxPs < last.lowerPs || maxPs > last.upperPs)
        {
            why << "the maximum, " << maxPs << " ps, is not in the last bucket. ";
        }
        if (minPs > maxPs || sum < smallest || largest < sum)
        {
            why << "the sum cannot be that of these buckets";
        }
    }
    if (why.tellp() != 0)
    {
        if (reason)
        {
            *reason = why.str();
        }
        return std::nullopt;
    }
    return histogram;
}

} // namespace opticalfabric
} // namespace ns3
