/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-builder.h"

#include "scenario-attributes.h"
#include "scenario-collective.h"
#include "scenario-fabric.h"
#include "scenario-optics.h"
#include "scenario-ranks.h"

#include "ns3/boolean.h"
#include "ns3/flow-engine.h"
#include "ns3/hybrid-engine.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param collective a collective
 * @param key a key of it
 * @return where it was said, else where the collective was
 */
ScenarioMark
GetMark(const ScenarioCollective& collective, const std::string& key)
{
    const auto mark = collective.marks.find(key);
    return mark == collective.marks.end() ? collective.mark : mark->second;
}

/**
 * @param a an MoE collective
 * @param b another
 * @return whether matrices for one fit the other
 */
bool
HasSameShape(const CollectiveSpec& a, const CollectiveSpec& b)
{
    const MoeRouting& x = a.moe.routing;
    const MoeRouting& y = b.moe.routing;
    return a.group.size() == b.group.size() && a.iterations == b.iterations &&
           x.tokensPerRank == y.tokensPerRank && x.topK == y.topK && x.experts == y.experts &&
           x.zipfSkew == y.zipfSkew;
}

} // namespace

ScenarioBuilder::ScenarioBuilder(const Scenario& scenario)
    : m_scenario(scenario)
{
}

BuiltFabric
ScenarioBuilder::BuildFabric() const
{
    const Ptr<FabricHelper> helper = MakeFabricHelper(m_scenario);
    helper->SetRouteTables(m_scenario.fidelity != "flow");
    BuiltFabric fabric = helper->Build();
    try
    {
        InstallOptics(m_scenario, fabric);
    }
    catch (const ScenarioError&)
    {
        fabric.Dispose();
        throw;
    }
    return fabric;
}

std::vector<std::vector<uint32_t>>
ScenarioBuilder::GetParts() const
{
    std::vector<std::vector<uint32_t>> parts;
    for (uint32_t i = 0; i < m_scenario.collectives.size(); ++i)
    {
        if (parts.empty() || !m_scenario.collectives[i].concurrent)
        {
            parts.emplace_back();
        }
        parts.back().push_back(i);
    }
    return parts;
}

uint32_t
ScenarioBuilder::GetNetwork(uint32_t index, const BuiltFabric& fabric) const
{
    const ScenarioCollective& collective = m_scenario.collectives.at(index);
    if (collective.network.empty())
    {
        return 0;
    }
    const auto found = std::find(fabric.names.begin(), fabric.names.end(), collective.network);
    if (found == fabric.names.end())
    {
        throw ScenarioError(GetMark(collective, "network"),
                            "collective \"" + collective.spec.name + "\": network = \"" +
                                collective.network +
                                "\" is not allowed; allowed: " + JoinNames(fabric.names));
    }
    return static_cast<uint32_t>(found - fabric.names.begin());
}

CollectiveSpec
ScenarioBuilder::MakeSpec(uint32_t index, const BuiltFabric& fabric) const
{
    const ScenarioCollective& collective = m_scenario.collectives.at(index);
    const std::string head = "collective \"" + collective.spec.name + "\": ";
    CollectiveSpec spec = collective.spec;
    const uint32_t network = GetNetwork(index, fabric);
    try
    {
        spec.group = SelectRanks(collective.ranks, collective.stride, fabric, network);
    }
    catch (const std::invalid_argument& refusal)
    {
        throw ScenarioError(GetMark(collective, "ranks"), head + "ranks = " + refusal.what());
    }
    try
    {
        spec.Validate(fabric.networks.at(network)->GetNEndpoints());
    }
    catch (const std::invalid_argument& refusal)
    {
        throw ExplainRefusal(collective, refusal.what());
    }
    UintegerValue lanes;
    fabric.networks.at(network)->GetAttribute("VirtualLanes", lanes);
    if (spec.virtualLane >= lanes.Get())
    {
        throw ScenarioError(GetMark(collective, "virtual_lane"),
                            head + "virtual_lane = " + std::to_string(spec.virtualLane) +
                                " is not allowed; allowed: 0 to " +
                                std::to_string(lanes.Get() - 1) + ", below network.virtual_lanes");
    }
    return spec;
}

uint32_t
ScenarioBuilder::GetTrafficOwner(uint32_t index) const
{
    const std::string& traffic = m_scenario.collectives[index].spec.moe.traffic;
    for (uint32_t i = 0; i < index && !traffic.empty(); ++i)
    {
        const CollectiveSpec& other = m_scenario.collectives[i].spec;
        if (IsMoe(other.kind) && other.moe.traffic == traffic)
        {
            return i;
        }
    }
    return index;
}

void
ScenarioBuilder::CheckTraffic(const BuiltFabric& fabric) const
{
    for (const std::vector<uint32_t>& part : GetParts())
    {
        std::map<uint32_t, uint32_t> firsts; // by network
        for (const uint32_t index : part)
        {
            const ScenarioCollective& collective = m_scenario.collectives[index];
            if (!IsMoe(collective.spec.kind))
            {
                continue;
            }
            const uint32_t first = firsts.emplace(GetNetwork(index, fabric), index).first->second;
            const uint32_t owner = GetTrafficOwner(index);
            const std::string head = "collective \"" + collective.spec.name +
                                     "\": moe.traffic = \"" + collective.spec.moe.traffic +
                                     "\" is not allowed; allowed: ";
            if (!HasSameShape(MakeSpec(owner, fabric), MakeSpec(index, fabric)))
            {
                throw ScenarioError(GetMark(collective, "moe.traffic"),
                                    head + "a name shared only by collectives of the same number "
                                           "of ranks and iterations and the same tokens, top_k, "
                                           "experts and skew");
            }
            const bool isElsewhere = owner < part.front();
            if (isElsewhere && first != index && GetTrafficOwner(first) != owner)
            {
                throw ScenarioError(GetMark(collective, "moe.traffic"),
                                    head + "traffic of an earlier part only for the first MoE "
                                           "collective of a part");
            }
        }
    }
}

void
ScenarioBuilder::Check(const BuiltFabric& fabric) const
{
    for (uint32_t i = 0; i < m_scenario.collectives.size(); ++i)
    {
        MakeSpec(i, fabric);
    }
    CheckTraffic(fabric);
}

Ptr<TransferEngine>
ScenarioBuilder::MakeEngine(const BuiltFabric& fabric, uint32_t network) const
{
    if (m_scenario.fidelity == "packet")
    {
        return fabric.networks[network];
    }
    if (m_scenario.fidelity == "hybrid")
    {
        const auto hybrid = CreateObject<HybridEngine>();
        ApplyAttributes(m_scenario.hybrid, *hybrid);
        hybrid->SetNetwork(fabric.networks[network]);
        return hybrid;
    }
    const auto engine = CreateObject<FlowEngine>();
    // Light and faults may change links at any time; without its faults a run is to be compared.
    const bool isStill = !fabric.HasOptics() && !m_scenario.faults.isThere;
    engine->SetAttribute("Symmetry", BooleanValue(isStill));
    engine->SetNetwork(fabric.networks[network]);
    return engine;
}

std::vector<std::unique_ptr<CollectiveHelper>>
ScenarioBuilder::Install(const std::vector<uint32_t>& part,
                         const BuiltFabric& fabric,
                         std::vector<StreamRange>& streams) const
{
    const std::string owner = fabric.HasOptics() ? "networks and optics" : "networks";
    streams.push_back({owner, 0, fabric.AssignStreams(0)});
    std::map<uint32_t, std::vector<uint32_t>> byNetwork;
    for (const uint32_t index : part)
    {
        byNetwork[GetNetwork(index, fabric)].push_back(index);
    }
    std::vector<std::unique_ptr<CollectiveHelper>> helpers;
    for (const auto& [network, indices] : byNetwork)
    {
        helpers.push_back(std::make_unique<CollectiveHelper>(MakeEngine(fabric, network)));
        int64_t stream = -1;
        std::string owner;
        for (const uint32_t index : indices)
        {
            const CollectiveSpec spec = MakeSpec(index, fabric);
            helpers.back()->Install(spec);
            if (stream < 0 && IsMoe(spec.kind))
            {
                stream = WORKLOAD_STREAM + STREAMS_PER_COLLECTIVE * GetTrafficOwner(index);
                owner = "traffic of " + spec.name;
            }
        }
        if (stream >= 0)
        {
            streams.push_back({owner, stream, helpers.back()->AssignStreams(stream)});
        }
    }
    return helpers;
}

} // namespace opticalfabric
} // namespace ns3
