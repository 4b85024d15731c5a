/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"
#include "like-events.h"

#include <algorithm>

namespace opticalfabricbench
{

namespace
{

/// Endpoints that each one sends to.
constexpr uint32_t PEERS = 32;

/**
 * @ingroup optical-fabric-bench
 * @brief A network of some size.
 */
struct NetworkSize
{
    uint32_t endpoints; ///< endpoints
    std::string label;  ///< their number, for people
};

/**
 * @ingroup optical-fabric-bench
 * @brief A size, and what was measured there.
 */
struct MeasuredSize
{
    std::vector<double> hopNs;   ///< time per packet-hop, ns
    std::vector<double> eventNs; ///< time per empty event, ns
};

/**
 * @param size size of the network
 * @param routing choice of path
 * @param order order of destinations
 * @return parameters of the case, such that all sizes have about as many packet-hops
 */
std::vector<std::string>
GetWords(const NetworkSize& size, const std::string& routing, const std::string& order)
{
    return {"endpoints=" + std::to_string(size.endpoints),
            "routing=" + routing,
            "order=" + order,
            "peers=" + std::to_string(PEERS),
            "rounds=" + std::to_string(std::max(1U, 8192 / size.endpoints))};
}

/**
 * Measure all sizes.
 * @param runner runs the cases
 * @param routing choice of path
 * @param order order of destinations
 * @param section to add to
 */
void
MeasureSizes(BenchRunner& runner,
             const std::string& routing,
             const std::string& order,
             BenchSection& section)
{
    // What the ratio is between comes first, and is measured in every round side by side.
    std::vector<NetworkSize> sizes{{384, "384"}, {8192, "8,192"}};
    if (!runner.GetOptions().quick)
    {
        sizes.insert(sizes.begin(), {96, "96"});
        sizes.insert(sizes.end() - 1, {{768, "768"}, {3072, "3,072"}});
        sizes.push_back({12288, "12,288"});
    }
    std::vector<RepeatedCase> packets;
    std::vector<RepeatedCase> events;
    std::vector<double> pending;
    for (const NetworkSize& size : sizes)
    {
        const std::vector<std::string> words = GetWords(size, routing, order);
        std::vector<std::string> watched = words;
        watched.emplace_back("probe=1");
        const std::optional<Figures> probe = runner.Run("all-to-all", watched);
        if (!probe)
        {
            return;
        }
        packets.emplace_back("all-to-all", words);
        events.emplace_back("event", LikeEventsOf(*probe, "each"));
        pending.push_back(probe->Get("pending_mean"));
    }
    std::vector<RepeatedCase*> pointers;
    for (size_t i = 0; i < sizes.size(); ++i)
    {
        pointers.push_back(&packets[i]);
        pointers.push_back(&events[i]);
    }
    runner.Alternate(pointers);

    const std::string name = "packet-growth.";
    const std::string variant = "." + routing + "." + order;
    const std::string label = routing + ", " + order;
    MeasuredSize small;
    MeasuredSize large;
    for (size_t i = 0; i < sizes.size(); ++i)
    {
        const auto add = [&](const std::string& key,
                             const std::string& text,
                             const std::string& unit,
                             const std::vector<double>& values) {
            section.Add({name + key + variant + "." + std::to_string(sizes[i].endpoints),
                         label + ", " + sizes[i].label + ": " + text,
                         unit,
                         values});
        };
        const MeasuredSize measured{packets[i].GetRatio("run_s", "packet_hops", 1e9),
                                    events[i].Get("ns_per_event")};
        add("ns_per_hop", "time per packet-hop", "ns", measured.hopNs);
        add("ns_per_event", "time per empty event", "ns", measured.eventNs);
        add("hop_per_event",
            "packet-hop : empty event",
            "x",
            Divide(measured.hopNs, measured.eventNs));
        add("pending", "events pending, mean", "", {pending[i]});
        add("hops", "packet-hops", "M", Scale(packets[i].Get("packet_hops"), 1e-6));
        add("built_kb",
            "heap of the network, per endpoint",
            "KB",
            packets[i].GetRatio("heap_built_bytes", "endpoints", 1e-3));
        add("end_kb",
            "heap at the end, per endpoint",
            "KB",
            packets[i].GetRatio("heap_end_bytes", "endpoints", 1e-3));
        add("rss_mb",
            "peak memory of the process",
            "MB",
            Scale(packets[i].Get("peak_rss_bytes"), 1e-6));
        add("build_s", "build", "s", packets[i].Get("build_s"));
        small = sizes[i].endpoints == 384 ? measured : small;
        large = sizes[i].endpoints == 8192 ? measured : large;
    }
    section.Add({name + "ratio" + variant,
                 label + ": time per packet-hop, 8,192 endpoints : 384",
                 "x",
                 Divide(large.hopNs, small.hopNs),
                 {Goal::AT_MOST, 1.4}});
    section.Add({name + "event_ratio" + variant,
                 label + ": time per empty event, 8,192 endpoints : 384",
                 "x",
                 Divide(large.eventNs, small.eventNs)});
}

} // namespace

BenchSection
MeasurePacketGrowth(BenchRunner& runner)
{
    BenchSection section;
    section.name = "packet-growth";
    section.title = "Growth: packets over 96 to 12,288 endpoints";
    section.note =
        R"(
W1's network with more leaves on the same 16 spines, which blocks nothing at any size. Each
endpoint sends 64 KiB to each of 32 others, evenly spaced over the network, 8 under way; small
networks do so again and again, so that all have about 16 M packet-hops. The empty event is as in
W1, with an object for each that is pending. Heap as malloc counts it: of the network, and in use
at the end, with what packets, transfers, queues and the scheduler took.)";
    MeasureSizes(runner, "Adaptive", "rotation", section);
    MeasureSizes(runner, "Spray", "random", section);
    return section;
}

} // namespace opticalfabricbench
