/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-orbits.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace ns3
{
namespace opticalfabric
{

FlowOrbits::FlowOrbits(const FlowTopology& topology, const FlowTiers& tiers)
    : m_neighbors(topology.vertices.size()),
      m_colors(topology.vertices.size(), 0),
      m_images(topology.vertices.size()),
      m_isMatched(topology.vertices.size(), false),
      m_vertexSets(topology.vertices.size()),
      m_linkSets(topology.links)
{
    std::iota(m_images.begin(), m_images.end(), 0);
    Survey(topology, tiers);
    const uint32_t top = tiers.tiers[tiers.vertices.back()];
    std::vector<bool> isMoving(topology.vertices.size());
    for (uint32_t tier = 0; tier <= top; ++tier)
    {
        for (const bool isUp : {false, true})
        {
            for (const uint32_t vertex : tiers.vertices)
            {
                isMoving[vertex] = isUp ? tiers.tiers[vertex] >= tier : tiers.tiers[vertex] <= tier;
            }
            ExchangeParts(tiers, isMoving);
        }
    }
}

void
FlowOrbits::Survey(const FlowTopology& topology, const FlowTiers& tiers)
{
    using Direction = std::tuple<double, double, double, uint64_t, bool>;
    std::map<std::pair<Direction, Direction>, uint32_t> known;
    const auto describe = [&](uint32_t link) {
        const FlowTopology::Hop& hop = tiers.GetHop(topology, link);
        return Direction{hop.capacity, hop.GetPeak(), hop.byteTimePs, hop.latencyPs, hop.usable};
    };
    for (const uint32_t vertex : tiers.vertices)
    {
        for (const FlowTopology::Hop& hop : topology.vertices[vertex].hops)
        {
            if (tiers.tiers[hop.peer] == FlowTiers::NONE)
            {
                continue;
            }
            const auto next = static_cast<uint32_t>(known.size());
            const auto place =
                known.emplace(std::make_pair(describe(hop.link), describe(hop.link ^ 1)), next);
            m_neighbors[vertex].push_back({place.first->second, hop.peer, hop.link});
        }
    }
}

void
FlowOrbits::Refine(const FlowTiers& tiers, const std::vector<bool>& isMoving)
{
    using View = std::vector<uint32_t>;
    // Vertices that stay have a colour of their own, above all that are given out here.
    const auto first = static_cast<uint32_t>(m_colors.size());
    for (const uint32_t vertex : tiers.vertices)
    {
        m_colors[vertex] = isMoving[vertex] ? tiers.tiers[vertex] : first + vertex;
    }
    std::vector<uint32_t> colors = m_colors;
    std::vector<std::pair<uint32_t, uint32_t>> seen;
    for (size_t nColors = 0;;)
    {
        std::map<View, uint32_t> known;
        for (const uint32_t vertex : tiers.vertices)
        {
            if (!isMoving[vertex])
            {
                continue;
            }
            seen.clear();
            for (const Neighbor& neighbor : m_neighbors[vertex])
            {
                seen.emplace_back(neighbor.like, m_colors[neighbor.peer]);
            }
            std::sort(seen.begin(), seen.end());
            View view{m_colors[vertex]};
            for (const auto& [like, color] : seen)
            {
                view.push_back(like);
                view.push_back(color);
            }
            const auto next = static_cast<uint32_t>(known.size());
            colors[vertex] = known.emplace(std::move(view), next).first->second;
        }
        m_colors = colors;
        if (known.size() == nColors)
        {
            return;
        }
        nColors = known.size();
    }
}

std::vector<FlowOrbits::Part>
FlowOrbits::GetParts(const FlowTiers& tiers, const std::vector<bool>& isMoving) const
{
    std::vector<Part> parts;
    std::vector<bool> isTaken(m_colors.size(), false);
    for (const uint32_t seed : tiers.vertices)
    {
        if (!isMoving[seed] || isTaken[seed])
        {
            continue;
        }
        Part part{seed};
        isTaken[seed] = true;
        for (size_t i = 0; i < part.size(); ++i)
        {
            for (const Neighbor& neighbor : m_neighbors[part[i]])
            {
                if (isMoving[neighbor.peer] && !isTaken[neighbor.peer])
                {
                    isTaken[neighbor.peer] = true;
                    part.push_back(neighbor.peer);
                }
            }
        }
        // The highest first: what hangs from it follows where it goes.
        std::sort(part.begin(), part.end(), [&](uint32_t a, uint32_t b) {
            return std::make_tuple(tiers.tiers[b], m_colors[a], a) <
                   std::make_tuple(tiers.tiers[a], m_colors[b], b);
        });
        parts.push_back(std::move(part));
    }
    return parts;
}

void
FlowOrbits::ExchangeParts(const FlowTiers& tiers, const std::vector<bool>& isMoving)
{
    Refine(tiers, isMoving);
    std::map<std::vector<uint32_t>, Part> known;
    for (Part& part : GetParts(tiers, isMoving))
    {
        std::vector<uint32_t> key;
        key.reserve(part.size());
        for (const uint32_t vertex : part)
        {
            key.push_back(m_colors[vertex]);
        }
        const auto [place, isNew] = known.emplace(std::move(key), part);
        if (!isNew)
        {
            Exchange(place->second, part);
        }
    }
}

bool
FlowOrbits::MatchNeighbors(uint32_t vertex,
                           uint32_t image,
                           std::vector<std::pair<uint32_t, uint32_t>>& queue)
{
    // What stays has a colour that nothing else has, so that colours tell whom to match.
    const auto sort = [this](uint32_t of) {
        std::vector<Neighbor> neighbors;
        for (const Neighbor& neighbor : m_neighbors[of])
        {
            if (!m_isMatched[neighbor.peer])
            {
                neighbors.push_back(neighbor);
            }
        }
        std::sort(neighbors.begin(), neighbors.end(), [this](const Neighbor& a, const Neighbor& b) {
            return std::make_tuple(a.like, m_colors[a.peer], a.peer) <
                   std::make_tuple(b.like, m_colors[b.peer], b.peer);
        });
        return neighbors;
    };
    const std::vector<Neighbor> here = sort(vertex);
    const std::vector<Neighbor> there = sort(image);
    if (here.size() != there.size())
    {
        return false;
    }
    for (size_t i = 0; i < here.size(); ++i)
    {
        const uint32_t a = here[i].peer;
        const uint32_t b = there[i].peer;
        if (m_colors[a] != m_colors[b] || m_isMatched[a] != m_isMatched[b])
        {
            return false;
        }
        // Of several links to one vertex the first has matched it. What stays is not to be moved.
        if (!m_isMatched[a] && a != b)
        {
            queue.emplace_back(a, b);
            m_images[a] = b;
            m_images[b] = a;
            m_isMatched[a] = true;
            m_isMatched[b] = true;
        }
    }
    return true;
}

bool
FlowOrbits::Match(const Part& one, const Part& other)
{
    std::vector<std::pair<uint32_t, uint32_t>> queue;
    size_t next = 0;
    for (const uint32_t vertex : one)
    {
        if (m_isMatched[vertex])
        {
            continue;
        }
        while (next < other.size() && m_isMatched[other[next]])
        {
            ++next;
        }
        // Both are sorted, so that the first ones left have the same colour if any have.
        if (next == other.size() || m_colors[other[next]] != m_colors[vertex])
        {
            return false;
        }
        m_images[vertex] = other[next];
        m_images[other[next]] = vertex;
        m_isMatched[vertex] = true;
        m_isMatched[other[next]] = true;
        queue.assign(1, {vertex, other[next]});
        for (size_t i = 0; i < queue.size(); ++i)
        {
            const auto [from, to] = queue[i];
            if (!MatchNeighbors(from, to, queue))
            {
                return false;
            }
        }
    }
    return true;
}

std::vector<FlowOrbits::Neighbor>
FlowOrbits::GetMoved(uint32_t vertex) const
{
    std::vector<Neighbor> moved = m_neighbors[vertex];
    for (Neighbor& neighbor : moved)
    {
        neighbor.peer = m_images[neighbor.peer];
    }
    std::sort(moved.begin(), moved.end(), [](const Neighbor& a, const Neighbor& b) {
        return std::tie(a.like, a.peer, a.link) < std::tie(b.like, b.peer, b.link);
    });
    return moved;
}

void
FlowOrbits::Exchange(const Part& one, const Part& other)
{
    std::vector<std::pair<uint32_t, uint32_t>> links;
    bool isImage = Match(one, other);
    for (size_t i = 0; isImage && i < one.size(); ++i)
    {
        const uint32_t vertex = one[i];
        std::vector<Neighbor> here = GetMoved(vertex);
        std::vector<Neighbor> there = m_neighbors[m_images[vertex]];
        std::sort(there.begin(), there.end(), [](const Neighbor& a, const Neighbor& b) {
            return std::tie(a.like, a.peer, a.link) < std::tie(b.like, b.peer, b.link);
        });
        isImage = here.size() == there.size();
        for (size_t k = 0; isImage && k < here.size(); ++k)
        {
            isImage = here[k].like == there[k].like && here[k].peer == there[k].peer;
            links.emplace_back(here[k].link, there[k].link);
        }
    }
    for (size_t i = 0; isImage && i < links.size(); ++i)
    {
        m_linkSets.Unite(links[i].first, links[i].second);
        m_linkSets.Unite(links[i].first ^ 1, links[i].second ^ 1);
    }
    for (const Part* part : {&one, &other})
    {
        for (const uint32_t vertex : *part)
        {
            if (isImage)
            {
                m_vertexSets.Unite(vertex, m_images[vertex]);
            }
            m_images[vertex] = vertex;
            m_isMatched[vertex] = false;
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
