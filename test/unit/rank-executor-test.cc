/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-programs.h"
#include "ns3/matching-table.h"
#include "ns3/message-tag.h"
#include "ns3/rank-executor.h"

#include <cstdint>
#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <random>
#include <utility>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// A program given as a list.
class ListProgram : public RankProgram
{
  public:
    /**
     * @param ops operations
     */
    explicit ListProgram(std::vector<RankOp> ops)
        : m_ops(std::move(ops))
    {
    }

    bool Next(RankOp& op) override
    {
        if (m_told == m_ops.size())
        {
            return false;
        }
        op = m_ops[m_told++];
        return true;
    }

  private:
    std::vector<RankOp> m_ops; ///< operations
    size_t m_told{0};          ///< of these, told
};

/**
 * @param kind kind
 * @param peer rank at the other side
 * @param tag tag
 * @param dependencies what it waits for
 * @return the operation
 */
RankOp
Op(RankOpKind kind, uint32_t peer, uint32_t tag, const std::vector<uint32_t>& dependencies = {})
{
    RankOp op;
    op.kind = kind;
    op.peer = peer;
    op.tag = tag;
    op.durationPs = kind == RankOpKind::COMPUTE ? 5 : 0;
    for (const uint32_t other : dependencies)
    {
        op.WaitFor(other);
    }
    return op;
}

/// A host that notes what it is asked for.
class NotingHost : public RankExecutorHost
{
  public:
    void PostSend(uint32_t /* rank */, uint32_t /* iteration */, const RankOp& op) override
    {
        posted.push_back(op);
    }

    void StartCompute(uint32_t /* rank */, uint32_t op, int64_t /* durationPs */) override
    {
        computing.push_back(op);
    }

    void OnProgramEnd(uint32_t /* rank */, uint32_t iteration) override
    {
        ended.push_back(iteration);
    }

    std::vector<RankOp> posted;      ///< messages
    std::vector<uint32_t> computing; ///< computations
    std::vector<uint32_t> ended;     ///< iterations
};

constexpr auto SEND = RankOpKind::SEND;
constexpr auto RECV = RankOpKind::RECV;
constexpr auto COMPUTE = RankOpKind::COMPUTE;

TEST(MatchingTable, FirstComeFirstServedPerKey)
{
    MatchingTable table;
    uint32_t waiter = 0;
    EXPECT_FALSE(table.Wait(1, 7, 10));
    EXPECT_FALSE(table.Wait(1, 7, 11));
    EXPECT_FALSE(table.Wait(2, 7, 12));
    EXPECT_FALSE(table.Wait(1, 7, 13));
    for (const uint32_t expected : {10U, 11U, 13U})
    {
        ASSERT_TRUE(table.Arrive(1, 7, waiter));
        EXPECT_EQ(waiter, expected);
    }
    EXPECT_FALSE(table.Arrive(1, 7, waiter));
    EXPECT_FALSE(table.Arrive(1, 7, waiter));
    EXPECT_TRUE(table.Wait(1, 7, 14));
    EXPECT_TRUE(table.Wait(1, 7, 15));
    EXPECT_FALSE(table.Wait(1, 7, 16));
    EXPECT_EQ(table.GetSize(), 2U);
}

TEST(MatchingTable, AgreesWithAMapOfQueues)
{
    std::mt19937 random(5);
    MatchingTable table;
    std::map<std::pair<uint32_t, uint64_t>, std::deque<int64_t>> model; // -1 is an arrival
    for (uint32_t i = 0; i < 300000; ++i)
    {
        const uint32_t peer = random() % 40;
        const uint64_t tag = (random() % 30) << (random() % 3 * 18);
        auto& queue = model[{peer, tag}];
        if (random() % 2 == 0)
        {
            const bool isThere = !queue.empty() && queue.front() == -1;
            ASSERT_EQ(table.Wait(peer, tag, i), isThere);
            isThere ? queue.pop_front() : queue.push_back(i);
        }
        else
        {
            const bool waits = !queue.empty() && queue.front() != -1;
            uint32_t waiter = 0;
            ASSERT_EQ(table.Arrive(peer, tag, waiter), waits);
            if (waits)
            {
                ASSERT_EQ(waiter, queue.front());
                queue.pop_front();
            }
            else
            {
                queue.push_back(-1);
            }
        }
    }
    size_t size = 0;
    for (const auto& entry : model)
    {
        size += entry.second.empty() ? 0 : 1;
    }
    EXPECT_EQ(table.GetSize(), size);
}

TEST(MessageTag, KeepsWhatItIsGiven)
{
    const MessageTag tag{(1U << 12) - 1, (1U << 24) - 2, (1U << 28) - 3};
    const MessageTag back = MessageTag::Unpack(tag.Pack());
    EXPECT_EQ(back.collective, tag.collective);
    EXPECT_EQ(back.iteration, tag.iteration);
    EXPECT_EQ(back.op, tag.op);
}

TEST(RankExecutor, DependenciesAreKept)
{
    NotingHost host;
    RankExecutor executor(0, &host, 16);
    executor.Begin(std::make_unique<ListProgram>(std::vector<RankOp>{
                       Op(RECV, 1, 0),
                       Op(RECV, 2, 0),
                       Op(COMPUTE, 0, 0, {0}),
                       Op(SEND, 3, 9, {1, 2}),
                   }),
                   4);
    executor.OnArrived(1, MessageTag::PackMessage(4, 0));
    ASSERT_EQ(host.computing, std::vector<uint32_t>{2});
    executor.OnComputed(2);
    EXPECT_TRUE(host.posted.empty());
    executor.OnArrived(2, MessageTag::PackMessage(4, 0));
    ASSERT_EQ(host.posted.size(), 1U);
    EXPECT_TRUE(host.ended.empty());
    executor.OnSent(3, MessageTag::PackMessage(4, 9));
    EXPECT_EQ(host.ended, std::vector<uint32_t>{4});
    EXPECT_FALSE(executor.IsRunning());
}

TEST(RankExecutor, AfterAllWaitsForEverythingBefore)
{
    NotingHost host;
    RankExecutor executor(0, &host, 16);
    std::vector<RankOp> ops{Op(RECV, 1, 0), Op(RECV, 1, 1), Op(SEND, 1, 2), Op(SEND, 1, 3)};
    ops[2].afterAll = 2;
    executor.Begin(std::make_unique<ListProgram>(ops), 0);
    ASSERT_EQ(host.posted.size(), 1U);
    EXPECT_EQ(host.posted[0].tag, 3U);
    executor.OnArrived(1, 1);
    EXPECT_EQ(host.posted.size(), 1U);
    executor.OnArrived(1, 0);
    EXPECT_EQ(host.posted.size(), 2U);
}

TEST(RankExecutor, EarlyMessagesAndMessagesToOneself)
{
    NotingHost host;
    RankExecutor executor(5, &host, 16);
    executor.OnArrived(1, MessageTag::PackMessage(1, 0)); // of the next iteration
    executor.OnArrived(1, MessageTag::PackMessage(0, 0));
    const std::vector<RankOp> ops{Op(RECV, 1, 0), Op(SEND, 5, 1, {0}), Op(RECV, 5, 1)};
    executor.Begin(std::make_unique<ListProgram>(ops), 0);
    EXPECT_EQ(host.ended.size(), 1U);
    EXPECT_EQ(executor.GetUnmatched(), 1U);
    const std::vector<RankOp> reversed{Op(RECV, 5, 1), Op(SEND, 5, 1), Op(RECV, 1, 0)};
    executor.Begin(std::make_unique<ListProgram>(reversed), 1);
    EXPECT_EQ(host.ended.size(), 2U);
    EXPECT_EQ(executor.GetUnmatched(), 0U);
    EXPECT_TRUE(host.posted.empty());
    executor.Begin(std::make_unique<ListProgram>(std::vector<RankOp>{}), 2);
    EXPECT_EQ(host.ended.size(), 3U);
}

TEST(RankExecutor, HoldsNoMoreThanItsWindow)
{
    NotingHost host;
    RankExecutor executor(0, &host, 20);
    std::vector<RankOp> ops;
    for (uint32_t i = 0; i < 1000; ++i)
    {
        ops.push_back(Op(SEND, 1 + i % 3, i));
    }
    executor.Begin(std::make_unique<ListProgram>(ops), 0);
    EXPECT_EQ(host.posted.size(), 32U); // 20, rounded up
    for (uint32_t i = 0; i < host.posted.size(); ++i)
    {
        executor.OnSent(host.posted[i].peer, host.posted[i].tag);
    }
    EXPECT_EQ(host.posted.size(), 1000U);
    EXPECT_EQ(executor.GetPeakHeld(), 32U);
    EXPECT_EQ(host.ended.size(), 1U);
}

/// A network that does everything in random order; ranks go from iteration to iteration alone.
class RandomNetwork : public RankExecutorHost
{
  public:
    /**
     * @param spec the collective
     * @param seed of the order
     */
    RandomNetwork(const CollectiveSpec& spec, uint32_t seed)
        : m_spec(spec),
          m_random(seed)
    {
        m_executors.reserve(spec.group.size());
        for (uint32_t rank = 0; rank < spec.group.size(); ++rank)
        {
            m_executors.emplace_back(rank, this, RankExecutor::MIN_WINDOW);
            m_events.push_back({Event::START, rank, 0, 0});
        }
    }

    /// @return iterations ended by all ranks together
    uint32_t Run()
    {
        while (!m_events.empty())
        {
            std::swap(m_events[m_random() % m_events.size()], m_events.back());
            const Event event = m_events.back();
            m_events.pop_back();
            RankExecutor& executor = m_executors[event.rank];
            switch (event.kind)
            {
            case Event::START:
                executor.Begin(MakeCollectiveProgram(m_spec, event.rank),
                               static_cast<uint32_t>(event.tag));
                break;
            case Event::SENT:
                executor.OnSent(event.peer, event.tag);
                break;
            case Event::ARRIVED:
                executor.OnArrived(event.peer, event.tag);
                break;
            case Event::COMPUTED:
                executor.OnComputed(event.peer);
                break;
            }
        }
        for (const auto& executor : m_executors)
        {
            EXPECT_EQ(executor.GetUnmatched(), 0U);
            EXPECT_LE(executor.GetPeakHeld(), RankExecutor::MIN_WINDOW);
        }
        return m_ended;
    }

    void PostSend(uint32_t rank, uint32_t iteration, const RankOp& op) override
    {
        const uint64_t tag = MessageTag::PackMessage(iteration, op.tag);
        m_events.push_back({Event::SENT, rank, op.peer, tag});
        m_events.push_back({Event::ARRIVED, op.peer, rank, tag});
    }

    void StartCompute(uint32_t rank, uint32_t op, int64_t /* durationPs */) override
    {
        m_events.push_back({Event::COMPUTED, rank, op, 0});
    }

    void OnProgramEnd(uint32_t rank, uint32_t iteration) override
    {
        ++m_ended;
        if (iteration + 1 < m_spec.iterations)
        {
            m_events.push_back({Event::START, rank, 0, iteration + 1});
        }
    }

  private:
    /// What will happen some time.
    struct Event
    {
        enum Kind
        {
            START,
            SENT,
            ARRIVED,
            COMPUTED
        } kind; ///< what

        uint32_t rank; ///< to whom
        uint32_t peer; ///< other rank, or operation
        uint64_t tag;  ///< message tag, or iteration
    };

    const CollectiveSpec m_spec;           ///< the collective
    std::mt19937 m_random;                 ///< picks what is next
    std::vector<RankExecutor> m_executors; ///< by rank
    std::vector<Event> m_events;           ///< what will happen
    uint32_t m_ended{0};                   ///< iterations ended
};

TEST(RankExecutor, EveryCollectiveEndsWithTheSmallestWindow)
{
    for (const auto kind : {CollectiveKind::ALL_REDUCE,
                            CollectiveKind::REDUCE_SCATTER,
                            CollectiveKind::ALL_GATHER,
                            CollectiveKind::ALL_TO_ALL,
                            CollectiveKind::BROADCAST,
                            CollectiveKind::BARRIER})
    {
        for (const auto algorithm : GetAlgorithms(kind))
        {
            for (const uint32_t ranks : {2U, 3U, 4U, 6U, 8U, 12U, 16U, 21U, 32U, 45U})
            {
                CollectiveSpec spec;
                spec.kind = kind;
                spec.algorithm = algorithm;
                spec.bytes = kind == CollectiveKind::BARRIER ? 0 : 1000;
                spec.iterations = 3;
                spec.group.resize(ranks);
                spec.reduceRate = ns3::DataRate(8000000000);
                spec.groupSize = ranks % 3 == 0 ? 3 : 2;
                spec.chunkBytes = 20;
                if ((algorithm == CollectiveAlgorithm::HIERARCHICAL && ranks < 4) ||
                    (algorithm == CollectiveAlgorithm::RECURSIVE_DOUBLING &&
                     (ranks & (ranks - 1)) != 0))
                {
                    continue;
                }
                RandomNetwork network(spec, ranks);
                EXPECT_EQ(network.Run(), 3 * ranks)
                    << ToString(kind) << " " << ToString(algorithm) << " " << ranks;
            }
        }
    }
}

} // namespace
