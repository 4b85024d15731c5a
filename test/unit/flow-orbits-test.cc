/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/flow-orbits.h"
#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <tuple>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief A network made by hand, and its orbits.
 */
class DrawnNetwork
{
  public:
    /// @param nEndpoints endpoints, vertices 0 ..; all are ranks @param nSwitches switches, behind
    DrawnNetwork(uint32_t nEndpoints, uint32_t nSwitches)
    {
        m_topology.vertices.resize(nEndpoints + nSwitches);
        m_topology.endpoints.resize(nEndpoints);
        std::iota(m_topology.endpoints.begin(), m_topology.endpoints.end(), 0);
        for (uint32_t i = nEndpoints; i < nEndpoints + nSwitches; ++i)
        {
            m_topology.vertices[i].isSwitch = true;
        }
    }

    /// @param a vertex @param b vertex @param there capacity from a @param back capacity from b
    void Connect(uint32_t a, uint32_t b, double there = 1, double back = 1)
    {
        m_topology.vertices[a].hops.push_back({b, m_topology.links++, true, there, 1 / there, 1});
        m_topology.vertices[b].hops.push_back({a, m_topology.links++, true, back, 1 / back, 1});
    }

    /// Find the orbits. @return orbit by vertex, numbered in order
    std::vector<uint32_t> FindOrbits() const
    {
        FlowOrbits orbits = Make();
        std::vector<uint32_t> names;
        for (uint32_t v = 0; v < m_topology.vertices.size(); ++v)
        {
            names.push_back(orbits.GetVertexOrbit(v));
        }
        return Number(names);
    }

    /// @return orbit by directed link, numbered in order
    std::vector<uint32_t> FindLinkOrbits() const
    {
        FlowOrbits orbits = Make();
        std::vector<uint32_t> names;
        for (uint32_t link = 0; link < m_topology.links; ++link)
        {
            names.push_back(orbits.GetLinkSets().Find(link));
        }
        return Number(names);
    }

    /// @return orbit by vertex under all permutations of the vertices that are automorphisms
    std::vector<uint32_t> TryAll() const
    {
        const auto n = static_cast<uint32_t>(m_topology.vertices.size());
        std::vector<uint32_t> images(n);
        std::iota(images.begin(), images.end(), 0);
        DisjointSets sets(n);
        const Links links = GetLinks(images);
        do
        {
            bool isKind = true;
            for (uint32_t v = 0; v < n; ++v)
            {
                isKind = isKind &&
                         m_topology.vertices[v].isSwitch == m_topology.vertices[images[v]].isSwitch;
            }
            if (isKind && GetLinks(images) == links)
            {
                for (uint32_t v = 0; v < n; ++v)
                {
                    sets.Unite(v, images[v]);
                }
            }
        } while (std::next_permutation(images.begin(), images.end()));
        std::vector<uint32_t> names;
        for (uint32_t v = 0; v < n; ++v)
        {
            names.push_back(sets.Find(v));
        }
        return Number(names);
    }

    /// @return the network
    const FlowTopology& Get() const
    {
        return m_topology;
    }

  private:
    using Links = std::multiset<std::tuple<uint32_t, uint32_t, double, double>>; ///< ends, capacity

    /// @return its orbits
    FlowOrbits Make() const
    {
        return {m_topology, FlowTiers(m_topology, m_topology.endpoints)};
    }

    /// @param names sets by any names @return sets by number, in order
    static std::vector<uint32_t> Number(const std::vector<uint32_t>& names)
    {
        std::vector<uint32_t> firsts;
        std::vector<uint32_t> numbers;
        for (const uint32_t name : names)
        {
            const auto place = std::find(firsts.begin(), firsts.end(), name);
            numbers.push_back(static_cast<uint32_t>(place - firsts.begin()));
            if (place == firsts.end())
            {
                firsts.push_back(name);
            }
        }
        return numbers;
    }

    /// @param images image by vertex @return links, with the images of their ends
    Links GetLinks(const std::vector<uint32_t>& images) const
    {
        Links links;
        for (uint32_t v = 0; v < m_topology.vertices.size(); ++v)
        {
            for (const FlowTopology::Hop& hop : m_topology.vertices[v].hops)
            {
                double back = 0;
                for (const FlowTopology::Hop& other : m_topology.vertices[hop.peer].hops)
                {
                    back = other.link == (hop.link ^ 1) ? other.capacity : back;
                }
                links.emplace(images[v], images[hop.peer], hop.capacity, back);
            }
        }
        return links;
    }

    FlowTopology m_topology; ///< the network
};

/**
 * @param slow which of the 8 + 8 links has half the capacity; at least 16: none
 * @return four leaves, 8 to 11, with two endpoints each, below two spines
 */
DrawnNetwork
MakeClos(uint32_t slow)
{
    DrawnNetwork network(8, 6);
    for (uint32_t i = 0; i < 16; ++i)
    {
        const double capacity = i == slow ? 0.5 : 1;
        i < 8 ? network.Connect(i, 8 + i / 2, capacity)
              : network.Connect(8 + (i - 8) / 2, 12 + i % 2, capacity);
    }
    return network;
}

TEST(FlowOrbits, AlikeClosHasOneOrbitOfEachKind)
{
    const DrawnNetwork network = MakeClos(16);
    EXPECT_EQ(network.FindOrbits(),
              (std::vector<uint32_t>{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2}));
    const std::vector<uint32_t> links = network.FindLinkOrbits();
    // To and from endpoints, up and down.
    for (uint32_t i = 0; i < links.size(); ++i)
    {
        EXPECT_EQ(links[i], (i < 16 ? 0 : 2) + i % 2);
    }
}

TEST(FlowOrbits, SlowLinkOfAnEndpoint)
{
    EXPECT_EQ(MakeClos(0).FindOrbits(),
              (std::vector<uint32_t>{0, 1, 2, 2, 2, 2, 2, 2, 3, 4, 4, 4, 5, 5}));
}

TEST(FlowOrbits, SlowLinkOfALeaf)
{
    EXPECT_EQ(MakeClos(8).FindOrbits(),
              (std::vector<uint32_t>{0, 0, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 4, 5}));
}

TEST(FlowOrbits, SeparatePlanesChangePlaces)
{
    // Three endpoints, each on three switches that have nothing to do with each other.
    DrawnNetwork network(3, 3);
    for (uint32_t i = 0; i < 9; ++i)
    {
        network.Connect(i / 3, 3 + i % 3);
    }
    EXPECT_EQ(network.FindOrbits(), (std::vector<uint32_t>{0, 0, 0, 1, 1, 1}));
}

TEST(FlowOrbits, BothDirectionsOfALinkCount)
{
    DrawnNetwork network(3, 1);
    network.Connect(0, 3, 1, 1);
    network.Connect(1, 3, 1, 0.5);
    network.Connect(2, 3, 0.5, 1);
    EXPECT_EQ(network.FindOrbits(), (std::vector<uint32_t>{0, 1, 2, 3}));
}

TEST(FlowOrbits, SeveralLinksCount)
{
    DrawnNetwork network(4, 2);
    for (const uint32_t endpoint : {0, 0, 1, 2, 2, 3})
    {
        network.Connect(endpoint, 4);
    }
    network.Connect(2, 5);
    EXPECT_EQ(network.FindOrbits(), (std::vector<uint32_t>{0, 1, 2, 1, 3, 4}));
}

TEST(FlowOrbits, RandomNetworksNeverMoreThanTryingAllSays)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(77);
    uint32_t nSame = 0;
    uint32_t nMoving = 0;
    constexpr uint32_t COUNT = 300;
    for (uint32_t number = 0; number < COUNT; ++number)
    {
        const uint32_t nEndpoints = random->GetInteger(2, 5);
        const uint32_t nSwitches = random->GetInteger(1, 3);
        DrawnNetwork network(nEndpoints, nSwitches);
        const auto capacity = [&]() { return random->GetInteger(0, 9) == 0 ? 0.5 : 1; };
        for (uint32_t i = 0; i < nEndpoints; ++i)
        {
            for (uint32_t k = random->GetInteger(1, 2); k > 0; --k)
            {
                network.Connect(i,
                                nEndpoints + random->GetInteger(0, nSwitches - 1),
                                capacity(),
                                capacity());
            }
        }
        for (uint32_t i = 1; i < nSwitches; ++i)
        {
            network.Connect(nEndpoints + i, nEndpoints + random->GetInteger(0, i - 1), capacity());
        }
        const std::vector<uint32_t> found = network.FindOrbits();
        const std::vector<uint32_t> all = network.TryAll();
        nSame += found == all ? 1 : 0;
        nMoving += *std::max_element(all.begin(), all.end()) + 1 < all.size() ? 1 : 0;
        for (size_t a = 0; a < all.size(); ++a)
        {
            for (size_t b = 0; b < a; ++b)
            {
                EXPECT_TRUE(found[a] != found[b] || all[a] == all[b])
                    << "network " << number << ": " << a << " and " << b;
            }
        }
    }
    EXPECT_GT(nMoving, COUNT / 4);
    // There may be automorphisms that are not tried, but few.
    EXPECT_GT(nSame, COUNT * 9 / 10);
}

} // namespace
