/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "windowed-traffic.h"

#include "split-mix.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace opticalfabricbench
{

WindowedTraffic::WindowedTraffic(const Spec& spec)
    : m_spec(spec),
      m_posted(spec.ranks, 0)
{
    if (spec.order != "rotation" && spec.order != "random")
    {
        throw std::invalid_argument("order is " + spec.order + ", allowed rotation or random");
    }
    const uint32_t others = spec.ranks - 1;
    m_offsets.resize(uint64_t{spec.ranks} * others);
    for (uint32_t rank = 0; rank < spec.ranks; ++rank)
    {
        uint32_t* offsets = &m_offsets[uint64_t{rank} * others];
        std::iota(offsets, offsets + others, 1);
        if (spec.order == "random")
        {
            SplitMix random(rank);
            for (uint32_t i = others - 1; i > 0; --i)
            {
                std::swap(offsets[i], offsets[random.Next() % (i + 1)]);
            }
        }
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
    PostNext(transfer.source);
}

void
WindowedTraffic::OnReceived(const Transfer& transfer [[maybe_unused]], uint64_t failedBytes)
{
    ++m_received;
    m_failedBytes += failedBytes;
    m_endPs = Simulator::Now().GetPicoSeconds();
}

void
WindowedTraffic::PostNext(uint32_t rank)
{
    if (m_posted[rank] == m_spec.transfers)
    {
        return;
    }
    const uint32_t others = m_spec.ranks - 1;
    const uint32_t place = m_posted[rank]++ % others;
    Transfer transfer;
    transfer.source = rank;
    transfer.destination = (rank + m_offsets[uint64_t{rank} * others + place]) % m_spec.ranks;
    transfer.bytes = m_spec.bytes;
    m_engine->Post(transfer, this);
}

} // namespace opticalfabricbench
