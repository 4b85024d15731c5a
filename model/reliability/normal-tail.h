/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NORMAL_TAIL_H
#define OPTICAL_FABRIC_NORMAL_TAIL_H

namespace ns3
{
namespace opticalfabric
{

/*
 * The normal distribution far out in its tail, where the probability itself has no digits left.
 */

/**
 * @ingroup optical-fabric
 * @param z standard score, any
 * @return log of the probability that a standard normal variable exceeds it; relative error about
 *         1e-13
 */
double LogNormalTail(double z);

/**
 * @ingroup optical-fabric
 * @param z standard score, any
 * @return hazard of the standard normal distribution, its density over its tail; relative error
 *         about 1e-12
 */
double NormalHazard(double z);

/**
 * @ingroup optical-fabric
 * @brief The inverse of LogNormalTail.
 * @param logTail log of a probability, below 0; throws std::invalid_argument otherwise
 * @return standard score that a standard normal variable exceeds with it
 */
double NormalScoreOfLogTail(double logTail);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_NORMAL_TAIL_H */
