/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "route-table.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

void
RouteTable::Append(const Entry& entry)
{
    const uint32_t routeClass = m_classes++;
    if (!m_rows.empty())
    {
        m_rows.push_back(entry);
        return;
    }
    if (!m_runs.empty())
    {
        Run& last = m_runs.back();
        Entry expected = last.entry;
        expected.first = entry.first;
        const bool second = routeClass - last.firstClass == 1;
        if (entry == expected && (second || entry == last.Get(routeClass)))
        {
            last.stride = second ? entry.first - last.entry.first : last.stride;
            return;
        }
    }
    m_runs.push_back({routeClass, 0, entry});
    if (m_runs.size() > MAX_RUNS)
    {
        MakeRows();
    }
}

uint32_t
RouteTable::AppendList(const std::vector<uint16_t>& ports)
{
    const auto place = static_cast<uint32_t>(m_list.size());
    m_list.insert(m_list.end(), ports.begin(), ports.end());
    return place;
}

RouteTable::Entry
RouteTable::Find(uint32_t routeClass) const
{
    if (routeClass >= m_classes)
    {
        return Entry();
    }
    if (!m_rows.empty())
    {
        return m_rows[routeClass];
    }
    const auto next =
        std::find_if(m_runs.begin() + 1, m_runs.end(), [routeClass](const Run& candidate) {
            return candidate.firstClass > routeClass;
        });
    return (next - 1)->Get(routeClass);
}

size_t
RouteTable::GetFingerprint() const
{
    size_t hash = m_classes;
    const auto mix = [&hash](size_t value) { hash = (hash ^ value) * 0x100000001b3; };
    const auto mixEntry = [&mix](const Entry& entry) {
        mix(entry.first);
        mix(entry.count);
        mix(entry.direct);
        mix(entry.listed);
    };
    for (const Run& run : m_runs)
    {
        mix(run.firstClass);
        mix(run.stride);
        mixEntry(run.entry);
    }
    for (const Entry& entry : m_rows)
    {
        mixEntry(entry);
    }
    for (const uint16_t port : m_list)
    {
        mix(port);
    }
    return hash;
}

void
RouteTable::MakeRows()
{
    std::vector<Entry> rows;
    for (uint32_t routeClass = 0; routeClass < m_classes; ++routeClass)
    {
        rows.push_back(Find(routeClass));
    }
    m_rows = std::move(rows);
    m_runs.clear();
    m_runs.shrink_to_fit();
}

} // namespace opticalfabric
} // namespace ns3
