/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/moe-program.h"

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
 * A single computation.
 */
class ComputeProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program
     * @param durationPs time it takes, in picoseconds
     */
    ComputeProgram(const ProgramShape& shape, int64_t durationPs)
        : StepProgram(shape),
          m_durationPs(durationPs)
    {
    }

    uint64_t GetTransferCount() const override
    {
        return 0;
    }

    uint32_t GetUsefulWindow() const override
    {
        return 16;
    }

  private:
    bool Step() override
    {
        if (m_isTold)
        {
            return false;
        }
        m_isTold = true;
        EmitCompute(m_durationPs);
        return true;
    }

    const int64_t m_durationPs; ///< time it takes
    bool m_isTold{false};       ///< the operation is emitted
};

} // namespace

MoeProgram::MoeProgram(const ProgramShape& shape,
                       std::shared_ptr<const MoeTraffic> traffic,
                       Direction direction,
                       uint64_t bytesPerCopy)
    : StepProgram(shape),
      m_traffic(std::move(traffic)),
      m_direction(direction),
      m_bytesPerCopy(bytesPerCopy)
{
}

uint64_t
MoeProgram::GetBytes(uint32_t from, uint32_t to) const
{
    const uint32_t copies = m_direction == Direction::DISPATCH ? m_traffic->GetCopies(from, to)
                                                               : m_traffic->GetCopies(to, from);
    return copies * m_bytesPerCopy;
}

bool
MoeProgram::Step()
{
    const uint32_t p = m_shape.ranks;
    if (m_step == p)
    {
        return false;
    }
    const uint32_t rank = m_shape.rank;
    const uint32_t to = (rank + m_step) % p;
    const uint32_t from = (rank + p - m_step) % p;
    const uint64_t sent = GetBytes(rank, to);
    const uint64_t received = GetBytes(from, rank);
    if (sent > 0)
    {
        EmitSend(to, 0, {0, sent});
    }
    if (received > 0)
    {
        EmitReceive(from, 0, {0, received});
    }
    ++m_step;
    return true;
}

uint64_t
MoeProgram::GetTransferCount() const
{
    uint64_t count = 0;
    for (uint32_t peer = 0; peer < m_shape.ranks; ++peer)
    {
        count += peer != m_shape.rank && GetBytes(m_shape.rank, peer) > 0 ? 1 : 0;
    }
    return count;
}

uint32_t
MoeProgram::GetUsefulWindow() const
{
    return 2 * m_shape.ranks;
}

std::unique_ptr<RankProgram>
MakeMoeLayer(const ProgramShape& shape,
             const std::shared_ptr<const MoeTraffic>& traffic,
             uint64_t dispatchBytes,
             uint64_t combineBytes,
             int64_t expertTimePs)
{
    using Direction = MoeProgram::Direction;
    std::vector<SequenceProgram::Phase> phases;
    phases.push_back(
        {std::make_unique<MoeProgram>(shape, traffic, Direction::DISPATCH, dispatchBytes),
         0,
         1,
         0});
    if (expertTimePs > 0)
    {
        phases.push_back({std::make_unique<ComputeProgram>(shape, expertTimePs), 0, 1, 0});
    }
    phases.push_back(
        {std::make_unique<MoeProgram>(shape, traffic, Direction::COMBINE, combineBytes), 0, 1, 0});
    return std::make_unique<SequenceProgram>(shape.ranks, std::move(phases));
}

} // namespace opticalfabric
} // namespace ns3
