/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/hold-clock.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

TEST(HoldClock, RunsWhileHeld)
{
    HoldClock clock;
    EXPECT_EQ(clock.Read(0), 0U);
    EXPECT_FALSE(clock.IsHeld(0));
    clock.Hold(10, 20, 5);
    EXPECT_TRUE(clock.IsHeld(5));
    EXPECT_EQ(clock.Read(5), 0U);
    EXPECT_EQ(clock.Read(10), 0U);
    EXPECT_EQ(clock.Read(13), 3U);
    EXPECT_TRUE(clock.IsHeld(19));
    EXPECT_FALSE(clock.IsHeld(20));
    EXPECT_EQ(clock.Read(20), 10U);
    EXPECT_EQ(clock.Read(100), 10U);
}

TEST(HoldClock, KnowsSpansToCome)
{
    HoldClock clock;
    clock.Hold(10, 20, 0);
    clock.Hold(25, 30, 12);
    EXPECT_EQ(clock.Read(12), 2U);
    EXPECT_EQ(clock.Read(22), 10U);
    EXPECT_EQ(clock.Read(27), 12U);
    EXPECT_EQ(clock.Read(99), 15U);
    // Told again, and longer.
    clock.Hold(26, 30, 26);
    clock.Hold(27, 34, 27);
    EXPECT_EQ(clock.Read(99), 19U);
}

TEST(HoldClock, Stops)
{
    HoldClock clock;
    clock.Hold(10, 20, 0);
    clock.Hold(25, 30, 0);
    clock.Stop(13);
    EXPECT_FALSE(clock.IsHeld(13));
    EXPECT_EQ(clock.Read(13), 3U);
    EXPECT_EQ(clock.Read(99), 3U);
    clock.Hold(13, 15, 13);
    EXPECT_EQ(clock.Read(99), 5U);
    // Before it begins.
    clock.Hold(40, 50, 30);
    clock.Stop(35);
    EXPECT_EQ(clock.Read(99), 5U);
    clock.Hold(36, 38, 36);
    EXPECT_EQ(clock.Read(37), 6U);
}

TEST(HoldClock, CountsEveryTick)
{
    std::mt19937_64 random(7);
    const auto draw = [&random](uint64_t most) { return random() % (most + 1); };
    HoldClock clock;
    std::vector<bool> held(100000, false);
    uint64_t nowPs = 0;
    uint64_t lastPs = 0;
    for (uint32_t i = 0; i < 5000; ++i)
    {
        nowPs += draw(20);
        if (draw(9) == 0)
        {
            clock.Stop(nowPs);
            std::fill(held.begin() + static_cast<std::ptrdiff_t>(nowPs), held.end(), false);
            lastPs = nowPs;
        }
        else if (lastPs < nowPs + 50)
        {
            const uint64_t fromPs = std::max(nowPs, lastPs) + draw(5);
            lastPs = fromPs + 1 + draw(20);
            clock.Hold(fromPs, lastPs, nowPs);
            std::fill(held.begin() + static_cast<std::ptrdiff_t>(fromPs),
                      held.begin() + static_cast<std::ptrdiff_t>(lastPs),
                      true);
        }
        const uint64_t atPs = nowPs + draw(60);
        const auto begin = held.begin();
        ASSERT_EQ(clock.Read(atPs),
                  static_cast<uint64_t>(
                      std::count(begin, begin + static_cast<std::ptrdiff_t>(atPs), true)));
    }
}

} // namespace
