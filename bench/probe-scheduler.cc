/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "probe-scheduler.h"

#include "ns3/object-factory.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/wheel-scheduler.h"

#include <algorithm>
#include <string>

namespace opticalfabricbench
{

NS_OBJECT_ENSURE_REGISTERED(ProbeRecord);
NS_OBJECT_ENSURE_REGISTERED(ProbeScheduler);

TypeId
ProbeRecord::GetTypeId()
{
    static TypeId tid = TypeId("opticalfabricbench::ProbeRecord")
                            .SetParent<Object>()
                            .SetGroupName("OpticalFabric")
                            .AddConstructor<ProbeRecord>();
    return tid;
}

void
ProbeRecord::Describe(Figures& figures) const
{
    figures.Set("pending_mean", events == 0 ? 0 : pendingSum / static_cast<double>(events));
    figures.Set("pending_max", static_cast<double>(pendingMax));
    figures.Set("delay_mean_ps", delays.GetMean());
    for (uint32_t i = 0; i <= QUANTILES; ++i)
    {
        figures.Set("delay_q" + std::to_string(i),
                    static_cast<double>(delays.Quantile(static_cast<double>(i) / QUANTILES)));
    }
}

TypeId
ProbeScheduler::GetTypeId()
{
    static TypeId tid = TypeId("opticalfabricbench::ProbeScheduler")
                            .SetParent<Scheduler>()
                            .SetGroupName("OpticalFabric")
                            .AddConstructor<ProbeScheduler>()
                            .AddAttribute("Record",
                                          "Takes the notes; must be set.",
                                          PointerValue(),
                                          MakePointerAccessor(&ProbeScheduler::m_record),
                                          MakePointerChecker<ProbeRecord>());
    return tid;
}

ProbeScheduler::ProbeScheduler()
    : m_scheduler(CreateObject<opticalfabric::WheelScheduler>())
{
}

ProbeScheduler::~ProbeScheduler() = default;

void
ProbeScheduler::Insert(const Event& event)
{
    m_record->delays.Record(event.key.m_ts - m_record->now);
    m_record->pendingMax = std::max(m_record->pendingMax, ++m_record->pending);
    m_scheduler->Insert(event);
}

bool
ProbeScheduler::IsEmpty() const
{
    return m_scheduler->IsEmpty();
}

Scheduler::Event
ProbeScheduler::PeekNext() const
{
    return m_scheduler->PeekNext();
}

Scheduler::Event
ProbeScheduler::RemoveNext()
{
    m_record->pendingSum += static_cast<double>(m_record->pending--);
    ++m_record->events;
    const Event event = m_scheduler->RemoveNext();
    m_record->now = event.key.m_ts;
    return event;
}

void
ProbeScheduler::Remove(const Event& event)
{
    --m_record->pending;
    m_scheduler->Remove(event);
}

void
WatchScheduler(const Ptr<ProbeRecord>& record)
{
    ObjectFactory factory;
    factory.SetTypeId(ProbeScheduler::GetTypeId());
    factory.Set("Record", PointerValue(record));
    Simulator::SetScheduler(factory);
}

} // namespace opticalfabricbench
