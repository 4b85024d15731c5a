/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_FINDER_H
#define OPTICAL_FABRIC_ROUTE_FINDER_H

#include "ns3/route-classes.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Shortest paths of a network, found as they are asked for: the same as RoutePlan's, for who
 * needs few of them. Memory grows with the route classes asked for times the vertices.
 */
class RouteFinder
{
  public:
    /// No network.
    RouteFinder() = default;

    /**
     * @param whole the network with all its links; throws as RouteClasses does
     * @param present the network as routing may use it now
     */
    RouteFinder(const RouteGraph& whole, RouteGraph present);

    /// @param vertex an endpoint @return its address
    RouteAddress GetAddress(uint32_t vertex) const
    {
        return m_classes->GetAddress(vertex);
    }

    /// @return the network as routing may use it
    const RouteGraph& GetGraph() const
    {
        return m_graph;
    }

    /**
     * @param vertex from where
     * @param routeClass class of the destination
     * @param ports set as by RouteClasses::FindNextHops
     * @return as RouteClasses::FindNextHops
     */
    bool FindNextHops(uint32_t vertex, uint16_t routeClass, std::vector<uint16_t>& ports);

  private:
    std::unique_ptr<RouteClasses> m_classes;        ///< endpoints by attachments
    RouteGraph m_graph;                             ///< the network
    std::vector<std::vector<uint16_t>> m_distances; ///< by class, once it was asked for
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_FINDER_H */
