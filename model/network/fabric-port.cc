/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-port.h"

#include "ns3/abort.h"
#include "ns3/fabric-link.h"
#include "ns3/fabric-node.h"
#include "ns3/lazy-trace.h"
#include "ns3/log.h"
#include "ns3/outgoing-transfer.h"
#include "ns3/port-traces.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPort");
NS_OBJECT_ENSURE_REGISTERED(FabricPort);

/**
 * @ingroup optical-fabric
 * @brief The event that wakes a port. On the heap of its own, because the simulator may hold it
 * longer than the port lives.
 */
class PortWake : public EventImpl
{
  public:
    /// @param port port to wake
    explicit PortWake(FabricPort* port)
        : m_port(port)
    {
    }

    /// The port goes; the event, if still pending, does nothing.
    void Forget()
    {
        m_port = nullptr;
    }

  protected:
    void Notify() override
    {
        if (m_port != nullptr)
        {
            m_port->Wake();
        }
    }

  private:
    FabricPort* m_port; ///< port to wake
};

namespace
{

/**
 * @param packet a packet
 * @return what trace sinks are told
 */
PacketView
View(const FabricPacket* packet)
{
    const Transfer& transfer = packet->m_transfer->transfer;
    return {transfer.source, transfer.destination, packet->m_wireBytes, packet->m_lane};
}

} // namespace

TypeId
FabricPort::GetTypeId()
{
    static const char* PACKET = "ns3::opticalfabric::FabricPort::PacketTracedCallback";
    const auto trace = [](auto source) {
        return MakeLazyTraceSourceAccessor(&FabricPort::m_traces, source);
    };
    static TypeId tid =
        TypeId("ns3::opticalfabric::FabricPort")
            .SetParent<FabricDevice>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<FabricPort>()
            .AddTraceSource("MacTx",
                            "A packet has been accepted for sending by this port.",
                            trace(&PortTraces::macTx),
                            PACKET)
            .AddTraceSource("MacTxDrop",
                            "A packet of the IP stack has been refused.",
                            trace(&PortTraces::macTxDrop),
                            PACKET)
            .AddTraceSource("MacRx",
                            "A packet has been delivered to the endpoint of this port.",
                            trace(&PortTraces::macRx),
                            PACKET)
            .AddTraceSource("PhyTxBegin",
                            "A packet has been put on the link.",
                            trace(&PortTraces::phyTxBegin),
                            PACKET)
            .AddTraceSource("PhyTxDrop",
                            "The link has given up repeating a packet.",
                            trace(&PortTraces::phyTxDrop),
                            PACKET)
            .AddTraceSource("PhyRxEnd",
                            "A packet has arrived in one piece.",
                            trace(&PortTraces::phyRxEnd),
                            PACKET)
            .AddTraceSource("PhyRxDrop",
                            "A packet has arrived damaged, or its link went down.",
                            trace(&PortTraces::phyRxDrop),
                            PACKET)
            .AddTraceSource("CreditStall",
                            "A lane has something to send and no credit: begins or ends.",
                            trace(&PortTraces::creditStall),
                            "ns3::opticalfabric::FabricPort::StallTracedCallback")
            .AddTraceSource("Retry",
                            "The link repeats a frame: how often, and whether in vain.",
                            trace(&PortTraces::retry),
                            "ns3::opticalfabric::FabricPort::RetryTracedCallback")
            .AddTraceSource("LinkUp",
                            "The link has come up (true) or gone down (false).",
                            trace(&PortTraces::linkUp),
                            "ns3::TracedValueCallback::Bool")
            .AddTraceSource("Queue",
                            "Number of packets waiting, all lanes, after it changed.",
                            trace(&PortTraces::queue),
                            "ns3::TracedValueCallback::Uint32");
    return tid;
}

FabricPort::FabricPort()
    : m_wake(Create<PortWake>(this))
{
    NS_LOG_FUNCTION(this);
}

FabricPort::~FabricPort()
{
    NS_LOG_FUNCTION(this);
    m_wake->Forget();
}

void
FabricPort::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_wake->Forget();
    m_link = nullptr;
    m_errorDraw = nullptr;
    m_peer = nullptr;
    m_owner = nullptr;
    FabricDevice::DoDispose();
}

void
FabricPort::SetOwner(FabricNode* owner, uint16_t number)
{
    NS_LOG_FUNCTION(this << owner << number);
    m_owner = owner;
    m_number = number;
    if (!owner->IsSwitch())
    {
        SetAddress(Mac48Address::Allocate());
    }
}

void
FabricPort::Attach(Ptr<FabricLink> link, FabricPort* peer)
{
    NS_LOG_FUNCTION(this << link << peer);
    m_link = link;
    m_peer = peer;
}

void
FabricPort::Configure(FabricFloor* floor)
{
    NS_LOG_FUNCTION(this << floor);
    NS_ABORT_MSG_IF(m_peer == nullptr, GetName() << " is not connected");
    m_floor = floor;
    m_ownNode = GetNode()->GetId();
    m_peerNode = m_peer->GetNode()->GetId();
    m_tailArrival =
        !m_peer->m_owner->IsSwitch() || floor->switching == Switching::STORE_AND_FORWARD;
    m_lanes = std::make_unique<Lane[]>(floor->lanes);
    for (uint32_t i = 0; i < floor->lanes; ++i)
    {
        m_lanes[i].credits = floor->bufferBytes;
        // An endpoint's packets do not come in by a port: they need one queue, for repeats.
        m_lanes[i].queue.Configure(floor->arbitration,
                                   m_owner->IsSwitch() ? m_owner->GetNPorts() : 1);
    }
}

void
FabricPort::SetLinkState(const LinkState& state, const LinkState& reverse, const RetryRule& retry)
{
    NS_LOG_FUNCTION(this << state.rate << state.propagation << state.frameErrorRatio);
    __extension__ typedef unsigned __int128 Wide;
    const uint64_t bitRate = state.rate.GetBitRate();
    m_byteTime = static_cast<uint64_t>(((Wide{8000000000000} << 32) + bitRate / 2) / bitRate);

    const auto ps = [](const Time& time) { return static_cast<uint64_t>(time.GetTimeStep()); };
    const uint64_t nodes =
        m_owner->GetDepartureLatencyPs() + m_peer->m_owner->GetArrivalLatencyPs();
    m_creditPs = ps(state.propagation) + ps(state.phyLatency);
    m_hopPs = m_creditPs + nodes;
    m_hopParts[SERIALIZATION] = 0;
    m_hopParts[PROPAGATION] = static_cast<uint32_t>(ps(state.propagation));
    m_hopParts[SWITCHING] = static_cast<uint32_t>(nodes);
    m_hopParts[FEC] = static_cast<uint32_t>(ps(state.phyLatency));

    m_retry = retry;
    m_roundTripPs =
        m_creditPs + ps(reverse.propagation) + ps(reverse.phyLatency) + retry.turnaroundPs;
    if (m_frameErrorRatio != state.frameErrorRatio)
    {
        m_frameErrorRatio = state.frameErrorRatio;
        DrawError();
    }
}

void
FabricPort::SetStream(int64_t stream)
{
    NS_LOG_FUNCTION(this << stream);
    m_stream = stream;
    if (m_errorDraw)
    {
        m_errorDraw->SetStream(stream);
    }
}

void
FabricPort::SetBacklogClock(uint64_t* drainAtPs)
{
    NS_LOG_FUNCTION(this << drainAtPs);
    m_drainAtPs = drainAtPs;
}

// From here to Wake runs per packet: no function logging.

void
FabricPort::Handle(FabricPacket* packet)
{
    if (__builtin_expect(packet->m_stage != FabricPacket::ARRIVE || packet->m_epoch != m_epoch, 0))
    {
        HandleUnusual(packet);
        return;
    }
    if (__builtin_expect(m_traces != nullptr, 0))
    {
        m_traces->phyRxEnd(View(packet));
        if (!m_owner->IsSwitch())
        {
            m_traces->macRx(View(packet));
        }
    }
    m_owner->Receive(packet);
}

void
FabricPort::Accept(FabricPacket* packet)
{
    const uint64_t nowPs = packet->m_atPs;
    if (__builtin_expect(m_traces != nullptr, 0))
    {
        m_traces->macTx(View(packet));
    }
    Lane& lane = m_lanes[packet->m_lane];
    if (m_busyUntilPs <= nowPs + m_floor->commitAheadPs && m_queued == 0 && m_up &&
        HasCredit(lane, packet->m_wireBytes, nowPs))
    {
        const uint64_t startPs = std::max(nowPs, m_busyUntilPs);
        packet->m_queuePs += static_cast<int64_t>(startPs - nowPs);
        Transmit(packet, startPs, nowPs);
        if (m_drainAtPs != nullptr)
        {
            *m_drainAtPs = m_busyUntilPs;
        }
        return;
    }
    Enqueue(packet, false, nowPs);
}

void
FabricPort::Transmit(FabricPacket* packet, uint64_t startPs, uint64_t nowPs)
{
    const uint32_t wireBytes = packet->m_wireBytes;
    const uint64_t frameTimePs = SerializationPs(wireBytes);
    const uint64_t endPs = startPs + frameTimePs;
    m_lanes[packet->m_lane].credits -= wireBytes;
    m_busyUntilPs = endPs;
    ++m_packets;
    m_wireBytes += wireBytes;
    if (__builtin_expect(m_traces != nullptr, 0))
    {
        m_traces->phyTxBegin(View(packet));
    }
    if (packet->m_port != nullptr)
    {
        packet->m_port->ReleaseBuffer(packet->m_lane, wireBytes, endPs, nowPs);
    }
    for (uint32_t i = 0; i < FabricPacket::FIXED_PARTS; ++i)
    {
        packet->m_fixedPs[i] += m_hopParts[i];
    }
    packet->m_atPs = startPs + m_hopPs;
    if (m_tailArrival)
    {
        packet->m_atPs += frameTimePs;
        packet->m_fixedPs[SERIALIZATION] += static_cast<uint32_t>(frameTimePs);
    }
    packet->m_stage = FabricPacket::ARRIVE;
    if (__builtin_expect(m_framesToError != 0, 0) && --m_framesToError == 0)
    {
        const uint64_t delayPs = Retry(packet, frameTimePs);
        packet->m_atPs += delayPs;
        m_busyUntilPs += delayPs;
    }
    packet->m_port = m_peer;
    packet->m_epoch = m_epoch;
    m_floor->Schedule(packet, m_peerNode, nowPs);
}

void
FabricPort::ReleaseBuffer(uint8_t lane, uint32_t bytes, uint64_t atPs, uint64_t nowPs)
{
    Lane& sender = m_peer->m_lanes[lane];
    // Collecting here keeps the ring as short as the credits in flight.
    sender.credits += sender.returning.Collect(nowPs);
    sender.returning.Push(atPs + m_creditPs, bytes);
    if (__builtin_expect(sender.wanted != 0, 0))
    {
        const uint64_t whenPs = sender.returning.WhenAvailable(sender.wanted - sender.credits);
        if (whenPs != UINT64_MAX)
        {
            sender.wanted = 0;
            m_peer->ScheduleWake(whenPs, nowPs);
        }
    }
}

void
FabricPort::Enqueue(FabricPacket* packet, bool front, uint64_t nowPs)
{
    Lane& lane = m_lanes[packet->m_lane];
    const bool first = lane.queue.IsEmpty();
    if (front)
    {
        lane.queue.PushFront(packet);
    }
    else
    {
        const bool fromPort = packet->m_port != nullptr && packet->m_port->m_owner == m_owner;
        lane.queue.Push(packet, fromPort ? packet->m_port->m_number : 0);
    }
    ++m_queued;
    // The clocks are subtracted now and added when the wait ends.
    const int64_t stallPs = StallClock(lane, nowPs);
    packet->m_stallPs -= stallPs;
    packet->m_queuePs -= static_cast<int64_t>(nowPs) - stallPs;
    if (m_drainAtPs != nullptr)
    {
        *m_drainAtPs =
            std::max({*m_drainAtPs, m_busyUntilPs, nowPs}) + SerializationPs(packet->m_wireBytes);
    }
    if (__builtin_expect(m_traces != nullptr, 0))
    {
        m_traces->queue(m_queued);
    }
    if (__builtin_expect(!m_up, 0))
    {
        m_floor->GetAside(packet).downSincePs = nowPs;
    }
    else if (m_busyUntilPs > nowPs)
    {
        ScheduleWake(m_busyUntilPs, nowPs);
    }
    else if (first)
    {
        Serve(nowPs);
    }
}

void
FabricPort::EndWait(Lane& lane, FabricPacket* packet, uint64_t startPs)
{
    const int64_t stallPs = StallClock(lane, startPs);
    packet->m_stallPs += stallPs;
    packet->m_queuePs += static_cast<int64_t>(startPs) - stallPs;
    --m_queued;
    if (__builtin_expect(m_traces != nullptr, 0))
    {
        m_traces->queue(m_queued);
    }
}

FabricPacket*
FabricPort::TakeNext(uint64_t nowPs, uint64_t startPs)
{
    for (uint32_t k = 0; k < m_floor->lanes; ++k)
    {
        const uint8_t i = static_cast<uint8_t>((m_nextLane + k) % m_floor->lanes);
        Lane& lane = m_lanes[i];
        FabricPacket* packet = nullptr;
        if (!lane.queue.IsEmpty())
        {
            packet = lane.queue.Front();
            if (!HasCredit(lane, packet->m_wireBytes, nowPs))
            {
                Stall(i, packet->m_wireBytes, nowPs);
                continue;
            }
            lane.queue.Pop();
            EndWait(lane, packet, startPs);
        }
        else
        {
            if (!m_owner->HasOwn(*this, i))
            {
                continue;
            }
            const uint32_t fullBytes = m_floor->mtuBytes + m_floor->headerBytes;
            if (!HasCredit(lane, fullBytes, nowPs))
            {
                Stall(i, fullBytes, nowPs);
                continue;
            }
            packet = m_owner->Pull(*this, i, startPs, nowPs);
            if (__builtin_expect(m_traces != nullptr, 0))
            {
                m_traces->macTx(View(packet));
            }
        }
        EndStall(i, startPs);
        m_nextLane = static_cast<uint8_t>((i + 1) % m_floor->lanes);
        return packet;
    }
    return nullptr;
}

void
FabricPort::Serve(uint64_t nowPs)
{
    if (!m_up)
    {
        return;
    }
    while (m_busyUntilPs <= nowPs + m_floor->commitAheadPs)
    {
        const uint64_t startPs = std::max(nowPs, m_busyUntilPs);
        FabricPacket* packet = TakeNext(nowPs, startPs);
        if (packet == nullptr)
        {
            return;
        }
        Transmit(packet, startPs, nowPs);
    }
    if (HasMore())
    {
        ScheduleWake(m_busyUntilPs, nowPs);
    }
}

bool
FabricPort::HasMore() const
{
    if (m_queued != 0)
    {
        return true;
    }
    for (uint32_t i = 0; i < m_floor->lanes; ++i)
    {
        if (m_owner->HasOwn(*this, static_cast<uint8_t>(i)))
        {
            return true;
        }
    }
    return false;
}

void
FabricPort::Kick(uint64_t nowPs)
{
    if (m_busyUntilPs > nowPs)
    {
        ScheduleWake(m_busyUntilPs, nowPs);
        return;
    }
    Serve(nowPs);
}

void
FabricPort::Wake()
{
    const uint64_t nowPs = m_floor->Now();
    // An earlier wake-up may have taken this one's place.
    if (nowPs == m_wakeAtPs)
    {
        m_wakeAtPs = NEVER;
        Serve(nowPs);
    }
}

void
FabricPort::ScheduleWake(uint64_t atPs, uint64_t nowPs)
{
    atPs = std::max(atPs, nowPs);
    if (atPs < m_wakeAtPs)
    {
        m_wakeAtPs = atPs;
        m_wake->Ref();
        m_floor->simulator->ScheduleWithContext(m_ownNode,
                                                TimeStep(atPs - nowPs),
                                                PeekPointer(m_wake));
    }
}

void
FabricPort::Stall(uint8_t number, uint32_t bytes, uint64_t nowPs)
{
    Lane& lane = m_lanes[number];
    if (!lane.stalled)
    {
        lane.stalled = true;
        lane.stalledSincePs = nowPs;
        if (__builtin_expect(m_traces != nullptr, 0))
        {
            m_traces->creditStall(number, true);
        }
    }
    const uint64_t whenPs = lane.returning.WhenAvailable(bytes - lane.credits);
    if (whenPs == UINT64_MAX)
    {
        lane.wanted = bytes;
    }
    else
    {
        ScheduleWake(std::max(whenPs, m_busyUntilPs), nowPs);
    }
}

void
FabricPort::EndStall(uint8_t number, uint64_t nowPs)
{
    Lane& lane = m_lanes[number];
    lane.wanted = 0;
    if (lane.stalled)
    {
        lane.stalled = false;
        lane.stalledTotalPs += nowPs - lane.stalledSincePs;
        if (__builtin_expect(m_traces != nullptr, 0))
        {
            m_traces->creditStall(number, false);
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
