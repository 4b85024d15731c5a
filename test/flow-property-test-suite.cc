/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-test-case.h"
#include "random-runs-test-case.h"

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief What holds for flows in every fabric, whatever happens to it.
 */
class FlowPropertyTestCase : public RandomRunsTestCase
{
  public:
    using RandomRunsTestCase::RandomRunsTestCase;

  private:
    /**
     * @param number number of the fabric
     * @return the run in words: all times to the picosecond
     */
    std::string RunOnce(uint32_t number) override
    {
        MakeRandom(number, m_trouble);
        m_flows = MakeFlowEngine(m_network);
        m_engine = m_flows;
        for (uint32_t i = 0; i < 20; ++i)
        {
            At(Draw(0, 100000000), [this]() { CheckRates(); });
        }
        Simulator::Stop(Seconds(20));
        Simulator::Run();
        CheckDone();
        if (m_trouble == NONE || m_trouble == RATES)
        {
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed without a fault");
            CheckLinkBytes();
        }
        std::ostringstream text;
        for (const RecordingClient::Record& record : m_client.records)
        {
            text << record.sentPs << ' ' << record.receivedPs << ' ' << record.failedBytes << '\n';
        }
        m_flows = nullptr;
        Drop();
        return text.str();
    }

    /// No endpoint sends or receives more than its links carry.
    void CheckRates()
    {
        const uint32_t endpoints = m_network->GetNEndpoints();
        std::vector<double> out(endpoints, 0);
        std::vector<double> in(endpoints, 0);
        for (uint32_t from = 0; from < endpoints; ++from)
        {
            for (uint32_t to = 0; to < endpoints; ++to)
            {
                // Of one transfer; there may be more.
                out[from] += m_flows->GetRate(from, to);
                in[to] += m_flows->GetRate(from, to);
            }
        }
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            const Ptr<FabricEndpoint> endpoint = m_network->GetEndpoint(i);
            double outMost = 0;
            double inMost = 0;
            for (uint32_t p = 0; p < endpoint->GetNPorts(); ++p)
            {
                const auto link = DynamicCast<FabricLink>(endpoint->GetPort(p)->GetChannel());
                const uint32_t end = link->GetPort(0) == endpoint->GetPort(p) ? 0 : 1;
                outMost += static_cast<double>(link->GetState(end).rate.GetBitRate()) / 8;
                inMost += static_cast<double>(link->GetState(1 - end).rate.GetBitRate()) / 8;
            }
            NS_TEST_EXPECT_MSG_LT_OR_EQ(out[i], outMost * (1 + 1e-9), "sent by " << i);
            NS_TEST_EXPECT_MSG_LT_OR_EQ(in[i], inMost * (1 + 1e-9), "received by " << i);
        }
    }

    /// What endpoints sent and got went over their links.
    void CheckLinkBytes()
    {
        const uint32_t endpoints = m_network->GetNEndpoints();
        std::vector<double> out(endpoints, 0);
        std::vector<double> in(endpoints, 0);
        for (const RecordingClient::Record& record : m_client.records)
        {
            const uint64_t bytes = record.transfer.bytes;
            const uint64_t mtuBytes = m_network->GetMtu();
            const uint64_t packets = std::max<uint64_t>(1, (bytes + mtuBytes - 1) / mtuBytes);
            const auto wire = static_cast<double>(bytes + packets * m_network->GetHeaderBytes());
            out[record.transfer.source] += wire;
            in[record.transfer.destination] += wire;
        }
        m_flows->UpdateCounters();
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            const Ptr<FabricEndpoint> endpoint = m_network->GetEndpoint(i);
            double sent = 0;
            double received = 0;
            for (uint32_t p = 0; p < endpoint->GetNPorts(); ++p)
            {
                const Ptr<FabricPort> port = endpoint->GetPort(p);
                sent += static_cast<double>(port->GetCounters().wireBytes);
                received += static_cast<double>(port->GetPeer()->GetCounters().wireBytes);
            }
            // A flow ends at a whole picosecond, up to a tenth of a byte late.
            const auto slack = 3 + 0.1 * static_cast<double>(m_client.records.size());
            NS_TEST_EXPECT_MSG_EQ_TOL(sent, out[i], slack, "sent by " << i);
            NS_TEST_EXPECT_MSG_EQ_TOL(received, in[i], slack, "received by " << i);
        }
    }

    Ptr<FlowEngine> m_flows; ///< what is tested
};

/**
 * @ingroup optical-fabric-tests
 * @brief A flow that keeps to one path keeps to that of its packets.
 */
class FlowPathsTestCase : public RandomFabricTestCase
{
  public:
    /// @param first number of the first fabric @param count how many
    FlowPathsTestCase(uint32_t first, uint32_t count)
        : RandomFabricTestCase(std::to_string(GetRounds(count)) +
                               " random fabrics, bytes by link as the packet engine has them"),
          m_first(first),
          m_count(GetRounds(count))
    {
    }

  private:
    using Bytes = std::vector<double>; ///< by directed link

    void DoRun() override
    {
        uint32_t pinned = 0;
        for (uint32_t number = m_first; number < m_first + m_count; ++number)
        {
            const Bytes packets = Run(number, false);
            const Bytes flows = Run(number, true);
            NS_TEST_ASSERT_MSG_EQ(packets.size(), flows.size(), "links");
            if (m_routing != Routing::DETERMINISTIC && m_routing != Routing::ECMP)
            {
                continue;
            }
            ++pinned;
            for (size_t i = 0; i < flows.size(); ++i)
            {
                NS_TEST_EXPECT_MSG_EQ_TOL(flows[i],
                                          packets[i],
                                          m_slack,
                                          "fabric " << number << ", link " << i / 2
                                                    << ", direction " << i % 2);
            }
        }
        NS_TEST_EXPECT_MSG_GT(pinned, m_count / 3, "fabrics that count");
    }

    /// @param number number of a fabric @param flows whether flows run on it @return its bytes
    Bytes Run(uint32_t number, bool flows)
    {
        MakeRandom(number, NONE);
        // Who is answered depends on the order of arrival.
        m_client.whenReceived = nullptr;
        if (flows)
        {
            m_engine = MakeFlowEngine(m_network);
        }
        Simulator::Run();
        CheckDone();
        m_routing = m_network->GetRouting();
        m_slack = 2 + 0.1 * static_cast<double>(m_client.records.size());
        if (flows)
        {
            m_engine->UpdateCounters();
        }
        Bytes bytes;
        ForEachPort([&bytes](const FabricPort& port) {
            bytes.push_back(static_cast<double>(port.GetCounters().wireBytes));
        });
        Drop();
        return bytes;
    }

    double m_slack{0};                       ///< for rounding, bytes
    Routing::Kind m_routing{Routing::SPRAY}; ///< of the last fabric

    const uint32_t m_first; ///< number of the first fabric
    const uint32_t m_count; ///< how many
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows over random fabrics with random workloads and faults.
 */
class FlowPropertyTestSuite : public TestSuite
{
  public:
    FlowPropertyTestSuite()
        : TestSuite("optical-fabric-flow-property", Type::UNIT)
    {
        using Case = FlowPropertyTestCase;
        AddTestCase(new Case("nothing goes wrong", Case::NO_TROUBLE, 0, 200));
        AddTestCase(new Case("rates change", Case::OTHER_RATES, 200, 200));
        AddTestCase(new Case("frame errors", Case::FRAME_ERRORS, 400, 200));
        AddTestCase(new Case("links go down", Case::LINKS_DOWN, 600, 400));
        AddTestCase(new Case("everything happens", Case::EVERYTHING, 1000, 600));
        AddTestCase(new FlowPathsTestCase(2000, 200));
    }
};

FlowPropertyTestSuite g_flowPropertyTestSuite; ///< registers the suite

} // namespace
