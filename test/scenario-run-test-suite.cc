/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/scenario-builder.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-toml.h"
#include "ns3/simulator.h"
#include "ns3/summary-writer.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// A node with two collectives after one another, and one beside the second.
const char* const TEXT = R"(name = "small"
[fabric]
nodes = 2
scale_out = false
[network]
virtual_lanes = 2
[[collective]]
name = "dispatch"
kind = "moe-dispatch"
[collective.moe]
tokens = 4
traffic = "layer"
[[collective]]
name = "combine"
kind = "moe-combine"
[collective.moe]
tokens = 4
traffic = "layer"
[[collective]]
name = "beside"
kind = "all-reduce"
ranks = "0-7"
bytes = "64KiB"
concurrent = true
iterations = 2
)";

/**
 * @ingroup optical-fabric-tests
 * @brief A test case that reads scenarios.
 */
class ScenarioTestCase : public TestCase
{
  public:
    /**
     * @param name name of the case
     */
    explicit ScenarioTestCase(const std::string& name)
        : TestCase(name)
    {
    }

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
     * @param overrides changes
     * @return the scenario
     */
    static Scenario Read(const std::vector<std::string>& overrides = {})
    {
        ScenarioReader reader;
        for (const std::string& assignment : overrides)
        {
            reader.AddOverride(assignment);
        }
        return reader.ReadText(TEXT, "small.toml", "small");
    }

    /**
     * @param scenario what to run
     * @return what came of it
     */
    static RunReport Run(const Scenario& scenario)
    {
        ScenarioRun run(scenario);
        run.Prepare();
        return run.Run();
    }

    /**
     * @param results results
     * @return all of them that is not volatile, as text
     */
    static std::string ToText(RunResults results)
    {
        results.facts = VolatileFacts();
        std::ostringstream os;
        WriteSummary(results, os);
        return os.str();
    }
};

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
        const bool isNamed = message.find(place + ": ") == 0;
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
        Scenario heap = Read();
        heap.scheduler = "ns3::HeapScheduler";
        const RunResults other = Run(heap).Merge();
        const RunResults one = first.Merge();
        NS_TEST_EXPECT_MSG_EQ(other.engine.events, one.engine.events, "events");
        NS_TEST_EXPECT_MSG_EQ((other.packetLatency == one.packetLatency), true, "packet latency");

        // Another run has other traffic.
        const RunResults third = Run(Read({"random.run=2"})).Merge();
        NS_TEST_EXPECT_MSG_EQ((third.packetLatency == one.packetLatency), false, "another run");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Parts: what runs after what, and beside what.
 */
class ScenarioPartsTestCase : public ScenarioTestCase
{
  public:
    ScenarioPartsTestCase()
        : ScenarioTestCase("Parts run one after another and do not touch")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const RunReport report = Run(Read());
        NS_TEST_ASSERT_MSG_EQ(report.GetParts().size(), 2, "parts");
        const RunPart& dispatch = report.GetParts()[0];
        const RunPart& second = report.GetParts()[1];
        NS_TEST_EXPECT_MSG_EQ(dispatch.name, "dispatch", "called after its first collective");
        NS_TEST_ASSERT_MSG_EQ(second.results.collectives.size(), 2, "one beside the other");
        NS_TEST_EXPECT_MSG_EQ(second.results.collectives[1].iterations.size(), 2, "iterations");
        NS_TEST_EXPECT_MSG_EQ(second.results.collectives[0].iterations[0].startPs, 0, "from zero");

        // Numbers are as many as messages: what stays on a die is not sent.
        const RunResults all = report.Merge();
        NS_TEST_EXPECT_MSG_EQ(all.transfers.count, all.transferLatency.GetCount(), "transfers");
        NS_TEST_EXPECT_MSG_EQ(all.engine.packets, all.packetLatency.GetCount(), "packets");
        NS_TEST_EXPECT_MSG_EQ(all.transfers.receivedBytes, all.transfers.sentBytes, "bytes");
        NS_TEST_EXPECT_MSG_EQ(all.engine.events,
                              dispatch.results.engine.events + second.results.engine.events,
                              "events");
        NS_TEST_EXPECT_MSG_EQ(all.fabric.endpoints, 40, "endpoints");
        NS_TEST_EXPECT_MSG_EQ(all.fabric.networks[0].links, 2 * 7 * (20 + 16), "links");
        NS_TEST_EXPECT_MSG_EQ(all.provenance.streams.front().count,
                              40 + 4 * 2 * 7 * (20 + 16),
                              "streams of the networks");

        // A part does not depend on those before it.
        Scenario alone = Read();
        alone.collectives.erase(alone.collectives.begin() + 1, alone.collectives.end());
        const RunResults same = Run(alone).Merge();
        NS_TEST_EXPECT_MSG_EQ(same.engine.events, dispatch.results.engine.events, "alone");
        NS_TEST_EXPECT_MSG_EQ((same.packetLatency == dispatch.results.packetLatency),
                              true,
                              "alone or not");

        // Combine returns what dispatch sent: the same copies, of another size.
        Scenario plain = Read({"collective.combine.moe.combine_bytes=7680"});
        plain.collectives.pop_back();
        const RunReport mirrored = Run(plain);
        NS_TEST_EXPECT_MSG_EQ(mirrored.GetParts()[0].results.transfers.sentBytes,
                              mirrored.GetParts()[1].results.transfers.sentBytes,
                              "the same copies");
        NS_TEST_EXPECT_MSG_EQ(mirrored.GetParts()[0].results.transfers.count,
                              mirrored.GetParts()[1].results.transfers.count,
                              "between the same dies");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The same scenario with flows.
 */
class ScenarioFlowTestCase : public ScenarioTestCase
{
  public:
    ScenarioFlowTestCase()
        : ScenarioTestCase("Flows give the same kind of results as packets")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const RunResults packets = Run(Read()).Merge();
        const RunReport report = Run(Read({"engine.fidelity=flow"}));
        NS_TEST_EXPECT_MSG_EQ(report.GetUnfinished(), "", "all finished");
        const RunResults flows = report.Merge();
        NS_TEST_EXPECT_MSG_EQ(flows.engine.fidelity, "flow", "fidelity");
        NS_TEST_EXPECT_MSG_EQ(flows.engine.packets, 0, "packets");
        NS_TEST_EXPECT_MSG_EQ(flows.packetLatency.GetCount(), 0, "latencies of packets");
        NS_TEST_EXPECT_MSG_EQ(flows.transfers.count, packets.transfers.count, "transfers");
        NS_TEST_EXPECT_MSG_EQ(flows.transfers.sentBytes, packets.transfers.sentBytes, "bytes");
        NS_TEST_EXPECT_MSG_EQ(flows.transfers.receivedBytes, flows.transfers.sentBytes, "received");
        NS_TEST_EXPECT_MSG_EQ(flows.transferLatency.GetCount(), flows.transfers.count, "latencies");
        NS_TEST_ASSERT_MSG_EQ(flows.collectives.size(), packets.collectives.size(), "collectives");
        for (size_t i = 0; i < flows.collectives.size(); ++i)
        {
            const double ratio =
                flows.collectives[i].GetMeanTimeS() / packets.collectives[i].GetMeanTimeS();
            NS_TEST_EXPECT_MSG_EQ_TOL(ratio, 1, 0.3, flows.collectives[i].name);
        }
        NS_TEST_EXPECT_MSG_EQ(ToText(flows),
                              ToText(Run(Read({"engine.fidelity=flow"})).Merge()),
                              "twice the same");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The same scenario with some transfers by packets and others as flows.
 */
class ScenarioHybridTestCase : public ScenarioTestCase
{
  public:
    ScenarioHybridTestCase()
        : ScenarioTestCase("Packets among flows give the same kind of results, and their own")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const RunResults packets = Run(Read()).Merge();
        const RunResults all =
            Run(Read({"engine.fidelity=hybrid", "engine.packet_every=1"})).Merge();
        NS_TEST_EXPECT_MSG_EQ(all.engine.fidelity, "hybrid", "fidelity");
        NS_TEST_EXPECT_MSG_EQ(all.engine.flowTransfers, 0, "all by packets");
        NS_TEST_EXPECT_MSG_EQ(all.engine.packets, packets.engine.packets, "packets");
        NS_TEST_EXPECT_MSG_EQ((all.packetLatency == packets.packetLatency), true, "latencies");
        NS_TEST_EXPECT_MSG_EQ((all.packetTransferLatency == packets.transferLatency),
                              true,
                              "latencies of transfers");
        const std::vector<std::string> some{"engine.fidelity=hybrid", "engine.packet_every=7"};
        const RunReport report = Run(Read(some));
        NS_TEST_EXPECT_MSG_EQ(report.GetUnfinished(), "", "all finished");
        const RunResults hybrid = report.Merge();
        NS_TEST_EXPECT_MSG_EQ(hybrid.transfers.count, packets.transfers.count, "transfers");
        NS_TEST_EXPECT_MSG_EQ(hybrid.transfers.receivedBytes, packets.transfers.sentBytes, "bytes");
        NS_TEST_EXPECT_MSG_EQ(hybrid.transferLatency.GetCount(), hybrid.transfers.count, "all");
        NS_TEST_EXPECT_MSG_EQ(hybrid.packetTransferLatency.GetCount(),
                              hybrid.engine.packetTransfers,
                              "by packets");
        NS_TEST_EXPECT_MSG_GT(hybrid.engine.packetTransfers, hybrid.transfers.count / 14, "some");
        NS_TEST_EXPECT_MSG_EQ(hybrid.engine.packetTransfers + hybrid.engine.flowTransfers,
                              hybrid.transfers.count,
                              "either by packets or as flows");
        NS_TEST_EXPECT_MSG_EQ(ToText(hybrid), ToText(Run(Read(some)).Merge()), "twice the same");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Energy, if a scenario asks for it.
 */
class ScenarioPowerTestCase : public ScenarioTestCase
{
  public:
    ScenarioPowerTestCase()
        : ScenarioTestCase("Energy is recorded if asked for, and changes nothing else")
    {
    }

  private:
    /**
     * @param overrides what makes the scenario bad; the last one is to be named
     * @param part part of the message
     */
    void ExpectRefusal(const std::vector<std::string>& overrides, const std::string& part)
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
        const bool isNamed = message.find("--set " + overrides.back() + ": ") == 0;
        NS_TEST_EXPECT_MSG_EQ(isNamed, true, message << " names " << overrides.back());
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
        ExpectRefusal({"power.supply=mains"}, "80PLUS-Titanium");
        ExpectRefusal({"power.region=Atlantis"}, "China");
        ExpectRefusal({"power.pue=0.9"}, "1 to 10");
        ExpectRefusal({"power.region=US", "power.pue=1.2"}, "without region");
        ExpectRefusal({"power.accelerator_duty=1.5"}, "1");
        ExpectRefusal({"power.sample_step=10"}, "unit");
        ExpectRefusal({"power.sampel_step=10us"}, "sample_step");
        ExpectRefusal({"power.enabled=5"}, "true");

        RunResults off = Run(Read()).Merge();
        NS_TEST_EXPECT_MSG_EQ(off.energy.has_value(), false, "off by default");
        NS_TEST_EXPECT_MSG_EQ(Run(Read({"power.enabled=false"})).Merge().energy.has_value(),
                              false,
                              "off");
        const std::vector<std::string> settings{"power.enabled=true",
                                                "power.sample_step=500ns",
                                                "power.processor_duty=0.5",
                                                "power.region=US"};
        const RunReport report = Run(Read(settings));
        RunResults on = report.Merge();
        NS_TEST_ASSERT_MSG_EQ(on.energy.has_value(), true, "on");
        const EnergyRecord energy = *on.energy;
        NS_TEST_EXPECT_MSG_EQ(energy.pue, 1.56, "of the region");
        NS_TEST_EXPECT_MSG_EQ(energy.movedBytes, on.transfers.receivedBytes, "payload");
        NS_TEST_EXPECT_MSG_EQ(energy.collectives.size(), 4, "executions of all parts");
        NS_TEST_ASSERT_MSG_EQ(energy.series.size(), 2, "parts");
        NS_TEST_EXPECT_MSG_EQ(energy.series[1].part, "combine", "name of a part");
        double sumJ = 0;
        for (const RunPart& part : report.GetParts())
        {
            sumJ += part.results.energy->socketJ;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(energy.socketJ, sumJ, 1e-9 * sumJ, "sum of parts");
        double rackJ = 0;
        for (const EnergyRack& rack : energy.racks)
        {
            rackJ += rack.socketJ;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(rackJ, sumJ, 1e-9 * sumJ, "sum of racks");
        const std::string text = ToText(on);
        NS_TEST_EXPECT_MSG_NE(text.find("\"energy\""), std::string::npos, "in summary.json");
        std::ostringstream shown;
        report.Print(shown);
        std::istringstream lines(shown.str());
        bool isShown = false;
        for (std::string line; std::getline(lines, line);)
        {
            isShown = isShown || line.find("Power and energy") == 0;
            NS_TEST_EXPECT_MSG_LT(line.size(), (isShown ? 121 : 1000), "columns of: " << line);
        }
        NS_TEST_EXPECT_MSG_EQ(isShown, true, "in the report");

        // Nothing else has changed, neither events nor times.
        on.energy.reset();
        on.provenance = Provenance();
        off.provenance = Provenance();
        NS_TEST_EXPECT_MSG_EQ(ToText(on), ToText(off), "all else");

        // Written and read again, it is the same.
        const std::string written = WriteScenario(Read(settings));
        const Scenario again = ScenarioReader().ReadText(written, "again.toml", "small");
        NS_TEST_EXPECT_MSG_EQ(WriteScenario(again), written, "written twice");
        NS_TEST_EXPECT_MSG_EQ(Run(again).Merge().energy->socketJ,
                              energy.socketJ,
                              "the same energy");

        // Sampling does not matter, and flows are told apart by their times alone.
        const RunResults rare =
            Run(Read({"power.sample_step=0", "power.processor_duty=0.5"})).Merge();
        NS_TEST_EXPECT_MSG_EQ_TOL(rare.energy->socketJ, sumJ, 1e-9 * sumJ, "without samples");
        const std::vector<std::string> flow{"engine.fidelity=flow", "power.sample_step=500ns"};
        const RunResults flows = Run(Read(flow)).Merge();
        NS_TEST_EXPECT_MSG_EQ(flows.energy->movedBytes, energy.movedBytes, "payload of flows");
        const RunResults rareFlows =
            Run(Read({"engine.fidelity=flow", "power.sample_step=0"})).Merge();
        NS_TEST_EXPECT_MSG_EQ_TOL(flows.energy->socketJ,
                                  rareFlows.energy->socketJ,
                                  1e-9 * rareFlows.energy->socketJ,
                                  "flows without samples");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Runs that do not reach their end.
 */
class ScenarioUnfinishedTestCase : public ScenarioTestCase
{
  public:
    ScenarioUnfinishedTestCase()
        : ScenarioTestCase("What is not finished is said to be")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const RunReport cut = Run(Read({"engine.time_limit=3us"}));
        NS_TEST_EXPECT_MSG_EQ(cut.GetParts().size(), 2, "every part has its time");
        const std::string why = cut.GetUnfinished();
        NS_TEST_EXPECT_MSG_NE(why.find("dispatch: cut off by engine.time_limit at 3.000 us"),
                              std::string::npos,
                              why);
        const RunResults all = cut.Merge();
        NS_TEST_EXPECT_MSG_EQ(all.collectives[0].iterations.size(), 0, "not ended");
        NS_TEST_EXPECT_MSG_EQ(all.collectives[0].unfinishedIterations, 1, "but begun");
        NS_TEST_EXPECT_MSG_GT(all.transfers.sentBytes, all.transfers.receivedBytes, "under way");
        NS_TEST_EXPECT_MSG_GT(all.engine.packets, 0, "what there was, is reported");

        ScenarioRun run(Read());
        run.SetStopRequest([]() { return true; });
        run.Prepare();
        const RunReport interrupted = run.Run();
        NS_TEST_EXPECT_MSG_EQ(run.IsInterrupted(), true, "interrupted");
        NS_TEST_EXPECT_MSG_EQ(interrupted.GetParts().size(), 1, "no other part is begun");
        const std::string reason = interrupted.GetUnfinished();
        NS_TEST_EXPECT_MSG_NE(reason.find("interrupted at"), std::string::npos, reason);
        NS_TEST_EXPECT_MSG_NE(reason.find("not begun: combine"), std::string::npos, reason);
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
 * @brief Scenarios, from text to results.
 */
class ScenarioTestSuite : public TestSuite
{
  public:
    ScenarioTestSuite()
        : TestSuite("optical-fabric-scenario", Type::UNIT)
    {
        AddTestCase(new ScenarioRefusalTestCase);
        AddTestCase(new ScenarioSameTestCase);
        AddTestCase(new ScenarioPartsTestCase);
        AddTestCase(new ScenarioFlowTestCase);
        AddTestCase(new ScenarioHybridTestCase);
        AddTestCase(new ScenarioPowerTestCase);
        AddTestCase(new ScenarioUnfinishedTestCase);
        AddTestCase(new ScenarioScriptTestCase);
    }
};

/// The suite registers itself.
ScenarioTestSuite g_scenarioTestSuite;

} // namespace
