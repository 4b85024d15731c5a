/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "../route-graph-maker.h"

#include "ns3/path-choice.h"
#include "ns3/path-namer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/route-plan.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

namespace
{

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

/// Next hops, as a table has them.
struct Hops
{
    /// @param choice a choice @return its port
    uint16_t GetPort(uint32_t choice) const
    {
        return table->GetPort(entry, choice);
    }

    const RouteTable* table; ///< the table
    RouteTable::Entry entry; ///< its entry
    uint32_t count;          ///< choices
    bool isDirect;           ///< they are ports of members
};

/// Paths of an all-to-all, followed hop by hop as packets are.
class Paths
{
  public:
    using Port = std::pair<uint32_t, uint16_t>; ///< vertex and port

    /**
     * @param graph the network
     * @param routing Routing::DETERMINISTIC or ECMP
     * @param salt of hashes
     * @param kind which nodes have it
     */
    explicit Paths(const RouteGraph& graph,
                   Routing::Kind routing = Routing::DETERMINISTIC,
                   uint64_t salt = 0,
                   EcmpSalt::Kind kind = EcmpSalt::PER_SWITCH)
        : m_graph(graph),
          m_plan(graph),
          m_namer(graph, m_plan.GetClasses(), routing)
    {
        m_namer.SetSalt(salt, kind);
        for (uint32_t v = 0; v < graph.vertices.size(); ++v)
        {
            if (!graph.vertices[v].isSwitch)
            {
                m_endpoints.push_back(v);
            }
        }
        for (uint32_t s = 0; s < m_endpoints.size(); ++s)
        {
            for (uint32_t d = 0; d < m_endpoints.size(); ++d)
            {
                if (s != d)
                {
                    Follow(s, d);
                }
            }
        }
    }

    /// @param from vertex @param to vertex next to it @return transfers on each link to it
    std::vector<uint32_t> Between(uint32_t from, uint32_t to) const
    {
        std::vector<uint32_t> found;
        const std::vector<uint32_t>& peers = m_graph.vertices[from].peers;
        for (uint16_t port = 0; port < peers.size(); ++port)
        {
            if (peers[port] == to)
            {
                const auto load = m_loads.find({from, port});
                found.push_back(load == m_loads.end() ? 0 : load->second);
            }
        }
        return found;
    }

    /// @param from vertex @param to vertices next to it @return transfers on each link to them
    std::vector<uint32_t> Between(uint32_t from, const std::vector<uint32_t>& to) const
    {
        std::vector<uint32_t> all;
        for (const uint32_t vertex : to)
        {
            const std::vector<uint32_t> some = Between(from, vertex);
            all.insert(all.end(), some.begin(), some.end());
        }
        return all;
    }

    /// @return transfers by vertex and port
    const std::map<Port, uint32_t>& Get() const
    {
        return m_loads;
    }

  private:
    /// @param source endpoint @param destination endpoint; count what it passes
    void Follow(uint32_t source, uint32_t destination)
    {
        const RouteAddress to = m_plan.GetAddress(m_endpoints[destination]);
        const auto find = [&](uint32_t vertex) {
            const RouteTable& table = m_plan.ViewTable(vertex);
            const RouteTable::Entry entry = table.Find(to.routeClass);
            return Hops{&table, entry, entry.count, entry.direct};
        };
        uint32_t path = m_namer.Name(source, destination, find);
        uint32_t vertex = m_endpoints[source];
        for (uint32_t hop = 0; hop < 20 && vertex != m_endpoints[destination]; ++hop)
        {
            const Hops next = find(vertex);
            ASSERT_GT(next.count, 0u);
            uint16_t port = 0;
            if (next.isDirect)
            {
                port = next.GetPort(to.member);
            }
            else
            {
                port = next.GetPort(PathChoice::Peek(Routing::DETERMINISTIC, path, next.count));
                path = PathChoice::Rest(Routing::DETERMINISTIC, path, next.count);
            }
            ++m_loads[{vertex, port}];
            vertex = m_graph.vertices[vertex].peers[port];
        }
        ASSERT_EQ(vertex, m_endpoints[destination]);
    }

    RouteGraph m_graph;                ///< the network
    RoutePlan m_plan;                  ///< its routes
    PathNamer m_namer;                 ///< names paths
    std::vector<uint32_t> m_endpoints; ///< vertex by endpoint
    std::map<Port, uint32_t> m_loads;  ///< transfers by vertex and port
};

/// @param loads transfers on some links @return by how many they differ at most
uint32_t
GetRange(const std::vector<uint32_t>& loads)
{
    const auto [least, most] = std::minmax_element(loads.begin(), loads.end());
    return *most - *least;
}

/// A leaf-spine network with links side by side.
struct ParallelClos
{
    /**
     * @param endpoints endpoints of each leaf
     * @param nSpines spines
     * @param links links from a leaf to a spine
     * @param isInterleaved the first links to all spines come before the second ones
     */
    ParallelClos(const std::vector<uint32_t>& endpoints,
                 uint32_t nSpines,
                 uint32_t links,
                 bool isInterleaved)
    {
        for (const uint32_t n : endpoints)
        {
            leaves.push_back(maker.Switch());
            for (uint32_t i = 0; i < n; ++i)
            {
                maker.Endpoint({leaves.back()});
            }
        }
        for (uint32_t s = 0; s < nSpines; ++s)
        {
            spines.push_back(maker.Switch());
        }
        for (const uint32_t leaf : leaves)
        {
            for (uint32_t i = 0; i < nSpines * links; ++i)
            {
                maker.Link(leaf, spines[isInterleaved ? i % nSpines : i / links]);
            }
        }
    }

    RouteGraphMaker maker;        ///< the network
    std::vector<uint32_t> leaves; ///< leaves
    std::vector<uint32_t> spines; ///< spines
};

TEST(PathNamer, LoadsAllLinksOfAClosAlike)
{
    for (const bool isInterleaved : {false, true})
    {
        const ParallelClos clos({16, 16, 16, 16}, 4, 4, isInterleaved);
        const Paths paths(clos.maker.graph);
        for (const uint32_t leaf : clos.leaves)
        {
            // 16 endpoints to 48 others over 16 links, either way.
            EXPECT_EQ(paths.Between(leaf, clos.spines), std::vector<uint32_t>(16, 48));
            for (const uint32_t spine : clos.spines)
            {
                EXPECT_EQ(paths.Between(spine, leaf), std::vector<uint32_t>(4, 48));
            }
        }
    }
}

// Links side by side lead to numbers of destinations that differ by one at most on the way down,
// and by two on the way up, where a leaf's own are left out; by none where a leaf's endpoints are
// a multiple of its links up. Each destination counts once for each source.
TEST(PathNamer, SharesOutLinksSideBySideOfRandomNetworks)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(81);
    for (uint32_t round = 0; round < 200; ++round)
    {
        const uint32_t nSpines = random->GetInteger(1, 5);
        const uint32_t links = random->GetInteger(2, 5);
        const bool isEven = random->GetInteger(0, 1) == 0;
        std::vector<uint32_t> endpoints;
        uint32_t n = 0;
        for (uint32_t i = random->GetInteger(2, 5); i > 0; --i)
        {
            endpoints.push_back(isEven ? random->GetInteger(1, 2) * nSpines * links
                                       : random->GetInteger(1, 30));
            n += endpoints.back();
        }
        const ParallelClos clos(endpoints, nSpines, links, random->GetInteger(0, 1) == 0);
        const Paths paths(clos.maker.graph);
        for (uint32_t l = 0; l < clos.leaves.size(); ++l)
        {
            for (const uint32_t spine : clos.spines)
            {
                const uint32_t up = GetRange(paths.Between(clos.leaves[l], spine));
                const uint32_t down = GetRange(paths.Between(spine, clos.leaves[l]));
                EXPECT_LE(up, isEven ? 0 : 2 * endpoints[l]) << "round " << round;
                EXPECT_LE(down, isEven ? 0 : n - endpoints[l]) << "round " << round;
            }
        }
    }
}

TEST(PathNamer, LoadsAllLinksOfThreeLevelsAlike)
{
    RouteGraphMaker g;
    std::vector<std::vector<uint32_t>> cores(2);
    for (std::vector<uint32_t>& group : cores)
    {
        group = {g.Switch(), g.Switch()};
    }
    std::vector<uint32_t> leaves;
    std::vector<uint32_t> middles;
    for (uint32_t pod = 0; pod < 3; ++pod)
    {
        const std::vector<uint32_t> middle{g.Switch(), g.Switch()};
        middles.insert(middles.end(), middle.begin(), middle.end());
        for (uint32_t l = 0; l < 4; ++l)
        {
            leaves.push_back(g.Switch());
            for (uint32_t i = 0; i < 4; ++i)
            {
                g.Endpoint({leaves.back()});
            }
            // Two links side by side to each of two.
            for (uint32_t i = 0; i < 4; ++i)
            {
                g.Link(leaves.back(), middle[i / 2]);
            }
        }
        for (uint32_t m = 0; m < 2; ++m)
        {
            for (uint32_t i = 0; i < 8; ++i)
            {
                g.Link(middle[m], cores[m][i / 4]);
            }
        }
    }
    const Paths paths(g.graph);
    for (const uint32_t leaf : leaves)
    {
        for (uint32_t m = 0; m < middles.size(); ++m)
        {
            const std::vector<uint32_t> up = paths.Between(leaf, middles[m]);
            // 4 endpoints to 44 others, over 4 links.
            EXPECT_EQ(up, std::vector<uint32_t>(up.size(), 44)) << "leaf " << leaf;
            EXPECT_EQ(paths.Between(middles[m], leaf), up) << "leaf " << leaf;
        }
    }
    for (uint32_t m = 0; m < middles.size(); ++m)
    {
        for (const uint32_t core : cores[m % 2])
        {
            // 16 endpoints to 32 others, over 16 links.
            EXPECT_EQ(paths.Between(middles[m], core), std::vector<uint32_t>(4, 32)) << core;
            EXPECT_EQ(paths.Between(core, middles[m]), std::vector<uint32_t>(4, 32)) << core;
        }
    }
}

// 72 endpoints with a link to each of 18 switches: 71 others by 18 ports.
TEST(PathNamer, LoadsAllPortsOfAnEndpointAlike)
{
    RouteGraphMaker g;
    std::vector<uint32_t> switches;
    for (uint32_t i = 0; i < 18; ++i)
    {
        switches.push_back(g.Switch());
    }
    std::vector<uint32_t> endpoints;
    for (uint32_t i = 0; i < 72; ++i)
    {
        endpoints.push_back(g.Endpoint(switches));
    }
    const Paths paths(g.graph);
    for (const uint32_t endpoint : endpoints)
    {
        EXPECT_LE(GetRange(paths.Between(endpoint, switches)), 1u);
        std::vector<uint32_t> in;
        for (const uint32_t one : switches)
        {
            in.push_back(paths.Between(one, endpoint).front());
        }
        EXPECT_LE(GetRange(in), 1u) << "into " << endpoint;
    }
}

// Nodes of 16 endpoints, which have a port to each of 7 switches of the node; switch i of each node
// is joined to 16 of a plane of its own.
TEST(PathNamer, LoadsAllLinksOfSeveralPlanesAlike)
{
    constexpr uint32_t NODES = 8;
    constexpr uint32_t PLANES = 7;
    constexpr uint32_t DIES = 16;
    RouteGraphMaker g;
    std::vector<std::vector<uint32_t>> upper(PLANES);
    for (std::vector<uint32_t>& plane : upper)
    {
        for (uint32_t i = 0; i < 16; ++i)
        {
            plane.push_back(g.Switch());
        }
    }
    std::vector<std::vector<uint32_t>> lower(NODES);
    std::vector<std::vector<uint32_t>> dies(NODES);
    for (uint32_t n = 0; n < NODES; ++n)
    {
        for (uint32_t p = 0; p < PLANES; ++p)
        {
            lower[n].push_back(g.Switch());
            for (const uint32_t above : upper[p])
            {
                g.Link(lower[n][p], above);
            }
        }
        for (uint32_t i = 0; i < DIES; ++i)
        {
            dies[n].push_back(g.Endpoint(lower[n]));
        }
    }
    const Paths paths(g.graph);
    for (uint32_t n = 0; n < NODES; ++n)
    {
        for (const uint32_t die : dies[n])
        {
            EXPECT_LE(GetRange(paths.Between(die, lower[n])), 1u);
            std::vector<uint32_t> in;
            for (const uint32_t one : lower[n])
            {
                in.push_back(paths.Between(one, die).front());
            }
            EXPECT_LE(GetRange(in), 1u) << "into " << die;
        }
        for (uint32_t p = 0; p < PLANES; ++p)
        {
            // 16 dies to 112 others over 7 planes of 16 links: 16 each.
            for (const uint32_t above : upper[p])
            {
                EXPECT_NEAR(paths.Between(lower[n][p], above).front(), 16, 2);
                EXPECT_NEAR(paths.Between(above, lower[n][p]).front(), 16, 2);
            }
        }
    }
}

// An endpoint with several links to its leaf takes as many places as it has links.
TEST(PathNamer, LoadsSeveralLinksOfAnEndpointAlike)
{
    RouteGraphMaker g;
    std::vector<uint32_t> leaves;
    std::vector<std::pair<uint32_t, uint32_t>> endpoints;
    for (uint32_t l = 0; l < 3; ++l)
    {
        leaves.push_back(g.Switch());
        for (uint32_t i = 0; i < 4; ++i)
        {
            endpoints.emplace_back(g.Endpoint({leaves[l], leaves[l]}), leaves[l]);
        }
    }
    const uint32_t spine = g.Switch();
    for (const uint32_t leaf : leaves)
    {
        for (uint32_t i = 0; i < 8; ++i)
        {
            g.Link(leaf, spine);
        }
    }
    const Paths paths(g.graph);
    for (const auto& [endpoint, leaf] : endpoints)
    {
        // 11 others over two links.
        EXPECT_LE(GetRange(paths.Between(endpoint, leaf)), 1u);
        EXPECT_LE(GetRange(paths.Between(leaf, endpoint)), 1u);
    }
    for (const uint32_t leaf : leaves)
    {
        // 4 endpoints to 8 others over 8 links.
        EXPECT_EQ(paths.Between(leaf, spine), std::vector<uint32_t>(8, 4));
        EXPECT_EQ(paths.Between(spine, leaf), std::vector<uint32_t>(8, 4));
    }
}

TEST(PathNamer, HashesWithASaltPerSwitch)
{
    const ParallelClos clos({16, 16, 16, 16}, 4, 4, false);
    std::set<std::map<Paths::Port, uint32_t>> seen;
    for (const EcmpSalt::Kind kind : {EcmpSalt::PER_SWITCH, EcmpSalt::SAME})
    {
        for (uint64_t salt = 1; salt <= 3; ++salt)
        {
            const Paths paths(clos.maker.graph, Routing::ECMP, salt, kind);
            const Paths again(clos.maker.graph, Routing::ECMP, salt, kind);
            EXPECT_EQ(paths.Get(), again.Get()) << salt;
            seen.insert(paths.Get());
            for (uint32_t s = 0; s < clos.spines.size(); ++s)
            {
                for (const uint32_t leaf : clos.leaves)
                {
                    for (const uint32_t load : paths.Between(leaf, clos.spines[s]))
                    {
                        // 48 each in the mean, seven standard deviations.
                        EXPECT_NEAR(load, 48, 48) << "up, salt " << salt;
                        EXPECT_GT(load, 0u) << "up, salt " << salt;
                    }
                    const std::vector<uint32_t> down = paths.Between(clos.spines[s], leaf);
                    const auto used = std::count_if(down.begin(), down.end(), [](uint32_t load) {
                        return load > 0;
                    });
                    // The upper bits that led to spine s are those that choose the link down.
                    EXPECT_EQ(used, kind == EcmpSalt::SAME ? 1 : 4) << "salt " << salt;
                    EXPECT_EQ(down[s] > 0, true) << "salt " << salt;
                }
            }
        }
    }
    EXPECT_EQ(seen.size(), 6u) << "every salt has paths of its own";
}

} // namespace
