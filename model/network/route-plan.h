/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_PLAN_H
#define OPTICAL_FABRIC_ROUTE_PLAN_H

#include "ns3/route-classes.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Shortest paths of a network, by route class.
 *
 * Endpoints attached to the same switches make up a class, so tables grow with the number of
 * classes, not of endpoints: a CloudMatrix384 has 48 classes for its 960 endpoints.
 */
class RoutePlan
{
  public:
    /**
     * Compute the paths of a graph with all its links.
     * @param graph the network; throws std::invalid_argument if it has too many classes (65535)
     */
    explicit RoutePlan(const RouteGraph& graph);

    /**
     * Compute them again, with some links missing or back. Classes keep their numbers; an endpoint
     * that has lost a link its class still has gets a class of its own, behind the others.
     * @param graph the network, the same vertices and ports
     */
    void Update(const RouteGraph& graph);

    /**
     * @param vertex an endpoint
     * @return its address
     */
    RouteAddress GetAddress(uint32_t vertex) const;

    /**
     * @param vertex a vertex
     * @return its table, shared with the vertices that see the network alike
     */
    std::shared_ptr<const RouteTable> GetTable(uint32_t vertex) const;

    /// @param vertex a vertex @return its table
    const RouteTable& ViewTable(uint32_t vertex) const
    {
        return *m_tables[vertex];
    }

    /// @return the endpoints by attachments
    const RouteClasses& GetClasses() const
    {
        return m_classes;
    }

    /// @return number of classes
    uint32_t GetNClasses() const;
    /// @return number of different tables
    uint32_t GetNTables() const;

    /**
     * Pairs of links that a packet may hold and wait for at the same time: the channel dependency
     * graph of Dally and Seitz (IEEE Trans. Computers C-36, 1987). No circle in it: no deadlock.
     * @param graph the network the plan was made for
     * @return a circle of (vertex, output port), empty if there is none
     */
    std::vector<std::pair<uint32_t, uint16_t>> FindDependencyCircle(const RouteGraph& graph) const;

  private:
    /**
     * Compute the tables of all vertices from the classes.
     * @param graph the network
     */
    void MakeTables(const RouteGraph& graph);

    RouteClasses m_classes;                                  ///< endpoints by attachments
    std::vector<std::shared_ptr<const RouteTable>> m_tables; ///< by vertex
    uint32_t m_nTables{0};                                   ///< different tables
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_PLAN_H */
