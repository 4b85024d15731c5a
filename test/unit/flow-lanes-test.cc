/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/flow-lanes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// Links, each a bundle, with virtual lanes and flows over them.
class FlowLanesTest : public testing::Test
{
  protected:
    static constexpr double WINDOW = 1000; ///< frames of a buffer, byte
    static constexpr uint32_t FULL = 100;  ///< a frame, byte

    /// @param lanes virtual lanes @param capacities of links @param lasting with credit
    void Make(uint32_t lanes, std::vector<double> capacities, std::vector<double> lasting = {})
    {
        solver.AddResource(0);
        this->lanes.Configure(lanes, WINDOW, FULL);
        const auto links = static_cast<uint32_t>(capacities.size());
        bundles.Reset(std::move(capacities), std::move(lasting));
        for (uint32_t link = 0; link < links; ++link)
        {
            std::vector<LinkShare> alone{{link, 0, 1}};
            bundles.AddList(alone);
        }
        this->lanes.Grow(links);
    }

    /// @param links the links on a flow's way @param lane virtual lane @return its class
    uint32_t Add(const std::vector<uint32_t>& links, uint32_t lane = 0)
    {
        std::vector<FairShare::Use> uses;
        for (const uint32_t link : links)
        {
            uses.push_back({lanes.GetResource(bundles, bundles.GetBundle(link), lane), 1});
        }
        const uint32_t id = solver.AddClass(uses.data(), static_cast<uint32_t>(uses.size()));
        solver.SetCount(id, 1);
        return id;
    }

    FairShare solver;        ///< rates
    FlowBundles bundles;     ///< links
    FlowLanes lanes{solver}; ///< what is tested
};

TEST_F(FlowLanesTest, ALaneAloneHasTheLink)
{
    Make(4, {1, 2});
    const uint32_t a = Add({0}, 3);
    const uint32_t b = Add({1}, 1);
    const uint32_t c = Add({1}, 1);
    const FairShare::Ids changed = lanes.Solve(0);
    EXPECT_EQ(changed.size, 3U);
    EXPECT_DOUBLE_EQ(solver.GetRate(a), 1);
    EXPECT_DOUBLE_EQ(solver.GetRate(b), 1);
    EXPECT_DOUBLE_EQ(solver.GetRate(c), 1);
    EXPECT_DOUBLE_EQ(lanes.GetLoad(1), 2);
    EXPECT_EQ(lanes.GetNextPs(), FlowLanes::NEVER);
    EXPECT_FALSE(lanes.IsCreditLimited());
    // No more resources than lanes in use.
    EXPECT_EQ(lanes.GetResource(bundles, 0, 3), 1U);
    EXPECT_EQ(lanes.GetResource(bundles, 1, 1), 2U);
    EXPECT_EQ(lanes.GetResource(bundles, 1, 0), 3U);
}

TEST_F(FlowLanesTest, LanesShareALinkAndFlowsTheirLane)
{
    Make(2, {1, 0.125});
    const uint32_t a = Add({0}, 0);
    const uint32_t b = Add({0}, 0);
    const uint32_t c = Add({0}, 1);
    FairShare::Ids changed = lanes.Solve(0);
    EXPECT_EQ(std::vector<uint32_t>(changed.begin(), changed.end()),
              (std::vector<uint32_t>{a, b, c}));
    EXPECT_NEAR(solver.GetRate(a), 0.25, 1e-9);
    EXPECT_NEAR(solver.GetRate(b), 0.25, 1e-9);
    EXPECT_NEAR(solver.GetRate(c), 0.5, 1e-9);
    // What a lane cannot take, as another link limits it, the other one has.
    solver.SetCount(c, 0);
    const uint32_t d = Add({0, 1}, 1);
    lanes.Solve(10);
    EXPECT_NEAR(solver.GetRate(a), 0.4375, 1e-9);
    EXPECT_NEAR(solver.GetRate(d), 0.125, 1e-9);
    EXPECT_NEAR(lanes.GetLoad(0), 1, 1e-9);
    // And gives back.
    solver.SetCount(c, 1);
    lanes.Solve(20);
    EXPECT_NEAR(solver.GetRate(a), 0.25, 1e-6);
    EXPECT_NEAR(solver.GetRate(c), 0.375, 1e-6);
    solver.SetCount(a, 0);
    solver.SetCount(b, 0);
    lanes.Solve(30);
    EXPECT_NEAR(solver.GetRate(c), 0.875, 1e-6);
    // A link that carries something else.
    bundles.SetCapacity(1, 1);
    bundles.SetCapacity(0, 4);
    lanes.SetCapacity(bundles, bundles.GetBundle(0));
    lanes.SetCapacity(bundles, bundles.GetBundle(1));
    solver.SetCount(a, 1);
    lanes.Solve(40);
    EXPECT_NEAR(solver.GetRate(a), 2, 1e-6);
    EXPECT_NEAR(solver.GetRate(d), 1, 1e-6);
    EXPECT_NEAR(solver.GetRate(c), 1, 1e-6);
}

TEST_F(FlowLanesTest, ChainsOfLinksSettle)
{
    // A flow of lane 1 over each pair of neighbours, and on each link ever more of lane 0.
    constexpr uint32_t LINKS = 40;
    Make(2, std::vector<double>(LINKS, 1));
    std::vector<uint32_t> chain;
    std::vector<uint32_t> others;
    for (uint32_t link = 0; link < LINKS; ++link)
    {
        chain.push_back(Add({link, (link + 1) % LINKS}, 1));
        for (uint32_t i = 0; i <= link % 5; ++i)
        {
            others.push_back(Add({link}, 0));
        }
    }
    lanes.Solve(0);
    for (uint32_t link = 0; link < LINKS; ++link)
    {
        // Two flows of lane 1 on each link, all alike.
        EXPECT_NEAR(solver.GetRate(chain[link]), 0.25, 1e-6) << link;
        EXPECT_LT(lanes.GetLoad(bundles.GetBundle(link)), 1 + 1e-6) << link;
        EXPECT_GT(lanes.GetLoad(bundles.GetBundle(link)), 1 - 1e-6) << link;
    }
}

TEST_F(FlowLanesTest, AWindowGoesAtTheRateOfTheLink)
{
    // A round trip takes 4,000 ps, in which 1,000 bytes go.
    Make(1, {1}, {0.25});
    const uint32_t flow = Add({0});
    const uint32_t resource = lanes.GetResource(bundles, 0, 0);
    lanes.Solve(500);
    EXPECT_TRUE(lanes.IsCreditLimited());
    EXPECT_DOUBLE_EQ(solver.GetRate(flow), 1);
    EXPECT_EQ(lanes.GetNextPs(), 1500U);
    EXPECT_EQ(lanes.GetTailPs(resource, 1500), 0U);
    EXPECT_EQ(lanes.GetCreditLimit(0), std::numeric_limits<double>::infinity());
    lanes.Solve(1500);
    EXPECT_DOUBLE_EQ(solver.GetRate(flow), 0.25);
    EXPECT_DOUBLE_EQ(lanes.GetCreditLimit(0), 0.25);
    EXPECT_EQ(lanes.GetNextPs(), FlowLanes::NEVER);
    // 1,500 bytes: 500 in the second window, which begins at 4,500 ps.
    EXPECT_EQ(lanes.GetTailPs(resource, 3500), 1500U);
    // 2,000 bytes: all of it.
    EXPECT_EQ(lanes.GetTailPs(resource, 5500), 0U);
    EXPECT_EQ(lanes.GetTailPs(0, 3500), 0U);
    // Credit comes back while nothing is sent.
    solver.SetCount(flow, 0);
    lanes.Solve(5500);
    solver.SetCount(flow, 1);
    lanes.Solve(5800);
    EXPECT_DOUBLE_EQ(solver.GetRate(flow), 0.25) << "for less than a frame";
    solver.SetCount(flow, 0);
    lanes.Solve(5800);
    solver.SetCount(flow, 1);
    lanes.Solve(6100);
    EXPECT_DOUBLE_EQ(solver.GetRate(flow), 1);
    EXPECT_EQ(lanes.GetNextPs(), 6300U);
    solver.SetCount(flow, 0);
    lanes.Solve(6300);
    solver.SetCount(flow, 1);
    lanes.Solve(9300);
    EXPECT_EQ(lanes.GetNextPs(), 10300U);
    // A link that is slow enough needs no more credit than there is.
    bundles.SetCapacity(0, 0.2, 0.25);
    lanes.SetCapacity(bundles, 0);
    lanes.Solve(9400);
    EXPECT_DOUBLE_EQ(solver.GetRate(flow), 0.2);
    EXPECT_EQ(lanes.GetNextPs(), FlowLanes::NEVER);
    EXPECT_TRUE(lanes.IsCreditLimited()) << "it was";
}

TEST_F(FlowLanesTest, EachLaneHasCreditOfItsOwn)
{
    Make(2, {1}, {0.25});
    const uint32_t a = Add({0}, 0);
    const uint32_t b = Add({0}, 1);
    lanes.Solve(0);
    EXPECT_NEAR(solver.GetRate(a), 0.5, 1e-9);
    EXPECT_NEAR(solver.GetRate(b), 0.5, 1e-9);
    // 1,000 bytes each, at half the rate of the link.
    EXPECT_EQ(lanes.GetNextPs(), 2000U);
    lanes.Solve(2000);
    EXPECT_NEAR(solver.GetRate(a), 0.25, 1e-9);
    EXPECT_NEAR(solver.GetRate(b), 0.25, 1e-9);
    EXPECT_NEAR(lanes.GetCreditLimit(0), 0.5, 1e-9);
}

TEST_F(FlowLanesTest, APartHasUsedItsCreditAsTheWholeHas)
{
    solver.AddResource(0);
    lanes.Configure(1, WINDOW, FULL);
    bundles.Reset({1, 1}, {0.25, 0.25});
    std::vector<LinkShare> both{{0, 0, 1}, {1, 0, 1}};
    bundles.AddList(both);
    lanes.Grow(1);
    const FairShare::Use use{lanes.GetResource(bundles, 0, 0), 1};
    const uint32_t flow = solver.AddClass(&use, 1);
    solver.SetCount(flow, 1);
    lanes.Solve(0);
    lanes.Solve(1000);
    std::vector<LinkShare> second{{1, 0, 1}};
    bundles.AddList(second);
    ASSERT_TRUE(bundles.TakeSplit());
    lanes.Split(bundles, 1, 0);
    const uint32_t part = lanes.GetResource(bundles, 1, 0);
    const FairShare::Use otherUse{part, 1};
    const uint32_t other = solver.AddClass(&otherUse, 1);
    solver.SetCount(other, 1);
    lanes.Solve(1000);
    EXPECT_DOUBLE_EQ(solver.GetRate(other), 0.25);
    // After all bundles are gone, resources are used again.
    lanes.Clear();
    bundles.Reset({3});
    std::vector<LinkShare> alone{{0, 0, 1}};
    bundles.AddList(alone);
    lanes.Grow(1);
    EXPECT_EQ(lanes.GetResource(bundles, 0, 0), 1U);
    EXPECT_DOUBLE_EQ(solver.GetCapacity(1), 3);
    EXPECT_EQ(lanes.GetNextPs(), FlowLanes::NEVER);
}

} // namespace
