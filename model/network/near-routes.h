/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NEAR_ROUTES_H
#define OPTICAL_FABRIC_NEAR_ROUTES_H

#include "ns3/route-table.h"

#include <array>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A copy of a RouteTable of up to three runs that takes 40 bytes, to lie in the cache line
 * of whoever asks per packet. What does not fit is asked of the table.
 */
class NearRoutes
{
  public:
    /// @param table a table, which must stay until the next Set
    void Set(const RouteTable& table)
    {
        m_table = &table;
        m_runs.fill(Run());
        m_runs[0].count = ASK;
        const std::vector<RouteTable::Run>& runs = table.GetRuns();
        if (runs.empty() || runs.size() >= m_runs.size())
        {
            return;
        }
        for (size_t i = 0; i < runs.size(); ++i)
        {
            const bool last = i + 1 == runs.size();
            if (!Fits(runs[i], last ? table.GetNClasses() : runs[i + 1].firstClass))
            {
                return;
            }
        }
        for (size_t i = 0; i < runs.size(); ++i)
        {
            Run& run = m_runs[i];
            run.firstClass = static_cast<uint16_t>(runs[i].firstClass);
            run.stride = static_cast<uint16_t>(runs[i].stride);
            run.first = static_cast<uint16_t>(runs[i].entry.first);
            run.count =
                static_cast<uint16_t>(runs[i].entry.count | (runs[i].entry.direct ? DIRECT : 0) |
                                      (runs[i].entry.listed ? LISTED : 0));
        }
        // Classes there are not have no way: a run of its own.
        m_runs[runs.size()].firstClass = static_cast<uint16_t>(table.GetNClasses());
        m_runs[runs.size()].count = 0;
    }

    /// @param routeClass any number @return as of the table
    RouteTable::Entry Find(uint16_t routeClass) const
    {
        const Run& run = m_runs[(routeClass >= m_runs[1].firstClass ? 1 : 0) +
                                (routeClass >= m_runs[2].firstClass ? 1 : 0) +
                                (routeClass >= m_runs[3].firstClass ? 1 : 0)];
        if (__builtin_expect(run.count == ASK, 0))
        {
            return m_table->Find(routeClass);
        }
        RouteTable::Entry entry;
        // What fits grows modulo 2^16 as it does modulo 2^32.
        entry.first = static_cast<uint16_t>(run.first + run.stride * (routeClass - run.firstClass));
        entry.count = run.count & ASK;
        entry.direct = (run.count & DIRECT) != 0;
        entry.listed = (run.count & LISTED) != 0;
        return entry;
    }

    /// @return the table; null before the first Set
    const RouteTable* GetTable() const
    {
        return m_table;
    }

  private:
    static constexpr uint16_t MAX_COUNT = 0x3ffe; ///< candidates that fit
    static constexpr uint16_t ASK = 0x3fff;       ///< a count: the table knows
    static constexpr uint16_t DIRECT = 0x8000;    ///< with a count: RouteTable::Entry::direct
    static constexpr uint16_t LISTED = 0x4000;    ///< with a count: RouteTable::Entry::listed

    /// A run of classes in 8 bytes.
    struct Run
    {
        uint16_t firstClass{UINT16_MAX}; ///< first of them; UINT16_MAX: no such run
        uint16_t stride{0};              ///< as RouteTable::Run, modulo 2^16
        uint16_t first{0};               ///< as RouteTable::Entry
        uint16_t count{ASK};             ///< as RouteTable::Entry, with DIRECT and LISTED; or ASK
    };

    /// @param run a run @param end class after its last @return true if 8 bytes can tell it
    static bool Fits(const RouteTable::Run& run, uint32_t end)
    {
        // It grows or shrinks evenly: what is between the ends fits if they do.
        return run.entry.count <= MAX_COUNT && run.entry.first <= UINT16_MAX &&
               run.Get(end - 1).first <= UINT16_MAX;
    }

    std::array<Run, 4> m_runs;          ///< up to three, and that of classes there are not
    const RouteTable* m_table{nullptr}; ///< the whole table
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_NEAR_ROUTES_H */
