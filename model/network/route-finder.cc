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

bool
RouteFinder::FindNextHops(uint32_t vertex, uint16_t routeClass, std::vector<uint16_t>& ports)
{
    const RouteClasses::Class& to = m_classes->Get()[routeClass];
    std::vector<uint16_t>& distances = m_distances[routeClass];
    if (distances.empty())
    {
        distances = RouteClasses::GetDistances(m_graph, to);
    }
    return RouteClasses::FindNextHops(m_graph, to, distances, vertex, ports);
}

} // namespace opticalfabric
} // namespace ns3
