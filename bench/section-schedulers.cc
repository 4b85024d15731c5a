/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"

#include <cmath>

namespace opticalfabricbench
{

namespace
{

constexpr double TRY_S = 60; ///< longest that a slow scheduler may take, s

/**
 * @ingroup optical-fabric-bench
 * @brief How far ahead events are scheduled.
 */
struct Spacing
{
    std::string name;    ///< for programs
    std::string label;   ///< for people
    double meanPs;       ///< mean delay whatever the number pending, ps; 0: depends on it
    double perPendingPs; ///< else, for each event pending, ps
};

/// @return million events per second in each run @param one a case
std::vector<double>
Speed(const RepeatedCase& one)
{
    const std::vector<double> ns = one.Get("ns_per_event");
    return Divide(std::vector<double>(ns.size(), 1), ns, 1e3);
}

} // namespace

BenchSection
MeasureSchedulers(BenchRunner& runner)
{
    BenchSection section;
    section.name = "schedulers";
    section.title = "Schedulers alone: the earliest event is taken out and put back in later";
    section.note =
        R"(
Exponential delays. mean 417 ns: whatever the number pending, as it is in a larger fabric;
with 15,000 pending 36 events fall into a nanosecond, as in W1. 36 per ns: that density at
every number. sparse: an event in 10 ns. An event taken out and put in counts as one. Map,
Heap and Calendar ran once, and had a minute.)";
    const std::vector<Spacing> spacings{{"417ns", "mean 417 ns", 417000, 0},
                                        {"dense", "36 per ns", 0, 1000.0 / 36},
                                        {"sparse", "sparse", 0, 10000}};
    const std::vector<std::pair<uint32_t, double>> sizes{{1000, 1.3},
                                                         {15000, 0},
                                                         {100000, 2},
                                                         {1000000, 3}};
    std::vector<BenchRecord> absolute;
    for (const auto& [pending, ratio] : sizes)
    {
        const Goal goal{ratio > 0 ? Goal::AT_LEAST : Goal::NONE, ratio};
        const std::string size = pending == 1000000 ? "1 M" : std::to_string(pending / 1000) + " k";
        for (const Spacing& spacing : spacings)
        {
            const double meanPs =
                spacing.meanPs > 0 ? spacing.meanPs : spacing.perPendingPs * pending;
            const auto words = [&](const std::string& scheduler) {
                return std::vector<std::string>{
                    "scheduler=ns3::" + scheduler,
                    "pending=" + std::to_string(pending),
                    "mean-ps=" + std::to_string(std::llround(meanPs)),
                };
            };
            const std::string name = spacing.name + "." + std::to_string(pending);
            const std::string label = size + " pending, " + spacing.label + ": ";
            const auto addSpeed = [&](const std::string& scheduler,
                                      const std::vector<double>& values) {
                if (!values.empty())
                {
                    absolute.push_back({"schedulers." + scheduler + "." + name,
                                        label + scheduler,
                                        "M/s",
                                        values,
                                        {}});
                }
            };
            RepeatedCase wheel("hold", words("opticalfabric::WheelScheduler"));
            RepeatedCase queue("hold", words("PriorityQueueScheduler"));
            runner.Alternate({&wheel, &queue});
            section.Add({"schedulers.ratio." + name,
                         label + "Wheel : PriorityQueue",
                         "x",
                         Divide(queue.Get("ns_per_event"), wheel.Get("ns_per_event")),
                         goal});
            addSpeed("Wheel", Speed(wheel));
            addSpeed("PriorityQueue", Speed(queue));
            const bool others =
                spacing.name == "417ns" && !(runner.GetOptions().quick && pending > 100000);
            for (const char* slow : {"Map", "Heap", "Calendar"})
            {
                const auto figures =
                    others ? runner.Try("hold", words(std::string(slow) + "Scheduler"), TRY_S)
                           : std::nullopt;
                if (figures)
                {
                    addSpeed(slow, {1e3 / figures->Get("ns_per_event")});
                }
            }
        }
    }
    for (const BenchRecord& record : absolute)
    {
        section.Add(record);
    }
    return section;
}

} // namespace opticalfabricbench
