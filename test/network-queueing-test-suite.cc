/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-test-case.h"

#include "ns3/random-variable-stream.h"

#include <cmath>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Packets of one size that arrive at random wait as the M/D/1 queue has it.
 *
 * Many sources, each a Poisson process of small rate on a link so fast that nothing waits there:
 * what reaches the output is a Poisson process.
 */
class MD1TestCase : public NetworkTestCase, private TransferClient
{
  public:
    /**
     * @param load load of the output
     * @param arbitration order of service; the mean wait does not depend on it
     */
    MD1TestCase(double load, const std::string& arbitration)
        : NetworkTestCase("Mean wait of M-D-1 at load " + std::to_string(load).substr(0, 3) + ", " +
                          arbitration),
          m_load(load),
          m_arbitration(arbitration)
    {
    }

  private:
    static constexpr uint32_t SOURCES = 64;      ///< sources
    static constexpr uint32_t BYTES = 1250;      ///< size of a packet
    static constexpr double SERVICE_PS = 100000; ///< its time on the output, 100 Gb/s, ps
    static constexpr uint32_t BATCHES = 40;      ///< batches that give the confidence interval
    static constexpr uint32_t PER_BATCH = 30000; ///< packets in a batch
    static constexpr uint32_t WARM_UP = 2 * PER_BATCH; ///< packets not counted

    /// Student's t, 39 degrees of freedom, two-sided 99 % (Abramowitz and Stegun, table 26.10).
    static constexpr double T_99 = 2.708;

    void DoRun() override
    {
        Make();
        Simulator::SetScheduler(ObjectFactory("ns3::opticalfabric::WheelScheduler"));
        m_network->SetAttribute("Arbitration", StringValue(m_arbitration));
        m_network->SetAttribute("BufferBytes", UintegerValue(1 << 30));
        const Ptr<FabricSwitch> hub = AddSwitch();
        hub->SetAttribute("ForwardingLatency", TimeValue(Time(0)));
        m_link.Set("Delay", TimeValue(Time(0)));
        m_link.Set("Rate", DataRateValue(DataRate(100000000000000)));
        for (uint32_t i = 0; i < SOURCES; ++i)
        {
            Connect(AddEndpoint(), hub);
        }
        m_link.Set("Rate", StringValue("100Gbps"));
        Connect(AddEndpoint(), hub);
        m_network->Build();
        m_network->AssignStreams(1);
        m_left = WARM_UP + BATCHES * PER_BATCH;
        m_sumPs = 0;
        m_received = 0;
        m_batches.assign(BATCHES, 0);
        m_gaps.clear();
        for (uint32_t i = 0; i < SOURCES; ++i)
        {
            m_gaps.push_back(CreateObject<ExponentialRandomVariable>());
            m_gaps[i]->SetAttribute("Mean", DoubleValue(SERVICE_PS * SOURCES / m_load));
            m_gaps[i]->SetStream(100 + i);
            ScheduleNext(i);
        }
        Simulator::Run();
        Check();
        Drop();
    }

    /// @param source source that is to send
    void ScheduleNext(uint32_t source)
    {
        Simulator::ScheduleWithContext(
            m_network->GetNodeId(source),
            PicoSeconds(static_cast<int64_t>(m_gaps[source]->GetValue())),
            MakeEvent(&MD1TestCase::SendOne, this, source));
    }

    /// @param source source that sends
    void SendOne(uint32_t source)
    {
        if (m_left == 0)
        {
            return;
        }
        --m_left;
        Transfer transfer;
        transfer.source = source;
        transfer.destination = SOURCES;
        transfer.bytes = BYTES;
        transfer.tag = static_cast<uint64_t>(Simulator::Now().GetPicoSeconds());
        m_network->Post(transfer, this);
        ScheduleNext(source);
    }

    void OnSent(const Transfer&) override
    {
    }

    void OnReceived(const Transfer& transfer, uint64_t) override
    {
        // With nothing in the way it takes just the time to clock it out.
        const double waitPs = static_cast<double>(Simulator::Now().GetPicoSeconds()) -
                              static_cast<double>(transfer.tag) - SERVICE_PS;
        m_sumPs += waitPs;
        if (m_received >= WARM_UP)
        {
            m_batches[(m_received - WARM_UP) / PER_BATCH] += waitPs / PER_BATCH;
        }
        ++m_received;
    }

    /// Compare.
    void Check()
    {
        NS_TEST_ASSERT_MSG_EQ(m_received, WARM_UP + BATCHES * PER_BATCH, "packets");
        double mean = 0;
        for (const double batch : m_batches)
        {
            mean += batch / BATCHES;
        }
        double variance = 0;
        for (const double batch : m_batches)
        {
            variance += (batch - mean) * (batch - mean) / (BATCHES - 1);
        }
        const double halfWidth = T_99 * std::sqrt(variance / BATCHES);
        const double expected = m_load * SERVICE_PS / (2 * (1 - m_load));
        NS_TEST_EXPECT_MSG_EQ_TOL(mean, expected, halfWidth, "mean wait");
        NS_TEST_EXPECT_MSG_LT(halfWidth, 0.05 * expected, "too few packets to tell");
        // The same wait is what the packets themselves say.
        const double allPs = m_sumPs / m_received;
        NS_TEST_EXPECT_MSG_EQ_TOL(Mean().partsPs[QUEUE], allPs, 1e-4 * allPs, "QUEUE part");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[CREDIT_STALL], 0, "CREDIT_STALL part");
        NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[SERIALIZATION], SERVICE_PS, "SERIALIZATION part");
    }

    double m_load;                                      ///< load of the output
    std::string m_arbitration;                          ///< order of service
    std::vector<Ptr<ExponentialRandomVariable>> m_gaps; ///< time to the next packet, by source
    uint32_t m_left{0};                                 ///< packets to send
    uint32_t m_received{0};                             ///< packets received
    double m_sumPs{0};                                  ///< their waits, ps
    std::vector<double> m_batches;                      ///< mean wait by batch, ps
};

/**
 * @ingroup optical-fabric-tests
 * @brief The output queue against queueing theory.
 */
class NetworkQueueingTestSuite : public TestSuite
{
  public:
    NetworkQueueingTestSuite()
        : TestSuite("optical-fabric-network-queueing", Type::UNIT)
    {
        for (const double load : {0.3, 0.5, 0.7, 0.9})
        {
            AddTestCase(new MD1TestCase(load, "RoundRobin"));
        }
        AddTestCase(new MD1TestCase(0.7, "OldestFirst"));
    }
};

NetworkQueueingTestSuite g_networkQueueingTestSuite; ///< registers the suite

} // namespace
