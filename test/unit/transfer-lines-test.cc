/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/transfer-lines.h"

#include <cstdint>
#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <utility>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// @param destination endpoint @param lane virtual lane @return a transfer to it
OutgoingTransfer
MakeTransfer(uint32_t destination, uint8_t lane = 0)
{
    OutgoingTransfer transfer;
    transfer.transfer.destination = destination;
    transfer.lane = lane;
    return transfer;
}

TEST(TransferLines, OneDestinationOneLine)
{
    TransferLines lines;
    OutgoingTransfer a = MakeTransfer(7);
    OutgoingTransfer b = MakeTransfer(7);
    OutgoingTransfer c = MakeTransfer(7);
    EXPECT_TRUE(lines.Enter(&a));
    EXPECT_FALSE(lines.Enter(&b));
    EXPECT_FALSE(lines.Enter(&c));
    EXPECT_EQ(lines.GetWaiting(), 2u);
    EXPECT_EQ(lines.Leave(&a), &b);
    EXPECT_EQ(lines.Leave(&b), &c);
    EXPECT_EQ(lines.Leave(&c), nullptr);
    EXPECT_EQ(lines.GetWaiting(), 0u);
    EXPECT_TRUE(lines.Enter(&a));
}

TEST(TransferLines, LanesHaveLinesOfTheirOwn)
{
    TransferLines lines;
    OutgoingTransfer a = MakeTransfer(7, 0);
    OutgoingTransfer b = MakeTransfer(7, 1);
    EXPECT_TRUE(lines.Enter(&a));
    EXPECT_TRUE(lines.Enter(&b));
    EXPECT_EQ(lines.Leave(&a), nullptr);
    EXPECT_EQ(lines.Leave(&b), nullptr);
}

TEST(TransferLines, ClearForgets)
{
    TransferLines lines;
    OutgoingTransfer a = MakeTransfer(7);
    OutgoingTransfer b = MakeTransfer(7);
    lines.Enter(&a);
    lines.Enter(&b);
    lines.Clear();
    EXPECT_EQ(lines.GetWaiting(), 0u);
    EXPECT_TRUE(lines.Enter(&b));
}

/// What comes and goes at random is where queues by destination and lane say it is.
TEST(TransferLines, LikeAMapOfQueues)
{
    std::mt19937 random(1);
    for (const uint32_t destinations : {1U, 5U, 40U, 3000U})
    {
        std::vector<OutgoingTransfer> transfers;
        for (uint32_t i = 0; i < 6000; ++i)
        {
            transfers.push_back(MakeTransfer(random() % destinations, random() % 3));
        }
        TransferLines lines;
        std::map<std::pair<uint32_t, uint8_t>, std::deque<OutgoingTransfer*>> queues;
        uint64_t waiting = 0;
        const auto leave = [&](OutgoingTransfer* first) {
            auto& queue = queues[{first->transfer.destination, first->lane}];
            ASSERT_EQ(queue.front(), first);
            queue.pop_front();
            waiting -= queue.empty() ? 0 : 1;
            ASSERT_EQ(lines.Leave(first), queue.empty() ? nullptr : queue.front());
        };
        for (OutgoingTransfer& transfer : transfers)
        {
            auto& queue = queues[{transfer.transfer.destination, transfer.lane}];
            ASSERT_EQ(lines.Enter(&transfer), queue.empty());
            waiting += queue.empty() ? 0 : 1;
            queue.push_back(&transfer);
            ASSERT_EQ(lines.GetWaiting(), waiting);
            // Now and then the first of some line goes; more come than go.
            const OutgoingTransfer& some = transfers[random() % transfers.size()];
            auto& other = queues[{some.transfer.destination, some.lane}];
            if (!other.empty() && random() % 4 != 0)
            {
                leave(other.front());
            }
        }
        for (auto& [key, queue] : queues)
        {
            while (!queue.empty())
            {
                leave(queue.front());
            }
        }
        EXPECT_EQ(lines.GetWaiting(), 0u);
    }
}

} // namespace
