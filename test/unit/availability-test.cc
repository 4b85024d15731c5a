/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optional-libraries.h"
#include "reliability-test.h"

#include "ns3/availability.h"
#include "ns3/lifetime-law.h"
#include "ns3/poisson-interval.h"
#include "ns3/repair-shop.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#ifdef OPTICAL_FABRIC_HAVE_BOOST
#include <boost/math/distributions/poisson.hpp>
#endif

using namespace ns3::opticalfabric;

namespace
{

TEST(Availability, ClosedForms)
{
    EXPECT_DOUBLE_EQ(GetAvailability(99, 1), 0.99);
    EXPECT_DOUBLE_EQ(GetAvailability(5, 0), 1);
    EXPECT_DOUBLE_EQ(GetSeriesAvailability({0.9, 0.8, 0.5}), 0.36);
    EXPECT_EQ(GetSeriesAvailability({}), 1);
    EXPECT_DOUBLE_EQ(GetSeriesMtbfH({1000, 3000}), 250000);
    EXPECT_EQ(GetSeriesMtbfH({}), std::numeric_limits<double>::infinity());
    EXPECT_DOUBLE_EQ(GetFailuresPerYear(1000, 1e9 / 8760), 1000);
    // Two of three at 0.9: 3 * 0.81 * 0.1 + 0.729.
    EXPECT_NEAR(GetKOfNAvailability(2, 3, 0.9), 0.972, 1e-14);
    EXPECT_NEAR(GetKOfNAvailability(3, 3, 0.9), 0.729, 1e-14);
    EXPECT_NEAR(GetKOfNAvailability(1, 3, 0.9), 0.999, 1e-14);
    EXPECT_EQ(GetKOfNAvailability(0, 3, 0.9), 1);
    EXPECT_EQ(GetKOfNAvailability(2, 3, 1.0), 1);
    EXPECT_EQ(GetKOfNAvailability(2, 3, 0.0), 0);
}

TEST(Availability, CrewsEnoughGiveTheBinomialLaw)
{
    for (const uint32_t needed : {0u, 60u, 64u, 65u})
    {
        EXPECT_NEAR(GetKOfNAvailability(needed, 65, 1000, 20, 65),
                    GetKOfNAvailability(needed, 65, GetAvailability(1000, 20)),
                    1e-12);
    }
    // A million machines: weights span more than a double.
    const std::vector<double> many = GetDownDistribution(1000000, 1e6, 10, 1000000);
    EXPECT_NEAR(std::accumulate(many.begin(), many.end(), 0.0), 1, 1e-12);
    EXPECT_NEAR(many[10], std::exp(-10.0) * std::pow(10, 10) / std::tgamma(11), 1e-4);
}

TEST(Availability, OneCrewGivesErlangsLossFormula)
{
    // With one crew, P(j down) is P(0) n! / (n - j)! (MTTR / MTBF)^j: by hand for n = 3, ratio 0.1.
    const double weights = 1 + 0.3 + 0.06 + 0.006;
    const std::vector<double> down = GetDownDistribution(3, 100, 10, 1);
    EXPECT_NEAR(down[0], 1 / weights, 1e-14);
    EXPECT_NEAR(down[1], 0.3 / weights, 1e-14);
    EXPECT_NEAR(down[2], 0.06 / weights, 1e-14);
    EXPECT_NEAR(down[3], 0.006 / weights, 1e-14);
    EXPECT_NEAR(GetKOfNAvailability(2, 3, 100, 10, 1), 1.3 / weights, 1e-14);
}

TEST(Availability, RefusesWhatCannotBe)
{
    ExpectRefused([] { GetAvailability(0, 1); }, {"mtbfH = 0"});
    ExpectRefused([] { GetAvailability(1, -1); }, {"mttrH = -1"});
    ExpectRefused([] { GetSeriesAvailability({1.1}); }, {"availability = 1.1"});
    ExpectRefused([] { GetSeriesMtbfH({-1}); }, {"rateFit = -1"});
    ExpectRefused([] { GetFailuresPerYear(1, std::nan("")); }, {"rateFit = nan"});
    ExpectRefused([] { GetKOfNAvailability(4, 3, 0.5); }, {"needed = 4"});
    ExpectRefused([] { GetKOfNAvailability(0, 0, 0.5); }, {"count = 0"});
    ExpectRefused([] { GetKOfNAvailability(1, 2, -0.5); }, {"availability = -0.5"});
    ExpectRefused([] { GetDownDistribution(0, 1, 1, 1); }, {"count = 0"});
    ExpectRefused([] { GetDownDistribution(3, 1, 0, 1); }, {"mttrH = 0"});
    ExpectRefused([] { GetDownDistribution(3, 1, 1, 0); }, {"crews = 0"});
    ExpectRefused([] { GetKOfNAvailability(4, 3, 1, 1, 1); }, {"needed = 4"});
}

/// Machines that fail, and a shop that repairs them.
class Machines
{
  public:
    /**
     * @param count machines
     * @param mtbfH mean time up, h
     * @param mttrH mean time of a repair, h
     * @param crews crews
     * @param seed seed
     */
    Machines(uint32_t count, double mtbfH, double mttrH, uint32_t crews, uint64_t seed)
        : m_shop(crews),
          m_up(LifetimeLaw::ExponentialMtbf(mtbfH)),
          m_repair(LifetimeLaw::ExponentialMtbf(mttrH)),
          m_uniform(MakeUniform(seed)),
          m_failsH(count)
    {
        for (double& failsH : m_failsH)
        {
            failsH = m_up.DrawRemainingH(0, m_uniform());
        }
    }

    /**
     * @param lengthH how long it goes on, h
     * @return share of that time with j machines down, for all j
     */
    std::vector<double> Run(double lengthH)
    {
        const double endH = m_nowH + lengthH;
        std::vector<double> shares(m_failsH.size() + 1, 0.0);
        while (true)
        {
            const auto next = std::min_element(m_failsH.begin(), m_failsH.end());
            const double repairedH = m_shop.GetNextEventH();
            const double eventH = std::min({*next, repairedH, endH});
            shares[m_down] += (eventH - m_nowH) / lengthH;
            m_nowH = eventH;
            if (eventH == endH)
            {
                return shares;
            }
            if (repairedH <= *next)
            {
                for (const RepairRecord& record : m_shop.AdvanceTo(repairedH))
                {
                    m_failsH[record.id] = m_nowH + m_up.DrawRemainingH(0, m_uniform());
                    --m_down;
                }
            }
            else
            {
                *next = std::numeric_limits<double>::infinity();
                ++m_down;
                RepairJob job;
                job.id = static_cast<uint64_t>(next - m_failsH.begin());
                job.durationH = m_repair.DrawRemainingH(0, m_uniform());
                job.needsCrew = true;
                m_shop.Submit(m_nowH, job);
            }
        }
    }

  private:
    RepairShop m_shop;            ///< repairs them
    LifetimeLaw m_up;             ///< time up
    LifetimeLaw m_repair;         ///< time of a repair
    UniformSource m_uniform;      ///< random numbers
    std::vector<double> m_failsH; ///< when each fails next; infinite: down
    double m_nowH{0};             ///< now
    uint32_t m_down{0};           ///< how many are down
};

/**
 * Expect the share of time with at least so many machines up within the 99 % interval of the
 * simulation.
 * @param needed how many have to be up
 * @param count how many there are
 * @param crews crews
 */
void
ExpectKOfN(uint32_t needed, uint32_t count, uint32_t crews)
{
    constexpr int REPEATS = 100;
    constexpr int BATCHES = 25;
    const double truth = GetKOfNAvailability(needed, count, 100, 10, crews);
    int covered = 0;
    SampleMean all;
    for (int repeat = 0; repeat < REPEATS; ++repeat)
    {
        Machines machines(count, 100, 10, crews, 100 + repeat);
        machines.Run(500); // from all up to the usual
        SampleMean batches;
        for (int i = 0; i < BATCHES; ++i)
        {
            const std::vector<double> shares = machines.Run(2000);
            double up = 0;
            for (uint32_t down = 0; down + needed <= count; ++down)
            {
                up += shares[down];
            }
            batches.Add(up);
            all.Add(up);
        }
        covered += batches.Covers(truth);
    }
    // 25 batches by the normal law cover 98.3 % where 99 % is meant; 94 or fewer of 100 would have
    // a probability of 0.005.
    EXPECT_GE(covered, 94) << needed << " of " << count << " with " << crews << " crews";
    EXPECT_TRUE(all.Covers(truth)) << all.GetMean() << " against " << truth;
    EXPECT_LT(all.GetHalfWidth99(), 0.01 * truth);
}

TEST(Availability, SimulatedKOfNAgreesWithTheClosedForm)
{
    ExpectKOfN(7, 8, 8);
    ExpectKOfN(2, 3, 3);
}

TEST(Availability, SimulatedShopWithFewCrewsAgreesWithTheMachineRepairman)
{
    ExpectKOfN(7, 8, 1);
    ExpectKOfN(9, 12, 2);
}

TEST(PoissonInterval, AgreesWithGarwoodsTable)
{
    // Garwood (1936), as in every table of exact limits at 95 %.
    const auto expect = [](uint64_t count, double low, double high) {
        const auto interval = PoissonInterval(count, 0.95);
        EXPECT_NEAR(interval.first, low, 5e-4 + 1e-5 * low) << count;
        EXPECT_NEAR(interval.second, high, 5e-4 + 1e-5 * high) << count;
    };
    expect(0, 0, 3.689);
    expect(1, 0.0253, 5.572);
    expect(5, 1.623, 11.668);
    expect(10, 4.795, 18.390);
    EXPECT_NEAR(PoissonInterval(100, 0.95).first, 81.364, 1e-3);
    EXPECT_NEAR(PoissonInterval(100, 0.95).second, 121.627, 1e-3);
    // Many: the normal limit.
    const auto many = PoissonInterval(100000000, 0.99);
    EXPECT_NEAR((many.first - 1e8) / 1e4, -SCORE_99, 1e-3);
    EXPECT_NEAR((many.second - 1e8) / 1e4, SCORE_99, 1e-3);
    const auto rate = FailureRateIntervalFit(10, 1e7, 0.95);
    EXPECT_NEAR(rate.first, 479.5, 0.1);
    EXPECT_NEAR(rate.second, 1839.0, 0.1);
}

TEST(PoissonInterval, TailsAreExact)
{
    EXPECT_DOUBLE_EQ(PoissonAtMost(2, 0), std::exp(-2.0));
    EXPECT_NEAR(PoissonAtMost(2, 1), 3 * std::exp(-2.0), 1e-15);
    EXPECT_NEAR(PoissonAtLeast(1e-5, 2) / (1e-10 / 2 * (1 - 2e-5 / 3)), 1, 1e-9);
    EXPECT_EQ(PoissonAtLeast(0, 1), 0);
    EXPECT_EQ(PoissonAtLeast(0, 0), 1);
    EXPECT_EQ(PoissonAtMost(0, 0), 1);
#ifdef OPTICAL_FABRIC_HAVE_BOOST
    for (const double mean : {0.01, 1.0, 17.3, 1e3, 1e6})
    {
        const boost::math::poisson_distribution<double> poisson(mean);
        for (const double score : {-8.0, -3.0, -0.5, 0.0, 0.5, 3.0, 8.0, 20.0})
        {
            const double place = std::floor(mean + score * std::sqrt(mean));
            if (place < 0)
            {
                continue;
            }
            const auto count = static_cast<uint64_t>(place);
            const double below = boost::math::cdf(poisson, place);
            const double above = boost::math::cdf(boost::math::complement(poisson, place));
            EXPECT_NEAR(PoissonAtMost(mean, count) / below, 1, 1e-9) << mean << " " << place;
            EXPECT_NEAR(PoissonAtLeast(mean, count + 1) / above, 1, 1e-9) << mean << " " << place;
        }
    }
#endif
}

TEST(PoissonInterval, RefusesWhatCannotBe)
{
    ExpectRefused([] { PoissonAtMost(-1, 1); }, {"mean = -1"});
    ExpectRefused([] { PoissonAtLeast(std::nan(""), 1); }, {"mean = nan"});
    ExpectRefused([] { PoissonInterval(1, 1); }, {"confidence = 1"});
    ExpectRefused([] { PoissonInterval(1, 0); }, {"confidence = 0"});
    ExpectRefused([] { PoissonInterval(1000000000000, 0.9); }, {"count = 1000000000000"});
    ExpectRefused([] { FailureRateIntervalFit(1, 0, 0.9); }, {"exposureH = 0"});
}

} // namespace
