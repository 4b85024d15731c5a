/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-test-case.h"

#include "ns3/fabric-link.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Endpoints with a port to each of some switches, which are planes; some links are slow or
 * dead. A transfer of several flows over them takes what it takes in packets.
 */
class FlowPartsTestCase : public FlowTestCase
{
  public:
    FlowPartsTestCase()
        : FlowTestCase("Ports of unlike rates")
    {
    }

  private:
    /// Part of its rate that a link keeps, by number; 0: it is dead.
    using Shares = std::map<uint32_t, double>;

    static constexpr int64_t BEGIN_PS = 1000000000; ///< routing has noticed by then

    /**
     * @param planes switches
     * @param endpoints endpoints; link planes * e + p is that of endpoint e to plane p
     * @param shares what links keep of their rate
     * @param sends source, destination
     * @param bytes of each transfer
     * @param flows by flows, or by packets
     * @return until all have arrived, ps
     */
    int64_t Run(uint32_t planes,
                uint32_t endpoints,
                const Shares& shares,
                const std::vector<std::pair<uint32_t, uint32_t>>& sends,
                uint64_t bytes,
                bool flows)
    {
        MakeNetwork(1000000, 1000000);
        m_network->SetAttribute("BufferBytes", UintegerValue(65536));
        std::vector<Ptr<FabricNode>> hubs;
        for (uint32_t p = 0; p < planes; ++p)
        {
            hubs.push_back(AddSwitch());
        }
        for (uint32_t e = 0; e < endpoints; ++e)
        {
            const Ptr<FabricNode> endpoint = AddEndpoint();
            for (const Ptr<FabricNode>& hub : hubs)
            {
                Connect(endpoint, hub);
            }
        }
        Build();
        for (const auto& [number, share] : shares)
        {
            const Ptr<FabricLink> link = m_network->GetLink(number);
            for (uint32_t direction = 0; share > 0 && direction < 2; ++direction)
            {
                LinkState state = link->GetState(direction);
                const auto rate = static_cast<double>(state.rate.GetBitRate());
                state.rate = DataRate(static_cast<uint64_t>(rate * share));
                link->SetState(direction, state);
            }
            if (share == 0)
            {
                link->SetUp(false);
            }
        }
        if (flows)
        {
            m_flows = MakeFlowEngine(m_network);
            m_engine = m_flows;
        }
        for (const auto& [source, destination] : sends)
        {
            PostAt(BEGIN_PS, source, destination, bytes);
        }
        m_client.whenSent = [this, bytes, left = m_repeats](const Transfer& sent) mutable {
            if (left > 1)
            {
                --left;
                Post(sent.source, sent.destination, bytes);
            }
        };
        RunFlows();
        int64_t lastPs = 0;
        for (const auto& record : m_client.records)
        {
            lastPs = std::max<int64_t>(lastPs, record.receivedPs);
        }
        if (flows)
        {
            CheckBytes(planes * endpoints, bytes * (sends.size() + m_repeats - 1));
        }
        DropFlows();
        return lastPs - BEGIN_PS;
    }

    uint32_t m_repeats{1}; ///< transfers that are posted as those before leave, and the first

    /**
     * Ports take packets one by one, and a buffer that is full takes the source's bytes.
     */
    void CheckPackets()
    {
        constexpr uint64_t PACKET = 4096;
        for (const double share : {0.1, 0.5})
        {
            // Port 1, and that of the destination's port 1.
            for (const uint32_t link : {1, 8})
            {
                for (const uint64_t packets : {1, 2, 3, 7, 8, 9, 20, 33, 300})
                {
                    Compare("packets " + std::to_string(packets) + " over link " +
                                std::to_string(link),
                            7,
                            2,
                            {{link, share}},
                            {{0, 1}},
                            packets * PACKET,
                            0);
                }
            }
        }
        // More than buffers hold, each as the one before has left: what these hold is paid for
        // once.
        for (const uint64_t packets : {2, 9, 300, 3000})
        {
            m_repeats = 5;
            Compare("one after another, packets " + std::to_string(packets),
                    7,
                    2,
                    {{8, 0.1}},
                    {{0, 1}},
                    packets * PACKET,
                    0);
            m_repeats = 1;
        }
        // One packet to each of seven at once: all but a few by the fast port.
        Compare("one packet each",
                2,
                8,
                {{1, 0.1}},
                {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7}},
                PACKET,
                0);
    }

    /// @param links of the network @param bytes that all transfers have; each takes two links
    void CheckBytes(uint32_t links, uint64_t bytes)
    {
        double carried = 0;
        for (uint32_t i = 0; i < 2 * links; ++i)
        {
            carried += m_flows->GetLinkBytes(i / 2, i % 2);
        }
        const double expected = 2.0 * static_cast<double>(bytes);
        // Ends are rounded up to picoseconds, in which a few bits go over each link.
        const double tolerance = std::max(1e-6 * expected, 0.5 * m_repeats);
        NS_TEST_EXPECT_MSG_EQ_TOL(carried, expected, tolerance, "bytes of all links");
    }

    /**
     * @param what what is compared
     * @param planes, endpoints, shares, sends, bytes see Run
     * @param expectedPs by hand; 0: nobody knows
     */
    void Compare(const std::string& what,
                 uint32_t planes,
                 uint32_t endpoints,
                 const Shares& shares,
                 const std::vector<std::pair<uint32_t, uint32_t>>& sends,
                 uint64_t bytes,
                 double expectedPs)
    {
        const auto flows = static_cast<double>(Run(planes, endpoints, shares, sends, bytes, true));
        const auto packets =
            static_cast<double>(Run(planes, endpoints, shares, sends, bytes, false));
        NS_TEST_EXPECT_MSG_EQ_TOL(flows, packets, 0.05 * packets, what << ", as packets");
        if (expectedPs > 0)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(flows, expectedPs, 0.02 * expectedPs, what << ", by hand");
        }
    }

    void DoRun() override
    {
        constexpr uint64_t BYTES = uint64_t{16} << 20;
        const double oneLinkPs = BYTES / (BYTES_PER_S / 1e12);
        // 400 and 200 Gb/s, at both ends, at the source, at the destination.
        Compare("both", 2, 2, {{1, 0.5}, {3, 0.5}}, {{0, 1}}, BYTES, oneLinkPs / 1.5);
        Compare("source", 2, 2, {{1, 0.5}}, {{0, 1}}, BYTES, oneLinkPs / 1.5);
        Compare("destination", 2, 2, {{3, 0.5}}, {{0, 1}}, BYTES, oneLinkPs / 1.5);
        // A tenth, behind a buffer of 64 KiB that is full in the end.
        const double heldPs = 65536 / (0.1 * BYTES_PER_S / 1e12);
        Compare("a tenth", 7, 2, {{13, 0.1}}, {{0, 1}}, BYTES, oneLinkPs / 6.1 + heldPs);
        Compare("a ring", 4, 3, {{1, 0.2}}, {{0, 1}, {1, 2}, {2, 0}}, BYTES, 0);
        // Different links at both ends: three parts.
        Compare("both ends",
                4,
                2,
                {{0, 0.5}, {5, 0.25}},
                {{0, 1}},
                BYTES,
                oneLinkPs / 2.75 + heldPs * 0.1 / 0.25);
        // A degraded link never costs more than a dead one, but for what a buffer holds.
        for (const double share : {0.9, 0.5, 0.1, 0.02})
        {
            const std::vector<std::vector<std::pair<uint32_t, uint32_t>>> patterns{
                {{0, 1}},
                {{1, 0}},
                {{0, 1}, {1, 2}, {2, 0}},
                {{1, 0}, {2, 0}},
                {{0, 1}, {0, 2}},
                {{0, 1}, {0, 2}, {1, 0}, {1, 2}, {2, 0}, {2, 1}}};
            for (const auto& sends : patterns)
            {
                const auto slow =
                    static_cast<double>(Run(3, 3, {{0, share}}, sends, 4 * BYTES, true));
                const auto dead = static_cast<double>(Run(3, 3, {{0, 0}}, sends, 4 * BYTES, true));
                const double buffersPs = 65536 / (share * BYTES_PER_S / 1e12);
                NS_TEST_EXPECT_MSG_LT_OR_EQ(
                    slow,
                    1.001 * dead + static_cast<double>(sends.size()) * buffersPs,
                    "a link at " << share << ", transfers " << sends.size());
            }
        }
        CheckPackets();
        // A link that slows down while a transfer is under way.
        MakeNetwork(1000000, 1000000);
        const std::vector<Ptr<FabricNode>> hubs{AddSwitch(), AddSwitch()};
        for (uint32_t e = 0; e < 2; ++e)
        {
            const Ptr<FabricNode> endpoint = AddEndpoint();
            Connect(endpoint, hubs[0]);
            Connect(endpoint, hubs[1]);
        }
        BuildFlows();
        PostAt(0, 0, 1, 2 * BYTES);
        const Ptr<FabricLink> link = m_network->GetLink(3);
        At(static_cast<int64_t>(oneLinkPs / 2), [link] {
            LinkState state = link->GetState(1);
            state.rate = DataRate("100Gbps");
            link->SetState(1, state);
        });
        RunFlows();
        // Half of it at 800 Gb/s, the rest at 500; and a buffer that is full at the end.
        const double tookPs = oneLinkPs / 2 + oneLinkPs / 1.25;
        NS_TEST_EXPECT_MSG_GT_OR_EQ(static_cast<double>(Latency(0)), tookPs, "not before");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(static_cast<double>(Latency(0)), 1.05 * tookPs, "soon after");
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows whose ways by their source's ports are not equally fast.
 */
class FlowPartsTestSuite : public TestSuite
{
  public:
    FlowPartsTestSuite()
        : TestSuite("optical-fabric-flow-parts", Type::UNIT)
    {
        AddTestCase(new FlowPartsTestCase);
    }
};

FlowPartsTestSuite g_flowPartsTestSuite; ///< registers the suite

} // namespace
