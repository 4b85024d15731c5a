/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/event-pool.h"
#include "ns3/fabric-packet.h"
#include "ns3/port-queue.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <deque>
#include <gtest/gtest.h>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// A queue and the packets for it.
class PortQueueTest : public testing::Test
{
  protected:
    /// @return packets in the order they are served
    std::vector<FabricPacket*> Drain()
    {
        std::vector<FabricPacket*> order;
        while (!queue.IsEmpty())
        {
            order.push_back(queue.Front());
            queue.Pop();
        }
        return order;
    }

    /// @return what ForEach visits
    std::vector<FabricPacket*> Visit() const
    {
        std::vector<FabricPacket*> visited;
        queue.ForEach([&visited](FabricPacket* packet) { visited.push_back(packet); });
        return visited;
    }

    EventPool<FabricPacket> pool; ///< packets
    PortQueue queue;              ///< what is tested
};

TEST_F(PortQueueTest, ServesInputsInTurn)
{
    queue.Configure(Arbitration::ROUND_ROBIN, 3);
    std::vector<FabricPacket*> p;
    for (uint32_t i = 0; i < 7; ++i)
    {
        p.push_back(pool.Acquire());
    }
    queue.Push(p[0], 2);
    queue.Push(p[1], 2);
    queue.Push(p[2], 2);
    queue.Push(p[3], 1);
    queue.Push(p[4], 1);
    queue.Push(p[5], 0);
    queue.Push(p[6], 0);
    EXPECT_EQ(queue.GetSize(), 7U);
    EXPECT_EQ(Visit().size(), 7U);
    // It begins after input 0, as if that had been served last.
    const std::vector<FabricPacket*> expected{p[3], p[0], p[5], p[4], p[1], p[6], p[2]};
    EXPECT_EQ(Drain(), expected);
    EXPECT_EQ(queue.GetSize(), 0U);
    EXPECT_TRUE(Visit().empty());
}

TEST_F(PortQueueTest, ServesTheOldestFirst)
{
    queue.Configure(Arbitration::OLDEST_FIRST, 3);
    std::vector<FabricPacket*> p;
    for (const uint32_t input : {2, 2, 0, 1, 0, 2, 1})
    {
        p.push_back(pool.Acquire());
        queue.Push(p.back(), input);
    }
    EXPECT_EQ(Drain(), p);
}

TEST_F(PortQueueTest, ServesWhatWasPutBackBeforeAllOthers)
{
    for (const auto arbitration : {Arbitration::ROUND_ROBIN, Arbitration::OLDEST_FIRST})
    {
        queue.Configure(arbitration, 2);
        FabricPacket* usual = pool.Acquire();
        FabricPacket* first = pool.Acquire();
        FabricPacket* second = pool.Acquire();
        queue.Push(usual, 1);
        queue.PushFront(first);
        queue.PushFront(second);
        // In the order they were put back, which is that in which they were sent.
        const std::vector<FabricPacket*> expected{first, second, usual};
        EXPECT_EQ(Visit(), expected);
        EXPECT_EQ(Drain(), expected);
    }
}

TEST_F(PortQueueTest, FrontStaysUntilPopped)
{
    queue.Configure(Arbitration::ROUND_ROBIN, 100);
    FabricPacket* a = pool.Acquire();
    FabricPacket* b = pool.Acquire();
    queue.Push(a, 80);
    EXPECT_EQ(queue.Front(), a);
    queue.PrefetchNext();
    queue.PrefetchPacket();
    EXPECT_EQ(queue.GetNext(), a);
    EXPECT_EQ(queue.Front(), a);
    // One that comes in on an input before it overtakes: its turn is earlier.
    queue.Push(b, 70);
    EXPECT_EQ(queue.GetNext(), b);
    EXPECT_EQ(queue.Front(), b);
    queue.Pop();
    EXPECT_EQ(queue.Front(), a);
    queue.Pop();
    EXPECT_TRUE(queue.IsEmpty());
}

// Against a list per input.
TEST_F(PortQueueTest, BehavesAsAListPerInput)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(32);
    for (const uint32_t inputs : {1, 2, 63, 64, 65, 128, 200})
    {
        queue = PortQueue();
        queue.Configure(Arbitration::ROUND_ROBIN, inputs);
        std::vector<std::deque<FabricPacket*>> lists(inputs);
        std::deque<FabricPacket*> urgent;
        uint32_t last = 0;
        uint32_t size = 0;
        const auto take = [&]() {
            std::deque<FabricPacket*>* list = &urgent;
            if (urgent.empty())
            {
                do
                {
                    last = (last + 1) % inputs;
                } while (lists[last].empty());
                list = &lists[last];
            }
            FabricPacket* packet = list->front();
            list->pop_front();
            --size;
            return packet;
        };
        for (uint32_t i = 0; i < 20000; ++i)
        {
            const bool fill = (i / 1000) % 2 == 0;
            if (random->GetInteger(0, 99) < (fill ? 60U : 30U))
            {
                FabricPacket* packet = pool.Acquire();
                ++size;
                if (random->GetInteger(0, 20) == 0)
                {
                    urgent.push_back(packet);
                    queue.PushFront(packet);
                }
                else
                {
                    const uint32_t input = random->GetInteger(0, inputs - 1);
                    lists[input].push_back(packet);
                    queue.Push(packet, input);
                }
            }
            else if (size > 0)
            {
                FabricPacket* expected = take();
                ASSERT_EQ(queue.Front(), expected) << inputs << " inputs";
                queue.Pop();
                pool.Release(expected);
            }
            ASSERT_EQ(queue.GetSize(), size);
        }
        while (size > 0)
        {
            FabricPacket* expected = take();
            ASSERT_EQ(queue.Front(), expected);
            queue.Pop();
            pool.Release(expected);
        }
        EXPECT_TRUE(queue.IsEmpty());
    }
    EXPECT_EQ(pool.GetInUse(), 0U);
}

} // namespace
