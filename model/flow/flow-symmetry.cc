/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-symmetry.h"

#include "flow-orbits.h"
#include "flow-senders.h"
#include "pinned-paths.h"

#include <algorithm>
#include <map>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

FlowSymmetry::FlowSymmetry(FlowRoutes& routes,
                           TransferSymmetry::Kind kind,
                           const std::vector<uint32_t>& endpoints,
                           uint32_t multiple,
                           uint32_t most)
    : m_routes(routes),
      m_topology(routes.GetTopology()),
      m_tiers(m_topology, endpoints)
{
    m_ranks.kind = kind;
    m_ranks.endpoints = endpoints;
    const bool isPermutation = kind == TransferSymmetry::PERMUTATION;
    // A hash looks different from everywhere, and so do choices by number if anybody may move.
    const bool isPinned = m_topology.routing == Routing::DETERMINISTIC;
    const bool fits = m_topology.routing != Routing::ECMP && !(isPermutation && isPinned);
    // What was meant for a link that cannot be used goes to the next one, by number; and of one
    // that is down routing hears later.
    if (!fits || !m_tiers.isUsable || !(isPermutation ? FindOrbits() : FindPeriod(multiple, most)))
    {
        m_ranks.kind = TransferSymmetry::NONE;
    }
}

bool
FlowSymmetry::FindPeriod(uint32_t multiple, uint32_t most)
{
    FindUps();
    const uint32_t n = m_ranks.GetN();
    const bool isExchange = m_ranks.kind == TransferSymmetry::EXCHANGE;
    const auto isPower = [](uint32_t x) { return (x & (x - 1)) == 0; };
    const uint32_t longest = std::min(n / 2, most);
    for (uint32_t period = multiple; period <= longest; period += multiple)
    {
        const bool fits = !isExchange || (isPower(n) && isPower(period));
        if (fits && n % period == 0 && Try(period))
        {
            return true;
        }
    }
    return false;
}

bool
FlowSymmetry::FindOrbits()
{
    FlowOrbits orbits(m_topology, m_tiers);
    const uint32_t n = m_ranks.GetN();
    std::map<uint32_t, uint32_t> numbers;
    m_ranks.orbits.resize(n);
    for (uint32_t rank = 0; rank < n; ++rank)
    {
        const uint32_t vertex = m_topology.endpoints[m_ranks.endpoints[rank]];
        const auto next = static_cast<uint32_t>(numbers.size());
        const auto [place, isNew] = numbers.emplace(orbits.GetVertexOrbit(vertex), next);
        if (isNew)
        {
            m_ranks.acting.push_back(rank);
            m_ranks.sizes.push_back(0);
        }
        m_ranks.orbits[rank] = place->second;
        ++m_ranks.sizes[place->second];
    }
    if (m_ranks.acting.size() > n / 2)
    {
        return false;
    }
    NumberOrbits(orbits.GetLinkSets());
    return FlowSenders(m_routes, m_orbits).Find(m_ranks);
}

void
FlowSymmetry::FindUps()
{
    m_ups.assign(m_topology.vertices.size(), {});
    for (const uint32_t vertex : m_tiers.vertices)
    {
        const std::vector<FlowTopology::Hop>& hops = m_topology.vertices[vertex].hops;
        for (uint16_t port = 0; port < hops.size(); ++port)
        {
            const uint32_t tier = m_tiers.tiers[hops[port].peer];
            if (tier != FlowTiers::NONE && tier > m_tiers.tiers[vertex])
            {
                m_ups[vertex].push_back(port);
            }
        }
    }
}

bool
FlowSymmetry::AreAlike(uint32_t a, uint32_t b) const
{
    const FlowTopology::Hop& one = m_tiers.GetHop(m_topology, a);
    const FlowTopology::Hop& other = m_tiers.GetHop(m_topology, b);
    return one.capacity == other.capacity && one.GetPeak() == other.GetPeak() &&
           one.byteTimePs == other.byteTimePs && one.latencyPs == other.latencyPs;
}

bool
FlowSymmetry::Extend(Images& images) const
{
    images.links.assign(m_topology.links, NONE);
    std::vector<uint32_t> frontier;
    for (const uint32_t endpoint : m_ranks.endpoints)
    {
        frontier.push_back(m_topology.endpoints[endpoint]);
    }
    std::vector<bool> isImage(images.vertices.size(), false);
    uint32_t nLinks = 0;
    for (size_t i = 0; i < frontier.size(); ++i)
    {
        const uint32_t vertex = frontier[i];
        const uint32_t image = images.vertices[vertex];
        if (isImage[image] || m_tiers.tiers[image] != m_tiers.tiers[vertex] ||
            m_ups[image].size() != m_ups[vertex].size())
        {
            return false;
        }
        isImage[image] = true;
        for (size_t k = 0; k < m_ups[vertex].size(); ++k)
        {
            // The way up goes by the same port, counted from the first that leads up.
            const FlowTopology::Hop& up = m_topology.vertices[vertex].hops[m_ups[vertex][k]];
            const FlowTopology::Hop& other = m_topology.vertices[image].hops[m_ups[image][k]];
            if (images.vertices[up.peer] == NONE)
            {
                images.vertices[up.peer] = other.peer;
                frontier.push_back(up.peer);
            }
            if (images.vertices[up.peer] != other.peer || !AreAlike(up.link, other.link) ||
                !AreAlike(up.link ^ 1, other.link ^ 1))
            {
                return false;
            }
            images.links[up.link] = other.link;
            images.links[up.link ^ 1] = other.link ^ 1;
            nLinks += 2;
        }
    }
    // A link within a tier has no image yet, and none is looked for.
    return nLinks == m_tiers.nLinks;
}

uint32_t
FlowSymmetry::GetImage(uint32_t step, uint32_t rank) const
{
    return m_ranks.kind == TransferSymmetry::EXCHANGE ? rank ^ step
                                                      : (rank + step) % m_ranks.GetN();
}

bool
FlowSymmetry::KeepsPaths(const Images& images, uint32_t step) const
{
    std::vector<uint32_t> moved;
    for (uint32_t rank = 0; rank < m_ranks.GetN(); ++rank)
    {
        moved.push_back(m_ranks.endpoints[GetImage(step, rank)]);
    }
    return PinnedPaths(m_routes).AreKept(m_ranks.endpoints, moved, images.links);
}

bool
FlowSymmetry::Try(uint32_t period)
{
    m_ranks.period = period;
    const uint32_t n = m_ranks.GetN();
    DisjointSets sets(m_topology.links);
    // One step generates all rotations; exchanges need one for each bit.
    for (uint32_t step = period; step < n; step *= 2)
    {
        Images images;
        images.vertices.assign(m_topology.vertices.size(), NONE);
        for (uint32_t rank = 0; rank < n; ++rank)
        {
            images.vertices[m_topology.endpoints[m_ranks.endpoints[rank]]] =
                m_topology.endpoints[m_ranks.endpoints[GetImage(step, rank)]];
        }
        if (!Extend(images) ||
            (m_topology.routing == Routing::DETERMINISTIC && !KeepsPaths(images, step)))
        {
            return false;
        }
        for (uint32_t link = 0; link < images.links.size(); ++link)
        {
            if (images.links[link] != NONE)
            {
                sets.Unite(link, images.links[link]);
            }
        }
        if (m_ranks.kind == TransferSymmetry::ROTATION)
        {
            break;
        }
    }
    NumberOrbits(sets);
    return true;
}

void
FlowSymmetry::NumberOrbits(DisjointSets& sets)
{
    m_orbits.assign(m_topology.links, FlowBundles::NONE);
    m_sizes.clear();
    std::map<uint32_t, uint32_t> numbers;
    for (uint32_t link = 0; link < m_topology.links; ++link)
    {
        if (m_tiers.from[link].first == FlowTiers::NONE)
        {
            continue;
        }
        const auto [place, isNew] =
            numbers.emplace(sets.Find(link), static_cast<uint32_t>(m_sizes.size()));
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
            capacities[m_orbits[link]] = m_tiers.GetHop(m_topology, link).GetPeak();
        }
    }
    return capacities;
}

std::vector<double>
FlowSymmetry::GetLasting() const
{
    std::vector<double> lasting(m_sizes.size(), 0);
    for (uint32_t link = 0; link < m_orbits.size(); ++link)
    {
        if (m_orbits[link] != FlowBundles::NONE)
        {
            lasting[m_orbits[link]] = m_tiers.GetHop(m_topology, link).capacity;
        }
    }
    return lasting;
}

void
FlowSymmetry::Fold(const std::vector<BundleUse>& uses,
                   uint32_t copies,
                   std::vector<LinkShare>& links) const
{
    std::map<uint32_t, LinkShare> folded;
    uint32_t level = 0;
    for (const BundleUse& use : uses)
    {
        for (const uint32_t link : m_routes.GetBundles().GetLinks(use.bundle))
        {
            const uint32_t orbit = m_orbits[link];
            LinkShare& share = folded[orbit];
            share.link = orbit;
            share.level = level;
            // The quotient first: it is often 1.
            share.share += use.share * (static_cast<double>(copies) / m_sizes[orbit]);
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
