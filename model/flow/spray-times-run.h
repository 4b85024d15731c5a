/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SPRAY_TIMES_RUN_H
#define OPTICAL_FABRIC_SPRAY_TIMES_RUN_H

#include "spray-times.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/*
 * What SprayTimes works with; for its own sources only.
 */

namespace ns3
{
namespace opticalfabric
{

/*
 * Endpoints whose links to all planes are alike are a group, and stand for one another: a link of
 * one of them carries what one of them sends or gets.
 */
class SprayTimes::Traffic
{
  public:
    /// Endpoints that are alike.
    struct Group
    {
        std::vector<std::vector<Hop>> ports; ///< of one of them, by plane, those that are up
        std::vector<uint32_t> met;           ///< switches it has links to, sorted
        double size{0};                      ///< how many there are
    };

    /// Transfers from a group.
    struct Flow
    {
        uint32_t source;  ///< group
        double transfers; ///< how many, above 0
    };

    /**
     * @param times the network
     * @param planes planes that carry them
     * @param pattern who sends to whom
     * @param endpoints those that do
     * @param capacities of directed links, byte/ps
     */
    Traffic(const SprayTimes& times,
            const std::vector<uint32_t>& planes,
            Pattern pattern,
            const std::vector<uint32_t>& endpoints,
            const std::vector<double>& capacities);

    std::vector<Group> groups;            ///< all groups
    std::vector<std::vector<Flow>> flows; ///< by destination, a group
    std::vector<std::size_t> first;       ///< by destination: flows to those before
    double transfers{0};                  ///< of all flows

  private:
    /// @param pattern who sends to whom @param source group @param destination group
    /// @return transfers between them
    double CountTransfers(Pattern pattern, uint32_t source, uint32_t destination) const;
};

/*
 * To each group of destinations the traffic of all sources goes together: where a switch sends a
 * byte depends on where it is going, and not on where it came from. So a destination takes one pass
 * over the links of the plane, from the switches furthest off to those next to it.
 */
class SprayTimes::Run
{
  public:
    /**
     * @param plane the plane
     * @param place its place among those that carry the traffic
     * @param routing how switches spread
     * @param traffic transfers
     * @param capacities of directed links, byte/ps
     */
    Run(const Plane& plane,
        std::size_t place,
        Routing::Kind routing,
        const Traffic& traffic,
        const std::vector<double>& capacities)
        : m_plane(plane),
          m_place(place),
          m_routing(routing),
          m_traffic(traffic),
          m_capacities(capacities)
    {
    }

    /**
     * @param shares by flow: how much of it this plane carries; empty: all
     * @return until all have ended, ps
     */
    double Carry(const std::vector<double>& shares);
    /// @return by flow: the largest load / capacity on its way after Carry, ps; infinite: no way
    std::vector<double> FindWorst();
    /// @return by flow: for each hop of its way the largest share of it / capacity, ps/byte
    std::vector<std::vector<double>> FindProfiles();

  private:
    /// @param destination group; finds how far switches are from it
    void FindDistances(const Traffic::Group& destination);
    /// @param group a source @return links from the nearest switch that it has a port to, or NONE
    uint32_t FindNearest(const Traffic::Group& group) const;
    /**
     * @param group source
     * @param bytes what it sends
     * @return false if there is no way
     */
    bool Send(const Traffic::Group& group, double bytes);
    /// @param destination group; what has reached switches goes there
    void Deliver(const Traffic::Group& destination);
    /**
     * @param from a switch
     * @param destination group
     * @param call called with the switch at the far end and the directed link, for each way
     */
    template <typename F>
    void ForEachWay(uint32_t from, const Traffic::Group& destination, F&& call) const;

    /// @param bytes bytes @param link directed link that carries them, besides what it does
    void Load(double bytes, uint32_t link)
    {
        m_loads[link] += bytes;
        m_timePs = std::max(m_timePs, GetRatio(link));
    }

    /// @param link directed link @return its load / capacity, ps
    double GetRatio(uint32_t link) const
    {
        return m_loads[link] / m_capacities[link];
    }

    /// @param link directed link @return its weight where a switch spreads
    double GetWeight(uint32_t link) const
    {
        return m_routing == Routing::ADAPTIVE ? m_capacities[link] : 1;
    }

    const Plane& m_plane;                    ///< the plane
    std::size_t m_place;                     ///< its place in Traffic::Group::ports
    Routing::Kind m_routing;                 ///< how switches spread
    const Traffic& m_traffic;                ///< transfers
    const std::vector<double>& m_capacities; ///< of directed links, byte/ps
    std::vector<double> m_loads;             ///< by directed link: bytes
    double m_timePs{0};                      ///< the largest ratio so far, ps

    std::vector<uint32_t> m_distances; ///< by switch: links to the destination, or NONE
    std::vector<uint32_t> m_order;     ///< switches by distance
    std::vector<double> m_arrived;     ///< by switch: bytes for the destination
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SPRAY_TIMES_RUN_H */
