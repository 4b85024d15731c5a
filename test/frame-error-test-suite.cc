/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"

#include "ns3/frame-error-process.h"
#include "ns3/test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr double FRAMES = 1e8;     ///< frames that are drawn
constexpr double FAR_OUT = 3.2905; ///< a normal variable is further out in 1 of 1000 cases

/**
 * @param freedom degrees of freedom
 * @param z a normal variable
 * @return chi-square at the same quantile (Wilson and Hilferty, 1931; good to 1 % from 5 degrees
 * on)
 */
double
ChiSquare(double freedom, double z)
{
    return freedom * std::pow(1 - 2 / (9 * freedom) + z * std::sqrt(2 / (9 * freedom)), 3);
}

/**
 * @ingroup optical-fabric-tests
 * @brief Damaged frames among 10^8: as many as there should be, and where they should be.
 */
class StatisticsTestCase : public TestCase
{
  public:
    StatisticsTestCase()
        : TestCase("Damaged frames among 10^8: numbers and gaps, chi-square at 0.1 %")
    {
    }

  private:
    void DoRun() override
    {
        for (const double ratio : {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6})
        {
            Check(ratio);
        }
    }

    /// @param ratio share of damaged frames
    void Check(double ratio)
    {
        FrameErrorProcess process;
        process.SetStream(2026);
        process.SetRatio(ratio);
        // Windows of equal length with ten damaged frames or more each.
        const auto windows = static_cast<uint64_t>(std::min(1000.0, FRAMES * ratio / 10));
        const uint64_t windowFrames = static_cast<uint64_t>(FRAMES) / windows;
        std::vector<double> inWindow(windows, 0);
        // Bins of gaps, about equally probable; the last has no end.
        const auto wanted = static_cast<uint64_t>(std::min(50.0, FRAMES * ratio / 10));
        std::vector<uint64_t> binEnds;
        for (uint64_t i = 1; i < wanted; ++i)
        {
            const double share = static_cast<double>(i) / static_cast<double>(wanted);
            const auto end =
                static_cast<uint64_t>(std::ceil(std::log1p(-share) / std::log1p(-ratio)));
            if (binEnds.empty() || end > binEnds.back())
            {
                binEnds.push_back(end);
            }
        }
        std::vector<double> inBin(binEnds.size() + 1, 0);
        double gaps = 0;
        for (uint64_t frame = process.Draw(); frame <= windows * windowFrames;)
        {
            ++inWindow[(frame - 1) / windowFrames];
            const uint64_t gap = process.Draw();
            ++inBin[std::lower_bound(binEnds.begin(), binEnds.end(), gap) - binEnds.begin()];
            ++gaps;
            frame += gap;
        }

        const double mean = static_cast<double>(windowFrames) * ratio;
        const double variance = mean * (1 - ratio);
        double sum = 0;
        for (const double count : inWindow)
        {
            sum += (count - mean) * (count - mean) / variance;
        }
        CheckRange(sum, static_cast<double>(windows), "numbers", ratio);
        NS_TEST_EXPECT_MSG_EQ_TOL(gaps,
                                  mean * static_cast<double>(windows),
                                  FAR_OUT * std::sqrt(variance * static_cast<double>(windows)),
                                  "damaged frames at " << ratio);

        sum = 0;
        double below = 0;
        for (size_t i = 0; i < inBin.size(); ++i)
        {
            const double upTo =
                i < binEnds.size()
                    ? -std::expm1(static_cast<double>(binEnds[i]) * std::log1p(-ratio))
                    : 1;
            const double expected = gaps * (upTo - below);
            sum += (inBin[i] - expected) * (inBin[i] - expected) / expected;
            below = upTo;
        }
        CheckRange(sum, static_cast<double>(inBin.size() - 1), "gaps", ratio);
    }

    /**
     * @param sum chi-square
     * @param freedom degrees of freedom
     * @param what of what
     * @param ratio share of damaged frames
     */
    void CheckRange(double sum, double freedom, const std::string& what, double ratio)
    {
        NS_TEST_EXPECT_MSG_GT(sum, ChiSquare(freedom, -FAR_OUT), what << " too even, " << ratio);
        NS_TEST_EXPECT_MSG_LT(sum, ChiSquare(freedom, FAR_OUT), what << " too uneven, " << ratio);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Ratios at the ends of the range, streams and refusals.
 */
class EndsTestCase : public TestCase
{
  public:
    EndsTestCase()
        : TestCase("Ratios of 0, 1 and next to nothing; streams; refusals")
    {
    }

  private:
    void DoRun() override
    {
        FrameErrorProcess process;
        NS_TEST_EXPECT_MSG_EQ(process.Draw(), FrameErrorProcess::NEVER, "before a ratio is set");
        process.SetRatio(1);
        NS_TEST_EXPECT_MSG_EQ(process.Draw(), 1, "every frame");
        process.SetRatio(0);
        NS_TEST_EXPECT_MSG_EQ(process.Draw(), FrameErrorProcess::NEVER, "no frame");
        for (const double ratio : {1e-15, 1e-30, 1e-300, 1e-320})
        {
            process.SetRatio(ratio);
            const uint64_t gap = process.Draw();
            NS_TEST_EXPECT_MSG_GT(gap, 1000, "hardly any frame at " << ratio);
            NS_TEST_EXPECT_MSG_LT_OR_EQ(gap, 2000000000000000000, "adds up at " << ratio);
        }
        FrameErrorProcess other;
        for (FrameErrorProcess* one : {&process, &other})
        {
            one->SetStream(5);
            one->SetRatio(0.01);
        }
        for (uint32_t i = 0; i < 100; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(process.Draw(), other.Draw(), "the same stream");
        }
        for (const double ratio : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
        {
            const std::string message = AbortMessage([ratio]() {
                FrameErrorProcess refused;
                refused.SetRatio(ratio);
            });
            NS_TEST_EXPECT_MSG_NE(message.find("allowed 0 to 1"), std::string::npos, message);
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Which frames are damaged.
 */
class FrameErrorTestSuite : public TestSuite
{
  public:
    FrameErrorTestSuite()
        : TestSuite("optical-fabric-frame-error", Type::UNIT)
    {
        AddTestCase(new StatisticsTestCase);
        AddTestCase(new EndsTestCase);
    }
};

FrameErrorTestSuite g_frameErrorTestSuite; ///< registers the suite

} // namespace
