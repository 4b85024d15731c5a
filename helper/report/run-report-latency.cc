/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-latency.h"

#include "run-report-units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Lines of cells.
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t MOST_COLLECTIVES = 24; ///< more are not shown

/// What is told apart: a collective, or a part whose collectives are not.
struct Traffic
{
    std::string name;                           ///< its name
    const LatencyHistogram* packets{nullptr};   ///< latencies
    const LatencyHistogram* transfers{nullptr}; ///< latencies
    const LatencyHistogram* byPackets{nullptr}; ///< those of a hybrid run by packets; may be null
    LatencyHistogram executions;                ///< times of executions
    const LatencyBreakdown* breakdown{nullptr}; ///< where packets spent their time
    const RunResults* results{nullptr};         ///< results it belongs to
};

/**
 * @param parts parts of a run
 * @return what is told apart in them, in order
 */
std::vector<Traffic>
ListTraffic(const std::vector<RunPart>& parts)
{
    std::vector<Traffic> list;
    for (const RunPart& part : parts)
    {
        const RunResults& results = part.results;
        uint64_t known = 0;
        for (const CollectiveRecord& record : results.collectives)
        {
            known += record.traffic.transferLatency.GetCount();
        }
        Traffic whole;
        whole.name = part.name;
        whole.packets = &results.packetLatency;
        whole.transfers = &results.transferLatency;
        whole.byPackets = &results.packetTransferLatency;
        whole.executions = results.collectiveLatency;
        whole.breakdown = &results.breakdown;
        whole.results = &results;
        if (known == 0 || results.collectives.size() < 2)
        {
            list.push_back(whole);
            continue;
        }
        for (const CollectiveRecord& record : results.collectives)
        {
            Traffic one = whole;
            one.name = record.name;
            one.packets = &record.traffic.packetLatency;
            one.transfers = &record.traffic.transferLatency;
            one.byPackets = nullptr;
            one.executions = record.MakeExecutionLatency();
            one.breakdown = &record.traffic.breakdown;
            list.push_back(one);
        }
    }
    return list;
}

/**
 * @param all how many collectives there are
 * @param os where to say that not all were shown
 */
void
PrintRest(std::size_t all, std::ostream& os)
{
    if (all > MOST_COLLECTIVES)
    {
        os << "  and " << FormatCount(all - MOST_COLLECTIVES) << " more, see summary.json\n";
    }
}

/**
 * @param ps a time, ps
 * @return the same, s
 */
double
ToSeconds(uint64_t ps)
{
    return PsToSeconds(static_cast<double>(ps));
}

/**
 * @param estimate a quantile
 * @return it, s; NaN if it was refused
 */
double
ToSeconds(const std::optional<QuantileEstimate>& estimate)
{
    return estimate ? ToSeconds(estimate->valuePs) : std::nan("");
}

} // namespace

void
PrintLatencies(const std::vector<RunPart>& parts, std::ostream& os)
{
    struct Line
    {
        std::string name;            ///< of the collective, in its first line
        std::string what;            ///< of what
        uint64_t count{0};           ///< how many
        std::array<double, 5> times; ///< mean, quantiles and maximum, s
    };

    std::vector<Line> lines;
    std::vector<double> times;
    bool isRefused = false;
    bool isWithheld = false;
    const std::vector<Traffic> list = ListTraffic(parts);
    for (std::size_t i = 0; i < list.size() && i < MOST_COLLECTIVES; ++i)
    {
        const Traffic& traffic = list[i];
        std::string name = traffic.name;
        const auto add = [&](const std::string& what, const LatencyHistogram* histogram) {
            if (histogram == nullptr || histogram->GetCount() == 0)
            {
                return;
            }
            const LatencySummary summary = Summarize(*histogram, traffic.results->confidence);
            isRefused = isRefused || !summary.p50 || !summary.p99 || !summary.p999;
            lines.push_back({std::exchange(name, ""),
                             what,
                             summary.count,
                             {PsToSeconds(summary.meanPs),
                              ToSeconds(summary.p50),
                              ToSeconds(summary.p99),
                              ToSeconds(summary.p999),
                              ToSeconds(summary.maxPs)}});
            times.insert(times.end(), lines.back().times.begin(), lines.back().times.end());
        };
        isWithheld = isWithheld || !traffic.results->HasPacketLatency();
        add("packets", traffic.results->HasPacketLatency() ? traffic.packets : nullptr);
        add("transfers", traffic.transfers);
        add("by packets", traffic.byPackets);
        add("executions", traffic.executions.GetCount() > 1 ? &traffic.executions : nullptr);
    }
    const TimeScale scale = TimeScale::For(times);
    Rows rows{{"", "", "count", "mean", "p50", "p99", "p99.9", "max"}};
    for (const Line& line : lines)
    {
        rows.push_back({line.name, line.what, FormatCount(line.count)});
        for (const double time : line.times)
        {
            rows.back().push_back(scale.Format(time));
        }
    }
    os << "\n" << scale.Head("Latency") << "\n" << FormatTable(rows, 2);
    PrintRest(list.size(), os);
    if (isRefused)
    {
        os << "  - : too few values for that quantile\n";
    }
    if (isWithheld)
    {
        os << "  " << NO_PACKET_LATENCY << "\n";
    }
}

void
PrintBreakdown(const std::vector<RunPart>& parts, std::ostream& os)
{
    struct Column
    {
        std::string name;                    ///< of the collective, over its first column
        bool isTail{false};                  ///< of slow packets only
        LatencyBreakdown::Averages averages; ///< what the column shows
    };

    std::vector<Column> columns;
    std::vector<double> times;
    const std::vector<Traffic> list = ListTraffic(parts);
    for (std::size_t i = 0; i < list.size() && i < MOST_COLLECTIVES; ++i)
    {
        const Traffic& traffic = list[i];
        if (traffic.breakdown->GetCount() == 0 || !traffic.results->HasPacketLatency())
        {
            continue;
        }
        columns.push_back({traffic.name, false, traffic.breakdown->Mean()});
        columns.push_back({"", true, traffic.breakdown->Tail(traffic.results->tailQuantile)});
        for (const Column& column : {columns[columns.size() - 2], columns.back()})
        {
            times.push_back(PsToSeconds(column.averages.totalPs));
        }
    }
    if (columns.empty())
    {
        return;
    }
    const TimeScale scale = TimeScale::For(times);
    Rows rows(LATENCY_PARTS + 3);
    rows[0].emplace_back("");
    rows[1].emplace_back("");
    rows.back().emplace_back("total");
    std::array<double, LATENCY_PARTS> most{};
    for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
    {
        std::string name = GetLatencyPartName(static_cast<LatencyPart>(i));
        std::replace(name.begin(), name.end(), '_', ' ');
        rows[i + 2].push_back(name);
    }
    for (const Column& column : columns)
    {
        const LatencyBreakdown::Averages& averages = column.averages;
        rows[0].push_back(column.name);
        rows[1].push_back(column.isTail ? ">= " + scale.Format(ToSeconds(averages.thresholdPs))
                                        : "all packets");
        for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
        {
            rows[i + 2].push_back(scale.Format(PsToSeconds(averages.partsPs[i])));
            most[i] = std::max(most[i], averages.partsPs[i]);
        }
        rows.back().push_back(scale.Format(PsToSeconds(averages.totalPs)));
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
    ReportTable table = FormatTable(rows, 1);
    table.together = 2;
    os << "\n"
       << scale.Head("Where packets spent their time")
       << ": mean of all, and of the slow ones from the p"
       << 100 * parts.front().results.tailQuantile << " on\n"
       << table;
    if (!absent.empty())
    {
        os << "  none in: " << absent << "\n";
    }
}

void
PrintLinkUse(const RunResults& results, std::ostream& os)
{
    Rows rows{{"", "network", "links between", "links", "rate", "carried", "of capacity"}};
    std::size_t shown = 0;
    for (const CollectiveRecord& record : results.collectives)
    {
        if (shown == MOST_COLLECTIVES)
        {
            break;
        }
        std::string name = record.name;
        for (const LinkUseRecord& use : record.linkUse)
        {
            if (use.wireBytes == 0)
            {
                continue;
            }
            const LinkGroupRecord& group = use.group;
            std::ostringstream share;
            share << std::fixed << std::setprecision(1) << 100 * use.utilization << " %";
            rows.push_back({std::exchange(name, ""),
                            use.network,
                            (group.lowerTier == 0 ? std::string("endpoints")
                                                  : "tier " + std::to_string(group.lowerTier)) +
                                ", tier " + std::to_string(group.upperTier),
                            FormatCount(group.links),
                            FormatScaled(static_cast<double>(group.bitRate)) + "b/s",
                            FormatBytes(use.wireBytes),
                            std::isnan(use.utilization) ? "-" : share.str()});
        }
        shown += name.empty() ? 1 : 0;
    }
    if (rows.size() == 1)
    {
        return;
    }
    os << "\nUse of links, both directions, while each collective ran\n" << FormatTable(rows, 3);
    PrintRest(results.collectives.size(), os);
}

} // namespace opticalfabric
} // namespace ns3
