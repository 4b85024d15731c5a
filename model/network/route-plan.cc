/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "route-plan.h"

#include <algorithm>
#include <map>

namespace ns3
{
namespace opticalfabric
{

namespace
{

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
        entry.listed = !FollowOneAnother(candidates);
        if (entry.listed)
        {
            const auto known = m_places.find(candidates);
            entry.first = known != m_places.end() ? known->second : m_table.AppendList(candidates);
            m_places.emplace(candidates, entry.first);
        }
        else if (!candidates.empty())
        {
            entry.first = candidates.front();
        }
        m_table.Append(entry);
    }

    /// @return the table
    RouteTable& Get()
    {
        return m_table;
    }

  private:
    /// @param ports port numbers @return true if each is the one after the last
    static bool FollowOneAnother(const std::vector<uint16_t>& ports)
    {
        // NO_PORT is no port, not even after the last there can be.
        return (ports.empty() || ports.back() != RouteTable::NO_PORT) &&
               std::adjacent_find(ports.begin(), ports.end(), [](uint16_t a, uint16_t b) {
                   return b != a + 1;
               }) == ports.end();
    }

    RouteTable m_table;                                 ///< what is built
    std::map<std::vector<uint16_t>, uint32_t> m_places; ///< place of each list of candidates
};

} // namespace

RoutePlan::RoutePlan(const RouteGraph& graph)
    : m_classes(graph)
{
    MakeTables(graph);
}

void
RoutePlan::Update(const RouteGraph& graph)
{
    m_classes.Update(graph);
    MakeTables(graph);
}

RouteAddress
RoutePlan::GetAddress(uint32_t vertex) const
{
    return m_classes.GetAddress(vertex);
}

std::shared_ptr<const RouteTable>
RoutePlan::GetTable(uint32_t vertex) const
{
    return m_tables[vertex];
}

uint32_t
RoutePlan::GetNClasses() const
{
    return static_cast<uint32_t>(m_classes.Get().size());
}

uint32_t
RoutePlan::GetNTables() const
{
    return m_nTables;
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
    for (const RouteClasses::Class& to : m_classes.Get())
    {
        const std::vector<uint16_t> distances = RouteClasses::GetDistances(graph, to);
        for (uint32_t b = 0; b < builtFor.size(); ++b)
        {
            const bool direct =
                RouteClasses::FindNextHops(graph, to, distances, builtFor[b], candidates);
            builders[b].Add(candidates, direct);
        }
    }

    std::multimap<size_t, std::shared_ptr<const RouteTable>> known;
    std::vector<std::shared_ptr<const RouteTable>> built;
    for (TableBuilder& builder : builders)
    {
        const size_t fingerprint = builder.Get().GetFingerprint();
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
