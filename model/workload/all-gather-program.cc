/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/all-gather-program.h"

#include "ns3/abort.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

RecursiveDoublingProgram::RecursiveDoublingProgram(const ProgramShape& shape)
    : StepProgram(shape)
{
    NS_ABORT_MSG_IF((shape.ranks & (shape.ranks - 1)) != 0,
                    "recursive doubling needs a power of two of ranks, not " << shape.ranks);
}

bool
RecursiveDoublingProgram::Step()
{
    const uint32_t distance = 1U << m_step;
    if (distance >= m_shape.ranks)
    {
        return false;
    }
    const uint32_t peer = m_shape.rank ^ distance;
    const uint32_t mine = m_shape.rank / distance * distance;
    const uint32_t others = mine ^ distance;
    const uint32_t p = m_shape.ranks;
    const ByteRange sent = PartsBetween(m_shape.bytes, mine, mine + distance, p);
    const ByteRange received = PartsBetween(m_shape.bytes, others, others + distance, p);
    m_sent = EmitSend(peer, m_step, sent, m_data, m_sent);
    m_data = EmitReceive(peer, m_step, received);
    ++m_step;
    return true;
}

uint64_t
RecursiveDoublingProgram::GetTransferCount() const
{
    uint32_t count = 0;
    while ((1U << count) < m_shape.ranks)
    {
        ++count;
    }
    return count;
}

uint32_t
RecursiveDoublingProgram::GetUsefulWindow() const
{
    return 16;
}

BruckAllGatherProgram::BruckAllGatherProgram(const ProgramShape& shape)
    : StepProgram(shape)
{
}

ByteRange
BruckAllGatherProgram::GetParts(uint32_t first, uint32_t count) const
{
    const uint32_t p = m_shape.ranks;
    const uint32_t last = first + count;
    if (last <= p)
    {
        return PartsBetween(m_shape.bytes, first, last, p);
    }
    const ByteRange tail = PartsBetween(m_shape.bytes, first, p, p);
    return {tail.offset, tail.bytes + PartBegin(m_shape.bytes, last - p, p)};
}

bool
BruckAllGatherProgram::Step()
{
    const uint32_t p = m_shape.ranks;
    const uint32_t distance = 1U << m_step;
    if (distance >= p)
    {
        return false;
    }
    const uint32_t count = std::min(distance, p - distance);
    const uint32_t source = (m_shape.rank + distance) % p;
    const uint32_t destination = (m_shape.rank + p - distance) % p;
    m_sent = EmitSend(destination, m_step, GetParts(m_shape.rank, count), m_data, m_sent);
    m_data = EmitReceive(source, m_step, GetParts(source, count));
    ++m_step;
    return true;
}

uint64_t
BruckAllGatherProgram::GetTransferCount() const
{
    uint32_t count = 0;
    while ((1U << count) < m_shape.ranks)
    {
        ++count;
    }
    return count;
}

uint32_t
BruckAllGatherProgram::GetUsefulWindow() const
{
    return 16;
}

} // namespace opticalfabric
} // namespace ns3
