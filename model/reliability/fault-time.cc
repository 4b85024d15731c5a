/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-time.h"

#include "ns3/parameter-check.h"

#include <array>
#include <cmath>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

namespace
{

__extension__ typedef unsigned __int128 Wide; ///< holds the picoseconds of millennia

constexpr uint64_t PS_PER_S = 1000000000000; ///< picoseconds in a second
constexpr uint64_t MAX_S = 1000000000000;    ///< longest time, s
constexpr double MAX_H = 2e8;                ///< longest time in hours, below MAX_S
constexpr double S_PER_H = 3600;             ///< seconds in an hour
constexpr std::size_t MAX_DIGITS = 24;       ///< of a number; more than any time needs

/// A unit of time.
struct Unit
{
    const char* name; ///< as written
    uint64_t size;    ///< ps
    bool isWholeOnly; ///< written only if it comes out whole: no decimal fraction of the next
                      ///< smaller unit
};

/// The units, the longest first.
constexpr std::array<Unit, 8> UNITS{{{"d", 86400 * PS_PER_S, true},
                                     {"h", 3600 * PS_PER_S, true},
                                     {"min", 60 * PS_PER_S, true},
                                     {"s", PS_PER_S, false},
                                     {"ms", 1000000000, false},
                                     {"us", 1000000, false},
                                     {"ns", 1000, false},
                                     {"ps", 1, false}}};

/// @return what refuses times
ParameterCheck
MakeCheck()
{
    return ParameterCheck("fault time");
}

} // namespace

FaultTime
FaultTime::FromPs(int64_t timePs)
{
    MakeCheck().Require(timePs >= 0, "timePs", timePs, "at least 0");
    const auto ps = static_cast<uint64_t>(timePs);
    FaultTime time;
    time.m_seconds = ps / PS_PER_S;
    time.m_picoseconds = ps % PS_PER_S;
    return time;
}

FaultTime
FaultTime::FromH(double timeH)
{
    MakeCheck().RequireBetween("timeH", timeH, 0, MAX_H);
    // The product and what rounding took from it; the rest has no rounding before the last.
    const double seconds = timeH * S_PER_H;
    const double rest = std::fma(timeH, S_PER_H, -seconds);
    const double whole = std::floor(seconds);
    const double ps = std::round(((seconds - whole) + rest) * static_cast<double>(PS_PER_S));
    FaultTime time;
    time.m_seconds = static_cast<uint64_t>(whole);
    if (ps < 0)
    {
        --time.m_seconds;
        time.m_picoseconds = static_cast<uint64_t>(ps + static_cast<double>(PS_PER_S));
    }
    else
    {
        const auto picoseconds = static_cast<uint64_t>(ps);
        time.m_seconds += picoseconds / PS_PER_S;
        time.m_picoseconds = picoseconds % PS_PER_S;
    }
    return time;
}

std::optional<FaultTime>
FaultTime::Read(const std::string& text)
{
    if (text == "0")
    {
        return FaultTime();
    }
    Wide digits = 0;
    Wide divisor = 1;
    std::size_t count = 0;
    bool isFraction = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i)
    {
        const char letter = text[i];
        if (letter == '.' && !isFraction && count > 0)
        {
            isFraction = true;
            continue;
        }
        if (letter < '0' || letter > '9')
        {
            break;
        }
        if (++count > MAX_DIGITS)
        {
            return std::nullopt;
        }
        digits = digits * 10 + static_cast<unsigned>(letter - '0');
        divisor *= isFraction ? 10 : 1;
    }
    if (count == 0 || text[i - 1] == '.')
    {
        return std::nullopt;
    }
    const std::string name = text.substr(i);
    for (const Unit& unit : UNITS)
    {
        if (name != unit.name)
        {
            continue;
        }
        // 24 digits, 80 bits, times a day, 57 bits, would not fit; what is too long goes first.
        const Wide most = static_cast<Wide>(MAX_S) * PS_PER_S;
        const Wide largest = std::numeric_limits<Wide>::max() / unit.size;
        if (digits > largest || digits * unit.size % divisor != 0 ||
            digits * unit.size / divisor > most)
        {
            return std::nullopt;
        }
        const Wide ps = digits * unit.size / divisor;
        FaultTime time;
        time.m_seconds = static_cast<uint64_t>(ps / PS_PER_S);
        time.m_picoseconds = static_cast<uint64_t>(ps % PS_PER_S);
        return time;
    }
    return std::nullopt;
}

std::optional<int64_t>
FaultTime::GetPs() const
{
    const Wide ps = static_cast<Wide>(m_seconds) * PS_PER_S + m_picoseconds;
    if (ps > static_cast<Wide>(std::numeric_limits<int64_t>::max()))
    {
        return std::nullopt;
    }
    return static_cast<int64_t>(ps);
}

double
FaultTime::GetH() const
{
    return (static_cast<double>(m_seconds) +
            static_cast<double>(m_picoseconds) / static_cast<double>(PS_PER_S)) /
           S_PER_H;
}

std::string
FaultTime::Write() const
{
    if (IsZero())
    {
        return "0";
    }
    const Wide ps = static_cast<Wide>(m_seconds) * PS_PER_S + m_picoseconds;
    for (const Unit& unit : UNITS)
    {
        const Wide rest = ps % unit.size;
        if (unit.isWholeOnly ? rest != 0 : ps < unit.size)
        {
            continue;
        }
        std::string text = std::to_string(static_cast<uint64_t>(ps / unit.size));
        if (rest > 0)
        {
            // As many decimals as the unit has digits, without zeros at the end.
            const std::string size = std::to_string(unit.size);
            const std::string decimals = std::to_string(static_cast<uint64_t>(rest));
            text += "." + std::string(size.size() - 1 - decimals.size(), '0') + decimals;
            text.erase(text.find_last_not_of('0') + 1);
        }
        return text + unit.name;
    }
    return "0";
}

bool
FaultTime::IsZero() const
{
    return m_seconds == 0 && m_picoseconds == 0;
}

FaultTime
FaultTime::operator+(const FaultTime& other) const
{
    FaultTime sum;
    const uint64_t picoseconds = m_picoseconds + other.m_picoseconds;
    sum.m_seconds = m_seconds + other.m_seconds + picoseconds / PS_PER_S;
    sum.m_picoseconds = picoseconds % PS_PER_S;
    MakeCheck().Require(sum.m_seconds <= MAX_S, "sum in s", sum.m_seconds, "at most 1e12");
    return sum;
}

bool
FaultTime::operator==(const FaultTime& other) const
{
    return m_seconds == other.m_seconds && m_picoseconds == other.m_picoseconds;
}

bool
FaultTime::operator!=(const FaultTime& other) const
{
    return !(*this == other);
}

bool
FaultTime::operator<(const FaultTime& other) const
{
    return m_seconds != other.m_seconds ? m_seconds < other.m_seconds
                                        : m_picoseconds < other.m_picoseconds;
}

} // namespace opticalfabric
} // namespace ns3
