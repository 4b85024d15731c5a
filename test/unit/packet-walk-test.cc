/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/packet-walk.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

constexpr uint32_t SPINES = 4; ///< ways from leaf to leaf

/**
 * @ingroup optical-fabric-tests
 * @brief Two endpoints below two leaves, with a spine for each way between these.
 */
class PacketWalkTest : public testing::TestWithParam<Routing::Kind>
{
  protected:
    PacketWalkTest()
    {
        m_topology.routing = GetParam();
        m_topology.vertices.resize(4 + SPINES);
        m_topology.endpoints = {0, 1};
        std::for_each(m_topology.vertices.begin() + 2, m_topology.vertices.end(), [](auto& vertex) {
            vertex.isSwitch = true;
        });
        Connect(0, 2);
        Connect(1, 3);
        for (uint32_t spine = 4; spine < 4 + SPINES; ++spine)
        {
            Connect(2, spine);
            Connect(spine, 3);
        }
        // Towards endpoint 1: out of 0, into 1, up and down at each spine.
        m_links = {0, 3};
        for (uint32_t link = 2; link < 2 + 2 * SPINES; ++link)
        {
            m_links.push_back(2 * link);
        }
    }

    /// @param a vertex @param b vertex; directed links 2 i and 2 i + 1
    void Connect(uint32_t a, uint32_t b)
    {
        const uint32_t link = m_topology.links;
        m_topology.links += 2;
        m_topology.vertices[a].hops.push_back({b, link, true, 1, 1, 1});
        m_topology.vertices[b].hops.push_back({a, link + 1, true, 1, 1, 1});
    }

    /// @param taken links @return spines that they lead through
    std::set<uint32_t> FindSpines(const std::vector<uint32_t>& taken) const
    {
        std::set<uint32_t> spines;
        for (const uint32_t link : taken)
        {
            if (link >= 4)
            {
                spines.insert((link / 2 - 2) / 2);
            }
        }
        return spines;
    }

    FlowTopology m_topology;       ///< the network
    std::vector<uint32_t> m_links; ///< from endpoint 0 to endpoint 1
};

TEST_P(PacketWalkTest, TakesAWholePathPerPacket)
{
    PacketWalk walk(m_topology, 1);
    for (uint64_t packets = 1; packets <= SPINES; ++packets)
    {
        const std::vector<uint32_t> taken = walk.Take(m_links, 0, 1, packets, packets);
        EXPECT_TRUE(std::is_sorted(taken.begin(), taken.end()));
        const std::size_t spines = FindSpines(taken).size();
        EXPECT_EQ(taken.size(), 2 + 2 * spines) << "each way up and down";
        EXPECT_LE(spines, packets);
        // Any n packets in a row of a golden rotation meet in n parts of a circle at most once.
        EXPECT_GE(spines + (GetParam() == Routing::SPRAY && packets > 1 ? 1 : 0), packets);
        EXPECT_TRUE(std::includes(m_links.begin(), m_links.end(), taken.begin(), taken.end()));
    }
}

TEST_P(PacketWalkTest, ManyPacketsTakeAll)
{
    PacketWalk walk(m_topology, 1);
    EXPECT_EQ(walk.Take(m_links, 0, 1, m_links.size(), 0), m_links);
    EXPECT_EQ(walk.Take(m_links, 0, 1, PacketWalk::MANY_PACKETS, 0), m_links);
}

TEST_P(PacketWalkTest, ComesToAllInTime)
{
    PacketWalk walk(m_topology, 3);
    std::set<uint32_t> all;
    for (uint32_t i = 0; i < 64; ++i)
    {
        all.merge(FindSpines(walk.Take(m_links, 0, 1, 1, i)));
    }
    EXPECT_EQ(all.size(), SPINES);
}

TEST_P(PacketWalkTest, HasNoWayWhereThereIsNone)
{
    PacketWalk walk(m_topology, 1);
    EXPECT_TRUE(walk.Take({}, 0, 1, 1, 0).empty());
}

TEST_P(PacketWalkTest, SameSeedSameWay)
{
    PacketWalk one(m_topology, 7);
    PacketWalk other(m_topology, 7);
    for (uint32_t i = 0; i < 20; ++i)
    {
        EXPECT_EQ(one.Take(m_links, 0, 1, 2, i), other.Take(m_links, 0, 1, 2, i));
    }
}

INSTANTIATE_TEST_SUITE_P(Routings,
                         PacketWalkTest,
                         testing::Values(Routing::SPRAY, Routing::ADAPTIVE));

/// Adaptive switches take the output that has had nothing to send for longest.
class AdaptiveWalkTest : public PacketWalkTest
{
};

TEST_P(AdaptiveWalkTest, TakesTheOneUsedLeastRecently)
{
    PacketWalk walk(m_topology, 1);
    std::vector<std::set<uint32_t>> turns;
    for (uint32_t i = 0; i < 3 * SPINES; ++i)
    {
        turns.push_back(FindSpines(walk.Take(m_links, 0, 1, 1, 1 + i)));
    }
    for (uint32_t i = SPINES; i < turns.size(); ++i)
    {
        EXPECT_EQ(turns[i], turns[i - SPINES]);
    }
    for (uint32_t i = 1; i < SPINES; ++i)
    {
        EXPECT_NE(turns[i], turns[0]);
    }
}

INSTANTIATE_TEST_SUITE_P(Adaptive, AdaptiveWalkTest, testing::Values(Routing::ADAPTIVE));

} // namespace
