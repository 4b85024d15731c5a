/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-energy.h"

#include "run-report-units.h"

#include "ns3/catalog-value.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Lines of cells.
using Rows = std::vector<std::vector<std::string>>;

/// Finished executions of a collective together.
struct CollectiveSum
{
    uint64_t runs{0};                                 ///< how many
    uint64_t bytes{0};                                ///< payload that arrived, bytes
    double energyJ{0};                                ///< energy, J
    std::vector<std::pair<uint64_t, uint64_t>> times; ///< begins and ends, ps
};

/**
 * @param times begins and ends, ps
 * @return time in which there is at least one, s
 */
double
GetUnionS(std::vector<std::pair<uint64_t, uint64_t>> times)
{
    std::sort(times.begin(), times.end());
    uint64_t unionPs = 0;
    uint64_t donePs = 0;
    for (const auto& [startPs, endPs] : times)
    {
        unionPs += std::max(endPs, donePs) - std::max(startPs, donePs);
        donePs = std::max(endPs, donePs);
    }
    return static_cast<double>(unionPs) / 1e12;
}

/**
 * @param value a value, 0 or more
 * @param unit its unit
 * @return it for people; "-" if there is none
 */
std::string
FormatScaledUnit(double value, const std::string& unit)
{
    constexpr const char* PREFIXES[] = {"p", "n", "u", "m", "", "k", "M", "G", "T"};
    if (!std::isfinite(value))
    {
        return "-";
    }
    std::size_t i = 4;
    for (; value > 0 && value < 0.9995 && i > 0; --i)
    {
        value *= 1000;
    }
    for (; value >= 999.5 && i + 1 < std::size(PREFIXES); ++i)
    {
        value /= 1000;
    }
    std::ostringstream os;
    const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    os << std::fixed << std::setprecision(decimals) << value << " " << PREFIXES[i] << unit;
    return os.str();
}

/**
 * @param over an energy, J
 * @param under another one, J
 * @return share in percent for people; "-" if there is none
 */
std::string
FormatShare(double over, double under)
{
    // A run that takes no time has no share of it.
    if (under <= 0 || !std::isfinite(over))
    {
        return "-";
    }
    std::ostringstream os;
    os << std::fixed << std::setprecision(1) << 100 * over / under << " %";
    return os.str();
}

/**
 * @param over a quantity
 * @param under another one, above 0
 * @return the ratio for people
 */
std::string
FormatRatio(double over, double under)
{
    std::ostringstream os;
    os << std::fixed << std::setprecision(3) << over / under;
    return os.str();
}

/**
 * @param record what a run drew
 * @param os where to
 */
void
PrintCollectives(const EnergyRecord& record, std::ostream& os)
{
    std::vector<std::string> names; // in the order of their first ends
    std::map<std::string, CollectiveSum> sums;
    for (const CollectiveEnergy& one : record.collectives)
    {
        if (!one.isFinished)
        {
            continue;
        }
        if (sums.count(one.collective) == 0)
        {
            names.push_back(one.collective);
        }
        CollectiveSum& sum = sums[one.collective];
        ++sum.runs;
        sum.bytes += one.movedBytes;
        sum.energyJ += one.socketJ;
        sum.times.emplace_back(one.startPs, one.endPs);
    }
    Rows rows{{"", "of runs", "energy", "mean power", "payload moved", "energy per byte"}};
    for (const std::string& name : names)
    {
        const CollectiveSum& sum = sums.at(name);
        rows.push_back({name,
                        FormatCount(sum.runs),
                        FormatScaledUnit(sum.energyJ, "J"),
                        FormatScaledUnit(sum.energyJ / GetUnionS(sum.times), "W"),
                        FormatBytes(sum.bytes),
                        FormatScaledUnit(sum.energyJ / static_cast<double>(sum.bytes), "J")});
    }
    if (rows.size() > 1)
    {
        os << "\n" << FormatTable(rows, 1);
        os << "  of several executions at a time, each has an equal share of the energy\n"
              "  mean power: over the time in which at least one was under way\n";
    }
}

/**
 * @param record what a run drew
 * @param os where to
 */
void
PrintSleeps(const EnergyRecord& record, std::ostream& os)
{
    std::vector<std::string> names; // in the order of lines
    std::map<std::string, ModuleSleepRecord> sums;
    for (const ModuleSleepRecord& one : record.sleeps)
    {
        const std::string name = one.network + " " + one.type;
        if (sums.count(name) == 0)
        {
            names.push_back(name);
        }
        ModuleSleepRecord& sum = sums[name];
        sum.modules += one.modules;
        sum.asleepS += one.asleepS;
        sum.wakeUps += one.wakeUps;
        sum.savedJ += one.savedJ;
    }
    Rows rows{{"", "modules", "of the time asleep", "wake-ups", "saved"}};
    for (const std::string& name : names)
    {
        const ModuleSleepRecord& sum = sums.at(name);
        const std::string sign = sum.savedJ < 0 ? "-" : "";
        rows.push_back({name,
                        FormatCount(sum.modules),
                        FormatShare(sum.GetAsleepShare(record.timePs), 1),
                        FormatCount(sum.wakeUps),
                        sign + FormatScaledUnit(std::abs(sum.savedJ), "J")});
    }
    if (rows.size() > 1)
    {
        os << "\n" << FormatTable(rows, 1);
        os << "  saved: less than modules that are awake would have drawn in the same time, at the "
              "socket\n";
    }
}

/**
 * @param record what a run drew
 * @param os where to
 */
void
PrintRates(const EnergyRecord& record, std::ostream& os)
{
    std::vector<std::pair<std::string, double>> keys; // in the order of lines
    std::map<std::pair<std::string, double>, ModuleRateRecord> sums;
    for (const ModuleRateRecord& one : record.rates)
    {
        const std::pair<std::string, double> key{one.network + " " + one.type, one.rateShare};
        if (sums.count(key) == 0)
        {
            keys.push_back(key);
        }
        ModuleRateRecord& sum = sums[key];
        sum.modules += one.modules;
        sum.atRateS += one.atRateS;
        sum.changes += one.changes;
        sum.savedJ += one.savedJ;
    }
    Rows rows{{"", "modules", "rate", "of the time", "changes to it", "saved"}};
    for (const auto& key : keys)
    {
        const ModuleRateRecord& sum = sums.at(key);
        rows.push_back({key.first,
                        FormatCount(sum.modules),
                        FormatShare(key.second, 1),
                        FormatShare(sum.GetTimeShare(record.timePs), 1),
                        FormatCount(sum.changes),
                        FormatScaledUnit(sum.savedJ, "J")});
    }
    if (rows.size() > 1)
    {
        os << "\n" << FormatTable(rows, 1);
        os << "  saved: less than modules at the full rate would have drawn in the same time, at "
              "the socket\n";
    }
}

/**
 * @param record what a run drew
 * @param os where to
 */
void
PrintComparison(const EnergyRecord& record, std::ostream& os)
{
    if (record.alwaysOnPs > 0)
    {
        const double seconds = static_cast<double>(record.timePs) / 1e12;
        const double alwaysOnS = static_cast<double>(record.alwaysOnPs) / 1e12;
        os << "  with modules always on: " << FormatSeconds(alwaysOnS) << ", "
           << FormatScaledUnit(record.alwaysOnJ, "J")
           << (record.rates.empty() ? "; sleep: " : "; rate-adaptive: ")
           << FormatRatio(seconds, alwaysOnS) << " times the time, "
           << FormatRatio(record.socketJ, record.alwaysOnJ) << " times the energy\n";
    }
}

} // namespace

void
PrintEnergy(const EnergyRecord& record, std::ostream& os)
{
    const double seconds = static_cast<double>(record.timePs) / 1e12;
    const auto power = [&](double energyJ) {
        return FormatScaledUnit(seconds > 0 ? energyJ / seconds : std::nan(""), "W");
    };
    Rows rows{{"", "", "parts", "their power", "at the socket", "energy", "share"}};
    bool isGuessed = false;
    for (const EnergyClass& one : record.classes)
    {
        const bool isGuess = one.mark == GetMark(Evidence::GUESSED);
        isGuessed = isGuessed || isGuess;
        rows.push_back({one.name,
                        isGuess ? "[M]" : "",
                        FormatCount(one.parts),
                        power(one.partsJ),
                        power(one.socketJ),
                        FormatScaledUnit(one.socketJ, "J"),
                        FormatShare(one.socketJ, record.socketJ)});
    }
    double partsJ = 0;
    for (const EnergyClass& one : record.classes)
    {
        partsJ += one.partsJ;
    }
    rows.push_back({"together",
                    "",
                    "",
                    power(partsJ),
                    power(record.socketJ),
                    FormatScaledUnit(record.socketJ, "J"),
                    "100.0 %"});
    rows.push_back({"facility",
                    "",
                    "",
                    "",
                    power(record.facilityJ),
                    FormatScaledUnit(record.facilityJ, "J"),
                    FormatShare(record.facilityJ, record.socketJ)});
    os << "\nPower and energy, mean of " << FormatSeconds(seconds) << "\n" << FormatTable(rows, 2);
    os << "  at the socket: with fans and power supplies; facility: times PUE, "
       << std::setprecision(3) << record.pue << "\n";
    os << "  energy per byte of payload that arrived: "
       << FormatScaledUnit(record.GetJoulesPerByte(), "J")
       << "; largest power of a sample: " << FormatScaledUnit(record.GetPeakW(), "W") << "\n";
    if (isGuessed)
    {
        os << "  [M] the power of such a part is a guess in the catalog\n";
    }
    PrintCollectives(record, os);
    PrintSleeps(record, os);
    PrintRates(record, os);
    PrintComparison(record, os);
}

} // namespace opticalfabric
} // namespace ns3
