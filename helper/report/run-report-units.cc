/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-units.h"

#include "ns3/text-table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// A unit's name, and its size in the unit of what is formatted.
using Scale = std::pair<const char*, double>;

constexpr double SMALLEST_SHOWN = 1e-3; ///< of a unit of time, in tables

/// Units of time, in seconds.
constexpr std::array<Scale, 5> TIME_SCALES{
    {{"ps", 1e-12}, {"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}}};

/// @return where a stream keeps the width of reports that are written to it
int
GetWidthSlot()
{
    static const int slot = std::ios_base::xalloc();
    return slot;
}

/**
 * @param value a number of 0 or more
 * @param digits significant digits; whole numbers keep all theirs
 * @return the number
 */
std::string
FormatDigits(double value, int digits)
{
    const int whole = value >= 1 ? static_cast<int>(std::floor(std::log10(value))) + 1 : 1;
    std::ostringstream os;
    os << std::fixed << std::setprecision(std::max(digits - whole, 0)) << value;
    return os.str();
}

/**
 * @param value a number of 0 or more
 * @param scales units, ascending
 * @param digits significant digits
 * @return number and unit
 */
template <std::size_t N>
std::string
FormatIn(double value, const std::array<Scale, N>& scales, int digits)
{
    if (!std::isfinite(value))
    {
        return "-";
    }
    const Scale* best = &scales.front();
    for (const Scale& scale : scales)
    {
        // What rounds up to the next unit is written in it.
        if (value >= scale.second * (1 - 0.5 * std::pow(10, -digits)))
        {
            best = &scale;
        }
    }
    return FormatDigits(value / best->second, digits) + " " + best->first;
}

/**
 * @param seconds a time, s
 * @param smaller the smaller unit, s
 * @param ratio how many of them the larger one has
 * @param names names of the larger and the smaller one
 * @return the time in both, rounded to the smaller one
 */
std::string
FormatPair(double seconds,
           double smaller,
           uint64_t ratio,
           std::pair<const char*, const char*> names)
{
    const auto whole = static_cast<uint64_t>(std::llround(seconds / smaller));
    std::ostringstream os;
    os << whole / ratio << " " << names.first << " " << std::setw(2) << std::setfill('0')
       << whole % ratio << " " << names.second;
    return os.str();
}

} // namespace

std::string
FormatSeconds(double seconds, int digits)
{
    // Each pair of units up to where its larger one has two of the next.
    constexpr double MINUTE = 60;
    constexpr double HOUR = 60 * MINUTE;
    constexpr double DAY = 24 * HOUR;
    constexpr double SHOWN = 1e15; // longer than that in hours is beyond a whole number
    if (seconds >= 2 * MINUTE && seconds < SHOWN * HOUR)
    {
        return seconds < 2 * HOUR - 0.5         ? FormatPair(seconds, 1, 60, {"min", "s"})
               : seconds < 2 * DAY - MINUTE / 2 ? FormatPair(seconds, MINUTE, 60, {"h", "min"})
                                                : FormatPair(seconds, HOUR, 24, {"days", "h"});
    }
    return seconds == 0 ? "0 s" : FormatIn(seconds, TIME_SCALES, digits);
}

std::string
FormatRate(double bytesPerSecond)
{
    static constexpr std::array<Scale, 5> SCALES{
        {{"B/s", 1}, {"kB/s", 1e3}, {"MB/s", 1e6}, {"GB/s", 1e9}, {"TB/s", 1e12}}};
    return FormatIn(bytesPerSecond, SCALES, 3);
}

std::string
FormatBytes(uint64_t bytes)
{
    static constexpr std::array<Scale, 6> SCALES{
        {{"B", 1}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"PB", 1e15}}};
    static constexpr std::array<const char*, 5> BINARY{"KiB", "MiB", "GiB", "TiB", "PiB"};
    uint64_t unit = 1024;
    for (std::size_t i = 0; i < BINARY.size() && bytes >= unit; ++i, unit *= 1024)
    {
        const bool isLargest = i + 1 == BINARY.size() || bytes / 1024 < unit;
        if (isLargest && bytes * 2 % unit == 0)
        {
            const std::string half = bytes % unit == 0 ? "" : ".5";
            return std::to_string(bytes / unit) + half + " " + BINARY[i];
        }
    }
    return FormatIn(static_cast<double>(bytes), SCALES, 3);
}

std::string
FormatCount(uint64_t count)
{
    std::string text = std::to_string(count);
    for (std::size_t i = text.size(); i > 3; i -= 3)
    {
        text.insert(i - 3, ",");
    }
    return text;
}

std::string
FormatScaled(double value)
{
    static constexpr std::array<Scale, 4> SCALES{{{"", 1}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}}};
    std::string text = FormatIn(value, SCALES, 3);
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

TimeScale
TimeScale::For(const std::vector<double>& times)
{
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    bool isThere = false;
    for (const double time : times)
    {
        if (!std::isfinite(time))
        {
            continue;
        }
        isThere = true;
        least = time > 0 ? std::min(least, time) : least;
        most = std::max(most, time);
    }
    std::size_t best = 0;
    for (std::size_t i = 0; i < TIME_SCALES.size(); ++i)
    {
        best = most >= TIME_SCALES[i].second ? i : best;
    }
    best -= best > 0 && least < SMALLEST_SHOWN * TIME_SCALES[best].second ? 1 : 0;
    return most > 0  ? TimeScale{TIME_SCALES[best].first, TIME_SCALES[best].second}
           : isThere ? TimeScale{}
                     : TimeScale{"", 1};
}

TimeScale
TimeScale::For(const std::vector<double>& times, const TimeScale& neighbours)
{
    const bool isZero = std::none_of(times.begin(), times.end(), [](double time) {
        return std::isfinite(time) && time > 0;
    });
    const TimeScale own = For(times);
    return isZero && *own.unit != '\0' && *neighbours.unit != '\0' ? neighbours : own;
}

std::string
TimeScale::Head(const std::string& what) const
{
    return *unit == '\0' ? what : what + ", " + unit;
}

std::string
TimeScale::Format(double time) const
{
    if (!std::isfinite(time))
    {
        return "-";
    }
    // A number below 1 has as many digits behind the point as one of 1 or more at most.
    constexpr int DIGITS = 4;
    const double value = time / seconds;
    const bool isBelowOne = value < 1 - SMALLEST_SHOWN / 2;
    return time == 0 ? "0" : FormatDigits(value, isBelowOne ? DIGITS : DIGITS - 1);
}

ReportTable
FormatTable(const std::vector<std::vector<std::string>>& rows, std::size_t leftColumns)
{
    return {rows, leftColumns, 1};
}

std::ostream&
operator<<(std::ostream& os, const ReportTable& table)
{
    constexpr std::size_t INDENTATION = 2;
    constexpr std::size_t GAP = 2;
    const auto limit = static_cast<std::size_t>(os.iword(GetWidthSlot()));
    std::vector<std::size_t> widths;
    for (const auto& row : table.rows)
    {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::size_t next = std::min<std::size_t>(1, widths.size());
    do
    {
        std::vector<std::size_t> columns;
        std::size_t width = INDENTATION + (widths.empty() ? 0 : widths[0]);
        while (next < widths.size())
        {
            const std::size_t end = std::min(next + table.together, widths.size());
            for (std::size_t i = next; i < end; ++i)
            {
                width += GAP + widths[i];
            }
            if (limit != 0 && width > limit && !columns.empty())
            {
                break;
            }
            for (; next < end; ++next)
            {
                columns.push_back(next);
            }
        }
        const auto left = static_cast<std::size_t>(
            std::count_if(columns.begin(), columns.end(), [&](std::size_t column) {
                return column < table.leftColumns;
            }));
        TextTable part(TextTable::LeftColumns(left + 1), INDENTATION);
        for (const auto& row : table.rows)
        {
            TextTable::Row cells{row.empty() ? "" : row[0]};
            for (const std::size_t column : columns)
            {
                cells.push_back(column < row.size() ? row[column] : "");
            }
            part.AddRow(cells);
        }
        os << part.ToText();
    } while (next < widths.size());
    return os;
}

void
SetReportWidth(std::ostream& os, uint32_t width)
{
    os.iword(GetWidthSlot()) = width;
}

} // namespace opticalfabric
} // namespace ns3
