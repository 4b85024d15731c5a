/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_FINDER_H
#define OPTICAL_FABRIC_ROUTE_FINDER_H

#include "ns3/route-classes.h"

#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Where a vertex sends on to a route class.
struct NextPorts
{
    std::vector<uint16_t> ports; ///< as of RouteClasses::FindNextHops
    bool toMembers{false};       ///< they are the ports of the class's members, one each

    /// @param other another @return true if it comes first in an order of any kind
    bool operator<(const NextPorts& other) const
    {
        return std::tie(toMembers, ports) < std::tie(other.toMembers, other.ports);
    }
};

/**
 * @ingroup optical-fabric
 * @brief Shortest paths of a network, found as they are asked for: the same as RoutePlan's, for who
 * needs few of them. Memory grows with the route classes asked for times the vertices, and with the
 * switches times the classes that each was asked about.
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

    /// @return the endpoints by attachments
    const RouteClasses& GetClasses() const
    {
        return *m_classes;
    }

    /// @return the network as routing may use it
    const RouteGraph& GetGraph() const
    {
        return m_graph;
    }

    /**
     * @param vertex from where
     * @param routeClass class of the destination
     * @return the next hops, valid until the next call
     */
    const NextPorts& FindNextHops(uint32_t vertex, uint16_t routeClass);

    /// Give back the memory of what it keeps for each route class asked for, to be found again if
    /// needed.
    void ForgetDistances();

  private:
    /// @param vertex from where @param routeClass class of the destination @param next next hops
    void Compute(uint32_t vertex, uint16_t routeClass, NextPorts& next);

    std::unique_ptr<RouteClasses> m_classes;           ///< endpoints by attachments
    RouteGraph m_graph;                                ///< the network
    std::vector<std::vector<uint16_t>> m_distances;    ///< by class, once it was asked for
    NextPorts m_last;                                  ///< of a switch, computed last
    NextPorts m_ofEndpoint;                            ///< of an endpoint, computed last
    uint64_t m_endpointKey{UINT64_MAX};                ///< that endpoint and class
    std::map<NextPorts, uint32_t> m_known;             ///< number of each list of switches
    std::vector<const NextPorts*> m_lists;             ///< by number
    std::unordered_map<uint64_t, uint32_t> m_bySwitch; ///< list by switch and class
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_FINDER_H */
