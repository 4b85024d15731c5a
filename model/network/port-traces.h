/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PORT_TRACES_H
#define OPTICAL_FABRIC_PORT_TRACES_H

#include "ns3/fabric-packet.h"
#include "ns3/nstime.h"
#include "ns3/outgoing-transfer.h"
#include "ns3/traced-callback.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What trace sinks are told about a packet.
 */
struct PacketView
{
    uint32_t source;      ///< endpoint that sent it
    uint32_t destination; ///< endpoint it is for
    uint32_t wireBytes;   ///< payload and header
    uint8_t lane;         ///< virtual lane

    /**
     * @param packet a packet
     * @return what trace sinks are told
     */
    static PacketView Of(const FabricPacket* packet)
    {
        const Transfer& transfer = packet->m_transfer->transfer;
        return {transfer.source, transfer.destination, packet->m_wireBytes, packet->m_lane};
    }
};

/**
 * @ingroup optical-fabric
 * @brief The trace sources of a port, named as point-to-point has them where they mean the same.
 */
struct PortTraces
{
    TracedCallback<const PacketView&> macTx;      ///< accepted for sending
    TracedCallback<const PacketView&> macTxDrop;  ///< refused
    TracedCallback<const PacketView&> macRx;      ///< delivered to the endpoint
    TracedCallback<const PacketView&> phyTxBegin; ///< put on the link
    TracedCallback<const PacketView&> phyTxDrop;  ///< the link gave up repeating it
    TracedCallback<const PacketView&> phyRxEnd;   ///< arrived in one piece
    TracedCallback<const PacketView&> phyRxDrop;  ///< arrived damaged, or its link went down
    TracedCallback<uint8_t, bool> creditStall;    ///< lane out of credit: begins or ends
    TracedCallback<uint32_t, bool> retry;         ///< repeats of a frame, and whether in vain
    TracedCallback<uint32_t> answerDamaged;       ///< requests and acknowledgments damaged
    TracedCallback<uint32_t> retryTimeout;        ///< repeats for want of an answer
    TracedCallback<Time, Time> retrain;           ///< begin and length of a retraining
    TracedCallback<Time, Time> replayStall;       ///< begin and length of a full replay buffer
    TracedCallback<bool> linkUp;                  ///< link up or down
    TracedCallback<uint32_t> queue;               ///< packets waiting, all lanes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PORT_TRACES_H */
