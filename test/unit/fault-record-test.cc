/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flat-json.h"

#include "ns3/fault-attribution.h"
#include "ns3/fault-record.h"
#include "ns3/run-report-faults.h"
#include "ns3/summary-writer.h"

#include <cmath>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param beginPs begin, ps
 * @param endPs end, ps
 * @param aftermathPs aftermath, ps
 * @return a fault
 */
FaultRecord
MakeFault(std::optional<uint64_t> beginPs, std::optional<uint64_t> endPs, uint64_t aftermathPs)
{
    FaultRecord fault;
    fault.kind = "link";
    fault.component = "a--b";
    fault.effect = "link-down";
    fault.beginPs = beginPs;
    fault.endPs = endPs;
    fault.aftermathPs = aftermathPs;
    fault.links = {"a--b"};
    return fault;
}

/**
 * @param text a text
 * @return it with one blank wherever there are several, or the end of a line
 */
std::string
Squeeze(const std::string& text)
{
    std::istringstream words(text);
    std::string squeezed;
    for (std::string word; words >> word;)
    {
        squeezed += (squeezed.empty() ? "" : " ") + word;
    }
    return squeezed;
}

TEST(FaultRecord, IsActiveFromItsBeginToTheEndOfItsAftermath)
{
    const FaultRecord fault = MakeFault(100, 200, 50);
    EXPECT_FALSE(fault.IsActive(0, 99));
    EXPECT_TRUE(fault.IsActive(0, 100));
    EXPECT_TRUE(fault.IsActive(0, 1000));
    EXPECT_TRUE(fault.IsActive(150, 160));
    EXPECT_TRUE(fault.IsActive(200, 300));
    EXPECT_TRUE(fault.IsActive(250, 300));
    EXPECT_FALSE(fault.IsActive(251, 300));
    EXPECT_TRUE(MakeFault(100, {}, 0).IsActive(UINT64_MAX, UINT64_MAX)) << "it stays";
    EXPECT_FALSE(MakeFault({}, {}, 0).IsActive(0, UINT64_MAX)) << "never";
    EXPECT_TRUE(MakeFault(100, UINT64_MAX, UINT64_MAX).IsActive(150, 160));
}

TEST(FaultRecord, PartsOfARunCountTheSameFaults)
{
    std::vector<FaultRecord> sum;
    std::vector<FaultRecord> part{MakeFault(1, 2, 0), MakeFault(3, 4, 0)};
    part[0].begun = 1;
    AddFaults(sum, part);
    part[1].begun = 1;
    AddFaults(sum, part);
    ASSERT_EQ(sum.size(), 2u);
    EXPECT_EQ(sum[0].begun, 2u);
    EXPECT_EQ(sum[1].begun, 1u);
}

TEST(FaultAttribution, NamesAllFaultsOfTheTime)
{
    CollectiveRecord with;
    with.name = "sum";
    with.iterations = {{0, 1000, 0}, {1000, 2500, 9}, {2500, 3500, 0}};
    CollectiveRecord without = with;
    without.iterations = {{0, 1000, 0}, {1000, 2000, 0}};
    const std::vector<FaultRecord> faults{MakeFault(1200, 1300, 0), MakeFault(2000, 2400, 100)};
    const auto effects = AttributeFaults(faults, {with}, {without});
    ASSERT_EQ(effects.size(), 3u);
    EXPECT_TRUE(effects[0].faults.empty());
    EXPECT_EQ(effects[0].GetDifferenceS(), 0);
    EXPECT_EQ(effects[1].faults, (std::vector<uint64_t>{0, 1}));
    EXPECT_EQ(effects[1].GetDifferenceS(), 5e-10);
    EXPECT_EQ(effects[1].failedBytes, 9u);
    EXPECT_EQ(effects[2].faults, (std::vector<uint64_t>{1}));
    EXPECT_FALSE(effects[2].timeWithoutPs.has_value()) << "it did not end without faults";
    EXPECT_TRUE(std::isnan(effects[2].GetDifferenceS()));
    EXPECT_EQ(AttributeFaults(faults, {with}, {}).size(), 3u);
    const auto gain = AttributeFaults({}, {without}, {with});
    EXPECT_EQ(gain[1].GetDifferenceS(), -5e-10);
}

// Without faults 100, 102, 100, 102, 100 ns: two that follow each other differ by 2 ns. With four
// degrees of freedom less the overlap of neighbors, floor(2 * 16 / 11) = 2, that is 4.303 * 2 ns.
TEST(FaultAttribution, CallsNoiseNoise)
{
    CollectiveRecord without;
    CollectiveRecord with;
    with.name = "sum";
    const std::vector<uint64_t> timesPs{100000, 102000, 100000, 102000, 100000};
    const std::vector<int64_t> morePs{0, 8000, 50000, -8000, 9000};
    uint64_t atPs = 0;
    uint64_t beginPs = 0;
    for (std::size_t i = 0; i < timesPs.size(); ++i)
    {
        const uint64_t timePs = timesPs[i] + static_cast<uint64_t>(morePs[i]);
        without.iterations.push_back({atPs, atPs + timesPs[i], 0});
        atPs += timesPs[i];
        with.iterations.push_back({beginPs, beginPs + timePs, 0});
        beginPs += timePs;
    }
    // It holds during the second and third execution.
    const std::vector<FaultRecord> faults{MakeFault(150000, 250000, 0)};
    const auto effects = AttributeFaults(faults, {with}, {without});
    const std::vector<std::string> causes{"none", "noise", "faults", "noise", "aftermath"};
    for (std::size_t i = 0; i < causes.size(); ++i)
    {
        EXPECT_EQ(effects[i].cause, causes[i]) << "execution " << i;
        ASSERT_TRUE(effects[i].noiseS.has_value());
        EXPECT_NEAR(*effects[i].noiseS, 4.302653 * 2e-9, 1e-14);
    }
    // What differs before any fault has begun is no effect of one.
    for (const FaultEffectRecord& effect :
         AttributeFaults({MakeFault(10000000, {}, 0)}, {with}, {without}))
    {
        EXPECT_EQ(effect.cause, effect.GetDifferenceS() == 0 ? "none" : "noise");
    }
    with.iterations.resize(1);
    without.iterations.resize(1);
    const auto alone = AttributeFaults(faults, {with}, {without});
    EXPECT_FALSE(alone[0].noiseS.has_value()) << "nothing to tell it from";
    EXPECT_EQ(alone[0].cause, "none");
    with.iterations.front().endPs += 183000;
    const std::vector<FaultRecord> early{MakeFault(0, 50000, 0)};
    EXPECT_EQ(AttributeFaults(early, {with}, {without})[0].cause, "faults or noise");
    with.iterations.front().startPs += 60000;
    EXPECT_EQ(AttributeFaults(early, {with}, {without})[0].cause, "aftermath or noise");
    with.iterations.front().startPs -= 60000;
    EXPECT_EQ(AttributeFaults(faults, {with}, {})[0].cause, "") << "not compared";

    RunResults results;
    results.hasFaults = true;
    results.faults = faults;
    results.faultEffects = effects;
    std::ostringstream os;
    PrintFaults(results, os);
    // Two of 29 ns, where noise is 8.6 ns over the root of two; two of 500 ps.
    const std::string text = Squeeze(os.str());
    EXPECT_NE(text.find("executions mean difference, ns noise, ns put down to"), std::string::npos)
        << text;
    EXPECT_NE(text.find("sum, during faults 2 29.0 +- 6.08 faults"), std::string::npos) << text;
    results.faultEffects = AttributeFaults(early, {with}, {without});
    std::ostringstream once;
    PrintFaults(results, once);
    EXPECT_NE(once.str().find("faults or noise\n"), std::string::npos) << once.str();
    EXPECT_NE(once.str().find("one execution tells none"), std::string::npos) << once.str();
    EXPECT_NE(text.find("sum, after them 2 0.500 +- 6.08 noise"), std::string::npos) << text;
}

TEST(FaultReport, HasOneUnitInAColumn)
{
    RunResults results;
    results.hasFaults = true;
    results.faults = {MakeFault(780000, 52500000, 0), MakeFault(1000000, {}, 0)};
    FaultEffectRecord effect;
    effect.collective = "sum";
    effect.timePs = 2500000000;
    effect.timeWithoutPs = 2499999000;
    results.faultEffects = {effect, effect};
    results.faultEffects[1].timePs = 900000000;
    results.faultEffects[1].timeWithoutPs = 900000500;
    std::ostringstream os;
    PrintFaults(results, os);
    const std::string text = Squeeze(os.str());
    for (const char* words : {"begins, us ends, us",
                              "link-down 0.780 52.5 1",
                              "link-down 1.00 - 1",
                              "with faults, ms without, ms difference, ns",
                              "2.50 2.50 1.00 - - none",
                              "0.900 0.900 -0.500 - - none"})
    {
        EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
    }
}

// Executions without any difference, each during the fault: nothing comes after it, whose noise no
// unit may be taken from. Noise of n executions is that of one over the root of n.
TEST(FaultReport, ZerosHaveTheUnitOfTheirNeighbours)
{
    RunResults results;
    results.hasFaults = true;
    results.faults = {MakeFault(1000000, {}, 0)};
    FaultEffectRecord effect;
    effect.collective = "sum";
    effect.timePs = 152000000;
    effect.timeWithoutPs = 152000000;
    effect.noiseS = 2.4e-6;
    effect.faults = {0};
    results.faultEffects = {effect, effect, effect, effect};
    const auto print = [&results]() {
        std::ostringstream os;
        PrintFaults(results, os);
        return Squeeze(os.str());
    };
    std::string text = print();
    for (const char* words : {"with faults, us without, us difference, us",
                              "sum 0 152 152 0 - - 0",
                              "executions mean difference, us noise, us put down to",
                              "sum, during faults 4 0 +- 1.20 none"})
    {
        EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
    }
    // Beside a difference of 40 ms over 4, noise keeps its digits.
    results.faultEffects[0].timePs += 40000000000;
    text = print();
    for (const char* words : {"executions mean difference, ms noise, us put down to",
                              "sum, during faults 4 10.0 +- 1.20 faults"})
    {
        EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
    }
    // Noise that nobody knows has no unit to give.
    for (FaultEffectRecord& each : results.faultEffects)
    {
        each.timePs = 152000000;
        each.noiseS.reset();
    }
    text = print();
    EXPECT_NE(text.find("mean difference, s noise put down to"), std::string::npos) << text;
}

TEST(FaultSummary, HasWhatHappenedAndWhatItDid)
{
    RunResults results;
    results.hasFaults = true;
    results.faults = {MakeFault(1000000, {}, 5000000)};
    results.faults[0].begun = 3;
    FaultEffectRecord effect;
    effect.collective = "sum";
    effect.iteration = 4;
    effect.timePs = 3000000;
    effect.timeWithoutPs = 1000000;
    effect.noiseS = 5e-7;
    effect.cause = "faults";
    effect.failedBytes = 77;
    effect.faults = {0};
    results.faultEffects = {effect, effect};
    results.faultEffects[1].timeWithoutPs.reset();
    std::ostringstream os;
    WriteSummary(results, os);
    const FlatJson json(os.str());
    EXPECT_EQ(json.Text("faults[0].component"), "\"a--b\"");
    EXPECT_EQ(json.Number("faults[0].begin_s"), 1e-6);
    EXPECT_EQ(json.Text("faults[0].end_s"), "null");
    EXPECT_EQ(json.Number("faults[0].aftermath_s"), 5e-6);
    EXPECT_EQ(json.Number("faults[0].begun"), 3);
    EXPECT_EQ(json.Text("faults[0].links[0]"), "\"a--b\"");
    EXPECT_EQ(json.Number("fault_effects[0].iteration"), 4);
    EXPECT_EQ(json.Number("fault_effects[0].time_s"), 3e-6);
    EXPECT_EQ(json.Number("fault_effects[0].time_without_s"), 1e-6);
    EXPECT_EQ(json.Number("fault_effects[0].difference_s"), 2e-6);
    EXPECT_EQ(json.Number("fault_effects[0].noise_s"), 5e-7);
    EXPECT_EQ(json.Text("fault_effects[0].cause"), "\"faults\"");
    EXPECT_EQ(json.Number("fault_effects[0].failed_bytes"), 77);
    EXPECT_EQ(json.Number("fault_effects[0].faults[0]"), 0);
    EXPECT_EQ(json.Text("fault_effects[1].difference_s"), "null");
    results.hasFaults = false;
    std::ostringstream without;
    WriteSummary(results, without);
    EXPECT_FALSE(FlatJson(without.str()).Has("faults"));
}

} // namespace
