/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "measured-run.h"
#include "split-mix.h"
#include "stopwatch.h"

#include "ns3/event-impl.h"
#include "ns3/object-factory.h"
#include "ns3/scheduler.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief An event that does nothing.
 */
class NullEvent : public EventImpl
{
  protected:
    void Notify() override
    {
    }
};

/**
 * @ingroup optical-fabric-bench
 * @brief A scheduler with always the same number of events in it.
 */
class HoldModel
{
  public:
    /**
     * @param scheduler scheduler, empty
     * @param meanPs mean of the exponential delays, ps
     */
    HoldModel(const Ptr<Scheduler>& scheduler, double meanPs)
        : m_scheduler(scheduler),
          m_event(Create<NullEvent>()),
          m_delays(DELAYS)
    {
        SplitMix random(1);
        for (uint64_t& delay : m_delays)
        {
            delay = static_cast<uint64_t>(-std::log1p(-random.NextDouble()) * meanPs);
        }
    }

    /// @param count events to put in
    void Fill(uint64_t count)
    {
        for (uint64_t i = 0; i < count; ++i)
        {
            Insert(0);
        }
    }

    /// @param count how often to take the earliest out and put it in again
    void Hold(uint64_t count)
    {
        for (uint64_t i = 0; i < count; ++i)
        {
            Insert(m_scheduler->RemoveNext().key.m_ts);
        }
    }

  private:
    static constexpr uint32_t DELAYS = 1 << 14; ///< different delays

    /// @param now the present, ps
    void Insert(uint64_t now)
    {
        Scheduler::Event event{};
        event.impl = PeekPointer(m_event);
        event.key.m_ts = now + m_delays[m_uid % DELAYS];
        event.key.m_uid = m_uid++;
        m_scheduler->Insert(event);
    }

    Ptr<Scheduler> m_scheduler;     ///< scheduler
    Ptr<NullEvent> m_event;         ///< the event, again and again
    std::vector<uint64_t> m_delays; ///< its delays, ps
    uint32_t m_uid{0};              ///< number of the next insertion
};

} // namespace

Figures
RunHold(CaseArguments& arguments)
{
    const uint32_t pending = arguments.GetCount("pending", 100000);
    const double meanPs = arguments.GetNumber("mean-ps", 417000);
    const uint32_t operations = arguments.GetCount("operations", 2000000);
    const std::string scheduler = arguments.GetText("scheduler", WHEEL);
    arguments.RefuseOthers();

    PrepareSimulator(scheduler);
    ObjectFactory factory;
    factory.SetTypeId(scheduler);
    HoldModel model(factory.Create<Scheduler>(), meanPs);
    model.Fill(pending);
    model.Hold(std::min(pending, operations));
    const Stopwatch stopwatch;
    model.Hold(operations);
    Figures figures;
    figures.Set("ns_per_event", stopwatch.GetElapsedS() * 1e9 / operations);
    return figures;
}

} // namespace opticalfabricbench
