/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "clos-network.h"
#include "flow-run.h"

#include "ns3/boolean.h"
#include "ns3/collective-helper.h"
#include "ns3/simulator.h"

#include <stdexcept>

namespace opticalfabricbench
{

Figures
RunFlowAllToAll(CaseArguments& arguments)
{
    FlowRun run;
    run.Read(arguments, "Deterministic");
    WindowedTraffic::Spec spec;
    spec.ranks = run.GetClos().endpoints;
    spec.bytes = arguments.GetCount("bytes", 65536);
    const std::string window = arguments.GetText("window", "8");
    spec.window = window == "all" ? spec.ranks - 1 : arguments.GetCount("window", 8);
    spec.order = arguments.GetText("order", "rotation");
    spec.peers = arguments.GetCount("peers", 0);
    spec.transfers = arguments.GetCount("transfers", 0);
    const std::string next = arguments.GetText("next", "sent");
    arguments.RefuseOthers();
    if (next != "sent" && next != "received")
    {
        throw std::invalid_argument("next is " + next + ", allowed sent or received");
    }
    spec.untilArrival = next == "received";
    if (spec.transfers == 0)
    {
        spec.transfers = spec.peers == 0 ? spec.ranks - 1 : spec.peers;
    }

    run.Build();
    WindowedTraffic traffic(spec);
    Simulator::ScheduleNow(&WindowedTraffic::Start, &traffic, PeekPointer(run.GetEngine()));
    Figures figures = run.Measure();
    if (!traffic.IsComplete())
    {
        throw std::runtime_error("not every transfer arrived whole");
    }
    figures.Set("simulated_s", traffic.GetEndS());
    figures.Set("ideal_s",
                8.0 * static_cast<double>(spec.transfers) * static_cast<double>(spec.bytes) /
                    ClosNetwork::LINK_RATE);
    Simulator::Destroy();
    return figures;
}

Figures
RunFlowRing(CaseArguments& arguments)
{
    FlowRun run;
    run.Read(arguments, "Deterministic");
    const uint32_t ranks = run.GetClos().endpoints;
    const uint32_t limitUs = arguments.GetCount("limit-us", 0);
    CollectiveSpec spec;
    spec.kind = CollectiveKind::ALL_REDUCE;
    spec.algorithm = CollectiveAlgorithm::RING;
    spec.bytes = arguments.GetCount("bytes", 64 << 20);
    spec.iterations = arguments.GetCount("iterations", 1);
    spec.group = CollectiveHelper::GetRange(0, ranks);
    arguments.RefuseOthers();

    run.Build();
    CollectiveHelper collectives(run.GetEngine());
    // What is measured is the engine.
    collectives.SetRunnerAttribute("FreeRings", BooleanValue(false));
    collectives.Install(spec);
    Simulator::ScheduleNow(&WorkloadRunner::Start, PeekPointer(collectives.GetRunner()));
    if (limitUs > 0)
    {
        Simulator::Stop(MicroSeconds(limitUs));
    }
    Figures figures = run.Measure();
    if (limitUs == 0 && !collectives.GetRunner()->IsFinished())
    {
        throw std::runtime_error("the all-reduce did not end");
    }
    const Time end = limitUs == 0 ? collectives.GetTime(0) : Simulator::Now();
    figures.Set("simulated_s", end.GetSeconds());
    const double sentBytes = 2.0 * static_cast<double>(spec.bytes) / ranks * (ranks - 1);
    figures.Set("ideal_s", 8 * sentBytes / ClosNetwork::LINK_RATE);
    Simulator::Destroy();
    return figures;
}

} // namespace opticalfabricbench
