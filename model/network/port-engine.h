/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PORT_ENGINE_H
#define OPTICAL_FABRIC_PORT_ENGINE_H

#include "ns3/credit-ring.h"
#include "ns3/fabric-floor.h"
#include "ns3/fabric-packet.h"
#include "ns3/foreseen-event.h"
#include "ns3/link-retry.h"
#include "ns3/link-state.h"
#include "ns3/port-queue.h"

#include <memory>

namespace ns3
{
namespace opticalfabric
{

class FabricNode;
class FabricPort;
class LinkRest;
struct PortTraces;

/**
 * @ingroup optical-fabric
 * @brief The packet side of a port: an output with its queues and credits, and the input beside it.
 *
 * It is the port's wake-up event as well, so that the scheduler, which fetches what runs next into
 * the cache, fetches the state a transmission needs.
 *
 * The output sends at once if it is idle and the far end has room; else packets queue, per input
 * and virtual lane, and one pending event wakes the port when it is free or when credit arrives.
 * The input's buffer is accounted for by the credits of the far end: a packet that came in by this
 * port holds that space until its last bit has left the node; then ReleaseBuffer writes the credit.
 *
 * A frame that no error hits and no replay buffer holds up costs nothing for link-level retry but
 * to count it, where frames can be damaged at all. The others are LinkRetry's.
 */
class alignas(64) PortEngine : public ForeseenEvent
{
  public:
    /// Counters of the sending direction.
    struct Counters : LinkRetry::Counters
    {
        uint64_t packets{0};       ///< packets put on the link, repeats not counted
        uint64_t wireBytes{0};     ///< their bytes, and those of flows
        uint64_t lost{0};          ///< packets lost on the link
        uint64_t creditStallPs{0}; ///< time with something to send and no credit, all lanes, ps
    };

    /// @param port device it serves
    explicit PortEngine(FabricPort* port);
    ~PortEngine() override;

    /// The device goes. The event may still be in the simulator's queue; it then
    /// does nothing.
    void Forget();

    /**
     * Make ready to run: lanes, buffers, credits.
     * @param floor what the network shares
     * @param owner node behind the port
     * @param number number of the port there
     * @param peer other end of the link
     */
    void Configure(FabricFloor* floor, FabricNode* owner, uint16_t number, PortEngine* peer);
    /**
     * The sending direction changes; in force from the next packet on.
     * @param state state of the sending direction
     * @param reverse state of the receiving direction
     * @param retry how damaged frames are repeated
     */
    void SetLinkState(const LinkState& state, const LinkState& reverse, const RetryRule& retry);
    /**
     * Others take a part of the sending direction's time; in force from the next packet on.
     * SetLinkState on either end ends it.
     * @param share which part, 0 to below 1
     */
    void SetBackground(double share);
    /// @param up the link comes up, or goes down with all that is on it; now
    void SetLinkUp(bool up);
    /// @param usable whether routing may use the port
    void SetUsable(bool usable);
    /**
     * @param errors random stream for damaged frames
     * @param answers random stream for requests and acknowledgments damaged on their way back here
     */
    void SetStreams(int64_t errors, int64_t answers);
    /// @param drainAtPs where the owner keeps the time by which this output will
    /// have sent all
    void SetBacklogClock(uint64_t* drainAtPs);
    /// @param traces trace sources, or null while none is connected
    void SetTraces(PortTraces* traces);
    /**
     * @param rest who is asked before this port sends while its link rests, and outlives the
     *             simulation; null: nobody, and it never rests
     * @param link number of the link, told with each question
     */
    void SetRest(LinkRest* rest, uint32_t link);
    /// Ask before the next packet is sent. Nothing happens to one that is on its way.
    void Rest();
    /// @return true if something waits here, or at the node, to be sent by this port
    bool HasToSend() const;
    /**
     * @return time by which the last bit of what was decided on so far is at the far end, ps; 0 if
     *         nothing was ever sent
     */
    uint64_t GetUsedUntilPs() const;

    /**
     * The event of a packet that travels to this port.
     * @param packet the packet
     */
    void Handle(FabricPacket* packet);
    /**
     * Send a packet by this port, now or when its turn comes.
     * @param packet the packet; m_atPs is the present, m_port the port it came in by (null: none)
     */
    void Accept(FabricPacket* packet);
    /**
     * The node may have something of its own to send: look if idle.
     * @param nowPs the present, ps
     */
    void Kick(uint64_t nowPs);
    /**
     * A packet that came in by this port no longer needs the buffer.
     * @param lane virtual lane
     * @param bytes space
     * @param atPs from when the space is free, ps
     * @param nowPs the present, ps
     */
    void ReleaseBuffer(uint8_t lane, uint32_t bytes, uint64_t atPs, uint64_t nowPs);

    /// Fetch what Accept works on into the cache.
    [[gnu::always_inline]] void Prefetch() const
    {
        const char* address = reinterpret_cast<const char*>(this);
        __builtin_prefetch(address, 1);
        __builtin_prefetch(address + 64, 1);
        __builtin_prefetch(address + 128, 1);
    }

    /// Fetch what ReleaseBuffer works on into the cache.
    [[gnu::always_inline]] void PrefetchInput() const
    {
        __builtin_prefetch(&m_owner, 1);
        __builtin_prefetch(&m_firstReturning + 1, 1);
    }

    /**
     * Fetch the queue that a packet would join into the cache.
     * @param input number of the input it comes from
     */
    [[gnu::always_inline]] void PrefetchQueue(uint32_t input) const
    {
        m_firstLane.queue.PrefetchList(input);
    }

    /**
     * A packet is about to arrive: fetch what Handle works on into the cache.
     * @param packet the packet
     * @param step as of ForeseenEvent::Foresee
     * @return true if the next step is wanted
     */
    bool ForeseeArrival(const FabricPacket& packet, uint32_t step) const;
    bool Foresee(uint32_t step) const override;

    /// @return true if routing may use the port
    bool IsUsable() const
    {
        return m_usable;
    }

    /// @return true if the link is up
    bool IsUp() const
    {
        return (m_closed & DOWN) == 0;
    }

    /// @param bytes what an engine that sends no packets has put on the link so far
    void SetFlowBytes(uint64_t bytes)
    {
        m_flowBytes = bytes;
    }

    /// @return size of a full frame, bytes
    uint32_t GetFullBytes() const
    {
        return m_floor->mtuBytes + m_floor->headerBytes;
    }

    /// @return number of the port at its node
    uint16_t GetNumber() const
    {
        return m_number;
    }

    /// @return the device it serves
    FabricPort* GetDevice() const
    {
        return m_device;
    }

    /// @return packets waiting to be sent, all lanes
    uint32_t GetQueued() const
    {
        return m_queued;
    }

    /**
     * @param bytes size on the wire
     * @return time to clock it out, ps, rounded to the nearest
     */
    uint64_t SerializationPs(uint32_t bytes) const
    {
        return ClockOutPs(m_byteTime, bytes);
    }

    /**
     * Frames that follow one another carry what rounding adds, so that the last of them ends within
     * half a ps of its exact end.
     * @param bytes size on the wire of the next frame
     * @param startPs when it starts, ps
     * @return when it ends, ps
     */
    uint64_t GetFrameEndPs(uint32_t bytes, uint64_t startPs) const
    {
        return startPs + static_cast<uint64_t>(FrameClock(bytes, startPs) >> 32);
    }

    /**
     * @param bytes size on the wire
     * @param out an output of the same node
     * @return time by which a faster output must hold back what comes in here, ps
     */
    uint64_t HoldBackPs(uint32_t bytes, const PortEngine& out) const
    {
        // Equal rates are equal as floats; what rounding makes equal differs by less than a ps.
        if (__builtin_expect(m_receiveByteTime <= static_cast<float>(out.m_byteTime), 1))
        {
            return 0;
        }
        return m_peer->SerializationPs(bytes) - out.SerializationPs(bytes);
    }

    /**
     * @param bytes size on the wire
     * @param out an output of the same node
     * @return what of HoldBackPs is due to the background of what comes in here, ps
     */
    uint64_t HoldBackgroundPs(uint32_t bytes, const PortEngine& out) const;

    /// @return counters so far
    Counters GetCounters() const;
    /**
     * @param lane virtual lane
     * @return buffer space of the far end that is not taken up, or is being freed, bytes
     */
    uint64_t GetCredits(uint8_t lane) const;
    /**
     * @param lane virtual lane
     * @return true if something waits for credit
     */
    bool IsStalled(uint8_t lane) const;

    /**
     * @param lane virtual lane
     * @param visit called with the port (null: none) that each packet waiting here came in by
     */
    template <typename F>
    void ForEachWaiting(uint8_t lane, F&& visit) const
    {
        GetLane(lane).queue.ForEach([&visit](FabricPacket* packet) { visit(packet->m_port); });
    }

  protected:
    void Notify() override;

  private:
    /// The sending side of a virtual lane.
    struct Lane
    {
        uint32_t credits{0};        ///< buffer space known to be free at the far end, bytes
        bool stalled{false};        ///< something waits for credit
        PortQueue queue;            ///< packets waiting
        uint64_t stalledSincePs{0}; ///< start of the present stall, ps
        uint64_t stalledTotalPs{0}; ///< earlier stalls, ps
    };

    /// Why nothing is sent, whoever waits; a bit each.
    enum Closed : uint8_t
    {
        DOWN = 1,        ///< the link is down
        RETRAINING = 2,  ///< it retrains, and a frame waits to be sent again
        REPLAY_FULL = 4, ///< there was no room in the replay buffer when last looked
        RESTING = 8,     ///< LinkRest is to be asked
        WAKING = 16      ///< it was asked, and what is to be sent waits
    };

    /// What the far end acts on.
    enum Arrival : uint8_t
    {
        FIRST_BIT, ///< the first bit: it cuts through
        LAST_BIT,  ///< the last bit
        SHARED_BIT ///< the last bit, and a part of a frame's time is due to the background
    };

    /// A frame whose first bit is here, and of which more was to come when it arrived.
    struct ArrivingFrame
    {
        FabricPacket* packet{nullptr}; ///< the packet; null: none
        uint64_t lastBitPs{0};         ///< when its last bit is here, ps
        uint64_t latencyPs{0};         ///< from the first bit to the packet's event, ps
        uint16_t life{0};              ///< the packet's m_life
        bool isWatched{false};         ///< the last bit may come after the packet's event
    };

    __extension__ typedef unsigned __int128 Wide; ///< product of a time per byte and bytes

    static constexpr uint64_t NEVER = UINT64_MAX; ///< no wake-up pending

    /// What a frame carries behind a pause: half a ps, so that its time is rounded to the nearest.
    static constexpr uint32_t FRESH_CARRY = 1U << 31;

    /**
     * @param byteTime time per byte, 2^-32 ps
     * @param bytes size on the wire
     * @return time to clock it out, ps, rounded to the nearest
     */
    static uint64_t ClockOutPs(uint64_t byteTime, uint32_t bytes)
    {
        return static_cast<uint64_t>(((Wide{byteTime} * bytes) + (uint64_t{1} << 31)) >> 32);
    }

    /**
     * @param bytes size on the wire of the next frame
     * @param startPs when it starts, ps
     * @return its time, and in the lower half what the frame behind it carries, 2^-32 ps
     */
    Wide FrameClock(uint32_t bytes, uint64_t startPs) const
    {
        return Wide{m_byteTime} * bytes + (startPs == m_busyUntilPs ? m_carry : FRESH_CARRY);
    }

    /**
     * The next frame starts.
     * @param bytes its size on the wire
     * @param startPs when it starts, ps
     * @return its time, ps
     */
    uint64_t TakeFramePs(uint32_t bytes, uint64_t startPs)
    {
        const Wide clock = FrameClock(bytes, startPs);
        m_carry = static_cast<uint32_t>(clock);
        return static_cast<uint64_t>(clock >> 32);
    }

    /**
     * @param number lane number
     * @return the lane
     */
    Lane& GetLane(uint8_t number)
    {
        return number == 0 ? m_firstLane : m_moreLanes[number - 1];
    }

    /**
     * @param number lane number
     * @return the lane
     */
    const Lane& GetLane(uint8_t number) const
    {
        return number == 0 ? m_firstLane : m_moreLanes[number - 1];
    }

    /**
     * @param number lane number
     * @return credits on their way to the far end, for what it sent here
     */
    CreditRing& GetReturning(uint8_t number)
    {
        return number == 0 ? m_firstReturning : m_moreReturning[number - 1];
    }

    /**
     * @param number lane number
     * @param lane the lane
     * @param bytes credit needed
     * @param nowPs the present, ps
     * @return true if it has that much
     */
    bool HasCredit(uint8_t number, Lane& lane, uint32_t bytes, uint64_t nowPs)
    {
        if (lane.credits >= bytes)
        {
            return true;
        }
        lane.credits += m_peer->GetReturning(number).Collect(nowPs);
        return lane.credits >= bytes;
    }

    /**
     * @param lane a lane
     * @param nowPs the present, ps
     * @return time it has been stalled up to now, ps
     */
    static int64_t StallClock(const Lane& lane, uint64_t nowPs)
    {
        const bool counts = lane.stalled && nowPs > lane.stalledSincePs;
        return static_cast<int64_t>(lane.stalledTotalPs +
                                    (counts ? nowPs - lane.stalledSincePs : 0));
    }

    /// Fetch what a FabricNode looks at first into the cache.
    [[gnu::always_inline]] void PrefetchOwner() const;
    /**
     * Fetch what TakeNext looks at while packets wait.
     * @param step as of ForeseenEvent::Foresee, from 1
     * @return true if the next step is wanted
     */
    bool ForeseeQueue(uint32_t step) const;
    /// The pending wake-up.
    void Wake();
    /**
     * Put a packet on the link.
     * @param packet the packet
     * @param startPs when its first bit leaves, ps
     * @param nowPs the present, ps
     */
    void Transmit(FabricPacket* packet, uint64_t startPs, uint64_t nowPs);
    /**
     * Let a frame that has been accounted for travel.
     * @param packet the packet
     * @param frameTimePs its time on the wire, ps
     * @param startPs when its first bit leaves, ps
     * @param nowPs the present, ps
     */
    void Launch(FabricPacket* packet, uint64_t frameTimePs, uint64_t startPs, uint64_t nowPs);
    /**
     * @param bytes size on the wire
     * @return what of SerializationPs is due to the background, ps
     */
    uint64_t BackgroundPs(uint32_t bytes) const;
    /**
     * What a frame takes longer because of the background counts as queueing, and not as
     * serialization.
     * @param packet the packet, its frame's time counted as serialization
     */
    void MoveBackground(FabricPacket* packet) const;
    /**
     * The end of Launch for a frame that is damaged, or that LinkRetry watches.
     * @param packet the packet, its arrival set as if it arrived in one piece
     * @param frameTimePs its time on the wire, ps
     * @param startPs when its first bit leaves, ps
     * @param nowPs the present, ps
     */
    void LaunchUnusual(FabricPacket* packet,
                       uint64_t frameTimePs,
                       uint64_t startPs,
                       uint64_t nowPs);
    /**
     * The link retrains until it is free; then it sends a frame again that no repeat has saved.
     * @param packet the packet
     * @param frameTimePs its time on the wire, ps
     * @param startPs when its first bit left, ps
     * @param nowPs the present, ps
     */
    void Retrain(FabricPacket* packet, uint64_t frameTimePs, uint64_t startPs, uint64_t nowPs);
    /**
     * Tell trace sinks what LinkRetry has done about a frame.
     * @param before its counters before
     * @param packet the packet
     * @param lost the link has given it up
     */
    void TraceRetry(const LinkRetry::Counters& before, const FabricPacket* packet, bool lost) const;
    /**
     * Count the bytes that a link sends again.
     * @param before its counters before a frame was sent
     * @param packet the frame
     * @param behindPs time that the link goes on sending before it goes back to the frame, ps
     */
    void CountRepeats(const LinkRetry::Counters& before,
                      const FabricPacket* packet,
                      uint64_t behindPs);
    /// @param packet is at the sending end of a link that has retrained
    void Resume(FabricPacket* packet);
    /// @param packet is at the sending end of a link that went down under it; m_atPs is the present
    void Replay(FabricPacket* packet);
    /**
     * Nothing is to be sent for some time because of retry: what waits counts it as that.
     * @param fromPs begin, ps
     * @param untilPs end, ps
     * @param nowPs the present, ps
     */
    void Hold(uint64_t fromPs, uint64_t untilPs, uint64_t nowPs);
    /// @param packet begins to be told how long retry holds the output @param nowPs the present, ps
    void StartHoldClock(FabricPacket* packet, uint64_t nowPs);
    /// @param nowPs the present, ps; do so with all packets that wait, if it is or will be held
    void StartHoldClocks(uint64_t nowPs);
    /// @param nowPs the present, ps @return true if packets that wait need to start the hold clock
    bool RunsHoldClock(uint64_t nowPs) const;
    /// The end of Enqueue while that is watched. @param packet, nowPs as there
    void JoinWatched(FabricPacket* packet, uint64_t nowPs);
    /// The end of EndWait while that is watched. @param packet, startPs as there
    void LeaveWatched(FabricPacket* packet, uint64_t startPs);
    /// Look if the output may send again, or when. @param nowPs the present, ps @return true if so
    bool Reopen(uint64_t nowPs);
    /// Ask if the link may carry what waits, or when. @param nowPs the present, ps @return true if
    /// so
    bool EndRest(uint64_t nowPs);
    /// @param nowPs the present, ps; what waits counts the time as that of a link that is down
    void BeginWaking(uint64_t nowPs);
    /// @param nowPs the present, ps; it no longer does
    void EndWaking(uint64_t nowPs);
    /// @param packet waited for a link that was down @param nowPs until now, ps
    void EndDown(FabricPacket* packet, uint64_t nowPs) const;
    /**
     * @param packet packet to wait
     * @param front before all others
     * @param nowPs the present, ps
     */
    void Enqueue(FabricPacket* packet, bool front, uint64_t nowPs);
    /**
     * A packet leaves its queue.
     * @param lane its lane
     * @param packet the packet
     * @param startPs when it leaves, ps
     */
    void EndWait(Lane& lane, FabricPacket* packet, uint64_t startPs);
    /**
     * Send what can be sent, and arrange to be woken for the rest.
     * @param nowPs the present, ps
     */
    void Serve(uint64_t nowPs);
    /**
     * @param nowPs the present, ps
     * @param startPs when it would start, ps
     * @return the packet whose turn it is, if any has credit
     */
    FabricPacket* TakeNext(uint64_t nowPs, uint64_t startPs);
    /**
     * A lane has something to send and no credit: arrange to be woken.
     * @param number lane number
     * @param bytes credit needed
     * @param nowPs the present, ps
     */
    void Stall(uint8_t number, uint32_t bytes, uint64_t nowPs);
    /**
     * @param number lane number
     * @param nowPs when its stall ends, ps
     */
    void EndStall(uint8_t number, uint64_t nowPs);
    /// @return true if anything waits here, or at the node, for this port
    bool HasMore() const;
    /**
     * @param atPs when, ps
     * @param nowPs the present, ps
     */
    void ScheduleWake(uint64_t atPs, uint64_t nowPs);
    /// The rate of what comes in, or who listens, has changed.
    void WatchArrivals();
    /// A packet's first bit is here, watched. @param packet the packet
    void NoteArrival(FabricPacket* packet);
    /**
     * The link goes down, and cuts what is coming in: what has gone on of it is of no use.
     * @param nowPs the present, ps
     */
    void CutArriving(uint64_t nowPs);
    /**
     * The link goes down before this output has sent all of what it decided on.
     * @param nowPs the present, ps
     */
    void CutSending(uint64_t nowPs);
    /**
     * @param packet a packet that may wait for an output of a node
     * @param node the node
     * @param nowPs the present, ps
     * @return true if it did; it does no longer
     */
    static bool TakeFromQueue(FabricPacket* packet, const FabricNode& node, uint64_t nowPs);
    /**
     * @param packet a packet whose event is pending; the event will do nothing
     * @param nowPs the present, ps
     * @return the packet as it goes on, without an event
     */
    FabricPacket* Withdraw(FabricPacket* packet, uint64_t nowPs);
    /**
     * What a packet has taken so far was in vain: it counts as retry.
     * @param packet the packet, without an event
     * @param nowPs the present, ps
     */
    void ForgetAttempt(FabricPacket* packet, uint64_t nowPs) const;
    /**
     * What a packet was going to take on this link is not spent.
     * @param packet the packet, without an event
     * @param atPs until when it is, ps
     */
    void ForgetRest(FabricPacket* packet, uint64_t atPs) const;
    /**
     * A frame was cut on the link: it goes back to this end, or is lost.
     * @param packet the packet, without an event; m_atPs is when the far end misses it
     * @param nowPs the present, ps
     */
    void TakeBack(FabricPacket* packet, uint64_t nowPs);
    /**
     * A packet that does not simply arrive.
     * @param packet the packet
     */
    void HandleUnusual(FabricPacket* packet);
    /**
     * What waits here moves by other ports.
     * @param nowPs the present, ps
     */
    void Flush(uint64_t nowPs);

    // Laid out by cache line. What a transmission reads and writes takes two, and a queue one...
    uint8_t m_epoch{0};         ///< how often the link went down, modulo 256
    uint8_t m_closed{0};        ///< why nothing is sent, of Closed; 0: open
    bool m_traced{false};       ///< a trace source is connected
    uint64_t m_busyUntilPs{0};  ///< end of the last transmission decided on, ps
    uint64_t m_wakeAtPs{NEVER}; ///< pending wake-up, ps
    uint64_t m_byteTime{0};     ///< time per byte, 2^-32 ps
    uint32_t m_hopPs{0};        ///< a hop's time, the frame's own not included, ps
    std::array<uint32_t, FabricPacket::FIXED_PARTS - 1> m_hopParts{{}}; ///< its parts, ps
    PortEngine* m_peer{nullptr};                                        ///< other end

    FabricFloor* m_floor{nullptr};  ///< what the network shares
    uint64_t m_framesToAsk{0};      ///< frames up to and including LinkRetry's next; 0: none
    uint64_t m_packets{0};          ///< packets put on the link
    uint64_t m_wireBytes{0};        ///< their bytes
    uint64_t* m_drainAtPs{nullptr}; ///< owner's view of the backlog, ps
    uint32_t m_peerNode{0};         ///< node id of the far end
    uint32_t m_carry{FRESH_CARRY};  ///< what the next frame carries, 2^-32 ps
    uint32_t m_queued{0};           ///< packets waiting, all lanes
    uint8_t m_nextLane{0};          ///< lane to look at first
    Arrival m_arrival{FIRST_BIT};   ///< what the far end acts on
    bool m_injects{false};          ///< the node has packets of its own
    bool m_watched{false};          ///< joining and leaving the queue is traced, or clocked
    Lane m_firstLane;               ///< lane 0; its credits end the second line
    uint32_t m_ownNode{0};          ///< node id here

    // ...and what arrives here, and frees its buffer later, one or two more.
    alignas(64) FabricNode* m_owner{nullptr}; ///< node behind the port
    uint32_t m_creditPs{0};                   ///< flight of a credit from here to the far end, ps
    float m_receiveByteTime{0};               ///< time per byte of what comes in, 2^-32 ps
    uint16_t m_number{0};                     ///< number at the node
    uint8_t m_receiveEpoch{0};                ///< as m_epoch
    bool m_receiveWatched{false};             ///< m_traced, or m_arriving is
    CreditRing m_firstReturning;              ///< credits on their way to the far end, lane 0

    std::unique_ptr<Lane[]> m_moreLanes;           ///< lanes 1 and up
    std::unique_ptr<CreditRing[]> m_moreReturning; ///< their credits
    PortTraces* m_traces{nullptr};                 ///< trace sources, once one is connected
    FabricPort* m_device;                          ///< device it serves; null once that is gone
    bool m_usable{true};                           ///< routing may use it
    std::unique_ptr<LinkRetry> m_linkRetry;        ///< made with the first need, see LinkRetry
    RetryRule m_retry;                             ///< how damaged frames are repeated
    uint64_t m_lost{0};                            ///< packets lost on the link
    uint64_t m_flowBytes{0};                       ///< bytes that flows have put on the link
    uint64_t m_aloneByteTime{0}; ///< m_byteTime as it is without background, 2^-32 ps
    uint64_t m_holdClocked{0};   ///< packets waiting that started their hold clock
    int64_t m_errorStream{-1};   ///< random stream
    int64_t m_answerStream{-1};  ///< random stream
    LinkRest* m_rest{nullptr};   ///< who is asked while the link rests; null: it never does
    uint32_t m_restLink{0};      ///< number of the link, for that
    ArrivingFrame m_arriving;    ///< the last frame whose first bit is here
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PORT_ENGINE_H */
