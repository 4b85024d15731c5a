/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-error-test-case.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t RETRAIN_PS = 10000000;                 ///< a retraining
constexpr int64_t ROUND_PS = 3 * REPEAT_PS + RETRAIN_PS; ///< three repeats in vain, and it retrains

/**
 * @ingroup optical-fabric-tests
 * @brief Links that repeat a frame three times before they retrain.
 */
class RetrainTestCase : public ErrorTestCase
{
  public:
    using ErrorTestCase::ErrorTestCase;

  protected:
    /**
     * Endpoints 0 and 1; all frames from 0 are damaged.
     * @param maxRetrains retrainings after which a frame is sent again
     * @param mode what is sent again
     */
    void MakePair(uint32_t maxRetrains, const std::string& mode = "GoBackN")
    {
        MakeNetwork();
        m_network->SetAttribute("MaxResends", UintegerValue(7));
        m_network->SetAttribute("DetectionDelay", TimeValue(PicoSeconds(100 * US)));
        m_link.Set("MaxRepeats", UintegerValue(3));
        m_link.Set("MaxRetrains", UintegerValue(maxRetrains));
        m_link.Set("RetrainTime", TimeValue(PicoSeconds(RETRAIN_PS)));
        m_link.Set("RetryMode", StringValue(mode));
        AddPair();
        Build();
        SetRatio(1);
        m_repeats.clear();
        m_retrainsPs.clear();
        m_drops = 0;
        Sender()->TraceConnectWithoutContext("Retry",
                                             MakeCallback(&RetrainTestCase::Repeated, this));
        Sender()->TraceConnectWithoutContext("Retrain",
                                             MakeCallback(&RetrainTestCase::Retrained, this));
        Sender()->TraceConnectWithoutContext("PhyTxDrop",
                                             MakeCallback(&RetrainTestCase::Dropped, this));
    }

    /// @param repeats repeats of a frame @param givenUp whether in vain
    void Repeated(uint32_t repeats, bool givenUp)
    {
        m_repeats.emplace_back(repeats, givenUp);
    }

    /// @param begin when it begins @param length how long it takes
    void Retrained(Time begin, Time length)
    {
        m_retrainsPs.push_back(begin.GetPicoSeconds());
        NS_TEST_EXPECT_MSG_EQ(length.GetPicoSeconds(), RETRAIN_PS, "length of a retraining");
    }

    /// Counts.
    void Dropped(const PacketView&)
    {
        ++m_drops;
    }

    std::vector<std::pair<uint32_t, bool>> m_repeats; ///< what Retry said
    std::vector<int64_t> m_retrainsPs;                ///< when retrainings began
    uint32_t m_drops{0};                              ///< calls of PhyTxDrop
};

/**
 * @ingroup optical-fabric-tests
 * @brief A frame that no repeat saves is lost after the retraining.
 */
class LostTestCase : public RetrainTestCase
{
  public:
    LostTestCase()
        : RetrainTestCase("MaxRetrains 0: the link retrains, the source sends again")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* mode : {"GoBackN", "Selective"})
        {
            MakePair(0, mode);
            // Two attempts fail. After the first, the source waits for the timeout; by then the
            // link has retrained.
            const int64_t secondPs = HOP_PS + ROUND_PS + TIMEOUT_PS;
            At(secondPs + 1, [this]() { SetRatio(0); });
            Post(0, 1, 4096);
            Simulator::Run();
            CheckDone();
            NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs, 2 * secondPs + HOP_PS, mode);
            NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[RETRY], 2 * ROUND_PS, "RETRY");
            NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[REROUTE], 2 * (TIMEOUT_PS + HOP_PS), "REROUTE");
            NS_TEST_EXPECT_MSG_EQ(Counters().retries, 6, "repeats");
            NS_TEST_EXPECT_MSG_EQ(Counters().retrainings, 2, "retrainings");
            NS_TEST_EXPECT_MSG_EQ(Counters().lost, 2, "given up");
            NS_TEST_EXPECT_MSG_EQ(Counters().packets, 3, "put on the link");
            NS_TEST_EXPECT_MSG_EQ(m_drops, 2, "PhyTxDrop");
            NS_TEST_ASSERT_MSG_EQ(m_repeats.size(), 2, "Retry");
            NS_TEST_EXPECT_MSG_EQ((m_repeats[1] == std::pair<uint32_t, bool>(3, true)), true, mode);
            NS_TEST_ASSERT_MSG_EQ(m_retrainsPs.size(), 2, "Retrain");
            NS_TEST_EXPECT_MSG_EQ(m_retrainsPs[0], FRAME_PS + 3 * REPEAT_PS, "Retrain");
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A frame that no repeat saves is sent again after the retraining.
 */
class SentAgainTestCase : public RetrainTestCase
{
  public:
    SentAgainTestCase()
        : RetrainTestCase("The link retrains and sends again: in order, to the picosecond")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* mode : {"GoBackN", "Selective"})
        {
            CheckSaved(mode);
            CheckLost(mode);
            CheckDown(mode, 20 * US);
            CheckDown(mode, 2 * US);
            CheckDead(mode);
        }
    }

    /// The second retraining helps. @param mode what is sent again
    void CheckSaved(const std::string& mode)
    {
        MakePair(16, mode);
        At(FRAME_PS + ROUND_PS + 1, [this]() { SetRatio(0); });
        const uint32_t packets = 20;
        for (uint32_t i = 0; i < packets; ++i)
        {
            Post(0, 1, 4096);
        }
        Simulator::Run();
        CheckDone();
        for (int64_t i = 0; i < packets; ++i)
        {
            // Nothing is sent meanwhile; then everything, in order.
            NS_TEST_EXPECT_MSG_EQ(m_client.records[i].receivedPs,
                                  2 * (FRAME_PS + ROUND_PS) + i * FRAME_PS + HOP_PS,
                                  mode << " " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[RETRY] * packets, 2 * (FRAME_PS + ROUND_PS), "RETRY");
        NS_TEST_EXPECT_MSG_EQ(Counters().packets, packets, "put on the link");
        NS_TEST_EXPECT_MSG_EQ(Counters().retries, 6, "repeats");
        NS_TEST_EXPECT_MSG_EQ(Counters().retrainings, 2, "retrainings");
        NS_TEST_EXPECT_MSG_EQ(Counters().lost, 0, "given up");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().lostPackets, 0, "lost");
        NS_TEST_ASSERT_MSG_EQ(m_repeats.size(), 2, "Retry");
        NS_TEST_EXPECT_MSG_EQ((m_repeats[1] == std::pair<uint32_t, bool>(3, false)), true, mode);
        NS_TEST_ASSERT_MSG_EQ(m_retrainsPs.size(), 2, "Retrain");
        NS_TEST_EXPECT_MSG_EQ(m_retrainsPs[1], 2 * (FRAME_PS + ROUND_PS) - RETRAIN_PS, "Retrain");
        Drop();
    }

    /// No retraining helps: it is lost after one more. @param mode what is sent again
    void CheckLost(const std::string& mode)
    {
        MakePair(2, mode);
        m_network->GetLink(0)->SetAttribute("RetryMode", StringValue(mode));
        // The first packet is lost; the next round is that of the second one.
        At(3 * (FRAME_PS + ROUND_PS) - 1, [this]() { SetRatio(0); });
        Post(0, 1, 4096);
        Post(0, 1, 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_client.records[1].receivedPs,
                              3 * (FRAME_PS + ROUND_PS) + HOP_PS,
                              mode << ": as the link is free");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs,
                              3 * (FRAME_PS + ROUND_PS) - FRAME_PS + TIMEOUT_PS + 2 * HOP_PS,
                              mode << ": end to end");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[RETRY] * 2, 3 * ROUND_PS + 2 * FRAME_PS, "RETRY");
        NS_TEST_EXPECT_MSG_EQ(Counters().retrainings, 3, "retrainings");
        NS_TEST_EXPECT_MSG_EQ(Counters().lost, 1, "given up");
        NS_TEST_EXPECT_MSG_EQ(m_drops, 1, "PhyTxDrop");
        Drop();
    }

    /**
     * The link goes down while it retrains, and comes up again.
     * @param mode what is sent again
     * @param upPs when it comes up, after the retraining or before it would have ended, ps
     */
    void CheckDown(const std::string& mode, int64_t upPs)
    {
        MakePair(16, mode);
        At(1 * US, [this]() { SetRatio(0); });
        // Three repeats are over by then.
        At(1500000, [this]() { m_network->GetLink(0)->SetUp(false); });
        At(upPs, [this]() { m_network->GetLink(0)->SetUp(true); });
        for (uint32_t i = 0; i < 5; ++i)
        {
            Post(0, 1, 4096);
        }
        Simulator::Run();
        CheckDone();
        const int64_t firstPs = std::max(upPs, FRAME_PS + ROUND_PS);
        for (int64_t i = 0; i < 5; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(m_client.records[i].receivedPs,
                                  firstPs + i * FRAME_PS + HOP_PS,
                                  mode << " " << upPs << " " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().packetLatency.GetMax(),
                              static_cast<uint64_t>(firstPs + HOP_PS),
                              "age and clock");
        Drop();
    }

    /// The link goes down while it retrains, for good. @param mode what is sent again
    void CheckDead(const std::string& mode)
    {
        MakeNetwork();
        m_network->SetAttribute("MaxResends", UintegerValue(2));
        m_network->SetAttribute("DetectionDelay", TimeValue(PicoSeconds(US)));
        m_link.Set("MaxRepeats", UintegerValue(3));
        m_link.Set("RetrainTime", TimeValue(PicoSeconds(RETRAIN_PS)));
        m_link.Set("RetryMode", StringValue(mode));
        const Ptr<FabricEndpoint> first = AddEndpoint();
        const Ptr<FabricEndpoint> second = AddEndpoint();
        Connect(first, second, 2);
        Build();
        SetRatio(1);
        SetRatio(1, 0, 1);
        At(1 * US, [this]() { SetRatio(0, 0, 1); });
        At(2 * US, [this]() { m_network->GetLink(0)->SetUp(false); });
        Post(0, 1, 10 * 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, mode << ": the other link");
        NS_TEST_EXPECT_MSG_GT(Mean().partsPs[RETRY], 0, "RETRY");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Links that retrain.
 */
class NetworkRetrainTestSuite : public TestSuite
{
  public:
    NetworkRetrainTestSuite()
        : TestSuite("optical-fabric-network-retrain", Type::UNIT)
    {
        AddTestCase(new LostTestCase);
        AddTestCase(new SentAgainTestCase);
    }
};

NetworkRetrainTestSuite g_networkRetrainTestSuite; ///< registers the suite

} // namespace
