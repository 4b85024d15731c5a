/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/all-to-all-program.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

AllToAllProgram::AllToAllProgram(const ProgramShape& shape, Order order)
    : StepProgram(shape),
      m_order(order),
      m_isExchange(order == Order::PAIRWISE && (shape.ranks & (shape.ranks - 1)) == 0)
{
}

bool
AllToAllProgram::Step()
{
    const uint32_t p = m_shape.ranks;
    if (m_step == p)
    {
        return false;
    }
    const uint32_t rank = m_shape.rank;
    const uint32_t to = m_isExchange ? rank ^ m_step : (rank + m_step) % p;
    const uint32_t from = m_isExchange ? to : (rank + p - m_step) % p;
    // What arrives is the sender's part for this rank, whoever sends it.
    const ByteRange received{PartBegin(m_shape.bytes, from, p),
                             PartOf(m_shape.bytes, rank, p).bytes};
    const uint32_t tag = m_order == Order::PAIRWISE ? m_step : AT_ONCE_TAG;
    const uint32_t sent = EmitSend(to, tag, PartOf(m_shape.bytes, to, p), m_sent, m_received);
    const uint32_t receive = EmitReceive(from, tag, received);
    if (m_order == Order::PAIRWISE)
    {
        m_sent = sent;
        m_received = receive;
    }
    ++m_step;
    return true;
}

uint64_t
AllToAllProgram::GetTransferCount() const
{
    return m_shape.ranks - 1;
}

uint32_t
AllToAllProgram::GetUsefulWindow() const
{
    return m_order == Order::PAIRWISE ? 16 : 2 * std::min<uint32_t>(m_shape.ranks, UINT32_MAX / 4);
}

} // namespace opticalfabric
} // namespace ns3
