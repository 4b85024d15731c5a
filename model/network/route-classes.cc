/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "route-classes.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

RouteClasses::RouteClasses(const RouteGraph& graph)
{
    std::map<std::vector<uint32_t>, uint32_t> numbers;
    m_addresses.resize(graph.vertices.size());
    for (uint32_t v = 0; v < graph.vertices.size(); ++v)
    {
        if (graph.vertices[v].isSwitch)
        {
            continue;
        }
        std::vector<uint32_t> attached = GetAttachments(graph, v);
        // A multiple link, or none, makes an endpoint a class of its own.
        std::vector<uint32_t> key = attached;
        if (attached.empty() ||
            std::adjacent_find(attached.begin(), attached.end()) != attached.end())
        {
            key.push_back(RouteGraph::NOWHERE);
            key.push_back(v);
        }
        const auto [place, isNew] = numbers.emplace(key, static_cast<uint32_t>(m_classes.size()));
        if (isNew)
        {
            m_classes.push_back({attached, {}});
        }
        if (m_classes.size() >= UINT16_MAX)
        {
            throw std::invalid_argument("more than 65534 groups of endpoints attached alike");
        }
        Class& whose = m_classes[place->second];
        m_addresses[v] = {static_cast<uint16_t>(place->second),
                          static_cast<uint16_t>(whose.members.size())};
        whose.members.push_back(v);
        if (whose.members.size() >= UINT16_MAX)
        {
            throw std::invalid_argument("more than 65534 endpoints attached to the same switches");
        }
    }
    m_baseClasses = static_cast<uint32_t>(m_classes.size());
    m_baseAddresses = m_addresses;
}

void
RouteClasses::Update(const RouteGraph& graph)
{
    m_classes.resize(m_baseClasses);
    m_addresses = m_baseAddresses;
    for (uint32_t c = 0; c < m_baseClasses; ++c)
    {
        for (const uint32_t member : m_classes[c].members)
        {
            std::vector<uint32_t> attached = GetAttachments(graph, member);
            if (attached != m_classes[c].attached && m_classes.size() < UINT16_MAX - 1)
            {
                m_addresses[member] = {static_cast<uint16_t>(m_classes.size()), 0};
                m_classes.push_back({attached, {member}});
            }
        }
    }
}

std::vector<RouteClasses::Place>
RouteClasses::GetPlaces() const
{
    std::vector<Place> places(m_baseAddresses.size());
    uint32_t next = 0;
    for (uint32_t c = 0; c < m_baseClasses; ++c)
    {
        const std::vector<uint32_t>& attached = m_classes[c].attached;
        uint32_t width = 1;
        for (auto it = attached.begin(); it != attached.end();)
        {
            const auto end = std::upper_bound(it, attached.end(), *it);
            width = std::max(width, static_cast<uint32_t>(end - it));
            it = end;
        }
        for (const uint32_t member : m_classes[c].members)
        {
            places[member] = {next, width};
            next += width;
        }
    }
    return places;
}

std::vector<uint32_t>
RouteClasses::GetAttachments(const RouteGraph& graph, uint32_t vertex)
{
    std::vector<uint32_t> attached;
    for (const uint32_t peer : graph.vertices[vertex].peers)
    {
        if (peer != RouteGraph::NOWHERE)
        {
            attached.push_back(peer);
        }
    }
    std::sort(attached.begin(), attached.end());
    return attached;
}

std::vector<uint16_t>
RouteClasses::GetDistances(const RouteGraph& graph, const Class& to)
{
    std::vector<uint16_t> distances(graph.vertices.size(), FAR);
    std::vector<uint32_t> frontier;
    for (const uint32_t vertex : to.attached)
    {
        if (distances[vertex] == FAR)
        {
            distances[vertex] = 1;
            frontier.push_back(vertex);
        }
    }
    for (size_t i = 0; i < frontier.size(); ++i)
    {
        const uint32_t vertex = frontier[i];
        if (!graph.vertices[vertex].isSwitch)
        {
            continue;
        }
        for (const uint32_t peer : graph.vertices[vertex].peers)
        {
            if (peer != RouteGraph::NOWHERE && distances[peer] == FAR)
            {
                distances[peer] = static_cast<uint16_t>(distances[vertex] + 1);
                frontier.push_back(peer);
            }
        }
    }
    return distances;
}

bool
RouteClasses::FindNextHops(const RouteGraph& graph,
                           const Class& to,
                           const std::vector<uint16_t>& distances,
                           uint32_t vertex,
                           std::vector<uint16_t>& ports)
{
    const std::vector<uint32_t>& peers = graph.vertices[vertex].peers;
    ports.clear();
    const bool isAttached = std::binary_search(to.attached.begin(), to.attached.end(), vertex);
    const bool single = isAttached && to.members.size() == 1;
    if (isAttached && !single)
    {
        ports.assign(to.members.size(), RouteTable::NO_PORT);
        for (uint16_t port = 0; port < peers.size(); ++port)
        {
            const auto member = std::lower_bound(to.members.begin(), to.members.end(), peers[port]);
            if (member != to.members.end() && *member == peers[port])
            {
                ports[member - to.members.begin()] = port;
            }
        }
        return true;
    }
    // The next hop is a switch one hop nearer, or the only member itself.
    uint16_t nearest = distances[vertex];
    if (!graph.vertices[vertex].isSwitch && !single)
    {
        nearest = FAR;
        for (const uint32_t peer : peers)
        {
            if (peer != RouteGraph::NOWHERE && graph.vertices[peer].isSwitch &&
                distances[peer] != FAR)
            {
                nearest = std::min<uint16_t>(nearest, distances[peer] + 1);
            }
        }
    }
    for (uint16_t port = 0; nearest != FAR && port < peers.size(); ++port)
    {
        const uint32_t peer = peers[port];
        const bool leads =
            peer != RouteGraph::NOWHERE &&
            (single ? peer == to.members[0]
                    : graph.vertices[peer].isSwitch && distances[peer] + 1 == nearest);
        if (leads)
        {
            ports.push_back(port);
        }
    }
    return false;
}

} // namespace opticalfabric
} // namespace ns3
