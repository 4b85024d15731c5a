/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/transceiver-spec.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

constexpr double NOT_A_NUMBER = std::numeric_limits<double>::quiet_NaN(); ///< refused everywhere
constexpr double INFINITE = std::numeric_limits<double>::infinity();      ///< refused mostly

/// @return a type that is good; its figures are made up
TransceiverSpec
MakeSpec()
{
    TransceiverSpec spec;
    spec.name = "400G-DR4";
    spec.formFactor = "OSFP";
    spec.lanes = 4;
    spec.baudGBd = 53.125;
    spec.wavelengthsNm = {1311};
    spec.transmitter.omaDbm = 1.5;
    spec.transmitter.omaMinDbm = -0.8;
    spec.transmitter.tdecqDb = 1.7;
    spec.transmitter.tdecqMaxDb = 3.4;
    spec.transmitter.omaMinusTdecqMinDbm = -2.2;
    spec.transmitter.tdecqDispersionPsPerNm = 0.93;
    spec.transmitter.extinctionRatioDb = 4;
    spec.transmitter.rinDbPerHz = -140;
    spec.transmitter.reflectanceDb = -30;
    spec.receiver.sensitivityOmaDbm = -7;
    spec.receiver.sensitivityOmaMaxDbm = -5.3;
    spec.receiver.reflectanceDb = -30;
    spec.receiver.overloadOmaDbm = 4.2;
    spec.latencyS = 60e-9;
    spec.power.offW = 1;
    spec.power.idleW = 7;
    spec.power.activeW = 9;
    spec.power.temperatureWPerC = 0.02;
    spec.ageing.biasMa = 60;
    spec.ageing.biasLimitMa = 90;
    spec.ageing.driftPerKh = 0.01;
    spec.ageing.activationEv = 0.5;
    spec.spread.omaDb = 0.5;
    return spec;
}

/**
 * @param change what to change in a good type
 * @return what the refusal says; empty if there is none
 */
std::string
GetRefusal(const std::function<void(TransceiverSpec&)>& change)
{
    TransceiverSpec spec = MakeSpec();
    change(spec);
    try
    {
        spec.Validate();
    }
    catch (const std::invalid_argument& refusal)
    {
        return refusal.what();
    }
    return "";
}

/// A field and where its range ends.
struct Range
{
    const char* name;                               ///< as refusals name it
    std::function<double&(TransceiverSpec&)> field; ///< the field
    double low;                                     ///< smallest allowed
    bool lowIsAllowed;                              ///< false: it must be above that
    double high;                                    ///< largest allowed
    bool highIsAllowed;                             ///< false: it must be below that
};

} // namespace

TEST(TransceiverSpec, RatesFollowFromLanesBaudAndBits)
{
    TransceiverSpec spec = MakeSpec();
    EXPECT_DOUBLE_EQ(spec.GetLaneRateBps(), 106.25e9);
    EXPECT_DOUBLE_EQ(spec.GetLineRateBps(), 425e9);
    spec.modulation = Modulation::NRZ;
    spec.baudGBd = 25.78125;
    EXPECT_DOUBLE_EQ(spec.GetLaneRateBps(), 25.78125e9);
    EXPECT_DOUBLE_EQ(spec.GetLineRateBps(), 103.125e9);
}

TEST(TransceiverSpec, LineCodeLeavesTheRatesOfEthernet)
{
    TransceiverSpec spec = MakeSpec();
    EXPECT_DOUBLE_EQ(spec.GetLaneDataRateBps(1), 106.25e9);
    spec.lineCodeOverhead = 257.0 / 256;
    EXPECT_DOUBLE_EQ(spec.GetLaneDataRateBps(544.0 / 514), 100e9);
    spec.modulation = Modulation::NRZ;
    spec.baudGBd = 25.78125;
    EXPECT_DOUBLE_EQ(spec.GetLaneDataRateBps(528.0 / 514), 25e9);
}

TEST(TransceiverSpec, FibresFollowFromThePlan)
{
    TransceiverSpec spec = MakeSpec();
    EXPECT_EQ(spec.GetFibres(), 8u);
    spec.plan = WavelengthPlan::WDM;
    spec.wavelengthsNm = {1271, 1291, 1311, 1331};
    EXPECT_EQ(spec.GetFibres(), 2u);
    // 2xFR4: the same four on each of two fibre pairs.
    spec.lanes = 8;
    EXPECT_EQ(spec.GetFibres(), 4u);
    // 400GBASE-SR4.2: eight lanes of 53.125 Gb/s each way over eight fibres.
    spec.plan = WavelengthPlan::BIDIRECTIONAL;
    spec.lanes = 8;
    EXPECT_EQ(spec.GetFibres(), 8u);
}

TEST(TransceiverSpec, EachLaneHasItsWavelength)
{
    TransceiverSpec spec = MakeSpec();
    EXPECT_EQ(spec.GetWavelengthNm(0), 1311);
    EXPECT_EQ(spec.GetWavelengthNm(3), 1311);
    spec.plan = WavelengthPlan::WDM;
    spec.wavelengthsNm = {1271, 1291, 1311, 1331};
    EXPECT_NO_THROW(spec.Validate());
    EXPECT_EQ(spec.GetWavelengthNm(0), 1271);
    EXPECT_EQ(spec.GetWavelengthNm(3), 1331);
    EXPECT_THROW(spec.GetWavelengthNm(4), std::invalid_argument);
    // Each fibre pair carries the same wavelengths.
    spec.lanes = 8;
    EXPECT_NO_THROW(spec.Validate());
    EXPECT_EQ(spec.GetWavelengthNm(3), 1331);
    EXPECT_EQ(spec.GetWavelengthNm(4), 1271);
    EXPECT_EQ(spec.GetWavelengthNm(7), 1331);
    EXPECT_THROW(spec.GetWavelengthNm(8), std::invalid_argument);
    spec.wavelengthsNm.clear();
    EXPECT_THROW(spec.GetWavelengthNm(0), std::invalid_argument);
    EXPECT_THROW(spec.GetFibres(), std::invalid_argument);
}

TEST(TransceiverSpec, AcceptsWhatIsGood)
{
    EXPECT_EQ(GetRefusal([](TransceiverSpec&) {}), "");
    // No noise and no reflection at all are good too.
    EXPECT_EQ(GetRefusal([](TransceiverSpec& spec) {
                  spec.transmitter.rinDbPerHz = -INFINITE;
                  spec.receiver.reflectanceDb = -INFINITE;
              }),
              "");
    // The typical transmitter may be just the worst allowed, which decimal fractions miss.
    EXPECT_EQ(GetRefusal([](TransceiverSpec& spec) {
                  spec.transmitter.omaDbm = 1.6;
                  spec.transmitter.tdecqDb = 2.2;
                  spec.transmitter.omaMinusTdecqMinDbm = -0.6;
              }),
              "");
}

TEST(TransceiverSpec, RefusesNoiseSpectraAndBandwidthsThatCannotBe)
{
    EXPECT_EQ(GetRefusal([](TransceiverSpec& spec) { spec.transmitter.rinMaxDbPerHz = -140; }), "");
    EXPECT_EQ(
        GetRefusal([](TransceiverSpec& spec) { spec.transmitter.rinMaxDbPerHz = -141; }),
        "transceiver 400G-DR4: transmitter.rinMaxDbPerHz = -141 is not allowed; allowed: -140, "
        "which is transmitter.rinDbPerHz, to 0");
    for (const double good : {0.0, 1.0, 2.5, 1000.0})
    {
        EXPECT_EQ(GetRefusal([&](auto& spec) { spec.transmitter.effectiveModes = good; }), "");
    }
    EXPECT_EQ(
        GetRefusal([](auto& spec) { spec.transmitter.effectiveModes = 0.9; }),
        "transceiver 400G-DR4: transmitter.effectiveModes = 0.9 is not allowed; allowed: 1 to "
        "1000");
    EXPECT_EQ(GetRefusal([](auto& spec) { spec.transmitter.tdecqBandwidthGHz = 24.6; }), "");
    EXPECT_EQ(GetRefusal([](auto& spec) { spec.transmitter.tdecqBandwidthGHz = 0; }),
              "transceiver 400G-DR4: transmitter.tdecqBandwidthGHz = 0 is not allowed; allowed: "
              "above 0, infinity for none");
    EXPECT_EQ(GetRefusal([](auto& spec) { spec.lineCodeOverhead = 0.99; }),
              "transceiver 400G-DR4: lineCodeOverhead = 0.99 is not allowed; allowed: 1 to 2");
}

TEST(TransceiverSpec, RefusesEveryNumberOutOfRange)
{
    const std::vector<Range> ranges = {
        {"baudGBd", [](auto& s) -> double& { return s.baudGBd; }, 0, false, 1000, true},
        {"wavelengthsNm",
         [](auto& s) -> double& { return s.wavelengthsNm[0]; },
         400,
         true,
         2000,
         true},
        {"transmitter.omaDbm",
         [](auto& s) -> double& { return s.transmitter.omaDbm; },
         -0.5,
         true,
         40,
         true},
        {"transmitter.omaMinDbm",
         [](auto& s) -> double& { return s.transmitter.omaMinDbm; },
         -100,
         true,
         1.5,
         true},
        {"transmitter.tdecqDb",
         [](auto& s) -> double& { return s.transmitter.tdecqDb; },
         0,
         true,
         3.4,
         true},
        {"transmitter.tdecqMaxDb",
         [](auto& s) -> double& { return s.transmitter.tdecqMaxDb; },
         1.7,
         true,
         10,
         true},
        {"transmitter.omaMinusTdecqMinDbm",
         [](auto& s) -> double& { return s.transmitter.omaMinusTdecqMinDbm; },
         -110,
         true,
         -0.2,
         true},
        {"transmitter.spectralWidthNm",
         [](auto& s) -> double& { return s.transmitter.spectralWidthNm; },
         0,
         true,
         10,
         true},
        {"transmitter.tdecqDispersionPsPerNm",
         [](auto& s) -> double& { return s.transmitter.tdecqDispersionPsPerNm; },
         0,
         true,
         1e5,
         true},
        {"transmitter.extinctionRatioDb",
         [](auto& s) -> double& { return s.transmitter.extinctionRatioDb; },
         0,
         false,
         40,
         true},
        {"transmitter.rinDbPerHz",
         [](auto& s) -> double& { return s.transmitter.rinDbPerHz; },
         -INFINITE,
         true,
         0,
         false},
        {"transmitter.reflectanceDb",
         [](auto& s) -> double& { return s.transmitter.reflectanceDb; },
         -INFINITE,
         true,
         0,
         false},
        {"receiver.sensitivityOmaDbm",
         [](auto& s) -> double& { return s.receiver.sensitivityOmaDbm; },
         -100,
         true,
         -5.3,
         true},
        {"receiver.sensitivityOmaMaxDbm",
         [](auto& s) -> double& { return s.receiver.sensitivityOmaMaxDbm; },
         -7,
         true,
         4.2,
         true},
        {"receiver.sensitivityBer",
         [](auto& s) -> double& { return s.receiver.sensitivityBer; },
         0,
         false,
         0.1,
         true},
        {"receiver.reflectanceDb",
         [](auto& s) -> double& { return s.receiver.reflectanceDb; },
         -INFINITE,
         true,
         0,
         false},
        {"receiver.overloadOmaDbm",
         [](auto& s) -> double& { return s.receiver.overloadOmaDbm; },
         -5.3,
         true,
         40,
         true},
        {"latencyS", [](auto& s) -> double& { return s.latencyS; }, 0, true, 1e-3, true},
        {"power.offW", [](auto& s) -> double& { return s.power.offW; }, 0, true, 7, true},
        {"power.idleW", [](auto& s) -> double& { return s.power.idleW; }, 1, true, 9, true},
        {"power.activeW", [](auto& s) -> double& { return s.power.activeW; }, 7, true, 1000, true},
        {"power.referenceCaseC",
         [](auto& s) -> double& { return s.power.referenceCaseC; },
         -40,
         true,
         125,
         true},
        {"power.temperatureWPerC",
         [](auto& s) -> double& { return s.power.temperatureWPerC; },
         0,
         true,
         10,
         true},
        {"ageing.biasMa", [](auto& s) -> double& { return s.ageing.biasMa; }, 0, false, 90, false},
        {"ageing.biasLimitMa",
         [](auto& s) -> double& { return s.ageing.biasLimitMa; },
         60,
         false,
         1e4,
         true},
        {"ageing.driftPerKh",
         [](auto& s) -> double& { return s.ageing.driftPerKh; },
         0,
         true,
         10,
         true},
        {"ageing.activationEv",
         [](auto& s) -> double& { return s.ageing.activationEv; },
         0,
         true,
         5,
         true},
        {"ageing.referenceCaseC",
         [](auto& s) -> double& { return s.ageing.referenceCaseC; },
         -40,
         true,
         125,
         true},
        {"spread.omaDb", [](auto& s) -> double& { return s.spread.omaDb; }, 0, true, 10, true},
        {"spread.tdecqDb", [](auto& s) -> double& { return s.spread.tdecqDb; }, 0, true, 10, true},
        {"spread.sensitivityDb",
         [](auto& s) -> double& { return s.spread.sensitivityDb; },
         0,
         true,
         10,
         true},
    };
    for (const Range& range : ranges)
    {
        const auto refuses = [&](double value) {
            return !GetRefusal([&](TransceiverSpec& spec) { range.field(spec) = value; }).empty();
        };
        EXPECT_EQ(refuses(range.low), !range.lowIsAllowed) << range.name;
        EXPECT_EQ(refuses(range.high), !range.highIsAllowed) << range.name;
        EXPECT_TRUE(std::isinf(range.low) ||
                    refuses(std::nextafter(range.low, -INFINITE) - 1e-6 * std::abs(range.low)))
            << range.name;
        const double beyond = range.high + 1e-6 * std::max(std::abs(range.high), 1e-3);
        EXPECT_TRUE(refuses(beyond)) << range.name;
        EXPECT_TRUE(refuses(INFINITE)) << range.name;
        // The message names the type, the field, its value and what is allowed.
        const std::string message =
            GetRefusal([&](TransceiverSpec& spec) { range.field(spec) = NOT_A_NUMBER; });
        EXPECT_NE(message.find("400G-DR4"), std::string::npos) << range.name << ": " << message;
        EXPECT_NE(message.find(" = nan is not allowed; allowed: "), std::string::npos) << message;
    }
    const std::string message =
        GetRefusal([](TransceiverSpec& spec) { spec.transmitter.tdecqMaxDb = 11; });
    EXPECT_EQ(message,
              "transceiver 400G-DR4: transmitter.tdecqMaxDb = 11 is not allowed; allowed: 1.7, "
              "which is transmitter.tdecqDb, to 10");
}

TEST(TransceiverSpec, NamesTheValueThatAnotherDoesNotFit)
{
    EXPECT_EQ(GetRefusal([](TransceiverSpec& spec) { spec.power.activeW = 6; }),
              "transceiver 400G-DR4: power.activeW = 6 is not allowed; allowed: 7, which is "
              "power.idleW, to 1000");
}

TEST(TransceiverSpec, RefusesWhatIsNoSuchThing)
{
    const auto refusal = [](const std::function<void(TransceiverSpec&)>& change,
                            const std::string& part) {
        const std::string message = GetRefusal(change);
        EXPECT_NE(message.find(part), std::string::npos) << part << ": " << message;
    };
    refusal([](auto& s) { s.name = ""; }, "name = \"\" is not allowed");
    refusal([](auto& s) { s.lanes = 0; }, "lanes = 0 is not allowed; allowed: 1 to 64");
    refusal([](auto& s) { s.lanes = 65; }, "lanes = 65");
    refusal([](auto& s) { s.retiming = static_cast<Retiming::Kind>(9); }, "retiming = 9");
    refusal([](auto& s) { s.modulation = static_cast<Modulation::Kind>(2); }, "modulation = 2");
    refusal([](auto& s) { s.plan = static_cast<WavelengthPlan::Kind>(3); }, "plan = 3");
    refusal([](auto& s) { s.wavelengthsNm.clear(); },
            "number of wavelengthsNm = 0 is not allowed; allowed: 1 or 4");
    refusal([](auto& s) { s.wavelengthsNm = {1271, 1291}; }, "number of wavelengthsNm = 2");
    refusal(
        [](auto& s) {
            s.lanes = 1;
            s.wavelengthsNm = {1271, 1291};
        },
        "number of wavelengthsNm = 2 is not allowed; allowed: 1");
    refusal([](auto& s) { s.wavelengthsNm = {1271, 1291, 1311, 131}; }, "wavelengthsNm = 131 ");
    // Lanes that share a fibre need a wavelength each, and each fibre has as many.
    const auto wdm = [&](uint32_t lanes, const std::vector<double>& wavelengthsNm) {
        return GetRefusal([&](TransceiverSpec& spec) {
            spec.plan = WavelengthPlan::WDM;
            spec.lanes = lanes;
            spec.wavelengthsNm = wavelengthsNm;
        });
    };
    const std::vector<double> four = {1271, 1291, 1311, 1331};
    EXPECT_EQ(wdm(8, four), "");
    EXPECT_EQ(wdm(8, {1310, 1330}), "");
    EXPECT_EQ(wdm(1, {1310}), "");
    EXPECT_EQ(wdm(4, {1311}),
              "transceiver 400G-DR4: number of wavelengthsNm = 1 is not allowed; allowed: 2 or 4 "
              "with WDM, those of one fibre");
    for (const auto& [lanes, allowed] :
         {std::pair{2, "2"}, std::pair{6, "2, 3 or 6"}, std::pair{7, "7"}, std::pair{1, "1"}})
    {
        const std::string part = std::string(" is not allowed; allowed: ") + allowed + " with WDM";
        EXPECT_NE(wdm(lanes, four).find("= 4" + part), std::string::npos) << wdm(lanes, four);
        EXPECT_NE(wdm(lanes, {}).find("= 0" + part), std::string::npos) << wdm(lanes, {});
    }
    refusal(
        [](auto& s) {
            s.plan = WavelengthPlan::WDM;
            s.wavelengthsNm = {1271, 1291, 1311, 1271};
        },
        "wavelengthsNm = 1271 is not allowed; allowed: a different one for each lane of a fibre");
    EXPECT_EQ(GetRefusal([](auto& s) { s.wavelengthsNm = {1271, 1291, 1311, 1271}; }), "");
}

TEST(ModulePower, FollowsStateLoadAndTemperature)
{
    ModulePowerSpec spec = MakeSpec().power;
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::OFF, 1, 55), 1);
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::IDLE, 1, 55), 7);
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::ACTIVE, 0, 55), 7);
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::ACTIVE, 0.25, 55), 7.5);
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::ACTIVE, 1, 55), 9);
    // 0.02 W per degree over 15 degrees more, or less.
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::ACTIVE, 1, 70), 9.3);
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::IDLE, 0, 40), 6.7);
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::OFF, 0, 70), 1);
    // However cold, a module with its lasers on draws no less than with its lasers off.
    spec.temperatureWPerC = 1;
    EXPECT_DOUBLE_EQ(GetModulePowerW(spec, ModuleState::IDLE, 0, 0), 1);
}

TEST(ModulePower, RefusesWhatIsOutOfRange)
{
    const ModulePowerSpec spec = MakeSpec().power;
    for (const double load : {-0.01, 1.01, NOT_A_NUMBER})
    {
        EXPECT_THROW(GetModulePowerW(spec, ModuleState::ACTIVE, load, 55), std::invalid_argument);
    }
    for (const double caseC : {-40.1, 125.1, NOT_A_NUMBER})
    {
        EXPECT_THROW(GetModulePowerW(spec, ModuleState::ACTIVE, 1, caseC), std::invalid_argument);
    }
    EXPECT_THROW(GetModulePowerW(spec, static_cast<ModuleState::Kind>(3), 1, 55),
                 std::invalid_argument);
    EXPECT_NO_THROW(GetModulePowerW(spec, ModuleState::ACTIVE, 0, -40));
    EXPECT_NO_THROW(GetModulePowerW(spec, ModuleState::ACTIVE, 1, 125));
}

TEST(Arrhenius, MatchesTheClosedForm)
{
    EXPECT_EQ(GetArrheniusFactor(0.7, 55, 55), 1);
    EXPECT_EQ(GetArrheniusFactor(0, 25, 85), 1);
    // 0.7 eV from 55 to 125 degrees Celsius, a customary test condition: 77.645 with 0 degrees
    // Celsius at 273.15 K (77.9, which some tables have, follows from 273 K).
    EXPECT_NEAR(GetArrheniusFactor(0.7, 55, 125), 77.6454, 1e-4);
    EXPECT_NEAR(GetArrheniusFactor(0.35, 55, 70),
                std::exp(0.35 / 8.617333262e-5 * 1.3320939e-4),
                1e-4);
    EXPECT_NEAR(GetArrheniusFactor(0.7, 55, 125) * GetArrheniusFactor(0.7, 125, 55), 1, 1e-12);
    EXPECT_NEAR(BOLTZMANN_EV_PER_K, 8.617333262e-5, 1e-14);
}

TEST(Arrhenius, RefusesWhatIsOutOfRange)
{
    EXPECT_THROW(GetArrheniusFactor(-0.1, 55, 70), std::invalid_argument);
    EXPECT_THROW(GetArrheniusFactor(INFINITE, 55, 70), std::invalid_argument);
    EXPECT_THROW(GetArrheniusFactor(0.7, -273.15, 70), std::invalid_argument);
    EXPECT_THROW(GetArrheniusFactor(0.7, 55, -273.15), std::invalid_argument);
    EXPECT_THROW(GetArrheniusFactor(0.7, NOT_A_NUMBER, 70), std::invalid_argument);
    EXPECT_THROW(GetArrheniusFactor(0.7, 55, NOT_A_NUMBER), std::invalid_argument);
}

TEST(LaserAgeing, BiasRisesInProportionToAge)
{
    const LaserAgeingSpec spec = MakeSpec().ageing;
    EXPECT_DOUBLE_EQ(GetBiasMa(spec, 0, 55), 60);
    EXPECT_DOUBLE_EQ(GetBiasMa(spec, 0, 70), 60);
    // One per cent in 1000 h.
    EXPECT_DOUBLE_EQ(GetBiasMa(spec, 1000, 55), 60.6);
    EXPECT_DOUBLE_EQ(GetBiasMa(spec, 20000, 55), 72);
    EXPECT_DOUBLE_EQ(GetBiasMa(spec, 20000, 70), 60 + 12 * GetArrheniusFactor(0.5, 55, 70));
    EXPECT_GT(GetBiasMa(spec, 20000, 56), GetBiasMa(spec, 20000, 55));
}

TEST(LaserAgeing, PowerFallsOnceTheDriverIsAtItsLimit)
{
    const LaserAgeingSpec spec = MakeSpec().ageing;
    EXPECT_EQ(GetAgeingLossDb(spec, 0, 55), 0);
    // 90 mA after 50000 h: at the limit, and nothing is missing yet.
    EXPECT_EQ(GetAgeingLossDb(spec, 50000, 55), 0);
    EXPECT_GT(GetAgeingLossDb(spec, 50001, 55), 0);
    // 120 mA after 100000 h, of which the driver gives 90.
    EXPECT_NEAR(GetAgeingLossDb(spec, 100000, 55), 10 * std::log10(120.0 / 90), 1e-12);
    // Heat brings the end nearer.
    EXPECT_GT(GetAgeingLossDb(spec, 50000, 70), 0);
    double lastDb = 0;
    for (double ageH = 0; ageH <= 200000; ageH += 1000)
    {
        const double lossDb = GetAgeingLossDb(spec, ageH, 60);
        EXPECT_GE(lossDb, lastDb);
        lastDb = lossDb;
    }
}

TEST(LaserAgeing, RefusesWhatIsOutOfRange)
{
    const LaserAgeingSpec spec = MakeSpec().ageing;
    for (const double ageH : {-1.0, INFINITE, NOT_A_NUMBER})
    {
        EXPECT_THROW(GetBiasMa(spec, ageH, 55), std::invalid_argument);
        EXPECT_THROW(GetAgeingLossDb(spec, ageH, 55), std::invalid_argument);
    }
    for (const double caseC : {-40.1, 125.1, NOT_A_NUMBER})
    {
        EXPECT_THROW(GetBiasMa(spec, 0, caseC), std::invalid_argument);
        EXPECT_THROW(GetAgeingLossDb(spec, 0, caseC), std::invalid_argument);
    }
}
