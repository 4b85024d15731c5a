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

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_DESTINATION_ORDER_H */
