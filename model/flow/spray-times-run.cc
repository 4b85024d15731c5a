/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "spray-times-run.h"

#include <limits>
#include <map>
#include <tuple>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

SprayTimes::Traffic::Traffic(const SprayTimes& times,
                             const std::vector<uint32_t>& planes,
                             Pattern pattern,
                             const std::vector<uint32_t>& endpoints,
                             const std::vector<double>& capacities)
{
    std::map<std::vector<std::tuple<uint32_t, uint32_t, double, double>>, uint32_t> known;
    for (const uint32_t endpoint : endpoints)
    {
        Group group;
        std::vector<std::tuple<uint32_t, uint32_t, double, double>> key;
        for (const uint32_t plane : planes)
        {
            group.ports.emplace_back();
            for (const Hop& port : times.m_planes[plane].ports[endpoint])
            {
                key.emplace_back(plane,
                                 port.peer,
                                 capacities[port.link],
                                 capacities[port.link ^ 1U]);
                // Ports that are down count: who has a switch in common does not depend on faults.
                group.met.push_back(times.m_firstSwitch[plane] + port.peer);
                if (capacities[port.link] > 0)
                {
                    group.ports.back().push_back(port);
                }
            }
        }
        std::sort(key.begin(), key.end());
        std::sort(group.met.begin(), group.met.end());
        const auto number = static_cast<uint32_t>(groups.size());
        // In a ring everyone has neighbors of its own.
        const uint32_t place =
            pattern == RING ? number : known.try_emplace(std::move(key), number).first->second;
        if (place == number)
        {
            groups.push_back(std::move(group));
        }
        groups[place].size += 1;
    }
    std::size_t count = 0;
    for (uint32_t destination = 0; destination < groups.size(); ++destination)
    {
        first.push_back(count);
        flows.emplace_back();
        for (uint32_t source = 0; source < groups.size(); ++source)
        {
            const double between = CountTransfers(pattern, source, destination);
            if (between > 0)
            {
                flows.back().push_back({source, between});
                transfers += between;
            }
        }
        count += flows.back().size();
    }
    first.push_back(count);
}

double
SprayTimes::Traffic::CountTransfers(Pattern pattern, uint32_t source, uint32_t destination) const
{
    const Group& from = groups[source];
    const Group& to = groups[destination];
    switch (pattern)
    {
    case RING:
        return groups.size() > 1 && (source + 1) % groups.size() == destination ? 1 : 0;
    case OTHER_SWITCHES: {
        const bool isApart =
            std::find_first_of(from.met.begin(), from.met.end(), to.met.begin(), to.met.end()) ==
            from.met.end();
        return isApart && source != destination ? from.size * to.size : 0;
    }
    case ALL_PAIRS:
        break;
    }
    return from.size * (to.size - (source == destination ? 1 : 0));
}

void
SprayTimes::Run::FindDistances(const Traffic::Group& destination)
{
    m_distances.assign(m_plane.hops.size(), NONE);
    m_order.clear();
    for (const Hop& port : destination.ports[m_place])
    {
        if (m_distances[port.peer] == NONE)
        {
            m_distances[port.peer] = 0;
            m_order.push_back(port.peer);
        }
    }
    for (std::size_t i = 0; i < m_order.size(); ++i)
    {
        for (const Hop& hop : m_plane.hops[m_order[i]])
        {
            if (m_distances[hop.peer] == NONE && m_capacities[hop.link] > 0)
            {
                m_distances[hop.peer] = m_distances[m_order[i]] + 1;
                m_order.push_back(hop.peer);
            }
        }
    }
}

uint32_t
SprayTimes::Run::FindNearest(const Traffic::Group& group) const
{
    uint32_t nearest = NONE;
    for (const Hop& port : group.ports[m_place])
    {
        nearest = std::min(nearest, m_distances[port.peer]);
    }
    return nearest;
}

template <typename F>
void
SprayTimes::Run::ForEachWay(uint32_t from, const Traffic::Group& destination, F&& call) const
{
    if (m_distances[from] == 0)
    {
        for (const Hop& port : destination.ports[m_place])
        {
            if (port.peer == from)
            {
                call(NONE, port.link ^ 1U); // ports of the destination lead the other way
            }
        }
        return;
    }
    for (const Hop& hop : m_plane.hops[from])
    {
        if (m_distances[hop.peer] + 1 == m_distances[from] && m_capacities[hop.link] > 0)
        {
            call(hop.peer, hop.link);
        }
    }
}

bool
SprayTimes::Run::Send(const Traffic::Group& group, double bytes)
{
    const uint32_t nearest = FindNearest(group);
    if (nearest == NONE)
    {
        return false;
    }
    double width = 0;
    for (const Hop& port : group.ports[m_place])
    {
        width += m_distances[port.peer] == nearest ? m_capacities[port.link] : 0;
    }
    for (const Hop& port : group.ports[m_place])
    {
        if (m_distances[port.peer] == nearest)
        {
            const double part = bytes * m_capacities[port.link] / width;
            m_arrived[port.peer] += part;
            Load(part / group.size, port.link);
        }
    }
    return true;
}

void
SprayTimes::Run::Deliver(const Traffic::Group& destination)
{
    for (auto place = m_order.rbegin(); place != m_order.rend(); ++place)
    {
        const double bytes = m_arrived[*place];
        if (bytes == 0)
        {
            continue;
        }
        double width = 0;
        ForEachWay(*place, destination, [&](uint32_t, uint32_t link) { width += GetWeight(link); });
        ForEachWay(*place, destination, [&](uint32_t peer, uint32_t link) {
            const double part = bytes * GetWeight(link) / width;
            Load(peer == NONE ? part / destination.size : part, link);
            if (peer != NONE)
            {
                m_arrived[peer] += part;
            }
        });
    }
}

double
SprayTimes::Run::Carry(const std::vector<double>& shares)
{
    m_loads.assign(m_capacities.size(), 0);
    m_timePs = 0;
    for (uint32_t to = 0; to < m_traffic.groups.size(); ++to)
    {
        FindDistances(m_traffic.groups[to]);
        m_arrived.assign(m_plane.hops.size(), 0);
        for (std::size_t i = 0; i < m_traffic.flows[to].size(); ++i)
        {
            const Traffic::Flow& flow = m_traffic.flows[to][i];
            const double share = shares.empty() ? 1 : shares[m_traffic.first[to] + i];
            if (share > 0 && !Send(m_traffic.groups[flow.source], share * flow.transfers))
            {
                m_timePs = std::numeric_limits<double>::infinity();
            }
        }
        Deliver(m_traffic.groups[to]);
    }
    return m_timePs;
}

std::vector<std::vector<double>>
SprayTimes::Run::FindProfiles()
{
    std::vector<std::vector<double>> profiles;
    std::vector<std::vector<double>> behind(m_plane.hops.size());
    const auto raise = [](std::vector<double>& profile, std::size_t hop, double most) {
        profile.resize(std::max(profile.size(), hop + 1));
        profile[hop] = std::max(profile[hop], most);
    };
    const auto add = [&](std::vector<double>& to, double part, uint32_t link, uint32_t peer) {
        raise(to, 0, part / m_capacities[link]);
        for (std::size_t hop = 0; peer != NONE && hop < behind[peer].size(); ++hop)
        {
            raise(to, hop + 1, part * behind[peer][hop]);
        }
    };
    for (uint32_t to = 0; to < m_traffic.groups.size(); ++to)
    {
        const Traffic::Group& destination = m_traffic.groups[to];
        FindDistances(destination);
        for (const uint32_t from : m_order)
        {
            behind[from].clear();
            double width = 0;
            ForEachWay(from, destination, [&](uint32_t, uint32_t link) {
                width += GetWeight(link);
            });
            ForEachWay(from, destination, [&](uint32_t peer, uint32_t link) {
                add(behind[from], GetWeight(link) / width, link, peer);
            });
        }
        for (const Traffic::Flow& flow : m_traffic.flows[to])
        {
            const Traffic::Group& group = m_traffic.groups[flow.source];
            const uint32_t nearest = FindNearest(group);
            double width = 0;
            for (const Hop& port : group.ports[m_place])
            {
                width += m_distances[port.peer] == nearest ? m_capacities[port.link] : 0;
            }
            profiles.emplace_back();
            for (const Hop& port : group.ports[m_place])
            {
                if (nearest != NONE && m_distances[port.peer] == nearest)
                {
                    add(profiles.back(), m_capacities[port.link] / width, port.link, port.peer);
                }
            }
        }
    }
    return profiles;
}

std::vector<double>
SprayTimes::Run::FindWorst()
{
    std::vector<double> worst;
    std::vector<double> behind(m_plane.hops.size());
    for (uint32_t to = 0; to < m_traffic.groups.size(); ++to)
    {
        FindDistances(m_traffic.groups[to]);
        for (const uint32_t from : m_order)
        {
            behind[from] = 0;
            ForEachWay(from, m_traffic.groups[to], [&](uint32_t peer, uint32_t link) {
                const double rest = peer == NONE ? 0 : behind[peer];
                behind[from] = std::max({behind[from], GetRatio(link), rest});
            });
        }
        for (const Traffic::Flow& flow : m_traffic.flows[to])
        {
            const Traffic::Group& group = m_traffic.groups[flow.source];
            const uint32_t nearest = FindNearest(group);
            double most = nearest == NONE ? std::numeric_limits<double>::infinity() : 0;
            for (const Hop& port : group.ports[m_place])
            {
                if (m_distances[port.peer] == nearest)
                {
                    most = std::max({most, GetRatio(port.link), behind[port.peer]});
                }
            }
            worst.push_back(most);
        }
    }
    return worst;
}

} // namespace opticalfabric
} // namespace ns3
