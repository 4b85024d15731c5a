/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_COST_H
#define OPTICAL_FABRIC_COLLECTIVE_COST_H

#include "ns3/cost-model.h"
#include "ns3/run-results.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What one execution of a collective costs.
 */
struct CollectiveCost
{
    double usd{0};           ///< of one execution, USD
    double movedBytes{0};    ///< what has to cross the ports of all ranks in it, bytes
    double usdPerMovedPb{0}; ///< of 1e15 moved bytes, USD; infinite if nothing is moved
};

/**
 * @ingroup optical-fabric
 * @brief What a run says a collective costs: the cost of the whole system for the mean time of its
 * executions, as if nothing else ran on it meanwhile. Computing between collectives is not in it.
 *
 * Moved is what the ports of all ranks carry if the algorithm wastes nothing, as nccl-tests count
 * it: ranks times size times CollectiveRecord::busBandwidthFactor.
 *
 * @param cost what the system costs
 * @param collective the collective, from the results of a run
 * @return its cost
 * @throw std::invalid_argument if no execution of it finished
 */
CollectiveCost GetCollectiveCost(const Cost& cost, const CollectiveRecord& collective);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_COST_H */
