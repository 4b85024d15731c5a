/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-device.h"

#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricDevice");
NS_OBJECT_ENSURE_REGISTERED(FabricDevice);

TypeId
FabricDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::FabricDevice")
            .SetParent<NetDevice>()
            .SetGroupName("OpticalFabric")
            .AddAttribute("Mtu",
                          "Largest packet the IP stack may hand down, bytes.",
                          UintegerValue(4096),
                          MakeUintegerAccessor(&FabricDevice::SetMtu, &FabricDevice::GetMtu),
                          MakeUintegerChecker<uint16_t>(68));
    return tid;
}

void
FabricDevice::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_node = nullptr;
    m_receive.Nullify();
    m_promiscReceive.Nullify();
    NetDevice::DoDispose();
}

void
FabricDevice::Deliver(Ptr<Packet> packet, uint16_t protocol, Address source, Address destination)
{
    NS_LOG_FUNCTION(this << packet << protocol << source << destination);
    if (!m_promiscReceive.IsNull())
    {
        const auto type =
            destination == GetBroadcast() ? NetDevice::PACKET_BROADCAST : NetDevice::PACKET_HOST;
        m_promiscReceive(this, packet->Copy(), protocol, source, destination, type);
    }
    if (!m_receive.IsNull())
    {
        m_receive(this, packet, protocol, source);
    }
}

void
FabricDevice::NotifyLinkChange()
{
    NS_LOG_FUNCTION(this);
    m_linkChange();
}

void
FabricDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
FabricDevice::GetIfIndex() const
{
    return m_ifIndex;
}

void
FabricDevice::SetAddress(Address address)
{
    m_address = Mac48Address::ConvertFrom(address);
}

Address
FabricDevice::GetAddress() const
{
    return m_address;
}

bool
FabricDevice::SetMtu(const uint16_t mtu)
{
    m_mtu = mtu;
    return true;
}

uint16_t
FabricDevice::GetMtu() const
{
    return m_mtu;
}

void
FabricDevice::AddLinkChangeCallback(Callback<void> callback)
{
    m_linkChange.ConnectWithoutContext(callback);
}

bool
FabricDevice::IsBroadcast() const
{
    return true;
}

Address
FabricDevice::GetBroadcast() const
{
    return Mac48Address::GetBroadcast();
}

bool
FabricDevice::IsMulticast() const
{
    return false;
}

Address
FabricDevice::GetMulticast(Ipv4Address multicastGroup) const
{
    return Mac48Address::GetMulticast(multicastGroup);
}

Address
FabricDevice::GetMulticast(Ipv6Address addr) const
{
    return Mac48Address::GetMulticast(addr);
}

bool
FabricDevice::IsBridge() const
{
    return false;
}

bool
FabricDevice::IsPointToPoint() const
{
    // One link with two ends; ns-3's partitioning for MPI relies on it.
    return true;
}

bool
FabricDevice::SendFrom(Ptr<Packet> packet,
                       const Address& source,
                       const Address& dest,
                       uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << source << dest << protocolNumber);
    return source == GetAddress() && Send(packet, dest, protocolNumber);
}

Ptr<Node>
FabricDevice::GetNode() const
{
    return m_node;
}

void
FabricDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

bool
FabricDevice::NeedsArp() const
{
    return true;
}

void
FabricDevice::SetReceiveCallback(ReceiveCallback cb)
{
    m_receive = cb;
}

void
FabricDevice::SetPromiscReceiveCallback(PromiscReceiveCallback cb)
{
    m_promiscReceive = cb;
}

bool
FabricDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace opticalfabric
} // namespace ns3
