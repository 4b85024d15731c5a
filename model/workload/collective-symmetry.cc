/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-symmetry.h"

namespace ns3
{
namespace opticalfabric
{

CollectiveSymmetry
GetCollectiveSymmetry(const CollectiveSpec& spec)
{
    const size_t ranks = spec.group.size();
    const bool isPower = (ranks & (ranks - 1)) == 0;
    const CollectiveSymmetry none;
    const CollectiveSymmetry rotation{TransferSymmetry::ROTATION, 1};
    const CollectiveSymmetry exchange =
        isPower ? CollectiveSymmetry{TransferSymmetry::EXCHANGE, 1} : none;
    if (spec.kind != CollectiveKind::BARRIER && (ranks == 0 || spec.bytes % ranks != 0))
    {
        return none;
    }
    switch (spec.GetAlgorithm())
    {
    case CollectiveAlgorithm::RING:
    case CollectiveAlgorithm::BRUCK:
    case CollectiveAlgorithm::DISSEMINATION:
        return rotation;
    case CollectiveAlgorithm::HIERARCHICAL:
        return {TransferSymmetry::ROTATION, spec.groupSize};
    case CollectiveAlgorithm::HALVING_DOUBLING:
    case CollectiveAlgorithm::RECURSIVE_HALVING:
    case CollectiveAlgorithm::RECURSIVE_DOUBLING:
        return exchange;
    case CollectiveAlgorithm::PAIRWISE:
        return isPower ? exchange : rotation;
    case CollectiveAlgorithm::ALL_AT_ONCE:
        return spec.kind == CollectiveKind::ALL_TO_ALL ? rotation : none;
    default:
        return none;
    }
}

} // namespace opticalfabric
} // namespace ns3
