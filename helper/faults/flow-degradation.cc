/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-degradation.h"

#include "fabric-link-limits.h"

#include "ns3/json-writer.h"
#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();
constexpr std::size_t NUMBERS = 3; ///< of a mark, in a signature

/**
 * @param why what cannot be
 * @param allowed what can
 */
[[noreturn]] void
Refuse(const std::string& why, const std::string& allowed)
{
    throw std::invalid_argument("flow degradation: " + why + "; allowed: " + allowed);
}

} // namespace

FlowDegradation::FlowDegradation(const BuiltFabric& fabric,
                                 const FabricFaultTargets& targets,
                                 const FaultInventory& inventory,
                                 const FlowJob& job,
                                 const FaultTolerance& tolerance)
    : m_job(job),
      m_tolerance(tolerance),
      m_topology(FlowTopology::Read(*fabric.networks.at(0))),
      m_times(m_topology)
{
    const ParameterCheck check("job on a fabric");
    check.RequireBetween("communicationShare", m_job.communicationShare, 0, 1);
    check.RequireBetween("marginDb", m_job.marginDb.value_or(0), 0, 100);
    check.RequireBetween("borrowingRounds", m_job.borrowingRounds, 1, 10000);
    const FabricNetwork& network = *fabric.networks[0];
    const auto vertices = static_cast<uint32_t>(m_topology.vertices.size());
    for (uint32_t v = 0; v < vertices; ++v)
    {
        m_names.push_back(network.GetVertex(v)->GetName());
    }
    m_endpointOf.assign(vertices, PartMark::NONE);
    for (uint32_t e = 0; e < m_topology.endpoints.size(); ++e)
    {
        m_endpointOf[m_topology.endpoints[e]] = e;
    }
    ResolveInventory(fabric, targets, inventory);
    CheckFabric();
    std::vector<uint32_t> colors(vertices, 0);
    for (const uint32_t endpoint : m_all)
    {
        colors[m_topology.endpoints[endpoint]] = 1;
    }
    m_parts = std::make_unique<InterchangeableParts>(m_topology, colors);
    m_wholeTimePs = GetTimePs(m_all, m_times.GetCapacities());
    if (!(m_wholeTimePs > 0 && m_wholeTimePs < INFINITE))
    {
        Refuse("there is nothing that accelerators send each other, or a pair has no way",
               "a pattern with transfers, on a fabric where all reach each other in all planes");
    }
}

void
FlowDegradation::ResolveInventory(const BuiltFabric& fabric,
                                  const FabricFaultTargets& targets,
                                  const FaultInventory& inventory)
{
    const FabricNetwork& network = *fabric.networks[0];
    const std::string prefix = fabric.networks.size() == 1 ? "" : fabric.names.at(0) + "/";
    std::unordered_map<std::string, uint32_t> vertexByName;
    for (uint32_t v = 0; v < m_names.size(); ++v)
    {
        vertexByName.emplace(prefix + m_names[v], v);
    }
    const auto require = [&](ComponentKind::Kind kind, const std::string& name) {
        const auto id = targets.Find(kind, name);
        if (!id)
        {
            Refuse(GetName(kind) + " \"" + name + "\" of the inventory is not in the fabric",
                   "an inventory of this fabric");
        }
        return *id;
    };
    const auto findVertex = [&](const std::string& name) {
        const auto found = vertexByName.find(name);
        return found == vertexByName.end() ? PartMark::NONE : found->second;
    };
    const double marginDb = m_job.marginDb.value_or(GetLeastMarginDb(targets));
    const auto getLimits = [&](const FabricFaultTargets::LinkPlace& place) {
        return LinkLimits{place.lanes, marginDb, GetFramesInFlight(network, *place.link)};
    };
    m_limitsOfChip.assign(m_names.size(), LinkLimits{1, marginDb, 0});
    for (const FabricFaultTargets::LinkPlace& place : targets.GetLinks())
    {
        for (uint32_t end = 0; end < 2 && place.network == 0; ++end)
        {
            LinkLimits& limits =
                m_limitsOfChip[network.FindVertex(place.link->GetPort(end)->GetOwner())];
            const double framesInFlight = limits.framesInFlight;
            limits = getLimits(place);
            limits.framesInFlight = std::max(limits.framesInFlight, framesInFlight);
        }
    }
    for (const InventoryComponent& component : inventory.GetComponents(ComponentKind::LINK))
    {
        const uint32_t id = require(ComponentKind::LINK, component.name);
        const auto& place = targets.GetLinks()[targets.GetLinksOf(ComponentKind::LINK, id).front()];
        Link link;
        if (place.network == 0)
        {
            link.one = network.FindVertex(place.link->GetPort(0)->GetOwner());
            link.other = network.FindVertex(place.link->GetPort(1)->GetOwner());
            link.limits = getLimits(place);
        }
        m_links.push_back(link);
    }
    for (const InventoryComponent& component : inventory.GetComponents(ComponentKind::SWITCH_CHIP))
    {
        require(ComponentKind::SWITCH_CHIP, component.name);
        m_chips.push_back(findVertex(component.name));
    }
    for (const InventoryComponent& component : inventory.GetComponents(ComponentKind::NPU))
    {
        require(ComponentKind::NPU, component.name);
        m_npus.push_back(findVertex(component.name));
    }
    for (const std::string& name : targets.GetNames(ComponentKind::NPU))
    {
        const uint32_t vertex = findVertex(name);
        if (vertex != PartMark::NONE && m_endpointOf[vertex] != PartMark::NONE)
        {
            m_all.push_back(m_endpointOf[vertex]);
        }
    }
    std::sort(m_all.begin(), m_all.end());
}

void
FlowDegradation::CheckFabric()
{
    for (uint32_t plane = 0; plane < m_times.GetNPlanes(); ++plane)
    {
        const auto hasLinks = [&](uint32_t endpoint) {
            return m_times.GetPortCapacity(endpoint, plane) > 0;
        };
        if (std::any_of(m_all.begin(), m_all.end(), hasLinks))
        {
            m_planes.push_back(plane);
        }
    }
    for (const uint32_t endpoint : m_all)
    {
        for (const uint32_t plane : m_planes)
        {
            const double width = m_times.GetPortCapacity(endpoint, plane);
            if (width != m_times.GetPortCapacity(endpoint, m_planes.front()))
            {
                Refuse(m_names[m_topology.endpoints[endpoint]] +
                           " has more to one plane than to another",
                       "accelerators with as much to every plane");
            }
        }
    }
    for (const FlowTopology::Vertex& vertex : m_topology.vertices)
    {
        std::map<uint32_t, double> capacities;
        for (const FlowTopology::Hop& hop : vertex.hops)
        {
            if (capacities.emplace(hop.peer, hop.capacity).first->second != hop.capacity)
            {
                Refuse("links between the same two nodes carry different rates",
                       "parallel links that are alike");
            }
        }
    }
}

void
FlowDegradation::CheckCounts(const std::vector<uint32_t>& counts) const
{
    const auto checkKind = [&](ComponentKind::Kind kind, std::size_t expected) {
        const uint32_t count = kind < counts.size() ? counts[kind] : 0;
        const std::string name = "number of components " + GetName(kind);
        ParameterCheck("fabric").Require(count == expected,
                                         name.c_str(),
                                         count,
                                         std::to_string(expected));
    };
    checkKind(ComponentKind::LINK, m_links.size());
    checkKind(ComponentKind::SWITCH_CHIP, m_chips.size());
    checkKind(ComponentKind::NPU, m_npus.size());
}

StateSignature
FlowDegradation::Describe(const std::vector<DegradedComponent>& degraded) const
{
    std::vector<PartMark> links;
    std::vector<PartMark> marks;
    std::vector<PartMark> dead;
    for (const DegradedComponent& component : degraded)
    {
        if (component.kind == ComponentKind::LINK)
        {
            const Link& link = m_links[component.index];
            const uint32_t loss = GetLinkLoss(component, link.limits, m_tolerance);
            if (loss > 0 && link.one != PartMark::NONE)
            {
                links.push_back(
                    {std::min(link.one, link.other), std::max(link.one, link.other), loss});
            }
        }
        else if (component.kind == ComponentKind::SWITCH_CHIP)
        {
            const uint32_t vertex = m_chips[component.index];
            if (vertex == PartMark::NONE)
            {
                continue;
            }
            const uint32_t loss = GetLinkLoss(component, m_limitsOfChip[vertex], m_tolerance);
            if (loss > 0)
            {
                marks.push_back({vertex, PartMark::NONE, loss});
            }
        }
        else if (component.kind == ComponentKind::NPU && component.isDown)
        {
            dead.push_back({m_npus[component.index], PartMark::NONE, DEAD});
        }
    }
    const std::size_t chips = marks.size();
    for (const PartMark& link : links)
    {
        const bool isCovered = std::any_of(
            marks.begin(),
            marks.begin() + static_cast<std::ptrdiff_t>(chips),
            [&](const PartMark& chip) {
                return (chip.one == link.one || chip.one == link.other) && chip.value >= link.value;
            });
        if (!isCovered)
        {
            marks.push_back(link);
        }
    }
    if (marks.empty())
    {
        return {};
    }
    marks.insert(marks.end(), dead.begin(), dead.end());
    if (m_job.pattern == SprayTimes::RING)
    {
        std::sort(marks.begin(), marks.end());
    }
    else
    {
        marks = m_parts->Canonize(marks);
    }
    StateSignature signature;
    for (const PartMark& mark : marks)
    {
        signature.insert(signature.end(), {mark.one, mark.other, mark.value});
    }
    return signature;
}

FlowDegradation::State
FlowDegradation::Unfold(const StateSignature& signature) const
{
    State state;
    std::vector<uint32_t> losses(m_topology.links, 0);
    std::vector<bool> isDead(m_topology.endpoints.size(), false);
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> parallel;
    const auto lose = [&](const FlowTopology::Hop& hop, uint32_t loss) {
        losses[hop.link] = std::max(losses[hop.link], loss);
        losses[hop.link ^ 1U] = std::max(losses[hop.link ^ 1U], loss);
    };
    for (std::size_t i = 0; i + NUMBERS <= signature.size(); i += NUMBERS)
    {
        const PartMark mark{signature[i], signature[i + 1], signature[i + 2]};
        if (mark.value == DEAD)
        {
            isDead[m_endpointOf[mark.one]] = true;
            continue;
        }
        // Parallel links are alike, so it does not matter which of them it is.
        uint32_t before = mark.other == PartMark::NONE ? 0 : parallel[{mark.one, mark.other}]++;
        for (const FlowTopology::Hop& hop : m_topology.vertices[mark.one].hops)
        {
            if (mark.other == PartMark::NONE)
            {
                lose(hop, mark.value);
            }
            else if (hop.peer == mark.other && before-- == 0)
            {
                lose(hop, mark.value);
                break;
            }
        }
    }
    state.capacities = m_times.GetCapacities();
    for (uint32_t link = 0; link < m_topology.links; ++link)
    {
        state.capacities[link] *= 1 - static_cast<double>(losses[link]) / WHOLE_LINK;
    }
    for (const uint32_t endpoint : m_all)
    {
        if (!isDead[endpoint])
        {
            state.accelerators.push_back(endpoint);
        }
    }
    return state;
}

double
FlowDegradation::Combine(const SprayTimes::Times& times) const
{
    std::vector<double> planes = times.planesPs;
    std::sort(planes.begin(), planes.end());
    double best = planes.back() / static_cast<double>(planes.size());
    const bool leavesOut = m_tolerance.subPlaneLoss || m_tolerance.pathBorrowing;
    for (std::size_t k = 1; leavesOut && k < planes.size(); ++k)
    {
        best = std::min(best, planes[k - 1] / static_cast<double>(k));
    }
    if (!m_tolerance.pathBorrowing)
    {
        return best;
    }
    if (m_job.borrowingRounds > 1)
    {
        return times.spreadPs;
    }
    double rate = 0;
    for (const double time : planes)
    {
        rate += 1 / time;
    }
    return std::min({best, 1 / rate, times.spreadPs});
}

double
FlowDegradation::GetTimePs(const std::vector<uint32_t>& accelerators,
                           const std::vector<double>& capacities) const
{
    const SprayTimes::Times times =
        m_times.GetTimes(m_planes,
                         m_job.pattern,
                         accelerators,
                         capacities,
                         m_tolerance.pathBorrowing ? m_job.borrowingRounds : 1);
    const double each = times.transfers / static_cast<double>(accelerators.size());
    return times.planesPs.empty() || each == 0 ? 0 : Combine(times) / each;
}

FabricVerdict
FlowDegradation::Assess(const std::vector<DegradedComponent>&,
                        const StateSignature& signature) const
{
    if (signature.empty())
    {
        return {};
    }
    const State state = Unfold(signature);
    const std::vector<uint32_t> reached = m_times.FindReached(state.accelerators, state.capacities);
    FabricVerdict verdict;
    verdict.unreachable = static_cast<uint32_t>(state.accelerators.size() - reached.size());
    if (reached.size() < 2)
    {
        verdict.speed = 0;
        return verdict;
    }
    const double slowdown = GetTimePs(reached, state.capacities) / m_wholeTimePs;
    const double waits = m_job.communicationShare;
    // A job that does not communicate needs to reach its accelerators nevertheless.
    verdict.speed = std::isinf(slowdown) ? 0 : std::min(1.0, 1 / (1 - waits + waits * slowdown));
    return verdict;
}

std::string
FlowDegradation::Explain(const StateSignature& signature) const
{
    if (signature.empty())
    {
        return "whole";
    }
    std::string text;
    for (std::size_t i = 0; i + NUMBERS <= signature.size(); i += NUMBERS)
    {
        text += i == 0 ? "as " : ", ";
        text += m_names[signature[i]];
        text += signature[i + 1] == PartMark::NONE ? "" : "--" + m_names[signature[i + 1]];
        const uint32_t value = signature[i + 2];
        text += value == DEAD || value == WHOLE_LINK
                    ? " down"
                    : " lost " + JsonWriter::Format(static_cast<double>(value) / WHOLE_LINK);
    }
    return text;
}

bool
FlowDegradation::RetriesPaths() const
{
    return m_tolerance.retry;
}

uint32_t
FlowDegradation::GetNPlanes() const
{
    return static_cast<uint32_t>(m_planes.size());
}

uint32_t
FlowDegradation::GetNAccelerators() const
{
    return static_cast<uint32_t>(m_all.size());
}

} // namespace opticalfabric
} // namespace ns3
