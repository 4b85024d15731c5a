/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "bench-sections.h"

#include <algorithm>
#include <cmath>

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief The same work for both.
 */
struct FlowWorkload
{
    std::string name;                 ///< for programs
    std::string label;                ///< for people
    uint32_t endpoints;               ///< endpoints, if not quick
    std::string flowCase;             ///< case that runs our flows
    std::vector<std::string> words;   ///< its parameters
    std::vector<std::string> simgrid; ///< parameters of the case that runs SimGrid
    double goal;                      ///< how many times as fast ours should be; 0: none
    bool isAlike;                     ///< all ranks do the same, so that some can stand for others
};

/**
 * @param quick few endpoints, and no goals, which are for many
 * @return what is measured
 */
std::vector<FlowWorkload>
GetWorkloads(bool quick)
{
    constexpr uint32_t FEW = 64;
    std::vector<FlowWorkload> workloads{
        {"at_once",
         "all at once",
         384,
         "flow-all-to-all",
         {"window=all"},
         {"what=all-to-all", "window=all"},
         200,
         true},
        {"window.rotation",
         "8 under way, rotation",
         384,
         "flow-all-to-all",
         {"window=8", "next=received"},
         {"what=all-to-all", "window=8"},
         40,
         true},
        {"window.random",
         "8 under way, random",
         192,
         "flow-all-to-all",
         {"window=8", "next=received", "order=random"},
         {"what=all-to-all", "window=8", "order=random"},
         40,
         false},
        {"ring", "ring", 384, "flow-ring", {}, {"what=ring"}, 10, true},
    };
    for (FlowWorkload& workload : workloads)
    {
        workload.endpoints = quick ? FEW : workload.endpoints;
        workload.goal = quick ? 0 : workload.goal;
        const std::string endpoints = "endpoints=" + std::to_string(workload.endpoints);
        workload.words.push_back(endpoints);
        workload.simgrid.push_back(endpoints);
    }
    return workloads;
}

/**
 * Say how ours did.
 * @param workload the work
 * @param ours our runs
 * @param section to add to
 */
void
DescribeOurs(const FlowWorkload& workload, const RepeatedCase& ours, BenchSection& section)
{
    const std::string name = "flows." + workload.name + ".";
    const std::string label = workload.label + ": ";
    section.Add({name + "us_per_transfer",
                 label + "ours, time per transfer",
                 "us",
                 ours.GetRatio("run_s", "transfers", 1e6)});
    section.Add({name + "events",
                 label + "ours, events per transfer",
                 "",
                 ours.GetRatio("events", "transfers")});
    section.Add({name + "settles",
                 label + "ours, times that rates were settled, per transfer",
                 "",
                 ours.GetRatio("settles", "transfers")});
    section.Add({name + "rate_changes",
                 label + "ours, changes of a rate, per transfer",
                 "",
                 ours.GetRatio("rate_changes", "transfers")});
    section.Add({name + "run_s", label + "ours, run", "s", ours.Get("run_s")});
    section.Add({name + "rss_mb",
                 label + "ours, peak memory of the process",
                 "MB",
                 Scale(ours.Get("peak_rss_bytes"), 1e-6)});
    section.Add({name + "simulated_us",
                 label + "ours, simulated time",
                 "us",
                 Scale(ours.Get("simulated_s"), 1e6)});
}

/**
 * Compare.
 * @param workload the work
 * @param ours our runs
 * @param theirs SimGrid's; if it is only one, all of ours are compared with that
 * @param section to add to
 */
void
Compare(const FlowWorkload& workload,
        const RepeatedCase& ours,
        const RepeatedCase& theirs,
        BenchSection& section)
{
    const auto get = [&](const std::string& figure) {
        std::vector<double> values = theirs.Get(figure);
        if (values.size() == 1)
        {
            values.resize(ours.Get(figure).size(), values[0]);
        }
        return values;
    };
    const std::string name = "flows." + workload.name + ".";
    const std::string label = workload.label + ": ";
    std::vector<double> apart = Divide(ours.Get("simulated_s"), get("simulated_s"), 100);
    for (double& percent : apart)
    {
        percent = std::abs(percent - 100);
    }
    section.Add({name + "ratio",
                 label + "time, SimGrid : ours",
                 "x",
                 Divide(get("run_s"), ours.Get("run_s")),
                 {workload.goal > 0 ? Goal::AT_LEAST : Goal::NONE, workload.goal}});
    section.Add({name + "memory_ratio",
                 label + "peak memory, SimGrid : ours",
                 "x",
                 Divide(get("peak_rss_bytes"), ours.Get("peak_rss_bytes")),
                 {Goal::AT_LEAST, 1}});
    section.Add({name + "apart", label + "simulated times apart", "%", apart, {Goal::AT_MOST, 1}});
    section.Add({name + "simgrid_run_s", label + "SimGrid, run", "s", theirs.Get("run_s")});
    section.Add({name + "simgrid_rss_mb",
                 label + "SimGrid, peak memory of the process",
                 "MB",
                 Scale(theirs.Get("peak_rss_bytes"), 1e-6)});
    section.Add({name + "simgrid_simulated_us",
                 label + "SimGrid, simulated time",
                 "us",
                 Scale(theirs.Get("simulated_s"), 1e6)});
}

/**
 * Say what it saves that some ranks stand for all.
 * @param workload the work, in which all ranks do the same
 * @param ours runs in which all ranks act
 * @param folded runs in which some stand for others
 * @param theirs SimGrid's, at least one; none if it is not there
 * @param section to add to
 */
void
DescribeFolded(const FlowWorkload& workload,
               const RepeatedCase& ours,
               const RepeatedCase& folded,
               const RepeatedCase& theirs,
               BenchSection& section)
{
    const std::string name = "flows." + workload.name + ".folded_";
    const std::string label = workload.label + ", ranks stand for others: ";
    const std::vector<double> runS = folded.Get("run_s");
    std::vector<double> theirsS = theirs.Get("run_s");
    if (!theirsS.empty())
    {
        theirsS.resize(runS.size(), theirsS[0]);
        section.Add({name + "ratio",
                     label + "time, SimGrid : ours",
                     "x",
                     Divide(theirsS, runS),
                     {workload.goal > 0 ? Goal::AT_LEAST : Goal::NONE, workload.goal}});
    }
    std::vector<double> apartPs =
        Divide(folded.Get("simulated_s"), std::vector<double>(runS.size(), 1e-12));
    const std::vector<double> actingPs =
        Divide(ours.Get("simulated_s"), std::vector<double>(runS.size(), 1e-12));
    for (size_t i = 0; i < apartPs.size() && i < actingPs.size(); ++i)
    {
        apartPs[i] = std::round(std::abs(apartPs[i] - actingPs[i]));
    }
    section.Add({name + "apart", label + "simulated time, off that of all ranks", "ps", apartPs});
    std::vector<double> theirBytes = theirs.Get("peak_rss_bytes");
    if (!theirBytes.empty())
    {
        theirBytes.resize(runS.size(), theirBytes[0]);
        section.Add({name + "memory_ratio",
                     label + "peak memory, SimGrid : ours",
                     "x",
                     Divide(theirBytes, folded.Get("peak_rss_bytes")),
                     {Goal::AT_LEAST, 1}});
    }
    section.Add({name + "run_s", label + "run", "s", runS});
}

/**
 * Compare transfer by transfer.
 * @param runner runs the cases
 * @param endpoints endpoints, as a parameter
 * @param section to add to
 */
void
CompareList(BenchRunner& runner, const std::string& endpoints, BenchSection& section)
{
    const std::vector<std::string> words{endpoints, "transfers=1000", "link-ns=0", "switch-ns=0"};
    std::vector<std::string> what = words;
    what.emplace_back("what=list");
    const std::optional<Figures> ours = runner.Run("flow-list", words);
    const std::optional<Figures> theirs = runner.Run("simgrid", what);
    if (!ours || !theirs)
    {
        return;
    }
    double largest = 0;
    const auto count = static_cast<uint32_t>(ours->Get("transfers"));
    for (uint32_t i = 0; i < count; ++i)
    {
        const std::string number = std::to_string(i);
        const double tookS = theirs->Get("took_s_" + number);
        largest = std::max(largest, std::abs(ours->Get("took_s_" + number) - tookS) / tookS);
    }
    section.Add({"flows.list.apart",
                 "list of 1,000: the two that are farthest apart",
                 "ppm",
                 {largest * 1e6},
                 {Goal::AT_MOST, 1e4}});
}

} // namespace

BenchSection
MeasureFlows(BenchRunner& runner)
{
    const bool quick = runner.GetOptions().quick;
    const bool hasSimgrid = HasSimgrid();
    BenchSection section;
    section.name = "flows";
    section.title = "Flows: all-to-all and ring all-reduce, against SimGrid";
    section.note = std::string("\nW1's network, ") + (quick ? "64" : "384") +
                   R"( endpoints, Deterministic. All-to-all of 64 KiB per pair, all at once or 8
of each endpoint under way: the next one begins when one has arrived, in rotation or in a seeded
random order)";
    section.note += quick ? "" : " (of 192 endpoints, for SimGrid's sake)";
    section.note +=
        R"(. Ring all-reduce of 64 MiB. Times without building; all-to-all with posting. )";
    section.note += hasSimgrid ? R"(
SimGrid: model CM02 without what it adds for TCP, which is max-min fairness alone; its own fat
tree, which has the same routes; the same latencies; network/optim:Full, which is quicker here than
its default, or about as quick; and times told apart as finely as ours (surf/precision 1e-12 s: the default,
10 us, ends at once what ends within that). Without --quick it runs once.
A flow of SimGrid begins after the latency; ours begins at once, and the last byte arrives so much
later. Who shares a link with whom differs by that, and in random order who ends first decides who
begins next: simulated times need not be the same, and are for the ring. The list: 1,000 seeded
pairs, sizes up to 1 MiB and beginnings, on links without latency, where both must say the same;
difference of the times that a transfer takes, over that time.)"
                               : "\nSimGrid was not there when this was built: ours alone.";
    for (const FlowWorkload& workload : GetWorkloads(quick))
    {
        RepeatedCase ours(workload.flowCase, workload.words);
        RepeatedCase theirs("simgrid", workload.simgrid);
        std::vector<std::string> words = workload.words;
        words.emplace_back("symmetry=1");
        RepeatedCase folded(workload.flowCase, words);
        std::vector<RepeatedCase*> cases{&ours};
        if (workload.isAlike)
        {
            cases.push_back(&folded);
        }
        if (hasSimgrid && quick)
        {
            cases.push_back(&theirs);
        }
        runner.Alternate(cases);
        if (hasSimgrid && !quick)
        {
            if (const std::optional<Figures> once = runner.Run("simgrid", workload.simgrid))
            {
                theirs.Add(*once);
            }
        }
        if (hasSimgrid)
        {
            Compare(workload, ours, theirs, section);
        }
        DescribeOurs(workload, ours, section);
        if (workload.isAlike)
        {
            DescribeFolded(workload, ours, folded, theirs, section);
        }
    }
    if (hasSimgrid)
    {
        CompareList(runner, quick ? "endpoints=64" : "endpoints=384", section);
    }
    return section;
}

} // namespace opticalfabricbench
