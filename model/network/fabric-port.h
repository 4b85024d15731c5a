/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_PORT_H
#define OPTICAL_FABRIC_FABRIC_PORT_H

#include "ns3/credit-ring.h"
#include "ns3/fabric-device.h"
#include "ns3/fabric-floor.h"
#include "ns3/link-state.h"
#include "ns3/port-queue.h"
#include "ns3/random-variable-stream.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

class FabricLink;
class FabricNode;
class PortWake;
struct PortTraces;

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
};

/**
 * @ingroup optical-fabric
 * @brief One end of a link: an output with its queues and credits, and the input beside it.
 *
 * The output sends at once if it is idle and the far end has room; else packets queue, per input
 * and virtual lane, and one pending event wakes the port when it is free or when credit arrives.
 * The input's buffer is accounted for by the credits of the far end: a packet that came in by this
 * port holds that space until its last bit has left the node; then ReleaseBuffer writes the credit.
 *
 * Link-level retry is go-back-N: a damaged frame costs its own time and a round trip, during which
 * whatever else was sent is discarded, so nothing overtakes it.
 */
class FabricPort : public FabricDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FabricPort();
    ~FabricPort() override;

    /// Signature of the packet trace sources.
    typedef void (*PacketTracedCallback)(const PacketView& packet);
    /// Signature of CreditStall: virtual lane, true as it begins and false as it ends.
    typedef void (*StallTracedCallback)(uint8_t lane, bool begins);
    /// Signature of Retry: repeats of one frame, and whether the link gave up on it.
    typedef void (*RetryTracedCallback)(uint32_t repeats, bool givenUp);

    /// Counters of a port's sending direction.
    struct Counters
    {
        uint64_t packets{0};       ///< packets put on the link, repeats not counted
        uint64_t wireBytes{0};     ///< their bytes
        uint64_t retries{0};       ///< link-level repeats
        uint64_t lost{0};          ///< packets lost on the link
        uint64_t creditStallPs{0}; ///< time with something to send and no credit, all lanes, ps
    };

    /// How damaged frames are repeated.
    struct RetryRule
    {
        bool enabled{true};       ///< repeat at all
        uint32_t maxRepeats{16};  ///< repeats of one frame before the link retrains
        uint64_t turnaroundPs{0}; ///< far end's time from damage to request, ps
        uint64_t retrainPs{0};    ///< pause after the last repeat, ps
    };

    /**
     * @param owner node behind the port
     * @param number number of the port there
     */
    void SetOwner(FabricNode* owner, uint16_t number);
    /**
     * @param link link
     * @param peer port at the other end
     */
    void Attach(Ptr<FabricLink> link, FabricPort* peer);
    /**
     * Make ready to run: lanes, buffers, credits.
     * @param floor what the network shares
     */
    void Configure(FabricFloor* floor);
    /**
     * The sending direction changes; in force from the next packet on.
     * @param state state of the sending direction
     * @param reverse state of the receiving direction
     * @param retry how damaged frames are repeated
     */
    void SetLinkState(const LinkState& state, const LinkState& reverse, const RetryRule& retry);
    /// @param up the link comes up, or goes down with all that is on it; now
    void SetLinkUp(bool up);
    /// @param usable whether routing may use the port
    void SetUsable(bool usable);
    /// @param stream random stream for frame errors
    void SetStream(int64_t stream);
    /// @param drainAtPs where the owner keeps the time by which this output will have sent all
    void SetBacklogClock(uint64_t* drainAtPs);

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
    /// The pending wake-up.
    void Wake();
    /**
     * A packet that came in by this port no longer needs the buffer.
     * @param lane virtual lane
     * @param bytes space
     * @param atPs from when the space is free, ps
     * @param nowPs the present, ps
     */
    void ReleaseBuffer(uint8_t lane, uint32_t bytes, uint64_t atPs, uint64_t nowPs);

    /// @return true if routing may use the port
    bool IsUsable() const
    {
        return m_usable;
    }

    /// @return number of the port at its node
    uint16_t GetNumber() const
    {
        return m_number;
    }

    /// @return the port at the other end of the link
    FabricPort* GetPeer() const
    {
        return m_peer;
    }

    /// @return the node behind the port
    FabricNode* GetOwner() const
    {
        return m_owner;
    }

    /**
     * @param bytes size on the wire
     * @return time to clock it out, ps, rounded to the nearest
     */
    uint64_t SerializationPs(uint32_t bytes) const
    {
        __extension__ typedef unsigned __int128 Wide;
        return static_cast<uint64_t>(((Wide{m_byteTime} * bytes) + (uint64_t{1} << 31)) >> 32);
    }

    /**
     * @param bytes size on the wire
     * @param out an output of the same node
     * @return time by which a faster output must hold back what comes in here, ps
     */
    uint64_t HoldBackPs(uint32_t bytes, const FabricPort& out) const
    {
        if (__builtin_expect(m_peer->m_byteTime <= out.m_byteTime, 1))
        {
            return 0;
        }
        return m_peer->SerializationPs(bytes) - out.SerializationPs(bytes);
    }

    /// @return "node name port number"
    std::string GetName() const;
    /// @return counters so far
    Counters GetCounters() const;
    /// @return packets waiting to be sent, all lanes
    uint32_t GetQueued() const;
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
     * @param visit called with the input port (null: none) of each packet waiting here
     */
    template <typename F>
    void ForEachWaiting(uint8_t lane, F&& visit) const
    {
        m_lanes[lane].queue.ForEach([&visit](FabricPacket* packet) { visit(packet->m_port); });
    }

    Ptr<Channel> GetChannel() const override;
    bool IsLinkUp() const override;
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

  protected:
    void DoDispose() override;

  private:
    /// The sending side of a virtual lane.
    struct Lane
    {
        uint32_t credits{0};        ///< buffer space known to be free at the far end, bytes
        uint32_t wanted{0};         ///< credit waited for with none on its way, bytes; 0: none
        bool stalled{false};        ///< the head waits for credit
        uint64_t stalledSincePs{0}; ///< since when, ps
        uint64_t stalledTotalPs{0}; ///< earlier stalls, ps
        CreditRing returning;       ///< credits on their way
        PortQueue queue;            ///< packets waiting
    };

    static constexpr uint64_t NEVER = UINT64_MAX; ///< no wake-up pending

    /**
     * @param lane a lane
     * @param bytes credit needed
     * @param nowPs the present, ps
     * @return true if it has that much
     */
    static bool HasCredit(Lane& lane, uint32_t bytes, uint64_t nowPs)
    {
        if (lane.credits >= bytes)
        {
            return true;
        }
        lane.credits += lane.returning.Collect(nowPs);
        return lane.credits >= bytes;
    }

    /**
     * @param lane a lane
     * @param nowPs the present, ps
     * @return time it has been stalled up to now, ps
     */
    static int64_t StallClock(const Lane& lane, uint64_t nowPs)
    {
        return static_cast<int64_t>(lane.stalledTotalPs +
                                    (lane.stalled ? nowPs - lane.stalledSincePs : 0));
    }

    /**
     * Put a packet on the link.
     * @param packet the packet
     * @param startPs when its first bit leaves, ps
     * @param nowPs the present, ps
     */
    void Transmit(FabricPacket* packet, uint64_t startPs, uint64_t nowPs);
    /**
     * The next frame is damaged: repeat it.
     * @param packet the packet
     * @param frameTimePs its time on the wire, ps
     * @return delay, ps; the packet's stage is DAMAGED if the link gives up
     */
    uint64_t Retry(FabricPacket* packet, uint64_t frameTimePs);
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
     * @param nowPs when its stall, if it has one, ends, ps
     */
    void EndStall(uint8_t number, uint64_t nowPs);
    /// @return true if anything waits here, or at the node, for this port
    bool HasMore() const;
    /**
     * @param atPs when, ps
     * @param nowPs the present, ps
     */
    void ScheduleWake(uint64_t atPs, uint64_t nowPs);
    /// Draw the number of frames up to and including the next damaged one.
    void DrawError();
    /**
     * A packet that does not simply arrive.
     * @param packet the packet
     */
    void HandleUnusual(FabricPacket* packet);
    /**
     * A packet that waits here is about to move by another port.
     * @param nowPs the present, ps
     */
    void Flush(uint64_t nowPs);

    // The fields of a transmission come first, to lie together.
    uint64_t m_busyUntilPs{0};  ///< end of the last transmission decided on, ps
    uint64_t m_wakeAtPs{NEVER}; ///< pending wake-up, ps
    uint64_t m_byteTime{0};     ///< time per byte, 2^-32 ps
    uint64_t m_hopPs{0};        ///< from the first bit sent to the event at the far end, ps
    std::array<uint32_t, FabricPacket::FIXED_PARTS> m_hopParts{{}}; ///< m_hopPs by part
    FabricPort* m_peer{nullptr};                                    ///< other end
    uint64_t m_framesToError{0};     ///< frames up to and including the next damaged one; 0: none
    FabricFloor* m_floor{nullptr};   ///< what the network shares
    FabricNode* m_owner{nullptr};    ///< node behind the port
    std::unique_ptr<Lane[]> m_lanes; ///< virtual lanes
    uint64_t* m_drainAtPs{nullptr};  ///< owner's view of the backlog, ps
    uint64_t m_packets{0};           ///< packets put on the link
    uint64_t m_wireBytes{0};         ///< their bytes
    uint64_t m_creditPs{0};          ///< flight of a credit from here to the far end, ps
    uint32_t m_queued{0};            ///< packets waiting, all lanes
    uint32_t m_peerNode{0};          ///< node id of the far end
    uint32_t m_ownNode{0};           ///< node id here
    uint16_t m_number{0};            ///< number at the node
    uint8_t m_epoch{0};              ///< how often the link went down, modulo 256
    uint8_t m_nextLane{0};           ///< lane to look at first
    bool m_up{true};                 ///< link up
    bool m_usable{true};             ///< routing may use it
    bool m_tailArrival{false};       ///< the far end acts on the last bit, not the first
    std::unique_ptr<PortTraces> m_traces; ///< trace sources, once one is connected

    Ptr<PortWake> m_wake;                   ///< wake-up event
    Ptr<FabricLink> m_link;                 ///< link
    Ptr<UniformRandomVariable> m_errorDraw; ///< frame errors; made with the first error ratio
    double m_frameErrorRatio{0};            ///< share of frames damaged
    RetryRule m_retry;                      ///< what is done about it
    uint64_t m_roundTripPs{0};              ///< frame out and request back, less frame time, ps
    uint64_t m_retries{0};                  ///< link-level repeats
    uint64_t m_lost{0};                     ///< packets lost on the link
    int64_t m_stream{-1};                   ///< random stream
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_PORT_H */
