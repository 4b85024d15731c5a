/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-fleet.h"

#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

CampaignFleet::CampaignFleet(const FaultInventory& inventory)
    : m_inventory(inventory)
{
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        const std::vector<FailureMode>& modes = inventory.GetModes(kind);
        m_first.push_back(static_cast<uint32_t>(m_components.size()));
        uint32_t index = 0;
        for (const InventoryComponent& listed : inventory.GetComponents(kind))
        {
            const auto number = static_cast<uint32_t>(m_components.size());
            const auto firstClock = static_cast<uint32_t>(m_clocks.size());
            const auto clocks = static_cast<uint32_t>(modes.size());
            m_components.push_back(
                {kind, index++, listed.ageH, firstClock, clocks, 0, 0, number, 0, 0});
            for (uint32_t mode = 0; mode < modes.size(); ++mode)
            {
                const double factor = modes[mode].GetAcceleration(listed.temperatureC);
                m_clocks.push_back({number, mode, factor});
            }
        }
    }
    m_first.push_back(static_cast<uint32_t>(m_components.size()));
    FaultTargetList targets;
    for (const Component& component : m_components)
    {
        const auto& listed = m_inventory.GetComponents(component.kind)[component.index];
        targets.Add(component.kind, listed.name);
    }
    ResolveDependents(targets);
    ResolveCarriers(targets);
    CheckLoops();
}

void
CampaignFleet::ResolveCarriers(const FaultTargetList& targets)
{
    for (uint32_t i = 0; i < m_components.size(); ++i)
    {
        Component& component = m_components[i];
        const auto& listed = m_inventory.GetComponents(component.kind)[component.index];
        if (!listed.carrier)
        {
            continue;
        }
        const std::string what = opticalfabric::GetName(component.kind) + " \"" + listed.name +
                                 "\", which is a part of " +
                                 opticalfabric::GetName(listed.carrier->kind) + " \"" +
                                 listed.carrier->name + "\": ";
        const auto index = targets.Find(listed.carrier->kind, listed.carrier->name);
        if (!index)
        {
            throw std::invalid_argument(what + "there is none of that name; allowed: a component "
                                               "of the inventory");
        }
        const auto& carrier = m_inventory.GetComponents(listed.carrier->kind)[*index];
        if (carrier.carrier)
        {
            throw std::invalid_argument(what + "that is a part itself; allowed: a component that "
                                               "is none");
        }
        component.unit = GetFirst(listed.carrier->kind) + *index;
    }
    for (const Component& component : m_components)
    {
        ++m_components[component.unit].memberCount;
    }
    uint32_t next = 0;
    for (Component& component : m_components)
    {
        component.firstMember = next;
        next += component.memberCount;
        component.memberCount = 0;
    }
    m_members.resize(m_components.size());
    for (uint32_t i = 0; i < m_components.size(); ++i)
    {
        Component& unit = m_components[m_components[i].unit];
        m_members[unit.firstMember + unit.memberCount++] = i;
    }
}

void
CampaignFleet::ResolveDependents(const FaultTargetList& targets)
{
    for (Component& component : m_components)
    {
        const auto& listed = m_inventory.GetComponents(component.kind)[component.index];
        component.firstDependent = static_cast<uint32_t>(m_dependents.size());
        component.dependentCount = static_cast<uint32_t>(listed.dependents.size());
        for (const FaultDependent& dependent : listed.dependents)
        {
            try
            {
                uint32_t index = targets.Require(dependent.kind, dependent.name, {});
                for (const FailureMode& mode : m_inventory.GetModes(component.kind))
                {
                    const FailureEffect drawn = mode.DrawEffect([] { return 0.5; });
                    PassOn(component.kind, drawn).Validate(dependent.kind);
                }
                m_dependents.push_back(GetFirst(dependent.kind) + index);
            }
            catch (const std::invalid_argument& refusal)
            {
                throw std::invalid_argument(opticalfabric::GetName(component.kind) + " \"" +
                                            listed.name + "\", which takes along " +
                                            opticalfabric::GetName(dependent.kind) + " \"" +
                                            dependent.name + "\": " + refusal.what());
            }
        }
    }
}

void
CampaignFleet::CheckLoops() const
{
    // Take away, again and again, what nothing takes along: what is left goes in circles.
    std::vector<uint32_t> carriers(m_components.size(), 0);
    for (const uint32_t dependent : m_dependents)
    {
        ++carriers[dependent];
    }
    std::vector<uint32_t> free;
    for (uint32_t i = 0; i < m_components.size(); ++i)
    {
        if (carriers[i] == 0)
        {
            free.push_back(i);
        }
    }
    for (std::size_t next = 0; next < free.size(); ++next)
    {
        const Component& component = m_components[free[next]];
        for (uint32_t i = 0; i < component.dependentCount; ++i)
        {
            const uint32_t dependent = m_dependents[component.firstDependent + i];
            if (--carriers[dependent] == 0)
            {
                free.push_back(dependent);
            }
        }
    }
    for (uint32_t i = 0; i < m_components.size(); ++i)
    {
        if (carriers[i] > 0)
        {
            throw std::invalid_argument(opticalfabric::GetName(m_components[i].kind) + " \"" +
                                        GetName(i) +
                                        "\" is among components that take each other along in a "
                                        "circle; allowed: no circles");
        }
    }
}

const std::vector<CampaignFleet::Component>&
CampaignFleet::GetComponents() const
{
    return m_components;
}

const std::vector<CampaignFleet::Clock>&
CampaignFleet::GetClocks() const
{
    return m_clocks;
}

const std::vector<uint32_t>&
CampaignFleet::GetDependents() const
{
    return m_dependents;
}

const std::vector<uint32_t>&
CampaignFleet::GetMembers() const
{
    return m_members;
}

const FailureMode&
CampaignFleet::GetMode(uint32_t clock) const
{
    const Clock& listed = m_clocks[clock];
    return m_inventory.GetModes(m_components[listed.component].kind)[listed.mode];
}

uint32_t
CampaignFleet::GetFirst(ComponentKind::Kind kind) const
{
    return m_first[kind];
}

std::vector<uint32_t>
CampaignFleet::GetCounts() const
{
    std::vector<uint32_t> counts;
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        counts.push_back(m_first[i + 1] - m_first[i]);
    }
    return counts;
}

const std::string&
CampaignFleet::GetName(uint32_t component) const
{
    const Component& listed = m_components[component];
    return m_inventory.GetComponents(listed.kind)[listed.index].name;
}

FailureEffect
PassOn(ComponentKind::Kind carrier, const FailureEffect& effect)
{
    FailureEffect passed = effect;
    if (carrier == ComponentKind::LANE && effect.kind == FailureEffect::COMPONENT_DOWN)
    {
        passed.kind = FailureEffect::LANES_LOST;
        passed.lanes = 1;
    }
    return passed;
}

} // namespace opticalfabric
} // namespace ns3
