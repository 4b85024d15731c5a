/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_PLAN_H
#define OPTICAL_FABRIC_ROUTE_PLAN_H

#include "ns3/route-table.h"

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
 * @brief A network as routing sees it. Plain data: no simulator.
 */
struct RouteGraph
{
    static constexpr uint32_t NOWHERE = UINT32_MAX; ///< peer of a port that cannot be used

    /// A switch or an endpoint.
    struct Vertex
    {
        bool isSwitch{false};            ///< packets may pass through
        std::vector<uint32_t> peers;     ///< vertex at the far end of each port, or NOWHERE
        std::vector<uint16_t> peerPorts; ///< number of the port there
    };

    std::vector<Vertex> vertices; ///< all of them
};

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
    /// A set of endpoints with the same attachments.
    struct RouteClass
    {
        std::vector<uint32_t> attached; ///< vertices the members are attached to, sorted
        std::vector<uint32_t> members;  ///< endpoints
    };

    /**
     * @param graph the network
     * @param vertex an endpoint
     * @return the vertices it is attached to, sorted, a multiple link as often as it is there
     */
    static std::vector<uint32_t> Attachments(const RouteGraph& graph, uint32_t vertex);
    /**
     * @param graph the network
     * @param routeClass a class
     * @return hops from each vertex to it; UINT16_MAX: no way
     */
    static std::vector<uint16_t> Distances(const RouteGraph& graph, const RouteClass& routeClass);
    /**
     * Compute the tables of all vertices from the classes.
     * @param graph the network
     */
    void MakeTables(const RouteGraph& graph);

    std::vector<RouteClass> m_classes;                       ///< by class number
    uint32_t m_baseClasses{0};                               ///< classes with all links in place
    std::vector<RouteAddress> m_addresses;                   ///< by vertex
    std::vector<RouteAddress> m_baseAddresses;               ///< with all links in place
    std::vector<std::shared_ptr<const RouteTable>> m_tables; ///< by vertex
    uint32_t m_nTables{0};                                   ///< different tables
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_PLAN_H */
