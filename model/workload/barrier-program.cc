/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/barrier-program.h"

namespace ns3
{
namespace opticalfabric
{

DisseminationBarrierProgram::DisseminationBarrierProgram(const ProgramShape& shape)
    : StepProgram(shape)
{
}

bool
DisseminationBarrierProgram::Step()
{
    const uint32_t p = m_shape.ranks;
    const uint32_t distance = 1U << m_step;
    if (distance >= p)
    {
        return false;
    }
    const uint32_t to = (m_shape.rank + distance) % p;
    const uint32_t from = (m_shape.rank + p - distance) % p;
    // Waiting for the last send as well makes a round wait for all rounds before it.
    m_sent = EmitSend(to, m_step, ByteRange{}, m_received, m_sent);
    m_received = EmitReceive(from, m_step, ByteRange{});
    ++m_step;
    return true;
}

uint64_t
DisseminationBarrierProgram::GetTransferCount() const
{
    uint32_t count = 0;
    while ((1U << count) < m_shape.ranks)
    {
        ++count;
    }
    return count;
}

uint32_t
DisseminationBarrierProgram::GetUsefulWindow() const
{
    return 16;
}

} // namespace opticalfabric
} // namespace ns3
