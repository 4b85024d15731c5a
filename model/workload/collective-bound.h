/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_BOUND_H
#define OPTICAL_FABRIC_COLLECTIVE_BOUND_H

#include "ns3/collective-spec.h"
#include "ns3/moe-traffic.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What keeps a collective from being faster. The comment gives the name in files.
 */
enum class BoundLimit : uint8_t
{
    NONE,    ///< empty: there is no bound
    LATENCY, ///< latency: messages that have to wait for one another
    RANK,    ///< rank: what the links of single ranks carry
    CUT,     ///< cut: what the links between groups of ranks carry
};

/**
 * @param limit limit
 * @return its name in files
 */
std::string ToString(BoundLimit limit);

/**
 * @ingroup optical-fabric
 * @brief A group's ranks in parts, and what the links out of each part carry.
 */
struct BoundPartition
{
    /// Some of the ranks.
    struct Part
    {
        uint64_t ranks{0}; ///< how many, at least 1
        double outRate{0}; ///< all that can leave it at once, byte/ps; may be infinite
        double inRate{0};  ///< all that can reach it at once, byte/ps; may be infinite
    };

    std::vector<uint32_t> partOfRank; ///< index in parts, by rank
    std::vector<Part> parts;          ///< all parts; at least 2
    double alphaPs{0};                ///< least latency between ranks of different parts, ps
};

/**
 * @ingroup optical-fabric
 * @brief What a lower bound has to know of a network and a group of ranks in it. Plain data.
 *
 * A latency is that of a message of no length: what links and nodes add whatever its size.
 */
struct BoundInputs
{
    uint32_t mtuBytes{0};    ///< payload of a full packet, bytes; at least 1
    uint32_t headerBytes{0}; ///< on the wire with every packet, bytes
    double farPs{0};         ///< least time from a rank, the root if there is one, to some rank
                             ///< far away, others between them included, ps
    double gapPs{0};         ///< least time between two packets of a rank, sent or received, ps
    std::vector<BoundPartition> partitions; ///< the first has each rank as a part
};

/**
 * @ingroup optical-fabric
 * @brief A time that no algorithm beats.
 */
struct CollectiveBound
{
    double timePs{std::numeric_limits<double>::quiet_NaN()}; ///< the time, ps; NaN: none is known
    BoundLimit limit{BoundLimit::NONE};                      ///< what sets it
};

/**
 * How long it takes at least until all ranks have heard from one: whoever has heard may tell
 * others, one message after another. In the postal model a message arrives a latency after it has
 * been sent, and a rank sends one per gap; the number of ranks that know is then a generalized
 * Fibonacci number of the time, which no schedule exceeds (A. Bar-Noy and S. Kipnis, Designing
 * broadcasting algorithms in the postal model for message-passing systems, SPAA 1992). Without
 * latency it is ceil(log2 ranks) messages; without a gap, one latency.
 *
 * @param ranks ranks, at least 1
 * @param alphaPs latency of a message once it has been sent, ps, >= 0
 * @param gapPs time to send it, before which the next one does not begin, ps, >= 0
 * @return ps; more than 65,536 ranks count as that many
 */
double GetSpreadTimePs(uint32_t ranks, double alphaPs, double gapPs);

/**
 * A lower bound on the time of a collective, from the first rank's start to the last one's end,
 * whatever the algorithm, as long as ranks make the reductions, and a message that says something
 * of a byte of a vector takes a byte for it. It is the greatest of the following, with w(b) what b
 * bytes in full packets are on the wire.
 *
 * - Latency: GetSpreadTimePs, as one rank's data must reach all (broadcast, all-gather, all-reduce,
 *   barrier), or all ranks' data one rank (reduce-scatter, all-to-all, by reversing time); and the
 *   latency to a far rank. The customary ceil(log2 p) alpha (E. Chan et al., Collective
 *   communication: theory, practice, and experience, Concurrency and Computation 19, 2007) is no
 *   bound here, as a rank can have many messages under way.
 * - Rank and cut: bytes that must leave or reach a part of the ranks take at least
 *   alpha + w(bytes) / rate: the first to pass a link, together with the last to pass it, have the
 *   least latency of a way through that link before and after it. The same holds for all parts
 *   together, with the sum of their rates. Parts of one rank are called rank, others cut.
 *
 * With p ranks, m parts, k ranks in a part, and n bytes as CollectiveSpec::bytes means them:
 *
 * - all-reduce: n bytes leave each part and n reach it: its sum, and that of the others. All
 *   together 2 (m-1) n: per byte it is gossip among m, which takes 2 (m-1) one-way messages
 *   (F. Harary and A. Schwenk, J. Franklin Institute 297, 1974; P. Patarasuk and X. Yuan, J.
 *   Parallel and Distributed Computing 69, 2009, for m = p).
 * - reduce-scatter: sums of the (p-k)/p n that others keep leave, of its own k/p n come; together
 *   (m-1) n, as every byte's sum takes something from m-1 other parts (Chan et al.).
 * - all-gather: k/p n leave, (p-k)/p n come; together (m-1) n, as every byte gets to m-1 parts.
 * - all-to-all: k (p-k)/p n leave, and as much comes.
 * - broadcast: n leave the root's part, n reach each other one; together (m-1) n.
 * - barrier: latency only.
 *
 * @param spec the collective; valid
 * @param inputs network and group
 * @return the bound; none for programs, for MoE (which has GetMoeBound), and if ranks cannot reach
 *         one another
 */
CollectiveBound GetCollectiveBound(const CollectiveSpec& spec, const BoundInputs& inputs);

/**
 * The same for a mixture-of-experts collective, from what its matrix sends from part to part. A
 * layer's experts compute between the last token's arrival and the first result's leaving, so its
 * time is at least twice the latency, expertTime, and the longer one of the exchanges; for a part
 * of one rank, the time to receive all tokens and to send all results.
 *
 * @param spec the collective, of an MoE kind; valid
 * @param traffic its matrix
 * @param inputs network and group
 * @return the bound; none if ranks cannot reach one another
 */
CollectiveBound GetMoeBound(const CollectiveSpec& spec,
                            const MoeTraffic& traffic,
                            const BoundInputs& inputs);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_BOUND_H */
