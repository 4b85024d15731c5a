/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-table.h"

#include "flow-warnings.h"
#include "output-width.h"
#include "run-report-energy.h"
#include "run-report-fabric.h"
#include "run-report-faults.h"
#include "run-report-latency.h"
#include "run-report-optics.h"
#include "run-report-units.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

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
 * @param scale unit of times
 * @return the bound on its time, and what sets that, for people
 */
std::string
FormatBound(const CollectiveRecord& record, const TimeScale& scale)
{
    return record.boundLimit.empty() ? "-" : scale.Format(record.boundS) + " " + record.boundLimit;
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
    std::vector<double> times;
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
            times.push_back(record.GetMeanTimeS());
            times.push_back(record.boundS);
        }
    }
    const TimeScale scale = TimeScale::For(times);
    Rows rows{{"", "kind", "algorithm", "ranks", "size", scale.Head("time"), "algbw", "busbw"}};
    std::vector<std::string> remarks{""};
    if (isBounded)
    {
        rows.front().insert(rows.front().end(), {scale.Head("bound"), "efficiency"});
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
            const bool isSized = record.bytes > 0;
            rows.push_back({record.name,
                            record.kind,
                            record.algorithm,
                            FormatCount(record.ranks),
                            isSized ? FormatBytes(record.bytes) : "-",
                            scale.Format(record.GetMeanTimeS()),
                            isSized ? FormatRate(record.GetAlgorithmBandwidth()) : "-",
                            isSized ? FormatRate(record.GetBusBandwidth()) : "-"});
            remarks.push_back(GetRemarks(record));
            if (isBounded)
            {
                rows.back().push_back(FormatBound(record, scale));
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
          "time, busbw = algbw times the share of it that has to cross a rank's ports, as "
          "nccl-tests counts\n";
    if (isBounded)
    {
        os << "  bound: no algorithm takes less time on these links: for their latency, for what "
              "the ports of a rank carry, or for what the links around a group of ranks (a cut) "
              "carry; efficiency = bound / time\n";
    }
    for (std::size_t i = 0; i < sources.size(); ++i)
    {
        os << "  [" << i + 1 << "] " << sources[i] << "\n";
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
        os << "\nLinks: " << FormatCount(links.retries)
           << (links.retries == 1 ? " retry" : " retries") << " of damaged frames, "
           << CountOf(links.linkDowns, "time") << " down, " << CountOf(links.lostPackets, "packet")
           << " lost, " << FormatCount(links.resentPackets) << " sent again from end to end\n";
    }
}

/**
 * @param warnings which figures are not exact
 * @param os where to
 */
void
PrintWarnings(const std::vector<RunWarning>& warnings, std::ostream& os)
{
    os << (warnings.empty() ? "" : "\n");
    for (const RunWarning& warning : warnings)
    {
        os << "warning: " << warning.figures << ": approximate: " << warning.reason << "\n";
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
    os << CountOf(all.engine.events, "event")
       << "\n  wall-clock time: " << FormatSeconds(all.facts.setupS) << " to build and set up, "
       << FormatSeconds(wallS) << " to run; "
       << (wallS > 0 ? FormatScaled(static_cast<double>(steps) / wallS) : "-")
       << (isPackets ? " packet-hops/s, " : " transfers/s, ")
       << FormatScaled(static_cast<double>(all.facts.peakRssBytes)) << "B of memory at the peak\n"
       << (isPackets ? "" : "  " + DescribeFlowAccuracy() + "\n");
}

/**
 * @param title what was simulated
 * @param parts its parts
 * @param all all parts as one
 * @param os where to
 */
void
PrintAll(const std::string& title,
         const std::vector<RunPart>& parts,
         const RunResults& all,
         std::ostream& os)
{
    os << title << "\n";
    if (parts.empty())
    {
        return;
    }
    PrintFabric(all, os);
    PrintOptics(all, os);
    if (all.collectives.empty())
    {
        return;
    }
    PrintCollectives(parts, os);
    PrintWarnings(all.warnings, os);
    PrintLatencies(parts, os);
    PrintBreakdown(parts, os);
    PrintLinkUse(all, os);
    PrintFaults(all, os);
    if (all.energy)
    {
        PrintEnergy(*all.energy, os);
    }
    PrintTroubles(all, os);
    PrintEngine(all, os);
}

} // namespace

void
PrintReport(const std::string& title,
            const std::vector<RunPart>& parts,
            const RunResults& all,
            uint32_t width,
            std::ostream& os)
{
    std::ostringstream report;
    SetReportWidth(report, width);
    PrintAll(title, parts, all, report);
    os << WrapLines(report.str(), width);
}

} // namespace opticalfabric
} // namespace ns3
