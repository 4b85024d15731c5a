/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optics-record.h"

#include "quantile-interval.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Bins further out than this, dB, would say nothing but fill the memory.
constexpr double BINS_END_DB = 200;

/**
 * @param ratio a ratio, 0 to 1, or NaN
 * @return its decimal logarithm, at least SURVEY_LOG10_FLOOR; NaN of NaN
 */
double
GetLog10(double ratio)
{
    return std::isnan(ratio) ? ratio : std::max(std::log10(ratio), SURVEY_LOG10_FLOOR);
}

/**
 * @param rows rows of a survey
 * @param [in,out] record gets a histogram over their margins
 */
void
FillBins(const std::vector<SurveyRow>& rows, SurveyRecord& record)
{
    const auto getBin = [](double marginDb) {
        const double inside = std::clamp(marginDb, -BINS_END_DB, BINS_END_DB);
        return static_cast<int64_t>(std::floor(inside * SURVEY_BINS_PER_DB));
    };
    if (record.marginDb.count == 0)
    {
        return;
    }
    record.firstBin = getBin(record.marginDb.min);
    record.bins.assign(static_cast<size_t>(getBin(record.marginDb.max) - record.firstBin + 1), 0);
    for (const SurveyRow& row : rows)
    {
        if (std::isfinite(row.marginDb))
        {
            ++record.bins[static_cast<size_t>(getBin(row.marginDb) - record.firstBin)];
        }
    }
}

} // namespace

void
AddOptics(std::vector<OpticsRecord>& into, const std::vector<OpticsRecord>& from)
{
    if (into.empty())
    {
        into = from;
        return;
    }
    for (size_t i = 0; i < std::min(into.size(), from.size()); ++i)
    {
        into[i].reducedLinks = std::max(into[i].reducedLinks, from[i].reducedLinks);
        into[i].downLinks = std::max(into[i].downLinks, from[i].downLinks);
        into[i].worstMarginDb = std::fmin(into[i].worstMarginDb, from[i].worstMarginDb);
        into[i].retries += from[i].retries;
        into[i].lostPackets += from[i].lostPackets;
    }
}

ValueSummary
SummarizeValues(std::vector<double> values)
{
    const auto isOdd = [](double value) { return !std::isfinite(value); };
    values.erase(std::remove_if(values.begin(), values.end(), isOdd), values.end());
    std::sort(values.begin(), values.end());
    ValueSummary summary;
    summary.count = values.size();
    if (values.empty())
    {
        return summary;
    }
    double sum = 0;
    for (const double value : values)
    {
        sum += value;
    }
    const auto n = static_cast<double>(values.size());
    summary.mean = sum / n;
    summary.min = values.front();
    summary.max = values.back();
    for (size_t i = 0; i < SURVEY_QUANTILES.size(); ++i)
    {
        const double p = SURVEY_QUANTILES[i];
        if (n * std::min(p, 1 - p) >= MIN_EXPECTED_BEYOND_QUANTILE * (1 - 1e-9))
        {
            // A product that should be whole may come out a little above it.
            const auto rank = static_cast<size_t>(std::ceil(p * n - 1e-6));
            summary.quantiles[i] = values[std::max<size_t>(rank, 1) - 1];
        }
    }
    return summary;
}

SurveyRecord
MakeSurveyRecord(const std::string& network, uint32_t draws, std::vector<SurveyRow> rows)
{
    SurveyRecord record;
    record.network = network;
    record.draws = draws;
    record.links = draws == 0 ? 0 : rows.size() / 2 / draws;
    std::vector<double> values(rows.size());
    const auto summarize = [&](auto getValue) {
        std::transform(rows.begin(), rows.end(), values.begin(), getValue);
        return SummarizeValues(values);
    };
    record.marginDb = summarize([](const SurveyRow& row) { return row.marginDb; });
    record.log10Ber = summarize([](const SurveyRow& row) { return GetLog10(row.ber); });
    record.log10Fer = summarize([](const SurveyRow& row) {
        return std::isnan(row.ber) ? row.ber : GetLog10(row.frameErrorRatio);
    });
    record.hopeless =
        static_cast<uint64_t>(std::count_if(rows.begin(), rows.end(), [](const SurveyRow& row) {
            return std::isinf(row.marginDb);
        }));
    FillBins(rows, record);
    for (size_t i = 0; i + 1 < rows.size(); i += 2)
    {
        const SurveyRow& row = rows[i];
        ++(row.lanes == 0              ? record.downLinks
           : row.lanes == row.allLanes ? record.fullLinks
                                       : record.reducedLinks);
        const double worse = std::max(row.frameErrorRatio, rows[i + 1].frameErrorRatio);
        for (size_t t = 0; t < SURVEY_THRESHOLDS.size(); ++t)
        {
            record.linksAbove[t] += worse > SURVEY_THRESHOLDS[t] ? 1 : 0;
        }
    }
    if (rows.size() > SURVEY_ROWS_MAX)
    {
        rows.resize(2 * record.links);
        rows.shrink_to_fit();
    }
    record.rows = std::move(rows);
    return record;
}

} // namespace opticalfabric
} // namespace ns3
