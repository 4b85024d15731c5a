/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "normal-tail.h"

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

const double SQRT_2 = std::sqrt(2.0);           ///< square root of 2
const double LOG_SQRT_2PI = 0.9189385332046727; ///< log of the square root of 2 pi
const double LOG_HALF = std::log(0.5);          ///< log of the tail from the median
constexpr double ASYMPTOTIC_FROM = 30;          ///< beyond, erfc is about to underflow

/**
 * @param z standard score, at least ASYMPTOTIC_FROM
 * @return tail times z over density: the asymptotic series of Mills' ratio, whose first term left
 *         out is below 2e-14 there
 */
double
MillsSeries(double z)
{
    const double q = 1 / (z * z);
    return 1 - q * (1 - 3 * q * (1 - 5 * q * (1 - 7 * q * (1 - 9 * q))));
}

/**
 * Newton's method on the logarithm of the tail, which is concave and falls: from a start that is
 * too large it comes down without ever passing the solution.
 * @param logTail log of a probability, at most LOG_HALF
 * @return standard score, at least 0
 */
double
UpperScore(double logTail)
{
    // The tail is at most exp(-z^2 / 2) / 2.
    double z = std::sqrt(2 * (LOG_HALF - logTail));
    for (int step = 0; step < 100; ++step)
    {
        const double next = z + (LogNormalTail(z) - logTail) / NormalHazard(z);
        const bool isDone = std::abs(next - z) <= 1e-15 * std::max(z, 1.0);
        z = next;
        if (isDone)
        {
            break;
        }
    }
    return z;
}

} // namespace

double
LogNormalTail(double z)
{
    if (z >= ASYMPTOTIC_FROM)
    {
        return -z * z / 2 - LOG_SQRT_2PI - std::log(z) + std::log(MillsSeries(z));
    }
    // Below the median the tail is near 1, and what it lacks has the digits.
    return z < 0 ? std::log1p(-std::erfc(-z / SQRT_2) / 2) : std::log(std::erfc(z / SQRT_2) / 2);
}

double
NormalHazard(double z)
{
    if (z >= ASYMPTOTIC_FROM)
    {
        return z / MillsSeries(z);
    }
    return std::exp(-z * z / 2 - LOG_SQRT_2PI) * 2 / std::erfc(z / SQRT_2);
}

double
NormalScoreOfLogTail(double logTail)
{
    const ParameterCheck check("NormalScoreOfLogTail");
    check.Require(logTail < 0, "logTail", logTail, "below 0");
    if (std::isinf(logTail))
    {
        return std::numeric_limits<double>::infinity();
    }
    if (logTail <= LOG_HALF)
    {
        return UpperScore(logTail);
    }
    // The other tail is the small one.
    return -UpperScore(std::log(-std::expm1(logTail)));
}

} // namespace opticalfabric
} // namespace ns3
