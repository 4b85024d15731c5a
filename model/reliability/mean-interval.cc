/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "mean-interval.h"

#include "normal-tail.h"

#include "ns3/parameter-check.h"

#include <cmath>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();
constexpr double PI = 3.14159265358979323846;
constexpr uint64_t MOST_SUMMED = 1000; ///< degrees of freedom up to which sums are used

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("interval of a mean");
}

/// @param confidence a confidence level, refused if out of range
void
CheckConfidence(double confidence)
{
    MakeCheck().Require(confidence > 0 && confidence < 1,
                        "confidence",
                        confidence,
                        "above 0 and below 1");
}

/**
 * @param angle arc tangent of the distance over the root of the degrees of freedom
 * @param degrees degrees of freedom
 * @return probability of being within the distance
 */
double
GetProbabilityWithin(double angle, uint64_t degrees)
{
    const double cosine = std::cos(angle);
    const bool isOdd = degrees % 2 == 1;
    double term = isOdd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (uint64_t i = isOdd ? 3 : 2; i + 1 < degrees; i += 2)
    {
        term *= cosine * cosine * static_cast<double>(i - 1) / static_cast<double>(i);
        sum += term;
    }
    sum *= std::sin(angle);
    return isOdd ? 2 / PI * (angle + sum) : sum;
}

/**
 * @param values values, at least one
 * @return their mean
 */
double
GetMean(const std::vector<double>& values)
{
    double mean = 0;
    double count = 0;
    for (const double value : values)
    {
        MakeCheck().Require(std::isfinite(value), "value", value, "a finite number");
        mean += (value - mean) / ++count;
    }
    return mean;
}

/**
 * @param squares sum of squared distances from the mean
 * @param count how many values there are
 * @param confidence confidence level
 * @return half of the interval of the mean
 */
double
GetHalfWidth(double squares, uint64_t count, double confidence)
{
    if (count < 2)
    {
        return INFINITE;
    }
    const auto degrees = static_cast<double>(count - 1);
    return StudentScore(confidence, count - 1) *
           std::sqrt(squares / degrees / static_cast<double>(count));
}

} // namespace

bool
MeanInterval::Covers(double value) const
{
    return std::abs(value - mean) <= halfWidth;
}

double
StudentScore(double confidence, uint64_t degrees)
{
    CheckConfidence(confidence);
    MakeCheck().Require(degrees >= 1, "degrees", degrees, "at least 1");
    const auto freedom = static_cast<double>(degrees);
    if (degrees > MOST_SUMMED)
    {
        const double score = NormalScoreOfLogTail(std::log((1 - confidence) / 2));
        const double square = score * score;
        return score + score * (square + 1) / (4 * freedom) +
               score * ((5 * square + 16) * square + 3) / (96 * freedom * freedom);
    }
    double low = 0;
    double high = PI / 2;
    while (true)
    {
        const double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high))
        {
            return std::sqrt(freedom) * std::tan(middle);
        }
        (GetProbabilityWithin(middle, degrees) < confidence ? low : high) = middle;
    }
}

MeanInterval
GetMeanInterval(const std::vector<double>& values, double confidence)
{
    CheckConfidence(confidence);
    MakeCheck().Require(!values.empty(), "number of values", values.size(), "at least 1");
    MeanInterval interval;
    interval.mean = GetMean(values);
    double squares = 0;
    for (const double value : values)
    {
        squares += (value - interval.mean) * (value - interval.mean);
    }
    interval.halfWidth = GetHalfWidth(squares, values.size(), confidence);
    return interval;
}

MeanInterval
GetRatioInterval(const std::vector<double>& numerators,
                 const std::vector<double>& denominators,
                 double confidence)
{
    CheckConfidence(confidence);
    MakeCheck().Require(!numerators.empty(), "number of values", numerators.size(), "at least 1");
    MakeCheck().Require(denominators.size() == numerators.size(),
                        "number of denominators",
                        denominators.size(),
                        "that of numerators");
    const double numerator = GetMean(numerators);
    const double denominator = GetMean(denominators);
    MakeCheck().Require(denominator >= 0, "mean of denominators", denominator, "at least 0");
    if (denominator == 0)
    {
        return {INFINITE, INFINITE};
    }
    MeanInterval interval;
    interval.mean = numerator / denominator;
    double squares = 0;
    for (std::size_t i = 0; i < numerators.size(); ++i)
    {
        const double distance = numerators[i] - interval.mean * denominators[i];
        squares += distance * distance;
    }
    interval.halfWidth = GetHalfWidth(squares, numerators.size(), confidence) / denominator;
    return interval;
}

} // namespace opticalfabric
} // namespace ns3
