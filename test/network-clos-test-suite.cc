/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-test-case.h"

#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr double RATE = 50e9; ///< 400 Gb/s in bytes per second

/**
 * @ingroup optical-fabric-tests
 * @brief All-to-all on a Clos network that has as much capacity above the leaves as below.
 */
class ClosThroughputTestCase : public NetworkTestCase
{
  public:
    ClosThroughputTestCase()
        : NetworkTestCase("Uniform all-to-all on a non-blocking Clos network")
    {
    }

  private:
    static constexpr uint32_t ENDPOINTS = 64;  ///< 8 leaves with 8 each
    static constexpr uint64_t BYTES = 1 << 19; ///< from each to each

    void DoRun() override
    {
        // To the end of the last transfer, that is with the time in which some have ended already.
        NS_TEST_EXPECT_MSG_GT(Throughput("Adaptive"), 0.95, "adaptive routing");
        NS_TEST_EXPECT_MSG_GT(Throughput("Spray"), 0.95, "spray");
        // Some uplink gets more of the 448 flows of its leaf than an eighth.
        const double ecmp = Throughput("Ecmp");
        NS_TEST_EXPECT_MSG_LT(ecmp, 0.9, "ECMP");
        NS_TEST_EXPECT_MSG_GT(ecmp, 0.5, "ECMP");
        // Destination modulo 8 spreads all-to-all evenly; see the next case for what it does not.
        NS_TEST_EXPECT_MSG_GT(Throughput("Deterministic"), 0.95, "destination modulo k");
    }

    /**
     * @param routing choice of path
     * @return throughput over the rate of the endpoints' links
     */
    double Throughput(const std::string& routing)
    {
        Make();
        Simulator::SetScheduler(ObjectFactory("ns3::opticalfabric::WheelScheduler"));
        m_network->SetAttribute("Routing", StringValue(routing));
        AddClos(8, 8, 8);
        m_network->Build();
        m_network->AssignStreams(1);
        const auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(500);
        for (uint32_t source = 0; source < ENDPOINTS; ++source)
        {
            std::vector<uint32_t> others;
            for (uint32_t i = 0; i < ENDPOINTS; ++i)
            {
                // Each new one changes places with one of those before it, or with none.
                others.push_back(i);
                std::swap(others[i], others[random->GetInteger(0, i)]);
            }
            for (const uint32_t destination : others)
            {
                if (destination != source)
                {
                    Post(source, destination, BYTES);
                }
            }
        }
        Simulator::Run();
        CheckDone();
        int64_t lastPs = 0;
        for (const RecordingClient::Record& record : m_client.records)
        {
            lastPs = std::max(lastPs, record.receivedPs);
        }
        Drop();
        return (ENDPOINTS - 1) * BYTES / RATE / (1e-12 * static_cast<double>(lastPs));
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Four flows of a leaf whose destinations are equal modulo the number of spines.
 */
class ClosCollisionTestCase : public NetworkTestCase
{
  public:
    ClosCollisionTestCase()
        : NetworkTestCase("Deterministic paths that collide share one link")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ_TOL(Throughput("Deterministic"), 0.25, 0.0025, "one uplink for four");
        NS_TEST_EXPECT_MSG_GT(Throughput("Adaptive"), 0.99, "an uplink for each");
        NS_TEST_EXPECT_MSG_GT(Throughput("Spray"), 0.95, "all uplinks for all");
    }

    /**
     * @param routing choice of path
     * @return throughput over the rate of the endpoints' links
     */
    double Throughput(const std::string& routing)
    {
        constexpr uint64_t BYTES = 16 << 20;
        Make();
        m_network->SetAttribute("Routing", StringValue(routing));
        AddClos(5, 4, 4);
        m_network->Build();
        m_network->AssignStreams(1);
        for (uint32_t i = 0; i < 4; ++i)
        {
            Post(i, 4 * (i + 1), BYTES);
        }
        Simulator::Run();
        CheckDone();
        int64_t lastPs = 0;
        for (const RecordingClient::Record& record : m_client.records)
        {
            lastPs = std::max(lastPs, record.receivedPs);
        }
        Drop();
        return BYTES / RATE / (1e-12 * static_cast<double>(lastPs));
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What routing makes of a Clos network.
 */
class NetworkClosTestSuite : public TestSuite
{
  public:
    NetworkClosTestSuite()
        : TestSuite("optical-fabric-network-clos", Type::UNIT)
    {
        AddTestCase(new ClosThroughputTestCase);
        AddTestCase(new ClosCollisionTestCase);
    }
};

NetworkClosTestSuite g_networkClosTestSuite; ///< registers the suite

} // namespace
