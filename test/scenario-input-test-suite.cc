/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-test-case.h"

#include "ns3/scenario-builder.h"
#include "ns3/scenario-toml.h"
#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief What can be refused only when the fabric is known.
 */
class ScenarioRefusalTestCase : public ScenarioTestCase
{
  public:
    ScenarioRefusalTestCase()
        : ScenarioTestCase("What the fabric does not have is refused, with place and reason")
    {
    }

  private:
    /**
     * @param overrides what makes the scenario bad; the last one is to be named
     * @param part part of the message
     * @param where place to be named instead
     */
    void Expect(const std::vector<std::string>& overrides,
                const std::string& part,
                const std::string& where = "")
    {
        std::string message = "nothing";
        try
        {
            ScenarioRun run(Read(overrides));
            run.Prepare();
        }
        catch (const ScenarioError& refusal)
        {
            message = refusal.what();
        }
        const std::string place = where.empty() ? "--set " + overrides.back() : where;
        const bool isNamed =
            message.find(place + ": ") == 0 || message.find(place + " is not allowed") == 0;
        NS_TEST_EXPECT_MSG_EQ(isNamed, true, message << " names " << place);
        const bool isAllowed = message.find("allowed") != std::string::npos;
        NS_TEST_EXPECT_MSG_EQ(isAllowed, true, message << " says what is allowed");
        const bool isSaid = message.find(part) != std::string::npos;
        NS_TEST_EXPECT_MSG_EQ(isSaid, true, message << " says " << part);
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        // 32 dies and 8 CPUs.
        Expect({"collective.beside.ranks=0-40"}, "endpoint = 40");
        Expect({"collective.beside.ranks=[0,999]"}, "endpoints 0 to 39");
        Expect({"collective.beside.ranks=1,2,1"}, "every endpoint at most once");
        Expect({"collective.beside.ranks=3"}, "number of ranks = 1");
        Expect({"collective.beside.stride=8"}, "number of ranks = 1", "small.toml:22");
        Expect({"collective.beside.ranks=first:33"}, "first:1 to first:32");
        Expect({"collective.beside.ranks=gpus"}, "die");
        Expect({"collective.beside.network=rdma"}, "network = \"rdma\"");
        Expect({"collective.beside.algorithm=bruck"}, "halving-doubling");
        Expect({"collective.beside.algorithm=hierarchical"}, "group_size = 0", "small.toml:19");
        Expect({"collective.beside.group_size=2"}, "0 unless hierarchical");
        Expect({"collective.beside.root=2"}, "0 unless kind is broadcast");
        Expect({"collective.beside.chunk_bytes=4KiB"}, "chunk_bytes = 4096");
        Expect({"collective.beside.virtual_lane=2"}, "0 to 1");
        Expect({"collective.beside.kind=barrier"}, "bytes = 65536", "small.toml:23");
        Expect({"collective.dispatch.bytes=5"}, "bytes = 5");
        Expect({"collective.dispatch.moe.experts=4", "collective.dispatch.moe.top_k=5"},
               "moe.top_k = 5");
        Expect({"collective.dispatch.moe.skew=11"}, "0 (uniform) to 10");
        Expect({"collective.dispatch.moe.expert_time=1us"}, "moe-layer");
        Expect({"collective.combine.moe.tokens=5", "collective.combine.moe.traffic=layer"},
               "same number of ranks");
        // Without --set, file and line say it.
        Scenario scenario = Read();
        scenario.collectives[2].spec.group.clear();
        scenario.collectives[2].ranks = "0-99";
        std::string message;
        try
        {
            ScenarioRun run(scenario);
            run.Prepare();
        }
        catch (const ScenarioError& refusal)
        {
            message = refusal.what();
        }
        NS_TEST_EXPECT_MSG_EQ(message.substr(0, 15), "small.toml:22: ", message);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The same scenario gives the same results, watched or not, in any company.
 */
class ScenarioSameTestCase : public ScenarioTestCase
{
  public:
    ScenarioSameTestCase()
        : ScenarioTestCase("The same scenario gives the same results")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const RunReport first = Run(Read());
        NS_TEST_EXPECT_MSG_EQ(first.GetUnfinished(), "", "all finished");
        const std::string text = ToText(first.Merge());
        NS_TEST_EXPECT_MSG_EQ(ToText(Run(Read()).Merge()), text, "twice the same");

        // Told of every look, and looked at as often as can be.
        std::ostringstream told;
        ScenarioRun watched(Read());
        watched.SetProgress(&told, 0);
        watched.SetStopRequest([]() { return false; });
        watched.Prepare();
        NS_TEST_EXPECT_MSG_EQ(ToText(watched.Run().Merge()), text, "watched");

        // Another scheduler executes the same events in the same order.
        const RunResults one = first.Merge();
        for (const char* name : {"Heap", "Map", "PriorityQueue", "List", "Calendar"})
        {
            Scenario scenario = Read();
            scenario.scheduler = "ns3::" + std::string(name) + "Scheduler";
            const RunResults other = Run(scenario).Merge();
            NS_TEST_EXPECT_MSG_EQ(other.engine.events, one.engine.events, name << ": events");
            NS_TEST_EXPECT_MSG_EQ((other.packetLatency == one.packetLatency), true, name);
        }

        // Another run has other traffic.
        const RunResults third = Run(Read({"random.run=2"})).Merge();
        NS_TEST_EXPECT_MSG_EQ((third.packetLatency == one.packetLatency), false, "another run");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A script that calls the helpers itself gets what a scenario gets.
 */
class ScenarioScriptTestCase : public ScenarioTestCase
{
  public:
    ScenarioScriptTestCase()
        : ScenarioTestCase("A script and a scenario are the same thing")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        Scenario scenario = Read();
        scenario.collectives.erase(scenario.collectives.begin(), scenario.collectives.begin() + 2);
        scenario.collectives[0].concurrent = false;
        const RunResults expected = Run(scenario).Merge();

        const ScenarioBuilder builder(scenario);
        const BuiltFabric fabric = builder.BuildFabric();
        fabric.AssignStreams(0);
        CollectiveHelper collectives(fabric.networks[0]);
        CollectiveSpec spec = scenario.collectives[0].spec;
        spec.group = CollectiveHelper::GetRange(0, 8);
        collectives.Install(spec);
        RunRecorder recorder(fabric);
        recorder.KeepPorts(true);
        NS_TEST_EXPECT_MSG_EQ(collectives.Run(), true, "finished");
        const RunResults results = recorder.Collect({collectives.GetRunner()});
        NS_TEST_EXPECT_MSG_EQ(results.engine.events, expected.engine.events, "events");
        NS_TEST_EXPECT_MSG_EQ((results.packetLatency == expected.packetLatency), true, "latency");
        NS_TEST_EXPECT_MSG_EQ(results.collectives[0].iterations[1].endPs,
                              expected.collectives[0].iterations[1].endPs,
                              "end");
        const CollectiveRecord& record = results.collectives[0];
        NS_TEST_EXPECT_MSG_EQ_TOL(collectives.GetTime(0).GetPicoSeconds() / 1e12,
                                  record.GetMeanTimeS(),
                                  1e-12,
                                  "mean time");
        uint64_t hops = 0;
        results.ports([&](const PortCounters& port) { hops += port.sentPackets; });
        NS_TEST_EXPECT_MSG_EQ(hops, results.engine.packetHops, "packets of all ports");
        recorder.Detach();
        collectives.GetRunner()->Dispose();
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Scenarios as they are written: what is refused, and what comes to the same.
 */
class ScenarioInputTestSuite : public TestSuite
{
  public:
    ScenarioInputTestSuite()
        : TestSuite("optical-fabric-scenario-input", Type::UNIT)
    {
        AddTestCase(new ScenarioRefusalTestCase);
        AddTestCase(new ScenarioSameTestCase);
        AddTestCase(new ScenarioScriptTestCase);
    }
};

/// The suite registers itself.
ScenarioInputTestSuite g_scenarioInputTestSuite;

} // namespace
