/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-bound.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Payload that has to leave a part of the ranks, and to reach it, bytes.
struct Crossing
{
    double out{0}; ///< leaves
    double in{0};  ///< comes
};

/**
 * @param inputs network
 * @param bytes payload
 * @return bytes on the wire, in as few packets as can be
 */
double
GetWireBytes(const BoundInputs& inputs, double bytes)
{
    return bytes + std::ceil(bytes / inputs.mtuBytes) * inputs.headerBytes;
}

/**
 * @param inputs network
 * @param bytes payload
 * @param rate rate, byte/ps
 * @return time that it takes, ps; 0 if there is nothing, infinite if it cannot pass
 */
double
GetTransitPs(const BoundInputs& inputs, double bytes, double rate)
{
    return bytes > 0 ? GetWireBytes(inputs, bytes) / rate : 0;
}

/// The greatest of some lower bounds.
class Greatest
{
  public:
    /**
     * @param timePs a bound, ps
     * @param limit what sets it
     */
    void Take(double timePs, BoundLimit limit)
    {
        if (m_bound.limit == BoundLimit::NONE || timePs > m_bound.timePs)
        {
            m_bound = {timePs, limit};
        }
    }

    /// @return the greatest; none if that is infinite
    CollectiveBound Get() const
    {
        return std::isfinite(m_bound.timePs) ? m_bound : CollectiveBound();
    }

  private:
    CollectiveBound m_bound; ///< the greatest so far
};

/**
 * @param spec a collective
 * @param ranks some number of its ranks
 * @return what their parts of its buffer have at least, together, bytes: all parts are floor(n / p)
 *         or one more, and whose are longer is left open
 */
double
GetLeastParts(const CollectiveSpec& spec, uint64_t ranks)
{
    const uint64_t p = spec.group.size();
    const uint64_t longer = spec.bytes % p;
    const uint64_t shorter = p - longer;
    return static_cast<double>(spec.bytes / p * ranks + (ranks > shorter ? ranks - shorter : 0));
}

/**
 * @param spec a collective
 * @param ranks ranks of a part
 * @param hasRoot the root is one of them
 * @return what has to leave and to reach it, see GetCollectiveBound
 */
Crossing
GetCrossing(const CollectiveSpec& spec, uint64_t ranks, bool hasRoot)
{
    const auto bytes = static_cast<double>(spec.bytes);
    const uint64_t others = spec.group.size() - ranks;
    switch (spec.kind)
    {
    case CollectiveKind::ALL_REDUCE:
        return {bytes, bytes};
    case CollectiveKind::REDUCE_SCATTER:
        return {GetLeastParts(spec, others), GetLeastParts(spec, ranks)};
    case CollectiveKind::ALL_GATHER:
        return {GetLeastParts(spec, ranks), GetLeastParts(spec, others)};
    case CollectiveKind::ALL_TO_ALL:
        return {static_cast<double>(ranks) * GetLeastParts(spec, others),
                static_cast<double>(others) * GetLeastParts(spec, ranks)};
    case CollectiveKind::BROADCAST:
        return {hasRoot ? bytes : 0, hasRoot ? 0 : bytes};
    default:
        return {};
    }
}

/**
 * @param spec a collective
 * @param parts number of parts its ranks are in
 * @return what has to go from part to part, all together, bytes; 0 where that follows from
 *         GetCrossing
 */
double
GetTotalCrossing(const CollectiveSpec& spec, std::size_t parts)
{
    const double bytes = static_cast<double>(spec.bytes) * static_cast<double>(parts - 1);
    switch (spec.kind)
    {
    case CollectiveKind::ALL_REDUCE:
        return 2 * bytes;
    case CollectiveKind::REDUCE_SCATTER:
    case CollectiveKind::ALL_GATHER:
    case CollectiveKind::BROADCAST:
        return bytes;
    default:
        return 0;
    }
}

/// What an MoE matrix sends into and out of the parts of a partition, in token copies.
struct PartTraffic
{
    std::vector<uint64_t> out; ///< by part
    std::vector<uint64_t> in;  ///< by part
};

/**
 * @param traffic a matrix
 * @param inputs network and group
 * @return what goes from part to part, by partition
 */
std::vector<PartTraffic>
SumTraffic(const MoeTraffic& traffic, const BoundInputs& inputs)
{
    std::vector<PartTraffic> sums;
    for (const BoundPartition& partition : inputs.partitions)
    {
        sums.push_back({std::vector<uint64_t>(partition.parts.size()),
                        std::vector<uint64_t>(partition.parts.size())});
    }
    for (uint32_t source = 0; source < traffic.GetNRanks(); ++source)
    {
        for (uint32_t destination = 0; destination < traffic.GetNRanks(); ++destination)
        {
            const uint32_t copies = traffic.GetCopies(source, destination);
            for (std::size_t i = 0; copies > 0 && i < sums.size(); ++i)
            {
                const uint32_t from = inputs.partitions[i].partOfRank[source];
                const uint32_t to = inputs.partitions[i].partOfRank[destination];
                sums[i].out[from] += from != to ? copies : 0;
                sums[i].in[to] += from != to ? copies : 0;
            }
        }
    }
    return sums;
}

} // namespace

std::string
ToString(BoundLimit limit)
{
    switch (limit)
    {
    case BoundLimit::NONE:
        break;
    case BoundLimit::LATENCY:
        return "latency";
    case BoundLimit::RANK:
        return "rank";
    case BoundLimit::CUT:
        return "cut";
    }
    return "";
}

double
GetSpreadTimePs(uint32_t ranks, double alphaPs, double gapPs)
{
    constexpr uint32_t MOST = 65536;
    if (ranks <= 1)
    {
        return 0;
    }
    if (gapPs <= 0)
    {
        return alphaPs;
    }
    // When the next message of each rank that knows arrives; the earliest makes one more know.
    std::priority_queue<double, std::vector<double>, std::greater<>> arrivals;
    double nowPs = 0;
    arrivals.push(gapPs + alphaPs);
    for (uint32_t knowing = 1; knowing < std::min(ranks, MOST); ++knowing)
    {
        nowPs = arrivals.top();
        arrivals.pop();
        arrivals.push(nowPs + gapPs);
        arrivals.push(nowPs + gapPs + alphaPs);
    }
    return nowPs;
}

CollectiveBound
GetCollectiveBound(const CollectiveSpec& spec, const BoundInputs& inputs)
{
    if (IsMoe(spec.kind) || spec.kind == CollectiveKind::PROGRAMS)
    {
        return {};
    }
    const auto ranks = static_cast<uint32_t>(spec.group.size());
    Greatest greatest;
    greatest.Take(GetSpreadTimePs(ranks, inputs.partitions.front().alphaPs, inputs.gapPs),
                  BoundLimit::LATENCY);
    // A vector of fewer bytes than ranks leaves some of them without a part, and without a need.
    const bool isWhole = spec.kind == CollectiveKind::BROADCAST ||
                         spec.kind == CollectiveKind::BARRIER ||
                         spec.kind == CollectiveKind::ALL_REDUCE || spec.bytes >= ranks;
    greatest.Take(isWhole ? inputs.farPs : 0, BoundLimit::LATENCY);
    for (const BoundPartition& partition : inputs.partitions)
    {
        const bool isFirst = &partition == &inputs.partitions.front();
        const BoundLimit limit = isFirst ? BoundLimit::RANK : BoundLimit::CUT;
        const uint32_t rootPart = partition.partOfRank[spec.root];
        double outRate = 0;
        double inRate = 0;
        for (uint32_t i = 0; i < partition.parts.size(); ++i)
        {
            const BoundPartition::Part& part = partition.parts[i];
            const Crossing crossing = GetCrossing(spec, part.ranks, i == rootPart);
            const double timePs = std::max(GetTransitPs(inputs, crossing.out, part.outRate),
                                           GetTransitPs(inputs, crossing.in, part.inRate));
            greatest.Take(timePs > 0 ? partition.alphaPs + timePs : 0, limit);
            outRate += part.outRate;
            inRate += part.inRate;
        }
        const double bytes = GetTotalCrossing(spec, partition.parts.size());
        const double timePs = GetTransitPs(inputs, bytes, std::min(outRate, inRate));
        greatest.Take(timePs > 0 ? partition.alphaPs + timePs : 0, limit);
    }
    return greatest.Get();
}

CollectiveBound
GetMoeBound(const CollectiveSpec& spec, const MoeTraffic& traffic, const BoundInputs& inputs)
{
    const bool isLayer = spec.kind == CollectiveKind::MOE_LAYER;
    const double dispatchBytes = static_cast<double>(spec.moe.dispatchBytes) *
                                 (isLayer || spec.kind == CollectiveKind::MOE_DISPATCH ? 1 : 0);
    const double combineBytes = static_cast<double>(spec.moe.combineBytes) *
                                (isLayer || spec.kind == CollectiveKind::MOE_COMBINE ? 1 : 0);
    const double expertPs =
        isLayer ? static_cast<double>(spec.moe.expertTime.GetPicoSeconds()) : 0.0;
    const std::vector<PartTraffic> sums = SumTraffic(traffic, inputs);
    Greatest greatest;
    greatest.Take(expertPs, BoundLimit::LATENCY);
    for (std::size_t i = 0; i < sums.size(); ++i)
    {
        const BoundPartition& partition = inputs.partitions[i];
        const BoundLimit limit = i == 0 ? BoundLimit::RANK : BoundLimit::CUT;
        // A layer goes there and back.
        const double alphaPs = (isLayer ? 2 : 1) * partition.alphaPs;
        for (std::size_t k = 0; k < partition.parts.size(); ++k)
        {
            const BoundPartition::Part& part = partition.parts[k];
            const auto out = static_cast<double>(sums[i].out[k]);
            const auto in = static_cast<double>(sums[i].in[k]);
            if (out + in == 0)
            {
                continue;
            }
            greatest.Take(expertPs + alphaPs, BoundLimit::LATENCY);
            // Results go the opposite way of tokens.
            const double tokensOutPs = GetTransitPs(inputs, out * dispatchBytes, part.outRate);
            const double tokensInPs = GetTransitPs(inputs, in * dispatchBytes, part.inRate);
            const double resultsOutPs = GetTransitPs(inputs, in * combineBytes, part.outRate);
            const double resultsInPs = GetTransitPs(inputs, out * combineBytes, part.inRate);
            const double longestPs = std::max({tokensOutPs, tokensInPs, resultsOutPs, resultsInPs});
            greatest.Take(expertPs + alphaPs + longestPs, limit);
            if (isLayer && i == 0)
            {
                greatest.Take(expertPs + alphaPs + tokensInPs + resultsOutPs, limit);
            }
            // Whatever the experts do, both exchanges use the same links.
            greatest.Take(partition.alphaPs +
                              std::max(tokensOutPs + resultsOutPs, tokensInPs + resultsInPs),
                          limit);
        }
    }
    return greatest.Get();
}

} // namespace opticalfabric
} // namespace ns3
