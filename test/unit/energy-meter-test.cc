/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"

#include "ns3/energy-ledger.h"
#include "ns3/energy-meter.h"
#include "ns3/power-trace.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

constexpr uint64_t SECOND_PS = 1000000000000;                   ///< ps of a second
constexpr double INF = std::numeric_limits<double>::infinity(); ///< no number for a power
constexpr double EXACT = 1e-9; ///< most relative error of an energy

TEST(EnergyMeter, IntegratesAHandMadeTimeline)
{
    EnergyMeter meter;
    EXPECT_EQ(meter.GetEnergyJ(5 * SECOND_PS), 0);
    meter.SetPower(2 * SECOND_PS, 100);
    meter.SetPower(3 * SECOND_PS, 40);
    // Twice at one time: the last one counts.
    meter.SetPower(5 * SECOND_PS, 7777);
    meter.SetPower(5 * SECOND_PS, 0.5);
    EXPECT_EQ(meter.GetPowerW(), 0.5);
    EXPECT_EQ(meter.GetLastChange(), 5 * SECOND_PS);
    // 100 W for 1 s, 40 W for 2 s, 0.5 W for 4 s.
    EXPECT_DOUBLE_EQ(meter.GetEnergyJ(9 * SECOND_PS), 182);
    meter.AddEnergy(9 * SECOND_PS, 18);
    EXPECT_DOUBLE_EQ(meter.GetEnergyJ(9 * SECOND_PS), 200);
    EXPECT_DOUBLE_EQ(meter.GetEnergyJ(11 * SECOND_PS), 201);
}

TEST(EnergyMeter, AskingChangesNothing)
{
    EnergyMeter asked;
    EnergyMeter quiet;
    std::mt19937_64 random(1);
    uint64_t atPs = 0;
    for (int i = 0; i < 1000; ++i)
    {
        const uint64_t gapPs = random() % SECOND_PS;
        for (int j = 1; j <= 10; ++j)
        {
            asked.GetEnergyJ(atPs + gapPs / 10 * j);
        }
        atPs += gapPs;
        const double powerW = static_cast<double>(random() % 1000) / 7;
        asked.SetPower(atPs, powerW);
        quiet.SetPower(atPs, powerW);
    }
    EXPECT_EQ(asked.GetEnergyJ(atPs + 1), quiet.GetEnergyJ(atPs + 1));
}

// Ten million changes, between powers ten orders of magnitude apart. Plain addition is off by
// 3e-11.
TEST(EnergyMeter, StaysExactOverLongTimelines)
{
    EnergyMeter meter;
    __extension__ typedef __int128 Wide;
    Wide exact = 0; // W/1024 times ps: whole, so that the reference has no error at all
    std::mt19937_64 random(2);
    uint64_t atPs = 0;
    uint64_t power1024 = 0;
    for (int i = 0; i < 10000000; ++i)
    {
        const uint64_t gapPs = random() % 100000000;
        exact += static_cast<Wide>(power1024) * gapPs;
        atPs += gapPs;
        power1024 = i % 2 == 0 ? 1 + random() % 4 : 10000000000 + random() % 1000;
        meter.SetPower(atPs, static_cast<double>(power1024) / 1024);
    }
    const auto exactJ = static_cast<double>(static_cast<long double>(exact) / 1024 / 1e12L);
    EXPECT_NEAR(meter.GetEnergyJ(atPs) / exactJ, 1, EXACT);
    EXPECT_NEAR(meter.GetEnergyJ(atPs) / exactJ, 1, 1e-14);
}

TEST(EnergyMeter, CampaignsOfYears)
{
    CampaignEnergyMeter meter;
    meter.SetPower(0, 145000);
    for (int year = 0; year < 30; ++year)
    {
        meter.SetPower(8766.0 * year + 1000.25, 0);
        meter.SetPower(8766.0 * year + 1001.5, 145000);
    }
    // 30 years less 30 outages of 1.25 h.
    const double expectedJ = 145000 * 3600 * (30 * 8766.0 - 30 * 1.25);
    EXPECT_NEAR(meter.GetEnergyJ(30 * 8766.0) / expectedJ, 1, EXACT);
    EXPECT_DOUBLE_EQ(expectedJ / JOULES_PER_KWH, 145 * (30 * 8766.0 - 37.5));
}

TEST(EnergyMeter, RefusesThePastAndWhatIsNoPower)
{
    EnergyMeter meter;
    meter.SetPower(10, 1);
    ExpectInvalid([&] { meter.SetPower(9, 1); },
                  {"energy meter: at = 9", "the last change, at 10"});
    ExpectInvalid([&] { meter.GetEnergyJ(9); }, {"at = 9"});
    ExpectInvalid([&] { meter.AddEnergy(9, 1); }, {"at = 9"});
    ExpectInvalid([&] { meter.SetPower(11, -1); }, {"powerW = -1", "0 to "});
    ExpectInvalid([&] { meter.SetPower(11, INF); }, {"powerW = inf"});
    ExpectInvalid([&] { meter.SetPower(11, std::nan("")); }, {"powerW = nan"});
    ExpectInvalid([&] { meter.AddEnergy(11, -1); }, {"energyJ = -1"});
    // What was refused left nothing behind.
    EXPECT_EQ(meter.GetLastChange(), 10u);
    EXPECT_EQ(meter.GetPowerW(), 1);
    CampaignEnergyMeter campaign;
    campaign.SetPower(1.5, 1);
    ExpectInvalid([&] { campaign.SetPower(1.25, 1); }, {"at = 1.25"});
    ExpectInvalid([&] { campaign.GetEnergyJ(std::nan("")); }, {"at = nan"});
    ExpectInvalid([&] { campaign.GetEnergyJ(INF); }, {"at = inf"});
}

TEST(EnergyLedger, SumsByClassAndRack)
{
    EnergyLedger ledger;
    const auto npu = ledger.AddItem(PartClass::ACCELERATOR, "r1");
    const auto module = ledger.AddItem(PartClass::MODULE, "r1");
    const auto other = ledger.AddItem(PartClass::MODULE, "r2");
    EXPECT_EQ(ledger.GetItems(), 3u);
    ledger.SetPower(npu, 0, 600);
    ledger.SetPower(module, SECOND_PS, 4);
    ledger.SetPower(other, 2 * SECOND_PS, 8);
    ledger.AddEnergy(other, 3 * SECOND_PS, 5);
    EXPECT_EQ(ledger.GetPowerW(), 612);
    EXPECT_EQ(ledger.GetPowerW(PartClass::MODULE), 12);
    EXPECT_EQ(ledger.GetPowerW(PartClass::SWITCH), 0);
    EXPECT_EQ(ledger.GetPowerW("r1"), 604);
    const uint64_t endPs = 4 * SECOND_PS;
    EXPECT_DOUBLE_EQ(ledger.GetEnergyJ(endPs), 2400 + 12 + 21);
    EXPECT_DOUBLE_EQ(ledger.GetEnergyJ(PartClass::MODULE, endPs), 33);
    EXPECT_DOUBLE_EQ(ledger.GetEnergyJ("r1", endPs), 2412);
    EXPECT_DOUBLE_EQ(ledger.GetEnergyJ("r2", endPs), 21);
    EXPECT_EQ(ledger.GetRacks(), (std::vector<std::string>{"r1", "r2"}));
    EXPECT_EQ(ledger.GetMeter(module).GetPowerW(), 4);

    ExpectInvalid([&] { ledger.SetPower(3, 0, 1); }, {"item = 3", "one of the 3"});
    ExpectInvalid([&] { ledger.AddEnergy(3, 0, 1); }, {"item = 3"});
    ExpectInvalid([&] { ledger.GetMeter(3); }, {"item = 3"});
    ExpectInvalid([&] { ledger.GetPowerW("r3"); }, {"rack = \"r3\""});
    ExpectInvalid([&] { ledger.GetEnergyJ("r3", endPs); }, {"rack = \"r3\""});
    ExpectInvalid([&] { ledger.GetEnergyJ(SECOND_PS); }, {"at = 1000000000000"});
    const auto none = static_cast<PartClass::Kind>(PartClass::COUNT);
    ExpectInvalid([&] { ledger.AddItem(none, ""); }, {"part = 8"});
    ExpectInvalid([&] { ledger.GetPowerW(none); }, {"part = 8"});
    ExpectInvalid([&] { GetName(none); }, {"part = 8"});
}

/**
 * Some items whose power changes at random, sampled in steps.
 * @param stepPs length of a step, ps
 * @param energyJ energy as the ledger has it, J
 * @return energy as the samples have it, J: of each class, then of all
 */
std::vector<double>
RunSampled(uint64_t stepPs, double& energyJ)
{
    EnergyLedger ledger;
    for (uint8_t i = 0; i < 20; ++i)
    {
        ledger.AddItem(static_cast<PartClass::Kind>(i % PartClass::COUNT), std::to_string(i % 3));
    }
    PowerTrace trace(ledger, 0, stepPs);
    std::mt19937_64 random(3);
    uint64_t atPs = 0;
    for (int i = 0; i < 3000; ++i)
    {
        atPs += random() % 1000000000;
        trace.CatchUp(atPs);
        ledger.SetPower(random() % 20, atPs, static_cast<double>(random() % 100000) / 13);
    }
    atPs += 12345;
    trace.Finish(atPs);
    energyJ = ledger.GetEnergyJ(atPs);
    std::vector<double> sums(PartClass::COUNT + 1);
    uint64_t fromPs = 0;
    for (const PowerSample& sample : trace.GetSamples())
    {
        EXPECT_EQ(sample.fromPs, fromPs);
        EXPECT_LE(sample.toPs - sample.fromPs, stepPs);
        fromPs = sample.toPs;
        const double seconds = PicosecondClock::GetSeconds(sample.fromPs, sample.toPs);
        double allW = 0;
        for (uint8_t part = 0; part < PartClass::COUNT; ++part)
        {
            sums[part] += sample.classMeanW[part] * seconds;
            allW += sample.classMeanW[part];
        }
        sums[PartClass::COUNT] += sample.meanW * seconds;
        EXPECT_NEAR(sample.meanW, allW, 1e-6 * (1 + allW));
    }
    EXPECT_EQ(fromPs, atPs);
    for (uint8_t part = 0; part < PartClass::COUNT; ++part)
    {
        EXPECT_NEAR(sums[part],
                    ledger.GetEnergyJ(static_cast<PartClass::Kind>(part), atPs),
                    EXACT * energyJ);
    }
    return sums;
}

TEST(PowerTrace, EnergyIsTheSameWhateverTheStep)
{
    double firstJ = 0;
    RunSampled(SECOND_PS, firstJ);
    EXPECT_GT(firstJ, 0);
    for (const uint64_t stepPs :
         {uint64_t{777777}, uint64_t{1000000007}, SECOND_PS / 3, 9 * SECOND_PS})
    {
        double energyJ = 0;
        const std::vector<double> sums =
            RunSampled(stepPs * (stepPs < 1000000 ? 1000 : 1), energyJ);
        EXPECT_EQ(energyJ, firstJ) << stepPs;
        EXPECT_NEAR(sums.back() / energyJ, 1, EXACT) << stepPs;
    }
}

TEST(PowerTrace, MeansOfAHandMadeTimeline)
{
    EnergyLedger ledger;
    const auto item = ledger.AddItem(PartClass::NIC, "");
    PowerTrace trace(ledger, 0, 4 * SECOND_PS);
    const auto set = [&](uint64_t atS, double powerW) {
        trace.CatchUp(atS * SECOND_PS);
        ledger.SetPower(item, atS * SECOND_PS, powerW);
    };
    set(1, 10);
    set(4, 30);
    set(10, 50);
    trace.Finish(11 * SECOND_PS);
    ASSERT_EQ(trace.GetSamples().size(), 3u);
    EXPECT_DOUBLE_EQ(trace.GetSamples()[0].meanW, 7.5);
    EXPECT_DOUBLE_EQ(trace.GetSamples()[1].meanW, 30);
    EXPECT_DOUBLE_EQ(trace.GetSamples()[2].classMeanW[PartClass::NIC], 110.0 / 3);
    EXPECT_EQ(trace.GetSamples()[2].toPs, 11 * SECOND_PS);
    // At the end of a sample there is nothing more to take.
    trace.Finish(11 * SECOND_PS);
    EXPECT_EQ(trace.GetSamples().size(), 3u);

    ExpectInvalid([&] { trace.Finish(10 * SECOND_PS); }, {"atPs = 10000000000000"});
    ExpectInvalid([&] { PowerTrace(ledger, 11 * SECOND_PS, 0); }, {"stepPs = 0"});
    ExpectInvalid([&] { PowerTrace(ledger, 0, 1); }, {"energy meter: at = 0"});
    // A change that the trace was not told of before: what was before it is lost.
    ledger.SetPower(item, 17 * SECOND_PS, 1);
    ExpectInvalid([&] { trace.CatchUp(17 * SECOND_PS); }, {"at = 15000000000000"});
}

} // namespace
