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
    // Values that are all the same say nothing of how far they could be apart.
    return std::isfinite(interval.halfWidth) && interval.halfWidth > 0
               ? mean + " +- " + ShowNumber(interval.halfWidth, HALF_DIGITS)
               : mean;
}

std::string
ShowEvents(const EventInterval& interval)
{
    constexpr int LIMIT_DIGITS = 2;
    if (interval.events == 0)
    {
        return !std::isfinite(interval.mean) ? "> " + ShowNumber(interval.low, LIMIT_DIGITS)
               : interval.mean > 0           ? "1, never down"
                                             : "none, < " + ShowNumber(interval.high, LIMIT_DIGITS);
    }
    constexpr int MOST_DECIMALS = 12;
    const double lower = interval.mean - interval.low;
    const double half = std::isfinite(interval.high) ? (interval.high - interval.low) / 2 : lower;
    int decimals = 0;
    for (double limit = 10; half > 0 && half < limit && decimals < MOST_DECIMALS; limit /= 10)
    {
        ++decimals;
    }
    const auto show = [decimals](double number) {
        std::ostringstream text;
        text.imbue(std::locale::classic());
        text << std::fixed;
        text.precision(decimals);
        text << number;
        return text.str();
    };
    return show(interval.mean) + " (" + show(interval.low) + " to " +
           (std::isfinite(interval.high) ? show(interval.high) : "infinity") + ")" +
           (interval.HasFew() ? "*" : "");
}

} // namespace opticalfabric
} // namespace ns3
