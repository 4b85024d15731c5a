/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t FLIGHT_PS = 10000;   ///< signal flight of a link
constexpr int64_t FORWARD_PS = 200000; ///< forwarding latency of a switch

/**
 * @ingroup optical-fabric-tests
 * @brief Where the time goes while a link is down, to the picosecond.
 */
class FlapPartsTestCase : public FaultTestCase
{
  public:
    FlapPartsTestCase()
        : FaultTestCase("A packet waits for a link that is down: RECONFIGURATION, not QUEUE")
    {
    }

  private:
    void DoRun() override
    {
        // The link is down when the packet is at the output.
        MakeNetwork(50 * US, US);
        AddStar(2);
        Build();
        SetUpAt(1, 100000, false);
        SetUpAt(1, 5 * US, true);
        Post(0, 1, 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(Latency(0), 5 * US + FLIGHT_PS + FRAME_PS, "as it is up");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[RECONFIGURATION],
                              5 * US - FLIGHT_PS - FORWARD_PS,
                              "RECONFIGURATION");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[QUEUE], 0, "QUEUE");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().packetLatency.GetMax(),
                              static_cast<uint64_t>(Latency(0)),
                              "age");
        Drop();

        // It goes down while one packet is on it and another waits for that one.
        MakeNetwork(50 * US, US);
        AddStar(3);
        Build();
        const int64_t arrivedPs = FLIGHT_PS + FORWARD_PS;
        SetUpAt(2, arrivedPs + 50000, false);
        SetUpAt(2, 5 * US, true);
        Post(0, 2, 4096);
        Post(1, 2, 4096);
        Simulator::Run();
        CheckDone();
        // What was on the link comes back as its far end misses its end, and goes first.
        NS_TEST_EXPECT_MSG_EQ(Latency(0) + Latency(1),
                              2 * (5 * US + FLIGHT_PS) + 3 * FRAME_PS,
                              "both");
        const auto parts = Mean().partsPs;
        NS_TEST_EXPECT_MSG_EQ(parts[QUEUE] * 2, 50000 + FRAME_PS, "QUEUE");
        NS_TEST_EXPECT_MSG_EQ(parts[RETRY] * 2, FLIGHT_PS, "RETRY: the way back");
        const int64_t backPs = arrivedPs + 50000 + 2 * FLIGHT_PS;
        NS_TEST_EXPECT_MSG_EQ(parts[RECONFIGURATION] * 2,
                              5 * US - (arrivedPs + 50000) + 5 * US - backPs,
                              "RECONFIGURATION");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What the link had in flight goes before what waits.
 */
class FlapOrderTestCase : public FaultTestCase
{
  public:
    FlapOrderTestCase()
        : FaultTestCase("After a link was down: in order, and without waiting for what was on it")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t link : {0, 1})
        {
            MakeNetwork(50 * US, US);
            m_link.Set("Delay", TimeValue(PicoSeconds(500000)));
            AddStar(2);
            Build();
            SetUpAt(link, 5 * US, false);
            SetUpAt(link, 15 * US, true);
            for (uint32_t i = 0; i < 200; ++i)
            {
                Post(0, 1, 4096);
            }
            uint64_t next = 0;
            m_client.whenReceived = [this, &next](const Transfer& transfer) {
                NS_TEST_EXPECT_MSG_EQ(transfer.tag, next, "overtaken");
                ++next;
            };
            Simulator::Run();
            CheckDone();
            Drop();
        }

        // A frame that takes 32 us is cut short; the link is free for the next one at once.
        MakeNetwork(500 * US, US);
        m_link.Set("Rate", StringValue("1Gbps"));
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint());
        Build();
        SetUpAt(0, 1 * US, false);
        SetUpAt(0, 2 * US, true);
        Post(0, 1, 2 * 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(Latency(0), 2 * US + 2 * 400 * FRAME_PS + FLIGHT_PS, "two frames");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link is down for less time than routing needs to notice.
 */
class ShortFlapTestCase : public FaultTestCase
{
  public:
    ShortFlapTestCase()
        : FaultTestCase("A flap too short to be noticed changes no routes")
    {
    }

  private:
    void DoRun() override
    {
        MakeNetwork(2 * US, 3 * US);
        AddStar(2);
        Build();
        for (const int64_t atPs : {5 * US, 12 * US})
        {
            SetUpAt(1, atPs, false);
            SetUpAt(1, atPs + US, true);
        }
        Post(0, 1, 4096 * 256);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().lostPackets, 0, "lost");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetSwitch(0)->GetUnroutable(), 0, "no way");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[REROUTE], 0, "REROUTE");
        NS_TEST_EXPECT_MSG_GT(Mean().partsPs[RECONFIGURATION], 0, "RECONFIGURATION");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A packet that is sent again waits for its turn, and knows it.
 */
class ResendWaitTestCase : public FaultTestCase
{
  public:
    ResendWaitTestCase()
        : FaultTestCase("A packet that is sent again waits for a busy port: REROUTE")
    {
    }

  private:
    void DoRun() override
    {
        MakeNetwork(US, US);
        m_link.Set("LinkRetry", BooleanValue(false));
        m_link.Set("Rate", StringValue("1Gbps"));
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint());
        Build();
        const auto setRatio = [this](double ratio) {
            LinkState state = m_network->GetLink(0)->GetState(0);
            state.frameErrorRatio = ratio;
            m_network->GetLink(0)->SetState(0, state);
        };
        setRatio(1);
        At(1000, [setRatio]() { setRatio(0); });
        // The first frame is damaged, and is back 5 us later; then others keep the port busy.
        Post(0, 1, 4096);
        PostAt(1 * US, 0, 1, 4096 * 20);
        Simulator::Run();
        CheckDone();
        const int64_t slowPs = 400 * FRAME_PS;
        // The second frame is on the link when it is back; it goes after that.
        NS_TEST_EXPECT_MSG_EQ(Latency(0), 3 * slowPs + FLIGHT_PS, "third on the link");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().packetLatency.GetMax(),
                              static_cast<uint64_t>(Latency(0)),
                              "age");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Links that go down for a moment.
 */
class NetworkFlapsTestSuite : public TestSuite
{
  public:
    NetworkFlapsTestSuite()
        : TestSuite("optical-fabric-network-flaps", Type::UNIT)
    {
        AddTestCase(new FlapPartsTestCase);
        AddTestCase(new FlapOrderTestCase);
        AddTestCase(new ShortFlapTestCase);
        AddTestCase(new ResendWaitTestCase);
    }
};

NetworkFlapsTestSuite g_networkFlapsTestSuite; ///< registers the suite

} // namespace
