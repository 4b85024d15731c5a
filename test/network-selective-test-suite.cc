/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
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
 * @brief Mean delay and throughput of selective repeat.
 */
class SelectiveTestCase : public ErrorTestCase
{
  public:
    SelectiveTestCase()
        : ErrorTestCase("Selective: mean delay and throughput against the frame error ratio")
    {
    }

  private:
    void DoRun() override
    {
        for (const double ratio : {0.5, 0.1, 1e-3})
        {
            CheckAlone(ratio, 20000);
            CheckBusy(ratio, 200000);
        }
        CheckBehind(1e-3, 500000);
    }

    /// @param ratio share of damaged frames
    void MakePair(double ratio)
    {
        MakeNetwork();
        m_link.Set("RetryMode", StringValue("Selective"));
        AddPair();
        Build();
        SetRatio(ratio);
    }

    /// One packet at a time: nothing waits. @param ratio share of damage @param packets packets
    void CheckAlone(double ratio, uint32_t packets)
    {
        MakePair(ratio);
        m_client.whenReceived = [this, packets](const Transfer& transfer) {
            if (transfer.tag + 1 < packets)
            {
                Post(0, 1, 4096);
            }
        };
        Post(0, 1, 4096);
        Simulator::Run();
        CheckDone();
        const double repeats = static_cast<double>(Counters().retries) / packets;
        const double deviation = std::sqrt(ratio / packets) / (1 - ratio);
        NS_TEST_EXPECT_MSG_EQ_TOL(repeats, ratio / (1 - ratio), 3.5 * deviation, "repeats");
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().totalPs, HOP_PS + repeats * REPEAT_PS, 1, "latency");
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[RETRY], repeats * REPEAT_PS, 1, "RETRY");
        Drop();
    }

    /// A link that always sends. @param ratio share of damage @param packets packets to send
    void CheckBusy(double ratio, uint32_t packets)
    {
        MakePair(ratio);
        Post(0, 1, uint64_t{packets} * 4096);
        Simulator::Run();
        CheckDone();
        const double sentPs = 1.0 * (packets + Counters().retries) * FRAME_PS;
        const double overPs = m_client.records[0].receivedPs - sentPs - FLIGHT_PS - PHY_PS;
        // The last packets may have waited for one before them.
        NS_TEST_EXPECT_MSG_GT_OR_EQ(overPs, 0, "a frame time for each repeat");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(overPs, 20.0 * REPEAT_PS, "a frame time for each repeat");
        const double throughput = 1.0 * packets * FRAME_PS / sentPs;
        const double deviation = std::sqrt(ratio / packets);
        NS_TEST_EXPECT_MSG_EQ_TOL(throughput, 1 - ratio, 3.5 * deviation, "rate");
        Drop();
    }

    /**
     * What is sent behind a damaged frame waits for its repeat: the next less a frame time and the
     * frame time that the repeat takes, the one after that another frame time less, and so on.
     * @param ratio share of damaged frames, so small that repeats seldom meet
     * @param packets packets to send
     */
    void CheckBehind(double ratio, uint32_t packets)
    {
        MakePair(ratio);
        Post(0, 1, uint64_t{packets} * 4096);
        Simulator::Run();
        CheckDone();
        double eachPs = REPEAT_PS;
        for (int64_t waitPs = REPEAT_PS - 2 * FRAME_PS; waitPs > 0; waitPs -= FRAME_PS)
        {
            eachPs += waitPs;
        }
        const double meanPs = eachPs * Counters().retries / packets;
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[RETRY], meanPs, 0.01 * meanPs, "RETRY");
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().totalPs, HOP_PS + meanPs, 0.01 * meanPs, "latency");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Each delivery, from a model of one link, written down frame by frame.
 */
class EachFrameTestCase : public ErrorTestCase
{
  public:
    EachFrameTestCase()
        : ErrorTestCase("Each delivery over a link with damaged frames and damaged requests")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool selective : {false, true})
        {
            for (const double ratio : {0.5, 0.1, 0.01})
            {
                Check(selective, ratio, 0, 0, 0);
                Check(selective, ratio, 0.3, 0, DEFAULT_TIMEOUT_PS);
                Check(selective, ratio, 0.3, 2 * US, 2 * US);
                Check(selective, ratio, 1, 700000, 700000);
                // No answer can be there earlier.
                Check(selective, ratio, 0.1, 1, ROUND_TRIP_PS);
            }
        }
    }

    /**
     * @param selective what is sent again
     * @param ratio share of damaged frames
     * @param answerRatio share of damaged requests
     * @param setPs RetryTimeout, ps
     * @param timeoutPs what is to come of it, ps
     */
    void Check(bool selective, double ratio, double answerRatio, int64_t setPs, int64_t timeoutPs)
    {
        const uint32_t packets = 3000;
        MakeNetwork();
        // What waits for a damaged frame at the far end takes up its buffer.
        m_network->SetAttribute("BufferBytes", UintegerValue(1 << 30));
        m_link.Set("RetryMode", StringValue(selective ? "Selective" : "GoBackN"));
        m_link.Set("RetryTimeout", TimeValue(PicoSeconds(setPs)));
        AddPair();
        Build();
        SetRatio(ratio);
        SetRatio(answerRatio, 1);
        for (uint32_t i = 0; i < packets; ++i)
        {
            // Busy at first, then idle now and then.
            PostAt(i < 500 ? 0 : 150000 * i, 0, 1, 4096);
        }
        Simulator::Run();
        CheckDone();

        FrameErrorProcess errors;
        errors.SetStream(ErrorStream());
        errors.SetRatio(ratio);
        FrameErrorProcess answers;
        answers.SetStream(AnswerStream());
        answers.SetRatio(answerRatio);
        uint64_t framesToError = errors.Draw();
        uint64_t answersToError = answerRatio > 0 ? answers.Draw() : 0;
        int64_t freePs = 0;
        int64_t deliveredPs = 0;
        double retryPs = 0;
        uint64_t timeouts = 0;
        uint64_t repeats = 0;
        for (uint32_t i = 0; i < packets; ++i)
        {
            const RecordingClient::Record& record = m_client.records[i];
            const int64_t startPs = std::max(freePs, record.postedPs);
            int64_t delayPs = 0;
            int64_t framePs = FRAME_PS;
            while (--framesToError == 0)
            {
                framesToError = errors.Draw();
                const bool timeout = answersToError != 0 && --answersToError == 0;
                answersToError = timeout ? answers.Draw() : answersToError;
                delayPs += FRAME_PS + (timeout ? timeoutPs : ROUND_TRIP_PS);
                framePs += FRAME_PS;
                timeouts += timeout ? 1 : 0;
                ++repeats;
            }
            freePs = startPs + (selective ? framePs : FRAME_PS + delayPs);
            deliveredPs = std::max(deliveredPs, startPs + HOP_PS + delayPs);
            retryPs += static_cast<double>(deliveredPs - startPs - HOP_PS);
            NS_TEST_ASSERT_MSG_EQ(record.receivedPs,
                                  deliveredPs,
                                  "frame " << i << ", selective " << selective << ", " << ratio
                                           << ", " << answerRatio << ", " << timeoutPs);
        }
        NS_TEST_EXPECT_MSG_EQ(Counters().retries, repeats, "repeats");
        NS_TEST_EXPECT_MSG_EQ(Counters().timeouts, timeouts, "timeouts");
        NS_TEST_EXPECT_MSG_EQ(Counters().damagedAnswers, timeouts, "damaged requests");
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[RETRY] * packets, retryPs, 1, "RETRY");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[QUEUE], 0, "QUEUE");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Packets at a switch behind an output that repeats.
 */
class HeldTestCase : public ErrorTestCase
{
  public:
    HeldTestCase()
        : ErrorTestCase("What waits at an output that repeats: RETRY, what waits for others: QUEUE")
    {
    }

  private:
    void DoRun() override
    {
        const auto goBackN = Run("GoBackN", 1);
        // The first frame is damaged once, the second comes right behind it, from another input,
        // and would have waited for a frame time.
        NS_TEST_EXPECT_MSG_EQ(goBackN[QUEUE] * 2, FRAME_PS, "QUEUE");
        NS_TEST_EXPECT_MSG_EQ(goBackN[RETRY] * 2, 2 * REPEAT_PS, "RETRY");
        const auto twice = Run("GoBackN", 2);
        NS_TEST_EXPECT_MSG_EQ(twice[QUEUE] * 2, FRAME_PS, "QUEUE");
        NS_TEST_EXPECT_MSG_EQ(twice[RETRY] * 2, 4 * REPEAT_PS, "RETRY");
        // It waits for the frame time at the output, and for the rest behind the link.
        const auto selective = Run("Selective", 1);
        NS_TEST_EXPECT_MSG_EQ(selective[QUEUE] * 2, FRAME_PS, "QUEUE");
        NS_TEST_EXPECT_MSG_EQ(selective[RETRY] * 2, 2 * REPEAT_PS - FRAME_PS, "RETRY");
        const auto none = Run("Selective", 0);
        NS_TEST_EXPECT_MSG_EQ(none[QUEUE] * 2, FRAME_PS, "QUEUE");
        NS_TEST_EXPECT_MSG_EQ(none[RETRY] * 2, 0, "RETRY");
    }

    /**
     * Endpoints 0 and 1 send a frame each to endpoint 2, at the same time.
     * @param mode what is sent again
     * @param repeats of the first frame on the link to endpoint 2; the second one has none
     * @return mean parts of the latency, ps
     */
    std::array<double, LATENCY_PARTS> Run(const std::string& mode, uint32_t repeats)
    {
        MakeNetwork();
        m_link.Set("RetryMode", StringValue(mode));
        AddStar(3);
        Build();
        // A stream that begins with as many damaged frames, and goes on with good ones.
        const Ptr<FabricLink> link = m_network->GetLink(2);
        int64_t stream = 0;
        for (bool found = false; !found; ++stream)
        {
            FrameErrorProcess errors;
            errors.SetStream(stream);
            errors.SetRatio(0.5);
            uint32_t damaged = 0;
            uint64_t gap = errors.Draw();
            while (gap == 1)
            {
                ++damaged;
                gap = errors.Draw();
            }
            found = damaged == repeats && gap > 2;
        }
        link->GetPort(1)->GetEngine().SetStreams(stream - 1, 1000);
        SetRatio(0.5, 1, 2);
        Post(0, 2, 4096);
        Post(1, 2, 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(link->GetPort(1)->GetCounters().retries, repeats, "repeats");
        const auto parts = Mean().partsPs;
        Drop();
        return parts;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What a link sends again, and when it arrives.
 */
class NetworkSelectiveTestSuite : public TestSuite
{
  public:
    NetworkSelectiveTestSuite()
        : TestSuite("optical-fabric-network-selective", Type::UNIT)
    {
        AddTestCase(new SelectiveTestCase);
        AddTestCase(new EachFrameTestCase);
        AddTestCase(new HeldTestCase);
    }
};

NetworkSelectiveTestSuite g_networkSelectiveTestSuite; ///< registers the suite

} // namespace
