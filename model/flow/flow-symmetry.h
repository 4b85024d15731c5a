/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_SYMMETRY_H
#define OPTICAL_FABRIC_FLOW_SYMMETRY_H

#include "ns3/disjoint-sets.h"
#include "ns3/flow-bundles.h"
#include "ns3/flow-routes.h"
#include "ns3/flow-tiers.h"
#include "ns3/transfer-symmetry.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Proves that a network looks the same from ranks that do the same, and says what the flows
 * of the ranks that stand for all put on its links.
 *
 * A rotation or an exchange of the ranks is extended to the switches and links, from the endpoints
 * upwards, and every link has to be like its image: capacity, latency, whether routing may use it.
 * Of all permutations those are used that FlowOrbits finds. With routing that spreads flows over
 * all shortest paths alike the images of a flow then take the images of its paths; with
 * deterministic routing that is checked for every pair. So they get the same rate: max-min fair
 * rates are unique. Links that are each other's images (an orbit) carry the same, and a flow and
 * its images together put
 *
 *     copies / links of the orbit * sum of the flow's shares on links of the orbit
 *
 * on each of them. This is exact.
 */
class FlowSymmetry
{
  public:
    /**
     * Find the least period with which a network has a symmetry, or the orbits of permutations.
     * @param routes the network and its paths; outlives this
     * @param kind group of permutations, not NONE
     * @param endpoints endpoint by rank
     * @param multiple the period has to be a multiple of it; nothing for PERMUTATION
     * @param most the period may be at most so long; nothing for PERMUTATION
     */
    FlowSymmetry(FlowRoutes& routes,
                 TransferSymmetry::Kind kind,
                 const std::vector<uint32_t>& endpoints,
                 uint32_t multiple,
                 uint32_t most);

    /// @return true if some ranks can stand for others
    bool IsThere() const
    {
        return m_ranks.kind != TransferSymmetry::NONE;
    }

    /// @return which stand for which
    const TransferSymmetry& GetRanks() const
    {
        return m_ranks;
    }

    /// @return number of orbits
    uint32_t GetNOrbits() const
    {
        return static_cast<uint32_t>(m_sizes.size());
    }

    /// @param link directed link @return its orbit; FlowBundles::NONE if no rank can reach it
    uint32_t GetOrbit(uint32_t link) const
    {
        return m_orbits[link];
    }

    /// @return what a link of each orbit carries while the far end has room, byte/ps
    std::vector<double> GetCapacities() const;

    /// @return what it carries for long, byte/ps
    std::vector<double> GetLasting() const;

    /**
     * @param uses what a flow puts on the links of the routes' bundles
     * @param copies flows that it and its images are
     * @param links set to what they put on a link of each orbit, which counts as a link
     */
    void Fold(const std::vector<BundleUse>& uses,
              uint32_t copies,
              std::vector<LinkShare>& links) const;

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no vertex, no link

    /// A permutation of the network.
    struct Images
    {
        std::vector<uint32_t> vertices; ///< image by vertex, or NONE
        std::vector<uint32_t> links;    ///< image by directed link, or NONE
    };

    /// @param multiple see the constructor @param most likewise @return true if there is a period
    bool FindPeriod(uint32_t multiple, uint32_t most);
    /// @return true if orbits of permutations were found, and some ranks can stand for others
    bool FindOrbits();
    /// Find the ports that lead to the next tier.
    void FindUps();
    /// @param images of the endpoints; those of the switches and links are added
    /// @return false if there are no such
    bool Extend(Images& images) const;
    /// @param a directed link @param b another @return whether they are alike
    bool AreAlike(uint32_t a, uint32_t b) const;
    /// @param step by which ranks are turned, or which bits of them @param rank rank @return image
    uint32_t GetImage(uint32_t step, uint32_t rank) const;
    /**
     * With deterministic routing.
     * @param images a permutation of the network
     * @param step what it does to the ranks
     * @return true if the path between the images of any two ranks is the image of their path
     */
    bool KeepsPaths(const Images& images, uint32_t step) const;
    /// @param period to try @return true if it is one
    bool Try(uint32_t period);
    /// @param sets directed links that are each other's images; numbers the orbits
    void NumberOrbits(DisjointSets& sets);

    FlowRoutes& m_routes;                     ///< paths
    const FlowTopology& m_topology;           ///< the network
    TransferSymmetry m_ranks;                 ///< which rank stands for which
    FlowTiers m_tiers;                        ///< what of the network counts
    std::vector<std::vector<uint16_t>> m_ups; ///< by vertex: ports to the next tier
    std::vector<uint32_t> m_orbits;           ///< by directed link
    std::vector<uint32_t> m_sizes;            ///< links by orbit
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_SYMMETRY_H */
