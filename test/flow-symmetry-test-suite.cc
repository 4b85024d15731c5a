/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "symmetric-run-test-case.h"

#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/flow-engine.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Collectives on fabrics that helpers build.
 */
class FlowSymmetryTestCase : public SymmetricRunTestCase
{
  public:
    using SymmetricRunTestCase::SymmetricRunTestCase;

  protected:
    /// A collective on a fabric.
    struct Setup
    {
        std::string fabric{"clos"};      ///< "clos" or "cloud-matrix"
        std::string kind;                ///< kind of collective
        std::string algorithm;           ///< algorithm
        uint32_t ranks{0};               ///< ranks, all endpoints of a Clos network
        uint64_t bytes{0};               ///< buffer
        std::string routing{"Spray"};    ///< routing
        std::vector<uint32_t> slowLinks; ///< links that have half the rate
        uint32_t groupSize{0};           ///< for hierarchical
        uint32_t iterations{1};          ///< how often
        bool swapped{false};             ///< ranks 0 and 1 have changed places

        /// @return it in words
        std::string Describe() const
        {
            std::string text = fabric + ", " + kind + ", " + algorithm + ", " +
                               std::to_string(ranks) + ", " + routing;
            for (const uint32_t link : slowLinks)
            {
                text += ", link " + std::to_string(link);
            }
            return text;
        }
    };

    /**
     * @param setup what to run
     * @param symmetry whether ranks may stand for others
     * @return what came of it
     */
    Outcome Run(const Setup& setup, bool symmetry)
    {
        Ptr<FabricHelper> helper;
        if (setup.fabric == "clos")
        {
            helper = CreateObject<ClosHelper>();
            helper->SetAttribute("Endpoints", UintegerValue(setup.ranks));
            helper->SetAttribute("Leaves", UintegerValue(setup.ranks / 8));
            helper->SetAttribute("Spines", UintegerValue(4));
        }
        else
        {
            helper = CreateObject<CloudMatrixHelper>();
            helper->SetAttribute("Nodes", UintegerValue(setup.ranks / 16));
        }
        helper->SetNetworkAttribute("Routing", StringValue(setup.routing));
        BuiltFabric fabric = helper->Build();
        const Ptr<FabricNetwork> network = fabric.networks[0];
        for (const uint32_t slow : setup.slowLinks)
        {
            const Ptr<FabricLink> link = network->GetLink(slow);
            LinkState state = link->GetState(0);
            state.rate = DataRate(state.rate.GetBitRate() / 2);
            link->SetState(0, state);
        }
        CollectiveSpec spec;
        spec.kind = ParseCollectiveKind(setup.kind);
        spec.algorithm = ParseCollectiveAlgorithm(setup.algorithm);
        spec.bytes = setup.bytes;
        spec.groupSize = setup.groupSize;
        spec.iterations = setup.iterations;
        spec.reduceRate = DataRate("10000Gbps");
        spec.group = CollectiveHelper::GetRange(0, setup.ranks);
        if (setup.swapped)
        {
            std::swap(spec.group[0], spec.group[1]);
        }
        const Outcome outcome = RunCollective(network, spec, symmetry, "2ps");
        fabric.Dispose();
        return outcome;
    }

    /// @param setup what to run both ways @return whether some ranks stand for others
    bool Compare(const Setup& setup)
    {
        const Outcome all = Run(setup, false);
        const Outcome few = Run(setup, true);
        ExpectSame(few, all, setup.Describe());
        return few.events < all.events;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What comes of a few ranks that stand for all is what comes of all.
 */
class SameResultsTestCase : public FlowSymmetryTestCase
{
  public:
    SameResultsTestCase()
        : FlowSymmetryTestCase("A few ranks that stand for all: the same results")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint64_t PART = 65536;
        std::vector<Setup> setups;
        const auto add = [&setups](const std::string& fabric,
                                   const std::string& kind,
                                   const std::string& algorithm,
                                   uint32_t ranks,
                                   uint64_t bytes) {
            Setup setup;
            setup.fabric = fabric;
            setup.kind = kind;
            setup.algorithm = algorithm;
            setup.ranks = ranks;
            setup.bytes = bytes;
            setups.push_back(setup);
        };
        for (const uint32_t ranks : {24, 32})
        {
            add("clos", "all-reduce", "ring", ranks, PART * ranks);
            add("clos", "all-gather", "bruck", ranks, PART * ranks);
            add("clos", "all-to-all", "pairwise", ranks, PART * ranks);
            add("clos", "all-to-all", "all-at-once", ranks, PART * ranks);
            add("clos", "barrier", "dissemination", ranks, 0);
        }
        add("clos", "all-reduce", "halving-doubling", 64, PART * 64);
        add("clos", "reduce-scatter", "recursive-halving", 32, PART * 32);
        add("clos", "all-gather", "recursive-doubling", 32, PART * 32);
        add("clos", "all-reduce", "hierarchical", 32, PART * 32);
        setups.back().groupSize = 8;
        add("cloud-matrix", "all-reduce", "ring", 64, PART * 64);
        setups.back().iterations = 3;
        add("cloud-matrix", "all-to-all", "pairwise", 48, PART * 48);
        setups.back().routing = "Adaptive";
        add("cloud-matrix", "all-to-all", "all-at-once", 64, PART * 64);
        // Parts of two sizes that come again every 3, and so every 24 ranks.
        add("clos", "all-reduce", "ring", 48, 65536 * 48 + 16);
        add("clos", "all-to-all", "pairwise", 48, 65536 * 48 + 32);
        for (Setup& setup : setups)
        {
            NS_TEST_EXPECT_MSG_EQ(Compare(setup),
                                  true,
                                  "nobody stands for others, " << setup.Describe());
            // A leaf has as many endpoints as links up, so that a rotation by a leaf keeps their
            // choice. An L1 chip has 16 links up, and a node has more endpoints than that.
            setup.routing = "Deterministic";
            NS_TEST_EXPECT_MSG_EQ(Compare(setup), (setup.fabric == "clos"), setup.Describe());
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Where ranks are not alike, each acts for itself.
 */
class NoSymmetryTestCase : public FlowSymmetryTestCase
{
  public:
    NoSymmetryTestCase()
        : FlowSymmetryTestCase("Ranks that are not alike act for themselves")
    {
    }

  private:
    void DoRun() override
    {
        Setup setup;
        setup.kind = "all-reduce";
        setup.algorithm = "ring";
        setup.ranks = 32;
        setup.bytes = 65536 * 32;
        const Outcome alike = Run(setup, true);
        // The first link is that of endpoint 0, the last one leads to a spine.
        for (const uint32_t link : {0U, 32U + 15U})
        {
            setup.slowLinks = {link};
            const Outcome one = Run(setup, true);
            const Outcome other = Run(setup, false);
            NS_TEST_EXPECT_MSG_EQ(one.events, other.events, "slow link " << link);
            NS_TEST_EXPECT_MSG_EQ(one.endsPs[0], other.endsPs[0], "slow link " << link);
            NS_TEST_EXPECT_MSG_GT(one.events, alike.events, "slow link " << link);
        }
        setup.slowLinks.clear();
        // Within a leaf nobody can tell; a rank in another leaf would be noticed.
        setup.swapped = true;
        NS_TEST_EXPECT_MSG_EQ(Run(setup, true).endsPs[0], alike.endsPs[0], "swapped in a leaf");
        setup.swapped = false;
        setup.routing = "Ecmp";
        NS_TEST_EXPECT_MSG_EQ(Run(setup, true).events, Run(setup, false).events, "Ecmp");
        // Who has changed places is sent to by other ways, and there are no two such leaves.
        setup.routing = "Deterministic";
        setup.swapped = true;
        NS_TEST_EXPECT_MSG_EQ(Run(setup, true).events, Run(setup, false).events, "swapped, pinned");
        setup.swapped = false;
        setup.routing = "Spray";
        // No two parts that are one byte longer are followed by the same.
        ++setup.bytes;
        NS_TEST_EXPECT_MSG_EQ(Run(setup, true).events, Run(setup, false).events, "unequal parts");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link that changes while ranks stand for others is refused.
 */
class ChangeRefusedTestCase : public FlowSymmetryTestCase
{
  public:
    ChangeRefusedTestCase()
        : FlowSymmetryTestCase("Links do not change while ranks stand for others")
    {
    }

  private:
    void DoRun() override
    {
        const std::string message = AbortMessage([]() {
            const auto helper = CreateObject<ClosHelper>();
            helper->SetAttribute("Endpoints", UintegerValue(16));
            helper->SetAttribute("Leaves", UintegerValue(2));
            helper->SetAttribute("Spines", UintegerValue(2));
            const BuiltFabric fabric = helper->Build();
            const auto engine = CreateObject<FlowEngine>();
            engine->SetNetwork(fabric.networks[0]);
            CollectiveHelper collectives(engine);
            std::vector<uint32_t> group;
            for (uint32_t i = 0; i < 16; ++i)
            {
                group.push_back(i);
            }
            collectives.Install("all-reduce", 16 << 20, group, "ring");
            Simulator::Schedule(MicroSeconds(10),
                                &FabricLink::SetUp,
                                fabric.networks[0]->GetLink(3),
                                false);
            collectives.Run();
        });
        NS_TEST_EXPECT_MSG_NE(message.find("link 3 changes while a few ranks stand for all"),
                              std::string::npos,
                              message);
        NS_TEST_EXPECT_MSG_NE(message.find("Symmetry false"), std::string::npos, message);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Ranks that stand for others.
 */
class FlowSymmetryTestSuite : public TestSuite
{
  public:
    FlowSymmetryTestSuite()
        : TestSuite("optical-fabric-flow-symmetry", Type::UNIT)
    {
        AddTestCase(new SameResultsTestCase);
        AddTestCase(new NoSymmetryTestCase);
        AddTestCase(new ChangeRefusedTestCase);
    }
};

FlowSymmetryTestSuite g_flowSymmetryTestSuite; ///< registers the suite

} // namespace
