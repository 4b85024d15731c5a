/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "spray-times.h"

#include "spray-times-run.h"

#include "ns3/disjoint-sets.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

SprayTimes::SprayTimes(const FlowTopology& topology)
    : m_routing(topology.routing),
      m_capacities(topology.links, 0)
{
    if (m_routing != Routing::SPRAY && m_routing != Routing::ADAPTIVE)
    {
        throw std::invalid_argument(
            "SprayTimes: Routing keeps a pair to one path; allowed: Spray, Adaptive");
    }
    const auto vertices = static_cast<uint32_t>(topology.vertices.size());
    DisjointSets sets(vertices);
    for (uint32_t v = 0; v < vertices; ++v)
    {
        for (const FlowTopology::Hop& hop : topology.vertices[v].hops)
        {
            m_capacities[hop.link] = hop.usable ? hop.capacity : 0;
            if (topology.vertices[v].isSwitch && topology.vertices[hop.peer].isSwitch)
            {
                sets.Unite(v, hop.peer);
            }
        }
    }
    // A switch's plane, and its number there.
    std::vector<std::pair<uint32_t, uint32_t>> places(vertices, {NONE, 0});
    std::map<uint32_t, uint32_t> planes;
    for (uint32_t v = 0; v < vertices; ++v)
    {
        if (topology.vertices[v].isSwitch)
        {
            const auto number = static_cast<uint32_t>(m_planes.size());
            const auto [place, isNew] = planes.try_emplace(sets.Find(v), number);
            if (isNew)
            {
                m_planes.emplace_back();
                m_planes.back().ports.resize(topology.endpoints.size());
            }
            Plane& plane = m_planes[place->second];
            places[v] = {place->second, static_cast<uint32_t>(plane.hops.size())};
            plane.hops.emplace_back();
        }
    }
    if (m_planes.empty())
    {
        throw std::invalid_argument("SprayTimes: a network without switches; allowed: one with");
    }
    m_firstSwitch.push_back(0);
    for (const Plane& plane : m_planes)
    {
        m_firstSwitch.push_back(m_firstSwitch.back() + static_cast<uint32_t>(plane.hops.size()));
    }
    const auto add = [&](std::vector<Hop>& to, const FlowTopology::Hop& hop) {
        if (places[hop.peer].first != NONE)
        {
            to.push_back({places[hop.peer].second, hop.link});
        }
    };
    for (uint32_t v = 0; v < vertices; ++v)
    {
        if (!topology.vertices[v].isSwitch)
        {
            continue;
        }
        Plane& plane = m_planes[places[v].first];
        for (const FlowTopology::Hop& hop : topology.vertices[v].hops)
        {
            add(plane.hops[places[v].second], hop);
        }
    }
    for (uint32_t e = 0; e < topology.endpoints.size(); ++e)
    {
        const uint32_t v = topology.endpoints[e];
        for (const FlowTopology::Hop& hop : topology.vertices[v].hops)
        {
            if (places[hop.peer].first != NONE)
            {
                add(m_planes[places[hop.peer].first].ports[e], hop);
            }
        }
    }
}

uint32_t
SprayTimes::GetNPlanes() const
{
    return static_cast<uint32_t>(m_planes.size());
}

const std::vector<double>&
SprayTimes::GetCapacities() const
{
    return m_capacities;
}

double
SprayTimes::GetPortCapacity(uint32_t endpoint, uint32_t plane) const
{
    double capacity = 0;
    for (const Hop& port : m_planes.at(plane).ports.at(endpoint))
    {
        capacity += m_capacities[port.link];
    }
    return capacity;
}

std::vector<bool>
SprayTimes::FindUnlike(std::vector<Run>& runs)
{
    constexpr double SAME = 1e-6; // more than roundings
    std::vector<bool> unlike;
    std::vector<std::vector<double>> first;
    for (Run& run : runs)
    {
        const std::vector<std::vector<double>> profiles = run.FindProfiles();
        unlike.resize(profiles.size(), false);
        first = first.empty() ? profiles : first;
        for (std::size_t flow = 0; flow < profiles.size(); ++flow)
        {
            const std::vector<double>& one = first[flow];
            const std::vector<double>& other = profiles[flow];
            const bool isAlike =
                std::equal(one.begin(),
                           one.end(),
                           other.begin(),
                           other.end(),
                           [](double a, double b) { return std::abs(a - b) <= SAME * a; });
            unlike[flow] = unlike[flow] || !isAlike;
        }
    }
    return unlike;
}

SprayTimes::Times
SprayTimes::GetTimes(const std::vector<uint32_t>& planes,
                     Pattern pattern,
                     const std::vector<uint32_t>& endpoints,
                     const std::vector<double>& capacities,
                     uint32_t rounds) const
{
    const Traffic traffic(*this, planes, pattern, endpoints, capacities);
    Times times;
    times.transfers = traffic.transfers;
    std::vector<Run> runs;
    std::vector<std::vector<double>> shares;
    for (std::size_t i = 0; i < planes.size(); ++i)
    {
        runs.emplace_back(m_planes.at(planes[i]), i, m_routing, traffic, capacities);
        times.planesPs.push_back(runs.back().Carry({}));
        shares.emplace_back(traffic.first.back(), 1);
    }
    const std::vector<bool> borrows = rounds > 1 ? FindUnlike(runs) : std::vector<bool>();
    for (uint32_t round = 0; round < rounds; ++round)
    {
        std::vector<double> sums(traffic.first.back(), 0);
        for (std::size_t i = 0; i < planes.size(); ++i)
        {
            const std::vector<double> worst = runs[i].FindWorst();
            for (std::size_t flow = 0; flow < sums.size(); ++flow)
            {
                // By half of what it would be alone: others move as well.
                const bool isFixed = !borrows.empty() && !borrows[flow];
                const double pace = round == 0 ? worst[flow] : std::sqrt(worst[flow]);
                shares[i][flow] /= isFixed ? 1 : pace;
                sums[flow] += shares[i][flow];
            }
        }
        double spreadPs = 0;
        for (std::size_t i = 0; i < planes.size(); ++i)
        {
            for (std::size_t flow = 0; flow < sums.size(); ++flow)
            {
                shares[i][flow] = sums[flow] > 0 ? shares[i][flow] / sums[flow] : 1;
            }
            spreadPs = std::max(spreadPs, runs[i].Carry(shares[i]));
        }
        times.spreadPs = round == 0 ? spreadPs : std::min(times.spreadPs, spreadPs);
    }
    return times;
}

std::vector<uint32_t>
SprayTimes::FindReached(const std::vector<uint32_t>& endpoints,
                        const std::vector<double>& capacities) const
{
    // Endpoints do not forward: switches are connected by links, and an endpoint reaches what any
    // of the sets of switches that it has links to does.
    DisjointSets sets(m_firstSwitch.back());
    for (uint32_t p = 0; p < m_planes.size(); ++p)
    {
        for (uint32_t s = 0; s < m_planes[p].hops.size(); ++s)
        {
            for (const Hop& hop : m_planes[p].hops[s])
            {
                if (capacities[hop.link] > 0)
                {
                    sets.Unite(m_firstSwitch[p] + s, m_firstSwitch[p] + hop.peer);
                }
            }
        }
    }
    std::map<std::vector<uint32_t>, std::vector<uint32_t>> byReach;
    for (const uint32_t endpoint : endpoints)
    {
        std::vector<uint32_t> reach;
        for (uint32_t p = 0; p < m_planes.size(); ++p)
        {
            for (const Hop& port : m_planes[p].ports[endpoint])
            {
                if (capacities[port.link] > 0)
                {
                    reach.push_back(sets.Find(m_firstSwitch[p] + port.peer));
                }
            }
        }
        std::sort(reach.begin(), reach.end());
        reach.erase(std::unique(reach.begin(), reach.end()), reach.end());
        if (!reach.empty())
        {
            byReach[std::move(reach)].push_back(endpoint);
        }
    }
    // Endpoints with the same reach stay together. Beginning at each such set, take what reaches
    // all that were taken, the largest sets first.
    std::vector<std::pair<std::vector<uint32_t>, std::vector<uint32_t>>> parts(byReach.begin(),
                                                                               byReach.end());
    std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
        return a.second.size() != b.second.size() ? a.second.size() > b.second.size()
                                                  : a.second.front() < b.second.front();
    });
    std::vector<uint32_t> best;
    for (std::size_t first = 0; first < parts.size(); ++first)
    {
        std::vector<std::size_t> taken{first};
        std::vector<uint32_t> together = parts[first].second;
        for (std::size_t next = 0; next < parts.size(); ++next)
        {
            const auto meets = [&](std::size_t other) {
                const std::vector<uint32_t>& a = parts[next].first;
                const std::vector<uint32_t>& b = parts[other].first;
                return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
            };
            if (next != first && std::all_of(taken.begin(), taken.end(), meets))
            {
                taken.push_back(next);
                together.insert(together.end(),
                                parts[next].second.begin(),
                                parts[next].second.end());
            }
        }
        std::sort(together.begin(), together.end());
        const bool isBetter =
            together.size() > best.size() || (together.size() == best.size() && together < best);
        if (isBetter)
        {
            best = std::move(together);
        }
    }
    return best;
}

} // namespace opticalfabric
} // namespace ns3
