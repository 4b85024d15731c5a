/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/flow-bundles.h"
#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

using Links = std::vector<LinkShare>;      ///< links of a flow
using Shares = std::map<uint32_t, double>; ///< share by link
using LinkSet = std::vector<uint32_t>;     ///< directed links

/// @param bundles bundles @param links links of a flow @return number of the list
uint32_t
Add(FlowBundles& bundles, Links links)
{
    return bundles.AddList(links);
}

/// @param bundles bundles @param list number of a list @return it, link by link
Shares
Expand(const FlowBundles& bundles, uint32_t list)
{
    Shares shares;
    for (const BundleUse& use : bundles.GetList(list))
    {
        for (const uint32_t link : bundles.GetLinks(use.bundle))
        {
            EXPECT_TRUE(shares.emplace(link, use.share).second) << "link " << link << " twice";
        }
    }
    return shares;
}

/// @param bundles bundles @param link a link @return the links of its bundle, in order
LinkSet
With(const FlowBundles& bundles, uint32_t link)
{
    LinkSet links = bundles.GetLinks(bundles.GetBundle(link));
    std::sort(links.begin(), links.end());
    return links;
}

TEST(FlowBundles, LinksUsedAlikeAreOneBundle)
{
    FlowBundles bundles;
    bundles.Reset({4, 3, 2, 5});
    EXPECT_EQ(bundles.GetN(), 0U);
    EXPECT_EQ(bundles.GetBundle(2), FlowBundles::NONE);
    const uint32_t list = Add(bundles, {{2, 0, 0.5}, {0, 0, 0.5}});
    EXPECT_EQ(bundles.GetN(), 1U);
    EXPECT_EQ(With(bundles, 0), (LinkSet{0, 2}));
    EXPECT_EQ(bundles.GetBundle(1), FlowBundles::NONE);
    EXPECT_EQ(Expand(bundles, list), (Shares{{0, 0.5}, {2, 0.5}}));
    // Another flow that uses them alike, with another share.
    const uint32_t other = Add(bundles, {{0, 0, 0.25}, {2, 0, 0.25}, {3, 1, 0.5}});
    EXPECT_EQ(bundles.GetN(), 2U);
    EXPECT_FALSE(bundles.TakeSplit());
    EXPECT_EQ(Expand(bundles, other), (Shares{{0, 0.25}, {2, 0.25}, {3, 0.5}}));
}

TEST(FlowBundles, ACapacityIsThatOfTheWeakestLink)
{
    FlowBundles bundles;
    bundles.Reset({4, 3, 2, 5});
    Add(bundles, {{0, 0, 0.5}, {2, 0, 0.5}});
    Add(bundles, {{1, 0, 1}});
    const uint32_t pair = bundles.GetBundle(0);
    EXPECT_EQ(bundles.GetCapacity(pair), 2);
    EXPECT_EQ(bundles.SetCapacity(2, 7), pair);
    EXPECT_EQ(bundles.GetCapacity(pair), 4);
    EXPECT_EQ(bundles.SetCapacity(0, 0), pair);
    EXPECT_EQ(bundles.GetCapacity(pair), 0);
    EXPECT_EQ(bundles.GetCapacity(bundles.GetBundle(1)), 3);
    EXPECT_EQ(bundles.SetCapacity(3, 1), FlowBundles::NONE);
    // What was set before a link is used counts too.
    Add(bundles, {{3, 0, 1}});
    EXPECT_EQ(bundles.GetCapacity(bundles.GetBundle(3)), 1);
}

TEST(FlowBundles, AFlowThatUsesAPartSplitsABundle)
{
    FlowBundles bundles;
    bundles.Reset({1, 2, 3, 4});
    const uint32_t whole = Add(bundles, {{0, 0, 0.25}, {1, 0, 0.25}, {2, 0, 0.25}, {3, 0, 0.25}});
    EXPECT_EQ(bundles.GetCapacity(bundles.GetBundle(3)), 1);
    const uint32_t part = Add(bundles, {{1, 0, 0.5}, {3, 0, 0.5}});
    EXPECT_TRUE(bundles.TakeSplit());
    EXPECT_FALSE(bundles.TakeSplit());
    const std::vector<std::pair<uint32_t, uint32_t>> splits{{1, 0}};
    EXPECT_EQ(bundles.GetSplits(), splits);
    EXPECT_EQ(With(bundles, 0), (LinkSet{0, 2}));
    EXPECT_EQ(With(bundles, 3), (LinkSet{1, 3}));
    EXPECT_EQ(bundles.GetCapacity(bundles.GetBundle(3)), 2);
    EXPECT_EQ(bundles.GetCapacity(bundles.GetBundle(0)), 1);
    // The list is the same, in other terms.
    EXPECT_EQ(Expand(bundles, whole), (Shares{{0, 0.25}, {1, 0.25}, {2, 0.25}, {3, 0.25}}));
    EXPECT_EQ(Expand(bundles, part), (Shares{{1, 0.5}, {3, 0.5}}));
    // Of different shares in one list, each is a bundle.
    Add(bundles, {{0, 0, 0.75}, {2, 0, 0.25}});
    EXPECT_EQ(bundles.GetN(), 3U);
    EXPECT_EQ(Expand(bundles, whole), (Shares{{0, 0.25}, {1, 0.25}, {2, 0.25}, {3, 0.25}}));
    bundles.Reset({1});
    EXPECT_EQ(bundles.GetN(), 0U);
    EXPECT_TRUE(bundles.GetSplits().empty());
    EXPECT_FALSE(bundles.TakeSplit());
    EXPECT_EQ(bundles.GetBundle(0), FlowBundles::NONE);
}

TEST(FlowBundles, SharesThatDifferByRoundingAreEqual)
{
    FlowBundles bundles;
    bundles.Reset(std::vector<double>(4, 1));
    const double sum = 0.1 + 0.2;
    ASSERT_NE(sum, 0.3);
    Add(bundles, {{0, 0, 0.3}, {1, 0, sum}, {2, 0, 0.3 * (1 + 1e-15)}, {3, 0, 0.3 * (1 + 1e-9)}});
    EXPECT_EQ(bundles.GetN(), 2U);
    EXPECT_EQ(With(bundles, 0), (LinkSet{0, 1, 2}));
    EXPECT_EQ(With(bundles, 3), LinkSet{3});
}

TEST(FlowBundles, NewLinksAreABundlePerHop)
{
    FlowBundles bundles;
    bundles.Reset(std::vector<double>(4, 1));
    Add(bundles, {{0, 0, 0.5}, {1, 0, 0.5}, {2, 1, 0.5}, {3, 1, 0.5}});
    EXPECT_EQ(bundles.GetN(), 2U);
    EXPECT_EQ(With(bundles, 0), (LinkSet{0, 1}));
    EXPECT_EQ(With(bundles, 2), (LinkSet{2, 3}));
}

/**
 * @ingroup optical-fabric-tests
 * @brief Bundles, and the same links kept one by one.
 */
class BundlesAndLinks
{
  public:
    /// @param random decides @param links links that there are
    BundlesAndLinks(const Ptr<UniformRandomVariable>& random, uint32_t links)
        : m_random(random),
          m_capacities(links)
    {
        for (double& capacity : m_capacities)
        {
            capacity = Draw(0, 9);
        }
        m_bundles.Reset(m_capacities);
    }

    /// A flow over some links, with a few different shares.
    void AddRandomList()
    {
        const auto links = static_cast<uint32_t>(m_capacities.size());
        Shares shares;
        Links list;
        // Ranges of links, as groups of parallel ones are.
        for (uint32_t ranges = Draw(1, 4); ranges > 0; --ranges)
        {
            const uint32_t first = Draw(0, links - 1);
            const uint32_t stride = Draw(1, 3);
            const uint32_t count = Draw(1, 8);
            const double share = 1.0 / Draw(1, 4);
            const uint32_t level = Draw(0, 2);
            for (uint32_t i = 0; i < count && first + i * stride < links; ++i)
            {
                if (shares.emplace(first + i * stride, share).second)
                {
                    list.push_back({first + i * stride, level, share});
                }
            }
        }
        EXPECT_EQ(Add(m_bundles, list), m_lists.size());
        m_lists.push_back(shares);
    }

    /// Another capacity.
    void ChangeRandomLink()
    {
        const uint32_t link = Draw(0, static_cast<uint32_t>(m_capacities.size()) - 1);
        m_capacities[link] = Draw(0, 9);
        EXPECT_EQ(m_bundles.SetCapacity(link, m_capacities[link]), m_bundles.GetBundle(link));
    }

    /// Both say the same.
    void Check() const
    {
        std::set<uint32_t> seen;
        for (uint32_t bundle = 0; bundle < m_bundles.GetN(); ++bundle)
        {
            ASSERT_FALSE(m_bundles.GetLinks(bundle).empty());
            double least = 10;
            for (const uint32_t link : m_bundles.GetLinks(bundle))
            {
                EXPECT_TRUE(seen.insert(link).second) << "in two bundles";
                EXPECT_EQ(m_bundles.GetBundle(link), bundle);
                least = std::min(least, m_capacities[link]);
            }
            EXPECT_EQ(m_bundles.GetCapacity(bundle), least);
        }
        std::set<uint32_t> used;
        for (uint32_t list = 0; list < m_lists.size(); ++list)
        {
            EXPECT_EQ(Expand(m_bundles, list), m_lists[list]) << "list " << list;
            for (const auto& [link, share] : m_lists[list])
            {
                used.insert(link);
            }
        }
        EXPECT_EQ(seen, used);
    }

    /// Flows of random rates put the same load on each link, either way.
    void CheckLoads() const
    {
        std::vector<double> byBundle(m_bundles.GetN(), 0);
        std::vector<double> byLink(m_capacities.size(), 0);
        for (uint32_t list = 0; list < m_lists.size(); ++list)
        {
            const double rate = m_random->GetValue(0, 1);
            for (const BundleUse& use : m_bundles.GetList(list))
            {
                byBundle[use.bundle] += rate * use.share;
            }
            for (const auto& [link, share] : m_lists[list])
            {
                byLink[link] += rate * share;
            }
        }
        for (uint32_t link = 0; link < byLink.size(); ++link)
        {
            const uint32_t bundle = m_bundles.GetBundle(link);
            EXPECT_NEAR(bundle == FlowBundles::NONE ? 0 : byBundle[bundle], byLink[link], 1e-12);
        }
    }

    /// @return splits so far
    size_t GetSplits() const
    {
        return m_bundles.GetSplits().size();
    }

  private:
    /// @param low least @param high most @return a random number
    uint32_t Draw(uint32_t low, uint32_t high) const
    {
        return m_random->GetInteger(low, high);
    }

    Ptr<UniformRandomVariable> m_random; ///< what decides
    FlowBundles m_bundles;               ///< what is tested
    std::vector<double> m_capacities;    ///< by link
    std::vector<Shares> m_lists;         ///< by number
};

TEST(FlowBundles, SayTheSameAsLinksOneByOne)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(73);
    size_t splits = 0;
    for (uint32_t round = 0; round < 100; ++round)
    {
        BundlesAndLinks both(random, random->GetInteger(1, 60));
        for (uint32_t step = random->GetInteger(1, 30); step > 0; --step)
        {
            both.AddRandomList();
            both.ChangeRandomLink();
            both.Check();
            ASSERT_FALSE(testing::Test::HasFailure()) << "in round " << round;
        }
        both.CheckLoads();
        splits += both.GetSplits();
    }
    EXPECT_GT(splits, 1000U) << "too easy";
}

} // namespace
