/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bound-recorder.h"

#include "collective-bound-inputs.h"

#include "ns3/flow-engine.h"
#include "ns3/hybrid-engine.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param engine an engine
 * @return the network it runs on; null if it has none
 */
Ptr<FabricNetwork>
GetNetwork(const Ptr<TransferEngine>& engine)
{
    if (const auto flows = DynamicCast<FlowEngine>(engine))
    {
        return flows->GetNetwork();
    }
    const auto hybrid = DynamicCast<HybridEngine>(engine);
    return hybrid ? hybrid->GetNetwork() : DynamicCast<FabricNetwork>(engine);
}

} // namespace

BoundRecorder::~BoundRecorder()
{
    Detach();
}

BoundRecorder::WatchedNetwork&
BoundRecorder::WatchNetwork(const Ptr<FabricNetwork>& network)
{
    for (WatchedNetwork& watched : m_networks)
    {
        if (watched.network == network)
        {
            return watched;
        }
    }
    WatchedNetwork& watched = m_networks.emplace_back();
    watched.network = network;
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = network->GetLink(i);
        watched.links.push_back({{link->GetState(0), link->GetState(1)}, &watched.isImproved});
        link->TraceConnectWithoutContext(
            "State",
            MakeBoundCallback(&BoundRecorder::OnState, &watched.links.back()));
    }
    return watched;
}

void
BoundRecorder::Watch(const Ptr<WorkloadRunner>& runner)
{
    const Ptr<FabricNetwork> network = GetNetwork(runner->GetEngine());
    if (!network)
    {
        return;
    }
    WatchedRunner& watched = m_runners.emplace_back();
    watched.runner = runner;
    watched.network = &WatchNetwork(network);
    const FlowTopology topology = FlowTopology::Read(*network);
    bool hasMoe = false;
    for (uint32_t i = 0; i < runner->GetNCollectives(); ++i)
    {
        const CollectiveSpec& spec = runner->GetSpec(i);
        Entry& entry = watched.entries.emplace_back();
        if (spec.kind == CollectiveKind::PROGRAMS)
        {
            continue;
        }
        BoundInputs inputs =
            ReadBoundInputs(topology, network->GetMtu(), network->GetHeaderBytes(), spec);
        if (IsMoe(spec.kind))
        {
            hasMoe = true;
            entry.inputs = std::move(inputs);
        }
        else
        {
            entry.bounds.push_back(GetCollectiveBound(spec, inputs));
        }
    }
    if (hasMoe)
    {
        runner->TraceConnectWithoutContext(
            "MoeTraffic",
            MakeBoundCallback(&BoundRecorder::OnMoeTraffic, &watched));
    }
}

CollectiveBound
BoundRecorder::Get(const WorkloadRunner& runner, uint32_t collective, uint32_t iteration) const
{
    for (const WatchedRunner& watched : m_runners)
    {
        if (PeekPointer(watched.runner) != &runner || watched.network->isImproved)
        {
            continue;
        }
        const std::vector<CollectiveBound>& bounds = watched.entries.at(collective).bounds;
        const uint32_t index = IsMoe(runner.GetSpec(collective).kind) ? iteration : 0;
        return index < bounds.size() ? bounds[index] : CollectiveBound();
    }
    return {};
}

void
BoundRecorder::OnState(WatchedLink* watched, uint32_t direction, const LinkState& state)
{
    const LinkState& before = watched->states[direction];
    const bool isBetter =
        state.up && (!before.up || state.rate > before.rate ||
                     state.propagation + state.phyLatency < before.propagation + before.phyLatency);
    *watched->isImproved = *watched->isImproved || isBetter;
}

void
BoundRecorder::OnMoeTraffic(WatchedRunner* watched,
                            uint32_t collective,
                            uint32_t /* iteration */,
                            const MoeTraffic& traffic)
{
    // Iterations come in order.
    Entry& entry = watched->entries.at(collective);
    entry.bounds.push_back(
        GetMoeBound(watched->runner->GetSpec(collective), traffic, entry.inputs));
}

void
BoundRecorder::Detach()
{
    if (m_isDetached)
    {
        return;
    }
    m_isDetached = true;
    for (WatchedNetwork& watched : m_networks)
    {
        for (uint32_t i = 0; i < watched.links.size(); ++i)
        {
            watched.network->GetLink(i)->TraceDisconnectWithoutContext(
                "State",
                MakeBoundCallback(&BoundRecorder::OnState, &watched.links[i]));
        }
    }
    for (WatchedRunner& watched : m_runners)
    {
        watched.runner->TraceDisconnectWithoutContext(
            "MoeTraffic",
            MakeBoundCallback(&BoundRecorder::OnMoeTraffic, &watched));
    }
}

} // namespace opticalfabric
} // namespace ns3
