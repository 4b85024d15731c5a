/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"
#include "like-events.h"

namespace opticalfabricbench
{

BenchSection
MeasureGrowth(BenchRunner& runner)
{
    const bool quick = runner.GetOptions().quick;
    const std::string mib = quick ? "8" : "16";
    BenchSection section;
    section.name = "growth";
    section.title = "Growth: CloudMatrix of 1, 4, 16 and 48 nodes";
    section.note =
        R"(
UB network alone, dies as endpoints (16 a node, and 4 CPUs that stay idle), Spray. Each die
sends )" +
        mib +
        R"(
 MiB in transfers of 64 KiB, 8 under way, to the other dies in a seeded random order; so
does one of a single node, which has no second tier of switches. Heap as malloc counts it,
after building. A fabric of few nodes has all 112 L2 chips, with few ports: compare memory
per port. The empty event is as in W1, with an object for each that is pending: it too gets
slower as its objects leave the caches one after the other.)";
    std::vector<RepeatedCase> cases;
    std::vector<RepeatedCase> events;
    std::vector<double> pending;
    const std::vector<uint32_t> sizes{1, 4, 16, 48};
    for (uint32_t nodes : sizes)
    {
        const std::vector<std::string> words{"nodes=" + std::to_string(nodes), "mib=" + mib};
        std::vector<std::string> watched = words;
        watched.emplace_back("probe=1");
        const std::optional<Figures> probe = runner.Run("cloud-matrix", watched);
        if (!probe)
        {
            return section;
        }
        cases.emplace_back("cloud-matrix", words);
        events.emplace_back("event", LikeEventsOf(*probe, "each"));
        pending.push_back(probe->Get("pending_mean"));
    }
    std::vector<RepeatedCase*> pointers;
    for (size_t i = 0; i < sizes.size(); ++i)
    {
        pointers.push_back(&cases[i]);
        pointers.push_back(&events[i]);
    }
    runner.Alternate(pointers);

    const auto addAll = [&](const std::string& key,
                            const std::string& label,
                            const std::string& unit,
                            const std::string& above,
                            const std::string& below,
                            double factor) {
        for (size_t i = 0; i < sizes.size(); ++i)
        {
            const std::string nodes = std::to_string(sizes[i]);
            const std::vector<double> values =
                below.empty() ? Divide(cases[i].Get(above),
                                       std::vector<double>(cases[i].Get(above).size(), 1 / factor))
                              : cases[i].GetRatio(above, below, factor);
            section.Add({"growth." + key + "." + nodes,
                         label + ", " + nodes + (sizes[i] == 1 ? " node" : " nodes"),
                         unit,
                         values});
        }
    };
    const std::vector<double> small = cases[1].GetRatio("run_s", "packet_hops");
    const std::vector<double> large = cases[3].GetRatio("run_s", "packet_hops");
    section.Add(
        {"growth.ratio.48", "time per packet-hop, 48 nodes : 4", "x", Divide(large, small)});
    section.Add({"growth.event_ratio.48",
                 "time per empty event, 48 nodes : 4",
                 "x",
                 Divide(events[3].Get("ns_per_event"), events[1].Get("ns_per_event"))});
    section.Add({"growth.memory_ratio.48",
                 "heap per port, 48 nodes : 4",
                 "x",
                 Divide(cases[3].GetRatio("heap_built_bytes", "ports"),
                        cases[1].GetRatio("heap_built_bytes", "ports"))});
    addAll("ns_per_hop", "time per packet-hop", "ns", "run_s", "packet_hops", 1e9);
    for (size_t i = 0; i < sizes.size(); ++i)
    {
        const std::string nodes = std::to_string(sizes[i]);
        const std::string label = nodes + (sizes[i] == 1 ? " node" : " nodes");
        section.Add({"growth.hop_per_event." + nodes,
                     "packet-hop : empty event, " + label,
                     "x",
                     Divide(cases[i].GetRatio("run_s", "packet_hops", 1e9),
                            events[i].Get("ns_per_event"))});
        section.Add(
            {"growth.pending." + nodes, "events pending, mean, " + label, "", {pending[i]}});
    }
    addAll("events_per_hop", "events per packet-hop", "", "events", "packet_hops", 1);
    addAll("port_bytes", "heap per port", "B", "heap_built_bytes", "ports", 1);
    addAll("endpoint_bytes", "heap per endpoint", "KB", "heap_built_bytes", "endpoints", 1e-3);
    addAll("build_us", "build, per endpoint", "us", "build_s", "endpoints", 1e6);
    addAll("run_s", "run", "s", "run_s", "", 1);
    addAll("hops", "packet-hops", "M", "packet_hops", "", 1e-6);
    addAll("rss_mb", "peak memory of the process", "MB", "peak_rss_bytes", "", 1e-6);
    return section;
}

} // namespace opticalfabricbench
