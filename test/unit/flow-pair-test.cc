/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/event-pool.h"
#include "ns3/flow-pair.h"
#include "ns3/random-variable-stream.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// A pair, and transfers for it.
class FlowPairTest : public testing::Test
{
  protected:
    /// @param bytes size on the wire @return a transfer that has begun
    FlowTransfer* Insert(uint64_t bytes)
    {
        FlowTransfer* transfer = pool.Acquire();
        pair.Insert(transfer, bytes);
        return transfer;
    }

    /// @return all transfers in the order in which they end, taken out
    std::vector<FlowTransfer*> Drain()
    {
        std::vector<FlowTransfer*> order;
        while (pair.first != nullptr)
        {
            order.push_back(pair.TakeFirst());
        }
        EXPECT_EQ(pair.count, 0U);
        EXPECT_EQ(pair.last, nullptr);
        return order;
    }

    EventPool<FlowTransfer> pool; ///< transfers
    FlowPair pair;                ///< what is tested
};

TEST_F(FlowPairTest, TheSmallestEndsFirst)
{
    FlowTransfer* large = Insert(300);
    FlowTransfer* small = Insert(100);
    FlowTransfer* medium = Insert(200);
    FlowTransfer* largest = Insert(400);
    EXPECT_EQ(pair.count, 4U);
    EXPECT_EQ(Drain(), (std::vector<FlowTransfer*>{small, medium, large, largest}));
}

TEST_F(FlowPairTest, OfThoseThatEndTogetherTheFirstToBeginIsFirst)
{
    FlowTransfer* first = Insert(200);
    FlowTransfer* second = Insert(200);
    FlowTransfer* before = Insert(100);
    FlowTransfer* third = Insert(200);
    EXPECT_EQ(Drain(), (std::vector<FlowTransfer*>{before, first, second, third}));
}

TEST_F(FlowPairTest, WhatBeginsLaterEndsLater)
{
    FlowTransfer* early = Insert(1000);
    pair.rate = 0.5;
    pair.Advance(200);
    EXPECT_EQ(pair.served, 100);
    FlowTransfer* late = Insert(1000);
    EXPECT_EQ(late->m_end, 1100);
    // A small one overtakes both.
    FlowTransfer* small = Insert(10);
    EXPECT_EQ(small->m_end, 110);
    EXPECT_EQ(Drain(), (std::vector<FlowTransfer*>{small, early, late}));
}

TEST_F(FlowPairTest, WhatIsRestoredTakesItsPlaceAgain)
{
    std::vector<FlowTransfer*> transfers;
    for (const uint64_t bytes : {500, 100, 300, 300, 100, 400})
    {
        transfers.push_back(Insert(bytes));
    }
    const std::vector<FlowTransfer*> order{transfers[1],
                                           transfers[4],
                                           transfers[2],
                                           transfers[3],
                                           transfers[5],
                                           transfers[0]};
    for (FlowTransfer* transfer : Drain())
    {
        pair.Restore(transfer);
    }
    EXPECT_EQ(pair.count, 6U);
    EXPECT_EQ(Drain(), order);
    // In any order, as long as no two end together.
    for (const uint32_t i : {2, 0, 5, 1})
    {
        pair.Restore(transfers[i]);
    }
    EXPECT_EQ(Drain(),
              (std::vector<FlowTransfer*>{transfers[1], transfers[2], transfers[5], transfers[0]}));
}

TEST_F(FlowPairTest, CountsWhatAllHaveCarried)
{
    Insert(1000);
    Insert(1000);
    pair.rate = 0.25;
    pair.Advance(400);
    EXPECT_EQ(pair.served, 100);
    EXPECT_EQ(pair.carried, 200);
    pair.TakeFirst();
    pair.Advance(800);
    EXPECT_EQ(pair.served, 200);
    EXPECT_EQ(pair.carried, 300);
    EXPECT_EQ(pair.sincePs, 800U);
}

TEST_F(FlowPairTest, BeginsAnewAfterItWasIdle)
{
    Insert(1000);
    pair.rate = 0.5;
    pair.Advance(2000);
    pair.TakeFirst();
    pair.Advance(10000);
    const FlowTransfer* next = Insert(77);
    EXPECT_EQ(pair.served, 0);
    EXPECT_EQ(next->m_end, 77);
    EXPECT_EQ(pair.carried, 1000);
}

TEST_F(FlowPairTest, AnEndIsRoundedUp)
{
    EXPECT_EQ(pair.GetEnd(), FlowPair::NEVER);
    Insert(1000);
    EXPECT_EQ(pair.GetEnd(), FlowPair::NEVER) << "without a rate";
    pair.sincePs = 5000;
    pair.rate = 0.3;
    EXPECT_EQ(pair.GetEnd(), 5000U + 3334);
    pair.rate = 0.5;
    EXPECT_EQ(pair.GetEnd(), 5000U + 2000);
    // Beyond the end of time.
    pair.rate = 1e-18;
    EXPECT_GE(pair.GetEnd(), uint64_t{TimeEnd::PS});
    EXPECT_NE(pair.GetEnd(), FlowPair::NEVER);
    // Within it, however long it takes.
    pair.rate = 1000 / 5e18;
    EXPECT_NEAR(static_cast<double>(pair.GetEnd()), 5e18, 1e7);
    // What has had more than it needs ends now.
    pair.rate = 0.5;
    pair.served = 1000.1;
    EXPECT_EQ(pair.GetEnd(), 5000U);
}

TEST_F(FlowPairTest, WhatHasNoBytesEndsAtOnce)
{
    Insert(0);
    EXPECT_TRUE(pair.HasEnded());
    pair.rate = 1;
    EXPECT_EQ(pair.GetEnd(), 0U);
}

// Whenever its rate changes: at the time it says it has ended, and not a picosecond before.
TEST_F(FlowPairTest, HasEndedWhenItSaysSo)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(72);
    for (uint32_t round = 0; round < 2000; ++round)
    {
        pair = FlowPair();
        pair.sincePs = static_cast<uint64_t>(random->GetValue(0, 1e15));
        const auto bytes = static_cast<uint64_t>(std::exp(random->GetValue(0, 28)));
        FlowTransfer* transfer = Insert(bytes);
        for (uint32_t changes = random->GetInteger(0, 5); changes > 0; --changes)
        {
            pair.rate = std::exp(random->GetValue(-10, 2));
            const double wholePs = static_cast<double>(bytes) / pair.rate;
            pair.Advance(pair.sincePs + static_cast<uint64_t>(random->GetValue(0, wholePs / 6)));
        }
        pair.rate = std::exp(random->GetValue(-10, 2));
        const uint64_t endPs = pair.GetEnd();
        FlowPair before = pair;
        if (endPs > pair.sincePs + 1)
        {
            before.Advance(endPs - 2);
            EXPECT_LT(before.served, transfer->m_end * (1 + 1e-12)) << "round " << round;
        }
        pair.Advance(endPs);
        EXPECT_TRUE(pair.HasEnded() || transfer->m_end - pair.served < 1e-9 * transfer->m_end)
            << "round " << round;
        // Not later than it has to be.
        EXPECT_LT(pair.served - transfer->m_end, pair.rate * 1.001 + 1e-9 * transfer->m_end)
            << "round " << round;
        ASSERT_FALSE(HasFailure()) << bytes << " bytes at " << pair.rate;
    }
}

} // namespace
