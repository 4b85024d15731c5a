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
 * looked at. Where there are several ports to choose from by destination minus source, those alike
 * have the same number modulo the ports too, and all of them are looked at where the destination
 * lies between them.
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

    /// Sources that choose alike.
    struct Alike
    {
        std::vector<uint32_t> members;   ///< their numbers
        uint32_t least{UINT32_MAX};      ///< least endpoint among them
        uint32_t most{0};                ///< greatest
        uint32_t leastImage{UINT32_MAX}; ///< of their images
        uint32_t mostImage{0};           ///< likewise
    };

    /// @param endpoints see AreKept @param images see AreKept; sets m_alike and m_hasPorts
    void FindAlike(const std::vector<uint32_t>& endpoints, const std::vector<uint32_t>& images);
    /**
     * @param endpoints see AreKept
     * @param images see AreKept
     * @param destination number of a destination
     * @param sources set to the numbers of the sources to look at
     */
    void ListSources(const std::vector<uint32_t>& endpoints,
                     const std::vector<uint32_t>& images,
                     uint32_t destination,
                     std::vector<uint32_t>& sources) const;

    FlowRoutes& m_routes;        ///< paths
    std::vector<Alike> m_alike;  ///< all sources
    bool m_hasPorts{false};      ///< endpoints have ports to choose from
    std::vector<Place> m_passed; ///< by vertex, the place looked at last
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PINNED_PATHS_H */
