/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"
#include "like-events.h"

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief W1 with one routing, in one order of destinations.
 */
struct Variant
{
    std::string routing; ///< choice of path
    std::string order;   ///< order of destinations
};

/**
 * Measure a variant.
 * @param runner runs the cases
 * @param variant which
 * @param section to add to
 */
void
MeasureVariant(BenchRunner& runner, const Variant& variant, BenchSection& section)
{
    const std::vector<std::string> words{"routing=" + variant.routing, "order=" + variant.order};
    std::vector<std::string> watched = words;
    watched.emplace_back("probe=1");
    const std::optional<Figures> probe = runner.Run("all-to-all", watched);
    if (!probe)
    {
        return;
    }
    RepeatedCase packets("all-to-all", words);
    RepeatedCase one("event", LikeEventsOf(*probe, "one"));
    RepeatedCase each("event", LikeEventsOf(*probe, "each"));
    runner.Alternate({&packets, &one, &each});

    const std::string name = "w1." + variant.routing + "." + variant.order + ".";
    const std::string label = variant.routing + ", " + variant.order + ": ";
    const auto add = [&](const std::string& key,
                         const std::string& text,
                         const std::string& unit,
                         const std::vector<double>& values,
                         Goal goal = {}) {
        section.Add({name + key, label + text, unit, values, goal});
    };
    const std::vector<double> hopNs = packets.GetRatio("run_s", "packet_hops", 1e9);
    const std::vector<double> oneNs = one.Get("ns_per_event");
    const std::vector<double> eachNs = each.Get("ns_per_event");
    add("hop_per_event", "packet-hop : empty event", "x", Divide(hopNs, oneNs), {Goal::AT_MOST, 4});
    add("hop_per_event_each",
        "packet-hop : empty event, an object each",
        "x",
        Divide(hopNs, eachNs));
    add("ns_per_hop", "time per packet-hop", "ns", hopNs);
    add("ns_per_event", "time per empty event", "ns", oneNs);
    add("ns_per_event_each", "time per empty event, an object each", "ns", eachNs);
    add("mhops_per_s",
        "packet-hops per second",
        "M/s",
        packets.GetRatio("packet_hops", "run_s", 1e-6));
    add("events_per_hop", "events per packet-hop", "", packets.GetRatio("events", "packet_hops"));
    add("run_s", "run", "s", packets.Get("run_s"));
    add("build_s", "build", "s", packets.Get("build_s"));
    std::vector<double> megabytes = packets.Get("peak_rss_bytes");
    std::vector<double> over = packets.GetRatio("simulated_s", "ideal_s", 100);
    std::vector<double> simulated = packets.Get("simulated_s");
    for (size_t i = 0; i < megabytes.size(); ++i)
    {
        megabytes[i] *= 1e-6;
        over[i] -= 100;
        simulated[i] *= 1e6;
    }
    add("peak_rss_mb", "peak memory of the process", "MB", megabytes, {Goal::AT_MOST, 150});
    add("over_ideal", "simulated time over the ideal", "%", over, {Goal::AT_MOST, 6});
    add("simulated_us", "simulated time", "us", simulated);
    add("pending", "events pending, mean", "", {probe->Get("pending_mean")});
    add("event_delay", "delay of an event, mean", "ns", {probe->Get("delay_mean_ps") * 1e-3});
    add("in_flight", "packets in flight, mean", "", {probe->Get("in_flight_mean")});
}

} // namespace

BenchSection
MeasureW1(BenchRunner& runner)
{
    BenchSection section;
    section.name = "w1";
    section.title = "W1: all-to-all of 64 KiB per pair over 384 endpoints";
    section.note =
        R"(
Two-tier Clos that blocks nothing (24 leaves x 16 endpoints, 16 spines), 400 Gb/s, packets
of 4096 bytes: 147,072 transfers, 9.2 M packet-hops. Lossless, credits, input buffers of 256
KiB, measurement on, WheelScheduler. A rank has 8 transfers under way. rotation: rank r
sends to r+1, r+2, ...; random: in a seeded random order of its own. 100 ns a link, 200 ns a
switch. An empty event schedules itself again through the same Simulator and scheduler, with
as many pending and the same delays as the run had: one object again and again, or an object
as large as a packet for each one pending. Beyond the goal of 4, the aim is 2.5.)";
    for (const Variant& variant : {Variant{"Adaptive", "rotation"},
                                   Variant{"Adaptive", "random"},
                                   Variant{"Spray", "rotation"},
                                   Variant{"Spray", "random"}})
    {
        MeasureVariant(runner, variant, section);
    }
    return section;
}

} // namespace opticalfabricbench
