/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_DEVICE_H
#define OPTICAL_FABRIC_FABRIC_DEVICE_H

#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/traced-callback.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What ns-3 wants of any device: addresses, MTU, upper-layer callbacks.
 */
class FabricDevice : public NetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * Hand a received packet to the upper layers.
     * @param packet the packet
     * @param protocol EtherType
     * @param source sender's address
     * @param destination address it was sent to
     */
    void Deliver(Ptr<Packet> packet, uint16_t protocol, Address source, Address destination);

    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
    uint16_t GetMtu() const override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address multicastGroup) const override;
    Address GetMulticast(Ipv6Address addr) const override;
    bool IsBridge() const override;
    bool IsPointToPoint() const override;
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;
    Ptr<Node> GetNode() const override;
    void SetNode(Ptr<Node> node) override;
    bool NeedsArp() const override;
    void SetReceiveCallback(ReceiveCallback cb) override;
    void SetPromiscReceiveCallback(PromiscReceiveCallback cb) override;
    bool SupportsSendFrom() const override;

  protected:
    void DoDispose() override;
    /// Tell the upper layers that the link went up or down.
    void NotifyLinkChange();

  private:
    Ptr<Node> m_node;                        ///< node it belongs to
    NetDevice::ReceiveCallback m_receive;    ///< upper layer
    PromiscReceiveCallback m_promiscReceive; ///< promiscuous upper layer
    TracedCallback<> m_linkChange;           ///< link went up or down
    Mac48Address m_address;                  ///< address; all zero on switches
    uint32_t m_ifIndex{0};                   ///< number at the node
    uint16_t m_mtu{4096};                    ///< largest payload, bytes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_DEVICE_H */
