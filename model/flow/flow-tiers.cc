/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-tiers.h"

namespace ns3
{
namespace opticalfabric
{

FlowTiers::FlowTiers(const FlowTopology& topology, const std::vector<uint32_t>& endpoints)
    : tiers(topology.vertices.size(), NONE),
      from(topology.links, {NONE, 0})
{
    for (const uint32_t endpoint : endpoints)
    {
        tiers[topology.endpoints[endpoint]] = 0;
        vertices.push_back(topology.endpoints[endpoint]);
    }
    for (size_t i = 0; i < vertices.size(); ++i)
    {
        for (const FlowTopology::Hop& hop : topology.vertices[vertices[i]].hops)
        {
            if (tiers[hop.peer] == NONE && topology.vertices[hop.peer].isSwitch)
            {
                tiers[hop.peer] = tiers[vertices[i]] + 1;
                vertices.push_back(hop.peer);
            }
        }
    }
    for (const uint32_t vertex : vertices)
    {
        const std::vector<FlowTopology::Hop>& hops = topology.vertices[vertex].hops;
        for (uint16_t port = 0; port < hops.size(); ++port)
        {
            if (tiers[hops[port].peer] != NONE)
            {
                from[hops[port].link] = {vertex, port};
                isUsable = isUsable && hops[port].usable && hops[port].capacity > 0;
                ++nLinks;
            }
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
