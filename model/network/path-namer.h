/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PATH_NAMER_H
#define OPTICAL_FABRIC_PATH_NAMER_H

#include "ns3/fabric-floor.h"
#include "ns3/route-classes.h"

#include <array>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Whether the hashes by which nodes choose a path (Routing::ECMP) differ from node to node.
 */
struct EcmpSalt
{
    /// The choices.
    enum Kind : uint8_t
    {
        PER_SWITCH, ///< each node has a salt of its own: choices are independent
        SAME        ///< one salt for all: a choice follows from the one before (polarization)
    };
};

/**
 * @ingroup optical-fabric
 * @brief Gives the path that a pair of endpoints keeps to, with Deterministic and Ecmp routing, a
 * number that is read in mixed radix: a node with k choices takes number mod k, and the rest goes
 * on (PathChoice). It is computed once, so that a hop costs a division whatever the rule is.
 *
 * Deterministic: each destination has a place, next to those attached alike. On the way up the
 * place is read in mixed radix, as destination modulo k; of links side by side, the number of the
 * one taken is left for the next switch. On the way down, where only links side by side are left,
 * the path takes the one with the number of that taken up at that level (Zahavi, "D-Mod-K routing
 * providing non-blocking traffic for shift permutations on real life fat trees", CCIT report 776,
 * 2010). Ports of an endpoint, at either end, are chosen by destination minus source.
 *
 * Ecmp: every node with a choice hashes source, destination and its salt.
 */
class PathNamer
{
  public:
    /// No network.
    PathNamer() = default;

    /**
     * @param graph the network as routing may use it
     * @param classes its endpoints
     * @param routing Routing::DETERMINISTIC or ECMP
     */
    PathNamer(const RouteGraph& graph, const RouteClasses& classes, Routing::Kind routing);

    /**
     * @param salt any number
     * @param kind which nodes have it
     */
    void SetSalt(uint64_t salt, EcmpSalt::Kind kind)
    {
        m_salt = salt;
        m_saltKind = kind;
    }

    /**
     * @tparam Find function of a vertex; gives its next hops towards the destination, with
     *         members count, isDirect (a port for each member of the class, no choice) and
     *         GetPort(choice)
     * @param source endpoint
     * @param destination another endpoint
     * @param find next hops
     * @return number of the path
     */
    template <typename Find>
    uint32_t Name(uint32_t source, uint32_t destination, Find&& find) const
    {
        constexpr uint64_t MOST = uint64_t{1} << 32;
        Walk walk(*this, source, destination);
        uint64_t name = 0;
        uint64_t scale = 1;
        for (uint32_t hop = 0; hop < MAX_HOPS && walk.vertex != walk.target; ++hop)
        {
            const auto next = find(walk.vertex);
            if (next.isDirect || next.count == 0)
            {
                break;
            }
            const uint32_t first = GetPort(walk.vertex, next.GetPort(0)).peer;
            const uint32_t choice = Choose(walk, next.count, first);
            if (scale * next.count > MOST)
            {
                return static_cast<uint32_t>(name);
            }
            name += choice * scale;
            scale *= next.count;
            Move(walk, next.GetPort(choice));
        }
        // What is left serves where a link that failed makes the path another one.
        return static_cast<uint32_t>(name + walk.digits % (MOST / scale) * scale);
    }

  private:
    static constexpr uint32_t MAX_LEVELS = 8; ///< levels whose choice is remembered
    static constexpr uint32_t MAX_HOPS = 64;  ///< more have no choice by number

    /// A port of a node.
    struct Port
    {
        uint32_t peer{RouteGraph::NOWHERE}; ///< vertex at the far end
        uint16_t number{0};                 ///< links to the same vertex at ports before it
        uint16_t beside{1};                 ///< links to the same vertex
    };

    /// A pair on its way.
    struct Walk
    {
        /// @param namer the network @param from source @param to destination
        Walk(const PathNamer& namer, uint32_t from, uint32_t to);

        uint32_t vertex{0};                       ///< where it is
        uint32_t source{0};                       ///< vertex it comes from
        uint32_t target{0};                       ///< vertex it goes to
        uint32_t shift{0};                        ///< destination minus source
        uint32_t digits{0};                       ///< what is left of the place
        uint64_t hash{0};                         ///< of the pair
        uint32_t upLevel{MAX_LEVELS};             ///< level of the link chosen, if it leads up
        std::array<bool, MAX_LEVELS> isKnown{{}}; ///< by level: a way up has been chosen
        std::array<uint32_t, MAX_LEVELS> down{};  ///< by level: what the way down is chosen by
    };

    /// Links from an endpoint to a switch have level 0, those from there on level 1, and so on.
    /// @param walk a pair @param count choices @param peer where the first leads @return the choice
    uint32_t Choose(Walk& walk, uint32_t count, uint32_t peer) const;
    /// @param walk a pair @param port port that it takes
    void Move(Walk& walk, uint16_t port) const;

    /// @param vertex a vertex @param port a port of it @return the port
    const Port& GetPort(uint32_t vertex, uint16_t port) const
    {
        return m_ports[m_firstPorts[vertex] + port];
    }

    std::vector<Port> m_ports;                       ///< ports of all vertices
    std::vector<uint32_t> m_firstPorts;              ///< where those of each vertex begin
    std::vector<uint16_t> m_tiers;                   ///< by vertex, hops to the nearest endpoint
    std::vector<uint32_t> m_endpoints;               ///< vertex by endpoint
    std::vector<RouteClasses::Place> m_places;       ///< by vertex
    Routing::Kind m_routing{Routing::DETERMINISTIC}; ///< rule
    EcmpSalt::Kind m_saltKind{EcmpSalt::PER_SWITCH}; ///< which nodes have it
    uint64_t m_salt{0};                              ///< of hashes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PATH_NAMER_H */
