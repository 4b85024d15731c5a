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

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPort");
NS_OBJECT_ENSURE_REGISTERED(FabricPort);

TypeId
FabricPort::GetTypeId()
{
    static const char* PACKET = "ns3::opticalfabric::FabricPort::PacketTracedCallback";
    const auto trace = [](auto source) {
        return MakeLazyTraceSourceAccessor(&FabricPort::MakeTraces, source);
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
            .AddTraceSource("AnswerDamaged",
                            "Requests for repeats, or acknowledgments, are damaged on their way "
                            "back to this port: how many, about one frame.",
                            trace(&PortTraces::answerDamaged),
                            "ns3::TracedValueCallback::Uint32")
            .AddTraceSource("RetryTimeout",
                            "The link repeats a frame for want of an answer: how often.",
                            trace(&PortTraces::retryTimeout),
                            "ns3::TracedValueCallback::Uint32")
            .AddTraceSource("Retrain",
                            "The link retrains because repeats were in vain: when, and how long.",
                            trace(&PortTraces::retrain),
                            "ns3::opticalfabric::FabricPort::SpanTracedCallback")
            .AddTraceSource("ReplayStall",
                            "There is something to send and the replay buffer is full: when, and "
                            "how long.",
                            trace(&PortTraces::replayStall),
                            "ns3::opticalfabric::FabricPort::SpanTracedCallback")
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
    : m_engine(Create<PortEngine>(this))
{
    NS_LOG_FUNCTION(this);
}

FabricPort::~FabricPort()
{
    NS_LOG_FUNCTION(this);
    m_engine->Forget();
}

void
FabricPort::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_engine->Forget();
    m_link = nullptr;
    m_peer = nullptr;
    m_owner = nullptr;
    FabricDevice::DoDispose();
}

PortTraces*
FabricPort::MakeTraces()
{
    if (!m_traces)
    {
        m_traces = std::make_unique<PortTraces>();
        m_engine->SetTraces(m_traces.get());
    }
    return m_traces.get();
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
    m_engine->Configure(floor, m_owner, m_number, &m_peer->GetEngine());
    if (GetMtu() > floor->mtuBytes)
    {
        SetMtu(static_cast<uint16_t>(floor->mtuBytes));
    }
    m_ready = true;
}

void
FabricPort::SetLinkUp(bool up)
{
    NS_LOG_FUNCTION(this << up);
    if (up != m_engine->IsUp())
    {
        m_engine->SetLinkUp(up);
        NotifyLinkChange();
    }
}

std::string
FabricPort::GetName() const
{
    return (m_owner != nullptr ? m_owner->GetName() : std::string("unowned")) + " port " +
           std::to_string(m_number);
}

FabricPort::Counters
FabricPort::GetCounters() const
{
    return m_engine->GetCounters();
}

uint32_t
FabricPort::GetQueued() const
{
    return m_engine->GetQueued();
}

uint64_t
FabricPort::GetCredits(uint8_t lane) const
{
    return m_engine->GetCredits(lane);
}

bool
FabricPort::IsStalled(uint8_t lane) const
{
    return m_engine->IsStalled(lane);
}

Ptr<Channel>
FabricPort::GetChannel() const
{
    return m_link;
}

bool
FabricPort::IsLinkUp() const
{
    return m_link && m_engine->IsUp();
}

bool
FabricPort::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << dest << protocolNumber);
    const bool sent = packet->GetSize() <= GetMtu() && m_ready &&
                      m_owner->SendPacket(*this, packet, dest, protocolNumber);
    if (!sent && m_traces)
    {
        m_traces->macTxDrop({0, 0, packet->GetSize(), 0});
    }
    return sent;
}

} // namespace opticalfabric
} // namespace ns3
