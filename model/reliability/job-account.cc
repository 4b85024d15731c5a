/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "job-account.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Names in the order of JobUse::Kind.
constexpr std::array<const char*, JobUse::COUNT>
    NAMES{"useful", "slowed", "checkpoint", "rework", "reroute", "detection", "waiting", "restart"};

} // namespace

std::string
GetName(JobUse::Kind use)
{
    return NAMES.at(use);
}

JobAccount::JobAccount(const CheckpointPlan& plan)
    : m_plan(plan)
{
    m_plan.Validate();
}

JobUse::Kind
JobAccount::GetUse() const
{
    switch (m_phase)
    {
    case DETECTS:
        return JobUse::DETECTION;
    case WAITS:
        return JobUse::WAITING;
    case RESTARTS:
        return JobUse::RESTART;
    default:
        return JobUse::REROUTE;
    }
}

void
JobAccount::AdvanceTo(double timeH)
{
    while (m_nowH < timeH)
    {
        const bool hasEnd = m_phase == STANDS || m_phase == DETECTS || m_phase == RESTARTS;
        const double untilH = hasEnd ? std::min(m_untilH, timeH) : timeH;
        const double durationH = untilH - m_nowH;
        m_upH += m_phase == RUNS || m_phase == STANDS ? durationH : 0;
        if (m_phase == RUNS)
        {
            Run(durationH);
        }
        else
        {
            m_hours[GetUse()][m_cause] += durationH;
            m_downH += m_phase == STANDS ? 0 : durationH;
        }
        m_nowH = untilH;
        if (!hasEnd || m_untilH > timeH)
        {
            return;
        }
        if (m_phase == DETECTS)
        {
            TryRestart();
        }
        else
        {
            m_phase = RUNS;
            EndDownTime();
        }
    }
}

void
JobAccount::EndDownTime()
{
    if (m_downH > 0)
    {
        m_downTimes.Add(m_downH);
    }
    m_downH = 0;
}

void
JobAccount::TryRestart()
{
    m_phase = m_canRun ? RESTARTS : WAITS;
    m_untilH = m_nowH + m_plan.restartH;
}

void
JobAccount::Run(double durationH)
{
    const double beginH = m_activeH;
    m_activeH += durationH;
    const double checkpointH = m_plan.GetLastCheckpointH(m_activeH);
    if (checkpointH > beginH)
    {
        AddPending(beginH, checkpointH);
        Keep();
        AddPending(checkpointH, m_activeH);
        m_activeH -= checkpointH;
    }
    else
    {
        AddPending(beginH, m_activeH);
    }
}

void
JobAccount::AddPending(double fromH, double toH)
{
    const double computingH = m_plan.GetComputingH(toH) - m_plan.GetComputingH(fromH);
    const double usefulH = computingH * m_speed;
    m_pendingUsefulH += usefulH;
    m_pendingWriteH += toH - fromH - computingH;
    if (m_speed < 1)
    {
        if (m_pendingSlowedH.empty() || m_pendingSlowedH.back().first != m_slowCause)
        {
            m_pendingSlowedH.emplace_back(m_slowCause, 0);
        }
        m_pendingSlowedH.back().second += computingH - usefulH;
    }
}

void
JobAccount::Keep()
{
    m_hours[JobUse::USEFUL][FaultCause::NONE] += m_pendingUsefulH;
    m_hours[JobUse::CHECKPOINT][FaultCause::NONE] += m_pendingWriteH;
    for (const auto& [cause, hours] : m_pendingSlowedH)
    {
        m_hours[JobUse::SLOWED][cause] += hours;
    }
    m_pendingUsefulH = 0;
    m_pendingWriteH = 0;
    m_pendingSlowedH.clear();
}

void
JobAccount::SetCapacity(bool canRun, double speed, uint32_t cause)
{
    m_canRun = canRun;
    m_speed = speed;
    m_slowCause = cause;
    if (m_phase == WAITS && canRun)
    {
        TryRestart();
    }
}

void
JobAccount::Interrupt(uint32_t cause, double detectionH)
{
    const double knownH = m_nowH + detectionH;
    if (m_phase == WAITS)
    {
        return;
    }
    if (m_phase == DETECTS)
    {
        m_untilH = std::max(m_untilH, knownH);
        return;
    }
    if (m_phase != RESTARTS)
    {
        ++m_interruptions[cause];
        double lostH = m_pendingUsefulH + m_pendingWriteH;
        for (const auto& slowed : m_pendingSlowedH)
        {
            lostH += slowed.second;
        }
        m_hours[JobUse::REWORK][cause] += lostH;
        m_pendingUsefulH = 0;
        m_pendingWriteH = 0;
        m_pendingSlowedH.clear();
        m_activeH = 0;
    }
    m_cause = cause;
    m_phase = DETECTS;
    m_untilH = knownH;
    if (detectionH == 0)
    {
        TryRestart();
    }
}

void
JobAccount::StandStill(uint32_t cause, double durationH)
{
    if ((m_phase != RUNS && m_phase != STANDS) || durationH == 0)
    {
        return;
    }
    const double untilH = m_nowH + durationH;
    m_untilH = m_phase == STANDS ? std::max(m_untilH, untilH) : untilH;
    m_phase = STANDS;
    m_cause = cause;
}

void
JobAccount::Finish()
{
    Keep();
    EndDownTime();
}

const JobAccount::Hours&
JobAccount::GetHours(JobUse::Kind use) const
{
    return m_hours[use];
}

const std::array<uint64_t, FaultCause::COUNT>&
JobAccount::GetInterruptions() const
{
    return m_interruptions;
}

double
JobAccount::GetUpH() const
{
    return m_upH;
}

const DownTimes&
JobAccount::GetDownTimes() const
{
    return m_downTimes;
}

} // namespace opticalfabric
} // namespace ns3
