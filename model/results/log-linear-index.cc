/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "log-linear-index.h"

#include "ns3/abort.h"

#include <cfloat>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

uint64_t
NearestRank(double p, uint64_t count)
{
    NS_ABORT_MSG_UNLESS(p >= 0.0 && p <= 1.0,
                        "NearestRank: probability p is " << p << ", allowed is 0 to 1");
    if (count == 0)
    {
        return 0;
    }
    // 0.07 * 100 is a little more than 7 in binary; the rank meant is 7, not 8.
    const double exact = p * static_cast<double>(count);
    const double whole = std::nearbyint(exact);
    const double rank =
        std::abs(exact - whole) <= 4 * DBL_EPSILON * exact ? whole : std::ceil(exact);
    if (rank >= static_cast<double>(count))
    {
        return count;
    }
    return rank < 1.0 ? 1 : static_cast<uint64_t>(rank);
}

} // namespace opticalfabric
} // namespace ns3
