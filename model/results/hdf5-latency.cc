/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hdf5-latency.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

using hdf5::Column;
using hdf5::Handle;
using hdf5::MakeGroup;
using hdf5::SetAttribute;
using hdf5::Table;
using hdf5::TextWidth;

/// Quantiles that are written of every histogram.
constexpr std::array<double, 5> QUANTILES{0.5, 0.9, 0.99, 0.999, 0.9999};

/// Columns of a table.
using Columns = std::vector<Column>;

/**
 * @param keys columns that say what a row is about
 * @param columns the others
 * @return both
 */
Columns
Join(Columns keys, const Columns& columns)
{
    keys.insert(keys.end(), columns.begin(), columns.end());
    return keys;
}

/// @return columns of a table of buckets
Columns
GetBucketColumns()
{
    return {{"lower_ps", Column::UNSIGNED, "ps"},
            {"upper_ps", Column::UNSIGNED, "ps"},
            {"count", Column::UNSIGNED, ""}};
}

/// @return columns of a table of quantiles
Columns
GetQuantileColumns()
{
    return {{"quantile", Column::REAL, ""},
            {"value_s", Column::REAL, "s"},
            {"lower_s", Column::REAL, "s"},
            {"upper_s", Column::REAL, "s"}};
}

/**
 * @param columns the first columns
 * @return these, and one for the mean total and each mean part
 */
Columns
AddMeanColumns(Columns columns)
{
    columns.push_back({"mean_total_ps", Column::REAL, "ps"});
    for (uint8_t i = 0; i < LATENCY_PARTS; ++i)
    {
        const std::string name = GetLatencyPartName(static_cast<LatencyPart>(i));
        columns.push_back({"mean_" + name + "_ps", Column::REAL, "ps"});
    }
    return columns;
}

/// @return columns of a table of averages
Columns
GetAverageColumns()
{
    return AddMeanColumns({{"quantile", Column::REAL, ""},
                           {"threshold_ps", Column::UNSIGNED, "ps"},
                           {"count", Column::UNSIGNED, ""}});
}

/// @return columns of a table of groups of packets
Columns
GetGroupColumns()
{
    return AddMeanColumns(GetBucketColumns());
}

/**
 * @tparam Key types of the values of the first columns
 * @param table table of buckets
 * @param histogram what to write there
 * @param key values of the first columns
 */
template <typename... Key>
void
WriteBuckets(Table& table, const LatencyHistogram& histogram, const Key&... key)
{
    histogram.ForEachBucket([&](const LatencyHistogram::Bucket& bucket) {
        table.Write(key..., bucket.lowerPs, bucket.upperPs, bucket.count);
    });
}

/**
 * @tparam Key types of the values of the first columns
 * @param table table of quantiles
 * @param histogram whose
 * @param confidence level of the intervals
 * @param key values of the first columns
 */
template <typename... Key>
void
WriteQuantiles(Table& table,
               const LatencyHistogram& histogram,
               double confidence,
               const Key&... key)
{
    for (const double p : QUANTILES)
    {
        const auto estimate = EstimateQuantile(histogram, p, confidence);
        const auto seconds = [&](uint64_t QuantileEstimate::*member) {
            return estimate ? PsToSeconds(static_cast<double>((*estimate).*member))
                            : std::numeric_limits<double>::quiet_NaN();
        };
        table.Write(key...,
                    p,
                    seconds(&QuantileEstimate::valuePs),
                    seconds(&QuantileEstimate::lowerPs),
                    seconds(&QuantileEstimate::upperPs));
    }
}

/**
 * @tparam Key types of the values of the first columns
 * @param table table of averages
 * @param breakdown what to write there
 * @param tailQuantile one more quantile
 * @param key values of the first columns
 */
template <typename... Key>
void
WriteAverages(Table& table,
              const LatencyBreakdown& breakdown,
              double tailQuantile,
              const Key&... key)
{
    std::vector<double> quantiles(QUANTILES.begin(), QUANTILES.end());
    quantiles.insert(quantiles.end(), {0, tailQuantile});
    std::sort(quantiles.begin(), quantiles.end());
    quantiles.erase(std::unique(quantiles.begin(), quantiles.end()), quantiles.end());
    for (const double p : quantiles)
    {
        const LatencyBreakdown::Averages averages = p == 0 ? breakdown.Mean() : breakdown.Tail(p);
        table.Write(key..., p, averages.thresholdPs, averages.count, averages.totalPs);
        for (const double meanPs : averages.partsPs)
        {
            table.Write(meanPs);
        }
    }
}

/**
 * @tparam Key types of the values of the first columns
 * @param table table of groups of packets
 * @param breakdown what to write there
 * @param key values of the first columns
 */
template <typename... Key>
void
WriteGroups(Table& table, const LatencyBreakdown& breakdown, const Key&... key)
{
    breakdown.ForEachGroup([&](const LatencyBreakdown::Group& group) {
        table.Write(key...,
                    group.lowerPs,
                    group.upperPs,
                    group.count,
                    group.totalPs.Mean(group.count));
        for (const WideSum& sumPs : group.partsPs)
        {
            table.Write(sumPs.Mean(group.count));
        }
    });
}

/**
 * @brief Write a group with a histogram and its quantiles.
 * @param parent where
 * @param name name of the group
 * @param histogram the histogram
 * @param confidence level of the intervals
 */
void
WriteHistogram(const Handle& parent,
               const std::string& name,
               const LatencyHistogram& histogram,
               double confidence)
{
    const Handle group = MakeGroup(parent, name);
    Table buckets(group, "histogram", GetBucketColumns());
    WriteBuckets(buckets, histogram);
    const Handle& set = buckets.Finish();
    SetAttribute(set, "count", histogram.GetCount());
    SetAttribute(set, "sum_high", histogram.GetSum().high);
    SetAttribute(set, "sum_low", histogram.GetSum().low);
    SetAttribute(set, "min_ps", histogram.GetMin());
    SetAttribute(set, "max_ps", histogram.GetMax());
    SetAttribute(set, "max_relative_error", LatencyHistogram::MAX_RELATIVE_ERROR);
    Table quantiles(group, "quantiles", GetQuantileColumns());
    WriteQuantiles(quantiles, histogram, confidence);
    SetAttribute(quantiles.Finish(), "confidence", confidence);
}

/**
 * @brief Write group /latency: all collectives together.
 * @param file the file
 * @param results the results
 */
void
WriteTogether(const Handle& file, const RunResults& results)
{
    const Handle latency = MakeGroup(file, "latency");
    if (results.HasPacketLatency())
    {
        WriteHistogram(latency, "packet", results.packetLatency, results.confidence);
        Table breakdown(latency, "breakdown", GetAverageColumns());
        WriteAverages(breakdown, results.breakdown, results.tailQuantile);
        breakdown.Finish();
        Table groups(latency, "breakdown_groups", GetGroupColumns());
        WriteGroups(groups, results.breakdown);
        groups.Finish();
    }
    else
    {
        SetAttribute(latency, "note", std::string(NO_PACKET_LATENCY));
    }
    WriteHistogram(latency, "transfer", results.transferLatency, results.confidence);
    if (results.engine.fidelity == "hybrid")
    {
        WriteHistogram(latency,
                       "packet_transfer",
                       results.packetTransferLatency,
                       results.confidence);
    }
    WriteHistogram(latency, "collective", results.collectiveLatency, results.confidence);
}

/**
 * @brief Write the tables of latencies in /by_collective.
 * @param group that
 * @param results the results
 * @param nameWidth holds the names of collectives
 */
void
WriteCollectiveLatencies(const Handle& group, const RunResults& results, const TextWidth& nameWidth)
{
    static const std::array<std::string, 3> QUANTITIES{"packet", "transfer", "execution"};
    TextWidth quantityWidth;
    for (const std::string& quantity : QUANTITIES)
    {
        quantityWidth.Include(quantity);
    }
    const Columns keys{nameWidth.MakeColumn("collective"), quantityWidth.MakeColumn("quantity")};
    Table summary(group,
                  "latency",
                  Join(keys,
                       {{"count", Column::UNSIGNED, ""},
                        {"mean_s", Column::REAL, "s"},
                        {"min_ps", Column::UNSIGNED, "ps"},
                        {"max_ps", Column::UNSIGNED, "ps"}}));
    Table buckets(group, "histogram", Join(keys, GetBucketColumns()));
    Table quantiles(group, "quantiles", Join(keys, GetQuantileColumns()));
    for (const CollectiveRecord& collective : results.collectives)
    {
        const LatencyHistogram executions = collective.MakeExecutionLatency();
        const std::array<const LatencyHistogram*, 3> histograms{&collective.traffic.packetLatency,
                                                                &collective.traffic.transferLatency,
                                                                &executions};
        for (std::size_t i = results.HasPacketLatency() ? 0 : 1; i < histograms.size(); ++i)
        {
            const LatencyHistogram& histogram = *histograms[i];
            summary.Write(collective.name,
                          QUANTITIES[i],
                          histogram.GetCount(),
                          histogram.GetCount() == 0 ? std::numeric_limits<double>::quiet_NaN()
                                                    : PsToSeconds(histogram.GetMean()),
                          histogram.GetMin(),
                          histogram.GetMax());
            WriteBuckets(buckets, histogram, collective.name, QUANTITIES[i]);
            WriteQuantiles(quantiles,
                           histogram,
                           results.confidence,
                           collective.name,
                           QUANTITIES[i]);
        }
    }
    summary.Finish();
    buckets.Finish();
    SetAttribute(quantiles.Finish(), "confidence", results.confidence);
    if (!results.HasPacketLatency())
    {
        SetAttribute(group, "note", std::string(NO_PACKET_LATENCY));
        return;
    }
    const Columns name{nameWidth.MakeColumn("collective")};
    Table breakdown(group, "breakdown", Join(name, GetAverageColumns()));
    Table groups(group, "breakdown_groups", Join(name, GetGroupColumns()));
    for (const CollectiveRecord& collective : results.collectives)
    {
        WriteAverages(breakdown,
                      collective.traffic.breakdown,
                      results.tailQuantile,
                      collective.name);
        WriteGroups(groups, collective.traffic.breakdown, collective.name);
    }
    breakdown.Finish();
    groups.Finish();
}

/**
 * @brief Write table /by_collective/link_use.
 * @param group that
 * @param results the results
 * @param nameWidth holds the names of collectives
 */
void
WriteLinkUse(const Handle& group, const RunResults& results, const TextWidth& nameWidth)
{
    TextWidth networkWidth;
    TextWidth mediumWidth;
    for (const CollectiveRecord& collective : results.collectives)
    {
        for (const LinkUseRecord& use : collective.linkUse)
        {
            networkWidth.Include(use.network);
            mediumWidth.Include(use.group.medium);
        }
    }
    Table table(group,
                "link_use",
                {nameWidth.MakeColumn("collective"),
                 networkWidth.MakeColumn("network"),
                 {"lower_tier", Column::UNSIGNED, ""},
                 {"upper_tier", Column::UNSIGNED, ""},
                 mediumWidth.MakeColumn("medium"),
                 {"rate", Column::UNSIGNED, "bit/s"},
                 {"links", Column::UNSIGNED, ""},
                 {"wire_bytes", Column::UNSIGNED, "B"},
                 {"utilization", Column::REAL, ""}});
    for (const CollectiveRecord& collective : results.collectives)
    {
        for (const LinkUseRecord& use : collective.linkUse)
        {
            table.Write(collective.name,
                        use.network,
                        use.group.lowerTier,
                        use.group.upperTier,
                        use.group.medium,
                        use.group.bitRate,
                        use.group.links,
                        use.wireBytes,
                        use.utilization);
        }
    }
    table.Finish();
}

} // namespace

void
WriteLatencyTables(const Handle& file, const RunResults& results)
{
    WriteTogether(file, results);
    const Handle group = MakeGroup(file, "by_collective");
    TextWidth nameWidth;
    for (const CollectiveRecord& collective : results.collectives)
    {
        nameWidth.Include(collective.name);
    }
    WriteCollectiveLatencies(group, results, nameWidth);
    WriteLinkUse(group, results, nameWidth);
}

} // namespace opticalfabric
} // namespace ns3
