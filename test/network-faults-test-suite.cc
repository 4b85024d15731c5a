/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief A link goes down under traffic and comes up again before routing notices.
 */
class FlapTestCase : public FaultTestCase
{
  public:
    FlapTestCase()
        : FaultTestCase("A link is down for 10 us during traffic, with and without retry")
    {
    }

  private:
    void DoRun() override
    {
        const int64_t calmPs = Run(false, true);
        for (const uint32_t link : {0, 1})
        {
            m_flapping = link;
            const int64_t retryPs = Run(true, true);
            NS_TEST_EXPECT_MSG_GT_OR_EQ(retryPs, calmPs + 10 * US, "faster than the link");
            NS_TEST_EXPECT_MSG_LT(retryPs, calmPs + 11 * US, "slower than the link");
            const int64_t resendPs = Run(true, false);
            NS_TEST_EXPECT_MSG_GT_OR_EQ(resendPs, calmPs + 10 * US, "faster than the link");
            NS_TEST_EXPECT_MSG_LT(resendPs, calmPs + 16 * US, "slower than the link");
        }
    }

    /**
     * @param flap whether the link goes down
     * @param retry whether the link repeats what is lost
     * @return time of the transfer, ps
     */
    int64_t Run(bool flap, bool retry)
    {
        MakeNetwork(50 * US, 0);
        m_link.Set("LinkRetry", BooleanValue(retry));
        m_link.Set("Delay", TimeValue(PicoSeconds(300000)));
        AddStar(2);
        Build();
        if (flap)
        {
            SetUpAt(m_flapping, 5 * US, false);
            SetUpAt(m_flapping, 15 * US, true);
        }
        Post(0, 1, 4096 * 256);
        Simulator::Run();
        CheckDone();
        const NetworkTotals& totals = m_network->GetTotals();
        const auto parts = Mean().partsPs;
        NS_TEST_EXPECT_MSG_EQ(totals.failedBytes, 0, "failed");
        if (!flap || retry)
        {
            NS_TEST_EXPECT_MSG_EQ(totals.lostPackets, 0, "lost");
            NS_TEST_EXPECT_MSG_EQ(parts[REROUTE], 0, "REROUTE");
        }
        else
        {
            // What was on the wire: 300 ns of 81.92 ns packets.
            NS_TEST_EXPECT_MSG_GT_OR_EQ(totals.lostPackets, 3, "lost");
            NS_TEST_EXPECT_MSG_LT_OR_EQ(totals.lostPackets, 8, "lost");
            NS_TEST_EXPECT_MSG_EQ(totals.resentPackets, totals.lostPackets, "sent again");
            NS_TEST_EXPECT_MSG_GT_OR_EQ(parts[REROUTE] * 256,
                                        totals.lostPackets * TIMEOUT_PS,
                                        "REROUTE");
        }
        NS_TEST_EXPECT_MSG_EQ((parts[RETRY] > 0), (flap && retry), "RETRY");
        // Packets wait for the link of the switch; those of the endpoint are not made before.
        NS_TEST_EXPECT_MSG_EQ((parts[RECONFIGURATION] > 0),
                              (flap && (m_flapping == 1 || retry)),
                              "RECONFIGURATION");
        Drop();
        return Latency(0);
    }

    uint32_t m_flapping{0}; ///< link that goes down
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link goes down for good.
 */
class DeathTestCase : public FaultTestCase
{
  public:
    DeathTestCase()
        : FaultTestCase("A link dies: traffic takes other paths, or is reported failed")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* routing : {"Deterministic", "Ecmp", "Spray", "Adaptive"})
        {
            CheckOtherPath(routing);
            CheckNoPath(routing);
        }
        CheckTwoPorts();
    }

    /// @param routing choice of path
    void CheckOtherPath(const std::string& routing)
    {
        MakeNetwork(2 * US, 3 * US);
        m_network->SetAttribute("Routing", StringValue(routing));
        AddClos(2, 2, 4);
        Build();
        // Links 0 to 7 are those of the endpoints, 8 that of leaf 0 and spine 0.
        SetUpAt(8, 5 * US, false);
        const Ptr<FabricPort> dead = m_network->GetLink(8)->GetPort(0);
        uint64_t before = 0;
        At(8 * US, [&]() { before = dead->GetCounters().packets; });
        m_changedPs.clear();
        m_network->TraceConnectWithoutContext("RoutesChanged",
                                              MakeCallback(&DeathTestCase::Changed, this));
        for (uint32_t i = 0; i < 4; ++i)
        {
            Post(i, 4 + i, 4096 * 300);
            Post(4 + i, i, 4096 * 300);
        }
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, routing << ": failed");
        NS_TEST_EXPECT_MSG_GT(before, 0, "the link was not in use");
        NS_TEST_EXPECT_MSG_EQ(dead->GetCounters().packets, before, "sent into a dead link");
        NS_TEST_ASSERT_MSG_EQ(m_changedPs.size(), 1, "RoutesChanged");
        NS_TEST_EXPECT_MSG_EQ(m_changedPs[0], 10 * US, "detection and convergence");
        Drop();
    }

    /// @param routing choice of path
    void CheckNoPath(const std::string& routing)
    {
        const uint32_t resends = 2;
        MakeNetwork(2 * US, 3 * US);
        m_network->SetAttribute("Routing", StringValue(routing));
        m_network->SetAttribute("MaxResends", UintegerValue(resends));
        AddStar(3);
        Build();
        SetUpAt(2, 5 * US, false);
        Post(0, 2, 4096 * 200);
        Post(0, 1, 4096 * 200);
        // Long after routing knows, and to a destination that can do nothing either.
        PostAt(100 * US, 1, 2, 10000);
        PostAt(100 * US, 2, 0, 10000);
        PostAt(100 * US, 0, 1, 10000);
        PostAt(100 * US, 0, 2, 0);
        Simulator::Run();
        CheckDone();
        const auto& records = m_client.records;
        NS_TEST_EXPECT_MSG_GT(records[0].failedBytes, 0, "some of it was there");
        NS_TEST_EXPECT_MSG_LT(records[0].failedBytes, 4096 * 200, "some of it failed");
        NS_TEST_EXPECT_MSG_EQ(records[1].failedBytes, 0, "nothing to do with the link");
        NS_TEST_EXPECT_MSG_EQ(records[2].failedBytes, 10000, "unreachable");
        NS_TEST_EXPECT_MSG_EQ(records[3].failedBytes, 10000, "cut off");
        NS_TEST_EXPECT_MSG_EQ(records[4].failedBytes, 0, "nothing to do with the link");
        NS_TEST_EXPECT_MSG_EQ(records[5].failedBytes, 0, "nothing to lose");
        for (const uint32_t tag : {2, 3, 5})
        {
            NS_TEST_EXPECT_MSG_EQ(Latency(tag), (resends + 2) * TIMEOUT_PS, "reported");
        }
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedTransfers, 4, "failed transfers");
        Drop();
    }

    /// An endpoint's first port dies, its second one lives.
    void CheckTwoPorts()
    {
        for (const char* routing : {"Deterministic", "Ecmp", "Spray", "Adaptive"})
        {
            MakeNetwork(2 * US, 3 * US);
            m_network->SetAttribute("Routing", StringValue(routing));
            const Ptr<FabricSwitch> left = AddSwitch();
            const Ptr<FabricSwitch> right = AddSwitch();
            for (uint32_t i = 0; i < 3; ++i)
            {
                const Ptr<FabricEndpoint> endpoint = AddEndpoint();
                Connect(endpoint, left);
                Connect(endpoint, right);
            }
            Build();
            SetUpAt(0, 5 * US, false);
            for (uint32_t i = 0; i < 3; ++i)
            {
                Post(i, (i + 1) % 3, 4096 * 300);
                Post(i, (i + 2) % 3, 4096 * 300);
            }
            Simulator::Run();
            CheckDone();
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, routing);
            Drop();
        }
    }

    /// RoutesChanged.
    void Changed(uint32_t, uint32_t)
    {
        m_changedPs.push_back(Simulator::Now().GetPicoSeconds());
    }

    std::vector<int64_t> m_changedPs; ///< when routes changed
};

/**
 * @ingroup optical-fabric-tests
 * @brief A destination is unreachable, and is back before the source gives up.
 */
class RepairTestCase : public FaultTestCase
{
  public:
    RepairTestCase()
        : FaultTestCase("Down when built, down for a while: delivered once it is repaired")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool fromStart : {true, false})
        {
            MakeNetwork(US, US);
            AddStar(3);
            if (fromStart)
            {
                m_network->GetLink(1)->SetUp(false);
            }
            Build();
            if (!fromStart)
            {
                SetUpAt(1, 0, false);
            }
            SetUpAt(1, 25 * US, true);
            PostAt(10 * US, 0, 1, 4096);
            PostAt(10 * US, 1, 2, 4096);
            Simulator::Run();
            CheckDone();
            const NetworkTotals& totals = m_network->GetTotals();
            NS_TEST_EXPECT_MSG_EQ(totals.failedBytes, 0, "failed");
            for (const RecordingClient::Record& record : m_client.records)
            {
                // Lost at 10 us; tried again each timeout; up at 25 us, in use from 27 us.
                NS_TEST_EXPECT_MSG_GT(record.receivedPs, 30 * US, "too early");
                NS_TEST_EXPECT_MSG_LT(record.receivedPs, 31 * US, "too late");
            }
            NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[REROUTE], 20 * US, "REROUTE");
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Links that fail and come back.
 */
class NetworkFaultsTestSuite : public TestSuite
{
  public:
    NetworkFaultsTestSuite()
        : TestSuite("optical-fabric-network-faults", Type::UNIT)
    {
        AddTestCase(new FlapTestCase);
        AddTestCase(new DeathTestCase);
        AddTestCase(new RepairTestCase);
    }
};

NetworkFaultsTestSuite g_networkFaultsTestSuite; ///< registers the suite

} // namespace
