/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_CLASSES_H
#define OPTICAL_FABRIC_ROUTE_CLASSES_H

#include "ns3/route-graph.h"
#include "ns3/route-table.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Endpoints by what they are attached to, and the next hops towards them: what a shortest
 * path is, for whoever computes many (RoutePlan) or few (RouteFinder).
 */
class RouteClasses
{
  public:
    static constexpr uint16_t FAR = UINT16_MAX; ///< distance when there is no way

    /// A set of endpoints with the same attachments.
    struct Class
    {
        std::vector<uint32_t> attached; ///< vertices the members are attached to, sorted
        std::vector<uint32_t> members;  ///< endpoints, sorted
    };

    /// Where an endpoint stands among all: those of a class stand next to each other.
    struct Place
    {
        uint32_t first{0}; ///< places taken by those before it
        uint32_t width{1}; ///< places it takes, one for each of its links to the same switch
    };

    /**
     * @param graph the network with all its links; throws std::invalid_argument if it has too many
     *        classes (65535), or a class too many members
     */
    explicit RouteClasses(const RouteGraph& graph);

    /**
     * Some links are missing or back. Classes keep their numbers; an endpoint that has lost a link
     * its class still has gets a class of its own, behind the others.
     * @param graph the network, the same vertices and ports
     */
    void Update(const RouteGraph& graph);

    /// @param vertex an endpoint @return its address
    RouteAddress GetAddress(uint32_t vertex) const
    {
        return m_addresses[vertex];
    }

    /// @return by vertex, the place of each endpoint when all links are there
    std::vector<Place> GetPlaces() const;

    /// @return all classes, by number
    const std::vector<Class>& Get() const
    {
        return m_classes;
    }

    /**
     * @param graph the network
     * @param to a class
     * @return hops from each vertex to it; FAR: no way
     */
    static std::vector<uint16_t> GetDistances(const RouteGraph& graph, const Class& to);

    /**
     * The next hops of shortest paths.
     * @param graph the network
     * @param to a class
     * @param distances GetDistances to it
     * @param vertex from where
     * @param ports set to the ports that lead there, in order; if it is attached to the vertex, to
     *        the port of each member instead, or RouteTable::NO_PORT
     * @return true for the latter
     */
    static bool FindNextHops(const RouteGraph& graph,
                             const Class& to,
                             const std::vector<uint16_t>& distances,
                             uint32_t vertex,
                             std::vector<uint16_t>& ports);

  private:
    /**
     * @param graph the network
     * @param vertex an endpoint
     * @return the vertices it is attached to, sorted, a multiple link as often as it is there
     */
    static std::vector<uint32_t> GetAttachments(const RouteGraph& graph, uint32_t vertex);

    std::vector<Class> m_classes;              ///< by number
    uint32_t m_baseClasses{0};                 ///< classes with all links in place
    std::vector<RouteAddress> m_addresses;     ///< by vertex
    std::vector<RouteAddress> m_baseAddresses; ///< with all links in place
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_CLASSES_H */
