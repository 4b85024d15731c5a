/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/poisson-interval.h"
#include "ns3/renewal-function.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <tuple>

using namespace ns3::opticalfabric;

namespace
{

constexpr double YEAR_H = HOURS_PER_YEAR; ///< hours of a year

/**
 * @param law how long a thing lives
 * @param horizonH end, h
 * @param uniform random numbers
 * @return how often it fails, new at the begin and replaced at once
 */
uint64_t
CountRenewals(const LifetimeLaw& law, double horizonH, const UniformSource& uniform)
{
    uint64_t count = 0;
    for (double nowH = law.DrawRemainingH(0, uniform()); nowH <= horizonH;
         nowH += law.DrawRemainingH(0, uniform()))
    {
        ++count;
    }
    return count;
}

TEST(RenewalFunction, OfAnExponentialLawIsExact)
{
    const RenewalFunction closed(LifetimeLaw::ExponentialMtbf(2000), 1e5);
    EXPECT_DOUBLE_EQ(closed.GetExpected(1e5), 50);
    EXPECT_EQ(closed.GetErrorEstimate(), 0);
    // The same law by the equation.
    const RenewalFunction solved(LifetimeLaw::Weibull(1, 2000), 1e4);
    EXPECT_NEAR(solved.GetExpected(1e4), 5, 1e-5);
    EXPECT_NEAR(solved.GetExpected(1234.5), 1234.5 / 2000, 1e-5);
    EXPECT_LT(solved.GetErrorEstimate(), 1e-5);
}

TEST(RenewalFunction, OfAMixtureOfTwoExponentialLawsAgreesWithItsClosedForm)
{
    // Cox, Renewal Theory: M(t) = t / m + (v - m^2) / (2 m^2) (1 - exp(-(p b + (1 - p) a) t)).
    const double p = 0.1;
    const double a = 1.0 / 500;
    const double b = 1.0 / 40000;
    const LifetimeLaw law = LifetimeLaw::Mixture(
        {{p, LifetimeLaw::ExponentialMtbf(500)}, {1 - p, LifetimeLaw::ExponentialMtbf(40000)}});
    const double mean = p / a + (1 - p) / b;
    const double square = 2 * (p / (a * a) + (1 - p) / (b * b));
    const double variance = square - mean * mean;
    const RenewalFunction renewals(law, 1e5, 4000);
    for (const double timeH : {100.0, 1000.0, 20000.0, 1e5})
    {
        const double exact = timeH / mean + (variance - mean * mean) / (2 * mean * mean) *
                                                (1 - std::exp(-(p * b + (1 - p) * a) * timeH));
        EXPECT_NEAR(renewals.GetExpected(timeH), exact, 1e-4) << timeH;
    }
    EXPECT_LT(renewals.GetErrorEstimate(), 1e-4);
}

TEST(RenewalFunction, EndsInTheElementaryRenewalTheorem)
{
    for (const LifetimeLaw& law :
         {LifetimeLaw::Weibull(2.5, 1e4), LifetimeLaw::Lognormal(9e3, 0.4)})
    {
        const double mean = law.GetMeanH();
        double second = 0;
        const double step = mean * 1e-3;
        for (double ageH = step / 2; ageH < 30 * mean; ageH += step)
        {
            second += 2 * ageH * law.GetSurvival(ageH) * step;
        }
        const RenewalFunction renewals(law, 20 * mean);
        // M(t) - t / m goes to E(T^2) / (2 m^2) - 1.
        EXPECT_NEAR(renewals.GetExpected(20 * mean), 20 + second / (2 * mean * mean) - 1, 1e-3)
            << law.Describe();
        EXPECT_LT(renewals.GetErrorEstimate(), 1e-3);
    }
}

TEST(RenewalFunction, IsNearTheFailedShareWhileFewFail)
{
    const LifetimeLaw law = LifetimeLaw::Lognormal(1e6, 0.95);
    const RenewalFunction renewals(law, 5 * YEAR_H);
    const double share = law.GetFailedShare(5 * YEAR_H);
    EXPECT_NEAR(renewals.GetExpected(5 * YEAR_H) / share, 1, share);
    EXPECT_GT(renewals.GetExpected(5 * YEAR_H), share);
}

TEST(RenewalFunction, RefusesWhatCannotBe)
{
    const LifetimeLaw law = LifetimeLaw::Weibull(2, 10);
    ExpectRefused([&] { RenewalFunction(law, 0); }, {"horizonH = 0"});
    ExpectRefused([&] { RenewalFunction(law, 10, 3); }, {"steps = 3", "even"});
    ExpectRefused([&] { RenewalFunction(law, 1e6, 100); }, {"steps = 100", "half"});
    const RenewalFunction good(law, 10);
    ExpectRefused([&] { good.GetExpected(11); }, {"timeH = 11", "0 to 10"});
}

/// A fleet and what its failures are compared with.
struct Fleet
{
    LifetimeLaw law; ///< of each component
    int count;       ///< components
    double years;    ///< how long they are watched
};

/// Shares of fleets whose interval holds an expectation.
struct Coverage
{
    double right; ///< the analytic expectation
    double wrong; ///< one that is wrong by 10 %
};

/**
 * @param fleet a fleet
 * @param isPoisson whether its failures are Poisson: exact interval; if not, the normal one of the
 *        components' counts
 * @return how often the 99 % interval of the failures per year holds the expectation
 */
Coverage
SimulateFleets(const Fleet& fleet, bool isPoisson)
{
    constexpr int FLEETS = 300;
    const double horizonH = fleet.years * YEAR_H;
    const double expected =
        RenewalFunction(fleet.law, horizonH).GetExpected(horizonH) * fleet.count / fleet.years;
    int right = 0;
    int wrong = 0;
    for (int i = 0; i < FLEETS; ++i)
    {
        const UniformSource uniform = MakeUniform(1000 + i);
        SampleMean perComponent;
        uint64_t failures = 0;
        for (int component = 0; component < fleet.count; ++component)
        {
            const uint64_t renewals = CountRenewals(fleet.law, horizonH, uniform);
            perComponent.Add(static_cast<double>(renewals));
            failures += renewals;
        }
        double low = 0;
        double high = 0;
        if (isPoisson)
        {
            std::tie(low, high) = PoissonInterval(failures, 0.99);
        }
        else
        {
            const double half = perComponent.GetHalfWidth99() * fleet.count;
            low = static_cast<double>(failures) - half;
            high = static_cast<double>(failures) + half;
        }
        const auto holds = [&](double perYear) {
            return low <= perYear * fleet.years && perYear * fleet.years <= high;
        };
        right += holds(expected);
        wrong += holds(expected * 1.1);
    }
    return {double(right) / FLEETS, double(wrong) / FLEETS};
}

TEST(Fleet, FailuresPerYearAreWithinTheIntervalOfTheirExpectation)
{
    // Of 300 intervals at 99 %, 290 or fewer would hold with a probability of 0.0003.
    const Coverage exponential = SimulateFleets({LifetimeLaw::ExponentialMtbf(2e5), 6912, 1}, true);
    EXPECT_GT(exponential.right, 290.0 / 300);
    // 303 failures a year: half of the interval is 15 %, so a slip of 10 % shows in some fleets.
    EXPECT_LT(exponential.wrong, 0.95);
    const std::vector<Fleet> fleets{{LifetimeLaw::Weibull(2, 3e4), 1500, 10},
                                    {LifetimeLaw::Weibull(0.7, 3e4), 2000, 5},
                                    {LifetimeLaw::Lognormal(4e4, 0.9), 1500, 10}};
    for (const Fleet& fleet : fleets)
    {
        const Coverage coverage = SimulateFleets(fleet, false);
        EXPECT_GT(coverage.right, 290.0 / 300) << fleet.law.Describe();
        EXPECT_LT(coverage.wrong, 0.05) << fleet.law.Describe();
    }
}

} // namespace
