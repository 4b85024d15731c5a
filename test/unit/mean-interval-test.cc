/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/mean-interval.h"

#include <gtest/gtest.h>
#include <limits>

using namespace ns3::opticalfabric;

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();

TEST(MeanInterval, StudentScoresAreThoseOfTables)
{
    // Two-sided 95 % and 99 %, as printed in tables.
    EXPECT_NEAR(StudentScore(0.95, 1), 12.7062, 5e-5);
    EXPECT_NEAR(StudentScore(0.95, 2), 4.30265, 5e-6);
    EXPECT_NEAR(StudentScore(0.95, 3), 3.18245, 5e-6);
    EXPECT_NEAR(StudentScore(0.95, 5), 2.57058, 5e-6);
    EXPECT_NEAR(StudentScore(0.95, 10), 2.22814, 5e-6);
    EXPECT_NEAR(StudentScore(0.95, 30), 2.04227, 5e-6);
    EXPECT_NEAR(StudentScore(0.99, 4), 4.60409, 5e-6);
    EXPECT_NEAR(StudentScore(0.99, 29), 2.75639, 5e-6);
    EXPECT_NEAR(StudentScore(0.99, 1000000000), SCORE_99, 1e-8);
    EXPECT_NEAR(StudentScore(0.5, 1), 1, 1e-12);
    // Where the sums end and the expansion begins.
    const double slope = StudentScore(0.99, 999) - StudentScore(0.99, 1000);
    EXPECT_NEAR(StudentScore(0.99, 1000) - StudentScore(0.99, 1001), slope, 1e-8);
}

TEST(MeanInterval, MeanByHand)
{
    // 1, 2, 6: mean 3, variance 7.
    const MeanInterval interval = GetMeanInterval({1, 2, 6}, 0.95);
    EXPECT_NEAR(interval.mean, 3, 1e-15);
    EXPECT_NEAR(interval.halfWidth, 4.30265 * std::sqrt(7.0 / 3), 1e-4);
    EXPECT_TRUE(interval.Covers(3 + interval.halfWidth));
    EXPECT_FALSE(interval.Covers(3 - 1.01 * interval.halfWidth));
    EXPECT_EQ(GetMeanInterval({5}, 0.95).halfWidth, INFINITE);
    EXPECT_EQ(GetMeanInterval({5, 5}, 0.95).halfWidth, 0);
}

TEST(MeanInterval, RatioByHand)
{
    // 10/2, 20/6: ratio 30/8; distances 10 - 7.5 and 20 - 22.5, variance 12.5.
    const MeanInterval interval = GetRatioInterval({10, 20}, {2, 6}, 0.95);
    EXPECT_NEAR(interval.mean, 3.75, 1e-15);
    EXPECT_NEAR(interval.halfWidth, 12.7062 * std::sqrt(12.5 / 2) / 4, 1e-3);
    EXPECT_EQ(GetRatioInterval({10, 20}, {0, 0}, 0.95).mean, INFINITE);
    EXPECT_EQ(GetRatioInterval({10, 20}, {0, 0}, 0.95).halfWidth, INFINITE);
    // What is proportional has no scatter.
    EXPECT_NEAR(GetRatioInterval({10, 20}, {1, 2}, 0.95).halfWidth, 0, 1e-12);
}

TEST(MeanInterval, CoversAsOftenAsItSays)
{
    // Means of five exponential values, whose law is skewed, would be covered less often; normal
    // ones are not: sums of 12 uniform numbers.
    const UniformSource uniform = MakeUniform(11);
    uint32_t covered = 0;
    constexpr uint32_t RUNS = 10000;
    for (uint32_t run = 0; run < RUNS; ++run)
    {
        std::vector<double> values;
        for (int i = 0; i < 5; ++i)
        {
            double sum = 0;
            for (int j = 0; j < 12; ++j)
            {
                sum += uniform();
            }
            values.push_back(sum);
        }
        covered += GetMeanInterval(values, 0.9).Covers(6) ? 1 : 0;
    }
    // Standard error 0.003.
    EXPECT_NEAR(static_cast<double>(covered) / RUNS, 0.9, 0.009);
}

TEST(MeanInterval, RefusesWhatCannotBe)
{
    ExpectRefused([] { StudentScore(0, 1); }, {"confidence = 0"});
    ExpectRefused([] { StudentScore(1, 1); }, {"confidence = 1"});
    ExpectRefused([] { StudentScore(NAN, 1); }, {"confidence = nan"});
    ExpectRefused([] { StudentScore(0.9, 0); }, {"degrees = 0"});
    ExpectRefused([] { GetMeanInterval({}, 0.9); }, {"number of values = 0"});
    ExpectRefused([] { GetMeanInterval({1, INFINITE}, 0.9); }, {"value = inf"});
    ExpectRefused([] { GetMeanInterval({1}, 2); }, {"confidence = 2"});
    ExpectRefused([] { GetRatioInterval({}, {}, 0.9); }, {"number of values = 0"});
    ExpectRefused([] { GetRatioInterval({1}, {1, 2}, 0.9); }, {"number of denominators = 2"});
    ExpectRefused([] { GetRatioInterval({1}, {-1}, 0.9); }, {"mean of denominators = -1"});
}

} // namespace
