/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-symmetry.h"

#include <numeric>

namespace ns3
{
namespace opticalfabric
{

CollectiveSymmetry
GetCollectiveSymmetry(const CollectiveSpec& spec)
{
    const auto ranks = static_cast<uint32_t>(spec.group.size());
    const bool isPower = (ranks & (ranks - 1)) == 0;
    const CollectiveSymmetry none;
    if (ranks == 0)
    {
        return none;
    }
    // Part i begins at floor(bytes i / ranks), so that sizes come again after so many parts.
    const auto cycle = static_cast<uint32_t>(ranks / std::gcd<uint64_t>(ranks, spec.bytes));
    CollectiveSymmetry rotation =
        cycle < ranks ? CollectiveSymmetry{TransferSymmetry::ROTATION, cycle} : none;
    rotation.hasLikeParts = cycle > 1;
    const CollectiveSymmetry exchange =
        isPower && cycle == 1 ? CollectiveSymmetry{TransferSymmetry::EXCHANGE, 1} : none;
    switch (spec.GetAlgorithm())
    {
    case CollectiveAlgorithm::DISSEMINATION:
        return {TransferSymmetry::ROTATION, 1};
    case CollectiveAlgorithm::RING:
    case CollectiveAlgorithm::BRUCK:
        return rotation;
    case CollectiveAlgorithm::HIERARCHICAL:
        return cycle == 1 ? CollectiveSymmetry{TransferSymmetry::ROTATION, spec.groupSize} : none;
    case CollectiveAlgorithm::HALVING_DOUBLING:
    case CollectiveAlgorithm::RECURSIVE_HALVING:
    case CollectiveAlgorithm::RECURSIVE_DOUBLING:
        return exchange;
    case CollectiveAlgorithm::PAIRWISE:
        return isPower ? exchange : rotation;
    case CollectiveAlgorithm::ALL_AT_ONCE:
        if (spec.kind == CollectiveKind::ALL_TO_ALL)
        {
            // A send and a receive for every other rank.
            CollectiveSymmetry any = rotation;
            any.operationsAtOnce = cycle == 1 ? 2 * (uint64_t{ranks} - 1) : 0;
            return any;
        }
        return none;
    default:
        return none;
    }
}

} // namespace opticalfabric
} // namespace ns3
