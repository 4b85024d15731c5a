/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-injection-test-case.h"

#include "ns3/fault-schedule.h"
#include "ns3/flow-engine.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-toml.h"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t US_PS = 1000000; ///< a microsecond, ps

/**
 * @ingroup optical-fabric-tests
 * @brief A CloudMatrix of two nodes whose 224 uplinks pass 14 Palomars, 16 links each.
 */
class CircuitFaultTestCase : public InjectionTestCase
{
  public:
    using InjectionTestCase::InjectionTestCase;

  protected:
    static constexpr uint32_t NODES = 2;     ///< nodes
    static constexpr uint32_t SWITCHES = 14; ///< circuit switches

    /**
     * @param optics whether links are on light
     * @param scaleOut whether there is the RDMA network too
     */
    void MakeSwitched(bool optics, bool scaleOut = false)
    {
        const auto helper = CreateObject<CloudMatrixHelper>();
        helper->SetAttribute("Nodes", UintegerValue(NODES));
        helper->SetAttribute("ScaleOut", BooleanValue(scaleOut));
        helper->SetAttribute("UplinkRate", StringValue("200Gbps"));
        helper->SetAttribute("Module", StringValue("400G-DR4"));
        helper->SetAttribute("UplinkOcs", StringValue("Palomar"));
        helper->SetNetworkAttribute("DetectionDelay", TimeValue(MicroSeconds(1)));
        helper->SetNetworkAttribute("ConvergenceDelay", TimeValue(MicroSeconds(1)));
        helper->SetNetworkAttribute("ResendTimeout", TimeValue(MicroSeconds(20)));
        m_fabric = helper->Build();
        m_network = m_fabric.networks[0];
        m_engine = nullptr;
        m_client = RecordingClient();
        if (optics)
        {
            const auto light = CreateObject<OpticsHelper>();
            light->SetAttribute("Transceiver", StringValue("400G-DR4"));
            light->SetAttribute("Fibre", StringValue("SMF"));
            light->SetAttribute("Connector", StringValue("MPO"));
            light->SetMediumAttribute("RetrainTime", TimeValue(MicroSeconds(1)));
            light->SetMediumAttribute("RelockTime", TimeValue(MicroSeconds(1)));
            m_fabric.plants[0] = light->Install(m_network, m_fabric.GetCircuits(0));
        }
        m_fabric.AssignStreams(0);
    }

    /// @return numbers of links that are down
    std::set<uint32_t> GetDown() const
    {
        std::set<uint32_t> down;
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            if (!m_network->GetLink(i)->IsUp())
            {
                down.insert(i);
            }
        }
        return down;
    }

    /// Forget all.
    void DropSwitched()
    {
        if (m_faults)
        {
            m_faults->Dispose();
        }
        m_faults = nullptr;
        Simulator::Destroy();
        m_network = nullptr;
        m_engine = nullptr;
        m_fabric.Dispose();
    }

    BuiltFabric m_fabric; ///< the fabric
};

/**
 * @ingroup optical-fabric-tests
 * @brief A switch takes its links down, a port its one, and traffic goes round them.
 */
class CircuitDownTestCase : public CircuitFaultTestCase
{
  public:
    CircuitDownTestCase()
        : CircuitFaultTestCase("A circuit switch takes its links down and no other, a port its one")
    {
    }

  private:
    /**
     * @param atPs when, ps
     * @param expected links that are down then
     * @param what when that is
     */
    void ExpectDownAt(int64_t atPs, const std::set<uint32_t>& expected, const std::string& what)
    {
        At(atPs, [this, expected, what]() {
            NS_TEST_EXPECT_MSG_EQ((GetDown() == expected),
                                  true,
                                  what << ": " << GetDown().size() << " links are down");
            ++m_looks;
        });
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        for (const bool optics : {false, true})
        {
            for (const bool flows : {false, true})
            {
                MakeSwitched(optics);
                if (flows)
                {
                    const auto engine = CreateObject<FlowEngine>();
                    engine->SetNetwork(m_network);
                    m_engine = engine;
                }
                Inject(m_fabric,
                       "10us,ocs,ocs-3,down,20us\n"
                       "60us,ocs_port,ocs-5/port-9,down,20us\n"
                       "100us,ocs,ub/ocs-13,down,20us\n"
                       "100us,ocs_port,ocs-12/port-127,down,20us\n");
                const CircuitLayer circuits = m_fabric.GetCircuits(0);
                NS_TEST_ASSERT_MSG_EQ(circuits.GetNSwitches(), SWITCHES, "circuit switches");
                const auto getLinks = [&circuits](uint32_t number) {
                    const std::vector<uint32_t>& links = circuits.GetLinks(number);
                    return std::set<uint32_t>(links.begin(), links.end());
                };
                const std::set<uint32_t> ofSwitch = getLinks(3);
                NS_TEST_EXPECT_MSG_EQ(ofSwitch.size(), 16, "links of a switch");
                // Eight ports to a link: port 9 is of the second, port 127 of the last.
                const uint32_t ofPort = circuits.GetLinks(5)[1];
                std::set<uint32_t> both = getLinks(13);
                both.insert(circuits.GetLinks(12).back());
                m_looks = 0;
                ExpectDownAt(9 * US_PS, {}, "before");
                ExpectDownAt(20 * US_PS, ofSwitch, "a switch");
                ExpectDownAt(50 * US_PS, {}, "between");
                ExpectDownAt(70 * US_PS, {ofPort}, "a port");
                ExpectDownAt(95 * US_PS, {}, "between");
                ExpectDownAt(110 * US_PS, both, "a switch, and a port of another");
                ExpectDownAt(150 * US_PS, {}, "behind");
                // Dies of one node send to those of the other all the time.
                for (uint32_t die = 0; die < 16; ++die)
                {
                    PostAt(die * US_PS / 8, die, 16 + (die + 5) % 16, 20000000);
                    PostAt(die * US_PS / 8, 16 + die, die, 4000000);
                }
                Simulator::Run();
                NS_TEST_EXPECT_MSG_EQ(m_looks, 7, "all looks");
                for (const RecordingClient::Record& record : m_client.records)
                {
                    NS_TEST_EXPECT_MSG_EQ(record.received, 1, "complete");
                    NS_TEST_EXPECT_MSG_EQ(record.failedBytes, 0, "every byte over other links");
                    NS_TEST_EXPECT_MSG_GT(record.receivedPs, 10 * US_PS, "hit by the first");
                }
                NS_TEST_EXPECT_MSG_EQ(m_client.records.size(), 32, "transfers");
                const std::vector<FaultRecord> records = m_faults->MakeRecords();
                NS_TEST_EXPECT_MSG_EQ(records.at(0).links.size(), 16, "reported links");
                NS_TEST_EXPECT_MSG_EQ(records.at(1).links.size(), 1, "reported link");
                NS_TEST_EXPECT_MSG_EQ(records.at(1).component, "ocs-5/port-9", "by its name");
                DropSwitched();
            }
        }
    }

    uint32_t m_looks{0}; ///< looks at what is down
};

/**
 * @ingroup optical-fabric-tests
 * @brief Names of circuit switches, of their ports and of the cables to them.
 */
class CircuitNamesTestCase : public CircuitFaultTestCase
{
  public:
    CircuitNamesTestCase()
        : CircuitFaultTestCase(
              "Circuit switches have names, schedules hold them, others are refused")
    {
    }

  private:
    /**
     * @param targets components there are
     * @param line line of a schedule
     * @return why it is refused
     */
    static std::string Refuse(const FaultTargets& targets, const std::string& line)
    {
        try
        {
            ReadFaultSchedule(std::string(HEADING) + line, "f.csv", &targets);
        }
        catch (const FaultScheduleError& refusal)
        {
            return refusal.what();
        }
        return "nothing";
    }

    /// @param targets targets @param kind kind @param name name @return links of the component
    static std::vector<uint32_t> GetLinks(const FabricFaultTargets& targets,
                                          ComponentKind::Kind kind,
                                          const std::string& name)
    {
        const auto id = targets.Find(kind, name);
        return id ? targets.GetLinksOf(kind, *id) : std::vector<uint32_t>();
    }

    /// Cables and connectors of all links.
    void CheckCables()
    {
        const FabricFaultTargets targets(m_fabric, 0);
        std::map<uint32_t, std::vector<std::string>> cables;
        for (const std::string& name : targets.GetNames(ComponentKind::FIBRE))
        {
            for (const uint32_t link : GetLinks(targets, ComponentKind::FIBRE, name))
            {
                cables[link].push_back(name);
            }
        }
        std::map<uint32_t, uint32_t> connectors;
        for (const std::string& name : targets.GetNames(ComponentKind::CONNECTOR))
        {
            for (const uint32_t link : GetLinks(targets, ComponentKind::CONNECTOR, name))
            {
                ++connectors[link];
            }
        }
        NS_TEST_EXPECT_MSG_EQ(cables.size(), 224, "links with cables");
        NS_TEST_EXPECT_MSG_EQ(connectors.size(), 224, "links with connectors");
        const CircuitLayer circuits = m_fabric.GetCircuits(0);
        for (const auto& [link, names] : cables)
        {
            const std::string ocs = CircuitLayer::NameSwitch(circuits.Find(link)->circuitSwitch);
            const auto name = [&](uint32_t end) {
                return "module-" + std::to_string(m_network->GetLink(link)->GetModule(end));
            };
            NS_TEST_ASSERT_MSG_EQ(names.size(), 2, "one on either side of the switch");
            const std::set<std::string> expected{name(0) + "--" + ocs, ocs + "--" + name(1)};
            NS_TEST_EXPECT_MSG_EQ((std::set<std::string>(names.begin(), names.end()) == expected),
                                  true,
                                  names[0] << ", " << names[1]);
            NS_TEST_EXPECT_MSG_EQ(connectors[link], 4, "two of each cable");
        }
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        MakeSwitched(true);
        const FabricFaultTargets targets(m_fabric, 0);
        NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::OCS).size(), SWITCHES, "switches");
        NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::OCS_PORT).size(),
                              224 * 8,
                              "ports with a fibre");
        CheckCables();

        const FaultSchedule schedule = ReadFaultSchedule(
            std::string(HEADING) + "1us,ocs,ocs-0,down,1s\n"
                                   "2us,ocs_port,ocs-13/port-127,extra-loss dB=3,repair\n"
                                   "3us,ocs_port,ub/ocs-1/port-0,lanes-lost lanes=1,1ms\n"
                                   "4us,fibre,module-0--ocs-0,extra-delay delay=1ns,1ms\n",
            "f.csv",
            &targets);
        NS_TEST_ASSERT_MSG_EQ(schedule.GetFaults().size(), 4, "faults");
        const std::string text = WriteFaultSchedule(schedule);
        const FaultSchedule again = ReadFaultSchedule(text, "again.csv", &targets);
        NS_TEST_EXPECT_MSG_EQ((again == schedule), true, text);
        NS_TEST_EXPECT_MSG_NE(text.find("ocs_port,ocs-13/port-127"), std::string::npos, text);

        for (const auto& [line, parts] :
             std::vector<std::pair<std::string, std::vector<std::string>>>{
                 {"1us,ocs,ocs-14,down,1s",
                  {"f.csv:2: ", "there is no ocs \"ocs-14\"", "one of 14, the nearest: ocs-1, "}},
                 {"1us,ocs,osc-3,down,1s", {"there is no ocs \"osc-3\"", "ocs-3"}},
                 {"1us,ocs_port,ocs-3/port-128,down,1s", {"ocs_port", "ocs-3/port-12"}},
                 {"1us,ocs,ocs-3,lanes-lost lanes=33,1s", {"allowed: 1 to 32"}},
             })
        {
            const std::string refusal = Refuse(targets, line);
            for (const std::string& part : parts)
            {
                NS_TEST_EXPECT_MSG_NE(refusal.find(part), std::string::npos, refusal);
            }
        }
        DropSwitched();

        // With the RDMA network names begin with that of the network.
        MakeSwitched(false, true);
        const FabricFaultTargets both(m_fabric, 0);
        NS_TEST_EXPECT_MSG_EQ(GetLinks(both, ComponentKind::OCS, "ub/ocs-0").size(), 16, "UB");
        NS_TEST_EXPECT_MSG_EQ(GetLinks(both, ComponentKind::OCS, "ocs-0").size(), 0, "which?");
        const auto first = GetLinks(both, ComponentKind::OCS_PORT, "ub/ocs-0/port-8");
        const auto last = GetLinks(both, ComponentKind::OCS_PORT, "ub/ocs-0/port-15");
        NS_TEST_EXPECT_MSG_EQ(first.size(), 1, "the link of a port");
        NS_TEST_EXPECT_MSG_EQ((first == last), true, "ports of one link");
        DropSwitched();
    }
};

/// Two nodes, all uplinks through circuit switches.
const char* const TEXT = R"(
name = "small"
[fabric]
nodes = 2
scale_out = false
uplink_rate = "200Gbps"
module = "400G-DR4"
uplink_ocs = "Palomar"
[optics]
transceiver = "400G-DR4"
fibre = "SMF"
connector = "MPO"
retrain_time = "1us"
relock_time = "1us"
[network]
detection_delay = "1us"
convergence_delay = "1us"
resend_timeout = "20us"
[faults]
modes = "ocs,ocs-port"
horizon = "150us"
acceleration = 4e12
duration_scale = 1e-9
[[collective]]
name = "exchange"
kind = "all-to-all"
bytes = "1MiB"
iterations = 4
)";

/**
 * @ingroup optical-fabric-tests
 * @brief Failures of circuit switches and ports are drawn and happen in runs.
 */
class CircuitDrawnTestCase : public CircuitFaultTestCase
{
  public:
    CircuitDrawnTestCase()
        : CircuitFaultTestCase("Faults of circuit switches are drawn, and runs finish with them")
    {
    }

  private:
    /// @param overrides changes @return the scenario
    static Scenario Read(const std::vector<std::string>& overrides)
    {
        ScenarioReader reader;
        for (const std::string& assignment : overrides)
        {
            reader.AddOverride(assignment);
        }
        return reader.ReadText(TEXT, "small.toml", "small");
    }

    /// @param overrides changes @return why the scenario is refused
    static std::string Refuse(const std::vector<std::string>& overrides)
    {
        try
        {
            ScenarioRun run(Read(overrides));
            run.Prepare();
        }
        catch (const ScenarioError& refusal)
        {
            return refusal.what();
        }
        return "nothing";
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        for (const char* engine : {"engine.fidelity=packet", "engine.fidelity=flow"})
        {
            ScenarioRun run(Read({engine}));
            run.Prepare();
            const RunReport report = run.Run();
            NS_TEST_EXPECT_MSG_EQ(report.GetUnfinished(), "", "all finished");
            const RunResults results = report.Merge();
            uint32_t switches = 0;
            uint32_t ports = 0;
            for (const FaultRecord& fault : results.faults)
            {
                const bool isPort = fault.kind == "ocs_port";
                ++(isPort ? ports : switches);
                NS_TEST_EXPECT_MSG_EQ(fault.links.size(), (isPort ? 1 : 16), fault.component);
                NS_TEST_EXPECT_MSG_EQ((isPort || fault.kind == "ocs"), true, fault.kind);
            }
            // 14 switches at 0.04 % a day, 1792 ports at 200 FIT, for 4e12 times 150 us.
            const double hours = 4e12 * 150e-6 / 3600;
            const double meanSwitches = 14 * 0.0004 / 24 * hours;
            const double meanPorts = 1792 * 200e-9 * hours;
            NS_TEST_EXPECT_MSG_EQ_TOL(switches,
                                      meanSwitches,
                                      5 * std::sqrt(meanSwitches),
                                      "switches that fail");
            NS_TEST_EXPECT_MSG_EQ_TOL(ports, meanPorts, 5 * std::sqrt(meanPorts), "ports");
            NS_TEST_EXPECT_MSG_GT(switches, 0, "there are some");
            NS_TEST_EXPECT_MSG_GT(results.links.linkDowns, 0, "they hit");
        }
        // What is refused, with the key that was said.
        const std::string module = Refuse({"fabric.module=400G-SR8-LPO"});
        NS_TEST_EXPECT_MSG_NE(module.find("fabric.module: Module 400G-SR8-LPO sends at 850 nm"),
                              std::string::npos,
                              module);
        const std::string count = Refuse({"fabric.uplink_ocs_count=13"});
        NS_TEST_EXPECT_MSG_NE(count.find("fabric.uplink_ocs_count: UplinkOcsCount 13"),
                              std::string::npos,
                              count);
        const std::string light = Refuse(
            {"optics.transceiver=400G-SR8-LPO", "optics.fibre=OM4", "optics.connector=MPO-MM"});
        NS_TEST_EXPECT_MSG_NE(light.find("Transceiver 400G-SR8-LPO sends at 850 nm"),
                              std::string::npos,
                              light);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Faults of circuit switches.
 */
class CircuitFaultsTestSuite : public TestSuite
{
  public:
    CircuitFaultsTestSuite()
        : TestSuite("optical-fabric-circuit-faults", Type::UNIT)
    {
        AddTestCase(new CircuitDownTestCase);
        AddTestCase(new CircuitNamesTestCase);
        AddTestCase(new CircuitDrawnTestCase);
    }
};

CircuitFaultsTestSuite g_circuitFaultsTestSuite; ///< registers the suite

} // namespace
