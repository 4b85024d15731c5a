/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-test.h"

#include "reliability-test.h"

#include "ns3/availability.h"
#include "ns3/campaign-report.h"
#include "ns3/poisson-interval.h"
#include "ns3/renewal-function.h"
#include "ns3/two-tier-degradation.h"

#include <gtest/gtest.h>
#include <numeric>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param shape Weibull shape
 * @param meanH mean, h
 * @return law
 */
LifetimeLaw
MakeWeibull(double shape, double meanH)
{
    return LifetimeLaw::Weibull(shape, meanH / std::tgamma(1 + 1 / shape));
}

/**
 * @return a CloudMatrix384 of accelerators, modules that fail, and links that flap, for a year
 */
CampaignSpec
MakeCloudMatrix()
{
    CampaignSpec spec;
    FailureMode module = MakeDownMode("module",
                                      ComponentKind::MODULE,
                                      LifetimeLaw::ExponentialFit(719),
                                      DurationLaw::Uniform(0.5, 4));
    module.repair.spare = "module";
    module.detection = DurationLaw::Constant(30.0 / 3600);
    spec.inventory.AddMode(module);
    spec.inventory.AddMode(MakeDownMode("switch-chip",
                                        ComponentKind::SWITCH_CHIP,
                                        LifetimeLaw::ExponentialFit(342),
                                        DurationLaw::Uniform(0.5, 4)));
    spec.inventory.AddMode(MakeDownMode("npu",
                                        ComponentKind::NPU,
                                        LifetimeLaw::ExponentialFit(12621),
                                        DurationLaw::Uniform(0.5, 4)));
    FailureMode flaps;
    flaps.name = "flap-burst";
    flaps.component = ComponentKind::LINK;
    flaps.law = LifetimeLaw::ExponentialMtbf(24 / 0.00077);
    flaps.effect.kind = FailureEffect::FLAP_BURST;
    flaps.flaps = {3,
                   10,
                   DurationLaw::Uniform(0.5 / 3600, 3.0 / 3600),
                   DurationLaw::Uniform(5.0 / 3600, 30.0 / 3600)};
    spec.inventory.AddMode(flaps);
    AddTwoTierComponents({}, 55, spec.inventory);
    spec.crews = 2;
    spec.spares = {{"module", 5, 336}};
    spec.job.accelerators = 376;
    spec.job.checkpoint = {1, 0.02, 0.1};
    spec.job.rerouteH = 1.0 / 3600;
    spec.horizonH = HOURS_PER_YEAR;
    spec.replications = 4;
    return spec;
}

/**
 * @param spec campaign
 * @param result a replication of it, whose hours must add up
 */
void
ExpectBalance(const CampaignSpec& spec, const CampaignResult& result)
{
    double usedH = 0;
    for (uint8_t use = 0; use < JobUse::COUNT; ++use)
    {
        usedH += result.GetJobH(static_cast<JobUse::Kind>(use));
    }
    EXPECT_NEAR(usedH / spec.horizonH, 1, 1e-9);
    double statesH = 0;
    for (const FabricStateTime& state : result.states)
    {
        statesH += state.hours;
    }
    EXPECT_NEAR(statesH / spec.horizonH, 1, 1e-9);
    EXPECT_LE(CampaignResult::Sum(result.repairs), CampaignResult::Sum(result.failures));
}

TEST(Campaign, OneComponentIsUpAsOftenAsTheClosedFormSays)
{
    // Exponential and exponential; Weibull and uniform: MTBF / (MTBF + MTTR) whatever the laws.
    const std::vector<std::pair<LifetimeLaw, DurationLaw>> laws{
        {LifetimeLaw::ExponentialMtbf(100), DurationLaw::Exponential(5)},
        {MakeWeibull(3, 100), DurationLaw::Uniform(2, 8)}};
    for (const auto& [life, repair] : laws)
    {
        CampaignSpec spec;
        spec.inventory.AddMode(MakeDownMode("npu", ComponentKind::NPU, life, repair));
        AddComponents(spec.inventory, ComponentKind::NPU, 1);
        spec.job.accelerators = 1;
        spec.horizonH = 50000;
        spec.replications = 20;
        spec.confidence = 0.99;
        // Of 40 campaigns, 99 % intervals miss 0.4 on average; four or more once in 1300 times.
        uint32_t availabilities = 0;
        uint32_t mtbfs = 0;
        uint32_t mttrs = 0;
        for (uint64_t seed = 0; seed < 40; ++seed)
        {
            const CampaignReport report =
                RunCampaign(spec, IdealFabric(), MakeReplicationStreams(seed));
            availabilities += report.supernodeAvailability.Covers(GetAvailability(100, 5)) ? 1 : 0;
            mtbfs += report.supernodeMtbfH.Covers(100) ? 1 : 0;
            mttrs += report.supernodeMttrH.Covers(5) ? 1 : 0;
            EXPECT_LT(report.supernodeAvailability.GetHalfWidth(), 0.003);
            // Nothing but this one fails, and the job restarts at once.
            EXPECT_NEAR(report.jobAvailability.mean, report.supernodeAvailability.mean, 1e-12);
            EXPECT_NEAR(report.jobMtbfH.mean, report.supernodeMtbfH.mean, 1e-9);
        }
        EXPECT_GE(availabilities, 37u);
        EXPECT_GE(mtbfs, 37u);
        EXPECT_GE(mttrs, 37u);
    }
}

TEST(Campaign, KOfNWithCrewsEnoughAndWithTooFew)
{
    for (const uint32_t crews : {1u, 2u, RepairShop::UNLIMITED})
    {
        for (const uint32_t needed : {4u, 5u, 6u})
        {
            CampaignSpec spec = MakeNpuCampaign(6, needed, 100, 8);
            spec.crews = crews;
            spec.horizonH = 20000;
            spec.replications = 40;
            const CampaignReport report =
                RunCampaign(spec, IdealFabric(), MakeReplicationStreams(2 + needed));
            const double truth = GetKOfNAvailability(needed, 6, 100, 8, crews);
            EXPECT_TRUE(report.supernodeAvailability.Covers(truth))
                << crews << " crews, " << needed << ": " << report.supernodeAvailability.mean
                << " +- " << report.supernodeAvailability.GetHalfWidth() << " for " << truth;
            EXPECT_LT(report.supernodeAvailability.GetHalfWidth(), 0.01);
        }
    }
}

TEST(Campaign, SparePartsArePalms)
{
    // Parts that are repaired at once if there is one, of many that fail seldom: jobs that wait for
    // a part are the excess over the stock of a Poisson number with mean rate * lead time.
    constexpr double RATE = 100.0 / 10000;
    constexpr double LEAD_H = 200;
    constexpr uint32_t STOCK = 2;
    CampaignSpec spec;
    FailureMode mode = MakeDownMode("npu",
                                    ComponentKind::NPU,
                                    LifetimeLaw::ExponentialMtbf(10000),
                                    DurationLaw::Constant(0));
    mode.repair.spare = "npu";
    spec.inventory.AddMode(mode);
    AddComponents(spec.inventory, ComponentKind::NPU, 100);
    spec.spares = {{"npu", STOCK, LEAD_H}};
    spec.job.accelerators = 100;
    spec.horizonH = 50000;
    spec.confidence = 0.99;
    const CampaignReport report = RunCampaign(spec, IdealFabric(), MakeReplicationStreams(3));
    // Up if at most STOCK orders are on their way; parts that wait do not fail, which is 1 % here.
    const double truth = PoissonAtMost(RATE * LEAD_H, STOCK);
    EXPECT_NEAR(report.supernodeAvailability.mean,
                truth,
                report.supernodeAvailability.GetHalfWidth() + 0.01 * RATE * LEAD_H * truth);
    EXPECT_LT(report.supernodeAvailability.GetHalfWidth(), 0.02);
    // About 100 * 8760 / 10000 a year, less what does not fail.
    EXPECT_NEAR(report.sparesUsedPerYear.at("npu").mean, 87.6, 2);
}

TEST(Campaign, FleetsFailAsOftenAsTheyShould)
{
    // Failures of five years against the expectation, where repairs take no time.
    const std::vector<LifetimeLaw> laws{LifetimeLaw::ExponentialMtbf(1e5),
                                        MakeWeibull(0.7, 1e5),
                                        MakeWeibull(2.5, 5e4),
                                        LifetimeLaw::Lognormal(6e4, 0.9)};
    for (const LifetimeLaw& law : laws)
    {
        CampaignSpec spec;
        spec.inventory.AddMode(
            MakeDownMode("module", ComponentKind::MODULE, law, DurationLaw::Constant(0)));
        AddComponents(spec.inventory, ComponentKind::MODULE, 200);
        AddComponents(spec.inventory, ComponentKind::NPU, 1);
        spec.job.accelerators = 1;
        spec.confidence = 0.99;
        const CampaignReport report = RunCampaign(spec, IdealFabric(), MakeReplicationStreams(4));
        const RenewalFunction renewals(law, spec.horizonH);
        const double truth = 200 * renewals.GetExpected(spec.horizonH) / 5;
        EXPECT_TRUE(report.failuresPerYear.Covers(truth))
            << law.Describe() << ": " << report.failuresPerYear.mean << " +- "
            << report.failuresPerYear.GetHalfWidth() << " for " << truth;
        EXPECT_LT(report.failuresPerYear.GetHalfWidth(), 0.04 * truth);
        EXPECT_EQ(report.causes.size(), 1u);
    }
}

TEST(Campaign, CheckpointsAsDalySays)
{
    // Repaired at once, so all there is are checkpoints, rework and restarts.
    for (const double factor : {0.5, 1.0, 2.0})
    {
        CampaignSpec spec = MakeNpuCampaign(1, 1, 20, 1);
        spec.inventory = {};
        spec.inventory.AddMode(MakeDownMode("npu",
                                            ComponentKind::NPU,
                                            LifetimeLaw::ExponentialMtbf(20),
                                            DurationLaw::Constant(0)));
        AddComponents(spec.inventory, ComponentKind::NPU, 1);
        spec.job.checkpoint = {factor * GetDalyIntervalH(0.1, 20), 0.1, 0.5};
        spec.horizonH = 50000;
        spec.replications = 50;
        const CampaignReport report = RunCampaign(spec, IdealFabric(), MakeReplicationStreams(5));
        const double truth = GetDalyEfficiency(spec.job.checkpoint, 20);
        EXPECT_TRUE(report.goodput.Covers(truth)) << factor << ": " << report.goodput.mean << " +- "
                                                  << report.goodput.halfWidth << " for " << truth;
        EXPECT_LT(report.goodput.halfWidth, 0.001);
    }
}

TEST(Campaign, EveryHourAndEveryStateIsBooked)
{
    const FaultTolerance tolerance;
    const CampaignSpec spec = MakeCloudMatrix();
    const TwoTierDegradation fabric({}, {0.3, 3}, tolerance);
    const CampaignReport report = RunCampaign(spec, fabric, MakeReplicationStreams(6));
    ASSERT_EQ(report.results.size(), 4u);
    for (const CampaignResult& result : report.results)
    {
        ExpectBalance(spec, result);
    }
    double share = 0;
    for (const StateReport& state : report.states)
    {
        share += state.share;
    }
    EXPECT_NEAR(share, 1, 1e-9);
    // Whole, one link, the two links of a module, and few others.
    EXPECT_GE(report.states.size(), 3u);
    EXPECT_LT(report.states.size(), 30u);
    EXPECT_EQ(report.states.front().text, "whole");
    double npuH = 0;
    for (const MeanInterval& use : report.npuHPerYear)
    {
        npuH += use.mean;
    }
    EXPECT_NEAR(npuH, 376 * HOURS_PER_YEAR, 1e-3);
    EXPECT_NEAR(report.fleetGoodput.mean, report.goodput.mean * 376 / 384, 1e-12);
    // Sums of causes are totals.
    double lost = 0;
    for (const CauseReport& cause : report.causes)
    {
        lost += cause.lostNpuH.mean;
    }
    const double kept =
        report.npuHPerYear[JobUse::USEFUL].mean + report.npuHPerYear[JobUse::CHECKPOINT].mean;
    EXPECT_NEAR(lost + kept, npuH, 1e-3);
}

TEST(Campaign, ThreadsMakeNoDifference)
{
    const FaultTolerance tolerance;
    CampaignSpec spec = MakeCloudMatrix();
    spec.replications = 7;
    const TwoTierDegradation fabric({}, {0.3, 3}, tolerance);
    std::vector<CampaignReport> reports;
    for (const uint32_t threads : {1u, 2u, 5u, 20u})
    {
        spec.threads = threads;
        reports.push_back(RunCampaign(spec, fabric, MakeReplicationStreams(7)));
        EXPECT_EQ(WriteCampaignReport(reports.back(), 1000),
                  WriteCampaignReport(reports.front(), 1000));
        for (std::size_t i = 0; i < spec.replications; ++i)
        {
            EXPECT_EQ(reports.back().results[i].jobH, reports.front().results[i].jobH);
            EXPECT_EQ(reports.back().results[i].failures, reports.front().results[i].failures);
        }
    }
    // And another seed does.
    EXPECT_NE(WriteCampaignReport(RunCampaign(spec, fabric, MakeReplicationStreams(8))),
              WriteCampaignReport(reports.front()));
}

TEST(Campaign, ReportHasALimitForWhatHasNotFailedAndNoRowForWhatCannot)
{
    CampaignReport report;
    report.causes.resize(3);
    report.causes[0].mode = "seen";
    report.causes[0].canFail = true;
    report.causes[0].failures = GetRateInterval({1, 2}, {100, 100}, 0.95);
    report.causes[1].mode = "unseen";
    report.causes[1].canFail = true;
    report.causes[1].failures = GetRateInterval({0, 0}, {100, 100}, 0.95);
    report.causes[2].mode = "impossible";
    const std::string text = WriteCampaignReport(report);
    // Garwood's limits of 3 are 0.6187 and 8.7673.
    const auto hasRow = [&text](const std::string& name, const std::string& figure) {
        const std::size_t begin = text.find(name);
        const std::string row = text.substr(begin, text.find('\n', begin) - begin);
        return begin != std::string::npos && row.find(figure) != std::string::npos;
    };
    EXPECT_TRUE(hasRow("module, seen", " 0.015 (0.003 to 0.044)*")) << text;
    EXPECT_TRUE(hasRow("module, unseen", " none, < 0.015")) << text;
    EXPECT_EQ(text.find("impossible"), std::string::npos) << text;
}

TEST(Campaign, MoreToleranceLosesLess)
{
    const auto run = [](const FaultTolerance& tolerance, uint32_t accelerators) {
        CampaignSpec spec = MakeCloudMatrix();
        spec.job.accelerators = accelerators;
        const TwoTierDegradation fabric({}, {0.3, 3}, tolerance);
        return RunCampaign(spec, fabric, MakeReplicationStreams(9));
    };
    const CampaignReport all = run({true, true, true, true}, 376);
    const CampaignReport planes = run({true, true, false, true}, 376);
    const CampaignReport none = run({true, true, false, false}, 376);
    const CampaignReport noRetry = run({false, true, true, true}, 376);
    const CampaignReport noSpares = run({true, true, true, true}, 384);
    EXPECT_GT(all.goodput.mean, planes.goodput.mean);
    EXPECT_GE(planes.goodput.mean, none.goodput.mean);
    // About four flap bursts a day stop a job without retry; with it, only accelerators do.
    EXPECT_NEAR(noRetry.jobMtbfH.mean, 5.5, 0.5);
    EXPECT_NEAR(all.jobMtbfH.mean, 1e9 / 12621 / 376, 40);
    EXPECT_LT(noRetry.goodput.mean, all.goodput.mean - 0.05);
    EXPECT_LT(noSpares.supernodeAvailability.mean, all.supernodeAvailability.mean);
}

TEST(Campaign, FaultsAreKeptAsASchedule)
{
    const FaultTolerance tolerance;
    CampaignSpec spec = MakeCloudMatrix();
    spec.logsFaults = true;
    const TwoTierDegradation fabric({}, {}, tolerance);
    const CampaignReport report = RunCampaign(spec, fabric, MakeReplicationStreams(10));
    const CampaignResult& first = report.results.front();
    // A module has two links, and each becomes a fault.
    const uint64_t modules = first.failures[FaultCause::Get(ComponentKind::MODULE, 0)];
    EXPECT_GT(modules, 10u);
    const std::vector<Fault>& faults = report.faults.GetFaults();
    EXPECT_EQ(faults.size(), CampaignResult::Sum(first.failures) + modules);
    uint64_t caused = 0;
    for (const Fault& fault : faults)
    {
        EXPECT_NO_THROW(fault.Validate());
        EXPECT_LT(fault.time.GetH(), spec.horizonH);
        caused += fault.cause.empty() ? 0 : 1;
        EXPECT_EQ(fault.cause.empty(), fault.mode != "module") << fault.cause;
    }
    EXPECT_EQ(caused, 2 * modules);
    EXPECT_EQ(ReadFaultSchedule(WriteFaultSchedule(report.faults), "log"), report.faults);
    // Nobody else's are kept, and none unless asked for.
    spec.logsFaults = false;
    EXPECT_TRUE(RunCampaign(spec, fabric, MakeReplicationStreams(10)).faults.GetFaults().empty());
}

} // namespace
