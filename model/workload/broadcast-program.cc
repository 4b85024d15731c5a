/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/broadcast-program.h"

#include "ns3/ring-program.h"
#include "ns3/sequence-program.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param rank a rank
 * @param ranks number of ranks
 * @return its lowest set bit; for rank 0 the first power of two that is no rank
 */
uint32_t
GetSpan(uint32_t rank, uint32_t ranks)
{
    uint32_t bit = 1;
    while (bit < ranks && (rank & bit) == 0)
    {
        bit <<= 1;
    }
    return bit;
}

} // namespace

BinomialTreeProgram::BinomialTreeProgram(const ProgramShape& shape, bool isScatter)
    : StepProgram(shape),
      m_isScatter(isScatter),
      m_span(GetSpan(shape.rank, shape.ranks))
{
}

ByteRange
BinomialTreeProgram::GetPayload(uint32_t first, uint32_t span) const
{
    if (!m_isScatter)
    {
        return {0, m_shape.bytes};
    }
    return PartsBetween(m_shape.bytes, first, std::min(first + span, m_shape.ranks), m_shape.ranks);
}

bool
BinomialTreeProgram::Step()
{
    const uint32_t rank = m_shape.rank;
    if (!m_hasReceived)
    {
        m_hasReceived = true;
        if (rank != 0)
        {
            m_received = EmitReceive(rank - m_span, 0, GetPayload(rank, m_span));
        }
        return true;
    }
    m_span >>= 1;
    if (m_span == 0)
    {
        return false;
    }
    if (rank + m_span < m_shape.ranks)
    {
        m_sent = EmitSend(rank + m_span, 0, GetPayload(rank + m_span, m_span), m_received, m_sent);
    }
    return true;
}

uint64_t
BinomialTreeProgram::GetTransferCount() const
{
    uint64_t count = 0;
    for (uint32_t bit = GetSpan(m_shape.rank, m_shape.ranks) >> 1; bit > 0; bit >>= 1)
    {
        count += m_shape.rank + bit < m_shape.ranks ? 1 : 0;
    }
    return count;
}

uint32_t
BinomialTreeProgram::GetUsefulWindow() const
{
    return 16;
}

ChainProgram::ChainProgram(const ProgramShape& shape, uint64_t chunkBytes)
    : StepProgram(shape),
      m_chunks(
          static_cast<uint32_t>(std::max<uint64_t>((shape.bytes + chunkBytes - 1) / chunkBytes, 1)))
{
}

bool
ChainProgram::Step()
{
    if (m_step == m_chunks)
    {
        return false;
    }
    const ByteRange range = PartOf(m_shape.bytes, m_step, m_chunks);
    const uint32_t rank = m_shape.rank;
    const uint32_t received = rank > 0 ? EmitReceive(rank - 1, m_step, range) : NONE;
    if (rank + 1 < m_shape.ranks)
    {
        m_sent = EmitSend(rank + 1, m_step, range, received, m_sent);
    }
    ++m_step;
    return true;
}

uint64_t
ChainProgram::GetTransferCount() const
{
    return m_shape.rank + 1 < m_shape.ranks ? m_chunks : 0;
}

uint32_t
ChainProgram::GetUsefulWindow() const
{
    return 16;
}

std::unique_ptr<RankProgram>
MakeBroadcast(const ProgramShape& shape, uint32_t root, BroadcastMethod method, uint64_t chunkBytes)
{
    // The programs know rank 0 as the root, so the ranks are counted from there.
    ProgramShape fromRoot = shape;
    fromRoot.rank = (shape.rank + shape.ranks - root) % shape.ranks;
    std::vector<SequenceProgram::Phase> phases;
    switch (method)
    {
    case BroadcastMethod::BINOMIAL:
        phases.push_back({std::make_unique<BinomialTreeProgram>(fromRoot, false), root, 1, 0});
        break;
    case BroadcastMethod::SCATTER_ALL_GATHER:
        phases.push_back({std::make_unique<BinomialTreeProgram>(fromRoot, true), root, 1, 0});
        phases.push_back(
            {std::make_unique<RingProgram>(fromRoot, RingProgram::Part::ALL_GATHER), root, 1, 0});
        break;
    case BroadcastMethod::CHAIN:
        phases.push_back({std::make_unique<ChainProgram>(fromRoot, chunkBytes), root, 1, 0});
        break;
    }
    return std::make_unique<SequenceProgram>(shape.ranks, std::move(phases));
}

} // namespace opticalfabric
} // namespace ns3
