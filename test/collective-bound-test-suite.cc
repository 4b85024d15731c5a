/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-fabric.h"
#include "sanitized-rounds.h"

#include "ns3/bound-recorder.h"
#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/collective-bound-inputs.h"
#include "ns3/collective-helper.h"
#include "ns3/flow-engine.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/// A kind and an algorithm for it.
using Method = std::pair<CollectiveKind, CollectiveAlgorithm>;

/// @return all kinds with all their algorithms
std::vector<Method>
GetMethods()
{
    std::vector<Method> methods;
    for (uint32_t kind = 0; kind < static_cast<uint32_t>(CollectiveKind::PROGRAMS); ++kind)
    {
        for (const CollectiveAlgorithm algorithm : GetAlgorithms(static_cast<CollectiveKind>(kind)))
        {
            methods.emplace_back(static_cast<CollectiveKind>(kind), algorithm);
        }
    }
    return methods;
}

/**
 * @ingroup optical-fabric-tests
 * @brief No collective is faster than its bound, on any fabric.
 */
class CollectiveBoundPropertyTestCase : public RandomFabricTestCase
{
  public:
    /**
     * @param useFlows whether flows are simulated, and not packets
     * @param hasErrors whether links lose frames
     * @param fabrics number of fabrics (GetRounds)
     */
    CollectiveBoundPropertyTestCase(bool useFlows, bool hasErrors, uint32_t fabrics)
        : RandomFabricTestCase(std::string("Bounds hold: ") + (useFlows ? "flows" : "packets") +
                               (hasErrors ? ", lossy links" : "") + ", " +
                               std::to_string(GetRounds(fabrics)) + " random fabrics"),
          m_useFlows(useFlows),
          m_trouble(hasErrors ? ERRORS : NONE),
          m_fabrics(GetRounds(fabrics))
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t number = 0; number < m_fabrics && !IsStatusFailure(); ++number)
        {
            for (const auto& [kind, algorithm] : GetMethods())
            {
                RunOnce(number, kind, algorithm);
            }
        }
        NS_TEST_EXPECT_MSG_GT(m_runs, 5 * m_fabrics, "collectives that could be run");
        // It has to be worth something, too.
        NS_TEST_EXPECT_MSG_GT(m_best, 0.95, "the best efficiency of all");
        NS_TEST_EXPECT_MSG_GT(m_sum / m_runs, 0.15, "the mean efficiency");
    }

    /**
     * @param number number of the fabric
     * @param kind kind of the collective
     * @param algorithm algorithm
     */
    void RunOnce(uint32_t number, CollectiveKind kind, CollectiveAlgorithm algorithm)
    {
        MakeRandomNetwork(number, m_trouble);
        CollectiveSpec spec;
        spec.kind = kind;
        spec.algorithm = algorithm;
        spec.iterations = Draw(1, 2);
        spec.bytes = IsMoe(kind) || kind == CollectiveKind::BARRIER ? 0 : DrawLog(1, 100000);
        for (uint32_t i = 0; i < m_network->GetNEndpoints(); ++i)
        {
            if (m_network->GetNEndpoints() <= 2 || Chance(0.8))
            {
                spec.group.push_back(i);
            }
        }
        const auto ranks = static_cast<uint32_t>(spec.group.size());
        spec.root = kind == CollectiveKind::BROADCAST && ranks > 0 ? Draw(0, ranks - 1) : 0;
        spec.groupSize = algorithm == CollectiveAlgorithm::HIERARCHICAL ? 2 : 0;
        spec.chunkBytes = Pick<uint64_t>({0, 5000});
        spec.chunkBytes = algorithm == CollectiveAlgorithm::DOUBLE_BINARY_TREE ||
                                  algorithm == CollectiveAlgorithm::CHAIN
                              ? spec.chunkBytes
                              : 0;
        spec.moe.routing.tokensPerRank = Draw(1, 8);
        spec.moe.routing.topK = Draw(1, 2);
        spec.moe.routing.experts = Draw(2, 16);
        spec.moe.dispatchBytes = DrawLog(1, 3000);
        spec.moe.combineBytes = DrawLog(1, 3000);
        spec.moe.expertTime = Pick({PicoSeconds(0), MicroSeconds(1)});
        Ptr<FlowEngine> flows;
        if (m_useFlows)
        {
            flows = CreateObject<FlowEngine>();
            flows->SetNetwork(m_network);
        }
        CollectiveHelper helper(m_useFlows ? Ptr<TransferEngine>(flows)
                                           : Ptr<TransferEngine>(m_network));
        bool isPossible = true;
        try
        {
            helper.Install(spec);
        }
        catch (const std::invalid_argument&)
        {
            isPossible = false; // too few ranks, or no power of two
        }
        if (isPossible)
        {
            helper.AssignStreams(5000000);
            Check(helper, number);
        }
        helper.GetRunner()->Dispose();
        if (flows)
        {
            flows->Dispose();
        }
        Drop();
    }

    /**
     * @param helper has a collective, which is run
     * @param number number of the fabric
     */
    void Check(CollectiveHelper& helper, uint32_t number)
    {
        const Ptr<WorkloadRunner> runner = helper.GetRunner();
        BoundRecorder bounds;
        bounds.Watch(runner);
        Simulator::Stop(Seconds(20));
        helper.Run();
        const CollectiveSpec& spec = runner->GetSpec(0);
        for (const CollectiveResult& result : runner->GetResults(0))
        {
            if (!result.isComplete || result.failedBytes > 0 || result.failedTransfers > 0)
            {
                continue;
            }
            const CollectiveBound bound = bounds.Get(*runner, 0, result.iteration);
            const auto timePs = static_cast<double>((result.end - result.start).GetPicoSeconds());
            const std::string what = ToString(spec.kind) + ", " + ToString(spec.GetAlgorithm()) +
                                     ", " + std::to_string(spec.group.size()) + " ranks, " +
                                     std::to_string(spec.bytes) + " bytes, fabric " +
                                     std::to_string(number) + ", " + ToString(bound.limit);
            NS_TEST_EXPECT_MSG_EQ(std::isnan(bound.timePs), false, "there is a bound: " << what);
            NS_TEST_EXPECT_MSG_LT_OR_EQ(bound.timePs, timePs * (1 + 1e-9) + 1, what);
            ++m_runs;
            const double efficiency = timePs > 0 ? bound.timePs / timePs : 1;
            m_sum += efficiency;
            m_best = std::max(m_best, efficiency);
        }
    }

    const bool m_useFlows;    ///< flows, not packets
    const Trouble m_trouble;  ///< what may go wrong
    const uint32_t m_fabrics; ///< how many
    uint32_t m_runs{0};       ///< collectives run
    double m_sum{0};          ///< sum of their efficiencies
    double m_best{0};         ///< the best
};

/**
 * @ingroup optical-fabric-tests
 * @brief A test case with a fabric made by a helper.
 */
class CollectiveBoundFabricTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    void DoSetup() override
    {
        // Once a simulation has run, ns-3 does not take another resolution.
        if (Time::GetResolution() != Time::PS)
        {
            Time::SetResolution(Time::PS);
        }
    }

    /**
     * @param fabric fabric with one collective to be run on its first network
     * @param spec the collective
     * @param useFlows whether flows are simulated, and not packets
     * @return its bound over its time
     */
    double GetEfficiency(BuiltFabric& fabric, const CollectiveSpec& spec, bool useFlows)
    {
        Ptr<TransferEngine> engine = fabric.networks[0];
        if (useFlows)
        {
            const auto flows = CreateObject<FlowEngine>();
            flows->SetNetwork(fabric.networks[0]);
            engine = flows;
        }
        CollectiveHelper helper(engine);
        helper.Install(spec);
        helper.AssignStreams(5000000);
        BoundRecorder bounds;
        bounds.Watch(helper.GetRunner());
        NS_TEST_EXPECT_MSG_EQ(helper.Run(), true, "the collective did not end");
        m_bound = bounds.Get(*helper.GetRunner(), 0, 0);
        const double efficiency = m_bound.timePs / 1e12 / helper.GetTime(0).GetSeconds();
        bounds.Detach();
        helper.GetRunner()->Dispose();
        Simulator::Destroy();
        if (useFlows)
        {
            engine->Dispose();
        }
        fabric.Dispose();
        return efficiency;
    }

    /**
     * @param kind kind in words
     * @param algorithm algorithm in words
     * @param ranks endpoints 0 on
     * @param bytes size
     * @return the collective
     */
    static CollectiveSpec MakeSpec(const std::string& kind,
                                   const std::string& algorithm,
                                   uint32_t ranks,
                                   uint64_t bytes)
    {
        CollectiveSpec spec;
        spec.kind = ParseCollectiveKind(kind);
        spec.algorithm = ParseCollectiveAlgorithm(algorithm);
        spec.bytes = bytes;
        spec.group = CollectiveHelper::GetRange(0, ranks);
        return spec;
    }

    CollectiveBound m_bound; ///< the bound of the last run
};

/**
 * @ingroup optical-fabric-tests
 * @brief Algorithms that are known to need the least bandwidth come near the bound, with one switch
 * and with thin uplinks.
 */
class CollectiveBoundTightTestCase : public CollectiveBoundFabricTestCase
{
  public:
    CollectiveBoundTightTestCase()
        : CollectiveBoundFabricTestCase("Bandwidth-optimal algorithms come near the bound")
    {
    }

  private:
    /**
     * @param leaves leaf switches; with more than one there is a spine
     * @param uplink rate of the links above
     * @return a fabric of 16 endpoints
     */
    static BuiltFabric Build(uint32_t leaves, const std::string& uplink)
    {
        auto helper = CreateObject<ClosHelper>();
        helper->SetAttribute("Endpoints", UintegerValue(16));
        helper->SetAttribute("Leaves", UintegerValue(leaves));
        helper->SetAttribute("Spines", UintegerValue(leaves > 1 ? 1 : 0));
        helper->SetAttribute("LinkRate", StringValue("400Gbps"));
        if (leaves > 1)
        {
            helper->SetAttribute("UplinkRate", StringValue(uplink));
            helper->SetAttribute("UplinksPerSpine", UintegerValue(1));
        }
        helper->SetNetworkAttribute("HeaderBytes", UintegerValue(64));
        return helper->Build();
    }

    void DoRun() override
    {
        constexpr uint64_t MIB = 1 << 20;
        for (const bool useFlows : {false, true})
        {
            for (const char* kind : {"all-reduce", "reduce-scatter", "all-gather", "all-to-all"})
            {
                BuiltFabric fabric = Build(1, "");
                const double near =
                    GetEfficiency(fabric,
                                  MakeSpec(kind, "auto", 16, (useFlows ? 4096 : 64) * MIB),
                                  useFlows);
                // The latencies of 15 messages, or 30, are what is left.
                NS_TEST_EXPECT_MSG_GT(near, (useFlows ? 0.999 : 0.96), kind << " on one switch");
                NS_TEST_EXPECT_MSG_LT_OR_EQ(near, 1, kind << " on one switch");
                NS_TEST_EXPECT_MSG_EQ((m_bound.limit == BoundLimit::RANK), true, kind);
            }
            // Four leaves: a ring sends 2 15/16 n over each uplink, and 2 3/4 n would do.
            BuiltFabric fabric = Build(4, "100Gbps");
            const double cut =
                GetEfficiency(fabric, MakeSpec("all-reduce", "ring", 16, 64 * MIB), useFlows);
            NS_TEST_EXPECT_MSG_EQ_TOL(cut, 0.75 / (15.0 / 16), 0.02, "thin uplinks");
            NS_TEST_EXPECT_MSG_EQ((m_bound.limit == BoundLimit::CUT), true, "thin uplinks");
            fabric = Build(4, "100Gbps");
            const double all = GetEfficiency(fabric,
                                             MakeSpec("all-to-all", "all-at-once", 16, 64 * MIB),
                                             useFlows);
            NS_TEST_EXPECT_MSG_GT(all, 0.9, "all-to-all over thin uplinks");
            NS_TEST_EXPECT_MSG_EQ((m_bound.limit == BoundLimit::CUT), true, "thin uplinks");
        }
        BuiltFabric fabric = Build(1, "");
        GetEfficiency(fabric, MakeSpec("all-reduce", "halving-doubling", 16, 64), false);
        NS_TEST_EXPECT_MSG_EQ((m_bound.limit == BoundLimit::LATENCY), true, "a short vector");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What is read from CloudMatrix384, and that it takes no time to speak of.
 */
class CollectiveBoundInputsTestCase : public CollectiveBoundFabricTestCase
{
  public:
    CollectiveBoundInputsTestCase()
        : CollectiveBoundFabricTestCase("Inputs of CloudMatrix384")
    {
    }

  private:
    void DoRun() override
    {
        BuiltFabric fabric = CreateObject<CloudMatrixHelper>()->Build();
        const FabricNetwork& network = *fabric.networks[0];
        const FlowTopology topology = FlowTopology::Read(network);
        const CollectiveSpec spec = MakeSpec("all-reduce", "ring", 768, 1 << 20);
        const BoundInputs inputs =
            ReadBoundInputs(topology, network.GetMtu(), network.GetHeaderBytes(), spec);
        NS_TEST_ASSERT_MSG_EQ(inputs.partitions.size(), 2, "dies and nodes");
        NS_TEST_EXPECT_MSG_EQ(inputs.partitions[0].parts.size(), 768, "dies");
        NS_TEST_EXPECT_MSG_EQ(inputs.partitions[1].parts.size(), 48, "nodes");
        NS_TEST_EXPECT_MSG_EQ(inputs.partitions[1].parts[7].ranks, 16, "dies of a node");
        NS_TEST_EXPECT_MSG_LT(inputs.partitions[0].alphaPs,
                              inputs.partitions[1].alphaPs,
                              "it is farther to another node");
        NS_TEST_EXPECT_MSG_EQ(inputs.farPs, inputs.partitions[1].alphaPs, "all nodes as far");
        fabric.Dispose();
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A bound is withdrawn when a link becomes better than it was, and only then.
 */
class CollectiveBoundChangesTestCase : public CollectiveBoundFabricTestCase
{
  public:
    CollectiveBoundChangesTestCase()
        : CollectiveBoundFabricTestCase("Bounds and links that change")
    {
    }

  private:
    /**
     * @param begin what the link is like before
     * @param change what becomes of it on the way
     * @return whether there is a bound at the end
     */
    bool IsBounded(const std::function<void(Ptr<FabricLink>)>& begin,
                   const std::function<void(Ptr<FabricLink>)>& change)
    {
        auto helper = CreateObject<ClosHelper>();
        helper->SetAttribute("Endpoints", UintegerValue(4));
        helper->SetAttribute("Leaves", UintegerValue(2));
        helper->SetAttribute("Spines", UintegerValue(2));
        BuiltFabric fabric = helper->Build();
        const Ptr<FabricLink> link = fabric.networks[0]->GetLink(4);
        begin(link);
        Simulator::Schedule(MicroSeconds(5), [link, change]() { change(link); });
        const double efficiency =
            GetEfficiency(fabric, MakeSpec("all-reduce", "ring", 4, 1 << 22), false);
        NS_TEST_EXPECT_MSG_EQ(std::isnan(efficiency), (m_bound.limit == BoundLimit::NONE), "both");
        return m_bound.limit != BoundLimit::NONE;
    }

    void DoRun() override
    {
        const auto nothing = [](Ptr<FabricLink>) {};
        const auto down = [](Ptr<FabricLink> link) { link->SetUp(false); };
        const auto up = [](Ptr<FabricLink> link) { link->SetUp(true); };
        const auto flap = [](Ptr<FabricLink> link) {
            link->SetUp(false);
            link->SetUp(true);
        };
        const auto faster = [](Ptr<FabricLink> link) {
            LinkState state = link->GetState(0);
            state.rate = DataRate(2 * state.rate.GetBitRate());
            link->SetState(0, state);
        };
        NS_TEST_EXPECT_MSG_EQ(IsBounded(nothing, nothing), true, "nothing happens");
        NS_TEST_EXPECT_MSG_EQ(IsBounded(nothing, down), true, "a link goes down");
        NS_TEST_EXPECT_MSG_EQ(IsBounded(nothing, flap), true, "a link goes down and comes back");
        NS_TEST_EXPECT_MSG_EQ(IsBounded(down, nothing), true, "a link is down");
        NS_TEST_EXPECT_MSG_EQ(IsBounded(down, up), false, "a link comes up");
        NS_TEST_EXPECT_MSG_EQ(IsBounded(nothing, faster), false, "a link gets faster");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Lower bounds on the times of collectives.
 */
class CollectiveBoundTestSuite : public TestSuite
{
  public:
    CollectiveBoundTestSuite()
        : TestSuite("optical-fabric-collective-bound", Type::UNIT)
    {
        // Held as well, once, with twenty times as many fabrics.
        AddTestCase(new CollectiveBoundPropertyTestCase(false, false, 150), TestCase::QUICK);
        AddTestCase(new CollectiveBoundPropertyTestCase(true, false, 150), TestCase::QUICK);
        AddTestCase(new CollectiveBoundPropertyTestCase(true, true, 40), TestCase::QUICK);
        AddTestCase(new CollectiveBoundPropertyTestCase(false, true, 40), TestCase::QUICK);
        AddTestCase(new CollectiveBoundTightTestCase(), TestCase::QUICK);
        AddTestCase(new CollectiveBoundInputsTestCase(), TestCase::QUICK);
        AddTestCase(new CollectiveBoundChangesTestCase(), TestCase::QUICK);
    }
};

/// The suite.
CollectiveBoundTestSuite g_collectiveBoundTestSuite;

} // namespace
