/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "interval-text.h"

#include <cmath>
#include <locale>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

std::string
ShowNumber(double number, int digits)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    constexpr double TEN = 10;
    if (std::abs(number) >= std::pow(TEN, digits))
    {
        text << std::fixed;
        digits = 0;
    }
    text.precision(digits);
    text << number;
    return text.str();
}

std::string
ShowInterval(const MeanInterval& interval, int digits)
{
    if (!std::isfinite(interval.mean))
    {
        return "none seen";
    }
    constexpr int HALF_DIGITS = 2;
    const std::string mean = ShowNumber(interval.mean, digits);
    return std::isfinite(interval.halfWidth)
               ? mean + " +- " + ShowNumber(interval.halfWidth, HALF_DIGITS)
               : mean;
}

} // namespace opticalfabric
} // namespace ns3
