/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-test-case.h"

#include <cmath>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t FRAME_PS = 81920;     ///< a full packet, 4096 bytes, at 400 Gb/s
constexpr int64_t FLIGHT_PS = 50000;    ///< signal flight
constexpr int64_t PHY_PS = 100000;      ///< FEC and signal processing
constexpr int64_t TURN_PS = 30000;      ///< from damage to request
constexpr int64_t TIMEOUT_PS = 5000000; ///< until a source notices a loss
constexpr int64_t HOP_PS = FRAME_PS + FLIGHT_PS + PHY_PS; ///< a packet over the link

/// A repeat: the request comes back, and the frame goes again.
constexpr int64_t REPEAT_PS = FRAME_PS + 2 * (FLIGHT_PS + PHY_PS) + TURN_PS;

/**
 * @ingroup optical-fabric-tests
 * @brief Two endpoints and a link that damages frames.
 */
class ErrorTestCase : public NetworkTestCase
{
  public:
    using NetworkTestCase::NetworkTestCase;

  protected:
    /**
     * @param retry whether the link repeats frames
     * @param maxRepeats how often
     * @param maxResends how often the source does
     * @param retrainPs pause of the link that has given up, ps
     */
    void MakePair(bool retry, uint32_t maxRepeats, uint32_t maxResends, int64_t retrainPs = 0)
    {
        Make();
        m_network->SetAttribute("ResendTimeout", TimeValue(PicoSeconds(TIMEOUT_PS)));
        m_network->SetAttribute("MaxResends", UintegerValue(maxResends));
        m_link.Set("Delay", TimeValue(PicoSeconds(FLIGHT_PS)));
        m_link.Set("PhyLatency", TimeValue(PicoSeconds(PHY_PS)));
        m_link.Set("LinkRetry", BooleanValue(retry));
        m_link.Set("MaxRepeats", UintegerValue(maxRepeats));
        m_link.Set("RetryTurnaround", TimeValue(PicoSeconds(TURN_PS)));
        m_link.Set("RetrainTime", TimeValue(PicoSeconds(retrainPs)));
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint());
    }

    /// @param ratio share of damaged frames from endpoint 0 to 1, from now on
    void SetRatio(double ratio)
    {
        LinkState state = m_network->GetLink(0)->GetState(0);
        state.frameErrorRatio = ratio;
        m_network->GetLink(0)->SetState(0, state);
    }

    /// Build, and assign streams.
    void Build()
    {
        m_network->Build();
        m_network->AssignStreams(77);
    }

    /// @return counters of the sending port
    FabricPort::Counters Counters() const
    {
        return m_network->GetEndpoint(0)->GetPort(0)->GetCounters();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Link-level retry costs what go-back-N costs.
 */
class GoBackNTestCase : public ErrorTestCase
{
  public:
    GoBackNTestCase()
        : ErrorTestCase("Link-level retry: mean delay of go-back-N")
    {
    }

  private:
    void DoRun() override
    {
        Check(0.5, 40000);
        Check(0.1, 40000);
        Check(1e-3, 400000);
    }

    /// @param ratio share of damaged frames @param packets packets to send
    void Check(double ratio, uint32_t packets)
    {
        MakePair(true, 1000000, 0);
        Build();
        SetRatio(ratio);
        Post(0, 1, uint64_t{packets} * 4096);
        Simulator::Run();
        CheckDone();
        const NetworkTotals& totals = m_network->GetTotals();
        NS_TEST_EXPECT_MSG_EQ(totals.deliveredPackets, packets, "all delivered");
        NS_TEST_EXPECT_MSG_EQ(totals.lostPackets, 0, "lost");
        // Each frame is repeated a geometric number of times: mean p / (1 - p), variance
        // p / (1 - p)^2.
        const double repeats = ratio / (1 - ratio);
        const double deviation = std::sqrt(ratio / packets) / (1 - ratio);
        const double mean = static_cast<double>(Counters().retries) / packets;
        NS_TEST_EXPECT_MSG_EQ_TOL(mean, repeats, 3.5 * deviation, "repeats per frame");
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[RETRY], mean * REPEAT_PS, 1, "RETRY");
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().totalPs, HOP_PS + mean * REPEAT_PS, 1, "latency");
        // The link is busy with it: everything behind is held up.
        NS_TEST_EXPECT_MSG_EQ(
            m_client.records[0].receivedPs,
            static_cast<int64_t>(packets * FRAME_PS + Counters().retries * REPEAT_PS) + FLIGHT_PS +
                PHY_PS,
            "end of the transfer");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Retry at every link of a path; nothing overtakes.
 */
class OrderTestCase : public ErrorTestCase
{
  public:
    OrderTestCase()
        : ErrorTestCase("Link-level retry on a path: in order, also through switches")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* switching : {"CutThrough", "StoreAndForward"})
        {
            Make();
            m_network->SetAttribute("Switching", StringValue(switching));
            m_network->SetAttribute("Routing", StringValue("Deterministic"));
            m_link.Set("FrameErrorRatio", DoubleValue(0.2));
            AddClos(2, 2, 1);
            Build();
            for (uint32_t i = 0; i < 500; ++i)
            {
                PostAt(200000 * i, 0, 1, 3000);
            }
            uint64_t next = 0;
            m_client.whenReceived = [this, &next](const Transfer& transfer) {
                NS_TEST_EXPECT_MSG_EQ(transfer.tag, next, "overtaken");
                ++next;
            };
            Simulator::Run();
            CheckDone();
            uint64_t repeats = 0;
            ForEachPort([&](const FabricPort& port) { repeats += port.GetCounters().retries; });
            NS_TEST_EXPECT_MSG_EQ_TOL(repeats, 500 * 4 * 0.25, 120, "repeats");
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Without link-level retry, the source sends again.
 */
class ResendTestCase : public ErrorTestCase
{
  public:
    ResendTestCase()
        : ErrorTestCase("Without retry: sent again end to end, or reported failed")
    {
    }

  private:
    void DoRun() override
    {
        for (const double ratio : {0.5, 0.1})
        {
            CheckResent(ratio);
        }
        CheckFailed();
        CheckSomeFail();
    }

    /// @param ratio share of damaged frames
    void CheckResent(double ratio)
    {
        const uint32_t packets = 4000;
        MakePair(false, 16, 1000000);
        Build();
        SetRatio(ratio);
        // One at a time.
        m_client.whenReceived = [this](const Transfer& transfer) {
            if (transfer.tag + 1 < packets)
            {
                Post(0, 1, 4096);
            }
        };
        Post(0, 1, 4096);
        Simulator::Run();
        CheckDone();
        const NetworkTotals& totals = m_network->GetTotals();
        const double mean = static_cast<double>(totals.resentPackets) / packets;
        const double deviation = std::sqrt(ratio / packets) / (1 - ratio);
        NS_TEST_EXPECT_MSG_EQ_TOL(mean, ratio / (1 - ratio), 3.5 * deviation, "resends");
        NS_TEST_EXPECT_MSG_EQ(totals.lostPackets, totals.resentPackets, "lost");
        NS_TEST_EXPECT_MSG_EQ(Counters().lost, totals.lostPackets, "lost at the port");
        NS_TEST_EXPECT_MSG_EQ(totals.failedBytes, 0, "failed");
        NS_TEST_EXPECT_MSG_EQ(Counters().retries, 0, "repeats");
        const double totalPs = HOP_PS + mean * (HOP_PS + TIMEOUT_PS);
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().totalPs, totalPs, 1e-6 * totalPs, "latency");
        NS_TEST_EXPECT_MSG_EQ_TOL(totals.transferLatency.GetMean(), totalPs, 1e-6 * totalPs, "it");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[RETRY], 0, "RETRY");
        NS_TEST_EXPECT_MSG_GT_OR_EQ(Mean().partsPs[REROUTE] + 1, mean * TIMEOUT_PS, "REROUTE");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(Mean().partsPs[REROUTE] - 1,
                                    mean * (TIMEOUT_PS + HOP_PS),
                                    "REROUTE");
        Drop();
    }

    /// Every frame is damaged: the source gives up, and the destination is told.
    void CheckFailed()
    {
        for (const uint32_t maxResends : {0, 1, 5})
        {
            MakePair(false, 16, maxResends);
            Build();
            SetRatio(1);
            Post(0, 1, 4096);
            Simulator::Run();
            CheckDone();
            // Sent once and resent; each time it takes the timeout to notice, and once more to
            // tell.
            NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs,
                                  (maxResends + 1) * (HOP_PS + TIMEOUT_PS) + TIMEOUT_PS,
                                  "reported");
            NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes, 4096, "failed bytes");
            NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedAt, m_network->GetNodeId(1), "at");
            const NetworkTotals& totals = m_network->GetTotals();
            NS_TEST_EXPECT_MSG_EQ(totals.resentPackets, maxResends, "resent");
            NS_TEST_EXPECT_MSG_EQ(totals.lostPackets, maxResends + 1, "lost");
            NS_TEST_EXPECT_MSG_EQ(totals.failedTransfers, 1, "failed transfers");
            NS_TEST_EXPECT_MSG_EQ(totals.transferLatency.GetCount(), 0, "a latency of a failure");
            Drop();
        }
    }

    /// Some packets of a transfer fail: exactly their bytes are reported.
    void CheckSomeFail()
    {
        const uint32_t packets = 20000;
        MakePair(false, 16, 1);
        Build();
        SetRatio(0.5);
        Post(0, 1, uint64_t{packets} * 4096);
        Simulator::Run();
        CheckDone();
        const double share = static_cast<double>(m_client.records[0].failedBytes) / 4096 / packets;
        NS_TEST_EXPECT_MSG_EQ_TOL(share, 0.25, 3.5 * std::sqrt(0.1875 / packets), "lost twice");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes % 4096, 0, "whole packets");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link that has repeated a frame often enough gives up and retrains.
 */
class MaxRepeatsTestCase : public ErrorTestCase
{
  public:
    MaxRepeatsTestCase()
        : ErrorTestCase("MaxRepeats exceeded: the link retrains, the source sends again")
    {
    }

  private:
    void DoRun() override
    {
        const int64_t retrainPs = 10000000;
        MakePair(true, 3, 7, retrainPs);
        Build();
        SetRatio(1);
        // Two attempts fail. After the first, the source waits for the timeout; by then the link
        // has retrained.
        const int64_t attemptPs = 3 * REPEAT_PS + retrainPs;
        const int64_t secondPs = HOP_PS + attemptPs + TIMEOUT_PS;
        At(secondPs + 1, [this]() { SetRatio(0); });
        m_calls = 0;
        m_network->GetEndpoint(0)->GetPort(0)->TraceConnectWithoutContext(
            "Retry",
            MakeCallback(&MaxRepeatsTestCase::Retried, this));
        Post(0, 1, 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs, 2 * secondPs + HOP_PS, "delivered");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[RETRY], 2 * attemptPs, "RETRY");
        NS_TEST_EXPECT_MSG_EQ(Counters().retries, 6, "repeats");
        NS_TEST_EXPECT_MSG_EQ(Counters().lost, 2, "given up");
        NS_TEST_EXPECT_MSG_EQ(m_calls, 2, "Retry trace");
        Drop();
    }

    /// @param repeats repeats of a frame @param givenUp whether in vain
    void Retried(uint32_t repeats, bool givenUp)
    {
        ++m_calls;
        NS_TEST_EXPECT_MSG_EQ(repeats, 3, "repeats");
        NS_TEST_EXPECT_MSG_EQ(givenUp, true, "given up");
    }

    uint32_t m_calls{0}; ///< calls of Retried
};

/**
 * @ingroup optical-fabric-tests
 * @brief Frame errors, and what is done about them.
 */
class NetworkRetryTestSuite : public TestSuite
{
  public:
    NetworkRetryTestSuite()
        : TestSuite("optical-fabric-network-retry", Type::UNIT)
    {
        AddTestCase(new GoBackNTestCase);
        AddTestCase(new OrderTestCase);
        AddTestCase(new ResendTestCase);
        AddTestCase(new MaxRepeatsTestCase);
    }
};

NetworkRetryTestSuite g_networkRetryTestSuite; ///< registers the suite

} // namespace
