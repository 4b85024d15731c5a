/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_TIERS_H
#define OPTICAL_FABRIC_FLOW_TIERS_H

#include "ns3/flow-topology.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The part of a network that ranks can reach, by distance from them: what a symmetry of the
 * ranks is about. Endpoints that are no ranks do nothing, and are left out with their links.
 */
struct FlowTiers
{
    static constexpr uint32_t NONE = UINT32_MAX; ///< not reached

    /**
     * @param topology the network
     * @param endpoints endpoint by rank, each once
     */
    FlowTiers(const FlowTopology& topology, const std::vector<uint32_t>& endpoints);

    /// @param topology the network @param link directed link that counts @return it
    const FlowTopology::Hop& GetHop(const FlowTopology& topology, uint32_t link) const
    {
        return topology.vertices[from[link].first].hops[from[link].second];
    }

    std::vector<uint32_t> vertices; ///< those that count, by tier
    std::vector<uint32_t> tiers;    ///< by vertex: hops from the nearest rank, or NONE
    std::vector<std::pair<uint32_t, uint16_t>> from; ///< by directed link: vertex (or NONE), port
    uint32_t nLinks{0};                              ///< directed links that count
    bool isUsable{true}; ///< all of them are up, and routing may use them
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_TIERS_H */
