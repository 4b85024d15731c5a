/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/availability.h"
#include "ns3/rare-outage.h"

#include <gtest/gtest.h>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param count parts
 * @param mtbfH mean time up of each, h
 * @param mttrH mean time of a repair, h
 * @param allowed how many may be down at the same time
 * @param crews repairs at once
 * @return a system of equal parts
 */
RepairableSystem
MakeKOfN(uint32_t count,
         double mtbfH,
         double mttrH,
         uint32_t allowed,
         uint32_t crews = RepairShop::UNLIMITED)
{
    RepairableSystem system;
    system.groups = {{count, mtbfH, mttrH, crews}};
    system.isDown = [allowed](const std::vector<uint32_t>& down) { return down[0] > allowed; };
    return system;
}

/**
 * @param distribution probability of each number of parts down
 * @param allowed how many may be down
 * @return probability of more; not as 1 less the others, which has no digits left
 */
double
GetTail(const std::vector<double>& distribution, uint32_t allowed)
{
    double sum = 0;
    for (std::size_t i = distribution.size() - 1; i > allowed; --i)
    {
        sum += distribution[i];
    }
    return sum;
}

TEST(RareOutage, KOfNAgainstTheClosedForm)
{
    const UniformSource uniform = MakeUniform(21);
    // From 6e-4 down to 6e-22, always within 10 %.
    for (const double mtbfH : {1e3, 1e4, 6.5e4, 2.92e6})
    {
        for (const uint32_t allowed : {1u, 2u, 3u})
        {
            const double truth =
                GetTail(GetDownDistribution(16, mtbfH, 2.25, RepairShop::UNLIMITED), allowed);
            RareOutageSearch search;
            search.confidence = 0.99;
            const RareOutage found =
                EstimateRareOutage(MakeKOfN(16, mtbfH, 2.25, allowed), search, uniform);
            EXPECT_TRUE(found.isReached);
            EXPECT_LE(found.unavailability.halfWidth, 0.1 * found.unavailability.mean);
            EXPECT_NEAR(found.unavailability.mean / truth, 1, 0.15) << mtbfH << " " << allowed;
            EXPECT_LT(found.cycles, 100000u);
        }
    }
}

TEST(RareOutage, IntervalsCoverAsOftenAsTheySay)
{
    // 1e-6, 300 times: at 95 % at least 270 cover unless the interval is wrong (5 % in the mean,
    // standard deviation 3.8).
    const double truth = GetTail(GetDownDistribution(16, 2.4e4, 2.25, 1), 1);
    EXPECT_NEAR(truth, 2.1e-6, 1e-7);
    uint32_t covered = 0;
    uint32_t coveredFrequency = 0;
    // Up to one part down is a birth-death chain: it goes down as often as it comes up again.
    const std::vector<double> down = GetDownDistribution(16, 2.4e4, 2.25, 1);
    const double frequency = down[1] * 15 / 2.4e4;
    for (uint64_t seed = 0; seed < 300; ++seed)
    {
        const UniformSource uniform = MakeUniform(1000 + seed);
        const RareOutage found = EstimateRareOutage(MakeKOfN(16, 2.4e4, 2.25, 1, 1), {}, uniform);
        covered += found.unavailability.Covers(truth) ? 1 : 0;
        coveredFrequency += found.frequencyPerH.Covers(frequency) ? 1 : 0;
    }
    EXPECT_GE(covered, 270u);
    EXPECT_GE(coveredFrequency, 270u);
}

TEST(RareOutage, TwoChipsOfAPlane)
{
    // Seven planes of 16 chips; a plane with two chips down. About 1e-6.
    RepairableSystem system;
    system.groups.assign(7, {16, 6.5e4, 2.25, RepairShop::UNLIMITED});
    system.isDown = [](const std::vector<uint32_t>& down) {
        for (const uint32_t plane : down)
        {
            if (plane >= 2)
            {
                return true;
            }
        }
        return false;
    };
    const double plane = GetTail(GetDownDistribution(16, 6.5e4, 2.25, RepairShop::UNLIMITED), 1);
    const double truth = -std::expm1(7 * std::log1p(-plane));
    EXPECT_NEAR(truth, 1e-6, 1e-8);
    RareOutageSearch search;
    search.relativeError = 0.02;
    search.confidence = 0.99;
    const RareOutage found = EstimateRareOutage(system, search, MakeUniform(5));
    EXPECT_TRUE(found.isReached);
    EXPECT_NEAR(found.unavailability.mean / truth, 1, 0.03);
}

TEST(RareOutage, UnequalGroupsInSeries)
{
    // Down if any of either group is: 1 - product of binomials, not rare at all.
    RepairableSystem system;
    system.groups = {{3, 100, 5, RepairShop::UNLIMITED}, {2, 30, 2, RepairShop::UNLIMITED}};
    system.isDown = [](const std::vector<uint32_t>& down) { return down[0] > 0 || down[1] > 0; };
    const double truth =
        1 - std::pow(GetAvailability(100, 5), 3) * std::pow(GetAvailability(30, 2), 2);
    for (const double bias : {0.0, 0.5})
    {
        RareOutageSearch search;
        search.relativeError = 0.01;
        search.confidence = 0.99;
        search.failureBias = bias;
        const RareOutage found = EstimateRareOutage(system, search, MakeUniform(6));
        EXPECT_NEAR(found.unavailability.mean / truth, 1, 0.015) << bias;
        // Goes down at rate 3/100 + 2/30 while all are up.
        const double frequency = (1 - truth) * (0.03 + 2.0 / 30);
        EXPECT_NEAR(found.frequencyPerH.mean / frequency, 1, 0.015) << bias;
    }
}

TEST(RareOutage, WithoutBiasItIsNeverSeen)
{
    RareOutageSearch search;
    search.failureBias = 0;
    search.mostCycles = 20000;
    const RareOutage found =
        EstimateRareOutage(MakeKOfN(16, 2.92e6, 2.25, 2), search, MakeUniform(7));
    EXPECT_FALSE(found.isReached);
    EXPECT_EQ(found.cycles, 20000u);
    EXPECT_EQ(found.unavailability.mean, 0);
}

TEST(RareOutage, RefusesWhatCannotBe)
{
    const auto refuse = [](const std::function<void(RepairableSystem&, RareOutageSearch&)>& change,
                           const std::string& what) {
        RepairableSystem system = MakeKOfN(3, 100, 1, 1);
        RareOutageSearch search;
        change(system, search);
        ExpectRefused([&] { EstimateRareOutage(system, search, MakeUniform(1)); }, {what});
    };
    refuse([](auto& system, auto&) { system.groups.clear(); }, "number of groups = 0");
    refuse([](auto& system, auto&) { system.groups[0].count = 0; }, "count = 0");
    refuse([](auto& system, auto&) { system.groups[0].mtbfH = 0; }, "mtbfH = 0");
    refuse([](auto& system, auto&) { system.groups[0].mttrH = 0; }, "mttrH = 0");
    refuse([](auto& system, auto&) { system.groups[0].crews = 0; }, "crews = 0");
    refuse([](auto& system, auto&) { system.isDown = nullptr; }, "isDown = nothing");
    refuse([](auto& system,
              auto&) { system.isDown = [](const std::vector<uint32_t>&) { return true; }; },
           "isDown = true with nothing down");
    refuse([](auto&, auto& search) { search.relativeError = 0; }, "relativeError = 0");
    refuse([](auto&, auto& search) { search.confidence = 1; }, "confidence = 1");
    refuse([](auto&, auto& search) { search.failureBias = 1; }, "failureBias = 1");
    refuse([](auto&, auto& search) { search.leastCycles = 99; }, "leastCycles = 99");
    refuse([](auto&, auto& search) { search.mostCycles = 1999; }, "mostCycles = 1999");
}

} // namespace
