/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-test-case.h"

#include "ns3/collective-helper.h"

#include <cstdint>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr uint64_t FRAME = 4096; ///< payload of a packet, bytes

/**
 * @ingroup optical-fabric-tests
 * @brief Packets or flows, whatever a case asks for.
 */
class OrderTestCase : public FlowTestCase
{
  public:
    using FlowTestCase::FlowTestCase;

  protected:
    /**
     * A star.
     * @param flows flows, or packets
     * @param order value of TransferOrder
     * @param endpoints endpoints around the switch
     * @param lanes virtual lanes
     */
    void MakeStar(bool flows, const std::string& order, uint32_t endpoints, uint32_t lanes = 1)
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("TransferOrder", StringValue(order));
        m_network->SetAttribute("VirtualLanes", UintegerValue(lanes));
        m_network->SetAttribute("ResendTimeout", StringValue("20us"));
        AddStar(endpoints);
        if (flows)
        {
            BuildFlows();
        }
        else
        {
            Build();
        }
    }

    /// @param tag a transfer's @return when it arrived, in times of a packet after the first could
    double GetFrames(uint64_t tag) const
    {
        constexpr int64_t LATENCY_PS = 2 * LINK_PS + SWITCH_PS;
        return static_cast<double>(m_client.records.at(tag).receivedPs - LATENCY_PS) / FRAME_PS;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers of a pair one after the other, and all at once.
 */
class OneAfterTheOtherTestCase : public OrderTestCase
{
  public:
    OneAfterTheOtherTestCase()
        : OrderTestCase("Transfers of a pair go in order, or take turns; others always do")
    {
    }

  private:
    void DoRun() override
    {
        // Packets have a place in their round: the first transfer, which finds the port idle,
        // sends one at once and then has its first turn. Flows have their shares.
        Check("InOrder", {{1, 5, 0}, {1, 2, 0}, {1, 3, 0}}, {5, 7, 10}, {5, 7, 10});
        Check("TakeTurns", {{1, 5, 0}, {1, 2, 0}, {1, 3, 0}}, {10, 6, 9}, {10, 6, 8});
        // The pair has one share of the link, however much waits.
        Check("InOrder", {{1, 4, 0}, {1, 4, 0}, {2, 8, 0}}, {6, 14, 16}, {8, 16, 16});
        Check("TakeTurns", {{1, 4, 0}, {1, 4, 0}, {2, 8, 0}}, {8, 11, 16}, {12, 12, 16});
        // Virtual lanes take turns.
        Check("InOrder", {{1, 4, 0}, {1, 4, 1}}, {7, 8}, {8, 8});
    }

    /// A transfer from endpoint 0.
    struct Sent
    {
        uint32_t destination; ///< endpoint
        uint64_t frames;      ///< packets
        uint8_t lane;         ///< virtual lane
    };

    /**
     * @param order value of TransferOrder
     * @param sent what is posted, all at time 0
     * @param packets when each should have left by packets, in times of a packet
     * @param flows when each should have left as a flow
     */
    void Check(const std::string& order,
               const std::vector<Sent>& sent,
               const std::vector<double>& packets,
               const std::vector<double>& flows)
    {
        for (const bool isFlow : {false, true})
        {
            MakeStar(isFlow, order, 3, 2);
            for (const Sent& transfer : sent)
            {
                Post(0, transfer.destination, transfer.frames * FRAME, transfer.lane);
            }
            Simulator::Run();
            CheckDone();
            for (uint64_t tag = 0; tag < sent.size(); ++tag)
            {
                NS_TEST_EXPECT_MSG_EQ_TOL(GetFrames(tag),
                                          (isFlow ? flows : packets)[tag],
                                          0.001,
                                          order << ", number " << tag << ", flows " << isFlow);
            }
            DropFlows();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A ring in which a link was down for a while. In order, what it held up once is all there
 * is; with turns, chunks that have caught up with one another slow down those behind them.
 */
class RingAfterFaultTestCase : public OrderTestCase
{
  public:
    RingAfterFaultTestCase()
        : OrderTestCase("A ring goes on at full speed after a link was down")
    {
    }

  private:
    static constexpr uint32_t RANKS = 16;                 ///< of the ring
    static constexpr int64_t CHUNK = 64;                  ///< a transfer, packets
    static constexpr int64_t CHUNK_PS = CHUNK * FRAME_PS; ///< what it takes
    static constexpr int64_t DOWN_PS = 10000000;          ///< how long the link is down
    static constexpr int64_t TIMEOUT_PS = 20000000;       ///< until a lost packet is sent again
    static constexpr int64_t DETECTION_PS = 2000000;      ///< detection and convergence

    void DoRun() override
    {
        // Flows just stand still. Packets that were on the link are sent again after a while, and
        // their chunks go on when all of them are there.
        const int64_t packetsPs = GetDelay(false, "InOrder", 2);
        const int64_t flowsPs = GetDelay(true, "InOrder", 2);
        NS_TEST_EXPECT_MSG_EQ_TOL(flowsPs, DOWN_PS + DETECTION_PS, 10, "flows");
        NS_TEST_EXPECT_MSG_GT_OR_EQ(packetsPs, DOWN_PS, "packets");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(packetsPs,
                                    DOWN_PS + DETECTION_PS + TIMEOUT_PS + CHUNK_PS,
                                    "packets");
        NS_TEST_EXPECT_MSG_EQ_TOL(GetDelay(false, "InOrder", 8), packetsPs, 10, "later, packets");
        NS_TEST_EXPECT_MSG_EQ_TOL(GetDelay(true, "InOrder", 8), flowsPs, 10, "later, flows");
        NS_TEST_EXPECT_MSG_GT(GetDelay(true, "TakeTurns", 8),
                              2 * GetDelay(true, "TakeTurns", 2),
                              "with turns it grows");
    }

    /**
     * @param flows flows, or packets
     * @param order value of TransferOrder
     * @param iterations executions, one behind the other
     * @return how much longer they take all together if a link is down for a while, ps
     */
    int64_t GetDelay(bool flows, const std::string& order, uint32_t iterations)
    {
        return Run(flows, order, iterations, true) - Run(flows, order, iterations, false);
    }

    /**
     * @param flows flows, or packets
     * @param order value of TransferOrder
     * @param iterations executions
     * @param fails whether a link goes down for a while
     * @return when the last execution has ended, ps
     */
    int64_t Run(bool flows, const std::string& order, uint32_t iterations, bool fails)
    {
        MakeStar(flows, order, RANKS);
        if (flows)
        {
            m_flows->SetAttribute("Symmetry", BooleanValue(false));
        }
        if (fails)
        {
            SetUpAt(3, 20 * US, false);
            SetUpAt(3, 20 * US + DOWN_PS, true);
        }
        CollectiveSpec spec;
        spec.name = "ring";
        spec.kind = ParseCollectiveKind("all-reduce");
        spec.algorithm = ParseCollectiveAlgorithm("ring");
        spec.bytes = CHUNK * FRAME * RANKS;
        spec.group = CollectiveHelper::GetRange(0, RANKS);
        spec.iterations = iterations;
        const Ptr<TransferEngine> engine = m_engine ? m_engine : Ptr<TransferEngine>(m_network);
        CollectiveHelper collectives(engine);
        collectives.Install(spec);
        NS_TEST_EXPECT_MSG_EQ(collectives.Run(), true, "the ring did not end");
        const int64_t endPs = Simulator::Now().GetPicoSeconds();
        DropFlows();
        return endPs;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief In which order transfers of a pair go.
 */
class TransferOrderTestSuite : public TestSuite
{
  public:
    TransferOrderTestSuite()
        : TestSuite("optical-fabric-transfer-order", Type::UNIT)
    {
        AddTestCase(new OneAfterTheOtherTestCase);
        AddTestCase(new RingAfterFaultTestCase);
    }
};

TransferOrderTestSuite g_transferOrderTestSuite; ///< registers the suite

} // namespace
