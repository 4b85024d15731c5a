/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"

#include "ns3/campaign-inputs.h"
#include "ns3/catalog.h"
#include "ns3/input-ranges.h"
#include "ns3/job-plan.h"

#include <cmath>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param kind kind of component
 * @param name name of the mode
 * @param law how long one lives
 * @return the mode
 */
FailureMode
MakeMode(ComponentKind::Kind kind, const std::string& name, const LifetimeLaw& law)
{
    FailureMode mode;
    mode.name = name;
    mode.component = kind;
    mode.law = law;
    mode.repair.kind = RepairAction::SWAP;
    mode.repair.duration = DurationLaw::Uniform(0.5, 4);
    return mode;
}

/// @return ten accelerators of one failure a year, four processors of one in two, and modules
FaultInventory
MakeInventory()
{
    FaultInventory inventory;
    inventory.AddMode(
        MakeMode(ComponentKind::NPU, "npu", LifetimeLaw::ExponentialMtbf(HOURS_PER_YEAR)));
    inventory.AddMode(
        MakeMode(ComponentKind::CPU, "cpu", LifetimeLaw::ExponentialMtbf(2 * HOURS_PER_YEAR)));
    inventory.AddMode(MakeMode(ComponentKind::MODULE, "module", LifetimeLaw::ExponentialMtbf(100)));
    const auto add = [&inventory](ComponentKind::Kind kind, int count) {
        for (int i = 0; i < count; ++i)
        {
            InventoryComponent component;
            component.name = GetName(kind) + std::to_string(i);
            inventory.AddComponent(kind, component);
        }
    };
    add(ComponentKind::NPU, 10);
    add(ComponentKind::CPU, 4);
    add(ComponentKind::MODULE, 100);
    return inventory;
}

TEST(JobPlan, WhatStopsAcceleratorsInterrupts)
{
    EXPECT_TRUE(StopsAccelerators(ComponentKind::NPU));
    EXPECT_TRUE(StopsAccelerators(ComponentKind::POWER_FEED));
    EXPECT_FALSE(StopsAccelerators(ComponentKind::MODULE));
    EXPECT_FALSE(StopsAccelerators(ComponentKind::SWITCH_CHIP));
    const FaultInventory inventory = MakeInventory();
    EXPECT_NEAR(CountInterruptionsPerYear(inventory, 1, 43800), 12, 1e-9);
    EXPECT_NEAR(CountInterruptionsPerYear(inventory, 0.5, 43800), 6, 1e-9);
    EXPECT_EQ(CountInterruptionsPerYear(FaultInventory(), 1, 43800), 0);
    ExpectInvalid([&] { CountInterruptionsPerYear(inventory, 1.5, 1); }, {"jobShare = 1.5"});
    ExpectInvalid([&] { CountInterruptionsPerYear(inventory, 1, 0); }, {"horizonH = 0"});
}

TEST(JobPlan, LawsThatAgeCountAsOftenAsInTheHorizon)
{
    // Few laser-like parts wear out in five years: far fewer than one in a mean life.
    const LifetimeLaw law = LifetimeLaw::Lognormal(1e6, 0.95);
    FaultInventory inventory;
    inventory.AddMode(MakeMode(ComponentKind::NPU, "wear", law));
    InventoryComponent npu;
    npu.name = "npu";
    inventory.AddComponent(ComponentKind::NPU, npu);
    const double perYear = CountInterruptionsPerYear(inventory, 1, 5 * HOURS_PER_YEAR);
    EXPECT_NEAR(perYear, law.GetFailedShare(5 * HOURS_PER_YEAR) / 5, 1e-2 * perYear);
    EXPECT_LT(perYear, 0.03 * HOURS_PER_YEAR / law.GetMeanH());
}

TEST(JobPlan, ChecksAtDalysInterval)
{
    const InterruptionSpec spec{"job", {0.01, 0.02, 0.1}, {0.1, 0.2, 0.4}};
    const CheckpointPlan plan = PlanCheckpoints(spec, RangeCase::TYPICAL, 100);
    EXPECT_EQ(plan.writeH, 0.02);
    EXPECT_EQ(plan.restartH, 0.2);
    EXPECT_DOUBLE_EQ(plan.intervalH, GetDalyIntervalH(0.02, 87.6));
    EXPECT_EQ(PlanCheckpoints(spec, RangeCase::HIGH, 100).restartH, 0.4);
    EXPECT_EQ(PlanCheckpoints(spec, RangeCase::TYPICAL, 0).intervalH, HOURS_PER_YEAR);
    const InterruptionSpec instant{"job", {}, {}};
    EXPECT_GT(PlanCheckpoints(instant, RangeCase::TYPICAL, 100).intervalH, 0);
    ExpectInvalid([&] { PlanCheckpoints(spec, RangeCase::TYPICAL, -1); },
                  {"interruptionsPerYear = -1"});
}

TEST(JobPlan, CampaignInputsVaryOneMode)
{
    const FaultInventory varied = VaryMode(MakeInventory(), "npu", 2, 3);
    EXPECT_NEAR(CountInterruptionsPerYear(varied, 1, 43800), 22, 1e-9);
    const FailureMode& npu = varied.GetModes(ComponentKind::NPU)[0];
    EXPECT_DOUBLE_EQ(npu.repair.duration.GetMeanH(), 3 * 2.25);
    EXPECT_DOUBLE_EQ(npu.repair.duration.DrawH(1), 3 * 0.5); // the shortest
    EXPECT_EQ(varied.GetModes(ComponentKind::CPU)[0].repair.duration.GetMeanH(), 2.25);
    EXPECT_EQ(varied.GetComponents(ComponentKind::MODULE).size(), 100u);
    EXPECT_NEAR(CountInterruptionsPerYear(VaryMode(varied, "npu", 0, 1), 1, 43800), 2, 1e-9);
    ExpectInvalid([&] { VaryMode(varied, "npu", -1, 1); }, {"rate = -1"});
    ExpectInvalid([&] { VaryMode(varied, "npu", 1, -1); }, {"repair = -1"});
    // Checkpoints follow the rate.
    CampaignInputs inputs;
    inputs.inventory = MakeInventory();
    inputs.interruption = {"job", {0.01, 0.02, 0.1}, {0.1, 0.2, 0.4}};
    EXPECT_DOUBLE_EQ(inputs.PlanCheckpoints().intervalH,
                     GetDalyIntervalH(0.02, HOURS_PER_YEAR / 12));
    inputs.write = RangeCase::HIGH;
    EXPECT_DOUBLE_EQ(inputs.PlanCheckpoints().intervalH,
                     GetDalyIntervalH(0.1, HOURS_PER_YEAR / 12));
}

TEST(JobPlan, IntervalsOfCampaignsGoAroundTheirMeans)
{
    const Catalog catalog;
    CampaignInputs inputs;
    inputs.inventory = MakeInventory();
    inputs.interruption = {"job", {0.01, 0.02, 0.1}, {0.1, 0.2, 0.4}};
    const auto run = [](const CampaignInputs& varied) {
        const double perYear = CountInterruptionsPerYear(varied.inventory, 1, 43800);
        return std::vector<double>{perYear, 1 - perYear / 1000};
    };
    const std::vector<double> few = run(inputs);
    const auto alone = GetCampaignIntervals(catalog, inputs, {1e9, 1}, few, run);
    const ValueRange ofNpus = GetFactorRange(catalog, CatalogKind::FAILURE_MODE, "npu", "rate");
    const ValueRange ofCpus = GetFactorRange(catalog, CatalogKind::FAILURE_MODE, "cpu", "rate");
    EXPECT_EQ(alone[0].typical, few[0]);
    EXPECT_NEAR(alone[0].high,
                12 + std::hypot(10 * (ofNpus.high - 1), 2 * (ofCpus.high - 1)),
                1e-9);
    EXPECT_NEAR(alone[0].low, 12 - std::hypot(10 * (1 - ofNpus.low), 2 * (1 - ofCpus.low)), 1e-9);
    // More replications said one and a half times as many, and a little more time.
    const auto around = GetCampaignIntervals(catalog, inputs, {1e9, 1}, {18, 0.9999}, run);
    EXPECT_EQ(around[0].typical, 18);
    EXPECT_NEAR(around[0].low, 1.5 * alone[0].low, 1e-9);
    EXPECT_NEAR(around[0].high, 1.5 * alone[0].high, 1e-9);
    EXPECT_EQ(around[1].typical, 0.9999);
    EXPECT_LE(around[1].high, 1) << "a share";
}

} // namespace
