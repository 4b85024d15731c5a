/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief The state of a link changes under traffic.
 */
class ChangeTestCase : public FaultTestCase
{
  public:
    ChangeTestCase()
        : FaultTestCase("Rate and delay change in mid-run, from the next packet on")
    {
    }

  private:
    void DoRun() override
    {
        MakeNetwork(US, US);
        m_link.Set("Delay", TimeValue(PicoSeconds(50000)));
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint());
        Build();
        // Packets 0 to 10 have begun to leave by then.
        At(10 * FRAME_PS + 1, [this]() {
            LinkState state = m_network->GetLink(0)->GetState(0);
            state.rate = DataRate("100Gbps");
            state.propagation = NanoSeconds(700);
            m_network->GetLink(0)->SetState(0, state);
        });
        Post(0, 1, 4096 * 100);
        Post(1, 0, 4096 * 100);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(Latency(0), 11 * FRAME_PS + 89 * 4 * FRAME_PS + 700000, "slower");
        NS_TEST_EXPECT_MSG_EQ(Latency(1), 100 * FRAME_PS + 50000, "the other direction");
        Drop();

        // A link that becomes faster under a packet: its head is at the switch, its tail not yet.
        MakeNetwork(US, US);
        m_link.Set("Rate", StringValue("1Gbps"));
        AddStar(2);
        Build();
        At(1000, [this]() {
            for (const uint32_t i : {0, 1})
            {
                LinkState state = m_network->GetLink(i)->GetState(0);
                state.rate = DataRate("400Gbps");
                m_network->GetLink(i)->SetState(0, state);
                m_network->GetLink(i)->SetState(1, state);
            }
        });
        m_client.whenReceived = [this](const Transfer& transfer) {
            if (transfer.tag == 0)
            {
                Post(1, 0, 4096);
            }
        };
        Post(0, 1, 4096);
        Simulator::Run();
        CheckDone();
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What the packets say of their age is what the clock says.
 */
class TrueAgeTestCase : public FaultTestCase
{
  public:
    TrueAgeTestCase()
        : FaultTestCase("The parts of the latency add up to true time, through all faults")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool retry : {true, false})
        {
            MakeNetwork(2 * US, 3 * US);
            m_link.Set("LinkRetry", BooleanValue(retry));
            m_link.Set("MaxRepeats", UintegerValue(2));
            m_link.Set("MaxRetrains", UintegerValue(0));
            m_link.Set("Delay", TimeValue(PicoSeconds(400000)));
            AddClos(2, 2, 1);
            Build();
            // Links 2 to 5 are those between the switches.
            for (uint32_t i = 0; i < 300; ++i)
            {
                SetUpAt(2 + i % 4, 3700000 * (i + 1), false);
                SetUpAt(2 + i % 4, 3700000 * (i + 1) + 900000 * (i % 9 + 1), true);
            }
            for (uint32_t i = 2; i < 6; ++i)
            {
                LinkState state = m_network->GetLink(i)->GetState(0);
                state.frameErrorRatio = 0.3;
                m_network->GetLink(i)->SetState(0, state);
            }
            // One at a time, so that a packet is made when its transfer is posted.
            m_client.whenReceived = [this](const Transfer& transfer) {
                if (transfer.tag < 500)
                {
                    Post(0, 1, 4096);
                }
            };
            Post(0, 1, 4096);
            Simulator::Run();
            CheckDone();
            const NetworkTotals& totals = m_network->GetTotals();
            NS_TEST_EXPECT_MSG_EQ(totals.packetLatency.GetCount() + totals.failedTransfers,
                                  501,
                                  "delivered or failed");
            NS_TEST_EXPECT_MSG_EQ(totals.packetLatency.GetMean(),
                                  totals.transferLatency.GetMean(),
                                  "age and clock");
            NS_TEST_EXPECT_MSG_EQ(totals.packetLatency.GetMax(),
                                  totals.transferLatency.GetMax(),
                                  "age and clock");
            NS_TEST_EXPECT_MSG_GT(Mean().partsPs[REROUTE], 0, "no losses");
            NS_TEST_EXPECT_MSG_EQ((Mean().partsPs[RETRY] > 0), retry, "no repeats");
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Links whose state changes, and what it does to latency.
 */
class NetworkChangesTestSuite : public TestSuite
{
  public:
    NetworkChangesTestSuite()
        : TestSuite("optical-fabric-network-changes", Type::UNIT)
    {
        AddTestCase(new ChangeTestCase);
        AddTestCase(new TrueAgeTestCase);
    }
};

NetworkChangesTestSuite g_networkChangesTestSuite; ///< registers the suite

} // namespace
