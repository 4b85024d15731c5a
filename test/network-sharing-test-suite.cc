/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-test-case.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Flows that never end into one output, counted where they arrive.
 */
class SharingTestCase : public NetworkTestCase
{
  public:
    using NetworkTestCase::NetworkTestCase;

  protected:
    /**
     * Sources 0 to n - 1 send to n, until the output has sent a number of packets' worth.
     * @param flows number of sources n
     * @param arbitration order of service
     * @param bytes size of the transfers of each source; they follow one another
     */
    void RunFlows(uint32_t flows,
                  const std::string& arbitration,
                  const std::vector<uint64_t>& bytes)
    {
        Make();
        m_network->SetAttribute("Arbitration", StringValue(arbitration));
        AddStar(flows + 1);
        m_network->Build();
        m_network->AssignStreams(1);
        m_bytes.assign(flows, 0);
        m_network->GetEndpoint(flows)->GetPort(0)->TraceConnectWithoutContext(
            "MacRx",
            MakeCallback(&SharingTestCase::Count, this));
        m_client.whenSent = [this](const Transfer& transfer) {
            Post(transfer.source, transfer.destination, transfer.bytes);
        };
        for (uint32_t i = 0; i < flows; ++i)
        {
            // Two of each, so that the next is there when one has left.
            Post(i, flows, bytes[i]);
            Post(i, flows, bytes[i]);
        }
        // 4096 bytes at 400 Gb/s take 81.92 ns. The buffers fill first.
        Simulator::Stop(PicoSeconds(81920 * 2000));
        Simulator::Run();
        m_bytes.assign(flows, 0);
        Simulator::Stop(PicoSeconds(81920) * 20000);
        Simulator::Run();
        m_total = 0;
        for (const double b : m_bytes)
        {
            m_total += b;
        }
        // The output never idles.
        NS_TEST_EXPECT_MSG_EQ_TOL(m_total, 20000.0 * 4096, 0.001 * 20000 * 4096, "throughput");
    }

    /// @param flow source @return its share of what arrived
    double Share(uint32_t flow) const
    {
        return m_bytes[flow] / m_total;
    }

  private:
    /// @param packet what arrived
    void Count(const PacketView& packet)
    {
        m_bytes[packet.source] += packet.wireBytes;
    }

    std::vector<double> m_bytes; ///< received by source
    double m_total{0};           ///< sum of these
};

/**
 * @ingroup optical-fabric-tests
 * @brief Equal flows get equal shares.
 */
class EqualSharesTestCase : public SharingTestCase
{
  public:
    EqualSharesTestCase()
        : SharingTestCase("n flows into one output share it equally")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* arbitration : {"RoundRobin", "OldestFirst"})
        {
            for (const uint32_t flows : {2, 3, 7, 16})
            {
                RunFlows(flows, arbitration, std::vector<uint64_t>(flows, 1 << 20));
                for (uint32_t i = 0; i < flows; ++i)
                {
                    NS_TEST_EXPECT_MSG_EQ_TOL(Share(i),
                                              1.0 / flows,
                                              0.01 / flows,
                                              arbitration << ", " << flows << " flows");
                }
                Drop();
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows of unequal packets: round-robin shares packets, oldest-first shares bytes, because
 * what is in the buffers, which are all full, leaves in the order it came.
 */
class UnequalPacketsTestCase : public SharingTestCase
{
  public:
    UnequalPacketsTestCase()
        : SharingTestCase("Unequal packets: round-robin shares packets, oldest-first bytes")
    {
    }

  private:
    void DoRun() override
    {
        RunFlows(2, "RoundRobin", {4096, 1024});
        NS_TEST_EXPECT_MSG_EQ_TOL(Share(0), 0.8, 0.008, "large packets, round-robin");
        Drop();
        // A sender waits for credit for a full packet: the buffer of the small ones is not quite
        // full.
        RunFlows(2, "OldestFirst", {4096, 1024});
        NS_TEST_EXPECT_MSG_EQ_TOL(Share(0), 0.5, 0.01, "large packets, oldest-first");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief How an output is shared.
 */
class NetworkSharingTestSuite : public TestSuite
{
  public:
    NetworkSharingTestSuite()
        : TestSuite("optical-fabric-network-sharing", Type::UNIT)
    {
        AddTestCase(new EqualSharesTestCase);
        AddTestCase(new UnequalPacketsTestCase);
    }
};

NetworkSharingTestSuite g_networkSharingTestSuite; ///< registers the suite

} // namespace
