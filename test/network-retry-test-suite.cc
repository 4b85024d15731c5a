/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-error-test-case.h"

#include <cmath>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Link-level retry costs what go-back-N costs.
 */
class GoBackNTestCase : public ErrorTestCase
{
  public:
    GoBackNTestCase()
        : ErrorTestCase("Go-back-N: mean delay and throughput against the frame error ratio")
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
        MakeNetwork();
        AddPair();
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
        // What goes wrong costs the link the time of W frames.
        const double w = static_cast<double>(REPEAT_PS) / FRAME_PS;
        const double throughput =
            1.0 * packets * FRAME_PS / (m_client.records[0].receivedPs - FLIGHT_PS - PHY_PS);
        const double expected = (1 - ratio) / (1 - ratio + ratio * w);
        NS_TEST_EXPECT_MSG_EQ_TOL(throughput, expected, 3.5 * deviation * w * expected, "rate");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What links send again is counted in bytes.
 */
class RepeatedBytesTestCase : public ErrorTestCase
{
  public:
    RepeatedBytesTestCase()
        : ErrorTestCase("Bytes of repeats: the frames, and what goes out behind a damaged one")
    {
    }

  private:
    void DoRun() override
    {
        Check("Selective", 1000000);
        Check("Selective", 1);
        Check("GoBackN", 1000000);
        Check("GoBackN", 1);
    }

    /// @param mode what links send again @param maxRepeats repeats before a link retrains
    void Check(const std::string& mode, uint32_t maxRepeats)
    {
        constexpr uint64_t PACKETS = 2000;
        constexpr uint64_t BYTES = 4096;
        // What the link sends from the end of a frame to the end of its answer, at 20 ps a byte.
        const uint64_t behind = mode == "GoBackN" ? ROUND_TRIP_PS / 20 : 0;
        MakeNetwork();
        m_link.Set("RetryMode", StringValue(mode));
        m_link.Set("MaxRepeats", UintegerValue(maxRepeats));
        m_link.Set("RetrainTime", TimeValue(PicoSeconds(US)));
        AddPair();
        Build();
        m_repeats = 0;
        m_lastRepeats = 0;
        Sender()->TraceConnectWithoutContext("Retry",
                                             MakeCallback(&RepeatedBytesTestCase::OnRetry, this));
        Post(0, 1, PACKETS * BYTES);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Counters().repeatedBytes, 0, "nothing was damaged");
        SetRatio(0.5);
        m_sendsAll = 2 * PACKETS;
        Post(0, 1, PACKETS * BYTES);
        Simulator::Run();
        CheckDone();
        const FabricPort::Counters counters = Counters();
        NS_TEST_EXPECT_MSG_EQ(counters.wireBytes, 2 * PACKETS * BYTES, "each frame once");
        NS_TEST_EXPECT_MSG_GT(counters.retries, PACKETS / 4, "many repeats");
        NS_TEST_EXPECT_MSG_EQ(counters.retries, m_repeats + m_lastRepeats, "all were told");
        NS_TEST_EXPECT_MSG_EQ((counters.retrainings > 0), (maxRepeats == 1), "retrainings");
        // A frame goes out once more after a retraining; behind the last one there is nothing.
        NS_TEST_EXPECT_MSG_EQ(counters.repeatedBytes,
                              (counters.retries + counters.retrainings) * BYTES +
                                  m_repeats * behind,
                              mode << ", at most " << maxRepeats);
        Drop();
    }

    /// @param repeats repeats of a frame
    void OnRetry(uint32_t repeats, bool /* givenUp */)
    {
        const bool isLast = Counters().packets == m_sendsAll;
        (isLast ? m_lastRepeats : m_repeats) += repeats;
    }

    uint64_t m_sendsAll{0};    ///< packets that there are to send
    uint64_t m_repeats{0};     ///< repeats of frames with more behind them
    uint64_t m_lastRepeats{0}; ///< repeats of the last one
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
            for (const char* mode : {"GoBackN", "Selective"})
            {
                Check(switching, mode, 3000);
                Check(switching, mode, 0);
            }
        }
    }

    /**
     * @param switching forwarding mode of switches
     * @param mode what links send again
     * @param bytes size of packets; frames of 0 bytes take no time
     */
    void Check(const std::string& switching, const std::string& mode, uint32_t bytes)
    {
        MakeNetwork();
        m_network->SetAttribute("Switching", StringValue(switching));
        m_network->SetAttribute("Routing", StringValue("Deterministic"));
        m_link.Set("RetryMode", StringValue(mode));
        m_link.Set("FrameErrorRatio", DoubleValue(0.2));
        AddClos(2, 2, 1);
        Build();
        for (uint32_t i = 0; i < 500; ++i)
        {
            PostAt(70000 * i, 0, 1, bytes);
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
        NS_TEST_EXPECT_MSG_EQ_TOL(repeats, 500 * 4 * 0.25, 120, mode << ": repeats");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
        Drop();
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
    /// @param maxResends how often the source sends a packet again
    void MakePair(uint32_t maxResends)
    {
        MakeNetwork();
        m_network->SetAttribute("MaxResends", UintegerValue(maxResends));
        m_link.Set("LinkRetry", BooleanValue(false));
        AddPair();
        Build();
    }

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
        MakePair(1000000);
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
        // All of an attempt in vain is time lost to sending again.
        const double reroutePs = mean * (TIMEOUT_PS + HOP_PS);
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[REROUTE], reroutePs, 1e-6 * totalPs, "REROUTE");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[PROPAGATION], FLIGHT_PS, "PROPAGATION");
        Drop();
    }

    /// Every frame is damaged: the source gives up, and the destination is told.
    void CheckFailed()
    {
        for (const uint32_t maxResends : {0, 1, 5})
        {
            MakePair(maxResends);
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
        MakePair(1);
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
 * @brief A packet that crosses long links again and again still knows its age.
 */
class LongLinkTestCase : public ErrorTestCase
{
  public:
    LongLinkTestCase()
        : ErrorTestCase("Long links: sent again, and crossed again, beyond 4.29 ms of each part")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool retry : {false, true})
        {
            MakeNetwork();
            m_network->SetAttribute("MaxResends", UintegerValue(100));
            m_network->SetAttribute("DetectionDelay", TimeValue(Seconds(1)));
            m_link.Set("Delay", TimeValue(MilliSeconds(1)));
            m_link.Set("PhyLatency", TimeValue(MilliSeconds(1)));
            m_link.Set("LinkRetry", BooleanValue(retry));
            AddPair();
            Build();
            if (retry)
            {
                // It goes down under the packet nine times.
                for (int64_t i = 0; i < 9; ++i)
                {
                    At(4000 * US * i + 1000 * US,
                       [this]() { m_network->GetLink(0)->SetUp(false); });
                    At(4000 * US * i + 1001 * US, [this]() { m_network->GetLink(0)->SetUp(true); });
                }
            }
            else
            {
                SetRatio(1);
                At(20000 * US, [this]() { SetRatio(0); });
            }
            Post(0, 1, 4096);
            Simulator::Run();
            CheckDone();
            const NetworkTotals& totals = m_network->GetTotals();
            NS_TEST_EXPECT_MSG_EQ(totals.deliveredPackets, 1, "delivered");
            NS_TEST_EXPECT_MSG_GT(totals.packetLatency.GetMax(), 20000 * US, "long enough");
            NS_TEST_EXPECT_MSG_EQ(totals.packetLatency.GetMax(),
                                  totals.transferLatency.GetMax(),
                                  "age and clock");
            Drop();
        }
    }
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
        AddTestCase(new RepeatedBytesTestCase);
        AddTestCase(new OrderTestCase);
        AddTestCase(new ResendTestCase);
        AddTestCase(new LongLinkTestCase);
    }
};

NetworkRetryTestSuite g_networkRetryTestSuite; ///< registers the suite

} // namespace
