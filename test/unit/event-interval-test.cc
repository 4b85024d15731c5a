/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-test.h"
#include "reliability-test.h"

#include "ns3/event-interval.h"
#include "ns3/interval-text.h"
#include "ns3/poisson-interval.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();

TEST(WeightedPoissonInterval, IsGarwoodsWhereWeightsAreOneAndFayAndFeuersElsewhere)
{
    for (const uint64_t count : {1u, 3u, 19u, 1000u})
    {
        const auto n = static_cast<double>(count);
        const auto exact = PoissonInterval(count, 0.95);
        const auto weighted = WeightedPoissonInterval(n, n, 1, 0.95);
        EXPECT_NEAR(weighted.first, exact.first, 1e-9 * n);
        EXPECT_NEAR(weighted.second, exact.second, 1e-9 * n);
        // In another unit.
        EXPECT_NEAR(WeightedPoissonInterval(60 * n, 3600 * n, 60, 0.95).second,
                    60 * exact.second,
                    1e-7 * n);
    }
    // Weights 1, 2 and 4, by gamma quantiles in Python: of 49/21 and of 121/37.
    const auto [low, high] = WeightedPoissonInterval(7, 21, 4, 0.95);
    EXPECT_NEAR(low, 1.06235, 1e-3);
    EXPECT_NEAR(high, 25.73219, 1e-3);
    EXPECT_NEAR(PoissonLimitOfNone(0.95), 2.9957, 1e-4);
    ExpectRefused([] { WeightedPoissonInterval(0, 1, 1, 0.9); }, {"sum = 0"});
    ExpectRefused([] { WeightedPoissonInterval(1, 2, 1, 0.9); }, {"squares = 2"});
    ExpectRefused([] { WeightedPoissonInterval(1, 1, 2, 0.9); }, {"largest = 2"});
    ExpectRefused([] { WeightedPoissonInterval(1, 1, 1, 1); }, {"confidence = 1"});
    ExpectRefused([] { PoissonLimitOfNone(0); }, {"confidence = 0"});
}

TEST(EventInterval, OneSidedWhereNothingWasSeen)
{
    // "None in 200 years": below 0.015 a year, and more than 67 years apart.
    const std::vector<double> none(100, 0);
    const std::vector<double> years(100, 2);
    const EventInterval rate = GetRateInterval(none, years, 0.95);
    EXPECT_EQ(rate.mean, 0);
    EXPECT_EQ(rate.low, 0);
    EXPECT_NEAR(rate.high, 0.014979, 1e-6);
    EXPECT_TRUE(rate.HasFew());
    EXPECT_EQ(ShowEvents(rate), "none, < 0.015");
    const EventInterval between = GetTimeBetweenInterval(none, years, 0.95);
    EXPECT_EQ(between.mean, INFINITE);
    EXPECT_NEAR(between.low, 66.76, 0.01);
    EXPECT_EQ(ShowEvents(between), "> 67");
    const EventInterval up =
        GetAvailabilityInterval(std::vector<double>(100, 1), 200 * 8760, {}, 0.95);
    EXPECT_EQ(ShowEvents(up), "1, never down");
    EXPECT_EQ(up.low, 0);
}

TEST(EventInterval, ExactOfFewEvents)
{
    // A failure in three replications of a year; Student's interval of one event is 0.33 +- 1.43.
    const EventInterval rate = GetRateInterval({0, 1, 0}, {1, 1, 1}, 0.95);
    EXPECT_NEAR(rate.mean, 1.0 / 3, 1e-12);
    EXPECT_NEAR(rate.low, 0.02532 / 3, 1e-5);
    EXPECT_NEAR(rate.high, 5.57164 / 3, 1e-5);
    EXPECT_EQ(ShowEvents(rate), "0.33 (0.01 to 1.86)*");
    // Time between failures is the inverse: never below 0, where MTBF 26278 +- 113074 h was said.
    const EventInterval between = GetTimeBetweenInterval({0, 1, 0}, {8760, 8760, 8760}, 0.95);
    EXPECT_NEAR(between.mean, 26280, 1e-9);
    EXPECT_NEAR(between.low, 26280 / 5.57164, 0.1);
    EXPECT_NEAR(between.high, 26280 / 0.0253178, 50);
    // Many events: from a count alone, too.
    const EventInterval many = GetRateInterval({10000}, {1}, 0.95);
    EXPECT_NEAR(many.GetHalfWidth(), 1.96 * 100, 3);
    EXPECT_FALSE(many.HasFew());
    EXPECT_EQ(ShowEvents(many), "10000 (9805 to 10198)");
}

TEST(EventInterval, BunchedEventsGetTheIntervalOfReplications)
{
    // 100 events, all in one of four years: a constant rate does not do that.
    const std::vector<double> years(4, 1);
    const EventInterval bunched = GetRateInterval({100, 0, 0, 0}, years, 0.95);
    EXPECT_EQ(bunched.mean, 25);
    EXPECT_EQ(bunched.low, 0);
    // Student's: 3.182 times the root of the variance 2500 over 4.
    EXPECT_NEAR(bunched.high, 25 + 3.18245 * 25, 0.01);
    const EventInterval even = GetRateInterval({27, 22, 31, 20}, years, 0.95);
    const auto exact = PoissonInterval(100, 0.95);
    EXPECT_NEAR(even.low, exact.first / 4, 1e-9);
    EXPECT_NEAR(even.high, exact.second / 4, 1e-9);
}

TEST(EventInterval, AvailabilityOfFewOutagesIsThatOfTheirHours)
{
    DownTimes down;
    for (const double hours : {1.0, 2.0, 4.0})
    {
        down.Add(hours);
    }
    const std::vector<double> shares{1 - 7e-3, 1, 1, 1};
    const EventInterval up = GetAvailabilityInterval(shares, 4000, down, 0.95);
    const auto [low, high] = WeightedPoissonInterval(7, 21, 4, 0.95);
    EXPECT_NEAR(up.mean, 1 - 7.0 / 4000, 1e-12);
    EXPECT_NEAR(up.low, 1 - high / 4000, 1e-12);
    EXPECT_NEAR(up.high, 1 - low / 4000, 1e-12);
    // Mean 7/3, variance 7/3, Student's 4.303 of two degrees of freedom.
    const MeanInterval repair = GetDownTimeInterval(down, 0.95);
    EXPECT_NEAR(repair.mean, 7.0 / 3, 1e-12);
    EXPECT_NEAR(repair.halfWidth, 4.30265 * std::sqrt(7.0 / 9), 1e-4);
    EXPECT_EQ(GetDownTimeInterval({}, 0.95).mean, INFINITE);
}

TEST(EventInterval, CoverAsOftenAsTheySay)
{
    // Campaigns of ten replications in which three failures are to be expected of all together, and
    // 17, with repairs as the catalog has them. 1000 intervals of 95 % cover at least 931, but once
    // in 300 times.
    for (const double expected : {3.0, 17.0})
    {
        constexpr uint32_t REPLICATIONS = 10;
        constexpr double HORIZON_H = 10000;
        constexpr double MTTR_H = 2.25;
        const double mtbfH = REPLICATIONS * HORIZON_H / expected;
        CampaignSpec spec;
        spec.inventory.AddMode(MakeDownMode("npu",
                                            ComponentKind::NPU,
                                            LifetimeLaw::ExponentialMtbf(mtbfH),
                                            DurationLaw::Uniform(0.5, 4)));
        AddComponents(spec.inventory, ComponentKind::NPU, 1);
        spec.job.accelerators = 1;
        spec.horizonH = HORIZON_H;
        spec.replications = REPLICATIONS;
        uint32_t rates = 0;
        uint32_t times = 0;
        uint32_t availabilities = 0;
        for (uint64_t seed = 0; seed < 1000; ++seed)
        {
            const CampaignReport report =
                RunCampaign(spec, IdealFabric(), MakeReplicationStreams(seed));
            // Down, nothing fails: a share that does not count at this length.
            rates += report.failuresPerYear.Covers(HOURS_PER_YEAR / (mtbfH + MTTR_H)) ? 1 : 0;
            times += report.supernodeMtbfH.Covers(mtbfH) ? 1 : 0;
            availabilities += report.supernodeAvailability.Covers(mtbfH / (mtbfH + MTTR_H)) ? 1 : 0;
        }
        EXPECT_GE(rates, 931u) << expected;
        EXPECT_GE(times, 931u) << expected;
        EXPECT_GE(availabilities, 931u) << expected;
    }
}

TEST(EventInterval, RefusesWhatCannotBe)
{
    ExpectRefused([] { GetRateInterval({}, {}, 0.9); }, {"number of counts = 0"});
    ExpectRefused([] { GetRateInterval({1}, {1, 2}, 0.9); }, {"number of exposures = 2"});
    ExpectRefused([] { GetRateInterval({1.5}, {1}, 0.9); }, {"count = 1.5", "whole number"});
    ExpectRefused([] { GetRateInterval({1}, {-1}, 0.9); }, {"exposure = -1"});
    ExpectRefused([] { GetRateInterval({0}, {0}, 0.9); }, {"sum of exposures = 0"});
    ExpectRefused([] { GetRateInterval({0}, {1}, 1); }, {"confidence = 1"});
    ExpectRefused([] { GetAvailabilityInterval({1}, 0, {}, 0.9); }, {"totalH = 0"});
}

} // namespace
