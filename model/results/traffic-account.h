/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TRAFFIC_ACCOUNT_H
#define OPTICAL_FABRIC_TRAFFIC_ACCOUNT_H

#include "ns3/latency-breakdown.h"
#include "ns3/latency-histogram.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Latencies of transfers counted together: of a collective, of a network. Mergeable.
 */
struct TrafficAccount
{
    LatencyHistogram packetLatency;   ///< injection to last bit delivered
    LatencyHistogram transferLatency; ///< post to last byte delivered
    LatencyBreakdown breakdown;       ///< where packet latency went

    /// @param other what to add
    void Merge(const TrafficAccount& other)
    {
        packetLatency.Merge(other.packetLatency);
        transferLatency.Merge(other.transferLatency);
        breakdown.Merge(other.breakdown);
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TRAFFIC_ACCOUNT_H */
