/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/lifetime-law.h"
#include "ns3/normal-tail.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

using namespace ns3::opticalfabric;

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();

/// @return a law of each family, and mixtures
std::vector<LifetimeLaw>
MakeLaws()
{
    return {LifetimeLaw::ExponentialMtbf(5e5),
            LifetimeLaw::Weibull(0.5, 2e5),
            LifetimeLaw::Weibull(3, 1e5),
            LifetimeLaw::Lognormal(1e6, 0.9),
            LifetimeLaw::Lognormal(1e4, 2.5),
            LifetimeLaw::Mixture(
                {{0.02, LifetimeLaw::Weibull(0.6, 500)}, {0.98, LifetimeLaw::Weibull(3, 2e5)}}),
            LifetimeLaw::Mixture({{0.3, LifetimeLaw::ExponentialMtbf(1e3)},
                                  {0.2, LifetimeLaw::Lognormal(1e5, 1)},
                                  {0.5, LifetimeLaw::ExponentialMtbf(1e6)}})};
}

TEST(NormalTail, AgreesWithTablesFarOut)
{
    EXPECT_NEAR(LogNormalTail(0), std::log(0.5), 1e-15);
    // Abramowitz and Stegun, table 26.1 and 26.2: Q(3), Q(5), and -log10 Q(50) = 544.96634.
    EXPECT_NEAR(std::exp(LogNormalTail(3)), 1.349898031630e-3, 1e-15);
    EXPECT_NEAR(std::exp(LogNormalTail(5)), 2.866515719e-7, 1e-16);
    EXPECT_NEAR(-LogNormalTail(50) / std::log(10.0), 544.96634, 1e-5);
    EXPECT_NEAR(-LogNormalTail(500) / std::log(10.0), 54289.90830, 1e-5);
    // P(Z > -8) is 1 less Q(8) = 6.22096e-16.
    EXPECT_NEAR(LogNormalTail(-8) / -6.220960574271786e-16, 1, 1e-12);
}

TEST(NormalTail, SeriesMeetsErfc)
{
    EXPECT_NEAR(LogNormalTail(std::nextafter(30, 0)) / LogNormalTail(30), 1, 1e-14);
    EXPECT_NEAR(NormalHazard(std::nextafter(30, 0)) / NormalHazard(30), 1, 1e-12);
}

TEST(NormalTail, InverseGivesTheScoreBack)
{
    for (const double z : {-37.0, -8.0, -1.5, -1e-9, 0.0, 1e-9, 0.3, 2.5, 12.0, 29.99, 30.01, 1e3})
    {
        EXPECT_NEAR(NormalScoreOfLogTail(LogNormalTail(z)), z, 1e-12 * std::max(1.0, std::abs(z)))
            << z;
    }
    ExpectRefused([] { NormalScoreOfLogTail(0); }, {"logTail = 0", "below 0"});
}

TEST(LifetimeLaw, FunctionsFitEachOther)
{
    for (const LifetimeLaw& law : MakeLaws())
    {
        SCOPED_TRACE(law.Describe());
        EXPECT_EQ(law.GetFailedShare(0), 0);
        EXPECT_EQ(law.GetCumulativeHazard(0), 0);
        for (const double ageH : {1.0, 100.0, 8760.0, 1e5, 3e5})
        {
            const double hazard = law.GetCumulativeHazard(ageH);
            EXPECT_NEAR(law.GetSurvival(ageH) + law.GetFailedShare(ageH), 1, 1e-15);
            EXPECT_NEAR(law.GetSurvival(ageH), std::exp(-hazard), 1e-15);
            EXPECT_NEAR(law.GetDensityPerH(ageH),
                        law.GetHazardPerH(ageH) * law.GetSurvival(ageH),
                        1e-15 * law.GetHazardPerH(ageH));
            // The hazard is the slope of its sum.
            const double step = ageH * 1e-4;
            const double slope =
                (law.GetCumulativeHazard(ageH + step) - law.GetCumulativeHazard(ageH - step)) /
                (2 * step);
            EXPECT_NEAR(slope / law.GetHazardPerH(ageH), 1, 1e-5) << ageH;
            if (hazard > 1e-300 && hazard < 1e10)
            {
                EXPECT_NEAR(law.GetAgeOfHazardH(hazard) / ageH, 1, 1e-9) << ageH;
            }
            EXPECT_NEAR(law.GetAverageFit(0, ageH) * ageH, hazard * 1e9, 1e-6 * hazard * 1e9);
        }
        double before = 0;
        for (double share = 0.001; share < 1; share += 0.001)
        {
            const double quantileH = law.GetQuantileH(share);
            EXPECT_GT(quantileH, before);
            EXPECT_NEAR(law.GetFailedShare(quantileH), share, 1e-12);
            before = quantileH;
        }
    }
}

TEST(LifetimeLaw, MeanIsTheAreaUnderSurvival)
{
    for (const LifetimeLaw& law : MakeLaws())
    {
        // Over the logarithm of the age, where every law here is smooth.
        double area = 0;
        const double step = 1e-3;
        for (double x = std::log(1e-9); x < std::log(1e12); x += step)
        {
            const double ageH = std::exp(x + step / 2);
            area += law.GetSurvival(ageH) * ageH * step;
        }
        EXPECT_NEAR(area / law.GetMeanH(), 1, 1e-6) << law.Describe();
    }
}

TEST(LifetimeLaw, TailsKeepTheirDigits)
{
    // Share of lasers with a median of 1e6 h that fail in the first hour: Q(13.8155 / 0.9).
    const LifetimeLaw laser = LifetimeLaw::Lognormal(1e6, 0.9);
    const double score = std::log(1e6) / 0.9;
    EXPECT_NEAR(laser.GetFailedShare(1) / (std::erfc(score / std::sqrt(2.0)) / 2), 1, 1e-12);
    EXPECT_GT(laser.GetFailedShare(1), 0);
    EXPECT_LT(laser.GetFailedShare(1), 1e-50);
    // A hundred standard deviations beyond the median: survival underflows, its logarithm does not.
    const LifetimeLaw narrow = LifetimeLaw::Lognormal(1e4, 0.05);
    const double far = 1e4 * std::exp(0.05 * 100);
    EXPECT_EQ(narrow.GetSurvival(far), 0);
    EXPECT_NEAR(narrow.GetCumulativeHazard(far), 5005.524208, 1e-5);
    EXPECT_NEAR(narrow.GetHazardPerH(far) * 0.05 * far, 100.009998, 1e-5);
    // A Weibull law in its first second.
    const LifetimeLaw wearOut = LifetimeLaw::Weibull(3, 1e5);
    EXPECT_NEAR(wearOut.GetFailedShare(1.0 / 3600) / 2.143347050754458e-26, 1, 1e-12);
    // A mixture takes both sides from its parts.
    const LifetimeLaw mixture = LifetimeLaw::Mixture({{0.5, wearOut}, {0.5, laser}});
    EXPECT_NEAR(mixture.GetFailedShare(1) / (0.5e-15), 1, 1e-12);
    EXPECT_NEAR(mixture.GetCumulativeHazard(1e8),
                laser.GetCumulativeHazard(1e8) + std::log(2.0),
                1e-12);
}

TEST(LifetimeLaw, RemainingLifeIsThatOfTheSurvivors)
{
    for (const LifetimeLaw& law : MakeLaws())
    {
        for (const double ageH : {0.0, 1e3, 1e5})
        {
            for (const double uniform : {1e-12, 0.01, 0.5, 0.99, 1 - 1e-9, 1.0})
            {
                const double restH = law.DrawRemainingH(ageH, uniform);
                EXPECT_GE(restH, 0);
                const double gained =
                    law.GetCumulativeHazard(ageH + restH) - law.GetCumulativeHazard(ageH);
                EXPECT_NEAR(gained,
                            -std::log(uniform),
                            1e-9 * -std::log(uniform) +
                                1e-11 * (1 + ageH * law.GetHazardPerH(ageH + 1)))
                    << law.Describe() << ", age " << ageH << ", uniform " << uniform;
            }
        }
    }
    // A short rest of a long Weibull life keeps its digits.
    const LifetimeLaw wearOut = LifetimeLaw::Weibull(2, 1e5);
    const double restH = wearOut.DrawRemainingH(1e5, std::exp(-1e-18));
    EXPECT_EQ(restH, 0); // exp(-1e-18) is 1
    const double shortH = wearOut.DrawRemainingH(1e9, 1 - 0x1p-53);
    EXPECT_NEAR(shortH / (0x1p-53 * 1e10 / (2 * 1e9)), 1, 1e-9);
    // Without memory.
    const LifetimeLaw exponential = LifetimeLaw::ExponentialMtbf(1000);
    EXPECT_EQ(exponential.DrawRemainingH(0, 0.25), exponential.DrawRemainingH(1e6, 0.25));
}

TEST(LifetimeLaw, DrawsHaveTheLaw)
{
    // Kolmogorov's statistic, 1.63 / sqrt(n) at 1 %, of the survivors to a third of the mean.
    constexpr int COUNT = 20000;
    uint64_t seed = 1;
    for (const LifetimeLaw& law : MakeLaws())
    {
        const UniformSource uniform = MakeUniform(seed++);
        const double ageH = law.GetQuantileH(0.3);
        std::vector<double> shares;
        for (int i = 0; i < COUNT; ++i)
        {
            const double endH = ageH + law.DrawRemainingH(ageH, uniform());
            shares.push_back(
                -std::expm1(law.GetCumulativeHazard(ageH) - law.GetCumulativeHazard(endH)));
        }
        std::sort(shares.begin(), shares.end());
        double worst = 0;
        for (int i = 0; i < COUNT; ++i)
        {
            worst = std::max({worst,
                              std::abs(shares[i] - double(i) / COUNT),
                              std::abs(shares[i] - double(i + 1) / COUNT)});
        }
        EXPECT_LT(worst, 1.63 / std::sqrt(COUNT)) << law.Describe();
    }
}

TEST(LifetimeLaw, NeverMeansNever)
{
    const LifetimeLaw never;
    EXPECT_EQ(never, LifetimeLaw::Never());
    EXPECT_EQ(never.GetSurvival(1e15), 1);
    EXPECT_EQ(never.GetHazardPerH(1), 0);
    EXPECT_EQ(never.GetMeanH(), INFINITE);
    EXPECT_EQ(never.GetQuantileH(0.5), INFINITE);
    EXPECT_EQ(never.DrawRemainingH(0, 1e-300), INFINITE);
    const LifetimeLaw some =
        LifetimeLaw::Mixture({{0.9, never}, {0.1, LifetimeLaw::Weibull(2, 9)}});
    EXPECT_EQ(some.GetMeanH(), INFINITE);
    EXPECT_NEAR(some.GetSurvival(1e6), 0.9, 1e-15);
    EXPECT_EQ(some.DrawRemainingH(0, 0.85), INFINITE);
    EXPECT_LT(some.DrawRemainingH(0, 0.95), 1e3);
    EXPECT_NE(some, never);
}

TEST(LifetimeLaw, SpecialCasesAgree)
{
    const LifetimeLaw exponential = LifetimeLaw::ExponentialFit(1000);
    EXPECT_DOUBLE_EQ(exponential.GetMeanH(), 1e6);
    EXPECT_DOUBLE_EQ(exponential.GetHazardFit(77), 1000);
    const LifetimeLaw weibull = LifetimeLaw::Weibull(1, 1e6);
    const LifetimeLaw mixture = LifetimeLaw::Mixture({{0.4, exponential}, {0.6, weibull}});
    for (const double ageH : {1.0, 1e4, 1e7})
    {
        EXPECT_NEAR(weibull.GetSurvival(ageH), exponential.GetSurvival(ageH), 1e-15);
        EXPECT_NEAR(mixture.GetSurvival(ageH), exponential.GetSurvival(ageH), 1e-15);
        EXPECT_NEAR(mixture.GetHazardPerH(ageH), 1e-6, 1e-18);
    }
    EXPECT_EQ(LifetimeLaw::Weibull(0.5, 10).GetHazardPerH(0), INFINITE);
    EXPECT_EQ(LifetimeLaw::Weibull(2, 10).GetHazardPerH(0), 0);
}

TEST(LifetimeLaw, RefusesWhatCannotBe)
{
    using L = LifetimeLaw;
    const double nan = std::nan("");
    ExpectRefused([] { L::ExponentialFit(0); }, {"rateFit = 0", "1e-06 to 1e+15"});
    ExpectRefused([] { L::ExponentialMtbf(-1); }, {"mtbfH = -1"});
    ExpectRefused([] { L::ExponentialMtbf(INFINITE); }, {"mtbfH = inf"});
    ExpectRefused([&] { L::Weibull(nan, 1); }, {"shape = nan", "0.05 to 100"});
    ExpectRefused([] { L::Weibull(101, 1); }, {"shape = 101"});
    ExpectRefused([] { L::Weibull(1, 0); }, {"scaleH = 0"});
    ExpectRefused([] { L::Lognormal(0, 1); }, {"medianH = 0"});
    ExpectRefused([] { L::Lognormal(1, 0); }, {"sigma = 0", "0.01 to 10"});
    ExpectRefused([] { L::Mixture({}); }, {"number of parts = 0"});
    ExpectRefused([] { L::Mixture({{0, L::Never()}, {1, L::Never()}}); }, {"weight = 0"});
    ExpectRefused(
        [] {
            L::Mixture({{0.5, L::Never()}, {0.4, L::Never()}});
        },
        {"sum of weights = 0.9"});
    const L law = L::ExponentialMtbf(1);
    ExpectRefused([&] { law.GetSurvival(-1); }, {"ageH = -1"});
    ExpectRefused([&] { law.GetHazardPerH(nan); }, {"ageH = nan"});
    ExpectRefused([&] { law.GetCumulativeHazard(INFINITE); }, {"ageH = inf"});
    ExpectRefused([&] { law.GetQuantileH(1.1); }, {"share = 1.1"});
    ExpectRefused([&] { law.GetAgeOfHazardH(-1); }, {"hazard = -1"});
    ExpectRefused([&] { law.DrawRemainingH(0, 0); }, {"uniform = 0", "above 0, at most 1"});
    ExpectRefused([&] { law.DrawRemainingH(-1, 0.5); }, {"ageH = -1"});
    ExpectRefused([&] { law.GetAverageFit(2, 2); }, {"toH = 2"});
}

} // namespace
