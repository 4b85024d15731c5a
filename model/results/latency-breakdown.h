/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LATENCY_BREAKDOWN_H
#define OPTICAL_FABRIC_LATENCY_BREAKDOWN_H

#include "ns3/log-linear-index.h"
#include "ns3/wide-sum.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Where a packet's time can go. Usable as an index into LatencyParts.
 */
enum LatencyPart : uint8_t
{
    SERIALIZATION,   ///< bits clocked onto a link, beyond what cut-through hides
    PROPAGATION,     ///< light and current in fibre and copper
    SWITCHING,       ///< pipelines of switches
    FEC,             ///< forward error correction and signal processing of transceivers
    ENDPOINT,        ///< from memory to the wire at the source, and back at the destination
    QUEUE,           ///< waiting for other packets to leave the same output
    CREDIT_STALL,    ///< output free, but no buffer credit from the far end
    RETRY,           ///< link-level retransmission
    RECONFIGURATION, ///< waiting for a link that was down and came back
    REROUTE,         ///< detection and convergence after a failure, and sending again
    LATENCY_PARTS    ///< how many parts there are; not a part
};

/// @ingroup optical-fabric
/// @brief One value per LatencyPart, ps.
using LatencyParts = std::array<uint64_t, LATENCY_PARTS>;

/**
 * @ingroup optical-fabric
 * @brief The name of a part as it stands in result files.
 * @param part which; LATENCY_PARTS and above abort
 * @return its name in snake_case, for example "credit_stall"; valid for ever
 */
const char* GetLatencyPartName(LatencyPart part);

/**
 * @ingroup optical-fabric
 * @brief Tells where the time of slow packets went, without keeping the packets.
 *
 * Packets are grouped by total latency, 32 groups per octave; a group keeps its count and the exact
 * sums of the total and of each part. So the average parts of all packets, and of those at or above
 * any group's lower edge, are exact averages, not estimates. Only the edge is coarse: it lies at
 * most 1/32 (3.2 %) below the quantile asked for.
 *
 * Memory is 3 KiB per octave touched.
 */
class LatencyBreakdown
{
  public:
    /// How a total latency finds its group: 2^5 groups per octave.
    using Index = LogLinearIndex<5>;

    /// Averages over a set of packets.
    struct Averages
    {
        uint64_t count{0};       ///< packets in the set
        uint64_t thresholdPs{0}; ///< the set is all with a total >= this, ps
        double totalPs{0};       ///< mean total latency, ps; 0 if the set is empty
        std::array<double, LATENCY_PARTS> partsPs{}; ///< mean of each part, ps
    };

    /// A group of packets of about the same total latency.
    struct Group
    {
        uint64_t lowerPs{0};                        ///< smallest total it takes, ps
        uint64_t upperPs{0};                        ///< largest total it takes, ps (inclusive)
        uint64_t count{0};                          ///< packets in it
        WideSum totalPs;                            ///< sum of their totals, ps
        std::array<WideSum, LATENCY_PARTS> partsPs; ///< sum of each of their parts, ps
    };

    /**
     * @brief Add one packet.
     *
     * The parts should add up to the total. That is not checked here, on the fast path: what is
     * missing shows afterwards as a difference between the mean total and the sum of mean parts.
     *
     * @param totalPs latency from end to end, ps, below 2^63
     * @param parts where it went, ps; each at most totalPs
     */
    void Record(uint64_t totalPs, const LatencyParts& parts)
    {
        const Index index = Index::Of(totalPs);
        std::vector<uint64_t>& block = m_blocks[index.block];
        if (__builtin_expect(block.empty(), 0))
        {
            Allocate(index.block);
        }
        uint64_t* row = &block[std::size_t{index.offset} * ROW];
        ++row[COUNT];
        row[TOTAL] += totalPs;
        for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
        {
            row[FIRST_PART + i] += parts[i];
        }
        // A 64-bit sum is emptied into a wide one before it can overflow.
        if (__builtin_expect((row[TOTAL] >> 63) != 0, 0))
        {
            Spill(index);
        }
    }

    /**
     * @brief Add all packets of another breakdown.
     * @param other the other breakdown; may be this one
     */
    void Merge(const LatencyBreakdown& other);

    /// @brief Forget every packet and give the memory back.
    void Clear();

    /// @return how many packets were recorded
    uint64_t GetCount() const;

    /// @return averages over all packets; the threshold is 0
    Averages Mean() const;

    /**
     * @brief Averages over the slowest packets.
     *
     * @param p quantile at which the tail begins, 0 to 1; anything else aborts
     * @return averages over all packets whose total is at or above the lower edge of the group that
     *         holds the p-quantile: at least the (1-p) n slowest packets; count tells how many
     */
    Averages Tail(double p) const;

    /**
     * @brief Visit every group that holds something, in ascending order.
     * @tparam F callable with a const Group&
     * @param visit called for each
     */
    template <typename F>
    void ForEachGroup(F&& visit) const
    {
        for (uint32_t block = 0; block < Index::BLOCKS; ++block)
        {
            for (uint32_t offset = 0; offset * ROW < m_blocks[block].size(); ++offset)
            {
                if (m_blocks[block][offset * ROW + COUNT] != 0)
                {
                    visit(GetGroup(Index{block, offset}));
                }
            }
        }
    }

  private:
    static constexpr std::size_t COUNT = 0;                        ///< place in a row: packets
    static constexpr std::size_t TOTAL = 1;                        ///< place: sum of totals, ps
    static constexpr std::size_t FIRST_PART = 2;                   ///< place: sum of first part, ps
    static constexpr std::size_t ROW = FIRST_PART + LATENCY_PARTS; ///< words in a row

    /// The part of a row's sums that was emptied: total first, then each part, ps.
    using Spilled = std::array<WideSum, 1 + LATENCY_PARTS>;

    /**
     * @brief Make room for an octave; out of line, so that Record stays small.
     * @param block which
     */
    void Allocate(uint32_t block);

    /**
     * @brief Move a row's sums into wide ones.
     * @param index which row
     */
    void Spill(Index index);

    /**
     * @brief Put a row together.
     * @param index which row; its block must exist
     * @return the row with its exact sums
     */
    Group GetGroup(Index index) const;

    /**
     * @brief Average over groups.
     * @param thresholdPs smallest lower edge of the groups to take, ps
     * @return the averages
     */
    Averages AveragesFrom(uint64_t thresholdPs) const;

    /// Rows per octave. A vector is empty until a packet falls into its octave.
    std::array<std::vector<uint64_t>, Index::BLOCKS> m_blocks;
    /// Emptied sums by block and offset; stays empty in all but very long runs.
    std::map<std::pair<uint32_t, uint32_t>, Spilled> m_spilled;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LATENCY_BREAKDOWN_H */
