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
 * @brief Collectives at the same time: each has its own latencies, breakdown and use of links.
 */
class ScenarioConcurrentTestCase : public ScenarioTestCase
{
  public:
    /// @param fidelity how transfers move
    explicit ScenarioConcurrentTestCase(const std::string& fidelity)
        : ScenarioTestCase("Collectives at the same time are told apart: " + fidelity),
          m_fidelity(fidelity)
    {
    }

  private:
    /**
     * @param record a collective
     * @return what it put on links, by lower tier
     */
    static std::vector<uint64_t> GetWireBytes(const CollectiveRecord& record)
    {
        std::vector<uint64_t> bytes(2, 0);
        for (const LinkUseRecord& use : record.linkUse)
        {
            bytes.at(use.group.lowerTier) += use.wireBytes;
        }
        return bytes;
    }

    /**
     * @param text a scenario
     * @return what came of it
     */
    RunResults RunText(const std::string& text) const
    {
        ScenarioReader reader;
        reader.AddOverride("engine.fidelity=" + m_fidelity);
        return Run(reader.ReadText(text, "text.toml", "text")).Merge();
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        // 16 ranks on two leaves: 15 transfers of 64 KiB each, and a ring of 4 on one leaf.
        const std::string head = R"([fabric]
kind = "clos"
endpoints = 16
leaves = 2
spines = 2
[network]
header_bytes = 32
)";
        const std::string exchange = R"([[collective]]
name = "exchange"
kind = "all-to-all"
algorithm = "all-at-once"
bytes = "1MiB"
iterations = 2
)";
        const std::string ring = R"([[collective]]
name = "ring"
kind = "all-reduce"
algorithm = "ring"
ranks = "0-3"
bytes = "16KiB"
iterations = 5
concurrent = true
)";
        const RunResults together = RunText(head + exchange + ring);
        NS_TEST_ASSERT_MSG_EQ(together.collectives.size(), 2, "collectives");
        const CollectiveRecord& a = together.collectives[0];
        const CollectiveRecord& b = together.collectives[1];
        constexpr uint64_t EXCHANGED = 2 * 16 * 15;
        constexpr uint64_t PASSED = 5 * 4 * 6;
        NS_TEST_EXPECT_MSG_EQ(a.traffic.transferLatency.GetCount(), EXCHANGED, "transfers");
        NS_TEST_EXPECT_MSG_EQ(b.traffic.transferLatency.GetCount(), PASSED, "transfers");
        const bool isPacket = m_fidelity == "packet";
        NS_TEST_EXPECT_MSG_EQ(a.traffic.packetLatency.GetCount(),
                              (isPacket ? EXCHANGED * 16 : 0),
                              "packets of 4 KiB");
        NS_TEST_EXPECT_MSG_EQ(b.traffic.packetLatency.GetCount(),
                              (isPacket ? PASSED : 0),
                              "packets");
        NS_TEST_EXPECT_MSG_EQ(a.traffic.breakdown.GetCount(),
                              a.traffic.packetLatency.GetCount(),
                              "breakdown");
        NS_TEST_EXPECT_MSG_EQ(a.MakeExecutionLatency().GetCount(), 2, "executions");
        NS_TEST_EXPECT_MSG_EQ(b.MakeExecutionLatency().GetCount(), 5, "executions");
        TrafficAccount sum = a.traffic;
        sum.Merge(b.traffic);
        NS_TEST_EXPECT_MSG_EQ((sum.transferLatency == together.transferLatency), true, "together");
        NS_TEST_EXPECT_MSG_EQ((sum.packetLatency == together.packetLatency), true, "together");
        NS_TEST_EXPECT_MSG_GT(a.traffic.transferLatency.GetMean(),
                              4 * b.traffic.transferLatency.GetMean(),
                              "a large one waits for all of its own kind");

        // Eight partners of each rank are on the other leaf: two links more.
        constexpr uint64_t MESSAGE = 16 * (4096 + 32);
        const std::vector<uint64_t> exchanged{2 * EXCHANGED * MESSAGE, 2 * (2 * 16 * 8) * MESSAGE};
        const std::vector<uint64_t> passed{2 * PASSED * (4096 + 32), 0};
        NS_TEST_EXPECT_MSG_EQ((GetWireBytes(a) == exchanged), true, "links of the exchange");
        NS_TEST_EXPECT_MSG_EQ((GetWireBytes(b) == passed), true, "links of the ring");
        // Alone on the network it is counted at its ports: the same.
        const RunResults alone = RunText(head + exchange);
        NS_TEST_EXPECT_MSG_EQ((GetWireBytes(alone.collectives[0]) == exchanged), true, "by ports");
        for (const LinkUseRecord& use : alone.collectives[0].linkUse)
        {
            const double couldBytes = 2.0 * use.group.links * use.group.bitRate / 8 *
                                      alone.collectives[0].GetTotalTimeS();
            NS_TEST_EXPECT_MSG_EQ_TOL(use.utilization, use.wireBytes / couldBytes, 1e-12, "share");
        }
    }

    const std::string m_fidelity; ///< how transfers move
};

/**
 * @ingroup optical-fabric-tests
 * @brief CPUs and NPUs of a node are linked to the same switches, by links of their own rates.
 */
class ScenarioLinkRatesTestCase : public ScenarioTestCase
{
  public:
    ScenarioLinkRatesTestCase()
        : ScenarioTestCase("What is sent at once is counted on links of the sender's rate")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const std::string text = R"([fabric]
kind = "cloud-matrix"
nodes = 1
scale_out = false
cpu_link_rate = "800Gbps"
[[collective]]
name = "npus"
kind = "all-reduce"
bytes = "64KiB"
[[collective]]
name = "cpus"
kind = "all-to-all"
ranks = "cpu"
bytes = "1MiB"
concurrent = true
)";
        const RunResults results =
            Run(ScenarioReader().ReadText(text, "text.toml", "text")).Merge();
        for (const CollectiveRecord& record : results.collectives)
        {
            const uint64_t bitRate = record.name == "cpus" ? 800000000000 : 224000000000;
            for (const LinkUseRecord& use : record.linkUse)
            {
                const bool isUsed = use.group.lowerTier == 0 && use.group.bitRate == bitRate;
                NS_TEST_EXPECT_MSG_EQ((use.wireBytes > 0), isUsed, record.name);
                NS_TEST_EXPECT_MSG_LT_OR_EQ(use.utilization, 1, record.name);
            }
        }
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
        // What packets among flows take is no latency of packets.
        NS_TEST_EXPECT_MSG_EQ(all.HasPacketLatency(), true, "without flows it is");
        NS_TEST_EXPECT_MSG_EQ(hybrid.HasPacketLatency(), false, "latency of packets");
        NS_TEST_EXPECT_MSG_EQ(hybrid.packetLatency.GetCount(), 0, "latencies of packets");
        NS_TEST_EXPECT_MSG_EQ(hybrid.breakdown.GetCount(), 0, "breakdown");
        std::ostringstream shown;
        report.Print(shown);
        for (const std::string& text : {ToText(hybrid), shown.str()})
        {
            for (const char* part : {"queue_s", "spent their time"})
            {
                NS_TEST_EXPECT_MSG_EQ((text.find(part) == std::string::npos), true, "no breakdown");
            }
            NS_TEST_EXPECT_MSG_EQ((text.find("packets among flows") != std::string::npos),
                                  true,
                                  "why not: " << text);
        }
        NS_TEST_EXPECT_MSG_EQ((ToText(hybrid).find("\"packet\": {") == std::string::npos),
                              true,
                              "nothing of packets");
        NS_TEST_EXPECT_MSG_EQ(hybrid.engine.packetTransfers + hybrid.engine.flowTransfers,
                              hybrid.transfers.count,
                              "either by packets or as flows");
        NS_TEST_EXPECT_MSG_EQ(ToText(hybrid), ToText(Run(Read(some)).Merge()), "twice the same");
        for (size_t i = 0; i < packets.collectives.size(); ++i)
        {
            const double boundS = packets.collectives[i].boundS;
            NS_TEST_EXPECT_MSG_GT(boundS, 0, "a bound of links and bytes");
            NS_TEST_EXPECT_MSG_EQ(hybrid.collectives[i].boundS, boundS, "that no engine changes");
        }
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

        // Two ranks exchange 1 Gbit at 1 Gb/s, from 0 s and from 2 s on: at 2.5 s each has ended
        // one of two executions.
        ScenarioReader reader;
        const std::string counted =
            Run(reader.ReadText("[fabric]\nkind = \"clos\"\nendpoints = 2\nleaves = 1\n"
                                "spines = 0\nlink_rate = \"1Gb/s\"\n"
                                "[engine]\nfidelity = \"flow\"\ntime_limit = \"2.5s\"\n"
                                "[[collective]]\nkind = \"all-to-all\"\nbytes = 250000000\n"
                                "iterations = 2\ngap = \"1s\"\n",
                                "two.toml",
                                "two"))
                .GetUnfinished();
        NS_TEST_EXPECT_MSG_NE(
            counted.find("1 of 2 executions had ended (2 of 4 with each rank's counted)"),
            std::string::npos,
            counted);

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
        AddTestCase(new ScenarioConcurrentTestCase("packet"));
        AddTestCase(new ScenarioConcurrentTestCase("flow"));
        AddTestCase(new ScenarioConcurrentTestCase("hybrid"));
        AddTestCase(new ScenarioLinkRatesTestCase);
        AddTestCase(new ScenarioFlowTestCase);
        AddTestCase(new ScenarioHybridTestCase);
        AddTestCase(new ScenarioUnfinishedTestCase);
    }
};

/// The suite registers itself.
ScenarioTestSuite g_scenarioTestSuite;

} // namespace
