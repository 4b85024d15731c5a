/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/all-reduce-program.h"

#include "ns3/ring-program.h"
#include "ns3/sequence-program.h"

#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

HalvingDoublingProgram::HalvingDoublingProgram(const ProgramShape& shape)
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

uint32_t
HalvingDoublingProgram::GetRank(uint32_t core) const
{
    return core < m_paired / 2 ? 2 * core + 1 : core + m_paired / 2;
}

ByteRange
HalvingDoublingProgram::GetShare(uint32_t core, uint32_t level) const
{
    // Bit k of the rank says which half is kept in exchange k.
    uint32_t first = 0;
    for (uint32_t k = 0; k < level; ++k)
    {
        first += (core >> k & 1U) * (m_coreSize >> (k + 1));
    }
    return PartsBetween(m_shape.bytes, first, first + (m_coreSize >> level), m_coreSize);
}

bool
HalvingDoublingProgram::Step()
{
    const ByteRange all{0, m_shape.bytes};
    const uint32_t unfold = 2 * m_levels + 1;
    const uint32_t step = m_step++;
    if (step > unfold)
    {
        return false;
    }
    if (step == 0 || step == unfold)
    {
        const uint32_t mate = m_shape.rank ^ 1U;
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
            EmitReceive(mate, step, all);
        }
        else
        {
            EmitSend(mate, step, all, m_data, m_sent);
        }
        return true;
    }
    if (m_core == NONE)
    {
        return true;
    }
    const bool isHalving = step <= m_levels;
    const uint32_t level = isHalving ? step - 1 : 2 * m_levels - step;
    const uint32_t otherCore = m_core ^ (1U << level);
    const uint32_t peer = GetRank(otherCore);
    const ByteRange mine = GetShare(m_core, level + 1);
    const ByteRange other = GetShare(otherCore, level + 1);
    // Waiting for the last send as well makes a send wait for all data that came before.
    if (isHalving)
    {
        m_sent = EmitSend(peer, step, other, m_data, m_sent);
        m_data = EmitReduce(peer, step, mine);
    }
    else
    {
        m_sent = EmitSend(peer, step, mine, m_data, m_sent);
        m_data = EmitReceive(peer, step, other);
    }
    return true;
}

uint64_t
HalvingDoublingProgram::GetTransferCount() const
{
    if (m_core == NONE)
    {
        return 1;
    }
    return 2 * m_levels + (m_shape.rank < m_paired ? 1 : 0);
}

uint32_t
HalvingDoublingProgram::GetUsefulWindow() const
{
    return 16;
}

std::unique_ptr<RankProgram>
MakeHierarchicalAllReduce(const ProgramShape& shape, uint32_t groupSize)
{
    const uint32_t place = shape.rank % groupSize;
    const uint32_t group = shape.rank / groupSize;
    const uint32_t groups = shape.ranks / groupSize;
    const ByteRange part = PartOf(shape.bytes, place, groupSize);

    const ProgramShape inside{place, groupSize, shape.bytes, shape.reduceRateBps};
    const ProgramShape across{group, groups, part.bytes, shape.reduceRateBps};
    const uint32_t groupBegin = group * groupSize;

    using Part = RingProgram::Part;
    std::vector<SequenceProgram::Phase> phases;
    phases.push_back(
        {std::make_unique<RingProgram>(inside, Part::REDUCE_SCATTER), groupBegin, 1, 0});
    phases.push_back(
        {std::make_unique<RingProgram>(across, Part::ALL_REDUCE), place, groupSize, part.offset});
    phases.push_back({std::make_unique<RingProgram>(inside, Part::ALL_GATHER), groupBegin, 1, 0});
    return std::make_unique<SequenceProgram>(shape.ranks, std::move(phases));
}

} // namespace opticalfabric
} // namespace ns3
