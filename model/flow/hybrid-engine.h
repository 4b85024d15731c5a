/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_HYBRID_ENGINE_H
#define OPTICAL_FABRIC_HYBRID_ENGINE_H

#include "ns3/callback.h"
#include "ns3/flow-engine.h"
#include "ns3/latency-histogram.h"
#include "ns3/transfer-engine.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

class HybridEngine;

/**
 * @ingroup optical-fabric
 * @brief A transfer that a HybridEngine sends packet by packet: stands between packets and client.
 */
class PacketTransfer : public TransferClient
{
  public:
    void OnSent(const Transfer& transfer) override;
    void OnFailed(const Transfer& transfer) override;
    void OnReceived(const Transfer& transfer, uint64_t failedBytes) override;

  private:
    friend class HybridEngine;

    HybridEngine* m_engine{nullptr};   ///< engine that moves it; must outlive the simulation
    TransferClient* m_client{nullptr}; ///< who is told
    Transfer m_transfer;               ///< what was posted
    uint32_t m_pair{0};                ///< pair of its shadow among the flows
    uint64_t m_startPs{0};             ///< when it was posted, ps
    bool m_sent{false};                ///< OnSent has come
    bool m_received{false};            ///< OnReceived has come
    bool m_failed{false};              ///< some of it was given up
};

/**
 * @ingroup optical-fabric
 * @brief Sends chosen transfers over a FabricNetwork packet by packet and all others as flows,
 * which take bandwidth from one another: tails from packets, load from flows.
 *
 * Among the flows a chosen transfer takes its max-min fair share of the links on its way for as
 * many bytes as it has (a shadow, see FlowShadows). The packets have on each link what the flows
 * leave: they are sent at that rate, as if the link were slower, and what this takes longer counts
 * as queueing. So packets meet the load of all transfers, and the queues of chosen ones. They do
 * not meet queues that flows would have if they were packets.
 *
 * If none is chosen, all is as with FlowEngine; if all are, as with the network's packets.
 * Everything posted, received or failed is counted in the network's totals, as with either.
 */
class HybridEngine : public TransferEngine
{
  public:
    /// Which transfers go packet by packet.
    struct Packets
    {
        /// The rules.
        enum Kind : uint8_t
        {
            EVERY, ///< of those of each source, one of so many
            SMALL  ///< those of at most so many bytes
        };
    };

    /// Says of a transfer whether it goes packet by packet.
    using Choice = Callback<bool, const Transfer&>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    HybridEngine();
    ~HybridEngine() override;

    /**
     * @param network network to run on, built, with route tables; nobody else posts to it. Aborts
     *        on a second call, or if it has none.
     */
    void SetNetwork(Ptr<FabricNetwork> network);
    /// @return the network
    Ptr<FabricNetwork> GetNetwork() const;
    /// @return the engine that moves the flows; its attributes are those of FlowEngine
    Ptr<FlowEngine> GetFlows() const;

    /// @param choice decides from now on, instead of the attribute Packets; null: that decides
    void SetChoice(Choice choice);

    uint32_t GetNEndpoints() const override;
    uint32_t GetNodeId(uint32_t endpoint) const override;
    std::string ExplainNoPath(uint32_t source, uint32_t destination) const override;
    void Post(const Transfer& transfer, TransferClient* client) override;
    std::string GetFidelity() const override;
    void UpdateCounters() override;
    uint32_t OpenAccount() override;
    const TrafficAccount* GetAccount(uint32_t account) const override;

    /// @return transfers so far that went packet by packet
    uint64_t GetPacketTransfers() const;
    /// @return transfers so far that went as flows
    uint64_t GetFlowTransfers() const;
    /// @return time from posting to the last byte received, of transfers by packets that lost
    /// nothing
    const LatencyHistogram& GetPacketTransferLatency() const;

  protected:
    void DoDispose() override;

  private:
    friend class PacketTransfer;

    /// @param transfer what is posted @return true if it goes packet by packet
    bool IsChosen(const Transfer& transfer);
    /// @return true if flows are under way, or links are not yet told that none is
    bool HasFlows() const;
    /// Rates have been looked at: begin what has waited for that.
    void OnSettled();
    /// @param transfer whose packets begin
    void Begin(PacketTransfer* transfer);
    /// @param transfer that is there @param failedBytes payload lost for good
    void Finish(PacketTransfer* transfer, uint64_t failedBytes);
    /// @param transfer of which nobody will be told any more
    void Release(PacketTransfer* transfer);

    Ptr<FabricNetwork> m_network;             ///< network it runs on
    Ptr<FlowEngine> m_flows;                  ///< moves all others
    Choice m_choice;                          ///< decides, unless null
    Packets::Kind m_packets{Packets::EVERY};  ///< rule that decides otherwise
    uint64_t m_every{100};                    ///< one in so many
    uint64_t m_mostBytes{4096};               ///< payload of a small one, at most
    std::vector<uint64_t> m_posted;           ///< transfers so far, by source
    std::deque<PacketTransfer> m_transfers;   ///< by packets, in use or free
    std::vector<PacketTransfer*> m_free;      ///< those that are free
    std::vector<PacketTransfer*> m_waiting;   ///< those that begin with the next settlement
    uint64_t m_underWay{0};                   ///< begun and not received
    uint64_t m_packetTransfers{0};            ///< posted by packets
    uint64_t m_flowTransfers{0};              ///< posted as flows
    LatencyHistogram m_packetTransferLatency; ///< of those by packets
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_HYBRID_ENGINE_H */
