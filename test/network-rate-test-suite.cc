/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include "ns3/flow-engine.h"

#include <cmath>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Packets whose time is no whole number of picoseconds.
 */
class FrameRateTestCase : public FaultTestCase
{
  public:
    FrameRateTestCase()
        : FaultTestCase("A link runs at its rate, to the picosecond, whatever a packet takes")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* rate : {"70000Gbps", "83000Gbps", "1200Gbps", "425Gbps", "3Gbps"})
        {
            for (const uint32_t mtu : {64, 1500, 4096})
            {
                for (const uint64_t bytes : {64, 1499, 30000, 1000000})
                {
                    Check(rate, mtu, bytes, false);
                    Check(rate, mtu, bytes, true);
                }
            }
        }
        CheckPauses();
    }

    /**
     * @param rate rate of the links
     * @param mtu payload of a full packet
     * @param bytes payload of the transfer
     * @param flow as a flow
     */
    void Check(const std::string& rate, uint32_t mtu, uint64_t bytes, bool flow)
    {
        MakeStar(rate, mtu);
        if (flow)
        {
            const auto engine = CreateObject<FlowEngine>();
            engine->SetNetwork(m_network);
            m_engine = engine;
        }
        Post(0, 1, bytes);
        Simulator::Run();
        const double exactPs =
            static_cast<double>(bytes) * 8e12 / static_cast<double>(DataRate(rate).GetBitRate());
        const std::string what = rate + ", MTU " + std::to_string(mtu) + ", " +
                                 std::to_string(bytes) + " bytes" + (flow ? ", flow" : "");
        // The rate itself is kept to 2^-32 ps per byte, so that 1 MB may end in the next ps.
        const double latePs = 1.001 + static_cast<double>(bytes) / 4294967296.0;
        const auto tookPs = static_cast<double>(Latency(0));
        NS_TEST_EXPECT_MSG_GT_OR_EQ(tookPs, exactPs - 0.501, what << ": above the rate");
        NS_TEST_EXPECT_MSG_LT(tookPs, exactPs + latePs, what << ": below the rate");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].sentPs,
                              m_client.records[0].receivedPs,
                              what << ": sent");
        Drop();
    }

    /// After a pause nothing is carried: equal packets take the same time.
    void CheckPauses()
    {
        MakeStar("70000Gbps", 64);
        for (uint32_t i = 0; i < 20; ++i)
        {
            PostAt(1000 * i, 0, 1, 64);
        }
        Simulator::Run();
        for (uint32_t i = 0; i < 20; ++i)
        {
            // 7.31 ps on the last link.
            NS_TEST_EXPECT_MSG_EQ(Latency(i), 7, "packet " << i);
        }
        Drop();
    }

    /// @param rate rate of the links @param mtu payload of a full packet
    void MakeStar(const std::string& rate, uint32_t mtu)
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("Mtu", UintegerValue(mtu));
        m_network->SetAttribute("BufferBytes", UintegerValue(1U << 30));
        m_link.Set("Rate", StringValue(rate));
        m_link.Set("Delay", StringValue("0ps"));
        AddStar(2);
        m_network->GetSwitch(0)->SetAttribute("ForwardingLatency", StringValue("0ps"));
        Build();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Rates of links, to the picosecond.
 */
class NetworkRateTestSuite : public TestSuite
{
  public:
    NetworkRateTestSuite()
        : TestSuite("optical-fabric-network-rate", Type::UNIT)
    {
        AddTestCase(new FrameRateTestCase);
    }
};

NetworkRateTestSuite g_networkRateTestSuite; ///< registers the suite

} // namespace
