/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hybrid-engine.h"

#include "ns3/abort.h"
#include "ns3/enum-accessor.h"
#include "ns3/enum.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <limits>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricHybridEngine");
NS_OBJECT_ENSURE_REGISTERED(HybridEngine);

namespace
{

constexpr uint64_t MOST = std::numeric_limits<int64_t>::max(); ///< largest number of an attribute

} // namespace

void
PacketTransfer::OnSent(const Transfer& transfer)
{
    TransferClient* client = m_client;
    m_sent = true;
    if (m_received)
    {
        m_engine->Release(this);
    }
    client->OnSent(transfer);
}

void
PacketTransfer::OnFailed(const Transfer& transfer)
{
    m_failed = true;
    m_client->OnFailed(transfer);
}

void
PacketTransfer::OnReceived(const Transfer& transfer, uint64_t failedBytes)
{
    TransferClient* client = m_client;
    m_received = true;
    m_engine->Finish(this, failedBytes);
    client->OnReceived(transfer, failedBytes);
}

TypeId
HybridEngine::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::HybridEngine")
            .SetParent<TransferEngine>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<HybridEngine>()
            .AddAttribute("Packets",
                          "Which transfers go packet by packet: of those of each source one of "
                          "PacketEvery, or those of at most PacketMaxBytes.",
                          EnumValue(Packets::EVERY),
                          MakeEnumAccessorFor<Packets::Kind>(&HybridEngine::m_packets, 0),
                          MakeEnumChecker(Packets::EVERY, "Every", Packets::SMALL, "Small"))
            .AddAttribute("PacketEvery",
                          "Of so many transfers of a source one goes packet by packet; which one "
                          "differs from source to source. 1: all do. 1 or more.",
                          UintegerValue(100),
                          MakeUintegerAccessor(&HybridEngine::m_every),
                          MakeUintegerChecker<uint64_t>(1, MOST))
            .AddAttribute("PacketMaxBytes",
                          "Payload of the largest transfer that goes packet by packet, bytes. 0 or "
                          "more.",
                          UintegerValue(4096),
                          MakeUintegerAccessor(&HybridEngine::m_mostBytes),
                          MakeUintegerChecker<uint64_t>(0, MOST));
    return tid;
}

HybridEngine::HybridEngine()
{
    NS_LOG_FUNCTION(this);
}

HybridEngine::~HybridEngine()
{
    NS_LOG_FUNCTION(this);
}

void
HybridEngine::DoDispose()
{
    NS_LOG_FUNCTION(this);
    if (m_flows)
    {
        m_flows->Dispose();
    }
    m_flows = nullptr;
    m_network = nullptr;
    m_choice.Nullify();
    m_waiting.clear();
    TransferEngine::DoDispose();
}

void
HybridEngine::SetNetwork(Ptr<FabricNetwork> network)
{
    NS_LOG_FUNCTION(this << network);
    NS_ABORT_MSG_IF(m_network, "HybridEngine: SetNetwork a second time");
    NS_ABORT_MSG_UNLESS(network->HasRouteTables(),
                        "HybridEngine: a network without route tables, which packets need");
    m_network = network;
    m_flows = CreateObject<FlowEngine>();
    m_flows->SetNetwork(network);
    m_flows->UseShadows(MakeCallback(&HybridEngine::OnSettled, this));
    m_posted.assign(network->GetNEndpoints(), 0);
}

Ptr<FabricNetwork>
HybridEngine::GetNetwork() const
{
    return m_network;
}

Ptr<FlowEngine>
HybridEngine::GetFlows() const
{
    return m_flows;
}

void
HybridEngine::SetChoice(Choice choice)
{
    NS_LOG_FUNCTION(this);
    m_choice = choice;
}

uint32_t
HybridEngine::GetNEndpoints() const
{
    return m_network->GetNEndpoints();
}

uint32_t
HybridEngine::GetNodeId(uint32_t endpoint) const
{
    return m_network->GetNodeId(endpoint);
}

std::string
HybridEngine::ExplainNoPath(uint32_t source, uint32_t destination) const
{
    return m_network->ExplainNoPath(source, destination);
}

bool
HybridEngine::IsChosen(const Transfer& transfer)
{
    if (!m_choice.IsNull())
    {
        return m_choice(transfer);
    }
    if (m_packets == Packets::SMALL)
    {
        return transfer.bytes <= m_mostBytes;
    }
    // Not the same for all sources: in a collective the n-th transfers of all belong together.
    return (m_posted[transfer.source]++ + transfer.source) % m_every == 0;
}

bool
HybridEngine::HasFlows() const
{
    const NetworkCounts& totals = m_network->GetCounts();
    return totals.transfers - totals.finishedTransfers > m_underWay || m_flows->HasBackground();
}

void
HybridEngine::Post(const Transfer& transfer, TransferClient* client)
{
    NS_ABORT_MSG_UNLESS(m_network, "HybridEngine: Post before SetNetwork");
    NS_ABORT_MSG_IF(transfer.source >= GetNEndpoints() || transfer.destination >= GetNEndpoints() ||
                        transfer.source == transfer.destination,
                    "HybridEngine: transfer from endpoint "
                        << transfer.source << " to " << transfer.destination
                        << ", allowed two different ones below " << GetNEndpoints());
    const FabricFloor& floor = m_network->GetFloor();
    NS_ABORT_MSG_IF(transfer.virtualLane >= floor.lanes,
                    "HybridEngine: virtual lane " << +transfer.virtualLane << ", allowed below "
                                                  << floor.lanes);
    if (!IsChosen(transfer))
    {
        ++m_flowTransfers;
        m_flows->Post(transfer, client);
        return;
    }
    ++m_packetTransfers;
    if (m_free.empty())
    {
        m_transfers.emplace_back();
        m_free.push_back(&m_transfers.back());
    }
    PacketTransfer* packets = m_free.back();
    m_free.pop_back();
    *packets = PacketTransfer();
    packets->m_engine = this;
    packets->m_client = client;
    packets->m_transfer = transfer;
    packets->m_startPs = floor.Now();
    // Its first packets have to find links as it leaves them: not before rates are looked at.
    const bool waits = !m_waiting.empty() || HasFlows();
    packets->m_pair = m_flows->AddShadow(transfer, waits);
    if (waits)
    {
        m_waiting.push_back(packets);
    }
    else
    {
        Begin(packets);
    }
}

void
HybridEngine::OnSettled()
{
    const std::vector<PacketTransfer*> waiting = std::exchange(m_waiting, {});
    for (PacketTransfer* transfer : waiting)
    {
        Simulator::ScheduleWithContext(GetNodeId(transfer->m_transfer.source),
                                       Time(0),
                                       &HybridEngine::Begin,
                                       this,
                                       transfer);
    }
}

void
HybridEngine::Begin(PacketTransfer* transfer)
{
    if (m_network)
    {
        ++m_underWay;
        m_network->Post(transfer->m_transfer, transfer);
    }
}

void
HybridEngine::Finish(PacketTransfer* transfer, uint64_t failedBytes)
{
    --m_underWay;
    m_flows->CloseShadow(transfer->m_pair);
    if (failedBytes == 0 && !transfer->m_failed)
    {
        m_packetTransferLatency.Record(m_network->GetFloor().Now() - transfer->m_startPs);
    }
    if (transfer->m_sent)
    {
        Release(transfer);
    }
}

void
HybridEngine::Release(PacketTransfer* transfer)
{
    m_free.push_back(transfer);
}

std::string
HybridEngine::GetFidelity() const
{
    return "hybrid";
}

void
HybridEngine::UpdateCounters()
{
    m_flows->UpdateCounters();
}

uint32_t
HybridEngine::OpenAccount()
{
    return m_network->OpenAccount();
}

const TrafficAccount*
HybridEngine::GetAccount(uint32_t account) const
{
    return m_network->GetAccount(account);
}

uint64_t
HybridEngine::GetPacketTransfers() const
{
    return m_packetTransfers;
}

uint64_t
HybridEngine::GetFlowTransfers() const
{
    return m_flowTransfers;
}

const LatencyHistogram&
HybridEngine::GetPacketTransferLatency() const
{
    return m_packetTransferLatency;
}

} // namespace opticalfabric
} // namespace ns3
