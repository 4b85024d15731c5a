/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/ring-program.h"

namespace ns3
{
namespace opticalfabric
{

RingProgram::RingProgram(const ProgramShape& shape, Part part)
    : StepProgram(shape),
      m_firstStep(part == Part::ALL_GATHER ? shape.ranks - 1 : 0),
      m_lastStep(part == Part::REDUCE_SCATTER ? shape.ranks - 1 : 2 * (shape.ranks - 1)),
      m_step(m_firstStep)
{
}

bool
RingProgram::Step()
{
    if (m_step == m_lastStep)
    {
        return false;
    }
    const uint32_t p = m_shape.ranks;
    const uint32_t rank = m_shape.rank;
    // 2p keeps the difference positive: a step is at most 2p - 3.
    const uint32_t sent = (rank + 2 * p - m_step - 1) % p;
    const uint32_t received = (sent + p - 1) % p;
    EmitSend((rank + 1) % p, m_step, PartOf(m_shape.bytes, sent, p), m_data);
    const ByteRange range = PartOf(m_shape.bytes, received, p);
    const uint32_t left = (rank + p - 1) % p;
    m_data = m_step < p - 1 ? EmitReduce(left, m_step, range) : EmitReceive(left, m_step, range);
    ++m_step;
    return true;
}

uint64_t
RingProgram::GetTransferCount() const
{
    return m_lastStep - m_firstStep;
}

uint32_t
RingProgram::GetUsefulWindow() const
{
    // Every send waits for the receive before it, so the next steps could not start anyway.
    return 16;
}

} // namespace opticalfabric
} // namespace ns3
