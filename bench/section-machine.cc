/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"

namespace opticalfabricbench
{

BenchSection
MeasureMachine(BenchRunner& runner)
{
    BenchSection section;
    section.name = "machine";
    section.title = "The machine: time of a load that waits for the one before it";
    section.note =
        R"(
Cache lines all over a piece of memory, in random order. Packets and ports of W1 take some
10 MB, those of CloudMatrix384 some 80 MB; an empty event takes next to nothing. On a
machine whose caches are small, or shared with others, packet-hops cost more empty events.)";
    const std::vector<std::pair<uint32_t, std::string>> sizes{{32, "32 KiB"},
                                                              {512, "512 KiB"},
                                                              {4096, "4 MiB"},
                                                              {16384, "16 MiB"},
                                                              {131072, "128 MiB"}};
    std::vector<RepeatedCase> cases;
    for (const auto& [kib, label] : sizes)
    {
        cases.emplace_back("loads", std::vector<std::string>{"kib=" + std::to_string(kib)});
    }
    std::vector<RepeatedCase*> pointers;
    for (RepeatedCase& one : cases)
    {
        pointers.push_back(&one);
    }
    runner.Alternate(pointers);
    for (size_t i = 0; i < sizes.size(); ++i)
    {
        section.Add({"machine.load." + std::to_string(sizes[i].first),
                     "load from " + sizes[i].second,
                     "ns",
                     cases[i].Get("ns_per_load")});
    }
    return section;
}

} // namespace opticalfabricbench
