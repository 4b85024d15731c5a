/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FlowEngine that runs when links change.
#include "flow-engine.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/time-end.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowFaults");

void
FlowEngine::Strand(uint32_t id)
{
    NS_LOG_FUNCTION(this << id);
    Simulator::Schedule(TimeEnd::Limit(GetPatiencePs()),
                        &FlowEngine::LosePatience,
                        Ptr<FlowEngine>(this),
                        GetKey(m_pairs[id]));
    FlowPair& pair = m_pairs[id];
    if (pair.shadow || pair.count == 0)
    {
        return; // packets carry it, or nothing is there
    }
    // What goes out by a port is lost further on, which its source need not know.
    const uint64_t nowPs = Now();
    pair.Advance(nowPs);
    const FlowTopology& topology = m_routes.GetTopology();
    const auto& hops = topology.vertices[topology.endpoints[pair.source]].hops;
    const bool isOut =
        std::any_of(hops.begin(), hops.end(), [](const auto& hop) { return hop.usable; });
    const double bytePs = isOut && pair.ports != 0 ? pair.byteTimePs / pair.ports : 0;
    const double all = (pair.last->m_end - pair.served) * (pair.inOrder ? 1 : pair.count);
    const auto sincePs = static_cast<double>(pair.strandedPs);
    const double endPs = std::max(sincePs + all * bytePs,
                                  static_cast<double>(nowPs) + pair.GetLeft(pair.last) * bytePs);
    Simulator::ScheduleWithContext(
        GetNodeId(pair.source),
        TimeEnd::Limit(static_cast<uint64_t>(std::max(0.0, endPs - static_cast<double>(nowPs)))),
        &FlowEngine::LoseSent,
        Ptr<FlowEngine>(this),
        GetKey(pair),
        nowPs);
}

void
FlowEngine::LoseSent(uint64_t key, uint64_t sincePs)
{
    const auto known = m_known.find(key);
    if (!m_network || known == m_known.end() || !m_pairs[known->second].stranded)
    {
        return;
    }
    std::vector<FlowTransfer*> sent;
    for (FlowTransfer* flow = m_pairs[known->second].first; flow != nullptr; flow = flow->m_next)
    {
        if (flow->m_startPs <= sincePs)
        {
            sent.push_back(flow);
        }
    }
    for (FlowTransfer* flow : sent)
    {
        if (flow->m_whole == nullptr)
        {
            TellSent(flow);
            continue;
        }
        NoteLeft(flow);
        if (flow->m_whole->m_unsent == 0)
        {
            TellSent(flow->m_whole);
        }
    }
}

uint64_t
FlowEngine::GetConvergencePs() const
{
    TimeValue delay;
    m_network->GetAttribute("ConvergenceDelay", delay);
    return static_cast<uint64_t>(delay.Get().GetPicoSeconds());
}

uint64_t
FlowEngine::GetResendPs(const FlowPair& pair, uint64_t bytes) const
{
    // So often that less than half a packet is expected to be missing; and not once paths
    // have been found anew, unless routing does not know of what loses them.
    const double lost = 1 - pair.arriving;
    const double times =
        std::floor(std::log(2 * static_cast<double>(GetPackets(bytes))) / -std::log(lost));
    const auto timeoutPs = static_cast<double>(m_floor->resendTimeoutPs);
    const double most = m_routes.HasLosingLink()
                            ? times
                            : std::ceil(static_cast<double>(GetConvergencePs()) / timeoutPs);
    return static_cast<uint64_t>(std::min({times, most, 1.0 * m_floor->maxResends}) * timeoutPs);
}

uint64_t
FlowEngine::GetPatiencePs() const
{
    // Beyond the end of time is for ever.
    return static_cast<uint64_t>(
        TimeEnd::Multiply(TimeStep(m_floor->resendTimeoutPs), uint64_t{m_floor->maxResends} + 1)
            .GetTimeStep());
}

void
FlowEngine::LosePatience(uint64_t key)
{
    const auto known = m_known.find(key);
    if (known == m_known.end() || !m_pairs[known->second].stranded)
    {
        return;
    }
    const uint64_t nowPs = Now();
    FlowPair& pair = m_pairs[known->second];
    pair.Advance(nowPs);
    std::vector<FlowTransfer*> rest;
    double begin = pair.served; // what had been served as the transfer began, if that is later
    double removed = 0;         // what those that are given up still had to send, in order
    for (uint32_t n = pair.count; n > 0; --n)
    {
        FlowTransfer* flow = pair.TakeFirst();
        const double left = flow->m_end - begin;
        begin = pair.inOrder ? flow->m_end : begin;
        flow->m_end -= removed;
        if (std::max(flow->m_startPs, pair.strandedPs) + GetPatiencePs() > nowPs)
        {
            rest.push_back(flow);
            continue;
        }
        removed += pair.inOrder ? left : 0;
        if (pair.shadow)
        {
            m_pool.Release(flow);
            continue;
        }
        flow->m_failedBytes =
            std::min(flow->m_transfer.bytes, static_cast<uint64_t>(std::max(0.0, left) + 0.5));
        flow->m_failed = true;
        flow->m_latencyPs = 0;
        Schedule(flow, 0, pair.source);
    }
    for (FlowTransfer* flow : rest)
    {
        pair.Restore(flow);
    }
    if (pair.count == 0)
    {
        NoteIdle(known->second);
    }
    m_solver->SetCount(known->second, pair.shares);
    RequestSettle();
}

void
FlowEngine::OnState(FlowEngine* engine, uint32_t link, uint32_t direction, const LinkState&)
{
    NS_ABORT_MSG_IF(engine->m_symmetry || (engine->m_hasFreeRing && engine->m_known.empty()),
                    "FlowEngine: link " << link
                                        << " changes while a few ranks stand for all; allowed with "
                                           "the attribute Symmetry false");
    const FlowTopology::Hop hop = FlowTopology::ReadHop(*engine->m_network, link, direction);
    const auto [bundle, isEnough] = engine->m_routes.SetHop(hop);
    if (!isEnough)
    {
        engine->m_reloadDue = true;
    }
    else if (bundle != FlowBundles::NONE)
    {
        engine->m_lanes.SetCapacity(engine->m_routes.GetBundles(), bundle);
    }
    engine->RequestSettle();
}

void
FlowEngine::OnDetected(Ptr<FabricLink> link, bool up)
{
    NS_LOG_FUNCTION(this << link << up);
    m_reloadDue = true;
    RequestSettle();
}

void
FlowEngine::OnRoutes(uint32_t classes, uint32_t tables)
{
    NS_LOG_FUNCTION(this << classes << tables);
    // Not before what was carried over the old paths has been counted.
    m_finderDue = true;
    m_reloadDue = true;
    RequestSettle();
}

} // namespace opticalfabric
} // namespace ns3
