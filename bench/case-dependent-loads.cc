/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "split-mix.h"
#include "stopwatch.h"

#include <numeric>
#include <stdexcept>
#include <utility>

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief A cache line that names the next one to read.
 */
struct alignas(64) CacheLine
{
    uint32_t next; ///< its number
};

/**
 * @param lines cache lines
 * @param first where to begin
 * @param loads how many to read
 * @return the one after the last
 */
__attribute__((noinline)) uint32_t
Follow(const std::vector<CacheLine>& lines, uint32_t first, uint32_t loads)
{
    uint32_t at = first;
    for (uint32_t i = 0; i < loads; ++i)
    {
        at = lines[at].next;
    }
    return at;
}

} // namespace

Figures
RunDependentLoads(CaseArguments& arguments)
{
    const uint32_t kib = arguments.GetCount("kib", 65536);
    const uint32_t loads = arguments.GetCount("loads", 4000000);
    arguments.RefuseOthers();
    if (kib == 0 || kib > 1U << 22 || loads == 0)
    {
        throw std::invalid_argument("allowed: kib 1 to 4194304, loads above 0");
    }
    const uint32_t count = kib * 16;
    std::vector<uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    SplitMix random(1);
    for (uint32_t i = count - 1; i > 0; --i)
    {
        std::swap(order[i], order[random.Next() % (i + 1)]);
    }
    std::vector<CacheLine> lines(count);
    for (uint32_t i = 0; i < count; ++i)
    {
        lines[order[i]].next = order[(i + 1) % count];
    }
    const uint32_t at = Follow(lines, 0, count);
    const Stopwatch stopwatch;
    const uint32_t end = Follow(lines, at, loads);
    Figures figures;
    figures.Set("ns_per_load", stopwatch.GetElapsedS() * 1e9 / loads);
    figures.Set("end", end); // so that the loads are needed
    return figures;
}

} // namespace opticalfabricbench
