/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/flow-warnings.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// When executions begin and end, ps.
using Times = std::vector<std::pair<uint64_t, uint64_t>>;

/**
 * @param fidelity engine
 * @param collectives executions of each; they are called a, b, ...
 * @return a run
 */
RunResults
MakeRun(const std::string& fidelity, const std::vector<Times>& collectives)
{
    RunResults results;
    results.engine.fidelity = fidelity;
    for (const Times& times : collectives)
    {
        CollectiveRecord record;
        record.name = std::string(1, static_cast<char>('a' + results.collectives.size()));
        for (const auto& [startPs, endPs] : times)
        {
            record.iterations.push_back({startPs, endPs, 0});
        }
        results.collectives.push_back(record);
    }
    return results;
}

/// @param results a run @param conditions what happened @return figures that are warned of
std::vector<std::string>
FindFigures(const RunResults& results, const FlowConditions& conditions = {})
{
    std::vector<std::string> figures;
    for (const RunWarning& warning : FindFlowWarnings(results, conditions))
    {
        EXPECT_FALSE(warning.reason.empty());
        figures.push_back(warning.figures);
    }
    return figures;
}

TEST(FlowWarnings, NoneWithoutACause)
{
    EXPECT_TRUE(FindFigures(MakeRun("flow", {{{0, 10}}, {{10, 20}, {30, 40}}})).empty());
    EXPECT_TRUE(FindFigures(MakeRun("flow", {})).empty());
}

TEST(FlowWarnings, NoneByPackets)
{
    FlowConditions all;
    all.modulesSleep = true;
    all.firstChangePs = 1;
    all.repeatedFrames = 100;
    all.hasUnequalPorts = true;
    all.hasLikeParts = true;
    all.hasFewFrames = true;
    all.hasTurns = true;
    all.hasSlowerWays = true;
    all.hasTwinPorts = true;
    all.isCreditLimited = true;
    all.commitsAhead = true;
    EXPECT_TRUE(FindFigures(MakeRun("packet", {{{0, 10}}, {{0, 10}}}), all).empty());
    EXPECT_EQ(FindFigures(MakeRun("flow", {{{0, 10}}, {{0, 10}}}), all).size(), 12);
}

TEST(FlowWarnings, NamesWhatRanAtOnce)
{
    const auto one = [](const std::vector<Times>& collectives) {
        const std::vector<std::string> figures = FindFigures(MakeRun("flow", collectives));
        EXPECT_LE(figures.size(), 1);
        return figures.empty() ? std::string() : figures.front();
    };
    EXPECT_EQ(one({{{0, 10}}, {{9, 20}}}), "times of a, b");
    EXPECT_EQ(one({{{9, 20}}, {{0, 10}}}), "times of a, b");
    EXPECT_EQ(one({{{0, 10}}, {{20, 30}}, {{25, 26}}}), "times of b, c");
    EXPECT_EQ(one({{{0, 100}}, {{10, 20}}, {{30, 40}}}), "times of a, b, c");
    EXPECT_EQ(one({{{0, 100}, {100, 200}}, {{200, 300}}, {{150, 160}}}), "times of a, c");
    EXPECT_EQ(one({{{0, 100}}, {{0, 50}}, {{60, 120}}, {{110, 130}}}), "times of a, b, c, d");
    // One after the other's end, while a third goes on that is the same collective's.
    EXPECT_EQ(one({{{0, 100}, {40, 60}}}), "");
}

TEST(FlowWarnings, NamesWhatEndedAfterAChange)
{
    FlowConditions conditions;
    conditions.firstChangePs = 15;
    const std::vector<Times> times{{{0, 10}}, {{10, 20}}, {{20, 30}}};
    EXPECT_EQ(FindFigures(MakeRun("flow", times), conditions),
              std::vector<std::string>{"times of b, c"});
    conditions.firstChangePs = 30;
    EXPECT_TRUE(FindFigures(MakeRun("flow", times), conditions).empty());
}

TEST(FlowWarnings, NamesTransfersOfFewPackets)
{
    RunResults results = MakeRun("flow", {{{0, 10}}, {{11, 20}}});
    results.fabric.networks.resize(1);
    results.fabric.networks[0].mtuBytes = 4000;
    results.fabric.networks[0].headerBytes = 96;
    for (CollectiveRecord& record : results.collectives)
    {
        record.traffic.transferLatency.Record(5);
        record.traffic.transferLatency.Record(5);
        record.linkUse.resize(2);
        record.linkUse[1].group.lowerTier = 1;
        record.linkUse[1].wireBytes = 1000000;
    }
    // Two transfers of eight packets cross two links each.
    results.collectives[0].linkUse[0].wireBytes = 2 * 2 * 8 * 4096;
    results.collectives[1].linkUse[0].wireBytes = 2 * 2 * 8 * 4096 - 1;
    FlowConditions conditions;
    EXPECT_TRUE(FindFigures(results, conditions).empty());
    conditions.sharesLinks = true;
    EXPECT_EQ(FindFigures(results, conditions), std::vector<std::string>{"times of b"});
}

TEST(FlowWarnings, NamesExecutionsThatFollowAtOnce)
{
    RunResults results = MakeRun("flow", {{{0, 10}, {10, 20}}, {{30, 40}, {41, 50}}});
    EXPECT_TRUE(FindFigures(results).empty());
    results.collectives[0].algorithm = "all-at-once";
    results.collectives[1].algorithm = "all-at-once";
    EXPECT_EQ(FindFigures(results), std::vector<std::string>{"times of a"});
    results.collectives[1].iterations[1].startPs = 39;
    EXPECT_EQ(FindFigures(results), std::vector<std::string>{"times of a, b"});
}

TEST(FlowWarnings, NamesWhatIsBelowItsBound)
{
    RunResults results = MakeRun("hybrid", {{{0, 1000}}, {{1000, 2000}}});
    results.collectives[0].boundS = 1000e-12;
    results.collectives[1].boundS = 1010e-12;
    EXPECT_EQ(FindFigures(results), std::vector<std::string>{"times of b"});
}

TEST(FlowWarnings, CountsWhatIsFew)
{
    FlowConditions conditions;
    conditions.repeatedFrames = 0.09;
    conditions.packetsPerTransfer = 8;
    EXPECT_TRUE(FindFigures(MakeRun("hybrid", {{{0, 10}}}), conditions).empty());
    conditions.repeatedFrames = 0.11;
    conditions.packetsPerTransfer = 7.9;
    EXPECT_EQ(FindFigures(MakeRun("hybrid", {{{0, 10}}}), conditions).size(), 2);
}

TEST(FlowWarnings, SayHowFarOffTimesWere)
{
    FlowConditions conditions;
    conditions.isCreditLimited = true;
    conditions.hasLikeParts = true;
    const auto warnings = FindFlowWarnings(MakeRun("flow", {{{0, 10}}}), conditions);
    ASSERT_EQ(warnings.size(), 2);
    EXPECT_EQ(warnings[0].reason.find("random collectives"), std::string::npos);
    EXPECT_NE(warnings[1].reason.find("(nine in ten of 132 random collectives took 1.7 % less to "
                                      "0.0 % more than by packets)"),
              std::string::npos);
}

TEST(FlowWarnings, TheSameOfSeveralPartsIsOne)
{
    std::vector<RunWarning> all{{"a", "x"}};
    AddWarnings(all, {{"b", "x"}, {"c", "y"}});
    AddWarnings(all, {{"c", "y"}});
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[0].figures, "a, b");
    EXPECT_EQ(all[1].figures, "c");
    AddWarnings(all, {{"b", "x"}, {"d", "y"}, {"c", "y"}});
    EXPECT_EQ(all[0].figures, "a, b");
    EXPECT_EQ(all[1].figures, "c, d");
}

TEST(FlowWarnings, TimesOfSeveralPartsAreOneList)
{
    std::vector<RunWarning> all{{"times of a, b", "x"}};
    AddWarnings(all, {{"times of b, c", "x"}, {"energy of modules", "x"}});
    ASSERT_EQ(all.size(), 1);
    EXPECT_EQ(all[0].figures, "times of a, b, c, energy of modules");
}

} // namespace
