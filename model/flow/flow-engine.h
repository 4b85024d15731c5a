/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_ENGINE_H
#define OPTICAL_FABRIC_FLOW_ENGINE_H

#include "ns3/event-pool.h"
#include "ns3/fabric-network.h"
#include "ns3/fair-share.h"
#include "ns3/finish-queue.h"
#include "ns3/flow-lanes.h"
#include "ns3/flow-pair.h"
#include "ns3/flow-routes.h"
#include "ns3/flow-shadows.h"
#include "ns3/flow-symmetry.h"
#include "ns3/flow-transfer.h"
#include "ns3/packet-walk.h"
#include "ns3/transfer-engine.h"
#include "ns3/transfer-gate.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

class FlowWake;

/**
 * @ingroup optical-fabric
 * @brief Moves transfers over a FabricNetwork as flows: each takes a max-min fair share of the
 * links on its way (Bertsekas and Gallager, Data Networks, 2nd edition, section 6.5.2), and there
 * are events only when flows begin or end, or a link changes.
 *
 * Network, routes, link states, faults and totals are those of the FabricNetwork, so that a run can
 * be checked against the packet engine. A flow begins when its transfer is posted, and its last
 * byte arrives the latency of the longest path after it has left. What packets add to that is
 * counted where it is certain: whole packets over several ports, and storing in switches. Virtual
 * lanes share a link, and credit bounds what it carries (FlowLanes). Queues and the ways in which
 * packets get into each other's way are what flows do not have.
 *
 * A link that is down carries nothing; flows over it stand still until routing has noticed, as the
 * network's delays have it. A transfer to which no way is left fails after (MaxResends + 1) times
 * ResendTimeout.
 *
 * Where a collective treats all ranks alike, and the network does, a few ranks stand for all (see
 * FlowSymmetry); results are the same. Links must not change then: the engine aborts if one does.
 */
class FlowEngine : public TransferEngine
{
  public:
    /// What the engine has done so far.
    struct Counters
    {
        uint64_t settles{0};     ///< times at which rates were looked at
        uint64_t rateChanges{0}; ///< pairs whose rate changed, summed over these
        uint64_t reloads{0};     ///< times that all paths were found anew
    };

    /// What has happened that makes times approximate.
    struct Approximations
    {
        bool isCreditLimited{false}; ///< credit has let a link carry less than its rate (FlowLanes)
        bool hasUnequalPorts{false}; ///< beyond a transfer's ports ways were not equally fast
        /// The ports of a source carried more than a way beyond them, so that packets would leave
        /// it faster than they arrive.
        bool hasSlowerWays{false};
        bool sharesLinks{false}; ///< a transfer had less of a link than it would have had alone
        /// Transfers to the same destination were under way at once and took turns (TransferOrder):
        /// which of them are is a matter of picoseconds.
        bool hasTurns{false};
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FlowEngine();
    ~FlowEngine() override;

    /**
     * @param network network to run on, built; nobody else posts to it. Aborts on a second call.
     */
    void SetNetwork(Ptr<FabricNetwork> network);
    /// @return the network
    Ptr<FabricNetwork> GetNetwork() const;

    uint32_t GetNEndpoints() const override;
    uint32_t GetNodeId(uint32_t endpoint) const override;
    std::string ExplainNoPath(uint32_t source, uint32_t destination) const override;
    void Post(const Transfer& transfer, TransferClient* client) override;
    void PostUnequal(const Transfer& transfer, uint32_t shorter, TransferClient* client) override;
    TransferSymmetry AdoptSymmetry(TransferSymmetry::Kind kind,
                                   const std::vector<uint32_t>& endpoints,
                                   uint32_t multiple,
                                   uint32_t most) override;
    std::vector<RingHop> FindFreeRing(const std::vector<uint32_t>& endpoints,
                                      uint64_t bytes) override;
    void CountHop(const Transfer& transfer, const RingHop& hop, uint64_t count) override;
    std::string GetFidelity() const override;
    void UpdateCounters() override;
    uint32_t OpenAccount() override;
    const TrafficAccount* GetAccount(uint32_t account) const override;

    /**
     * @param source endpoint
     * @param destination another endpoint
     * @param lane virtual lane
     * @return rate of each transfer between them that is being sent, byte/s; 0 without any
     */
    double GetRate(uint32_t source, uint32_t destination, uint8_t lane = 0) const;

    /**
     * @param link number of a link of the network
     * @param direction 0 or 1
     * @return bytes that have left by it so far
     */
    double GetLinkBytes(uint32_t link, uint32_t direction);

    /// @return what the engine has done so far
    const Counters& GetCounters() const;

    /// @return what has happened that flows do not do as packets do: doc/flow-engine.rst, Warnings
    Approximations GetApproximations() const
    {
        Approximations all = m_approximations;
        all.isCreditLimited = m_lanes.IsCreditLimited();
        return all;
    }

    /**
     * From now on there may be shadows: transfers that go over the same network packet by packet,
     * and share its links with the flows (see FlowShadows). After SetNetwork, before the first
     * transfer; all ranks act for themselves then.
     * @param whenSettled called whenever rates have been looked at, and links have been told
     */
    void UseShadows(Callback<void> whenSettled);

    /**
     * A transfer begins that packets carry. Its shadow ends when it has had its bytes.
     * @param transfer the transfer; source, destination and lane are known to be allowed
     * @param settlesNow look at the rates before time goes on, whatever SettleSpacing says
     * @return its pair, for CloseShadow
     */
    uint32_t AddShadow(const Transfer& transfer, bool settlesNow);

    /// @param pair what AddShadow returned; the packets of that transfer are there, or given up
    void CloseShadow(uint32_t pair);

    /// @return whether some link has less for packets than it carries
    bool HasBackground() const;

    /**
     * From now on transfers begin when a gate lets them. What is under way when paths change goes
     * on over the new ones at once. After SetNetwork, before the first transfer; all ranks act for
     * themselves then. Not together with UseShadows. Aborts otherwise.
     * @param gate the gate; must outlive the simulation
     */
    void SetGate(TransferGate* gate);

    /// @return whether a gate says when transfers begin
    bool HasGate() const;

  protected:
    void DoDispose() override;

  private:
    friend class FlowTransfer;
    friend class FlowWake;

    static constexpr uint64_t NEVER = UINT64_MAX; ///< no wake-up pending
    static constexpr uint32_t NO_WAY = 0;         ///< resource of what has no path: it has nothing
    static constexpr uint32_t MAX_PORTS = 64;     ///< of an endpoint

    /// Which port of a source is next.
    struct SourceTurn
    {
        uint64_t busyPs{0};  ///< until when its ports are busy, about, ps
        uint64_t packets{0}; ///< that they have taken since they were last idle
    };

    /// @param source endpoint, below 2^27 @param destination likewise @param lane virtual lane
    /// @param shadow it is a pair of shadows @param part see FlowPair @return all as one
    static uint64_t GetKey(uint32_t source,
                           uint32_t destination,
                           uint8_t lane,
                           bool shadow,
                           uint32_t part)
    {
        return uint64_t{shadow} << 63 | uint64_t{lane} << 59 | uint64_t{source} << 32 |
               uint64_t{part} << 27 | destination;
    }

    /// @param pair a pair @return its key
    static uint64_t GetKey(const FlowPair& pair)
    {
        return GetKey(pair.source, pair.destination, pair.lane, pair.shadow, pair.part);
    }

    /// @return the present, ps
    uint64_t Now() const;
    /// @param bytes payload @return size on the wire, bytes
    uint64_t GetWireBytes(uint64_t bytes) const;
    /// @param bytes payload @return packets that it would make
    uint64_t GetPackets(uint64_t bytes) const;
    /**
     * What a transfer takes longer than its bytes at its rate because it is whole packets.
     * @param pair its pair
     * @param bytes payload
     * @param sinceEndPs time since the flow has ended, a fraction of a picosecond
     * @return from now to the end of the last packet, ps
     */
    uint64_t GetTailPs(const FlowPair& pair, uint64_t bytes, double sinceEndPs) const;
    /**
     * @param pair a transfer's pair
     * @param bytes payload
     * @return what its last packet takes longer because switches store it, or cannot send it on
     *         faster than it comes, ps
     */
    uint64_t GetStorePs(const FlowPair& pair, uint64_t bytes) const;
    /// @param transfer a transfer @param shadow packets carry it @param part see FlowPair
    /// @return its pair, made if there is none
    uint32_t FindPair(const Transfer& transfer, bool shadow, uint32_t part = 0);
    /// @param source endpoint @param destination endpoint @param lane virtual lane @param part see
    /// FlowPair; sets m_path, and m_uses in the solver's terms
    void FindPath(uint32_t source, uint32_t destination, uint8_t lane, uint32_t part = 0);
    /// @param pair whose path was found
    void TakePath(FlowPair& pair);
    /// @param id pair; find its path anew
    void FindPathAgain(uint32_t id);
    /// Let pairs that have been idle for long go, if there are many.
    void ForgetIdle();
    /// @param id pair that has nothing to send any more
    void NoteIdle(uint32_t id);
    /// @param id pair whose next end has to be looked at
    void Touch(uint32_t id);
    /// @param id pair; what it has carried is put on the links
    void Bill(uint32_t id);
    /// Do so for all pairs.
    void BillAll();
    /// @return bundles that the solver's resources are
    const FlowBundles& GetBundles() const;
    /// @param link directed link @return the bundle that it or its orbit is in, or
    /// FlowBundles::NONE
    uint32_t FindBundle(uint32_t link) const;
    /// @param bytes payload of a transfer that m_path is the way of
    /// @return what it takes if nothing else is under way
    RingHop GetFreeHop(uint64_t bytes);
    /// @param transfer was posted @param client told of it @return the flow
    FlowTransfer* PostFlow(const Transfer& transfer, TransferClient* client);
    /// @param transfer is all there, and stands for others @param shorter of these have a byte less
    /// than was counted
    void CountShorter(const Transfer& transfer, uint32_t shorter);
    /// @param flow posted by its pair; let it begin, now or when the gate says
    void PassGate(FlowTransfer* flow);
    /// @param flow was held; let it begin, unless it has to pass again as paths have changed
    void EndHold(FlowTransfer* flow);
    /// @param flow would arrive if nothing held it up @return false if it will later
    bool PassLate(FlowTransfer* flow);
    /// @param flow goes another way from now on, and does not wait for that
    void ChangeTicket(FlowTransfer* flow);
    /// Paths have changed: do so with all that is under way.
    void ChangeTickets();
    /// @param flow begins now
    void Begin(FlowTransfer* flow);
    /// @param id pair @param flow of it, that begins now @param wireBytes size on the wire, bytes
    void Insert(uint32_t id, FlowTransfer* flow, double wireBytes);
    /// @param flow has left its source: tell who posted it, once
    static void TellSent(FlowTransfer* flow);
    /// @param flow is all there, or was given up: tell who posted it
    void Finish(FlowTransfer* flow);
    /**
     * @param transfer begins @param packets of it @param wireBytes its size on the wire, byte
     * @return packets that its source's ports have taken before it, since they were last idle
     */
    uint64_t TakeTurn(const Transfer& transfer, uint64_t packets, double wireBytes);
    /// @param transfer goes by parts @param parts how many @param packets of it @param before see
    /// TakeTurn @return packets of each part
    std::vector<uint64_t> DividePackets(const Transfer& transfer,
                                        uint32_t parts,
                                        uint64_t packets,
                                        uint64_t before);
    /// @param whole transfer that goes by parts from now on @param bytes payload that it still has
    /// to send @param wireBytes the same on the wire, bytes @param parts how many
    void BeginParts(FlowTransfer* whole, uint64_t bytes, double wireBytes, uint32_t parts);
    /// @param id pair @param flow part of a transfer that has just ended, and was taken out
    /// @return whether it goes on with what another part has left
    bool TakeOver(uint32_t id, FlowTransfer* flow);
    /// @param flow part of a transfer: it has left its source, as far as that waits for it
    static void NoteLeft(FlowTransfer* flow);
    /// @param flow part of a transfer, that has ended: what others still carry waits in switches
    void NoteHeld(FlowTransfer* flow);
    /// @param flow part of a transfer that is of no use any more
    void ReleasePart(FlowTransfer* flow);
    /// @param flow part of a transfer, whose event has come
    void NotifyPart(FlowTransfer* flow);
    /// @param id pair of whole transfers; paths have changed: divide what is left of them anew
    /// @param before parts that there were
    void DivideAgain(uint32_t id, uint32_t before);
    /**
     * @param transfer for the gate
     * @return the links that it takes, by hops from the source; empty if there is no way
     */
    std::vector<PathStage> FindStages(const Transfer& transfer);
    /// @param endpoint that a transfer is for @return the endpoint that stands for it
    uint32_t GetReceiver(uint32_t endpoint) const;
    /// @param source endpoint @return how many transfers one of its transfers stands for
    uint32_t GetCopies(uint32_t source) const;
    /// @param changed pairs whose rate has changed @return how many rates that stands for
    uint64_t CountRates(const FairShare::Ids& changed) const;
    /// Take note of bundles made since the last time.
    void AddBundles();
    /// Find all paths anew.
    void Reload();

    /// Let rates be looked at when credit is used up next.
    void ScheduleCredit();
    /// Some is.
    void OnCredit();
    /// Let rates be looked at before time goes on.
    void RequestSettle();
    /// Look at the rates, and at who ends next.
    void Settle();
    /// @param nowPs the present, ps; take new rates over for the pairs touched, and find their ends
    void LookAtEnds(uint64_t nowPs);
    /// @param atPs when flows are to be ended, ps @param nowPs the present, ps
    void ScheduleEnd(uint64_t atPs, uint64_t nowPs);
    /// End the flows that end now.
    void EndFlows();
    /// @param id pair @param nowPs the present, ps; end its flows that end now
    void EndFlowsOf(uint32_t id, uint64_t nowPs);
    /// @param transfer event that has come
    void Notify(FlowTransfer* transfer);
    /// @param transfer to be scheduled @param delayPs from now @param endpoint in whose context
    void Schedule(FlowTransfer* transfer, uint64_t delayPs, uint32_t endpoint);

    /// @param id pair that has lost its way, or has something to send and none
    void Strand(uint32_t id);
    /// @return how long a transfer waits for a way, ps
    uint64_t GetPatiencePs() const;
    /// @param key a pair's @param sincePs ps; what was posted by then has left its source, lost
    void LoseSent(uint64_t key, uint64_t sincePs);
    /// @return from when a link is found to have failed to when paths are found anew, ps
    uint64_t GetConvergencePs() const;
    /// @param pair whose way is open in part @param bytes payload of a transfer @return what its
    /// packets wait to be sent again, until one gets through the last time, ps
    uint64_t GetResendPs(const FlowPair& pair, uint64_t bytes) const;
    /// @param key a pair's; fail what has had no way for too long
    void LosePatience(uint64_t key);
    /// @param nowPs the present, ps; let links have for packets what the flows leave
    void UpdateShadows(uint64_t nowPs);

    /// @param engine this @param link its number @param direction which changed @param state to
    /// what
    static void OnState(FlowEngine* engine,
                        uint32_t link,
                        uint32_t direction,
                        const LinkState& state);
    /// @param link a link that was found to have failed or come back @param up which
    void OnDetected(Ptr<FabricLink> link, bool up);
    /// @param classes classes of endpoints @param tables different tables; there are new paths
    void OnRoutes(uint32_t classes, uint32_t tables);

    Ptr<FabricNetwork> m_network;                     ///< network it runs on
    FabricFloor* m_floor{nullptr};                    ///< what the network's parts share
    RouteFinder m_finder;                             ///< shortest paths, as routing knows them
    FlowRoutes m_routes;                              ///< paths of flows
    std::unique_ptr<FairShare> m_solver;              ///< rates
    FlowLanes m_lanes;                                ///< its resources
    FinishQueue m_ends;                               ///< which pair's next flow ends when
    EventPool<FlowTransfer> m_pool;                   ///< transfers
    std::vector<FlowPair> m_pairs;                    ///< by class of the solver
    std::vector<uint32_t> m_recent;                   ///< pair found last, by source
    std::unordered_map<uint64_t, uint32_t> m_known;   ///< pair by endpoints
    std::deque<std::pair<uint32_t, uint64_t>> m_idle; ///< pairs that fell idle, and when, once each
    uint64_t m_idleStamp{0};                          ///< times that a pair fell idle
    std::vector<uint32_t> m_touched;                  ///< pairs whose next end is to be looked at
    std::vector<uint32_t> m_ending;                   ///< pairs with a flow that ends now
    std::vector<double> m_bundleBytes;        ///< what each link of a bundle has carried, byte
    std::vector<double> m_linkBytes;          ///< by directed link, before the last Reload
    bool m_useSymmetry{true};                 ///< let ranks stand for others
    std::unique_ptr<FlowSymmetry> m_symmetry; ///< which do; null: none
    FlowBundles m_folded;                     ///< bundles of orbits, with m_symmetry
    std::vector<uint32_t> m_ranks;            ///< rank by endpoint, with m_symmetry
    bool m_hasFreeRing{false};                ///< FindFreeRing has told of one
    std::vector<LinkShare> m_shares;          ///< for FindPath
    FlowPath m_path;                          ///< path found last
    std::vector<FairShare::Use> m_uses;       ///< what it takes of the solver's resources
    Ptr<FlowWake> m_settleWake;               ///< event that settles
    Ptr<FlowWake> m_endWake;                  ///< event that ends flows
    Ptr<FlowWake> m_creditWake;               ///< event that comes when credit is used up
    uint64_t m_creditAtPs{NEVER};             ///< when it comes next, ps
    std::unique_ptr<FlowShadows> m_shadows;   ///< transfers that go by packets; null: none do
    Callback<void> m_whenSettled;             ///< told of every settlement, with m_shadows
    TransferGate* m_gate{nullptr};            ///< lets transfers begin; null: they do at once
    std::unique_ptr<PacketWalk> m_walk;       ///< what few packets take, with m_gate
    uint64_t m_endAtPs{NEVER};                ///< when it comes next, ps
    uint64_t m_billedPs{NEVER};               ///< time of the last BillAll, ps
    Time m_settleSpacing;                     ///< least time between settlements, by rates changed
    uint64_t m_settleAfterPs{0};              ///< no settlement before, ps
    bool m_settlePending{false};              ///< rates will be looked at
    bool m_reloadDue{false};                  ///< and before that all paths, from the network
    bool m_finderDue{false};                  ///< and then its paths too
    bool m_repathDue{false};                  ///< and before that all paths
    size_t m_nSplits{0};                      ///< splits of bundles seen
    std::vector<SourceTurn> m_turns;          ///< by source; empty before the first with parts
    Approximations m_approximations;          ///< see GetApproximations
    Counters m_counters;                      ///< what the engine has done
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_ENGINE_H */
