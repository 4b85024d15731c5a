/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"

namespace opticalfabricbench
{

const std::vector<BenchCase>&
GetBenchCases()
{
    static const std::vector<BenchCase> cases{
        {"all-to-all",
         "packets over a leaf-spine network of 16 endpoints a leaf, 400 Gb/s\n"
         "        endpoints=384 routing=Spray (Adaptive, Ecmp, Deterministic)\n"
         "        order=rotation (random) window=8 transfers an endpoint has under way\n"
         "        bytes=65536 a pair, rounds=1 of the all-to-all\n"
         "        scheduler=ns3::opticalfabric::WheelScheduler uplinks=1 leaf to spine\n"
         "        frame-error-ratio=0 of all links, retry-mode=GoBackN (Selective)\n"
         "        build-only=0 probe=0 (1 watches the scheduler: slower, more figures)",
         RunAllToAll},
        {"cloud-matrix",
         "packets between the dies of a CloudMatrix, the same for every die\n"
         "        nodes=48 mib=16 that each die sends, routing=Spray window=8\n"
         "        scheduler=ns3::opticalfabric::WheelScheduler probe=0 (as above)",
         RunCloudMatrix},
        {"udp",
         "the all-to-all by UDP over ns-3's point-to-point devices and IP routing\n"
         "        endpoints=64 bytes=65536 scheduler=ns3::MapScheduler",
         RunUdpAllToAll},
        {"event",
         "an empty event that schedules itself again through ns-3's Simulator\n"
         "        pending=15000 events=10000000 delays=300000:500000 quantiles of the\n"
         "        delay, ps, evenly spaced; objects=one (each: one per event pending)\n"
         "        scheduler=ns3::opticalfabric::WheelScheduler",
         RunBareEvent},
        {"hold",
         "a scheduler alone, without Simulator: RemoveNext, then Insert later\n"
         "        pending=100000 mean-ps=417000 of the exponential delay\n"
         "        operations=2000000 scheduler=ns3::opticalfabric::WheelScheduler",
         RunHold},
        {"loads",
         "dependent loads, one from each cache line of a piece of memory, in random order\n"
         "        kib=65536 loads=4000000",
         RunDependentLoads},
    };
    return cases;
}

} // namespace opticalfabricbench
