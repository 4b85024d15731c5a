/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "poisson-interval.h"

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

constexpr double MAX_MEAN = 1e12;            ///< largest mean
constexpr uint64_t MAX_COUNT = 100000000000; ///< largest count that gets an interval

/// The two regularized incomplete gamma functions; the smaller one has its full digits.
struct IncompleteGamma
{
    double lower; ///< P(a, x)
    double upper; ///< Q(a, x)
};

/**
 * Series below the mean, continued fraction (Lentz's method) above it: Press et al., Numerical
 * Recipes, 6.2.
 * @param a shape, at least 1
 * @param x argument, above 0
 * @return both functions
 */
IncompleteGamma
GetIncompleteGamma(double a, double x)
{
    constexpr long double PRECISION = 1e-18L;
    constexpr long double TINY = 1e-300L;
    const long double shape = a;
    const long double argument = x;
    const long double factor = std::exp(shape * std::log(argument) - argument - std::lgamma(shape));
    // Both take a small multiple of sqrt(a) steps near the mean, fewer elsewhere.
    const auto steps = static_cast<uint64_t>(1000 + 30 * std::sqrt(std::max(a, x)));
    if (x < a + 1)
    {
        long double term = 1 / shape;
        long double sum = term;
        for (uint64_t i = 1; i < steps && term > sum * PRECISION; ++i)
        {
            term *= argument / (shape + static_cast<long double>(i));
            sum += term;
        }
        const auto lower = static_cast<double>(sum * factor);
        return {lower, 1 - lower};
    }
    long double b = argument + 1 - shape;
    long double c = 1 / TINY;
    long double d = 1 / b;
    long double fraction = d;
    for (uint64_t i = 1; i < steps; ++i)
    {
        const auto n = static_cast<long double>(i);
        const long double numerator = -n * (n - shape);
        b += 2;
        d = numerator * d + b;
        d = 1 / (std::abs(d) < TINY ? TINY : d);
        c = b + numerator / c;
        c = std::abs(c) < TINY ? TINY : c;
        fraction *= d * c;
        if (std::abs(d * c - 1) < PRECISION)
        {
            break;
        }
    }
    const auto upper = static_cast<double>(factor * fraction);
    return {1 - upper, upper};
}

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("Poisson interval");
}

/**
 * @param isBelow whether a mean is below the one that is sought
 * @param low a mean that is
 * @param high a mean that is not
 * @return the mean, to the last digit
 */
template <typename TEST>
double
Bisect(TEST isBelow, double low, double high)
{
    while (true)
    {
        const double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high))
        {
            return high;
        }
        (isBelow(middle) ? low : high) = middle;
    }
}

/**
 * @param shape shape of a gamma distribution of scale 1, at least 1
 * @param tail probability below the quantile, above 0, at most 1/2
 * @return the quantile
 */
double
GetLowerQuantile(double shape, double tail)
{
    return Bisect([&](double x) { return GetIncompleteGamma(shape, x).lower < tail; }, 0, shape);
}

/**
 * @param shape shape of a gamma distribution of scale 1, at least 1
 * @param tail probability above the quantile, above 0, at most 1/2
 * @return the quantile
 */
double
GetUpperQuantile(double shape, double tail)
{
    const auto isBelow = [&](double x) { return GetIncompleteGamma(shape, x).upper > tail; };
    double distance = 1;
    while (isBelow(shape + distance))
    {
        distance *= 2;
    }
    // The median is less than 1 below the mean, which is the shape.
    return Bisect(isBelow, shape - 1, shape + distance);
}

/// @param confidence a confidence level, refused if out of range
void
CheckConfidence(double confidence)
{
    MakeCheck().Require(confidence > 0 && confidence < 1,
                        "confidence",
                        confidence,
                        "above 0, below 1");
}

} // namespace

double
PoissonAtMost(double mean, uint64_t count)
{
    MakeCheck().RequireBetween("mean", mean, 0, MAX_MEAN);
    return mean > 0 ? GetIncompleteGamma(static_cast<double>(count) + 1, mean).upper : 1;
}

double
PoissonAtLeast(double mean, uint64_t count)
{
    MakeCheck().RequireBetween("mean", mean, 0, MAX_MEAN);
    if (count == 0)
    {
        return 1;
    }
    return mean > 0 ? GetIncompleteGamma(static_cast<double>(count), mean).lower : 0;
}

std::pair<double, double>
PoissonInterval(uint64_t count, double confidence)
{
    MakeCheck().Require(count <= MAX_COUNT, "count", count, "0 to 1e11");
    CheckConfidence(confidence);
    const double tail = (1 - confidence) / 2;
    const auto n = static_cast<double>(count);
    return {count > 0 ? GetLowerQuantile(n, tail) : 0, GetUpperQuantile(n + 1, tail)};
}

std::pair<double, double>
WeightedPoissonInterval(double sum, double squares, double largest, double confidence)
{
    constexpr double ROUNDING = 1e-9; // by which squares may pass what they can be
    MakeCheck().RequireAbove("sum", sum, 0, std::numeric_limits<double>::max());
    MakeCheck().RequireAbove("largest", largest, 0, sum * (1 + ROUNDING));
    MakeCheck().RequireAbove("squares", squares, 0, sum * sum * (1 + ROUNDING));
    CheckConfidence(confidence);
    const double tail = (1 - confidence) / 2;
    const double further = squares + largest * largest;
    const double more = sum + largest;
    return {squares / sum * GetLowerQuantile(std::max(1.0, sum * sum / squares), tail),
            further / more * GetUpperQuantile(std::max(1.0, more * more / further), tail)};
}

double
PoissonLimitOfNone(double confidence)
{
    CheckConfidence(confidence);
    return -std::log1p(-confidence);
}

std::pair<double, double>
FailureRateIntervalFit(uint64_t failures, double exposureH, double confidence)
{
    MakeCheck().RequireAbove("exposureH", exposureH, 0, std::numeric_limits<double>::max());
    const auto [low, high] = PoissonInterval(failures, confidence);
    return {low / exposureH * FIT_PER_RATE, high / exposureH * FIT_PER_RATE};
}

} // namespace opticalfabric
} // namespace ns3
