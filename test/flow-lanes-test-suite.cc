/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-test-case.h"

#include <algorithm>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/// A transfer: source, destination, packets and virtual lane.
using Posted = std::tuple<uint32_t, uint32_t, uint64_t, uint8_t>;

/**
 * @ingroup optical-fabric-tests
 * @brief Rates of flows on several virtual lanes.
 */
class FlowLanesRatesTestCase : public FlowTestCase
{
  public:
    FlowLanesRatesTestCase()
        : FlowTestCase("Lanes share a link, and flows share their lane")
    {
    }

  private:
    /// A flow and its rate.
    struct Flow
    {
        uint32_t source;      ///< endpoint
        uint32_t destination; ///< endpoint
        uint8_t lane;         ///< virtual lane
        double share;         ///< of what a link carries
    };

    void DoRun() override
    {
        // Three endpoints send to endpoint 0, two of them on lane 0.
        Check("two to one", {{1, 0, 0, 0.25}, {2, 0, 0, 0.25}, {3, 0, 1, 0.5}});
        // Four on lane 0: an eighth for each.
        Check("four to one",
              {{1, 0, 0, 0.125},
               {2, 0, 0, 0.125},
               {3, 0, 0, 0.125},
               {4, 0, 0, 0.125},
               {5, 0, 1, 0.5}});
        // Lane 1 cannot take its half, as its source sends to four others.
        Check("the rest goes to the other lane",
              {{1, 0, 0, 0.4},
               {2, 0, 0, 0.4},
               {3, 0, 1, 0.2},
               {3, 4, 1, 0.2},
               {3, 5, 1, 0.2},
               {3, 6, 1, 0.2},
               {3, 7, 1, 0.2}});
        // Three lanes, one of which has little to send.
        Check("three lanes",
              {{1, 0, 0, 0.4},
               {2, 0, 1, 0.2},
               {3, 0, 1, 0.2},
               {4, 0, 2, 0.2},
               {4, 5, 2, 0.2},
               {4, 6, 2, 0.2},
               {4, 7, 2, 0.2},
               {4, 8, 2, 0.2}});
        // One lane of a link is another one's at the next.
        Check("two links",
              {{1, 0, 0, 0.5},
               {2, 0, 1, 0.25},
               {2, 3, 1, 0.25},
               {4, 3, 1, 0.25},
               {2, 5, 0, 0.5},
               {6, 0, 1, 0.25},
               {7, 3, 0, 0.5}});
        // A lane alone has all, whatever its number.
        Check("one lane", {{1, 0, 2, 0.5}, {2, 0, 2, 0.5}, {3, 4, 1, 1}});
    }

    /// @param name what it is @param flows flows and their rates
    void Check(const std::string& name, const std::vector<Flow>& flows)
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("VirtualLanes", UintegerValue(3));
        AddStar(9);
        BuildFlows();
        for (const Flow& flow : flows)
        {
            Post(flow.source, flow.destination, 1000000, flow.lane);
        }
        At(1000, [&] {
            for (const Flow& flow : flows)
            {
                NS_TEST_EXPECT_MSG_EQ_TOL(
                    m_flows->GetRate(flow.source, flow.destination, flow.lane) / BYTES_PER_S,
                    flow.share,
                    1e-6,
                    name << ", from " << flow.source << " to " << flow.destination);
            }
        });
        RunFlows();
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers on several virtual lanes take as long as flows as by packets.
 */
class FlowLanesTimesTestCase : public FlowTestCase
{
  public:
    FlowLanesTimesTestCase()
        : FlowTestCase("Transfers on several lanes take as long as their packets")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* arbitration : {"RoundRobin", "OldestFirst"})
        {
            m_arbitration = arbitration;
            for (const uint32_t buffer : {65536, 262144})
            {
                m_buffer = buffer;
                Compare("a job with two flows, and one with one",
                        {{1, 0, 2000, 0}, {2, 0, 2000, 0}, {3, 0, 2000, 1}});
                Compare("three lanes",
                        {{1, 0, 1000, 0},
                         {2, 0, 1000, 0},
                         {3, 0, 3000, 0},
                         {4, 0, 2000, 1},
                         {5, 0, 1000, 2}});
                Compare("two links",
                        {{1, 0, 2000, 0},
                         {2, 0, 1000, 1},
                         {2, 3, 1000, 1},
                         {4, 3, 1000, 0},
                         {5, 3, 1000, 0}});
            }
        }
        // Each lane has a buffer of its own: two of them carry more than one.
        m_buffer = 16 * 4096;
        m_arrival = MicroSeconds(5);
        for (const uint8_t lanes : {1, 2, 3})
        {
            std::vector<Posted> posts;
            for (uint32_t i = 0; i < 3; ++i)
            {
                posts.emplace_back(i + 1, 0, 1000, static_cast<uint8_t>(i % lanes));
            }
            Compare("credit of " + std::to_string(lanes), posts);
        }
    }

    /// @param posts transfers @param byFlows as flows @return when each has arrived, ps
    std::vector<double> RunOnce(const std::vector<Posted>& posts, bool byFlows)
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("VirtualLanes", UintegerValue(3));
        m_network->SetAttribute("BufferBytes", UintegerValue(m_buffer));
        m_network->SetAttribute("Arbitration", StringValue(m_arbitration));
        AddStar(9);
        m_network->GetEndpoint(0)->SetAttribute("ArrivalLatency", TimeValue(m_arrival));
        byFlows ? BuildFlows() : Build();
        for (const auto& [source, destination, packets, lane] : posts)
        {
            FlowTestCase::Post(source, destination, 4096 * packets, lane);
        }
        RunFlows();
        std::vector<double> times;
        for (const RecordingClient::Record& record : m_client.records)
        {
            times.push_back(static_cast<double>(record.receivedPs));
        }
        DropFlows();
        return times;
    }

    /// @param name what it is @param posts transfers
    void Compare(const std::string& name, const std::vector<Posted>& posts)
    {
        const std::vector<double> packets = RunOnce(posts, false);
        const std::vector<double> flows = RunOnce(posts, true);
        for (size_t i = 0; i < posts.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(flows.at(i) / packets.at(i),
                                      1,
                                      0.05,
                                      name << ", " << m_arbitration << ", buffer " << m_buffer
                                           << ", transfer " << i);
        }
    }

    std::string m_arbitration; ///< of the network
    uint32_t m_buffer{0};      ///< of the network, bytes
    Time m_arrival{0};         ///< latency of endpoint 0
};

/**
 * @ingroup optical-fabric-tests
 * @brief Test suite of virtual lanes among flows.
 */
class FlowLanesTestSuite : public TestSuite
{
  public:
    FlowLanesTestSuite()
        : TestSuite("optical-fabric-flow-lanes", Type::UNIT)
    {
        AddTestCase(new FlowLanesRatesTestCase);
        AddTestCase(new FlowLanesTimesTestCase);
    }
};

FlowLanesTestSuite g_flowLanesTestSuite; ///< registers the suite

} // namespace
