/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_INTERCHANGEABLE_PARTS_H
#define OPTICAL_FABRIC_INTERCHANGEABLE_PARTS_H

#include "ns3/flow-topology.h"

#include <cstdint>
#include <tuple>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Something that is to be remembered of a node, or of a link between two nodes.
 */
struct PartMark
{
    static constexpr uint32_t NONE = UINT32_MAX; ///< no vertex

    uint32_t one{0};      ///< vertex
    uint32_t other{NONE}; ///< vertex at the far end of a link; NONE: it is about the node itself
    uint32_t value{0};    ///< what it is

    /// @return all members, for comparison
    auto Tie() const
    {
        return std::tie(one, other, value);
    }

    /// @param mark another @return whether this one comes first
    bool operator<(const PartMark& mark) const
    {
        return Tie() < mark.Tie();
    }

    /// @param mark another @return whether both are the same
    bool operator==(const PartMark& mark) const
    {
        return Tie() == mark.Tie();
    }
};

/**
 * @ingroup optical-fabric
 * @brief Parts of a network that may change places with each other, everything else staying where
 * it is: endpoints of a switch, hosts with the switches on their boards, leaves with what hangs
 * from them, spines, planes.
 *
 * Parts are the components that are left of the network without the tiers above some tier, or
 * without those below (tier 0 are the endpoints, tier 1 the switches next to them, and so on). Two
 * of them are interchangeable if the vertices of both, in the order of their numbers, have the same
 * colours and the same links: within the part to vertices at the same places, and outside of it to
 * the same vertices. That is checked link by link, so every change of places is an automorphism of
 * the network for certain, and so is any number of them one after the other. Parts whose vertices
 * are not numbered in like order are not recognized, which costs nothing but speed.
 *
 * Nothing changes after the constructor: several threads may call.
 */
class InterchangeableParts
{
  public:
    /**
     * @param topology the network; links are alike if they carry the same in both directions
     * @param colors by vertex: what else tells one from another
     */
    InterchangeableParts(const FlowTopology& topology, const std::vector<uint32_t>& colors);

    /**
     * @brief Let parts change places so that marks come to stand as far in front as they can.
     *
     * What comes out is the image of the marks under an automorphism: marks that become the same
     * are images of each other, for certain. The other way round it is colour refinement, with ties
     * broken by taking the first: images become the same unless there are ties between parts that
     * are no images of each other, as between rings of marks that have different lengths.
     *
     * @param marks marks of vertices and links of the network, in any order
     * @return their images, sorted; ends of a link in the order of their numbers
     */
    std::vector<PartMark> Canonize(const std::vector<PartMark>& marks) const;

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no part, no class

    /// Some vertices that change places together.
    struct Part
    {
        std::vector<uint32_t> vertices; ///< by their numbers
        uint32_t classNumber{NONE};     ///< which it may change places with; NONE: with no other
    };

    /// Parts that are cut off by the same tier.
    struct Level
    {
        std::vector<uint32_t> partOf; ///< by vertex, or NONE
        std::vector<uint32_t> places; ///< by vertex: its place in the part
        std::vector<Part> parts;      ///< all parts
        /// Parts that may change places with each other.
        std::vector<std::vector<uint32_t>> classes;
    };

    /// Colours of the parts that marks touch, each one's own.
    class Coloring;

    /// @param topology the network; sets m_tiers
    void FindTiers(const FlowTopology& topology);
    /**
     * @param topology the network
     * @param colors by vertex
     * @param isIn by vertex: what parts consist of
     */
    void AddLevel(const FlowTopology& topology,
                  const std::vector<uint32_t>& colors,
                  const std::vector<bool>& isIn);
    /**
     * @param topology the network
     * @param colors by vertex
     * @param level the part's
     * @param part a part
     * @return what is the same for parts that are interchangeable, and only for those
     */
    std::vector<uint64_t> Encode(const FlowTopology& topology,
                                 const std::vector<uint32_t>& colors,
                                 const Level& level,
                                 const Part& part) const;

    std::vector<uint32_t> m_tiers;    ///< by vertex: links from the nearest endpoint
    std::vector<uint32_t> m_colors;   ///< by vertex
    std::vector<double> m_capacities; ///< by directed link: what it carries, byte/ps
    std::vector<Level> m_levels;      ///< large parts before those that they contain
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_INTERCHANGEABLE_PARTS_H */
