/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"

#include "ns3/power-policy.h"

#include <gtest/gtest.h>
#include <random>

using namespace ns3::opticalfabric;

namespace
{

/// A module: off, asleep, idle, active.
const PartPowerSpec POWER{0.5, 1, 4, 6};

/// @return sleeps after 100 ps, wakes in 50 ps for 2e-9 J
PowerPolicySpec
GetSleep()
{
    PowerPolicySpec policy;
    policy.kind = PowerPolicy::SLEEP;
    policy.sleepAfterPs = 100;
    policy.wakePs = 50;
    policy.wakeEnergyJ = 2e-9;
    return policy;
}

/// @return a quarter, half and full rate; up in 10 ps, down after 40 ps; a fifth of idle is fixed
PowerPolicySpec
GetRates()
{
    PowerPolicySpec policy;
    policy.kind = PowerPolicy::RATE_ADAPTIVE;
    policy.rateSteps = {0.25, 0.5, 1};
    policy.rateChangePs = 10;
    policy.slowAfterPs = 40;
    policy.fixedShare = 0.2;
    return policy;
}

/**
 * @param wattPicoseconds energy, W ps
 * @return energy, J
 */
double
Joules(double wattPicoseconds)
{
    return wattPicoseconds * 1e-12;
}

TEST(PartPower, ByStateAndLoad)
{
    EXPECT_EQ(GetPartPowerW(POWER, PowerState::OFF, 1), 0.5);
    EXPECT_EQ(GetPartPowerW(POWER, PowerState::SLEEP, 1), 1);
    EXPECT_EQ(GetPartPowerW(POWER, PowerState::IDLE, 1), 4);
    EXPECT_EQ(GetPartPowerW(POWER, PowerState::ACTIVE, 0), 4);
    EXPECT_EQ(GetPartPowerW(POWER, PowerState::ACTIVE, 0.5), 5);
    EXPECT_EQ(GetPartPowerW(POWER, PowerState::ACTIVE, 1), 6);
    ExpectInvalid([] { GetPartPowerW(POWER, PowerState::ACTIVE, 1.5); }, {"load = 1.5", "0 to 1"});
    ExpectInvalid([] { GetPartPowerW(POWER, static_cast<PowerState::Kind>(9), 1); }, {"state = 9"});
    ModulePowerSpec module;
    module.offW = 0.7;
    module.idleW = 4.1;
    module.activeW = 4.3;
    EXPECT_EQ(GetPartPower(module).offW, 0.7);
    EXPECT_EQ(GetPartPower(module).sleepW, 0.7);
    EXPECT_EQ(GetPartPower(module).idleW, 4.1);
    EXPECT_EQ(GetPartPower(module).activeW, 4.3);
}

TEST(PartPower, Refusals)
{
    const ParameterCheck check("x");
    ExpectInvalid([&] { PartPowerSpec{-1, 1, 4, 6}.Validate(check); }, {"x: offW = -1"});
    ExpectInvalid(
        [&] {
            PartPowerSpec{2, 1, 4, 6}.Validate(check);
        },
        {"sleepW = 1", "allowed: 2, which is offW, to "});
    ExpectInvalid(
        [&] {
            PartPowerSpec{0, 5, 4, 6}.Validate(check);
        },
        {"idleW = 4", "allowed: 5, which is sleepW, to "});
    ExpectInvalid(
        [&] {
            PartPowerSpec{0, 1, 7, 6}.Validate(check);
        },
        {"activeW = 6", "allowed: 7, which is idleW, to "});
    ExpectInvalid([&] { PartPowerSpec{0, 1, 4, 2e6}.Validate(check); }, {"activeW = 2e+06"});
}

TEST(PowerChain, FansThenSuppliesThenBuilding)
{
    const PowerChain chain{0.1, 0.8, 1.5};
    EXPECT_DOUBLE_EQ(chain.GetFansW(1000), 100);
    EXPECT_DOUBLE_EQ(chain.GetInputW(1000), 1375);
    EXPECT_DOUBLE_EQ(chain.GetFacilityW(1375), 2062.5);
    EXPECT_EQ(PowerChain().GetInputW(1000), 1000);
    ExpectInvalid([&] { chain.GetInputW(-1); }, {"partsW = -1"});
    ExpectInvalid([&] { chain.GetFacilityW(-1); }, {"inputW = -1"});
    ExpectInvalid([] { PowerChain{1.5, 1, 1}.Validate(); }, {"fanShare = 1.5"});
    ExpectInvalid([] { PowerChain{0, 0, 1}.Validate(); }, {"supplyEfficiency = 0"});
    ExpectInvalid([] { PowerChain{0, 1, 0.9}.Validate(); }, {"pue = 0.9"});
}

TEST(ManagedPart, AlwaysOn)
{
    ManagedPart part(POWER, {});
    EXPECT_EQ(part.GetState(), PowerState::IDLE);
    EXPECT_EQ(part.GetPowerW(), 4);
    EXPECT_EQ(part.SetLoad(100, 1), 100u);
    EXPECT_EQ(part.GetState(), PowerState::ACTIVE);
    EXPECT_EQ(part.GetPowerW(), 6);
    part.SetLoad(150, 0.5);
    part.SetLoad(250, 0);
    EXPECT_EQ(part.GetNextChangePs(), ManagedPart::NEVER_PS);
    part.AdvanceTo(1000);
    EXPECT_EQ(part.GetState(), PowerState::IDLE);
    // 100 ps idle, 50 ps full, 100 ps half, 750 ps idle.
    EXPECT_DOUBLE_EQ(part.GetEnergyJ(), Joules(400 + 300 + 500 + 3000));
}

TEST(ManagedPart, SleepsAndWakes)
{
    ManagedPart part(POWER, GetSleep());
    EXPECT_EQ(part.GetNextChangePs(), 100u);
    EXPECT_EQ(part.SetLoad(60, 1), 60u);
    EXPECT_EQ(part.GetNextChangePs(), ManagedPart::NEVER_PS);
    part.SetLoad(80, 0);
    EXPECT_EQ(part.GetNextChangePs(), 180u);
    part.AdvanceTo(179);
    EXPECT_EQ(part.GetState(), PowerState::IDLE);
    part.AdvanceTo(300);
    EXPECT_EQ(part.GetState(), PowerState::SLEEP);
    EXPECT_EQ(part.GetPowerW(), 1);
    EXPECT_EQ(part.GetRateShare(), 0);
    EXPECT_EQ(part.GetAvailablePs(), 300u);
    // Traffic has to wait.
    EXPECT_EQ(part.SetLoad(400, 0.5), 450u);
    EXPECT_TRUE(part.IsWaking());
    EXPECT_EQ(part.GetState(), PowerState::SLEEP);
    EXPECT_EQ(part.GetPowerW(), 4);
    EXPECT_EQ(part.GetCarriedLoad(), 0);
    part.AdvanceTo(450);
    EXPECT_EQ(part.GetState(), PowerState::ACTIVE);
    EXPECT_EQ(part.GetPowerW(), 5);
    EXPECT_EQ(part.GetAvailablePs(), 450u);
    part.AdvanceTo(500);
    // Idle 60, full 20, idle 100, asleep 220, waking 50, half 50; and the wake-up.
    EXPECT_DOUBLE_EQ(part.GetEnergyJ(), Joules(240 + 120 + 400 + 220 + 200 + 250) + 2e-9);
}

TEST(ManagedPart, TrafficThatEndsBeforeItIsAwakeDoesNotStopIt)
{
    ManagedPart part(POWER, GetSleep());
    part.SetLoad(200, 1);
    part.SetLoad(210, 0);
    EXPECT_EQ(part.GetNextChangePs(), 250u);
    // Again traffic, and no second wake-up.
    EXPECT_EQ(part.SetLoad(220, 1), 250u);
    part.SetLoad(230, 0);
    part.AdvanceTo(250);
    EXPECT_EQ(part.GetState(), PowerState::IDLE);
    EXPECT_EQ(part.GetNextChangePs(), 350u);
    part.AdvanceTo(400);
    EXPECT_EQ(part.GetState(), PowerState::SLEEP);
    // Idle 100, asleep 100, waking 50, idle 100, asleep 50.
    EXPECT_DOUBLE_EQ(part.GetEnergyJ(), Joules(400 + 100 + 200 + 400 + 50) + 2e-9);
}

TEST(ManagedPart, WithoutDelaysItSleepsAndWakesAtOnce)
{
    PowerPolicySpec policy = GetSleep();
    policy.sleepAfterPs = 0;
    policy.wakePs = 0;
    ManagedPart part(POWER, policy);
    part.AdvanceTo(0);
    EXPECT_EQ(part.GetState(), PowerState::SLEEP);
    EXPECT_EQ(part.SetLoad(10, 1), 10u);
    EXPECT_EQ(part.GetState(), PowerState::ACTIVE);
    part.SetLoad(20, 0);
    EXPECT_EQ(part.GetState(), PowerState::SLEEP);
    part.AdvanceTo(30);
    EXPECT_DOUBLE_EQ(part.GetEnergyJ(), Joules(10 + 60 + 10) + 2e-9);
}

TEST(ManagedPart, AdaptsItsRate)
{
    ManagedPart part(POWER, GetRates());
    EXPECT_EQ(part.GetRateShare(), 1);
    EXPECT_EQ(part.GetPowerW(), 4);
    part.AdvanceTo(40);
    // Without traffic the lowest rate: a fifth of 4 W, and a quarter of the rest.
    EXPECT_EQ(part.GetRateShare(), 0.25);
    EXPECT_DOUBLE_EQ(part.GetPowerW(), 0.8 + 0.8);
    // What fits is carried at once.
    EXPECT_EQ(part.SetLoad(50, 0.25), 50u);
    EXPECT_DOUBLE_EQ(part.GetPowerW(), 1.6 + 0.5);
    // More only after the change; a change under way takes the rate needed at its end.
    EXPECT_EQ(part.SetLoad(60, 0.4), 70u);
    EXPECT_EQ(part.GetCarriedLoad(), 0.25);
    EXPECT_EQ(part.SetLoad(65, 0.9), 70u);
    part.AdvanceTo(70);
    EXPECT_EQ(part.GetRateShare(), 1);
    EXPECT_EQ(part.GetCarriedLoad(), 0.9);
    EXPECT_DOUBLE_EQ(part.GetPowerW(), 4 + 1.8);
    // Less load, then more again before the lower rate was taken: it stays.
    EXPECT_EQ(part.SetLoad(80, 0.5), 80u);
    EXPECT_EQ(part.GetNextChangePs(), 120u);
    part.SetLoad(100, 0.6);
    EXPECT_EQ(part.GetNextChangePs(), ManagedPart::NEVER_PS);
    part.SetLoad(110, 0.5);
    part.AdvanceTo(160);
    EXPECT_EQ(part.GetRateShare(), 0.5);
    EXPECT_DOUBLE_EQ(part.GetPowerW(), 0.8 + 1.6 + 1);
    // 40 full rate idle, 10 lowest idle, 20 at a quarter, 10 at 0.9, 20 at 0.5, 10 at 0.6, 40 at
    // 0.5 of the full rate, 10 at half rate.
    EXPECT_DOUBLE_EQ(part.GetEnergyJ(), Joules(160 + 16 + 42 + 58 + 100 + 52 + 200 + 34));
}

// It takes a lower rate at once if it may, but not before it has been told of its load.
TEST(ManagedPart, BeginsWithALoad)
{
    PowerPolicySpec policy = GetRates();
    policy.slowAfterPs = 0;
    ManagedPart idle(POWER, policy);
    idle.AdvanceTo(0);
    EXPECT_EQ(idle.GetRateShare(), 0.25);
    ManagedPart loaded(POWER, policy, 1);
    loaded.AdvanceTo(100);
    EXPECT_EQ(loaded.GetRateShare(), 1);
    EXPECT_EQ(loaded.SetLoad(100, 0.5), 100u);
    EXPECT_EQ(loaded.GetRateShare(), 0.5);
    ExpectInvalid([&] { ManagedPart(POWER, policy, 1.5); }, {"load = 1.5"});
}

TEST(ManagedPart, ALowerRateNeverDrawsLessThanSleep)
{
    PowerPolicySpec policy = GetRates();
    policy.rateSteps = {0.01, 1};
    policy.fixedShare = 0;
    ManagedPart part(POWER, policy);
    part.AdvanceTo(100);
    EXPECT_EQ(part.GetPowerW(), 1);
}

// Told often or seldom: it does the same.
TEST(ManagedPart, WhatItDoesDoesNotDependOnHowOftenItIsTold)
{
    for (const PowerPolicySpec& policy : {PowerPolicySpec(), GetSleep(), GetRates()})
    {
        ManagedPart often(POWER, policy);
        ManagedPart seldom(POWER, policy);
        std::mt19937_64 random(4);
        uint64_t atPs = 0;
        for (int i = 0; i < 2000; ++i)
        {
            const uint64_t nextPs = atPs + random() % 300;
            for (; atPs < nextPs; ++atPs)
            {
                often.AdvanceTo(atPs);
            }
            const double load = static_cast<double>(random() % 5) / 4;
            EXPECT_EQ(often.SetLoad(atPs, load), seldom.SetLoad(atPs, load));
            EXPECT_EQ(often.GetPowerW(), seldom.GetPowerW());
        }
        EXPECT_NEAR(often.GetEnergyJ() / seldom.GetEnergyJ(), 1, 1e-12);
    }
}

TEST(ManagedPart, Refusals)
{
    ManagedPart part(POWER, {});
    part.AdvanceTo(10);
    ExpectInvalid([&] { part.AdvanceTo(9); }, {"atPs = 9", "not before 10"});
    ExpectInvalid([&] { part.SetLoad(9, 0); }, {"atPs = 9"});
    ExpectInvalid([&] { part.SetLoad(10, 1.1); }, {"load = 1.1"});
    ExpectInvalid([] { ManagedPart({1, 0, 0, 0}, {}); }, {"managed part: sleepW = 0"});
    const auto refuse = [](auto change, const std::vector<std::string>& parts) {
        PowerPolicySpec policy;
        change(policy);
        ExpectInvalid([&] { ManagedPart(POWER, policy); }, parts);
    };
    using P = PowerPolicySpec;
    refuse([](P& p) { p.kind = static_cast<PowerPolicy::Kind>(3); }, {"kind = 3"});
    refuse([](P& p) { p.sleepAfterPs = MAX_POLICY_PS + 1; },
           {"sleepAfterPs = 1000000000000000001"});
    refuse([](P& p) { p.wakePs = UINT64_MAX; }, {"wakePs = "});
    refuse([](P& p) { p.wakeEnergyJ = -1; }, {"wakeEnergyJ = -1"});
    refuse([](P& p) { p.rateSteps = {}; }, {"rateSteps = none"});
    refuse([](P& p) { p.rateSteps = {0, 1}; }, {"rateSteps = 0"});
    refuse([](P& p) { p.rateSteps = {0.5, 0.5, 1}; }, {"rateSteps = 0.5"});
    refuse([](P& p) { p.rateSteps = {0.5, 0.9}; }, {"rateSteps = 0.9", "1 as the last"});
    refuse([](P& p) { p.rateSteps = {1.5}; }, {"rateSteps = 1.5"});
    refuse([](P& p) { p.rateChangePs = UINT64_MAX; }, {"rateChangePs = "});
    refuse([](P& p) { p.slowAfterPs = UINT64_MAX; }, {"slowAfterPs = "});
    refuse([](P& p) { p.fixedShare = 1.5; }, {"fixedShare = 1.5"});
    refuse([](P& p) { p.rateEpochPs = UINT64_MAX; }, {"rateEpochPs = "});
    refuse([](P& p) { p.rateTarget = 1; }, {"rateTarget = 1", "above 0, below 1"});
}

} // namespace
