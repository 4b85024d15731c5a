/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "event-interval.h"

#include "poisson-interval.h"

#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("interval of events");
}

/**
 * @param counts events of each replication
 * @param exposures time that each was watched
 * @param rate events per time of all
 * @return whether counts differ more than those of a constant rate
 */
bool
AreBunched(const std::vector<double>& counts, const std::vector<double>& exposures, double rate)
{
    constexpr double DEVIATIONS = 3;
    double squares = 0;
    double degrees = -1;
    for (std::size_t i = 0; i < counts.size(); ++i)
    {
        const double expected = rate * exposures[i];
        if (expected > 0)
        {
            squares += (counts[i] - expected) * (counts[i] - expected) / expected;
            ++degrees;
        }
    }
    // The sum is chi-square: its mean is the degrees of freedom, its variance twice as much.
    return degrees > 0 && squares > degrees + DEVIATIONS * std::sqrt(2 * degrees);
}

} // namespace

bool
EventInterval::Covers(double value) const
{
    return value >= low && value <= high;
}

double
EventInterval::GetHalfWidth() const
{
    return std::max(mean - low, high - mean);
}

bool
EventInterval::HasFew() const
{
    return events < FEW;
}

void
DownTimes::Add(double durationH)
{
    ++count;
    sumH += durationH;
    squaresH2 += durationH * durationH;
    longestH = std::max(longestH, durationH);
}

void
DownTimes::Add(const DownTimes& other)
{
    count += other.count;
    sumH += other.sumH;
    squaresH2 += other.squaresH2;
    longestH = std::max(longestH, other.longestH);
}

EventInterval
GetRateInterval(const std::vector<double>& counts,
                const std::vector<double>& exposures,
                double confidence)
{
    const ParameterCheck check = MakeCheck();
    check.Require(!counts.empty(), "number of counts", counts.size(), "at least 1");
    check.Require(counts.size() == exposures.size(),
                  "number of exposures",
                  exposures.size(),
                  "that of counts");
    for (std::size_t i = 0; i < counts.size(); ++i)
    {
        check.Require(counts[i] >= 0 && counts[i] == std::floor(counts[i]),
                      "count",
                      counts[i],
                      "a whole number, at least 0");
        check.Require(exposures[i] >= 0, "exposure", exposures[i], "at least 0");
    }
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    EventInterval rate;
    rate.exposure = std::accumulate(exposures.begin(), exposures.end(), 0.0);
    check.RequireAbove("sum of exposures", rate.exposure, 0, std::numeric_limits<double>::max());
    rate.events = static_cast<uint64_t>(total);
    rate.mean = total / rate.exposure;
    if (rate.events == 0)
    {
        rate.high = PoissonLimitOfNone(confidence) / rate.exposure;
        return rate;
    }
    if (AreBunched(counts, exposures, rate.mean))
    {
        const double half = GetRatioInterval(counts, exposures, confidence).halfWidth;
        rate.low = std::max(0.0, rate.mean - half);
        rate.high = rate.mean + half;
        return rate;
    }
    const auto [low, high] = PoissonInterval(rate.events, confidence);
    rate.low = low / rate.exposure;
    rate.high = high / rate.exposure;
    return rate;
}

EventInterval
GetTimeBetweenInterval(const std::vector<double>& counts,
                       const std::vector<double>& exposures,
                       double confidence)
{
    const EventInterval rate = GetRateInterval(counts, exposures, confidence);
    EventInterval between = rate;
    between.mean = rate.events > 0 ? 1 / rate.mean : INFINITE;
    between.low = 1 / rate.high;
    between.high = rate.low > 0 ? 1 / rate.low : INFINITE;
    return between;
}

EventInterval
GetAvailabilityInterval(const std::vector<double>& shares,
                        double totalH,
                        const DownTimes& down,
                        double confidence)
{
    MakeCheck().RequireAbove("totalH", totalH, 0, std::numeric_limits<double>::max());
    const MeanInterval student = GetMeanInterval(shares, confidence);
    EventInterval up;
    up.mean = student.mean;
    up.high = 1;
    up.events = down.count;
    up.exposure = totalH;
    if (down.count == 0)
    {
        return up;
    }
    if (down.count >= EventInterval::FEW && shares.size() > 1)
    {
        up.low = std::max(0.0, student.mean - student.halfWidth);
        up.high = std::min(1.0, student.mean + student.halfWidth);
        return up;
    }
    const auto [low, high] =
        WeightedPoissonInterval(down.sumH, down.squaresH2, down.longestH, confidence);
    up.low = std::max(0.0, 1 - high / totalH);
    up.high = 1 - low / totalH;
    return up;
}

MeanInterval
GetDownTimeInterval(const DownTimes& down, double confidence)
{
    if (down.count == 0)
    {
        return {INFINITE, INFINITE};
    }
    const auto count = static_cast<double>(down.count);
    MeanInterval mean{down.sumH / count, INFINITE};
    if (down.count > 1)
    {
        const double rest = std::max(0.0, down.squaresH2 - down.sumH * mean.mean);
        mean.halfWidth =
            StudentScore(confidence, down.count - 1) * std::sqrt(rest / (count - 1) / count);
    }
    return mean;
}

} // namespace opticalfabric
} // namespace ns3
