/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FabricNetwork that gives every node its paths, and new ones when links fail.
#include "fabric-network.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricNetworkRoutes");

namespace
{

/// Next hops, as a table has them.
struct TableHops
{
    /// @param from the table @param hops its entry
    TableHops(const RouteTable& from, const RouteTable::Entry& hops)
        : table(from),
          entry(hops),
          count(hops.count),
          isDirect(hops.direct)
    {
    }

    /// @param choice a choice @return its port
    uint16_t GetPort(uint32_t choice) const
    {
        return table.GetPort(entry, choice);
    }

    const RouteTable& table; ///< the table
    RouteTable::Entry entry; ///< its entry
    uint32_t count;          ///< choices
    bool isDirect;           ///< they are ports of members
};

} // namespace

RouteGraph
FabricNetwork::MakeGraph(bool whole) const
{
    RouteGraph graph;
    graph.vertices.resize(m_nodes.size());
    for (size_t v = 0; v < m_nodes.size(); ++v)
    {
        RouteGraph::Vertex& vertex = graph.vertices[v];
        vertex.isSwitch = m_nodes[v]->IsSwitch();
        for (uint32_t i = 0; i < m_nodes[v]->GetNPorts(); ++i)
        {
            const Ptr<FabricPort> port = m_nodes[v]->GetPort(i);
            const FabricPort* peer = port->GetPeer();
            const bool usable = whole || port->IsUsable();
            vertex.peers.push_back(usable ? m_vertices.at(peer->GetOwner()) : RouteGraph::NOWHERE);
            vertex.peerPorts.push_back(peer->GetNumber());
        }
    }
    return graph;
}

void
FabricNetwork::InstallRoutes()
{
    NS_LOG_FUNCTION(this);
    m_addresses.resize(GetNEndpoints());
    for (uint32_t i = 0; i < GetNEndpoints(); ++i)
    {
        m_addresses[i] = m_plan->GetAddress(m_endpointVertices[i]);
    }
    if (m_routing == Routing::DETERMINISTIC || m_routing == Routing::ECMP)
    {
        m_namer = std::make_unique<PathNamer>(MakeGraph(), m_plan->GetClasses(), m_routing);
    }
    // Before the endpoints get their tables: their transfers are routed with them.
    for (OutgoingTransfer& transfer : m_floor.transfers)
    {
        const uint32_t destination = transfer.transfer.destination;
        transfer.address = m_addresses[destination];
        if (m_namer && transfer.unaccountedPackets > 0)
        {
            transfer.path = NamePath(transfer.transfer.source, destination);
        }
    }
    for (size_t v = 0; v < m_nodes.size(); ++v)
    {
        m_nodes[v]->SetRoutes(m_plan->GetTable(static_cast<uint32_t>(v)));
    }
}

uint32_t
FabricNetwork::NamePath(uint32_t source, uint32_t destination)
{
    if (!m_namer)
    {
        return 0;
    }
    if (m_routing == Routing::ECMP)
    {
        m_namer->SetSalt(GetSalt(), m_ecmpSalt);
    }
    const uint16_t routeClass = m_addresses[destination].routeClass;
    return m_namer->Name(source, destination, [this, routeClass](uint32_t vertex) {
        const RouteTable& table = m_plan->ViewTable(vertex);
        return TableHops(table, table.Find(routeClass));
    });
}

void
FabricNetwork::LinkChanged(Ptr<FabricLink> link)
{
    NS_LOG_FUNCTION(this << link);
    Simulator::Schedule(m_detectionDelay, &FabricNetwork::LinkDetected, this, link, link->IsUp());
}

void
FabricNetwork::LinkDetected(Ptr<FabricLink> link, bool up)
{
    NS_LOG_FUNCTION(this << link << up);
    if (link->IsUp() != up)
    {
        return;
    }
    link->GetPort(0)->GetEngine().SetUsable(up);
    link->GetPort(1)->GetEngine().SetUsable(up);
    m_linkDetected(link, up);
    if (!m_convergePending)
    {
        m_convergePending = true;
        Simulator::Schedule(m_convergenceDelay, &FabricNetwork::Converge, this);
    }
}

void
FabricNetwork::Converge()
{
    NS_LOG_FUNCTION(this);
    m_convergePending = false;
    if (m_plan)
    {
        m_plan->Update(MakeGraph());
        InstallRoutes();
    }
    m_routesChanged(m_plan ? m_plan->GetNClasses() : 0, m_plan ? m_plan->GetNTables() : 0);
}

} // namespace opticalfabric
} // namespace ns3
