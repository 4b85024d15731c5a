/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-node.h"

#include "ns3/abort.h"
#include "ns3/log.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricNode");
NS_OBJECT_ENSURE_REGISTERED(FabricNode);

TypeId
FabricNode::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::FabricNode").SetParent<Object>().SetGroupName("OpticalFabric");
    return tid;
}

void
FabricNode::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_ports.clear();
    m_node = nullptr;
    Object::DoDispose();
}

bool
FabricNode::ForeseeOwn(const PortEngine&, uint32_t) const
{
    return false;
}

void
FabricNode::Account(FabricPacket* packet)
{
    NS_ABORT_MSG(m_name << " is no endpoint: packet " << packet << " came back to it");
}

bool
FabricNode::SendPacket(FabricPort&, Ptr<Packet>, const Address&, uint16_t)
{
    return false;
}

void
FabricNode::Configure(FabricFloor* floor)
{
    NS_LOG_FUNCTION(this);
    m_floor = floor;
}

void
FabricNode::Install(Ptr<Node> node, const std::string& name)
{
    NS_LOG_FUNCTION(this << node << name);
    m_node = node;
    m_name = name;
}

Ptr<Node>
FabricNode::GetNode() const
{
    return m_node;
}

const std::string&
FabricNode::GetName() const
{
    return m_name;
}

void
FabricNode::AddPort(Ptr<FabricPort> port)
{
    NS_LOG_FUNCTION(this << port);
    NS_ABORT_MSG_IF(m_ports.size() >= UINT16_MAX, m_name << ": more than 65534 ports");
    m_ports.push_back(port);
    m_node->AddDevice(port);
}

uint32_t
FabricNode::GetNPorts() const
{
    return static_cast<uint32_t>(m_ports.size());
}

Ptr<FabricPort>
FabricNode::GetPort(uint32_t i) const
{
    NS_ABORT_MSG_IF(i >= m_ports.size(),
                    m_name << " has no port " << i << ", only 0 to " << m_ports.size() - 1);
    return m_ports[i];
}

} // namespace opticalfabric
} // namespace ns3
