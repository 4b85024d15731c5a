/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_SEEDED_TRANSFERS_H
#define OPTICAL_FABRIC_BENCH_SEEDED_TRANSFERS_H

#include "split-mix.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief A transfer of a list that two simulators are given.
 */
struct SeededTransfer
{
    uint32_t source{0};      ///< endpoint
    uint32_t destination{0}; ///< another endpoint
    uint64_t bytes{0};       ///< size
    uint64_t startNs{0};     ///< when it begins, ns
};

/**
 * @ingroup optical-fabric-bench
 * @brief The same list everywhere: any pairs, 1 byte to 1 MiB, from the start or during the time in
 * which the endpoints could send half of it all.
 * @param endpoints endpoints
 * @param count how many
 * @return transfers, by start
 */
inline std::vector<SeededTransfer>
MakeSeededTransfers(uint32_t endpoints, uint32_t count)
{
    constexpr uint64_t LARGEST = 1 << 20; // bytes
    constexpr uint64_t BYTES_PER_NS = 50; // at 400 Gb/s
    const uint64_t spanNs = uint64_t{count} * LARGEST / 4 / BYTES_PER_NS / endpoints;
    SplitMix random(endpoints);
    std::vector<SeededTransfer> transfers(count);
    for (SeededTransfer& one : transfers)
    {
        one.source = static_cast<uint32_t>(random.Next() % endpoints);
        one.destination =
            static_cast<uint32_t>((one.source + 1 + random.Next() % (endpoints - 1)) % endpoints);
        one.bytes = 1 + random.Next() % LARGEST;
        one.startNs = random.Next() % 4 == 0 ? 0 : random.Next() % (spanNs + 1);
    }
    std::stable_sort(
        transfers.begin(),
        transfers.end(),
        [](const SeededTransfer& a, const SeededTransfer& b) { return a.startNs < b.startNs; });
    return transfers;
}

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_SEEDED_TRANSFERS_H */
