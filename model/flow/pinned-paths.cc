/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "pinned-paths.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

namespace ns3
{
namespace opticalfabric
{

void
PinnedPaths::FindAlike(const std::vector<uint32_t>& endpoints, const std::vector<uint32_t>& images)
{
    const FlowTopology& topology = m_routes.GetTopology();
    uint32_t modulus = 1;
    for (const uint32_t vertex : topology.endpoints)
    {
        const auto ports = static_cast<uint32_t>(topology.vertices[vertex].hops.size());
        // Beyond a million nobody is alike.
        modulus = modulus > 1000000 ? modulus : std::lcm(modulus, std::max(ports, 1U));
    }
    m_hasPorts = modulus > 1;
    std::map<std::array<uint32_t, 4>, uint32_t> numbers;
    for (uint32_t i = 0; i < endpoints.size(); ++i)
    {
        const auto next = static_cast<uint32_t>(m_alike.size());
        const auto [place, isNew] = numbers.try_emplace({m_routes.GetGroup(endpoints[i]),
                                                         m_routes.GetGroup(images[i]),
                                                         endpoints[i] % modulus,
                                                         images[i] % modulus},
                                                        next);
        if (isNew)
        {
            m_alike.emplace_back();
        }
        Alike& alike = m_alike[place->second];
        alike.members.push_back(i);
        alike.least = std::min(alike.least, endpoints[i]);
        alike.most = std::max(alike.most, endpoints[i]);
        alike.leastImage = std::min(alike.leastImage, images[i]);
        alike.mostImage = std::max(alike.mostImage, images[i]);
    }
}

void
PinnedPaths::ListSources(const std::vector<uint32_t>& endpoints,
                         const std::vector<uint32_t>& images,
                         uint32_t destination,
                         std::vector<uint32_t>& sources) const
{
    sources.clear();
    const uint32_t endpoint = endpoints[destination];
    const uint32_t image = images[destination];
    for (const Alike& alike : m_alike)
    {
        // Destination minus source begins anew below 0.
        const bool isBetween =
            m_hasPorts && ((alike.least <= endpoint && endpoint <= alike.most) ||
                           (alike.leastImage <= image && image <= alike.mostImage));
        for (const uint32_t source : alike.members)
        {
            if (source != destination)
            {
                sources.push_back(source);
                if (!isBetween)
                {
                    break;
                }
            }
        }
    }
}

bool
PinnedPaths::AreKept(const std::vector<uint32_t>& endpoints,
                     const std::vector<uint32_t>& images,
                     const std::vector<uint32_t>& links)
{
    const FlowTopology& topology = m_routes.GetTopology();
    m_alike.clear();
    FindAlike(endpoints, images);
    std::vector<uint32_t> sources;
    const auto nowhere = static_cast<uint32_t>(endpoints.size());
    m_passed.assign(topology.vertices.size(), {0, 0, 0, 0, nowhere});
    for (uint32_t i = 0; i < endpoints.size(); ++i)
    {
        const uint32_t target = topology.endpoints[endpoints[i]];
        ListSources(endpoints, images, i, sources);
        for (const uint32_t source : sources)
        {
            Place place;
            place.vertex = topology.endpoints[endpoints[source]];
            place.image = topology.endpoints[images[source]];
            place.path = m_routes.NamePath(endpoints[source], endpoints[i]);
            place.imagePath = m_routes.NamePath(images[source], images[i]);
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
