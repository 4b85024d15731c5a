/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "latency-breakdown.h"

#include "ns3/abort.h"

namespace ns3
{
namespace opticalfabric
{

const char*
GetLatencyPartName(LatencyPart part)
{
    switch (part)
    {
    case SERIALIZATION:
        return "serialization";
    case PROPAGATION:
        return "propagation";
    case SWITCHING:
        return "switching";
    case FEC:
        return "fec";
    case ENDPOINT:
        return "endpoint";
    case QUEUE:
        return "queue";
    case CREDIT_STALL:
        return "credit_stall";
    case RETRY:
        return "retry";
    case RECONFIGURATION:
        return "reconfiguration";
    case REROUTE:
        return "reroute";
    case LATENCY_PARTS:
        break;
    }
    NS_ABORT_MSG("GetLatencyPartName: part is " << static_cast<unsigned>(part)
                                                << ", allowed is 0 to "
                                                << static_cast<unsigned>(LATENCY_PARTS) - 1);
}

void
LatencyBreakdown::Allocate(uint32_t block)
{
    m_blocks[block].assign(Index::BUCKETS * ROW, 0);
}

void
LatencyBreakdown::Spill(Index index)
{
    uint64_t* row = &m_blocks[index.block][std::size_t{index.offset} * ROW];
    Spilled& spilled = m_spilled[{index.block, index.offset}];
    for (std::size_t i = 0; i < spilled.size(); ++i)
    {
        spilled[i].Add(row[TOTAL + i]);
        row[TOTAL + i] = 0;
    }
}

LatencyBreakdown::Group
LatencyBreakdown::GetGroup(Index index) const
{
    const uint64_t* row = &m_blocks[index.block][std::size_t{index.offset} * ROW];
    Group group;
    group.lowerPs = index.Lower();
    group.upperPs = index.Upper();
    group.count = row[COUNT];
    group.totalPs.Add(row[TOTAL]);
    for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
    {
        group.partsPs[i].Add(row[FIRST_PART + i]);
    }
    const auto spilled = m_spilled.find({index.block, index.offset});
    if (spilled != m_spilled.end())
    {
        group.totalPs.Add(spilled->second[0]);
        for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
        {
            group.partsPs[i].Add(spilled->second[1 + i]);
        }
    }
    return group;
}

void
LatencyBreakdown::Merge(const LatencyBreakdown& other)
{
    if (&other == this)
    {
        // Spilling below would change what is being added.
        Merge(LatencyBreakdown(other));
        return;
    }
    for (uint32_t block = 0; block < Index::BLOCKS; ++block)
    {
        if (other.m_blocks[block].empty())
        {
            continue;
        }
        if (m_blocks[block].empty())
        {
            Allocate(block);
        }
        for (uint32_t offset = 0; offset < Index::BUCKETS; ++offset)
        {
            uint64_t* row = &m_blocks[block][offset * ROW];
            const uint64_t* otherRow = &other.m_blocks[block][offset * ROW];
            for (std::size_t i = 0; i < ROW; ++i)
            {
                row[i] += otherRow[i];
            }
            // Two sums below 2^63 did not overflow, but the next one might.
            if ((row[TOTAL] >> 63) != 0)
            {
                Spill(Index{block, offset});
            }
        }
    }
    for (const auto& [key, sums] : other.m_spilled)
    {
        Spilled& spilled = m_spilled[key];
        for (std::size_t i = 0; i < spilled.size(); ++i)
        {
            spilled[i].Add(sums[i]);
        }
    }
}

void
LatencyBreakdown::Clear()
{
    *this = LatencyBreakdown();
}

uint64_t
LatencyBreakdown::GetCount() const
{
    uint64_t count = 0;
    for (const std::vector<uint64_t>& block : m_blocks)
    {
        for (std::size_t row = 0; row < block.size(); row += ROW)
        {
            count += block[row + COUNT];
        }
    }
    return count;
}

LatencyBreakdown::Averages
LatencyBreakdown::Mean() const
{
    return AveragesFrom(0);
}

LatencyBreakdown::Averages
LatencyBreakdown::Tail(double p) const
{
    const uint64_t rank = NearestRank(p, GetCount());
    uint64_t below = 0;
    uint64_t threshold = 0;
    bool found = rank == 0;
    ForEachGroup([&](const Group& group) {
        below += group.count;
        if (!found && below >= rank)
        {
            threshold = group.lowerPs;
            found = true;
        }
    });
    return AveragesFrom(threshold);
}

LatencyBreakdown::Averages
LatencyBreakdown::AveragesFrom(uint64_t thresholdPs) const
{
    Averages averages;
    averages.thresholdPs = thresholdPs;
    WideSum total;
    std::array<WideSum, LATENCY_PARTS> parts;
    ForEachGroup([&](const Group& group) {
        if (group.lowerPs >= thresholdPs)
        {
            averages.count += group.count;
            total.Add(group.totalPs);
            for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
            {
                parts[i].Add(group.partsPs[i]);
            }
        }
    });
    averages.totalPs = total.Mean(averages.count);
    for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
    {
        averages.partsPs[i] = parts[i].Mean(averages.count);
    }
    return averages;
}

} // namespace opticalfabric
} // namespace ns3
