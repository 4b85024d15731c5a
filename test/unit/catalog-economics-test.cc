/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/catalog-power.h"
#include "ns3/checkpoint-plan.h"
#include "ns3/input-ranges.h"
#include "ns3/scenario-toml.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// The tests need toml++.
class CatalogEconomics : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!HasToml())
        {
            GTEST_SKIP() << "built without TOML";
        }
    }
};

/**
 * Expect that a text is refused, in words that hold all of some parts.
 * @param text the text
 * @param parts what the message must hold
 */
void
ExpectRefusal(const std::string& text, const std::vector<std::string>& parts)
{
    Catalog catalog;
    try
    {
        catalog.LoadText(text, "my.toml");
        ADD_FAILURE() << "not refused: " << parts.front();
    }
    catch (const ScenarioError& refusal)
    {
        const std::string message = refusal.what();
        for (const std::string& part : parts)
        {
            EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks " << part;
        }
        EXPECT_NE(message.find("my.toml"), std::string::npos) << message;
    }
}

TEST_F(CatalogEconomics, HasWhatIsCompared)
{
    const Catalog catalog;
    const auto npu = catalog.GetAccelerator("Ascend-910C");
    EXPECT_EQ(npu->denseTflops, 752);
    EXPECT_EQ(npu->memoryGB, 128);
    EXPECT_EQ(npu->memoryGBps, 3200);
    EXPECT_EQ(npu->scaleUpGBps, 392);
    EXPECT_EQ(npu->power.activeW, 620);
    for (const char* name : {"Ascend-910D-what-if", "GB200-B200", "H100-SXM", "H20"})
    {
        EXPECT_EQ(catalog.GetAccelerator(name)->name, name);
        EXPECT_GT(catalog.GetPrice(name)->priceUsd.typical, 0);
    }
    EXPECT_EQ(catalog.GetAccelerator("Ascend-910D-what-if")->scaleUpGBps, 392);
    EXPECT_EQ(catalog.GetProcessor("Grace")->power.activeW, 300);
    EXPECT_EQ(catalog.GetSwitch("UB-L2")->scope, SwitchScope::CHIP);
    EXPECT_EQ(catalog.GetSwitch("SN5600")->scope, SwitchScope::BOX);
    EXPECT_NEAR(catalog.GetSwitch("SN5600")->GetJoulesPerBit(), 18.36e-12, 1e-14);
    EXPECT_EQ(catalog.GetNic("ConnectX-7")->power.activeW, 25);
    EXPECT_EQ(catalog.GetEnclosure("GB200-compute-tray")->power.activeW, 900);
    EXPECT_EQ(catalog.GetSupply("80PLUS-Titanium")->GetChain(1.3).supplyEfficiency, 0.96);
    EXPECT_EQ(catalog.GetRegion("China")->energyUsdPerKwh.typical, 0.088);
    EXPECT_EQ(catalog.GetRegion("US")->pue.low, 1.09);
    EXPECT_EQ(catalog.GetFinance("data-center")->lifeYears.typical, 5.5);
    EXPECT_DOUBLE_EQ(catalog.GetFinance("data-center")->discountRate.typical, 0.08);
}

// Derived values follow from those they name.
TEST_F(CatalogEconomics, DerivedValuesFollowFromTheirSources)
{
    const Catalog catalog;
    const double th4 = catalog.GetSwitch("Tomahawk-4")->GetJoulesPerBit();
    const double th5 = catalog.GetSwitch("Tomahawk-5")->GetJoulesPerBit();
    EXPECT_NEAR(catalog.GetSwitch("Tomahawk-4")->power.activeW, 500 / 1.1, 0.05);
    EXPECT_NEAR(catalog.GetSwitch("UB-L1")->capacityTbps,
                (32 * 224 + 4 * 160 * 8 / 7.0) / 1000,
                0.005);
    EXPECT_NEAR(catalog.GetSwitch("UB-L2")->capacityTbps, 48 * 0.224, 1e-9);
    EXPECT_NEAR(catalog.GetSwitch("UB-L1")->power.activeW, th4 * 7.9e12, 0.1);
    EXPECT_NEAR(catalog.GetSwitch("UB-L2")->power.activeW, th4 * 10.752e12, 0.1);
    EXPECT_NEAR(catalog.GetSwitch("NVLink5-switch")->power.activeW, th5 * 28.8e12, 0.1);
    EXPECT_NEAR(catalog.GetSwitch("CloudEngine-768x400G")->power.activeW,
                catalog.GetSwitch("SN5600")->GetJoulesPerBit() * 307.2e12,
                0.5);
    EXPECT_NEAR(catalog.GetEnclosure("DGX-H100")->power.activeW,
                10200 * 0.96 - 8 * 700 - 2 * 350 - 4 * 120,
                0.5);
    EXPECT_NEAR(catalog.GetEnclosure("GB200-compute-tray")->power.activeW, 6300 - 2 * 2700, 1e-9);
    EXPECT_NEAR(catalog.GetProcessor("Grace")->power.activeW, 2700 - 2 * 1200, 1e-9);
    EXPECT_NEAR(catalog.GetPrice("Ascend-910C")->priceUsd.low, 140000 / 7.14, 1);
    EXPECT_NEAR(catalog.GetPrice("Ascend-910C")->priceUsd.high, 145000 / 7.14, 1);
    EXPECT_NEAR(catalog.GetPrice("Palomar")->priceUsd.typical, 136 * 520, 1e-9);
    EXPECT_NEAR(catalog.GetRegion("China")->labourUsdPerH.typical, 27576 / 2000.0, 0.005);
}

TEST_F(CatalogEconomics, EveryPriceIsOfSomethingThereIsOrIsNamedHere)
{
    const Catalog catalog;
    const std::vector<std::string> others{"MPO-16-trunk",
                                          "400G-copper-cable",
                                          "NVLink-copper-pair",
                                          "GB200-NVL72",
                                          "CloudMatrix384"};
    for (const std::string& name : catalog.GetNames(CatalogKind::PRICE))
    {
        bool isKnown = std::find(others.begin(), others.end(), name) != others.end();
        for (const auto kind : {CatalogKind::ACCELERATOR,
                                CatalogKind::PROCESSOR,
                                CatalogKind::SWITCH,
                                CatalogKind::CIRCUIT_SWITCH,
                                CatalogKind::NIC,
                                CatalogKind::ENCLOSURE,
                                CatalogKind::TRANSCEIVER})
        {
            isKnown |= catalog.Has(kind, name);
        }
        const std::string hour = "-hour";
        if (name.size() > hour.size() && name.substr(name.size() - hour.size()) == hour)
        {
            isKnown |=
                catalog.Has(CatalogKind::ACCELERATOR, name.substr(0, name.size() - hour.size()));
        }
        EXPECT_TRUE(isKnown) << name;
    }
}

TEST_F(CatalogEconomics, BooksEveryClass)
{
    const Catalog catalog;
    BillOfMaterials bill;
    bill.Add({PartClass::ACCELERATOR, "H20", "", "", 1});
    bill.Add({PartClass::PROCESSOR, "Grace", "", "", 1});
    bill.Add({PartClass::SWITCH, "SN5600", "", "", 1});
    bill.Add({PartClass::CIRCUIT_SWITCH, "Palomar", "", "", 1});
    bill.Add({PartClass::NIC, "ConnectX-7", "", "", 1});
    bill.Add({PartClass::MODULE, "400G-DR4", "", "", 1});
    bill.Add({PartClass::CABLE, "any fibre", "", "", 1});
    bill.Add({PartClass::ENCLOSURE, "DGX-H100", "", "", 1});
    const PowerBook book = MakePowerBook(catalog, bill);
    const PowerBudget budget = GetPowerBudget(bill, book, {}, {0, 0.5, 1});
    EXPECT_DOUBLE_EQ(budget.inputW, 2 * (400 + 300 + 25 + 9 + 3012) + 940 + 108);
    Duties idle;
    idle.fill({PowerState::IDLE, 0});
    EXPECT_DOUBLE_EQ(GetPowerBudget(bill, book, idle, {}).GetInputW(PartClass::CIRCUIT_SWITCH),
                     108);
    for (const BillLine& line : bill.GetLines())
    {
        if (line.part == PartClass::CABLE)
        {
            EXPECT_THROW(GetPowerValue(catalog, line), std::invalid_argument);
            continue;
        }
        EXPECT_EQ(GetPowerValue(catalog, line).numbers.front(),
                  book.Get(line.part, line.type).power.activeW);
    }
    bill.Add({PartClass::NIC, "H20", "", "", 1});
    EXPECT_THROW(MakePowerBook(catalog, bill), ScenarioError);
    EXPECT_THROW(GetPowerValue(catalog, {PartClass::NIC, "H20", "", "", 1}), ScenarioError);
}

// What is said of how far values are known follows from its sources, too.
TEST_F(CatalogEconomics, RangesFollowFromTheirSources)
{
    const Catalog catalog;
    const auto mode = CatalogKind::FAILURE_MODE;
    constexpr double PERCENT_PER_YEAR = 8760e-9 * 100; // of a FIT
    const double npu = 12621 * PERCENT_PER_YEAR;
    EXPECT_NEAR(npu, 268 / 21233664.0 * 8760 * 100, 0.001);
    const ValueRange used = GetUsedUp(catalog, "npu");
    EXPECT_NEAR(used.low * npu, 2.5, 0.005);
    EXPECT_NEAR(used.typical * npu, 4, 0.005);
    EXPECT_NEAR(used.high * npu, 6, 0.01);
    const ValueRange rate = GetFactorRange(catalog, mode, "npu", "rate");
    EXPECT_NEAR(rate.low * npu, 158 / (400 * 8 * 348 / 365.0) * 100, 0.05);
    EXPECT_NEAR(rate.high * npu, 6.5e-3 * 365 / 8 * 100, 0.3);
    EXPECT_NEAR(GetFactorRange(catalog, mode, "npu", "repair").high, 0.7 * 24 / 2.25, 0.05);
    const ValueRange module = GetFactorRange(catalog, mode, "module", "rate");
    EXPECT_NEAR(module.low * 0.63, 0.35, 0.005);
    EXPECT_NEAR(module.high * 0.63, 8760 / 0.5e6 * 100, 0.005);
    EXPECT_NEAR(GetFactorRange(catalog, mode, "module", "repair").high, 1.98 * 24 / 2.25, 0.2);
    const ValueRange node =
        GetFactorRange(catalog, CatalogKind::ENCLOSURE, "CloudMatrix-node", "power");
    EXPECT_NEAR(node.low * 3012, 900 / 4.0 * 8, 10);
    EXPECT_NEAR(GetFactorRange(catalog, CatalogKind::ACCELERATOR, "Ascend-910C", "compute").high *
                    752,
                780,
                0.5);
    // Nothing is said: nothing is known to be otherwise.
    const ValueRange exact =
        GetFactorRange(catalog, CatalogKind::ACCELERATOR, "Ascend-910C", "memory");
    EXPECT_EQ(exact.low, 1);
    EXPECT_EQ(exact.high, 1);
    EXPECT_EQ(GetUsedUp(catalog, "contamination").high, 0); // cleaned
    EXPECT_THROW(GetFactorRange(catalog, mode, "nothing", "rate"), ScenarioError);
    EXPECT_THROW(GetUsedUp(catalog, "nothing"), ScenarioError);
}

// Llama 3 had 466 interruptions in 54 days and more than 90 % of its time effective.
TEST_F(CatalogEconomics, PublishedEffectiveTimeIsWithinCheckpointsAndRestarts)
{
    const auto job = Catalog().GetInterruption("training-job");
    const double mtbfH = 54 * 24 / 466.0;
    const auto getEfficiency = [&](RangeCase::Kind which) {
        const double writeH = job->writeH.Get(which);
        const double intervalH = GetDalyIntervalH(writeH, mtbfH);
        return GetDalyEfficiency({intervalH, writeH, job->restartH.Get(which)}, mtbfH);
    };
    EXPECT_NEAR(getEfficiency(RangeCase::LOW), 0.971, 5e-4);
    EXPECT_NEAR(getEfficiency(RangeCase::TYPICAL), 0.832, 5e-4);
    EXPECT_LT(getEfficiency(RangeCase::TYPICAL), 0.9);
}

// What is taken for something else than its source says is a guess, however good the source.
TEST_F(CatalogEconomics, MarksAreNotBetterThanWhatIsKnown)
{
    const Catalog catalog;
    const auto mark = [&catalog](const char* mode, const char* field) {
        return catalog.Require(CatalogKind::FAILURE_MODE, mode, field, Evidence::GUESSED).evidence;
    };
    EXPECT_EQ(mark("module", "rate"), Evidence::GUESSED);
    EXPECT_EQ(mark("laser-sudden-death", "rate"), Evidence::GUESSED);
    EXPECT_EQ(mark("lane-failure", "rate"), Evidence::GUESSED);
    EXPECT_EQ(mark("contamination", "rate"), Evidence::GUESSED);
    EXPECT_EQ(mark("switch-box", "rate"), Evidence::GUESSED);
    EXPECT_EQ(mark("npu", "detection.mean"), Evidence::GUESSED);
    EXPECT_EQ(mark("module", "detection.mean"), Evidence::GUESSED);
    EXPECT_EQ(mark("flap-burst", "detection.mean"), Evidence::SECOND_HAND); // of a port that flaps
    EXPECT_EQ(mark("npu", "rate"), Evidence::DERIVED);
}

TEST_F(CatalogEconomics, ConvertsUnits)
{
    Catalog catalog;
    const std::string tail = ", source = \"s\", mark = \"Q\" }\n";
    catalog.LoadText("[accelerator.A]\nlike = \"H100-SXM\"\n"
                     "compute = { value = 2, unit = \"PFLOPS\"" +
                         tail + "memory = { value = 0.5, unit = \"TB\"" + tail +
                         "[switch.S]\nlike = \"SN5600\"\n"
                         "capacity = { value = 800, unit = \"Gb/s\"" +
                         tail + "[price.P]\nlike = \"H20\"\n" +
                         "price.high = { value = 20, unit = \"kUSD\"" + tail +
                         "[region.R]\nlike = \"US\"\n"
                         "building.low = { value = 3, unit = \"USD/W\"" +
                         tail +
                         "[finance.F]\nlike = \"data-center\"\n"
                         "discount.low = { value = 0.05, unit = \"1/year\"" +
                         tail,
                     "my.toml");
    EXPECT_EQ(catalog.GetAccelerator("A")->denseTflops, 2000);
    EXPECT_EQ(catalog.GetAccelerator("A")->memoryGB, 500);
    EXPECT_DOUBLE_EQ(catalog.GetSwitch("S")->capacityTbps, 0.8);
    EXPECT_EQ(catalog.GetPrice("P")->priceUsd.high, 20000);
    EXPECT_EQ(catalog.GetFinance("F")->discountRate.low, 0.05);
    EXPECT_EQ(catalog.GetRegion("R")->buildingUsdPerKw.low, 3000);
}

TEST_F(CatalogEconomics, Refusals)
{
    const std::string tail = ", source = \"s\", mark = \"Q\" }\n";
    const auto change =
        [&](const std::string& entry, const std::string& like, const std::string& line) {
            return "[" + entry + "]\nlike = \"" + like + "\"\n" + line + tail;
        };
    ExpectRefusal(change("accelerator.A", "H20", "compute = { value = -1, unit = \"TFLOPS\""),
                  {"my.toml:3: ", "accelerator.A.compute.value = -1 TFLOPS", "0.001 to "});
    ExpectRefusal(change("accelerator.A", "H20", "power.active = { value = 40, unit = \"W\""),
                  {"my.toml:1: ", "accelerator.A: ", "activeW = 40"});
    ExpectRefusal(change("accelerator.A", "H20", "power.actve = { value = 40, unit = \"W\""),
                  {"unknown key accelerator.A.power.actve", "did you mean power.active?"});
    ExpectRefusal(change("processor.P", "Grace", "power.idle = { value = 400, unit = \"W\""),
                  {"processor.P: ", "activeW = 300"});
    ExpectRefusal(change("nic.N", "ConnectX-7", "power.off = { value = 1, unit = \"dBm\""),
                  {"nic.N.power.off.unit = \"dBm\"", "allowed: W, mW, kW"});
    ExpectRefusal(change("switch.S", "UB-L1", "scope = { value = \"rack\""),
                  {"switch.S.scope.value = \"rack\"", "chip, box"});
    ExpectRefusal(change("switch.S", "UB-L1", "capacity = { value = 0, unit = \"Tb/s\""),
                  {"switch.S.capacity.value = 0 Tb/s"});
    ExpectRefusal(change("enclosure.E", "DGX-H100", "compute = { value = 1, unit = \"TFLOPS\""),
                  {"unknown key enclosure.E.compute"});
    ExpectRefusal(change("supply.S", "80PLUS-Titanium", "efficiency = { value = 96, unit = \"1\""),
                  {"supply.S.efficiency.value = 96", "0.1 to 1"});
    ExpectRefusal(change("price.P", "H20", "price.low = { value = 20000, unit = \"USD\""),
                  {"price.P: ", "priceUsd.typical = 12000", "20000 to "});
    ExpectRefusal(change("price.P", "H20", "price.low = { value = 20000, unit = \"CNY\""),
                  {"price.P.price.low.unit = \"CNY\"", "allowed: USD, kUSD"});
    ExpectRefusal(change("region.R", "US", "pue.low = { value = 0.9, unit = \"1\""),
                  {"region.R.pue.low.value = 0.9", "1 to 10"});
    ExpectRefusal(change("region.R", "US", "electricity.high = { value = 0.07, unit = \"USD/kWh\""),
                  {"region.R: ", "energyUsdPerKwh.high = 0.07"});
    ExpectRefusal(change("finance.F", "data-center", "life.low = { value = 0, unit = \"year\""),
                  {"finance.F.life.low.value = 0 year"});
    ExpectRefusal("[region.R]\n", {"region.R.electricity.low is missing"});
    ExpectRefusal(change("accelerator.A", "H20", "power_range.low = { value = 1.1, unit = \"1\""),
                  {"accelerator.A.power_range.low.value = 1.1", "0 to 1"});
    ExpectRefusal(change("switch.S", "SN5600", "power_range.high = { value = 0.9, unit = \"1\""),
                  {"switch.S.power_range.high.value = 0.9", "1 to 1000"});
    ExpectRefusal(change("failure_mode.F", "module", "rate_range.low = { value = -1, unit = \"1\""),
                  {"failure_mode.F.rate_range.low.value = -1", "0 to 1"});
    ExpectRefusal(
        change("failure_mode.F", "module", "repair_range.high = { value = 0, unit = \"1\""),
        {"failure_mode.F.repair_range.high.value = 0", "1 to 1000"});
    ExpectRefusal(
        change("failure_mode.F", "module", "repair.used_up.high = { value = 101, unit = \"1\""),
        {"failure_mode.F.repair.used_up.high.value = 101", "0 to 100"});
    ExpectRefusal(
        change("failure_mode.F", "npu", "repair.used_up.high = { value = 0.1, unit = \"1\""),
        {"failure_mode.F: ", "repair.used_up.high = 0.1", "in ascending order"});
    ExpectRefusal(
        change("failure_mode.F", "host", "repair.used_up.high = { value = 0.1, unit = \"1\""),
        {"failure_mode.F: ", "repair.used_up.low is missing"});
    ExpectRefusal(
        change("interruption.I", "training-job", "write.low = { value = -1, unit = \"h\""),
        {"interruption.I.write.low.value = -1 h"});
    ExpectRefusal(
        change("interruption.I", "training-job", "restart.high = { value = 0.1, unit = \"h\""),
        {"interruption.I: ", "restartH.high = 0.1"});
    ExpectRefusal(change("region.R", "US", "building.low = { value = -1, unit = \"USD/W\""),
                  {"region.R.building.low.value = -1 USD/W"});
    ExpectRefusal(
        change("finance.F", "data-center", "building_life.low = { value = 0, unit = \"year\""),
        {"finance.F.building_life.low.value = 0 year"});
    Catalog catalog;
    EXPECT_THROW(catalog.GetAccelerator("H21"), ScenarioError);
    EXPECT_THROW(catalog.GetProcessor("H20"), ScenarioError);
    EXPECT_THROW(catalog.GetSwitch("x"), ScenarioError);
    EXPECT_THROW(catalog.GetNic("x"), ScenarioError);
    EXPECT_THROW(catalog.GetEnclosure("x"), ScenarioError);
    EXPECT_THROW(catalog.GetSupply("x"), ScenarioError);
    EXPECT_THROW(catalog.GetPrice("x"), ScenarioError);
    EXPECT_THROW(catalog.GetRegion("x"), ScenarioError);
    EXPECT_THROW(catalog.GetFinance("x"), ScenarioError);
}

} // namespace
