/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_FLOOR_H
#define OPTICAL_FABRIC_FABRIC_FLOOR_H

#include "ns3/event-pool.h"
#include "ns3/fabric-packet.h"
#include "ns3/outgoing-transfer.h"
#include "ns3/port-queue.h"
#include "ns3/simulator-impl.h"
#include "ns3/traffic-account.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief How a switch or endpoint chooses among the shortest paths.
struct Routing
{
    /// The choices.
    enum Kind : uint8_t
    {
        DETERMINISTIC, ///< destination modulo the number of choices
        ECMP,          ///< hash of source and destination: a pair keeps to one path
        SPRAY,         ///< packets of a transfer spread evenly over all paths
        ADAPTIVE       ///< the output with the least to send, hop by hop
    };
};

/// @ingroup optical-fabric
/// @brief When a switch begins to send a packet on.
struct Switching
{
    /// The choices.
    enum Kind : uint8_t
    {
        CUT_THROUGH,      ///< as soon as its header has been read
        STORE_AND_FORWARD ///< once all of it has arrived
    };
};

/**
 * @ingroup optical-fabric
 * @brief In which order a source sends transfers to the same destination on the same virtual lane.
 */
struct TransferOrder
{
    /// The choices.
    enum Kind : uint8_t
    {
        IN_ORDER,  ///< one after the other, as they were posted, like a queue pair's send queue
        TAKE_TURNS ///< all at the same time, a packet of each in turn
    };
};

/**
 * @ingroup optical-fabric
 * @brief What a network counts while it runs.
 */
struct NetworkCounts
{
    uint64_t packets{0};           ///< packets injected, resends not counted again
    uint64_t deliveredPackets{0};  ///< packets that reached their destination
    uint64_t sentBytes{0};         ///< payload of transfers posted
    uint64_t receivedBytes{0};     ///< payload delivered
    uint64_t failedBytes{0};       ///< payload reported lost for good
    uint64_t transfers{0};         ///< transfers posted
    uint64_t finishedTransfers{0}; ///< transfers of which every byte is accounted for
    uint64_t failedTransfers{0};   ///< of these, with bytes lost for good
    uint64_t resentPackets{0};     ///< end-to-end resends
    uint64_t lostPackets{0};       ///< packets lost on a link or for want of a route
};

/**
 * @ingroup optical-fabric
 * @brief What a network has counted, and the latencies of all its accounts together.
 */
struct NetworkTotals : NetworkCounts, TrafficAccount
{
};

/**
 * @ingroup optical-fabric
 * @brief What the ports, switches and endpoints of one network share on the fast path: settings
 * that are fixed once the network is built, the packet pool and the counters.
 */
struct FabricFloor
{
    SimulatorImpl* simulator{nullptr};     ///< the running simulator, past its front door
    uint32_t mtuBytes{4096};               ///< largest payload of a packet
    uint32_t headerBytes{0};               ///< added to every packet
    uint32_t bufferBytes{0};               ///< input buffer per port and lane
    uint32_t lanes{1};                     ///< virtual lanes
    uint64_t commitAheadPs{0};             ///< outputs decide this long before they send
    Routing::Kind routing{Routing::SPRAY}; ///< choice of path
    Switching::Kind switching{Switching::CUT_THROUGH};       ///< forwarding mode
    Arbitration::Kind arbitration{Arbitration::ROUND_ROBIN}; ///< order of service
    TransferOrder::Kind order{TransferOrder::IN_ORDER};      ///< of transfers of a pair
    uint64_t resendTimeoutPs{0};                             ///< until a source notices a loss
    uint32_t maxResends{0};                   ///< end-to-end resends before giving up
    EventPool<FabricPacket> pool;             ///< all packets
    std::vector<PacketAside> asides;          ///< asides in use or free
    std::vector<uint32_t> freeAsides;         ///< indices of free asides
    std::deque<OutgoingTransfer> transfers;   ///< all transfers, in use or free
    OutgoingTransfer* freeTransfers{nullptr}; ///< free ones, linked
    NetworkCounts totals;                     ///< counters
    std::vector<TrafficAccount> accounts{1};  ///< latencies, by Transfer::account

    /**
     * @param packet a packet
     * @return its aside, made if it has none; valid until the next one is made
     */
    PacketAside& GetAside(FabricPacket* packet);

    /// @return a transfer nobody else uses, blank
    OutgoingTransfer* NewTransfer();

    /**
     * @param transfer transfer to recycle
     */
    void Release(OutgoingTransfer* transfer);

    /**
     * @param packet packet to recycle, with its aside
     */
    void Release(FabricPacket* packet);

    /**
     * Nothing will repeat a packet: its source notices after the resend timeout.
     * @param packet the packet; m_atPs is the present
     */
    void Lose(FabricPacket* packet);

    /**
     * Let a packet's event happen in a node.
     * @param packet the packet, m_atPs set
     * @param node node id
     * @param nowPs the present, ps
     */
    void Schedule(FabricPacket* packet, uint32_t node, uint64_t nowPs)
    {
        packet->Ref();
        simulator->ScheduleWithContext(node, TimeStep(packet->m_atPs - nowPs), packet);
    }

    /// @return the present, ps
    uint64_t Now() const
    {
        return static_cast<uint64_t>(simulator->Now().GetTimeStep());
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_FLOOR_H */
