/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-test-case.h"

#include <algorithm>
#include <cmath>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t FLIGHT_PS = 30000;    ///< signal flight of a link
constexpr int64_t PHY_PS = 120000;      ///< FEC and signal processing of a link
constexpr int64_t FORWARD_PS = 200000;  ///< forwarding latency of a switch
constexpr int64_t DEPARTURE_PS = 70000; ///< memory to wire
constexpr int64_t ARRIVAL_PS = 90000;   ///< wire to memory
constexpr uint32_t MTU = 4096;          ///< payload of a full packet
constexpr uint32_t HEADER = 64;         ///< header

/// @param bytes size on the wire @param gbps rate, Gb/s @return time to clock it out, ps
int64_t
Clock(uint64_t bytes, double gbps)
{
    return std::llround(static_cast<double>(bytes) * 8000 / gbps);
}

/**
 * @ingroup optical-fabric-tests
 * @brief Networks with all latencies there are.
 */
class LatencyTestCase : public NetworkTestCase
{
  public:
    using NetworkTestCase::NetworkTestCase;

  protected:
    /// @param switching forwarding mode @param rate rate of links to come
    void MakeLinks(const std::string& switching, const std::string& rate)
    {
        Make();
        m_network->SetAttribute("Mtu", UintegerValue(MTU));
        m_network->SetAttribute("HeaderBytes", UintegerValue(HEADER));
        m_network->SetAttribute("Switching", StringValue(switching));
        m_link.Set("Delay", TimeValue(PicoSeconds(FLIGHT_PS)));
        m_link.Set("PhyLatency", TimeValue(PicoSeconds(PHY_PS)));
        m_link.Set("Rate", StringValue(rate));
    }

    /// Give the nodes their latencies, and build.
    void Build()
    {
        for (uint32_t i = 0; i < m_network->GetNSwitches(); ++i)
        {
            m_network->GetSwitch(i)->SetAttribute("ForwardingLatency",
                                                  TimeValue(PicoSeconds(FORWARD_PS)));
        }
        for (uint32_t i = 0; i < m_network->GetNEndpoints(); ++i)
        {
            m_network->GetEndpoint(i)->SetAttribute("DepartureLatency",
                                                    TimeValue(PicoSeconds(DEPARTURE_PS)));
            m_network->GetEndpoint(i)->SetAttribute("ArrivalLatency",
                                                    TimeValue(PicoSeconds(ARRIVAL_PS)));
        }
        m_network->Build();
        m_network->AssignStreams(1);
    }

    /// @param links links of a path @return latency of a packet without its clock times, ps
    static int64_t Fixed(int64_t links)
    {
        return DEPARTURE_PS + links * (FLIGHT_PS + PHY_PS) + (links - 1) * FORWARD_PS + ARRIVAL_PS;
    }

    /// @param tag a transfer's @return from posting to the last byte delivered, ps
    int64_t Latency(uint64_t tag) const
    {
        return m_client.records[tag].receivedPs - m_client.records[tag].postedPs;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief One packet through one switch, between links of equal or different rates.
 */
class OneSwitchTestCase : public LatencyTestCase
{
  public:
    OneSwitchTestCase()
        : LatencyTestCase("A packet through a switch, cut-through and store-and-forward")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint64_t bytes : {0, 1, 100, 4096})
        {
            const uint64_t wire = bytes + HEADER;
            // The slower of the two links takes its time; the other's is hidden behind it.
            Check("CutThrough", 400, 400, bytes, Clock(wire, 400));
            Check("CutThrough", 400, 100, bytes, Clock(wire, 100));
            Check("CutThrough", 100, 400, bytes, Clock(wire, 100));
            Check("CutThrough", 100, 800, bytes, Clock(wire, 100));
            Check("StoreAndForward", 400, 400, bytes, 2 * Clock(wire, 400));
            Check("StoreAndForward", 400, 100, bytes, Clock(wire, 400) + Clock(wire, 100));
            Check("StoreAndForward", 100, 400, bytes, Clock(wire, 400) + Clock(wire, 100));
        }
    }

    /**
     * @param switching forwarding mode
     * @param inGbps rate of the first link, Gb/s
     * @param outGbps rate of the second, Gb/s
     * @param bytes payload
     * @param clockPs expected sum of clock times, ps
     */
    void Check(const std::string& switching,
               uint32_t inGbps,
               uint32_t outGbps,
               uint64_t bytes,
               int64_t clockPs)
    {
        MakeLinks(switching, std::to_string(inGbps) + "Gbps");
        const Ptr<FabricSwitch> hub = AddSwitch();
        Connect(AddEndpoint(), hub);
        m_link.Set("Rate", StringValue(std::to_string(outGbps) + "Gbps"));
        Connect(AddEndpoint(), hub);
        Build();
        Post(0, 1, bytes);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(Latency(0),
                              Fixed(2) + clockPs,
                              switching << " " << inGbps << " to " << outGbps << ", " << bytes);
        const auto parts = Mean().partsPs;
        NS_TEST_EXPECT_MSG_EQ(parts[SERIALIZATION], clockPs, "SERIALIZATION");
        NS_TEST_EXPECT_MSG_EQ(parts[PROPAGATION], 2 * FLIGHT_PS, "PROPAGATION");
        NS_TEST_EXPECT_MSG_EQ(parts[SWITCHING], FORWARD_PS, "SWITCHING");
        NS_TEST_EXPECT_MSG_EQ(parts[ENDPOINT], DEPARTURE_PS + ARRIVAL_PS, "ENDPOINT");
        NS_TEST_EXPECT_MSG_EQ(parts[FEC], 2 * PHY_PS, "FEC");
        NS_TEST_EXPECT_MSG_EQ(parts[QUEUE] + parts[CREDIT_STALL], 0, "waiting");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].sentPs, Clock(bytes + HEADER, inGbps), "OnSent");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].sentAt, m_network->GetNodeId(0), "context");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedAt, m_network->GetNodeId(1), "context");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Paths of four links, transfers of many packets, packets that meet.
 */
class PathsTestCase : public LatencyTestCase
{
  public:
    PathsTestCase()
        : LatencyTestCase("Long paths, many packets, two packets for one output")
    {
    }

  private:
    void DoRun() override
    {
        const int64_t fullPs = Clock(MTU + HEADER, 400);
        for (const bool cut : {true, false})
        {
            MakeLinks(cut ? "CutThrough" : "StoreAndForward", "400Gbps");
            m_network->SetAttribute("Routing", StringValue("Deterministic"));
            AddClos(2, 2, 2);
            Build();
            Post(0, 3, MTU);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(Latency(0), Fixed(4) + (cut ? 1 : 4) * fullPs, "four links");
            // Packets follow one another without a gap; the last one is shorter.
            const int64_t restPs = Clock(100 + HEADER, 400);
            Post(0, 3, 9 * MTU + 100);
            Simulator::Run();
            if (cut)
            {
                NS_TEST_EXPECT_MSG_EQ(Latency(1), Fixed(4) + 9 * fullPs + restPs, "ten packets");
            }
            else
            {
                // The short one catches up with the one before it, and is right behind it then.
                NS_TEST_EXPECT_MSG_EQ(Latency(1), Fixed(4) + 12 * fullPs + restPs, "ten packets");
            }
            CheckDone();
            Drop();

            MakeLinks(cut ? "CutThrough" : "StoreAndForward", "400Gbps");
            AddStar(3);
            Build();
            Post(0, 2, MTU);
            Post(1, 2, MTU);
            Simulator::Run();
            CheckDone();
            const int64_t alonePs = Fixed(2) + (cut ? 1 : 2) * fullPs;
            NS_TEST_EXPECT_MSG_EQ(std::min(Latency(0), Latency(1)), alonePs, "the first");
            NS_TEST_EXPECT_MSG_EQ(std::max(Latency(0), Latency(1)), alonePs + fullPs, "the other");
            NS_TEST_EXPECT_MSG_EQ(Mean().partsPs[QUEUE], 0.5 * fullPs, "QUEUE");
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Latency without contention, to the picosecond.
 */
class NetworkLatencyTestSuite : public TestSuite
{
  public:
    NetworkLatencyTestSuite()
        : TestSuite("optical-fabric-network-latency", Type::UNIT)
    {
        AddTestCase(new OneSwitchTestCase);
        AddTestCase(new PathsTestCase);
    }
};

NetworkLatencyTestSuite g_networkLatencyTestSuite; ///< registers the suite

} // namespace
