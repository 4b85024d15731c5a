/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_STEP_PROGRAM_H
#define OPTICAL_FABRIC_STEP_PROGRAM_H

#include "ns3/byte-range.h"
#include "ns3/rank-program.h"

#include <array>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Whose program of which collective: what every algorithm must know.
 */
struct ProgramShape
{
    uint32_t rank{0};          ///< 0 .. ranks - 1
    uint32_t ranks{0};         ///< size of the group, at least 1
    uint64_t bytes{0};         ///< the collective's buffer, see CollectiveSpec::bytes
    uint64_t reduceRateBps{0}; ///< local reduction, in bit/s of received data; 0: takes no time
};

/**
 * @param bytes data received
 * @param reduceRateBps rate at which it is added to what is there, bit/s; 0: that takes no time
 * @return time that takes, ps
 */
int64_t GetReducePs(uint64_t bytes, uint64_t reduceRateBps);

/**
 * @ingroup optical-fabric
 * @brief A rank program that is told in steps of a few operations each.
 *
 * A derived class emits one step at a time into a small fixed buffer, from which Next() takes.
 */
class StepProgram : public RankProgram
{
  public:
    bool Next(RankOp& op) final;

  protected:
    static constexpr uint32_t NONE = UINT32_MAX; ///< "no operation" where an index is asked for
    static constexpr uint32_t MAX_STEP_OPS = 8;  ///< operations a step may emit

    /**
     * @param shape whose program of what
     */
    explicit StepProgram(const ProgramShape& shape);

    /**
     * Emit the operations of the next step, at most MAX_STEP_OPS; emitting none is allowed.
     *
     * @return false when there are no more steps (and nothing was emitted)
     */
    virtual bool Step() = 0;

    /**
     * @param peer rank to send to
     * @param tag operation tag
     * @param range payload
     * @param a operation to wait for, or NONE
     * @param b another
     * @param c another
     * @return index of the send
     */
    uint32_t EmitSend(uint32_t peer,
                      uint32_t tag,
                      const ByteRange& range,
                      uint32_t a = NONE,
                      uint32_t b = NONE,
                      uint32_t c = NONE);

    /**
     * A receive that replaces what is in the buffer.
     *
     * @param peer rank to receive from
     * @param tag operation tag
     * @param range payload
     * @param a operation to wait for, or NONE
     * @return index of the receive
     */
    uint32_t EmitReceive(uint32_t peer, uint32_t tag, const ByteRange& range, uint32_t a = NONE);

    /**
     * A receive that adds to what is in the buffer, and the time that takes if it takes any.
     *
     * @param peer rank to receive from
     * @param tag operation tag
     * @param range payload
     * @return index of the operation that ends when the sum is there
     */
    uint32_t EmitReduce(uint32_t peer, uint32_t tag, const ByteRange& range);

    /**
     * @param durationPs time it takes, in picoseconds
     * @param a operation to wait for, or NONE
     * @return index of the compute operation
     */
    uint32_t EmitCompute(int64_t durationPs, uint32_t a = NONE);

    const ProgramShape m_shape; ///< whose program of what

  private:
    /**
     * @param op finished operation, moved into the buffer
     * @return its index
     */
    uint32_t Emit(const RankOp& op);

    std::array<RankOp, MAX_STEP_OPS> m_buffer; ///< the step being told
    uint32_t m_buffered{0};                    ///< operations in the buffer
    uint32_t m_told{0};                        ///< of these, how many Next() has taken
    uint32_t m_index{0};                       ///< operations emitted so far
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_STEP_PROGRAM_H */
