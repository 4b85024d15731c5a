/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-runs-test-case.h"

#include "ns3/hybrid-engine.h"

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/// @return true for each transfer
bool
ChooseAll(const Transfer&)
{
    return true;
}

/// @return false for each transfer
bool
ChooseNone(const Transfer&)
{
    return false;
}

/// @param transfer a transfer @return true for one in three, as if at random
bool
ChooseSome(const Transfer& transfer)
{
    return ((transfer.tag + 1) * 2654435761U >> 16) % 3 == 0;
}

/**
 * @ingroup optical-fabric-tests
 * @brief What holds for flows and packets together in every fabric, whatever happens to it.
 */
class HybridPropertyTestCase : public RandomRunsTestCase
{
  public:
    using RandomRunsTestCase::RandomRunsTestCase;

  private:
    std::string RunOnce(uint32_t number) override
    {
        // With none or all by packets it is one of the two engines, to the picosecond.
        const std::string packets = Run(number, nullptr, false);
        NS_TEST_EXPECT_MSG_EQ(Run(number, ChooseAll, false), packets, "all by packets");
        const std::string flows = Run(number, nullptr, true);
        NS_TEST_EXPECT_MSG_EQ(Run(number, ChooseNone, false), flows, "none by packets");
        return Run(number, ChooseSome, false);
    }

    /**
     * @param number number of the fabric
     * @param choose what goes by packets; null: one of the two engines alone
     * @param flows which
     * @return the run in words: all times to the picosecond
     */
    std::string Run(uint32_t number, bool (*choose)(const Transfer&), bool flows)
    {
        MakeRandom(number, m_trouble);
        if (choose != nullptr)
        {
            const auto hybrid = CreateObject<HybridEngine>();
            hybrid->SetNetwork(m_network);
            hybrid->SetChoice(MakeCallback(choose));
            m_engine = hybrid;
        }
        else if (flows)
        {
            const auto engine = CreateObject<FlowEngine>();
            engine->SetNetwork(m_network);
            m_engine = engine;
        }
        Simulator::Stop(Seconds(20));
        Simulator::Run();
        CheckDone();
        std::ostringstream text;
        for (const RecordingClient::Record& record : m_client.records)
        {
            text << record.sentPs << ' ' << record.receivedPs << ' ' << record.failedBytes << '\n';
        }
        const NetworkTotals& totals = m_network->GetTotals();
        text << totals.packets << ' ' << totals.deliveredPackets << ' ' << totals.sentBytes << ' '
             << totals.receivedBytes << ' ' << totals.failedBytes << ' ' << totals.transfers << ' '
             << totals.failedTransfers << ' ' << totals.resentPackets << ' ' << totals.lostPackets
             << ' ' << totals.packetLatency.GetCount() << ' ' << totals.transferLatency.GetCount()
             << '\n';
        if (m_engine)
        {
            m_engine->UpdateCounters();
        }
        ForEachPort([&text](const FabricPort& port) {
            const FabricPort::Counters counters = port.GetCounters();
            text << counters.packets << ' ' << counters.wireBytes << '\n';
        });
        if (m_trouble == NONE || m_trouble == RATES)
        {
            NS_TEST_EXPECT_MSG_EQ(totals.failedBytes, 0, "failed without a fault");
            CheckLinkBytes();
        }
        CheckBackgrounds();
        Drop();
        return text.str();
    }

    /// What endpoints sent went over their links, whether by packets or as flows.
    void CheckLinkBytes()
    {
        std::vector<double> out(m_network->GetNEndpoints(), 0);
        for (const RecordingClient::Record& record : m_client.records)
        {
            const uint64_t bytes = record.transfer.bytes;
            const uint64_t mtuBytes = m_network->GetMtu();
            const uint64_t packets = std::max<uint64_t>(1, (bytes + mtuBytes - 1) / mtuBytes);
            out[record.transfer.source] +=
                static_cast<double>(bytes + packets * m_network->GetHeaderBytes());
        }
        for (uint32_t i = 0; i < out.size(); ++i)
        {
            const Ptr<FabricEndpoint> endpoint = m_network->GetEndpoint(i);
            double sent = 0;
            for (uint32_t p = 0; p < endpoint->GetNPorts(); ++p)
            {
                sent += static_cast<double>(endpoint->GetPort(p)->GetCounters().wireBytes);
            }
            // A flow ends at a whole picosecond, up to a tenth of a byte late.
            const auto slack = 3 + 0.1 * static_cast<double>(m_client.records.size());
            NS_TEST_EXPECT_MSG_EQ_TOL(sent, out[i], slack, "sent by " << i);
        }
    }

    /// Nothing takes anything from packets when all is over.
    void CheckBackgrounds()
    {
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            for (uint32_t direction = 0; direction < 2; ++direction)
            {
                const double share = m_network->GetLink(i)->GetBackground(direction);
                NS_TEST_EXPECT_MSG_EQ(share, 0, "background of link " << i);
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Packets among flows over random fabrics with random workloads and faults.
 */
class HybridPropertyTestSuite : public TestSuite
{
  public:
    HybridPropertyTestSuite()
        : TestSuite("optical-fabric-hybrid-property", Type::UNIT)
    {
        using Case = HybridPropertyTestCase;
        AddTestCase(new Case("nothing goes wrong", Case::NO_TROUBLE, 0, 100));
        AddTestCase(new Case("rates change", Case::OTHER_RATES, 200, 100));
        AddTestCase(new Case("frame errors", Case::FRAME_ERRORS, 400, 100));
        AddTestCase(new Case("links go down", Case::LINKS_DOWN, 600, 200));
        AddTestCase(new Case("everything happens", Case::EVERYTHING, 1000, 200));
    }
};

HybridPropertyTestSuite g_hybridPropertyTestSuite; ///< registers the suite

} // namespace
