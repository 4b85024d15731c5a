/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "modulation.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// A Q at which the bit error ratio of any format is below the smallest double.
constexpr double Q_END = 40;

/**
 * @param modulation format
 * @return factor of erfc in its bit error ratio, and so the ratio at Q = 0
 */
double
GetErfcFactor(Modulation::Kind modulation)
{
    return modulation == Modulation::NRZ ? 1.0 / 2 : 3.0 / 8;
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
    // Bisection down to neighboring numbers: unlike Newton's method it divides by no derivative,
    // which vanishes together with the smallest ratios.
    double low = 0;
    double high = Q_END;
    for (;;)
    {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
        {
            return low;
        }
        (GetBitErrorRatio(modulation, middle) >= ber ? low : high) = middle;
    }
}

} // namespace opticalfabric
} // namespace ns3
