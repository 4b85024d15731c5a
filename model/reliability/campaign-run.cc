/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-run.h"

#include "ns3/fault-sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

uint64_t
CampaignResult::Sum(const Counts& counts)
{
    return std::accumulate(counts.begin(), counts.end(), uint64_t{0});
}

double
CampaignResult::GetJobH(JobUse::Kind use) const
{
    return std::accumulate(jobH[use].begin(), jobH[use].end(), 0.0);
}

std::size_t
CampaignRun::SignatureHash::operator()(const StateSignature& signature) const
{
    uint64_t hash = 0xcbf29ce484222325;
    for (const uint32_t number : signature)
    {
        hash = (hash ^ number) * 0x100000001b3;
    }
    return hash;
}

CampaignRun::CampaignRun(const CampaignSpec& spec,
                         const CampaignFleet& fleet,
                         const DegradationModel& model,
                         VerdictMemo& memo,
                         const UniformStreams& streams,
                         bool logsFaults)
    : m_spec(spec),
      m_fleet(fleet),
      m_model(model),
      m_memo(memo),
      m_streams(streams),
      m_clocks(fleet, streams, spec.horizonH),
      m_faults(fleet,
               m_clocks,
               [this](uint32_t component, bool works) { ChangeAccelerator(component, works); }),
      m_shop(spec.crews),
      m_job(spec.job.checkpoint),
      m_log(fleet, logsFaults)
{
    for (const SparePool& pool : spec.spares)
    {
        m_shop.LimitSpares(pool.name, pool.stock, pool.leadTimeH);
    }
    m_working = m_fleet.GetCounts()[spec.job.accelerator];
    m_members = spec.job.accelerators;
    m_isMember.assign(m_working, false);
    std::fill_n(m_isMember.begin(), m_members, true);
    m_result.states.push_back({{}, {}, 0, 1});
    m_places[{}] = 0;
}

CampaignResult
CampaignRun::Run()
{
    const double endH = m_spec.horizonH;
    while (true)
    {
        const double repairH = m_shop.GetNextEventH();
        const double eventH =
            m_events.empty() ? std::numeric_limits<double>::infinity() : m_events.top().timeH;
        const double failureH = m_clocks.GetNextH();
        const double nextH = std::min({repairH, eventH, failureH});
        if (!(nextH < endH))
        {
            break;
        }
        AdvanceTo(nextH);
        if (repairH == nextH)
        {
            for (const RepairRecord& record : m_shop.AdvanceTo(nextH))
            {
                FinishRepair(record);
            }
        }
        else if (eventH == nextH)
        {
            Handle();
        }
        else
        {
            Fail();
        }
    }
    AdvanceTo(endH);
    m_job.Finish();
    for (uint8_t i = 0; i < JobUse::COUNT; ++i)
    {
        m_result.jobH[i] = m_job.GetHours(static_cast<JobUse::Kind>(i));
    }
    EndIncapability();
    m_result.jobUpH = m_job.GetUpH();
    m_result.jobDown = m_job.GetDownTimes();
    m_result.interruptions = m_job.GetInterruptions();
    m_result.faults = m_log.Take();
    std::sort(m_result.states.begin(),
              m_result.states.end(),
              [](const FabricStateTime& one, const FabricStateTime& other) {
                  return one.signature < other.signature;
              });
    return std::move(m_result);
}

uint32_t
CampaignRun::GetCause(uint32_t clock) const
{
    const CampaignFleet::Clock& listed = m_fleet.GetClocks()[clock];
    return FaultCause::Get(m_fleet.GetComponents()[listed.component].kind, listed.mode);
}

UniformSource
CampaignRun::GetDraws(uint32_t clock) const
{
    const CampaignFleet::Clock& listed = m_fleet.GetClocks()[clock];
    const ComponentKind::Kind kind = m_fleet.GetComponents()[listed.component].kind;
    const uint32_t stream = FaultStream::Get(kind, listed.mode, FaultStream::CONSEQUENCE);
    return [this, stream] { return m_streams(stream); };
}

void
CampaignRun::AdvanceTo(double timeH)
{
    const double durationH = timeH - m_nowH;
    m_job.AdvanceTo(timeH);
    m_result.states[m_state].hours += durationH;
    (m_canRun ? m_result.capableH : m_incapableH) += durationH;
    m_nowH = timeH;
}

void
CampaignRun::Fail()
{
    const uint32_t clock = m_clocks.TakeNext();
    const FailureMode& mode = m_fleet.GetMode(clock);
    const UniformSource draw = GetDraws(clock);
    const FailureEffect effect = mode.DrawEffect(draw);
    const double detectionH = mode.detection.DrawH(draw());
    const uint32_t cause = GetCause(clock);
    ++m_result.failures[cause];

    m_lostMember = false;
    const uint64_t fault = m_faults.Begin(clock, effect, m_nowH);
    m_log.Begin(fault, clock, effect, m_nowH, detectionH);
    const bool hitsPaths = !m_model.Describe(m_faults.GetDegradedBy(fault)).empty();
    if (hitsPaths)
    {
        m_pathFaults.push_back(fault);
    }
    const bool couldRun = m_canRun;
    const uint32_t unreachable = m_verdict.unreachable;
    UpdateCapacity();
    if (couldRun && !m_canRun)
    {
        ++m_result.outages[cause];
    }
    if (m_lostMember || (hitsPaths && !m_model.RetriesPaths()) || (couldRun && !m_canRun) ||
        m_verdict.unreachable > unreachable)
    {
        m_job.Interrupt(cause, detectionH);
    }
    else if (hitsPaths)
    {
        m_job.StandStill(cause, m_spec.job.rerouteH);
    }

    if (effect.kind == FailureEffect::FLAP_BURST)
    {
        m_events.push({m_nowH + effect.GetBurstLength().GetH(), fault, false});
    }
    else if (mode.repair.kind != RepairAction::NONE)
    {
        m_events.push({m_nowH + detectionH, fault, true});
    }
}

void
CampaignRun::Handle()
{
    const Event event = m_events.top();
    m_events.pop();
    const OpenFaults::OpenFault* open = m_faults.Find(event.fault);
    if (open == nullptr)
    {
        return;
    }
    if (event.isDetection)
    {
        Detect(event.fault);
        return;
    }
    const uint32_t clock = open->clock;
    Close(event.fault);
    m_clocks.Repair(clock, m_fleet.GetMode(clock).repair.restoresAge, m_nowH);
    UpdateCapacity();
}

void
CampaignRun::Detect(uint64_t fault)
{
    OpenFaults::OpenFault& open = *m_faults.Find(fault);
    const uint32_t clock = open.clock;
    const uint32_t unit = m_fleet.GetComponents()[open.component].unit;
    for (const uint64_t other : m_faults.GetFaultsOf(unit))
    {
        if (m_faults.Find(other)->isRenewing)
        {
            // A new part is on its way, and this fault goes with the old one.
            return;
        }
    }
    const RepairAction& repair = m_fleet.GetMode(clock).repair;
    open.isRenewing = repair.kind == RepairAction::SWAP && repair.restoresAge;
    RepairJob job;
    job.id = m_orders.size();
    job.durationH = repair.duration.DrawH(GetDraws(clock)());
    job.needsCrew = repair.needsCrew;
    job.spare = repair.spare;
    job.priority = repair.priority;
    m_orders.push_back({clock, fault});
    m_shop.Submit(m_nowH, job);
}

void
CampaignRun::FinishRepair(const RepairRecord& record)
{
    const Order order = m_orders[record.id];
    const RepairAction& repair = m_fleet.GetMode(order.clock).repair;
    ++m_result.repairs[GetCause(order.clock)];
    m_result.crewH += repair.needsCrew ? record.finishedH - record.startedH : 0;
    if (!repair.spare.empty())
    {
        ++m_result.sparesUsed[repair.spare];
    }
    const OpenFaults::OpenFault* open = m_faults.Find(order.fault);
    if (open == nullptr)
    {
        // Another repair has made the component new in the meantime.
        return;
    }
    if (open->isRenewing)
    {
        const CampaignFleet::Component& failed = m_fleet.GetComponents()[open->component];
        const CampaignFleet::Component& unit = m_fleet.GetComponents()[failed.unit];
        for (const uint64_t fault : m_faults.GetFaultsOf(failed.unit))
        {
            Close(fault);
        }
        for (uint32_t i = 0; i < unit.memberCount; ++i)
        {
            m_clocks.Renew(m_fleet.GetMembers()[unit.firstMember + i], m_nowH);
        }
    }
    else
    {
        Close(order.fault);
        m_clocks.Repair(order.clock, repair.restoresAge, m_nowH);
    }
    UpdateCapacity();
}

void
CampaignRun::Close(uint64_t fault)
{
    m_faults.End(fault, m_nowH);
    m_log.End(fault, m_nowH);
    m_pathFaults.erase(std::remove(m_pathFaults.begin(), m_pathFaults.end(), fault),
                       m_pathFaults.end());
}

void
CampaignRun::ChangeAccelerator(uint32_t accelerator, bool works)
{
    const CampaignFleet::Component& component = m_fleet.GetComponents()[accelerator];
    if (component.kind != m_spec.job.accelerator)
    {
        return;
    }
    if (works)
    {
        ++m_working;
        if (m_members < m_spec.job.accelerators)
        {
            m_isMember[component.index] = true;
            ++m_members;
        }
        return;
    }
    --m_working;
    if (!m_isMember[component.index])
    {
        return;
    }
    m_isMember[component.index] = false;
    m_lostMember = true;
    --m_members;
    const uint32_t first = m_fleet.GetFirst(component.kind);
    for (uint32_t i = 0; i < m_isMember.size(); ++i)
    {
        if (!m_isMember[i] && m_clocks.IsWorking(first + i))
        {
            m_isMember[i] = true;
            ++m_members;
            return;
        }
    }
}

void
CampaignRun::EndIncapability()
{
    if (m_incapableH > 0)
    {
        m_result.incapable.Add(m_incapableH);
    }
    m_incapableH = 0;
}

void
CampaignRun::UpdateCapacity()
{
    const std::vector<DegradedComponent>& degraded = m_faults.GetDegraded();
    const StateSignature signature = m_model.Describe(degraded);
    const auto found = m_places.find(signature);
    std::size_t state = 0;
    if (found != m_places.end())
    {
        state = found->second;
    }
    else
    {
        state = m_result.states.size();
        m_result.states.push_back({signature, m_memo.Get(degraded, signature), 0, 0});
        m_places.emplace(signature, state);
    }
    if (state != m_state)
    {
        m_state = state;
        ++m_result.states[state].visits;
        m_verdict = m_result.states[state].verdict;
    }
    const bool isReached = m_working >= m_spec.job.accelerators + m_verdict.unreachable;
    m_canRun = isReached && m_verdict.speed > 0;
    if (m_canRun)
    {
        EndIncapability();
    }
    uint32_t slowCause = FaultCause::NONE;
    if (!m_pathFaults.empty())
    {
        slowCause = GetCause(m_faults.Find(m_pathFaults.back())->clock);
    }
    m_job.SetCapacity(m_canRun, m_verdict.speed, slowCause);
}

} // namespace opticalfabric
} // namespace ns3
