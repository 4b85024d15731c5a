/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_SWITCH_H
#define OPTICAL_FABRIC_FABRIC_SWITCH_H

#include "ns3/fabric-node.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A packet switch: input buffers, virtual output queues, a crossbar that never blocks.
 *
 * A packet that arrives spends ForwardingLatency in the pipeline, chooses an output among the
 * shortest paths, and waits there for the output, and for credit at the far end, if it must.
 */
class FabricSwitch : public FabricNode
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    bool ForeseeArrival(const FabricPacket& packet, uint32_t step) const override;
    void Receive(FabricPacket* packet) override;
    void Reroute(FabricPacket* packet) override;
    FabricPacket* Pull(const PortEngine& port,
                       uint8_t lane,
                       uint64_t startPs,
                       uint64_t nowPs) override;
    bool HasOwn(const PortEngine& port, uint8_t lane) const override;
    void PortChanged(PortEngine& port) override;
    void SetRoutes(std::shared_ptr<const RouteTable> table) override;
    bool IsSwitch() const override;
    uint64_t GetArrivalLatencyPs() const override;
    uint64_t GetDepartureLatencyPs() const override;
    void Configure(FabricFloor* floor) override;

    /// @return packets lost here because no usable output led on
    uint64_t GetUnroutable() const;

  private:
    /**
     * @param packet a packet
     * @return number of the output it will probably take, or NO_PORT if that shows when it arrives
     */
    uint16_t Guess(const FabricPacket& packet) const;
    /**
     * @param packet a packet
     * @return the output it takes, or null if none leads on
     */
    PortEngine* Choose(FabricPacket* packet);
    /**
     * No output leads on: the packet is lost.
     * @param packet the packet
     */
    void Drop(FabricPacket* packet);
    /**
     * @param candidates port numbers, some of them unusable
     * @param count how many
     * @param first which to look at first
     * @return a usable one, or null
     */
    PortEngine* FirstUsable(const uint16_t* candidates, uint32_t count, uint32_t first) const;
    /**
     * @param candidates port numbers
     * @param count how many
     * @return the one with the least to send
     */
    uint32_t LeastLoaded(const uint16_t* candidates, uint32_t count);

    std::shared_ptr<const RouteTable> m_table; ///< where to send to
    std::vector<PortEngine*> m_outputs;        ///< ports by number
    std::vector<uint64_t> m_drainAtPs;         ///< when each output will have sent all it holds, ps
    uint32_t m_unusable{0};                    ///< ports that routing may not use
    uint32_t m_rotor{0};                       ///< breaks ties between equally loaded outputs
    Time m_latency;                            ///< forwarding latency
    uint64_t m_unroutable{0};                  ///< packets lost for want of an output
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_SWITCH_H */
