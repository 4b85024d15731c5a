/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NETWORK_ISLANDS_H
#define OPTICAL_FABRIC_NETWORK_ISLANDS_H

#include "ns3/route-graph.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Which endpoints of a network have a path between them while all its links are up.
 *
 * An island is a group of switches that links connect, or a link between two endpoints. Packets do
 * not pass through endpoints, so two of them have a path if they are on the same island. An
 * endpoint may be on many.
 */
class NetworkIslands
{
  public:
    /// No network: there is a path between any two.
    NetworkIslands() = default;

    /// @param graph the network with all its links
    explicit NetworkIslands(const RouteGraph& graph);

    /**
     * @param a vertex of an endpoint
     * @param b vertex of another
     * @return true if there is a path between them
     */
    bool HasPath(uint32_t a, uint32_t b) const;

  private:
    std::vector<std::vector<uint32_t>> m_islands; ///< by vertex, ascending; none: one for all
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_NETWORK_ISLANDS_H */
