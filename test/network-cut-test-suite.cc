/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr uint32_t BYTES = 65000;        ///< payload of a long packet
constexpr int64_t LONG_PS = 520 * US;    ///< its time at 1 Gb/s
constexpr int64_t DOWN_PS = 100 * US;    ///< when links go down
constexpr int64_t UP_PS = 1100 * US;     ///< when they come up
constexpr int64_t NOTICED_PS = 10 * US;  ///< until routing notices
constexpr int64_t LATE_PS = 5000 * US;   ///< long after all that
constexpr int64_t RESEND_PS = 2000 * US; ///< until a source notices a loss

/**
 * @ingroup optical-fabric-tests
 * @brief Packets that take long, on networks without latencies.
 */
class CutTestCase : public FaultTestCase
{
  public:
    using FaultTestCase::FaultTestCase;

  protected:
    /**
     * Endpoints at both ends of a chain of switches; link 0 is that of endpoint 0, link 1 that of
     * endpoint 1, the next ones are those of the switches.
     * @param detectionPs until routing notices
     * @param switches number of switches
     */
    void MakeChain(int64_t detectionPs, uint32_t switches)
    {
        MakeNetwork(detectionPs, US);
        m_network->SetAttribute("Mtu", UintegerValue(BYTES));
        m_network->SetAttribute("Switching", StringValue(m_switching));
        m_network->SetAttribute("ResendTimeout", TimeValue(PicoSeconds(RESEND_PS)));
        m_link.Set("Rate", StringValue("1Gbps"));
        m_link.Set("Delay", StringValue("0ps"));
        m_link.Set("LinkRetry", BooleanValue(m_retry));
        std::vector<Ptr<FabricSwitch>> chain;
        for (uint32_t i = 0; i < switches; ++i)
        {
            chain.push_back(AddSwitch());
            chain.back()->SetAttribute("ForwardingLatency", StringValue("0ps"));
        }
        Connect(AddEndpoint(), chain.front());
        Connect(AddEndpoint(), chain.back());
        for (uint32_t i = 1; i < switches; ++i)
        {
            Connect(chain[i - 1], chain[i]);
        }
    }

    /**
     * One long packet, from endpoint 0 to 1.
     * @param links what goes down at 100 us, and comes up at 1,100 us
     * @return when it is there, ps
     */
    int64_t Send(const std::vector<uint32_t>& links)
    {
        Build();
        for (const uint32_t link : links)
        {
            SetUpAt(link, DOWN_PS, false);
            SetUpAt(link, UP_PS, true);
        }
        Post(0, 1, BYTES);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().packetLatency.GetMax(),
                              static_cast<uint64_t>(Latency(0)),
                              "age");
        const int64_t latencyPs = Latency(0);
        Drop();
        return latencyPs;
    }

    bool m_retry{true};                    ///< links repeat frames
    std::string m_switching{"CutThrough"}; ///< forwarding mode
};

/**
 * @ingroup optical-fabric-tests
 * @brief No packet crosses a link that is down, however far its first bit has come.
 */
class DeadLinkTestCase : public CutTestCase
{
  public:
    DeadLinkTestCase()
        : CutTestCase("A link goes down under a packet: it is sent once the link is back")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t switches : {1, 3})
        {
            m_switching = "CutThrough";
            MakeChain(LATE_PS, switches);
            NS_TEST_EXPECT_MSG_EQ(Send({}), LONG_PS, "no fault");
            // The first link, the last, those in between: each has it, or keeps it.
            for (uint32_t link = 0; link <= switches; ++link)
            {
                MakeChain(LATE_PS, switches);
                NS_TEST_EXPECT_MSG_EQ(Send({link}), UP_PS + LONG_PS, "cut through, link " << link);
            }
            m_switching = "StoreAndForward";
            MakeChain(LATE_PS, switches);
            NS_TEST_EXPECT_MSG_EQ(Send({0}), UP_PS + (switches + 1) * LONG_PS, "stored");
            MakeChain(LATE_PS, switches);
            const int64_t therePs = std::max(switches * LONG_PS, UP_PS);
            NS_TEST_EXPECT_MSG_EQ(Send({1}), therePs + LONG_PS, "not on the last link yet");
        }
        m_switching = "CutThrough";

        // A switch goes down with all its links, in either order.
        for (const std::vector<uint32_t>& links :
             {std::vector<uint32_t>{0, 2}, {2, 0}, {2, 3}, {3, 2}, {3, 1}, {1, 3}})
        {
            MakeChain(LATE_PS, 3);
            NS_TEST_EXPECT_MSG_EQ(Send(links), UP_PS + LONG_PS, "a switch");
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Without a copy at the link, the source sends it again.
 */
class DeadLinkResendTestCase : public CutTestCase
{
  public:
    DeadLinkResendTestCase()
        : CutTestCase("A link goes down under a packet: its source sends it again")
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t link = 0; link <= 3; ++link)
        {
            // Nothing on the way repeats it: lost as the link goes down.
            m_retry = false;
            MakeChain(LATE_PS, 3);
            NS_TEST_EXPECT_MSG_EQ(Send({link}), DOWN_PS + RESEND_PS + LONG_PS, "link " << link);
            // It waits at the link until routing notices, and finds no other way.
            m_retry = true;
            MakeChain(NOTICED_PS, 3);
            NS_TEST_EXPECT_MSG_EQ(Send({link}),
                                  DOWN_PS + NOTICED_PS + RESEND_PS + LONG_PS,
                                  "noticed, link " << link);
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What was cut does not go on from a queue either.
 */
class CutInQueueTestCase : public CutTestCase
{
  public:
    CutInQueueTestCase()
        : CutTestCase("A link goes down under a packet that waits at the next output")
    {
    }

  private:
    void DoRun() override
    {
        MakeChain(LATE_PS, 1);
        Connect(AddEndpoint(), m_network->GetSwitch(0));
        Build();
        SetUpAt(0, DOWN_PS, false);
        SetUpAt(0, UP_PS, true);
        // That of endpoint 2 has the output; that of endpoint 0 waits behind it.
        Post(2, 1, BYTES);
        PostAt(US, 0, 1, BYTES);
        PostAt(2 * US, 2, 1, BYTES);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(Latency(0), LONG_PS, "has the output");
        NS_TEST_EXPECT_MSG_EQ(Latency(1) + US, UP_PS + LONG_PS, "waited, and was cut");
        NS_TEST_EXPECT_MSG_EQ(Latency(2) + 2 * US, 2 * LONG_PS, "does not wait for it");
        Drop();

        // The rate changes under a packet: that keeps the rate it was sent with.
        MakeChain(LATE_PS, 1);
        Build();
        const auto setRate = [this](const char* rate) {
            m_network->GetLink(0)->SetAttribute("Rate", StringValue(rate));
        };
        At(DOWN_PS, [setRate]() { setRate("2Gbps"); });
        SetUpAt(0, LONG_PS - US, false);
        SetUpAt(0, UP_PS, true);
        Post(0, 1, BYTES);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(Latency(0), UP_PS + LONG_PS, "cut in its last microsecond");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Frames that links cut.
 */
class NetworkCutTestSuite : public TestSuite
{
  public:
    NetworkCutTestSuite()
        : TestSuite("optical-fabric-network-cut", Type::UNIT)
    {
        AddTestCase(new DeadLinkTestCase);
        AddTestCase(new DeadLinkResendTestCase);
        AddTestCase(new CutInQueueTestCase);
    }
};

NetworkCutTestSuite g_networkCutTestSuite; ///< registers the suite

} // namespace
