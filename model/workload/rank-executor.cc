/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/rank-executor.h"

#include "ns3/abort.h"
#include "ns3/message-tag.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param window any number
 * @return the next power of two from RankExecutor::MIN_WINDOW to 2^30
 */
uint32_t
RoundUpWindow(uint32_t window)
{
    uint32_t size = RankExecutor::MIN_WINDOW;
    while (size < window && size < 1U << 30)
    {
        size <<= 1;
    }
    return size;
}

} // namespace

RankExecutor::RankExecutor(uint32_t rank, RankExecutorHost* host, uint32_t window)
    : m_rank(rank),
      m_host(host),
      m_window(RoundUpWindow(window))
{
}

void
RankExecutor::Begin(std::unique_ptr<RankProgram> program, uint32_t iteration)
{
    NS_ABORT_MSG_IF(m_program, "rank " << m_rank << " already runs a program");
    m_program = std::move(program);
    m_iteration = iteration;
    m_isAtEnd = false;
    m_oldest = 0;
    m_read = 0;
    // Nothing is held between programs, so this is the time to resize.
    const uint32_t size = std::min(m_window, RoundUpWindow(m_program->GetUsefulWindow()));
    if (size > m_slots.size())
    {
        m_slots.resize(size);
    }
    m_mask = size - 1;
    Advance();
}

void
RankExecutor::OnSent(uint32_t to, uint64_t messageTag)
{
    uint32_t waiter = 0;
    const bool isKnown = m_sends.Arrive(to, messageTag, waiter);
    NS_ABORT_MSG_IF(!isKnown, "rank " << m_rank << " is told of a send it never posted");
    End(GetIndex(waiter));
    Advance();
}

void
RankExecutor::OnArrived(uint32_t from, uint64_t messageTag)
{
    uint32_t waiter = 0;
    if (m_receives.Arrive(from, messageTag, waiter))
    {
        End(GetIndex(waiter));
        Advance();
    }
}

void
RankExecutor::OnComputed(uint32_t op)
{
    End(op);
    Advance();
}

bool
RankExecutor::IsRunning() const
{
    return m_program != nullptr;
}

size_t
RankExecutor::GetUnmatched() const
{
    return m_receives.GetSize();
}

uint32_t
RankExecutor::GetPeakHeld() const
{
    return m_peakHeld;
}

RankExecutor::Slot&
RankExecutor::At(uint32_t index)
{
    return m_slots[index & m_mask];
}

uint32_t
RankExecutor::GetIndex(uint32_t waiter) const
{
    return m_oldest + ((waiter - m_oldest) & m_mask);
}

void
RankExecutor::Advance()
{
    // A host may report an end from within a call; the loop that made the call goes on with it.
    if (m_isAdvancing || !m_program)
    {
        return;
    }
    m_isAdvancing = true;
    while (true)
    {
        if (m_readyFirst != NIL)
        {
            StartReady();
        }
        else if (!Pull())
        {
            break;
        }
    }
    m_isAdvancing = false;
    if (m_isAtEnd && m_oldest == m_read)
    {
        m_program.reset();
        m_host->OnProgramEnd(m_rank, m_iteration);
    }
}

bool
RankExecutor::Pull()
{
    if (m_isAtEnd || m_read - m_oldest > m_mask)
    {
        return false;
    }
    RankOp op;
    if (!m_program->Next(op))
    {
        m_isAtEnd = true;
        return false;
    }
    const uint32_t index = m_read++;
    m_peakHeld = std::max(m_peakHeld, m_read - m_oldest);
    At(index) = {NIL, NIL};
    NS_ABORT_MSG_IF(m_read == UINT32_MAX || op.tag >> MessageTag::OP_BITS != 0 ||
                        op.afterAll > index || op.nDependencies > RankOp::MAX_DEPENDENCIES,
                    "operation " << index << " of rank " << m_rank << " is not well formed");
    if (!Hold(op, index))
    {
        Start(op, index);
    }
    return true;
}

bool
RankExecutor::Hold(const RankOp& op, uint32_t index)
{
    // Most often everything has ended already, so a place is taken only when it is needed.
    uint32_t place = NIL;
    const auto hang = [&](uint32_t which, uint32_t& list) {
        if (place == NIL && m_unused == NIL)
        {
            place = static_cast<uint32_t>(m_waiting.size());
            m_waiting.emplace_back();
        }
        else if (place == NIL)
        {
            place = m_unused;
            m_unused = m_waiting[place].next[0];
            m_waiting[place].pending = 0;
        }
        Waiting& waiting = m_waiting[place];
        waiting.next[which] = list;
        ++waiting.pending;
        list = place * EDGES + which;
    };
    for (uint32_t i = 0; i < op.nDependencies; ++i)
    {
        const uint32_t other = op.dependencies[i];
        NS_ABORT_MSG_IF(other >= index,
                        "operation " << index << " of rank " << m_rank
                                     << " waits for a later one: " << other);
        if (other >= m_oldest && At(other).waiting != ENDED)
        {
            hang(i, At(other).waiting);
        }
    }
    if (op.afterAll > m_oldest)
    {
        hang(AFTER_ALL, At(op.afterAll - 1).waitingForAll);
    }
    if (place == NIL)
    {
        return false;
    }
    m_waiting[place].op = op;
    m_waiting[place].index = index;
    return true;
}

void
RankExecutor::StartReady()
{
    const uint32_t place = m_readyFirst;
    Waiting& waiting = m_waiting[place];
    m_readyFirst = waiting.next[0];
    waiting.next[0] = m_unused;
    m_unused = place;
    // A copy: the start may end it, and others, and the place may be used again.
    const RankOp op = waiting.op;
    Start(op, waiting.index);
}

void
RankExecutor::Start(const RankOp& op, uint32_t index)
{
    const uint64_t tag = MessageTag::PackMessage(m_iteration, op.tag);
    switch (op.kind)
    {
    case RankOpKind::SEND:
        if (op.peer == m_rank)
        {
            uint32_t waiter = 0;
            if (m_receives.Arrive(m_rank, tag, waiter))
            {
                End(GetIndex(waiter));
            }
            End(index);
            return;
        }
        m_sends.Wait(op.peer, tag, index & m_mask);
        m_host->PostSend(m_rank, m_iteration, op);
        return;
    case RankOpKind::RECV:
        if (m_receives.Wait(op.peer, tag, index & m_mask))
        {
            End(index);
        }
        return;
    case RankOpKind::COMPUTE:
        if (op.durationPs > 0)
        {
            m_host->StartCompute(m_rank, index, op.durationPs);
        }
        else
        {
            End(index);
        }
        return;
    }
}

void
RankExecutor::End(uint32_t index)
{
    Slot& slot = At(index);
    const uint32_t waiting = slot.waiting;
    slot.waiting = ENDED;
    Release(waiting);
    while (m_oldest != m_read && At(m_oldest).waiting == ENDED)
    {
        Release(At(m_oldest).waitingForAll);
        ++m_oldest;
    }
}

void
RankExecutor::Release(uint32_t edge)
{
    while (edge != NIL)
    {
        const uint32_t place = edge / EDGES;
        Waiting& waiting = m_waiting[place];
        edge = waiting.next[edge % EDGES];
        if (--waiting.pending > 0)
        {
            continue;
        }
        // All its edges are out of their lists, so the first one's link is free.
        waiting.next[0] = NIL;
        if (m_readyFirst == NIL)
        {
            m_readyFirst = place;
        }
        else
        {
            m_waiting[m_readyLast].next[0] = place;
        }
        m_readyLast = place;
    }
}

} // namespace opticalfabric
} // namespace ns3
