/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-two-tier.h"

#include "fabric-link-limits.h"

#include "ns3/disjoint-sets.h"
#include "ns3/parameter-check.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint32_t NOWHERE = UINT32_MAX; ///< not in the two tiers

/**
 * @param isRight whether something is as it has to be
 * @param what what is not
 */
void
Require(bool isRight, const std::string& what)
{
    if (!isRight)
    {
        throw std::invalid_argument(
            "closed form of two tiers: " + what +
            "; allowed: a network of nodes with as many accelerators each, "
            "which reach a first-tier switch in every plane, and that every "
            "second-tier switch of its plane by one link");
    }
}

/// Finds nodes, planes and chips in a network.
class TwoTierSurvey
{
  public:
    /**
     * @param fabric the fabric
     * @param targets its components
     */
    TwoTierSurvey(const BuiltFabric& fabric, const FabricFaultTargets& targets)
        : m_network(*fabric.networks.at(0)),
          m_prefix(fabric.networks.size() == 1 ? "" : fabric.names.at(0) + "/"),
          m_tiers(FindTiers(m_network)),
          m_places(m_network.GetNVertices(), NOWHERE),
          m_planes(m_network.GetNVertices(), NOWHERE)
    {
        for (const std::string& name : targets.GetNames(ComponentKind::NPU))
        {
            m_accelerators.insert(name);
        }
        FindPlanes();
        FindNodes();
        CheckLinks(targets);
    }

    /// @return the shape
    const TwoTierShape& GetShape() const
    {
        return m_shape;
    }

    /**
     * @param kind SWITCH_CHIP or NPU
     * @param name name of a component
     * @return its number in the closed form, or NOWHERE
     */
    uint32_t Find(ComponentKind::Kind kind, const std::string& name) const
    {
        const auto found = m_numbers.find({kind, name});
        return found == m_numbers.end() ? NOWHERE : found->second;
    }

    /**
     * @param link a link of the network
     * @return its number in the closed form, or NOWHERE
     */
    uint32_t FindLink(const FabricLink& link) const
    {
        const FabricNode* ends[2] = {link.GetPort(0)->GetOwner(), link.GetPort(1)->GetOwner()};
        if (m_tiers.at(ends[0]) > m_tiers.at(ends[1]))
        {
            std::swap(ends[0], ends[1]);
        }
        if (m_tiers.at(ends[0]) != 1 || m_tiers.at(ends[1]) != 2)
        {
            return NOWHERE;
        }
        const uint32_t lower = m_network.FindVertex(ends[0]);
        const uint32_t upper = m_network.FindVertex(ends[1]);
        return (m_places[lower] * m_shape.planes + m_planes[lower]) * m_shape.chips +
               m_places[upper];
    }

  private:
    /// @brief Switches that are connected without endpoints are a plane.
    void FindPlanes()
    {
        DisjointSets sets(m_network.GetNVertices());
        for (uint32_t i = 0; i < m_network.GetNLinks(); ++i)
        {
            const Ptr<FabricLink> link = m_network.GetLink(i);
            const FabricNode* one = link->GetPort(0)->GetOwner();
            const FabricNode* other = link->GetPort(1)->GetOwner();
            if (one->IsSwitch() && other->IsSwitch())
            {
                sets.Unite(m_network.FindVertex(one), m_network.FindVertex(other));
            }
        }
        std::map<uint32_t, uint32_t> planes;
        std::vector<uint32_t> chips;
        for (uint32_t i = 0; i < m_network.GetNSwitches(); ++i)
        {
            const FabricNode* chip = PeekPointer(m_network.GetSwitch(i));
            const uint32_t vertex = m_network.FindVertex(chip);
            const uint32_t tier = m_tiers.at(chip);
            Require(tier <= 2, "switch " + chip->GetName() + " is in tier " + std::to_string(tier));
            const auto next = static_cast<uint32_t>(planes.size());
            const auto [place, isNew] = planes.try_emplace(sets.Find(vertex), next);
            m_planes[vertex] = place->second;
            chips.resize(planes.size(), 0);
            if (tier == 2)
            {
                m_places[vertex] = chips[place->second]++;
            }
        }
        Require(!chips.empty(), "there is no switch");
        m_shape.planes = static_cast<uint32_t>(chips.size());
        m_shape.chips = chips.front();
        Require(m_shape.chips > 0, "there is no second tier");
        Require(std::all_of(chips.begin(),
                            chips.end(),
                            [&](uint32_t count) { return count == chips.front(); }),
                "planes have different numbers of second-tier switches");
    }

    /// @brief Accelerators that have links to the same switches are a node.
    void FindNodes()
    {
        std::map<std::vector<uint32_t>, uint32_t> nodes;
        std::vector<uint32_t> npus;
        for (uint32_t i = 0; i < m_network.GetNEndpoints(); ++i)
        {
            const FabricNode* endpoint = PeekPointer(m_network.GetEndpoint(i));
            const std::string name = m_prefix + endpoint->GetName();
            if (m_accelerators.count(name) == 0)
            {
                continue;
            }
            std::set<uint32_t> chips;
            for (uint32_t p = 0; p < endpoint->GetNPorts(); ++p)
            {
                chips.insert(m_network.FindVertex(endpoint->GetPort(p)->GetPeer()->GetOwner()));
            }
            const std::vector<uint32_t> key(chips.begin(), chips.end());
            const auto next = static_cast<uint32_t>(nodes.size());
            const auto [place, isNew] = nodes.try_emplace(key, next);
            if (isNew)
            {
                npus.push_back(0);
                AddNode(name, key, next);
            }
            m_ofNode.push_back({name, place->second, npus[place->second]++});
        }
        m_shape.nodes = static_cast<uint32_t>(nodes.size());
        Require(!npus.empty(), "there is no accelerator");
        m_shape.npusPerNode = npus.front();
        for (const auto& [name, node, rank] : m_ofNode)
        {
            Require(npus[node] == m_shape.npusPerNode,
                    "nodes have different numbers of accelerators");
            m_numbers[{ComponentKind::NPU, name}] = node * m_shape.npusPerNode + rank;
        }
        m_shape.linksPerModule = 1;
        for (uint32_t i = 0; i < m_network.GetNSwitches(); ++i)
        {
            const FabricNode* chip = PeekPointer(m_network.GetSwitch(i));
            const uint32_t vertex = m_network.FindVertex(chip);
            Require(m_places[vertex] != NOWHERE,
                    "switch " + chip->GetName() + " has no accelerators");
            const uint32_t first = m_shape.nodes * m_shape.planes;
            m_numbers[{ComponentKind::SWITCH_CHIP, m_prefix + chip->GetName()}] =
                m_tiers.at(chip) == 1 ? m_places[vertex] * m_shape.planes + m_planes[vertex]
                                      : first + m_planes[vertex] * m_shape.chips + m_places[vertex];
        }
    }

    /**
     * @param name name of an accelerator of it
     * @param chips its first-tier switches, vertices
     * @param node number of the node
     */
    void AddNode(const std::string& name, const std::vector<uint32_t>& chips, uint32_t node)
    {
        std::set<uint32_t> planes;
        for (const uint32_t chip : chips)
        {
            Require(m_planes[chip] != NOWHERE && m_places[chip] == NOWHERE,
                    name + " has links to a switch of another node");
            m_places[chip] = node;
            planes.insert(m_planes[chip]);
        }
        Require(chips.size() == m_shape.planes && planes.size() == chips.size(),
                name + " has not one first-tier switch in each plane");
    }

    /// @param targets components; looks at the links between the tiers
    void CheckLinks(const FabricFaultTargets& targets)
    {
        std::set<uint32_t> seen;
        std::set<std::pair<uint32_t, uint64_t>> kinds;
        for (const FabricFaultTargets::LinkPlace& place : targets.GetLinks())
        {
            const uint32_t number = place.network == 0 ? FindLink(*place.link) : NOWHERE;
            if (number == NOWHERE)
            {
                continue;
            }
            Require(seen.insert(number).second,
                    "link " + place.name + " is not the only one between its switches");
            kinds.emplace(place.lanes, place.link->GetBaseState(0).rate.GetBitRate());
        }
        Require(seen.size() == m_shape.GetLinkCount(), "some links between the tiers are missing");
        Require(kinds.size() == 1, "links between the tiers are not alike");
        m_shape.lanesPerLink = kinds.begin()->first;
    }

    const FabricNetwork& m_network;       ///< the network
    std::string m_prefix;                 ///< of its names
    NetworkTiers m_tiers;                 ///< of its nodes
    std::set<std::string> m_accelerators; ///< their names
    std::vector<uint32_t> m_places;       ///< by vertex: node, or chip of plane
    std::vector<uint32_t> m_planes;       ///< by vertex
    TwoTierShape m_shape;                 ///< the shape
    /// Accelerators: name, node, and number there.
    std::vector<std::tuple<std::string, uint32_t, uint32_t>> m_ofNode;
    std::map<std::pair<ComponentKind::Kind, std::string>, uint32_t> m_numbers; ///< by name
};

} // namespace

FabricTwoTier::Plan
FabricTwoTier::Survey(const BuiltFabric& fabric,
                      const FabricFaultTargets& targets,
                      const FaultInventory& inventory)
{
    const TwoTierSurvey survey(fabric, targets);
    Plan plan;
    plan.shape = survey.GetShape();
    for (const auto kind : {ComponentKind::LINK, ComponentKind::SWITCH_CHIP, ComponentKind::NPU})
    {
        for (const InventoryComponent& component : inventory.GetComponents(kind))
        {
            const auto id = targets.Find(kind, component.name);
            Require(id.has_value(),
                    GetName(kind) + " \"" + component.name +
                        "\" of the inventory is not in the fabric");
            uint32_t number = NONE;
            if (kind == ComponentKind::LINK)
            {
                const auto& place = targets.GetLinks()[targets.GetLinksOf(kind, *id).front()];
                number = place.network == 0 ? survey.FindLink(*place.link) : NONE;
            }
            else
            {
                number = survey.Find(kind, component.name);
            }
            plan.numbers[kind].push_back(number);
        }
    }
    return plan;
}

TwoTierJob
FabricTwoTier::AddLimits(const TwoTierJob& job,
                         const BuiltFabric& fabric,
                         const FabricFaultTargets& targets)
{
    TwoTierJob whole = job;
    whole.marginDb = job.marginDb.value_or(GetLeastMarginDb(targets));
    double most = 0;
    for (const FabricFaultTargets::LinkPlace& place : targets.GetLinks())
    {
        if (place.network == 0)
        {
            most = std::max(most, GetFramesInFlight(*fabric.networks[0], *place.link));
        }
    }
    whole.framesInFlight = job.framesInFlight.value_or(most);
    return whole;
}

FabricTwoTier::FabricTwoTier(Plan plan, const TwoTierJob& job, const FaultTolerance& tolerance)
    : m_plan(std::move(plan)),
      m_model(m_plan.shape, job, tolerance)
{
}

FabricTwoTier::FabricTwoTier(const BuiltFabric& fabric,
                             const FabricFaultTargets& targets,
                             const FaultInventory& inventory,
                             const TwoTierJob& job,
                             const FaultTolerance& tolerance)
    : FabricTwoTier(Survey(fabric, targets, inventory), AddLimits(job, fabric, targets), tolerance)
{
}

void
FabricTwoTier::CheckCounts(const std::vector<uint32_t>& counts) const
{
    for (const auto kind : {ComponentKind::LINK, ComponentKind::SWITCH_CHIP, ComponentKind::NPU})
    {
        const uint32_t count = kind < counts.size() ? counts[kind] : 0;
        const std::string name = "number of components " + GetName(kind);
        const std::size_t expected = m_plan.numbers[kind].size();
        ParameterCheck("two-tier fabric")
            .Require(count == expected, name.c_str(), count, std::to_string(expected));
    }
}

StateSignature
FabricTwoTier::Describe(const std::vector<DegradedComponent>& degraded) const
{
    std::vector<DegradedComponent> renumbered;
    for (const DegradedComponent& component : degraded)
    {
        const std::vector<uint32_t>& numbers = m_plan.numbers[component.kind];
        if (component.index < numbers.size() && numbers[component.index] != NONE)
        {
            renumbered.push_back(component);
            renumbered.back().index = numbers[component.index];
        }
    }
    std::sort(renumbered.begin(),
              renumbered.end(),
              [](const DegradedComponent& one, const DegradedComponent& other) {
                  return std::tie(one.kind, one.index) < std::tie(other.kind, other.index);
              });
    return m_model.Describe(renumbered);
}

FabricVerdict
FabricTwoTier::Assess(const std::vector<DegradedComponent>&, const StateSignature& signature) const
{
    // The closed form looks at nothing but the signature.
    return m_model.Assess({}, signature);
}

std::string
FabricTwoTier::Explain(const StateSignature& signature) const
{
    return m_model.Explain(signature);
}

bool
FabricTwoTier::RetriesPaths() const
{
    return m_model.RetriesPaths();
}

const TwoTierShape&
FabricTwoTier::GetShape() const
{
    return m_plan.shape;
}

} // namespace opticalfabric
} // namespace ns3
