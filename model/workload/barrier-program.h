/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BARRIER_PROGRAM_H
#define OPTICAL_FABRIC_BARRIER_PROGRAM_H

#include "ns3/step-program.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Dissemination barrier: ceil(lg p) rounds, in round k an empty message to rank + 2^k.
 *
 * Source: Hensgen, Finkel and Manber, "Two algorithms for barrier synchronization",
 * Int. J. Parallel Programming 17 (1988).
 */
class DisseminationBarrierProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program; the bytes are not used
     */
    explicit DisseminationBarrierProgram(const ProgramShape& shape);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    uint32_t m_step{0};        ///< rounds told
    uint32_t m_received{NONE}; ///< receive of the round before
    uint32_t m_sent{NONE};     ///< send of the round before
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BARRIER_PROGRAM_H */
