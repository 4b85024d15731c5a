/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/availability.h"
#include "ns3/poisson-interval.h"
#include "ns3/repair-shop.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

using namespace ns3::opticalfabric;

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();

/**
 * @param id number
 * @param durationH how long the work takes, h
 * @param priority priority
 * @param spare pool of spare parts; empty: none
 * @return a job that needs a crew
 */
RepairJob
MakeJob(uint64_t id, double durationH, uint32_t priority = 0, const std::string& spare = "")
{
    RepairJob job;
    job.id = id;
    job.durationH = durationH;
    job.needsCrew = true;
    job.priority = priority;
    job.spare = spare;
    return job;
}

TEST(RepairShop, WithoutLimitsNothingWaits)
{
    RepairShop shop;
    EXPECT_EQ(shop.GetNextEventH(), INFINITE);
    for (uint64_t id = 0; id < 10; ++id)
    {
        shop.Submit(1, MakeJob(id, 10 - static_cast<double>(id), 0, "anything"));
    }
    EXPECT_EQ(shop.GetBusyCrews(), 10u);
    EXPECT_EQ(shop.GetWaiting(), 0u);
    EXPECT_EQ(shop.GetNextEventH(), 2);
    EXPECT_EQ(shop.GetStock("anything"), RepairShop::UNLIMITED);
    const auto done = shop.AdvanceTo(11);
    ASSERT_EQ(done.size(), 10u);
    for (uint64_t i = 0; i < 10; ++i)
    {
        EXPECT_EQ(done[i].id, 9 - i);
        EXPECT_EQ(done[i].submittedH, 1);
        EXPECT_EQ(done[i].startedH, 1);
        EXPECT_EQ(done[i].finishedH, 2 + static_cast<double>(i));
    }
    EXPECT_TRUE(shop.AdvanceTo(20).empty());
    EXPECT_EQ(shop.GetTimeH(), 20);
    EXPECT_EQ(shop.GetBusyCrews(), 0u);
}

TEST(RepairShop, PriorityGoesFirstThenWhoCameFirst)
{
    RepairShop shop(1);
    shop.Submit(0, MakeJob(1, 5));
    shop.Submit(1, MakeJob(2, 1, 2));
    shop.Submit(2, MakeJob(3, 1, 1));
    shop.Submit(3, MakeJob(4, 1, 1));
    EXPECT_EQ(shop.GetWaiting(), 3u);
    std::vector<uint64_t> order;
    for (const RepairRecord& record : shop.AdvanceTo(100))
    {
        order.push_back(record.id);
    }
    EXPECT_EQ(order, (std::vector<uint64_t>{1, 3, 4, 2}));
    // What needs no crew does not wait for one.
    shop.Submit(100, MakeJob(5, 10));
    RepairJob reset = MakeJob(6, 0.1);
    reset.needsCrew = false;
    shop.Submit(100, reset);
    const auto done = shop.AdvanceTo(101);
    ASSERT_EQ(done.size(), 1u);
    EXPECT_EQ(done[0].id, 6u);
    EXPECT_EQ(done[0].finishedH, 100.1);
}

TEST(RepairShop, AMissingPartHoldsUpNobodyElse)
{
    RepairShop shop(1);
    shop.LimitSpares("laser", 1, 24);
    shop.Submit(0, MakeJob(1, 1, 0, "laser"));
    EXPECT_EQ(shop.GetStock("laser"), 0u);
    shop.Submit(0, MakeJob(2, 1, 0, "laser"));
    shop.Submit(0, MakeJob(3, 1));
    const auto done = shop.AdvanceTo(50);
    ASSERT_EQ(done.size(), 3u);
    EXPECT_EQ(done[1].id, 3u);
    EXPECT_EQ(done[1].startedH, 1);
    // The part taken at 0 comes again at 24.
    EXPECT_EQ(done[2].id, 2u);
    EXPECT_EQ(done[2].startedH, 24);
    EXPECT_EQ(shop.GetStock("laser"), 1u);
}

TEST(RepairShop, TellsOfEndsAlsoWhenOthersCameSince)
{
    RepairShop shop(1);
    shop.Submit(0, MakeJob(1, 1));
    shop.Submit(5, MakeJob(2, 1));
    const auto done = shop.AdvanceTo(5);
    ASSERT_EQ(done.size(), 1u);
    EXPECT_EQ(done[0].finishedH, 1);
    // At the same time, ends come before what is new: the crew is there again.
    shop.Submit(6, MakeJob(3, 1));
    EXPECT_EQ(shop.GetBusyCrews(), 1u);
    EXPECT_EQ(shop.GetWaiting(), 0u);
}

TEST(RepairShop, WaitingForACrewIsErlangsC)
{
    // M/M/3 at 80 % load: by Erlang's formula 0.6472 wait, on average 1 / (c mu - lambda) each.
    constexpr double LOAD = 2.4;
    constexpr uint32_t CREWS = 3;
    const double last = std::pow(LOAD, 3) / 6 / (1 - LOAD / 3);
    const double waiting = last / (1 + LOAD + LOAD * LOAD / 2 + last);
    EXPECT_NEAR(waiting, 0.6472, 1e-4);
    RepairShop shop(CREWS);
    const UniformSource uniform = MakeUniform(5);
    SampleMean waits;
    SampleMean shares;
    double nowH = 0;
    uint64_t id = 0;
    for (int batch = 0; batch < 101; ++batch)
    {
        double sumH = 0;
        double late = 0;
        constexpr int JOBS = 5000;
        for (int i = 0; i < JOBS; ++i)
        {
            nowH -= std::log(uniform()) / LOAD;
            shop.Submit(nowH, MakeJob(id++, -std::log(uniform())));
        }
        const auto done = shop.AdvanceTo(nowH);
        for (const RepairRecord& record : done)
        {
            sumH += record.startedH - record.submittedH;
            late += record.startedH > record.submittedH;
        }
        if (batch > 0) // the first begins empty
        {
            waits.Add(sumH / static_cast<double>(done.size()));
            shares.Add(late / static_cast<double>(done.size()));
        }
    }
    EXPECT_TRUE(shares.Covers(waiting)) << shares.GetMean();
    EXPECT_LT(shares.GetHalfWidth99(), 0.02);
    EXPECT_TRUE(waits.Covers(waiting / (CREWS - LOAD))) << waits.GetMean();
}

TEST(RepairShop, WaitingForAPartIsPalmsTheorem)
{
    // Orders under way are Poisson with mean rate times lead time, so a job waits if there are as
    // many as parts.
    constexpr double RATE_PER_H = 0.05;
    constexpr double LEAD_H = 100;
    constexpr uint32_t STOCK = 8;
    const double waiting = PoissonAtLeast(RATE_PER_H * LEAD_H, STOCK);
    RepairShop shop;
    shop.LimitSpares("module", STOCK, LEAD_H);
    const UniformSource uniform = MakeUniform(6);
    SampleMean shares;
    double nowH = 0;
    for (int batch = 0; batch < 101; ++batch)
    {
        for (int i = 0; i < 2000; ++i)
        {
            nowH -= std::log(uniform()) / RATE_PER_H;
            shop.Submit(nowH, MakeJob(0, 1, 0, "module"));
        }
        const auto done = shop.AdvanceTo(nowH);
        double late = 0;
        for (const RepairRecord& record : done)
        {
            late += record.startedH > record.submittedH;
        }
        if (batch > 0)
        {
            shares.Add(late / static_cast<double>(done.size()));
        }
    }
    EXPECT_TRUE(shares.Covers(waiting)) << shares.GetMean() << " against " << waiting;
    EXPECT_LT(shares.GetHalfWidth99(), 0.1 * waiting);
}

TEST(RepairShop, RefusesWhatCannotBe)
{
    RepairShop shop(1);
    shop.LimitSpares("a", 1, 1);
    ExpectRefused([&] { shop.LimitSpares("a", 1, 1); }, {"pool = \"a\"", "not limited yet"});
    ExpectRefused([&] { shop.LimitSpares("", 1, 1); }, {"pool = \"\""});
    ExpectRefused([&] { shop.LimitSpares("b", 1, -1); }, {"leadTimeH = -1"});
    ExpectRefused([&] { shop.Submit(0, MakeJob(1, -1)); }, {"durationH = -1"});
    shop.AdvanceTo(5);
    ExpectRefused([&] { shop.AdvanceTo(4); }, {"timeH = 4", "5 to"});
    ExpectRefused([&] { shop.Submit(4, MakeJob(1, 1)); }, {"timeH = 4"});
    EXPECT_EQ(shop.GetTimeH(), 5);
}

} // namespace
