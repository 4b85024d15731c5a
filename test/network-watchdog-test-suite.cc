/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include <memory>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Packets that wait for one another in a circle stop the run.
 */
class DeadlockTestCase : public FaultTestCase
{
  public:
    DeadlockTestCase()
        : FaultTestCase("Packets that wait in a circle: the run is stopped, the ports are named")
    {
    }

  private:
    void DoRun() override
    {
        // Shortest paths in a triangle take one link: no circle. By hand they take two.
        MakeTriangle();
        for (uint32_t i = 0; i < 3; ++i)
        {
            Post(i, (i + 2) % 3, 4096 * 50);
        }
        Simulator::Run();
        CheckDone();
        Drop();

        MakeTriangle();
        GoRound();
        for (uint32_t i = 0; i < 3; ++i)
        {
            Post(i, (i + 2) % 3, 4096 * 50);
        }
        m_stalled.clear();
        m_network->GetWatchdog()->TraceConnectWithoutContext(
            "Stalled",
            MakeCallback(&DeadlockTestCase::Stalled, this));
        // Without the watchdog the run would end for want of events, or never.
        Simulator::Schedule(Seconds(50), &DeadlockTestCase::Nothing);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_LT(Simulator::Now().GetMilliSeconds(), 4, "not stopped in time");
        const std::string& report = m_network->GetStallReport();
        NS_TEST_EXPECT_MSG_EQ(m_stalled, report, "Stalled trace");
        for (const char* port : {"s0 port 1", "s1 port 2", "s2 port 2"})
        {
            NS_TEST_EXPECT_MSG_NE(report.find(port), std::string::npos, port << ": " << report);
        }
        bool circle = false;
        m_network->GetWatchdog()->Describe(circle);
        NS_TEST_EXPECT_MSG_EQ(circle, true, "a circle");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetWatchdog()->IsCircle(), true, "stopped for a circle");
        NS_TEST_EXPECT_MSG_GT(m_network->GetPacketsInFlight(), 0, "nothing is stuck");
        Drop();
    }

    /// Three switches, an endpoint on port 0 of each; then the links between them.
    void MakeTriangle()
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("BufferBytes", UintegerValue(4096));
        std::vector<Ptr<FabricSwitch>> switches;
        for (uint32_t i = 0; i < 3; ++i)
        {
            switches.push_back(AddSwitch());
            Connect(AddEndpoint(), switches[i]);
        }
        Connect(switches[0], switches[1]);
        Connect(switches[1], switches[2]);
        Connect(switches[2], switches[0]);
        Build();
    }

    /// Routes that only go one way round.
    void GoRound()
    {
        for (uint32_t i = 0; i < 3; ++i)
        {
            const Ptr<FabricSwitch> here = m_network->GetSwitch(i);
            const FabricPort* next = nullptr;
            for (uint32_t p = 1; p < 3; ++p)
            {
                const FabricPort* peer = here->GetPort(p)->GetPeer();
                if (peer->GetOwner() == PeekPointer(m_network->GetSwitch((i + 1) % 3)))
                {
                    next = PeekPointer(here->GetPort(p));
                }
            }
            // Each endpoint is alone on its switch, and so a class of its own.
            auto table = std::make_shared<RouteTable>();
            for (uint32_t c = 0; c < 3; ++c)
            {
                RouteTable::Entry entry;
                entry.first = c == i ? 0 : next->GetNumber();
                entry.count = 1;
                table->Append(entry);
            }
            here->SetRoutes(table);
        }
    }

    /// @param report why the run is stopped
    void Stalled(const std::string& report)
    {
        m_stalled += report;
    }

    /// An event.
    static void Nothing()
    {
    }

    std::string m_stalled; ///< what the trace source said
};

/**
 * @ingroup optical-fabric-tests
 * @brief What waits for a reason is left alone, and what is finished is not kept going.
 */
class PatienceTestCase : public FaultTestCase
{
  public:
    PatienceTestCase()
        : FaultTestCase("A link that is down for 10 ms, and one for ever; the end of a run")
    {
    }

  private:
    void DoRun() override
    {
        MakeWaiting(10000);
        SetUpAt(1, 10000 * US, true);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_GT(m_client.records[0].receivedPs, 10000 * US, "through a dead link");
        Drop();

        // Down for ever, and routing never hears of it.
        MakeWaiting(10000);
        m_network->GetWatchdog()->SetAttribute("Patience", TimeValue(MilliSeconds(20)));
        Simulator::Run();
        const std::string& report = m_network->GetStallReport();
        NS_TEST_EXPECT_MSG_NE(report.find("s0 port 1"), std::string::npos, report);
        NS_TEST_EXPECT_MSG_NE(report.find("its link is down"), std::string::npos, report);
        NS_TEST_EXPECT_MSG_GT_OR_EQ(Simulator::Now().GetMilliSeconds(), 20, "impatient");
        NS_TEST_EXPECT_MSG_LT(Simulator::Now().GetMilliSeconds(), 24, "too patient");
        bool circle = true;
        m_network->GetWatchdog()->Describe(circle);
        NS_TEST_EXPECT_MSG_EQ(circle, false, "a circle");
        Drop();

        // Lost, and its source has not noticed yet: that is not waiting at an output.
        MakeNetwork(US, US);
        m_network->SetAttribute("ResendTimeout", TimeValue(Seconds(61)));
        AddStar(2);
        Build();
        SetUpAt(1, 0, false);
        SetUpAt(1, 25 * US, true);
        PostAt(10 * US, 0, 1, 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_GT(m_client.records[0].receivedPs, 61000000 * US, "not sent again");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetWatchdog()->IsCircle(), false, "a circle");
        Drop();

        // It ends when the last look is over, and starts again with the next transfer.
        MakeNetwork(US, US);
        AddStar(2);
        Build();
        for (uint32_t i = 0; i < 3; ++i)
        {
            const Time before = Simulator::Now();
            Post(0, 1, 100000);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_LT_OR_EQ((Simulator::Now() - before).GetMilliSeconds(),
                                        1,
                                        "prolonged");
        }
        CheckDone();
        Drop();

        // It can be told not to look at all.
        MakeWaiting(100);
        m_network->GetWatchdog()->SetAttribute("Interval", TimeValue(Time(0)));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetStallReport(), "", "it looked");
        Drop();
    }

    /// @param packets packets to send into a link that is down from 5 us on, unnoticed by routing
    void MakeWaiting(uint32_t packets)
    {
        MakeNetwork(100 * 1000000 * US, US);
        AddStar(2);
        Build();
        SetUpAt(1, 5 * US, false);
        Post(0, 1, uint64_t{4096} * packets);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The watchdog.
 */
class NetworkWatchdogTestSuite : public TestSuite
{
  public:
    NetworkWatchdogTestSuite()
        : TestSuite("optical-fabric-network-watchdog", Type::UNIT)
    {
        AddTestCase(new DeadlockTestCase);
        AddTestCase(new PatienceTestCase);
    }
};

NetworkWatchdogTestSuite g_networkWatchdogTestSuite; ///< registers the suite

} // namespace
