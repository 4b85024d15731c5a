/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ALL_TO_ALL_PROGRAM_H
#define OPTICAL_FABRIC_ALL_TO_ALL_PROGRAM_H

#include "ns3/step-program.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief All-to-all: rank r gives part d of its buffer to rank d, which keeps it as part r.
 *
 * The part for oneself stays where it is. Every rank sends (p - 1) / p of its buffer in p - 1
 * messages. Parts differ by at most a byte where the buffer is not divisible; what rank r receives
 * from rank s is part r of s, and the offset of a receive is that part's place in a buffer of
 * equal parts s (ranges of a receive buffer may therefore differ by a byte from the send buffer's).
 *
 * Source of the pairwise order: Thakur, Rabenseifner and Gropp, IJHPCA 19 (2005), section 4.2.
 */
class AllToAllProgram : public StepProgram
{
  public:
    /// In which order, and how much at a time.
    enum class Order : uint8_t
    {
        /// p - 1 exchanges one after the other: with rank ^ s for a power of two of ranks,
        /// otherwise a send to rank + s and a receive from rank - s
        PAIRWISE,
        /// nothing waits; the order starts at the right-hand neighbor, so that no rank is
        /// everybody's first
        ALL_AT_ONCE,
    };

    /**
     * @param shape whose program of what
     * @param order in which order
     */
    AllToAllProgram(const ProgramShape& shape, Order order);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    /// One message goes from each rank to each other, and where none waits it does not matter which
    /// comes first: all have this tag, so that whoever changes places with whom has the same to do.
    static constexpr uint32_t AT_ONCE_TAG = 1;

    bool Step() override;

    const Order m_order;       ///< in which order
    const bool m_isExchange;   ///< both messages of a step go to and come from the same rank
    uint32_t m_step{1};        ///< the next to emit
    uint32_t m_received{NONE}; ///< receive of the step before, where it matters
    uint32_t m_sent{NONE};     ///< send of the step before, where it matters
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ALL_TO_ALL_PROGRAM_H */
