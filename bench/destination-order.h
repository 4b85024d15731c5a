/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_DESTINATION_ORDER_H
#define OPTICAL_FABRIC_BENCH_DESTINATION_ORDER_H

#include "split-mix.h"

#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief In which order a rank of an all-to-all sends to the others.
 * @param order "rotation": r to r+1, r+2, ...; "random": seeded; throws std::invalid_argument if it
 * is neither
 * @param rank rank that sends
 * @param others how many others there are
 * @param [out] offsets destination - rank, of each
 */
inline void
SetDestinationOrder(const std::string& order, uint32_t rank, uint32_t others, uint32_t* offsets)
{
    if (order != "rotation" && order != "random")
    {
        throw std::invalid_argument("order is " + order + ", allowed rotation or random");
    }
    std::iota(offsets, offsets + others, 1);
    if (order == "random")
    {
        SplitMix random(rank);
        for (uint32_t i = others - 1; i > 0; --i)
        {
            std::swap(offsets[i], offsets[random.Next() % (i + 1)]);
        }
    }
}

/**
 * @ingroup optical-fabric-bench
 * @brief Some of them, evenly spaced in that order.
 * @param order as above
 * @param rank rank that sends
 * @param ranks how many ranks there are
 * @param peers how many it sends to, fewer than ranks; 0: all others
 * @return destination - rank, of each
 */
inline std::vector<uint32_t>
GetPeerOffsets(const std::string& order, uint32_t rank, uint32_t ranks, uint32_t peers)
{
    std::vector<uint32_t> offsets(ranks - 1);
    SetDestinationOrder(order, rank, ranks - 1, offsets.data());
    if (peers >= ranks)
    {
        throw std::invalid_argument("peers is " + std::to_string(peers) +
                                    ", allowed fewer than endpoints; 0: all others");
    }
    if (peers > 0)
    {
        const uint32_t stride = (ranks - 1) / peers;
        for (uint32_t i = 0; i < peers; ++i)
        {
            offsets[i] = offsets[uint64_t{i} * stride];
        }
        offsets.resize(peers);
    }
    return offsets;
}

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_DESTINATION_ORDER_H */
