/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-shadows.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

FlowShadows::FlowShadows(const FabricNetwork& network)
{
    m_links.resize(2 * network.GetNLinks());
    for (uint32_t i = 0; i < m_links.size(); ++i)
    {
        m_links[i].link = PeekPointer(network.GetLink(i / 2));
    }
}

FlowShadows::~FlowShadows()
{
    m_wake.Cancel();
}

void
FlowShadows::SetPath(uint32_t pair, const std::vector<BundleUse>& uses, uint64_t latencyPs)
{
    Shadow& shadow = m_shadows[pair];
    shadow.uses = uses;
    shadow.latencyPs = latencyPs;
}

void
FlowShadows::Forget(uint32_t pair)
{
    const auto shadow = m_shadows.find(pair);
    if (shadow != m_shadows.end())
    {
        Unlist(shadow->second);
        m_shadows.erase(shadow);
    }
}

void
FlowShadows::Unlist(Shadow& shadow)
{
    if (shadow.place != NOWHERE)
    {
        m_shadows.at(m_listed.back()).place = shadow.place;
        m_listed[shadow.place] = m_listed.back();
        m_listed.pop_back();
        shadow.place = NOWHERE;
    }
}

void
FlowShadows::Open(uint32_t pair)
{
    Shadow& shadow = m_shadows.at(pair);
    shadow.rate = shadow.open == 0 ? 0 : shadow.rate;
    ++shadow.open;
    if (shadow.place == NOWHERE)
    {
        shadow.place = static_cast<uint32_t>(m_listed.size());
        m_listed.push_back(pair);
    }
}

void
FlowShadows::Close(uint32_t pair)
{
    --m_shadows.at(pair).open;
}

bool
FlowShadows::IsOpen(uint32_t pair) const
{
    const auto shadow = m_shadows.find(pair);
    return shadow != m_shadows.end() && shadow->second.open != 0;
}

void
FlowShadows::AddLoad(Shadow& shadow, const FlowPair& flows, uint64_t nowPs)
{
    shadow.rate = flows.count != 0 && flows.rate > 0 ? flows.rate : shadow.rate;
    shadow.endedPs = flows.count != 0 ? uint64_t{NEVER} : std::min(shadow.endedPs, nowPs);
    const bool isLate = flows.count == 0 && nowPs - shadow.endedPs > shadow.latencyPs;
    const bool isOpen = shadow.open != 0;
    const uint32_t late = flows.inOrder ? std::min(shadow.open, 1U) : shadow.open;
    m_holdPs = std::max(m_holdPs, shadow.latencyPs);
    for (const BundleUse& use : shadow.uses)
    {
        if (use.bundle >= m_loads.size())
        {
            m_loads.resize(use.bundle + 1);
        }
        Load& load = m_loads[use.bundle];
        if (load.ofUpdate != m_updates)
        {
            load = Load();
            load.ofUpdate = m_updates;
            m_bundles.push_back(use.bundle);
        }
        load.now += flows.shares * flows.rate * use.share;
        load.most = std::max(load.most, isOpen ? shadow.rate * use.share : 0);
        load.late += isLate ? late * shadow.rate * use.share : 0;
    }
}

void
FlowShadows::Update(const std::vector<FlowPair>& pairs,
                    const FlowLanes& lanes,
                    const FlowBundles& bundles,
                    uint64_t nowPs)
{
    constexpr double NOTHING = 1e-9; // a share that is rounding
    if (m_listed.empty() && m_watched.empty())
    {
        return;
    }
    ++m_updates;
    m_bundles.clear();
    m_holdPs = 0;
    for (size_t i = 0; i < m_listed.size();)
    {
        const FlowPair& flows = pairs[m_listed[i]];
        Shadow& shadow = m_shadows.at(m_listed[i]);
        if (shadow.open == 0 && flows.count == 0)
        {
            Unlist(shadow);
            continue;
        }
        AddLoad(shadow, flows, nowPs);
        ++i;
    }
    m_before.swap(m_watched);
    m_watched.clear();
    for (const uint32_t bundle : m_bundles)
    {
        const Load& load = m_loads[bundle];
        const double flows = lanes.GetLoad(bundle) - load.now;
        const double limit = lanes.GetCreditLimit(bundle);
        const double packets = std::max(load.most, load.late);
        for (const uint32_t link : bundles.GetLinks(bundle))
        {
            const double capacity = bundles.GetLinkCapacity(link);
            const double most = std::min(1 - packets / capacity, FabricLink::MAX_BACKGROUND);
            // Flows and packets have one store of credit; packets alone have all of it.
            const double lacking = flows > NOTHING * capacity ? std::max(0.0, capacity - limit) : 0;
            const double share = capacity > 0 ? std::min((flows + lacking) / capacity, most) : 0;
            Aim(link, share > NOTHING ? share : 0, nowPs);
            m_watched.push_back(link);
        }
    }
    for (const uint32_t link : m_before)
    {
        if (m_links[link].ofUpdate != m_updates)
        {
            m_links[link].nextPs = NEVER;
            Set(link, 0);
        }
    }
    ScheduleWake(nowPs);
}

void
FlowShadows::Aim(uint32_t number, double share, uint64_t nowPs)
{
    Link& link = m_links[number];
    const bool isNew = link.ofUpdate + 1 != m_updates;
    link.ofUpdate = m_updates;
    link.next = share;
    if (share <= link.share || isNew)
    {
        link.nextPs = NEVER;
        Set(number, share);
    }
    else if (link.nextPs == NEVER)
    {
        link.nextPs = nowPs + m_holdPs;
    }
}

void
FlowShadows::Set(uint32_t number, double share)
{
    Link& link = m_links[number];
    if (share != link.share)
    {
        m_nShared += share != 0 && link.share == 0 ? 1 : 0;
        m_nShared -= share == 0 && link.share != 0 ? 1 : 0;
        link.share = share;
        link.link->SetBackground(number % 2, share);
    }
}

void
FlowShadows::ScheduleWake(uint64_t nowPs)
{
    uint64_t nextPs = NEVER;
    for (const uint32_t link : m_watched)
    {
        nextPs = std::min(nextPs, m_links[link].nextPs);
    }
    if (nextPs != m_wakePs)
    {
        m_wake.Cancel();
        m_wakePs = nextPs;
        if (nextPs != NEVER)
        {
            m_wake = Simulator::Schedule(TimeStep(nextPs - nowPs), &FlowShadows::Wake, this);
        }
    }
}

void
FlowShadows::Wake()
{
    const uint64_t nowPs = m_wakePs;
    m_wakePs = NEVER;
    for (const uint32_t number : m_watched)
    {
        Link& link = m_links[number];
        if (link.nextPs <= nowPs)
        {
            link.nextPs = NEVER;
            Set(number, link.next);
        }
    }
    ScheduleWake(nowPs);
}

} // namespace opticalfabric
} // namespace ns3
