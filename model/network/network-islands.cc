/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-islands.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NetworkIslands::NetworkIslands(const RouteGraph& graph)
{
    const auto vertices = static_cast<uint32_t>(graph.vertices.size());
    m_islands.resize(vertices);
    uint32_t islands = 0;
    std::vector<uint32_t> reached;
    for (uint32_t first = 0; first < vertices; ++first)
    {
        if (!graph.vertices[first].isSwitch)
        {
            for (const uint32_t peer : graph.vertices[first].peers)
            {
                if (peer != RouteGraph::NOWHERE && !graph.vertices[peer].isSwitch && peer > first)
                {
                    m_islands[first].push_back(islands);
                    m_islands[peer].push_back(islands++);
                }
            }
            continue;
        }
        if (!m_islands[first].empty())
        {
            continue;
        }
        m_islands[first].push_back(islands);
        reached.assign(1, first);
        while (!reached.empty())
        {
            const uint32_t v = reached.back();
            reached.pop_back();
            for (const uint32_t peer : graph.vertices[v].peers)
            {
                if (peer == RouteGraph::NOWHERE ||
                    (!m_islands[peer].empty() && m_islands[peer].back() == islands))
                {
                    continue;
                }
                m_islands[peer].push_back(islands);
                if (graph.vertices[peer].isSwitch)
                {
                    reached.push_back(peer);
                }
            }
        }
        ++islands;
    }

    std::vector<uint32_t> endpointsOn(islands, 0);
    uint32_t endpoints = 0;
    for (uint32_t v = 0; v < vertices; ++v)
    {
        if (!graph.vertices[v].isSwitch)
        {
            ++endpoints;
            for (const uint32_t island : m_islands[v])
            {
                ++endpointsOn[island];
            }
        }
    }
    if (std::find(endpointsOn.begin(), endpointsOn.end(), endpoints) != endpointsOn.end())
    {
        m_islands.clear();
    }
}

bool
NetworkIslands::HasPath(uint32_t a, uint32_t b) const
{
    if (m_islands.empty())
    {
        return true;
    }
    const std::vector<uint32_t>& ofA = m_islands[a];
    const std::vector<uint32_t>& ofB = m_islands[b];
    return std::find_first_of(ofA.begin(), ofA.end(), ofB.begin(), ofB.end()) != ofA.end();
}

} // namespace opticalfabric
} // namespace ns3
