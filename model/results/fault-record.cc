/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-record.h"

#include <limits>

namespace ns3
{
namespace opticalfabric
{

bool
FaultRecord::IsActive(uint64_t startPs, uint64_t endOfPs) const
{
    if (!beginPs || *beginPs > endOfPs)
    {
        return false;
    }
    // Compared without adding, which could overflow.
    return !endPs || *endPs >= startPs || startPs - *endPs <= aftermathPs;
}

double
FaultEffectRecord::GetDifferenceS() const
{
    if (!timeWithoutPs)
    {
        return std::numeric_limits<double>::quiet_NaN();
    }
    // Of whole numbers, so that equal times differ by exactly nothing.
    return timePs >= *timeWithoutPs ? static_cast<double>(timePs - *timeWithoutPs) / 1e12
                                    : -(static_cast<double>(*timeWithoutPs - timePs) / 1e12);
}

void
AddFaults(std::vector<FaultRecord>& into, const std::vector<FaultRecord>& from)
{
    if (into.empty())
    {
        into = from;
        return;
    }
    for (std::size_t i = 0; i < into.size() && i < from.size(); ++i)
    {
        into[i].begun += from[i].begun;
    }
}

} // namespace opticalfabric
} // namespace ns3
