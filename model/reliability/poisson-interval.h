/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_POISSON_INTERVAL_H
#define OPTICAL_FABRIC_POISSON_INTERVAL_H

#include <cstdint>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

/*
 * What a count of failures says of their rate. Needs no Boost.
 */

/**
 * @ingroup optical-fabric
 * @param mean mean of a Poisson distribution, 0 to 1e12
 * @param count count
 * @return probability of a count of at most that; relative error about 1e-9, also where it is
 * small, down to 1e-290
 * @throw std::invalid_argument if a parameter is out of range
 */
double PoissonAtMost(double mean, uint64_t count);

/**
 * @ingroup optical-fabric
 * @param mean mean of a Poisson distribution, 0 to 1e12
 * @param count count
 * @return probability of a count of at least that; relative error about 1e-9, also where it is
 *         small, down to 1e-290
 * @throw std::invalid_argument if a parameter is out of range
 */
double PoissonAtLeast(double mean, uint64_t count);

/**
 * @ingroup optical-fabric
 * @brief The exact interval of Garwood (1936, Biometrika 28) for the mean behind a count of
 * independent events at a constant rate: each tail is half of 1 - confidence.
 *
 * The same as quantiles of chi-square with 2 count and 2 count + 2 degrees of freedom, halved.
 *
 * @param count events counted, at most 1e11
 * @param confidence confidence level, above 0 and below 1
 * @return lower and upper end for the mean
 * @throw std::invalid_argument if a parameter is out of range
 */
std::pair<double, double> PoissonInterval(uint64_t count, double confidence);

/**
 * @ingroup optical-fabric
 * @brief The interval of Fay and Feuer (1997, Statistics in Medicine 16, 791) for the mean of a sum
 * of weights of independent events at a constant rate, from the gamma distribution: what repairs
 * cost in all, hours that outages take in all.
 *
 * The same as PoissonInterval if all weights are 1; conservative if they differ.
 *
 * @param sum sum of the weights seen, above 0
 * @param squares sum of their squares, above 0, at most the square of their sum
 * @param largest largest weight, above 0
 * @param confidence confidence level, above 0 and below 1
 * @return lower and upper end for the mean of the sum
 * @throw std::invalid_argument if a parameter is out of range
 */
std::pair<double, double> WeightedPoissonInterval(double sum,
                                                  double squares,
                                                  double largest,
                                                  double confidence);

/**
 * @ingroup optical-fabric
 * @brief What can be said of the mean if no event was seen, one-sided: exp(-mean) is the
 * probability of that.
 * @param confidence confidence level, above 0 and below 1
 * @return upper limit, -ln(1 - confidence): 3.00 for 95 %
 * @throw std::invalid_argument if the level is out of range
 */
double PoissonLimitOfNone(double confidence);

/**
 * @ingroup optical-fabric
 * @brief PoissonInterval for a rate.
 * @param failures failures counted, at most 1e11
 * @param exposureH hours that things were watched, summed over all of them, above 0
 * @param confidence confidence level, above 0 and below 1
 * @return lower and upper end of the rate, failures in 1e9 hours
 * @throw std::invalid_argument if a parameter is out of range
 */
std::pair<double, double> FailureRateIntervalFit(uint64_t failures,
                                                 double exposureH,
                                                 double confidence);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_POISSON_INTERVAL_H */
