/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "spray-times.h"

#include "ns3/disjoint-sets.h"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

/*
 * Endpoints whose links to all planes are alike are a group, and stand for one another: a link of
 * one of them carries what one of them sends or gets.
 */
class SprayTimes::Traffic
{
  public:
    /// Endpoints that are alike.
    struct Group
    {
        std::vector<std::vector<Hop>> ports; ///< of one of them, by plane, those that are up
        std::vector<uint32_t> met;           ///< switches it has links to, sorted
        double size{0};                      ///< how many there are
    };

    /// Transfers from a group.
    struct Flow
    {
        uint32_t source;  ///< group
        double transfers; ///< how many, above 0
    };

    /**
     * @param times the network
     * @param planes planes that carry them
     * @param pattern who sends to whom
     * @param endpoints those that do
     * @param capacities of directed links, byte/ps
     */
    Traffic(const SprayTimes& times,
            const std::vector<uint32_t>& planes,
            Pattern pattern,
            const std::vector<uint32_t>& endpoints,
            const std::vector<double>& capacities);

    std::vector<Group> groups;            ///< all groups
    std::vector<std::vector<Flow>> flows; ///< by destination, a group
    std::vector<std::size_t> first;       ///< by destination: flows to those before
    double transfers{0};                  ///< of all flows

  private:
    /// @param pattern who sends to whom @param source group @param destination group
    /// @return transfers between them
    double CountTransfers(Pattern pattern, uint32_t source, uint32_t destination) const;
};

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

/*
 * To each group of destinations the traffic of all sources goes together: where a switch sends a
 * byte depends on where it is going, and not on where it came from. So a destination takes one pass
 * over the links of the plane, from the switches furthest off to those next to it.
 */
class SprayTimes::Run
{
  public:
    /**
     * @param plane the plane
     * @param place its place among those that carry the traffic
     * @param routing how switches spread
     * @param traffic transfers
     * @param capacities of directed links, byte/ps
     */
    Run(const Plane& plane,
        std::size_t place,
        Routing::Kind routing,
        const Traffic& traffic,
        const std::vector<double>& capacities)
        : m_plane(plane),
          m_place(place),
          m_routing(routing),
          m_traffic(traffic),
          m_capacities(capacities)
    {
    }

    /**
     * @param shares by flow: how much of it this plane carries; empty: all
     * @return until all have ended, ps
     */
    double Carry(const std::vector<double>& shares);
    /// @return by flow: the largest load / capacity on its way after Carry, ps; infinite: no way
    std::vector<double> FindWorst();

  private:
    /// @param destination group; finds how far switches are from it
    void FindDistances(const Traffic::Group& destination);
    /// @param group a source @return links from the nearest switch that it has a port to, or NONE
    uint32_t FindNearest(const Traffic::Group& group) const;
    /**
     * @param group source
     * @param bytes what it sends
     * @return false if there is no way
     */
    bool Send(const Traffic::Group& group, double bytes);
    /// @param destination group; what has reached switches goes there
    void Deliver(const Traffic::Group& destination);
    /**
     * @param from a switch
     * @param destination group
     * @param call called with the switch at the far end and the directed link, for each way
     */
    template <typename F>
    void ForEachWay(uint32_t from, const Traffic::Group& destination, F&& call) const;

    /// @param bytes bytes @param link directed link that carries them, besides what it does
    void Load(double bytes, uint32_t link)
    {
        m_loads[link] += bytes;
        m_timePs = std::max(m_timePs, GetRatio(link));
    }

    /// @param link directed link @return its load / capacity, ps
    double GetRatio(uint32_t link) const
    {
        return m_loads[link] / m_capacities[link];
    }

    /// @param link directed link @return its weight where a switch spreads
    double GetWeight(uint32_t link) const
    {
        return m_routing == Routing::ADAPTIVE ? m_capacities[link] : 1;
    }

    const Plane& m_plane;                    ///< the plane
    std::size_t m_place;                     ///< its place in Traffic::Group::ports
    Routing::Kind m_routing;                 ///< how switches spread
    const Traffic& m_traffic;                ///< transfers
    const std::vector<double>& m_capacities; ///< of directed links, byte/ps
    std::vector<double> m_loads;             ///< by directed link: bytes
    double m_timePs{0};                      ///< the largest ratio so far, ps

    std::vector<uint32_t> m_distances; ///< by switch: links to the destination, or NONE
    std::vector<uint32_t> m_order;     ///< switches by distance
    std::vector<double> m_arrived;     ///< by switch: bytes for the destination
};

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
    m_planeOf.assign(topology.links, GetNPlanes());
    const auto add = [&](uint32_t vertex, std::vector<Hop>& to, const FlowTopology::Hop& hop) {
        const uint32_t peer = hop.peer;
        const uint32_t plane =
            places[peer].first != NONE ? places[peer].first : places[vertex].first;
        if (plane != NONE)
        {
            m_planeOf[hop.link] = plane;
        }
        if (places[peer].first != NONE)
        {
            to.push_back({places[peer].second, hop.link});
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
            add(v, plane.hops[places[v].second], hop);
        }
    }
    for (uint32_t e = 0; e < topology.endpoints.size(); ++e)
    {
        const uint32_t v = topology.endpoints[e];
        for (const FlowTopology::Hop& hop : topology.vertices[v].hops)
        {
            if (places[hop.peer].first != NONE)
            {
                add(v, m_planes[places[hop.peer].first].ports[e], hop);
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

uint32_t
SprayTimes::GetPlane(uint32_t link) const
{
    return m_planeOf.at(link);
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

SprayTimes::Times
SprayTimes::GetTimes(const std::vector<uint32_t>& planes,
                     Pattern pattern,
                     const std::vector<uint32_t>& endpoints,
                     const std::vector<double>& capacities) const
{
    const Traffic traffic(*this, planes, pattern, endpoints, capacities);
    Times times;
    times.transfers = traffic.transfers;
    std::vector<Run> runs;
    std::vector<std::vector<double>> rates;
    std::vector<double> sums(traffic.first.back(), 0);
    for (std::size_t i = 0; i < planes.size(); ++i)
    {
        runs.emplace_back(m_planes.at(planes[i]), i, m_routing, traffic, capacities);
        times.planesPs.push_back(runs.back().Carry({}));
        rates.push_back(runs.back().FindWorst());
        for (std::size_t flow = 0; flow < sums.size(); ++flow)
        {
            rates.back()[flow] = 1 / rates.back()[flow];
            sums[flow] += rates.back()[flow];
        }
    }
    for (std::size_t i = 0; i < planes.size(); ++i)
    {
        for (std::size_t flow = 0; flow < sums.size(); ++flow)
        {
            rates[i][flow] = sums[flow] > 0 ? rates[i][flow] / sums[flow] : 1;
        }
        times.spreadPs = std::max(times.spreadPs, runs[i].Carry(rates[i]));
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
