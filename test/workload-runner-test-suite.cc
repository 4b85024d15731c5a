/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "workload-test-case.h"

#include "ns3/collective-spec.h"
#include "ns3/message-tag.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/workload-runner.h"

#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::workloadtest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Iterations, gaps, start times, results and traces.
 */
class WorkloadIterationsTestCase : public WorkloadTestCase
{
  public:
    WorkloadIterationsTestCase()
        : WorkloadTestCase("Iterations follow one another, and results say what happened")
    {
    }

  private:
    void DoRun() override
    {
        Make(8);
        CollectiveSpec spec = MakeSpec("all-reduce", "ring", 8, 8000);
        spec.iterations = 5;
        spec.start = MicroSeconds(7);
        spec.gap = MicroSeconds(3);
        const uint32_t id = m_runner->AddCollective(spec);
        uint32_t starts = 0;
        uint32_t ends = 0;
        uint32_t rankEnds = 0;
        uint64_t bytesPosted = 0;
        uint64_t received = 0;
        uint32_t finished = 0;
        Connect(starts, ends, rankEnds, bytesPosted, received);
        m_finished = &finished;
        m_runner->SetFinishedCallback(MakeCallback(&WorkloadIterationsTestCase::OnFinished, this));
        Run();
        const Time once = PicoSeconds(14 * (ALPHA_PS + 1000 * BETA_PS));
        const auto& results = m_runner->GetResults(id);
        NS_TEST_ASSERT_MSG_EQ(results.size(), 5, "one result per iteration");
        for (uint32_t i = 0; i < 5; ++i)
        {
            const CollectiveResult& result = results[i];
            const Time start = spec.start + i * (once + spec.gap);
            NS_TEST_EXPECT_MSG_EQ(result.isComplete, true, "complete");
            NS_TEST_EXPECT_MSG_EQ(result.iteration, i, "iteration");
            NS_TEST_EXPECT_MSG_EQ(result.start, start, "start");
            NS_TEST_EXPECT_MSG_EQ(result.end, start + once, "end");
            NS_TEST_EXPECT_MSG_EQ(result.sizeBytes, 8000, "size");
            NS_TEST_EXPECT_MSG_EQ(result.networkBytes, 2 * 7 * 8000, "bytes in the network");
            NS_TEST_EXPECT_MSG_EQ(result.transfers, 14 * 8, "transfers");
            NS_TEST_EXPECT_MSG_EQ(result.failedBytes, 0, "nothing failed");
            NS_TEST_EXPECT_MSG_EQ_TOL(result.algbwBytesPerSecond,
                                      8000 / once.GetSeconds(),
                                      1.0,
                                      "algorithm bandwidth");
            NS_TEST_EXPECT_MSG_EQ_TOL(result.busbwBytesPerSecond,
                                      1.75 * 8000 / once.GetSeconds(),
                                      1.0,
                                      "bus bandwidth");
        }
        NS_TEST_EXPECT_MSG_EQ(starts, 5, "CollectiveStart");
        NS_TEST_EXPECT_MSG_EQ(ends, 5, "CollectiveEnd");
        NS_TEST_EXPECT_MSG_EQ(rankEnds, 40, "RankEnd");
        NS_TEST_EXPECT_MSG_EQ(bytesPosted, 5 * 2 * 7 * 8000, "TransferPosted");
        NS_TEST_EXPECT_MSG_EQ(received, 5 * 14 * 8, "TransferReceived");
        NS_TEST_EXPECT_MSG_EQ(finished, 1, "finished callback");
        Drop();

        // A period longer than an iteration sets the pace; a shorter one changes nothing.
        for (const bool isLong : {true, false})
        {
            Make(8);
            CollectiveSpec paced = spec;
            paced.period = isLong ? 10 * once : once / 2;
            const Time pace = isLong ? paced.period : once + spec.gap;
            const uint32_t pacedId = m_runner->AddCollective(paced);
            Run();
            for (uint32_t i = 0; i < 5; ++i)
            {
                const CollectiveResult& result = m_runner->GetResults(pacedId).at(i);
                NS_TEST_EXPECT_MSG_EQ(result.start, spec.start + i * pace, "start");
                NS_TEST_EXPECT_MSG_EQ(result.end, result.start + once, "end");
            }
            Drop();
        }

        // A chain's head does not wait for its tail: iterations overlap and still do not mix.
        Make(6);
        CollectiveSpec chain = MakeSpec("broadcast", "chain", 6, 1000);
        chain.iterations = 10;
        const uint32_t chained = m_runner->AddCollective(chain);
        Run();
        const auto& links = m_runner->GetResults(chained);
        NS_TEST_EXPECT_MSG_LT(links[1].start, links[0].end, "iterations overlap");
        NS_TEST_EXPECT_MSG_EQ(links[9].end.GetPicoSeconds(),
                              (10 + 4) * (ALPHA_PS + 1000 * BETA_PS),
                              "a pipeline of iterations");
        Drop();
    }

    /**
     * Count what the traces say.
     *
     * @param starts CollectiveStart
     * @param ends CollectiveEnd
     * @param rankEnds RankEnd
     * @param bytesPosted bytes of TransferPosted
     * @param received TransferReceived
     */
    void Connect(uint32_t& starts,
                 uint32_t& ends,
                 uint32_t& rankEnds,
                 uint64_t& bytesPosted,
                 uint64_t& received)
    {
        m_starts = &starts;
        m_ends = &ends;
        m_rankEnds = &rankEnds;
        m_bytesPosted = &bytesPosted;
        m_received = &received;
        using Self = WorkloadIterationsTestCase;
        bool isGood = true;
        isGood &= m_runner->TraceConnectWithoutContext("CollectiveStart",
                                                       MakeCallback(&Self::OnStart, this));
        isGood &=
            m_runner->TraceConnectWithoutContext("CollectiveEnd", MakeCallback(&Self::OnEnd, this));
        isGood &=
            m_runner->TraceConnectWithoutContext("RankEnd", MakeCallback(&Self::OnRankEnd, this));
        isGood &= m_runner->TraceConnectWithoutContext("TransferPosted",
                                                       MakeCallback(&Self::OnPosted, this));
        isGood &= m_runner->TraceConnectWithoutContext("TransferReceived",
                                                       MakeCallback(&Self::OnReceived, this));
        NS_TEST_EXPECT_MSG_EQ(isGood, true, "trace sources");
    }

    /**
     * @param collective index
     * @param iteration from 0
     */
    void OnStart(uint32_t /* collective */, uint32_t iteration)
    {
        NS_TEST_EXPECT_MSG_EQ(iteration, *m_starts, "starts in order");
        ++*m_starts;
    }

    /**
     * @param result what came of it
     */
    void OnEnd(const CollectiveResult& result)
    {
        NS_TEST_EXPECT_MSG_EQ(result.end, Simulator::Now(), "told at the end");
        ++*m_ends;
    }

    /**
     * @param collective index
     * @param iteration from 0
     * @param rank the rank
     */
    void OnRankEnd(uint32_t /* collective */, uint32_t /* iteration */, uint32_t rank)
    {
        NS_TEST_EXPECT_MSG_EQ(Simulator::GetContext(), rank + 100, "in the rank's context");
        ++*m_rankEnds;
    }

    /**
     * @param transfer message
     */
    void OnPosted(const Transfer& transfer)
    {
        *m_bytesPosted += transfer.bytes;
    }

    /**
     * @param transfer message
     * @param failedBytes lost of it
     */
    void OnReceived(const Transfer& /* transfer */, uint64_t /* failedBytes */)
    {
        ++*m_received;
    }

    /// All is done.
    void OnFinished()
    {
        ++*m_finished;
    }

    uint32_t* m_starts{nullptr};      ///< counts CollectiveStart
    uint32_t* m_ends{nullptr};        ///< counts CollectiveEnd
    uint32_t* m_rankEnds{nullptr};    ///< counts RankEnd
    uint64_t* m_bytesPosted{nullptr}; ///< sums TransferPosted
    uint64_t* m_received{nullptr};    ///< counts TransferReceived
    uint32_t* m_finished{nullptr};    ///< counts calls when all is done
};

/**
 * @ingroup optical-fabric-tests
 * @brief Several collectives at once, over disjoint and overlapping groups.
 */
class WorkloadGroupsTestCase : public WorkloadTestCase
{
  public:
    WorkloadGroupsTestCase()
        : WorkloadTestCase("Collectives over several groups do not mix")
    {
    }

  private:
    void DoRun() override
    {
        Make(16);
        // Disjoint groups in any order of endpoints do not feel each other.
        CollectiveSpec even = MakeSpec("all-reduce", "ring", 8, 8000);
        CollectiveSpec odd = MakeSpec("all-to-all", "pairwise", 8, 16000);
        for (uint32_t i = 0; i < 8; ++i)
        {
            even.group[i] = 14 - 2 * i;
            odd.group[i] = (2 * i * 3 + 5) % 16;
        }
        even.iterations = 3;
        odd.iterations = 4;
        m_runner->AddCollective(even);
        m_runner->AddCollective(odd);
        Run();
        for (const auto& result : m_runner->GetResults(0))
        {
            NS_TEST_EXPECT_MSG_EQ((result.end - result.start).GetPicoSeconds(),
                                  14 * (ALPHA_PS + 1000 * BETA_PS),
                                  "as if alone");
        }
        for (const auto& result : m_runner->GetResults(1))
        {
            NS_TEST_EXPECT_MSG_EQ((result.end - result.start).GetPicoSeconds(),
                                  7 * (ALPHA_PS + 2000 * BETA_PS),
                                  "as if alone");
        }
        Drop();

        // Overlapping groups share ports, so both are slower than alone, and both are right.
        Make(12);
        CollectiveSpec low = MakeSpec("all-reduce", "ring", 8, 8000);
        CollectiveSpec high = low;
        CollectiveSpec all = MakeSpec("all-reduce", "double-binary-tree", 12, 100000);
        for (uint32_t i = 0; i < 8; ++i)
        {
            high.group[i] = 4 + i;
        }
        low.iterations = 4;
        high.iterations = 6;
        all.chunkBytes = 1000;
        m_runner->AddCollective(low);
        m_runner->AddCollective(high);
        m_runner->AddCollective(all);
        Run();
        const std::vector<uint64_t> volumes{2 * 7 * 8000, 2 * 7 * 8000, 2 * 11 * 100000};
        for (uint32_t c = 0; c < 3; ++c)
        {
            for (const auto& result : m_runner->GetResults(c))
            {
                NS_TEST_EXPECT_MSG_EQ(result.isComplete, true, "complete");
                NS_TEST_EXPECT_MSG_EQ(result.networkBytes, volumes[c], "volume");
                NS_TEST_EXPECT_MSG_EQ(result.failedBytes, 0, "nothing failed");
            }
        }
        const auto& first = m_runner->GetResults(0).at(0);
        NS_TEST_EXPECT_MSG_GT((first.end - first.start).GetPicoSeconds(),
                              14 * (ALPHA_PS + 1000 * BETA_PS),
                              "slower than alone");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Lost payload ends up in the result of the right iteration.
 */
class WorkloadFailureTestCase : public WorkloadTestCase
{
  public:
    WorkloadFailureTestCase()
        : WorkloadTestCase("Lost bytes are counted where they belong")
    {
    }

  private:
    void DoRun() override
    {
        Make(6);
        // The head of a chain is iterations ahead of the losses at its tail.
        CollectiveSpec spec = MakeSpec("broadcast", "chain", 6, 1000);
        spec.iterations = 10;
        m_runner->AddCollective(MakeSpec("barrier", "auto", 6, 0));
        m_engine->loseEmpty = true;
        const uint32_t id = m_runner->AddCollective(spec);
        m_engine->fail = [](const Transfer& transfer) -> uint64_t {
            const MessageTag tag = MessageTag::Unpack(transfer.tag);
            const bool isHit = tag.collective == 1 && (tag.iteration == 3 || tag.iteration == 7);
            return isHit ? transfer.destination : 0;
        };
        Run();
        const auto& results = m_runner->GetResults(id);
        for (uint32_t i = 0; i < 10; ++i)
        {
            const uint64_t expected = i == 3 || i == 7 ? 1 + 2 + 3 + 4 + 5 : 0;
            NS_TEST_EXPECT_MSG_EQ(results[i].failedBytes, expected, "iteration " << i);
            NS_TEST_EXPECT_MSG_EQ(results[i].IsFailed(), (expected > 0), "iteration " << i);
            NS_TEST_EXPECT_MSG_EQ(results[i].isComplete, true, "iteration " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(m_runner->GetProgress().failedBytes, 30, "in total");
        // A barrier has no bytes to lose, and fails all the same. Dissemination takes
        // ceil(log2(6)) = 3 messages a rank.
        NS_TEST_EXPECT_MSG_EQ(m_runner->GetResults(0).at(0).failedBytes, 0, "the other one");
        NS_TEST_EXPECT_MSG_EQ(m_runner->GetResults(0).at(0).failedTransfers, 18, "its messages");
        NS_TEST_EXPECT_MSG_EQ(m_runner->GetResults(0).at(0).IsFailed(), true, "it failed");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief MoE collectives, shared matrices and random streams.
 */
class WorkloadMoeTestCase : public WorkloadTestCase
{
  public:
    WorkloadMoeTestCase()
        : WorkloadTestCase("MoE dispatch and combine share their traffic")
    {
    }

  private:
    void DoRun() override
    {
        const auto first = RunOnce(5, 5);
        const auto same = RunOnce(5, 5);
        const auto other = RunOnce(6, 5);
        NS_TEST_EXPECT_MSG_EQ((first == same), true, "same stream, same bytes");
        NS_TEST_EXPECT_MSG_EQ((first == other), false, "other stream, other bytes");

        Make(8);
        CollectiveSpec spec = MakeSpec("moe-layer", "auto", 8, 0);
        spec.moe.routing.experts = 8;
        spec.moe.routing.topK = 8;
        spec.moe.routing.tokensPerRank = 10;
        spec.moe.expertTime = MicroSeconds(9);
        m_runner->AddCollective(spec);
        Run();
        // Everybody has ten copies for everybody.
        const int64_t there = 7 * (ALPHA_PS + 76800 * BETA_PS);
        const int64_t back = 7 * (ALPHA_PS + 143360 * BETA_PS);
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(),
                              PicoSeconds(there + back) + MicroSeconds(9),
                              "dispatch, compute, combine");
        NS_TEST_EXPECT_MSG_EQ(m_runner->GetResults(0).at(0).networkBytes,
                              8 * 7 * (76800 + 143360),
                              "copies that stay do not enter the network");
        Drop();

        Make(8);
        spec = MakeSpec("moe-dispatch", "auto", 8, 0);
        spec.moe.traffic = "layer";
        m_runner->AddCollective(spec);
        spec.moe.routing.zipfSkew = 1.0;
        bool isRefused = false;
        try
        {
            m_runner->AddCollective(spec);
        }
        catch (const std::invalid_argument& e)
        {
            isRefused = std::string(e.what()).find("moe.traffic = \"layer\"") != std::string::npos;
        }
        NS_TEST_EXPECT_MSG_EQ(isRefused, true, "shared traffic with other routing");
        Drop();
    }

    /**
     * @param stream first random stream
     * @param iterations iterations
     * @return bytes in the network by iteration
     */
    std::vector<uint64_t> RunOnce(int64_t stream, uint32_t iterations)
    {
        Make(16);
        CollectiveSpec dispatch = MakeSpec("moe-dispatch", "auto", 16, 0);
        dispatch.iterations = iterations;
        dispatch.moe.routing.zipfSkew = 0.7;
        dispatch.moe.traffic = "layer 1";
        CollectiveSpec combine = dispatch;
        combine.kind = CollectiveKind::MOE_COMBINE;
        CollectiveSpec alone = dispatch;
        alone.moe.traffic.clear();
        m_runner->AddCollective(dispatch);
        m_runner->AddCollective(combine);
        m_runner->AddCollective(alone);
        NS_TEST_EXPECT_MSG_EQ(m_runner->AssignStreams(stream), 2, "streams");
        Run();
        std::vector<uint64_t> bytes;
        bool isAloneDifferent = false;
        for (uint32_t i = 0; i < iterations; ++i)
        {
            const uint64_t there = m_runner->GetResults(0)[i].networkBytes;
            const uint64_t back = m_runner->GetResults(1)[i].networkBytes;
            NS_TEST_EXPECT_MSG_EQ(there / 7680, back / 14336, "the same copies");
            NS_TEST_EXPECT_MSG_LT(there, 16ULL * 128 * 8 * 7680, "some copies stay");
            isAloneDifferent |= m_runner->GetResults(2)[i].networkBytes != there;
            bytes.push_back(there);
        }
        NS_TEST_EXPECT_MSG_EQ(isAloneDifferent, true, "a matrix of its own");
        Drop();
        return bytes;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Iterations, groups, failures and MoE traffic of a WorkloadRunner.
 */
class WorkloadRunnerTestSuite : public TestSuite
{
  public:
    WorkloadRunnerTestSuite()
        : TestSuite("optical-fabric-workload-runner", Type::UNIT)
    {
        AddTestCase(new WorkloadIterationsTestCase);
        AddTestCase(new WorkloadGroupsTestCase);
        AddTestCase(new WorkloadFailureTestCase);
        AddTestCase(new WorkloadMoeTestCase);
    }
};

WorkloadRunnerTestSuite g_workloadRunnerTestSuite; ///< registers the suite

} // namespace
