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

#include "program-options.h"
#include "terminal.h"

#include "ns3/clos-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/double.h"
#include "ns3/global-value.h"
#include "ns3/run-report-recorder.h"
#include "ns3/run-report.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <iostream>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/**
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status
 */
int
Simulate(int argc, char* argv[])
{
    const WallClock clock;
    GlobalValue::Bind("SchedulerType", StringValue("ns3::opticalfabric::WheelScheduler"));

    uint32_t endpoints = 32;
    uint32_t leaves = 4;
    uint32_t spines = 4;
    double oversubscription = 0;
    uint64_t bytes = 1 << 20;
    std::string algorithm = "pairwise";
    std::string routing = "Spray";
    std::string outPrefix;
    bool isForced = false;
    ProgramOptions options("clos-all-to-all",
                           "An all-to-all on a leaf-spine network, as an ns-3 script: what does "
                           "oversubscription cost?");
    options.Add("endpoints", "endpoints", endpoints, 2, 100000);
    options.Add("leaves", "leaf switches", leaves, 1, 10000);
    options.Add("spines", "spine switches", spines, 0, 10000);
    options.Add("oversubscription",
                "at a leaf, reached exactly or refused; 0: what the helper makes it",
                oversubscription,
                0,
                10000);
    options.AddBytes("bytes",
                     "what every rank sends, its part for itself included",
                     bytes,
                     1,
                     1ULL << 40);
    options.Add("algorithm", "what sends when", algorithm, {"pairwise", "all-at-once"});
    options.Add("routing", "of packets", routing, {"Deterministic", "Ecmp", "Spray", "Adaptive"});
    options.Add("outPrefix",
                "begins the names of result files; without it there are none",
                outPrefix);
    options.Add("force", "replace result files that are there", isForced);
    options.AddExample("./fabric example clos-all-to-all --oversubscription=2");
    options.AddExample("./fabric example clos-all-to-all --endpoints=64 --leaves=8 --bytes=4MiB");
    options.Parse(argc, argv);
    if (!outPrefix.empty() && !isForced)
    {
        RefuseToReplace("--outPrefix=" + outPrefix, outPrefix + "summary.json");
    }

    const auto helper = CreateObject<ClosHelper>();
    helper->SetAttribute("Endpoints", UintegerValue(endpoints));
    helper->SetAttribute("Leaves", UintegerValue(leaves));
    helper->SetAttribute("Spines", UintegerValue(spines));
    helper->SetAttribute("Oversubscription", DoubleValue(oversubscription));
    helper->SetNetworkAttribute("Routing", StringValue(routing));
    helper->Validate(); // throws what Build would abort for
    const BuiltFabric fabric = helper->Build();
    fabric.AssignStreams(0);

    CollectiveHelper collectives(fabric.networks.front());
    collectives.Install("all-to-all", bytes, CollectiveHelper::GetRange(0, endpoints), algorithm);

    RunRecorder recorder(fabric);
    VolatileFacts facts = StartVolatileFacts(argc, argv);
    facts.setupS = clock.GetElapsedS();
    recorder.SetFacts(facts);
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
    report.Print(std::cout, FindReportWidth(1));
    const std::string failure = outPrefix.empty() ? "" : report.Write(outPrefix, true);
    if (!failure.empty())
    {
        Tell("clos-all-to-all", failure);
    }
    const std::string losses = report.GetLosses();
    if (!losses.empty())
    {
        Tell("clos-all-to-all", losses);
    }
    recorder.Detach();
    collectives.GetRunner()->Dispose();
    Simulator::Destroy();
    return isFinished && failure.empty() && losses.empty() ? 0 : 1;
}

} // namespace

int
main(int argc, char* argv[])
{
    Time::SetResolution(Time::PS);
    return RunProgram("clos-all-to-all", [&]() { return Simulate(argc, argv); });
}
