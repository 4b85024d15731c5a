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
 * @brief A workload at a size.
 */
struct SizedFlows
{
    std::string name;               ///< for programs
    std::string label;              ///< for people
    std::string flowCase;           ///< case
    std::vector<std::string> words; ///< its parameters
};

/**
 * @param quick less of it
 * @return what is measured
 */
std::vector<SizedFlows>
GetSizes(bool quick)
{
    const auto ring =
        [](const std::string& endpoints, const std::string& label, const std::string& amount) {
            return SizedFlows{"ring." + endpoints,
                              "ring, " + label,
                              "flow-ring",
                              {"endpoints=" + endpoints, amount}};
        };
    const auto random =
        [](const std::string& endpoints, const std::string& label, const std::string& amount) {
            return SizedFlows{"random." + endpoints,
                              "random, " + label,
                              "flow-all-to-all",
                              {"endpoints=" + endpoints, "order=random", "transfers=" + amount}};
        };
    if (quick)
    {
        return {ring("96", "96", "iterations=4"),
                ring("768", "768", "limit-us=300"),
                random("96", "96", "95"),
                random("768", "768", "16")};
    }
    return {ring("96", "96", "iterations=20"),
            ring("384", "384", "iterations=1"),
            ring("768", "768", "limit-us=2000"),
            ring("3072", "3,072", "limit-us=500"),
            ring("12288", "12,288", "limit-us=60"),
            random("96", "96", "95"),
            random("384", "384", "64"),
            random("768", "768", "64"),
            random("3072", "3,072", "16")};
}

/**
 * Measure flows of which a few stand for all.
 * @param runner runs the cases
 * @param section to add to
 */
void
AddStandIns(BenchRunner& runner, BenchSection& section)
{
    const bool quick = runner.GetOptions().quick;
    const std::string endpoints = quick ? "768" : "12288";
    const std::string many = quick ? "768" : "12,288";
    for (const char* straggler : {"none", "access", "uplink"})
    {
        RepeatedCase flows("flow-all-to-all",
                           {"endpoints=" + endpoints,
                            "window=all",
                            "routing=Spray",
                            "symmetry=1",
                            std::string("straggler=") + straggler});
        runner.Alternate({&flows});
        const std::string label = "at once, " + many + ", slow link: " + straggler + ": ";
        const auto add = [&](const std::string& key,
                             const std::string& what,
                             const std::string& unit,
                             const std::vector<double>& values,
                             const Goal& goal = {}) {
            section.Add({"flow-growth." + key + ".at_once." + endpoints + "." + straggler,
                         label + what,
                         unit,
                         values,
                         goal});
        };
        add("run_s", "run", "s", flows.Get("run_s"), {Goal::AT_MOST, 60});
        add("transfers", "transfers", "M", Scale(flows.Get("transfers"), 1e-6));
        add("simulated_us", "simulated time", "us", Scale(flows.Get("simulated_s"), 1e6));
        add("rss_mb", "peak memory of the process", "MB", Scale(flows.Get("peak_rss_bytes"), 1e-6));
    }
    if (!quick)
    {
        RepeatedCase ring("flow-ring",
                          {"endpoints=98304", "bytes=402653184", "routing=Spray", "symmetry=1"});
        runner.Alternate({&ring});
        const std::vector<double> runS = ring.Get("run_s");
        std::vector<double> allS = ring.Get("build_s");
        const std::vector<double> engineS = ring.Get("engine_s");
        for (size_t i = 0; i < allS.size(); ++i)
        {
            allS[i] += engineS[i] + runS[i];
        }
        const std::string label = "ring, 98,304, a few for all: ";
        section.Add({"flow-growth.all_s.ring.98304",
                     label + "build and run",
                     "s",
                     allS,
                     {Goal::AT_MOST, 30}});
        section.Add({"flow-growth.run_s.ring.98304", label + "run", "s", runS});
        section.Add({"flow-growth.rss_mb.ring.98304",
                     label + "peak memory of the process",
                     "MB",
                     Scale(ring.Get("peak_rss_bytes"), 1e-6),
                     {Goal::AT_MOST, 4295}});
    }
    const std::vector<std::string> words{quick ? "endpoints=96" : "endpoints=384", "next=received"};
    std::vector<std::string> folded = words;
    folded.emplace_back("symmetry=1");
    RepeatedCase all("flow-all-to-all", words);
    RepeatedCase few("flow-all-to-all", folded);
    runner.Alternate({&all, &few});
    const std::string label = std::string("W1, 8 under way, ") + (quick ? "96" : "384") + ": ";
    const std::string name = std::string(".window.") + (quick ? "96" : "384");
    section.Add({"flow-growth.all_per_few" + name,
                 label + "time, with all ranks : with a few for all",
                 "x",
                 Divide(all.Get("run_s"), few.Get("run_s"))});
    section.Add({"flow-growth.all_run_s" + name, label + "all ranks, run", "s", all.Get("run_s")});
    section.Add({"flow-growth.few_run_s" + name, label + "a few, run", "s", few.Get("run_s")});
    section.Add({"flow-growth.apart" + name,
                 label + "simulated time, a few over all",
                 "",
                 Divide(few.Get("simulated_s"), all.Get("simulated_s"))});
}

} // namespace

BenchSection
MeasureFlowGrowth(BenchRunner& runner)
{
    BenchSection section;
    section.name = "flow-growth";
    section.title = "Growth: flows over 96 to 12,288 endpoints";
    section.note =
        R"(
W1's network with more leaves, Deterministic. Ring all-reduce of 64 MiB, from 768 endpoints on
broken off early; and the all-to-all in random order, 8 of each endpoint under way, from 384 on
with fewer transfers of each (64, at 3,072 endpoints 16; --quick: 16). Left out: the rest of
these, and that at 12,288, for the time they take. A time is that of the run over the transfers that ended. The empty event is as in W1, with
an object for each that is pending. Heap as malloc counts it: of the network, and what came
after, per endpoint. Then the all-to-all of all at once with Spray, and one link that has half its
rate from the beginning: that of an endpoint, or one of a leaf to a spine. A few ranks stand for
all (symmetry=1; everything else here is without). Run: with the search for who stands for whom.
And W1's own, Deterministic, with all ranks and with a few; and a ring all-reduce of 384 MiB over
98,304 endpoints.)";
    for (const SizedFlows& size : GetSizes(runner.GetOptions().quick))
    {
        std::vector<std::string> watched = size.words;
        watched.emplace_back("probe=1");
        const std::optional<Figures> probe = runner.Run(size.flowCase, watched);
        if (!probe)
        {
            return section;
        }
        RepeatedCase flows(size.flowCase, size.words);
        RepeatedCase events("event", LikeEventsOf(*probe, "each"));
        runner.Alternate({&flows, &events});
        const auto add = [&](const std::string& key,
                             const std::string& label,
                             const std::string& unit,
                             const std::vector<double>& values) {
            section.Add(
                {"flow-growth." + key + "." + size.name, size.label + ": " + label, unit, values});
        };
        const std::vector<double> transferNs = flows.GetRatio("run_s", "transfers", 1e9);
        const std::vector<double> eventNs = events.Get("ns_per_event");
        add("transfer_per_event", "transfer : empty event", "x", Divide(transferNs, eventNs));
        add("ns_per_transfer", "time per transfer", "ns", transferNs);
        add("ns_per_event", "time per empty event", "ns", eventNs);
        add("events", "events per transfer", "", flows.GetRatio("events", "transfers"));
        add("settles",
            "times that rates were settled, per transfer",
            "",
            flows.GetRatio("settles", "transfers"));
        add("rate_changes",
            "changes of a rate, per transfer",
            "",
            flows.GetRatio("rate_changes", "transfers"));
        add("transfers", "transfers", "M", Scale(flows.Get("transfers"), 1e-6));
        add("built_kb",
            "heap of the network, per endpoint",
            "KB",
            flows.GetRatio("heap_built_bytes", "endpoints", 1e-3));
        add("run_kb",
            "heap in use at the end, per endpoint",
            "KB",
            flows.GetRatio("heap_end_bytes", "endpoints", 1e-3));
        add("rss_mb", "peak memory of the process", "MB", Scale(flows.Get("peak_rss_bytes"), 1e-6));
    }
    AddStandIns(runner, section);
    return section;
}

} // namespace opticalfabricbench
