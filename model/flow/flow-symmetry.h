/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_SYMMETRY_H
#define OPTICAL_FABRIC_FLOW_SYMMETRY_H

#include "ns3/flow-bundles.h"
#include "ns3/flow-topology.h"
#include "ns3/transfer-symmetry.h"

#include <cstdint>
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
 * A permutation of the ranks is extended to the switches and links, from the endpoints upwards, and
 * every link has to be like its image: capacity, latency, whether routing may use it. With routing
 * that spreads flows over all shortest paths alike the images of a flow then take the images of its
 * paths, and get the same rate: max-min fair rates are unique. So links that are each other's
 * images (an orbit) carry the same, and a flow and its images together put
 *
 *     copies / links of the orbit * sum of the flow's shares on links of the orbit
 *
 * on each of them. This is exact.
 */
class FlowSymmetry
{
  public:
    /**
     * Find the least period with which a network has a symmetry.
     * @param topology the network
     * @param kind group of permutations, not NONE
     * @param endpoints endpoint by rank
     * @param multiple the period has to be a multiple of it
     */
    FlowSymmetry(const FlowTopology& topology,
                 TransferSymmetry::Kind kind,
                 const std::vector<uint32_t>& endpoints,
                 uint32_t multiple);

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

    /// @return what a link of each orbit carries, byte/ps
    std::vector<double> GetCapacities() const;

    /**
     * @param bundles bundles of links
     * @param uses what a flow puts on their links
     * @param links set to what it and its images put on a link of each orbit, which counts as a
     * link
     */
    void Fold(const FlowBundles& bundles,
              const std::vector<BundleUse>& uses,
              std::vector<LinkShare>& links) const;

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no vertex, no link

    /// @param topology the network; notes what follows from it alone
    void Survey(const FlowTopology& topology);
    /**
     * Extend a permutation of the endpoints.
     * @param topology the network
     * @param images image by vertex, of the endpoints; those of the switches are added
     * @param links set to image by directed link
     * @return false if there is no such
     */
    bool Extend(const FlowTopology& topology,
                std::vector<uint32_t>& images,
                std::vector<uint32_t>& links) const;
    /// @param topology the network @param a directed link @param b another @return whether alike
    bool AreAlike(const FlowTopology& topology, uint32_t a, uint32_t b) const;
    /// @param topology the network @param period to try @return true if it is one
    bool Try(const FlowTopology& topology, uint32_t period);
    /// @param images image by directed link, of each generator; makes the orbits
    void MakeOrbits(const std::vector<std::vector<uint32_t>>& images);

    TransferSymmetry m_ranks;                 ///< which rank stands for which
    std::vector<uint32_t> m_tiers;            ///< by vertex: hops from the nearest rank, or NONE
    std::vector<std::vector<uint16_t>> m_ups; ///< by vertex: ports to the next tier
    std::vector<std::pair<uint32_t, uint16_t>> m_from; ///< vertex and port by directed link
    uint32_t m_nLinks{0};             ///< directed links between vertices that count
    std::vector<uint32_t> m_orbits;   ///< by directed link
    std::vector<uint32_t> m_sizes;    ///< links by orbit
    std::vector<double> m_capacities; ///< by directed link, byte/ps
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_SYMMETRY_H */
