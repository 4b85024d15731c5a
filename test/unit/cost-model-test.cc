/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"

#include "ns3/collective-cost.h"
#include "ns3/cost-model.h"
#include "ns3/tornado.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

/// @return a system of modules and switches; all typical values are good for mental arithmetic
CostInputs
GetInputs()
{
    CostInputs inputs;
    CostItem module;
    module.name = "module";
    module.count = 1000;
    module.unitUsd = {50, 100, 400};
    module.failuresPerYear = {0.005, 0.01, 0.02};
    module.repairH = {0.5, 1, 2};
    CostItem box;
    box.name = "box";
    box.count = 10;
    box.unitUsd = {10000, 20000, 50000};
    box.failuresPerYear = {0.01, 0.1, 0.2};
    box.spareShare = {0.1, 0.2, 1};
    box.repairH = {2, 4, 8};
    inputs.items = {module, box};
    inputs.powerW = {80000, 100000, 120000};
    inputs.region.name = "here";
    inputs.region.energyUsdPerKwh = {0.05, 0.1, 0.2};
    inputs.region.pue = {1.1, 1.5, 1.6};
    inputs.region.labourUsdPerH = {10, 30, 60};
    inputs.finance.name = "bank";
    inputs.finance.lifeYears = {4, 5, 6};
    inputs.finance.discountRate = {0.02, 0.1, 0.15};
    inputs.amortisation = Amortisation::STRAIGHT_LINE;
    inputs.downtimeHPerYear = {1, 5, 20};
    inputs.downtimeUsdPerH = {100, 1000, 2000};
    return inputs;
}

TEST(CostModel, TypicalByHand)
{
    const Cost cost = GetCost(GetInputs(), RangeCase::TYPICAL);
    EXPECT_DOUBLE_EQ(cost.capitalUsd, 100000 + 200000);
    EXPECT_DOUBLE_EQ(cost.amortisationUsdPerYear, 60000);
    // 100 kW times 1.5 for 8,766 h at 0.1 USD.
    EXPECT_DOUBLE_EQ(cost.energyUsdPerYear, 131490);
    EXPECT_DOUBLE_EQ(cost.failuresPerYear, 10 + 1);
    EXPECT_DOUBLE_EQ(cost.labourUsdPerYear, (10 * 1 + 1 * 4) * 30);
    EXPECT_DOUBLE_EQ(cost.sparesUsdPerYear, 10 * 100 + 1 * 20000 * 0.2);
    EXPECT_DOUBLE_EQ(cost.downtimeUsdPerYear, 5000);
    EXPECT_DOUBLE_EQ(cost.GetTcoUsdPerYear(), 60000 + 131490 + 420 + 5000 + 5000);
    // 400 accelerators; 2e6 collectives a year; 50 PB a year; 800 GB/s.
    EXPECT_DOUBLE_EQ(cost.GetTcoUsdPer(400), 504.775);
    EXPECT_DOUBLE_EQ(cost.GetTcoUsdPer(2e6), 0.100955);
    EXPECT_DOUBLE_EQ(cost.GetTcoUsdPer(50), 4038.2);
    EXPECT_DOUBLE_EQ(cost.GetCapitalUsdPer(800), 375);
}

TEST(CostModel, LowAndHighByHand)
{
    const Cost low = GetCost(GetInputs(), RangeCase::LOW);
    EXPECT_DOUBLE_EQ(low.capitalUsd, 150000);
    EXPECT_DOUBLE_EQ(low.amortisationUsdPerYear, 150000 / 4.0);
    EXPECT_DOUBLE_EQ(low.energyUsdPerYear, 80 * 1.1 * 8766 * 0.05);
    EXPECT_DOUBLE_EQ(low.labourUsdPerYear, (5 * 0.5 + 0.1 * 2) * 10);
    EXPECT_DOUBLE_EQ(low.sparesUsdPerYear, 5 * 50 + 0.1 * 10000 * 0.1);
    EXPECT_DOUBLE_EQ(low.downtimeUsdPerYear, 100);
    const Cost high = GetCost(GetInputs(), RangeCase::HIGH);
    EXPECT_DOUBLE_EQ(high.capitalUsd, 900000);
    EXPECT_DOUBLE_EQ(high.amortisationUsdPerYear, 150000);
    EXPECT_DOUBLE_EQ(high.energyUsdPerYear, 120 * 1.6 * 8766 * 0.2);
    EXPECT_DOUBLE_EQ(high.downtimeUsdPerYear, 40000);
    // One value of each range is the same whichever is asked for.
    const CostInputs only = GetInputs().Only(RangeCase::HIGH);
    for (const auto which : {RangeCase::LOW, RangeCase::TYPICAL, RangeCase::HIGH})
    {
        EXPECT_EQ(GetCost(only, which).GetTcoUsdPerYear(), high.GetTcoUsdPerYear());
    }
}

TEST(CostModel, CheapestAndDearestByHand)
{
    // As low and high, but for the life: what lasts is cheap.
    const CostInputs inputs = GetInputs();
    const double low = GetCost(inputs, RangeCase::LOW).GetTcoUsdPerYear();
    const double high = GetCost(inputs, RangeCase::HIGH).GetTcoUsdPerYear();
    const double typical = GetCost(inputs, RangeCase::TYPICAL).GetTcoUsdPerYear();
    EXPECT_NEAR(GetCostBound(inputs, RangeCase::LOW).GetTcoUsdPerYear(),
                low - 150000 / 4.0 + 150000 / 6.0,
                1e-6);
    EXPECT_NEAR(GetCostBound(inputs, RangeCase::HIGH).GetTcoUsdPerYear(),
                high - 900000 / 6.0 + 900000 / 4.0,
                1e-6);
    EXPECT_EQ(GetCostBound(inputs, RangeCase::TYPICAL).GetTcoUsdPerYear(), typical);
    for (const TornadoBar& bar : GetCostTornado(inputs))
    {
        for (const double tco : {bar.atLow, bar.atHigh})
        {
            EXPECT_GE(tco, GetCostBound(inputs, RangeCase::LOW).GetTcoUsdPerYear());
            EXPECT_LE(tco, GetCostBound(inputs, RangeCase::HIGH).GetTcoUsdPerYear());
        }
    }
    const auto none = static_cast<RangeCase::Kind>(3);
    ExpectInvalid([&] { GetCostBound(inputs, none); }, {"which = 3"});
}

TEST(CostModel, OfACollectiveByHand)
{
    Cost cost;
    cost.energyUsdPerYear = 8766 * 3600; // a dollar a second
    EXPECT_DOUBLE_EQ(cost.GetUsdOf(2.5), 2.5);
    CollectiveRecord record;
    record.name = "reduce";
    record.ranks = 4;
    record.bytes = 1000000000;
    record.busBandwidthFactor = 1.5;
    ExpectInvalid([&] { GetCollectiveCost(cost, record); }, {"reduce", "finished executions = 0"});
    record.iterations = {{0, 1000000000000, 0}, {1000000000000, 4000000000000, 0}};
    // Executions of one and three seconds; 4 ranks move 1.5 GB each.
    const CollectiveCost one = GetCollectiveCost(cost, record);
    EXPECT_DOUBLE_EQ(one.usd, 2);
    EXPECT_DOUBLE_EQ(one.movedBytes, 6e9);
    EXPECT_DOUBLE_EQ(one.usdPerMovedPb, 2 / 6e-6);
    record.bytes = 0;
    EXPECT_EQ(GetCollectiveCost(cost, record).usdPerMovedPb, INFINITY);
    ExpectInvalid([&] { cost.GetUsdOf(-1); }, {"seconds = -1"});
}

TEST(CostModel, Annuity)
{
    const auto annuity = Amortisation::ANNUITY;
    // 1,000 USD over two years at 10 %: p / 1.1 + p / 1.21 = 1000.
    EXPECT_NEAR(GetAmortisationUsdPerYear(1000, 2, 0.1, annuity), 1210.0 / 2.1, 1e-9);
    EXPECT_NEAR(GetAmortisationUsdPerYear(1000, 1, 0.25, annuity), 1250, 1e-9);
    EXPECT_DOUBLE_EQ(GetAmortisationUsdPerYear(1000, 4, 0, annuity), 250);
    EXPECT_DOUBLE_EQ(GetAmortisationUsdPerYear(1000, 4, 0.5, Amortisation::STRAIGHT_LINE), 250);
    // Almost no interest: almost a straight line, and no loss of digits.
    EXPECT_NEAR(GetAmortisationUsdPerYear(1000, 4, 1e-12, annuity), 250, 1e-9);
    CostInputs inputs = GetInputs();
    inputs.amortisation = annuity;
    EXPECT_NEAR(GetCost(inputs, RangeCase::TYPICAL).amortisationUsdPerYear,
                300000 * 0.1 / (1 - std::pow(1.1, -5)),
                1e-6);
    EXPECT_EQ(CostInputs().amortisation, annuity); // capital is never free unless asked for
    ExpectInvalid([&] { GetAmortisationUsdPerYear(-1, 1, 0, annuity); }, {"capitalUsd = -1"});
    ExpectInvalid([&] { GetAmortisationUsdPerYear(1, 0, 0, annuity); }, {"lifeYears = 0"});
    ExpectInvalid([&] { GetAmortisationUsdPerYear(1, 1, 2, annuity); }, {"discountRate = 2"});
    ExpectInvalid([&] { GetAmortisationUsdPerYear(1, 1, 0, static_cast<Amortisation::Kind>(2)); },
                  {"method = 2"});
}

TEST(CostModel, BuildingByHand)
{
    CostInputs inputs = GetInputs();
    const double without = GetCost(inputs, RangeCase::TYPICAL).GetTcoUsdPerYear();
    inputs.region.buildingUsdPerKw = {5000, 10000, 15000};
    inputs.finance.buildingLifeYears = {10, 20, 25};
    // 100 kW at 10,000 USD each over 20 years; PUE is electricity's, not the building's.
    Cost cost = GetCost(inputs, RangeCase::TYPICAL);
    EXPECT_DOUBLE_EQ(cost.buildingUsd, 1e6);
    EXPECT_DOUBLE_EQ(cost.buildingUsdPerYear, 50000);
    EXPECT_DOUBLE_EQ(cost.capitalUsd, 300000);
    EXPECT_DOUBLE_EQ(cost.GetTcoUsdPerYear(), without + 50000);
    // The cheapest lasts longest.
    EXPECT_DOUBLE_EQ(GetCostBound(inputs, RangeCase::LOW).buildingUsdPerYear, 80 * 5000 / 25.0);
    EXPECT_DOUBLE_EQ(GetCostBound(inputs, RangeCase::HIGH).buildingUsdPerYear, 120 * 15000 / 10.0);
    std::set<std::string> names;
    for (const TornadoBar& bar : GetCostTornado(inputs))
    {
        names.insert(bar.name);
    }
    EXPECT_EQ(names.count("building"), 1u);
    EXPECT_EQ(names.count("life of the building"), 1u);
    inputs.amortisation = Amortisation::ANNUITY;
    EXPECT_NEAR(GetCost(inputs, RangeCase::TYPICAL).buildingUsdPerYear,
                1e6 * 0.1 / (1 - std::pow(1.1, -20)),
                1e-6);
}

/// @return a system of accelerators and modules; a hundred interruptions in 8760 h
CostInputs
GetJobInputs()
{
    CostInputs inputs = GetInputs();
    inputs.items.clear();
    CostItem npu;
    npu.name = "npu";
    npu.count = 100;
    npu.failuresPerYear = {0.5, 1, 2};
    npu.downH = {1, 2, 4};
    npu.interruptShare = 1;
    CostItem module;
    module.name = "module";
    module.count = 1000;
    module.failuresPerYear = {0.1, 0.2, 0.4};
    inputs.items = {npu, module};
    inputs.interruption = {"job", {0.01, 0.02, 0.1}, {0.1, 0.2, 0.4}};
    inputs.downtimeHPerYear = {};
    return inputs;
}

TEST(CostModel, WorkOfAJobByHand)
{
    const CostInputs inputs = GetJobInputs();
    const Cost cost = GetCost(inputs, RangeCase::TYPICAL);
    // Modules fail, too, and interrupt nothing.
    EXPECT_DOUBLE_EQ(cost.failuresPerYear, 300);
    EXPECT_DOUBLE_EQ(cost.interruptionsPerYear, 100);
    // Daly: sqrt(2 * 0.02 * 87.6) (1 + sqrt(0.02 / 175.2) / 3 + 0.02 / 175.2 / 9) - 0.02.
    EXPECT_NEAR(cost.checkpointH, 1.85858, 1e-5);
    EXPECT_NEAR(cost.jobEfficiency,
                1.85858 / 87.6 * std::exp(-0.2 / 87.6) / std::expm1(1.87858 / 87.6),
                1e-6);
    EXPECT_NEAR(cost.downtimeUsdPerYear, (1 - cost.jobEfficiency) * 8766 * 1000, 1e-6);
    EXPECT_NEAR(cost.availability, std::pow(1 / (1 + 2 / 8760.0), 100), 1e-12);
    // Each input that makes the job slower makes the year dearer.
    EXPECT_LT(GetCost(inputs, RangeCase::LOW).downtimeUsdPerYear / 100,
              cost.downtimeUsdPerYear / 1000);
    CostInputs none = inputs;
    none.items[0].interruptShare = 0;
    EXPECT_EQ(GetCost(none, RangeCase::TYPICAL).jobEfficiency, 1);
    EXPECT_EQ(GetCost(none, RangeCase::TYPICAL).checkpointH, 0);
    // Checkpoints for nothing: only restarts are lost.
    CostInputs instant = inputs;
    instant.interruption.writeH = {};
    EXPECT_NEAR(GetCost(instant, RangeCase::TYPICAL).jobEfficiency, std::exp(-0.2 / 87.6), 1e-12);
}

TEST(CostModel, PowerAndComputeOfItems)
{
    CostInputs inputs = GetInputs();
    inputs.items[0].unitW = {1, 2, 3};
    inputs.items[0].unitTflops = {4, 5, 6};
    inputs.items[0].unitMemoryGB = {7, 8, 9};
    inputs.items[0].unitMemoryGBps = {10, 11, 12};
    const Cost cost = GetCost(inputs, RangeCase::TYPICAL);
    EXPECT_DOUBLE_EQ(cost.powerW, 100000 + 1000 * 2);
    EXPECT_DOUBLE_EQ(cost.tflops, 5000);
    EXPECT_DOUBLE_EQ(cost.memoryGB, 8000);
    EXPECT_DOUBLE_EQ(cost.memoryGBps, 11000);
    EXPECT_DOUBLE_EQ(GetCost(inputs, RangeCase::HIGH).powerW, 120000 + 1000 * 3);
    EXPECT_DOUBLE_EQ(cost.energyUsdPerYear, 102 * 1.5 * 8766 * 0.1);
}

TEST(CostModel, ItemsOfOneModeFailAlike)
{
    CostInputs inputs = GetJobInputs();
    inputs.items[1].mode = "npu";
    ExpectInvalid([&] { inputs.Validate(); },
                  {"cost item module: mode = \"npu\"", "failures and repairs as those of npu"});
    inputs.items[1] = inputs.items[0];
    inputs.items[1].name = "other";
    inputs.items[1].mode = "npu";
    EXPECT_NO_THROW(inputs.Validate());
    // One rate, one bar, and it moves both.
    int bars = 0;
    for (const TornadoBar& bar : GetFigureTornado({inputs}, [](const auto& systems) {
             return GetCost(systems[0], RangeCase::TYPICAL).failuresPerYear;
         }))
    {
        if (bar.name == "failures of npu")
        {
            ++bars;
            EXPECT_DOUBLE_EQ(bar.atLow, 100);
            EXPECT_DOUBLE_EQ(bar.atHigh, 400);
        }
    }
    EXPECT_EQ(bars, 1);
}

TEST(CostModel, Refusals)
{
    const auto refuse = [](auto change, const std::vector<std::string>& parts) {
        CostInputs inputs = GetInputs();
        EXPECT_NO_THROW(inputs.Validate());
        change(inputs);
        ExpectInvalid([&] { GetCost(inputs, RangeCase::TYPICAL); }, parts);
        ExpectInvalid([&] { GetCostTornado(inputs); }, parts);
    };
    using I = CostInputs;
    refuse([](I& i) { i.items[0].name = ""; }, {"name = \"\""});
    refuse([](I& i) { i.items[0].name = "box"; }, {"name = \"box\"", "no other item"});
    refuse([](I& i) { i.items[0].count = -1; }, {"cost item module: count = -1"});
    refuse([](I& i) { i.items[0].unitUsd = {3, 2, 4}; }, {"unitUsd.typical = 2", "3 to "});
    refuse([](I& i) { i.items[0].unitUsd = {1, 2, 1}; }, {"unitUsd.high = 1", "2 to "});
    refuse([](I& i) { i.items[0].unitUsd.low = -1; }, {"unitUsd.low = -1"});
    refuse([](I& i) { i.items[0].failuresPerYear.high = 1e5; }, {"failuresPerYear.high"});
    refuse([](I& i) { i.items[1].spareShare.high = 101; },
           {"cost item box: spareShare.high = 101"});
    refuse([](I& i) { i.items[0].repairH.high = 1e5; }, {"repairH.high"});
    refuse([](I& i) { i.powerW.low = -1; }, {"cost: powerW.low = -1"});
    refuse([](I& i) { i.region.name = ""; }, {"region : name"});
    refuse([](I& i) { i.region.energyUsdPerKwh.high = 11; }, {"energyUsdPerKwh.high = 11"});
    refuse([](I& i) { i.region.pue.low = 0.5; }, {"region here: pue.low = 0.5"});
    refuse([](I& i) { i.region.labourUsdPerH.high = 2000; }, {"labourUsdPerH.high = 2000"});
    refuse([](I& i) { i.items[0].unitW.high = 1e13; }, {"unitW.high = 1"});
    refuse([](I& i) { i.items[0].downH.high = 1e7; }, {"downH.high = 1"});
    refuse([](I& i) { i.items[0].unitTflops.low = 1; }, {"unitTflops"});
    refuse([](I& i) { i.items[0].unitMemoryGB.high = 1e7; }, {"unitMemoryGB.high = 1"});
    refuse([](I& i) { i.items[0].unitMemoryGBps.high = 1e9; }, {"unitMemoryGBps.high = 1"});
    refuse([](I& i) { i.items[0].interruptShare = 1.5; }, {"interruptShare = 1.5"});
    refuse([](I& i) { i.interruption.name = ""; }, {"interruption : name"});
    refuse([](I& i) { i.interruption.writeH.high = 1001; }, {"writeH.high = 1001"});
    refuse([](I& i) { i.interruption.restartH.low = -1; }, {"restartH.low = -1"});
    refuse([](I& i) { i.finance.name = ""; }, {"finance : name"});
    refuse([](I& i) { i.finance.lifeYears.low = 0; }, {"finance bank: lifeYears.low = 0"});
    refuse([](I& i) { i.finance.discountRate.high = 2; }, {"discountRate.high = 2"});
    refuse([](I& i) { i.region.buildingUsdPerKw.high = 2e6; }, {"buildingUsdPerKw.high = 2"});
    refuse([](I& i) { i.finance.buildingLifeYears.low = 0; }, {"buildingLifeYears.low = 0"});
    refuse([](I& i) { i.finance.buildingLifeYears.high = 51; }, {"buildingLifeYears.high = 51"});
    refuse([](I& i) { i.amortisation = static_cast<Amortisation::Kind>(2); }, {"amortisation = 2"});
    refuse([](I& i) { i.downtimeHPerYear.high = 9000; }, {"downtimeHPerYear.high = 9000"});
    refuse([](I& i) { i.downtimeUsdPerH.low = -1; }, {"downtimeUsdPerH.low = -1"});
    const auto none = static_cast<RangeCase::Kind>(3);
    ExpectInvalid([&] { GetCost(GetInputs(), none); }, {"which = 3"});
    ExpectInvalid([&] { GetInputs().Only(none); }, {"which = 3"});
    ExpectInvalid([&] { Cost().GetTcoUsdPer(0); }, {"count = 0"});
    ExpectInvalid([&] { Cost().GetCapitalUsdPer(-1); }, {"count = -1"});
    ExpectInvalid([&] { Cost().GetCapitalUsdPer(INFINITY); }, {"count = inf"});
    PriceSpec price{"p", {1, 2, 3}};
    EXPECT_NO_THROW(price.Validate());
    price.name = "";
    ExpectInvalid([&] { price.Validate(); }, {"name"});
    price = {"p", {1, 2, 2e9}};
    ExpectInvalid([&] { price.Validate(); }, {"price p: priceUsd.high = 2e+09"});
}

TEST(Tornado, ByHand)
{
    // f = 3 a - b + c^2, which is least in the middle of c's range.
    const std::vector<TornadoInput> inputs{{"a", {1, 2, 3}},
                                           {"b", {0, 10, 20}, "h"},
                                           {"same", {0, 10, 20}},
                                           {"c", {-1, 0, 4}}};
    int calls = 0;
    const auto evaluate = [&](const std::vector<double>& x) {
        ++calls;
        return 3 * x[0] - x[1] - x[2] + x[3] * x[3];
    };
    const std::vector<TornadoBar> bars = GetTornado(inputs, evaluate);
    ASSERT_EQ(bars.size(), 4u);
    EXPECT_EQ(calls, 9);
    EXPECT_EQ(bars[0].name, "b");
    EXPECT_EQ(bars[0].atLow, -4);
    EXPECT_EQ(bars[0].atTypical, -14);
    EXPECT_EQ(bars[0].atHigh, -24);
    EXPECT_EQ(bars[0].GetSwing(), 20);
    // Equal swings keep the order of inputs.
    EXPECT_EQ(bars[1].name, "same");
    EXPECT_EQ(bars[2].name, "c");
    EXPECT_EQ(bars[2].GetSwing(), 16);
    EXPECT_EQ(bars[3].name, "a");
    EXPECT_EQ(bars[3].GetSwing(), 6);
    EXPECT_TRUE(GetTornado({}, [](const auto&) { return 1.0; }).empty());
    std::ostringstream text;
    PrintTornado(text, bars, "USD");
    EXPECT_EQ(
        text.str(),
        "input                               USD      USD    USD\n"
        "       unit  low  typical  high  at low  at high  swing\n"
        "b      h       0       10    20      -4      -24     20  H=========|========L\n"
        "same           0       10    20      -4      -24     20  H=========|========L\n"
        "c             -1        0     4     -13        2     16            |L=============H\n"
        "a              1        2     3     -17      -11      6         L==|==H\n");
    text.str("");
    PrintTornado(text, bars, "kUSD", 1e-3, 1);
    EXPECT_EQ(text.str(),
              "input                              kUSD     kUSD   kUSD\n"
              "       unit  low  typical  high  at low  at high  swing\n"
              "b      h       0       10    20  -0.004   -0.024   0.02  H=========|========L\n");
    ExpectInvalid([&] { PrintTornado(text, bars, "USD", 0); }, {"factor = 0"});
    ExpectInvalid([&] { GetTornado({{"", {1, 2, 3}}}, evaluate); }, {"name"});
    ExpectInvalid(
        [&] {
            GetTornado({{"a", {1, 2, 1}}}, evaluate);
        },
        {"tornado: a: range.high = 1"});
    ExpectInvalid([] { GetTornado({}, [](const auto&) { return NAN; }); }, {"result = nan"});
}

TEST(Tornado, IntervalAddsInQuadrature)
{
    TornadoBar one;
    one.atLow = 7;
    one.atTypical = 10;
    one.atHigh = 14;
    TornadoBar other; // a longer life is cheaper
    other.atLow = 13;
    other.atTypical = 10;
    other.atHigh = 6;
    const ValueRange interval = GetInputInterval({one, other});
    EXPECT_DOUBLE_EQ(interval.low, 10 - 5);
    EXPECT_DOUBLE_EQ(interval.typical, 10);
    EXPECT_DOUBLE_EQ(interval.high, 10 + 5);
    // What is never below 0 has no interval that is.
    other.atHigh = 0;
    EXPECT_EQ(GetInputInterval({one, other}).low, 0);
    other.atHigh = -1;
    EXPECT_LT(GetInputInterval({one, other}).low, -1);
    // Nor is a share above 1.
    EXPECT_EQ(GetInputInterval({one}, 12).high, 12);
    EXPECT_EQ(GetInputInterval({one}, 9).high, 10); // though what was computed stays
    ExpectInvalid([] { GetInputInterval({}); }, {"bars = 0"});
}

TEST(Tornado, SharedInputsMoveAllSystems)
{
    // What both pay alike moves no ratio of them.
    CostInputs first = GetInputs();
    CostInputs second = first;
    second.items[0].count *= 2;
    second.items[1].count *= 2;
    second.powerW = {160000, 200000, 240000};
    second.name = "second";
    const auto ratio = [](const std::vector<CostInputs>& systems) {
        return GetCost(systems[1], RangeCase::TYPICAL).energyUsdPerYear /
               GetCost(systems[0], RangeCase::TYPICAL).energyUsdPerYear;
    };
    for (const TornadoBar& bar : GetFigureTornado({first, second}, ratio))
    {
        const bool isPower = bar.name.find("power") != std::string::npos;
        EXPECT_EQ(bar.GetSwing() > 1e-9, isPower) << bar.name;
    }
    second.finance.discountRate = {0.01, 0.02, 0.03};
    ExpectInvalid(
        [&] {
            GetFigureTornado({first, second}, ratio);
        },
        {"tornado: discount rate", "one range for one name"});
}

TEST(Tornado, OfACost)
{
    const CostInputs inputs = GetInputs();
    const std::vector<TornadoBar> bars = GetCostTornado(inputs);
    // Two items with four ranges each, but one spareShare is fixed; eight more, but the rate of
    // discount has no say in a straight line, though it has a range.
    EXPECT_EQ(bars.size(), 7 + 8u);
    const double typical = GetCost(inputs, RangeCase::TYPICAL).GetTcoUsdPerYear();
    double last = INFINITY;
    for (const TornadoBar& bar : bars)
    {
        EXPECT_EQ(bar.atTypical, typical);
        EXPECT_LE(bar.GetSwing(), last);
        last = bar.GetSwing();
    }
    // Electricity: 131,490 USD at 0.1 USD/kWh, a half and twice of it.
    EXPECT_EQ(bars[0].name, "electricity");
    EXPECT_EQ(bars[0].unit, "USD/kWh");
    EXPECT_NEAR(bars[0].atLow, typical - 65745, 1e-6);
    EXPECT_NEAR(bars[0].atHigh, typical + 131490, 1e-6);
    EXPECT_EQ(bars.back().name, "discount rate");
    EXPECT_EQ(bars.back().GetSwing(), 0);
    // Boxes: 10 pieces from 10,000 to 50,000 USD over 5 years, and 1 failure of a fifth of it.
    EXPECT_EQ(bars[1].name, "price of box");
    EXPECT_NEAR(bars[1].GetSwing(), 40000 * (10 / 5.0 + 0.2), 1e-6);
    // The same every time.
    const std::vector<TornadoBar> again = GetCostTornado(inputs);
    for (std::size_t i = 0; i < bars.size(); ++i)
    {
        EXPECT_EQ(bars[i].name, again[i].name);
        EXPECT_EQ(bars[i].atHigh, again[i].atHigh);
    }
    // A longer life is cheaper: the bar knows which end is which.
    for (const TornadoBar& bar : bars)
    {
        if (bar.name == "life of all parts")
        {
            EXPECT_NEAR(bar.atLow, typical + 15000, 1e-6);
            EXPECT_NEAR(bar.atHigh, typical - 10000, 1e-6);
        }
    }
}

} // namespace
