/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"
#include "lane-input-maker.h"

#include "ns3/catalog.h"
#include "ns3/link-budget.h"
#include "ns3/optics-fit.h"
#include "ns3/scenario-toml.h"

#include <cmath>
#include <gtest/gtest.h>
#include <string>
#include <utility>

using namespace ns3::opticalfabric;

namespace
{

constexpr double SR8_GBD = 26.5625; ///< symbol rate of 400GBASE-SR8
constexpr double WIDTH_NM = 0.5;    ///< RMS width of a VCSEL's spectrum

/**
 * @param modalMhzKm modal bandwidth
 * @return multimode fibre as OM3 and OM4 are
 */
FibreSpec
MakeFibre(double modalMhzKm)
{
    FibreSpec fibre;
    fibre.name = "OM";
    fibre.wavelengthNm = 850;
    fibre.attenuationDbPerKm = 2.5;
    fibre.groupIndex = 1.483;
    fibre.zeroDispersionNm = 1317.5;
    fibre.dispersionSlope = 0.102;
    fibre.modalBandwidthMhzKm = modalMhzKm;
    return fibre;
}

/**
 * @param fibre type of fibre
 * @param lengthM length, m
 * @return closure of all of it for a lane of 400GBASE-SR8, dB
 */
double
GetClosureDb(const FibreSpec& fibre, double lengthM)
{
    LightPath path(850);
    path.AddFibre(fibre, lengthM);
    return GetBandwidthClosureDb(SR8_GBD, GetFibreBandwidthGHz(path, WIDTH_NM));
}

} // namespace

TEST(FibreBandwidth, ClosesTheEyeAsTheLinkModelOfEthernetHasIt)
{
    // By hand: D1 = 0.102 / 4 * 850 (1 - (1317.5 / 850)^4) = -103.4 ps/(nm km), D2 = 0.7 * 0.102 *
    // 0.5; 0.187 / (0.1 km * 0.5 nm * 103.4) is 36.16 GHz, 4700 MHz km / 0.1 km 47 GHz, together
    // 28.66 GHz; 3.0103 dB (13.28 / 28.66)^2 = 0.6465 dB.
    const FibreSpec om4 = MakeFibre(4700);
    const FibreSpec om3 = MakeFibre(2000);
    LightPath path(850);
    path.AddFibre(om4, 100);
    EXPECT_NEAR(path.GetModalBandwidthGHz(), 47, 1e-9);
    EXPECT_NEAR(path.GetDispersionSlopePsPerNm2(), 0.0102, 1e-12);
    EXPECT_NEAR(GetFibreBandwidthGHz(path, WIDTH_NM), 28.66, 0.01);
    EXPECT_NEAR(GetFibreBandwidthGHz(path, 0), 47, 1e-9);
    EXPECT_NEAR(GetClosureDb(om4, 100), 0.65, 0.005);
    EXPECT_NEAR(GetClosureDb(om4, 300), 5.8, 0.05);
    EXPECT_NEAR(GetClosureDb(om3, 300), 15.6, 0.05);
    EXPECT_NEAR(GetClosureDb(om4, 1000), 65, 0.5);
    // The length alone decides, not how many pieces it is in.
    path.AddFibre(om4, 200);
    EXPECT_NEAR(GetBandwidthClosureDb(SR8_GBD, GetFibreBandwidthGHz(path, WIDTH_NM)),
                GetClosureDb(om4, 300),
                1e-9);
    EXPECT_NEAR(GetFibreBandwidthGHz(path.GetReversed(), WIDTH_NM),
                GetFibreBandwidthGHz(path, WIDTH_NM),
                1e-9);
}

TEST(FibreBandwidth, OfANarrowLineOnSingleModeFibreHasNoLimit)
{
    FibreSpec fibre = MakeFibre(0);
    fibre.wavelengthNm = 1310;
    LightPath path(1310);
    path.AddFibre(fibre, 1e5);
    EXPECT_EQ(path.GetModalBandwidthGHz(), INFINITE);
    EXPECT_EQ(GetFibreBandwidthGHz(path, 0), INFINITE);
    EXPECT_EQ(GetBandwidthClosureDb(SR8_GBD, INFINITE), 0);
    // At the wavelength of zero dispersion the slope is left: 0.187 / (0.7 S0 L sigma^2).
    LightPath flat(1317.5);
    flat.AddFibre(fibre, 1000);
    EXPECT_NEAR(GetFibreBandwidthGHz(flat, 2), 187 / (0.7 * 0.102 * 4), 1e-6);
}

TEST(FibreBandwidth, IsChargedBeyondWhatTdecqContains)
{
    LaneInput input = MakeThermal(0);
    input.baudGBd = SR8_GBD;
    input.spectralWidthNm = WIDTH_NM;
    input.path = LightPath(850);
    input.path.AddFibre(MakeFibre(4700), 300);
    const LaneBudget all = GetLaneBudget(input, KP4_BER);
    EXPECT_NEAR(all.bandwidthPenaltyDb, 5.8186, 1e-3);
    EXPECT_EQ(all.bandwidthPenaltyDb, all.bandwidthClosureDb);
    input.tdecqBandwidthGHz = 28.66;
    const LaneBudget beyond = GetLaneBudget(input, KP4_BER);
    EXPECT_NEAR(beyond.bandwidthPenaltyDb, 5.8186 - 0.6465, 1e-3);
    EXPECT_EQ(beyond.bandwidthClosureDb, all.bandwidthClosureDb);
    EXPECT_NEAR(beyond.marginDb - all.marginDb, 0.6465, 1e-3);
    // A channel better than that of TDECQ earns nothing.
    input.tdecqBandwidthGHz = 5;
    EXPECT_EQ(GetLaneBudget(input, KP4_BER).bandwidthPenaltyDb, 0);
    // No eye is left after tens of kilometres: no light to speak of, and no number that is none.
    input.path.AddFibre(MakeFibre(4700), 40000);
    const LaneBudget hopeless = GetLaneBudget(input, KP4_BER);
    EXPECT_EQ(hopeless.q, 0);
    EXPECT_NEAR(hopeless.ber, 3.0 / 8, 1e-12);
    EXPECT_LT(hopeless.marginDb, -1000);
}

TEST(FibreBandwidth, RefusesWhatIsOutOfRange)
{
    LaneInput input = MakeThermal(0);
    for (const double bad : {0.0, -1.0, std::nan("")})
    {
        input.tdecqBandwidthGHz = bad;
        ExpectInvalid([&]() { GetLaneBudget(input, KP4_BER); },
                      {"link budget: tdecqBandwidthGHz = ", "allowed: above 0, infinity for none"});
        ExpectInvalid([&]() { GetBandwidthClosureDb(SR8_GBD, bad); }, {"bandwidthGHz"});
    }
    ExpectInvalid([&]() { GetBandwidthClosureDb(0, 10); }, {"baudGBd = 0"});
    ExpectInvalid([&]() { GetFibreBandwidthGHz(input.path, -1); }, {"spectralWidthNm = -1"});
    PathElement element = MakeElement(0);
    element.modalDelaySpreadNs = -1;
    ExpectInvalid([&]() { input.path.Add(element); }, {"modalDelaySpreadNs = -1", "0 to"});
    element.modalDelaySpreadNs = 0;
    element.dispersionSlopePsPerNm2 = -1;
    ExpectInvalid([&]() { input.path.Add(element); }, {"dispersionSlopePsPerNm2 = -1", "0 to"});
}

/**
 * @param lengthM length of fibre, m
 * @param fibre name of the fibre
 * @return margin of a typical 400G-SR8 with two connectors, dB
 */
double
GetSr8MarginDb(double lengthM, const char* fibre)
{
    const Catalog catalog;
    const auto type = catalog.GetTransceiver("400G-SR8");
    LaneInput input = MakeTypicalLane(*type, *type);
    input.path = LightPath(850);
    input.path.AddCoupling(PathElement::CONNECTOR, *catalog.GetCoupling("MPO-MM"));
    input.path.AddFibre(*catalog.GetFibre(fibre), lengthM);
    input.path.AddCoupling(PathElement::CONNECTOR, *catalog.GetCoupling("MPO-MM"));
    return GetLaneBudget(input, KP4_BER).marginDb;
}

TEST(FibreBandwidth, EndsMultimodeLinksOfTheCatalogWhereItShould)
{
    if (!HasToml())
    {
        GTEST_SKIP() << "built without TOML";
    }
    // The reach of the standard is in TDECQ, and costs loss alone.
    EXPECT_GT(GetSr8MarginDb(100, "OM4"), 5);
    EXPECT_GT(GetSr8MarginDb(70, "OM3"), 5);
    EXPECT_LT(GetSr8MarginDb(1000, "OM4"), -50);
    EXPECT_LT(GetSr8MarginDb(2000, "OM4"), -200);
    EXPECT_LT(GetSr8MarginDb(1000, "OM3"), -100);
    const Catalog catalog;
    // Reckoned apart from this program: 141.4, 230.9 and 231.0 m.
    const std::pair<const char*, double> reaches[] = {{"OM3", 141.4},
                                                      {"OM4", 230.9},
                                                      {"OM5", 231.0}};
    for (const auto& [fibre, expectedM] : reaches)
    {
        const double reachM = GetOpticalReachM(catalog, "400G-SR8", fibre, "MPO-MM", 2, KP4_BER);
        EXPECT_NEAR(reachM, expectedM, 0.2) << fibre;
        EXPECT_NEAR(GetSr8MarginDb(reachM, fibre), 0, 0.01) << fibre;
    }
    EXPECT_GT(GetOpticalReachM(catalog, "400G-DR4", "SMF", "MPO", 2, KP4_BER), 2000);
    EXPECT_EQ(GetOpticalReachM(catalog, "400G-SR8", "OM4", "MPO-MM", 16, 1e-12), 0);
    EXPECT_TRUE(IsMultimode(*catalog.GetTransceiver("400G-SR8")));
    EXPECT_FALSE(IsMultimode(*catalog.GetTransceiver("400G-DR4")));
    ExpectInvalid([&]() { GetOpticalReachM(catalog, "400G-SR8", "SMF", "MPO", 2, KP4_BER); },
                  {"does not go with"});
}
