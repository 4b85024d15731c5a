/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include "ns3/collective-helper.h"
#include "ns3/flow-engine.h"
#include "ns3/time-end.h"

#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Sums and products that do not wrap around.
 */
class TimeEndSumTestCase : public TestCase
{
  public:
    TimeEndSumTestCase()
        : TestCase("Times that are too long are as long as can be")
    {
    }

  private:
    void DoRun() override
    {
        const Time longest = TimeStep(INT64_MAX);
        const Time end = TimeStep(TimeEnd::PS);
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Add(TimeStep(3), TimeStep(4)), TimeStep(7), "sum");
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Add(end, end), longest, "sum");
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Add(longest, longest), longest, "sum");
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Multiply(TimeStep(3), 4), TimeStep(12), "product");
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Multiply(longest, 0), Time(0), "product");
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Multiply(longest, 1), longest, "product");
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Multiply(TimeStep(INT64_MAX / 2 + 1), 2), longest, "");
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::Multiply(end, UINT64_MAX), longest, "product");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Runs that would go on beyond the end of simulated time are stopped there.
 */
class TimeEndRunTestCase : public FaultTestCase
{
  public:
    TimeEndRunTestCase()
        : FaultTestCase("No run goes on beyond the end of simulated time")
    {
    }

  private:
    void DoRun() override
    {
        // Sent again and again, as packets and as a flow.
        for (const bool flow : {false, true})
        {
            MakeDead(flow, 92010);
            Post(0, 1, 4096);
            CheckStopped(flow ? "flow that is resent" : "packet that is resent");
            MakeDead(flow, 89990);
            Post(0, 1, 4096);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(TimeEnd::IsHere(), false, "given up before");
            NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes, 4096, "given up");
            Drop();
        }

        // A flow of 2e6 s, and one that does not end in time.
        for (const uint64_t bytes : {uint64_t{250000000000000}, uint64_t{1} << 52})
        {
            MakeNetwork(US, US);
            m_link.Set("Rate", StringValue("1Gbps"));
            AddStar(2);
            Build();
            UseFlows();
            Post(0, 1, bytes);
            if (bytes == uint64_t{1} << 52)
            {
                CheckStopped("long flow");
                continue;
            }
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ_TOL(Simulator::Now().GetSeconds(), 2e6, 1e-3, "long flow");
            NS_TEST_EXPECT_MSG_EQ(m_client.records[0].received, 1, "long flow");
            Drop();
        }

        // Computing that takes longer than there is time, and than fits 64 bits.
        for (const uint64_t bytes : {1U << 22, 1U << 30})
        {
            for (const bool flow : {false, true})
            {
                MakeNetwork(US, US);
                AddStar(2);
                Build();
                if (flow)
                {
                    UseFlows();
                }
                CollectiveHelper helper(flow ? m_engine : Ptr<TransferEngine>(m_network));
                CollectiveSpec spec;
                spec.name = "slow";
                spec.bytes = bytes;
                spec.group = {0, 1};
                spec.reduceRate = DataRate(1);
                helper.Install(spec);
                NS_TEST_EXPECT_MSG_EQ(helper.Run(), false, "finished");
                NS_TEST_EXPECT_MSG_EQ(Simulator::Now().GetTimeStep(), TimeEnd::PS, "computing");
                NS_TEST_EXPECT_MSG_EQ(TimeEnd::IsHere(), true, "the end");
                helper.GetRunner()->Dispose();
                Drop();
            }
        }
    }

    /// Transfers go as flows.
    void UseFlows()
    {
        const auto engine = CreateObject<FlowEngine>();
        engine->SetNetwork(m_network);
        m_engine = engine;
    }

    /// @param flow as flows @param resends how often a lost packet is sent again
    void MakeDead(bool flow, uint32_t resends)
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("ResendTimeout", TimeValue(Seconds(100)));
        m_network->SetAttribute("MaxResends", UintegerValue(resends));
        m_network->GetWatchdog()->SetAttribute("Interval", TimeValue(Time(0)));
        AddStar(2);
        m_network->GetLink(1)->SetUp(false);
        Build();
        if (flow)
        {
            UseFlows();
        }
    }

    /// @param what what the run is about
    void CheckStopped(const std::string& what)
    {
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now().GetTimeStep(), TimeEnd::PS, what);
        NS_TEST_EXPECT_MSG_EQ(TimeEnd::IsHere(), true, what);
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].received, 0, what);
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The end of simulated time.
 */
class TimeEndTestSuite : public TestSuite
{
  public:
    TimeEndTestSuite()
        : TestSuite("optical-fabric-time-end", Type::UNIT)
    {
        AddTestCase(new TimeEndSumTestCase);
        AddTestCase(new TimeEndRunTestCase);
    }
};

TimeEndTestSuite g_timeEndTestSuite; ///< registers the suite

} // namespace
