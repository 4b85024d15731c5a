/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/boolean.h"
#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/flow-engine.h"
#include "ns3/uinteger.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

constexpr double EXACT = 0.9999; ///< the same, but for the rounding of packets' times

/// A collective, as large as its transfers shall be.
struct FlowWorkload
{
    std::string kind;      ///< by name
    std::string algorithm; ///< by name
    uint32_t ranks;        ///< the first endpoints
    uint64_t bytes;        ///< size of its transfers; of the smallest, if they differ by design

    /// @return it in words
    std::string GetName() const
    {
        return kind + " " + algorithm + ", " + std::to_string(ranks) + " ranks, " +
               std::to_string(bytes) + " bytes";
    }

    /// @return what a user would say
    CollectiveSpec GetSpec() const
    {
        CollectiveSpec spec;
        spec.name = kind;
        spec.kind = ParseCollectiveKind(kind);
        spec.algorithm = ParseCollectiveAlgorithm(algorithm);
        spec.group = CollectiveHelper::GetRange(0, ranks);
        if (IsMoe(spec.kind))
        {
            // An expert on each rank. A rank sends another so many tokens in the mean.
            MoeRouting& routing = spec.moe.routing;
            routing.experts = ranks;
            routing.tokensPerRank =
                static_cast<uint32_t>(bytes * ranks / (spec.moe.dispatchBytes * routing.topK));
        }
        else
        {
            spec.bytes = bytes * ranks;
        }
        return spec;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A collective takes as long with flows as with packets.
 */
class FlowValidationTestCase : public FabricTestCase
{
  public:
    /**
     * @param helper builds the fabric
     * @param fabric its name
     * @param routing choice of path
     * @param workload what runs
     * @param least least that the time with flows may be of that with packets
     * @param most most
     */
    FlowValidationTestCase(Ptr<FabricHelper> helper,
                           const std::string& fabric,
                           const std::string& routing,
                           const FlowWorkload& workload,
                           double least,
                           double most)
        : FabricTestCase(fabric + ", " + routing + ", " + workload.GetName()),
          m_helper(helper),
          m_routing(routing),
          m_workload(workload),
          m_least(least),
          m_most(most)
    {
    }

  private:
    void DoRun() override
    {
        const double packetsS = Run(false);
        const double flowsS = Run(true);
        NS_TEST_EXPECT_MSG_GT_OR_EQ(flowsS / packetsS, m_least, "too fast: " << flowsS << " s");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(flowsS / packetsS, m_most, "too slow: " << flowsS << " s");
    }

    /// @param flows whether flows move the transfers, or packets @return time of the collective, s
    double Run(bool flows)
    {
        m_helper->SetNetworkAttribute("Routing", StringValue(m_routing));
        // Flows find their paths themselves.
        m_helper->SetRouteTables(!flows);
        BuiltFabric fabric = m_helper->Build();
        fabric.AssignStreams(1);
        Ptr<TransferEngine> engine = fabric.networks.at(0);
        if (flows)
        {
            auto flowEngine = CreateObject<FlowEngine>();
            flowEngine->SetNetwork(fabric.networks.at(0));
            engine = flowEngine;
        }
        CollectiveHelper collectives(engine);
        collectives.Install(m_workload.GetSpec());
        collectives.AssignStreams(1000000);
        NS_TEST_EXPECT_MSG_EQ(collectives.Run(), true, "the collective did not end");
        const double timeS = collectives.GetTime(0).GetSeconds();
        Simulator::Destroy();
        engine->Dispose();
        fabric.Dispose();
        return timeS;
    }

    Ptr<FabricHelper> m_helper; ///< builds the fabric
    std::string m_routing;      ///< choice of path
    FlowWorkload m_workload;    ///< what runs
    double m_least;             ///< least that the quotient may be
    double m_most;              ///< most that it may be
};

/**
 * @ingroup optical-fabric-tests
 * @brief Collectives with flows and with packets.
 */
class FlowValidationTestSuite : public PicosecondTestSuite
{
  public:
    FlowValidationTestSuite()
        : PicosecondTestSuite("optical-fabric-flow-validation", Type::UNIT)
    {
        const std::string allReduce = "all-reduce";
        const std::string halving = "halving-doubling";
        for (const bool clos : {false, true})
        {
            // Where every link carries what it is given, it makes no difference what moves it.
            for (const uint64_t kib : {64, 256, 1024})
            {
                const uint32_t ranks = kib == 1024 ? 32 : 64;
                Add(clos, "Adaptive", {allReduce, "ring", ranks, kib << 10}, EXACT, 1);
                Add(clos, "Adaptive", {allReduce, halving, ranks, kib << 10}, EXACT, 1);
                Add(clos, "Adaptive", {"all-to-all", "pairwise", ranks, kib << 10}, EXACT, 1);
            }
            for (const char* routing : {"Spray", "Deterministic", "Ecmp"})
            {
                Add(clos, routing, {allReduce, "ring", 64, 64 << 10}, EXACT, 1);
            }
            // Packets that are sprayed at random queue where two take the same link.
            Add(clos, "Spray", {allReduce, halving, 64, 64 << 10}, 0.97, 1);
            Add(clos, "Spray", {allReduce, halving, 64, 256 << 10}, 0.97, 1);
        }
        Add(false, "Adaptive", {allReduce, halving, 256, 4 << 10}, EXACT, 1, 48);
        Add(false, "Spray", {"all-to-all", "pairwise", 64, 64 << 10}, 0.94, 1);
        Add(false, "Spray", {"all-to-all", "pairwise", 64, 256 << 10}, 0.85, 1);
        Add(false, "Spray", {"all-to-all", "pairwise", 32, 1024 << 10}, 0.87, 1);
        Add(true, "Spray", {"all-to-all", "pairwise", 64, 64 << 10}, 0.93, 1);
        Add(true, "Spray", {"all-to-all", "pairwise", 64, 256 << 10}, 0.93, 1);
        // Everything at once. With one port per endpoint that is a matter of bytes; of several
        // planes each gets what its packets happen to be, and flows have the same on all.
        for (const char* routing : {"Adaptive", "Spray"})
        {
            Add(false, routing, {"moe-dispatch", "auto", 32, 64 << 10}, 0.86, 1);
            Add(false, routing, {"moe-dispatch", "auto", 32, 256 << 10}, 0.93, 1);
            Add(false, routing, {"moe-dispatch", "auto", 32, 1024 << 10}, 0.96, 1);
            Add(true, routing, {"moe-dispatch", "auto", 32, 64 << 10}, 0.98, 1.02);
            Add(true, routing, {"moe-dispatch", "auto", 32, 256 << 10}, 0.99, 1.01);
            Add(true, routing, {"moe-dispatch", "auto", 32, 1024 << 10}, 0.99, 1.01);
        }
        // Deterministic paths share out links, so that nobody waits for others in any step.
        for (const uint64_t kib : {64, 256, 1024})
        {
            const uint32_t ranks = kib == 1024 ? 32 : 64;
            Add(true, "Deterministic", {allReduce, halving, ranks, kib << 10}, EXACT, 1);
            Add(true, "Deterministic", {"all-to-all", "pairwise", ranks, kib << 10}, EXACT, 1);
        }
        // Transfers that keep to one path get into each other's way, which is chance with either.
        Add(false, "Deterministic", {allReduce, halving, 64, 64 << 10}, EXACT, 1);
        Add(false, "Deterministic", {"all-to-all", "pairwise", 64, 64 << 10}, EXACT, 1);
        Add(false, "Deterministic", {"moe-dispatch", "auto", 32, 64 << 10}, 0.97, 1.03);
        Add(false, "Deterministic", {"moe-dispatch", "auto", 32, 256 << 10}, 0.98, 1.02);
        Add(false, "Ecmp", {allReduce, halving, 64, 256 << 10}, 0.95, 1.05);
        Add(false, "Ecmp", {"all-to-all", "pairwise", 64, 64 << 10}, 0.93, 1.07);
        Add(true, "Ecmp", {allReduce, halving, 64, 64 << 10}, 0.95, 1.05);
        Add(true, "Ecmp", {"all-to-all", "pairwise", 64, 256 << 10}, 0.93, 1.07);
    }

  private:
    /**
     * @param clos whether the fabric is a Clos, or a CloudMatrix
     * @param routing choice of path
     * @param workload what runs
     * @param least least that the time with flows may be of that with packets
     * @param most most, but for rounding
     * @param nodes nodes of the CloudMatrix
     */
    void Add(bool clos,
             const std::string& routing,
             const FlowWorkload& workload,
             double least,
             double most,
             uint32_t nodes = 8)
    {
        Ptr<FabricHelper> helper;
        if (clos)
        {
            helper = CreateObject<ClosHelper>();
        }
        else
        {
            helper = CreateObject<CloudMatrixHelper>();
            helper->SetAttribute("ScaleOut", BooleanValue(false));
            helper->SetAttribute("Nodes", UintegerValue(nodes));
        }
        AddTestCase(new FlowValidationTestCase(helper,
                                               clos ? "Clos" : "CloudMatrix",
                                               routing,
                                               workload,
                                               least,
                                               most + 1 - EXACT));
    }
};

FlowValidationTestSuite g_flowValidationTestSuite; ///< registers the suite

} // namespace
