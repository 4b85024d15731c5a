/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "windowed-traffic.h"

#include "destination-order.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <numeric>

namespace opticalfabricbench
{

WindowedTraffic::WindowedTraffic(const Spec& spec)
    : m_spec(spec),
      m_turns(std::min(spec.transfers, spec.peers == 0 ? spec.ranks - 1 : spec.peers))
{
    GetPeerOffsets(spec.order, 0, spec.ranks, spec.peers);
}

TransferSymmetry
WindowedTraffic::FindSymmetry()
{
    std::vector<uint32_t> endpoints(m_spec.ranks);
    std::iota(endpoints.begin(), endpoints.end(), 0);
    TransferSymmetry symmetry;
    if (m_spec.order == "rotation")
    {
        symmetry = m_engine->AdoptSymmetry(TransferSymmetry::ROTATION, endpoints, 1, UINT32_MAX);
    }
    const uint32_t others = m_spec.ranks - 1;
    const bool isAtOnce =
        m_turns == others && m_spec.transfers == others && m_spec.window >= others;
    if (symmetry.kind == TransferSymmetry::NONE && isAtOnce)
    {
        symmetry = m_engine->AdoptSymmetry(TransferSymmetry::PERMUTATION, endpoints, 1, UINT32_MAX);
    }
    return symmetry;
}

void
WindowedTraffic::Start(TransferEngine* engine)
{
    m_engine = engine;
    m_symmetry = FindSymmetry();
    const bool isFolded = m_symmetry.kind != TransferSymmetry::NONE;
    const uint32_t acting = isFolded ? m_symmetry.GetNActing() : m_spec.ranks;
    m_posted.assign(acting, 0);
    m_offsets.resize(uint64_t{acting} * m_turns);
    for (uint32_t place = 0; place < acting; ++place)
    {
        const uint32_t rank = isFolded ? m_symmetry.GetActing(place) : place;
        const std::vector<uint32_t> offsets =
            GetPeerOffsets(m_spec.order, rank, m_spec.ranks, m_spec.peers);
        std::copy_n(offsets.begin(), m_turns, m_offsets.begin() + uint64_t{place} * m_turns);
    }
    for (uint32_t place = 0; place < acting; ++place)
    {
        const uint32_t rank = isFolded ? m_symmetry.GetActing(place) : place;
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
    m_received +=
        m_symmetry.kind == TransferSymmetry::NONE ? 1 : m_symmetry.GetCopies(transfer.source);
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
    const uint32_t place = GetPlace(rank);
    if (m_posted[place] == m_spec.transfers)
    {
        return;
    }
    const uint64_t turn = m_posted[place]++ % m_turns;
    Transfer transfer;
    transfer.source = rank;
    transfer.destination = (rank + m_offsets[uint64_t{place} * m_turns + turn]) % m_spec.ranks;
    transfer.bytes = m_spec.bytes;
    m_engine->Post(transfer, this);
}

} // namespace opticalfabricbench
