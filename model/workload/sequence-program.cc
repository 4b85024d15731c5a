/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/sequence-program.h"

#include "ns3/abort.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

SequenceProgram::SequenceProgram(uint32_t ranks, std::vector<Phase> phases)
    : m_ranks(ranks),
      m_phases(std::move(phases))
{
    NS_ABORT_MSG_IF(m_phases.size() > MAX_PHASES,
                    m_phases.size() << " phases, at most " << MAX_PHASES << " are possible");
}

bool
SequenceProgram::Next(RankOp& op)
{
    while (m_phase < m_phases.size() && !m_phases[m_phase].program->Next(op))
    {
        ++m_phase;
        m_phaseBegin = m_index;
    }
    if (m_phase == m_phases.size())
    {
        return false;
    }
    const Phase& phase = m_phases[m_phase];
    const uint64_t place = phase.baseRank + static_cast<uint64_t>(op.peer) * phase.stride;
    op.peer = static_cast<uint32_t>(place % m_ranks);
    op.tag += m_phase << PHASE_TAG_BITS;
    op.offset += phase.baseOffset;
    op.afterAll += m_phaseBegin;
    for (uint32_t i = 0; i < op.nDependencies; ++i)
    {
        op.dependencies[i] += m_phaseBegin;
    }
    ++m_index;
    return true;
}

uint64_t
SequenceProgram::GetTransferCount() const
{
    uint64_t sum = 0;
    for (const auto& phase : m_phases)
    {
        const uint64_t count = phase.program->GetTransferCount();
        if (count == UNKNOWN)
        {
            return UNKNOWN;
        }
        sum += count;
    }
    return sum;
}

uint32_t
SequenceProgram::GetUsefulWindow() const
{
    uint32_t window = 0;
    for (const auto& phase : m_phases)
    {
        window = std::max(window, phase.program->GetUsefulWindow());
    }
    return window;
}

} // namespace opticalfabric
} // namespace ns3
