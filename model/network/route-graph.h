/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_GRAPH_H
#define OPTICAL_FABRIC_ROUTE_GRAPH_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A network as routing sees it. Plain data: no simulator.
 */
struct RouteGraph
{
    static constexpr uint32_t NOWHERE = UINT32_MAX; ///< peer of a port that cannot be used

    /// A switch or an endpoint.
    struct Vertex
    {
        bool isSwitch{false};            ///< packets may pass through
        std::vector<uint32_t> peers;     ///< vertex at the far end of each port, or NOWHERE
        std::vector<uint16_t> peerPorts; ///< number of the port there
    };

    std::vector<Vertex> vertices; ///< all of them
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_GRAPH_H */
