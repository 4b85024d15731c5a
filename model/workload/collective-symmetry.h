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
};

/**
 * Rings, rotations and dissemination look the same from all ranks turned by any number; exchanges
 * by powers of two look the same from ranks whose bits are turned over. Parts of the buffer have to
 * be of one size for it. Trees, MoE traffic and programs from elsewhere have no symmetry.
 *
 * @param spec a collective that has been validated
 * @return its symmetry
 */
CollectiveSymmetry GetCollectiveSymmetry(const CollectiveSpec& spec);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_SYMMETRY_H */
