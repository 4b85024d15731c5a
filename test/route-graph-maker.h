/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_GRAPH_MAKER_H
#define OPTICAL_FABRIC_ROUTE_GRAPH_MAKER_H

#include "ns3/random-variable-stream.h"
#include "ns3/route-plan.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace opticalfabrictest
{

using namespace ns3::opticalfabric;

using Ports = std::vector<uint16_t>; ///< port numbers

/**
 * @ingroup optical-fabric-tests
 * @brief A graph made by hand.
 */
class RouteGraphMaker
{
  public:
    /// @return a new switch
    uint32_t Switch()
    {
        graph.vertices.emplace_back();
        graph.vertices.back().isSwitch = true;
        return static_cast<uint32_t>(graph.vertices.size() - 1);
    }

    /// @param attached switches it is attached to @return a new endpoint
    uint32_t Endpoint(const std::vector<uint32_t>& attached)
    {
        graph.vertices.emplace_back();
        const auto v = static_cast<uint32_t>(graph.vertices.size() - 1);
        for (const uint32_t s : attached)
        {
            Link(v, s);
        }
        return v;
    }

    /// @param random draws up to 8 switches, links among them, and up to 10 endpoints, which are
    /// added
    void AddRandom(ns3::UniformRandomVariable& random)
    {
        const uint32_t switches = random.GetInteger(1, 8);
        for (uint32_t i = 0; i < switches; ++i)
        {
            Switch();
        }
        for (uint32_t i = random.GetInteger(0, 14); i > 0 && switches > 1; --i)
        {
            const uint32_t from = random.GetInteger(0, switches - 1);
            Link(from, (from + random.GetInteger(1, switches - 1)) % switches);
        }
        for (uint32_t i = random.GetInteger(1, 10); i > 0; --i)
        {
            std::vector<uint32_t> attached;
            for (uint32_t k = random.GetInteger(1, 3); k > 0; --k)
            {
                attached.push_back(random.GetInteger(0, switches - 1));
            }
            Endpoint(attached);
        }
    }

    /// @param a one end @param b other end
    void Link(uint32_t a, uint32_t b)
    {
        const auto portOfA = static_cast<uint16_t>(graph.vertices[a].peers.size());
        const auto portOfB = static_cast<uint16_t>(graph.vertices[b].peers.size());
        graph.vertices[a].peers.push_back(b);
        graph.vertices[a].peerPorts.push_back(portOfB);
        graph.vertices[b].peers.push_back(a);
        graph.vertices[b].peerPorts.push_back(portOfA);
    }

    /// @param v a vertex @param port its port; the link can not be used any more
    void Cut(uint32_t v, uint16_t port)
    {
        const uint32_t peer = graph.vertices[v].peers[port];
        graph.vertices[peer].peers[graph.vertices[v].peerPorts[port]] = RouteGraph::NOWHERE;
        graph.vertices[v].peers[port] = RouteGraph::NOWHERE;
    }

    /**
     * @param leaves leaf switches
     * @param spines spine switches
     * @param perLeaf endpoints of a leaf
     * @return the endpoints
     */
    std::vector<uint32_t> Clos(uint32_t leaves, uint32_t spines, uint32_t perLeaf)
    {
        std::vector<uint32_t> endpoints;
        std::vector<uint32_t> lower;
        for (uint32_t l = 0; l < leaves; ++l)
        {
            lower.push_back(Switch());
            for (uint32_t i = 0; i < perLeaf; ++i)
            {
                endpoints.push_back(Endpoint({lower[l]}));
            }
        }
        for (uint32_t s = 0; s < spines; ++s)
        {
            const uint32_t spine = Switch();
            for (const uint32_t leaf : lower)
            {
                Link(leaf, spine);
            }
        }
        return endpoints;
    }

    RouteGraph graph; ///< what was made
};

/// @param table routes of a vertex @param entry an entry of it @return its candidates
inline Ports
GetPorts(const RouteTable& table, const RouteTable::Entry& entry)
{
    Ports ports;
    for (uint32_t i = 0; i < entry.count; ++i)
    {
        ports.push_back(table.GetPort(entry, i));
    }
    return ports;
}

/**
 * @param plan routes
 * @param from vertex
 * @param to endpoint
 * @return outputs that lead there
 */
inline Ports
NextHops(const RoutePlan& plan, uint32_t from, uint32_t to)
{
    const RouteAddress address = plan.GetAddress(to);
    const RouteTable& table = *plan.GetTable(from);
    const RouteTable::Entry entry = table.Find(address.routeClass);
    if (entry.direct)
    {
        const uint16_t port = table.GetPort(entry, address.member);
        return port == RouteTable::NO_PORT ? Ports() : Ports{port};
    }
    Ports ports = GetPorts(table, entry);
    std::sort(ports.begin(), ports.end());
    return ports;
}

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_ROUTE_GRAPH_MAKER_H */
