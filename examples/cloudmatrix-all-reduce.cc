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

#include "ns3/cloud-matrix-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/command-line.h"
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

    uint32_t nodes = 4;
    uint64_t bytes = 1 << 20;
    std::string algorithm = "hierarchical";
    uint32_t groupSize = 16;
    uint32_t iterations = 1;
    std::string routing = "Spray";
    std::string outPrefix;
    CommandLine cmd(__FILE__);
    cmd.AddValue("nodes", "nodes of the CloudMatrix, 16 dies each", nodes);
    cmd.AddValue("bytes", "vector that is reduced, bytes", bytes);
    cmd.AddValue("algorithm",
                 "ring, halving-doubling, double-binary-tree or hierarchical",
                 algorithm);
    cmd.AddValue("groupSize", "ranks of a group of the hierarchical algorithm", groupSize);
    cmd.AddValue("iterations", "how often", iterations);
    cmd.AddValue("routing", "Deterministic, Ecmp, Spray or Adaptive", routing);
    cmd.AddValue("outPrefix", "begins the names of the result files; empty: none", outPrefix);
    cmd.Parse(argc, argv);

    const auto helper = CreateObject<CloudMatrixHelper>();
    helper->SetAttribute("Nodes", UintegerValue(nodes));
    helper->SetNetworkAttribute("Routing", StringValue(routing));
    const BuiltFabric fabric = helper->Build();
    fabric.AssignStreams(0);

    // The dies come first among the endpoints: they are the first group.
    const EndpointGroup& dies = fabric.groups.front();
    CollectiveHelper collectives(fabric.networks.front());
    try
    {
        CollectiveSpec spec;
        spec.name = "all-reduce";
        spec.kind = CollectiveKind::ALL_REDUCE;
        spec.algorithm = ParseCollectiveAlgorithm(algorithm);
        spec.groupSize = spec.algorithm == CollectiveAlgorithm::HIERARCHICAL ? groupSize : 0;
        spec.bytes = bytes;
        spec.iterations = iterations;
        spec.group = CollectiveHelper::GetRange(dies.first, dies.count);
        collectives.Install(spec);
    }
    catch (const std::invalid_argument& refusal)
    {
        std::cerr << "cloudmatrix-all-reduce: " << refusal.what() << std::endl;
        return 2;
    }

    RunRecorder recorder(fabric);
    recorder.SetFacts(StartVolatileFacts(argc, argv));
    recorder.StartClock();
    const bool isFinished = collectives.Run();
    recorder.StopClock();

    RunPart part;
    part.name = "all-reduce";
    part.results = recorder.Collect({collectives.GetRunner()});
    part.unfinished = isFinished ? "" : "not all ranks ended";
    RunReport report("all-reduce on a CloudMatrix of " + std::to_string(nodes) + " nodes");
    report.AddPart(part);
    report.Print(std::cout);
    const std::string failure = outPrefix.empty() ? "" : report.Write(outPrefix, true);
    if (!failure.empty())
    {
        std::cerr << "cloudmatrix-all-reduce: " << failure << std::endl;
    }
    recorder.Detach();
    collectives.GetRunner()->Dispose();
    Simulator::Destroy();
    return isFinished && failure.empty() ? 0 : 1;
}
