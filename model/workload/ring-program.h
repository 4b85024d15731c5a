/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RING_PROGRAM_H
#define OPTICAL_FABRIC_RING_PROGRAM_H

#include "ns3/step-program.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Reduce-scatter, all-gather or both (all-reduce) around a ring of ranks.
 *
 * The buffer is cut into one part per rank. In step s a rank sends part (rank - s - 1) mod p to
 * its right and receives the part before it from its left; the first p - 1 steps reduce and leave
 * rank r with part r, the next p - 1 copy it to everybody. Every rank sends (p - 1) / p of the
 * buffer per half. A send waits for the data it passes on and for nothing else.
 *
 * Source: Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
 * workstations", JPDC 69 (2009).
 */
class RingProgram : public StepProgram
{
  public:
    /// Which halves of an all-reduce are wanted.
    enum class Part : uint8_t
    {
        REDUCE_SCATTER, ///< rank r ends with the sum of part r
        ALL_GATHER,     ///< rank r begins with part r, everybody ends with all
        ALL_REDUCE,     ///< both
    };

    /**
     * @param shape whose program of what
     * @param part which halves
     */
    RingProgram(const ProgramShape& shape, Part part);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    const uint32_t m_firstStep; ///< first step of all 2 (p - 1)
    const uint32_t m_lastStep;  ///< one past the last
    uint32_t m_step;            ///< the next to emit
    uint32_t m_data{NONE};      ///< what the next send waits for
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RING_PROGRAM_H */
