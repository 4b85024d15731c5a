/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-test-case.h"

#include <algorithm>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t FRAME_PS = 81920; ///< a full packet, 4096 bytes, at 400 Gb/s

/**
 * @ingroup optical-fabric-tests
 * @brief A link whose buffer is smaller than rate times round trip runs at buffer over round trip.
 */
class WindowTestCase : public NetworkTestCase
{
  public:
    WindowTestCase()
        : NetworkTestCase("A small buffer throttles a link to buffer over round trip")
    {
    }

  private:
    void DoRun() override
    {
        for (const int64_t packets : {1, 2, 3, 7, 12, 13, 20, 64})
        {
            CheckPair(packets, 500000, 0);
            CheckPair(packets, 250000, 400000);
            CheckSwitch(packets, 500000, 0, 0);
            CheckSwitch(packets, 300000, 0, 400000);
            CheckSwitch(packets, 300000, 400000, 0);
        }
    }

    /**
     * Two endpoints and a link: the packet in place of packet i can start a round trip later.
     * @param packets buffer, packets
     * @param flightPs signal flight, ps
     * @param arrivalPs arrival latency of the endpoints, ps
     */
    void CheckPair(int64_t packets, int64_t flightPs, int64_t arrivalPs)
    {
        const int64_t rounds = 50;
        Make();
        m_network->SetAttribute("BufferBytes", UintegerValue(4096 * packets));
        m_link.Set("Delay", TimeValue(PicoSeconds(flightPs)));
        const Ptr<FabricEndpoint> a = AddEndpoint();
        const Ptr<FabricEndpoint> b = AddEndpoint();
        b->SetAttribute("ArrivalLatency", TimeValue(PicoSeconds(arrivalPs)));
        Connect(a, b);
        m_network->Build();
        Post(0, 1, 4096 * packets * rounds);
        Simulator::Run();
        CheckDone();
        const int64_t roundTripPs = FRAME_PS + 2 * flightPs + arrivalPs;
        const int64_t expectedPs = (rounds - 1) * std::max(roundTripPs, packets * FRAME_PS) +
                                   packets * FRAME_PS + flightPs + arrivalPs;
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs, expectedPs, packets << " packets");
        // It says how long it could not send, too.
        const auto stalledPs = static_cast<uint64_t>(
            (rounds - 1) * std::max<int64_t>(0, roundTripPs - packets * FRAME_PS));
        NS_TEST_EXPECT_MSG_EQ(a->GetPort(0)->GetCounters().creditStallPs, stalledPs, "stalled");
        Drop();
    }

    /**
     * Through a switch, the longer of two round trips counts.
     * @param packets buffer, packets
     * @param flightPs signal flight, ps
     * @param forwardPs forwarding latency, ps
     * @param arrivalPs arrival latency of the endpoints, ps
     */
    void CheckSwitch(int64_t packets, int64_t flightPs, int64_t forwardPs, int64_t arrivalPs)
    {
        const int64_t rounds = 400;
        Make();
        m_network->SetAttribute("BufferBytes", UintegerValue(4096 * packets));
        m_link.Set("Delay", TimeValue(PicoSeconds(flightPs)));
        AddStar(2);
        m_network->GetSwitch(0)->SetAttribute("ForwardingLatency",
                                              TimeValue(PicoSeconds(forwardPs)));
        m_network->GetEndpoint(1)->SetAttribute("ArrivalLatency",
                                                TimeValue(PicoSeconds(arrivalPs)));
        m_network->Build();
        m_network->AssignStreams(1);
        Post(0, 1, 4096 * packets * rounds);
        Simulator::Run();
        CheckDone();
        const double roundTripPs = FRAME_PS + 2 * flightPs + std::max(forwardPs, arrivalPs);
        const double expectedPs = rounds * std::max<double>(roundTripPs, packets * FRAME_PS);
        NS_TEST_EXPECT_MSG_EQ_TOL(m_client.records[0].receivedPs,
                                  expectedPs,
                                  expectedPs / rounds * 2,
                                  packets << " packets, " << forwardPs << ", " << arrivalPs);
        // Packets wait for credit at the switch where its round trip is the longer one.
        if (arrivalPs > 0 && packets * FRAME_PS < roundTripPs)
        {
            NS_TEST_EXPECT_MSG_GT(Mean().partsPs[CREDIT_STALL], 0, "CREDIT_STALL");
        }
        if (packets * FRAME_PS >= roundTripPs)
        {
            NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[CREDIT_STALL], 0, "CREDIT_STALL");
        }
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Nothing is lost, and nothing more is on its way than the buffers hold.
 */
class LosslessTestCase : public NetworkTestCase
{
  public:
    LosslessTestCase()
        : NetworkTestCase("Incast with buffers of a packet: lossless, credits come back")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t packets : {1, 3})
        {
            Make();
            m_network->SetAttribute("BufferBytes", UintegerValue(4096 * packets));
            m_network->SetAttribute("VirtualLanes", UintegerValue(2));
            AddClos(4, 2, 4);
            m_network->Build();
            m_network->AssignStreams(1);
            for (uint32_t i = 1; i < 16; ++i)
            {
                Post(i, 0, 200000, i % 2);
                Post(i, (i + 5) % 16, 50000, 0);
            }
            m_most = 0;
            for (uint32_t i = 1; i < 500; ++i)
            {
                At(100000 * i, [this]() { Look(); });
            }
            Simulator::Run();
            CheckDone();
            const NetworkTotals& totals = m_network->GetTotals();
            NS_TEST_EXPECT_MSG_EQ(totals.lostPackets, 0, "lost");
            NS_TEST_EXPECT_MSG_EQ(totals.deliveredPackets, totals.packets, "delivered");
            // 24 links, two ends, two lanes.
            NS_TEST_EXPECT_MSG_LT_OR_EQ(m_most, 96 * packets, "more than the buffers hold");
            NS_TEST_EXPECT_MSG_GT(m_most, 12, "nothing was looked at");
            Drop();
        }
    }

    /// Look at what is on its way.
    void Look()
    {
        m_most = std::max(m_most, m_network->GetPacketsInFlight());
        const uint64_t bufferBytes = GetNumber("BufferBytes");
        ForEachPort([&](const FabricPort& port) {
            for (uint8_t lane = 0; lane < 2; ++lane)
            {
                NS_TEST_EXPECT_MSG_LT_OR_EQ(port.GetCredits(lane), bufferBytes, port.GetName());
            }
        });
    }

    uint64_t m_most{0}; ///< most packets on their way
};

/**
 * @ingroup optical-fabric-tests
 * @brief A lane that is out of credit does not hold up another.
 */
class LanesTestCase : public NetworkTestCase
{
  public:
    LanesTestCase()
        : NetworkTestCase("Virtual lanes do not block one another")
    {
    }

  private:
    void DoRun() override
    {
        const int64_t together = Blocked(0);
        const int64_t apart = Blocked(1);
        NS_TEST_EXPECT_MSG_LT(apart, 2 * 100 * FRAME_PS + 2000000, "a lane of its own");
        NS_TEST_EXPECT_MSG_GT(together, 2 * apart, "behind the others");
        // Lanes take turns.
        Make();
        m_network->SetAttribute("VirtualLanes", UintegerValue(3));
        AddStar(4);
        m_network->Build();
        m_network->AssignStreams(1);
        for (uint8_t lane = 0; lane < 3; ++lane)
        {
            Post(0, 1, 4096 * 100, lane);
            Post(2, 3, 4096 * 100, 2 - lane);
        }
        Simulator::Run();
        CheckDone();
        for (const RecordingClient::Record& record : m_client.records)
        {
            NS_TEST_EXPECT_MSG_GT(record.receivedPs, 297 * FRAME_PS, "ahead of its turn");
        }
        Drop();
    }

    /**
     * Endpoints 0 to 4 overload 5; 0 also sends to the idle 6.
     * @param lane lane of the latter
     * @return when it is there, ps
     */
    int64_t Blocked(uint8_t lane)
    {
        Make();
        m_network->SetAttribute("VirtualLanes", UintegerValue(2));
        m_network->SetAttribute("BufferBytes", UintegerValue(8 * 4096));
        AddStar(7);
        m_network->Build();
        m_network->AssignStreams(1);
        for (uint32_t i = 0; i < 5; ++i)
        {
            Post(i, 5, 4096 * 1000);
        }
        const uint64_t tag = Post(0, 6, 4096 * 100, lane);
        Simulator::Run();
        CheckDone();
        Drop();
        return m_client.records[tag].receivedPs;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Credit-based flow control.
 */
class NetworkCreditTestSuite : public TestSuite
{
  public:
    NetworkCreditTestSuite()
        : TestSuite("optical-fabric-network-credit", Type::UNIT)
    {
        AddTestCase(new WindowTestCase);
        AddTestCase(new LosslessTestCase);
        AddTestCase(new LanesTestCase);
    }
};

NetworkCreditTestSuite g_networkCreditTestSuite; ///< registers the suite

} // namespace
