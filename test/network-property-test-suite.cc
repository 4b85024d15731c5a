/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-runs-test-case.h"

#include <map>
#include <sstream>
#include <string>
#include <utility>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/// Bytes and packets from endpoint to endpoint.
using Flows = std::map<std::pair<uint32_t, uint32_t>, int64_t>;

/**
 * @ingroup optical-fabric-tests
 * @brief What holds in every fabric, whatever happens to it.
 */
class NetworkPropertyTestCase : public RandomRunsTestCase
{
  public:
    using RandomRunsTestCase::RandomRunsTestCase;

  private:
    void DoRun() override
    {
        RandomRunsTestCase::DoRun();
        NS_TEST_EXPECT_MSG_EQ(m_stuck, 0, "runs stopped by the watchdog");
    }

    /**
     * @param number number of the fabric
     * @return the run's totals in words
     */
    std::string RunOnce(uint32_t number) override
    {
        MakeRandom(number, m_trouble);
        m_delivered.clear();
        const bool traced = number % 2 == 0;
        for (uint32_t i = 0; traced && i < m_network->GetNEndpoints(); ++i)
        {
            for (uint32_t p = 0; p < m_network->GetEndpoint(i)->GetNPorts(); ++p)
            {
                m_network->GetEndpoint(i)->GetPort(p)->TraceConnectWithoutContext(
                    "MacRx",
                    MakeCallback(&NetworkPropertyTestCase::Delivered, this));
            }
        }
        for (uint32_t i = 0; i < 40; ++i)
        {
            At(Draw(0, 100000000), [this]() { CheckCredits(); });
        }
        Simulator::Stop(Seconds(20));
        Simulator::Run();
        if (!m_network->GetStallReport().empty() && (m_trouble == LINKS || m_trouble == ALL))
        {
            // Deadlock freedom is checked for the fabric as built. While links are down, paths
            // change under packets that wait, and very rarely they wait in a circle.
            ++m_stuck;
            Drop();
            return "stuck";
        }
        CheckDone();
        if (traced)
        {
            CheckFlows();
        }
        const NetworkTotals& totals = m_network->GetTotals();
        const auto parts = Mean().partsPs;
        if (m_trouble == NONE || m_trouble == RATES)
        {
            NS_TEST_EXPECT_MSG_EQ(totals.failedBytes, 0, "failed without a fault");
            NS_TEST_EXPECT_MSG_EQ(totals.lostPackets, 0, "lost without a fault");
            NS_TEST_EXPECT_MSG_EQ(totals.resentPackets, 0, "sent again without a fault");
            NS_TEST_EXPECT_MSG_EQ(parts[RETRY], 0, "retries without a fault");
            NS_TEST_EXPECT_MSG_EQ(parts[REROUTE], 0, "rerouting without a fault");
            NS_TEST_EXPECT_MSG_EQ(parts[RECONFIGURATION], 0, "waiting without a fault");
        }
        std::ostringstream text;
        text.precision(17);
        text << totals.packets << ' ' << totals.deliveredPackets << ' ' << totals.sentBytes << ' '
             << totals.receivedBytes << ' ' << totals.transfers << ' ' << totals.failedTransfers
             << ' ' << totals.resentPackets << ' ' << totals.lostPackets << ' '
             << totals.packetLatency.GetMean() << ' ' << totals.packetLatency.GetMax() << ' '
             << totals.transferLatency.GetMean() << ' ' << m_network->GetPacketHops();
        for (const double part : parts)
        {
            text << ' ' << part;
        }
        Drop();
        return text.str();
    }

    /// @param packet what an endpoint got
    void Delivered(const PacketView& packet)
    {
        m_delivered[{packet.source, packet.destination}] +=
            int64_t{packet.wireBytes} - m_network->GetHeaderBytes();
    }

    /// What the client was told is what arrived, between each two endpoints.
    void CheckFlows()
    {
        Flows told;
        for (const RecordingClient::Record& record : m_client.records)
        {
            told[{record.transfer.source, record.transfer.destination}] +=
                static_cast<int64_t>(record.transfer.bytes - record.failedBytes);
        }
        for (const auto& [flow, bytes] : told)
        {
            NS_TEST_EXPECT_MSG_EQ(m_delivered[flow],
                                  bytes,
                                  "payload from " << flow.first << " to " << flow.second);
        }
    }

    /// No credit out of nothing.
    void CheckCredits()
    {
        const uint64_t bufferBytes = GetNumber("BufferBytes");
        const auto lanes = static_cast<uint8_t>(GetNumber("VirtualLanes"));
        ForEachPort([&](const FabricPort& port) {
            for (uint8_t lane = 0; lane < lanes; ++lane)
            {
                NS_TEST_EXPECT_MSG_LT_OR_EQ(port.GetCredits(lane),
                                            bufferBytes,
                                            port.GetName() << " has too much credit");
            }
        });
    }

    uint32_t m_stuck{0}; ///< fabrics that the watchdog stopped
    Flows m_delivered;   ///< payload by flow
};

/**
 * @ingroup optical-fabric-tests
 * @brief Properties of random fabrics with random workloads and faults.
 */
class NetworkPropertyTestSuite : public TestSuite
{
  public:
    NetworkPropertyTestSuite()
        : TestSuite("optical-fabric-network-property", Type::UNIT)
    {
        using Case = NetworkPropertyTestCase;
        AddTestCase(new Case("nothing goes wrong", Case::NO_TROUBLE, 0, 200));
        AddTestCase(new Case("rates change", Case::OTHER_RATES, 200, 200));
        AddTestCase(new Case("frame errors", Case::FRAME_ERRORS, 400, 200));
        AddTestCase(new Case("links go down", Case::LINKS_DOWN, 600, 250));
        AddTestCase(new Case("everything happens", Case::EVERYTHING, 1000, 350));
    }
};

NetworkPropertyTestSuite g_networkPropertyTestSuite; ///< registers the suite

} // namespace
