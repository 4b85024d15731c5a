/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_EVENT_INTERVAL_H
#define OPTICAL_FABRIC_EVENT_INTERVAL_H

#include "ns3/mean-interval.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What counted events say of how often they happen, how far they are apart, and what share of the
 * time they take. Needs no Boost.
 *
 * Replications of a campaign are mostly without an event of a rare kind, so that a mean over
 * replications with Student's interval says too much: 1 +- 0 where none was seen. The limits here
 * are exact for events at a constant rate, whatever their number.
 */

/**
 * @ingroup optical-fabric
 * @brief A figure that rests on counted events, with its limits, which may lie unevenly around it.
 */
struct EventInterval
{
    static constexpr uint64_t FEW = 20; ///< fewer events than this say little

    double mean{0};     ///< estimate; may be infinite
    double low{0};      ///< lower limit
    double high{0};     ///< upper limit; may be infinite
    uint64_t events{0}; ///< events that it rests on; with none, only one limit says something
    double exposure{0}; ///< time that was watched, in the unit of the figure

    /**
     * @param value what the truth might be
     * @return whether it is within the limits, these included
     */
    bool Covers(double value) const;
    /// @return distance from the estimate to the limit that is farther away
    double GetHalfWidth() const;
    /// @return whether it rests on fewer than FEW events
    bool HasFew() const;
};

/**
 * @ingroup optical-fabric
 * @brief Times that something was down.
 */
struct DownTimes
{
    uint64_t count{0};   ///< how many
    double sumH{0};      ///< all of them, h
    double squaresH2{0}; ///< sum of their squares, h^2
    double longestH{0};  ///< the longest, h

    /// @param durationH one more, h, above 0
    void Add(double durationH);
    /// @param other others that come to them
    void Add(const DownTimes& other);
};

/**
 * @ingroup optical-fabric
 * @brief How often something happens, from counts of several replications.
 *
 * Limits are those of PoissonInterval for the sum of all counts; if there is no event, the upper
 * one is one-sided (PoissonLimitOfNone). If counts of replications differ so much more than those
 * of a constant rate do that three standard deviations of their dispersion (Fisher 1950) do not
 * explain it, as when events come in bunches, they are those of GetRatioInterval, not below 0.
 *
 * @param counts events of each replication, whole numbers, at least one
 * @param exposures time that each was watched, at least 0, in total above 0
 * @param confidence confidence level, above 0 and below 1
 * @return events per unit of time
 * @throw std::invalid_argument if a parameter is out of range
 */
EventInterval GetRateInterval(const std::vector<double>& counts,
                              const std::vector<double>& exposures,
                              double confidence);

/**
 * @ingroup optical-fabric
 * @brief Time over events: the inverse of GetRateInterval. Without an event the estimate is
 * infinite, and the lower limit one-sided.
 * @param counts events of each replication, whole numbers, at least one
 * @param exposures time that each was watched, at least 0, in total above 0
 * @param confidence confidence level, above 0 and below 1
 * @return time between events
 * @throw std::invalid_argument if a parameter is out of range
 */
EventInterval GetTimeBetweenInterval(const std::vector<double>& counts,
                                     const std::vector<double>& exposures,
                                     double confidence);

/**
 * @ingroup optical-fabric
 * @brief Share of time that something was up.
 *
 * From EventInterval::FEW times down on, Student's interval over replications, if there are
 * several; with fewer, WeightedPoissonInterval of their lengths. If it never was down, there is no
 * lower limit: how long it would have been down, no event says.
 *
 * @param shares share of time up in each replication, 0 to 1, at least one
 * @param totalH time of all replications, h, above 0
 * @param down times down in all replications
 * @param confidence confidence level, above 0 and below 1
 * @return the share
 * @throw std::invalid_argument if a parameter is out of range
 */
EventInterval GetAvailabilityInterval(const std::vector<double>& shares,
                                      double totalH,
                                      const DownTimes& down,
                                      double confidence);

/**
 * @ingroup optical-fabric
 * @param down times down
 * @param confidence confidence level, above 0 and below 1
 * @return their mean, h, with Student's interval over them; infinite without any
 * @throw std::invalid_argument if the level is out of range
 */
MeanInterval GetDownTimeInterval(const DownTimes& down, double confidence);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_EVENT_INTERVAL_H */
