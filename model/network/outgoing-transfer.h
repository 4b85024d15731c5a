/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OUTGOING_TRANSFER_H
#define OPTICAL_FABRIC_OUTGOING_TRANSFER_H

#include "ns3/packet.h"
#include "ns3/route-table.h"
#include "ns3/transfer-engine.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

class PortEngine;

/**
 * @ingroup optical-fabric
 * @brief A transfer under way, at its source. Packets point to it; the last one frees it.
 */
struct alignas(64) OutgoingTransfer
{
    // A packet that arrives needs the first cache line, one that is made the second.
    Transfer transfer;              ///< what was posted
    uint64_t unaccountedPackets{0}; ///< packets neither delivered nor given up
    uint64_t startPs{0};            ///< when it was posted, ps
    uint64_t failedBytes{0};        ///< payload given up
    uint32_t endpointPs{0};         ///< latencies of source and destination themselves, ps
    bool failed{false};             ///< some of it was given up

    OutgoingTransfer* next{nullptr};      ///< next in the endpoint's queue, or in the free list
    uint64_t unsentBytes{0};              ///< payload not packetised yet
    uint64_t ports{0};                    ///< a bit per port of the source that leads there
    uint32_t path{0};                     ///< path choice of its next packet
    RouteAddress address;                 ///< destination, for the tables
    uint32_t sourceNode{0};               ///< node id of the source
    uint8_t lane{0};                      ///< virtual lane, as transfer has it
    TransferClient* client{nullptr};      ///< who is told; null for a packet of the IP stack
    PortEngine* sourcePort{nullptr};      ///< a port of the source, for what is lost
    PortEngine* destinationPort{nullptr}; ///< a port of the destination, for what is given up
};

static_assert(sizeof(OutgoingTransfer) == 128, "a transfer takes two cache lines");

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OUTGOING_TRANSFER_H */
