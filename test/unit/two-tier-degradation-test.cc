/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/two-tier-degradation.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

using namespace ns3::opticalfabric;

namespace
{

/// 4 nodes, 2 planes of 4 L2 chips: 8 links to a node.
const TwoTierShape SMALL{4, 2, 4, 8, 4, 2};

/**
 * @param node node
 * @param plane plane
 * @param chip L2 chip
 * @return a link of SMALL that is down
 */
DegradedComponent
Link(uint32_t node, uint32_t plane, uint32_t chip)
{
    DegradedComponent link;
    link.kind = ComponentKind::LINK;
    link.index = (node * SMALL.planes + plane) * SMALL.chips + chip;
    link.isDown = true;
    return link;
}

/**
 * @param node node
 * @param plane plane
 * @return an L1 chip of SMALL that is down
 */
DegradedComponent
FirstTier(uint32_t node, uint32_t plane)
{
    DegradedComponent chip;
    chip.kind = ComponentKind::SWITCH_CHIP;
    chip.index = node * SMALL.planes + plane;
    chip.isDown = true;
    return chip;
}

/**
 * @param plane plane
 * @param chip place in it
 * @return an L2 chip of SMALL that is down
 */
DegradedComponent
SecondTier(uint32_t plane, uint32_t chip)
{
    DegradedComponent component;
    component.kind = ComponentKind::SWITCH_CHIP;
    component.index = SMALL.nodes * SMALL.planes + plane * SMALL.chips + chip;
    component.isDown = true;
    return component;
}

/**
 * @param number number of an accelerator that is down
 * @return it
 */
DegradedComponent
Npu(uint32_t number)
{
    DegradedComponent npu;
    npu.kind = ComponentKind::NPU;
    npu.index = number;
    npu.isDown = true;
    return npu;
}

/// What is done about faults.
constexpr FaultTolerance ALL{true, true, true, true};
constexpr FaultTolerance PLANES_ONLY{true, true, false, true};
constexpr FaultTolerance NO_REROUTE{true, true, false, false};

/**
 * @param tolerance what is done about faults
 * @param degraded what is degraded, in any order
 * @param communicationShare of the job
 * @return what the fabric is good for
 */
FabricVerdict
Assess(const FaultTolerance& tolerance,
       std::vector<DegradedComponent> degraded,
       double communicationShare = 1)
{
    std::sort(degraded.begin(), degraded.end(), [](const auto& one, const auto& other) {
        return std::make_pair(one.kind, one.index) < std::make_pair(other.kind, other.index);
    });
    const TwoTierDegradation model(SMALL, {communicationShare, 3}, tolerance);
    return model.Assess(degraded, model.Describe(degraded));
}

TEST(TwoTierDegradation, WholeFabric)
{
    const TwoTierDegradation model(SMALL, {}, ALL);
    EXPECT_TRUE(model.Describe({}).empty());
    EXPECT_TRUE(model.Describe({Npu(0)}).empty());
    EXPECT_EQ(Assess(ALL, {}).speed, 1);
    EXPECT_EQ(model.Explain({}), "whole");
}

TEST(TwoTierDegradation, OneLinkByHand)
{
    // 7 of 8 links of the worst node; or 3 of 4 in its worst plane; better than one of two planes.
    EXPECT_NEAR(Assess(ALL, {Link(1, 0, 2)}).speed, 7.0 / 8, 1e-12);
    EXPECT_NEAR(Assess(PLANES_ONLY, {Link(1, 0, 2)}).speed, 3.0 / 4, 1e-12);
    EXPECT_NEAR(Assess(NO_REROUTE, {Link(1, 0, 2)}).speed, 3.0 / 4, 1e-12);
    // A job that waits for it half of its time: 1 / (0.5 + 0.5 / 0.875).
    EXPECT_NEAR(Assess(ALL, {Link(1, 0, 2)}, 0.5).speed, 1 / (0.5 + 0.5 / 0.875), 1e-12);
    EXPECT_EQ(Assess(ALL, {Link(1, 0, 2)}, 0).speed, 1);
}

TEST(TwoTierDegradation, FirstTierChipByHand)
{
    EXPECT_NEAR(Assess(ALL, {FirstTier(2, 1)}).speed, 0.5, 1e-12);
    EXPECT_NEAR(Assess(PLANES_ONLY, {FirstTier(2, 1)}).speed, 0.5, 1e-12);
    EXPECT_EQ(Assess(NO_REROUTE, {FirstTier(2, 1)}).speed, 0);
    // Two nodes that lost different planes cannot reach each other.
    EXPECT_EQ(Assess(ALL, {FirstTier(2, 1), FirstTier(3, 0)}).speed, 0);
    EXPECT_EQ(Assess(ALL, {FirstTier(2, 1), FirstTier(3, 0)}).unreachable, 0u);
    // Those that lost the same can.
    EXPECT_NEAR(Assess(ALL, {FirstTier(2, 1), FirstTier(3, 1)}).speed, 0.5, 1e-12);
}

TEST(TwoTierDegradation, SecondTierChipsByHand)
{
    EXPECT_NEAR(Assess(ALL, {SecondTier(0, 3)}).speed, 7.0 / 8, 1e-12);
    EXPECT_NEAR(Assess(ALL, {SecondTier(0, 3), Link(1, 0, 3)}).speed, 7.0 / 8, 1e-12);
    EXPECT_NEAR(Assess(ALL, {SecondTier(0, 3), Link(1, 0, 2)}).speed, 6.0 / 8, 1e-12);
    EXPECT_NEAR(Assess(ALL, {SecondTier(0, 3), FirstTier(1, 0)}).speed, 4.0 / 8, 1e-12);
    // A plane with three of four chips lost is not worth keeping without borrowing.
    const std::vector<DegradedComponent> three{SecondTier(0, 0),
                                               SecondTier(0, 1),
                                               SecondTier(0, 2)};
    EXPECT_NEAR(Assess(ALL, three).speed, 5.0 / 8, 1e-12);
    EXPECT_NEAR(Assess(PLANES_ONLY, three).speed, 4.0 / 8, 1e-12);
    EXPECT_NEAR(Assess(NO_REROUTE, three).speed, 1.0 / 4, 1e-12);
}

TEST(TwoTierDegradation, NodesOfAPlaneThatLostEachOther)
{
    // In plane 0 node 0 keeps chips 0 and 1, node 1 keeps 2 and 3: no way between them there.
    const std::vector<DegradedComponent> lost{Link(0, 0, 2),
                                              Link(0, 0, 3),
                                              Link(1, 0, 0),
                                              Link(1, 0, 1)};
    EXPECT_NEAR(Assess(ALL, lost).speed, 6.0 / 8, 1e-12);
    EXPECT_NEAR(Assess(PLANES_ONLY, lost).speed, 4.0 / 8, 1e-12);
    EXPECT_EQ(Assess(NO_REROUTE, lost).speed, 0);
}

TEST(TwoTierDegradation, ANodeThatIsCutOffDoesNotCountAnyMore)
{
    const FabricVerdict verdict =
        Assess(ALL, {FirstTier(2, 0), FirstTier(2, 1), Link(0, 0, 0), Npu(16), Npu(24)});
    EXPECT_EQ(verdict.unreachable, 7u);
    EXPECT_NEAR(verdict.speed, 7.0 / 8, 1e-12);
    // All links of both planes through L2 chips: nobody reaches anybody.
    std::vector<DegradedComponent> all;
    for (uint32_t chip = 0; chip < 8; ++chip)
    {
        all.push_back(SecondTier(chip / 4, chip % 4));
    }
    EXPECT_EQ(Assess(ALL, all).speed, 0);
}

TEST(TwoTierDegradation, LanesDownShiftToPowersOfTwo)
{
    DegradedComponent link = Link(0, 0, 0);
    link.isDown = false;
    link.lanesLost = 1; // 3 of 4 are left, 2 are used
    EXPECT_NEAR(Assess(ALL, {link}).speed, 1 - 0.5 / 8, 1e-12);
    link.lanesLost = 3;
    EXPECT_NEAR(Assess(ALL, {link}).speed, 1 - 0.75 / 8, 1e-12);
    link.lanesLost = 4;
    EXPECT_NEAR(Assess(ALL, {link}).speed, 7.0 / 8, 1e-12);
    link.lanesLost = 1;
    EXPECT_NEAR(Assess({true, false, true, true}, {link}).speed, 7.0 / 8, 1e-12);
}

TEST(TwoTierDegradation, LossErrorsAndCongestion)
{
    DegradedComponent link = Link(0, 0, 0);
    link.isDown = false;
    link.lossDb = 3; // as much as the margin
    EXPECT_EQ(Assess(ALL, {link}).speed, 1);
    link.lossDb = 3.1;
    EXPECT_NEAR(Assess(ALL, {link}).speed, 7.0 / 8, 1e-12);
    link.lossDb = 0;
    link.lostFrames = 0.25;
    EXPECT_NEAR(Assess(ALL, {link}).speed, 1 - 0.25 / 8, 1e-12);
    EXPECT_NEAR(Assess({false, true, true, true}, {link}).speed, 7.0 / 8, 1e-12);
    link.rateLost = 0.5;
    EXPECT_NEAR(Assess(ALL, {link}).speed, 1 - 0.625 / 8, 1e-12);
    // With go-back-N and nine frames in flight a damaged one takes ten with it, at half of the rate
    // five and a half: 0.75 / (0.75 + 0.25 * 5.5) of that half.
    TwoTierJob job{1, 3};
    job.framesInFlight = 9;
    const TwoTierDegradation goingBack(SMALL, job, ALL);
    const double left = 0.5 * 0.75 / (0.75 + 0.25 * 5.5);
    EXPECT_NEAR(goingBack.Assess({link}, goingBack.Describe({link})).speed,
                1 - std::ceil((1 - left) * 1024) / 1024 / 8,
                1e-12);
    link.rateLost = 0;
    EXPECT_NEAR(goingBack.Assess({link}, goingBack.Describe({link})).speed,
                1 - std::ceil((1 - 0.75 / (0.75 + 0.25 * 10)) * 1024) / 1024 / 8,
                1e-12);
    // Nothing gets through, ever.
    link.lostFrames = 1;
    EXPECT_NEAR(Assess(ALL, {link}).speed, 7.0 / 8, 1e-12);
    // Rounded up to 1/1024 of a link.
    link.lostFrames = 1e-6;
    link.rateLost = 0;
    EXPECT_NEAR(Assess(ALL, {link}).speed, 1 - 1.0 / 1024 / 8, 1e-12);
}

TEST(TwoTierDegradation, SignaturesDoNotDependOnNumbers)
{
    // The same faults with nodes, planes and chips numbered otherwise, many times over.
    const UniformSource uniform = MakeUniform(17);
    const auto draw = [&](uint32_t count) {
        return std::min(static_cast<uint32_t>(uniform() * count), count - 1);
    };
    const auto shuffle = [&](uint32_t count) {
        std::vector<uint32_t> order(count);
        std::iota(order.begin(), order.end(), 0);
        for (uint32_t i = count; i > 1; --i)
        {
            std::swap(order[i - 1], order[draw(i)]);
        }
        return order;
    };
    const TwoTierDegradation model(SMALL, {}, PLANES_ONLY);
    std::size_t repeats = 0;
    StateSignature last;
    for (int round = 0; round < 2000; ++round)
    {
        const auto nodes = shuffle(4);
        const auto planes = shuffle(2);
        const auto chips = shuffle(4);
        std::vector<DegradedComponent> one;
        std::vector<DegradedComponent> other;
        for (int i = 0; i < 4; ++i)
        {
            const uint32_t node = draw(4);
            const uint32_t plane = draw(2);
            const uint32_t chip = draw(4);
            switch (draw(3))
            {
            case 0:
                one.push_back(Link(node, plane, chip));
                other.push_back(Link(nodes[node], planes[plane], chips[chip]));
                break;
            case 1:
                one.push_back(FirstTier(node, plane));
                other.push_back(FirstTier(nodes[node], planes[plane]));
                break;
            default:
                one.push_back(SecondTier(plane, chip));
                other.push_back(SecondTier(planes[plane], chips[chip]));
            }
        }
        const StateSignature signature = model.Describe(one);
        EXPECT_EQ(signature, model.Describe(other));
        repeats += signature == last ? 1 : 0;
        last = signature;
        // More tolerance is never slower.
        const double borrowed = Assess(ALL, one).speed;
        const double planar = Assess(PLANES_ONLY, one).speed;
        EXPECT_GE(borrowed, planar - 1e-12);
        EXPECT_GE(planar, Assess(NO_REROUTE, one).speed - 1e-12);
    }
    EXPECT_LT(repeats, 1000u);
}

TEST(TwoTierDegradation, ExplainsItself)
{
    const TwoTierDegradation model(SMALL, {}, ALL);
    EXPECT_EQ(model.Explain(model.Describe({Link(0, 0, 0), Link(1, 1, 1)})),
              "worst node lost 1 link; worst of each plane 1 1");
    EXPECT_EQ(model.Explain(model.Describe({FirstTier(2, 0), FirstTier(2, 1)})),
              "worst node lost 0 links; unreachable accelerators 8");
    EXPECT_EQ(
        model.Explain(model.Describe({FirstTier(2, 1), FirstTier(3, 0)})),
        "worst node lost 4 links; worst of each plane 4 4; nodes without a path between them");
}

TEST(TwoTierDegradation, CloudMatrixHasItsComponents)
{
    FaultInventory inventory;
    AddTwoTierComponents({}, 60, inventory);
    EXPECT_EQ(inventory.GetComponents(ComponentKind::NPU).size(), 384u);
    EXPECT_EQ(inventory.GetComponents(ComponentKind::LINK).size(), 5376u);
    EXPECT_EQ(inventory.GetComponents(ComponentKind::MODULE).size(), 5376u);
    EXPECT_EQ(inventory.GetComponents(ComponentKind::SWITCH_CHIP).size(), 336u + 112u);
    // Every link goes through a module at either end.
    std::map<std::string, int> ends;
    for (const InventoryComponent& module : inventory.GetComponents(ComponentKind::MODULE))
    {
        EXPECT_EQ(module.dependents.size(), 2u);
        EXPECT_EQ(module.temperatureC, 60);
        for (const FaultDependent& link : module.dependents)
        {
            ++ends[link.name];
        }
    }
    const auto& links = inventory.GetComponents(ComponentKind::LINK);
    EXPECT_EQ(ends.size(), links.size());
    for (const InventoryComponent& link : links)
    {
        EXPECT_EQ(ends[link.name], 2) << link.name;
    }
    EXPECT_EQ(links[(5 * 7 + 3) * 16 + 9].name, "node-5.l1-3.port-9");
    const auto& chips = inventory.GetComponents(ComponentKind::SWITCH_CHIP);
    EXPECT_EQ(chips[5 * 7 + 3].name, "node-5.l1-3");
    EXPECT_EQ(chips[48 * 7 + 3 * 16 + 9].name, "plane-3.l2-9");
    ExpectRefused([&] { AddTwoTierComponents({}, 60, inventory); },
                  {"components npu of the inventory = 384", "allowed: 0"});
}

TEST(TwoTierDegradation, RefusesWhatCannotBe)
{
    const auto refuse = [](TwoTierShape shape, const std::string& what) {
        ExpectRefused([&] { shape.Validate(); }, {what});
    };
    refuse({1, 7, 16, 8, 4, 1}, "nodes = 1");
    refuse({48, 0, 16, 8, 4, 1}, "planes = 0");
    refuse({48, 7, 0, 8, 4, 1}, "chips = 0");
    refuse({48, 7, 16, 0, 4, 1}, "npusPerNode = 0");
    refuse({48, 7, 16, 8, 0, 1}, "lanesPerLink = 0");
    refuse({48, 7, 16, 8, 65, 1}, "lanesPerLink = 65");
    refuse({48, 7, 16, 8, 4, 0}, "linksPerModule = 0");
    refuse({48, 7, 16, 8, 4, 3}, "linksPerModule = 3");
    refuse({100000, 1000, 1000, 1, 1, 1}, "nodes * planes * chips");
    ExpectRefused([] { TwoTierDegradation({}, {2, 3}, {}); }, {"communicationShare = 2"});
    ExpectRefused([] { TwoTierDegradation({}, {1, -1}, {}); }, {"marginDb = -1"});
    ExpectRefused([] { TwoTierDegradation({}, {1, 3, -1}, {}); }, {"framesInFlight = -1"});
    const TwoTierDegradation model(SMALL, {}, ALL);
    std::vector<uint32_t> counts(ComponentKind::COUNT, 0);
    EXPECT_NO_THROW(model.CheckCounts(counts));
    counts[ComponentKind::LINK] = 32;
    counts[ComponentKind::SWITCH_CHIP] = 16;
    counts[ComponentKind::NPU] = 32;
    EXPECT_NO_THROW(model.CheckCounts(counts));
    counts[ComponentKind::LINK] = 31;
    ExpectRefused([&] { model.CheckCounts(counts); }, {"link = 31", "0 or 32"});
}

} // namespace
