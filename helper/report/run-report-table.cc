/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-table.h"

#include "run-report-energy.h"
#include "run-report-faults.h"
#include "run-report-optics.h"
#include "run-report-units.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <optional>
#include <sstream>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Lines of cells.
using Rows = std::vector<std::vector<std::string>>;

/**
 * @param ps a time, ps
 * @return it for people
 */
std::string
FormatPs(double ps)
{
    return FormatSeconds(PsToSeconds(ps));
}

/**
 * @param count how many
 * @param one name of one
 * @return "1 link", "2 links"
 */
std::string
CountOf(uint64_t count, const std::string& one)
{
    return FormatCount(count) + " " + one + (count == 1 ? "" : "s");
}

/**
 * @param fabric a fabric
 * @param os where to
 */
void
PrintFabric(const FabricRecord& fabric, std::ostream& os)
{
    Rows rows{{"", "endpoints", "switches", "links", "optical links", "optical modules"}};
    NetworkRecord sum;
    sum.name = "together";
    sum.endpoints = fabric.endpoints;
    const auto add = [&](const NetworkRecord& network) {
        rows.push_back({network.name,
                        FormatCount(network.endpoints),
                        FormatCount(network.switches),
                        FormatCount(network.links),
                        FormatCount(network.opticalLinks),
                        FormatCount(network.opticalModules)});
    };
    for (const NetworkRecord& network : fabric.networks)
    {
        add(network);
        sum.switches += network.switches;
        sum.links += network.links;
        sum.opticalLinks += network.opticalLinks;
        sum.opticalModules += network.opticalModules;
    }
    if (fabric.networks.size() > 1)
    {
        add(sum);
    }
    os << "\nFabric\n" << FormatTable(rows, 1);
}

/**
 * @param figure what others measured
 * @return it for people
 */
std::string
FormatPublished(const PublishedFigure& figure)
{
    std::string text;
    if (figure.timePs > 0)
    {
        text = FormatPs(static_cast<double>(figure.timePs));
    }
    if (figure.bitRate > 0)
    {
        text += (text.empty() ? "" : ", ") + FormatRate(static_cast<double>(figure.bitRate) / 8);
    }
    return text;
}

/**
 * @param record a collective
 * @return what has to be said of it besides times
 */
std::string
GetRemarks(const CollectiveRecord& record)
{
    std::string remarks;
    uint64_t failedBytes = 0;
    for (const CollectiveIteration& iteration : record.iterations)
    {
        failedBytes += iteration.failedBytes;
    }
    if (failedBytes > 0)
    {
        remarks = "  FAILED: lost " + FormatBytes(failedBytes);
    }
    if (record.unfinishedIterations > 0 || record.iterations.empty())
    {
        remarks += "  UNFINISHED";
    }
    return remarks;
}

/**
 * @param record a collective
 * @return the bound on its time, and what sets that, for people
 */
std::string
FormatBound(const CollectiveRecord& record)
{
    return record.boundLimit.empty() ? "-" : FormatSeconds(record.boundS) + " " + record.boundLimit;
}

/**
 * @param share a share of something
 * @return it in percent for people; "-" if there is none
 */
std::string
FormatPercent(double share)
{
    if (!std::isfinite(share))
    {
        return "-";
    }
    std::ostringstream os;
    os << std::fixed << std::setprecision(share < 0.1 ? 2 : 1) << 100 * share << " %";
    return os.str();
}

/**
 * @param parts parts of a run
 * @param os where to
 */
void
PrintCollectives(const std::vector<RunPart>& parts, std::ostream& os)
{
    bool isPublished = false;
    bool isRepeated = false;
    bool isBounded = false;
    for (const RunPart& part : parts)
    {
        for (const PublishedFigure& figure : part.published)
        {
            isPublished = isPublished || !figure.source.empty();
        }
        for (const CollectiveRecord& record : part.results.collectives)
        {
            isRepeated = isRepeated || record.iterations.size() > 1;
            isBounded = isBounded || !record.boundLimit.empty();
        }
    }
    Rows rows{{"", "kind", "algorithm", "ranks", "size", "time", "algbw", "busbw"}};
    std::vector<std::string> remarks{""};
    if (isBounded)
    {
        rows.front().insert(rows.front().end(), {"bound", "efficiency"});
    }
    if (isRepeated)
    {
        rows.front().emplace_back("of runs");
    }
    if (isPublished)
    {
        rows.front().emplace_back("published");
    }
    std::vector<std::string> sources;
    for (const RunPart& part : parts)
    {
        for (std::size_t i = 0; i < part.results.collectives.size(); ++i)
        {
            const CollectiveRecord& record = part.results.collectives[i];
            const double timeS = record.GetMeanTimeS();
            const bool isSized = record.bytes > 0;
            rows.push_back({record.name,
                            record.kind,
                            record.algorithm,
                            FormatCount(record.ranks),
                            isSized ? FormatBytes(record.bytes) : "-",
                            FormatSeconds(timeS),
                            isSized ? FormatRate(record.GetAlgorithmBandwidth(timeS)) : "-",
                            isSized ? FormatRate(record.GetBusBandwidth(timeS)) : "-"});
            remarks.push_back(GetRemarks(record));
            if (isBounded)
            {
                rows.back().push_back(FormatBound(record));
                rows.back().push_back(FormatPercent(record.GetEfficiency()));
            }
            if (isRepeated)
            {
                rows.back().push_back(FormatCount(record.iterations.size()));
            }
            if (isPublished && i < part.published.size() && !part.published[i].source.empty())
            {
                const std::string& source = part.published[i].source;
                auto place = std::find(sources.begin(), sources.end(), source);
                place = place == sources.end() ? sources.insert(place, source) : place;
                rows.back().push_back(FormatPublished(part.published[i]) + " [" +
                                      std::to_string(place - sources.begin() + 1) + "]");
            }
        }
    }
    for (std::size_t i = 1; i < rows.size(); ++i)
    {
        if (!remarks[i].empty())
        {
            rows[i].resize(rows.front().size());
            rows[i].push_back(remarks[i]);
        }
    }
    os << "\nCollectives\n" << FormatTable(rows, 3);
    os << "  size is what a rank contributes (all-gather: what it ends up with); algbw = size / "
          "time, busbw = algbw times the share "
          "of it\n  that has to cross a rank's ports, as nccl-tests counts\n";
    if (isBounded)
    {
        os << "  bound: no algorithm takes less time on these links: for their latency, for what "
              "the ports of a rank carry,\n  or for what the links around a group of ranks (a cut) "
              "carry; efficiency = bound / time\n";
    }
    for (std::size_t i = 0; i < sources.size(); ++i)
    {
        os << "  [" << i + 1 << "] " << sources[i] << "\n";
    }
}

/**
 * @param estimate a quantile
 * @return it for people
 */
std::string
FormatQuantile(const std::optional<QuantileEstimate>& estimate)
{
    return estimate ? FormatPs(static_cast<double>(estimate->valuePs)) : "-";
}

/**
 * @param parts parts of a run
 * @param os where to
 */
void
PrintLatencies(const std::vector<RunPart>& parts, std::ostream& os)
{
    Rows rows{{"", "", "count", "mean", "p50", "p99", "p99.9", "max"}};
    bool isRefused = false;
    std::string name;
    const auto add =
        [&](const std::string& what, const LatencyHistogram& histogram, double confidence) {
            const LatencySummary summary = Summarize(histogram, confidence);
            if (summary.count == 0)
            {
                return;
            }
            isRefused = isRefused || !summary.p50 || !summary.p99 || !summary.p999;
            rows.push_back({std::exchange(name, ""),
                            what,
                            FormatCount(summary.count),
                            FormatPs(summary.meanPs),
                            FormatQuantile(summary.p50),
                            FormatQuantile(summary.p99),
                            FormatQuantile(summary.p999),
                            FormatPs(static_cast<double>(summary.maxPs))});
        };
    for (const RunPart& part : parts)
    {
        const RunResults& results = part.results;
        name = part.name;
        add("packets", results.packetLatency, results.confidence);
        add("transfers", results.transferLatency, results.confidence);
        add("by packets", results.packetTransferLatency, results.confidence);
        if (results.collectiveLatency.GetCount() > results.collectives.size())
        {
            add("collectives", results.collectiveLatency, results.confidence);
        }
    }
    os << "\nLatency\n" << FormatTable(rows, 2);
    if (isRefused)
    {
        os << "  - : too few values for that quantile\n";
    }
}

/**
 * @param parts parts of a run
 * @param os where to
 */
void
PrintBreakdown(const std::vector<RunPart>& parts, std::ostream& os)
{
    Rows rows(LATENCY_PARTS + 3);
    std::vector<std::string>& names = rows[0];
    std::vector<std::string>& which = rows[1];
    names.emplace_back("");
    which.emplace_back("");
    rows.back().emplace_back("total");
    std::vector<double> most(LATENCY_PARTS, 0);
    for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
    {
        std::string name = GetLatencyPartName(static_cast<LatencyPart>(i));
        std::replace(name.begin(), name.end(), '_', ' ');
        rows[i + 2].push_back(name);
    }
    for (const RunPart& part : parts)
    {
        const RunResults& results = part.results;
        if (results.breakdown.GetCount() == 0)
        {
            continue;
        }
        const LatencyBreakdown::Averages tail = results.breakdown.Tail(results.tailQuantile);
        bool isFirst = true;
        for (const LatencyBreakdown::Averages& averages : {results.breakdown.Mean(), tail})
        {
            names.push_back(isFirst ? part.name : "");
            which.push_back(isFirst ? "all packets"
                                    : ">= " + FormatPs(static_cast<double>(tail.thresholdPs)));
            for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
            {
                rows[i + 2].push_back(FormatPs(averages.partsPs[i]));
                most[i] = std::max(most[i], averages.partsPs[i]);
            }
            rows.back().push_back(FormatPs(averages.totalPs));
            isFirst = false;
        }
    }
    if (names.size() == 1)
    {
        return;
    }
    // What cost nobody anything would only be in the way.
    std::string absent;
    for (std::size_t i = LATENCY_PARTS; i-- > 0;)
    {
        if (most[i] == 0)
        {
            absent = rows[i + 2].front() + (absent.empty() ? "" : ", ") + absent;
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        }
    }
    os << "\nWhere packets spent their time: mean of all, and of the slow ones from the p"
       << 100 * parts.front().results.tailQuantile << " on\n"
       << FormatTable(rows, 1);
    if (!absent.empty())
    {
        os << "  none in: " << absent << "\n";
    }
}

/**
 * @param results results of a run
 * @param os where to
 */
void
PrintTroubles(const RunResults& results, std::ostream& os)
{
    const TransferTotals& transfers = results.transfers;
    const LinkTotals& links = results.links;
    if (transfers.failedCount > 0)
    {
        os << "\n"
           << CountOf(transfers.failedCount, "transfer") << " failed, "
           << FormatBytes(transfers.failedBytes) << " of payload lost for good\n";
    }
    if (links.retries + links.linkDowns + links.lostPackets + links.resentPackets > 0)
    {
        os << "\nLinks: " << FormatCount(links.retries) << " retries of damaged frames, "
           << FormatCount(links.linkDowns) << " times down, "
           << CountOf(links.lostPackets, "packet") << " lost, " << FormatCount(links.resentPackets)
           << " sent again from end to end\n";
    }
}

/**
 * @param all what came of all parts
 * @param os where to
 */
void
PrintEngine(const RunResults& all, std::ostream& os)
{
    const bool isPackets = all.engine.fidelity == "packet";
    const double wallS = all.facts.wallS;
    const uint64_t steps = isPackets ? all.engine.packetHops : all.transfers.count;
    const bool isHybrid = all.engine.fidelity == "hybrid";
    os << "\nEngine (" << all.engine.fidelity << (isHybrid ? "" : " by " + all.engine.fidelity)
       << "): ";
    if (isHybrid)
    {
        os << CountOf(all.engine.packetTransfers, "transfer") << " by packets ("
           << FormatCount(all.engine.packetHops) << " packet-hops), "
           << FormatCount(all.engine.flowTransfers) << " as flows, ";
    }
    else if (isPackets)
    {
        os << CountOf(all.engine.packets, "packet") << ", " << FormatCount(steps)
           << " packet-hops, ";
    }
    else
    {
        os << CountOf(steps, "transfer") << ", ";
    }
    os << CountOf(all.engine.events, "event") << "\n  " << FormatSeconds(wallS)
       << " of wall-clock time, "
       << (wallS > 0 ? FormatScaled(static_cast<double>(steps) / wallS) : "-")
       << (isPackets ? " packet-hops/s, " : " transfers/s, ")
       << FormatScaled(static_cast<double>(all.facts.peakRssBytes)) << "B of memory at the peak\n";
}

} // namespace

void
PrintReport(const std::string& title,
            const std::vector<RunPart>& parts,
            const RunResults& all,
            std::ostream& os)
{
    os << title << "\n";
    if (parts.empty())
    {
        return;
    }
    PrintFabric(all.fabric, os);
    PrintOptics(all, os);
    if (all.collectives.empty())
    {
        return;
    }
    PrintCollectives(parts, os);
    PrintLatencies(parts, os);
    PrintBreakdown(parts, os);
    PrintFaults(all, os);
    if (all.energy)
    {
        PrintEnergy(*all.energy, os);
    }
    PrintTroubles(all, os);
    PrintEngine(all, os);
}

} // namespace opticalfabric
} // namespace ns3
