/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "workload-test-case.h"

#include "ns3/collective-spec.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"
#include "ns3/workload-runner.h"

#include <memory>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::workloadtest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Times of lone collectives are the closed forms of Thakur, Rabenseifner and Gropp (2005).
 */
class WorkloadClosedFormTestCase : public WorkloadTestCase
{
  public:
    WorkloadClosedFormTestCase()
        : WorkloadTestCase("Collectives take the time of the alpha-beta model")
    {
    }

  private:
    void DoRun() override
    {
        for (const int64_t p : {2, 4, 8, 16, 64})
        {
            const int64_t n = 1000 * p;
            int64_t lg = 0;
            while ((1 << lg) < p)
            {
                ++lg;
            }
            const int64_t part = (p - 1) * n / p;
            Check("all-reduce", "ring", p, n, 2 * (p - 1), 2 * part);
            Check("all-reduce", "halving-doubling", p, n, 2 * lg, 2 * part);
            Check("reduce-scatter", "ring", p, n, p - 1, part);
            Check("reduce-scatter", "recursive-halving", p, n, lg, part);
            Check("all-gather", "ring", p, n, p - 1, part);
            Check("all-gather", "recursive-doubling", p, n, lg, part);
            Check("all-gather", "bruck", p, n, lg, part);
            Check("all-to-all", "pairwise", p, n, p - 1, part);
            Check("all-to-all", "all-at-once", p, n, p - 1, part);
            Check("broadcast", "binomial", p, n, lg, lg * n);
            Check("broadcast", "scatter-all-gather", p, n, lg + p - 1, 2 * part);
            Check("barrier", "auto", p, 0, lg, 0);
        }
        for (const int64_t p : {3, 6, 12, 48})
        {
            const int64_t n = 1000 * p;
            int64_t lg = 0;
            while ((1 << lg) < p)
            {
                ++lg;
            }
            const int64_t part = (p - 1) * n / p;
            Check("all-reduce", "ring", p, n, 2 * (p - 1), 2 * part);
            Check("all-gather", "bruck", p, n, lg, part);
            Check("all-to-all", "pairwise", p, n, p - 1, part);
            Check("all-to-all", "all-at-once", p, n, p - 1, part);
            Check("barrier", "auto", p, 0, lg, 0);
        }
        // In groups of g: RS_g(n) + AR_m(n / g) + AG_g(n).
        Check("all-reduce", "hierarchical", 32, 32000, 2 * 7 + 2 * 3, 2 * 28000 + 2 * 3000, 8);
        // Along a chain of p ranks c chunks take c + p - 2 times a chunk's.
        Check("broadcast", "chain", 10, 524288 * 20, 20 + 8, 28 * 524288);
    }

    /**
     * @param kind kind in words
     * @param algorithm algorithm in words
     * @param ranks number of ranks
     * @param bytes size of the buffer
     * @param messages expected multiple of alpha
     * @param sent expected multiple of beta, and of gamma once per reduced byte
     * @param groupSize for hierarchical
     */
    void Check(const std::string& kind,
               const std::string& algorithm,
               int64_t ranks,
               int64_t bytes,
               int64_t messages,
               int64_t sent,
               uint32_t groupSize = 0)
    {
        for (const bool hasGamma : {false, true})
        {
            Make(ranks);
            CollectiveSpec spec = MakeSpec(kind, algorithm, ranks, bytes);
            spec.groupSize = groupSize;
            const int64_t gammaPs = 8;
            spec.reduceRate = hasGamma ? DataRate(8000000000000ULL / gammaPs) : DataRate(0);
            const uint32_t id = m_runner->AddCollective(spec);
            Run();
            int64_t expected = messages * ALPHA_PS + sent * BETA_PS;
            if (hasGamma && kind == "all-reduce")
            {
                expected += gammaPs * sent / 2;
            }
            else if (hasGamma && kind == "reduce-scatter")
            {
                expected += gammaPs * sent;
            }
            const CollectiveResult result = m_runner->GetResults(id).at(0);
            NS_TEST_EXPECT_MSG_EQ((result.end - result.start).GetPicoSeconds(),
                                  expected,
                                  kind << " " << algorithm << " of " << ranks);
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Where there is no exact form: bounds, and any number of ranks.
 */
class WorkloadTreeTestCase : public WorkloadTestCase
{
  public:
    WorkloadTreeTestCase()
        : WorkloadTestCase("Two trees use nearly all bandwidth; halving-doubling folds")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t p : {8, 13, 64})
        {
            Make(p);
            const uint64_t n = 256 << 20;
            const uint32_t id =
                m_runner->AddCollective(MakeSpec("all-reduce", "double-binary-tree", p, n));
            Run();
            const CollectiveResult result = m_runner->GetResults(id).at(0);
            const double lower = 2.0 * (p - 1) / p * n * BETA_PS;
            const double measured = (result.end - result.start).GetPicoSeconds();
            NS_TEST_EXPECT_MSG_GT(measured, lower * (1 - 1e-9), "faster than possible");
            NS_TEST_EXPECT_MSG_LT(measured, 1.3 * lower, "trees do not fill the ports");
            NS_TEST_EXPECT_MSG_EQ(result.networkBytes, 2 * (p - 1) * n, "volume");
            Drop();
        }
        // 6 ranks: the four of the core as usual, and all data to and from the two folded.
        Make(6);
        m_runner->AddCollective(MakeSpec("all-reduce", "halving-doubling", 6, 4000));
        Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now().GetPicoSeconds(),
                              6 * ALPHA_PS + (2 * 4000 + 2 * 3000) * BETA_PS,
                              "fold, halve, double, unfold");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Programs that a caller brings along.
 */
class WorkloadProgramsTestCase : public WorkloadTestCase
{
  public:
    WorkloadProgramsTestCase()
        : WorkloadTestCase("Rank programs from elsewhere: computation, messages to oneself")
    {
    }

  private:
    /// Compute twice, tell oneself, then the next rank, and hear from the one before.
    class Program : public RankProgram
    {
      public:
        /**
         * @param rank the rank
         * @param ranks number of ranks
         */
        Program(uint32_t rank, uint32_t ranks)
            : m_rank(rank),
              m_ranks(ranks)
        {
        }

        bool Next(RankOp& op) override
        {
            op = RankOp();
            switch (m_told++)
            {
            case 0:
            case 1:
                op.kind = RankOpKind::COMPUTE;
                op.durationPs = 500;
                return true;
            case 2:
                op.kind = RankOpKind::SEND;
                op.peer = m_rank;
                op.afterAll = 2;
                return true;
            case 3:
                op.kind = RankOpKind::RECV;
                op.peer = m_rank;
                return true;
            case 4:
                op.kind = RankOpKind::SEND;
                op.peer = (m_rank + 1) % m_ranks;
                op.bytes = 100;
                op.WaitFor(3);
                return true;
            case 5:
                op.kind = RankOpKind::RECV;
                op.peer = (m_rank + m_ranks - 1) % m_ranks;
                op.bytes = 100;
                return true;
            default:
                return false;
            }
        }

      private:
        const uint32_t m_rank;  ///< the rank
        const uint32_t m_ranks; ///< number of ranks
        uint32_t m_told{0};     ///< operations told
    };

    void DoRun() override
    {
        Make(3);
        CollectiveSpec frame;
        frame.name = "trace";
        frame.group = {0, 1, 2};
        frame.iterations = 2;
        const uint32_t id = m_runner->AddPrograms(frame, [](uint32_t rank, uint32_t) {
            return std::make_unique<Program>(rank, 3);
        });
        Run();
        // A rank has one processor: its two computations take turns.
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now().GetPicoSeconds(),
                              2 * (2 * 500 + ALPHA_PS + 100 * BETA_PS),
                              "computations and one message per iteration");
        NS_TEST_EXPECT_MSG_EQ(m_runner->GetResults(id).at(1).transfers, 3, "in the network");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A narrow window slows nothing that has to wait anyway, and bounds what is under way.
 */
class WorkloadWindowTestCase : public WorkloadTestCase
{
  public:
    WorkloadWindowTestCase()
        : WorkloadTestCase("The window bounds what a rank has under way")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t window : {16, 1024})
        {
            Make(100);
            m_runner->SetAttribute("Window", UintegerValue(window));
            m_runner->AddCollective(MakeSpec("all-to-all", "all-at-once", 100, 100000));
            m_runner->Start();
            Simulator::Stop(PicoSeconds(1));
            Simulator::Run();
            const uint64_t expected = window == 16 ? 100 * 8 : 100 * 99;
            NS_TEST_EXPECT_MSG_EQ(m_engine->posted, expected, "posted at the start");
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_runner->IsFinished(), true, "ended");
            NS_TEST_EXPECT_MSG_EQ(Simulator::Now().GetPicoSeconds(),
                                  99 * (ALPHA_PS + 1000 * BETA_PS),
                                  "a port is never idle");
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Collectives and rank programs over an ideal network.
 */
class WorkloadTestSuite : public TestSuite
{
  public:
    WorkloadTestSuite()
        : TestSuite("optical-fabric-workload", Type::UNIT)
    {
        AddTestCase(new WorkloadClosedFormTestCase);
        AddTestCase(new WorkloadTreeTestCase);
        AddTestCase(new WorkloadProgramsTestCase);
        AddTestCase(new WorkloadWindowTestCase);
    }
};

WorkloadTestSuite g_workloadTestSuite; ///< registers the suite

} // namespace
