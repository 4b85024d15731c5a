/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TIME_END_H
#define OPTICAL_FABRIC_TIME_END_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Where simulated time ends: 64 bits of picoseconds hold 106.7 days.
 *
 * Whoever adds what may be long to the present asks here. A run that would go beyond the end is
 * stopped there, and time never wraps around. What is never more than a few seconds needs not ask.
 */
struct TimeEnd
{
    /// The end, ps: 9.2e6 s. What is added without asking fits behind it.
    static constexpr int64_t PS = 9200000000000000000;

    /**
     * An event is to happen.
     * @param delayPs from now, ps
     * @return a delay that can be scheduled; if it ends beyond the end, the run has been told to
     *         stop there, and the event will not happen
     */
    static Time Limit(uint64_t delayPs);

    /**
     * @param a a time, 0 or more
     * @param b another, 0 or more
     * @return their sum; the longest time there is if that is less
     */
    static Time Add(const Time& a, const Time& b);

    /**
     * @param time a time, 0 or more
     * @param times how often
     * @return the product; the longest time there is if that is less
     */
    static Time Multiply(const Time& time, uint64_t times);

    /// @return true if the run has come to the end
    static bool IsHere();
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TIME_END_H */
