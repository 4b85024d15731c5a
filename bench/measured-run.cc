/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "measured-run.h"

#include "stopwatch.h"

#include "ns3/provenance.h"
#include "ns3/scheduler.h"
#include "ns3/simulator.h"

#include <malloc.h>
#include <stdexcept>

/// Under a name that a tool which counts instructions can be told.
extern "C" __attribute__((noinline)) void
FabricBenchMeasuredRun()
{
    ns3::Simulator::Run();
}

namespace opticalfabricbench
{

void
PrepareSimulator(const std::string& scheduler)
{
    Time::SetResolution(Time::PS);
    TypeId type;
    if (!TypeId::LookupByNameFailSafe(scheduler, &type) || !type.IsChildOf(Scheduler::GetTypeId()))
    {
        throw std::invalid_argument("scheduler is " + scheduler +
                                    ", allowed a scheduler, for example ns3::MapScheduler");
    }
    ObjectFactory factory;
    factory.SetTypeId(type);
    Simulator::SetScheduler(factory);
}

double
GetHeapBytes()
{
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
}

double
RunSimulation()
{
    const Stopwatch stopwatch;
    FabricBenchMeasuredRun();
    return stopwatch.GetElapsedS();
}

void
DescribeBuilt(const Ptr<FabricNetwork>& network, double heapBeforeBytes, Figures& figures)
{
    figures.Set("heap_built_bytes", GetHeapBytes() - heapBeforeBytes);
    figures.Set("endpoints", network->GetNEndpoints());
    figures.Set("ports", 2.0 * network->GetNLinks());
}

void
MeasureTraffic(const Ptr<FabricNetwork>& network,
               const WindowedTraffic::Spec& spec,
               Figures& figures)
{
    WindowedTraffic traffic(spec);
    traffic.Start(PeekPointer(network));
    const uint64_t eventsBefore = Simulator::GetEventCount();
    figures.Set("run_s", RunSimulation());
    figures.Set("events", static_cast<double>(Simulator::GetEventCount() - eventsBefore));
    figures.Set("packet_hops", static_cast<double>(network->GetPacketHops()));
    figures.Set("packets", static_cast<double>(network->GetCounts().deliveredPackets));
    figures.Set("simulated_s", traffic.GetEndS());
    figures.Set("peak_rss_bytes", static_cast<double>(GetPeakRssBytes()));
    if (!traffic.IsComplete())
    {
        throw std::runtime_error("not every transfer arrived whole" + network->GetStallReport());
    }
}

} // namespace opticalfabricbench
