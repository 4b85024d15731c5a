/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-test.h"
#include "reliability-test.h"

#include "ns3/catalog.h"
#include "ns3/tolerance-comparison.h"
#include "ns3/two-tier-degradation.h"

#include <gtest/gtest.h>
#include <limits>

using namespace ns3::opticalfabric;

namespace
{

const TwoTierShape SMALL{8, 3, 4, 2, 4, 2};

/// @param inventory has modules with two links of four lanes each, and gets the lanes
void
AddLanes(FaultInventory& inventory)
{
    const std::vector<InventoryComponent> modules = inventory.GetComponents(ComponentKind::MODULE);
    for (const InventoryComponent& module : modules)
    {
        for (uint32_t i = 0; i < 4 * module.dependents.size(); ++i)
        {
            InventoryComponent lane = module;
            lane.name += "/lane-" + std::to_string(i);
            lane.dependents = {module.dependents[i / 4]};
            lane.carrier = FaultDependent{ComponentKind::MODULE, module.name};
            inventory.AddComponent(ComponentKind::LANE, lane);
        }
    }
}

/// @return a year of a small fleet whose links flap and whose lanes fail, often
CampaignSpec
MakeSpec()
{
    const Catalog catalog;
    CampaignSpec spec;
    AddTwoTierComponents(SMALL, 55, spec.inventory);
    AddLanes(spec.inventory);
    for (const char* name : {"flap-burst", "lane-failure", "npu", "switch-chip"})
    {
        FailureMode mode = *catalog.GetFailureMode(name);
        mode.law = LifetimeLaw::ExponentialMtbf(mode.name == "flap-burst" ? 20000 : 100000);
        spec.inventory.AddMode(mode);
    }
    spec.job.accelerators = 14;
    spec.job.checkpoint = {1, 0.02, 0.17};
    spec.horizonH = HOURS_PER_YEAR;
    spec.replications = 30;
    spec.threads = 2;
    spec.confidence = 0.99;
    return spec;
}

/// Makes models of the small fleet.
std::shared_ptr<const DegradationModel>
MakeModel(const FaultTolerance& tolerance)
{
    return std::make_shared<const TwoTierDegradation>(SMALL, TwoTierJob{0.3, 3}, tolerance);
}

/// @return all variants for the small fleet
std::vector<ToleranceVariant>
MakeVariants()
{
    return MakeToleranceVariants(MakeSpec().job, 16, {0, 1, 2, 4}, MakeModel);
}

/**
 * @param interval an interval
 * @return whether it is all below 0
 */
bool
IsBelowZero(const MeanInterval& interval)
{
    return interval.mean + interval.halfWidth < 0;
}

/**
 * @param figures figures
 * @return all numbers in them
 */
std::vector<double>
List(const ToleranceFigures& figures)
{
    std::vector<double> numbers;
    for (const MeanInterval& interval : {figures.jobAvailability,
                                         figures.interruptionsPerYear,
                                         figures.goodput,
                                         figures.fleetGoodput,
                                         figures.lostNpuHPerYear})
    {
        numbers.push_back(interval.mean);
        numbers.push_back(interval.halfWidth);
    }
    return numbers;
}

TEST(ToleranceComparison, VariantsTakeOneAwayAtATime)
{
    std::vector<FaultTolerance> asked;
    const auto variants =
        MakeToleranceVariants(MakeSpec().job, 16, {4, 0, 2, 4}, [&](const FaultTolerance& t) {
            asked.push_back(t);
            return MakeModel(t);
        });
    std::vector<std::string> names;
    std::vector<uint32_t> needed;
    for (const ToleranceVariant& variant : variants)
    {
        names.push_back(variant.name);
        needed.push_back(variant.job.accelerators);
        EXPECT_EQ(variant.fabric->RetriesPaths(), asked[names.size() - 1].retry) << variant.name;
        EXPECT_EQ(variant.job.checkpoint.writeH, 0.02);
    }
    EXPECT_EQ(names,
              (std::vector<std::string>{"everything, spare NPUs: 2",
                                        "without retry",
                                        "without lane down-shift",
                                        "without sub-plane loss",
                                        "without path borrowing",
                                        "without path borrowing, sub-plane loss",
                                        "everything, spare NPUs: 0",
                                        "everything, spare NPUs: 4",
                                        "nothing, and no spare NPUs"}));
    EXPECT_EQ(needed, (std::vector<uint32_t>{14, 14, 14, 14, 14, 14, 16, 12, 16}));
    EXPECT_FALSE(asked[2].laneDownShift);
    EXPECT_TRUE(asked[2].retry && asked[2].pathBorrowing && asked[2].subPlaneLoss);
    EXPECT_TRUE(asked[4].subPlaneLoss && !asked[4].pathBorrowing);
    EXPECT_FALSE(asked[5].subPlaneLoss || asked[5].pathBorrowing);
    EXPECT_FALSE(asked[8].retry || asked[8].laneDownShift);
}

TEST(ToleranceComparison, AVariantDiffersFromItselfByNothing)
{
    const std::vector<ToleranceVariant> variants = MakeVariants();
    const ToleranceComparison comparison =
        CompareTolerances(MakeSpec(), {variants[0], variants[0]}, MakeReplicationStreams(1));
    ASSERT_EQ(comparison.variants.size(), 2u);
    for (const ToleranceReport& report : comparison.variants)
    {
        EXPECT_EQ(List(report.difference), std::vector<double>(10, 0));
        EXPECT_EQ(List(report.figures), List(comparison.variants[0].figures));
        EXPECT_GT(report.figures.goodput.halfWidth, 0);
    }
}

TEST(ToleranceComparison, AJobThatIsInterruptedMoreOftenKeepsItsWorkMoreOften)
{
    const std::vector<ToleranceVariant> variants = MakeVariants();
    std::vector<double> asked;
    const CheckpointPlanner plan = [&asked](double interruptionsPerYear) {
        asked.push_back(interruptionsPerYear);
        CheckpointPlan planned{GetDalyIntervalH(0.02, HOURS_PER_YEAR / interruptionsPerYear), 0.02};
        planned.restartH = 0.17;
        return planned;
    };
    const auto reports =
        CompareTolerances(MakeSpec(), {variants[0], variants[1]}, MakeReplicationStreams(1), plan)
            .variants;
    const auto fixed =
        CompareTolerances(MakeSpec(), {variants[0], variants[1]}, MakeReplicationStreams(1))
            .variants;
    ASSERT_EQ(asked.size(), 1u) << "the first has its own";
    EXPECT_NEAR(asked[0] * reports[1].jobMtbfH.mean / HOURS_PER_YEAR, 1, 0.2);
    EXPECT_EQ(reports[1].checkpoint.intervalH, GetDalyIntervalH(0.02, HOURS_PER_YEAR / asked[0]));
    EXPECT_EQ(reports[0].checkpoint.intervalH, variants[0].job.checkpoint.intervalH);
    EXPECT_EQ(fixed[1].checkpoint.intervalH, variants[1].job.checkpoint.intervalH);
    EXPECT_GT(reports[1].figures.goodput.mean, fixed[1].figures.goodput.mean) << "it is planned";
}

TEST(ToleranceComparison, EachToleranceSavesSomething)
{
    std::vector<std::string> told;
    const ToleranceComparison comparison =
        CompareTolerances(MakeSpec(),
                          MakeVariants(),
                          MakeReplicationStreams(2),
                          {},
                          [&](const std::string& name, std::size_t done, std::size_t all) {
                              EXPECT_EQ(done, told.size());
                              EXPECT_EQ(all, 10u);
                              told.push_back(name);
                          });
    ASSERT_EQ(comparison.variants.size(), told.size());
    std::map<std::string, ToleranceReport> by;
    for (const ToleranceReport& report : comparison.variants)
    {
        by[report.name] = report;
    }
    const ToleranceReport& everything = comparison.variants[0];
    for (const char* name : {"without retry",
                             "without lane down-shift",
                             "without path borrowing",
                             "without path borrowing, sub-plane loss",
                             "everything, spare NPUs: 0",
                             "nothing, and no spare NPUs"})
    {
        ASSERT_EQ(by.count(name), 1u) << name;
        EXPECT_TRUE(IsBelowZero(by[name].difference.goodput)) << name;
    }
    // Path borrowing leaves sub-plane loss nothing to do.
    EXPECT_EQ(List(by["without sub-plane loss"].difference), std::vector<double>(10, 0));
    EXPECT_LT(by["without path borrowing, sub-plane loss"].figures.goodput.mean,
              by["without path borrowing"].figures.goodput.mean);
    // A path fault without retry is an interruption: 96 links, each with a burst in 20,000 h.
    EXPECT_GT(by["without retry"].difference.interruptionsPerYear.mean,
              0.9 * 96 * HOURS_PER_YEAR / 20000);
    EXPECT_LT(by["without retry"].jobMtbfH.mean, everything.jobMtbfH.mean / 5);
    // The interval is much narrower than that of a difference between other replications.
    const ToleranceReport& lanes = by["without lane down-shift"];
    const double unpaired =
        std::hypot(lanes.figures.goodput.halfWidth, everything.figures.goodput.halfWidth);
    EXPECT_LT(lanes.difference.goodput.halfWidth, unpaired / 4);
    EXPECT_NEAR(lanes.difference.goodput.mean,
                lanes.figures.goodput.mean - everything.figures.goodput.mean,
                1e-12);
}

TEST(ToleranceComparison, FiguresAreThoseOfTheCampaign)
{
    const CampaignSpec spec = MakeSpec();
    const std::vector<ToleranceVariant> variants = MakeVariants();
    const ToleranceReport compared =
        CompareTolerances(spec, {variants[0]}, MakeReplicationStreams(3)).variants[0];
    const CampaignReport report = RunCampaign(spec, *variants[0].fabric, MakeReplicationStreams(3));
    EXPECT_EQ(compared.figures.goodput.mean, report.goodput.mean);
    EXPECT_EQ(compared.figures.goodput.halfWidth, report.goodput.halfWidth);
    EXPECT_EQ(compared.figures.jobAvailability.mean, report.jobAvailability.mean);
    EXPECT_EQ(compared.figures.fleetGoodput.mean, report.fleetGoodput.mean);
    EXPECT_EQ(compared.jobMtbfH.mean, report.jobMtbfH.mean);
    EXPECT_EQ(compared.accelerators, 14u);
    double usedH = 0;
    for (const auto use : {JobUse::USEFUL, JobUse::CHECKPOINT})
    {
        usedH += report.npuHPerYear[use].mean;
    }
    EXPECT_NEAR(compared.figures.lostNpuHPerYear.mean, 14 * HOURS_PER_YEAR - usedH, 1e-6);
}

TEST(ToleranceComparison, ThreadsMakeNoDifference)
{
    CampaignSpec spec = MakeSpec();
    std::vector<std::vector<double>> first;
    for (const uint32_t threads : {1, 2, 5})
    {
        spec.threads = threads;
        std::vector<std::vector<double>> lists;
        for (const ToleranceReport& report :
             CompareTolerances(spec, MakeVariants(), MakeReplicationStreams(4)).variants)
        {
            lists.push_back(List(report.figures));
            lists.push_back(List(report.difference));
        }
        first = first.empty() ? lists : first;
        EXPECT_EQ(lists, first) << threads;
    }
}

TEST(ToleranceComparison, TableByHand)
{
    ToleranceComparison comparison;
    comparison.confidence = 0.95;
    comparison.horizonH = 2 * HOURS_PER_YEAR;
    comparison.replications = 10;
    comparison.accelerators = 384;
    ToleranceReport all;
    all.name = "all";
    all.accelerators = 376;
    all.checkpoint.intervalH = 2.81;
    constexpr double INFINITE = std::numeric_limits<double>::infinity();
    all.jobMtbfH = {INFINITE, 1234.4, INFINITE, 0};
    all.figures = {{0.99910, 1e-5}, {44, 1}, {0.97697, 1e-5}, {0.95659, 1e-5}, {11484.4, 10}};
    ToleranceReport none = all;
    none.name = "none";
    none.checkpoint.intervalH = 0.458;
    none.jobMtbfH = {5.49, 5.48, 5.5, 19};
    none.difference.goodput = {-0.1123, 0.00022};
    none.difference.lostNpuHPerYear = {25.93, 123.4};
    comparison.variants = {all, none};
    const std::string text = WriteToleranceComparison(comparison, 2);
    EXPECT_EQ(text.substr(0, text.find("  keeps      hours")),
              "tolerance of faults  NPUs  keeps  available  goodput  useful\n"
              "                               h          %        %   % all\n"
              "all                   376    2.8     99.910   97.697   95.66\n"
              "none                  376   0.46     99.910   97.697   95.66\n"
              "\n"
              "tolerance of faults    MTBF        lost       lost\n"
              "                          h  NPU h/year  kUSD/year\n"
              "all                  > 1234       11484       23.0\n"
              "none                   5.5*       11484       23.0\n"
              "\n"
              "tolerance of faults      more goodput   more lost\n"
              "                               points  NPU h/year\n"
              "all                                 0           0\n"
              "none                 -11.230 +- 0.022  +26 +- 123\n"
              "\n"
              "Every row: 10 times 2 years of 384 NPUs, the same faults at the same times.\n");
    const std::string few = "  *          rests on fewer than 20 interruptions; > 95 % limit, none";
    EXPECT_NE(text.find(few), std::string::npos) << text;
    EXPECT_EQ(WriteToleranceComparison(comparison).find("kUSD"), std::string::npos);
    comparison.variants.pop_back();
    comparison.variants.front().jobMtbfH.events = 20;
    EXPECT_EQ(WriteToleranceComparison(comparison).find('*'), std::string::npos);
}

TEST(ToleranceComparison, Refusals)
{
    const CampaignSpec spec = MakeSpec();
    const ReplicationStreams streams = MakeReplicationStreams(5);
    std::vector<ToleranceVariant> variants = MakeVariants();
    ExpectRefused([&] { CompareTolerances(spec, {}, streams); }, {"variants = 0"});
    variants[1].name.clear();
    ExpectRefused([&] { CompareTolerances(spec, variants, streams); }, {"name = \"\""});
    variants[1].name = "odd";
    variants[1].fabric = nullptr;
    ExpectRefused([&] { CompareTolerances(spec, variants, streams); }, {"fabric = null", "odd"});
    const auto make = [&](uint32_t accelerators, uint32_t spares) {
        MakeToleranceVariants(spec.job, accelerators, {spares}, MakeModel);
    };
    ExpectRefused([&] { make(13, 0); }, {"job.accelerators = 14", "1 to 13"});
    ExpectRefused([&] { make(16, 16); }, {"spares = 16", "0 to 15"});
    ExpectRefused([] { WriteToleranceComparison({}, -1); }, {"npuHourUsd = -1"});
}

} // namespace
