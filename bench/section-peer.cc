/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"

namespace opticalfabricbench
{

BenchSection
MeasurePeer(BenchRunner& runner)
{
    BenchSection section;
    section.name = "peer";
    section.title = "ns-3's point-to-point devices with UDP and IP, the same all-to-all";
    section.note =
        R"(
64 endpoints (4 leaves x 16, 16 spines), 400 Gb/s, 64 KiB per pair in UDP datagrams of 4096
bytes, paced at the rate of the link, in rotation. Ipv4GlobalRouting with random ECMP, no
queue discs, no IPv6, queues of 100,000 packets; ns-3 as installed. Ours: W1's engine over
the same 64 endpoints (the all-to-all ten times over, for longer), and over W1's 384; ns-3
is taken at 64 in both, where it is faster than at 384.)";
    RepeatedCase map("udp", {"scheduler=ns3::MapScheduler"});
    RepeatedCase wheel("udp", {"scheduler=ns3::opticalfabric::WheelScheduler"});
    RepeatedCase adaptive64("all-to-all",
                            {"endpoints=64", "rounds=10", "routing=Adaptive", "order=rotation"});
    RepeatedCase spray64("all-to-all",
                         {"endpoints=64", "rounds=10", "routing=Spray", "order=random"});
    RepeatedCase adaptive384("all-to-all", {"routing=Adaptive", "order=rotation"});
    RepeatedCase spray384("all-to-all", {"routing=Spray", "order=random"});
    runner.Alternate({&map, &adaptive64, &spray64, &wheel, &adaptive384, &spray384});

    const auto speed = [](const RepeatedCase& one) {
        return one.GetRatio("packet_hops", "run_s", 1e-6);
    };
    const std::vector<double> peer = speed(map);
    const auto addRatio = [&](const std::string& name,
                              const std::string& label,
                              const RepeatedCase& one,
                              Goal goal = {}) {
        section.Add({"peer.ratio." + name, label, "x", Divide(speed(one), peer), goal});
    };
    const Goal goal{Goal::AT_LEAST, 50};
    addRatio("64.Adaptive", "ours : ns-3, 64 endpoints, Adaptive, rotation", adaptive64, goal);
    addRatio("64.Spray", "ours : ns-3, 64 endpoints, Spray, random", spray64, goal);
    addRatio("384.Adaptive", "ours on W1 : ns-3, Adaptive, rotation", adaptive384, goal);
    addRatio("384.Spray", "ours on W1 : ns-3, Spray, random", spray384, goal);
    addRatio("wheel", "ns-3 on WheelScheduler : on MapScheduler", wheel);
    const auto addSpeed =
        [&](const std::string& name, const std::string& label, const RepeatedCase& one) {
            section.Add({"peer.mhops." + name, label + ", packet-hops", "M/s", speed(one)});
        };
    addSpeed("map", "ns-3 on MapScheduler, its default", map);
    addSpeed("wheel", "ns-3 on WheelScheduler", wheel);
    addSpeed("64.Adaptive", "ours, 64 endpoints, Adaptive, rotation", adaptive64);
    addSpeed("64.Spray", "ours, 64 endpoints, Spray, random", spray64);
    addSpeed("384.Adaptive", "ours on W1, Adaptive, rotation", adaptive384);
    addSpeed("384.Spray", "ours on W1, Spray, random", spray384);
    section.Add({"peer.events_per_hop",
                 "ns-3, events per packet-hop",
                 "",
                 map.GetRatio("events", "packet_hops")});
    section.Add({"peer.lost", "ns-3, packets lost", "", map.Get("lost_packets")});
    section.Add({"peer.rss_mb",
                 "ns-3, peak memory of the process, 64 endpoints",
                 "MB",
                 Divide(map.Get("peak_rss_bytes"), std::vector<double>(peer.size(), 1e6))});
    section.Add({"peer.run_s", "ns-3, run", "s", map.Get("run_s")});
    section.Add({"peer.build_s", "ns-3, build with routes", "s", map.Get("build_s")});
    return section;
}

} // namespace opticalfabricbench
