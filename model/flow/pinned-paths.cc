/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "pinned-paths.h"

#include "ns3/path-choice.h"

#include <map>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

std::vector<uint32_t>
PinnedPaths::GetSources(const std::vector<uint32_t>& endpoints,
                        const std::vector<uint32_t>& images) const
{
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> counts;
    std::vector<uint32_t> sources;
    for (uint32_t i = 0; i < endpoints.size(); ++i)
    {
        if (counts[{m_routes.GetGroup(endpoints[i]), m_routes.GetGroup(images[i])}]++ < 2)
        {
            sources.push_back(i);
        }
    }
    return sources;
}

bool
PinnedPaths::AreKept(const std::vector<uint32_t>& endpoints,
                     const std::vector<uint32_t>& images,
                     const std::vector<uint32_t>& links)
{
    const FlowTopology& topology = m_routes.GetTopology();
    const std::vector<uint32_t> sources = GetSources(endpoints, images);
    const auto nowhere = static_cast<uint32_t>(endpoints.size());
    m_passed.assign(topology.vertices.size(), {0, 0, 0, 0, nowhere});
    for (uint32_t i = 0; i < endpoints.size(); ++i)
    {
        const uint32_t target = topology.endpoints[endpoints[i]];
        for (const uint32_t source : sources)
        {
            if (source == i)
            {
                continue;
            }
            Place place;
            place.vertex = topology.endpoints[endpoints[source]];
            place.image = topology.endpoints[images[source]];
            place.path = PathChoice::GetPath(topology.routing, endpoints[source], endpoints[i]);
            place.imagePath = PathChoice::GetPath(topology.routing, images[source], images[i]);
            place.destination = i;
            while (place.vertex != target && !(m_passed[place.vertex] == place))
            {
                m_passed[place.vertex] = place;
                const FlowTopology::Hop* hop =
                    m_routes.FindPinnedHop(place.vertex, endpoints[i], place.path);
                const FlowTopology::Hop* other =
                    m_routes.FindPinnedHop(place.image, images[i], place.imagePath);
                if (hop == nullptr || other == nullptr || links[hop->link] != other->link)
                {
                    return false;
                }
                place.vertex = hop->peer;
                place.image = other->peer;
            }
        }
    }
    return true;
}

} // namespace opticalfabric
} // namespace ns3
