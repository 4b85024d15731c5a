/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/optics-record.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

constexpr double NOT_A_NUMBER = std::numeric_limits<double>::quiet_NaN();
constexpr double INFINITE = std::numeric_limits<double>::infinity();

/**
 * @param marginDb margin, dB
 * @param ber bit error ratio
 * @param frameErrorRatio frame error ratio
 * @param lanes lanes in use, of 4
 * @return a row
 */
SurveyRow
MakeRow(double marginDb, double ber, double frameErrorRatio, uint32_t lanes)
{
    SurveyRow row;
    row.marginDb = marginDb;
    row.ber = ber;
    row.frameErrorRatio = frameErrorRatio;
    row.lanes = lanes;
    row.allLanes = 4;
    return row;
}

TEST(OpticsRecord, QuantilesAreOrderStatistics)
{
    std::vector<double> values(10000);
    std::iota(values.begin(), values.end(), 1);
    std::reverse(values.begin(), values.end());
    const ValueSummary summary = SummarizeValues(values);
    EXPECT_EQ(summary.count, 10000u);
    EXPECT_EQ(summary.min, 1);
    EXPECT_EQ(summary.max, 10000);
    EXPECT_EQ(summary.mean, 5000.5);
    EXPECT_EQ(summary.quantiles, (std::array<double, 5>{10, 100, 1000, 5000, 9000}));
}

TEST(OpticsRecord, QuantilesNeedTenValuesBeyond)
{
    std::vector<double> values(100);
    std::iota(values.begin(), values.end(), 1);
    const ValueSummary hundred = SummarizeValues(values);
    EXPECT_TRUE(std::isnan(hundred.quantiles[1]));
    EXPECT_EQ(hundred.quantiles[2], 10);
    EXPECT_EQ(hundred.quantiles[4], 90);
    values.pop_back();
    const ValueSummary fewer = SummarizeValues(values);
    EXPECT_TRUE(std::isnan(fewer.quantiles[2]));
    EXPECT_EQ(fewer.quantiles[3], 50);
    EXPECT_TRUE(std::isnan(fewer.quantiles[4]));
}

TEST(OpticsRecord, LeavesOutWhatIsNoNumber)
{
    const ValueSummary summary = SummarizeValues({NOT_A_NUMBER, 3, -INFINITE, 1});
    EXPECT_EQ(summary.count, 2u);
    EXPECT_EQ(summary.min, 1);
    EXPECT_EQ(summary.mean, 2);
    const ValueSummary none = SummarizeValues({NOT_A_NUMBER});
    EXPECT_EQ(none.count, 0u);
    EXPECT_TRUE(std::isnan(none.mean) && std::isnan(none.min) && std::isnan(none.max));
}

TEST(OpticsRecord, CountsLinksByWidthAndErrors)
{
    const SurveyRecord record = MakeSurveyRecord("ub",
                                                 2,
                                                 {MakeRow(2.05, 1e-5, 0, 4),
                                                  MakeRow(1.99, 1e-4, 2e-12, 4),
                                                  MakeRow(0.5, 1e-4, 1e-9, 2),
                                                  MakeRow(-0.05, 3e-4, 2e-6, 2),
                                                  MakeRow(NOT_A_NUMBER, NOT_A_NUMBER, 1, 0),
                                                  MakeRow(NOT_A_NUMBER, NOT_A_NUMBER, 1, 0),
                                                  MakeRow(2.0, 1e-5, 1e-20, 4),
                                                  MakeRow(-INFINITE, 0.1, 0.6, 0)});
    EXPECT_EQ(record.links, 2u);
    EXPECT_EQ(record.fullLinks, 2u);
    EXPECT_EQ(record.reducedLinks, 1u);
    EXPECT_EQ(record.downLinks, 1u);
    EXPECT_EQ(record.hopeless, 1u);
    EXPECT_EQ(record.linksAbove, (std::array<uint64_t, 4>{4, 3, 3, 2}));
    EXPECT_EQ(record.marginDb.count, 5u);
    EXPECT_EQ(record.log10Ber.count, 6u);
    EXPECT_EQ(record.log10Ber.max, -1);
    EXPECT_EQ(record.log10Fer.count, 6u);
    EXPECT_EQ(record.log10Fer.min, SURVEY_LOG10_FLOOR);
    // From -0.1 to 2.1: -0.05 in the first bin, 2.0 and 2.05 in the last one.
    EXPECT_EQ(record.firstBin, -1);
    ASSERT_EQ(record.bins.size(), 22u);
    EXPECT_EQ(record.bins.front(), 1u);
    EXPECT_EQ(record.bins[6], 1u);
    EXPECT_EQ(record.bins[20], 1u);
    EXPECT_EQ(record.bins.back(), 2u);
    EXPECT_EQ(record.rows.size(), 8u);
}

TEST(OpticsRecord, KeepsTheFirstDrawOfALongSurvey)
{
    const SurveyRow row = MakeRow(1, 1e-5, 0, 4);
    const SurveyRecord whole =
        MakeSurveyRecord("", 2, std::vector<SurveyRow>(SURVEY_ROWS_MAX, row));
    EXPECT_EQ(whole.rows.size(), SURVEY_ROWS_MAX);
    const std::vector<SurveyRow> rows(SURVEY_ROWS_MAX + 4, row);
    const SurveyRecord cut = MakeSurveyRecord("", 2, rows);
    EXPECT_EQ(cut.rows.size(), SURVEY_ROWS_MAX / 2 + 2);
    EXPECT_EQ(cut.fullLinks, SURVEY_ROWS_MAX / 2 + 2);
}

TEST(OpticsRecord, PartsAddUp)
{
    OpticsRecord first;
    first.reducedLinks = 3;
    first.worstMarginDb = 1;
    first.retries = 5;
    OpticsRecord second;
    second.downLinks = 2;
    second.worstMarginDb = -INFINITE;
    second.retries = 6;
    std::vector<OpticsRecord> sum;
    AddOptics(sum, {first});
    AddOptics(sum, {second});
    ASSERT_EQ(sum.size(), 1u);
    EXPECT_EQ(sum[0].reducedLinks, 3u);
    EXPECT_EQ(sum[0].downLinks, 2u);
    EXPECT_EQ(sum[0].worstMarginDb, -INFINITE);
    EXPECT_EQ(sum[0].retries, 11u);
}

} // namespace
