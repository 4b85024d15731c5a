/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/event-impl.h"
#include "ns3/event-pool.h"
#include "ns3/nstime.h"
#include "ns3/simulator-impl.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// An event of the pool that counts its like.
class PooledEvent : public EventImpl
{
  public:
    PooledEvent()
    {
        ++alive;
    }

    ~PooledEvent() override
    {
        --alive;
    }

    /// @param p the object
    static void operator delete(void* p)
    {
        EventPool<PooledEvent>::Free(p);
    }

    PooledEvent* m_next{nullptr};          ///< next in the pool
    EventPool<PooledEvent>* pool{nullptr}; ///< where it goes when it has happened
    uint32_t left{0};                      ///< times to happen again

    static int64_t alive;    ///< objects there are
    static int64_t happened; ///< events so far

  protected:
    void Notify() override
    {
        ++happened;
        if (left > 0)
        {
            --left;
            Schedule();
        }
        else if (pool != nullptr)
        {
            pool->Release(this);
        }
    }

  public:
    /// Happen in a nanosecond.
    void Schedule()
    {
        // The simulator's queue holds a reference of its own.
        Ref();
        Simulator::GetImplementation()->ScheduleWithContext(0, NanoSeconds(1), this);
    }
};

int64_t PooledEvent::alive = 0;
int64_t PooledEvent::happened = 0;

/// Leaves no object behind.
class EventPoolTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        PooledEvent::alive = 0;
        PooledEvent::happened = 0;
    }

    void TearDown() override
    {
        Simulator::Destroy();
        EXPECT_EQ(PooledEvent::alive, 0);
    }
};

TEST_F(EventPoolTest, MakesNothingBeforeItIsAsked)
{
    EventPool<PooledEvent> pool;
    EXPECT_EQ(pool.GetCapacity(), 0U);
    EXPECT_EQ(pool.GetInUse(), 0U);
    EXPECT_EQ(PooledEvent::alive, 0);
}

TEST_F(EventPoolTest, GivesEachObjectToOneUser)
{
    EventPool<PooledEvent> pool;
    std::set<PooledEvent*> taken;
    for (uint32_t i = 0; i < 3000; ++i)
    {
        EXPECT_TRUE(taken.insert(pool.Acquire()).second);
    }
    EXPECT_EQ(pool.GetInUse(), 3000U);
    EXPECT_GE(pool.GetCapacity(), 3000U);
    EXPECT_EQ(static_cast<uint64_t>(PooledEvent::alive), pool.GetCapacity());
    for (PooledEvent* event : taken)
    {
        pool.Release(event);
    }
    EXPECT_EQ(pool.GetInUse(), 0U);
}

TEST_F(EventPoolTest, UsesObjectsAgain)
{
    EventPool<PooledEvent> pool;
    PooledEvent* event = pool.Acquire();
    event->left = 77;
    pool.Release(event);
    // In whatever state its last user left it.
    EXPECT_EQ(pool.Acquire(), event);
    EXPECT_EQ(event->left, 77U);
    pool.Release(event);
    const uint64_t capacity = pool.GetCapacity();
    std::vector<PooledEvent*> some;
    for (uint32_t round = 0; round < 1000; ++round)
    {
        for (uint64_t i = 0; i < capacity; ++i)
        {
            some.push_back(pool.Acquire());
        }
        for (PooledEvent* e : some)
        {
            pool.Release(e);
        }
        some.clear();
    }
    EXPECT_EQ(pool.GetCapacity(), capacity);
}

TEST_F(EventPoolTest, ObjectsLiveThroughManyEvents)
{
    EventPool<PooledEvent> pool;
    for (uint32_t i = 0; i < 2000; ++i)
    {
        PooledEvent* event = pool.Acquire();
        event->pool = &pool;
        event->left = i % 5;
        event->Schedule();
    }
    EXPECT_EQ(pool.GetInUse(), 2000U);
    Simulator::Run();
    EXPECT_EQ(PooledEvent::happened, 2000 * 3);
    EXPECT_EQ(pool.GetInUse(), 0U);
    EXPECT_EQ(static_cast<uint64_t>(PooledEvent::alive), pool.GetCapacity());
}

TEST_F(EventPoolTest, ScheduledObjectsOutliveThePool)
{
    {
        EventPool<PooledEvent> pool;
        for (uint32_t i = 0; i < 2000; ++i)
        {
            PooledEvent* event = pool.Acquire();
            if (i % 100 == 0)
            {
                event->left = 1;
                event->Schedule();
            }
        }
    }
    EXPECT_EQ(PooledEvent::alive, 20);
    Simulator::Run();
    EXPECT_EQ(PooledEvent::happened, 40);
    EXPECT_EQ(PooledEvent::alive, 0);
}

TEST_F(EventPoolTest, TheSimulatorMayGoWithObjectsInItsQueue)
{
    auto pool = std::make_unique<EventPool<PooledEvent>>();
    for (uint32_t i = 0; i < 10; ++i)
    {
        pool->Acquire()->Schedule();
    }
    // First the pool, then the simulator.
    pool.reset();
    EXPECT_EQ(PooledEvent::alive, 10);
    Simulator::Destroy();
    EXPECT_EQ(PooledEvent::alive, 0);

    // First the simulator, then the pool.
    pool = std::make_unique<EventPool<PooledEvent>>();
    for (uint32_t i = 0; i < 10; ++i)
    {
        pool->Acquire()->Schedule();
    }
    Simulator::Destroy();
    EXPECT_EQ(static_cast<uint64_t>(PooledEvent::alive), pool->GetCapacity());
    pool.reset();
    EXPECT_EQ(PooledEvent::alive, 0);
    EXPECT_EQ(PooledEvent::happened, 0);
}

} // namespace
