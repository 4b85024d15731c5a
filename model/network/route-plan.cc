/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "route-plan.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint16_t FAR = UINT16_MAX; ///< distance when there is no way

/// Builds one table, each list of candidates in it once.
class TableBuilder
{
  public:
    /**
     * @param candidates ports that lead to the next class
     * @param direct one of them per member of the class
     */
    void Add(const std::vector<uint16_t>& candidates, bool direct)
    {
        RouteTable::Entry entry;
        entry.count = static_cast<uint16_t>(candidates.size());
        entry.direct = direct;
        const auto [place, isNew] =
            m_offsets.emplace(candidates, static_cast<uint32_t>(m_table.candidates.size()));
        if (isNew)
        {
            m_table.candidates.insert(m_table.candidates.end(),
                                      candidates.begin(),
                                      candidates.end());
        }
        entry.offset = place->second;
        m_table.entries.push_back(entry);
    }

    /// @return the table
    RouteTable& Get()
    {
        return m_table;
    }

  private:
    RouteTable m_table;                                  ///< what is built
    std::map<std::vector<uint16_t>, uint32_t> m_offsets; ///< place of each list of candidates
};

/**
 * @param table a table
 * @return a number that is the same for equal tables
 */
size_t
Fingerprint(const RouteTable& table)
{
    size_t hash = table.entries.size();
    const auto mix = [&hash](size_t value) { hash = (hash ^ value) * 0x100000001b3; };
    for (const RouteTable::Entry& entry : table.entries)
    {
        mix(entry.offset);
        mix(entry.count);
        mix(entry.direct);
    }
    for (const uint16_t candidate : table.candidates)
    {
        mix(candidate);
    }
    return hash;
}

} // namespace

RoutePlan::RoutePlan(const RouteGraph& graph)
{
    std::map<std::vector<uint32_t>, uint32_t> numbers;
    m_addresses.resize(graph.vertices.size());
    for (uint32_t v = 0; v < graph.vertices.size(); ++v)
    {
        if (graph.vertices[v].isSwitch)
        {
            continue;
        }
        std::vector<uint32_t> attached = Attachments(graph, v);
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
        RouteClass& routeClass = m_classes[place->second];
        m_addresses[v] = {static_cast<uint16_t>(place->second),
                          static_cast<uint16_t>(routeClass.members.size())};
        routeClass.members.push_back(v);
        if (routeClass.members.size() >= UINT16_MAX)
        {
            throw std::invalid_argument("more than 65534 endpoints attached to the same switches");
        }
    }
    m_baseClasses = static_cast<uint32_t>(m_classes.size());
    m_baseAddresses = m_addresses;
    MakeTables(graph);
}

void
RoutePlan::Update(const RouteGraph& graph)
{
    m_classes.resize(m_baseClasses);
    m_addresses = m_baseAddresses;
    for (uint32_t c = 0; c < m_baseClasses; ++c)
    {
        for (const uint32_t member : m_classes[c].members)
        {
            std::vector<uint32_t> attached = Attachments(graph, member);
            if (attached != m_classes[c].attached && m_classes.size() < UINT16_MAX - 1)
            {
                m_addresses[member] = {static_cast<uint16_t>(m_classes.size()), 0};
                m_classes.push_back({attached, {member}});
            }
        }
    }
    MakeTables(graph);
}

RouteAddress
RoutePlan::GetAddress(uint32_t vertex) const
{
    return m_addresses[vertex];
}

std::shared_ptr<const RouteTable>
RoutePlan::GetTable(uint32_t vertex) const
{
    return m_tables[vertex];
}

uint32_t
RoutePlan::GetNClasses() const
{
    return static_cast<uint32_t>(m_classes.size());
}

uint32_t
RoutePlan::GetNTables() const
{
    return m_nTables;
}

std::vector<uint32_t>
RoutePlan::Attachments(const RouteGraph& graph, uint32_t vertex)
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
RoutePlan::Distances(const RouteGraph& graph, const RouteClass& routeClass)
{
    std::vector<uint16_t> distances(graph.vertices.size(), FAR);
    std::vector<uint32_t> frontier;
    for (const uint32_t vertex : routeClass.attached)
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

void
RoutePlan::MakeTables(const RouteGraph& graph)
{
    // Endpoints with the same peers in the same order share their tables from the start.
    std::map<std::vector<uint32_t>, uint32_t> alike;
    std::vector<uint32_t> builderOf(graph.vertices.size());
    std::vector<uint32_t> builtFor;
    for (uint32_t v = 0; v < graph.vertices.size(); ++v)
    {
        builderOf[v] = static_cast<uint32_t>(builtFor.size());
        if (!graph.vertices[v].isSwitch)
        {
            const auto [place, isNew] = alike.emplace(graph.vertices[v].peers, builderOf[v]);
            builderOf[v] = place->second;
            if (!isNew)
            {
                continue;
            }
        }
        builtFor.push_back(v);
    }

    std::vector<TableBuilder> builders(builtFor.size());
    std::vector<uint16_t> candidates;
    for (const RouteClass& routeClass : m_classes)
    {
        const std::vector<uint16_t> distances = Distances(graph, routeClass);
        for (uint32_t b = 0; b < builtFor.size(); ++b)
        {
            const uint32_t v = builtFor[b];
            const std::vector<uint32_t>& peers = graph.vertices[v].peers;
            candidates.clear();
            const bool direct =
                std::binary_search(routeClass.attached.begin(), routeClass.attached.end(), v);
            const bool single = direct && routeClass.members.size() == 1;
            if (direct && !single)
            {
                candidates.assign(routeClass.members.size(), RouteTable::NO_PORT);
                for (uint16_t port = 0; port < peers.size(); ++port)
                {
                    const auto member = std::lower_bound(routeClass.members.begin(),
                                                         routeClass.members.end(),
                                                         peers[port]);
                    if (member != routeClass.members.end() && *member == peers[port])
                    {
                        candidates[member - routeClass.members.begin()] = port;
                    }
                }
            }
            else
            {
                // The next hop is a switch one hop nearer, or the only member itself.
                uint16_t nearest = distances[v];
                if (!graph.vertices[v].isSwitch && !single)
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
                        (single ? peer == routeClass.members[0]
                                : graph.vertices[peer].isSwitch && distances[peer] + 1 == nearest);
                    if (leads)
                    {
                        candidates.push_back(port);
                    }
                }
            }
            builders[b].Add(candidates, direct && !single);
        }
    }

    std::multimap<size_t, std::shared_ptr<const RouteTable>> known;
    std::vector<std::shared_ptr<const RouteTable>> built;
    for (TableBuilder& builder : builders)
    {
        const size_t fingerprint = Fingerprint(builder.Get());
        std::shared_ptr<const RouteTable> table;
        const auto [first, last] = known.equal_range(fingerprint);
        for (auto it = first; it != last && !table; ++it)
        {
            if (*it->second == builder.Get())
            {
                table = it->second;
            }
        }
        if (!table)
        {
            table = std::make_shared<const RouteTable>(std::move(builder.Get()));
            known.emplace(fingerprint, table);
        }
        built.push_back(table);
    }
    m_nTables = static_cast<uint32_t>(known.size());
    m_tables.clear();
    for (uint32_t v = 0; v < graph.vertices.size(); ++v)
    {
        m_tables.push_back(built[builderOf[v]]);
    }
}

} // namespace opticalfabric
} // namespace ns3
