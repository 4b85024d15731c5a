/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BROADCAST_PROGRAM_H
#define OPTICAL_FABRIC_BROADCAST_PROGRAM_H

#include "ns3/step-program.h"

#include <cstdint>
#include <memory>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Broadcast from rank 0 down a binomial tree, the whole buffer or a scatter of its parts.
 *
 * Rank r hears from r without its lowest set bit and then tells r + 2^k for each lower bit, the
 * farthest first, one send after the other. As a broadcast every message is the whole buffer; as a
 * scatter it is the parts of the ranks below the receiver.
 *
 * Source: Thakur, Rabenseifner and Gropp, IJHPCA 19 (2005), section 4.3.
 */
class BinomialTreeProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program of what
     * @param isScatter send parts instead of the whole
     */
    BinomialTreeProgram(const ProgramShape& shape, bool isScatter);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    /**
     * @param first a rank that is told
     * @param span ranks its subtree would have if none were missing
     * @return what it is sent
     */
    ByteRange GetPayload(uint32_t first, uint32_t span) const;

    const bool m_isScatter;    ///< send parts instead of the whole
    bool m_hasReceived{false}; ///< the receive is told (or this is rank 0)
    uint32_t m_span;           ///< lowest set bit of the rank, then distance to the next to tell
    uint32_t m_received{NONE}; ///< the receive
    uint32_t m_sent{NONE};     ///< last send
};

/**
 * @ingroup optical-fabric
 * @brief Broadcast from rank 0 along a chain of all ranks, pipelined in chunks.
 */
class ChainProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program of what
     * @param chunkBytes largest chunk, at least 1
     */
    ChainProgram(const ProgramShape& shape, uint64_t chunkBytes);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    const uint32_t m_chunks; ///< chunks, at least 1
    uint32_t m_step{0};      ///< the next to emit
    uint32_t m_sent{NONE};   ///< last send
};

/// How a broadcast is made.
enum class BroadcastMethod : uint8_t
{
    BINOMIAL,           ///< binomial tree
    SCATTER_ALL_GATHER, ///< binomial scatter, then ring all-gather (van de Geijn)
    CHAIN,              ///< pipelined chain
};

/**
 * @param shape whose program of what
 * @param root rank that has the data
 * @param method how it is made
 * @param chunkBytes largest chunk of the chain, at least 1
 * @return the program
 */
std::unique_ptr<RankProgram> MakeBroadcast(const ProgramShape& shape,
                                           uint32_t root,
                                           BroadcastMethod method,
                                           uint64_t chunkBytes);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BROADCAST_PROGRAM_H */
