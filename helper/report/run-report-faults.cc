/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-faults.h"

#include "run-report-units.h"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr std::size_t MOST_ROWS = 20;   ///< lines of a table; the rest is counted
constexpr std::size_t MOST_NUMBERS = 8; ///< faults named on a line

/// Lines of cells.
using Rows = std::vector<std::vector<std::string>>;

/**
 * @param ps a time, ps, if there is one
 * @param otherwise what to say if there is none
 * @return it for people
 */
std::string
FormatTime(const std::optional<uint64_t>& ps, const std::string& otherwise)
{
    return ps ? FormatSeconds(static_cast<double>(*ps) / 1e12, 4) : otherwise;
}

/**
 * @param faults places in the schedule
 * @return them for people
 */
std::string
ListFaults(const std::vector<uint64_t>& faults)
{
    std::string list;
    for (std::size_t i = 0; i < faults.size() && i < MOST_NUMBERS; ++i)
    {
        list += (i == 0 ? "" : ", ") + std::to_string(faults[i]);
    }
    if (faults.size() > MOST_NUMBERS)
    {
        list += " and " + FormatCount(faults.size() - MOST_NUMBERS) + " more";
    }
    return list.empty() ? "none" : list;
}

/**
 * @param all how many there are
 * @param os where to say that not all were shown
 */
void
PrintRest(std::size_t all, std::ostream& os)
{
    if (all > MOST_ROWS)
    {
        os << "  and " << FormatCount(all - MOST_ROWS) << " more, see summary.json\n";
    }
}

} // namespace

void
PrintFaults(const RunResults& results, std::ostream& os)
{
    if (!results.hasFaults)
    {
        return;
    }
    if (results.faults.empty())
    {
        os << "\nFaults: none in the schedule\n";
        return;
    }
    Rows rows{{"", "component", "effect", "begins", "ends", "links", "parts it began in"}};
    for (std::size_t i = 0; i < results.faults.size() && i < MOST_ROWS; ++i)
    {
        const FaultRecord& fault = results.faults[i];
        rows.push_back({std::to_string(i),
                        fault.kind + " " + fault.component,
                        fault.effect,
                        FormatTime(fault.beginPs, "beyond"),
                        FormatTime(fault.endPs, "-"),
                        FormatCount(fault.links.size()),
                        FormatCount(fault.begun)});
    }
    os << "\nFaults\n" << FormatTable(rows, 3);
    PrintRest(results.faults.size(), os);

    Rows effects{
        {"", "execution", "with faults", "without", "difference", "lost", "faults during it"}};
    for (std::size_t i = 0; i < results.faultEffects.size() && i < MOST_ROWS; ++i)
    {
        const FaultEffectRecord& effect = results.faultEffects[i];
        const bool isKnown = effect.timeWithoutPs.has_value();
        const double differenceS = effect.GetDifferenceS();
        effects.push_back(
            {effect.collective,
             std::to_string(effect.iteration),
             FormatTime(effect.timePs, ""),
             FormatTime(effect.timeWithoutPs, "not run"),
             isKnown ? (differenceS < 0 ? "-" : "") + FormatSeconds(std::abs(differenceS)) : "-",
             effect.failedBytes > 0 ? FormatBytes(effect.failedBytes) : "-",
             ListFaults(effect.faults)});
    }
    if (effects.size() > 1)
    {
        os << "\nWhat they did to collectives: all faults that held during an execution, or "
              "shortly "
              "before it\n"
           << FormatTable(effects, 1);
        PrintRest(results.faultEffects.size(), os);
    }
}

} // namespace opticalfabric
} // namespace ns3
