/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optics-summary.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param json where
 * @param key name of the member
 * @param summary distribution
 */
void
WriteDistribution(JsonWriter& json, const char* key, const ValueSummary& summary)
{
    json.Key(key);
    json.BeginObject();
    json.Member("count", summary.count);
    json.Member("mean", summary.mean);
    json.Member("min", summary.min);
    for (std::size_t i = 0; i < SURVEY_QUANTILES.size(); ++i)
    {
        json.Member(SURVEY_QUANTILE_NAMES[i], summary.quantiles[i]);
    }
    json.Member("max", summary.max);
    json.EndObject();
}

/**
 * @param json where
 * @param record what a survey says of a network
 */
void
WriteSurvey(JsonWriter& json, const SurveyRecord& record)
{
    json.BeginObject();
    json.Member("network", record.network);
    json.Member("draws", record.draws);
    json.Member("links", record.links);
    json.Member("links_full_width", record.fullLinks);
    json.Member("links_reduced", record.reducedLinks);
    json.Member("links_down", record.downLinks);
    json.Key("links_with_frame_error_ratio_above");
    json.BeginObject();
    for (std::size_t i = 0; i < SURVEY_THRESHOLDS.size(); ++i)
    {
        json.Member(SURVEY_THRESHOLD_NAMES[i], record.linksAbove[i]);
    }
    json.EndObject();
    WriteDistribution(json, "margin_db", record.marginDb);
    json.Member("directions_without_margin", record.hopeless);
    WriteDistribution(json, "log10_ber", record.log10Ber);
    WriteDistribution(json, "log10_frame_error_ratio", record.log10Fer);
    json.Key("margin_histogram");
    json.BeginObject();
    json.Member("first_db", static_cast<double>(record.firstBin) / SURVEY_BINS_PER_DB);
    json.Member("bin_db", 1.0 / SURVEY_BINS_PER_DB);
    json.Key("counts");
    json.BeginArray();
    for (const uint64_t count : record.bins)
    {
        json.Unsigned(count);
    }
    json.EndArray();
    json.EndObject();
    json.EndObject();
}

} // namespace

void
WriteOpticsSummary(JsonWriter& json, const RunResults& results)
{
    if (!results.optics.empty())
    {
        json.Key("optics");
        json.BeginArray();
        for (const OpticsRecord& record : results.optics)
        {
            json.BeginObject();
            json.Member("network", record.network);
            json.Member("modules", record.modules);
            json.Member("links", record.links);
            json.Member("links_reduced", record.reducedLinks);
            json.Member("links_down", record.downLinks);
            json.Member("worst_margin_db", record.worstMarginDb);
            json.Member("retries", record.retries);
            json.Member("lost_packets", record.lostPackets);
            json.EndObject();
        }
        json.EndArray();
    }
    if (!results.survey.empty())
    {
        json.Key("survey");
        json.BeginObject();
        json.Key("networks");
        json.BeginArray();
        for (const SurveyRecord& record : results.survey)
        {
            WriteSurvey(json, record);
        }
        json.EndArray();
        json.EndObject();
    }
}

} // namespace opticalfabric
} // namespace ns3
