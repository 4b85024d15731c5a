/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "open-faults.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param effect an effect
 * @return what it does to what it hits, without kind and index
 */
DegradedComponent
GetDamage(const FailureEffect& effect)
{
    DegradedComponent damage;
    switch (effect.kind)
    {
    case FailureEffect::COMPONENT_DOWN:
    case FailureEffect::LINK_DOWN:
    case FailureEffect::FLAP_BURST:
        damage.isDown = true;
        break;
    case FailureEffect::LANES_LOST:
        damage.lanesLost = effect.lanes;
        break;
    case FailureEffect::EXTRA_LOSS:
        damage.lossDb = effect.lossDb;
        break;
    case FailureEffect::FRAME_LOSS:
    case FailureEffect::CORRUPTION:
        damage.lostFrames = effect.share;
        break;
    case FailureEffect::RATE_REDUCED:
        damage.rateLost = effect.share;
        break;
    case FailureEffect::EXTRA_DELAY:
        break; // too short to slow a job that is bound by bandwidth
    }
    return damage;
}

/**
 * @param kind kind of what is hit
 * @param effect what happens to it
 * @return whether it stops as a whole, so that it does not age
 */
bool
IsStopped(ComponentKind::Kind kind, const FailureEffect& effect)
{
    const bool isLink = kind == ComponentKind::LINK;
    return effect.kind == FailureEffect::COMPONENT_DOWN ||
           (isLink &&
            (effect.kind == FailureEffect::LINK_DOWN || effect.kind == FailureEffect::FLAP_BURST));
}

/**
 * @param one share, 0 to 1
 * @param other another
 * @return what both take together, one after the other
 */
double
Combine(double one, double other)
{
    return 1 - (1 - one) * (1 - other);
}

} // namespace

OpenFaults::OpenFaults(const CampaignFleet& fleet, ComponentClocks& clocks, WorkingChange change)
    : m_fleet(fleet),
      m_clocks(clocks),
      m_change(std::move(change))
{
}

uint64_t
OpenFaults::Begin(uint32_t clock, const FailureEffect& effect, double nowH)
{
    const uint32_t component = m_fleet.GetClocks()[clock].component;
    m_open.push_back({clock, component, m_next, effect, false});
    Spread(component, effect, m_next, nowH);
    return m_next++;
}

void
OpenFaults::Spread(uint32_t component, const FailureEffect& effect, uint64_t fault, double nowH)
{
    const CampaignFleet::Component& listed = m_fleet.GetComponents()[component];
    DegradedComponent damage = GetDamage(effect);
    damage.kind = listed.kind;
    damage.index = listed.index;
    const bool isStopped = IsStopped(listed.kind, effect);
    m_impacts.push_back({component, fault, damage, isStopped});
    if (isStopped)
    {
        const bool worked = m_clocks.IsWorking(component);
        m_clocks.Stop(component, nowH);
        if (worked)
        {
            m_change(component, false);
        }
    }
    const FailureEffect passed = PassOn(listed.kind, effect);
    for (uint32_t i = 0; i < listed.dependentCount; ++i)
    {
        Spread(m_fleet.GetDependents()[listed.firstDependent + i], passed, fault, nowH);
    }
}

void
OpenFaults::End(uint64_t fault, double nowH)
{
    const auto isHis = [fault](const Impact& impact) { return impact.fault == fault; };
    const auto first = std::find_if(m_impacts.begin(), m_impacts.end(), isHis);
    const auto last = std::find_if_not(first, m_impacts.end(), isHis);
    for (auto impact = first; impact != last; ++impact)
    {
        if (!impact->isStopped)
        {
            continue;
        }
        m_clocks.Start(impact->component, nowH);
        if (m_clocks.IsWorking(impact->component))
        {
            m_change(impact->component, true);
        }
    }
    m_impacts.erase(first, last);
    m_open.erase(std::find_if(m_open.begin(), m_open.end(), [fault](const OpenFault& open) {
        return open.number == fault;
    }));
}

OpenFaults::OpenFault*
OpenFaults::Find(uint64_t fault)
{
    const auto found = std::lower_bound(
        m_open.begin(),
        m_open.end(),
        fault,
        [](const OpenFault& open, uint64_t number) { return open.number < number; });
    return found != m_open.end() && found->number == fault ? &*found : nullptr;
}

std::vector<uint64_t>
OpenFaults::GetFaultsOf(uint32_t unit) const
{
    std::vector<uint64_t> faults;
    for (const OpenFault& open : m_open)
    {
        if (m_fleet.GetComponents()[open.component].unit == unit)
        {
            faults.push_back(open.number);
        }
    }
    return faults;
}

void
OpenFaults::Merge(std::vector<const Impact*>& impacts, std::vector<DegradedComponent>& degraded)
{
    degraded.clear();
    // Components are numbered kind by kind, in the order of their indices.
    std::stable_sort(impacts.begin(), impacts.end(), [](const Impact* one, const Impact* other) {
        return one->component < other->component;
    });
    const Impact* previous = nullptr;
    for (const Impact* impact : impacts)
    {
        if (previous == nullptr || previous->component != impact->component)
        {
            degraded.push_back(impact->damage);
        }
        else
        {
            DegradedComponent& sum = degraded.back();
            sum.isDown = sum.isDown || impact->damage.isDown;
            sum.lanesLost += impact->damage.lanesLost;
            sum.lossDb += impact->damage.lossDb;
            sum.lostFrames = Combine(sum.lostFrames, impact->damage.lostFrames);
            sum.rateLost = Combine(sum.rateLost, impact->damage.rateLost);
        }
        previous = impact;
    }
}

const std::vector<DegradedComponent>&
OpenFaults::GetDegraded()
{
    m_sorted.clear();
    for (const Impact& impact : m_impacts)
    {
        m_sorted.push_back(&impact);
    }
    Merge(m_sorted, m_degraded);
    return m_degraded;
}

std::vector<DegradedComponent>
OpenFaults::GetDegradedBy(uint64_t fault) const
{
    std::vector<const Impact*> impacts;
    for (const Impact& impact : m_impacts)
    {
        if (impact.fault == fault)
        {
            impacts.push_back(&impact);
        }
    }
    std::vector<DegradedComponent> degraded;
    Merge(impacts, degraded);
    return degraded;
}

} // namespace opticalfabric
} // namespace ns3
