/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "packet-walk.h"

#include "ns3/path-choice.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

PacketWalk::PacketWalk(const FlowTopology& topology, uint64_t seed)
    : m_topology(topology),
      m_draw(static_cast<std::mt19937::result_type>(seed))
{
}

std::vector<uint32_t>
PacketWalk::Take(const std::vector<uint32_t>& links,
                 uint32_t source,
                 uint32_t destination,
                 uint64_t packets,
                 uint64_t nowPs)
{
    if (packets >= std::min<uint64_t>(MANY_PACKETS, links.size()))
    {
        return links;
    }
    m_rotors.resize(m_topology.vertices.size(), 0);
    m_usedAtPs.resize(m_topology.links, 0);
    std::vector<uint32_t> taken;
    const auto first = static_cast<uint32_t>(m_draw());
    for (uint32_t i = 0; i < packets; ++i)
    {
        uint32_t path = first + i * PathChoice::STEP;
        uint32_t vertex = m_topology.endpoints[source];
        // A shortest path visits no vertex twice.
        for (std::size_t hop = 0; hop < links.size() && vertex != m_topology.endpoints[destination];
             ++hop)
        {
            const std::vector<FlowTopology::Hop>& hops = m_topology.vertices[vertex].hops;
            m_choices.clear();
            for (uint32_t port = 0; port < hops.size(); ++port)
            {
                if (std::binary_search(links.begin(), links.end(), hops[port].link))
                {
                    m_choices.push_back(port);
                }
            }
            if (m_choices.empty())
            {
                break;
            }
            const auto count = static_cast<uint32_t>(m_choices.size());
            uint32_t choice = 0;
            if (!m_topology.vertices[vertex].isSwitch)
            {
                choice = i % count;
            }
            else if (m_topology.routing == Routing::ADAPTIVE)
            {
                choice = TakeIdlest(hops, m_rotors[vertex]++ % count);
            }
            else
            {
                choice = PathChoice::Peek(m_topology.routing, path, count);
                path = PathChoice::Rest(m_topology.routing, path, count);
            }
            taken.push_back(hops[m_choices[choice]].link);
            m_usedAtPs[taken.back()] = nowPs;
            vertex = hops[m_choices[choice]].peer;
        }
    }
    std::sort(taken.begin(), taken.end());
    taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
    return taken;
}

uint32_t
PacketWalk::TakeIdlest(const std::vector<FlowTopology::Hop>& hops, uint32_t start) const
{
    const auto count = static_cast<uint32_t>(m_choices.size());
    uint32_t best = start;
    for (uint32_t i = 0; i < count; ++i)
    {
        const uint32_t choice = (start + i) % count;
        if (m_usedAtPs[hops[m_choices[choice]].link] < m_usedAtPs[hops[m_choices[best]].link])
        {
            best = choice;
        }
    }
    return best;
}

} // namespace opticalfabric
} // namespace ns3
