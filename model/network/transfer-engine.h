/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TRANSFER_ENGINE_H
#define OPTICAL_FABRIC_TRANSFER_ENGINE_H

#include "ns3/object.h"
#include "ns3/transfer-symmetry.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

struct TrafficAccount;

/**
 * @ingroup optical-fabric
 * @brief One message from endpoint to endpoint.
 */
struct Transfer
{
    uint32_t source{0};      ///< endpoint that sends, index in the engine's network
    uint32_t destination{0}; ///< endpoint that receives, never the source itself
    uint64_t bytes{0};       ///< payload; 0 sends one packet that is all header
    uint64_t tag{0};         ///< the client's own, carried to the receiver untouched
    uint8_t virtualLane{0};  ///< virtual lane the packets travel on, below the network's count
    uint32_t account{0};     ///< what it is counted under, as of TransferEngine::OpenAccount
};

/**
 * @ingroup optical-fabric
 * @brief What a user of a TransferEngine is told, in the context of the node concerned.
 */
class TransferClient
{
  public:
    virtual ~TransferClient() = default;

    /**
     * The last byte has left the source: its buffer is free again (GOAL's local completion).
     * Runs in the source node's context.
     *
     * @param transfer what was posted
     */
    virtual void OnSent(const Transfer& transfer) = 0;

    /**
     * Some of the transfer was given up: its packets were lost more often than they are sent again.
     * OnReceived follows at once. Runs in the destination node's context. An empty transfer, which
     * has no byte to report as failed, fails in this way alone.
     *
     * @param transfer what was posted
     */
    virtual void OnFailed(const Transfer& transfer)
    {
        (void)transfer;
    }

    /**
     * Every byte has arrived, or was given up. Runs in the destination node's context.
     *
     * @param transfer what was posted
     * @param failedBytes payload reported lost for good; 0 for a complete transfer
     */
    virtual void OnReceived(const Transfer& transfer, uint64_t failedBytes) = 0;
};

/**
 * @ingroup optical-fabric
 * @brief The transfers from an endpoint of a ring to the next one, where nothing else gets into
 * their way.
 */
struct RingHop
{
    uint64_t sentPs{0};    ///< from the post of one to its last byte's departure, ps
    uint64_t arrivalPs{0}; ///< from the post of one until it is there, ps
};

/**
 * @ingroup optical-fabric
 * @brief Moves transfers over a network, at whatever fidelity the implementation has.
 */
class TransferEngine : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// @return the number of endpoints; transfers name them 0 .. n-1
    virtual uint32_t GetNEndpoints() const = 0;

    /**
     * @param endpoint endpoint index
     * @return the id of the node it sits on, the context its client is called in
     */
    virtual uint32_t GetNodeId(uint32_t endpoint) const = 0;

    /**
     * @param source endpoint index
     * @param destination another
     * @return why no transfer can get from one to the other, whatever links are up, naming both;
     *         empty if one can, as it always can if the engine does not say
     */
    virtual std::string ExplainNoPath(uint32_t source, uint32_t destination) const;

    /**
     * Start a transfer now. Called in the source node's context (or before the simulation runs).
     * Refuses an unknown endpoint, source == destination, an unknown virtual lane, or two endpoints
     * that have no path between them even while all links are up (NS_ABORT).
     *
     * @param transfer the message
     * @param client told of its progress; must outlive the transfer
     */
    virtual void Post(const Transfer& transfer, TransferClient* client) = 0;

    /**
     * Let some ranks stand for all: from now on only they post, and a transfer to a rank that
     * another stands for is one to that other as well, and reported with the rank that was posted
     * to. TransferSymmetry::ForEachSender says from whom that other has got something then.
     *
     * @param kind how the ranks' programs are alike
     * @param endpoints endpoint by rank; nobody else posts
     * @param multiple ranks whose distance is no multiple of it are not alike; for PERMUTATION 1
     * @param most how many ranks may act; for PERMUTATION as many as do
     * @return which ranks stand for which; of kind NONE if the engine cannot tell, the network does
     * not look the same from them or more would have to act, and all have to post
     */
    virtual TransferSymmetry AdoptSymmetry(TransferSymmetry::Kind kind,
                                           const std::vector<uint32_t>& endpoints,
                                           uint32_t multiple,
                                           uint32_t most);

    /// @return how closely it looks, for results: "packet", "flow" or "hybrid"
    virtual std::string GetFidelity() const = 0;

    /// Bring the counters of the network's ports up to date, if they are not always.
    virtual void UpdateCounters();

    /**
     * Open an account, so that latencies of transfers posted under it are told apart from others.
     * @return its number, for Transfer::account; 0, which is there from the start and is that of
     * whoever opens none, if the engine keeps no accounts
     */
    virtual uint32_t OpenAccount();

    /**
     * @param account number of an account
     * @return what was measured of its transfers so far; null if the engine keeps no such account.
     * Valid until the next one is opened.
     */
    virtual const TrafficAccount* GetAccount(uint32_t account) const;

    /**
     * As Post, where ranks stand for others: of the transfers that this one stands for, itself
     * included, some have a byte less. All take the time of this one; bytes are counted as they
     * are. Aborts in an engine in which no rank stands for others.
     *
     * @param transfer the message, not empty
     * @param shorter how many have a byte less; fewer than it stands for
     * @param client told of its progress; must outlive the transfer
     */
    virtual void PostUnequal(const Transfer& transfer, uint32_t shorter, TransferClient* client);

    /**
     * What transfers take that all endpoints of a ring send to the next one, if all have the rate
     * that they have alone, however many are under way at a time. Who has been told so may count
     * them (CountHop) and need not post them; links must not change from then on.
     *
     * @param endpoints endpoints of the ring, in its order
     * @param bytes payload of each transfer
     * @return by endpoint; nothing if some get into each other's way, or the engine cannot tell
     */
    virtual std::vector<RingHop> FindFreeRing(const std::vector<uint32_t>& endpoints,
                                              uint64_t bytes);

    /**
     * Count transfers that went between two endpoints of a ring and were not posted.
     * @param transfer one of them
     * @param hop what FindFreeRing said of it
     * @param count how many there were
     */
    virtual void CountHop(const Transfer& transfer, const RingHop& hop, uint64_t count);
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TRANSFER_ENGINE_H */
