/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BINOMIAL_TAIL_H
#define OPTICAL_FABRIC_BINOMIAL_TAIL_H

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/*
 * Two implementations: binomial-tail.cc over Boost.Math, and binomial-tail-none.cc for a build
 * without Boost. Each function is accurate where its own result is small, so neither is ever to be
 * had by subtracting the other from 1.
 */

/**
 * @ingroup optical-fabric
 * @brief Lower tail of the binomial distribution.
 * @param n number of trials, at least 1
 * @param p probability of success, above 0 and below 1
 * @param k number of successes, below n
 * @return P(successes <= k)
 */
double BinomialAtMost(uint64_t n, double p, uint64_t k);

/**
 * @ingroup optical-fabric
 * @brief Upper tail of the binomial distribution.
 * @param n number of trials, at least 1
 * @param p probability of success, above 0 and below 1
 * @param k number of successes, below n
 * @return P(successes > k)
 */
double BinomialMoreThan(uint64_t n, double p, uint64_t k);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BINOMIAL_TAIL_H */
