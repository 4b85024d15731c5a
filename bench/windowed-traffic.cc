/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "windowed-traffic.h"

#include "destination-order.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace opticalfabricbench
{

WindowedTraffic::WindowedTraffic(const Spec& spec)
    : m_spec(spec),
      m_places(std::min(spec.transfers, spec.ranks - 1)),
      m_offsets(uint64_t{spec.ranks} * m_places),
      m_posted(spec.ranks, 0)
{
    std::vector<uint32_t> offsets(spec.ranks - 1);
    for (uint32_t rank = 0; rank < spec.ranks; ++rank)
    {
        SetDestinationOrder(spec.order, rank, spec.ranks - 1, offsets.data());
        std::copy_n(offsets.begin(), m_places, m_offsets.begin() + uint64_t{rank} * m_places);
    }
}

void
WindowedTraffic::Start(TransferEngine* engine)
{
    m_engine = engine;
    for (uint32_t rank = 0; rank < m_spec.ranks; ++rank)
    {
        for (uint32_t i = 0; i < m_spec.window; ++i)
        {
            PostNext(rank);
        }
    }
}

bool
WindowedTraffic::IsComplete() const
{
    return m_received == uint64_t{m_spec.ranks} * m_spec.transfers && m_failedBytes == 0;
}

double
WindowedTraffic::GetEndS() const
{
    return static_cast<double>(m_endPs) * 1e-12;
}

void
WindowedTraffic::OnSent(const Transfer& transfer)
{
    if (!m_spec.untilArrival)
    {
        PostNext(transfer.source);
    }
}

void
WindowedTraffic::OnReceived(const Transfer& transfer, uint64_t failedBytes)
{
    ++m_received;
    m_failedBytes += failedBytes;
    m_endPs = Simulator::Now().GetPicoSeconds();
    if (m_spec.untilArrival)
    {
        PostNext(transfer.source);
    }
}

void
WindowedTraffic::PostNext(uint32_t rank)
{
    if (m_posted[rank] == m_spec.transfers)
    {
        return;
    }
    const uint64_t place = m_posted[rank]++ % m_places;
    Transfer transfer;
    transfer.source = rank;
    transfer.destination = (rank + m_offsets[uint64_t{rank} * m_places + place]) % m_spec.ranks;
    transfer.bytes = m_spec.bytes;
    m_engine->Post(transfer, this);
}

} // namespace opticalfabricbench
