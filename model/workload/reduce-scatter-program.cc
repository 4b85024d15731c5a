/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/reduce-scatter-program.h"

namespace ns3
{
namespace opticalfabric
{

RecursiveHalvingProgram::RecursiveHalvingProgram(const ProgramShape& shape)
    : StepProgram(shape)
{
    while ((2U << m_levels) <= shape.ranks)
    {
        ++m_levels;
    }
    m_coreSize = 1U << m_levels;
    m_paired = 2 * (shape.ranks - m_coreSize);
    if (shape.rank >= m_paired)
    {
        m_core = shape.rank - m_paired / 2;
    }
    else
    {
        m_core = shape.rank % 2 == 1 ? shape.rank / 2 : NONE;
    }
}

ByteRange
RecursiveHalvingProgram::GetShare(uint32_t first, uint32_t last) const
{
    const uint32_t pairs = m_paired / 2;
    const uint32_t firstPart = first < pairs ? 2 * first : first + pairs;
    const uint32_t lastPart = last < pairs ? 2 * last : last + pairs;
    return PartsBetween(m_shape.bytes, firstPart, lastPart, m_shape.ranks);
}

bool
RecursiveHalvingProgram::Step()
{
    const uint32_t unfold = m_levels + 1;
    const uint32_t step = m_step++;
    if (step > unfold)
    {
        return false;
    }
    if (step == 0 || step == unfold)
    {
        const uint32_t mate = m_shape.rank ^ 1U;
        const ByteRange all{0, m_shape.bytes};
        if (m_shape.rank >= m_paired)
        {
            return true;
        }
        if (step == 0 && m_core == NONE)
        {
            EmitSend(mate, step, all);
        }
        else if (step == 0)
        {
            m_data = EmitReduce(mate, step, all);
        }
        else if (m_core == NONE)
        {
            EmitReceive(mate, step, PartOf(m_shape.bytes, m_shape.rank, m_shape.ranks));
        }
        else
        {
            const ByteRange part = PartOf(m_shape.bytes, mate, m_shape.ranks);
            EmitSend(mate, step, part, m_data, m_sent);
        }
        return true;
    }
    if (m_core == NONE)
    {
        return true;
    }
    const uint32_t half = m_coreSize >> step;
    const uint32_t otherCore = m_core ^ half;
    const uint32_t mineFirst = m_core / half * half;
    const uint32_t otherFirst = mineFirst ^ half;
    const uint32_t pairs = m_paired / 2;
    const uint32_t peer = otherCore < pairs ? 2 * otherCore + 1 : otherCore + pairs;
    // Waiting for the last send as well makes a send wait for all data that came before.
    m_sent = EmitSend(peer, step, GetShare(otherFirst, otherFirst + half), m_data, m_sent);
    m_data = EmitReduce(peer, step, GetShare(mineFirst, mineFirst + half));
    return true;
}

uint64_t
RecursiveHalvingProgram::GetTransferCount() const
{
    if (m_core == NONE)
    {
        return 1;
    }
    return m_levels + (m_shape.rank < m_paired ? 1 : 0);
}

uint32_t
RecursiveHalvingProgram::GetUsefulWindow() const
{
    return 16;
}

} // namespace opticalfabric
} // namespace ns3
