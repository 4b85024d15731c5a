/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "symmetric-run-test-case.h"

#include "ns3/boolean.h"
#include "ns3/clos-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/flow-engine.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Rotations on Clos networks, with all ranks and with fewer.
 */
class FlowRingsTestCase : public SymmetricRunTestCase
{
  public:
    using SymmetricRunTestCase::SymmetricRunTestCase;

  protected:
    /// A collective on a Clos network.
    struct Setup
    {
        std::string kind{"all-reduce"};      ///< kind of collective
        std::string algorithm{"ring"};       ///< algorithm
        uint32_t endpoints{0};               ///< endpoints
        uint32_t leaves{0};                  ///< leaves
        uint64_t bytes{0};                   ///< buffer
        std::string routing{"Spray"};        ///< routing
        std::string reduceRate{"10000Gbps"}; ///< rate of local reductions
        std::string order{"InOrder"};        ///< TransferOrder
        uint32_t first{0};                   ///< endpoint of rank 0
        uint32_t ranks{0};                   ///< ranks; 0: all endpoints
        uint32_t stride{1};                  ///< endpoints from one rank to the next
        uint32_t slowLink{UINT32_MAX};       ///< link that has half the rate, or none
        uint32_t iterations{1};              ///< how often
        uint32_t uplinks{0};                 ///< from a leaf to each of 4 spines; 0: enough

        /// @return it in words
        std::string Describe() const
        {
            return kind + ", " + algorithm + ", " + std::to_string(endpoints) + " on " +
                   std::to_string(leaves) + ", " + std::to_string(ranks) + " ranks from " +
                   std::to_string(first) + " by " + std::to_string(stride) + ", " +
                   std::to_string(bytes) + " bytes, " + routing + ", reduced at " + reduceRate +
                   ", slow link " + std::to_string(slowLink);
        }
    };

    /// How ranks are looked at.
    enum Look
    {
        EVERY_RANK, ///< each acts for itself
        COMPUTED,   ///< a ring is computed if it can be
        LIKE_PARTS, ///< parts take the time of the longest
        AS_IS       ///< with the defaults
    };

    /// @param setup what to build @return the fabric
    BuiltFabric Build(const Setup& setup)
    {
        const auto helper = CreateObject<ClosHelper>();
        helper->SetAttribute("Endpoints", UintegerValue(setup.endpoints));
        helper->SetAttribute("Leaves", UintegerValue(setup.leaves));
        helper->SetAttribute("Spines", UintegerValue(4));
        helper->SetAttribute("UplinksPerSpine", UintegerValue(setup.uplinks));
        helper->SetNetworkAttribute("Routing", StringValue(setup.routing));
        helper->SetNetworkAttribute("TransferOrder", StringValue(setup.order));
        BuiltFabric fabric = helper->Build();
        // The hash of Ecmp is drawn.
        fabric.AssignStreams(0);
        if (setup.slowLink != UINT32_MAX)
        {
            const Ptr<FabricLink> link = fabric.networks[0]->GetLink(setup.slowLink);
            LinkState state = link->GetState(0);
            state.rate = DataRate(state.rate.GetBitRate() / 2);
            link->SetState(0, state);
        }
        return fabric;
    }

    /// @param setup what to run @return it
    CollectiveSpec MakeSpec(const Setup& setup)
    {
        CollectiveSpec spec;
        spec.kind = ParseCollectiveKind(setup.kind);
        spec.algorithm = ParseCollectiveAlgorithm(setup.algorithm);
        spec.bytes = setup.bytes;
        spec.iterations = setup.iterations;
        spec.reduceRate = DataRate(setup.reduceRate);
        const uint32_t ranks = setup.ranks == 0 ? setup.endpoints : setup.ranks;
        for (uint32_t rank = 0; rank < ranks; ++rank)
        {
            // A stride has no divisor in common with the endpoints.
            spec.group.push_back((setup.first + rank * setup.stride) % setup.endpoints);
        }
        return spec;
    }

    /// @param setup what to run @param look how @return what came of it
    Outcome Run(const Setup& setup, Look look)
    {
        BuiltFabric fabric = Build(setup);
        m_configure = [this, look](CollectiveHelper& collectives) {
            if (look != AS_IS)
            {
                collectives.SetRunnerAttribute("ExactUpTo", UintegerValue(0));
            }
            collectives.SetRunnerAttribute("FreeRings", BooleanValue(look != LIKE_PARTS));
            m_posted = 0;
            collectives.GetRunner()->TraceConnectWithoutContext(
                "TransferPosted",
                MakeBoundCallback(&FlowRingsTestCase::NotePosted, &m_posted));
        };
        const Outcome outcome =
            RunCollective(fabric.networks[0], MakeSpec(setup), look != EVERY_RANK, "0ps");
        fabric.Dispose();
        return outcome;
    }

    /// @return whether the last run was computed, and nothing was posted
    bool IsComputed() const
    {
        return m_posted == 0;
    }

    /// @param setup ring @return when it ends by packets, ps
    int64_t RunPackets(const Setup& setup)
    {
        BuiltFabric fabric = Build(setup);
        CollectiveHelper collectives(fabric.networks[0]);
        collectives.Install(MakeSpec(setup));
        NS_TEST_EXPECT_MSG_EQ(collectives.Run(), true, setup.Describe());
        const int64_t endPs = collectives.GetTime(0).GetTimeStep();
        Simulator::Destroy();
        fabric.Dispose();
        return endPs;
    }

  private:
    /// @param posted one more
    static void NotePosted(uint64_t* posted, const Transfer&)
    {
        ++*posted;
    }

    uint64_t m_posted{0}; ///< transfers posted in the last run
};

/**
 * @ingroup optical-fabric-tests
 * @brief A ring in which nothing gets into the way of anything is computed.
 */
class ComputedRingTestCase : public FlowRingsTestCase
{
  public:
    ComputedRingTestCase()
        : FlowRingsTestCase("A ring that is computed: the same results")
    {
    }

  private:
    void DoRun() override
    {
        std::vector<Setup> setups;
        const auto add = [&setups](uint32_t endpoints, uint32_t leaves, uint64_t bytes) {
            Setup setup;
            setup.endpoints = endpoints;
            setup.leaves = leaves;
            setup.bytes = bytes;
            setups.push_back(setup);
            return &setups.back();
        };
        // Even leaves and uneven ones, parts of one size and of two, of several packets or none.
        for (const auto& [endpoints, leaves] :
             std::vector<std::pair<uint32_t, uint32_t>>{{48, 6}, {50, 7}, {61, 4}, {5, 2}, {2, 2}})
        {
            for (const uint64_t bytes :
                 {endpoints * 65536ULL, 1000003ULL, endpoints * 4096ULL + 1, 3ULL})
            {
                for (const char* kind : {"all-reduce", "reduce-scatter", "all-gather"})
                {
                    add(endpoints, leaves, bytes)->kind = kind;
                }
            }
        }
        for (const char* routing : {"Deterministic", "Ecmp", "Adaptive"})
        {
            add(50, 7, 3000001)->routing = routing;
        }
        for (const char* rate : {"0bps", "1Gbps"})
        {
            add(50, 7, 3000001)->reduceRate = rate;
        }
        add(50, 7, 3000001)->order = "TakeTurns";
        add(50, 7, 3000001)->ranks = 37;
        setups.back().first = 5;
        // Parts that are a byte longer are a packet more, and reductions slow: others catch up.
        add(50, 7, 50 * 4096 + 13);
        // A straggler's link of half the rate, and one to a spine; hops differ by more than a byte.
        add(48, 6, 3000000)->slowLink = 7;
        add(48, 6, 3000000)->slowLink = 48 + 9;
        for (const Setup& setup : setups)
        {
            const Outcome all = Run(setup, EVERY_RANK);
            const Outcome few = Run(setup, COMPUTED);
            ExpectSame(few, all, setup.Describe());
            NS_TEST_EXPECT_MSG_EQ(IsComputed(), true, setup.Describe());
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A ring that is computed takes what it takes by packets.
 */
class ComputedRingAndPacketsTestCase : public FlowRingsTestCase
{
  public:
    ComputedRingAndPacketsTestCase()
        : FlowRingsTestCase("A ring that is computed: the time that packets take")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint64_t bytes : {1000003ULL, 13 * 4096ULL, 7ULL})
        {
            for (const char* routing : {"Deterministic", "Spray"})
            {
                Setup setup;
                setup.endpoints = 13;
                setup.leaves = 3;
                setup.bytes = bytes;
                setup.routing = routing;
                const Outcome few = Run(setup, COMPUTED);
                NS_TEST_EXPECT_MSG_EQ(IsComputed(), true, setup.Describe());
                NS_TEST_EXPECT_MSG_EQ(few.endsPs[0], RunPackets(setup), setup.Describe());
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A ring in which transfers share a link, or wait for each other, is not computed.
 */
class NotComputedTestCase : public FlowRingsTestCase
{
  public:
    NotComputedTestCase()
        : FlowRingsTestCase("A ring whose transfers meet is not computed")
    {
    }

  private:
    void DoRun() override
    {
        Setup setup;
        setup.endpoints = 48;
        setup.leaves = 6;
        setup.bytes = 48 * 65536;
        const auto isComputed = [&](Look look) {
            Run(setup, look);
            return IsComputed();
        };
        NS_TEST_EXPECT_MSG_EQ(isComputed(COMPUTED), true, "by the ranks' leaves");
        NS_TEST_EXPECT_MSG_EQ(isComputed(AS_IS), false, "few enough to be simulated");
        NS_TEST_EXPECT_MSG_EQ(isComputed(LIKE_PARTS), false, "switched off");
        NS_TEST_EXPECT_MSG_EQ(isComputed(EVERY_RANK), false, "no symmetry");
        setup.iterations = 2;
        NS_TEST_EXPECT_MSG_EQ(isComputed(COMPUTED), false, "ranks do not begin at once");
        setup.iterations = 1;
        // From leaf to leaf with each hop, over half as many links.
        setup.stride = 11;
        setup.uplinks = 1;
        NS_TEST_EXPECT_MSG_EQ(isComputed(COMPUTED), false, "links are shared");
        const Outcome one = Run(setup, COMPUTED);
        const Outcome other = Run(setup, EVERY_RANK);
        NS_TEST_EXPECT_MSG_EQ(one.endsPs[0], other.endsPs[0], "links are shared");
        // Parts so large that the time to send them is all, and one link has half the rate: parts
        // wait before it.
        setup.stride = 1;
        setup.uplinks = 0;
        setup.slowLink = 7;
        setup.bytes = 48 << 20;
        NS_TEST_EXPECT_MSG_EQ(isComputed(COMPUTED), false, "parts wait");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Parts that differ by a byte take the time of the longest, and bytes are counted as they
 * are.
 */
class LikePartsTestCase : public FlowRingsTestCase
{
  public:
    LikePartsTestCase()
        : FlowRingsTestCase("Parts that differ by a byte count as alike")
    {
    }

  private:
    void DoRun() override
    {
        std::vector<Setup> setups;
        for (const char* kind : {"all-reduce", "reduce-scatter", "all-gather"})
        {
            // Parts of 4096 and of 4097 bytes, which are another packet; some of no byte.
            for (const uint64_t bytes : {1000003ULL, 48 * 4096ULL + 7, 7ULL})
            {
                Setup setup;
                setup.kind = kind;
                setup.endpoints = 48;
                setup.leaves = 6;
                setup.bytes = bytes;
                setups.push_back(setup);
            }
        }
        setups.push_back(setups.front());
        setups.back().iterations = 3;
        setups.push_back(setups.front());
        setups.back().kind = "all-gather";
        setups.back().algorithm = "bruck";
        setups.push_back(setups.front());
        setups.back().kind = "all-to-all";
        setups.back().algorithm = "pairwise";
        setups.push_back(setups.back());
        setups.back().algorithm = "all-at-once";
        for (const Setup& setup : setups)
        {
            const bool isRing = setup.algorithm == "ring";
            const Outcome all = Run(setup, EVERY_RANK);
            const Outcome few = Run(setup, LIKE_PARTS);
            const std::string what = setup.Describe();
            NS_TEST_EXPECT_MSG_LT(few.events, all.events / 2, what);
            // A byte takes 20 ps; a packet's header and a packet more of it some hundred.
            constexpr int64_t BYTE_PS = 20;
            const int64_t headPs = (setup.bytes % 4096) < 48 ? 4096 : 0;
            const auto steps = static_cast<int64_t>(all.result.transfers / setup.endpoints);
            for (size_t i = 0; i < all.endsPs.size(); ++i)
            {
                const int64_t later = few.endsPs[i] - all.endsPs[i];
                // A ring waits for its longest part; the next execution need not.
                const int64_t most = isRing && i == 0 ? 0 : steps * (BYTE_PS + 1 + headPs);
                NS_TEST_EXPECT_MSG_GT_OR_EQ(later, 0, "end, " << what);
                NS_TEST_EXPECT_MSG_LT_OR_EQ(later, most, "end, " << what);
            }
            NS_TEST_EXPECT_MSG_EQ(few.transfers, all.transfers, what);
            NS_TEST_EXPECT_MSG_EQ(few.sentBytes, all.sentBytes, what);
            NS_TEST_EXPECT_MSG_EQ(few.latencies, all.latencies, what);
            NS_TEST_EXPECT_MSG_EQ(few.result.transfers, all.result.transfers, what);
            NS_TEST_EXPECT_MSG_EQ(few.result.networkBytes, all.result.networkBytes, what);
            NS_TEST_EXPECT_MSG_EQ(few.progress.transfersDone, all.progress.transfersDone, what);
            for (size_t i = 0; i < all.linkBytes.size(); ++i)
            {
                // In a ring a link carries all parts but one or two of each execution, in an
                // all-to-all one and the same part of all; here it is the mean of links alike.
                const double most = isRing ? 4.0 * setup.iterations : setup.endpoints;
                const double apart = std::abs(few.linkBytes[i] - all.linkBytes[i]);
                NS_TEST_EXPECT_MSG_LT(apart,
                                      most * static_cast<double>(1 + headPs / 64),
                                      "link " << i << ", " << what);
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link that changes while a ring is computed is refused.
 */
class RingChangeRefusedTestCase : public FlowRingsTestCase
{
  public:
    RingChangeRefusedTestCase()
        : FlowRingsTestCase("Links do not change while a ring is computed")
    {
    }

  private:
    void DoRun() override
    {
        const std::string message = AbortMessage([this]() {
            Setup setup;
            setup.endpoints = 50;
            setup.leaves = 7;
            setup.bytes = 50 << 20;
            const BuiltFabric fabric = Build(setup);
            const auto engine = CreateObject<FlowEngine>();
            engine->SetNetwork(fabric.networks[0]);
            CollectiveHelper collectives(engine);
            collectives.SetRunnerAttribute("ExactUpTo", UintegerValue(0));
            collectives.Install(MakeSpec(setup));
            Simulator::Schedule(MicroSeconds(10),
                                &FabricLink::SetUp,
                                fabric.networks[0]->GetLink(3),
                                false);
            collectives.Run();
        });
        NS_TEST_EXPECT_MSG_NE(message.find("link 3 changes while a few ranks stand for all"),
                              std::string::npos,
                              message);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Rings of many ranks.
 */
class FlowRingsTestSuite : public TestSuite
{
  public:
    FlowRingsTestSuite()
        : TestSuite("optical-fabric-flow-rings", Type::UNIT)
    {
        AddTestCase(new ComputedRingTestCase);
        AddTestCase(new ComputedRingAndPacketsTestCase);
        AddTestCase(new NotComputedTestCase);
        AddTestCase(new LikePartsTestCase);
        AddTestCase(new RingChangeRefusedTestCase);
    }
};

FlowRingsTestSuite g_flowRingsTestSuite; ///< registers the suite

} // namespace
