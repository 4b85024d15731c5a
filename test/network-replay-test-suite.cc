/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "network-error-test-case.h"

#include <algorithm>
#include <cmath>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Links with a small replay buffer.
 */
class ReplayTestCase : public ErrorTestCase
{
  public:
    using ErrorTestCase::ErrorTestCase;

  protected:
    /// @param bytes replay buffer @param mode what is sent again
    void MakePair(uint32_t bytes, const std::string& mode = "GoBackN")
    {
        MakeNetwork();
        m_network->SetAttribute("BufferBytes", UintegerValue(1 << 20));
        m_link.Set("ReplayBufferBytes", UintegerValue(bytes));
        m_link.Set("RetryMode", StringValue(mode));
        AddPair();
        Build();
        m_stalledPs = 0;
        Sender()->TraceConnectWithoutContext("ReplayStall",
                                             MakeCallback(&ReplayTestCase::Stalled, this));
    }

    /// @param begin when it begins @param length how long it takes
    void Stalled(Time begin, Time length)
    {
        NS_TEST_EXPECT_MSG_GT_OR_EQ(begin, Simulator::Now(), "begins in the past");
        m_stalledPs += static_cast<uint64_t>(length.GetPicoSeconds());
    }

    uint64_t m_stalledPs{0}; ///< stalls that ReplayStall told of
};

/**
 * @ingroup optical-fabric-tests
 * @brief Buffer over round trip and frame, or the rate of the link.
 */
class WindowTestCase : public ReplayTestCase
{
  public:
    WindowTestCase()
        : ReplayTestCase("A small replay buffer: throughput, and a stall that is RETRY")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* mode : {"GoBackN", "Selective"})
        {
            // A frame and a round trip are 5.03 frames.
            for (const int64_t packets : {1, 2, 3, 4, 5})
            {
                CheckThroughput(packets, 0, mode);
                CheckThroughput(packets, 1000, mode);
            }
            CheckSwitch(mode);
            CheckErrors(mode);
        }
        CheckLarge();
        CheckDown();
        CheckChange();
    }

    /**
     * @param packets replay buffer, packets
     * @param moreBytes replay buffer beyond that, too few for another packet
     * @param mode what is sent again
     */
    void CheckThroughput(int64_t packets, uint32_t moreBytes, const std::string& mode)
    {
        const int64_t rounds = 50;
        if (packets == 5 && moreBytes != 0)
        {
            return;
        }
        MakePair(static_cast<uint32_t>(4096 * packets) + moreBytes, mode);
        Post(0, 1, 4096 * packets * rounds);
        Simulator::Run();
        CheckDone();
        // The packet in place of a packet starts when the acknowledgment is back.
        const int64_t expectedPs = (rounds - 1) * REPEAT_PS + (packets - 1) * FRAME_PS + HOP_PS;
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs, expectedPs, packets << " packets");
        const auto stallPs = static_cast<uint64_t>((rounds - 1) * (REPEAT_PS - packets * FRAME_PS));
        NS_TEST_EXPECT_MSG_EQ(Counters().replayStallPs, stallPs, "stalled");
        NS_TEST_EXPECT_MSG_EQ(m_stalledPs, stallPs, "ReplayStall");
        NS_TEST_EXPECT_MSG_EQ(Counters().creditStallPs, 0, "credit stall");
        NS_TEST_EXPECT_MSG_EQ(Counters().retries, 0, "repeats");
        Drop();
    }

    /// Packets wait at a switch for room in its replay buffer. @param mode what is sent again
    void CheckSwitch(const std::string& mode)
    {
        MakeNetwork();
        AddStar(2);
        Build();
        m_network->GetLink(1)->SetAttribute("RetryMode", StringValue(mode));
        m_network->GetLink(1)->SetAttribute("ReplayBufferBytes", UintegerValue(2 * 4096));
        const int64_t packets = 40;
        for (int64_t i = 0; i < packets; ++i)
        {
            Post(0, 1, 4096);
        }
        Simulator::Run();
        CheckDone();
        // Packets come a frame time apart, and leave two in a round trip.
        double stallPs = 0;
        for (int64_t i = 0; i < packets; ++i)
        {
            const int64_t startPs = i / 2 * REPEAT_PS + i % 2 * FRAME_PS;
            const int64_t waitPs = startPs - i * FRAME_PS;
            NS_TEST_EXPECT_MSG_EQ(m_client.records[i].receivedPs,
                                  FLIGHT_PS + PHY_PS + 200000 + startPs + HOP_PS,
                                  "packet " << i);
            // Those before it that leave while it waits are QUEUE.
            const int64_t first = (i * FRAME_PS + REPEAT_PS - 1) / REPEAT_PS;
            int64_t queuePs = 0;
            for (int64_t j = 0; j < i; ++j)
            {
                const int64_t fromPs = j / 2 * REPEAT_PS + j % 2 * FRAME_PS;
                queuePs += std::max<int64_t>(0, fromPs + FRAME_PS - std::max(fromPs, i * FRAME_PS));
            }
            NS_TEST_EXPECT_MSG_GT_OR_EQ(first, 0, "in order");
            stallPs += static_cast<double>(waitPs - queuePs);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[RETRY] * packets, stallPs, 1, "RETRY");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[CREDIT_STALL], 0, "CREDIT_STALL");
        Drop();
    }

    /// Frames are damaged, and never is more sent than the buffer holds. @param mode sent again
    void CheckErrors(const std::string& mode)
    {
        const int64_t packets = 20000;
        for (const double ratio : {0.5, 0.1})
        {
            MakePair(4096, mode);
            SetRatio(ratio);
            Post(0, 1, 4096 * packets);
            Simulator::Run();
            CheckDone();
            // One frame at a time: modes are the same.
            const auto repeats = static_cast<int64_t>(Counters().retries);
            NS_TEST_EXPECT_MSG_EQ_TOL(m_client.records[0].receivedPs,
                                      (packets - 1 + repeats) * REPEAT_PS + HOP_PS,
                                      20 * REPEAT_PS,
                                      mode);
            const double deviation = std::sqrt(ratio / packets) / (1 - ratio);
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(repeats) / packets,
                                      ratio / (1 - ratio),
                                      3.5 * deviation,
                                      "repeats");
            Drop();
        }
    }

    /// A buffer that is large enough changes nothing.
    void CheckLarge()
    {
        const int64_t packets = 1000;
        const uint32_t needBytes = 4096 + ROUND_TRIP_PS / 20;
        for (const uint32_t bytes : {uint32_t{0}, needBytes, needBytes - 1})
        {
            MakePair(bytes);
            Post(0, 1, 4096 * packets);
            Simulator::Run();
            CheckDone();
            const bool small = bytes == needBytes - 1;
            NS_TEST_EXPECT_MSG_EQ((Counters().replayStallPs > 0), small, bytes << " bytes");
            NS_TEST_EXPECT_MSG_EQ(
                (m_client.records[0].receivedPs > (packets - 1) * FRAME_PS + HOP_PS),
                small,
                bytes << " bytes");
            Drop();
        }
    }

    /// The link goes down with a full buffer; the packets are sent again.
    void CheckDown()
    {
        MakePair(2 * 4096);
        const int64_t downPs = 2 * FRAME_PS + 1000;
        At(downPs, [this]() { m_network->GetLink(0)->SetUp(false); });
        At(2 * US, [this]() { m_network->GetLink(0)->SetUp(true); });
        for (uint32_t i = 0; i < 4; ++i)
        {
            Post(0, 1, 4096);
        }
        Simulator::Run();
        CheckDone();
        for (int64_t i = 0; i < 4; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(m_client.records[i].receivedPs,
                                  2 * US + i / 2 * REPEAT_PS + i % 2 * FRAME_PS + HOP_PS,
                                  "packet " << i);
        }
        // From the end of the second frame until the link goes down, and once more.
        NS_TEST_EXPECT_MSG_EQ(Counters().replayStallPs, 1000 + REPEAT_PS - 2 * FRAME_PS, "stalled");
        Drop();
    }

    /// The buffer grows while the sender waits for room.
    void CheckChange()
    {
        for (const uint32_t bytes : {0, 3 * 4096})
        {
            MakePair(4096);
            const int64_t changePs = FRAME_PS + 100000;
            At(changePs, [this, bytes]() {
                m_network->GetLink(0)->SetAttribute("ReplayBufferBytes", UintegerValue(bytes));
            });
            Post(0, 1, 3 * 4096);
            Simulator::Run();
            CheckDone();
            NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs,
                                  changePs + FRAME_PS + HOP_PS,
                                  "at once");
            NS_TEST_EXPECT_MSG_EQ(Counters().replayStallPs, 100000, "stalled");
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Acknowledgments that are damaged.
 */
class LostAnswerTestCase : public ReplayTestCase
{
  public:
    LostAnswerTestCase()
        : ReplayTestCase("Damaged acknowledgments: timeouts, and the next one tells as much")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* mode : {"GoBackN", "Selective"})
        {
            CheckOne(mode);
            CheckMore(mode);
            CheckNone(mode);
        }
        // With a large buffer they do nothing.
        MakePair(0);
        SetRatio(0.5, 1);
        Post(0, 1, 4096 * 100);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs, 99 * FRAME_PS + HOP_PS, "the rate");
        NS_TEST_EXPECT_MSG_EQ(Counters().timeouts, 0, "timeouts");
        Drop();
    }

    /// A buffer of one frame waits for each acknowledgment. @param mode what is sent again
    void CheckOne(const std::string& mode)
    {
        const int64_t packets = 20000;
        const double ratio = 0.2;
        MakePair(4096, mode);
        SetRatio(ratio, 1);
        Post(0, 1, 4096 * packets);
        // One more, so that the link is free when the last repeat is over.
        Simulator::Run();
        CheckDone();
        const uint64_t damaged = Counters().damagedAnswers;
        const double deviation = std::sqrt(ratio / packets) / (1 - ratio);
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(damaged) / packets,
                                  ratio / (1 - ratio),
                                  3.5 * deviation,
                                  "damaged acknowledgments");
        NS_TEST_EXPECT_MSG_EQ(Counters().timeouts, damaged, "timeouts");
        NS_TEST_EXPECT_MSG_EQ(Counters().retries, damaged, "repeats");
        // Those of the last packet hold up nobody.
        NS_TEST_EXPECT_MSG_EQ_TOL(
            m_client.records[0].receivedPs,
            (packets - 1) * REPEAT_PS +
                static_cast<int64_t>(damaged) * (DEFAULT_TIMEOUT_PS + FRAME_PS) + HOP_PS,
            10 * (DEFAULT_TIMEOUT_PS + FRAME_PS),
            "end");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[RETRY], 0, "the source waits before it sends");
        Drop();
    }

    /**
     * A buffer of three frames, bursts that fill it or do not: faster than one frame at a time.
     * @param mode what is sent again
     */
    void CheckMore(const std::string& mode)
    {
        const int64_t packets = 20000;
        const double ratio = 0.2;
        MakePair(3 * 4096, mode);
        SetRatio(ratio, 1);
        Post(0, 1, 4096 * packets);
        Simulator::Run();
        CheckDone();
        const int64_t bestPs = packets / 3 * REPEAT_PS;
        NS_TEST_EXPECT_MSG_GT(m_client.records[0].receivedPs, bestPs, "faster than the buffer");
        // All three are damaged, or the last is and nothing comes behind it: one in 25 at most.
        NS_TEST_EXPECT_MSG_LT(m_client.records[0].receivedPs, bestPs * 17 / 10, "the next one");
        NS_TEST_EXPECT_MSG_LT(Counters().timeouts, Counters().damagedAnswers / 2, "timeouts");
        Drop();
        // Packets now and then: the link repeats the frame while it is idle.
        MakePair(4096, mode);
        SetRatio(ratio, 1);
        for (int64_t i = 0; i < 100; ++i)
        {
            PostAt(i * 20 * US, 0, 1, 4096);
        }
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().packetLatency.GetMax(), HOP_PS, "latency");
        NS_TEST_EXPECT_MSG_GT(Counters().timeouts, 5, "timeouts");
        Drop();
    }

    /// No acknowledgment ever gets through: retraining tells as much. @param mode sent again
    void CheckNone(const std::string& mode)
    {
        const int64_t packets = 10;
        const int64_t retrainPs = 3 * US;
        MakePair(4096, mode);
        m_network->GetLink(0)->SetAttribute("MaxRepeats", UintegerValue(2));
        m_network->GetLink(0)->SetAttribute("RetrainTime", TimeValue(PicoSeconds(retrainPs)));
        SetRatio(1, 1);
        Post(0, 1, 4096 * packets);
        Simulator::Run();
        CheckDone();
        const int64_t eachPs = FRAME_PS + 2 * (DEFAULT_TIMEOUT_PS + FRAME_PS) + retrainPs;
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs,
                              (packets - 1) * eachPs + HOP_PS,
                              "timeouts and retrainings");
        NS_TEST_EXPECT_MSG_EQ(Counters().retrainings, packets, "retrainings");
        NS_TEST_EXPECT_MSG_EQ(Counters().timeouts, 2 * packets, "timeouts");
        NS_TEST_EXPECT_MSG_EQ(Counters().lost, 0, "lost");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What a link refuses, and what it does at once.
 */
class RefusalTestCase : public ReplayTestCase
{
  public:
    RefusalTestCase()
        : ReplayTestCase("A replay buffer smaller than a frame is refused; changes are in force")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t bytes : {1, 4096, 4159})
        {
            MakeNetwork();
            m_network->SetAttribute("HeaderBytes", UintegerValue(64));
            m_link.Set("ReplayBufferBytes", UintegerValue(bytes));
            AddPair();
            const std::string message = AbortMessage([this]() { m_network->Build(); });
            NS_TEST_EXPECT_MSG_NE(message.find("ReplayBufferBytes " + std::to_string(bytes) +
                                               ", allowed 0 or at least a packet, 4160"),
                                  std::string::npos,
                                  message);
            Drop();
        }
        MakePair(4096);
        const Ptr<FabricLink> link = m_network->GetLink(0);
        const auto takes = [&link](const char* name, const AttributeValue& value) {
            return link->SetAttributeFailSafe(name, value);
        };
        NS_TEST_EXPECT_MSG_EQ(takes("ReplayBufferBytes", UintegerValue(4095)), false, "4095");
        UintegerValue bytes;
        link->GetAttribute("ReplayBufferBytes", bytes);
        NS_TEST_EXPECT_MSG_EQ(bytes.Get(), 4096, "it was refused");
        NS_TEST_EXPECT_MSG_EQ(takes("ReplayBufferBytes", UintegerValue(0)), true, "0");
        NS_TEST_EXPECT_MSG_EQ(takes("Rate", DataRateValue(DataRate("1Mbps"))), false, "Rate");
        NS_TEST_EXPECT_MSG_EQ(takes("RetryTimeout", TimeValue(Seconds(2))), false, "RetryTimeout");

        // A factory refuses as well, before there is a link.
        const std::string message =
            AbortMessage([this]() { m_link.Set("Rate", DataRateValue(DataRate("1Mbps"))); });
        NS_TEST_EXPECT_MSG_NE(message.find("Rate"), std::string::npos, message);

        // In force at once, without another change of state.
        SetRatio(0.9);
        link->SetAttribute("RetryTurnaround", TimeValue(PicoSeconds(0)));
        Post(0, 1, 100 * 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[RETRY] * 100,
                                  1.0 * Counters().retries * (REPEAT_PS - TURN_PS),
                                  100,
                                  "RetryTurnaround");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Replay buffers, and the acknowledgments they wait for.
 */
class NetworkReplayTestSuite : public TestSuite
{
  public:
    NetworkReplayTestSuite()
        : TestSuite("optical-fabric-network-replay", Type::UNIT)
    {
        AddTestCase(new WindowTestCase);
        AddTestCase(new LostAnswerTestCase);
        AddTestCase(new RefusalTestCase);
    }
};

NetworkReplayTestSuite g_networkReplayTestSuite; ///< registers the suite

} // namespace
