/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-log.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MIN_FAULT_H = 1e-9 / 3600; ///< shortest fault that is kept, h: 1 ns

} // namespace

FaultLog::FaultLog(const CampaignFleet& fleet, bool isOn)
    : m_fleet(fleet),
      m_isOn(isOn)
{
}

void
FaultLog::Begin(uint64_t number,
                uint32_t clock,
                const FailureEffect& effect,
                double nowH,
                double detectionH)
{
    if (!m_isOn)
    {
        return;
    }
    const uint32_t place = m_fleet.GetClocks()[clock].component;
    const CampaignFleet::Component& component = m_fleet.GetComponents()[place];
    const std::string& name = m_fleet.GetName(place);
    const std::size_t first = m_faults.size();
    Fault fault;
    fault.time = FaultTime::FromH(nowH);
    fault.kind = component.kind;
    fault.component = name;
    fault.effect = effect;
    const bool isBurst = effect.kind == FailureEffect::FLAP_BURST;
    fault.end = isBurst ? Fault::WITH_BURST : Fault::UNTIL_REPAIRED;
    fault.detection = FaultTime::FromH(detectionH);
    fault.mode = m_fleet.GetMode(clock).name;
    if (component.dependentCount == 0)
    {
        m_faults.push_back(fault);
    }
    fault.cause = GetName(component.kind) + " " + name;
    fault.effect = PassOn(component.kind, effect);
    for (uint32_t i = 0; i < component.dependentCount; ++i)
    {
        const uint32_t dependent = m_fleet.GetDependents()[component.firstDependent + i];
        fault.kind = m_fleet.GetComponents()[dependent].kind;
        fault.component = m_fleet.GetName(dependent);
        m_faults.push_back(fault);
    }
    m_open[number] = {first, m_faults.size()};
}

void
FaultLog::End(uint64_t number, double nowH)
{
    const auto found = m_open.find(number);
    if (found == m_open.end())
    {
        return;
    }
    for (std::size_t i = found->second.first; i < found->second.second; ++i)
    {
        Fault& fault = m_faults[i];
        if (fault.end == Fault::UNTIL_REPAIRED)
        {
            fault.end = Fault::LASTS;
            fault.lasts = FaultTime::FromH(std::max(nowH - fault.time.GetH(), MIN_FAULT_H));
        }
    }
    m_open.erase(found);
}

std::vector<Fault>
FaultLog::Take()
{
    m_open.clear();
    return std::move(m_faults);
}

} // namespace opticalfabric
} // namespace ns3
