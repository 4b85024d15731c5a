/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The part of a campaign's report that people read.

#include "campaign-report.h"

#include <algorithm>
#include <cmath>
#include <locale>
#include <sstream>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

using Row = std::vector<std::string>; ///< cells of a row

/**
 * @param number a number
 * @param digits how many significant digits; more if it takes them to say its whole part
 * @return it
 */
std::string
Show(double number, int digits)
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

/**
 * @param interval an interval
 * @param digits significant digits of the mean
 * @return the mean, and half of the interval behind "+-"
 */
std::string
Show(const MeanInterval& interval, int digits = 5)
{
    if (!std::isfinite(interval.mean))
    {
        return "none seen";
    }
    constexpr int HALF_DIGITS = 2;
    return Show(interval.mean, digits) + " +- " + Show(interval.halfWidth, HALF_DIGITS);
}

/**
 * @param rows rows, the first of which is the header
 * @return them in columns, the first column to the left and the others to the right
 */
std::string
Align(const std::vector<Row>& rows)
{
    std::vector<std::size_t> widths;
    for (const Row& row : rows)
    {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string text;
    for (const Row& row : rows)
    {
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            const std::string padding(widths[i] - row[i].size(), ' ');
            text += i == 0 ? row[i] + padding : "  " + padding + row[i];
        }
        text.erase(text.find_last_not_of(' ') + 1);
        text += "\n";
    }
    return text + "\n";
}

/// @param report report @return what the job and the supernode got
std::string
WriteJob(const CampaignReport& report)
{
    constexpr int MANY_DIGITS = 7; // an availability is near 1
    std::vector<Row> rows{{"", "job", "supernode"}};
    rows.push_back({"availability",
                    Show(report.jobAvailability, MANY_DIGITS),
                    Show(report.supernodeAvailability, MANY_DIGITS)});
    rows.push_back({"MTBF, h", Show(report.jobMtbfH), Show(report.supernodeMtbfH)});
    rows.push_back({"MTTR, h", Show(report.jobMttrH), Show(report.supernodeMttrH)});
    rows.push_back(
        {"goodput (supernode: spares included)", Show(report.goodput), Show(report.fleetGoodput)});
    return Align(rows);
}

/// @param report report @return where the job's accelerators spent their time
std::string
WriteTime(const CampaignReport& report)
{
    std::vector<Row> rows{{"time of the job", "accelerator h a year"}};
    for (uint8_t i = 0; i < JobUse::COUNT; ++i)
    {
        rows.push_back({GetName(static_cast<JobUse::Kind>(i)), Show(report.npuHPerYear[i])});
    }
    return Align(rows);
}

/// @param report report @return what failed, and what that took
std::string
WriteFailures(const CampaignReport& report)
{
    std::vector<Row> rows{{"a year, by component and mode",
                           "failures",
                           "repairs",
                           "interruptions",
                           "outages",
                           "accelerator h lost"}};
    for (const CauseReport& cause : report.causes)
    {
        rows.push_back({GetName(cause.kind) + ", " + cause.mode,
                        Show(cause.failures),
                        Show(cause.repairs),
                        Show(cause.interruptions),
                        Show(cause.outages),
                        Show(cause.lostNpuH)});
    }
    rows.push_back({"all", Show(report.failuresPerYear), Show(report.repairsPerYear)});
    std::string text = Align(rows);
    rows.assign(1, {"work and parts", "a year"});
    rows.push_back({"time between failures of anything, h", Show(report.hardwareMtbfH)});
    rows.push_back({"crews at work, h", Show(report.crewHPerYear)});
    for (const auto& [pool, used] : report.sparesUsedPerYear)
    {
        rows.push_back({"spare parts, " + pool, Show(used)});
    }
    return text + Align(rows);
}

/**
 * @param report report
 * @param most how many states at most
 * @return the states that the fabric was in
 */
std::string
WriteStates(const CampaignReport& report, std::size_t most)
{
    constexpr int DIGITS = 4;
    std::vector<Row> rows{{"state of the fabric", "speed of the job", "share of time", "visits"}};
    for (std::size_t i = 0; i < std::min(most, report.states.size()); ++i)
    {
        const StateReport& state = report.states[i];
        rows.push_back({state.text,
                        Show(state.state.verdict.speed, DIGITS),
                        Show(state.share, DIGITS),
                        std::to_string(state.state.visits)});
    }
    std::string text = Align(rows);
    if (report.states.size() > most)
    {
        text += "and " + std::to_string(report.states.size() - most) + " states more\n\n";
    }
    return text;
}

} // namespace

std::string
WriteCampaignReport(const CampaignReport& report, std::size_t states)
{
    constexpr int PERCENT = 100;
    return WriteJob(report) + WriteTime(report) + WriteFailures(report) +
           WriteStates(report, states) + "+- half of a " + Show(PERCENT * report.confidence, 3) +
           " % confidence interval over replications\n";
}

} // namespace opticalfabric
} // namespace ns3
