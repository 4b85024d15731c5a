/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/job-account.h"

#include <gtest/gtest.h>
#include <numeric>

using namespace ns3::opticalfabric;

namespace
{

constexpr uint32_t CAUSE = FaultCause::Get(ComponentKind::NPU, 0);
constexpr uint32_t OTHER = FaultCause::Get(ComponentKind::LINK, 3);

/**
 * @param account account
 * @param use use
 * @return hours of it, of all causes
 */
double
Sum(const JobAccount& account, JobUse::Kind use)
{
    const JobAccount::Hours& hours = account.GetHours(use);
    return std::accumulate(hours.begin(), hours.end(), 0.0);
}

TEST(JobAccount, CausesHaveNumbers)
{
    EXPECT_EQ(FaultCause::GetKind(OTHER), ComponentKind::LINK);
    EXPECT_EQ(FaultCause::GetMode(OTHER), 3u);
    EXPECT_EQ(FaultCause::COUNT, 225u);
}

TEST(JobAccount, WithoutFaultsOnlyCheckpointsCost)
{
    JobAccount account({4, 1, 0.5});
    account.AdvanceTo(3);
    account.AdvanceTo(4.5);
    account.AdvanceTo(12);
    account.Finish();
    // 4, write, 4, write, 2.
    EXPECT_NEAR(Sum(account, JobUse::USEFUL), 10, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::CHECKPOINT), 2, 1e-12);
    EXPECT_NEAR(account.GetUpH(), 12, 1e-12);
}

TEST(JobAccount, AnInterruptionTakesWhatIsSinceTheCheckpoint)
{
    JobAccount account({4, 1, 0.5});
    account.AdvanceTo(7.5); // 4 and the checkpoint are kept, 2.5 are not
    account.SetCapacity(false, 1, FaultCause::NONE);
    account.Interrupt(CAUSE, 0.25);
    account.AdvanceTo(9); // 0.25 detection, 1.25 waiting
    account.SetCapacity(true, 1, FaultCause::NONE);
    account.AdvanceTo(20); // 0.5 restart, 10.5: 4 + 1, 4 + 1, 0.5
    account.Finish();
    EXPECT_NEAR(account.GetHours(JobUse::REWORK)[CAUSE], 2.5, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::DETECTION)[CAUSE], 0.25, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::WAITING)[CAUSE], 1.25, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::RESTART)[CAUSE], 0.5, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::USEFUL), 12.5, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::CHECKPOINT), 3, 1e-12);
    EXPECT_EQ(account.GetInterruptions()[CAUSE], 1u);
    EXPECT_NEAR(account.GetUpH(), 18, 1e-12);
}

TEST(JobAccount, ACheckpointThatIsNotFinishedIsLostToo)
{
    JobAccount account({4, 1, 0});
    account.AdvanceTo(4.75);
    account.Interrupt(CAUSE, 0);
    account.AdvanceTo(5);
    account.Finish();
    EXPECT_NEAR(account.GetHours(JobUse::REWORK)[CAUSE], 4.75, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::USEFUL), 0.25, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::CHECKPOINT), 0, 1e-12);
}

TEST(JobAccount, ADegradedFabricCostsWhatIsKeptOfTheTime)
{
    JobAccount account({4, 1, 0});
    account.AdvanceTo(1);
    account.SetCapacity(true, 0.75, OTHER);
    account.AdvanceTo(3);
    account.SetCapacity(true, 1, FaultCause::NONE);
    account.AdvanceTo(5);
    account.SetCapacity(true, 0.5, OTHER);
    account.AdvanceTo(7);
    account.Interrupt(CAUSE, 0);
    account.Finish();
    // 1 + 2 * 0.75 + 1 kept; 2 at half speed are lost whole, to what interrupted.
    EXPECT_NEAR(Sum(account, JobUse::USEFUL), 3.5, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::SLOWED)[OTHER], 0.5, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::REWORK)[CAUSE], 2, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::CHECKPOINT), 1, 1e-12);
}

TEST(JobAccount, StandsStillAndGoesOn)
{
    JobAccount account({4, 1, 0.5});
    account.AdvanceTo(1);
    account.StandStill(OTHER, 2);
    account.AdvanceTo(2);
    account.StandStill(OTHER, 0.5); // over before the first is
    account.AdvanceTo(10);
    account.Finish();
    EXPECT_NEAR(account.GetHours(JobUse::REROUTE)[OTHER], 2, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::USEFUL), 7, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::CHECKPOINT), 1, 1e-12);
    EXPECT_EQ(account.GetInterruptions()[OTHER], 0u);
    EXPECT_NEAR(account.GetUpH(), 10, 1e-12);
}

TEST(JobAccount, FaultsWhileItIsDown)
{
    JobAccount account({4, 1, 1});
    account.AdvanceTo(1);
    account.Interrupt(CAUSE, 1);
    account.AdvanceTo(1.5);
    account.Interrupt(OTHER, 2); // detection until 3.5 now
    account.AdvanceTo(4);        // half an hour of restart
    account.Interrupt(OTHER, 0.25);
    account.AdvanceTo(10);
    account.Finish();
    EXPECT_NEAR(account.GetHours(JobUse::REWORK)[CAUSE], 1, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::DETECTION)[CAUSE], 2.5, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::RESTART)[CAUSE], 0.5, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::DETECTION)[OTHER], 0.25, 1e-12);
    EXPECT_NEAR(account.GetHours(JobUse::RESTART)[OTHER], 1, 1e-12);
    // Only what stops a job that runs interrupts it.
    EXPECT_EQ(account.GetInterruptions()[CAUSE], 1u);
    EXPECT_EQ(account.GetInterruptions()[OTHER], 0u);
    // 5.25 to 10: 4, and 0.75 of a checkpoint.
    EXPECT_NEAR(Sum(account, JobUse::USEFUL), 4, 1e-12);
    EXPECT_NEAR(Sum(account, JobUse::CHECKPOINT), 0.75, 1e-12);
}

TEST(JobAccount, EveryHourGoesSomewhereOnce)
{
    const UniformSource uniform = MakeUniform(3);
    JobAccount account({1.7, 0.2, 0.3});
    double nowH = 0;
    for (int i = 0; i < 100000; ++i)
    {
        nowH += uniform();
        account.AdvanceTo(nowH);
        const auto choice = static_cast<int>(4 * uniform());
        switch (choice)
        {
        case 0:
            account.SetCapacity(true, uniform(), OTHER);
            break;
        case 1:
            account.SetCapacity(false, 1, OTHER);
            account.Interrupt(CAUSE, uniform());
            break;
        case 2:
            account.SetCapacity(true, 1, FaultCause::NONE);
            break;
        default:
            account.StandStill(OTHER, uniform());
        }
    }
    account.Finish();
    double sumH = 0;
    for (uint8_t use = 0; use < JobUse::COUNT; ++use)
    {
        const double hours = Sum(account, static_cast<JobUse::Kind>(use));
        EXPECT_GT(hours, 0) << GetName(static_cast<JobUse::Kind>(use));
        sumH += hours;
    }
    EXPECT_NEAR(sumH / nowH, 1, 1e-12);
}

TEST(JobAccount, RefusesPlansThatCannotBe)
{
    ExpectRefused([] { JobAccount({0, 0, 0}); }, {"intervalH = 0"});
}

} // namespace
