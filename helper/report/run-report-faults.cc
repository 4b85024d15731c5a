/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-faults.h"

#include "run-report-units.h"

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
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
 * @return it in s; NaN if there is none
 */
double
GetSeconds(const std::optional<uint64_t>& ps)
{
    return ps ? PsToSeconds(static_cast<double>(*ps)) : std::numeric_limits<double>::quiet_NaN();
}

/**
 * @param ps a time, ps, if there is one
 * @param scale unit of its column
 * @param otherwise what to say if there is none
 * @return it for people
 */
std::string
FormatTime(const std::optional<uint64_t>& ps, const TimeScale& scale, const std::string& otherwise)
{
    return ps ? scale.Format(GetSeconds(ps)) : otherwise;
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

/**
 * @param seconds a difference, s
 * @param scale unit of its column
 * @return it for people; "-" if it is not known
 */
std::string
FormatDifference(double seconds, const TimeScale& scale)
{
    return (seconds < 0 ? "-" : "") + scale.Format(std::abs(seconds));
}

/**
 * @param effects what faults did to executions
 * @param os where to
 */
void
PrintEffects(const std::vector<FaultEffectRecord>& effects, std::ostream& os)
{
    std::vector<double> times;
    std::vector<double> differences;
    for (std::size_t i = 0; i < effects.size() && i < MOST_ROWS; ++i)
    {
        times.push_back(GetSeconds(effects[i].timePs));
        times.push_back(GetSeconds(effects[i].timeWithoutPs));
        differences.push_back(std::abs(effects[i].GetDifferenceS()));
    }
    const TimeScale scale = TimeScale::For(times);
    const TimeScale finer = TimeScale::For(differences, scale);
    Rows rows{{"",
               "execution",
               scale.Head("with faults"),
               scale.Head("without"),
               finer.Head("difference"),
               "put down to",
               "lost",
               "faults during it"}};
    for (std::size_t i = 0; i < effects.size() && i < MOST_ROWS; ++i)
    {
        const FaultEffectRecord& effect = effects[i];
        rows.push_back({effect.collective,
                        std::to_string(effect.iteration),
                        FormatTime(effect.timePs, scale, ""),
                        FormatTime(effect.timeWithoutPs, scale, "not run"),
                        FormatDifference(effect.GetDifferenceS(), finer),
                        effect.cause.empty() ? "-" : effect.cause,
                        effect.failedBytes > 0 ? FormatBytes(effect.failedBytes) : "-",
                        ListFaults(effect.faults)});
    }
    if (rows.size() > 1)
    {
        os << "\nWhat they did to collectives: all faults that held during an execution, or "
              "shortly before it\n"
           << FormatTable(rows, 1);
        PrintRest(effects.size(), os);
    }
}

/**
 * Differences of the executions during faults, and of those after them, each with its interval.
 *
 * @param effects what faults did to executions
 * @param os where to
 */
void
PrintMeans(const std::vector<FaultEffectRecord>& effects, std::ostream& os)
{
    using Differences = std::vector<double>;
    std::vector<std::string> names; // in the order of executions
    std::map<std::string, std::pair<Differences, Differences>> differences;
    std::map<std::string, double> noises;
    for (const FaultEffectRecord& effect : effects)
    {
        if (!effect.timeWithoutPs)
        {
            continue;
        }
        const auto known = differences.find(effect.collective);
        if (!effect.faults.empty())
        {
            if (known == differences.end())
            {
                names.push_back(effect.collective);
            }
            differences[effect.collective].first.push_back(effect.GetDifferenceS());
            noises[effect.collective] = effect.noiseS.value_or(std::nan(""));
        }
        else if (known != differences.end())
        {
            known->second.second.push_back(effect.GetDifferenceS());
        }
    }
    const auto getMeanS = [](const Differences& of) {
        return std::accumulate(of.begin(), of.end(), 0.0) / static_cast<double>(of.size());
    };
    const auto getNoiseS = [&noises](const std::string& name, const Differences& of) {
        return noises.at(name) / std::sqrt(static_cast<double>(of.size()));
    };
    std::vector<double> means;
    std::vector<double> noisesOfMeans;
    for (const std::string& name : names)
    {
        for (const Differences* of : {&differences.at(name).first, &differences.at(name).second})
        {
            if (!of->empty())
            {
                means.push_back(std::abs(getMeanS(*of)));
                noisesOfMeans.push_back(getNoiseS(name, *of));
            }
        }
    }
    // Each column has a unit of its own: beside a large difference, noise keeps its digits.
    const TimeScale noiseScale = TimeScale::For(noisesOfMeans, TimeScale::For(means));
    const TimeScale scale = TimeScale::For(means, noiseScale);
    bool isOpen = false;
    Rows rows{
        {"", "executions", scale.Head("mean difference"), noiseScale.Head("noise"), "put down to"}};
    const auto add = [&](const std::string& name, bool isAfter, const Differences& of) {
        if (of.empty())
        {
            return;
        }
        const double meanS = getMeanS(of);
        const double noiseS = getNoiseS(name, of);
        isOpen = isOpen || std::isnan(noiseS);
        std::string cause = isAfter ? "aftermath" : "faults";
        cause += std::isfinite(noiseS) ? "" : " or noise";
        cause = meanS == 0 ? "none" : std::abs(meanS) <= noiseS ? "noise" : cause;
        rows.push_back({name + (isAfter ? ", after them" : ", during faults"),
                        FormatCount(of.size()),
                        FormatDifference(meanS, scale),
                        std::isfinite(noiseS) ? "+- " + noiseScale.Format(noiseS) : "-",
                        cause});
    };
    for (const std::string& name : names)
    {
        add(name, false, differences.at(name).first);
        add(name, true, differences.at(name).second);
    }
    if (rows.size() > 1)
    {
        os << "\nThe same execution with and without faults, from the first fault on\n"
           << FormatTable(rows, 1)
           << "  both runs draw the same random numbers; noise: what executions without faults "
              "that follow each other differ by, at 95 % confidence: no sign of a fault"
           << (isOpen ? "; - : one execution tells none, give the collective more iterations" : "")
           << "\n";
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
    std::vector<double> times;
    for (std::size_t i = 0; i < results.faults.size() && i < MOST_ROWS; ++i)
    {
        times.push_back(GetSeconds(results.faults[i].beginPs));
        times.push_back(GetSeconds(results.faults[i].endPs));
    }
    const TimeScale scale = TimeScale::For(times);
    Rows rows{{"",
               "component",
               "effect",
               scale.Head("begins"),
               scale.Head("ends"),
               "links",
               "parts it began in"}};
    for (std::size_t i = 0; i < results.faults.size() && i < MOST_ROWS; ++i)
    {
        const FaultRecord& fault = results.faults[i];
        rows.push_back({std::to_string(i),
                        fault.kind + " " + fault.component,
                        fault.effect,
                        FormatTime(fault.beginPs, scale, "beyond"),
                        FormatTime(fault.endPs, scale, "-"),
                        FormatCount(fault.links.size()),
                        FormatCount(fault.begun)});
    }
    os << "\nFaults\n" << FormatTable(rows, 3);
    PrintRest(results.faults.size(), os);

    PrintEffects(results.faultEffects, os);
    PrintMeans(results.faultEffects, os);
}

} // namespace opticalfabric
} // namespace ns3
