/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_AVAILABILITY_H
#define OPTICAL_FABRIC_AVAILABILITY_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * Closed forms of steady availability: what simulations of faults and repairs are checked against,
 * and what a quick estimate needs. All throw std::invalid_argument, naming the parameter, its value
 * and what is allowed, if a parameter is out of range.
 */

/**
 * @ingroup optical-fabric
 * @param mtbfH mean time up between failures, h, above 0
 * @param mttrH mean time down, h, at least 0
 * @return share of time up: MTBF / (MTBF + MTTR), whatever the laws of both
 */
double GetAvailability(double mtbfH, double mttrH);

/**
 * @ingroup optical-fabric
 * @brief A system that needs all its parts, which fail and are repaired independently.
 * @param availabilities of the parts, each 0 to 1
 * @return share of time it is up: their product; 1 without parts
 */
double GetSeriesAvailability(const std::vector<double>& availabilities);

/**
 * @ingroup optical-fabric
 * @brief Parts that are all needed, failing independently at constant rates.
 * @param ratesFit rates of the parts, failures in 1e9 hours, each at least 0
 * @return mean time between failures of the whole, h; infinite if none ever fails
 */
double GetSeriesMtbfH(const std::vector<double>& ratesFit);

/**
 * @ingroup optical-fabric
 * @param count how many there are
 * @param rateFit rate of each, failures in 1e9 hours, at least 0
 * @return failures of all together in a year of 8760 h, each replaced at once
 */
double GetFailuresPerYear(uint64_t count, double rateFit);

/**
 * @ingroup optical-fabric
 * @brief A system that needs k of n equal parts, which fail and are repaired independently, each
 * with a crew of its own: a binomial tail.
 * @param needed how many it needs, k, at most count
 * @param count how many there are, n, at least 1
 * @param availability of each, 0 to 1
 * @return share of time that at least k are up
 */
double GetKOfNAvailability(uint64_t needed, uint64_t count, double availability);

/**
 * @ingroup optical-fabric
 * @brief The same with too few crews: the machine repairman's birth-death chain, with exponential
 * times up and exponential repairs, first come first served.
 *
 * With j parts down the next fails at rate (n - j) / MTBF, and the next is repaired at rate
 * min(j, crews) / MTTR.
 *
 * @param count how many there are, n, 1 to 10000000
 * @param mtbfH mean time up of each, h, above 0; a part fails only while it is up
 * @param mttrH mean time of a repair, h, above 0
 * @param crews repairs that can be under way at once, at least 1
 * @return probability that j parts are down, for j from 0 to n
 */
std::vector<double> GetDownDistribution(uint32_t count, double mtbfH, double mttrH, uint32_t crews);

/**
 * @ingroup optical-fabric
 * @param needed how many the system needs, k, at most count
 * @param count as GetDownDistribution
 * @param mtbfH as GetDownDistribution
 * @param mttrH as GetDownDistribution
 * @param crews as GetDownDistribution
 * @return share of time that at least k are up
 */
double GetKOfNAvailability(uint32_t needed,
                           uint32_t count,
                           double mtbfH,
                           double mttrH,
                           uint32_t crews);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_AVAILABILITY_H */
