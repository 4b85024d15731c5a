/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-test-case.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr uint64_t MEGABYTE = 1000000; ///< takes 20 us at 400 Gb/s

/// All choices of path.
const std::initializer_list<const char*> ROUTINGS{"Deterministic", "Ecmp", "Spray", "Adaptive"};

/// @param routing choice of path @return whether a transfer takes one path alone
bool
IsPinned(const std::string& routing)
{
    return routing == "Deterministic" || routing == "Ecmp";
}

/**
 * @ingroup optical-fabric-tests
 * @brief Links that become faster, slower and longer.
 */
class FlowRatesTestCase : public FlowTestCase
{
  public:
    FlowRatesTestCase()
        : FlowTestCase("Rate and length of a link change during a flow")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* routing : ROUTINGS)
        {
            Make();
            m_network->SetAttribute("Routing", StringValue(routing));
            AddStar(2);
            BuildFlows();
            Post(0, 1, MEGABYTE);
            ChangeAt(10 * US, "100Gbps", LINK_PS); // half of it is left
            At(11 * US, [this]() { ExpectRate(0, 1, BYTES_PER_S / 4); });
            ChangeAt(30 * US, "800Gbps", LINK_PS); // a quarter, and the other link is slower
            At(31 * US, [this]() { ExpectRate(0, 1, BYTES_PER_S); });
            RunFlows();
            ExpectArrival(0, 35 * US, routing);

            Post(0, 1, MEGABYTE);
            const int64_t nowPs = Simulator::Now().GetPicoSeconds();
            ChangeAt(10 * US, "400Gbps", US);
            RunFlows();
            ExpectArrival(1, nowPs + 20 * US + US - LINK_PS, routing);

            // Attributes are as good as states.
            Post(0, 1, MEGABYTE);
            const int64_t thenPs = Simulator::Now().GetPicoSeconds();
            At(10 * US,
               [this]() { m_network->GetLink(1)->SetAttribute("Rate", StringValue("200Gbps")); });
            RunFlows();
            ExpectArrival(2, thenPs + 30 * US + US - LINK_PS, routing);
            DropFlows();
        }
    }

    /// @param atPs when, ps @param rate of the link to endpoint 1 @param delay its propagation, ps
    void ChangeAt(int64_t atPs, const std::string& rate, int64_t delay)
    {
        At(atPs, [this, rate, delay]() {
            LinkState state = m_network->GetLink(1)->GetState(1);
            state.rate = DataRate(rate);
            state.propagation = PicoSeconds(delay);
            m_network->GetLink(1)->SetState(1, state);
        });
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Links that damage frames.
 */
class FlowErrorsTestCase : public FlowTestCase
{
  public:
    FlowErrorsTestCase()
        : FlowTestCase("Repeats of damaged frames take what the closed form says")
    {
    }

  private:
    static constexpr int64_t FLIGHT_PS = 50000; ///< signal flight
    static constexpr int64_t PHY_PS = 100000;   ///< FEC and signal processing
    static constexpr int64_t TURN_PS = 30000;   ///< from damage to request

    void DoRun() override
    {
        for (const char* mode : {"GoBackN", "Selective"})
        {
            for (const double ratio : {1e-3, 0.01, 0.1})
            {
                // A damaged frame is sent again; with GoBackN also what left in a round trip.
                const double roundTripPs = 2 * (FLIGHT_PS + PHY_PS) + TURN_PS;
                const double lost =
                    mode[0] == 'G' ? 1 + roundTripPs / static_cast<double>(FRAME_PS) : 1;
                const double share = (1 - ratio) / (1 - ratio + ratio * lost);
                const auto flowPs = static_cast<double>(Run(mode, ratio, share, true));
                const auto packetPs = static_cast<double>(Run(mode, ratio, share, false));
                NS_TEST_EXPECT_MSG_EQ_TOL(flowPs / packetPs,
                                          1,
                                          0.02,
                                          mode << ", " << ratio << " of the frames");
            }
        }
        for (const char* routing : ROUTINGS)
        {
            CheckAll(routing);
        }
    }

    /// A link that damages every frame is as good as none. @param routing choice of path
    void CheckAll(const std::string& routing)
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("Routing", StringValue(routing));
        m_network->SetAttribute("MaxResends", UintegerValue(2));
        AddStar(2);
        BuildFlows();
        Post(0, 1, MEGABYTE);
        for (const bool works : {false, true})
        {
            // The second time it works again before the source has given up.
            At(works ? 45 * US : 5 * US, [this]() { SetRatio(1); });
            At(works ? 50 * US : 30 * US, [this]() { SetRatio(0); });
        }
        PostAt(40 * US, 0, 1, MEGABYTE);
        RunFlows();
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes, 750000, routing);
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].receivedPs, 20 * US, routing);
        ExpectArrival(1, 65 * US, routing);
        DropFlows();
    }

    /// @param ratio share of the frames that the link to endpoint 1 damages from now on
    void SetRatio(double ratio)
    {
        LinkState state = m_network->GetLink(1)->GetState(1);
        state.frameErrorRatio = ratio;
        m_network->GetLink(1)->SetState(1, state);
    }

    /**
     * @param mode what is sent again
     * @param ratio share of damaged frames
     * @param share share of the rate that is left
     * @param flows whether flows move the transfer, or packets
     * @return its time, ps
     */
    int64_t Run(const std::string& mode, double ratio, double share, bool flows)
    {
        MakeNetwork(US, US);
        m_link.Set("Delay", TimeValue(PicoSeconds(FLIGHT_PS)));
        m_link.Set("PhyLatency", TimeValue(PicoSeconds(PHY_PS)));
        m_link.Set("RetryTurnaround", TimeValue(PicoSeconds(TURN_PS)));
        m_link.Set("RetryMode", StringValue(mode));
        AddStar(2);
        if (flows)
        {
            BuildFlows();
        }
        else
        {
            Build();
        }
        SetRatio(ratio);
        Post(0, 1, 4096 * 20000);
        if (flows)
        {
            At(US, [this, share]() { ExpectRate(0, 1, BYTES_PER_S * share); });
        }
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
        DropFlows();
        return Latency(0);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A link goes down under a flow that has other ways.
 */
class FlowRerouteTestCase : public FlowTestCase
{
  public:
    FlowRerouteTestCase()
        : FlowTestCase("A link goes down: before detection, after it, after convergence")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* routing : ROUTINGS)
        {
            CheckFlap(routing);
            for (const bool isNear : {true, false})
            {
                CheckTwoPorts(routing, isNear);
                CheckClos(routing, isNear);
            }
        }
        CheckBetween();
    }

    /// Routing takes 2 us to notice and 3 us to converge. @param routing choice of path
    void MakeRouted(const std::string& routing)
    {
        MakeNetwork(2 * US, 3 * US);
        m_network->SetAttribute("Routing", StringValue(routing));
    }

    /// Down for 10 us, and nobody notices. @param routing choice of path
    void CheckFlap(const std::string& routing)
    {
        for (const uint32_t link : {0, 1})
        {
            MakeNetwork(50 * US, 0);
            m_network->SetAttribute("Routing", StringValue(routing));
            AddStar(2);
            BuildFlows();
            SetUpAt(link, 5 * US, false);
            At(6 * US, [this]() { ExpectRate(0, 1, 0); });
            SetUpAt(link, 15 * US, true);
            At(16 * US, [this]() { ExpectRate(0, 1, BYTES_PER_S); });
            Post(0, 1, MEGABYTE);
            RunFlows();
            ExpectArrival(0, 30 * US, routing + ", down for 10 us");
            NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(link, link),
                                      static_cast<double>(MEGABYTE),
                                      1,
                                      "once each");
            DropFlows();
        }
    }

    /**
     * Endpoints on two switches.
     * @param routing choice of path
     * @param isNear whether the link is the source's, or the destination's
     */
    void CheckTwoPorts(const std::string& routing, bool isNear)
    {
        MakeRouted(routing);
        const Ptr<FabricSwitch> left = AddSwitch();
        const Ptr<FabricSwitch> right = AddSwitch();
        for (uint32_t i = 0; i < 2; ++i)
        {
            const Ptr<FabricEndpoint> endpoint = AddEndpoint();
            Connect(endpoint, left);
            Connect(endpoint, right);
        }
        BuildFlows();
        Post(0, 1, MEGABYTE);
        // Links 0 and 1 are those of endpoint 0, 2 and 3 those of endpoint 1.
        uint32_t side = 0;
        At(5 * US, [this, isNear, &side]() {
            side = m_flows->GetLinkBytes(0, 0) > 0 ? 0 : 1;
            m_network->GetLink((isNear ? 0 : 2) + side)->SetUp(false);
        });
        RunFlows();
        const std::string title = routing + (isNear ? ", near" : ", far");
        if (IsPinned(routing))
        {
            // A quarter is there; the source takes its other port as it notices, but another's
            // port is known to be gone when routing has converged.
            ExpectArrival(0, (isNear ? 22 : 25) * US, title);
        }
        else
        {
            // Half is there; a source that has another port sends all by that at once.
            ExpectArrival(0, (isNear ? 15 : 20) * US, title);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(side, 0), 250000, 1, title);
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(1 - side, 0), 750000, 1, title);
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(2 + side, 1), 250000, 1, title);
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(3 - side, 1), 750000, 1, title);
        DropFlows();
    }

    /**
     * Two leaves and two spines.
     * @param routing choice of path
     * @param isNear whether the link is that of the source's leaf, or of the destination's
     */
    void CheckClos(const std::string& routing, bool isNear)
    {
        MakeRouted(routing);
        AddClos(2, 2, 1);
        BuildFlows();
        Post(0, 1, MEGABYTE);
        // Links 2 and 3 are those of leaf 0, 4 and 5 those of leaf 1.
        uint32_t side = 0;
        At(5 * US, [this, isNear, &side]() {
            side = m_flows->GetLinkBytes(2, 0) > 0 ? 0 : 1;
            m_network->GetLink((isNear ? 2 : 4) + side)->SetUp(false);
        });
        RunFlows();
        const std::string title = routing + ", Clos" + (isNear ? ", near" : ", far");
        // A quarter is there. A leaf notices that a link of its own is gone, and one that looks
        // for the shortest queue is ahead of that; of others' links it hears at convergence.
        const int64_t standsUs = !isNear ? 5 : routing == "Adaptive" ? 0 : 2;
        ExpectArrival(0, (20 + standsUs) * US, title, 4);
        const double lostSide = IsPinned(routing) ? 250000 : 125000;
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(2 + side, 0), lostSide, 1, title);
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(3 - side, 0), 1e6 - lostSide, 1, title);
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(4 + side, 1), lostSide, 1, title);
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(5 - side, 1), 1e6 - lostSide, 1, title);
        DropFlows();
    }

    /// One path after another, each counted where it was.
    void CheckBetween()
    {
        MakeRouted("Deterministic");
        AddClos(2, 4, 4);
        BuildFlows();
        // To endpoint 5: spine 5 mod 4, over link 8 + 1.
        Post(0, 5, MEGABYTE);
        SetUpAt(9, 5 * US, false);
        RunFlows();
        ExpectArrival(0, 22 * US, "four spines", 4);
        // The next one when the leaf has noticed, number 5 mod 3 of the others from convergence on.
        const std::vector<double> expected{0, 250000, 150000, 600000};
        for (uint32_t spine = 0; spine < 4; ++spine)
        {
            const std::string title = "spine " + std::to_string(spine);
            NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(8 + spine, 0),
                                      expected[spine],
                                      1,
                                      title);
            NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(12 + spine, 1),
                                      expected[spine],
                                      1,
                                      title);
        }
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers to which no way is left, for good or not.
 */
class FlowNoWayTestCase : public FlowTestCase
{
  public:
    FlowNoWayTestCase()
        : FlowTestCase("Without a way transfers fail in the end, or go on when there is one")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* routing : ROUTINGS)
        {
            CheckFailure(routing);
            CheckRepair(routing);
            CheckDownWhenBuilt(routing);
        }
        CheckPartWay("Spray");
        CheckPartWay("Adaptive");
    }

    /**
     * Between detection and convergence a spine has no way on: what it loses is sent again, and may
     * take the other one, as the source's patience is shorter than that.
     * @param routing choice of path
     */
    void CheckPartWay(const std::string& routing)
    {
        for (const uint64_t bytes : {uint64_t{4096}, uint64_t{3 * 4096}, MEGABYTE})
        {
            MakeNetwork(2 * US, 200 * US);
            m_network->SetAttribute("Routing", StringValue(routing));
            AddClos(2, 2, 1);
            BuildFlows();
            SetUpAt(5, 0, false); // from spine 1 to leaf 1
            PostAt(5 * US, 0, 1, bytes);
            RunFlows();
            const std::string title = routing + ", bytes " + std::to_string(bytes);
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, title);
            // All leave at the rate of the endpoint's link, as two spines have as much; half of it
            // arrives, and is sent again until less than half a packet is missing.
            const int64_t packets = (static_cast<int64_t>(bytes) + 4095) / 4096;
            const double times =
                std::min(7.0, std::floor(std::log2(2.0 * static_cast<double>(packets))));
            const double leftPs = static_cast<double>(bytes) / (BYTES_PER_S / 1e12) * 2;
            const double expectedPs = leftPs + times * static_cast<double>(TIMEOUT_PS);
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(Latency(0)),
                                      expectedPs,
                                      0.05 * expectedPs + 1e6,
                                      title);
            DropFlows();
        }
    }

    /// Three endpoints on a switch, patience of 15 us. @param routing choice of path
    void MakeRouted(const std::string& routing)
    {
        MakeNetwork(2 * US, 3 * US);
        m_network->SetAttribute("Routing", StringValue(routing));
        m_network->SetAttribute("MaxResends", UintegerValue(2));
        AddStar(3);
    }

    /// @param routing choice of path
    void CheckFailure(const std::string& routing)
    {
        MakeRouted(routing);
        BuildFlows();
        SetUpAt(2, 5 * US, false);
        Post(0, 2, MEGABYTE); // a quarter of it is there
        Post(2, 1, MEGABYTE);
        PostAt(10 * US, 0, 2, 5000);
        PostAt(11 * US, 0, 2, 0);
        PostAt(12 * US, 2, 0, 7000);
        PostAt(13 * US, 0, 1, 50000);
        Simulator::Stop(MilliSeconds(1));
        Simulator::Run();
        CheckDone();
        const NetworkTotals& totals = m_network->GetTotals();
        NS_TEST_EXPECT_MSG_EQ(totals.failedTransfers, 5, "transfers that failed");
        NS_TEST_EXPECT_MSG_EQ(totals.transferLatency.GetCount(), 1, "transfers that did not");
        // Endpoint 0 has a port: from 7 us on 750,000 bytes leave by it, then 5,000, to be lost.
        // Endpoint 2 has none.
        CheckFailed(0, 22 * US, 22 * US, 750000, routing);
        CheckFailed(1, 22 * US, 7 * US, 750000, routing);
        CheckFailed(2, 25 * US, 22 * US + US / 10, 5000, routing);
        CheckFailed(3, 26 * US, 22 * US + US / 10, 0, routing);
        CheckFailed(4, 27 * US, 12 * US, 7000, routing);
        NS_TEST_EXPECT_MSG_EQ(m_client.records[5].failures, 0, "nothing to do with it");
        ExpectArrival(5, 14 * US, routing + ", nothing to do with it");
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(2, 1), 250000, 1, "what was there");
        DropFlows();
    }

    /**
     * @param tag a transfer's
     * @param atPs when it should have failed, ps
     * @param sentPs when it should have left its source, ps
     * @param bytes what should have failed of it
     * @param routing choice of path
     */
    void CheckFailed(uint64_t tag,
                     int64_t atPs,
                     int64_t sentPs,
                     uint64_t bytes,
                     const std::string& routing)
    {
        const RecordingClient::Record& record = m_client.records.at(tag);
        const std::string title = routing + ", transfer " + std::to_string(tag);
        NS_TEST_EXPECT_MSG_EQ(record.failures, 1, title << ": OnFailed");
        NS_TEST_EXPECT_MSG_EQ(record.failedBytes, bytes, title << ": bytes");
        NS_TEST_EXPECT_MSG_EQ(record.sentPs, sentPs, title << ": OnSent");
        NS_TEST_EXPECT_MSG_EQ(record.receivedPs, atPs, title << ": OnReceived");
        NS_TEST_EXPECT_MSG_EQ(record.sentAt, m_network->GetNodeId(record.transfer.source), title);
        NS_TEST_EXPECT_MSG_EQ(record.receivedAt,
                              m_network->GetNodeId(record.transfer.destination),
                              title);
    }

    /// @param routing choice of path
    void CheckRepair(const std::string& routing)
    {
        MakeRouted(routing);
        BuildFlows();
        SetUpAt(2, 5 * US, false);
        SetUpAt(2, 15 * US, true);
        Post(0, 2, MEGABYTE);
        // In use from 20 us, where both have a half.
        PostAt(10 * US, 1, 2, 250000);
        RunFlows();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
        ExpectArrival(1, 30 * US, routing + ", the short one");
        ExpectArrival(0, 40 * US, routing + ", the long one");
        // Nothing is left of the first time: it waits as long as ever.
        const int64_t nowPs = Simulator::Now().GetPicoSeconds();
        SetUpAt(2, 0, false);
        PostAt(10 * US, 0, 2, 5000);
        RunFlows();
        CheckFailed(2, nowPs + 25 * US, nowPs + 10 * US + US / 10, 5000, routing);
        DropFlows();
    }

    /// @param routing choice of path
    void CheckDownWhenBuilt(const std::string& routing)
    {
        MakeRouted(routing);
        m_network->GetLink(1)->SetUp(false);
        BuildFlows();
        SetUpAt(1, 5 * US, true);
        Post(0, 1, MEGABYTE);
        Post(1, 2, MEGABYTE);
        RunFlows();
        ExpectArrival(0, 30 * US, routing);
        ExpectArrival(1, 30 * US, routing);
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows over links that change, fail and come back.
 */
class FlowFaultsTestSuite : public TestSuite
{
  public:
    FlowFaultsTestSuite()
        : TestSuite("optical-fabric-flow-faults", Type::UNIT)
    {
        AddTestCase(new FlowRatesTestCase);
        AddTestCase(new FlowErrorsTestCase);
        AddTestCase(new FlowRerouteTestCase);
        AddTestCase(new FlowNoWayTestCase);
    }
};

FlowFaultsTestSuite g_flowFaultsTestSuite; ///< registers the suite

} // namespace
