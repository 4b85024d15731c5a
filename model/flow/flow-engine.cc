/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-engine.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/flow-wake.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/time-end.h"

#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowEngine");
NS_OBJECT_ENSURE_REGISTERED(FlowEngine);

namespace
{

constexpr double PS_PER_S = 1e12; ///< ps in a second

} // namespace

void
FlowTransfer::Notify()
{
    m_engine->Notify(this);
}

TypeId
FlowEngine::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::FlowEngine")
            .SetParent<TransferEngine>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<FlowEngine>()
            .AddAttribute("SettleSpacing",
                          "Least time from one look at the rates to the next, for "
                          "each rate that the first has changed. It bounds the work "
                          "where each end changes thousands of rates; what a flow "
                          "leaves free is used that much later. 0: at once. 0 to 1 "
                          "ms.",
                          // As text: before the resolution is set, a Time
                          // cannot hold it.
                          StringValue("2ps"),
                          MakeTimeAccessor(&FlowEngine::m_settleSpacing),
                          MakeTimeChecker(Time(0), MilliSeconds(1)))
            .AddAttribute("Symmetry",
                          "Whether a few ranks may stand for all where collective "
                          "and network allow. Results are the same; links must not "
                          "change during the run.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&FlowEngine::m_useSymmetry),
                          MakeBooleanChecker());
    return tid;
}

FlowEngine::FlowEngine()
    : m_solver(std::make_unique<FairShare>()),
      m_lanes(*m_solver),
      m_settleWake(Create<FlowWake>(this, &FlowEngine::Settle)),
      m_endWake(Create<FlowWake>(this, &FlowEngine::EndFlows)),
      m_creditWake(Create<FlowWake>(this, &FlowEngine::OnCredit))
{
    NS_LOG_FUNCTION(this);
}

FlowEngine::~FlowEngine()
{
    NS_LOG_FUNCTION(this);
}

void
FlowEngine::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_settleWake->Forget();
    m_endWake->Forget();
    m_creditWake->Forget();
    for (uint32_t i = 0; m_network && i < m_network->GetNLinks(); ++i)
    {
        m_network->GetLink(i)->TraceDisconnectWithoutContext(
            "State",
            MakeBoundCallback(&FlowEngine::OnState, this, i));
    }
    if (m_network)
    {
        m_network->TraceDisconnectWithoutContext("LinkDetected",
                                                 MakeCallback(&FlowEngine::OnDetected, this));
        m_network->TraceDisconnectWithoutContext("RoutesChanged",
                                                 MakeCallback(&FlowEngine::OnRoutes, this));
    }
    m_known.clear();
    m_shadows.reset();
    m_whenSettled.Nullify();
    m_network = nullptr;
    m_floor = nullptr;
    TransferEngine::DoDispose();
}

void
FlowEngine::SetNetwork(Ptr<FabricNetwork> network)
{
    NS_LOG_FUNCTION(this << network);
    NS_ABORT_MSG_IF(m_network, "FlowEngine: SetNetwork a second time");
    NS_ABORT_MSG_IF(network->GetFloor().simulator == nullptr,
                    "FlowEngine: SetNetwork before the network's Build");
    m_network = network;
    m_floor = &network->GetFloor();
    m_solver->AddResource(0);
    m_lanes.Configure(m_floor->lanes,
                      FlowTopology::GetWindowBytes(*network),
                      network->GetMtu() + network->GetHeaderBytes());
    m_finderDue = true;
    m_linkBytes.assign(2 * network->GetNLinks(), 0);
    m_recent.assign(network->GetNEndpoints(), UINT32_MAX);
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        network->GetLink(i)->TraceConnectWithoutContext(
            "State",
            MakeBoundCallback(&FlowEngine::OnState, this, i));
    }
    network->TraceConnectWithoutContext("LinkDetected",
                                        MakeCallback(&FlowEngine::OnDetected, this));
    network->TraceConnectWithoutContext("RoutesChanged", MakeCallback(&FlowEngine::OnRoutes, this));
    Reload();
}

Ptr<FabricNetwork>
FlowEngine::GetNetwork() const
{
    return m_network;
}

uint32_t
FlowEngine::GetNEndpoints() const
{
    return m_network->GetNEndpoints();
}

uint32_t
FlowEngine::GetNodeId(uint32_t endpoint) const
{
    return m_network->GetNodeId(endpoint);
}

std::string
FlowEngine::ExplainNoPath(uint32_t source, uint32_t destination) const
{
    return m_network->ExplainNoPath(source, destination);
}

uint64_t
FlowEngine::Now() const
{
    return m_floor->Now();
}

uint64_t
FlowEngine::GetPackets(uint64_t bytes) const
{
    return std::max<uint64_t>(1, (bytes + m_floor->mtuBytes - 1) / m_floor->mtuBytes);
}

uint64_t
FlowEngine::GetWireBytes(uint64_t bytes) const
{
    return bytes + GetPackets(bytes) * m_floor->headerBytes;
}

uint64_t
FlowEngine::GetTailPs(const FlowPair& pair, uint64_t bytes, double sinceEndPs) const
{
    const uint64_t packets = GetPackets(bytes);
    const uint64_t fullBytes = std::min<uint64_t>(bytes, m_floor->mtuBytes) + m_floor->headerBytes;
    const uint64_t wireBytes = GetWireBytes(bytes);
    const uint64_t lastBytes =
        wireBytes - (packets - 1) * (m_floor->mtuBytes + m_floor->headerBytes);
    // Each port takes every so many-th packet; the last packet may be alone in its round.
    const uint64_t rounds = (packets - 1) / pair.ports;
    const uint64_t longest = (packets - 1) % pair.ports == 0 ? lastBytes : fullBytes;
    // The slowest link sets their pace, wherever it is, and the last one is as long as it takes
    // there.
    const double pacePs = std::max(pair.byteTimePs, pair.alonePs * pair.ports);
    const double packetsPs = static_cast<double>(rounds * fullBytes) * pacePs +
                             static_cast<double>(longest) * pair.slowestPs;
    const double flowPs = static_cast<double>(wireBytes) * pair.alonePs + sinceEndPs;
    return static_cast<uint64_t>(std::max(0.0, packetsPs - flowPs) + 0.5);
}

uint64_t
FlowEngine::GetStorePs(const FlowPair& pair, uint64_t bytes) const
{
    const uint64_t fullBytes = std::min<uint64_t>(bytes, m_floor->mtuBytes) + m_floor->headerBytes;
    return static_cast<uint64_t>(pair.storePsPerByte * static_cast<double>(fullBytes) + 0.5);
}

void
FlowEngine::Post(const Transfer& transfer, TransferClient* client)
{
    PostFlow(transfer, client);
}

void
FlowEngine::PostUnequal(const Transfer& transfer, uint32_t shorter, TransferClient* client)
{
    NS_ABORT_MSG_IF(shorter >= GetCopies(transfer.source) || (shorter > 0 && transfer.bytes == 0),
                    "FlowEngine: " << shorter << " transfers have a byte less than "
                                   << transfer.bytes << ", allowed fewer than "
                                   << GetCopies(transfer.source) << ", and one byte or more");
    PostFlow(transfer, client)->m_shorter = shorter;
    m_floor->totals.sentBytes -= shorter;
}

FlowTransfer*
FlowEngine::PostFlow(const Transfer& transfer, TransferClient* client)
{
    NS_ABORT_MSG_UNLESS(m_network, "FlowEngine: Post before SetNetwork");
    NS_ABORT_MSG_IF(transfer.source >= GetNEndpoints() || transfer.destination >= GetNEndpoints() ||
                        transfer.source == transfer.destination,
                    "FlowEngine: transfer from endpoint "
                        << transfer.source << " to " << transfer.destination
                        << ", allowed two different ones below " << GetNEndpoints());
    NS_ABORT_MSG_IF(transfer.virtualLane >= m_floor->lanes,
                    "FlowEngine: virtual lane " << +transfer.virtualLane << ", allowed below "
                                                << m_floor->lanes);
    NS_ABORT_MSG_IF(transfer.account >= m_floor->accounts.size(),
                    "FlowEngine: account " << transfer.account << ", allowed below "
                                           << m_floor->accounts.size());
    FlowTransfer* flow = m_pool.Acquire();
    flow->m_transfer = transfer;
    flow->m_client = client;
    flow->m_engine = this;
    flow->m_startPs = Now();
    flow->m_failedBytes = 0;
    flow->m_failed = false;
    flow->m_told = false;
    flow->m_stage = FlowTransfer::SENT;
    flow->m_whole = nullptr;
    flow->m_sibling = nullptr;
    flow->m_unsent = 0;
    flow->m_open = 0;
    const uint32_t copies = m_symmetry ? GetCopies(transfer.source) : 1;
    m_floor->totals.transfers += copies;
    m_floor->totals.sentBytes += transfer.bytes * copies;
    m_network->NoteStart(transfer);
    if (m_gate == nullptr)
    {
        Begin(flow);
    }
    else
    {
        PassGate(flow);
    }
    return flow;
}

void
FlowEngine::Begin(FlowTransfer* flow)
{
    const uint32_t id = FindPair(flow->m_transfer, false);
    const auto wireBytes = static_cast<double>(GetWireBytes(flow->m_transfer.bytes));
    if (__builtin_expect(m_approximations.hasUnequalPorts, 0))
    {
        const uint32_t parts = m_pairs[id].parts;
        if (parts != 0)
        {
            BeginParts(flow, flow->m_transfer.bytes, wireBytes, parts);
            return;
        }
        TakeTurn(flow->m_transfer, GetPackets(flow->m_transfer.bytes), wireBytes);
        Insert(id, flow, wireBytes);
        return;
    }
    Insert(id, flow, wireBytes);
}

void
FlowEngine::Insert(uint32_t id, FlowTransfer* flow, double wireBytes)
{
    const uint64_t nowPs = Now();
    FlowPair& pair = m_pairs[id];
    pair.Advance(nowPs);
    const uint32_t before = pair.shares;
    flow->m_flows = true;
    pair.Insert(flow, wireBytes);
    if (pair.stranded)
    {
        Strand(id);
    }
    else if (pair.shares != before)
    {
        m_approximations.hasTurns |= before != 0;
        if (before != 0 && m_settleAfterPs > nowPs)
        {
            // Until rates are looked at, what the pair has is all there is.
            pair.rate *= static_cast<double>(before) / pair.shares;
        }
        m_solver->SetCount(id, pair.shares);
        Touch(id);
        RequestSettle();
    }
}

void
FlowEngine::Touch(uint32_t id)
{
    if (!m_pairs[id].touched)
    {
        m_pairs[id].touched = true;
        m_touched.push_back(id);
    }
}

void
FlowEngine::RequestSettle()
{
    if (!m_settlePending)
    {
        const uint64_t nowPs = Now();
        m_settlePending = true;
        m_settleWake->Ref();
        m_floor->simulator->Schedule(TimeStep(std::max(m_settleAfterPs, nowPs) - nowPs),
                                     PeekPointer(m_settleWake));
    }
}

void
FlowEngine::Settle()
{
    const uint64_t nowPs = Now();
    m_settlePending = false;
    ++m_counters.settles;
    if (m_reloadDue)
    {
        Reload();
    }
    while (std::exchange(m_repathDue, false))
    {
        for (uint32_t id = 0; id < m_pairs.size(); ++id)
        {
            if (m_pairs[id].used)
            {
                FindPathAgain(id);
            }
        }
    }
    const FairShare::Ids changed = m_lanes.Solve(nowPs);
    for (const uint32_t id : changed)
    {
        Touch(id);
    }
    m_counters.rateChanges += changed.size;
    const uint64_t rates = m_symmetry ? CountRates(changed) : changed.size;
    m_settleAfterPs = nowPs + rates * static_cast<uint64_t>(m_settleSpacing.GetTimeStep());
    LookAtEnds(nowPs);
    ScheduleEnd(m_ends.GetNext(), nowPs);
    if (!m_lanes.IsPlain())
    {
        ScheduleCredit();
    }
    if (m_shadows)
    {
        UpdateShadows(nowPs);
    }
}

void
FlowEngine::ScheduleCredit()
{
    const uint64_t atPs = m_lanes.GetNextPs();
    // An event that comes too early finds credit left, and looks again.
    if (atPs < m_creditAtPs)
    {
        m_creditAtPs = atPs;
        m_creditWake->Ref();
        m_floor->simulator->Schedule(TimeEnd::Limit(atPs - Now()), PeekPointer(m_creditWake));
    }
}

void
FlowEngine::OnCredit()
{
    m_creditAtPs = m_creditAtPs == Now() ? uint64_t{NEVER} : m_creditAtPs;
    RequestSettle();
}

void
FlowEngine::LookAtEnds(uint64_t nowPs)
{
    const auto update = [this, nowPs](uint32_t id) {
        FlowPair& pair = m_pairs[id];
        pair.touched = false;
        pair.Advance(nowPs);
        pair.rate = pair.used ? m_solver->GetRate(id) : 0;
        constexpr double ALONE = 0.999; // less than that, by more than roundings
        m_approximations.sharesLinks |= pair.rate * pair.alonePs < ALONE && pair.rate > 0;
        return pair.GetEnd();
    };
    constexpr size_t MANY = 8; // memory is read in order if one in so many is touched
    if (m_touched.size() * MANY < m_pairs.size())
    {
        for (const uint32_t id : m_touched)
        {
            m_ends.Set(id, update(id));
        }
    }
    else
    {
        for (uint32_t id = 0; id < m_pairs.size(); ++id)
        {
            if (m_pairs[id].touched)
            {
                m_ends.SetUnordered(id, update(id));
            }
        }
        m_ends.Order();
    }
    m_touched.clear();
}

void
FlowEngine::ScheduleEnd(uint64_t atPs, uint64_t nowPs)
{
    // An event that comes too early finds nothing to do, and looks again.
    if (atPs < m_endAtPs)
    {
        m_endAtPs = atPs;
        m_endWake->Ref();
        m_floor->simulator->Schedule(TimeEnd::Limit(atPs - nowPs), PeekPointer(m_endWake));
    }
}

void
FlowEngine::EndFlows()
{
    const uint64_t nowPs = Now();
    if (m_endAtPs == nowPs)
    {
        m_endAtPs = NEVER;
    }
    if (m_ends.GetNext() == nowPs)
    {
        m_ends.Take(m_ending);
        for (const uint32_t id : m_ending)
        {
            EndFlowsOf(id, nowPs);
        }
        RequestSettle();
        if (m_settleAfterPs <= nowPs)
        {
            // Rates are looked at before time goes on, and then the next end.
            return;
        }
    }
    ScheduleEnd(m_ends.GetNext(), nowPs);
}

void
FlowEngine::EndFlowsOf(uint32_t id, uint64_t nowPs)
{
    FlowPair& pair = m_pairs[id];
    pair.Advance(nowPs);
    // Its time was rounded up: what is left for rounding the other way is nothing.
    pair.served = std::max(pair.served, pair.first->m_end);
    while (pair.HasEnded())
    {
        FlowTransfer* flow = pair.TakeFirst();
        if (pair.shadow)
        {
            m_pool.Release(flow);
            continue;
        }
        if (__builtin_expect(flow->m_whole != nullptr, 0) && TakeOver(id, flow))
        {
            continue;
        }
        flow->m_flows = false;
        flow->m_latencyPs = pair.latencyPs + GetStorePs(pair, flow->m_transfer.bytes);
        if (__builtin_expect(pair.arriving < 1, 0))
        {
            flow->m_latencyPs += GetResendPs(pair, flow->m_transfer.bytes);
        }
        const double sinceEndPs = pair.rate > 0 ? (pair.served - flow->m_end) / pair.rate : 0;
        uint64_t tailPs = GetTailPs(pair, flow->m_transfer.bytes, std::max(0.0, sinceEndPs));
        if (!m_lanes.IsPlain())
        {
            tailPs = std::max(tailPs, m_lanes.GetTailPs(m_solver->GetBottleneck(id), nowPs));
        }
        Schedule(flow, tailPs, pair.source);
    }
    m_solver->SetCount(id, pair.shares);
    if (pair.count != 0)
    {
        Touch(id);
        m_ends.Set(id, pair.GetEnd());
    }
    else
    {
        NoteIdle(id);
    }
}

void
FlowEngine::NoteIdle(uint32_t id)
{
    FlowPair& pair = m_pairs[id];
    pair.rate = 0;
    pair.idleStamp = ++m_idleStamp;
    if (!pair.inLine)
    {
        pair.inLine = true;
        m_idle.emplace_back(id, m_idleStamp);
    }
}

void
FlowEngine::Schedule(FlowTransfer* transfer, uint64_t delayPs, uint32_t endpoint)
{
    transfer->Ref();
    m_floor->simulator->ScheduleWithContext(GetNodeId(endpoint), TimeStep(delayPs), transfer);
}

void
FlowEngine::Notify(FlowTransfer* flow)
{
    if (!m_network)
    {
        return;
    }
    if (__builtin_expect(flow->m_whole != nullptr, 0))
    {
        NotifyPart(flow);
        return;
    }
    if (flow->m_stage == FlowTransfer::HELD)
    {
        EndHold(flow);
        return;
    }
    if (flow->m_stage == FlowTransfer::SENT)
    {
        flow->m_stage = FlowTransfer::RECEIVED;
        if (m_gate != nullptr)
        {
            m_gate->Leave(flow->m_ticket, Now());
        }
        Schedule(flow, flow->m_latencyPs, GetReceiver(flow->m_transfer.destination));
        TellSent(flow);
        return;
    }
    if (m_gate != nullptr && !PassLate(flow))
    {
        return;
    }
    Finish(flow);
}

void
FlowEngine::TellSent(FlowTransfer* flow)
{
    if (!std::exchange(flow->m_told, true))
    {
        flow->m_client->OnSent(Transfer(flow->m_transfer)); // the client may post
    }
}

void
FlowEngine::Finish(FlowTransfer* flow)
{
    const Transfer transfer = flow->m_transfer;
    TransferClient* client = flow->m_client;
    NetworkCounts& totals = m_floor->totals;
    const uint64_t failedBytes = flow->m_failedBytes;
    const bool failed = flow->m_failed;
    uint32_t copies = 1;
    if (m_symmetry)
    {
        copies = GetCopies(transfer.source);
        CountShorter(transfer, std::exchange(flow->m_shorter, 0));
    }
    totals.finishedTransfers += copies;
    totals.receivedBytes += (transfer.bytes - failedBytes) * copies;
    totals.failedBytes += failedBytes * copies;
    if (failed)
    {
        totals.failedTransfers += copies;
    }
    else
    {
        m_floor->accounts[transfer.account].transferLatency.Record(Now() - flow->m_startPs, copies);
    }
    // The client may post, and so reuse the transfer's place.
    m_pool.Release(flow);
    if (failed)
    {
        client->OnFailed(transfer);
    }
    client->OnReceived(transfer, failedBytes);
}

double
FlowEngine::GetRate(uint32_t source, uint32_t destination, uint8_t lane) const
{
    double rate = 0;
    for (uint32_t part = 0; part <= FlowRoutes::MAX_PARTS; ++part)
    {
        const auto known = m_known.find(GetKey(source, destination, lane, false, part));
        const bool isUnderWay = known != m_known.end() && m_pairs[known->second].count != 0;
        rate += isUnderWay ? m_pairs[known->second].rate * PS_PER_S : 0;
    }
    return rate;
}

std::string
FlowEngine::GetFidelity() const
{
    return "flow";
}

uint32_t
FlowEngine::OpenAccount()
{
    return m_network->OpenAccount();
}

const TrafficAccount*
FlowEngine::GetAccount(uint32_t account) const
{
    return m_network->GetAccount(account);
}

const FlowEngine::Counters&
FlowEngine::GetCounters() const
{
    return m_counters;
}

} // namespace opticalfabric
} // namespace ns3
