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
         "        peers=0 that each endpoint sends to, evenly spaced in its order (0: all others)\n"
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
         "        endpoints=64 bytes=65536 peers=0 (as above) scheduler=ns3::MapScheduler",
         RunUdpAllToAll},
        {"flow-all-to-all",
         "flows over W1's network\n"
         "        endpoints=384 routing=Deterministic order=rotation bytes=65536 a pair\n"
         "        window=8 transfers an endpoint has under way (all: all at once)\n"
         "        next=sent (received) what has to happen to one before the next begins\n"
         "        transfers=0 of each endpoint (0: one to each) peers=0 (as above)\n"
         "        link-ns=100 switch-ns=200\n"
         "        engine=flow (packet) scheduler=... probe=0 (as above)\n"
         "        symmetry=0 (1: a few ranks stand for all where they can)\n"
         "        straggler=none (access, uplink: one link has half the rate)",
         RunFlowAllToAll},
        {"flow-ring",
         "flows over W1's network: a ring all-reduce\n"
         "        endpoints=384 bytes=67108864 of each vector, iterations=1\n"
         "        limit-us=0 simulated time after which it is broken off (0: never)\n"
         "        routing=Deterministic link-ns, switch-ns, engine, scheduler, probe,\n"
         "        symmetry, straggler as above",
         RunFlowRing},
        {"flow-list",
         "flows over W1's network: seeded transfers, and how long each takes\n"
         "        endpoints=384 transfers=1000 routing=Deterministic\n"
         "        link-ns, switch-ns, engine, scheduler, probe, symmetry, straggler as above",
         RunFlowList},
        {"simgrid",
         "the same by SimGrid, if it was there when this was built\n"
         "        what=all-to-all (ring, list) endpoints=64 order=rotation window=8\n"
         "        bytes, peers, transfers, link-ns, switch-ns as above; time-precision=1e-12 s "
         "and\n"
         "        share-precision=1e-5 byte/s: what it takes for the same; optim=Full (Lazy)",
         RunSimgrid},
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
