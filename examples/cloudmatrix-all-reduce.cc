/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// An all-reduce over all NPU dies of a CloudMatrix384, as an ns-3 script.
//
//   cloudmatrix-all-reduce --nodes=48 --bytes=67108864 --algorithm=hierarchical --groupSize=16
//
// Without --outPrefix the results are only printed; with it they are also written to
// <outPrefix>summary.json, <outPrefix>results.h5 and <outPrefix>volatile.json.

#include "program-options.h"
#include "terminal.h"

#include "ns3/cloud-matrix-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/global-value.h"
#include "ns3/message-text.h"
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

    uint32_t nodes = 4;
    uint64_t bytes = 1 << 20;
    std::string algorithm = "hierarchical";
    uint32_t groupSize = 16;
    uint32_t iterations = 1;
    std::string routing = "Spray";
    std::string outPrefix;
    bool isForced = false;
    ProgramOptions options("cloudmatrix-all-reduce",
                           "An all-reduce over all NPU dies of a CloudMatrix384, as an ns-3 "
                           "script.");
    options.Add("nodes", "nodes of the CloudMatrix, 16 dies each", nodes, 1, 4096);
    options.AddBytes("bytes", "vector that is reduced", bytes, 1, 1ULL << 40);
    options.Add("algorithm",
                "how it is reduced",
                algorithm,
                {"ring", "halving-doubling", "double-binary-tree", "hierarchical"});
    options.Add("groupSize", "ranks of a group of the hierarchical algorithm", groupSize, 1, 65536);
    options.Add("iterations", "how often", iterations, 1, 1000000);
    options.Add("routing", "of packets", routing, {"Deterministic", "Ecmp", "Spray", "Adaptive"});
    options.Add("outPrefix",
                "begins the names of result files; without it there are none",
                outPrefix);
    options.Add("force", "replace result files that are there", isForced);
    options.AddExample("./fabric example cloudmatrix-all-reduce --nodes=48 --bytes=64MiB");
    options.AddExample("./fabric example cloudmatrix-all-reduce --algorithm=ring --iterations=3");
    options.Parse(argc, argv);
    if (!outPrefix.empty() && !isForced)
    {
        RefuseToReplace("--outPrefix=" + outPrefix, outPrefix + "summary.json");
    }

    const auto helper = CreateObject<CloudMatrixHelper>();
    helper->SetAttribute("Nodes", UintegerValue(nodes));
    helper->SetNetworkAttribute("Routing", StringValue(routing));
    helper->Validate(); // throws what Build would abort for
    const BuiltFabric fabric = helper->Build();
    fabric.AssignStreams(0);

    // The dies come first among the endpoints: they are the first group.
    const EndpointGroup& dies = fabric.groups.front();
    CollectiveHelper collectives(fabric.networks.front());
    CollectiveSpec spec;
    spec.name = "all-reduce";
    spec.kind = CollectiveKind::ALL_REDUCE;
    spec.algorithm = ParseCollectiveAlgorithm(algorithm);
    spec.groupSize = spec.algorithm == CollectiveAlgorithm::HIERARCHICAL ? groupSize : 0;
    spec.bytes = bytes;
    spec.iterations = iterations;
    spec.group = CollectiveHelper::GetRange(dies.first, dies.count);
    collectives.Install(spec);

    RunRecorder recorder(fabric);
    VolatileFacts facts = StartVolatileFacts(argc, argv);
    facts.setupS = clock.GetElapsedS();
    recorder.SetFacts(facts);
    recorder.StartClock();
    const bool isFinished = collectives.Run();
    recorder.StopClock();

    RunPart part;
    part.name = "all-reduce";
    part.results = recorder.Collect({collectives.GetRunner()});
    part.unfinished = isFinished ? "" : "not all ranks ended";
    RunReport report("all-reduce on a CloudMatrix of " + ShowCount(nodes, "node"));
    report.AddPart(part);
    report.Print(std::cout, FindReportWidth(1));
    const std::string failure = outPrefix.empty() ? "" : report.Write(outPrefix, true);
    if (!failure.empty())
    {
        Tell("cloudmatrix-all-reduce", failure);
    }
    const std::string losses = report.GetLosses();
    if (!losses.empty())
    {
        Tell("cloudmatrix-all-reduce", losses);
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
    return RunProgram("cloudmatrix-all-reduce", [&]() { return Simulate(argc, argv); });
}
