/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "repair-shop.h"

#include "ns3/parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_DURATION_H = 1e9; ///< longest work and lead time, h
constexpr double MAX_TIME_H = 1e15;    ///< latest time, h

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("repair shop");
}

} // namespace

RepairShop::RepairShop(uint32_t crews)
    : m_crews(crews)
{
}

void
RepairShop::LimitSpares(const std::string& pool, uint32_t stock, double leadTimeH)
{
    MakeCheck().Require(!pool.empty() && m_pools.count(pool) == 0,
                        "pool",
                        "\"" + pool + "\"",
                        "a name, of a pool that is not limited yet");
    MakeCheck().RequireBetween("leadTimeH", leadTimeH, 0, MAX_DURATION_H);
    m_pools[pool] = {stock, leadTimeH};
}

void
RepairShop::CheckTime(double timeH) const
{
    MakeCheck().RequireBetween("timeH", timeH, m_timeH, MAX_TIME_H);
}

void
RepairShop::Submit(double atH, const RepairJob& job)
{
    CheckTime(atH);
    MakeCheck().RequireBetween("durationH", job.durationH, 0, MAX_DURATION_H);
    Run(atH);
    const auto pool = m_pools.find(job.spare);
    if (!job.spare.empty() && pool != m_pools.end())
    {
        // Ordered now, not when the part is taken: whoever waits for one would wait forever.
        const double arrivalH = atH + pool->second.leadTimeH;
        m_events.push({arrivalH, m_nextNumber++, false, false, {}, job.spare});
    }
    const Waiting waiting{job, atH, m_nextNumber++};
    // Whoever waits already cannot begin now, so the newcomer takes nothing from them.
    if (!TryStart(waiting))
    {
        m_waiting.insert(waiting);
    }
}

std::vector<RepairRecord>
RepairShop::AdvanceTo(double timeH)
{
    CheckTime(timeH);
    Run(timeH);
    std::vector<RepairRecord> done;
    done.swap(m_done);
    return done;
}

void
RepairShop::Run(double timeH)
{
    while (!m_events.empty() && m_events.top().timeH <= timeH)
    {
        const Event event = m_events.top();
        m_events.pop();
        m_timeH = event.timeH;
        if (event.isEnd)
        {
            m_busyCrews -= event.freesCrew ? 1 : 0;
            m_done.push_back(event.record);
        }
        else
        {
            ++m_pools.at(event.pool).stock;
        }
        StartWaiting();
    }
    m_timeH = timeH;
}

bool
RepairShop::TryStart(const Waiting& waiting)
{
    const RepairJob& job = waiting.job;
    const auto pool = m_pools.find(job.spare);
    const bool isLimited = !job.spare.empty() && pool != m_pools.end();
    if ((job.needsCrew && m_busyCrews >= m_crews) || (isLimited && pool->second.stock == 0))
    {
        return false;
    }
    m_busyCrews += job.needsCrew ? 1 : 0;
    const double endH = m_timeH + job.durationH;
    const RepairRecord record{job.id, waiting.submittedH, m_timeH, endH};
    m_events.push({endH, m_nextNumber++, true, job.needsCrew, record, ""});
    if (isLimited)
    {
        --pool->second.stock;
    }
    return true;
}

void
RepairShop::StartWaiting()
{
    for (auto next = m_waiting.begin(); next != m_waiting.end();)
    {
        next = TryStart(*next) ? m_waiting.erase(next) : std::next(next);
    }
}

double
RepairShop::GetTimeH() const
{
    return m_timeH;
}

double
RepairShop::GetNextEventH() const
{
    return m_events.empty() ? std::numeric_limits<double>::infinity() : m_events.top().timeH;
}

std::size_t
RepairShop::GetWaiting() const
{
    return m_waiting.size();
}

uint32_t
RepairShop::GetBusyCrews() const
{
    return m_busyCrews;
}

uint32_t
RepairShop::GetStock(const std::string& pool) const
{
    const auto found = m_pools.find(pool);
    return found == m_pools.end() ? UNLIMITED : found->second.stock;
}

} // namespace opticalfabric
} // namespace ns3
