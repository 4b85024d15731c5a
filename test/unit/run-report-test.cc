/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "example-run-results.h"

#include "ns3/run-report-units.h"
#include "ns3/run-report.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <sstream>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param results results of a run
 * @param width columns
 * @return the report
 */
std::string
Print(const RunResults& results, uint32_t width)
{
    RunPart part;
    part.name = results.collectives.front().name;
    part.results = results;
    RunReport report("a run with a title that is longer than most terminals are wide, so that it "
                     "has to be broken somewhere");
    report.AddPart(part);
    std::ostringstream os;
    report.Print(os, width);
    return os.str();
}

/**
 * @param text lines
 * @return length of the longest
 */
std::size_t
GetWidest(const std::string& text)
{
    std::istringstream lines(text);
    std::size_t widest = 0;
    for (std::string line; std::getline(lines, line);)
    {
        widest = std::max(widest, line.size());
    }
    return widest;
}

TEST(RunReport, KeepsWithinItsWidth)
{
    const RunResults results = MakeExampleRunResults();
    for (const uint32_t width : {80U, 100U, 132U})
    {
        EXPECT_LE(GetWidest(Print(results, width)), width) << Print(results, width);
    }
}

TEST(RunReport, WarnsBelowTheTimes)
{
    RunResults results = MakeExampleRunResults();
    const std::string text = Print(results, 1000);
    const std::size_t place = text.find("warning: energy: approximate: nobody knows\n");
    ASSERT_NE(place, std::string::npos) << text;
    EXPECT_GT(place, text.find("Collectives"));
    EXPECT_LT(place, text.find("Latency"));
    results.warnings.clear();
    EXPECT_EQ(Print(results, 1000).find("warning"), std::string::npos);
}

TEST(RunReport, HeadSaysWhatWasBuilt)
{
    const std::string text = Print(MakeExampleRunResults(), 1000);
    for (const char* part :
         {"Fabric (clos), seed 11, run 12",
          "96 switches in tier 1, 4 switches in tier 2",
          "endpoints to tier 1: 768 electrical links of 200 Gb/s",
          "tier 1 to tier 2: 96 optical links of 400 Gb/s",
          "oversubscription 4:1 at tier 1",
          "routing Spray, forwarding CutThrough, MTU 4,096 B",
          "an optical link ends in a module on either side; a module holds 2.4 "})
    {
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
    }
}

// 60 endpoints at 4 Gb/s on 8 leaves: four of these have 8, four have 7, and each has 4 links up of
// 4 Gb/s. 8 over 4 is 2, where all of them have 60 over 32, 1.875.
TEST(RunReport, OversubscriptionIsThatOfTheFullestLeaf)
{
    RunResults results = MakeExampleRunResults();
    NetworkRecord& network = results.fabric.networks[0];
    network.tierSwitches = {8, 4};
    network.linkGroups = {{0, 1, "copper", 4000000000, 60}, {1, 2, "copper", 4000000000, 32}};
    std::string text = Print(results, 1000);
    EXPECT_NE(text.find("oversubscription 2:1 at the fullest leaf, tier 1\n"), std::string::npos)
        << text;
    network.linkGroups[0].links = 64;
    text = Print(results, 1000);
    EXPECT_NE(text.find("oversubscription 2:1 at tier 1\n"), std::string::npos) << text;
    // Other fabrics may share out links otherwise.
    network.linkGroups[0].links = 60;
    results.fabric.kind = "other";
    text = Print(results, 1000);
    EXPECT_NE(text.find("oversubscription 1.875:1 at tier 1\n"), std::string::npos) << text;
}

TEST(RunReport, CollectivesAtOnceAreToldApart)
{
    RunResults results = MakeExampleRunResults();
    CollectiveRecord& never = results.collectives[1];
    never.traffic.transferLatency.Record(7000000, 30);
    const std::string text = Print(results, 100);
    const std::string latency = text.substr(text.find("\nLatency, us"));
    const std::size_t first = latency.find("step \\ 1   packets");
    const std::size_t second = latency.find("never run  transfers");
    EXPECT_NE(first, std::string::npos) << text;
    EXPECT_NE(second, std::string::npos) << text;
    EXPECT_LT(first, second);
    EXPECT_NE(latency.find("transfers       30  5.00  5.00"), std::string::npos) << text;
    EXPECT_NE(latency.find("transfers       30  7.00  7.00"), std::string::npos) << text;
}

TEST(RunReport, OneUnitForAllTimesOfATable)
{
    const TimeScale us = TimeScale::For({0, 3e-9, 152e-6, std::nan("")});
    EXPECT_STREQ(us.unit, "us");
    EXPECT_EQ(us.Format(3e-9), "0.003");
    EXPECT_EQ(us.Format(1.25e-6), "1.25");
    EXPECT_EQ(us.Format(0.99999e-6), "1.00");
    EXPECT_EQ(us.Format(152.4e-6), "152");
    EXPECT_EQ(us.Format(0.0123), "12300");
    EXPECT_EQ(us.Format(0), "0");
    EXPECT_EQ(us.Format(std::nan("")), "-");
    EXPECT_STREQ(TimeScale::For({2e-9, 5e-3}).unit, "us"); // 2 ns would be 0.000 ms
    EXPECT_STREQ(TimeScale::For({1, 300}).unit, "s");
    EXPECT_STREQ(TimeScale::For({0}).unit, "s");
    EXPECT_STREQ(TimeScale::For({}).unit, ""); // what has no times needs no unit
    constexpr double INFINITE = std::numeric_limits<double>::infinity();
    EXPECT_STREQ(TimeScale::For({2e-6, INFINITE}).unit, "us");
    EXPECT_STREQ(TimeScale::For({0, INFINITE}, us).unit, "us");
    EXPECT_STREQ(TimeScale::For({0, 2e-3}, us).unit, "ms");
    EXPECT_STREQ(TimeScale::For({INFINITE}, us).unit, "");
    EXPECT_STREQ(TimeScale::For({0}, TimeScale::For({})).unit, "s");
}

TEST(RunReport, WideTablesAreContinuedBelow)
{
    std::ostringstream os;
    SetReportWidth(os, 20);
    os << FormatTable({{"", "first", "second", "third"}, {"row", "1", "2", "3"}}, 1);
    EXPECT_EQ(os.str(),
              "       first  second\n"
              "  row      1       2\n"
              "       third\n"
              "  row      3\n");
    std::ostringstream wide;
    wide << FormatTable({{"", "first", "second", "third"}, {"row", "1", "2", "3"}}, 1);
    EXPECT_EQ(wide.str(),
              "       first  second  third\n"
              "  row      1       2      3\n");
}

} // namespace
