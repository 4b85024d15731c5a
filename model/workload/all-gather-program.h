/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ALL_GATHER_PROGRAM_H
#define OPTICAL_FABRIC_ALL_GATHER_PROGRAM_H

#include "ns3/step-program.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief All-gather by recursive doubling: in step k ranks exchange all they have with the rank at
 * distance 2^k. For a power of two of ranks only (anything else is refused by NS_ABORT); every rank
 * sends (p - 1) / p of the buffer in lg p messages.
 *
 * Source: Thakur, Rabenseifner and Gropp, IJHPCA 19 (2005), section 4.1. (The ring is RingProgram.)
 */
class RecursiveDoublingProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program of what
     */
    explicit RecursiveDoublingProgram(const ProgramShape& shape);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    uint32_t m_step{0};    ///< exchanges told
    uint32_t m_data{NONE}; ///< last operation that brought data
    uint32_t m_sent{NONE}; ///< last send; it waited for the data before m_data
};

/**
 * @ingroup optical-fabric
 * @brief All-gather for any number of ranks in ceil(lg p) messages of together (p - 1) / p of the
 * buffer: in step k rank r sends its first 2^k parts, counted from its own, to rank r - 2^k.
 *
 * Source: Bruck et al., "Efficient algorithms for all-to-all communications in multiport
 * message-passing systems", IEEE TPDS 8 (1997).
 */
class BruckAllGatherProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program of what
     */
    explicit BruckAllGatherProgram(const ProgramShape& shape);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    /**
     * @param first first part, 0 .. p - 1
     * @param count number of parts
     * @return the stretch that they cover; it may go on at the buffer's beginning
     */
    ByteRange GetParts(uint32_t first, uint32_t count) const;

    uint32_t m_step{0};    ///< messages told
    uint32_t m_data{NONE}; ///< last operation that brought data
    uint32_t m_sent{NONE}; ///< last send; it waited for the data before m_data
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ALL_GATHER_PROGRAM_H */
