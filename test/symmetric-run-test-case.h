/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SYMMETRIC_RUN_TEST_CASE_H
#define OPTICAL_FABRIC_SYMMETRIC_RUN_TEST_CASE_H

#include "random-fabric.h"

#include "ns3/boolean.h"
#include "ns3/collective-helper.h"
#include "ns3/flow-engine.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief Runs a collective with all ranks, or with those that stand for all, and compares.
 */
class SymmetricRunTestCase : public RandomFabricTestCase
{
  public:
    using RandomFabricTestCase::RandomFabricTestCase;

  protected:
    /// What came of a collective.
    struct Outcome
    {
        std::vector<int64_t> endsPs;                                 ///< ends of the iterations, ps
        CollectiveResult result;                                     ///< of the last iteration
        std::map<std::pair<uint32_t, uint32_t>, int64_t> rankEndsPs; ///< by iteration and rank, of
                                                                     ///< those that act
        WorkloadProgress progress;                                   ///< at the end
        uint64_t transfers{0};                                       ///< finished
        uint64_t sentBytes{0};                                       ///< payload
        uint64_t latencies{0};           ///< values in the latency histogram
        std::vector<uint64_t> latencyPs; ///< least, ten quantiles, most, ps
        double meanPs{0};                ///< their mean, ps
        std::vector<double> linkBytes;   ///< by directed link
        uint64_t events{0};              ///< events
    };

    /**
     * @param network network to run on; still there afterwards
     * @param spec what to run
     * @param symmetry whether ranks may stand for others
     * @param spacing SettleSpacing
     * @return what came of it
     */
    Outcome RunCollective(Ptr<FabricNetwork> network,
                          const CollectiveSpec& spec,
                          bool symmetry,
                          const std::string& spacing)
    {
        const auto engine = CreateObject<FlowEngine>();
        engine->SetAttribute("Symmetry", BooleanValue(symmetry));
        engine->SetAttribute("SettleSpacing", StringValue(spacing));
        engine->SetNetwork(network);
        if (m_beforeStart)
        {
            m_beforeStart();
        }
        CollectiveHelper collectives(engine);
        if (m_configure)
        {
            m_configure(collectives);
        }
        Outcome outcome;
        collectives.GetRunner()->TraceConnectWithoutContext(
            "RankEnd",
            MakeBoundCallback(&SymmetricRunTestCase::NoteEnd, &outcome));
        collectives.Install(spec);
        const uint64_t before = Simulator::GetEventCount();
        NS_TEST_EXPECT_MSG_EQ(collectives.Run(), true, "the collective did not end");
        outcome.events = Simulator::GetEventCount() - before;
        outcome.progress = collectives.GetRunner()->GetProgress();
        for (const CollectiveResult& result : collectives.GetRunner()->GetResults(0))
        {
            outcome.endsPs.push_back(result.end.GetTimeStep());
            outcome.result = result;
        }
        const NetworkTotals& totals = network->GetTotals();
        outcome.transfers = totals.finishedTransfers;
        outcome.sentBytes = totals.sentBytes;
        NS_TEST_EXPECT_MSG_EQ(totals.sentBytes, totals.receivedBytes, "bytes");
        outcome.latencies = totals.transferLatency.GetCount();
        for (uint32_t tenths = 0; tenths <= 10; ++tenths)
        {
            outcome.latencyPs.push_back(totals.transferLatency.Quantile(tenths / 10.0));
        }
        outcome.meanPs = totals.transferLatency.GetMean();
        for (uint32_t i = 0; i < 2 * network->GetNLinks(); ++i)
        {
            outcome.linkBytes.push_back(engine->GetLinkBytes(i / 2, i % 2));
        }
        Simulator::Destroy();
        engine->Dispose();
        return outcome;
    }

    /// @param few what came of ranks that stand for all @param all what came of all
    /// @param what which run
    void ExpectSame(const Outcome& few, const Outcome& all, const std::string& what)
    {
        NS_TEST_ASSERT_MSG_EQ(few.endsPs.size(), all.endsPs.size(), what);
        for (size_t i = 0; i < all.endsPs.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(few.endsPs[i], all.endsPs[i], "end, " << what);
        }
        for (const auto& [key, endPs] : few.rankEndsPs)
        {
            NS_TEST_EXPECT_MSG_EQ(endPs, all.rankEndsPs.at(key), "end of a rank, " << what);
        }
        NS_TEST_EXPECT_MSG_EQ(few.transfers, all.transfers, "transfers, " << what);
        NS_TEST_EXPECT_MSG_EQ(few.sentBytes, all.sentBytes, "bytes, " << what);
        NS_TEST_EXPECT_MSG_EQ(few.latencies, all.latencies, "latencies, " << what);
        for (size_t i = 0; i < all.latencyPs.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(few.latencyPs[i], all.latencyPs[i], "tenth " << i << what);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(few.meanPs, all.meanPs, 1e-9 * all.meanPs, "mean, " << what);
        NS_TEST_EXPECT_MSG_EQ(few.result.transfers, all.result.transfers, "result, " << what);
        NS_TEST_EXPECT_MSG_EQ(few.result.networkBytes, all.result.networkBytes, what);
        NS_TEST_EXPECT_MSG_EQ(few.result.ranksEnded, all.result.ranksEnded, what);
        NS_TEST_EXPECT_MSG_EQ(few.progress.transfersStarted, all.progress.transfersStarted, what);
        NS_TEST_EXPECT_MSG_EQ(few.progress.transfersDone, all.progress.transfersDone, what);
        NS_TEST_EXPECT_MSG_EQ(few.progress.rankIterationsDone,
                              all.progress.rankIterationsDone,
                              what);
        for (size_t i = 0; i < all.linkBytes.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(few.linkBytes[i],
                                      all.linkBytes[i],
                                      1e-6 + 1e-9 * all.linkBytes[i],
                                      "link " << i << ", " << what);
        }
    }

    std::function<void()> m_beforeStart; ///< called when the engine knows of the network
    std::function<void(CollectiveHelper&)> m_configure; ///< called before the collective is added

  private:
    /// @param outcome added to @param iteration iteration @param rank rank that has ended it
    static void NoteEnd(Outcome* outcome, uint32_t, uint32_t iteration, uint32_t rank)
    {
        outcome->rankEndsPs[{iteration, rank}] = Simulator::Now().GetTimeStep();
    }
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_SYMMETRIC_RUN_TEST_CASE_H */
