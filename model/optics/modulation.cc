/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "modulation.h"

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double PI = 3.14159265358979323846; ///< of the circle

/**
 * @param modulation format
 * @return factor of erfc in its bit error ratio, and so the ratio at Q = 0
 */
double
GetErfcFactor(Modulation::Kind modulation)
{
    return modulation == Modulation::NRZ ? 1.0 / 2 : 3.0 / 8;
}

/**
 * Where erf is a given number, to some 0.2 %: S. Winitzki, A handy approximation for the error
 * function and its inverse, 2008.
 * @param logProduct logarithm of (1 - erf) (1 + erf), at most 0
 * @return x, at least 0
 */
double
GuessInverseErf(double logProduct)
{
    constexpr double A = 0.147; // of the same paper; it decides about the 0.2 % alone
    const double half = 2 / (PI * A) + logProduct / 2;
    const double root = std::sqrt(half * half - logProduct / A);
    // Of the two forms of the same, the one in which nothing cancels.
    const double square = half > 0 ? -logProduct / A / (root + half) : root - half;
    return std::sqrt(square);
}

/**
 * Logarithm of erfc, also where erfc itself has no double.
 * @param x at least 0
 * @return the logarithm, and minus its derivative
 */
std::pair<double, double>
GetLogErfc(double x)
{
    const double twoOverRootPi = 2 / std::sqrt(PI);
    constexpr double ASYMPTOTIC_FROM = 25;
    if (x < ASYMPTOTIC_FROM)
    {
        const double erfc = std::erfc(x);
        return {std::log(erfc), twoOverRootPi * std::exp(-x * x) / erfc};
    }
    // NIST Digital Library of Mathematical Functions, 7.12.1: erfc(x) exp(x^2) sqrt(pi) x = 1 -
    // 1/(2x^2) + 3/(4x^4) - ... The term after the last one here is below 1e-12, which changes x by
    // less than its last digit.
    const double z = 1 / (2 * x * x);
    const double series = 1 - z * (1 - 3 * z * (1 - 5 * z * (1 - 7 * z)));
    return {std::log(series * twoOverRootPi / (2 * x)) - x * x, 2 * x / series};
}

/**
 * @param y above 0, at most 1
 * @param complement 1 - y, given apart so that it keeps its digits
 * @return x, at least 0, where erfc(x) = y
 */
double
GetInverseErfc(double y, double complement)
{
    // Halley's method triples the digits in each step: from 0.2 % to below 1e-8 to all there are.
    constexpr int STEPS = 2;
    if (y > 0.5)
    {
        double x = GuessInverseErf(std::log1p(-complement * complement));
        for (int step = 0; step < STEPS; ++step)
        {
            const double newton = (std::erf(x) - complement) * std::sqrt(PI) / 2 * std::exp(x * x);
            x -= newton / (1 + newton * x);
        }
        return x;
    }
    // The logarithm is nearly a parabola, however small y is.
    const double logY = std::log(y);
    double x = GuessInverseErf(logY + std::log1p(complement));
    for (int step = 0; step < STEPS; ++step)
    {
        const auto [log, fall] = GetLogErfc(x);
        const double newton = (log - logY) / fall;
        x += newton / (1 + newton * (fall - 2 * x) / 2);
    }
    return x;
}

} // namespace

uint32_t
GetBitsPerSymbol(Modulation::Kind modulation)
{
    return modulation == Modulation::NRZ ? 1 : 2;
}

std::string
GetName(Modulation::Kind modulation)
{
    return modulation == Modulation::NRZ ? "NRZ" : "PAM4";
}

double
GetBitErrorRatio(Modulation::Kind modulation, double q)
{
    if (!(q >= 0))
    {
        std::ostringstream message;
        message << "GetBitErrorRatio: q = " << q << " is not allowed; allowed: at least 0";
        throw std::invalid_argument(message.str());
    }
    return GetErfcFactor(modulation) * std::erfc(q / std::sqrt(2.0));
}

double
GetQ(Modulation::Kind modulation, double ber)
{
    const double largest = GetErfcFactor(modulation);
    if (!(ber > 0 && ber <= largest))
    {
        std::ostringstream message;
        message << "GetQ: ber = " << ber << " is not allowed for " << GetName(modulation)
                << "; allowed: above 0, at most " << largest;
        throw std::invalid_argument(message.str());
    }
    return std::sqrt(2.0) * GetInverseErfc(ber / largest, (largest - ber) / largest);
}

} // namespace opticalfabric
} // namespace ns3
