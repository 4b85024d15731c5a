/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_REDUCE_SCATTER_PROGRAM_H
#define OPTICAL_FABRIC_REDUCE_SCATTER_PROGRAM_H

#include "ns3/step-program.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Reduce-scatter by recursive halving.
 *
 * Ranks exchange halves at distance p / 2, quarters at p / 4, and so on until rank r is left with
 * part r. Where the number of ranks is no power of two the first ones pair up as in
 * HalvingDoublingProgram; the odd one then works for both parts and hands the even one its own.
 * For a power of two every rank sends (p - 1) / p of the buffer in lg p messages.
 *
 * Source: Thakur, Rabenseifner and Gropp, IJHPCA 19 (2005), section 4.4. (The ring is RingProgram.)
 */
class RecursiveHalvingProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program of what
     */
    explicit RecursiveHalvingProgram(const ProgramShape& shape);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    /**
     * @param first first rank of the core
     * @param last one past the last
     * @return the stretch of the parts that these ranks end up with, for themselves and for the
     * ranks they are paired with
     */
    ByteRange GetShare(uint32_t first, uint32_t last) const;

    uint32_t m_levels{0};  ///< lg p'
    uint32_t m_coreSize;   ///< p'
    uint32_t m_paired;     ///< ranks that pair up, 2 (p - p')
    uint32_t m_core;       ///< own rank in the core, or NONE for one that gave its data away
    uint32_t m_step{0};    ///< fold, halvings, unfold
    uint32_t m_data{NONE}; ///< last operation that brought data
    uint32_t m_sent{NONE}; ///< last send; it waited for the data before m_data
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_REDUCE_SCATTER_PROGRAM_H */
