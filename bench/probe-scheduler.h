/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_PROBE_SCHEDULER_H
#define OPTICAL_FABRIC_BENCH_PROBE_SCHEDULER_H

#include "figures.h"

#include "ns3/latency-histogram.h"
#include "ns3/object.h"
#include "ns3/scheduler.h"

#include <cstdint>

namespace opticalfabricbench
{

using namespace ns3;

/**
 * @ingroup optical-fabric-bench
 * @brief What a ProbeScheduler saw; outlives it.
 */
class ProbeRecord : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * Says what was seen: pending_mean, pending_max, and delay_q0 .. delay_qN, evenly spaced
     * quantiles of the delay with which events were scheduled, ps.
     * @param figures to add to
     */
    void Describe(Figures& figures) const;

    static constexpr uint32_t QUANTILES = 64; ///< the last one; the first is 0

    opticalfabric::LatencyHistogram delays; ///< delays of events, ps
    uint64_t now{0};                        ///< time of the last event, ps
    uint64_t pending{0};                    ///< events pending
    uint64_t pendingMax{0};                 ///< most of them
    double pendingSum{0};                   ///< sum of them over events run
    uint64_t events{0};                     ///< events run
};

/**
 * @ingroup optical-fabric-bench
 * @brief A WheelScheduler that is watched: how many events are pending, how far ahead they are.
 */
class ProbeScheduler : public Scheduler
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ProbeScheduler();
    ~ProbeScheduler() override;

    void Insert(const Event& event) override;
    bool IsEmpty() const override;
    Event PeekNext() const override;
    Event RemoveNext() override;
    void Remove(const Event& event) override;

  private:
    Ptr<Scheduler> m_scheduler; ///< does the work
    Ptr<ProbeRecord> m_record;  ///< takes the notes
};

/**
 * @ingroup optical-fabric-bench
 * Have the simulator use a ProbeScheduler.
 * @param record takes the notes
 */
void WatchScheduler(const Ptr<ProbeRecord>& record);

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_PROBE_SCHEDULER_H */
