/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/step-program.h"

#include "ns3/abort.h"
#include "ns3/time-end.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param op operation that is to wait
 * @param index what it waits for, or UINT32_MAX for nothing
 */
void
WaitIfAny(RankOp& op, uint32_t index)
{
    if (index != UINT32_MAX)
    {
        op.WaitFor(index);
    }
}

} // namespace

int64_t
GetReducePs(uint64_t bytes, uint64_t reduceRateBps)
{
    if (reduceRateBps == 0)
    {
        return 0;
    }
    const double ps = static_cast<double>(bytes) * 8e12 / reduceRateBps;
    return std::llround(std::min(ps, static_cast<double>(TimeEnd::PS)));
}

StepProgram::StepProgram(const ProgramShape& shape)
    : m_shape(shape)
{
}

bool
StepProgram::Next(RankOp& op)
{
    while (m_told == m_buffered)
    {
        m_told = 0;
        m_buffered = 0;
        if (!Step())
        {
            return false;
        }
    }
    op = m_buffer[m_told++];
    return true;
}

uint32_t
StepProgram::EmitSend(uint32_t peer,
                      uint32_t tag,
                      const ByteRange& range,
                      uint32_t a,
                      uint32_t b,
                      uint32_t c)
{
    RankOp op;
    op.kind = RankOpKind::SEND;
    op.peer = peer;
    op.tag = tag;
    op.offset = range.offset;
    op.bytes = range.bytes;
    WaitIfAny(op, a);
    WaitIfAny(op, b);
    WaitIfAny(op, c);
    return Emit(op);
}

uint32_t
StepProgram::EmitReceive(uint32_t peer, uint32_t tag, const ByteRange& range, uint32_t a)
{
    RankOp op;
    op.kind = RankOpKind::RECV;
    op.peer = peer;
    op.tag = tag;
    op.offset = range.offset;
    op.bytes = range.bytes;
    WaitIfAny(op, a);
    return Emit(op);
}

uint32_t
StepProgram::EmitReduce(uint32_t peer, uint32_t tag, const ByteRange& range)
{
    RankOp op;
    op.kind = RankOpKind::RECV;
    op.peer = peer;
    op.tag = tag;
    op.offset = range.offset;
    op.bytes = range.bytes;
    op.reduce = true;
    const uint32_t received = Emit(op);
    if (m_shape.reduceRateBps == 0 || range.bytes == 0)
    {
        return received;
    }
    return EmitCompute(GetReducePs(range.bytes, m_shape.reduceRateBps), received);
}

uint32_t
StepProgram::EmitCompute(int64_t durationPs, uint32_t a)
{
    RankOp op;
    op.kind = RankOpKind::COMPUTE;
    op.durationPs = durationPs;
    WaitIfAny(op, a);
    return Emit(op);
}

uint32_t
StepProgram::Emit(const RankOp& op)
{
    NS_ABORT_MSG_IF(m_buffered == MAX_STEP_OPS, "a step emits more than " << MAX_STEP_OPS);
    m_buffer[m_buffered++] = op;
    return m_index++;
}

} // namespace opticalfabric
} // namespace ns3
