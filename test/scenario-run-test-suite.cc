/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-test-case.h"

#include "ns3/scenario-toml.h"

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

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
 * @brief Scenarios as they run: parts, engines, power, and what is cut short.
 */
class ScenarioTestSuite : public TestSuite
{
  public:
    ScenarioTestSuite()
        : TestSuite("optical-fabric-scenario", Type::UNIT)
    {
        AddTestCase(new ScenarioPartsTestCase);
        AddTestCase(new ScenarioFlowTestCase);
        AddTestCase(new ScenarioHybridTestCase);
        AddTestCase(new ScenarioPowerTestCase);
        AddTestCase(new ScenarioUnfinishedTestCase);
    }
};

/// The suite registers itself.
ScenarioTestSuite g_scenarioTestSuite;

} // namespace
