/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "measured-run.h"
#include "probe-scheduler.h"
#include "stopwatch.h"

#include "ns3/boolean.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace opticalfabricbench
{

Figures
RunCloudMatrix(CaseArguments& arguments)
{
    constexpr uint32_t DIES_PER_NODE = 16;
    const uint32_t nodes = arguments.GetCount("nodes", 48);
    const uint32_t mib = arguments.GetCount("mib", 16);
    const std::string routing = arguments.GetText("routing", "Spray");
    const std::string scheduler = arguments.GetText("scheduler", WHEEL);
    WindowedTraffic::Spec spec;
    spec.window = arguments.GetCount("window", 8);
    const bool probe = arguments.GetCount("probe", 0) != 0;
    arguments.RefuseOthers();
    spec.ranks = nodes * DIES_PER_NODE;
    spec.bytes = 65536;
    spec.transfers = mib * 16;
    spec.order = "random";

    Figures figures;
    PrepareSimulator(scheduler);
    const Ptr<ProbeRecord> record = CreateObject<ProbeRecord>();
    if (probe)
    {
        WatchScheduler(record);
    }
    const double heapBefore = GetHeapBytes();
    const Stopwatch stopwatch;
    const Ptr<CloudMatrixHelper> cloudMatrix = CreateObject<CloudMatrixHelper>();
    cloudMatrix->SetAttribute("Nodes", UintegerValue(nodes));
    cloudMatrix->SetAttribute("ScaleOut", BooleanValue(false));
    cloudMatrix->SetNetworkAttribute("Routing", StringValue(routing));
    const BuiltFabric fabric = cloudMatrix->Build();
    fabric.AssignStreams(1);
    figures.Set("build_s", stopwatch.GetElapsedS());
    DescribeBuilt(fabric.networks[0], heapBefore, figures);
    MeasureTraffic(fabric.networks[0], spec, figures);
    if (probe)
    {
        record->Describe(figures);
    }
    Simulator::Destroy();
    return figures;
}

} // namespace opticalfabricbench
