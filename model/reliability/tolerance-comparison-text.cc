/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The part of a comparison of tolerances that people read.

#include "tolerance-comparison.h"

#include "ns3/interval-text.h"
#include "ns3/lifetime-law.h"
#include "ns3/parameter-check.h"
#include "ns3/text-table.h"

#include <cmath>
#include <locale>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double PERCENT = 100;       ///< of one
constexpr double USD_PER_KUSD = 1000; ///< USD

/**
 * @param number a number
 * @param decimals decimals
 * @param hasSign whether "+" stands before what is above 0
 * @return it; "none seen" if it is not finite
 */
std::string
ShowFixed(double number, int decimals, bool hasSign = false)
{
    if (!std::isfinite(number))
    {
        return "none seen";
    }
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed;
    text.precision(decimals);
    text << number;
    return (hasSign && number > 0 ? "+" : "") + text.str();
}

/**
 * @param mtbfH time between interruptions
 * @return it, as ShowFixed; if it rests on few of them with "*" behind it, on none as a limit
 */
std::string
ShowMtbf(const EventInterval& mtbfH)
{
    return mtbfH.events == 0 ? "> " + ShowFixed(mtbfH.low, 0)
                             : ShowFixed(mtbfH.mean, 1) + (mtbfH.HasFew() ? "*" : "");
}

/**
 * @param interval a difference
 * @param factor what to multiply it with
 * @return the difference and half of its interval, which gets two digits; "0" if there is no
 *         difference at all
 */
std::string
ShowDifference(const MeanInterval& interval, double factor)
{
    if (interval.mean == 0 && interval.halfWidth == 0)
    {
        return "0";
    }
    const double half = interval.halfWidth * factor;
    constexpr int MOST_DECIMALS = 9;
    int decimals = std::isfinite(half) ? 0 : 3;
    for (double limit = 10; half > 0 && half < limit && decimals < MOST_DECIMALS; limit /= 10)
    {
        ++decimals;
    }
    const std::string mean = ShowFixed(interval.mean * factor, decimals, true);
    return std::isfinite(half) ? mean + " +- " + ShowFixed(half, decimals) : mean;
}

} // namespace

std::string
WriteToleranceComparison(const ToleranceComparison& comparison, double npuHourUsd)
{
    ParameterCheck("comparison of tolerances")
        .Require(std::isfinite(npuHourUsd) && npuHourUsd >= 0,
                 "npuHourUsd",
                 npuHourUsd,
                 "at least 0");
    const TextTable::Column names{"tolerance of faults", TextTable::LEFT, ""};
    TextTable table({names,
                     {"NPUs", TextTable::RIGHT, ""},
                     {"keeps", TextTable::RIGHT, "h"},
                     {"available", TextTable::RIGHT, "%"},
                     {"goodput", TextTable::RIGHT, "%"},
                     {"useful", TextTable::RIGHT, "% all"}});
    std::vector<TextTable::Column> columns{names,
                                           {"MTBF", TextTable::RIGHT, "h"},
                                           {"lost", TextTable::RIGHT, "NPU h/year"}};
    if (npuHourUsd > 0)
    {
        columns.push_back({"lost", TextTable::RIGHT, "kUSD/year"});
    }
    TextTable losses(columns);
    TextTable differences({names,
                           {"more goodput", TextTable::RIGHT, "points"},
                           {"more lost", TextTable::RIGHT, "NPU h/year"}});
    bool isFew = false;
    for (const ToleranceReport& report : comparison.variants)
    {
        const ToleranceFigures& figures = report.figures;
        const double lostNpuH = figures.lostNpuHPerYear.mean;
        table.AddRow({report.name,
                      std::to_string(report.accelerators),
                      ShowNumber(report.checkpoint.intervalH, 2),
                      ShowFixed(figures.jobAvailability.mean * PERCENT, 3),
                      ShowFixed(figures.goodput.mean * PERCENT, 3),
                      ShowFixed(figures.fleetGoodput.mean * PERCENT, 2)});
        isFew = isFew || report.jobMtbfH.HasFew();
        TextTable::Row row{report.name, ShowMtbf(report.jobMtbfH), ShowFixed(lostNpuH, 0)};
        if (npuHourUsd > 0)
        {
            row.push_back(ShowFixed(lostNpuH * npuHourUsd / USD_PER_KUSD, 1));
        }
        losses.AddRow(row);
        differences.AddRow({report.name,
                            ShowDifference(report.difference.goodput, PERCENT),
                            ShowDifference(report.difference.lostNpuHPerYear, 1)});
    }
    std::string text =
        table.ToText() + "\n" + losses.ToText() + "\n" + differences.ToText() +
        "\nEvery row: " + std::to_string(comparison.replications) +
        (comparison.replications == 1 ? " time " : " times ") +
        ShowNumber(comparison.horizonH / HOURS_PER_YEAR, 3) + " years of " +
        std::to_string(comparison.accelerators) +
        " NPUs, the same faults at the same times.\n"
        "  keeps      hours between checkpoints, Daly's interval unless it is said\n"
        "  available  share of time the job is not interrupted\n"
        "  MTBF       time between its interruptions\n"
        "  goodput    work that counts, over the time of the job's NPUs\n"
        "  useful     work that counts, over the time of all NPUs, idle spares included\n"
        "  lost       time of the job's NPUs without work that counts or checkpoints\n"
        "  more       than in the first row" +
        (comparison.replications == 1
             ? std::string("; no interval from one replication\n")
             : ", +- half of a " + ShowNumber(PERCENT * comparison.confidence, 3) +
                   " % confidence interval\n"
                   "             of paired differences\n");
    if (isFew)
    {
        text += "  *          rests on fewer than " + std::to_string(EventInterval::FEW) +
                " interruptions; > " + ShowNumber(PERCENT * comparison.confidence, 3) +
                " % limit, none seen\n";
    }
    if (npuHourUsd > 0)
    {
        text += "  kUSD       at " + ShowFixed(npuHourUsd, 2) + " USD for an hour of an NPU\n";
    }
    return text;
}

} // namespace opticalfabric
} // namespace ns3
