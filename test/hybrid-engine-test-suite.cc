/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "flow-test-case.h"

#include "ns3/hybrid-engine.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Networks made by hand, with some transfers packet by packet and others as flows.
 */
class HybridTestCase : public FlowTestCase
{
  public:
    using FlowTestCase::FlowTestCase;

  protected:
    static constexpr int64_t PATH_PS = 2 * LINK_PS + SWITCH_PS; ///< latency by way of a switch

    /// Build; what PostPackets posts goes by packets.
    void BuildHybrid()
    {
        Build();
        m_hybrid = CreateObject<HybridEngine>();
        m_hybrid->SetNetwork(m_network);
        m_hybrid->SetChoice(MakeCallback(&HybridTestCase::IsByPackets, this));
        m_flows = m_hybrid->GetFlows();
        m_engine = m_hybrid;
    }

    /**
     * Post a transfer that goes by packets.
     * @param source endpoint
     * @param destination endpoint
     * @param bytes payload
     * @param lane virtual lane
     */
    void PostPackets(uint32_t source, uint32_t destination, uint64_t bytes, uint8_t lane = 0)
    {
        m_byPackets.insert(m_client.records.size());
        Post(source, destination, bytes, lane);
    }

    /// Forget all.
    void DropHybrid()
    {
        m_hybrid = nullptr;
        m_byPackets.clear();
        DropFlows();
    }

    /// @param transfer a transfer @return whether PostPackets has posted it
    bool IsByPackets(const Transfer& transfer)
    {
        return m_byPackets.count(transfer.tag) != 0;
    }

    Ptr<HybridEngine> m_hybrid;     ///< what is tested
    std::set<uint64_t> m_byPackets; ///< tags of what goes by packets
};

/**
 * @ingroup optical-fabric-tests
 * @brief Packets and flows that share a link have a fair share each, by closed forms.
 */
class HybridSharesTestCase : public HybridTestCase
{
  public:
    HybridSharesTestCase()
        : HybridTestCase("A transfer by packets among k flows has one part in k+1")
    {
    }

  private:
    static constexpr uint32_t FRAMES = 48;       ///< packets of a transfer by packets
    static constexpr uint32_t FLOW_FRAMES = 500; ///< and of a flow

    void DoRun() override
    {
        for (const uint32_t flows : {1, 2, 3, 7, 20})
        {
            for (const uint32_t packets : {1, 2, 5})
            {
                for (const uint32_t planes : {1, 2, 4})
                {
                    Check(flows, packets, planes);
                }
            }
        }
    }

    /**
     * All into one endpoint, each from an endpoint of its own.
     * @param flows flows
     * @param packets transfers by packets
     * @param planes switches, each endpoint on each
     */
    void Check(uint32_t flows, uint32_t packets, uint32_t planes)
    {
        Make();
        const uint32_t all = flows + packets;
        std::vector<Ptr<FabricEndpoint>> endpoints;
        for (uint32_t i = 0; i <= all; ++i)
        {
            endpoints.push_back(AddEndpoint());
        }
        for (uint32_t p = 0; p < planes; ++p)
        {
            const Ptr<FabricSwitch> hub = AddSwitch();
            for (const Ptr<FabricEndpoint>& endpoint : endpoints)
            {
                Connect(endpoint, hub);
            }
        }
        BuildHybrid();
        for (uint32_t i = 0; i < all; ++i)
        {
            i < flows ? (void)Post(i, all, 4096 * FLOW_FRAMES) : PostPackets(i, all, 4096 * FRAMES);
        }
        // All of a transfer's rate, over one plane or several.
        const double rate = BYTES_PER_S * planes;
        const int64_t togetherPs = int64_t{FRAMES} * FRAME_PS * all / planes;
        At(togetherPs / 2, [this, flows, all, rate]() {
            for (uint32_t i = 0; i < flows; ++i)
            {
                ExpectRate(i, all, rate / all);
            }
            NS_TEST_EXPECT_MSG_EQ(m_flows->GetRate(flows, all), 0, "a shadow is no flow");
            CheckBackground(static_cast<double>(flows) / all, all);
        });
        At(togetherPs + US, [this, flows, all, rate]() {
            for (uint32_t i = 0; i < flows; ++i)
            {
                ExpectRate(i, all, rate / flows);
            }
        });
        RunFlows();
        int64_t latestPs = 0;
        for (uint32_t i = flows; i < all; ++i)
        {
            // Transfers take turns. One has its place in the last round, and may have had a turn
            // more at first; a round is a packet of each, all of them at what the flows leave.
            latestPs = std::max(latestPs, Latency(i));
            NS_TEST_EXPECT_MSG_GT(Latency(i),
                                  togetherPs + PATH_PS - 2 * int64_t{all} * FRAME_PS,
                                  "by packets, not before its time");
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(latestPs,
                                  togetherPs + PATH_PS,
                                  (planes == 1 ? 2 : int64_t{all} * FRAME_PS),
                                  flows << " flows, " << packets << " by packets, " << planes
                                        << " planes");
        for (uint32_t i = 0; i < flows; ++i)
        {
            const int64_t frames = int64_t{flows} * FLOW_FRAMES + int64_t{packets} * FRAMES;
            ExpectArrival(i, frames * FRAME_PS / planes, "the flows have all the rest");
        }
        CheckQueueing();
        DropHybrid();
    }

    /// @param share what flows have of the links of the last endpoint @param last its number
    void CheckBackground(double share, uint32_t last)
    {
        const Ptr<FabricEndpoint> endpoint = m_network->GetEndpoint(last);
        for (uint32_t p = 0; p < endpoint->GetNPorts(); ++p)
        {
            const auto link = DynamicCast<FabricLink>(endpoint->GetPort(p)->GetChannel());
            NS_TEST_EXPECT_MSG_EQ_TOL(link->GetBackground(1), share, 1e-9, "to it");
            NS_TEST_EXPECT_MSG_EQ(link->GetBackground(0), 0, "from it");
        }
    }

    /// What flows take is what packets wait for, and not longer frames.
    void CheckQueueing()
    {
        const LatencyBreakdown::Averages mean = Mean();
        NS_TEST_EXPECT_MSG_EQ_TOL(mean.partsPs[SERIALIZATION], FRAME_PS, 1, "serialization");
        NS_TEST_EXPECT_MSG_GT(mean.partsPs[QUEUE], FRAME_PS / 2, "queueing");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows and packets over the spines of a Clos network, which carry half of what is asked.
 */
class HybridClosTestCase : public HybridTestCase
{
  public:
    HybridClosTestCase()
        : HybridTestCase("Packets and flows share the spines of a Clos network")
    {
    }

  private:
    static constexpr uint32_t FRAMES = 200; ///< packets of the transfer by packets

    void DoRun() override
    {
        Make();
        m_network->SetAttribute("Routing", StringValue("Adaptive"));
        AddClos(3, 2, 4);
        BuildHybrid();
        for (uint32_t i = 0; i < 3; ++i)
        {
            Post(i, 4 + i, 4096 * 1000);
        }
        PostPackets(3, 7, 4096 * FRAMES);
        // Elsewhere, and none of its business.
        PostPackets(8, 9, 4096 * FRAMES);
        RunFlows();
        const int64_t pathPs = 4 * LINK_PS + 3 * SWITCH_PS;
        // Two frames at a time, one over each spine, at a quarter of its rate.
        NS_TEST_EXPECT_MSG_EQ_TOL(Latency(3),
                                  2 * FRAMES * FRAME_PS + pathPs,
                                  4 * FRAME_PS,
                                  "half of its link");
        NS_TEST_EXPECT_MSG_EQ(Latency(4), FRAMES * FRAME_PS + PATH_PS, "as if alone");
        m_engine->UpdateCounters();
        // Leaf 0 to the spines: links 12 and 13, direction 0.
        uint64_t bytes = 0;
        for (const uint32_t link : {12, 13})
        {
            bytes += m_network->GetLink(link)->GetPort(0)->GetCounters().wireBytes;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(bytes),
                                  4096.0 * (3000 + FRAMES),
                                  2,
                                  "bytes of flows and packets");
        DropHybrid();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows that come, go and fail while packets are under way.
 */
class HybridTimesTestCase : public HybridTestCase
{
  public:
    HybridTimesTestCase()
        : HybridTestCase("Packets have what flows leave, from one moment to the next")
    {
    }

  private:
    void DoRun() override
    {
        CheckComing();
        CheckRates();
        CheckSmall();
        CheckLanes();
        CheckCredit();
    }

    /// A flow that comes and ends while a transfer goes by packets.
    void CheckComing()
    {
        Make();
        AddStar(4);
        BuildHybrid();
        PostPackets(0, 3, 4096 * 300);
        PostAt(50 * FRAME_PS, 1, 3, 4096 * 100);
        RunFlows();
        // 50 frames alone, 200 frame times for 100 of each, 150 alone.
        NS_TEST_EXPECT_MSG_EQ_TOL(Latency(0), 400 * FRAME_PS + PATH_PS, 3 * FRAME_PS, "by packets");
        ExpectArrival(1, 250 * FRAME_PS, "the flow");
        DropHybrid();
    }

    /// A link that becomes slower: both have their part of what is left.
    void CheckRates()
    {
        Make();
        AddStar(4);
        BuildHybrid();
        Post(0, 3, 4096 * 300);
        PostPackets(1, 3, 4096 * 300);
        At(200 * FRAME_PS, [this]() {
            LinkState state = m_network->GetLink(3)->GetState(1);
            state.rate = DataRate("100Gbps");
            m_network->GetLink(3)->SetState(1, state);
        });
        RunFlows();
        // 100 frames of each at first, then 200 of each at a quarter.
        const int64_t endPs = (200 + 400 * 4) * FRAME_PS;
        NS_TEST_EXPECT_MSG_EQ_TOL(Latency(1), endPs + PATH_PS, 8 * FRAME_PS, "by packets");
        ExpectArrival(0, endPs, "the flow");
        DropHybrid();
    }

    /// On a lane of its own, a transfer has half of a link, however many flows the other one has.
    void CheckLanes()
    {
        Make();
        m_network->SetAttribute("VirtualLanes", UintegerValue(2));
        AddStar(5);
        BuildHybrid();
        for (uint32_t i = 0; i < 3; ++i)
        {
            Post(i, 4, 4096 * 300);
        }
        PostPackets(3, 4, 4096 * 200, 1);
        RunFlows();
        NS_TEST_EXPECT_MSG_EQ_TOL(Latency(3), 400 * FRAME_PS + PATH_PS, 3 * FRAME_PS, "packets");
        ExpectArrival(0, 1100 * FRAME_PS, "a flow");
        DropHybrid();
    }

    /// Flows and packets over a link that credit limits.
    void CheckCredit()
    {
        Make();
        m_network->SetAttribute("BufferBytes", UintegerValue(16 * 4096));
        AddStar(5);
        m_network->GetEndpoint(4)->SetAttribute("ArrivalLatency", TimeValue(MicroSeconds(5)));
        BuildHybrid();
        for (uint32_t i = 0; i < 3; ++i)
        {
            Post(i, 4, 4096 * 400);
        }
        PostPackets(3, 4, 4096 * 400);
        RunFlows();
        // 16 frames at a time, 99 round trips and the last 16.
        const int64_t endPs = 99 * (5 * US + 2 * LINK_PS + FRAME_PS) + 16 * FRAME_PS;
        const int64_t pathPs = PATH_PS + 5 * US;
        NS_TEST_EXPECT_MSG_EQ_TOL(Latency(0), endPs + pathPs, US, "a flow");
        NS_TEST_EXPECT_MSG_EQ_TOL(Latency(3), endPs + pathPs, endPs / 20, "by packets");
        DropHybrid();
    }

    /// Many small transfers take from a flow what they have, and not more.
    void CheckSmall()
    {
        Make();
        AddStar(4);
        BuildHybrid();
        const uint64_t flow = Post(0, 3, 4096 * 2000);
        for (uint32_t i = 0; i < 100; ++i)
        {
            At(int64_t{i} * 10 * FRAME_PS, [this, i]() { PostPackets(1 + i % 2, 3, 4096); });
        }
        RunFlows();
        ExpectArrival(flow, 2100 * FRAME_PS, "their bytes and its own");
        for (uint32_t i = 1; i < m_client.records.size(); ++i)
        {
            // Each has half of the link.
            NS_TEST_EXPECT_MSG_EQ_TOL(Latency(i),
                                      2 * FRAME_PS + PATH_PS,
                                      1,
                                      "small one number " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetPacketTransfers(), 100, "by packets");
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetFlowTransfers(), 1, "as flows");
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetPacketTransferLatency().GetCount(), 100, "latencies");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().transferLatency.GetCount(), 101, "of all");
        DropHybrid();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Which transfers go by packets.
 */
class HybridChoiceTestCase : public HybridTestCase
{
  public:
    HybridChoiceTestCase()
        : HybridTestCase("Attributes and callbacks choose what goes by packets")
    {
    }

  private:
    void DoRun() override
    {
        // Sources 0 to 2, five transfers each, of 4096, 8192, ... bytes.
        Check("Every", 5, 0, 3);
        Check("Every", 2, 0, 3 + 2 + 3);
        Check("Every", 1, 0, 15);
        Check("Every", 1000, 0, 1);
        Check("Small", 1, 8192, 6);
        Check("Small", 1, 8191, 3);
        Check("Small", 1, 0, 0);
    }

    /// @param packets, every, mostBytes attributes @param expected transfers by packets
    void Check(const std::string& packets, uint64_t every, uint64_t mostBytes, uint64_t expected)
    {
        Make();
        AddStar(4);
        BuildHybrid();
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetFidelity(), "hybrid", "fidelity");
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetNEndpoints(), 4, "endpoints");
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetNodeId(2), m_network->GetNodeId(2), "node");
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetNetwork(), m_network, "network");
        m_hybrid->SetChoice(HybridEngine::Choice());
        m_hybrid->SetAttribute("Packets", StringValue(packets));
        m_hybrid->SetAttribute("PacketEvery", UintegerValue(every));
        m_hybrid->SetAttribute("PacketMaxBytes", UintegerValue(mostBytes));
        for (uint64_t i = 0; i < 15; ++i)
        {
            Post(static_cast<uint32_t>(i % 3), 3, 4096 * (1 + i / 3));
        }
        RunFlows();
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetPacketTransfers(), expected, packets << " " << every);
        NS_TEST_EXPECT_MSG_EQ(m_hybrid->GetFlowTransfers(), 15 - expected, "the others");
        DropHybrid();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What is refused.
 */
class HybridRefusalsTestCase : public HybridTestCase
{
  public:
    HybridRefusalsTestCase()
        : HybridTestCase("Refusals say what is wrong")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        AddStar(3);
        BuildHybrid();
        const auto post = [this](uint32_t source, uint32_t destination, uint8_t lane) {
            return [this, source, destination, lane]() { Post(source, destination, 1, lane); };
        };
        Expect(post(0, 3, 0), "0 to 3, allowed two different ones below 3");
        Expect(post(1, 1, 0), "1 to 1, allowed two different ones below 3");
        Expect(post(0, 1, 1), "virtual lane 1, allowed below 1");
        Expect([this]() { m_hybrid->SetNetwork(m_network); }, "SetNetwork a second time");
        Expect([this]() { m_hybrid->SetAttribute("PacketEvery", UintegerValue(0)); },
               "PacketEvery");
        Expect([this]() { m_hybrid->SetAttribute("Packets", StringValue("Some")); }, "Packets");
        Expect([this]() { m_flows->UseShadows(Callback<void>()); }, "before the first transfer");
        const Ptr<FabricLink> link = m_network->GetLink(0);
        Expect([link]() { link->SetBackground(0, 1); }, "background 1, allowed 0 to 0.9999");
        Expect([link]() { link->SetBackground(0, -0.1); }, "background -0.1, allowed 0 to");
        Expect([link]() { link->SetBackground(2, 0); }, "direction 2, allowed 0 and 1");
        DropHybrid();

        Make();
        m_network->SetRouteTables(false);
        AddStar(3);
        Build();
        const auto hybrid = CreateObject<HybridEngine>();
        Expect([this, hybrid]() { hybrid->SetNetwork(m_network); }, "without route tables");
        Expect([hybrid]() { hybrid->Post(Transfer(), nullptr); }, "Post before SetNetwork");
        Drop();
    }

    /// @param action what to do @param part of what is said of it
    template <typename F>
    void Expect(F&& action, const std::string& part)
    {
        const std::string said = AbortMessage(action);
        NS_TEST_EXPECT_MSG_NE(said.find(part), std::string::npos, part << " is not in: " << said);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers by packets and as flows over one network.
 */
class HybridEngineTestSuite : public TestSuite
{
  public:
    HybridEngineTestSuite()
        : TestSuite("optical-fabric-hybrid-engine", Type::UNIT)
    {
        AddTestCase(new HybridSharesTestCase);
        AddTestCase(new HybridClosTestCase);
        AddTestCase(new HybridTimesTestCase);
        AddTestCase(new HybridChoiceTestCase);
        AddTestCase(new HybridRefusalsTestCase);
    }
};

HybridEngineTestSuite g_hybridEngineTestSuite; ///< registers the suite

} // namespace
