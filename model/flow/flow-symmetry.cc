/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-symmetry.h"

#include <map>
#include <numeric>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

FlowSymmetry::FlowSymmetry(const FlowTopology& topology,
                           TransferSymmetry::Kind kind,
                           const std::vector<uint32_t>& endpoints,
                           uint32_t multiple)
{
    m_ranks.kind = kind;
    m_ranks.endpoints = endpoints;
    Survey(topology);
    const auto n = static_cast<uint32_t>(endpoints.size());
    const bool isPower = (n & (n - 1)) == 0;
    for (uint32_t period = multiple;
         period <= n / 2 && (isPower || kind != TransferSymmetry::EXCHANGE);
         period += multiple)
    {
        const bool fits = kind == TransferSymmetry::EXCHANGE ? (period & (period - 1)) == 0 : true;
        if (fits && n % period == 0 && Try(topology, period))
        {
            return;
        }
    }
    m_ranks.kind = TransferSymmetry::NONE;
}

void
FlowSymmetry::Survey(const FlowTopology& topology)
{
    const size_t nVertices = topology.vertices.size();
    m_tiers.assign(nVertices, NONE);
    std::vector<uint32_t> frontier;
    for (const uint32_t endpoint : m_ranks.endpoints)
    {
        m_tiers[topology.endpoints[endpoint]] = 0;
        frontier.push_back(topology.endpoints[endpoint]);
    }
    for (size_t i = 0; i < frontier.size(); ++i)
    {
        for (const FlowTopology::Hop& hop : topology.vertices[frontier[i]].hops)
        {
            // Endpoints that are no ranks do nothing.
            if (m_tiers[hop.peer] == NONE && topology.vertices[hop.peer].isSwitch)
            {
                m_tiers[hop.peer] = m_tiers[frontier[i]] + 1;
                frontier.push_back(hop.peer);
            }
        }
    }
    m_ups.assign(nVertices, {});
    m_from.assign(topology.links, {NONE, 0});
    m_capacities.assign(topology.links, 0);
    for (const uint32_t vertex : frontier)
    {
        const std::vector<FlowTopology::Hop>& hops = topology.vertices[vertex].hops;
        for (uint16_t port = 0; port < hops.size(); ++port)
        {
            if (m_tiers[hops[port].peer] == NONE)
            {
                continue;
            }
            ++m_nLinks;
            m_from[hops[port].link] = {vertex, port};
            m_capacities[hops[port].link] = hops[port].capacity;
            if (m_tiers[hops[port].peer] > m_tiers[vertex])
            {
                m_ups[vertex].push_back(port);
            }
        }
    }
}

bool
FlowSymmetry::AreAlike(const FlowTopology& topology, uint32_t a, uint32_t b) const
{
    const auto get = [&](uint32_t link) -> const FlowTopology::Hop& {
        return topology.vertices[m_from[link].first].hops[m_from[link].second];
    };
    const FlowTopology::Hop& one = get(a);
    const FlowTopology::Hop& other = get(b);
    return one.usable && other.usable && one.capacity == other.capacity &&
           one.byteTimePs == other.byteTimePs && one.latencyPs == other.latencyPs;
}

bool
FlowSymmetry::Extend(const FlowTopology& topology,
                     std::vector<uint32_t>& images,
                     std::vector<uint32_t>& links) const
{
    links.assign(topology.links, NONE);
    std::vector<uint32_t> frontier;
    for (const uint32_t endpoint : m_ranks.endpoints)
    {
        frontier.push_back(topology.endpoints[endpoint]);
    }
    std::vector<bool> isImage(images.size(), false);
    uint32_t nLinks = 0;
    for (size_t i = 0; i < frontier.size(); ++i)
    {
        const uint32_t vertex = frontier[i];
        const uint32_t image = images[vertex];
        if (isImage[image] || m_tiers[image] != m_tiers[vertex] ||
            m_ups[image].size() != m_ups[vertex].size())
        {
            return false;
        }
        isImage[image] = true;
        for (size_t k = 0; k < m_ups[vertex].size(); ++k)
        {
            // The way up goes by the same port, counted from the first that leads up.
            const FlowTopology::Hop& up = topology.vertices[vertex].hops[m_ups[vertex][k]];
            const FlowTopology::Hop& other = topology.vertices[image].hops[m_ups[image][k]];
            if (images[up.peer] == NONE)
            {
                images[up.peer] = other.peer;
                frontier.push_back(up.peer);
            }
            if (images[up.peer] != other.peer || !AreAlike(topology, up.link, other.link) ||
                !AreAlike(topology, up.link ^ 1, other.link ^ 1))
            {
                return false;
            }
            links[up.link] = other.link;
            links[up.link ^ 1] = other.link ^ 1;
            nLinks += 2;
        }
    }
    // A link within a tier has no image yet, and none is looked for.
    return nLinks == m_nLinks;
}

bool
FlowSymmetry::Try(const FlowTopology& topology, uint32_t period)
{
    m_ranks.period = period;
    const uint32_t n = m_ranks.GetN();
    std::vector<std::vector<uint32_t>> generators;
    // One step generates all rotations; exchanges need one for each bit.
    for (uint32_t step = period; step < n; step *= 2)
    {
        std::vector<uint32_t> images(topology.vertices.size(), NONE);
        for (uint32_t rank = 0; rank < n; ++rank)
        {
            const uint32_t image =
                m_ranks.kind == TransferSymmetry::EXCHANGE ? rank ^ step : (rank + step) % n;
            images[topology.endpoints[m_ranks.endpoints[rank]]] =
                topology.endpoints[m_ranks.endpoints[image]];
        }
        generators.emplace_back();
        if (!Extend(topology, images, generators.back()))
        {
            return false;
        }
        if (m_ranks.kind == TransferSymmetry::ROTATION)
        {
            break;
        }
    }
    MakeOrbits(generators);
    return true;
}

void
FlowSymmetry::MakeOrbits(const std::vector<std::vector<uint32_t>>& images)
{
    std::vector<uint32_t> parents(m_from.size());
    std::iota(parents.begin(), parents.end(), 0);
    const auto find = [&parents](uint32_t link) {
        while (parents[link] != link)
        {
            parents[link] = parents[parents[link]];
            link = parents[link];
        }
        return link;
    };
    for (const std::vector<uint32_t>& generator : images)
    {
        for (uint32_t link = 0; link < generator.size(); ++link)
        {
            if (generator[link] != NONE)
            {
                parents[find(link)] = find(generator[link]);
            }
        }
    }
    m_orbits.assign(m_from.size(), FlowBundles::NONE);
    m_sizes.clear();
    std::map<uint32_t, uint32_t> numbers;
    for (uint32_t link = 0; link < m_from.size(); ++link)
    {
        if (m_from[link].first == NONE)
        {
            continue;
        }
        const auto [place, isNew] =
            numbers.emplace(find(link), static_cast<uint32_t>(m_sizes.size()));
        if (isNew)
        {
            m_sizes.push_back(0);
        }
        m_orbits[link] = place->second;
        ++m_sizes[place->second];
    }
}

std::vector<double>
FlowSymmetry::GetCapacities() const
{
    std::vector<double> capacities(m_sizes.size(), 0);
    for (uint32_t link = 0; link < m_orbits.size(); ++link)
    {
        if (m_orbits[link] != FlowBundles::NONE)
        {
            capacities[m_orbits[link]] = m_capacities[link];
        }
    }
    return capacities;
}

void
FlowSymmetry::Fold(const FlowBundles& bundles,
                   const std::vector<BundleUse>& uses,
                   std::vector<LinkShare>& links) const
{
    std::map<uint32_t, LinkShare> folded;
    uint32_t level = 0;
    for (const BundleUse& use : uses)
    {
        for (const uint32_t link : bundles.GetLinks(use.bundle))
        {
            const uint32_t orbit = m_orbits[link];
            LinkShare& share = folded[orbit];
            share.link = orbit;
            share.level = level;
            // The quotient first: it is often 1.
            share.share += use.share * (static_cast<double>(m_ranks.GetCopies()) / m_sizes[orbit]);
        }
        ++level;
    }
    links.clear();
    for (const auto& [orbit, share] : folded)
    {
        links.push_back(share);
    }
}

} // namespace opticalfabric
} // namespace ns3
