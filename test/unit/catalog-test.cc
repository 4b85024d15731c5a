/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/catalog-unit.h"
#include "ns3/catalog.h"
#include "ns3/fec-code.h"
#include "ns3/scenario-toml.h"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param name name of a file of the repository
 * @return what it says
 */
std::string
ReadSource(const std::string& name)
{
    std::ifstream file(std::string(OPTICAL_FABRIC_SOURCE_DIR) + "/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty()) << name;
    return text.str();
}

/// @return all kinds of entries
std::vector<CatalogKind::Kind>
GetKinds()
{
    std::vector<CatalogKind::Kind> kinds;
    for (uint8_t i = 0; i < CatalogKind::COUNT; ++i)
    {
        kinds.push_back(static_cast<CatalogKind::Kind>(i));
    }
    return kinds;
}

/// The tests need toml++.
class CatalogTest : public testing::Test
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

TEST(CatalogWithoutToml, RefusesAndSaysWhy)
{
    if (HasToml())
    {
        GTEST_SKIP() << "built with TOML";
    }
    EXPECT_THROW(Catalog(), ScenarioError);
}

TEST_F(CatalogTest, HoldsTheFilesToTheLetter)
{
    const std::vector<CatalogText> files = GetBuiltInCatalog();
    EXPECT_EQ(files.size(), 10u);
    for (const CatalogText& file : files)
    {
        EXPECT_EQ(file.text, ReadSource(file.origin)) << file.origin;
    }
}

TEST_F(CatalogTest, HasWhatIsNeeded)
{
    const Catalog catalog;
    for (const char* rate : {"400G", "800G"})
    {
        for (const char* variant : {"LPO-DR", "LRO-DR", "CPO-DR", "DR"})
        {
            const std::string lanes = rate == std::string("400G") ? "4" : "8";
            const std::string name = std::string(rate) + "-" + variant + lanes;
            EXPECT_EQ(std::to_string(catalog.GetTransceiver(name)->lanes), lanes);
        }
    }
    for (const char* name : {"400G-SR4.2", "400G-SR8-LPO", "400G-FR4", "800G-SR8", "800G-2xFR4"})
    {
        EXPECT_TRUE(catalog.Has(CatalogKind::TRANSCEIVER, name)) << name;
    }
    EXPECT_EQ(catalog.GetNames(CatalogKind::FIBRE),
              (std::vector<std::string>{"OM3", "OM4", "OM5", "SMF"}));
    EXPECT_EQ(catalog.GetTransceiver("400G-DR4")->retiming, Retiming::DSP);
    EXPECT_EQ(catalog.GetTransceiver("400G-LRO-DR4")->retiming, Retiming::LRO);
    EXPECT_EQ(catalog.GetTransceiver("400G-LPO-DR4")->retiming, Retiming::LPO);
    EXPECT_EQ(catalog.GetTransceiver("800G-CPO-DR8")->retiming, Retiming::CPO);
    EXPECT_EQ(catalog.GetTransceiver("400G-FR4")->plan, WavelengthPlan::WDM);
    EXPECT_EQ(catalog.GetTransceiver("400G-FR4")->GetFibres(), 2u);
    EXPECT_EQ(catalog.GetTransceiver("400G-SR4.2")->GetFibres(), 8u);
    const auto twice = catalog.GetTransceiver("800G-2xFR4");
    EXPECT_EQ(twice->plan, WavelengthPlan::WDM);
    EXPECT_EQ(twice->lanes, 8u);
    EXPECT_EQ(twice->GetFibres(), 4u);
    EXPECT_EQ(twice->GetWavelengthNm(0), twice->GetWavelengthNm(4));
    EXPECT_EQ(catalog.GetFibre("SMF")->modalBandwidthMhzKm, 0);
    EXPECT_EQ(catalog.GetCouplingKind("LC"), PathElement::CONNECTOR);
    EXPECT_EQ(catalog.GetCouplingKind("fusion"), PathElement::SPLICE);
    EXPECT_EQ(catalog.GetCouplingKind("O-band"), PathElement::CIRCULATOR);
    EXPECT_EQ(catalog.GetCircuitSwitch("Palomar")->GetUsablePorts(), 128u);
    EXPECT_EQ(catalog.GetMedium("DAC-26AWG")->GetReachM(106.25e9), 2);
}

TEST_F(CatalogTest, EveryEntryIsValidAndEveryValueFounded)
{
    const Catalog catalog;
    for (const CatalogKind::Kind kind : GetKinds())
    {
        EXPECT_FALSE(catalog.GetNames(kind).empty()) << GetName(kind);
        for (const std::string& name : catalog.GetNames(kind))
        {
            switch (kind)
            {
            case CatalogKind::TRANSCEIVER:
                EXPECT_NO_THROW(catalog.GetTransceiver(name)->Validate()) << name;
                EXPECT_EQ(catalog.GetTransceiver(name)->name, name);
                break;
            case CatalogKind::FIBRE:
                EXPECT_NO_THROW(catalog.GetFibre(name)->Validate()) << name;
                break;
            case CatalogKind::MEDIUM:
                EXPECT_NO_THROW(catalog.GetMedium(name)->Validate()) << name;
                break;
            case CatalogKind::CIRCUIT_SWITCH:
                EXPECT_NO_THROW(catalog.GetCircuitSwitch(name)->Validate()) << name;
                break;
            case CatalogKind::FAILURE_MODE: {
                FailureMode mode = *catalog.GetFailureMode(name);
                mode.effect.lossDb = mode.isDirt ? 1 : mode.effect.lossDb; // a fabric's connectors
                EXPECT_NO_THROW(mode.Validate()) << name;
                EXPECT_EQ(mode.name, name);
                break;
            }
            case CatalogKind::CONNECTOR:
            case CatalogKind::SPLICE:
            case CatalogKind::CIRCULATOR:
                EXPECT_NO_THROW(catalog.GetCoupling(name)->Validate()) << name;
                break;
            case CatalogKind::ACCELERATOR:
                EXPECT_NO_THROW(catalog.GetAccelerator(name)->Validate()) << name;
                break;
            case CatalogKind::PROCESSOR:
                EXPECT_NO_THROW(catalog.GetProcessor(name)->Validate()) << name;
                break;
            case CatalogKind::SWITCH:
                EXPECT_NO_THROW(catalog.GetSwitch(name)->Validate()) << name;
                break;
            case CatalogKind::NIC:
                EXPECT_NO_THROW(catalog.GetNic(name)->Validate()) << name;
                break;
            case CatalogKind::ENCLOSURE:
                EXPECT_NO_THROW(catalog.GetEnclosure(name)->Validate()) << name;
                break;
            case CatalogKind::SUPPLY:
                EXPECT_NO_THROW(catalog.GetSupply(name)->Validate()) << name;
                break;
            case CatalogKind::PRICE:
                EXPECT_NO_THROW(catalog.GetPrice(name)->Validate()) << name;
                break;
            case CatalogKind::REGION:
                EXPECT_NO_THROW(catalog.GetRegion(name)->Validate()) << name;
                break;
            case CatalogKind::FINANCE:
                EXPECT_NO_THROW(catalog.GetFinance(name)->Validate()) << name;
                break;
            case CatalogKind::INTERRUPTION:
                EXPECT_NO_THROW(catalog.GetInterruption(name)->Validate()) << name;
                break;
            }
            std::set<std::string> fields;
            for (const CatalogValue& value : catalog.GetEntry(kind, name).values)
            {
                const std::string path = name + "." + value.field;
                EXPECT_TRUE(fields.insert(value.field).second) << path;
                EXPECT_FALSE(value.source.empty()) << path;
                EXPECT_FALSE(value.written.empty()) << path;
                EXPECT_EQ(value.unit.empty(), value.numbers.empty()) << path;
                EXPECT_EQ(value.text.empty(), !value.numbers.empty()) << path;
                EXPECT_GT(value.place.line, 0u) << path;
                const bool isGuess = value.source.find("guess") != std::string::npos ||
                                     value.source.find("recalled") != std::string::npos;
                EXPECT_TRUE(!isGuess || value.evidence == Evidence::GUESSED)
                    << path << " has the mark " << GetMark(value.evidence) << ": " << value.source;
            }
        }
    }
}

TEST_F(CatalogTest, EveryEntryIsInTheDocumentation)
{
    const Catalog catalog;
    const std::string page = ReadSource("doc/catalog.rst");
    for (const CatalogKind::Kind kind : GetKinds())
    {
        for (const std::string& name : catalog.GetNames(kind))
        {
            EXPECT_NE(page.find("``" + name + "``"), std::string::npos) << name;
        }
    }
}

TEST_F(CatalogTest, UbModuleCarriesTwoLinksOf224Gbps)
{
    const Catalog catalog;
    const auto module = catalog.GetTransceiver("400G-SR8-LPO");
    EXPECT_EQ(module->lanes, 8u);
    EXPECT_DOUBLE_EQ(4 * module->GetLaneRateBps() / FecCode::Kp4().GetOverhead(), 224e9);
    const CatalogValue& rate =
        catalog.Require(CatalogKind::TRANSCEIVER, module->name, "symbol_rate", Evidence::DERIVED);
    EXPECT_EQ(rate.evidence, Evidence::DERIVED);
    EXPECT_EQ(module->power.activeW, 4.3);
}

TEST_F(CatalogTest, ModulesOfEthernetHaveItsRates)
{
    const Catalog catalog;
    const double overhead = FecCode::Kp4().GetOverhead();
    for (const std::string& name : catalog.GetNames(CatalogKind::TRANSCEIVER))
    {
        const auto type = catalog.GetTransceiver(name);
        const double rateBps = type->lanes * type->GetLaneDataRateBps(overhead);
        const bool isUb = name.rfind("400G-SR8-", 0) == 0;
        EXPECT_NEAR(rateBps, isUb ? 448e9 : name[0] == '8' ? 800e9 : 400e9, 1) << name;
    }
}

TEST_F(CatalogTest, LaserNoiseIsTypicalAndHasALimit)
{
    const Catalog catalog;
    for (const std::string& name : catalog.GetNames(CatalogKind::TRANSCEIVER))
    {
        const TransmitterSpec& transmitter = catalog.GetTransceiver(name)->transmitter;
        EXPECT_LT(transmitter.rinDbPerHz, transmitter.rinMaxDbPerHz - 3) << name;
        EXPECT_LT(transmitter.rinMaxDbPerHz, 0) << name;
        // Nobody publishes the typical one: a guess, and marked as such.
        const CatalogEntry& entry = catalog.GetEntry(CatalogKind::TRANSCEIVER, name);
        EXPECT_EQ(entry.Find("transmitter.rin")->evidence, Evidence::GUESSED) << name;
        // Lasers with lines are those of multimode fibre, whose bandwidth TDECQ contains.
        EXPECT_EQ(transmitter.effectiveModes > 0, transmitter.spectralWidthNm > 0) << name;
        EXPECT_EQ(std::isfinite(transmitter.tdecqBandwidthGHz), transmitter.spectralWidthNm > 0)
            << name;
    }
}

TEST_F(CatalogTest, ValuesSayWhereTheyAreFrom)
{
    const Catalog catalog;
    const CatalogEntry& entry = catalog.GetEntry(CatalogKind::TRANSCEIVER, "400G-DR4");
    EXPECT_EQ(entry.place.origin, "catalog/transceivers.toml");
    EXPECT_EQ(entry.like, "");
    const CatalogValue* latency = entry.Find("latency");
    ASSERT_NE(latency, nullptr);
    EXPECT_EQ(latency->written, "75");
    EXPECT_EQ(latency->unit, "ns");
    EXPECT_EQ(latency->evidence, Evidence::GUESSED);
    EXPECT_EQ(latency->numbers, std::vector<double>{75e-9});
    EXPECT_EQ(latency->inheritedFrom, "");
    EXPECT_GT(latency->place.line, entry.place.line);
    EXPECT_EQ(entry.Find("no.such"), nullptr);
    const CatalogValue* plan = entry.Find("plan");
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(plan->text, "parallel");
    EXPECT_EQ(plan->unit, "");
    const CatalogEntry& wdm = catalog.GetEntry(CatalogKind::TRANSCEIVER, "400G-FR4");
    EXPECT_EQ(wdm.Find("wavelengths")->written, "1271, 1291, 1311, 1331");
}

TEST_F(CatalogTest, DerivedEntriesSayOnlyWhatDiffers)
{
    const Catalog catalog;
    const CatalogEntry& entry = catalog.GetEntry(CatalogKind::TRANSCEIVER, "800G-LPO-DR8");
    EXPECT_EQ(entry.like, "400G-LPO-DR4");
    const auto parent = catalog.GetTransceiver("400G-LPO-DR4");
    const auto spec = catalog.GetTransceiver("800G-LPO-DR8");
    EXPECT_EQ(spec->retiming, Retiming::LPO);
    EXPECT_EQ(spec->lanes, 2 * parent->lanes);
    EXPECT_EQ(spec->transmitter.tdecqDb, parent->transmitter.tdecqDb);

    // Its own value.
    EXPECT_EQ(entry.Find("power.active")->inheritedFrom, "");
    EXPECT_EQ(entry.Find("power.active")->evidence, Evidence::SECOND_HAND);
    // Its parent's: second-hand there, but that it holds here is derived.
    const CatalogValue* rate = entry.Find("symbol_rate");
    EXPECT_EQ(rate->inheritedFrom, "400G-LPO-DR4");
    EXPECT_EQ(rate->evidence, Evidence::DERIVED);
    EXPECT_NE(rate->source.find("; here: eight lanes"), std::string::npos) << rate->source;
    // Its grandparent's: quoted there, but that it holds for the parent is a guess.
    const CatalogValue* omaMin = entry.Find("transmitter.oma_min");
    EXPECT_EQ(omaMin->inheritedFrom, "400G-DR4");
    EXPECT_EQ(omaMin->evidence, Evidence::GUESSED);
}

TEST_F(CatalogTest, DerivationWithoutAMarkKeepsMarks)
{
    Catalog catalog;
    catalog.LoadText(R"(
[fibre.B]
like = "A"
attenuation = { value = 0.004, unit = "dB/m", source = "here", mark = "M" }
[fibre.A]
wavelength = { value = 1.31, unit = "um", source = "there", mark = "Q" }
attenuation = { value = 0.3, unit = "dB/km", source = "there", mark = "Q" }
group_index = { value = 1.4682, unit = "1", source = "there", mark = "Q2" }
)",
                     "mine.toml");
    const CatalogEntry& entry = catalog.GetEntry(CatalogKind::FIBRE, "B");
    EXPECT_EQ(entry.Find("wavelength")->evidence, Evidence::QUOTED);
    EXPECT_EQ(entry.Find("wavelength")->source, "there");
    EXPECT_EQ(entry.Find("group_index")->evidence, Evidence::SECOND_HAND);
    EXPECT_EQ(catalog.GetFibre("B")->attenuationDbPerKm, 4);
    EXPECT_EQ(catalog.GetFibre("B")->wavelengthNm, 1310);
    EXPECT_EQ(catalog.GetFibre("B")->zeroDispersionNm, 0);
    EXPECT_EQ(entry.Find("zero_dispersion"), nullptr);
}

TEST_F(CatalogTest, ConvertsUnits)
{
    Catalog catalog;
    catalog.LoadText(R"(
[transceiver.T]
like = "400G-DR4"
symbol_rate = { value = 26562.5, unit = "MBd", source = "s", mark = "Q" }
transmitter.oma = { value = 2, unit = "mW", source = "s", mark = "Q" }
receiver.sensitivity = { value = 100, unit = "uW", source = "s", mark = "Q" }
latency = { value = 0.06, unit = "us", source = "s", mark = "Q" }
power.active = { value = 9500, unit = "mW", source = "s", mark = "Q" }
power.rise = { value = 30, unit = "mW/degC", source = "s", mark = "Q" }
power.reference_case = { value = 328.15, unit = "K", source = "s", mark = "Q" }
ageing.bias_limit = { value = 0.1, unit = "A", source = "s", mark = "Q" }
ageing.drift = { value = 0.5, unit = "%/kh", source = "s", mark = "Q" }
[fibre.F]
like = "OM4"
modal_bandwidth = { value = 4.7, unit = "GHz km", source = "s", mark = "Q" }
[medium.M]
delay = { value = 5.2, unit = "us/km", source = "s", mark = "Q" }
loss = { value = 0.14, unit = "dB/cm", source = "s", mark = "Q" }
loss_frequency = { value = 500, unit = "MHz", source = "s", mark = "Q" }
reach."56Gb/s" = { value = 30, unit = "cm", source = "s", mark = "Q" }
reach."112Gbps" = { value = 200, unit = "mm", source = "s", mark = "Q" }
[circuit_switch.S]
like = "Palomar"
reconfiguration = { value = 3, unit = "min", source = "s", mark = "Q" }
power = { value = 0.108, unit = "kW", source = "s", mark = "Q" }
)",
                     "mine.toml");
    const auto spec = catalog.GetTransceiver("T");
    EXPECT_DOUBLE_EQ(spec->baudGBd, 26.5625);
    EXPECT_NEAR(spec->transmitter.omaDbm, 3.0103, 1e-4);
    EXPECT_NEAR(spec->receiver.sensitivityOmaDbm, -10, 1e-12);
    EXPECT_DOUBLE_EQ(spec->latencyS, 60e-9);
    EXPECT_DOUBLE_EQ(spec->power.activeW, 9.5);
    EXPECT_DOUBLE_EQ(spec->power.temperatureWPerC, 0.03);
    EXPECT_NEAR(spec->power.referenceCaseC, 55, 1e-9);
    EXPECT_DOUBLE_EQ(spec->ageing.biasLimitMa, 100);
    EXPECT_DOUBLE_EQ(spec->ageing.driftPerKh, 0.005);
    EXPECT_DOUBLE_EQ(catalog.GetFibre("F")->modalBandwidthMhzKm, 4700);
    const auto medium = catalog.GetMedium("M");
    EXPECT_DOUBLE_EQ(medium->delaySPerM, 5.2e-9);
    EXPECT_DOUBLE_EQ(medium->lossDbPerM, 14);
    EXPECT_DOUBLE_EQ(medium->lossFrequencyGHz, 0.5);
    EXPECT_DOUBLE_EQ(medium->GetReachM(56e9), 0.3);
    EXPECT_DOUBLE_EQ(medium->GetReachM(56.1e9), 0.2);
    EXPECT_DOUBLE_EQ(medium->GetReachM(113e9), 0);
    EXPECT_DOUBLE_EQ(catalog.GetCircuitSwitch("S")->reconfigurationS, 180);
    EXPECT_DOUBLE_EQ(catalog.GetCircuitSwitch("S")->powerW, 108);
}

TEST(CatalogUnits, FirstOneIsThatOfTheSpecs)
{
    std::set<std::string> firsts;
    for (int i = 0; i < CatalogQuantity::COUNT; ++i)
    {
        const auto quantity = static_cast<CatalogQuantity::Kind>(i);
        const std::vector<CatalogUnit>& units = GetCatalogUnits(quantity);
        ASSERT_FALSE(units.empty());
        EXPECT_EQ(units.front().Convert(1.25), 1.25) << units.front().name;
        std::set<std::string> names;
        for (const CatalogUnit& unit : units)
        {
            EXPECT_TRUE(names.insert(unit.name).second) << unit.name;
        }
        EXPECT_TRUE(firsts.insert(units.front().name).second) << units.front().name;
    }
    EXPECT_STREQ(GetCatalogUnits(CatalogQuantity::LEVEL).front().name, "dBm");
    EXPECT_STREQ(GetCatalogUnits(CatalogQuantity::TIME).front().name, "s");
    EXPECT_STREQ(GetCatalogUnits(CatalogQuantity::DISPERSION_SLOPE).front().name, "ps/(nm^2 km)");
    EXPECT_STREQ(GetCatalogUnits(CatalogQuantity::DURATION).front().name, "h");
}

TEST_F(CatalogTest, LoadingReplacesAndAdds)
{
    Catalog catalog;
    const auto before = catalog.GetTransceiver("400G-DR4");
    const std::size_t count = catalog.GetNames(CatalogKind::TRANSCEIVER).size();
    catalog.LoadText(R"(
[transceiver."400G-DR4"]
like = "400G-DR4"
power.active = { value = 8, unit = "W", source = "my meter", mark = "Q" }
power.idle = { value = 7, unit = "W", source = "my meter", mark = "Q" }
power.off = { value = 1, unit = "W", source = "my meter", mark = "Q" }
[transceiver.mine]
like = "400G-DR4"
lanes = { value = 2, unit = "1", source = "my eyes", mark = "Q" }
)",
                     "mine.toml");
    EXPECT_EQ(catalog.GetNames(CatalogKind::TRANSCEIVER).size(), count + 1);
    const auto after = catalog.GetTransceiver("400G-DR4");
    EXPECT_EQ(before->power.activeW, 9);
    EXPECT_EQ(after->power.activeW, 8);
    EXPECT_EQ(after->transmitter.omaMinDbm, before->transmitter.omaMinDbm);
    const CatalogEntry& entry = catalog.GetEntry(CatalogKind::TRANSCEIVER, "400G-DR4");
    EXPECT_EQ(entry.place.origin, "mine.toml");
    EXPECT_EQ(entry.Find("lanes")->place.origin, "catalog/transceivers.toml");
    // A new entry of the same file has the new one below it; an old one keeps the old.
    EXPECT_EQ(catalog.GetTransceiver("mine")->power.activeW, 8);
    EXPECT_EQ(catalog.GetTransceiver("mine")->lanes, 2u);
    EXPECT_EQ(catalog.GetTransceiver("800G-DR8")->power.referenceCaseC, 55);
    EXPECT_EQ(catalog.GetTransceiver("400G-FR4")->power.offW, 1.5);
}

TEST_F(CatalogTest, LoadsFilesOneOverTheOther)
{
    const std::string name = "catalog-test.toml";
    const auto write = [&](const std::string& reach) {
        std::ofstream(name) << "[medium.DAC-26AWG]\nlike = \"DAC-26AWG\"\nreach.\"106.25Gbps\" = "
                               "{ value = " +
                                   reach + ", unit = \"m\", source = \"a test\", mark = \"M\" }\n";
    };
    Catalog catalog;
    write("2.5");
    catalog.Load(name);
    EXPECT_EQ(catalog.GetMedium("DAC-26AWG")->GetReachM(106.25e9), 2.5);
    write("1.5");
    catalog.Load(name);
    std::remove(name.c_str());
    const auto medium = catalog.GetMedium("DAC-26AWG");
    EXPECT_EQ(medium->GetReachM(106.25e9), 1.5);
    EXPECT_EQ(medium->GetReachM(53.125e9), 3);
    EXPECT_EQ(medium->reaches.size(), 3u);
}

TEST_F(CatalogTest, ReachForAnyRate)
{
    Catalog catalog;
    catalog.LoadText(R"(
[medium.M]
delay = { value = 4.5, unit = "ns/m", source = "s", mark = "Q" }
loss = { value = 1, unit = "dB/m", source = "s", mark = "Q" }
loss_frequency = { value = 1, unit = "GHz", source = "s", mark = "Q" }
reach.any = { value = 5, unit = "m", source = "s", mark = "Q" }
)",
                     "mine.toml");
    EXPECT_EQ(catalog.GetMedium("M")->GetReachM(1e15), 5);
}

TEST_F(CatalogTest, RequiresWhatIsWellFounded)
{
    const Catalog catalog;
    const auto kind = CatalogKind::TRANSCEIVER;
    EXPECT_EQ(catalog.Require(kind, "400G-DR4", "transmitter.oma_min", Evidence::QUOTED).numbers[0],
              -0.8);
    EXPECT_EQ(catalog.Require(kind, "400G-DR4", "latency", Evidence::GUESSED).numbers[0], 75e-9);
    const auto expect = [&](const std::string& name,
                            const std::string& field,
                            const std::vector<std::string>& parts) {
        try
        {
            catalog.Require(kind, name, field, Evidence::DERIVED);
            ADD_FAILURE() << "not refused";
        }
        catch (const ScenarioError& refusal)
        {
            const std::string message = refusal.what();
            for (const std::string& part : parts)
            {
                EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks " << part;
            }
        }
    };
    expect("400G-DR4",
           "latency",
           {"catalog/transceivers.toml:",
            "transceiver.400G-DR4.latency = 75 has the mark M",
            "allowed: D or better"});
    expect("400G-DR4", "latence", {"there is no", "did you mean latency?", "power.active"});
    expect("400G-DR5", "latency", {"\"400G-DR5\"", "did you mean 400G-DR4?", "there are: "});
}

TEST_F(CatalogTest, UnknownNamesListWhatThereIs)
{
    const Catalog catalog;
    const auto expect = [](auto get, const std::string& start) {
        try
        {
            get();
            ADD_FAILURE() << "not refused: " << start;
        }
        catch (const ScenarioError& refusal)
        {
            EXPECT_EQ(std::string(refusal.what()).substr(0, start.size()), start);
        }
    };
    expect([&] { catalog.GetTransceiver("400G-DRR4"); },
           "there is no transceiver \"400G-DRR4\" in the catalog (did you mean 400G-DR4?); there "
           "are: 400G-CPO-DR4, 400G-DR4, ");
    expect([&] { catalog.GetFibre("om4x"); },
           "there is no fibre \"om4x\" in the catalog (did you mean OM4?); there are: OM3, OM4, ");
    expect([&] { catalog.GetCoupling("XYZZY"); },
           "there is no connector, splice or circulator \"XYZZY\" in the catalog; there are: LC, ");
    expect([&] { catalog.GetCouplingKind("XYZZY"); }, "there is no connector, splice or circ");
    expect([&] { catalog.GetMedium("DAC"); }, "there is no medium \"DAC\" in the catalog");
    expect([&] { catalog.GetCircuitSwitch("Palomor"); },
           "there is no circuit switch \"Palomor\" in the catalog (did you mean Palomar?)");
    EXPECT_FALSE(catalog.Has(CatalogKind::FIBRE, "MPO"));
}

TEST_F(CatalogTest, CountsMarks)
{
    Catalog catalog;
    const auto before = catalog.CountEvidence();
    uint32_t values = 0;
    for (const CatalogKind::Kind kind : GetKinds())
    {
        for (const std::string& name : catalog.GetNames(kind))
        {
            values += catalog.GetEntry(kind, name).values.size();
        }
    }
    EXPECT_EQ(std::accumulate(before.begin(), before.end(), 0u), values);
    for (uint8_t grade = 0; grade < Evidence::COUNT; ++grade)
    {
        EXPECT_GT(before[grade], 0u) << GetMark(static_cast<Evidence::Grade>(grade));
        RecordProperty(GetMark(static_cast<Evidence::Grade>(grade)),
                       static_cast<int>(before[grade]));
    }
    catalog.LoadText(R"(
[fibre.F]
wavelength = { value = 1310, unit = "nm", source = "s", mark = "Q" }
attenuation = { value = 0.3, unit = "dB/km", source = "s", mark = "D" }
group_index = { value = 1.4682, unit = "1", source = "s", mark = "D" }
)",
                     "mine.toml");
    const auto after = catalog.CountEvidence();
    EXPECT_EQ(after[Evidence::QUOTED], before[Evidence::QUOTED] + 1);
    EXPECT_EQ(after[Evidence::SECOND_HAND], before[Evidence::SECOND_HAND]);
    EXPECT_EQ(after[Evidence::DERIVED], before[Evidence::DERIVED] + 2);
    EXPECT_EQ(after[Evidence::GUESSED], before[Evidence::GUESSED]);
}

} // namespace
