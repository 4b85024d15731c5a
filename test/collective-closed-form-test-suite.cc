/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/clos-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/flow-engine.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <functional>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

/**
 * @ingroup optical-fabric-tests
 * @brief A collective on one switch takes what its alpha-beta formula says (Thakur, Rabenseifner
 * and Gropp, Int. J. High Performance Computing Applications 19, 2005).
 *
 * alpha is the path's latency without serialization, beta the time per byte on the wire, header
 * included: a transfer of n bytes takes alpha + n beta, as cut-through hides all but one
 * serialization.
 */
class CollectiveClosedFormTestCase : public TestCase
{
  public:
    /// The formula: ranks, bytes, alpha in s, beta in s per byte; the time in s.
    using Formula = std::function<double(uint32_t, double, double, double)>;

    /**
     * @param kind collective
     * @param algorithm algorithm
     * @param ranks ranks; a power of two
     * @param bytes bytes, divisible by the ranks
     * @param flows whether flows move the messages, or packets
     * @param formula what it should take
     */
    CollectiveClosedFormTestCase(const std::string& kind,
                                 const std::string& algorithm,
                                 uint32_t ranks,
                                 uint64_t bytes,
                                 bool flows,
                                 Formula formula)
        : TestCase(kind + ", " + algorithm + ", " + std::to_string(ranks) + " ranks, " +
                   std::to_string(bytes) + " bytes" + (flows ? ", flows" : "")),
          m_kind(kind),
          m_algorithm(algorithm),
          m_ranks(ranks),
          m_bytes(bytes),
          m_flows(flows),
          m_formula(formula)
    {
    }

  private:
    void DoRun() override
    {
        if (Time::GetResolution() != Time::PS)
        {
            Time::SetResolution(Time::PS);
        }
        constexpr double MTU = 4096;
        constexpr double HEADER = 64;
        auto helper = CreateObject<ClosHelper>();
        helper->SetAttribute("Endpoints", UintegerValue(m_ranks));
        helper->SetAttribute("Leaves", UintegerValue(1));
        helper->SetAttribute("Spines", UintegerValue(0));
        helper->SetAttribute("LinkRate", StringValue("400Gbps"));
        helper->SetAttribute("LinkDelay", StringValue("50ns"));
        helper->SetAttribute("LinkPhyLatency", StringValue("100ns"));
        helper->SetAttribute("LeafLatency", StringValue("250ns"));
        helper->SetAttribute("DepartureLatency", StringValue("300ns"));
        helper->SetAttribute("ArrivalLatency", StringValue("200ns"));
        helper->SetNetworkAttribute("Mtu", UintegerValue(static_cast<uint32_t>(MTU)));
        helper->SetNetworkAttribute("HeaderBytes", UintegerValue(static_cast<uint32_t>(HEADER)));
        BuiltFabric fabric = helper->Build();
        Ptr<TransferEngine> engine = fabric.networks.at(0);
        if (m_flows)
        {
            auto flowEngine = CreateObject<FlowEngine>();
            flowEngine->SetNetwork(fabric.networks.at(0));
            engine = flowEngine;
        }
        CollectiveHelper collectives(engine);
        std::vector<uint32_t> group;
        for (uint32_t i = 0; i < m_ranks; ++i)
        {
            group.push_back(i);
        }
        collectives.Install(m_kind, m_bytes, group, m_algorithm);
        collectives.AssignStreams(1000);
        NS_TEST_ASSERT_MSG_EQ(collectives.Run(), true, "the collective did not end");

        const double alpha = (300 + 2 * (50 + 100) + 250 + 200) * 1e-9;
        const double beta = (MTU + HEADER) / MTU * 8 / 400e9;
        const double expected = m_formula(m_ranks, static_cast<double>(m_bytes), alpha, beta);
        const double got = collectives.GetTime(0).GetSeconds();
        NS_TEST_EXPECT_MSG_EQ_TOL(got / expected, 1.0, 0.01, "against " << expected << " s");
        Simulator::Destroy();
    }

    std::string m_kind;      ///< collective
    std::string m_algorithm; ///< algorithm
    uint32_t m_ranks;        ///< ranks
    uint64_t m_bytes;        ///< bytes
    bool m_flows;            ///< whether flows move the messages
    Formula m_formula;       ///< what it should take
};

/**
 * @ingroup optical-fabric-tests
 * @brief Collectives without contention against their closed forms.
 */
class CollectiveClosedFormTestSuite : public TestSuite
{
  public:
    CollectiveClosedFormTestSuite()
        : TestSuite("optical-fabric-collective-closed-form", Type::UNIT)
    {
        const auto ring = [](uint32_t p, double n, double alpha, double beta) {
            return 2 * (p - 1) * (alpha + n / p * beta);
        };
        const auto halvingDoubling = [](uint32_t p, double n, double alpha, double beta) {
            return 2 * std::log2(p) * alpha + 2 * (p - 1.0) / p * n * beta;
        };
        const auto ringOnce = [](uint32_t p, double n, double alpha, double beta) {
            return (p - 1) * (alpha + n / p * beta);
        };
        for (const uint32_t ranks : {4, 16, 64})
        {
            // From where alpha rules to where beta does; every message whole packets.
            for (const uint64_t bytes : {uint64_t{262144}, uint64_t{4} << 20, uint64_t{32} << 20})
            {
                Add("all-reduce", "ring", ranks, bytes, ring);
                Add("all-reduce", "halving-doubling", ranks, bytes, halvingDoubling);
                Add("all-to-all", "pairwise", ranks, bytes, ringOnce);
                Add("all-gather", "ring", ranks, bytes, ringOnce);
                Add("reduce-scatter", "ring", ranks, bytes, ringOnce);
            }
        }
    }

  private:
    /**
     * @param kind collective
     * @param algorithm algorithm
     * @param ranks ranks
     * @param bytes bytes
     * @param formula what it should take
     */
    void Add(const std::string& kind,
             const std::string& algorithm,
             uint32_t ranks,
             uint64_t bytes,
             CollectiveClosedFormTestCase::Formula formula)
    {
        for (const bool flows : {false, true})
        {
            AddTestCase(
                new CollectiveClosedFormTestCase(kind, algorithm, ranks, bytes, flows, formula));
        }
    }
};

/// The suite.
static CollectiveClosedFormTestSuite g_collectiveClosedFormTestSuite;
