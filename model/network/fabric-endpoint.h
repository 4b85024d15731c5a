/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_ENDPOINT_H
#define OPTICAL_FABRIC_FABRIC_ENDPOINT_H

#include "ns3/callback.h"
#include "ns3/fabric-node.h"
#include "ns3/outgoing-transfer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/transfer-lines.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What injects and receives: an NPU die, a CPU, a GPU, a NIC.
 *
 * Transfers wait here as a whole; a packet is made when a port is free and has credit for it,
 * taking the transfers in turn. With spray and adaptive routing any port that leads to the
 * destination serves a transfer; with deterministic and ECMP routing it keeps to one.
 *
 * A packet that is lost comes back here after the resend timeout, and is sent again up to the
 * network's limit; then it is reported to the destination as failed.
 */
class FabricEndpoint : public FabricNode
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// What sends a packet of the IP stack: source endpoint, packet, address, EtherType.
    using PacketSender = Callback<bool, uint32_t, Ptr<Packet>, Address, uint16_t>;

    /**
     * @param index number in the network
     * @param sender what sends packets of the IP stack
     */
    void SetIndex(uint32_t index, PacketSender sender);

    /**
     * @param stream first random stream to use
     * @return streams used
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * Begin a transfer.
     * @param transfer the transfer, its addresses filled in
     * @param nowPs the present, ps
     */
    void Start(OutgoingTransfer* transfer, uint64_t nowPs);
    /**
     * Begin a transfer of one packet that carries a real one.
     * @param transfer the transfer, its addresses filled in, no larger than the MTU
     * @param aside what the packet carries
     * @param nowPs the present, ps
     * @return false if there is no way to the destination
     */
    bool StartPacket(OutgoingTransfer* transfer, const PacketAside& aside, uint64_t nowPs);

    /// @return transfers with packets still to send
    uint64_t GetWaitingTransfers() const;
    /// @return packets that were lost and wait here for a port
    uint64_t GetWaitingResends() const;

    bool ForeseeArrival(const FabricPacket& packet, uint32_t step) const override;
    bool ForeseeOwn(const PortEngine& port, uint32_t step) const override;
    void Receive(FabricPacket* packet) override;
    void Reroute(FabricPacket* packet) override;
    void Account(FabricPacket* packet) override;
    FabricPacket* Pull(const PortEngine& port,
                       uint8_t lane,
                       uint64_t startPs,
                       uint64_t nowPs) override;
    bool HasOwn(const PortEngine& port, uint8_t lane) const override;
    bool SendPacket(FabricPort& port,
                    Ptr<Packet> packet,
                    const Address& destination,
                    uint16_t protocol) override;
    void PortChanged(PortEngine& port) override;
    void SetRoutes(std::shared_ptr<const RouteTable> table) override;
    bool IsSwitch() const override;
    uint64_t GetArrivalLatencyPs() const override;
    uint64_t GetDepartureLatencyPs() const override;
    void Configure(FabricFloor* floor) override;

  protected:
    void DoDispose() override;

  private:
    /// Transfers that take turns, linked in a circle known by its last.
    struct Turn
    {
        OutgoingTransfer* last{nullptr}; ///< its next is the first
        uint64_t size{0};                ///< transfers in the circle
        uint64_t commonPorts{0}; ///< ports that lead to all their destinations, perhaps not all
    };

    /**
     * @param port port number
     * @param lane virtual lane
     * @return the transfers that port serves
     */
    const Turn& TurnOf(uint32_t port, uint8_t lane) const
    {
        const uint32_t i = (m_pinned ? port : 0) * m_floor->lanes + lane;
        return i == 0 ? m_firstTurn : m_moreTurns[i - 1];
    }

    /// @param port port number @param lane virtual lane @return the transfers that port serves
    Turn& TurnOf(uint32_t port, uint8_t lane)
    {
        return const_cast<Turn&>(const_cast<const FabricEndpoint*>(this)->TurnOf(port, lane));
    }

    /// @param visit called with each Turn
    template <typename F>
    void ForEachTurn(F&& visit)
    {
        visit(m_firstTurn);
        for (Turn& turn : m_moreTurns)
        {
            visit(turn);
        }
    }

    /**
     * @param transfer transfer that begins
     * @param nowPs the present, ps
     */
    void Initialize(OutgoingTransfer* transfer, uint64_t nowPs);
    /**
     * Find a transfer's ports, and its path through the network.
     * @param transfer the transfer
     */
    void Route(OutgoingTransfer* transfer);
    /**
     * Let a routed transfer take its turn, or lose it if no port leads there.
     * @param transfer the transfer
     * @param nowPs the present, ps
     */
    void Enter(OutgoingTransfer* transfer, uint64_t nowPs);
    /**
     * As Enter, but wake nobody.
     * @param transfer the transfer; null: nothing is done
     * @param nowPs the present, ps
     * @return a bit per port that it now waits for, or the one behind it if no port leads there
     */
    uint64_t LineUp(OutgoingTransfer* transfer, uint64_t nowPs);
    /**
     * @param transfer transfer with nothing unsent
     * @return the one behind it in line, routed; null if there is none
     */
    OutgoingTransfer* TakeNext(const OutgoingTransfer* transfer);
    /**
     * @param turn circle to add to
     * @param transfer transfer to come last
     */
    static void Append(Turn& turn, OutgoingTransfer* transfer);
    /**
     * @param turn circle that is not empty
     * @return its first, taken out
     */
    static OutgoingTransfer* TakeFirst(Turn& turn);
    /**
     * Tell the client, when the time has come, that the last byte has left.
     * @param transfer the transfer
     * @param delayPs until then, ps
     */
    void NoteSent(const OutgoingTransfer* transfer, uint64_t delayPs);
    /**
     * @param transfer a transfer with something unsent
     * @param startPs when the packet starts, ps
     * @return its next packet
     */
    FabricPacket* MakePacket(OutgoingTransfer* transfer, uint64_t startPs);
    /**
     * Give a packet the way its transfer takes now.
     * @param packet the packet
     */
    void SetPath(FabricPacket* packet) const;
    /**
     * Every packet of a transfer is accounted for, one of them now, here.
     * @param transfer the transfer
     * @param nowPs the present, ps
     */
    void Finish(OutgoingTransfer* transfer, uint64_t nowPs);
    /// Something about ports or routes has changed: find every transfer's ports again.
    void RouteAll();
    /**
     * Wake idle ports.
     * @param ports a bit per port
     * @param nowPs the present, ps
     */
    void KickPorts(uint64_t ports, uint64_t nowPs);

    // What each packet needs, a cache line.
    alignas(64) Turn m_firstTurn;              ///< the first by port (if pinned) and lane
    uint64_t m_nResends{0};                    ///< packets to send again
    uint32_t m_index{0};                       ///< number in the network
    bool m_pinned{false};                      ///< a transfer keeps to one port
    std::vector<Turn> m_moreTurns;             ///< those behind the first
    TransferLines m_lines;                     ///< transfers in order, one behind the other
    std::shared_ptr<const RouteTable> m_table; ///< where to send to
    std::vector<FabricPacket*> m_resends;      ///< packets to send again, per lane, linked
    Ptr<UniformRandomVariable> m_pathDraw;     ///< first path of a transfer
    PacketSender m_sender;                     ///< sends packets of the IP stack
    Time m_arrivalLatency;                     ///< wire to memory
    Time m_departureLatency;                   ///< memory to wire
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_ENDPOINT_H */
