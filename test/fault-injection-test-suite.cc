/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-injection-test-case.h"

#include "ns3/flow-engine.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t FLIGHT_PS = 10000; ///< signal flight of a link

/**
 * @ingroup optical-fabric-tests
 * @brief Each effect that changes times does so by as much as arithmetic says.
 */
class EffectTestCase : public InjectionTestCase
{
  public:
    EffectTestCase()
        : InjectionTestCase("Lanes, rate and delay cost what arithmetic says")
    {
    }

  private:
    /**
     * @param effect what happens to the link, before a train of packets is sent
     * @param framePs time of a frame on it then
     * @param flightPs flight of the signal then
     * @param flows move flows, not packets
     */
    void Check(const std::string& effect, int64_t framePs, int64_t flightPs, bool flows)
    {
        constexpr int64_t PACKETS = 100;
        MakePair();
        if (flows)
        {
            const auto engine = CreateObject<FlowEngine>();
            engine->SetNetwork(m_network);
            m_engine = engine;
        }
        Inject(MakeFabric(), effect.empty() ? "" : "1ns,link,e0--e1," + effect + ",repair\n");
        PostAt(2000, 0, 1, PACKETS * 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ_TOL(Latency(0),
                                  flightPs + PACKETS * framePs,
                                  (flows ? 1 : 0),
                                  effect << (flows ? ", flows" : ", packets"));
        DropAll();
    }

    void DoRun() override
    {
        for (const bool flows : {false, true})
        {
            Check("", FRAME_PS, FLIGHT_PS, flows);
            Check("lanes-lost lanes=2", 2 * FRAME_PS, FLIGHT_PS, flows);
            Check("lanes-lost lanes=3", 4 * FRAME_PS, FLIGHT_PS, flows);
            Check("rate-reduced share=0.75", 4 * FRAME_PS, FLIGHT_PS, flows);
            Check("extra-delay delay=300ns", FRAME_PS, FLIGHT_PS + 300000, flows);
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Errors that were injected are errors as any others.
 */
class ErrorTestCase : public InjectionTestCase
{
  public:
    ErrorTestCase()
        : InjectionTestCase("Corruption and loss damage their share of frames")
    {
    }

  private:
    static constexpr uint64_t PACKETS = 20000; ///< packets sent

    /**
     * @param effect what happens to the link; empty: it has errors of its own
     * @param own errors of its own
     * @param retry whether it repeats damaged frames
     * @return time until all have arrived, ps, and packets that were sent again
     */
    std::pair<int64_t, uint64_t> Send(const std::string& effect, double own, bool retry)
    {
        MakeNetwork(US, US);
        m_link.Set("FrameErrorRatio", DoubleValue(own));
        m_link.Set("LinkRetry", BooleanValue(retry));
        m_network->SetAttribute("MaxResends", UintegerValue(100));
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint());
        Build();
        Inject(MakeFabric(), effect.empty() ? "" : "0,link,e0--e1," + effect + ",repair\n");
        PostAt(1000, 0, 1, PACKETS * 4096);
        Simulator::Run();
        CheckDone();
        const uint64_t again = retry ? m_network->GetLink(0)->GetPort(0)->GetCounters().retries
                                     : m_network->GetTotals().resentPackets;
        const std::pair<int64_t, uint64_t> result{Latency(0), again};
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes, 0, "all arrives in the end");
        DropAll();
        return result;
    }

    void DoRun() override
    {
        constexpr double SHARE = 0.125;
        // Sent again until it arrives: a geometric number of times, of variance p / (1 - p)^2.
        const double mean = PACKETS * SHARE / (1 - SHARE);
        const double deviation = std::sqrt(PACKETS * SHARE) / (1 - SHARE);
        for (const bool retry : {true, false})
        {
            const auto own = Send("", SHARE, retry);
            const auto corrupted = Send("corruption share=0.125", 0, retry);
            const auto lost = Send("frame-loss share=0.125", 0, retry);
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(corrupted.second),
                                      mean,
                                      5 * deviation,
                                      "share of frames");
            NS_TEST_EXPECT_MSG_EQ((corrupted == own), true, "as errors of the link's own");
            NS_TEST_EXPECT_MSG_EQ((lost == corrupted), true, "what vanishes is sent again as well");
        }
        // Both at once: a frame passes if it passes each.
        constexpr double BOTH = 1 - (1 - SHARE) * (1 - 0.5);
        const auto both = Send("corruption share=0.5", SHARE, true);
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(both.second),
                                  PACKETS * BOTH / (1 - BOTH),
                                  5 * std::sqrt(PACKETS * BOTH) / (1 - BOTH),
                                  "on top of the link's own");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link that is down, and the way around it.
 */
class DownTestCase : public InjectionTestCase
{
  public:
    DownTestCase()
        : InjectionTestCase("Routing goes around a link after detection and convergence")
    {
    }

  private:
    /// @param classes classes @param tables tables; new paths are in use
    void OnRoutes(uint32_t /* classes */, uint32_t /* tables */)
    {
        m_changes.push_back(Simulator::Now().GetPicoSeconds());
    }

    /// @param flows move flows, not packets
    void Check(bool flows)
    {
        m_changes.clear();
        MakeNetwork(2 * US, 3 * US);
        AddClos(2, 2, 1);
        Build();
        if (flows)
        {
            const auto engine = CreateObject<FlowEngine>();
            engine->SetNetwork(m_network);
            m_engine = engine;
        }
        m_network->TraceConnectWithoutContext("RoutesChanged",
                                              MakeCallback(&DownTestCase::OnRoutes, this));
        Inject(MakeFabric(), "10us,link,s0--s2,link-down,40us\n");
        Post(0, 1, 4096 * 1000);
        uint64_t sentBefore = 0;
        const Ptr<FabricPort> port = m_network->GetLink(2)->GetPort(0);
        At(15 * US + 1, [&]() { sentBefore = port->GetCounters().packets; });
        At(20 * US, [&]() {
            NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(2)->IsUp(), false, "down");
            NS_TEST_EXPECT_MSG_EQ(m_faults->IsActive(0), true, "active");
        });
        At(49 * US, [&]() {
            NS_TEST_EXPECT_MSG_EQ(port->GetCounters().packets, sentBefore, "nothing goes by it");
        });
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes, 0, "nothing is lost");
        NS_TEST_ASSERT_MSG_EQ(m_changes.size(), 2, "away and back");
        NS_TEST_EXPECT_MSG_EQ(m_changes[0], 15 * US, "detection and convergence");
        NS_TEST_EXPECT_MSG_EQ(m_changes[1], 55 * US, "likewise when it is back");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(2)->IsUp(), true, "up");
        NS_TEST_EXPECT_MSG_EQ(m_faults->IsActive(0), false, "over");
        NS_TEST_EXPECT_MSG_EQ(m_faults->MakeRecords()[0].aftermathPs, 5 * US, "aftermath");
        DropAll();
    }

    void DoRun() override
    {
        Check(false);
        Check(true);
    }

    std::vector<int64_t> m_changes; ///< when there were new paths, ps
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link that goes down some times.
 */
class BurstTestCase : public InjectionTestCase
{
  public:
    BurstTestCase()
        : InjectionTestCase("A burst has its cycles, each as long as it says")
    {
    }

  private:
    /// @param direction direction @param state its state
    void OnState(uint32_t direction, const LinkState& state)
    {
        if (direction == 0 && (m_changes.empty() || m_changes.back().second != state.up))
        {
            m_changes.emplace_back(Simulator::Now().GetPicoSeconds(), state.up);
        }
    }

    /// @param number of a fault @param fault the fault; it ends
    void OnEnd(uint32_t /* number */, const Fault& /* fault */)
    {
        m_endPs = Simulator::Now().GetPicoSeconds();
    }

    void DoRun() override
    {
        MakePair();
        Inject(MakeFabric(), "10us,link,e0--e1,flap-burst cycles=3 down=2us up=5us,burst\n");
        m_network->GetLink(0)->TraceConnectWithoutContext(
            "State",
            MakeCallback(&BurstTestCase::OnState, this));
        m_faults->TraceConnectWithoutContext("FaultEnd", MakeCallback(&BurstTestCase::OnEnd, this));
        Post(0, 1, 4096 * 1000);
        Simulator::Run();
        CheckDone();
        NS_TEST_ASSERT_MSG_EQ(m_changes.size(), 6, "down and up three times");
        for (int64_t i = 0; i < 3; ++i)
        {
            const int64_t downPs = (10 + 7 * i) * US;
            NS_TEST_EXPECT_MSG_EQ((m_changes[2 * i] == std::make_pair(downPs, false)), true, i);
            NS_TEST_EXPECT_MSG_EQ((m_changes[2 * i + 1] == std::make_pair(downPs + 2 * US, true)),
                                  true,
                                  i);
        }
        NS_TEST_EXPECT_MSG_EQ(m_endPs, 31 * US, "the end of the last cycle");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes, 0, "nothing is lost");
        DropAll();
    }

    std::vector<std::pair<int64_t, bool>> m_changes; ///< when the link went down or came up, ps
    int64_t m_endPs{0};                              ///< when the fault ended, ps
};

/**
 * @ingroup optical-fabric-tests
 * @brief What there is not, or what cannot have an effect, is refused.
 */
class TargetsTestCase : public MatrixTestCase
{
  public:
    TargetsTestCase()
        : MatrixTestCase("Components are found by name, and refused with line and reason")
    {
    }

  private:
    /**
     * @param targets components
     * @param line line of a schedule
     * @param parts what the refusal says
     */
    void Refuse(const FabricFaultTargets& targets,
                const std::string& line,
                const std::vector<std::string>& parts)
    {
        std::string message = "nothing";
        try
        {
            ReadFaultSchedule(std::string(HEADING) + "# nothing\n" + line + "\n",
                              "f.csv",
                              &targets);
        }
        catch (const FaultScheduleError& refusal)
        {
            message = refusal.what();
        }
        NS_TEST_EXPECT_MSG_EQ(message.substr(0, 9), "f.csv:3: ", message);
        for (const std::string& part : parts)
        {
            NS_TEST_EXPECT_MSG_NE(message.find(part), std::string::npos, message << ": " << part);
        }
    }

    /// Links pass two connectors, and each module has one. @param targets components
    void CheckConnectors(const FabricFaultTargets& targets)
    {
        NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::CONNECTOR).size(),
                              m_network->GetNModules(),
                              "one to a module");
        const auto connector = targets.Find(ComponentKind::CONNECTOR, "module-17/connector");
        NS_TEST_ASSERT_MSG_EQ(connector.has_value(), true, "by its module");
        const uint32_t module = *targets.Find(ComponentKind::MODULE, "module-17");
        const bool isSame = targets.GetLinksOf(ComponentKind::CONNECTOR, *connector) ==
                            targets.GetLinksOf(ComponentKind::MODULE, module);
        NS_TEST_EXPECT_MSG_EQ(isSame, true, "with all links of the module");
        NS_TEST_EXPECT_MSG_EQ(targets.GetWhere(ComponentKind::CONNECTOR, *connector),
                              targets.GetWhere(ComponentKind::MODULE, module),
                              "where it is");
    }

    /// Links and cables are found by either order of their ends. @param targets components
    void CheckEnds(const FabricFaultTargets& targets)
    {
        const auto find = [&](ComponentKind::Kind kind, const std::string& name) {
            return static_cast<int64_t>(targets.Find(kind, name).value_or(UINT32_MAX));
        };
        const auto link = find(ComponentKind::LINK, "node1/l1-4--l2-4-9");
        NS_TEST_ASSERT_MSG_NE(link, UINT32_MAX, "as it is named");
        NS_TEST_EXPECT_MSG_EQ(find(ComponentKind::LINK, "l2-4-9--node1/l1-4"), link, "swapped");
        NS_TEST_EXPECT_MSG_EQ(find(ComponentKind::LINK, "ub/l2-4-9--node1/l1-4"),
                              link,
                              "with the name of the network");
        NS_TEST_EXPECT_MSG_EQ(find(ComponentKind::LINK, "l2-4-9--node1"), UINT32_MAX, "none");
        NS_TEST_EXPECT_MSG_EQ(find(ComponentKind::LINK, "l2-4-9"), UINT32_MAX, "one end");
        const std::string cable = targets.GetNames(ComponentKind::FIBRE).front();
        const std::size_t middle = cable.find("--");
        NS_TEST_EXPECT_MSG_EQ(
            find(ComponentKind::FIBRE, cable.substr(middle + 2) + "--" + cable.substr(0, middle)),
            0,
            "a cable");
    }

    void DoRun() override
    {
        for (const bool optics : {false, true})
        {
            MakeMatrix(optics);
            const FabricFaultTargets targets(m_fabric, 2);
            // 16 dies and 4 CPUs, 7 L1 chips a node; 7 * 16 L2 chips, two links to each.
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::NPU).size(), 32, "dies");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::CPU).size(), 8, "CPUs");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::NIC).size(), 0, "NICs");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::HOST).size(), 2, "nodes");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::POWER_FEED).size(), 1, "racks");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::SWITCH_CHIP).size(),
                                  m_network->GetNSwitches(),
                                  "chips");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::SWITCH_BOX).size(),
                                  m_network->GetNSwitches() - 14,
                                  "those on the boards of nodes are the nodes'");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::LINK).size(),
                                  m_network->GetNLinks(),
                                  "links");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::MODULE).size(),
                                  m_network->GetNModules(),
                                  "modules");
            NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::LANE).size(),
                                  2 * 7 * 16 * 2 * 4,
                                  "lanes, at both ends");
            const bool hasConnectors = !targets.GetNames(ComponentKind::CONNECTOR).empty();
            NS_TEST_EXPECT_MSG_EQ(hasConnectors, optics, "connectors");
            if (optics)
            {
                CheckConnectors(targets);
            }
            NS_TEST_EXPECT_MSG_EQ(targets.GetWhere(ComponentKind::MODULE, 0), "at node0/l1-0", "");
            CheckEnds(targets);

            Refuse(targets,
                   "1us,link,node1/l1-4--l2-4-99,link-down,1s",
                   {"there is no link", "node1/l1-4--l2-4-9", "nearest"});
            Refuse(targets, "1us,ocs,ocs-0,down,1s", {"there is no ocs", "none"});
            Refuse(targets, "1us,nic,node0/npu0,down,1s", {"none"});
            Refuse(targets,
                   "1us,link,node1/l1-4--l2-4-9,lanes-lost lanes=5,1s",
                   {"5 lanes", "allowed: 1 to 4"});
            Refuse(targets,
                   "1us,module,module-3,lanes-lost lanes=9,1s",
                   {"9 lanes", "allowed: 1 to 8"});
            Refuse(targets,
                   "1us,link,node1/l1-4--l2-4-9,extra-delay delay=2ms,1s",
                   {"2ms", "allowed: 0s to 999", "1ms"});
            Refuse(targets,
                   "1us,link,node1/l1-4--l2-4-9,rate-reduced share=0.999,1s",
                   {"0.999", "above 0, at most 0.99", "1 Gb/s"});
            Refuse(targets, "1us,lane,module-3/lane-1,link-down,1s", {"allowed for a lane: down"});
            if (!optics)
            {
                Refuse(
                    targets,
                    "1us,fibre,module-0--module-" +
                        std::to_string(m_network->GetLink(*GetLinksOf(0).begin())->GetModule(1)) +
                        ",extra-loss dB=3,1s",
                    {"no optics", "allowed: components of networks with optics"});
            }
            m_faults = CreateObject<FaultHelper>();
            DropMatrix();
        }

        // With several networks names begin with that of one; what reaches across does not.
        const auto helper = CreateObject<CloudMatrixHelper>();
        helper->SetAttribute("Nodes", UintegerValue(2));
        BuiltFabric both = helper->Build();
        const FabricFaultTargets all(both, 0);
        const auto getSize = [&all](ComponentKind::Kind kind, const std::string& name) {
            const auto id = all.Find(kind, name);
            return id ? all.GetLinksOf(kind, *id).size() : 0;
        };
        NS_TEST_EXPECT_MSG_EQ(getSize(ComponentKind::MODULE, "ub/module-3"), 2, "UB");
        NS_TEST_EXPECT_MSG_EQ(getSize(ComponentKind::MODULE, "rdma/module-3"), 1, "RDMA");
        NS_TEST_EXPECT_MSG_EQ(getSize(ComponentKind::MODULE, "module-3"), 0, "which?");
        NS_TEST_EXPECT_MSG_EQ(getSize(ComponentKind::NIC, "rdma/node0/npu1"), 1, "NIC");
        NS_TEST_EXPECT_MSG_EQ(getSize(ComponentKind::NPU, "ub/node0/die2"), 8, "die with NIC");
        NS_TEST_EXPECT_MSG_EQ(getSize(ComponentKind::NPU, "ub/node0/die3"), 7, "die without");
        const size_t board = 7 * (16 + 4);
        NS_TEST_EXPECT_MSG_EQ(getSize(ComponentKind::HOST, "node1"), board + 7 * 16 + 8, "host");
        both.Dispose();

        // Links between the same nodes are told apart.
        MakeNetwork(US, US);
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint(), 3);
        Build();
        const FabricFaultTargets targets(MakeFabric(), 0);
        NS_TEST_EXPECT_MSG_EQ(*targets.Find(ComponentKind::LINK, "e0--e1"), 0, "the first");
        NS_TEST_EXPECT_MSG_EQ(*targets.Find(ComponentKind::LINK, "net/e0--e1#2"), 2, "the third");
        NS_TEST_EXPECT_MSG_EQ(targets.GetNames(ComponentKind::NIC).size(), 2, "maybe NICs");
        Drop();

        // The least rate of a link is allowed, although 1 - 0.9 is a little less than a tenth.
        for (const auto& [rate, share] : {std::make_pair("10Gbps", "0.9"),
                                          std::make_pair("100Gbps", "0.99"),
                                          std::make_pair("1000Gbps", "0.999")})
        {
            MakeNetwork(US, US);
            m_link.Set("Rate", StringValue(rate));
            const Ptr<FabricEndpoint> from = AddEndpoint();
            Connect(from, AddEndpoint());
            Build();
            const std::string line = std::string("1us,link,e0--e1,rate-reduced share=") + share;
            const FabricFaultTargets slowed(MakeFabric(), 0);
            const FaultSchedule schedule =
                ReadFaultSchedule(std::string(HEADING) + line + ",1s\n", "f.csv", &slowed);
            NS_TEST_EXPECT_MSG_EQ(schedule.GetFaults().size(), 1, rate << " less " << share);
            Refuse(slowed, line + "1,1s", {"at most " + std::string(share), "1 Gb/s"});
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Faults of a schedule that hit a running simulation.
 */
class FaultInjectionTestSuite : public TestSuite
{
  public:
    FaultInjectionTestSuite()
        : TestSuite("optical-fabric-fault-injection", Type::UNIT)
    {
        AddTestCase(new EffectTestCase);
        AddTestCase(new ErrorTestCase);
        AddTestCase(new DownTestCase);
        AddTestCase(new BurstTestCase);
        AddTestCase(new TargetsTestCase);
    }
};

FaultInjectionTestSuite g_faultInjectionTestSuite; ///< registers the suite

} // namespace
