/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// An all-to-all on a leaf-spine network, as an ns-3 script: what does oversubscription cost?
//
//   clos-all-to-all --endpoints=64 --leaves=8 --spines=4 --oversubscription=2
//
// Without --outPrefix the results are only printed; with it they are also written to
// <outPrefix>summary.json, <outPrefix>results.h5 and <outPrefix>volatile.json.

#include "ns3/clos-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/command-line.h"
#include "ns3/double.h"
#include "ns3/global-value.h"
#include "ns3/run-report-recorder.h"
#include "ns3/run-report.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <iostream>
#include <stdexcept>

using namespace ns3;
using namespace ns3::opticalfabric;

int
main(int argc, char* argv[])
{
    Time::SetResolution(Time::PS);
    GlobalValue::Bind("SchedulerType", StringValue("ns3::opticalfabric::WheelScheduler"));

    uint32_t endpoints = 32;
    uint32_t leaves = 4;
    uint32_t spines = 4;
    double oversubscription = 0;
    uint64_t bytes = 1 << 20;
    std::string algorithm = "pairwise";
    std::string routing = "Spray";
    std::string outPrefix;
    CommandLine cmd(__FILE__);
    cmd.AddValue("endpoints", "endpoints", endpoints);
    cmd.AddValue("leaves", "leaf switches", leaves);
    cmd.AddValue("spines", "spine switches", spines);
    cmd.AddValue("oversubscription", "most allowed at a leaf; 0: the helper's", oversubscription);
    cmd.AddValue("bytes", "what every rank sends, its part for itself included, bytes", bytes);
    cmd.AddValue("algorithm", "pairwise or all-at-once", algorithm);
    cmd.AddValue("routing", "Deterministic, Ecmp, Spray or Adaptive", routing);
    cmd.AddValue("outPrefix", "begins the names of the result files; empty: none", outPrefix);
    cmd.Parse(argc, argv);

    const auto helper = CreateObject<ClosHelper>();
    helper->SetAttribute("Endpoints", UintegerValue(endpoints));
    helper->SetAttribute("Leaves", UintegerValue(leaves));
    helper->SetAttribute("Spines", UintegerValue(spines));
    helper->SetAttribute("Oversubscription", DoubleValue(oversubscription));
    helper->SetNetworkAttribute("Routing", StringValue(routing));
    const BuiltFabric fabric = helper->Build();
    fabric.AssignStreams(0);

    CollectiveHelper collectives(fabric.networks.front());
    try
    {
        collectives.Install("all-to-all",
                            bytes,
                            CollectiveHelper::GetRange(0, endpoints),
                            algorithm);
    }
    catch (const std::invalid_argument& refusal)
    {
        std::cerr << "clos-all-to-all: " << refusal.what() << std::endl;
        return 2;
    }

    RunRecorder recorder(fabric);
    recorder.SetFacts(StartVolatileFacts(argc, argv));
    recorder.StartClock();
    const bool isFinished = collectives.Run();
    recorder.StopClock();

    RunPart part;
    part.name = "all-to-all";
    part.results = recorder.Collect({collectives.GetRunner()});
    part.unfinished = isFinished ? "" : "not all ranks ended";
    RunReport report("all-to-all on a leaf-spine network of " + std::to_string(endpoints) +
                     " endpoints");
    report.AddPart(part);
    report.Print(std::cout);
    const std::string failure = outPrefix.empty() ? "" : report.Write(outPrefix, true);
    if (!failure.empty())
    {
        std::cerr << "clos-all-to-all: " << failure << std::endl;
    }
    recorder.Detach();
    collectives.GetRunner()->Dispose();
    Simulator::Destroy();
    return isFinished && failure.empty() ? 0 : 1;
}
