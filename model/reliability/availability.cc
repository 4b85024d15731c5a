/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "availability.h"

#include "ns3/binomial-tail.h"
#include "ns3/lifetime-law.h"
#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint32_t MAX_CHAIN = 10000000; ///< longest birth-death chain

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("availability");
}

/**
 * @param mtbfH mean time up, h
 * @param mttrH mean time down, h
 */
void
CheckTimes(double mtbfH, double mttrH)
{
    const double largest = std::numeric_limits<double>::max();
    MakeCheck().RequireAbove("mtbfH", mtbfH, 0, largest);
    MakeCheck().RequireBetween("mttrH", mttrH, 0, largest);
}

/// @param rateFit a rate, refused if out of range
void
CheckRate(double rateFit)
{
    MakeCheck().RequireBetween("rateFit", rateFit, 0, std::numeric_limits<double>::max());
}

} // namespace

double
GetAvailability(double mtbfH, double mttrH)
{
    CheckTimes(mtbfH, mttrH);
    return 1 / (1 + mttrH / mtbfH);
}

double
GetSeriesAvailability(const std::vector<double>& availabilities)
{
    double product = 1;
    for (const double availability : availabilities)
    {
        MakeCheck().RequireBetween("availability", availability, 0, 1);
        product *= availability;
    }
    return product;
}

double
GetSeriesMtbfH(const std::vector<double>& ratesFit)
{
    double sumFit = 0;
    for (const double rateFit : ratesFit)
    {
        CheckRate(rateFit);
        sumFit += rateFit;
    }
    return FIT_PER_RATE / sumFit;
}

double
GetFailuresPerYear(uint64_t count, double rateFit)
{
    CheckRate(rateFit);
    return static_cast<double>(count) * rateFit / FIT_PER_RATE * HOURS_PER_YEAR;
}

double
GetKOfNAvailability(uint64_t needed, uint64_t count, double availability)
{
    MakeCheck().Require(count >= 1, "count", count, "at least 1");
    MakeCheck().Require(needed <= count, "needed", needed, "at most count");
    MakeCheck().RequireBetween("availability", availability, 0, 1);
    if (needed == 0)
    {
        return 1;
    }
    // The tail functions take what is strictly between.
    if (availability == 0 || availability == 1)
    {
        return availability;
    }
    return BinomialMoreThan(count, availability, needed - 1);
}

std::vector<double>
GetDownDistribution(uint32_t count, double mtbfH, double mttrH, uint32_t crews)
{
    CheckTimes(mtbfH, mttrH);
    MakeCheck().Require(count >= 1 && count <= MAX_CHAIN, "count", count, "1 to 10000000");
    MakeCheck().Require(mttrH > 0, "mttrH", mttrH, "above 0");
    MakeCheck().Require(crews >= 1, "crews", crews, "at least 1");
    // Logarithms, because the weights of a long chain span more than a double does.
    std::vector<double> weights(count + 1, 0.0);
    for (uint32_t down = 1; down <= count; ++down)
    {
        const double failing = (count - down + 1.0) / mtbfH;
        const double repairing = std::min(down, crews) / mttrH;
        weights[down] = weights[down - 1] + std::log(failing / repairing);
    }
    const double largest = *std::max_element(weights.begin(), weights.end());
    double sum = 0;
    for (double& weight : weights)
    {
        weight = std::exp(weight - largest);
        sum += weight;
    }
    for (double& weight : weights)
    {
        weight /= sum;
    }
    return weights;
}

double
GetKOfNAvailability(uint32_t needed, uint32_t count, double mtbfH, double mttrH, uint32_t crews)
{
    const std::vector<double> down = GetDownDistribution(count, mtbfH, mttrH, crews);
    MakeCheck().Require(needed <= count, "needed", needed, "at most count");
    double share = 0;
    for (uint32_t i = 0; i <= count - needed; ++i)
    {
        share += down[i];
    }
    return std::min(share, 1.0);
}

} // namespace opticalfabric
} // namespace ns3
