/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_NODE_H
#define OPTICAL_FABRIC_FABRIC_NODE_H

#include "ns3/fabric-port.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/route-table.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What stands behind the ports of an ns-3 node: a packet switch or an endpoint.
 *
 * What every packet needs lies in two cache lines: the first, and the one right behind this class,
 * where subclasses keep theirs.
 */
class alignas(64) FabricNode : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * A packet has arrived.
     * @param packet the packet; m_atPs is the present, m_port the port it came in by
     */
    virtual void Receive(FabricPacket* packet) = 0;

    /**
     * A packet is about to arrive: fetch what Receive will look at into the cache.
     * @param packet the packet
     * @param step as of ForeseenEvent::Foresee, from 2; the input side of m_port has been fetched
     * @return true if the next step is wanted
     */
    virtual bool ForeseeArrival(const FabricPacket& packet, uint32_t step) const = 0;

    /**
     * A port is about to look for a packet of the node's own: fetch what HasOwn and Pull look at.
     * @param port the port
     * @param step as of ForeseenEvent::Foresee, from 2
     * @return true if the next step is wanted
     */
    virtual bool ForeseeOwn(const PortEngine& port, uint32_t step) const;

    /**
     * A packet that waited for a port which is down has to go by another.
     * @param packet the packet; m_atPs is the present, m_port the port it came in by (null: none)
     */
    virtual void Reroute(FabricPacket* packet) = 0;

    /**
     * One of this node's own packets was lost (RETURNED), or one for it was given up (GIVEN_UP).
     * @param packet the packet
     */
    virtual void Account(FabricPacket* packet);

    /**
     * Send a packet of the IP stack.
     * @param port device it was handed to
     * @param packet the packet
     * @param destination address
     * @param protocol EtherType
     * @return false if this node does not do that, or knows no such address
     */
    virtual bool SendPacket(FabricPort& port,
                            Ptr<Packet> packet,
                            const Address& destination,
                            uint16_t protocol);

    /**
     * @param port an output for which HasOwn is true, with credit for a full packet
     * @param lane virtual lane
     * @param startPs when the packet will start, ps
     * @param nowPs the present, ps
     * @return one of this node's own packets to send
     */
    virtual FabricPacket* Pull(const PortEngine& port,
                               uint8_t lane,
                               uint64_t startPs,
                               uint64_t nowPs) = 0;

    /**
     * @param port an output
     * @param lane virtual lane
     * @return true if the node has a packet of its own to send by it
     */
    virtual bool HasOwn(const PortEngine& port, uint8_t lane) const = 0;

    /**
     * A port has become usable, or has ceased to be.
     * @param port the port
     */
    virtual void PortChanged(PortEngine& port) = 0;

    /// @param table where to send to; replaces the last one
    virtual void SetRoutes(std::shared_ptr<const RouteTable> table) = 0;

    /// @return true if packets may pass through
    virtual bool IsSwitch() const = 0;

    /// @return time a packet spends here before it may leave, or be delivered, ps
    virtual uint64_t GetArrivalLatencyPs() const = 0;

    /// @return time the node's own packets take to reach the wire, ps
    virtual uint64_t GetDepartureLatencyPs() const = 0;

    /**
     * @param floor what the network shares
     */
    virtual void Configure(FabricFloor* floor);

    /**
     * @param node node to stand on
     * @param name name for messages and results
     */
    void Install(Ptr<Node> node, const std::string& name);
    /// @return the node it stands on
    Ptr<Node> GetNode() const;
    /// @return its name
    const std::string& GetName() const;
    /// @param port port to add; becomes a device of the node
    void AddPort(Ptr<FabricPort> port);
    /// @return number of ports
    uint32_t GetNPorts() const;
    /**
     * @param i port number
     * @return the port
     */
    Ptr<FabricPort> GetPort(uint32_t i) const;

  protected:
    void DoDispose() override;

    FabricFloor* m_floor{nullptr};        ///< what the network shares
    std::vector<Ptr<FabricPort>> m_ports; ///< ports in order

  private:
    Ptr<Node> m_node;   ///< node it stands on
    std::string m_name; ///< name
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_NODE_H */
