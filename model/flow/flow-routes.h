/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_ROUTES_H
#define OPTICAL_FABRIC_FLOW_ROUTES_H

#include "ns3/flow-bundles.h"
#include "ns3/flow-topology.h"
#include "ns3/path-namer.h"
#include "ns3/route-finder.h"

#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The way of a flow: what it takes of the network while it lasts, and how late it arrives.
 */
struct FlowPath
{
    std::vector<BundleUse> uses; ///< share of its rate on each link of each bundle; empty: no way
    uint64_t latencyPs{0};       ///< from the last byte's leaving to its arrival, ps
    double storePsPerByte{0};    ///< what a packet takes longer than on the slowest link, ps/byte
    double slowestPs{0};         ///< time of a byte on the slowest link, ps
    double alonePs{0};           ///< time of a byte if nothing else is under way, ps
    double byteTimePs{0};        ///< mean time of a byte on the links out of the source, ps
    uint32_t ports{0};           ///< links out of the source
    uint32_t parts{0};           ///< ways of unlike rates that it divides into; 0: it goes as one
    double share{1};             ///< of the flow, if ports had what they carry; less for a part
    uint32_t held{0};            ///< switches that fill before a part's slow link stops its source
    uint32_t folded{0};          ///< list of its uses, where it stands for others
    double arriving{1};          ///< share of its packets that no dead end loses
    uint64_t portBits{0};        ///< ports of the source that a part takes, a bit for each
};

/**
 * @ingroup optical-fabric
 * @brief The paths of flows: where a transfer's bytes go, in the shares that the routing policy
 * gives.
 *
 * Deterministic and Ecmp keep a pair of endpoints to one path, the same as its packets take. Spray
 * and Adaptive spread it over all shortest paths: a source over its ports by what they carry, since
 * each port takes the next packet as it falls idle; a switch evenly (Spray), or by what its outputs
 * carry (Adaptive, whose queues settle there).
 *
 * If a source has ports beyond which the way is not equally fast, its flow divides into parts: the
 * ports with like ways are one. Credit lets a slow way take no more than it carries, and the source
 * sends the rest by its other ports.
 *
 * What pairs have in common is computed once: the way from the switches of a group of like
 * endpoints to those of a route class.
 */
class FlowRoutes
{
  public:
    /**
     * Begin anew; bundles are those of this network from then on.
     * @param topology the network
     * @param finder its paths, as routing knows them; outlives this, or the next call
     */
    void Load(FlowTopology topology, RouteFinder* finder);

    /**
     * @param source endpoint
     * @param destination another endpoint
     * @param path set to the way; the vector's memory is used again
     */
    void Find(uint32_t source, uint32_t destination, FlowPath& path);

    /**
     * @param source endpoint
     * @param destination another endpoint
     * @param part which of the parts that Find has told of, from 1; 0, or if it goes as one: all
     * @param path set to the way of that part alone; the vector's memory is used again
     */
    void FindPart(uint32_t source, uint32_t destination, uint32_t part, FlowPath& path);

    static constexpr uint32_t MAX_PARTS = 30; ///< of a flow; what differs beyond is one part

    /**
     * A directed link is not as before. What it carries counts at once.
     * @param hop the link as it is now
     * @return the bundle concerned, or FlowBundles::NONE; false if paths depend on it: Load is due
     */
    std::pair<uint32_t, bool> SetHop(const FlowTopology::Hop& hop);

    /// @return the bundles that paths use
    const FlowBundles& GetBundles() const
    {
        return m_bundles;
    }

    /// @return true if a bundle was split since the last call: paths found earlier are out of date
    bool TakeSplit()
    {
        return m_bundles.TakeSplit();
    }

    /// @return whether routing uses a link on which every frame is damaged: new paths do not help
    bool HasLosingLink() const
    {
        return m_hasLosingLink;
    }

    /// @return the network
    const FlowTopology& GetTopology() const
    {
        return m_topology;
    }

    /**
     * For Deterministic and Ecmp.
     * @param source endpoint
     * @param destination another endpoint
     * @return number of the path of its packets
     */
    uint32_t NamePath(uint32_t source, uint32_t destination);

    /// @param endpoint endpoint @return number of the group of those whose ports are like its own
    uint32_t GetGroup(uint32_t endpoint) const
    {
        return m_groups[endpoint];
    }

    /**
     * For Deterministic and Ecmp.
     * @param vertex a node
     * @param destination endpoint
     * @param path number of the path (NamePath); what is used up is taken off
     * @return where the node sends to; null if there is no way
     */
    const FlowTopology::Hop* FindPinnedHop(uint32_t vertex, uint32_t destination, uint32_t& path)
    {
        return ChoosePinned(vertex, GetAddress(destination), path);
    }

  private:
    /// Where a share of a flow is, on its way.
    struct Share
    {
        uint32_t vertex{0};       ///< node that it has reached
        double share{0};          ///< how much of the flow
        uint64_t latencyPs{0};    ///< longest way there, ps
        double storePsPerByte{0}; ///< likewise, until its first bit is on the last link, ps/byte
        double byteTimePs{0};     ///< time of a byte on that link, ps

        /// @return all members, for comparison
        auto Tie() const
        {
            return std::tie(vertex, share, latencyPs, storePsPerByte, byteTimePs);
        }

        /// @param other another @return true if it comes first in an order of any kind
        bool operator<(const Share& other) const
        {
            return Tie() < other.Tie();
        }
    };

    using Shares = std::vector<Share>; ///< a flow on its way, by vertex

    /// Part of a way.
    struct Segment
    {
        uint32_t list{0};     ///< what it uses, FlowBundles
        uint32_t shares{0};   ///< where it leads, m_shares
        double byteTimePs{0}; ///< time of a byte on the slowest link, ps
        double meanPs{0};     ///< harmonic mean of the time of a byte on its links, ps
        double alonePs{0};    ///< time that a byte of the flow takes of a link at most, ps
        uint32_t links{0};    ///< links it uses
        bool isEven{true};    ///< its links of a hop carry alike what the flow puts on them
    };

    /// Ports of a source with like ways to a destination.
    struct Part
    {
        uint32_t choice{0}; ///< which ports, m_choices
        double share{0};    ///< of what all ports carry
        uint32_t held{0};   ///< see FlowPath
    };

    /// What a way is like, hop by hop: time that a byte takes of a link at most, and what all
    /// carry.
    using Profile = std::vector<std::pair<float, float>>;

    /// Switches on the way out, and what reaches the destination.
    struct Front
    {
        std::map<uint32_t, Share> shares; ///< by vertex
        std::vector<LinkShare> links;     ///< links taken
        double byteTimePs{0};             ///< time of a byte on the slowest of them, ps
        double alonePs{0}; ///< time that a byte of the flow takes of one of them at most, ps
    };

    /**
     * Move a share over a link.
     * @param from the share
     * @param hop the link
     * @param part how much of it takes that link
     * @param level hops from the source
     * @param front added to
     */
    void Move(const Share& from,
              const FlowTopology::Hop& hop,
              double part,
              uint32_t level,
              Front& front) const;
    /**
     * @param storePsPerByte until a packet's first bit is on a link, ps/byte
     * @param byteTimePs time of a byte there, ps
     * @param hop the link after it
     * @return until its first bit is on that, latencies apart, ps/byte
     */
    double GetStore(double storePsPerByte, double byteTimePs, const FlowTopology::Hop& hop) const;
    /**
     * Spread a share over a node's outputs.
     * @param from the share
     * @param ports outputs to choose from
     * @param level hops from the source
     * @param front added to
     */
    void Spread(const Share& from,
                const std::vector<uint16_t>& ports,
                uint32_t level,
                Front& front) const;
    /**
     * @param front links and where they lead
     * @return it as a segment
     */
    Segment Keep(const Front& front);

    /// Ways from a group of endpoints to a route class, or to an endpoint attached to them.
    struct Way
    {
        uint32_t choice{0}; ///< which of the group's sets of ports, m_choices
        bool isOpen{false}; ///< the middle is known
        Segment middle;     ///< from the switches next to the group to the class's
    };

    /**
     * @param source endpoint
     * @param destination endpoint
     * @return the way of its group
     */
    Way& FindWay(uint32_t source, uint32_t destination);
    /// @param source endpoint @param choice its ports @return the way out of it
    const Segment& FindStart(uint32_t source, uint32_t choice);
    /// @param start the way out of the source @param routeClass class of the destination
    /// @return from there to the switches that the class is attached to, or to its only member
    Segment FindMiddle(const Segment& start, uint16_t routeClass);
    /// @param shares where the middle leads, m_shares @param destination endpoint
    /// @return from there to the destination
    const Segment& FindEnd(uint32_t shares, uint32_t destination);

    /// @param link directed link @return it
    const FlowTopology::Hop& GetHop(uint32_t link) const
    {
        return m_topology.vertices[m_from[link].first].hops[m_from[link].second];
    }

    /// @param destination endpoint @return its address
    RouteAddress GetAddress(uint32_t destination) const;
    /// @param vertex a node @param to address @return the port to that endpoint, attached to it
    const FlowTopology::Hop* GetLast(uint32_t vertex, const RouteAddress& to);
    /**
     * @param vertex a node
     * @param to address
     * @param path number of the path; what is used up is taken off
     * @return where it sends to; null if there is no way
     */
    const FlowTopology::Hop* ChoosePinned(uint32_t vertex, const RouteAddress& to, uint32_t& path);
    /// @param source, destination, path as in Find
    void FindPinned(uint32_t source, uint32_t destination, FlowPath& path);
    /**
     * @param start the way out of the source
     * @param middle from there to the destination's switches, or to the destination
     * @param end from there to the destination
     * @param destination endpoint
     * @param path set to that way
     * @return whether all of it arrives
     */
    bool Assemble(const Segment& start,
                  const Segment& middle,
                  const Segment& end,
                  uint32_t destination,
                  FlowPath& path) const;
    /// @param source endpoint @param destination endpoint @param choice ports it leaves by
    /// @return the parts of its flow; none: all ports have like ways
    const std::vector<Part>& FindParts(uint32_t source, uint32_t destination, uint32_t choice);
    /// @param source endpoint @param port of it @param destination endpoint
    /// @return what the way by that port alone is like
    Profile GetProfile(uint32_t source, uint16_t port, uint32_t destination);
    /**
     * Move a flow one hop on.
     * @param shares the flow on its way
     * @param level hops from the source
     * @param routeClass where to
     * @param front its links are added to, its shares are set to where the flow is then
     * @param there added to: what stays, at the destination or next to it, or without a way
     */
    void Step(const Shares& shares,
              uint32_t level,
              uint16_t routeClass,
              Front& front,
              std::map<uint32_t, Share>& there);
    /// @param shares where the middle leads @param destination endpoint @param front added to
    void Arrive(const Shares& shares, uint32_t destination, Front& front);
    /// @param ports to leave by @return their number in m_choices
    uint32_t FindChoice(const std::vector<uint16_t>& ports);

    /// @param high one number @param low another @return both as one
    static uint64_t GetKey(uint32_t high, uint32_t low)
    {
        return uint64_t{high} << 32 | low;
    }

    /// Put endpoints with like ports into groups.
    void MakeGroups();
    FlowTopology m_topology;                           ///< the network
    RouteFinder* m_finder{nullptr};                    ///< its paths
    PathNamer m_namer;                                 ///< paths that pairs keep to
    FlowBundles m_bundles;                             ///< links that are used alike
    std::vector<uint32_t> m_groups;                    ///< group by endpoint
    std::vector<std::pair<uint32_t, uint16_t>> m_from; ///< vertex and port by directed link
    bool m_hasLosingLink{false};                       ///< see HasLosingLink

    std::map<Shares, uint32_t> m_known; ///< index in m_shares
    std::vector<Shares> m_shares;       ///< where segments lead

    std::map<std::vector<uint16_t>, uint32_t> m_knownChoices; ///< index in m_choices
    std::vector<std::vector<uint16_t>> m_choices;             ///< ports to leave by
    std::unordered_map<uint64_t, Segment> m_starts;           ///< by endpoint and choice
    std::unordered_map<uint64_t, Way> m_ways;                 ///< by group and class
    std::unordered_map<uint64_t, Segment> m_middles;          ///< of parts, by shares and class
    std::unordered_map<uint64_t, Segment> m_ends;             ///< by shares and endpoint
    std::unordered_map<uint64_t, std::vector<Part>> m_parts;  ///< by group and endpoint
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_ROUTES_H */
