/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "route-finder.h"

#include <utility>

namespace ns3
{
namespace opticalfabric
{

RouteFinder::RouteFinder(const RouteGraph& whole, RouteGraph present)
    : m_classes(std::make_unique<RouteClasses>(whole)),
      m_graph(std::move(present))
{
    m_classes->Update(m_graph);
    m_distances.resize(m_classes->Get().size());
}

void
RouteFinder::Compute(uint32_t vertex, uint16_t routeClass, NextPorts& next)
{
    const RouteClasses::Class& to = m_classes->Get()[routeClass];
    std::vector<uint16_t>& distances = m_distances[routeClass];
    if (distances.empty())
    {
        distances = RouteClasses::GetDistances(m_graph, to);
    }
    next.toMembers = RouteClasses::FindNextHops(m_graph, to, distances, vertex, next.ports);
}

const NextPorts&
RouteFinder::FindNextHops(uint32_t vertex, uint16_t routeClass)
{
    const uint64_t key = (uint64_t{vertex} << 16) + routeClass;
    if (!m_graph.vertices[vertex].isSwitch)
    {
        // There are many endpoints, with few ports each; one is asked for a path's name and way.
        if (m_endpointKey != key)
        {
            Compute(vertex, routeClass, m_ofEndpoint);
            m_endpointKey = key;
        }
        return m_ofEndpoint;
    }
    const auto [place, isNew] = m_bySwitch.try_emplace(key, 0);
    if (isNew)
    {
        Compute(vertex, routeClass, m_last);
        const auto [list, isFirst] = m_known.emplace(m_last, static_cast<uint32_t>(m_lists.size()));
        if (isFirst)
        {
            m_lists.push_back(&list->first);
        }
        place->second = list->second;
    }
    return *m_lists[place->second];
}

void
RouteFinder::ForgetDistances()
{
    m_distances = std::vector<std::vector<uint16_t>>(m_distances.size());
}

} // namespace opticalfabric
} // namespace ns3
