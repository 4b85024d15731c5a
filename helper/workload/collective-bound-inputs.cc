/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "collective-bound-inputs.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint32_t NONE = UINT32_MAX;                                ///< no rank, or no part
constexpr double INFINITE = std::numeric_limits<double>::infinity(); ///< never, or no limit
constexpr uint64_t MOST_VISITS = 2000000; ///< links looked at for classes of ranks

/// A latency, and what it is of.
using Distance = std::pair<uint64_t, uint32_t>;

/// Distances, the least first.
using Frontier = std::priority_queue<Distance, std::vector<Distance>, std::greater<>>;

/**
 * Reads one network for one group.
 */
class BoundReader
{
  public:
    /**
     * @param topology, mtuBytes, headerBytes as of ReadBoundInputs
     * @param group endpoint of each rank
     */
    BoundReader(const FlowTopology& topology,
                uint32_t mtuBytes,
                uint32_t headerBytes,
                const std::vector<uint32_t>& group);

    /**
     * @param root a rank
     * @param hasRoot whether only latencies from that rank matter
     * @return what was read
     */
    BoundInputs Read(uint32_t root, bool hasRoot);

  private:
    /// @param hop a link @return whether it is there
    static bool IsUp(const FlowTopology::Hop& hop)
    {
        return hop.capacity > 0;
    }

    /**
     * @param hop a link that is up
     * @param frameBytes frame
     * @return time of the frame when it has been rounded to whole ps, or before, if that is less
     */
    static double GetFramePs(const FlowTopology::Hop& hop, uint32_t frameBytes);

    /// Each rank a part.
    void AddRanks();
    /// Ranks by the switches that join them.
    void AddTiers();
    /// Ranks by the switches they are attached to.
    void AddClasses();
    /**
     * @param partition a partition with rates: completed, and kept if it says something new
     */
    void Keep(BoundPartition partition);
    /// @return links from each vertex to the nearest endpoint
    std::vector<uint32_t> FindTiers() const;
    /**
     * @param partOfRank part by rank
     * @return least latency between ranks of different parts, ps; infinite if there is no way
     */
    double FindLeastLatency(const std::vector<uint32_t>& partOfRank) const;
    /**
     * @param rank from where
     * @return the rank that data reach last, and how late that is, ps; infinite if there is no way
     */
    std::pair<uint32_t, double> FindFarthest(uint32_t rank) const;

    const FlowTopology& m_topology;       ///< network
    const std::vector<uint32_t>& m_group; ///< endpoint by rank
    std::vector<uint32_t> m_rankOfVertex; ///< rank by vertex, or NONE
    std::vector<double> m_rates;          ///< by directed link, byte/ps; 0: down
    BoundInputs m_inputs;                 ///< what has been read
};

BoundReader::BoundReader(const FlowTopology& topology,
                         uint32_t mtuBytes,
                         uint32_t headerBytes,
                         const std::vector<uint32_t>& group)
    : m_topology(topology),
      m_group(group),
      m_rankOfVertex(topology.vertices.size(), NONE),
      m_rates(topology.links)
{
    m_inputs.mtuBytes = mtuBytes;
    m_inputs.headerBytes = headerBytes;
    for (uint32_t rank = 0; rank < group.size(); ++rank)
    {
        m_rankOfVertex[topology.endpoints[group[rank]]] = rank;
    }
    const uint32_t fullBytes = mtuBytes + headerBytes;
    for (const FlowTopology::Vertex& vertex : topology.vertices)
    {
        for (const FlowTopology::Hop& hop : vertex.hops)
        {
            m_rates[hop.link] = IsUp(hop) ? fullBytes / GetFramePs(hop, fullBytes) : 0;
        }
    }
}

double
BoundReader::GetFramePs(const FlowTopology::Hop& hop, uint32_t frameBytes)
{
    const double exactPs = hop.byteTimePs * frameBytes;
    // What is all but half a ps may have been rounded either way.
    return std::min(exactPs, std::floor(exactPs + 0.499));
}

BoundInputs
BoundReader::Read(uint32_t root, bool hasRoot)
{
    AddRanks();
    AddTiers();
    AddClasses();
    const auto [far, farPs] = FindFarthest(root);
    // From there it is farther still, if anything.
    m_inputs.farPs = hasRoot ? farPs : std::max(farPs, FindFarthest(far).second);
    return std::move(m_inputs);
}

void
BoundReader::AddRanks()
{
    BoundPartition partition;
    double mostPackets = 0;
    for (uint32_t rank = 0; rank < m_group.size(); ++rank)
    {
        partition.partOfRank.push_back(rank);
        BoundPartition::Part part;
        part.ranks = 1;
        double packets = 0;
        for (const FlowTopology::Hop& hop :
             m_topology.vertices[m_topology.endpoints[m_group[rank]]].hops)
        {
            if (IsUp(hop))
            {
                const double outRate = m_rates[hop.link];
                const double inRate = m_rates[hop.link ^ 1];
                part.outRate += outRate;
                part.inRate += inRate;
                // An empty packet is a header.
                packets += 1 / std::floor(m_inputs.headerBytes / std::max(outRate, inRate));
            }
        }
        mostPackets = std::max(mostPackets, packets);
        partition.parts.push_back(part);
    }
    m_inputs.gapPs = mostPackets > 0 ? 1 / mostPackets : 0;
    partition.alphaPs = FindLeastLatency(partition.partOfRank);
    m_inputs.partitions.push_back(std::move(partition));
}

std::vector<uint32_t>
BoundReader::FindTiers() const
{
    std::vector<uint32_t> tiers(m_topology.vertices.size(), NONE);
    std::vector<uint32_t> frontier = m_topology.endpoints;
    for (const uint32_t vertex : frontier)
    {
        tiers[vertex] = 0;
    }
    for (std::size_t i = 0; i < frontier.size(); ++i)
    {
        for (const FlowTopology::Hop& hop : m_topology.vertices[frontier[i]].hops)
        {
            if (IsUp(hop) && tiers[hop.peer] == NONE)
            {
                tiers[hop.peer] = tiers[frontier[i]] + 1;
                frontier.push_back(hop.peer);
            }
        }
    }
    return tiers;
}

void
BoundReader::AddTiers()
{
    const std::vector<uint32_t> tiers = FindTiers();
    const auto size = static_cast<uint32_t>(tiers.size());
    std::vector<uint32_t> roots(size);
    std::iota(roots.begin(), roots.end(), 0);
    const auto find = [&roots](uint32_t vertex) {
        while (roots[vertex] != vertex)
        {
            roots[vertex] = roots[roots[vertex]];
            vertex = roots[vertex];
        }
        return vertex;
    };
    uint32_t most = 0;
    for (const uint32_t tier : tiers)
    {
        most = tier == NONE ? most : std::max(most, tier);
    }
    for (uint32_t level = 1; level <= most; ++level)
    {
        const auto isIn = [&](uint32_t vertex) {
            // Endpoints that are no ranks neither take part nor pass anything on.
            return m_topology.vertices[vertex].isSwitch ? tiers[vertex] <= level
                                                        : m_rankOfVertex[vertex] != NONE;
        };
        for (uint32_t vertex = 0; vertex < size; ++vertex)
        {
            for (const FlowTopology::Hop& hop : m_topology.vertices[vertex].hops)
            {
                const bool joins =
                    m_topology.vertices[vertex].isSwitch || m_topology.vertices[hop.peer].isSwitch;
                if (joins && IsUp(hop) && isIn(vertex) && isIn(hop.peer))
                {
                    roots[find(vertex)] = find(hop.peer);
                }
            }
        }
        BoundPartition partition;
        std::vector<uint32_t> partOfRoot(size, NONE);
        for (const uint32_t endpoint : m_group)
        {
            uint32_t& part = partOfRoot[find(m_topology.endpoints[endpoint])];
            if (part == NONE)
            {
                part = static_cast<uint32_t>(partition.parts.size());
                partition.parts.emplace_back();
            }
            ++partition.parts[part].ranks;
            partition.partOfRank.push_back(part);
        }
        if (partition.parts.size() == 1)
        {
            break;
        }
        for (uint32_t vertex = 0; vertex < size; ++vertex)
        {
            const uint32_t part = isIn(vertex) ? partOfRoot[find(vertex)] : NONE;
            for (const FlowTopology::Hop& hop : m_topology.vertices[vertex].hops)
            {
                const bool carries =
                    m_topology.vertices[hop.peer].isSwitch || m_rankOfVertex[hop.peer] != NONE;
                const bool leaves = !isIn(hop.peer) || find(hop.peer) != find(vertex);
                if (part != NONE && carries && leaves)
                {
                    partition.parts[part].outRate += m_rates[hop.link];
                    partition.parts[part].inRate += m_rates[hop.link ^ 1];
                }
            }
        }
        Keep(std::move(partition));
    }
}

void
BoundReader::AddClasses()
{
    BoundPartition partition;
    std::map<std::vector<uint32_t>, uint32_t> classes;
    for (const uint32_t endpoint : m_group)
    {
        std::vector<uint32_t> attached;
        for (const FlowTopology::Hop& hop :
             m_topology.vertices[m_topology.endpoints[endpoint]].hops)
        {
            if (IsUp(hop))
            {
                attached.push_back(hop.peer);
            }
        }
        std::sort(attached.begin(), attached.end());
        attached.erase(std::unique(attached.begin(), attached.end()), attached.end());
        const auto next = static_cast<uint32_t>(classes.size());
        const uint32_t part = classes.emplace(std::move(attached), next).first->second;
        partition.parts.resize(classes.size());
        ++partition.parts[part].ranks;
        partition.partOfRank.push_back(part);
    }
    const auto isSame = [&partition](const BoundPartition& other) {
        return other.partOfRank == partition.partOfRank;
    };
    // The first partition has no switches in it, and so is another one.
    if (partition.parts.size() == 1 ||
        std::any_of(m_inputs.partitions.begin() + 1, m_inputs.partitions.end(), isSame))
    {
        return;
    }
    uint64_t visits = 0;
    for (const auto& [attached, part] : classes)
    {
        BoundPartition::Part& rates = partition.parts[part];
        for (const uint32_t vertex : attached)
        {
            for (const FlowTopology::Hop& hop : m_topology.vertices[vertex].hops)
            {
                ++visits;
                const uint32_t rank = m_rankOfVertex[hop.peer];
                const bool carries = m_topology.vertices[hop.peer].isSwitch || rank != NONE;
                const bool isInside =
                    rank != NONE ? partition.partOfRank[rank] == part
                                 : std::binary_search(attached.begin(), attached.end(), hop.peer);
                if (carries && !isInside)
                {
                    rates.outRate += m_rates[hop.link];
                    rates.inRate += m_rates[hop.link ^ 1];
                }
            }
        }
        if (visits > MOST_VISITS)
        {
            // In large groups the others go without: that makes the bound lower, not wrong.
            rates.outRate = INFINITE;
            rates.inRate = INFINITE;
        }
    }
    Keep(std::move(partition));
}

void
BoundReader::Keep(BoundPartition partition)
{
    // Nothing gets out of a part either that does not get out of its ranks.
    std::vector<BoundPartition::Part> sums(partition.parts.size());
    for (uint32_t rank = 0; rank < m_group.size(); ++rank)
    {
        BoundPartition::Part& sum = sums[partition.partOfRank[rank]];
        sum.outRate += m_inputs.partitions.front().parts[rank].outRate;
        sum.inRate += m_inputs.partitions.front().parts[rank].inRate;
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
    {
        BoundPartition::Part& part = partition.parts[i];
        part.outRate = std::min(part.outRate, sums[i].outRate);
        part.inRate = std::min(part.inRate, sums[i].inRate);
    }
    partition.alphaPs = FindLeastLatency(partition.partOfRank);
    m_inputs.partitions.push_back(std::move(partition));
}

double
BoundReader::FindLeastLatency(const std::vector<uint32_t>& partOfRank) const
{
    // From all ranks at once (Dijkstra): what comes to a vertex first, and what comes first of
    // another part than that.
    std::vector<std::pair<uint32_t, uint32_t>> seen(m_topology.vertices.size(), {NONE, NONE});
    using Labeled = std::pair<uint64_t, std::pair<uint32_t, uint32_t>>;
    std::priority_queue<Labeled, std::vector<Labeled>, std::greater<>> frontier;
    const auto spread = [&](uint32_t vertex, uint32_t part, uint64_t latencyPs) {
        for (const FlowTopology::Hop& hop : m_topology.vertices[vertex].hops)
        {
            const bool hasPart = seen[hop.peer].first == part || seen[hop.peer].second != NONE;
            const bool carries =
                m_topology.vertices[hop.peer].isSwitch || m_rankOfVertex[hop.peer] != NONE;
            if (IsUp(hop) && carries && !hasPart)
            {
                frontier.push({latencyPs + hop.latencyPs, {hop.peer, part}});
            }
        }
    };
    for (uint32_t rank = 0; rank < m_group.size(); ++rank)
    {
        spread(m_topology.endpoints[m_group[rank]], partOfRank[rank], 0);
    }
    while (!frontier.empty())
    {
        const uint64_t latencyPs = frontier.top().first;
        const auto [vertex, part] = frontier.top().second;
        frontier.pop();
        const uint32_t rank = m_rankOfVertex[vertex];
        if (rank != NONE)
        {
            if (partOfRank[rank] != part)
            {
                return static_cast<double>(latencyPs);
            }
            continue;
        }
        auto& [first, second] = seen[vertex];
        if (first == part || second != NONE)
        {
            continue;
        }
        (first == NONE ? first : second) = part;
        spread(vertex, part, latencyPs);
    }
    return INFINITE;
}

std::pair<uint32_t, double>
BoundReader::FindFarthest(uint32_t rank) const
{
    std::vector<bool> isSeen(m_topology.vertices.size());
    Frontier frontier;
    frontier.push({0, m_topology.endpoints[m_group[rank]]});
    std::size_t reached = 0;
    while (!frontier.empty())
    {
        const auto [latencyPs, vertex] = frontier.top();
        frontier.pop();
        if (isSeen[vertex])
        {
            continue;
        }
        isSeen[vertex] = true;
        const uint32_t found = m_rankOfVertex[vertex];
        if (found != NONE && ++reached == m_group.size())
        {
            return {found, static_cast<double>(latencyPs)};
        }
        for (const FlowTopology::Hop& hop : m_topology.vertices[vertex].hops)
        {
            // Other ranks may pass data on, and be a short cut.
            const bool goesOn = found != NONE || m_topology.vertices[vertex].isSwitch;
            if (goesOn && IsUp(hop) && !isSeen[hop.peer])
            {
                frontier.push({latencyPs + hop.latencyPs, hop.peer});
            }
        }
    }
    return {rank, INFINITE};
}

} // namespace

BoundInputs
ReadBoundInputs(const FlowTopology& topology,
                uint32_t mtuBytes,
                uint32_t headerBytes,
                const CollectiveSpec& spec)
{
    return BoundReader(topology, mtuBytes, headerBytes, spec.group)
        .Read(spec.root, spec.kind == CollectiveKind::BROADCAST);
}

} // namespace opticalfabric
} // namespace ns3
