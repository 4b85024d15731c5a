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
