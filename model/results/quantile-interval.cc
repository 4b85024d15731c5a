/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "quantile-interval.h"

#include "binomial-tail.h"

#include "ns3/abort.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

std::optional<std::pair<uint64_t, uint64_t>>
QuantileRanks(uint64_t count, double p, double confidence, std::string* reason)
{
    NS_ABORT_MSG_UNLESS(p > 0.0 && p < 1.0,
                        "QuantileRanks: probability p is " << p
                                                           << ", allowed is above 0 and below 1");
    NS_ABORT_MSG_UNLESS(confidence > 0.0 && confidence < 1.0,
                        "QuantileRanks: confidence is " << confidence
                                                        << ", allowed is above 0 and below 1");
    const auto n = static_cast<double>(count);
    const double beyond = n * std::min(p, 1.0 - p);
    // 100 * (1 - 0.9) is a little less than 10 in binary; ten is meant.
    if (beyond < MIN_EXPECTED_BEYOND_QUANTILE * (1 - 1e-9))
    {
        if (reason)
        {
            std::ostringstream why;
            why << "quantile " << p << " of " << count << " values leaves " << beyond
                << " beyond it, at least " << MIN_EXPECTED_BEYOND_QUANTILE << " are needed";
            *reason = why.str();
        }
        return std::nullopt;
    }

    const double tail = (1.0 - confidence) / 2;

    // B is the number of values at or below the quantile. The largest lower rank with
    // P(B <= lower - 1) <= tail:
    uint64_t lower = 0;
    uint64_t notLower = NearestRank(p, count) + 1;
    while (notLower - lower > 1)
    {
        const uint64_t rank = lower + (notLower - lower) / 2;
        const bool fits = BinomialAtMost(count, p, rank - 1) <= tail;
        (fits ? lower : notLower) = rank;
    }
    // The smallest upper rank with P(B >= upper) <= tail:
    uint64_t notUpper = NearestRank(p, count) - 1;
    uint64_t upper = count + 1;
    while (upper - notUpper > 1)
    {
        const uint64_t rank = notUpper + (upper - notUpper) / 2;
        const bool fits = BinomialMoreThan(count, p, rank - 1) <= tail;
        (fits ? upper : notUpper) = rank;
    }
    if (lower == 0 || upper > count)
    {
        if (reason)
        {
            std::ostringstream why;
            why << "quantile " << p << " of " << count << " values has no interval at confidence "
                << confidence;
            *reason = why.str();
        }
        return std::nullopt;
    }
    return std::make_pair(lower, upper);
}

std::optional<QuantileEstimate>
EstimateQuantile(const LatencyHistogram& histogram,
                 double p,
                 double confidence,
                 std::string* reason)
{
    const auto ranks = QuantileRanks(histogram.GetCount(), p, confidence, reason);
    if (!ranks)
    {
        return std::nullopt;
    }
    return QuantileEstimate{p,
                            histogram.Quantile(p),
                            histogram.BucketAtRank(ranks->first).lowerPs,
                            histogram.BucketAtRank(ranks->second).upperPs};
}

LatencySummary
Summarize(const LatencyHistogram& histogram, double confidence)
{
    LatencySummary summary;
    summary.count = histogram.GetCount();
    summary.meanPs = histogram.GetMean();
    summary.minPs = histogram.GetMin();
    summary.maxPs = histogram.GetMax();
    summary.p50 = EstimateQuantile(histogram, 0.5, confidence);
    summary.p90 = EstimateQuantile(histogram, 0.9, confidence);
    summary.p99 = EstimateQuantile(histogram, 0.99, confidence);
    summary.p999 = EstimateQuantile(histogram, 0.999, confidence);
    summary.p9999 = EstimateQuantile(histogram, 0.9999, confidence);
    return summary;
}

} // namespace opticalfabric
} // namespace ns3
