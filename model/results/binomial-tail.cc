/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "binomial-tail.h"

#include <boost/math/distributions/binomial.hpp>

namespace ns3
{
namespace opticalfabric
{

double
BinomialAtMost(uint64_t n, double p, uint64_t k)
{
    const boost::math::binomial_distribution<double> successes(static_cast<double>(n), p);
    return boost::math::cdf(successes, static_cast<double>(k));
}

double
BinomialMoreThan(uint64_t n, double p, uint64_t k)
{
    const boost::math::binomial_distribution<double> successes(static_cast<double>(n), p);
    return boost::math::cdf(boost::math::complement(successes, static_cast<double>(k)));
}

} // namespace opticalfabric
} // namespace ns3
