/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_UNITS_H
#define OPTICAL_FABRIC_RUN_REPORT_UNITS_H

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @param seconds a time, s, 0 or more
 * @param digits significant digits, of a time below two minutes
 * @return it in the unit that suits, "152 us"; from two minutes on in the two that suit, rounded to
 *         the smaller one: "2 min 05 s", "2 h 05 min", "106 days 12 h"; "-" if it is not finite
 */
std::string FormatSeconds(double seconds, int digits = 3);

/**
 * @ingroup optical-fabric
 * @param bytesPerSecond a rate, B/s
 * @return it in the unit that suits, "54.1 GB/s"
 */
std::string FormatRate(double bytesPerSecond);

/**
 * @ingroup optical-fabric
 * @param bytes a size
 * @return it in the unit that suits: binary if halves of it say all, "7.5 MiB", else decimal
 */
std::string FormatBytes(uint64_t bytes);

/**
 * @ingroup optical-fabric
 * @param count a number
 * @return it with commas, "1,234,567"
 */
std::string FormatCount(uint64_t count);

/**
 * @ingroup optical-fabric
 * @param value a number
 * @return three digits of it and a multiple, "5.43 M"
 */
std::string FormatScaled(double value);

/**
 * @ingroup optical-fabric
 * @brief A unit of time that suits all times of a table.
 */
struct TimeScale
{
    const char* unit{"s"}; ///< its name; empty where there is no time to be shown
    double seconds{1};     ///< how long it is, s

    /**
     * @param times times, s; what is not finite does not count
     * @return a unit in which the largest is 1 or more, and the smallest that is not 0 shows
     */
    static TimeScale For(const std::vector<double>& times);

    /**
     * @param times times of a column, s; what is not finite does not count
     * @param neighbours unit of the columns beside it
     * @return the unit as above; that of the neighbours, if they have one, where all times are 0
     */
    static TimeScale For(const std::vector<double>& times, const TimeScale& neighbours);

    /**
     * @param what what the times of a column are
     * @return the column's heading, "time, us"; without a unit where all its cells are "-"
     */
    std::string Head(const std::string& what) const;

    /**
     * @param time a time, s
     * @return its number in this unit, three digits of it or all before the point; "-" for NaN
     */
    std::string Format(double time) const;
};

/// @ingroup optical-fabric
/// @brief Lines of cells under one another, which fit the width of what they are written to.
struct ReportTable
{
    std::vector<std::vector<std::string>> rows; ///< cells of each line, the heading first
    std::size_t leftColumns{1};                 ///< columns that begin on the left
    std::size_t together{1};                    ///< so many columns behind the first stay together
};

/**
 * @ingroup optical-fabric
 * @brief Lines of cells under one another.
 *
 * @param rows cells of each line, the heading first
 * @param leftColumns how many columns begin on the left; the others end on the right
 * @return the table, to be written: indented by two blanks, and where it is too wide for what it is
 *         written to (SetReportWidth) as several, each with the first column
 */
ReportTable FormatTable(const std::vector<std::vector<std::string>>& rows, std::size_t leftColumns);

/**
 * @ingroup optical-fabric
 * @param os where to
 * @param table what to write
 * @return os
 */
std::ostream& operator<<(std::ostream& os, const ReportTable& table);

/**
 * @ingroup optical-fabric
 * @param os what tables are written to
 * @param width columns it has, 20 or more; without this they may be as wide as they are
 */
void SetReportWidth(std::ostream& os, uint32_t width);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_UNITS_H */
