/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/finish-queue.h"
#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <map>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

using Numbers = std::vector<uint32_t>; ///< who

/// @param queue a queue @return who ends first, taken out
Numbers
Take(FinishQueue& queue)
{
    Numbers numbers{99};
    queue.Take(numbers);
    return numbers;
}

TEST(FinishQueue, IsEmptyAtFirst)
{
    FinishQueue queue;
    EXPECT_EQ(queue.GetNext(), FinishQueue::NEVER);
    EXPECT_EQ(Take(queue), Numbers());
    queue.Set(3, FinishQueue::NEVER);
    EXPECT_EQ(queue.GetNext(), FinishQueue::NEVER);
}

TEST(FinishQueue, TakesThoseThatEndTogetherByNumber)
{
    FinishQueue queue;
    queue.Set(5, 20);
    queue.Set(1, 10);
    queue.Set(7, 10);
    queue.Set(0, 10);
    EXPECT_EQ(queue.GetNext(), 10U);
    EXPECT_EQ(Take(queue), (Numbers{0, 1, 7}));
    EXPECT_EQ(queue.GetNext(), 20U);
    EXPECT_EQ(Take(queue), Numbers{5});
    EXPECT_EQ(queue.GetNext(), FinishQueue::NEVER);
}

TEST(FinishQueue, AnEndMayMoveEitherWay)
{
    FinishQueue queue;
    for (uint32_t i = 0; i < 4; ++i)
    {
        queue.Set(i, 10);
    }
    queue.Set(1, 30);
    queue.Set(2, 5);
    EXPECT_EQ(Take(queue), Numbers{2});
    queue.Set(0, FinishQueue::NEVER);
    EXPECT_EQ(Take(queue), Numbers{3});
    EXPECT_EQ(Take(queue), Numbers{1});
    // Who has been taken out comes back.
    queue.Set(1, 10);
    EXPECT_EQ(Take(queue), Numbers{1});
    EXPECT_EQ(Take(queue), Numbers());
}

TEST(FinishQueue, ATimeThatAllHaveLeftIsNone)
{
    FinishQueue queue;
    queue.Set(0, 10);
    queue.Set(1, 10);
    queue.Set(0, 20);
    queue.Set(1, 20);
    EXPECT_EQ(queue.GetNext(), 20U);
    queue.Set(0, 10);
    EXPECT_EQ(queue.GetNext(), 10U);
}

/**
 * @ingroup optical-fabric-tests
 * @brief The same in the simplest way.
 */
class FinishModel
{
  public:
    /// @param number who @param atPs new end, ps; NEVER takes it out
    void Set(uint32_t number, uint64_t atPs)
    {
        const auto found = std::find_if(m_ends.begin(), m_ends.end(), [number](const auto& end) {
            return end.second == number;
        });
        if (found != m_ends.end())
        {
            m_ends.erase(found);
        }
        if (atPs != FinishQueue::NEVER)
        {
            m_ends.emplace(atPs, number);
        }
    }

    /// @return the earliest end, ps
    uint64_t GetNext() const
    {
        return m_ends.empty() ? uint64_t{FinishQueue::NEVER} : m_ends.begin()->first;
    }

    /// @return who ends first, taken out
    Numbers Take()
    {
        Numbers numbers;
        const uint64_t atPs = GetNext();
        while (GetNext() == atPs && !m_ends.empty())
        {
            numbers.push_back(m_ends.begin()->second);
            m_ends.erase(m_ends.begin());
        }
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }

  private:
    std::multimap<uint64_t, uint32_t> m_ends; ///< who ends when
};

TEST(FinishQueue, DoesWhatAMultimapDoes)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(71);
    for (uint32_t round = 0; round < 40; ++round)
    {
        FinishQueue queue;
        FinishModel model;
        const uint32_t numbers = random->GetInteger(1, 40);
        // From ends that are almost all the same to ends that are almost all different.
        const uint32_t times = 1U << random->GetInteger(1, 20);
        for (uint32_t step = 0; step < 2000; ++step)
        {
            const uint32_t what = random->GetInteger(0, 9);
            if (what < 2)
            {
                ASSERT_EQ(Take(queue), model.Take()) << "round " << round << ", step " << step;
            }
            else
            {
                const uint32_t number = random->GetInteger(0, numbers - 1);
                const uint64_t atPs =
                    what == 2 ? uint64_t{FinishQueue::NEVER} : random->GetInteger(0, times);
                queue.Set(number, atPs);
                model.Set(number, atPs);
            }
            if (what % 2 == 0)
            {
                ASSERT_EQ(queue.GetNext(), model.GetNext()) << "round " << round;
            }
        }
        while (model.GetNext() != FinishQueue::NEVER)
        {
            ASSERT_EQ(Take(queue), model.Take()) << "round " << round;
        }
        ASSERT_EQ(queue.GetNext(), FinishQueue::NEVER) << "round " << round;
    }
}

} // namespace
