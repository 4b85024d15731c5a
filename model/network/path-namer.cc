/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "path-namer.h"

#include <map>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * Finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 * @param x any number
 * @return its hash
 */
uint64_t
Mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

} // namespace

PathNamer::PathNamer(const RouteGraph& graph, const RouteClasses& classes, Routing::Kind routing)
    : m_tiers(graph.vertices.size(), RouteClasses::FAR),
      m_places(classes.GetPlaces()),
      m_routing(routing)
{
    std::map<uint32_t, uint16_t> links;
    for (uint32_t v = 0; v < graph.vertices.size(); ++v)
    {
        const std::vector<uint32_t>& peers = graph.vertices[v].peers;
        m_firstPorts.push_back(static_cast<uint32_t>(m_ports.size()));
        if (!graph.vertices[v].isSwitch)
        {
            m_endpoints.push_back(v);
            m_tiers[v] = 0;
        }
        links.clear();
        for (const uint32_t peer : peers)
        {
            m_ports.push_back({peer, links[peer]++, 1});
        }
        for (uint32_t port = 0; port < peers.size(); ++port)
        {
            m_ports[m_firstPorts[v] + port].beside = links[peers[port]];
        }
    }
    std::vector<uint32_t> queue = m_endpoints;
    for (size_t i = 0; i < queue.size(); ++i)
    {
        for (const uint32_t peer : graph.vertices[queue[i]].peers)
        {
            if (peer != RouteGraph::NOWHERE && m_tiers[peer] == RouteClasses::FAR)
            {
                m_tiers[peer] = static_cast<uint16_t>(m_tiers[queue[i]] + 1);
                queue.push_back(peer);
            }
        }
    }
}

PathNamer::Walk::Walk(const PathNamer& namer, uint32_t from, uint32_t to)
    : vertex(namer.m_endpoints[from]),
      source(vertex),
      target(namer.m_endpoints[to])
{
    if (namer.m_routing == Routing::ECMP)
    {
        hash = Mix((uint64_t{from} << 32) + to);
        digits = static_cast<uint32_t>(hash);
        return;
    }
    const auto n = static_cast<uint32_t>(namer.m_endpoints.size());
    shift = to >= from ? to - from : to + n - from;
    const RouteClasses::Place& place = namer.m_places[target];
    digits = place.first + shift % place.width;
}

uint32_t
PathNamer::Choose(Walk& walk, uint32_t count, uint32_t peer) const
{
    if (m_routing == Routing::ECMP)
    {
        const uint64_t own = m_saltKind == EcmpSalt::SAME ? 0 : uint64_t{walk.vertex} + 1;
        const uint64_t hash = count > 1 ? Mix(walk.hash ^ Mix(m_salt + own)) >> 32 : 0;
        return static_cast<uint32_t>(hash * count >> 32);
    }
    walk.upLevel = MAX_LEVELS;
    if (walk.vertex == walk.source || peer == walk.target)
    {
        return walk.shift % count;
    }
    const bool isDown = m_tiers[peer] < m_tiers[walk.vertex];
    const uint32_t level = isDown ? m_tiers[peer] : m_tiers[walk.vertex];
    const bool isKnown = level < MAX_LEVELS && walk.isKnown[level];
    uint32_t& digits = isDown && isKnown ? walk.down[level] : walk.digits;
    const uint32_t choice = digits % count;
    digits /= count;
    if (!isDown && level < MAX_LEVELS)
    {
        walk.upLevel = level;
    }
    return choice;
}

void
PathNamer::Move(Walk& walk, uint16_t port) const
{
    const Port& taken = GetPort(walk.vertex, port);
    if (walk.upLevel < MAX_LEVELS)
    {
        // Which of the links side by side it was tells destinations apart that the next switch has
        // in common.
        walk.digits = taken.number + taken.beside * walk.digits;
        walk.isKnown[walk.upLevel] = true;
        walk.down[walk.upLevel] = walk.digits;
    }
    walk.vertex = taken.peer;
}

} // namespace opticalfabric
} // namespace ns3
