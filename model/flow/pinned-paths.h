/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PINNED_PATHS_H
#define OPTICAL_FABRIC_PINNED_PATHS_H

#include "ns3/flow-routes.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Whether a permutation of a network leaves the choice of paths by deterministic routing as
 * it is: whether it takes the next hop from a node to a destination to the next hop from the
 * node's image to the destination's image.
 *
 * Every destination is looked at, and every node on the way to it once. Endpoints with the same
 * attachments whose images have the same attachments as well choose alike, so that one of them is
 * looked at, or two: the other one where the first is the destination.
 */
class PinnedPaths
{
  public:
    /// @param routes paths, of deterministic routing; outlives this
    explicit PinnedPaths(FlowRoutes& routes)
        : m_routes(routes)
    {
    }

    /**
     * @param endpoints all that send and receive
     * @param images the endpoint that each of them becomes
     * @param links image by directed link
     * @return true if the path between the images of any two is the image of their path
     */
    bool AreKept(const std::vector<uint32_t>& endpoints,
                 const std::vector<uint32_t>& images,
                 const std::vector<uint32_t>& links);

  private:
    /// A transfer on its way, and its image.
    struct Place
    {
        uint32_t vertex{0};      ///< where it is
        uint32_t image{0};       ///< where its image is
        uint32_t path{0};        ///< what is left of the number of its path
        uint32_t imagePath{0};   ///< of its image's
        uint32_t destination{0}; ///< number of its destination

        /// @param other another @return true if they are the same
        bool operator==(const Place& other) const
        {
            return vertex == other.vertex && image == other.image && path == other.path &&
                   imagePath == other.imagePath && destination == other.destination;
        }
    };

    /// @param endpoints see AreKept @param images see AreKept
    /// @return numbers of the sources to look at
    std::vector<uint32_t> GetSources(const std::vector<uint32_t>& endpoints,
                                     const std::vector<uint32_t>& images) const;

    FlowRoutes& m_routes;        ///< paths
    std::vector<Place> m_passed; ///< by vertex, the place looked at last
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PINNED_PATHS_H */
