/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "component-clocks.h"

#include "ns3/fault-sampler.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

ComponentClocks::ComponentClocks(const CampaignFleet& fleet,
                                 UniformStreams streams,
                                 double horizonH)
    : m_fleet(fleet),
      m_streams(std::move(streams)),
      m_horizonH(horizonH),
      m_states(fleet.GetClocks().size()),
      m_stopped(fleet.GetComponents().size(), 0)
{
    for (uint32_t clock = 0; clock < m_states.size(); ++clock)
    {
        const CampaignFleet::Clock& listed = fleet.GetClocks()[clock];
        m_states[clock].ageH = fleet.GetComponents()[listed.component].ageH * listed.acceleration;
        Draw(clock, 0);
    }
}

void
ComponentClocks::Draw(uint32_t clock, double nowH)
{
    State& state = m_states[clock];
    const CampaignFleet::Clock& listed = m_fleet.GetClocks()[clock];
    const ComponentKind::Kind kind = m_fleet.GetComponents()[listed.component].kind;
    const double uniform = m_streams(FaultStream::Get(kind, listed.mode, FaultStream::LIFETIME));
    state.leftH = m_fleet.GetMode(clock).law.DrawRemainingH(state.ageH, uniform);
    state.hasFailed = false;
    ++state.version;
    if (m_stopped[listed.component] == 0)
    {
        Plant(clock, nowH);
    }
}

void
ComponentClocks::Plant(uint32_t clock, double nowH)
{
    State& state = m_states[clock];
    state.sinceH = nowH;
    const double timeH = nowH + state.leftH / m_fleet.GetClocks()[clock].acceleration;
    if (timeH < m_horizonH)
    {
        m_plans.push({timeH, clock, state.version});
    }
}

double
ComponentClocks::GetNextH()
{
    while (!m_plans.empty() && m_plans.top().version != m_states[m_plans.top().clock].version)
    {
        m_plans.pop();
    }
    return m_plans.empty() ? std::numeric_limits<double>::infinity() : m_plans.top().timeH;
}

uint32_t
ComponentClocks::TakeNext()
{
    GetNextH();
    const uint32_t clock = m_plans.top().clock;
    m_plans.pop();
    State& state = m_states[clock];
    state.ageH += state.leftH;
    state.hasFailed = true;
    ++state.version;
    return clock;
}

void
ComponentClocks::Stop(uint32_t component, double nowH)
{
    if (m_stopped[component]++ > 0)
    {
        return;
    }
    const CampaignFleet::Component& listed = m_fleet.GetComponents()[component];
    for (uint32_t i = 0; i < listed.clockCount; ++i)
    {
        const uint32_t clock = listed.firstClock + i;
        State& state = m_states[clock];
        if (!state.hasFailed)
        {
            const double gainedH = (nowH - state.sinceH) * m_fleet.GetClocks()[clock].acceleration;
            state.ageH += gainedH;
            state.leftH = std::max(state.leftH - gainedH, 0.0);
            ++state.version;
        }
    }
}

void
ComponentClocks::Start(uint32_t component, double nowH)
{
    if (--m_stopped[component] > 0)
    {
        return;
    }
    const CampaignFleet::Component& listed = m_fleet.GetComponents()[component];
    for (uint32_t i = 0; i < listed.clockCount; ++i)
    {
        if (!m_states[listed.firstClock + i].hasFailed)
        {
            Plant(listed.firstClock + i, nowH);
        }
    }
}

void
ComponentClocks::Repair(uint32_t clock, bool restoresAge, double nowH)
{
    if (restoresAge)
    {
        m_states[clock].ageH = 0;
    }
    Draw(clock, nowH);
}

void
ComponentClocks::Renew(uint32_t component, double nowH)
{
    const CampaignFleet::Component& listed = m_fleet.GetComponents()[component];
    for (uint32_t i = 0; i < listed.clockCount; ++i)
    {
        Repair(listed.firstClock + i, true, nowH);
    }
}

bool
ComponentClocks::IsWorking(uint32_t component) const
{
    return m_stopped[component] == 0;
}

} // namespace opticalfabric
} // namespace ns3
