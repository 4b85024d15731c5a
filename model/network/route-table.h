/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_TABLE_H
#define OPTICAL_FABRIC_ROUTE_TABLE_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Where endpoints are, as packets name them: endpoints attached to the same switches make up
 * a route class, and share one row in every table.
 */
struct RouteAddress
{
    uint16_t routeClass{0}; ///< class
    uint16_t member{0};     ///< which endpoint of the class
};

/**
 * @ingroup optical-fabric
 * @brief The shortest next hops of one node. Nodes that see the network alike share a table.
 *
 * A regular fabric needs no row per class: a leaf sends to all other leaves by all its uplinks, and
 * a spine to leaf n by port n. So a table is kept as runs of classes, from each to the next of
 * which the ports grow by the same stride, often 0. Where runs are many the network is irregular,
 * and the table has its rows after all. Both say the same.
 */
class RouteTable
{
  public:
    /// Where packets for a class go.
    struct Entry
    {
        uint32_t first{0};  ///< first candidate: a port, or if listed a place in the list
        uint16_t count{0};  ///< number of candidates; 0: no way
        bool direct{false}; ///< the class is attached here: one candidate per member
        bool listed{false}; ///< candidates are in the list; else ports from the first on

        /// @param other another entry @return true if it is the same
        bool operator==(const Entry& other) const
        {
            return first == other.first && count == other.count && direct == other.direct &&
                   listed == other.listed;
        }
    };

    /// Classes that follow one another.
    struct Run
    {
        uint32_t firstClass{0}; ///< first of them; the next run's is the end
        uint32_t stride{0};     ///< what Entry::first grows by from class to class, modulo 2^32
        Entry entry;            ///< of the first class

        /// @param routeClass a class of the run @return its entry
        Entry Get(uint32_t routeClass) const
        {
            Entry found = entry;
            found.first += stride * (routeClass - firstClass);
            return found;
        }

        /// @param other another run @return true if it is the same
        bool operator==(const Run& other) const
        {
            return firstClass == other.firstClass && stride == other.stride && entry == other.entry;
        }
    };

    static constexpr uint16_t NO_PORT = UINT16_MAX; ///< no candidate
    static constexpr size_t MAX_RUNS = 16;          ///< runs that are looked through; beyond: rows

    /**
     * Add what leads to the next class.
     * @param entry its entry
     */
    void Append(const Entry& entry);

    /**
     * @param ports candidates, which no other entry has
     * @return their place in the list
     */
    uint32_t AppendList(const std::vector<uint16_t>& ports);

    /// @return number of classes
    uint32_t GetNClasses() const
    {
        return m_classes;
    }

    /**
     * @param routeClass any number
     * @return its entry; that of no way if there is no such class
     */
    Entry Find(uint32_t routeClass) const;

    /**
     * @param entry an entry of this table
     * @param i which candidate, less than its count
     * @return the port, or NO_PORT
     */
    uint16_t GetPort(const Entry& entry, uint32_t i) const
    {
        return entry.listed ? m_list[entry.first + i] : static_cast<uint16_t>(entry.first + i);
    }

    /// @return the table as runs; empty if it has rows
    const std::vector<Run>& GetRuns() const
    {
        return m_runs;
    }

    /// @return a number that is the same for equal tables
    size_t GetFingerprint() const;

    /// @param other another table @return true if it is the same
    bool operator==(const RouteTable& other) const
    {
        return m_classes == other.m_classes && m_runs == other.m_runs && m_rows == other.m_rows &&
               m_list == other.m_list;
    }

  private:
    /// Give up on runs.
    void MakeRows();

    uint32_t m_classes{0};        ///< classes so far
    std::vector<Run> m_runs;      ///< all classes, unless there are rows
    std::vector<Entry> m_rows;    ///< by class, if runs are too many
    std::vector<uint16_t> m_list; ///< candidates of entries whose ports do not follow one another
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_TABLE_H */
