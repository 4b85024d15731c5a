/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/link-fault-ledger.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/**
 * @param a what faults do
 * @param b what others do
 * @return whether it is the same to the bit
 */
bool
IsSame(const LinkFault& a, const LinkFault& b)
{
    return a.down == b.down && a.lossDb == b.lossDb && a.frameErrorRatio == b.frameErrorRatio &&
           a.extraDelay == b.extraDelay && a.rateShare == b.rateShare;
}

TEST(LinkFaultLedger, AddsLossesAndDelaysAndMultipliesShares)
{
    LinkFaultLedger ledger(4);
    LinkFault a;
    a.lossDb = 1.5;
    a.frameErrorRatio = 0.5;
    a.extraDelay = PicoSeconds(300);
    a.rateShare = 0.5;
    LinkFault b = a;
    b.down = true;
    b.frameErrorRatio = 0.25;
    b.rateShare = 0.25;
    ledger.Put(7, a);
    ledger.Put(3, b);
    const LinkFault sum = ledger.GetSum();
    EXPECT_TRUE(sum.down);
    EXPECT_EQ(sum.lossDb, 3);
    EXPECT_EQ(sum.frameErrorRatio, 0.625);
    EXPECT_EQ(sum.extraDelay, PicoSeconds(600));
    EXPECT_EQ(sum.rateShare, 0.125);
    ledger.Take(3);
    EXPECT_TRUE(IsSame(ledger.GetSum(), a));
    ledger.Take(3);
    ledger.Put(7, b);
    EXPECT_TRUE(IsSame(ledger.GetSum(), b)) << "it takes the place of the old one";
}

TEST(LinkFaultLedger, LeavesNothingBehindInAnyOrder)
{
    std::mt19937 random(1);
    std::uniform_real_distribution<double> share(0.01, 0.99);
    for (int round = 0; round < 200; ++round)
    {
        std::vector<LinkFault> faults(8);
        for (LinkFault& fault : faults)
        {
            fault.lossDb = share(random);
            fault.frameErrorRatio = share(random);
            fault.rateShare = share(random);
            fault.extraDelay = PicoSeconds(static_cast<int64_t>(1e6 * share(random)));
        }
        std::vector<uint32_t> order(faults.size());
        std::iota(order.begin(), order.end(), 0);
        LinkFaultLedger first(1);
        for (const uint32_t i : order)
        {
            first.Put(i, faults[i]);
        }
        std::shuffle(order.begin(), order.end(), random);
        LinkFaultLedger second(1);
        for (const uint32_t i : order)
        {
            second.Put(i, faults[i]);
        }
        EXPECT_TRUE(IsSame(first.GetSum(), second.GetSum()));
        std::shuffle(order.begin(), order.end(), random);
        for (std::size_t i = 0; i + 1 < order.size(); ++i)
        {
            second.Take(order[i]);
        }
        EXPECT_TRUE(IsSame(second.GetSum(), faults[order.back()]));
        second.Take(order.back());
        EXPECT_TRUE(IsSame(second.GetSum(), LinkFault()));
    }
}

TEST(LinkFaultLedger, CountsWhoHoldsALaneDark)
{
    LinkFaultLedger ledger(4);
    EXPECT_TRUE(ledger.Darken(2));
    EXPECT_FALSE(ledger.Darken(2));
    EXPECT_TRUE(ledger.Darken(0));
    EXPECT_EQ(ledger.GetDarkLanes(), 2u);
    EXPECT_FALSE(ledger.Lighten(2));
    EXPECT_TRUE(ledger.IsDark(2));
    EXPECT_TRUE(ledger.Lighten(2));
    EXPECT_FALSE(ledger.IsDark(2));
    EXPECT_EQ(ledger.GetDarkLanes(), 1u);
    EXPECT_EQ(ledger.GetLanes(), 4u);
}

TEST(LinkFaultLedgerDeathTest, RefusesLanesThatAreNot)
{
    LinkFaultLedger ledger(4);
    EXPECT_DEATH(ledger.Darken(4), "lane 4 of 4");
    EXPECT_DEATH(ledger.Lighten(1), "no fault holds lane 1 dark");
}

} // namespace
