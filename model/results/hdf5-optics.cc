/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hdf5-optics.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

using hdf5::Column;
using hdf5::Handle;
using hdf5::MakeGroup;
using hdf5::SetAttribute;
using hdf5::Table;
using hdf5::TextWidth;

namespace
{

/**
 * @param file the file
 * @param records optics of each network
 */
void
WriteOptics(const Handle& file, const std::vector<OpticsRecord>& records)
{
    const Handle group = MakeGroup(file, "optics");
    TextWidth networkWidth;
    for (const OpticsRecord& record : records)
    {
        networkWidth.Include(record.network);
    }
    Table table(group,
                "networks",
                {networkWidth.MakeColumn("network"),
                 {"modules", Column::UNSIGNED, ""},
                 {"links", Column::UNSIGNED, ""},
                 {"links_reduced", Column::UNSIGNED, ""},
                 {"links_down", Column::UNSIGNED, ""},
                 {"worst_margin_db", Column::REAL, "dB"},
                 {"retries", Column::UNSIGNED, ""},
                 {"lost_packets", Column::UNSIGNED, ""}});
    for (const OpticsRecord& record : records)
    {
        table.Write(record.network,
                    record.modules,
                    record.links,
                    record.reducedLinks,
                    record.downLinks,
                    record.worstMarginDb,
                    record.retries,
                    record.lostPackets);
    }
    table.Finish();
}

/**
 * @param group group of a network
 * @param record what a survey says of it
 */
void
WriteDistributions(const Handle& group, const SurveyRecord& record)
{
    std::vector<Column> columns{{"quantity", Column::TEXT, "", 24},
                                {"count", Column::UNSIGNED, ""},
                                {"mean", Column::REAL, ""},
                                {"min", Column::REAL, ""}};
    for (const char* name : SURVEY_QUANTILE_NAMES)
    {
        columns.push_back({name, Column::REAL, ""});
    }
    columns.push_back({"max", Column::REAL, ""});
    Table table(group, "distributions", columns);
    const auto write = [&table](const std::string& quantity, const ValueSummary& summary) {
        table.Write(quantity, summary.count, summary.mean, summary.min);
        for (const double value : summary.quantiles)
        {
            table.Write(value);
        }
        table.Write(summary.max);
    };
    write("margin_db", record.marginDb);
    write("log10_ber", record.log10Ber);
    write("log10_frame_error_ratio", record.log10Fer);
    table.Finish();

    Table bins(group,
               "margin_histogram",
               {{"lower_db", Column::REAL, "dB"}, {"count", Column::UNSIGNED, ""}});
    for (std::size_t i = 0; i < record.bins.size(); ++i)
    {
        const int64_t bin = record.firstBin + static_cast<int64_t>(i);
        bins.Write(static_cast<double>(bin) / SURVEY_BINS_PER_DB, record.bins[i]);
    }
    SetAttribute(bins.Finish(), "bin_db", 1.0 / SURVEY_BINS_PER_DB);
}

/**
 * @param parent group of the survey
 * @param record what it says of a network
 */
void
WriteSurvey(const Handle& parent, const SurveyRecord& record)
{
    const Handle group = MakeGroup(parent, record.network);
    SetAttribute(group, "draws", uint64_t{record.draws});
    SetAttribute(group, "links", record.links);
    SetAttribute(group, "links_full_width", record.fullLinks);
    SetAttribute(group, "links_reduced", record.reducedLinks);
    SetAttribute(group, "links_down", record.downLinks);
    SetAttribute(group, "directions_without_margin", record.hopeless);
    for (std::size_t i = 0; i < SURVEY_THRESHOLDS.size(); ++i)
    {
        SetAttribute(group,
                     std::string("links_with_frame_error_ratio_above_") + SURVEY_THRESHOLD_NAMES[i],
                     record.linksAbove[i]);
    }
    WriteDistributions(group, record);
    Table table(group,
                "links",
                {{"link", Column::UNSIGNED, ""},
                 {"direction", Column::UNSIGNED, ""},
                 {"draw", Column::UNSIGNED, ""},
                 {"module", Column::UNSIGNED, ""},
                 {"margin_db", Column::REAL, "dB"},
                 {"ber", Column::REAL, ""},
                 {"frame_error_ratio", Column::REAL, ""},
                 {"lanes", Column::UNSIGNED, ""}});
    for (const SurveyRow& row : record.rows)
    {
        table.Write(uint64_t{row.link},
                    uint64_t{row.direction},
                    uint64_t{row.draw},
                    uint64_t{row.module},
                    row.marginDb,
                    row.ber,
                    row.frameErrorRatio,
                    uint64_t{row.lanes});
    }
    const Handle& set = table.Finish();
    const uint64_t kept = record.rows.empty() ? 0 : uint64_t{record.rows.back().draw} + 1;
    SetAttribute(set, "draws", kept);
}

} // namespace

void
WriteOpticsGroups(const Handle& file, const RunResults& results)
{
    if (!results.optics.empty())
    {
        WriteOptics(file, results.optics);
    }
    if (!results.survey.empty())
    {
        const Handle group = MakeGroup(file, "survey");
        for (const SurveyRecord& record : results.survey)
        {
            WriteSurvey(group, record);
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
