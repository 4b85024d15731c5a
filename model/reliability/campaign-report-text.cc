/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The part of a campaign's report that people read.

#include "campaign-report.h"

#include "ns3/interval-text.h"
#include "ns3/text-table.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param headings headings of the columns, the first of which stands on the left
 * @return a table without lines yet
 */
TextTable
MakeTable(const std::vector<std::string>& headings)
{
    std::vector<TextTable::Column> columns;
    for (const std::string& heading : headings)
    {
        columns.push_back({heading, columns.empty() ? TextTable::LEFT : TextTable::RIGHT, ""});
    }
    return TextTable(columns);
}

/// @param report report @return what the job and the supernode got
std::string
WriteJob(const CampaignReport& report)
{
    TextTable table = MakeTable({"", "of the job"});
    table.AddRow({"availability", ShowEvents(report.jobAvailability)});
    table.AddRow({"MTBF, h", ShowEvents(report.jobMtbfH)});
    table.AddRow({"MTTR, h", ShowInterval(report.jobMttrH)});
    table.AddRow({"goodput", ShowInterval(report.goodput)});
    TextTable all = MakeTable({"", "of the supernode"});
    all.AddRow({"availability", ShowEvents(report.supernodeAvailability)});
    all.AddRow({"MTBF, h", ShowEvents(report.supernodeMtbfH)});
    all.AddRow({"MTTR, h", ShowInterval(report.supernodeMttrH)});
    all.AddRow({"goodput, spares included", ShowInterval(report.fleetGoodput)});
    return table.ToText() + "\n" + all.ToText() + "\n";
}

/// @param report report @return where the job's accelerators spent their time
std::string
WriteTime(const CampaignReport& report)
{
    TextTable table = MakeTable({"time of the job", "accelerator h a year"});
    for (uint8_t i = 0; i < JobUse::COUNT; ++i)
    {
        table.AddRow({GetName(static_cast<JobUse::Kind>(i)), ShowInterval(report.npuHPerYear[i])});
    }
    return table.ToText() + "\n";
}

/// @param report report @return what failed, and what that took
std::string
WriteFailures(const CampaignReport& report)
{
    const std::string heading = "a year, by component and mode";
    TextTable table = MakeTable({heading, "failures", "repairs"});
    TextTable harm = MakeTable({heading, "interruptions", "accelerator h lost"});
    TextTable outages = MakeTable({heading, "outages"});
    constexpr int REPAIR_DIGITS = 3;
    for (const CauseReport& cause : report.causes)
    {
        if (!cause.canFail)
        {
            continue; // an inventory has it only to keep random streams in their place
        }
        const std::string name = GetName(cause.kind) + ", " + cause.mode;
        table.AddRow(
            {name, ShowEvents(cause.failures), ShowNumber(cause.repairs.mean, REPAIR_DIGITS)});
        harm.AddRow({name, ShowEvents(cause.interruptions), ShowInterval(cause.lostNpuH)});
        outages.AddRow({name, ShowEvents(cause.outages)});
    }
    table.AddRow({"all",
                  ShowEvents(report.failuresPerYear),
                  ShowNumber(report.repairsPerYear.mean, REPAIR_DIGITS)});
    harm.AddRow({"all", ShowEvents(report.interruptionsPerYear)});
    TextTable work = MakeTable({"work and parts", "a year"});
    work.AddRow({"time between failures of anything, h", ShowEvents(report.hardwareMtbfH)});
    work.AddRow({"crews at work, h", ShowInterval(report.crewHPerYear)});
    for (const auto& [pool, used] : report.sparesUsedPerYear)
    {
        work.AddRow({"spare parts, " + pool, ShowEvents(used)});
    }
    return table.ToText() + "\n" + harm.ToText() + "\n" + outages.ToText() + "\n" + work.ToText() +
           "\n";
}

/**
 * @param text words
 * @param width columns
 * @return the words in lines that fit, at least one
 */
std::vector<std::string>
Wrap(const std::string& text, std::size_t width)
{
    std::istringstream words(text);
    std::vector<std::string> lines(1);
    for (std::string word; words >> word;)
    {
        if (!lines.back().empty() && lines.back().size() + 1 + word.size() > width)
        {
            lines.emplace_back();
        }
        lines.back() += (lines.back().empty() ? "" : " ") + word;
    }
    return lines;
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
    constexpr std::size_t TEXT_WIDTH = 47; // what is left of 80 columns
    TextTable table({{"speed", TextTable::RIGHT, "of the job"},
                     {"share", TextTable::RIGHT, "of time"},
                     {"visits", TextTable::RIGHT, ""},
                     {"state of the fabric", TextTable::LEFT, ""}});
    for (std::size_t i = 0; i < std::min(most, report.states.size()); ++i)
    {
        const StateReport& state = report.states[i];
        const std::vector<std::string> lines = Wrap(state.text, TEXT_WIDTH);
        table.AddRow({ShowNumber(state.state.verdict.speed, DIGITS),
                      ShowNumber(state.share, DIGITS),
                      std::to_string(state.state.visits),
                      lines.front()});
        for (std::size_t line = 1; line < lines.size(); ++line)
        {
            table.AddRow({"", "", "", "  " + lines[line]});
        }
    }
    std::string text = table.ToText() + "\n";
    if (report.states.size() > most)
    {
        const std::size_t more = report.states.size() - most;
        text += "and " + std::to_string(more) + (more == 1 ? " more state" : " more states");
        text += ", rarer still\n\n";
    }
    return text;
}

} // namespace

std::string
WriteCampaignReport(const CampaignReport& report, std::size_t states)
{
    constexpr int PERCENT = 100;
    const std::string level = ShowNumber(PERCENT * report.confidence, 3) + " %";
    return WriteJob(report) + WriteTime(report) + WriteFailures(report) +
           WriteStates(report, states) +
           (report.results.size() == 1
                ? std::string("no interval from one replication, but of what counts events\n")
                : "+- half of a " + level + " confidence interval over replications\n") +
           "( to ) exact limits of counted events, " + level +
           "; < or > one-sided, none seen\n"
           "* rests on fewer than " +
           std::to_string(EventInterval::FEW) + " events, and so do the hours beside it\n";
}

} // namespace opticalfabric
} // namespace ns3
