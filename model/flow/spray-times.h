/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SPRAY_TIMES_H
#define OPTICAL_FABRIC_SPRAY_TIMES_H

#include "ns3/flow-topology.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How long equal transfers between many endpoints take that all begin at once, each spread
 * over all shortest paths, plane by plane.
 *
 * A plane is what is left connected of the switches of the whole network when its endpoints are
 * taken away. In a plane an endpoint spreads what it sends over its ports that are on shortest
 * paths by what they carry, and a switch evenly (Routing::SPRAY) or by what its outputs carry
 * (Routing::ADAPTIVE), as FlowRoutes has it.
 *
 * With max-min fair rates the last transfers end after the largest load / capacity of all links,
 * where the load is the bytes of all transfers that take the link, in these shares. For rates begin
 * to rise together, and the first link that is full is one with the largest ratio: all transfers
 * over it have the least rate of all, and keep it, as all of them last the same time and no other
 * one is slower. So the time needs no solver, and is exact. Latencies are left out.
 *
 * Nothing changes after the constructor: several threads may call.
 */
class SprayTimes
{
  public:
    /// Who sends to whom.
    enum Pattern : uint8_t
    {
        ALL_PAIRS,      ///< everyone to everyone else
        OTHER_SWITCHES, ///< everyone to all with whom it has no switch in common
        RING            ///< everyone to the next, the last to the first
    };

    /// How long the transfers take, if each of them is one byte.
    struct Times
    {
        /// By plane that was asked for: until all have ended if it carries all of them, ps;
        /// infinite if a pair has no way there.
        std::vector<double> planesPs;
        /// Until all have ended if each pair spreads its transfer over the planes by what is left
        /// to it there: in inverse proportion to the largest load / capacity that its way has in
        /// each plane while all planes carry the same; and in further rounds by its root, while
        /// they carry what they did in the round before; the least of all rounds; ps; infinite if a
        /// pair has no way at all.
        double spreadPs{0};
        double transfers{0}; ///< how many there are
    };

    /**
     * @param topology the network, whole; Spray or Adaptive
     * @throw std::invalid_argument if routing is another one, or if there are no switches
     */
    explicit SprayTimes(const FlowTopology& topology);

    /// @return planes
    uint32_t GetNPlanes() const;
    /// @return what each directed link of the whole network carries, byte/ps
    const std::vector<double>& GetCapacities() const;
    /**
     * @param endpoint endpoint
     * @param plane a plane
     * @return what its ports there carry on the whole network, byte/ps
     */
    double GetPortCapacity(uint32_t endpoint, uint32_t plane) const;

    /**
     * @param planes planes that carry the transfers, each once
     * @param pattern who sends to whom
     * @param endpoints those that do, in rising order
     * @param capacities what directed links carry now, byte/ps; 0: routing does not use it. If a
     *        link has no direction left the other one must have none either.
     * @param rounds how often pairs look at what is left to them, 1 or more; with more than one
     *        only pairs whose ways are not alike in all planes do
     * @return how long it takes
     */
    Times GetTimes(const std::vector<uint32_t>& planes,
                   Pattern pattern,
                   const std::vector<uint32_t>& endpoints,
                   const std::vector<double>& capacities,
                   uint32_t rounds = 1) const;
    /**
     * @param endpoints endpoints, in rising order
     * @param capacities what directed links carry now, byte/ps
     * @return a largest set of them that all reach each other, over whatever planes, as far as
     *         taking those first that most have in common finds it; of several such sets the one
     *         with the lowest endpoints. Empty if none has a link.
     */
    std::vector<uint32_t> FindReached(const std::vector<uint32_t>& endpoints,
                                      const std::vector<double>& capacities) const;

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< not there

    /// A link out of a switch or an endpoint.
    struct Hop
    {
        uint32_t peer; ///< switch at the far end, numbered in its plane
        uint32_t link; ///< directed link
    };

    /// Switches that are connected.
    struct Plane
    {
        std::vector<std::vector<Hop>> hops;  ///< by switch: links to others
        std::vector<std::vector<Hop>> ports; ///< by endpoint: links to switches of the plane
    };

    /// Transfers between groups of endpoints that are alike.
    class Traffic;
    /// Work of a plane that is being done.
    class Run;

    /// @param runs of all planes @return by flow: whether its way in one plane is unlike another
    static std::vector<bool> FindUnlike(std::vector<Run>& runs);

    Routing::Kind m_routing;          ///< how switches spread
    std::vector<double> m_capacities; ///< see GetCapacities
    std::vector<Plane> m_planes;      ///< all planes
    /// By plane: switches of those before; and the number of all.
    std::vector<uint32_t> m_firstSwitch;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SPRAY_TIMES_H */
