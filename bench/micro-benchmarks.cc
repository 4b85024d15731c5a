/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "split-mix.h"

#include "ns3/event-impl.h"
#include "ns3/event-pool.h"
#include "ns3/latency-breakdown.h"
#include "ns3/latency-histogram.h"
#include "ns3/map-scheduler.h"
#include "ns3/priority-queue-scheduler.h"
#include "ns3/wheel-scheduler.h"

#include <benchmark/benchmark.h>
#include <cmath>
#include <vector>

namespace
{

using namespace ns3;
using namespace ns3::opticalfabric;

constexpr uint32_t VALUES = 4096; ///< different values; a power of two

/**
 * @param mean their mean
 * @return exponentially distributed numbers
 */
std::vector<uint64_t>
MakeValues(double mean)
{
    opticalfabricbench::SplitMix random(1);
    std::vector<uint64_t> values(VALUES);
    for (uint64_t& value : values)
    {
        value = static_cast<uint64_t>(-std::log1p(-random.NextDouble()) * mean);
    }
    return values;
}

/**
 * @ingroup optical-fabric-bench
 * @brief An event that lives in a pool.
 */
class PooledEvent : public EventImpl
{
  public:
    /**
     * Deallocation belongs to the pool.
     * @param p the object
     */
    static void operator delete(void* p)
    {
        EventPool<PooledEvent>::Free(p);
    }

    PooledEvent* m_next{nullptr}; ///< next in the pool

  protected:
    void Notify() override
    {
    }
};

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

/// @param state Google Benchmark's loop
void
HistogramRecord(benchmark::State& state)
{
    const std::vector<uint64_t> values = MakeValues(2e6);
    LatencyHistogram histogram;
    uint32_t i = 0;
    for ([[maybe_unused]] auto _ : state)
    {
        histogram.Record(values[i++ % VALUES]);
    }
    benchmark::DoNotOptimize(histogram.GetCount());
}

BENCHMARK(HistogramRecord);

/// @param state Google Benchmark's loop
void
BreakdownRecord(benchmark::State& state)
{
    const std::vector<uint64_t> values = MakeValues(2e6);
    LatencyBreakdown breakdown;
    LatencyParts parts{};
    uint32_t i = 0;
    for ([[maybe_unused]] auto _ : state)
    {
        const uint64_t total = values[i++ % VALUES];
        parts[SERIALIZATION] = total / 2;
        parts[QUEUE] = total - total / 2;
        breakdown.Record(total, parts);
    }
    benchmark::DoNotOptimize(breakdown.GetCount());
}

BENCHMARK(BreakdownRecord);

/// @param state Google Benchmark's loop
void
PoolAcquireRelease(benchmark::State& state)
{
    EventPool<PooledEvent> pool;
    for ([[maybe_unused]] auto _ : state)
    {
        PooledEvent* event = pool.Acquire();
        benchmark::DoNotOptimize(event);
        pool.Release(event);
    }
}

BENCHMARK(PoolAcquireRelease);

/**
 * RemoveNext and Insert with a number of events pending, 417 ns ahead on average.
 * @tparam S the scheduler
 * @param state Google Benchmark's loop; its range is the number pending
 */
template <typename S>
void
RemoveAndInsert(benchmark::State& state)
{
    const std::vector<uint64_t> delays = MakeValues(417000);
    const Ptr<Scheduler> scheduler = CreateObject<S>();
    const auto bare = Create<NullEvent>(); // schedulers look at what they are given
    uint32_t uid = 0;
    const auto insert = [&](uint64_t now) {
        Scheduler::Event event{};
        event.impl = PeekPointer(bare);
        event.key.m_ts = now + delays[uid % VALUES];
        event.key.m_uid = uid++;
        scheduler->Insert(event);
    };
    for (int64_t i = 0; i < state.range(0); ++i)
    {
        insert(0);
    }
    for ([[maybe_unused]] auto _ : state)
    {
        insert(scheduler->RemoveNext().key.m_ts);
    }
}

BENCHMARK_TEMPLATE(RemoveAndInsert, WheelScheduler)->Arg(1000)->Arg(15000)->Arg(100000);
BENCHMARK_TEMPLATE(RemoveAndInsert, PriorityQueueScheduler)->Arg(1000)->Arg(15000)->Arg(100000);
BENCHMARK_TEMPLATE(RemoveAndInsert, MapScheduler)->Arg(1000)->Arg(15000)->Arg(100000);

} // namespace

BENCHMARK_MAIN();
