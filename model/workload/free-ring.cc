/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/free-ring.h"

#include "ns3/byte-range.h"
#include "ns3/step-program.h"
#include "ns3/time-end.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

FreeRing::FreeRing(const CollectiveSpec& spec)
    : m_ranks(static_cast<uint32_t>(spec.group.size())),
      m_bytes(spec.bytes),
      m_first(spec.kind == CollectiveKind::ALL_GATHER ? m_ranks - 1 : 0),
      m_last(spec.kind == CollectiveKind::REDUCE_SCATTER ? m_ranks - 1 : 2 * (m_ranks - 1)),
      m_areAlike(m_bytes % m_ranks == 0)
{
    m_sizes[1].bytes = m_bytes / m_ranks;
    m_sizes[0].bytes = m_sizes[1].bytes + (m_areAlike ? 0 : 1);
}

bool
FreeRing::Measure(const CollectiveSpec& spec, TransferEngine& engine, Size& size) const
{
    size.hops = engine.FindFreeRing(spec.group, size.bytes);
    const uint64_t reduceRate = spec.reduceRate.GetBitRate();
    size.reducePs = static_cast<uint64_t>(GetReducePs(size.bytes, reduceRate));
    size.beforePs.assign(1, 0);
    for (const RingHop& hop : size.hops)
    {
        // Twice around is not to be later than times go.
        constexpr uint64_t FAR = TimeEnd::PS / 4;
        const uint64_t most = FAR / m_ranks;
        if (hop.arrivalPs > most || size.reducePs > most)
        {
            return false;
        }
        size.beforePs.push_back(size.beforePs.back() + hop.arrivalPs);
    }
    return !size.hops.empty();
}

bool
FreeRing::IsInOrder() const
{
    const Size& more = m_sizes[0];
    const Size& less = m_sizes[m_areAlike ? 0 : 1];
    uint64_t nearestPs = UINT64_MAX;
    uint64_t sentPs = 0;
    uint64_t lostPs = 0;
    for (uint32_t rank = 0; rank < m_ranks; ++rank)
    {
        sentPs = std::max({sentPs, more.hops[rank].sentPs, less.hops[rank].sentPs});
        const auto [least, most] =
            std::minmax(more.hops[rank].arrivalPs, less.hops[rank].arrivalPs);
        nearestPs = std::min(nearestPs, least);
        lostPs = std::max(lostPs, most - least);
    }
    lostPs += more.reducePs - less.reducePs;
    return sentPs + (GetSteps() + 1) * lostPs <= nearestPs;
}

std::unique_ptr<FreeRing>
FreeRing::Find(const CollectiveSpec& spec, TransferEngine& engine)
{
    std::unique_ptr<FreeRing> ring(new FreeRing(spec));
    if (!ring->Measure(spec, engine, ring->m_sizes[0]) ||
        (!ring->m_areAlike && !ring->Measure(spec, engine, ring->m_sizes[1])))
    {
        return nullptr;
    }
    if (!ring->IsInOrder())
    {
        // Shorter parts catch up with longer ones and then go at their pace.
        ring->m_areAlike = true;
    }
    return ring->IsInOrder() ? std::move(ring) : nullptr;
}

bool
FreeRing::HasLikeParts() const
{
    return m_areAlike && m_bytes % m_ranks != 0;
}

bool
FreeRing::IsLong(uint64_t part) const
{
    const auto index = static_cast<uint32_t>(part % m_ranks);
    return PartOf(m_bytes, index, m_ranks).bytes == m_sizes[0].bytes;
}

const FreeRing::Size&
FreeRing::GetSize(uint64_t part) const
{
    return m_sizes[m_areAlike || IsLong(part) ? 0 : 1];
}

uint64_t
FreeRing::GetArrivalPs(uint64_t part, uint64_t steps) const
{
    const Size& size = GetSize(part);
    const uint64_t first = (part + m_first + 1) % m_ranks;
    const auto reach = [&](uint64_t hops) {
        return hops / m_ranks * size.beforePs.back() + size.beforePs[hops % m_ranks];
    };
    const uint64_t reducing = m_ranks - 1 - std::min(m_first, m_ranks - 1);
    return reach(first + steps) - reach(first) + std::min(steps, reducing) * size.reducePs;
}

uint64_t
FreeRing::GetEndPs(uint32_t rank) const
{
    // In step s rank r sends part r - s - 1 and gets the one before; twice the ranks keep numbers
    // above 0.
    const uint64_t sent = rank + 2 * uint64_t{m_ranks} - m_last;
    const uint64_t got = sent + m_ranks - 1;
    const uint64_t steps = GetSteps();
    const uint64_t sentPs = GetArrivalPs(sent, steps - 1) + GetSize(sent).hops[rank].sentPs;
    return std::max(sentPs, GetArrivalPs(got, steps));
}

uint64_t
FreeRing::GetLastEndPs() const
{
    uint64_t lastPs = 0;
    for (uint32_t rank = 0; rank < m_ranks; ++rank)
    {
        lastPs = std::max(lastPs, GetEndPs(rank));
    }
    return lastPs;
}

uint64_t
FreeRing::GetSteps() const
{
    return m_last - m_first;
}

uint64_t
FreeRing::GetBytes() const
{
    return GetSteps() * m_bytes;
}

void
FreeRing::Count(TransferEngine& engine, const CollectiveSpec& spec, uint32_t account) const
{
    const bool isEven = m_bytes % m_ranks == 0;
    const uint64_t longer = isEven ? m_ranks : m_bytes % m_ranks;
    const Size& less = m_sizes[m_areAlike ? 0 : 1];
    for (uint32_t rank = 0; rank < m_ranks; ++rank)
    {
        // Each half of an all-reduce leaves out one part of each rank.
        const bool isReduced = m_first == 0;
        const bool isGathered = m_last > m_ranks - 1;
        const uint64_t count = (isReduced ? longer - (IsLong(rank) ? 1 : 0) : 0) +
                               (isGathered ? longer - (IsLong(rank + 1) ? 1 : 0) : 0);
        Transfer transfer;
        transfer.source = spec.group[rank];
        transfer.destination = spec.group[(rank + 1) % m_ranks];
        transfer.virtualLane = spec.virtualLane;
        transfer.account = account;
        transfer.bytes = m_sizes[0].bytes;
        engine.CountHop(transfer, m_sizes[0].hops[rank], count);
        if (!isEven)
        {
            transfer.bytes = m_sizes[1].bytes;
            engine.CountHop(transfer, less.hops[rank], GetSteps() - count);
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
