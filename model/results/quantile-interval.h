/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_QUANTILE_INTERVAL_H
#define OPTICAL_FABRIC_QUANTILE_INTERVAL_H

#include "ns3/latency-histogram.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A quantile and the interval its true value lies in.
 */
struct QuantileEstimate
{
    double p{0};         ///< probability, 0 to 1
    uint64_t valuePs{0}; ///< the quantile of the sample, ps
    uint64_t lowerPs{0}; ///< lower end of the confidence interval, ps
    uint64_t upperPs{0}; ///< upper end of the confidence interval, ps
};

/**
 * @ingroup optical-fabric
 * @brief What is reported of a histogram. A quantile is absent where the sample is too small for
 * it.
 */
struct LatencySummary
{
    uint64_t count{0};                     ///< values recorded
    double meanPs{0};                      ///< mean, ps, exact; 0 if empty
    uint64_t minPs{0};                     ///< smallest value, ps, exact; 0 if empty
    uint64_t maxPs{0};                     ///< largest value, ps, exact; 0 if empty
    std::optional<QuantileEstimate> p50;   ///< median
    std::optional<QuantileEstimate> p90;   ///< exceeded by one in 10
    std::optional<QuantileEstimate> p99;   ///< exceeded by one in 100
    std::optional<QuantileEstimate> p999;  ///< exceeded by one in 1000
    std::optional<QuantileEstimate> p9999; ///< exceeded by one in 10000
};

/// @ingroup optical-fabric
/// @brief A quantile is given only if this many values are expected on either side of it.
constexpr double MIN_EXPECTED_BEYOND_QUANTILE = 10.0;

/// @ingroup optical-fabric
/// @brief Confidence level where nobody asks for another.
constexpr double DEFAULT_CONFIDENCE = 0.95;

/**
 * @ingroup optical-fabric
 * @brief The order statistics that enclose a quantile of any continuous or discrete distribution.
 *
 * The number of independent values at or below the true p-quantile is binomial(n, p), whatever
 * their distribution; from its exact tails follow two ranks between which the quantile lies. Each
 * tail is at most half of 1 - confidence.
 *
 * @param count number of values, n
 * @param p probability of the quantile, above 0 and below 1; anything else aborts
 * @param confidence confidence level, above 0 and below 1; anything else aborts
 * @param [out] reason why there is no interval; may be null
 * @return lower and upper rank, 1 to n; nothing if n p or n (1-p) is below
 *         MIN_EXPECTED_BEYOND_QUANTILE, or if the confidence would take more than all values
 */
std::optional<std::pair<uint64_t, uint64_t>> QuantileRanks(uint64_t count,
                                                           double p,
                                                           double confidence,
                                                           std::string* reason = nullptr);

/**
 * @ingroup optical-fabric
 * @brief A quantile with its distribution-free confidence interval.
 *
 * The interval ends at the outer edges of the buckets that hold the enclosing order statistics, so
 * that rounding to buckets never makes it too narrow. It assumes independent values; latencies of
 * packets that share a queue are not, and the interval is then optimistic.
 *
 * @param histogram the sample
 * @param p probability, above 0 and below 1; anything else aborts
 * @param confidence confidence level, above 0 and below 1; anything else aborts
 * @param [out] reason why there is no estimate; may be null
 * @return the estimate; nothing where QuantileRanks gives nothing
 */
std::optional<QuantileEstimate> EstimateQuantile(const LatencyHistogram& histogram,
                                                 double p,
                                                 double confidence = DEFAULT_CONFIDENCE,
                                                 std::string* reason = nullptr);

/**
 * @ingroup optical-fabric
 * @brief Sum up a histogram.
 * @param histogram the sample
 * @param confidence confidence level of the intervals, above 0 and below 1; anything else aborts
 * @return its count, mean, extremes and quantiles
 */
LatencySummary Summarize(const LatencyHistogram& histogram, double confidence = DEFAULT_CONFIDENCE);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_QUANTILE_INTERVAL_H */
