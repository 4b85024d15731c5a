/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "lane-input-maker.h"

#include "ns3/link-budget.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <gtest/gtest.h>
#include <random>
#include <stdexcept>
#include <vector>

using namespace ns3::opticalfabric;

TEST(NoiseBandwidth, IsThatOfAFourthOrderBesselThomsonFilter)
{
    // Integrate |105 / (105 + 105 s + 45 s^2 + 10 s^3 + s^4)|^2 along the imaginary axis, and find
    // where it is one half.
    const auto response = [](double w) {
        const std::complex<double> s(0, w);
        return std::norm(105.0 / (105.0 + s * (105.0 + s * (45.0 + s * (10.0 + s)))));
    };
    double edge = 0;
    while (response(edge) > 0.5)
    {
        edge += 1e-5;
    }
    double area = response(0) / 2;
    constexpr double STEP = 1e-3;
    for (double w = STEP; w < 100; w += STEP)
    {
        area += response(w);
    }
    const double ratio = area * STEP / edge;
    EXPECT_NEAR(ratio, 1.0464, 1e-4);
    EXPECT_NEAR(GetNoiseBandwidthHz(Modulation::PAM4, 53.125) / (ratio * 26.5625e9), 1, 1e-4);
    EXPECT_NEAR(GetNoiseBandwidthHz(Modulation::NRZ, 25.78125) / (ratio * 19.3359e9), 1, 1e-4);
}

TEST(LaserNoise, LimitsQByTheClosedForm)
{
    // Without thermal noise to speak of, Q is half the distance between levels over the noise at
    // the strongest level: OMA/6 over OMA/2 sqrt(RIN B) P_max / P_avg, here with P_max / P_avg = 2
    // r / (r + 1) and r = 10^0.5.
    LaneInput input = MakeThermal(0);
    input.tdecqDb = 0;
    input.rinDbPerHz = -136;
    input.tdecqIncludesRin = false;
    input.sensitivityOmaDbm = -500;
    const double ratio = std::sqrt(10.0);
    const double sigma =
        std::sqrt(std::pow(10, -13.6) * 1.04637 * 26.5625e9) / 2 * 2 * ratio / (ratio + 1);
    EXPECT_NEAR(GetLaneBudget(input, KP4_BER).q, 1.0 / 6 / sigma, 1e-3);

    // NRZ has three times the distance and one and a half times the bandwidth.
    input.modulation = Modulation::NRZ;
    EXPECT_NEAR(GetLaneBudget(input, KP4_BER).q, 1.0 / 2 / sigma / std::sqrt(1.5), 1e-3);
    input.modulation = Modulation::PAM4;

    // An eye closed by 3 dB is closed for this noise too.
    input.tdecqDb = 3;
    EXPECT_NEAR(GetLaneBudget(input, KP4_BER).q, std::pow(10, -0.3) / 6 / sigma, 1e-3);
}

TEST(LaserNoise, CostsWhatTheLinkModelSays)
{
    // -5 log10(1 - (Q/Qn)^2), Qn that of the noise alone.
    LaneInput input = MakeThermal(1);
    input.rinDbPerHz = -140;
    input.tdecqIncludesRin = false;
    LaneInput alone = input;
    alone.sensitivityOmaDbm = -500;
    const double ratio = GetQ(Modulation::PAM4, KP4_BER) / GetLaneBudget(alone, KP4_BER).q;
    EXPECT_NEAR(GetLaneBudget(input, KP4_BER).rinPenaltyDb,
                -5 * std::log10(1 - ratio * ratio),
                1e-9);
    EXPECT_GT(ratio, 0.2);
}

TEST(LaserNoise, InTdecqIsNotChargedTwice)
{
    // However TDECQ divides into noise and closure, sensitivity and TDECQ say what the lane takes.
    const double atDbm = -5.3 + 3.4;
    double lastQ = INFINITE;
    for (const double rinDbPerHz : {-INFINITE, -150.0, -140.0, -136.0, -130.0})
    {
        LaneInput input = MakeThermal(0);
        input.rinDbPerHz = rinDbPerHz;
        input.omaDbm = atDbm;
        const LaneBudget budget = GetLaneBudget(input, KP4_BER);
        EXPECT_NEAR(budget.rinPenaltyDb, 0, 1e-9) << rinDbPerHz;
        EXPECT_NEAR(budget.marginDb, 0, 1e-9) << rinDbPerHz;
        EXPECT_NEAR(budget.ber, KP4_BER, 1e-10) << rinDbPerHz;
        // But what is noise limits what more power can do.
        input.omaDbm = atDbm + 6;
        const double q = GetLaneBudget(input, KP4_BER).q;
        EXPECT_LT(q, lastQ) << rinDbPerHz;
        lastQ = q;
        // A better target takes more than thermal noise would, a worse one less.
        const double betterDb = GetLaneBudget(input, 1e-8).rinPenaltyDb;
        const double worseDb = GetLaneBudget(input, 1e-2).rinPenaltyDb;
        if (std::isfinite(rinDbPerHz))
        {
            EXPECT_GT(betterDb, 0);
            EXPECT_LT(worseDb, 0);
        }
    }
}

TEST(LaserNoise, BeyondWhatTdecqCanExplainIsCharged)
{
    // An eye closure of 0 dB leaves no room for noise: all of it comes on top.
    LaneInput input = MakeThermal(0);
    input.rinDbPerHz = -136;
    input.tdecqDb = 0;
    const double includedDb = GetLaneBudget(input, KP4_BER).rinPenaltyDb;
    input.tdecqIncludesRin = false;
    EXPECT_NEAR(includedDb, GetLaneBudget(input, KP4_BER).rinPenaltyDb, 1e-12);
    EXPECT_GT(includedDb, 0.3);
}

TEST(MultipathNoise, HasTheVarianceOfRandomPhasesAndLevels)
{
    LaneInput input = MakeThermal(0);
    input.tdecqDb = 0;
    input.sensitivityOmaDbm = -500;
    input.transmitterReflectanceDb = -28;
    input.receiverReflectanceDb = -30;
    input.path.Add(MakeElement(0.5, -32));
    const double q = GetLaneBudget(input, KP4_BER).q;

    // Three detours of the light that these reflections send, with levels and phases of their own,
    // beat with a signal at the strongest level. Powers over OMA; extinction ratio 5 dB.
    const double weakest = 1 / (std::sqrt(10.0) - 1);
    const double strongest = weakest + 1;
    const double fields[] = {std::pow(10, -3.0), std::pow(10, -2.9 - 0.05), std::pow(10, -3.1)};
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> phase(0, 2 * M_PI);
    std::uniform_int_distribution<int> level(0, 3);
    constexpr int DRAWS = 400000;
    double sum = 0;
    double sumOfSquares = 0;
    for (int i = 0; i < DRAWS; ++i)
    {
        std::complex<double> field = std::sqrt(strongest);
        for (const double detour : fields)
        {
            field += std::polar(detour * std::sqrt(weakest + level(random) / 3.0), phase(random));
        }
        const double beat = std::norm(field) - strongest;
        sum += beat;
        sumOfSquares += beat * beat;
    }
    const double sigma = std::sqrt(sumOfSquares / DRAWS - sum / DRAWS * sum / DRAWS);
    EXPECT_NEAR(q * sigma * 6, 1, 0.01);
}

TEST(MultipathNoise, OfAWideSpectrumIsMostlyOutOfBand)
{
    // A Gaussian spectrum with itself, by summing over pairs of its lines whose beat is in the
    // band.
    constexpr double BANDWIDTH_HZ = 15e9;
    constexpr double WAVELENGTH_NM = 850;
    for (const double widthNm : {0.005, 0.02, 0.1, 0.5})
    {
        const double widthHz = 299792458.0 * widthNm * 1e-9 / (850e-9 * 850e-9);
        double inBand = 0;
        double all = 0;
        for (int i = -400; i <= 400; ++i)
        {
            for (int k = -400; k <= 400; ++k)
            {
                const double power = std::exp(-(i * i + k * k) / 2e4);
                // Lines a hundredth of the width apart; a bin each, shared where the band ends.
                const double beatHz = std::abs(i - k) * widthHz / 100;
                const double share =
                    std::clamp((BANDWIDTH_HZ - beatHz) / (widthHz / 100) + 0.5, 0.0, 1.0);
                inBand += power * share;
                all += power;
            }
        }
        EXPECT_NEAR(GetBeatNoiseShare(BANDWIDTH_HZ, WAVELENGTH_NM, widthNm) / (inBand / all),
                    1,
                    0.01)
            << widthNm;
    }
    EXPECT_EQ(GetBeatNoiseShare(BANDWIDTH_HZ, WAVELENGTH_NM, 0), 1);

    LaneInput input = MakeThermal(1);
    input.transmitterReflectanceDb = -20;
    input.receiverReflectanceDb = -20;
    const double narrowDb = GetLaneBudget(input, 1e-6).mpiPenaltyDb;
    input.spectralWidthNm = 0.5;
    const double wideDb = GetLaneBudget(input, 1e-6).mpiPenaltyDb;
    EXPECT_GT(narrowDb, 5 * wideDb);
    EXPECT_GT(wideDb, 0);
}

TEST(MultipathNoise, UpperBoundIsThatOfTheTaskForce)
{
    // From an e-mail to the reflector of the IEEE 802.3 400 Gb/s study group (msg00229): PAM4,
    // extinction ratio 6 dB, 4 connectors of -25 dB between ends of -35 dB: 2.5 dB by the method of
    // bhatt_01_0512, which ignores loss.
    LightPath path;
    for (int i = 0; i < 4; ++i)
    {
        path.Add(MakeElement(0, -25));
    }
    double field = GetMultipathInterference(path, -35, -35).relativeField;
    EXPECT_NEAR(GetMpiUpperBoundDb(Modulation::PAM4, 6, field), 2.5, 0.05);
    // By hand: 6 pairs of connectors, 8 of a connector and an end, 1 of the ends.
    EXPECT_NEAR(field, 6 * std::pow(10, -2.5) + 8e-3 + std::pow(10, -3.5), 1e-9);
    // Ends of -25 dB too: 6.2 dB.
    field = GetMultipathInterference(path, -25, -25).relativeField;
    EXPECT_NEAR(GetMpiUpperBoundDb(Modulation::PAM4, 6, field), 6.2, 0.05);

    // NRZ has eyes three times as wide, and none at all are left of a strong enough field.
    const double ratio = std::pow(10, 0.6);
    EXPECT_NEAR(GetMpiUpperBoundDb(Modulation::NRZ, 6, 0.01),
                -10 * std::log10(1 - 4 * 0.01 * ratio / (ratio - 1)),
                1e-9);
    EXPECT_EQ(GetMpiUpperBoundDb(Modulation::PAM4, 6, 0.1), INFINITE);
    EXPECT_EQ(GetMpiUpperBoundDb(Modulation::PAM4, 6, 0), 0);
}

TEST(MultipathNoise, StaysBelowTheUpperBoundOfAnOpenEye)
{
    for (const double reflectanceDb : {-45.0, -40.0, -35.0, -30.0, -26.0})
    {
        LaneInput input = MakeThermal(0);
        input.tdecqDb = 0;
        input.transmitterReflectanceDb = reflectanceDb;
        input.receiverReflectanceDb = reflectanceDb;
        for (int i = 0; i < 4; ++i)
        {
            input.path.Add(MakeElement(0.3, reflectanceDb));
        }
        const LaneBudget budget = GetLaneBudget(input, KP4_BER);
        EXPECT_GT(budget.mpiPenaltyDb, 0) << reflectanceDb;
        EXPECT_LT(budget.mpiPenaltyDb, budget.mpiUpperBoundDb) << reflectanceDb;
    }
}

TEST(DispersionClosure, IsTheSmallSignalResponse)
{
    // 1550 nm, 17 ps/nm/km: the first null of 20 GHz is where pi lambda^2 D L f^2 / c is pi/2.
    const double lambdaM = 1550e-9;
    const double nullPsPerNm = 299792458.0 / (2 * lambdaM * lambdaM * 20e9 * 20e9) * 1e3;
    EXPECT_NEAR(nullPsPerNm, 156.0, 0.1);
    EXPECT_EQ(GetDispersionClosureDb(1550, 40, nullPsPerNm * 1.0001), INFINITE);
    EXPECT_GT(GetDispersionClosureDb(1550, 40, nullPsPerNm * 0.9999), 30);
    // Two thirds of the way, the cosine of 60 degrees is one half.
    EXPECT_NEAR(GetDispersionClosureDb(1550, 40, nullPsPerNm * 2 / 3), 10 * std::log10(2), 1e-9);
    EXPECT_EQ(GetDispersionClosureDb(1550, 40, -100), GetDispersionClosureDb(1550, 40, 100));
    EXPECT_EQ(GetDispersionClosureDb(1550, 40, 0), 0);
    for (const double bad : {0.0, -1.0, NOT_A_NUMBER})
    {
        EXPECT_THROW(GetDispersionClosureDb(bad, 40, 1), std::invalid_argument);
        EXPECT_THROW(GetDispersionClosureDb(1550, bad, 1), std::invalid_argument);
    }
}

TEST(DispersionClosure, OfACompliantChannelIsInTdecq)
{
    // The worst fibre of IEEE Std 802.3, Table 121-14, at the edges of each lane: 500 m of DR4 and
    // 2 km of FR4.
    const struct
    {
        double lengthM;
        std::vector<double> edgesNm;
        double worstPsPerNm;
    } channels[] = {
        {500, {1304.5, 1317.5}, 0.93},
        {2000, {1264.5, 1277.5, 1284.5, 1297.5, 1304.5, 1317.5, 1324.5, 1337.5}, 11.9},
    };

    for (const auto& channel : channels)
    {
        double worstPsPerNm = 0;
        for (const double edgeNm : channel.edgesNm)
        {
            for (const double zeroNm : {1300.0, 1324.0})
            {
                FibreSpec fibre;
                fibre.wavelengthNm = 1310;
                fibre.attenuationDbPerKm = 0.5;
                fibre.groupIndex = 1.468;
                fibre.zeroDispersionNm = zeroNm;
                fibre.dispersionSlope = 0.093;
                LaneInput input = MakeThermal(1);
                input.path = LightPath(edgeNm);
                input.path.AddFibre(fibre, channel.lengthM);
                // As if TDECQ knew of none; then with the standard's channel; then with more of it.
                const double chargedDb = GetLaneBudget(input, KP4_BER).dispersionPenaltyDb;
                EXPECT_GT(chargedDb, 0);
                EXPECT_LT(chargedDb, 0.05);
                input.tdecqDispersionPsPerNm = channel.worstPsPerNm + 0.1;
                EXPECT_EQ(GetLaneBudget(input, KP4_BER).dispersionPenaltyDb, 0);
                worstPsPerNm = std::max(worstPsPerNm, std::abs(input.path.GetDispersionPsPerNm()));
            }
        }
        EXPECT_NEAR(worstPsPerNm, channel.worstPsPerNm, 0.1);
    }
    // Twice the dispersion that TDECQ includes costs the difference.
    LaneInput input = MakeThermal(1);
    PathElement fibre = MakeElement(0);
    fibre.dispersionPsPerNm = -60;
    input.path.Add(fibre);
    input.tdecqDispersionPsPerNm = 30;
    EXPECT_NEAR(GetLaneBudget(input, KP4_BER).dispersionPenaltyDb,
                GetDispersionClosureDb(1310, 53.125, 60) - GetDispersionClosureDb(1310, 53.125, 30),
                1e-12);
}
