/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "collective-cost.h"

#include "ns3/parameter-check.h"

#include <limits>

namespace ns3
{
namespace opticalfabric
{

CollectiveCost
GetCollectiveCost(const Cost& cost, const CollectiveRecord& collective)
{
    constexpr double BYTES_PER_PB = 1e15;
    ParameterCheck("cost of collective " + collective.name)
        .Require(!collective.iterations.empty(),
                 "finished executions",
                 collective.iterations.size(),
                 "at least 1");
    CollectiveCost one;
    one.usd = cost.GetUsdOf(collective.GetMeanTimeS());
    one.movedBytes = static_cast<double>(collective.ranks) * static_cast<double>(collective.bytes) *
                     collective.busBandwidthFactor;
    one.usdPerMovedPb = one.movedBytes > 0 ? one.usd / one.movedBytes * BYTES_PER_PB
                                           : std::numeric_limits<double>::infinity();
    return one;
}

} // namespace opticalfabric
} // namespace ns3
