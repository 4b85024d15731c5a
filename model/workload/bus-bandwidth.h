/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BUS_BANDWIDTH_H
#define OPTICAL_FABRIC_BUS_BANDWIDTH_H

#include "ns3/collective-kind.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * Algorithm bandwidth as nccl-tests define it: S / t. What S is: CollectiveSpec::GetSizeBytes().
 *
 * Source: nccl-tests, doc/PERFORMANCE.md.
 *
 * @param sizeBytes S in bytes
 * @param seconds time of the collective, in seconds
 * @return bytes per second; 0 if no time passed
 */
double GetAlgorithmBandwidth(uint64_t sizeBytes, double seconds);

/**
 * What to multiply algorithm bandwidth with to get bus bandwidth, which compares with what a rank's
 * links can do: 2 (p - 1) / p for all-reduce, (p - 1) / p for reduce-scatter, all-gather and
 * all-to-all, 1 for broadcast (nccl-tests, doc/PERFORMANCE.md). MoE counts as all-to-all: with
 * uniform routing (p - 1) / p of the copies leave their rank. 1 for a barrier and for programs,
 * whose S is 0.
 *
 * @param kind kind
 * @param ranks number of ranks, at least 1
 * @return the factor
 */
double GetBusBandwidthFactor(CollectiveKind kind, uint32_t ranks);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BUS_BANDWIDTH_H */
