/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/bus-bandwidth.h"

namespace ns3
{
namespace opticalfabric
{

double
GetAlgorithmBandwidth(uint64_t sizeBytes, double seconds)
{
    return seconds > 0 ? static_cast<double>(sizeBytes) / seconds : 0.0;
}

double
GetBusBandwidthFactor(CollectiveKind kind, uint32_t ranks)
{
    const double p = ranks;
    switch (kind)
    {
    case CollectiveKind::ALL_REDUCE:
        return 2 * (p - 1) / p;
    case CollectiveKind::REDUCE_SCATTER:
    case CollectiveKind::ALL_GATHER:
    case CollectiveKind::ALL_TO_ALL:
    case CollectiveKind::MOE_DISPATCH:
    case CollectiveKind::MOE_COMBINE:
    case CollectiveKind::MOE_LAYER:
        return (p - 1) / p;
    case CollectiveKind::BROADCAST:
    case CollectiveKind::BARRIER:
    case CollectiveKind::PROGRAMS:
        break;
    }
    return 1.0;
}

} // namespace opticalfabric
} // namespace ns3
