/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/quantile-interval.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace ns3::opticalfabric;

TEST(QuantileInterval, RanksOfTextbookCases)
{
    // Conover, Practical Nonparametric Statistics: median of 20 values, ranks 6 and 15 (95.9 %).
    auto ranks = QuantileRanks(20, 0.5, 0.95);
    ASSERT_TRUE(ranks.has_value());
    EXPECT_EQ(ranks->first, 6u);
    EXPECT_EQ(ranks->second, 15u);
    // Binomial(100, 0.5): P(B <= 39) = 0.0176 and P(B <= 40) = 0.0284.
    ranks = QuantileRanks(100, 0.5, 0.95);
    ASSERT_TRUE(ranks.has_value());
    EXPECT_EQ(ranks->first, 40u);
    EXPECT_EQ(ranks->second, 61u);
}

TEST(QuantileInterval, RanksOfManyValuesFollowTheNormalLimit)
{
    for (const double p : {0.5, 0.9, 0.99, 0.999, 0.9999})
    {
        const double n = 1e9;
        const double sigma = std::sqrt(n * p * (1 - p));
        const auto ranks = QuantileRanks(1000000000, p, 0.95);
        ASSERT_TRUE(ranks.has_value()) << p;
        EXPECT_NEAR((static_cast<double>(ranks->first) - n * p) / sigma, -1.95996, 0.01) << p;
        EXPECT_NEAR((static_cast<double>(ranks->second) - n * p) / sigma, 1.95996, 0.01) << p;
    }
}

TEST(QuantileInterval, RefusesSmallSamples)
{
    std::string reason;
    EXPECT_FALSE(QuantileRanks(0, 0.5, 0.95, &reason).has_value());
    EXPECT_FALSE(QuantileRanks(19, 0.5, 0.95).has_value());
    EXPECT_TRUE(QuantileRanks(20, 0.5, 0.95).has_value());
    // 100 * (1 - 0.9) is 9.999999999999998 in binary, and must pass.
    EXPECT_FALSE(QuantileRanks(99, 0.9, 0.95).has_value());
    EXPECT_TRUE(QuantileRanks(100, 0.9, 0.95).has_value());
    EXPECT_FALSE(QuantileRanks(999, 0.99, 0.95).has_value());
    EXPECT_TRUE(QuantileRanks(1000, 0.99, 0.95).has_value());
    EXPECT_FALSE(QuantileRanks(9999, 0.999, 0.95).has_value());
    EXPECT_TRUE(QuantileRanks(10000, 0.999, 0.95).has_value());
    EXPECT_FALSE(QuantileRanks(99999, 0.9999, 0.95, &reason).has_value());
    EXPECT_NE(reason.find("at least 10 are needed"), std::string::npos) << reason;
    EXPECT_TRUE(QuantileRanks(100000, 0.9999, 0.95).has_value());
    // The rule holds on the other side too.
    EXPECT_FALSE(QuantileRanks(100, 0.05, 0.95).has_value());
    // Twenty values cannot give the median at this confidence: 2 * 2^-20 is more than 1e-6.
    EXPECT_FALSE(QuantileRanks(20, 0.5, 1 - 1e-6, &reason).has_value());
    EXPECT_NE(reason.find("has no interval"), std::string::npos) << reason;
}

TEST(QuantileIntervalDeathTest, RefusesWhatIsNoProbability)
{
    EXPECT_DEATH(QuantileRanks(100, 0.0, 0.95), "probability p is 0");
    EXPECT_DEATH(QuantileRanks(100, 1.0, 0.95), "probability p is 1");
    EXPECT_DEATH(QuantileRanks(100, 0.5, 1.0), "confidence is 1");
    EXPECT_DEATH(QuantileRanks(100, 0.5, std::nan("")), "confidence is nan");
}

TEST(QuantileInterval, CoversTheTrueQuantileAsOftenAsItSays)
{
    // Pareto with shape 1.5: no variance, so an interval from the normal law would fail here.
    constexpr int TRIALS = 2000;
    constexpr double SHAPE = 1.5;
    constexpr double SCALE = 1e6;
    std::mt19937_64 random(42);
    std::uniform_real_distribution<double> uniform(0, 1);
    int coversMedian = 0;
    int coversP99 = 0;
    int coversP99AtSixty = 0;
    for (int trial = 0; trial < TRIALS; ++trial)
    {
        LatencyHistogram histogram;
        for (int i = 0; i < 2000; ++i)
        {
            histogram.Record(
                static_cast<uint64_t>(SCALE * std::pow(1 - uniform(random), -1 / SHAPE)));
        }
        const auto covers = [&](double p, double confidence) {
            const double truth = SCALE * std::pow(1 - p, -1 / SHAPE);
            const auto estimate = EstimateQuantile(histogram, p, confidence);
            return estimate && static_cast<double>(estimate->lowerPs) <= truth &&
                   truth <= static_cast<double>(estimate->upperPs);
        };
        coversMedian += covers(0.5, 0.95);
        coversP99 += covers(0.99, 0.95);
        coversP99AtSixty += covers(0.99, 0.6);
    }
    // Four standard deviations of the observed share around the nominal one; whole ranks and the
    // buckets' edges may add to the coverage, not take from it.
    EXPECT_GT(coversMedian, TRIALS * (0.95 - 0.0195));
    EXPECT_LT(coversMedian, TRIALS * 0.98);
    EXPECT_GT(coversP99, TRIALS * (0.95 - 0.0195));
    EXPECT_LT(coversP99, TRIALS * 0.985);
    EXPECT_GT(coversP99AtSixty, TRIALS * (0.6 - 0.044));
    EXPECT_LT(coversP99AtSixty, TRIALS * 0.8);
}

TEST(QuantileInterval, SummaryHoldsWhatTheSampleAllows)
{
    LatencyHistogram histogram;
    for (uint64_t i = 1; i <= 1000; ++i)
    {
        histogram.Record(i * 1000);
    }
    const LatencySummary summary = Summarize(histogram);
    EXPECT_EQ(summary.count, 1000u);
    EXPECT_DOUBLE_EQ(summary.meanPs, 500500.0);
    EXPECT_EQ(summary.minPs, 1000u);
    EXPECT_EQ(summary.maxPs, 1000000u);
    ASSERT_TRUE(summary.p50 && summary.p90 && summary.p99);
    EXPECT_NEAR(static_cast<double>(summary.p99->valuePs), 990000.0, 990.0);
    EXPECT_LT(summary.p99->lowerPs, summary.p99->valuePs);
    EXPECT_GT(summary.p99->upperPs, summary.p99->valuePs);
    EXPECT_FALSE(summary.p999.has_value());
    EXPECT_FALSE(summary.p9999.has_value());

    const LatencySummary empty = Summarize(LatencyHistogram());
    EXPECT_EQ(empty.count, 0u);
    EXPECT_FALSE(empty.p50.has_value());
}

TEST(QuantileInterval, EqualValuesGiveAnIntervalOfWidthZero)
{
    LatencyHistogram histogram;
    histogram.Record(123456789, 100000);
    const LatencySummary summary = Summarize(histogram);
    ASSERT_TRUE(summary.p9999.has_value());
    EXPECT_EQ(summary.p9999->valuePs, 123456789u);
    EXPECT_EQ(summary.p9999->lowerPs, 123456789u);
    EXPECT_EQ(summary.p9999->upperPs, 123456789u);
}
