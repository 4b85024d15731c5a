/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "binomial-tail.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @brief The regularized incomplete beta function, by its continued fraction (Lentz's method).
 * @param a first parameter, above 0
 * @param b second parameter, above 0
 * @param x argument, above 0 and below 1
 * @param y 1 - x, given apart so that neither loses digits
 * @return I_x(a, b)
 */
long double
IncompleteBeta(long double a, long double b, long double x, long double y)
{
    // On the far side of the mean the fraction converges slowly; there the complement is quick.
    if (x > (a + 1) / (a + b + 2))
    {
        return 1 - IncompleteBeta(b, a, y, x);
    }
    constexpr long double TINY = 1e-300L;
    constexpr long double PRECISION = 1e-16L;
    const auto notZero = [](long double value) { return std::abs(value) < TINY ? TINY : value; };
    long double c = 1;
    long double d = 1 / notZero(1 - (a + b) * x / (a + 1));
    long double fraction = d;
    // It takes a small multiple of sqrt(max(a, b)) steps.
    const long double steps = 200 + 20 * std::sqrt(std::max(a, b));
    for (long double m = 1; m < steps; ++m)
    {
        const long double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / notZero(1 + even * d);
        c = notZero(1 + even / c);
        fraction *= d * c;
        const long double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / notZero(1 + odd * d);
        c = notZero(1 + odd / c);
        fraction *= d * c;
        if (std::abs(d * c - 1) < PRECISION)
        {
            break;
        }
    }
    return std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) +
                    b * std::log(y)) *
           fraction / a;
}

} // namespace

double
BinomialAtMost(uint64_t n, double p, uint64_t k)
{
    const long double x = p;
    return static_cast<double>(
        IncompleteBeta(static_cast<long double>(n - k), static_cast<long double>(k) + 1, 1 - x, x));
}

double
BinomialMoreThan(uint64_t n, double p, uint64_t k)
{
    const long double x = p;
    return static_cast<double>(
        IncompleteBeta(static_cast<long double>(k) + 1, static_cast<long double>(n - k), x, 1 - x));
}

} // namespace opticalfabric
} // namespace ns3
