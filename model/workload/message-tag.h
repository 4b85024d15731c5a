/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MESSAGE_TAG_H
#define OPTICAL_FABRIC_MESSAGE_TAG_H

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a workload writes into Transfer::tag: from the top, collective (12 bits), iteration
 * (24 bits), operation tag (28 bits). Messages of different collectives or iterations never match.
 */
struct MessageTag
{
    static constexpr uint32_t COLLECTIVE_BITS = 12; ///< collectives in one runner, power of two
    static constexpr uint32_t ITERATION_BITS = 24;  ///< iterations of a collective, power of two
    static constexpr uint32_t OP_BITS = 28;         ///< operation tags, power of two

    uint32_t collective{0}; ///< index of the collective in its runner
    uint32_t iteration{0};  ///< from 0
    uint32_t op{0};         ///< RankOp::tag

    /**
     * @param iteration iteration, from 0
     * @param op operation tag
     * @return both in one word, without the collective
     */
    static uint64_t PackMessage(uint32_t iteration, uint32_t op)
    {
        return static_cast<uint64_t>(iteration) << OP_BITS | op;
    }

    /// @return all three in one word
    uint64_t Pack() const
    {
        return static_cast<uint64_t>(collective) << (ITERATION_BITS + OP_BITS) |
               PackMessage(iteration, op);
    }

    /**
     * @param word what Pack() gave
     * @return what it was made of
     */
    static MessageTag Unpack(uint64_t word)
    {
        MessageTag tag;
        tag.op = static_cast<uint32_t>(word & ((1ULL << OP_BITS) - 1));
        tag.iteration = static_cast<uint32_t>(word >> OP_BITS & ((1ULL << ITERATION_BITS) - 1));
        tag.collective = static_cast<uint32_t>(word >> (ITERATION_BITS + OP_BITS));
        return tag;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MESSAGE_TAG_H */
