/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/checkpoint-plan.h"

#include <gtest/gtest.h>

using namespace ns3::opticalfabric;

namespace
{

TEST(CheckpointPlan, ComputesThenWrites)
{
    const CheckpointPlan plan{2, 0.5, 0.1};
    EXPECT_EQ(plan.GetComputingH(0), 0);
    EXPECT_EQ(plan.GetComputingH(1.5), 1.5);
    EXPECT_EQ(plan.GetComputingH(2.25), 2);
    EXPECT_EQ(plan.GetComputingH(2.5), 2);
    EXPECT_EQ(plan.GetComputingH(3.5), 3);
    EXPECT_EQ(plan.GetComputingH(25), 20);
    EXPECT_EQ(plan.GetLastCheckpointH(2.25), 0);
    EXPECT_EQ(plan.GetLastCheckpointH(2.5), 2.5);
    EXPECT_EQ(plan.GetLastCheckpointH(7.4), 5);
}

TEST(CheckpointPlan, YoungAndDaly)
{
    // sqrt(2 * 0.1 * 20) h.
    EXPECT_NEAR(GetYoungIntervalH(0.1, 20), 2, 1e-12);
    // ratio 0.0025, root 0.05: 2 * (1 + 0.05 / 3 + 0.0025 / 9) - 0.1.
    EXPECT_NEAR(GetDalyIntervalH(0.1, 20), 1.933889, 1e-6);
    EXPECT_EQ(GetDalyIntervalH(10, 5), 5);
    EXPECT_EQ(GetDalyIntervalH(11, 5), 5);
}

TEST(CheckpointPlan, DalysIntervalIsBest)
{
    const double mtbfH = 20;
    CheckpointPlan plan{GetDalyIntervalH(0.1, mtbfH), 0.1, 0.3};
    const double best = GetDalyEfficiency(plan, mtbfH);
    // 1.933889 / 20 * exp(-0.015) / (exp(2.033889 / 20) - 1).
    EXPECT_NEAR(best, 0.889857, 1e-6);
    for (const double factor : {0.9, 1.1})
    {
        CheckpointPlan other = plan;
        other.intervalH *= factor;
        EXPECT_LT(GetDalyEfficiency(other, mtbfH), best);
    }
    // The stated optimum is that of the model to 1e-4 of the interval.
    double bestIntervalH = 0;
    double most = 0;
    for (double intervalH = 1.5; intervalH < 2.5; intervalH += 1e-4)
    {
        const double efficiency = GetDalyEfficiency({intervalH, 0.1, 0.3}, mtbfH);
        if (efficiency > most)
        {
            most = efficiency;
            bestIntervalH = intervalH;
        }
    }
    EXPECT_NEAR(bestIntervalH, plan.intervalH, 2e-4);
}

TEST(CheckpointPlan, RefusesWhatCannotBe)
{
    ExpectRefused([] { CheckpointPlan{0, 0, 0}.Validate(); }, {"intervalH = 0"});
    ExpectRefused([] { CheckpointPlan{NAN, 0, 0}.Validate(); }, {"intervalH = nan"});
    ExpectRefused([] { CheckpointPlan{2e6, 0, 0}.Validate(); }, {"intervalH = 2e+06"});
    ExpectRefused([] { CheckpointPlan{1, -1, 0}.Validate(); }, {"writeH = -1"});
    ExpectRefused([] { CheckpointPlan{1, 0, -1}.Validate(); }, {"restartH = -1"});
    ExpectRefused([] { GetYoungIntervalH(0, 1); }, {"writeH = 0"});
    ExpectRefused([] { GetYoungIntervalH(1, 0); }, {"mtbfH = 0"});
    ExpectRefused([] { GetDalyIntervalH(-1, 1); }, {"writeH = -1"});
    ExpectRefused([] { GetDalyEfficiency({1, 0, 0}, -1); }, {"mtbfH = -1"});
    ExpectRefused([] { GetDalyEfficiency({-1, 0, 0}, 1); }, {"intervalH = -1"});
}

} // namespace
