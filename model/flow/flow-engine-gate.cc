/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FlowEngine that lets a gate say when transfers begin.
#include "flow-engine.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/rng-seed-manager.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowGate");

void
FlowEngine::SetGate(TransferGate* gate)
{
    NS_LOG_FUNCTION(this << gate);
    NS_ABORT_MSG_UNLESS(m_network && m_known.empty() && !m_shadows && !m_symmetry,
                        "FlowEngine: SetGate after SetNetwork, before the first transfer, and not "
                        "together with UseShadows");
    // One rank cannot wait for another one's links.
    m_useSymmetry = false;
    m_gate = gate;
    m_walk = std::make_unique<PacketWalk>(m_routes.GetTopology(),
                                          RngSeedManager::GetSeed() + RngSeedManager::GetRun());
}

bool
FlowEngine::HasGate() const
{
    return m_gate != nullptr;
}

void
FlowEngine::PassGate(FlowTransfer* flow)
{
    const uint64_t nowPs = Now();
    const TransferGate::Pass pass = m_gate->Enter(FindStages(flow->m_transfer), nowPs);
    flow->m_ticket = pass.ticket;
    flow->m_lostPs = 0;
    flow->m_reloads = m_counters.reloads;
    flow->m_stage = FlowTransfer::SENT;
    if (pass.beginPs <= nowPs)
    {
        Begin(flow);
        return;
    }
    flow->m_stage = FlowTransfer::HELD;
    Schedule(flow, pass.beginPs - nowPs, flow->m_transfer.source);
}

void
FlowEngine::EndHold(FlowTransfer* flow)
{
    if (flow->m_reloads == m_counters.reloads)
    {
        flow->m_stage = FlowTransfer::SENT;
        Begin(flow);
        return;
    }
    m_gate->Leave(flow->m_ticket, Now());
    m_gate->Forget(flow->m_ticket);
    PassGate(flow);
}

bool
FlowEngine::PassLate(FlowTransfer* flow)
{
    const uint64_t lostPs = m_gate->GetLostPs(flow->m_ticket);
    if (!flow->m_failed && lostPs > flow->m_lostPs)
    {
        Schedule(flow, lostPs - flow->m_lostPs, flow->m_transfer.destination);
        flow->m_lostPs = lostPs;
        return false;
    }
    m_gate->Forget(flow->m_ticket);
    return true;
}

void
FlowEngine::ChangeTicket(FlowTransfer* flow)
{
    const uint64_t nowPs = Now();
    const uint32_t old = flow->m_ticket;
    flow->m_ticket = m_gate->Enter(FindStages(flow->m_transfer), nowPs).ticket;
    flow->m_lostPs = 0;
    m_gate->Leave(old, nowPs);
    m_gate->Forget(old);
}

void
FlowEngine::ChangeTickets()
{
    NS_LOG_FUNCTION(this);
    for (const FlowPair& pair : m_pairs)
    {
        for (FlowTransfer* flow = pair.first; pair.used && flow != nullptr; flow = flow->m_next)
        {
            ChangeTicket(flow);
        }
    }
}

std::vector<PathStage>
FlowEngine::FindStages(const Transfer& transfer)
{
    FindPath(transfer.source, transfer.destination, 0);
    RequestSettle(); // bundles may have been split
    std::vector<uint32_t> links;
    for (const BundleUse& use : m_path.uses)
    {
        const std::vector<uint32_t>& bundle = m_routes.GetBundles().GetLinks(use.bundle);
        links.insert(links.end(), bundle.begin(), bundle.end());
    }
    std::sort(links.begin(), links.end());
    const FlowTopology& topology = m_routes.GetTopology();
    const uint64_t packets = (transfer.bytes + m_floor->mtuBytes - 1) / m_floor->mtuBytes;
    links = m_walk->Take(links,
                         transfer.source,
                         transfer.destination,
                         std::max<uint64_t>(1, packets),
                         Now());
    std::vector<PathStage> stages;
    std::vector<uint32_t> here{topology.endpoints[transfer.source]};
    while (!links.empty() && !here.empty() && stages.size() < topology.vertices.size())
    {
        PathStage stage;
        std::vector<uint32_t> next;
        for (const uint32_t vertex : here)
        {
            for (const FlowTopology::Hop& hop : topology.vertices[vertex].hops)
            {
                if (std::binary_search(links.begin(), links.end(), hop.link))
                {
                    stage.links.push_back(hop.link);
                    stage.latencyPs = std::max(stage.latencyPs, hop.latencyPs);
                    next.push_back(hop.peer);
                }
            }
        }
        std::sort(stage.links.begin(), stage.links.end());
        std::sort(next.begin(), next.end());
        next.erase(std::unique(next.begin(), next.end()), next.end());
        if (!stage.links.empty())
        {
            stages.push_back(std::move(stage));
        }
        here = std::move(next);
    }
    return stages;
}

} // namespace opticalfabric
} // namespace ns3
