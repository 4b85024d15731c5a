/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CLOS_LATENCY_KEYS_H
#define OPTICAL_FABRIC_CLOS_LATENCY_KEYS_H

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric-tests
 * @return keys of section [fabric] of all delays and latencies of a Clos network: with all of them
 * 0, only sending takes time
 */
inline std::vector<std::string>
GetClosLatencyKeys()
{
    return {"link_delay",
            "uplink_delay",
            "link_phy_latency",
            "uplink_phy_latency",
            "leaf_latency",
            "spine_latency",
            "departure_latency",
            "arrival_latency"};
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CLOS_LATENCY_KEYS_H */
