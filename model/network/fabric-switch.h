/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_SWITCH_H
#define OPTICAL_FABRIC_FABRIC_SWITCH_H

#include "ns3/fabric-node.h"
#include "ns3/line-array.h"
#include "ns3/near-routes.h"

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
     * @return the output it takes, or null if none leads on
     */
    PortEngine* Choose(FabricPacket* packet);
    /**
     * No output leads on: the packet is lost.
     * @param packet the packet
     */
    void Drop(FabricPacket* packet);
    /**
     * @param entry candidates, some of them unusable
     * @param first which to look at first
     * @return a usable one, or null
     */
    PortEngine* FirstUsable(const RouteTable::Entry& entry, uint32_t first) const;
    /**
     * @param entry candidates, at least one
     * @return the one with the least to send
     */
    uint32_t LeastLoaded(const RouteTable::Entry& entry);

    /**
     * Fetch what LeastLoaded looks at into the cache: all of it, if the candidates' ports follow
     * one another and are not too many. Always inline: a function that only prefetches has no
     * effect to the compiler, which drops calls.
     * @param entry candidates
     */
    [[gnu::always_inline]] void PrefetchChoice(const RouteTable::Entry& entry) const
    {
        constexpr uint32_t PER_LINE = LineArray<uint64_t>::LINE_BYTES / sizeof(uint64_t);
        constexpr uint32_t LINES = 4;
        for (uint32_t i = 0; i < entry.count && i < LINES * PER_LINE; i += PER_LINE)
        {
            const uint16_t number = GetCandidate(entry, i);
            __builtin_prefetch(&m_drainAtPs[number]);
            __builtin_prefetch(&m_outputs[number]);
        }
    }

    /**
     * @param entry an entry of the table
     * @param i which candidate
     * @return the port, or NO_PORT
     */
    uint16_t GetCandidate(const RouteTable::Entry& entry, uint32_t i) const
    {
        return __builtin_expect(entry.listed, 0) ? m_routes.GetTable()->GetPort(entry, i)
                                                 : static_cast<uint16_t>(entry.first + i);
    }

    // What each packet needs, a cache line.
    alignas(64) NearRoutes m_routes;           ///< where to send to
    LineArray<PortEngine*> m_outputs;          ///< ports by number
    LineArray<uint64_t> m_drainAtPs;           ///< when each output will have sent all it holds, ps
    uint32_t m_unusable{0};                    ///< ports that routing may not use
    uint32_t m_rotor{0};                       ///< breaks ties between equally loaded outputs
    std::shared_ptr<const RouteTable> m_table; ///< where to send to, the whole table
    Time m_latency;                            ///< forwarding latency
    uint64_t m_unroutable{0};                  ///< packets lost for want of an output
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_SWITCH_H */
