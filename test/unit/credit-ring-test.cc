/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/credit-ring.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <map>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

TEST(CreditRing, IsEmptyAtFirst)
{
    CreditRing ring;
    EXPECT_EQ(ring.Collect(UINT64_MAX), 0U);
    EXPECT_EQ(ring.GetBytes(), 0U);
    EXPECT_EQ(ring.WhenAvailable(1), UINT64_MAX);
    EXPECT_EQ(ring.GetWanted(), 0U);
}

TEST(CreditRing, GivesCreditWhenItIsTime)
{
    CreditRing ring;
    ring.Push(0, 100, 10);
    ring.Push(0, 200, 20);
    EXPECT_EQ(ring.Collect(99), 0U);
    EXPECT_EQ(ring.GetBytes(), 30U);
    EXPECT_EQ(ring.WhenAvailable(1), 100U);
    EXPECT_EQ(ring.WhenAvailable(10), 100U);
    EXPECT_EQ(ring.WhenAvailable(11), 200U);
    EXPECT_EQ(ring.WhenAvailable(30), 200U);
    EXPECT_EQ(ring.WhenAvailable(31), UINT64_MAX);
    EXPECT_EQ(ring.Collect(100), 10U);
    EXPECT_EQ(ring.Collect(100), 0U);
    EXPECT_EQ(ring.WhenAvailable(20), 200U);
    EXPECT_EQ(ring.Collect(1000), 20U);
    EXPECT_EQ(ring.GetBytes(), 0U);
}

TEST(CreditRing, SortsWhatIsFreedOutOfOrder)
{
    CreditRing ring;
    ring.Push(0, 300, 3);
    ring.Push(0, 100, 1);
    ring.Push(0, 200, 2);
    ring.Push(0, 100, 4);
    EXPECT_EQ(ring.WhenAvailable(5), 100U);
    EXPECT_EQ(ring.WhenAvailable(6), 200U);
    EXPECT_EQ(ring.Collect(150), 5U);
    EXPECT_EQ(ring.Collect(250), 2U);
    EXPECT_EQ(ring.Collect(350), 3U);
}

TEST(CreditRing, CountsWhatIsUsableAlready)
{
    CreditRing ring;
    ring.Push(0, 10, 1);
    // What is usable by now makes room, and is not forgotten.
    for (uint64_t nowPs = 20; nowPs < 2000; nowPs += 20)
    {
        ring.Push(nowPs, nowPs + 10, 1);
    }
    EXPECT_EQ(ring.GetBytes(), 100U);
    EXPECT_NE(ring.WhenAvailable(99), UINT64_MAX);
    EXPECT_LE(ring.WhenAvailable(99), 1980U);
    EXPECT_EQ(ring.WhenAvailable(100), 1990U);
    EXPECT_EQ(ring.Collect(1980), 99U);
}

TEST(CreditRing, RemembersWhatIsWanted)
{
    CreditRing ring;
    ring.SetWanted(4096);
    ring.Push(0, 10, 100);
    ring.Collect(10);
    EXPECT_EQ(ring.GetWanted(), 4096U);
    ring.SetWanted(0);
    EXPECT_EQ(ring.GetWanted(), 0U);
}

// Against a sorted map, growing and shrinking.
TEST(CreditRing, BehavesAsASortedMap)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(31);
    for (uint32_t round = 0; round < 50; ++round)
    {
        CreditRing ring;
        std::multimap<uint64_t, uint32_t> model;
        uint64_t nowPs = 0;
        const uint32_t most = round % 2 == 0 ? 3 : 200;
        for (uint32_t i = 0; i < 2000; ++i)
        {
            nowPs += random->GetInteger(0, 100);
            const uint32_t what = random->GetInteger(0, 9);
            if (what < 6 && model.size() < most)
            {
                const uint64_t atPs = nowPs + random->GetInteger(0, round % 3 == 0 ? 100 : 20000);
                const uint32_t bytes = random->GetInteger(1, 4096);
                ring.Push(nowPs, atPs, bytes);
                model.emplace(atPs, bytes);
            }
            else if (what < 8)
            {
                uint64_t bytes = 0;
                while (!model.empty() && model.begin()->first <= nowPs)
                {
                    bytes += model.begin()->second;
                    model.erase(model.begin());
                }
                ASSERT_EQ(ring.Collect(nowPs), bytes);
            }
            uint64_t sum = 0;
            const uint32_t wanted = random->GetInteger(1, 20000);
            uint64_t whenPs = UINT64_MAX;
            for (const auto& [atPs, bytes] : model)
            {
                sum += bytes;
                whenPs = whenPs == UINT64_MAX && sum >= wanted ? atPs : whenPs;
            }
            ASSERT_EQ(ring.GetBytes(), sum);
            // What is usable already may be reported as any time up to now.
            const uint64_t toldPs = ring.WhenAvailable(wanted);
            if (whenPs > nowPs)
            {
                ASSERT_EQ(toldPs, whenPs);
            }
            else
            {
                ASSERT_LE(toldPs, nowPs);
            }
        }
    }
}

} // namespace
