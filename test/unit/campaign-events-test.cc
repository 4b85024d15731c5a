/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-test.h"
#include "reliability-test.h"

#include "ns3/open-faults.h"

#include <gtest/gtest.h>
#include <numeric>

using namespace ns3::opticalfabric;

namespace
{

/*
 * Campaigns whose random numbers are all 1/2, so that everything happens at times known in advance.
 */

constexpr double LOG2 = 0.69314718055994530942;

/**
 * @param lifeH life of a new thing, h
 * @return exponential law that gives it
 */
LifetimeLaw
Lives(double lifeH)
{
    return LifetimeLaw::ExponentialMtbf(lifeH / LOG2);
}

/**
 * @param lifeH life of a new thing, h
 * @return a law with shape 2 that gives it: one that has an age
 */
LifetimeLaw
Ages(double lifeH)
{
    return LifetimeLaw::Weibull(2, lifeH / std::sqrt(LOG2));
}

/**
 * @param spec campaign
 * @return its only replication
 */
CampaignResult
RunByTheClock(CampaignSpec& spec)
{
    spec.replications = 1;
    return RunCampaign(spec,
                       IdealFabric(),
                       [](uint32_t) -> UniformStreams { return [](uint32_t) { return 0.5; }; })
        .results.front();
}

/**
 * @param repair what is done about contamination
 * @param stops whether contamination stops the module, too
 * @return a campaign of 100 h with a module that dies after 10 h and is swapped in 1 h, or is dirty
 *         after 15 h
 */
CampaignSpec
MakeTwoModes(const RepairAction& repair, bool stops)
{
    CampaignSpec spec;
    spec.inventory.AddMode(
        MakeDownMode("dead", ComponentKind::MODULE, Ages(10), DurationLaw::Constant(1)));
    FailureMode dirty =
        MakeDownMode("dirty", ComponentKind::MODULE, Ages(15), DurationLaw::Constant(1));
    dirty.repair = repair;
    if (!stops)
    {
        dirty.effect.kind = FailureEffect::EXTRA_LOSS;
        dirty.effect.lossDb = 3;
    }
    spec.inventory.AddMode(dirty);
    AddComponents(spec.inventory, ComponentKind::MODULE, 1);
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    spec.job.accelerators = 1;
    spec.horizonH = 100;
    return spec;
}

/**
 * @param kind kind of repair
 * @return one that takes 1 h
 */
RepairAction
MakeRepair(RepairAction::Kind kind)
{
    RepairAction repair;
    repair.kind = kind;
    repair.duration = DurationLaw::Constant(1);
    return repair;
}

constexpr uint32_t DEAD = FaultCause::Get(ComponentKind::MODULE, 0);
constexpr uint32_t DIRTY = FaultCause::Get(ComponentKind::MODULE, 1);

TEST(CampaignEvents, ASwapRenewsAllModes)
{
    // Dead at 10, 21, 32 ... 98, and never 15 h old.
    CampaignSpec spec = MakeTwoModes(MakeRepair(RepairAction::CLEAN), true);
    const CampaignResult result = RunByTheClock(spec);
    EXPECT_EQ(result.failures[DEAD], 9u);
    EXPECT_EQ(result.repairs[DEAD], 9u);
    EXPECT_EQ(result.failures[DIRTY], 0u);
    EXPECT_NEAR(result.crewH, 9, 1e-12);
}

TEST(CampaignEvents, OtherRepairsRenewOnlyTheirMode)
{
    // Now the other way round: dead after 15 h, and dirty, which stops it, after 10.
    CampaignSpec spec = MakeTwoModes(MakeRepair(RepairAction::CLEAN), true);
    FaultInventory inventory;
    FailureMode dead = spec.inventory.GetModes(ComponentKind::MODULE)[0];
    FailureMode dirty = spec.inventory.GetModes(ComponentKind::MODULE)[1];
    dead.law = Ages(15);
    dirty.law = Ages(10);
    for (const bool restoresAge : {true, false})
    {
        dirty.repair.restoresAge = restoresAge;
        spec.inventory = {};
        spec.inventory.AddMode(dead);
        spec.inventory.AddMode(dirty);
        AddComponents(spec.inventory, ComponentKind::MODULE, 1);
        AddComponents(spec.inventory, ComponentKind::NPU, 1);
        const CampaignResult result = RunByTheClock(spec);
        if (restoresAge)
        {
            // Dirty at 10, clean at 11; it does not age in between, so it dies at 16; new at 17:
            // a cycle of 17 h. 100 h: 5 cycles are 85, dirty at 95.
            EXPECT_EQ(result.failures[DEAD], 5u);
            EXPECT_EQ(result.failures[DIRTY], 6u);
        }
        else
        {
            // Dirty at age 10, then at sqrt(10^2 + 10^2) = 14.1, dead at 15: 18 h a cycle.
            EXPECT_EQ(result.failures[DEAD], 5u);
            EXPECT_EQ(result.failures[DIRTY], 10u);
        }
    }
}

TEST(CampaignEvents, ASwapThatDoesNotRestoreAgeRenewsNothing)
{
    CampaignSpec spec = MakeTwoModes(MakeRepair(RepairAction::CLEAN), true);
    FailureMode dead = spec.inventory.GetModes(ComponentKind::MODULE)[0];
    dead.repair.restoresAge = false;
    spec.inventory = {};
    spec.inventory.AddMode(dead);
    AddComponents(spec.inventory, ComponentKind::MODULE, 1);
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    spec.horizonH = 40;
    // Ages 10 sqrt(k): the k-th failure at 10 sqrt(k) + k - 1 < 40 h for k up to 9.
    EXPECT_EQ(RunByTheClock(spec).failures[DEAD], 9u);
}

TEST(CampaignEvents, WhatLeavesAComponentWorkingDoesNotStopItsClocks)
{
    // Dirty at 5 h, and for good: it dies at 10 h nevertheless, and that swap cleans it, too.
    CampaignSpec spec = MakeTwoModes({}, false);
    const FailureMode dead = spec.inventory.GetModes(ComponentKind::MODULE)[0];
    FailureMode dirty = spec.inventory.GetModes(ComponentKind::MODULE)[1];
    dirty.law = Ages(5);
    spec.inventory = {};
    spec.inventory.AddMode(dead);
    spec.inventory.AddMode(dirty);
    AddComponents(spec.inventory, ComponentKind::MODULE, 1);
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    spec.logsFaults = true;
    spec.replications = 1;
    spec.horizonH = 98.5;
    const CampaignReport report = RunCampaign(spec, IdealFabric(), [](uint32_t) -> UniformStreams {
        return [](uint32_t) { return 0.5; };
    });
    EXPECT_EQ(report.results.front().failures[DEAD], 9u);
    EXPECT_EQ(report.results.front().failures[DIRTY], 9u);
    const std::vector<Fault>& faults = report.faults.GetFaults();
    ASSERT_EQ(faults.size(), 18u);
    EXPECT_EQ(faults[0].mode, "dirty");
    EXPECT_EQ(faults[0].end, Fault::LASTS);
    EXPECT_NEAR(faults[0].time.GetH(), 5, 1e-9);
    EXPECT_NEAR(faults[0].lasts.GetH(), 6, 1e-9);
    EXPECT_NEAR(faults[1].time.GetH(), 10, 1e-9);
    // The last swap begins at 98 and is not done at the end.
    EXPECT_EQ(faults[17].end, Fault::UNTIL_REPAIRED);
}

TEST(CampaignEvents, ASwapUnderWayIsEnough)
{
    // Both are swaps: the second finds that a new module is on its way.
    RepairAction swap = MakeRepair(RepairAction::SWAP);
    swap.spare = "module";
    CampaignSpec spec = MakeTwoModes(swap, false);
    FailureMode dead = spec.inventory.GetModes(ComponentKind::MODULE)[0];
    FailureMode dirty = spec.inventory.GetModes(ComponentKind::MODULE)[1];
    dirty.law = Ages(9.5);
    spec.inventory = {};
    spec.inventory.AddMode(dead);
    spec.inventory.AddMode(dirty);
    AddComponents(spec.inventory, ComponentKind::MODULE, 1);
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    const CampaignResult result = RunByTheClock(spec);
    // Dirty at 9.5, dead at 10, new at 10.5: cycles of 10.5 h.
    EXPECT_EQ(result.failures[DIRTY], 10u - 1);
    EXPECT_EQ(result.failures[DEAD], 9u);
    EXPECT_EQ(result.repairs[DIRTY], 9u);
    EXPECT_EQ(result.repairs[DEAD], 0u);
    EXPECT_EQ(result.sparesUsed.at("module"), 9u);
}

/**
 * @return a campaign of 79 h: a power feed that fails after 20 h for 10 h carries a host that
 *         fails after 25 h for 10 h, which carries an accelerator
 */
CampaignSpec
MakeChain()
{
    CampaignSpec spec;
    FailureMode feed =
        MakeDownMode("feed", ComponentKind::POWER_FEED, Lives(20), DurationLaw::Constant(10));
    feed.repair.kind = RepairAction::TICKET;
    spec.inventory.AddMode(feed);
    spec.inventory.AddMode(
        MakeDownMode("host", ComponentKind::HOST, Lives(25), DurationLaw::Constant(10)));
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    spec.inventory.AddComponent(ComponentKind::HOST,
                                {"host-0", 0, 55, {{ComponentKind::NPU, "npu-0"}}});
    spec.inventory.AddComponent(ComponentKind::POWER_FEED,
                                {"feed-0", 0, 55, {{ComponentKind::HOST, "host-0"}}});
    spec.job.accelerators = 1;
    spec.horizonH = 79;
    return spec;
}

TEST(CampaignEvents, CarriersTakeAllAlongAndStopTheirClocks)
{
    CampaignSpec spec = MakeChain();
    const CampaignResult result = RunByTheClock(spec);
    // The feed fails at 20 and 50 for 10 h. The host has run 20 h until then and goes on at 30, so
    // it fails at 35, and is new at 45; runs 45 to 50 and from 60, so it would fail at 80.
    const uint32_t feed = FaultCause::Get(ComponentKind::POWER_FEED, 0);
    const uint32_t host = FaultCause::Get(ComponentKind::HOST, 0);
    EXPECT_EQ(result.failures[feed], 2u);
    EXPECT_EQ(result.failures[host], 1u);
    EXPECT_EQ(result.outages[feed], 2u);
    EXPECT_EQ(result.outages[host], 1u);
    EXPECT_NEAR(result.capableH, 20 + 5 + 5 + 19, 1e-9);
}

TEST(CampaignEvents, NestedFaultsCount)
{
    // A link through two modules, at ages such that their faults overlap: 10 to 13 and 12 to 15.
    CampaignSpec spec;
    FailureMode mode =
        MakeDownMode("module", ComponentKind::MODULE, Ages(20), DurationLaw::Constant(3));
    spec.inventory.AddMode(mode);
    AddComponents(spec.inventory, ComponentKind::LINK, 1);
    // Both have 10 h and 12 h left: sqrt(age^2 + 20^2) - age.
    for (const double leftH : {10.0, 12.0})
    {
        const double ageH = (400 - leftH * leftH) / (2 * leftH);
        spec.inventory.AddComponent(ComponentKind::MODULE,
                                    {"module-" + std::to_string(static_cast<int>(leftH)),
                                     ageH,
                                     55,
                                     {{ComponentKind::LINK, "link-0"}}});
    }
    const CampaignFleet fleet(spec.inventory);
    ComponentClocks clocks(
        fleet,
        [](uint32_t) { return 0.5; },
        100);
    std::vector<std::pair<uint32_t, bool>> changes;
    OpenFaults faults(fleet, clocks, [&](uint32_t component, bool works) {
        changes.emplace_back(component, works);
    });
    EXPECT_NEAR(clocks.GetNextH(), 10, 1e-9);
    const FailureEffect down;
    const uint64_t first = faults.Begin(clocks.TakeNext(), down, 10);
    EXPECT_NEAR(clocks.GetNextH(), 12, 1e-9);
    const uint64_t second = faults.Begin(clocks.TakeNext(), down, 12);
    const uint32_t link = fleet.GetFirst(ComponentKind::LINK);
    EXPECT_FALSE(clocks.IsWorking(link));
    EXPECT_EQ(faults.GetDegraded().size(), 3u);
    EXPECT_EQ(faults.GetDegradedBy(first).size(), 2u);
    faults.End(first, 13);
    EXPECT_FALSE(clocks.IsWorking(link));
    EXPECT_EQ(faults.Find(first), nullptr);
    EXPECT_NE(faults.Find(second), nullptr);
    faults.End(second, 15);
    EXPECT_TRUE(clocks.IsWorking(link));
    EXPECT_TRUE(faults.GetDegraded().empty());
    const uint32_t modules = fleet.GetFirst(ComponentKind::MODULE);
    const std::vector<std::pair<uint32_t, bool>> expected{{modules, false},
                                                          {link, false},
                                                          {modules + 1, false},
                                                          {modules, true},
                                                          {modules + 1, true},
                                                          {link, true}};
    EXPECT_EQ(changes, expected);
}

TEST(CampaignEvents, DamageAddsUp)
{
    // A link with a dirty connector and two dark lanes.
    FaultInventory inventory;
    FailureMode lane =
        MakeDownMode("laser", ComponentKind::LANE, Lives(10), DurationLaw::Constant(1));
    inventory.AddMode(lane);
    FailureMode dirt =
        MakeDownMode("dirt", ComponentKind::CONNECTOR, Lives(20), DurationLaw::Constant(1));
    dirt.effect.kind = FailureEffect::EXTRA_LOSS;
    dirt.effect.lossDb = 2;
    inventory.AddMode(dirt);
    AddComponents(inventory, ComponentKind::LINK, 1);
    const std::vector<FaultDependent> link{{ComponentKind::LINK, "link-0"}};
    inventory.AddComponent(ComponentKind::LANE, {"lane-0", 0, 55, link});
    inventory.AddComponent(ComponentKind::LANE, {"lane-1", 0, 55, link});
    inventory.AddComponent(ComponentKind::CONNECTOR, {"connector-0", 0, 55, link});
    const CampaignFleet fleet(inventory);
    ComponentClocks clocks(
        fleet,
        [](uint32_t) { return 0.5; },
        100);
    OpenFaults faults(fleet, clocks, [](uint32_t, bool) {});
    for (const FailureEffect& effect : {lane.effect, lane.effect, dirt.effect})
    {
        faults.Begin(clocks.TakeNext(), effect, 10);
    }
    const std::vector<DegradedComponent>& degraded = faults.GetDegraded();
    ASSERT_EQ(degraded.size(), 4u);
    EXPECT_TRUE(degraded[0].isDown);
    EXPECT_EQ(degraded[0].kind, ComponentKind::LANE);
    EXPECT_EQ(degraded[2].kind, ComponentKind::CONNECTOR);
    EXPECT_EQ(degraded[3].kind, ComponentKind::LINK);
    EXPECT_FALSE(degraded[3].isDown);
    EXPECT_EQ(degraded[3].lanesLost, 2u);
    EXPECT_EQ(degraded[3].lossDb, 2);
    // The link still works, so its clocks run.
    EXPECT_TRUE(clocks.IsWorking(fleet.GetFirst(ComponentKind::LINK)));
}

TEST(CampaignEvents, ALaneIsLoggedAsALaneOfItsLink)
{
    CampaignSpec spec;
    spec.inventory.AddMode(
        MakeDownMode("laser", ComponentKind::LANE, Lives(10), DurationLaw::Constant(1)));
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    AddComponents(spec.inventory, ComponentKind::LINK, 1);
    const std::vector<FaultDependent> link{{ComponentKind::LINK, "link-0"}};
    spec.inventory.AddComponent(ComponentKind::LANE, {"lane-0", 0, 55, link});
    spec.job.accelerators = 1;
    spec.horizonH = 15;
    spec.logsFaults = true;
    spec.replications = 1;
    const CampaignReport report = RunCampaign(spec, IdealFabric(), [](uint32_t) -> UniformStreams {
        return [](uint32_t) { return 0.5; };
    });
    ASSERT_EQ(report.faults.GetFaults().size(), 1u);
    const Fault& fault = report.faults.GetFaults().front();
    EXPECT_EQ(fault.kind, ComponentKind::LINK);
    EXPECT_EQ(fault.component, "link-0");
    EXPECT_EQ(fault.effect.Write(), "lanes-lost lanes=1");
    EXPECT_EQ(fault.cause, "lane lane-0");
    EXPECT_EQ(fault.mode, "laser");
}

/**
 * @param hasCarrier whether the inventory says that lanes are parts of the module
 * @return failures and repairs in 100 h of two lanes that die after 10 h, and of a module that dies
 *         after 12; each is swapped in 1 h
 */
CampaignResult
RunModuleOfTwoLanes(bool hasCarrier)
{
    CampaignSpec spec;
    spec.inventory.AddMode(
        MakeDownMode("laser", ComponentKind::LANE, Ages(10), DurationLaw::Constant(1)));
    spec.inventory.AddMode(
        MakeDownMode("module", ComponentKind::MODULE, Ages(12), DurationLaw::Constant(1)));
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    AddComponents(spec.inventory, ComponentKind::MODULE, 1);
    for (uint32_t i = 0; i < 2; ++i)
    {
        InventoryComponent lane;
        lane.name = "lane-" + std::to_string(i);
        if (hasCarrier)
        {
            lane.carrier = {ComponentKind::MODULE, "module-0"};
        }
        spec.inventory.AddComponent(ComponentKind::LANE, lane);
    }
    spec.job.accelerators = 1;
    spec.horizonH = 100;
    return RunByTheClock(spec);
}

TEST(CampaignEvents, ASwapOfALaneIsASwapOfItsModule)
{
    const uint32_t laser = FaultCause::Get(ComponentKind::LANE, 0);
    const uint32_t module = FaultCause::Get(ComponentKind::MODULE, 0);
    // Lanes at 10, 21, 32 ... 98, both each time; the module at 12, 25, 38 ... 90.
    const CampaignResult alone = RunModuleOfTwoLanes(false);
    EXPECT_EQ(alone.failures[laser], 18u);
    EXPECT_EQ(alone.repairs[laser], 18u);
    EXPECT_EQ(alone.failures[module], 7u);
    // One new module at a time, and none gets to be 12 h old.
    const CampaignResult carried = RunModuleOfTwoLanes(true);
    EXPECT_EQ(carried.failures[laser], 18u);
    EXPECT_EQ(carried.repairs[laser], 9u);
    EXPECT_EQ(carried.failures[module], 0u);
}

TEST(CampaignEvents, ASpareAcceleratorTakesOver)
{
    // Two of three are needed; one has 10 h left, the others 60 h and more. Repairs take 30 h.
    CampaignSpec spec;
    FailureMode mode = MakeDownMode("npu", ComponentKind::NPU, Ages(70), DurationLaw::Constant(30));
    mode.detection = DurationLaw::Constant(0.25);
    spec.inventory.AddMode(mode);
    for (const double leftH : {10.0, 60.0, 20.0})
    {
        const double ageH = (70 * 70 - leftH * leftH) / (2 * leftH);
        spec.inventory.AddComponent(
            ComponentKind::NPU,
            {"npu-" + std::to_string(static_cast<int>(leftH)), ageH, 55, {}});
    }
    spec.job.accelerators = 2;
    spec.job.checkpoint = {4, 0, 0.5};
    spec.horizonH = 50;
    const CampaignResult result = RunByTheClock(spec);
    const uint32_t npu = FaultCause::Get(ComponentKind::NPU, 0);
    // At 10 the spare comes in: rework 2 h, detection, restart. At 20 that fails, too, 1.25 h after
    // a checkpoint at 18.75: detection, waiting until the first is repaired at 40.25, restart.
    EXPECT_EQ(result.interruptions[npu], 2u);
    EXPECT_EQ(CampaignResult::Sum(result.outages), 1u);
    EXPECT_NEAR(result.jobH[JobUse::REWORK][npu], 2 + 1.25, 1e-6);
    EXPECT_NEAR(result.jobH[JobUse::DETECTION][npu], 0.5, 1e-6);
    EXPECT_NEAR(result.jobH[JobUse::WAITING][npu], 20, 1e-6);
    EXPECT_NEAR(result.jobH[JobUse::RESTART][npu], 1, 1e-6);
    EXPECT_NEAR(result.capableH, 50 - 20.25, 1e-6);
}

TEST(CampaignEvents, OnlyAcceleratorsOfTheJobInterruptIt)
{
    // Two of five are needed, the first two at the begin. At 10 h the first stops and the third
    // takes over; at 15 the fourth stops, which is a spare; at 20 the third.
    CampaignSpec spec;
    spec.inventory.AddMode(
        MakeDownMode("npu", ComponentKind::NPU, Ages(70), DurationLaw::Constant(30)));
    uint32_t number = 0;
    for (const double leftH : {10.0, 60.0, 20.0, 15.0, 60.0})
    {
        const double ageH = (70 * 70 - leftH * leftH) / (2 * leftH);
        spec.inventory.AddComponent(ComponentKind::NPU,
                                    {"npu-" + std::to_string(number++), ageH, 55, {}});
    }
    spec.job.accelerators = 2;
    spec.horizonH = 39;
    const CampaignResult result = RunByTheClock(spec);
    EXPECT_EQ(CampaignResult::Sum(result.failures), 3u);
    EXPECT_EQ(CampaignResult::Sum(result.interruptions), 2u);
    EXPECT_EQ(CampaignResult::Sum(result.outages), 0u);
}

/// A fabric of links, of which each that is down cuts off an accelerator.
class CuttingFabric : public IdealFabric
{
  public:
    StateSignature Describe(const std::vector<DegradedComponent>& degraded) const override
    {
        uint32_t links = 0;
        for (const DegradedComponent& component : degraded)
        {
            links += component.kind == ComponentKind::LINK ? 1 : 0;
        }
        return links > 0 ? StateSignature{links} : StateSignature{};
    }

    FabricVerdict Assess(const std::vector<DegradedComponent>&,
                         const StateSignature& signature) const override
    {
        return {0.5, signature.front()};
    }
};

TEST(CampaignEvents, AcceleratorsThatAreCutOffAreNotThere)
{
    // One of three accelerators may be cut off: at 10 h for 4 h, and from 12 h for 4 h another.
    CampaignSpec spec;
    spec.inventory.AddMode(
        MakeDownMode("link", ComponentKind::LINK, Ages(90), DurationLaw::Constant(4)));
    AddComponents(spec.inventory, ComponentKind::NPU, 3);
    for (const double leftH : {10.0, 12.0})
    {
        const double ageH = (90 * 90 - leftH * leftH) / (2 * leftH);
        spec.inventory.AddComponent(
            ComponentKind::LINK,
            {"link-" + std::to_string(static_cast<int>(leftH)), ageH, 55, {}});
    }
    spec.job.accelerators = 2;
    spec.job.checkpoint = {1000, 0, 1};
    spec.horizonH = 30;
    spec.replications = 1;
    const CampaignResult result =
        RunCampaign(spec, CuttingFabric(), [](uint32_t) -> UniformStreams {
            return [](uint32_t) { return 0.5; };
        }).results.front();
    const uint32_t link = FaultCause::Get(ComponentKind::LINK, 0);
    // 10 h are lost; restart until 11; 11 to 12 at half speed, lost; 12 to 14 waiting, restart
    // until 15; 15 to 16 at half speed, then 14 h.
    EXPECT_EQ(result.interruptions[link], 2u);
    EXPECT_EQ(result.outages[link], 1u);
    EXPECT_NEAR(result.jobH[JobUse::REWORK][link], 10 + 1, 1e-6);
    EXPECT_NEAR(result.jobH[JobUse::RESTART][link], 2, 1e-6);
    EXPECT_NEAR(result.jobH[JobUse::WAITING][link], 2, 1e-6);
    EXPECT_NEAR(result.jobH[JobUse::SLOWED][link], 0.5, 1e-6);
    EXPECT_NEAR(result.GetJobH(JobUse::USEFUL), 14.5, 1e-6);
    ASSERT_EQ(result.states.size(), 3u);
    EXPECT_EQ(result.states[1].visits, 2u);
    EXPECT_NEAR(result.states[1].hours, 4, 1e-6);
    EXPECT_NEAR(result.states[2].hours, 2, 1e-6);
}

TEST(CampaignEvents, FaultsThatNobodyRepairsStay)
{
    RepairAction none;
    CampaignSpec spec = MakeTwoModes(none, true);
    FailureMode dirty = spec.inventory.GetModes(ComponentKind::MODULE)[1];
    spec.inventory = {};
    spec.inventory.AddMode(dirty);
    AddComponents(spec.inventory, ComponentKind::MODULE, 2);
    AddComponents(spec.inventory, ComponentKind::NPU, 1);
    const CampaignResult result = RunByTheClock(spec);
    EXPECT_EQ(CampaignResult::Sum(result.failures), 2u);
    EXPECT_EQ(CampaignResult::Sum(result.repairs), 0u);
}

} // namespace
