/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SEQUENCE_PROGRAM_H
#define OPTICAL_FABRIC_SEQUENCE_PROGRAM_H

#include "ns3/rank-program.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A rank program made of others, one after the other, each over some of the ranks.
 *
 * A phase starts, on this rank, when the rank has ended the phase before. Tags of different phases
 * never meet.
 */
class SequenceProgram : public RankProgram
{
  public:
    /**
     * @brief One of the programs, and how its world lies in the whole.
     */
    struct Phase
    {
        std::unique_ptr<RankProgram> program; ///< what is done
        uint32_t baseRank{0};                 ///< the whole's rank that is rank 0 of the phase
        uint32_t stride{1};                   ///< distance of neighbors of the phase in the whole
        uint64_t baseOffset{0};               ///< where the phase's buffer begins, in bytes
    };

    static constexpr uint32_t PHASE_TAG_BITS = 24; ///< tags a phase may use, as a power of two
    static constexpr uint32_t MAX_PHASES = 16;     ///< what is left of an operation's tag

    /**
     * Refuses more than MAX_PHASES phases (NS_ABORT).
     *
     * @param ranks number of ranks of the whole; phase rank v is (baseRank + v * stride) % ranks
     * @param phases what to do, in this order
     */
    SequenceProgram(uint32_t ranks, std::vector<Phase> phases);

    bool Next(RankOp& op) override;
    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    const uint32_t m_ranks;      ///< ranks of the whole
    std::vector<Phase> m_phases; ///< what to do
    uint32_t m_phase{0};         ///< the one being told
    uint32_t m_phaseBegin{0};    ///< index of its first operation
    uint32_t m_index{0};         ///< operations told so far
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SEQUENCE_PROGRAM_H */
