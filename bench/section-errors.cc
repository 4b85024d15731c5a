/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"

namespace opticalfabricbench
{

BenchSection
MeasureErrors(BenchRunner& runner)
{
    struct Variant
    {
        std::string name;  // for programs
        std::string label; // for people
        std::string ratio; // frame error ratio of all links
        std::string mode;  // what is sent again
    };

    const std::vector<Variant> variants{{"1e-6", "1e-6", "1e-6", "GoBackN"},
                                        {"1e-4", "1e-4", "1e-4", "GoBackN"},
                                        {"1e-4.selective", "1e-4, Selective", "1e-4", "Selective"}};
    BenchSection section;
    section.name = "errors";
    section.title = "Damaged frames, drawn and repeated, against none";
    section.note =
        R"(
W1 in random order, where queues form anyway; all links damage frames at the same ratio. Time
per packet-hop against a run in which no frame can be damaged, in one round. Repeats: by the
links, in 9.2 M packet-hops. Without: what two runs without errors differ by.)";
    std::vector<RepeatedCase> cases;
    const std::vector<std::string> words{"routing=Spray", "order=random"};
    cases.emplace_back("all-to-all", words);
    cases.emplace_back("all-to-all", words);
    for (const Variant& variant : variants)
    {
        std::vector<std::string> damaged = words;
        damaged.push_back("frame-error-ratio=" + variant.ratio);
        damaged.push_back("retry-mode=" + variant.mode);
        cases.emplace_back("all-to-all", damaged);
    }
    std::vector<RepeatedCase*> pointers;
    for (RepeatedCase& one : cases)
    {
        pointers.push_back(&one);
    }
    runner.Alternate(pointers);

    const std::vector<double> without = cases[0].GetRatio("run_s", "packet_hops", 1e9);
    const auto against = [&without](const RepeatedCase& one) {
        return Divide(one.GetRatio("run_s", "packet_hops", 1e9), without);
    };
    for (size_t i = 0; i < variants.size(); ++i)
    {
        section.Add({"errors.ratio." + variants[i].name,
                     "errors drawn : error-free, " + variants[i].label,
                     "x",
                     against(cases[i + 2]),
                     {Goal::AT_MOST, 1.05}});
    }
    section.Add({"errors.ratio.none", "error-free : error-free", "x", against(cases[1])});
    section.Add({"errors.ns_per_hop.none", "time per packet-hop, error-free", "ns", without});
    for (size_t i = 0; i < variants.size(); ++i)
    {
        const RepeatedCase& one = cases[i + 2];
        section.Add({"errors.retries." + variants[i].name,
                     "repeats, " + variants[i].label,
                     "",
                     one.Get("retries")});
        section.Add({"errors.events_per_hop." + variants[i].name,
                     "events per packet-hop, " + variants[i].label,
                     "",
                     one.GetRatio("events", "packet_hops")});
    }
    section.Add({"errors.events_per_hop.none",
                 "events per packet-hop, error-free",
                 "",
                 cases[0].GetRatio("events", "packet_hops")});
    return section;
}

} // namespace opticalfabricbench
