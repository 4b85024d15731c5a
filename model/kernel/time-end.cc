/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "time-end.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

Time
TimeEnd::Limit(uint64_t delayPs)
{
    const int64_t nowPs = Simulator::Now().GetTimeStep();
    const auto leftPs = static_cast<uint64_t>(std::max<int64_t>(PS - nowPs, 0));
    if (delayPs > leftPs)
    {
        Simulator::Stop(TimeStep(leftPs));
    }
    return TimeStep(std::min(delayPs, static_cast<uint64_t>(INT64_MAX - nowPs)));
}

Time
TimeEnd::Add(const Time& a, const Time& b)
{
    return TimeStep(
        std::min(static_cast<uint64_t>(a.GetTimeStep()) + static_cast<uint64_t>(b.GetTimeStep()),
                 uint64_t{INT64_MAX}));
}

Time
TimeEnd::Multiply(const Time& time, uint64_t times)
{
    const auto step = static_cast<uint64_t>(time.GetTimeStep());
    const bool fits = times == 0 || step <= uint64_t{INT64_MAX} / times;
    return TimeStep(fits ? step * times : uint64_t{INT64_MAX});
}

bool
TimeEnd::IsHere()
{
    return Simulator::Now().GetTimeStep() >= PS;
}

} // namespace opticalfabric
} // namespace ns3
