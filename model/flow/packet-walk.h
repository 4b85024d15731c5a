/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PACKET_WALK_H
#define OPTICAL_FABRIC_PACKET_WALK_H

#include "ns3/flow-topology.h"

#include <cstdint>
#include <random>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Which links the packets of a short transfer take, of all that it may be spread over.
 *
 * A transfer of fewer packets than there are links side by side uses no more links than it has
 * packets. Its packets are sent one by one over an idle network, as its nodes would: a source by
 * its ports in order, a switch that sprays by an even rotation that begins anywhere, an adaptive
 * one by the output that it has not used for longest.
 */
class PacketWalk
{
  public:
    /// Packets from which on a transfer is taken to use all its links.
    static constexpr uint64_t MANY_PACKETS = 256;

    /// @param topology the network; must outlive this @param seed of where rotations begin
    PacketWalk(const FlowTopology& topology, uint64_t seed);

    /**
     * @param links directed links on the shortest paths of a pair, ascending
     * @param source endpoint
     * @param destination endpoint
     * @param packets packets of the transfer, at least 1
     * @param nowPs the present, ps
     * @return those links that its packets take, ascending
     */
    std::vector<uint32_t> Take(const std::vector<uint32_t>& links,
                               uint32_t source,
                               uint32_t destination,
                               uint64_t packets,
                               uint64_t nowPs);

  private:
    /// @param hops of a vertex; m_choices of them lead on @param start index of the first to look
    /// at
    /// @return index of the one used least recently; of several, of the first
    uint32_t TakeIdlest(const std::vector<FlowTopology::Hop>& hops, uint32_t start) const;

    const FlowTopology& m_topology;   ///< the network
    std::mt19937 m_draw;              ///< where rotations begin
    std::vector<uint32_t> m_rotors;   ///< of each vertex: packets that it has sent on
    std::vector<uint64_t> m_usedAtPs; ///< of each directed link, ps
    std::vector<uint32_t> m_choices;  ///< ports of a vertex that lead on, for Take
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PACKET_WALK_H */
