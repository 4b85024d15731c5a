/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_SPLIT_MIX_H
#define OPTICAL_FABRIC_BENCH_SPLIT_MIX_H

#include <cstdint>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief Random numbers for workloads, the same on every machine (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
class SplitMix
{
  public:
    /// @param seed where to begin
    explicit SplitMix(uint64_t seed)
        : m_state(seed)
    {
    }

    /// @return 64 random bits
    uint64_t Next()
    {
        m_state += 0x9e3779b97f4a7c15;
        uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// @return a number from 0 to below 1
    double NextDouble()
    {
        return static_cast<double>(Next() >> 11) * 0x1p-53;
    }

  private:
    uint64_t m_state; ///< where it is
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_SPLIT_MIX_H */
