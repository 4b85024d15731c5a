/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-endpoint.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/path-choice.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricEndpoint");
NS_OBJECT_ENSURE_REGISTERED(FabricEndpoint);

/**
 * @ingroup optical-fabric
 * @brief Tells a client that the last byte of a transfer has left.
 */
class TransferSentEvent : public EventImpl
{
  public:
    /**
     * @param transfer the transfer; may be gone by then, if its link became faster meanwhile
     */
    explicit TransferSentEvent(const OutgoingTransfer* transfer)
        : m_transfer(transfer->transfer),
          m_client(transfer->client)
    {
    }

  protected:
    void Notify() override
    {
        m_client->OnSent(m_transfer);
    }

  private:
    Transfer m_transfer;      ///< the transfer
    TransferClient* m_client; ///< who is told
};

TypeId
FabricEndpoint::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::FabricEndpoint")
            .SetParent<FabricNode>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<FabricEndpoint>()
            .AddAttribute("DepartureLatency",
                          "Time a packet takes from memory to the wire, with nothing in the way. "
                          "0 to 1 ms.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&FabricEndpoint::m_departureLatency),
                          MakeTimeChecker(Time(0), MilliSeconds(1)))
            .AddAttribute("ArrivalLatency",
                          "Time a packet takes from the wire to memory. 0 to 1 ms.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&FabricEndpoint::m_arrivalLatency),
                          MakeTimeChecker(Time(0), MilliSeconds(1)));
    return tid;
}

void
FabricEndpoint::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_sender.Nullify();
    m_pathDraw = nullptr;
    FabricNode::DoDispose();
}

void
FabricEndpoint::SetIndex(uint32_t index, PacketSender sender)
{
    NS_LOG_FUNCTION(this << index);
    m_index = index;
    m_sender = sender;
    m_pathDraw = CreateObject<UniformRandomVariable>();
}

int64_t
FabricEndpoint::AssignStreams(int64_t stream)
{
    NS_LOG_FUNCTION(this << stream);
    m_pathDraw->SetStream(stream);
    return 1;
}

void
FabricEndpoint::Configure(FabricFloor* floor)
{
    NS_LOG_FUNCTION(this);
    FabricNode::Configure(floor);
    NS_ABORT_MSG_IF(m_ports.empty(), GetName() << " has no port");
    NS_ABORT_MSG_IF(m_ports.size() > 64, GetName() << " has more than 64 ports");
    m_pinned = floor->routing == Routing::DETERMINISTIC || floor->routing == Routing::ECMP;
    m_firstTurn = Turn();
    m_moreTurns.assign((m_pinned ? m_ports.size() : 1) * floor->lanes - 1, Turn());
    m_resends.assign(floor->lanes, nullptr);
    m_lines.Clear();
}

bool
FabricEndpoint::IsSwitch() const
{
    return false;
}

uint64_t
FabricEndpoint::GetArrivalLatencyPs() const
{
    return static_cast<uint64_t>(m_arrivalLatency.GetTimeStep());
}

uint64_t
FabricEndpoint::GetDepartureLatencyPs() const
{
    return static_cast<uint64_t>(m_departureLatency.GetTimeStep());
}

bool
FabricEndpoint::SendPacket(FabricPort&,
                           Ptr<Packet> packet,
                           const Address& destination,
                           uint16_t protocol)
{
    return m_sender(m_index, packet, destination, protocol);
}

uint64_t
FabricEndpoint::GetWaitingTransfers() const
{
    uint64_t waiting = m_firstTurn.size + m_lines.GetWaiting();
    for (const Turn& turn : m_moreTurns)
    {
        waiting += turn.size;
    }
    return waiting;
}

uint64_t
FabricEndpoint::GetWaitingResends() const
{
    return m_nResends;
}

void
FabricEndpoint::Append(Turn& turn, OutgoingTransfer* transfer)
{
    if (turn.last == nullptr)
    {
        transfer->next = transfer;
    }
    else
    {
        transfer->next = turn.last->next;
        turn.last->next = transfer;
    }
    turn.last = transfer;
    turn.commonPorts = turn.size == 0 ? transfer->ports : turn.commonPorts & transfer->ports;
    ++turn.size;
}

OutgoingTransfer*
FabricEndpoint::TakeFirst(Turn& turn)
{
    OutgoingTransfer* first = turn.last->next;
    if (first == turn.last)
    {
        turn.last = nullptr;
    }
    else
    {
        turn.last->next = first->next;
    }
    --turn.size;
    return first;
}

void
FabricEndpoint::Initialize(OutgoingTransfer* transfer, uint64_t nowPs)
{
    const uint64_t mtuBytes = m_floor->mtuBytes;
    transfer->startPs = nowPs;
    transfer->unsentBytes = transfer->transfer.bytes;
    transfer->unaccountedPackets =
        std::max<uint64_t>(1, (transfer->transfer.bytes + mtuBytes - 1) / mtuBytes);
    switch (m_floor->routing)
    {
    case Routing::DETERMINISTIC:
    case Routing::ECMP:
        // The network has named it.
        break;
    case Routing::SPRAY:
    case Routing::ADAPTIVE:
        transfer->path = m_pathDraw->GetInteger(0, UINT32_MAX);
        break;
    }
    ++m_floor->totals.transfers;
    m_floor->totals.sentBytes += transfer->transfer.bytes;
    Route(transfer);
}

void
FabricEndpoint::Start(OutgoingTransfer* transfer, uint64_t nowPs)
{
    Initialize(transfer, nowPs);
    if (m_floor->order == TransferOrder::TAKE_TURNS || m_lines.Enter(transfer))
    {
        Enter(transfer, nowPs);
    }
}

bool
FabricEndpoint::StartPacket(OutgoingTransfer* transfer, const PacketAside& aside, uint64_t nowPs)
{
    NS_LOG_FUNCTION(this << transfer << aside.payload << nowPs);
    Route(transfer);
    if (transfer->ports == 0)
    {
        return false;
    }
    Initialize(transfer, nowPs);
    FabricPacket* packet = MakePacket(transfer, nowPs);
    m_floor->GetAside(packet) = aside;
    m_ports[__builtin_ctzll(transfer->ports)]->GetEngine().Accept(packet);
    return true;
}

void
FabricEndpoint::Enter(OutgoingTransfer* transfer, uint64_t nowPs)
{
    KickPorts(LineUp(transfer, nowPs), nowPs);
}

uint64_t
FabricEndpoint::LineUp(OutgoingTransfer* transfer, uint64_t nowPs)
{
    while (transfer != nullptr && transfer->ports == 0)
    {
        // No way out: each packet is lost here, and comes back in case there is one by then.
        do
        {
            m_floor->Lose(MakePacket(transfer, nowPs));
        } while (transfer->unsentBytes > 0);
        NoteSent(transfer, 0);
        transfer = TakeNext(transfer);
    }
    if (transfer == nullptr)
    {
        return 0;
    }
    const auto port = static_cast<uint32_t>(__builtin_ctzll(transfer->ports));
    Append(TurnOf(port, transfer->lane), transfer);
    return transfer->ports;
}

OutgoingTransfer*
FabricEndpoint::TakeNext(const OutgoingTransfer* transfer)
{
    if (m_floor->order == TransferOrder::TAKE_TURNS)
    {
        return nullptr;
    }
    OutgoingTransfer* next = m_lines.Leave(transfer);
    if (__builtin_expect(next != nullptr, 0))
    {
        Route(next);
    }
    return next;
}

void
FabricEndpoint::KickPorts(uint64_t ports, uint64_t nowPs)
{
    for (; ports != 0; ports &= ports - 1)
    {
        m_ports[__builtin_ctzll(ports)]->GetEngine().Kick(nowPs);
    }
}

// From here to Receive per packet: no function logging.

bool
FabricEndpoint::HasOwn(const PortEngine& port, uint8_t lane) const
{
    const uint64_t bit = uint64_t{1} << port.GetNumber();
    if (__builtin_expect(m_nResends != 0, 0))
    {
        for (const FabricPacket* p = m_resends[lane]; p != nullptr; p = p->m_next)
        {
            if ((p->m_transfer->ports & bit) != 0)
            {
                return true;
            }
        }
    }
    const Turn& turn = TurnOf(port.GetNumber(), lane);
    if (turn.size != 0 && (turn.commonPorts & bit) != 0)
    {
        return true;
    }
    const OutgoingTransfer* transfer = turn.last;
    for (uint64_t i = 0; i < turn.size; ++i)
    {
        transfer = transfer->next;
        if ((transfer->ports & bit) != 0)
        {
            return true;
        }
    }
    return false;
}

FabricPacket*
FabricEndpoint::Pull(const PortEngine& port, uint8_t lane, uint64_t startPs, uint64_t nowPs)
{
    const uint64_t bit = uint64_t{1} << port.GetNumber();
    for (FabricPacket** link = m_nResends != 0 ? &m_resends[lane] : nullptr;
         link != nullptr && *link != nullptr;
         link = &(*link)->m_next)
    {
        FabricPacket* packet = *link;
        if ((packet->m_transfer->ports & bit) != 0)
        {
            *link = packet->m_next;
            --m_nResends;
            // What it waited here counts as rerouting: it was lost before.
            m_floor->GetAside(packet).reroutePs += startPs - packet->m_atPs;
            packet->m_atPs = startPs;
            return packet;
        }
    }
    Turn& turn = TurnOf(port.GetNumber(), lane);
    OutgoingTransfer* transfer = TakeFirst(turn);
    while ((transfer->ports & bit) == 0)
    {
        Append(turn, transfer);
        transfer = TakeFirst(turn);
    }
    FabricPacket* packet = MakePacket(transfer, startPs);
    if (turn.last != nullptr)
    {
        // The node's other ports are likely to be free at the same time, and take it.
        __builtin_prefetch(&turn.last->next->next, 1);
    }
    if (transfer->unsentBytes != 0)
    {
        Append(turn, transfer);
    }
    else
    {
        NoteSent(transfer, port.GetFrameEndPs(packet->m_wireBytes, startPs) - nowPs);
        // The same ports take it as took the one before: this one, and others that are busy.
        LineUp(TakeNext(transfer), nowPs);
    }
    return packet;
}

void
FabricEndpoint::NoteSent(const OutgoingTransfer* transfer, uint64_t delayPs)
{
    if (transfer->client != nullptr)
    {
        m_floor->simulator->ScheduleWithContext(GetNode()->GetId(),
                                                TimeStep(delayPs),
                                                new TransferSentEvent(transfer));
    }
}

FabricPacket*
FabricEndpoint::MakePacket(OutgoingTransfer* transfer, uint64_t startPs)
{
    const uint64_t payload = std::min<uint64_t>(transfer->unsentBytes, m_floor->mtuBytes);
    transfer->unsentBytes -= payload;
    ++m_floor->totals.packets;
    FabricPacket* packet = m_floor->pool.Acquire();
    packet->m_port = nullptr;
    packet->m_transfer = transfer;
    packet->m_atPs = startPs;
    packet->m_queuePs = 0;
    packet->m_stallPs = 0;
    packet->m_fixedPs = {{}};
    packet->m_wireBytes = static_cast<uint16_t>(payload + m_floor->headerBytes);
    packet->m_lane = transfer->lane;
    packet->m_stage = FabricPacket::ARRIVE;
    SetPath(packet);
    return packet;
}

void
FabricEndpoint::SetPath(FabricPacket* packet) const
{
    OutgoingTransfer* transfer = packet->m_transfer;
    packet->m_routeClass = transfer->address.routeClass;
    packet->m_routeMember = transfer->address.member;
    packet->m_path = transfer->path;
    if (!m_pinned)
    {
        transfer->path += PathChoice::STEP;
        return;
    }
    // The choice of the port has used up the first digit of the path.
    const RouteTable::Entry entry = m_table->Find(transfer->address.routeClass);
    const uint32_t choices = entry.direct ? 1 : std::max<uint32_t>(1, entry.count);
    packet->m_path = PathChoice::Rest(m_floor->routing, packet->m_path, choices);
}

bool
FabricEndpoint::ForeseeArrival(const FabricPacket& packet, uint32_t) const
{
    __builtin_prefetch(packet.m_transfer, 1);
    return false;
}

bool
FabricEndpoint::ForeseeOwn(const PortEngine& port, uint32_t step) const
{
    // The transfer that is served last, then the one after it, whose turn it is.
    const Turn& turn = TurnOf(port.GetNumber(), 0);
    const bool isNear = &turn == &m_firstTurn;
    if (step == 2 && !isNear)
    {
        __builtin_prefetch(&turn, 1);
        return true;
    }
    if (turn.last != nullptr)
    {
        const bool isLast = step == (isNear ? 2U : 3U);
        const OutgoingTransfer* transfer = isLast ? turn.last : turn.last->next;
        __builtin_prefetch(&transfer->next, 1);
        return isLast;
    }
    return false;
}

void
FabricEndpoint::Receive(FabricPacket* packet)
{
    OutgoingTransfer* transfer = packet->m_transfer;
    const uint64_t nowPs = packet->m_atPs;
    packet->m_port->ReleaseBuffer(packet->m_lane, packet->m_wireBytes, nowPs, nowPs);
    if (__builtin_expect(transfer->transfer.destination != m_index, 0))
    {
        // Addressed before the routes changed under it.
        m_floor->Lose(packet);
        return;
    }
    NetworkCounts& totals = m_floor->totals;
    ++totals.deliveredPackets;
    totals.receivedBytes += packet->m_wireBytes - m_floor->headerBytes;
    LatencyParts parts{};
    for (uint32_t i = 0; i < FabricPacket::FIXED_PARTS; ++i)
    {
        parts[i] = packet->m_fixedPs[i];
    }
    // What is left of it, if the packet came back to a link on its way so often that its sums began
    // anew there.
    parts[ENDPOINT] = std::min<uint64_t>(transfer->endpointPs, parts[SWITCHING]);
    parts[SWITCHING] -= parts[ENDPOINT];
    parts[QUEUE] = static_cast<uint64_t>(packet->m_queuePs);
    parts[CREDIT_STALL] = static_cast<uint64_t>(packet->m_stallPs);
    uint64_t agePs = packet->GetAge();
    if (__builtin_expect(packet->m_aside != FabricPacket::NO_ASIDE, 0))
    {
        PacketAside& aside = m_floor->GetAside(packet);
        parts[RETRY] = aside.retryPs;
        parts[RECONFIGURATION] = aside.reconfigurationPs;
        parts[REROUTE] = aside.reroutePs;
        agePs += aside.retryPs + aside.reconfigurationPs + aside.reroutePs;
        if (aside.payload)
        {
            FabricPort* device = packet->m_port->GetDevice();
            device->Deliver(aside.payload,
                            aside.protocol,
                            transfer->sourcePort->GetDevice()->GetAddress(),
                            aside.broadcast ? device->GetBroadcast() : device->GetAddress());
        }
    }
    TrafficAccount& account = m_floor->accounts[transfer->transfer.account];
    account.packetLatency.Record(agePs);
    account.breakdown.Record(agePs, parts);
    if (__builtin_expect(packet->m_aside != FabricPacket::NO_ASIDE, 0))
    {
        m_floor->Release(packet);
    }
    else
    {
        m_floor->pool.Release(packet);
    }
    if (--transfer->unaccountedPackets == 0)
    {
        Finish(transfer, nowPs);
    }
}

void
FabricEndpoint::Finish(OutgoingTransfer* transfer, uint64_t nowPs)
{
    NetworkCounts& totals = m_floor->totals;
    ++totals.finishedTransfers;
    if (!transfer->failed)
    {
        m_floor->accounts[transfer->transfer.account].transferLatency.Record(nowPs -
                                                                             transfer->startPs);
    }
    else
    {
        ++totals.failedTransfers;
    }
    // The client may post, and so reuse the transfer's place.
    const Transfer finished = transfer->transfer;
    TransferClient* client = transfer->client;
    const uint64_t failedBytes = transfer->failedBytes;
    const bool failed = transfer->failed;
    m_floor->Release(transfer);
    if (client != nullptr)
    {
        if (failed)
        {
            client->OnFailed(finished);
        }
        client->OnReceived(finished, failedBytes);
    }
}

} // namespace opticalfabric
} // namespace ns3
