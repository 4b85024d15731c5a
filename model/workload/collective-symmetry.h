/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_SYMMETRY_H
#define OPTICAL_FABRIC_COLLECTIVE_SYMMETRY_H

#include "ns3/collective-spec.h"
#include "ns3/transfer-symmetry.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Which ranks of a collective do the same, but for whom they do it with.
 */
struct CollectiveSymmetry
{
    TransferSymmetry::Kind kind{TransferSymmetry::NONE}; ///< group of permutations
    uint32_t multiple{1}; ///< ranks are alike whose distance is a multiple of it
    /// If a rank may hold so many operations, all begin at once and it does not matter in which
    /// order: ranks are alike under every permutation. 0: they are not.
    uint64_t operationsAtOnce{0};
    /// Parts of the buffer differ by a byte; if all were as long, ranks would be alike whatever
    /// their distance (see LikeParts).
    bool hasLikeParts{false};
};

/**
 * Rings, rotations and dissemination look the same from all ranks turned by any number; exchanges
 * by powers of two look the same from ranks whose bits are turned over. Where the buffer's p parts
 * differ by a byte their sizes come again every p / gcd(p, bytes) parts, and what is a rotation
 * looks the same turned by a multiple of that; exchanges need parts of one size. Trees, MoE traffic
 * and programs from elsewhere have no symmetry.
 *
 * @param spec a collective that has been validated
 * @return its symmetry
 */
CollectiveSymmetry GetCollectiveSymmetry(const CollectiveSpec& spec);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_SYMMETRY_H */
