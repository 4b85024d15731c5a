/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_ORBITS_H
#define OPTICAL_FABRIC_FLOW_ORBITS_H

#include "ns3/disjoint-sets.h"
#include "ns3/flow-tiers.h"
#include "ns3/flow-topology.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Which ranks, switches and links of a network are each other's images under automorphisms
 * of it: permutations of the nodes that leave every link as it is, and every rank a rank.
 *
 * What is tried are exchanges of two parts of the network that leave everything else in its place:
 * two endpoints of a leaf, two leaves with what hangs from them, two pods, two spines, two planes.
 * Parts are the components that are left of the network without the tiers above some tier, or
 * without those below. Colour refinement, with every node outside of a colour of its own, says
 * which may be exchanged and which node for which; then every link is compared with its image, and
 * only an exchange that holds counts. So nodes in one orbit are images for certain; nodes in two
 * orbits may be images under an automorphism that was not tried.
 *
 * With n links it takes O(n log n) time for each tier and round of refinement.
 */
class FlowOrbits
{
  public:
    /**
     * @param topology the network
     * @param tiers what of it counts
     */
    FlowOrbits(const FlowTopology& topology, const FlowTiers& tiers);

    /// @param vertex a vertex that counts @return the vertex that names its orbit
    uint32_t GetVertexOrbit(uint32_t vertex)
    {
        return m_vertexSets.Find(vertex);
    }

    /// @return directed links by orbit
    DisjointSets& GetLinkSets()
    {
        return m_linkSets;
    }

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no vertex

    /// A link as one of its ends sees it.
    struct Neighbor
    {
        uint32_t like{0}; ///< links with the same number are alike, both directions of them
        uint32_t peer{0}; ///< vertex at the far end
        uint32_t link{0}; ///< directed link there
    };

    using Part = std::vector<uint32_t>; ///< vertices that change places together

    /// @param topology the network @param tiers what of it counts; finds the neighbours of each
    void Survey(const FlowTopology& topology, const FlowTiers& tiers);
    /// @param tiers what counts @param isMoving by vertex; exchange parts that consist of these
    void ExchangeParts(const FlowTiers& tiers, const std::vector<bool>& isMoving);
    /// @param tiers what counts @param isMoving by vertex; sets m_colors
    void Refine(const FlowTiers& tiers, const std::vector<bool>& isMoving);
    /// @param tiers what counts @param isMoving by vertex
    /// @return components of these, their vertices by colour
    std::vector<Part> GetParts(const FlowTiers& tiers, const std::vector<bool>& isMoving) const;
    /// @param one a part @param other another, with the same colours; unite them if they are images
    void Exchange(const Part& one, const Part& other);
    /**
     * Say which vertex changes places with which.
     * @param one a part
     * @param other another, with the same colours; m_images is set for the vertices of both
     * @return false if there is no way
     */
    bool Match(const Part& one, const Part& other);
    /// @param vertex a vertex @param image its image; match what is next to them
    /// @param queue pairs found @return false if that cannot be
    bool MatchNeighbors(uint32_t vertex,
                        uint32_t image,
                        std::vector<std::pair<uint32_t, uint32_t>>& queue);
    /// @param vertex a vertex @return its links, each with the image of its far end, sorted
    std::vector<Neighbor> GetMoved(uint32_t vertex) const;

    std::vector<std::vector<Neighbor>> m_neighbors; ///< by vertex
    std::vector<uint32_t> m_colors;                 ///< by vertex
    std::vector<uint32_t> m_images;                 ///< by vertex: where it goes
    std::vector<bool> m_isMatched;                  ///< by vertex: m_images says so
    DisjointSets m_vertexSets;                      ///< orbits of vertices
    DisjointSets m_linkSets;                        ///< orbits of directed links
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_ORBITS_H */
