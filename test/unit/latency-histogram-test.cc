/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/latency-histogram.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

/**
 * @defgroup optical-fabric-tests optical-fabric tests
 * @ingroup optical-fabric
 * @ingroup tests
 */

using namespace ns3::opticalfabric;

namespace
{

/// Values from 1 ps to 100 s, each decade as likely as any other.
std::vector<uint64_t>
MakeValues(std::size_t count, uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> exponent(0, 14);
    std::vector<uint64_t> values(count);
    for (uint64_t& value : values)
    {
        value = static_cast<uint64_t>(std::pow(10.0, exponent(random)));
    }
    return values;
}

LatencyHistogram
MakeHistogram(const std::vector<uint64_t>& values)
{
    LatencyHistogram histogram;
    for (const uint64_t value : values)
    {
        histogram.Record(value);
    }
    return histogram;
}

} // namespace

TEST(LatencyHistogram, QuantilesAreWithinOneInAThousandOfTheSortedValues)
{
    EXPECT_LE(LatencyHistogram::MAX_RELATIVE_ERROR, 0.001);
    std::vector<uint64_t> values = MakeValues(200001, 1);
    const LatencyHistogram histogram = MakeHistogram(values);
    std::sort(values.begin(), values.end());
    double worst = 0;
    for (uint64_t rank = 1; rank <= values.size(); ++rank)
    {
        const auto exact = static_cast<double>(values[rank - 1]);
        const auto reported = static_cast<double>(histogram.ValueAtRank(rank));
        worst = std::max(worst, std::abs(reported - exact) / exact);
    }
    EXPECT_LE(worst, LatencyHistogram::MAX_RELATIVE_ERROR);
    // If buckets were finer than stated, memory would be wasted and this test blind.
    EXPECT_GT(worst, LatencyHistogram::MAX_RELATIVE_ERROR / 2);
    for (const double p : {0.0, 0.001, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0})
    {
        const auto rank = static_cast<std::size_t>(std::ceil(p * 200001));
        const auto exact = static_cast<double>(values[rank == 0 ? 0 : rank - 1]);
        EXPECT_NEAR(static_cast<double>(histogram.Quantile(p)), exact, exact * 0.001) << p;
    }
}

TEST(LatencyHistogram, EveryBucketOfTheLayoutKeepsTheErrorBound)
{
    using Index = LatencyHistogram::Index;
    uint64_t expectedLower = 0;
    for (uint32_t block = 0; block < Index::BLOCKS; ++block)
    {
        for (uint32_t offset = 0; offset < Index::BUCKETS; ++offset)
        {
            const Index index{block, offset};
            ASSERT_EQ(index.Lower(), expectedLower); // no gap, no overlap
            for (const uint64_t value : {index.Lower(), index.Upper()})
            {
                const Index found = Index::Of(value);
                ASSERT_EQ(found.block, block);
                ASSERT_EQ(found.offset, offset);
            }
            const uint64_t middle = index.Lower() + (index.Upper() - index.Lower()) / 2;
            const auto error = static_cast<double>(index.Upper() - middle);
            ASSERT_LE(error,
                      static_cast<double>(index.Lower()) * LatencyHistogram::MAX_RELATIVE_ERROR);
            expectedLower = index.Upper() + 1;
        }
    }
    EXPECT_EQ(expectedLower, 0u); // the last bucket ends with the last 64-bit value
}

TEST(LatencyHistogram, SmallValuesAreExact)
{
    LatencyHistogram histogram;
    for (uint64_t value = 0; value < 1024; ++value)
    {
        histogram.Record(value);
    }
    for (uint64_t rank = 1; rank <= 1024; ++rank)
    {
        EXPECT_EQ(histogram.ValueAtRank(rank), rank - 1);
    }
}

TEST(LatencyHistogram, EdgeValues)
{
    LatencyHistogram histogram;
    EXPECT_EQ(histogram.GetCount(), 0u);
    EXPECT_EQ(histogram.GetMin(), 0u);
    EXPECT_EQ(histogram.GetMax(), 0u);
    EXPECT_EQ(histogram.GetMean(), 0.0);
    EXPECT_EQ(histogram.Quantile(0.5), 0u);

    const uint64_t half = uint64_t{1} << 63;
    const uint64_t most = std::numeric_limits<uint64_t>::max();
    histogram.Record(0);
    histogram.Record(half);
    histogram.Record(most);
    EXPECT_EQ(histogram.GetMin(), 0u);
    EXPECT_EQ(histogram.GetMax(), most);
    EXPECT_EQ(histogram.Quantile(0), 0u);
    EXPECT_EQ(histogram.Quantile(1), most);
    EXPECT_NEAR(static_cast<double>(histogram.Quantile(0.5)), std::ldexp(1.0, 63), 1e16);
    // 2^63 + 2^64 - 1 does not fit 64 bits.
    EXPECT_EQ(histogram.GetSum(), (WideSum{1, half - 1}));
    EXPECT_DOUBLE_EQ(histogram.GetMean(), std::ldexp(1.0, 63));
}

TEST(LatencyHistogram, CountSumAndExtremesAreExact)
{
    const std::vector<uint64_t> values = MakeValues(10000, 2);
    const LatencyHistogram histogram = MakeHistogram(values);
    uint64_t sum = 0;
    for (const uint64_t value : values)
    {
        sum += value;
    }
    EXPECT_EQ(histogram.GetCount(), values.size());
    EXPECT_EQ(histogram.GetSum(), (WideSum{0, sum}));
    EXPECT_DOUBLE_EQ(histogram.GetMean(), static_cast<double>(sum) / 10000);
    EXPECT_EQ(histogram.GetMin(), *std::min_element(values.begin(), values.end()));
    EXPECT_EQ(histogram.GetMax(), *std::max_element(values.begin(), values.end()));
}

TEST(LatencyHistogram, MergingEqualsRecordingAll)
{
    const std::vector<uint64_t> a = MakeValues(5000, 3);
    const std::vector<uint64_t> b = MakeValues(70, 4);
    std::vector<uint64_t> both = a;
    both.insert(both.end(), b.begin(), b.end());

    LatencyHistogram merged = MakeHistogram(a);
    EXPECT_NE(merged, MakeHistogram(both));
    merged.Merge(MakeHistogram(b));
    EXPECT_EQ(merged, MakeHistogram(both));

    merged.Merge(LatencyHistogram());
    EXPECT_EQ(merged, MakeHistogram(both));

    LatencyHistogram twice = MakeHistogram(a);
    twice.Merge(twice);
    LatencyHistogram expected = MakeHistogram(a);
    for (const uint64_t value : a)
    {
        expected.Record(value);
    }
    EXPECT_EQ(twice, expected);

    twice.Clear();
    EXPECT_EQ(twice, LatencyHistogram());
}

TEST(LatencyHistogram, RecordingSeveralTimesEqualsRecordingOneByOne)
{
    LatencyHistogram oneByOne;
    LatencyHistogram atOnce;
    for (const uint64_t value : {uint64_t{0}, uint64_t{640}, (uint64_t{1} << 62) + 12345})
    {
        for (int i = 0; i < 1000; ++i)
        {
            oneByOne.Record(value);
        }
        atOnce.Record(value, 1000);
        atOnce.Record(7, 0);
    }
    EXPECT_EQ(oneByOne, atOnce);
}

TEST(LatencyHistogram, QuantileRankIsNotFooledByBinaryFractions)
{
    LatencyHistogram histogram;
    histogram.Record(1, 100);
    EXPECT_EQ(histogram.QuantileRank(0.07), 7u); // 0.07 * 100 is 7.000000000000001
    EXPECT_EQ(histogram.QuantileRank(0.5), 50u);
    EXPECT_EQ(histogram.QuantileRank(0.501), 51u);
    EXPECT_EQ(histogram.QuantileRank(0.99), 99u);
    EXPECT_EQ(histogram.QuantileRank(0.0), 1u);
    EXPECT_EQ(histogram.QuantileRank(1.0), 100u);
}

TEST(LatencyHistogram, RoundTripThroughBuckets)
{
    const LatencyHistogram histogram = MakeHistogram(MakeValues(3000, 5));
    std::vector<LatencyHistogram::Bucket> buckets;
    histogram.ForEachBucket([&](const LatencyHistogram::Bucket& b) { buckets.push_back(b); });
    EXPECT_TRUE(std::is_sorted(buckets.begin(), buckets.end(), [](const auto& a, const auto& b) {
        return a.lowerPs < b.lowerPs;
    }));
    const auto rebuild = [&](const WideSum& sum, uint64_t min, uint64_t max) {
        return LatencyHistogram::FromBuckets(buckets, sum, min, max);
    };
    const WideSum sum = histogram.GetSum();
    const uint64_t min = histogram.GetMin();
    const uint64_t max = histogram.GetMax();
    ASSERT_TRUE(rebuild(sum, min, max).has_value());
    EXPECT_EQ(*rebuild(sum, min, max), histogram);
    EXPECT_FALSE(rebuild(WideSum{0, 1}, min, max).has_value());
    EXPECT_FALSE(rebuild(WideSum{1, 0}, min, max).has_value());
    EXPECT_FALSE(rebuild(sum, max, max).has_value());
    EXPECT_FALSE(rebuild(sum, min, min).has_value());

    std::string reason;
    buckets[0].upperPs += 1;
    EXPECT_FALSE(LatencyHistogram::FromBuckets(buckets, sum, min, max, &reason).has_value());
    EXPECT_NE(reason.find("no bucket reaches"), std::string::npos) << reason;
    buckets[0] = buckets[1];
    EXPECT_FALSE(LatencyHistogram::FromBuckets(buckets, sum, min, max, &reason).has_value());
    EXPECT_NE(reason.find("twice"), std::string::npos) << reason;

    const auto empty = LatencyHistogram::FromBuckets({}, WideSum(), 0, 0);
    ASSERT_TRUE(empty.has_value());
    EXPECT_EQ(*empty, LatencyHistogram());
}

TEST(LatencyHistogramDeathTest, RefusesWhatHasNoAnswer)
{
    LatencyHistogram histogram;
    histogram.Record(1, 3);
    EXPECT_DEATH(histogram.Quantile(1.5), "allowed is 0 to 1");
    EXPECT_DEATH(histogram.Quantile(std::nan("")), "allowed is 0 to 1");
    EXPECT_DEATH(histogram.ValueAtRank(0), "rank is 0");
    EXPECT_DEATH(histogram.ValueAtRank(4), "rank is 4");
}

TEST(WideSum, ProductsAndOrder)
{
    const uint64_t most = std::numeric_limits<uint64_t>::max();
    WideSum sum;
    sum.AddProduct(most, most); // (2^64 - 1)^2 = 2^128 - 2^65 + 1
    EXPECT_EQ(sum, (WideSum{most - 1, 1}));
    WideSum other;
    other.AddProduct(0x123456789abcdef0, 0xfedcba9876543210);
    EXPECT_EQ(other, (WideSum{0x121fa00ad77d7422, 0x236d88fe5618cf00}));
    EXPECT_TRUE(other < sum);
    EXPECT_FALSE(sum < other);
    EXPECT_EQ(sum.Mean(0), 0.0);
}
