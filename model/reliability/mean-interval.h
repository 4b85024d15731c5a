/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MEAN_INTERVAL_H
#define OPTICAL_FABRIC_MEAN_INTERVAL_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What a few independent values say of their mean. Needs no Boost.
 */

/**
 * @ingroup optical-fabric
 * @brief A mean with its interval.
 */
struct MeanInterval
{
    double mean{0};      ///< estimate
    double halfWidth{0}; ///< half of the interval around it; infinite if nothing can be said

    /**
     * @param value what the mean might be
     * @return whether it is in the interval, ends included
     */
    bool Covers(double value) const;
};

/**
 * @ingroup optical-fabric
 * @brief How far a value of Student's distribution is from 0 at most with some probability, either
 * side.
 *
 * For up to 1000 degrees of freedom the finite sums of Abramowitz and Stegun (26.7.3, 26.7.4)
 * inverted by bisection; above that the normal score and the first two terms of 26.7.5, which are
 * off by less than 1e-8.
 *
 * @param confidence probability of being within, above 0 and below 1
 * @param degrees degrees of freedom, at least 1
 * @return the distance
 * @throw std::invalid_argument if a parameter is out of range
 */
double StudentScore(double confidence, uint64_t degrees);

/**
 * @ingroup optical-fabric
 * @param values independent values of one distribution, each finite
 * @param confidence confidence level, above 0 and below 1
 * @return their mean, with Student's interval, which is infinite for a single value
 * @throw std::invalid_argument if there is no value, or if a parameter is out of range
 */
MeanInterval GetMeanInterval(const std::vector<double>& values, double confidence);

/**
 * @ingroup optical-fabric
 * @brief The ratio of two means that are measured together, for instance time down over times
 * down: sum over sum, with the interval of the linearised ratio (the delta method).
 * @param numerators independent values, each finite
 * @param denominators as many, each at least 0 and finite
 * @param confidence confidence level, above 0 and below 1
 * @return the ratio; both mean and half width infinite if all denominators are 0
 * @throw std::invalid_argument if there is no pair, or if a parameter is out of range
 */
MeanInterval GetRatioInterval(const std::vector<double>& numerators,
                              const std::vector<double>& denominators,
                              double confidence);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MEAN_INTERVAL_H */
