/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ALL_REDUCE_PROGRAM_H
#define OPTICAL_FABRIC_ALL_REDUCE_PROGRAM_H

#include "ns3/step-program.h"

#include <cstdint>
#include <memory>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief All-reduce by recursive halving (reduce-scatter) and doubling (all-gather).
 *
 * With p' the largest power of two up to p, the first 2 (p - p') ranks pair up: the even one gives
 * all its data to its odd neighbor before and gets the result after. The p' ranks left exchange
 * halves with the rank at distance 1, quarters at distance 2, and so on: the largest messages go
 * to the nearest rank, as MPICH does it. For a power of two every rank sends 2 (p - 1) / p of the
 * buffer in 2 lg p messages.
 *
 * Source: Thakur, Rabenseifner and Gropp, "Optimization of collective communication operations in
 * MPICH", IJHPCA 19 (2005), section 4.5.
 */
class HalvingDoublingProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program of what
     */
    explicit HalvingDoublingProgram(const ProgramShape& shape);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    /**
     * @param core rank among the p' of the core
     * @param level exchanges already done, 0 .. lg p'
     * @return the stretch that this rank is still responsible for
     */
    ByteRange GetShare(uint32_t core, uint32_t level) const;

    /**
     * @param core rank among the p' of the core
     * @return its rank in the group
     */
    uint32_t GetRank(uint32_t core) const;

    uint32_t m_levels{0};  ///< lg p'
    uint32_t m_coreSize;   ///< p'
    uint32_t m_paired;     ///< ranks that pair up, 2 (p - p')
    uint32_t m_core;       ///< own rank in the core, or NONE for one that gave its data away
    uint32_t m_step{0};    ///< fold, halvings, doublings, unfold
    uint32_t m_data{NONE}; ///< last operation that brought data
    uint32_t m_sent{NONE}; ///< last send; it waited for the data before m_data
};

/**
 * All-reduce in two levels: ring reduce-scatter inside each group of neighboring ranks, ring
 * all-reduce of each part among the ranks of the same place in all groups, ring all-gather inside.
 *
 * @param shape whose program of what
 * @param groupSize ranks per group; divides the number of ranks
 * @return the program
 */
std::unique_ptr<RankProgram> MakeHierarchicalAllReduce(const ProgramShape& shape,
                                                       uint32_t groupSize);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ALL_REDUCE_PROGRAM_H */
