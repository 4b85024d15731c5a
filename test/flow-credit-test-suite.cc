/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-test-case.h"
#include "symmetric-run-test-case.h"

#include "ns3/clos-helper.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t FRAME_PS = 81920; ///< a full packet, 4096 bytes, at 400 Gb/s

/**
 * @ingroup optical-fabric-tests
 * @brief Runs the same by packets and as flows.
 */
class FlowCreditTestCase : public FlowTestCase
{
  public:
    using FlowTestCase::FlowTestCase;

  protected:
    using Action = std::function<void()>; ///< makes a network, or posts

    /**
     * @param make makes the network, before it is built
     * @param post posts transfers, or arranges for it
     * @param byFlows as flows
     * @return when each transfer has arrived, by tag, ps
     */
    std::vector<double> RunOnce(const Action& make, const Action& post, bool byFlows)
    {
        make();
        byFlows ? BuildFlows() : Build();
        post();
        RunFlows();
        std::vector<double> times;
        for (const RecordingClient::Record& record : m_client.records)
        {
            times.push_back(static_cast<double>(record.receivedPs - record.postedPs));
        }
        m_wasLimited = byFlows && m_flows->GetApproximations().isCreditLimited;
        DropFlows();
        return times;
    }

    /**
     * @param name what it is
     * @param make, post as in RunOnce
     * @param tolerance by which each transfer's time may differ, relatively
     * @return the times of flows, ps
     */
    std::vector<double> Compare(const std::string& name,
                                const Action& make,
                                const Action& post,
                                double tolerance)
    {
        const std::vector<double> packets = RunOnce(make, post, false);
        const std::vector<double> flows = RunOnce(make, post, true);
        NS_TEST_EXPECT_MSG_EQ(flows.size(), packets.size(), name);
        for (size_t i = 0; i < flows.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(flows[i] / packets[i],
                                      1,
                                      tolerance,
                                      name << ", transfer " << i << ", " << flows[i] << " as "
                                           << packets[i] << " ps");
        }
        return flows;
    }

    /// @param packets buffer, packets @param flightPs signal flight of a link, ps
    void MakeSmall(double packets, int64_t flightPs)
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("BufferBytes",
                                UintegerValue(static_cast<uint32_t>(4096 * packets)));
        m_link.Set("Delay", TimeValue(PicoSeconds(flightPs)));
    }

    bool m_wasLimited{false}; ///< whether the last run as flows was
};

/**
 * @ingroup optical-fabric-tests
 * @brief A transfer alone, over one hop and over two: closed forms, from a quarter of a buffer to
 * 64 buffers.
 */
class FlowCreditAloneTestCase : public FlowCreditTestCase
{
  public:
    FlowCreditAloneTestCase()
        : FlowCreditTestCase("A transfer alone waits for credit as its packets do")
    {
    }

  private:
    void DoRun() override
    {
        for (const int64_t buffer : {1, 2, 7, 12, 13, 20, 64})
        {
            const std::vector<int64_t> sizes{1,
                                             std::max<int64_t>(1, buffer / 4),
                                             std::max<int64_t>(1, buffer - 1),
                                             buffer,
                                             buffer + 1,
                                             2 * buffer,
                                             2 * buffer + 1,
                                             5 * buffer / 2,
                                             10 * buffer,
                                             64 * buffer};
            for (const int64_t packets : sizes)
            {
                CheckPair(buffer, packets, 500000, 0);
                CheckPair(buffer, packets, 250000, 400000);
                for (const char* switching : {"CutThrough", "StoreAndForward"})
                {
                    m_switching = switching;
                    CheckStar(buffer, packets, 500000, 0, 0);
                    CheckStar(buffer, packets, 300000, 0, 400000);
                    CheckStar(buffer, packets, 300000, 400000, 0);
                    CheckStar(buffer, packets, 0, 1000000, 5000000);
                }
            }
        }
    }

    /**
     * @param buffer packets @param packets of the transfer
     * @param flightPs signal flight, ps @param endsPs latency of sender and receiver together, ps
     */
    void CheckPair(int64_t buffer, int64_t packets, int64_t flightPs, int64_t endsPs)
    {
        const auto make = [&] {
            MakeSmall(static_cast<double>(buffer), flightPs);
            const Ptr<FabricEndpoint> a = AddEndpoint();
            const Ptr<FabricEndpoint> b = AddEndpoint();
            a->SetAttribute("DepartureLatency", TimeValue(PicoSeconds(endsPs / 4)));
            b->SetAttribute("ArrivalLatency", TimeValue(PicoSeconds(endsPs - endsPs / 4)));
            Connect(a, b);
        };
        const std::string name = std::to_string(packets) + " packets, buffer " +
                                 std::to_string(buffer) + ", " + std::to_string(endsPs);
        const double time = Compare(
                                name,
                                make,
                                [&] { Post(0, 1, 4096 * packets); },
                                1e-6)
                                .at(0);
        const int64_t roundTripPs = std::max(FRAME_PS + 2 * flightPs + endsPs, buffer * FRAME_PS);
        const int64_t expectedPs = (packets - 1) / buffer * roundTripPs +
                                   ((packets - 1) % buffer + 1) * FRAME_PS + flightPs + endsPs;
        NS_TEST_EXPECT_MSG_EQ_TOL(time, static_cast<double>(expectedPs), 2.0, name);
        NS_TEST_EXPECT_MSG_EQ(m_wasLimited, (roundTripPs > buffer * FRAME_PS), name);
    }

    /**
     * @param buffer packets @param packets of the transfer @param flightPs signal flight, ps
     * @param forwardPs latency of the switch, ps @param arrivalPs latency of the receiver, ps
     */
    void CheckStar(int64_t buffer,
                   int64_t packets,
                   int64_t flightPs,
                   int64_t forwardPs,
                   int64_t arrivalPs)
    {
        const auto make = [&] {
            MakeSmall(static_cast<double>(buffer), flightPs);
            m_network->SetAttribute("Switching", StringValue(m_switching));
            AddStar(2);
            m_network->GetSwitch(0)->SetAttribute("ForwardingLatency",
                                                  TimeValue(PicoSeconds(forwardPs)));
            m_network->GetEndpoint(1)->SetAttribute("ArrivalLatency",
                                                    TimeValue(PicoSeconds(arrivalPs)));
        };
        const std::string name = m_switching + ", " + std::to_string(packets) +
                                 " packets, buffer " + std::to_string(buffer) + ", " +
                                 std::to_string(forwardPs) + ", " + std::to_string(arrivalPs);
        Compare(
            name,
            make,
            [&] { Post(0, 1, 4096 * packets); },
            1e-6);
    }

    std::string m_switching; ///< of the network
};

/**
 * @ingroup optical-fabric-tests
 * @brief Sizes of frames and buffers, several ports, rates that change.
 */
class FlowCreditShapesTestCase : public FlowCreditTestCase
{
  public:
    FlowCreditShapesTestCase()
        : FlowCreditTestCase("Frames, buffers and ports of all kinds")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t mtu : {256, 1024, 4096, 9000})
        {
            for (const uint32_t header : {0, 64})
            {
                for (const uint32_t buffer : {10000, 65536, 100000})
                {
                    CheckFrames(mtu, header, buffer);
                }
            }
        }
        for (const uint32_t ports : {2, 3, 4})
        {
            for (const double packets : {3.0, 8.5, 20.0, 100.0, 1000.0})
            {
                const auto make = [&] {
                    MakeSmall(4, 500000);
                    const Ptr<FabricEndpoint> a = AddEndpoint();
                    const Ptr<FabricEndpoint> b = AddEndpoint();
                    Connect(a, b, ports);
                };
                const auto post = [&] { Post(0, 1, static_cast<uint64_t>(4096 * packets)); };
                Compare(std::to_string(ports) + " ports, " + std::to_string(packets),
                        make,
                        post,
                        0.05);
            }
        }
        // A source that is slower than the link that credit limits, and faster than that lets it
        // be.
        for (const char* rate : {"110Gbps", "200Gbps", "350Gbps"})
        {
            for (const uint64_t packets : {8, 16, 17, 24, 32, 48, 200, 1000})
            {
                const auto slow = [&] {
                    MakeSmall(16, 100000);
                    AddStar(2);
                    m_network->GetLink(0)->SetAttribute("Rate", StringValue(rate));
                    m_network->GetEndpoint(1)->SetAttribute("ArrivalLatency",
                                                            TimeValue(MicroSeconds(5)));
                };
                Compare(
                    std::string("from ") + rate + ", " + std::to_string(packets),
                    slow,
                    [&] { Post(0, 1, 4096 * packets); },
                    0.01);
            }
        }
        // Ports whose credit takes unlike times.
        for (const uint64_t packets : {1, 8, 100, 1000})
        {
            const auto unlike = [&] {
                MakeSmall(4, 500000);
                const Ptr<FabricEndpoint> a = AddEndpoint();
                const Ptr<FabricEndpoint> b = AddEndpoint();
                Connect(a, b);
                m_link.Set("Delay", TimeValue(PicoSeconds(2000000)));
                Connect(a, b);
            };
            Compare(
                "unlike ports, " + std::to_string(packets),
                unlike,
                [&] { Post(0, 1, 4096 * packets); },
                0.05);
        }
        const auto make = [&] {
            MakeSmall(8, 500000);
            AddStar(2);
        };
        // A rate below what credit lets the link carry counts, and one above it does not.
        for (const char* rate : {"100Gbps", "200Gbps", "800Gbps"})
        {
            const auto post = [&] {
                Post(0, 1, 4096 * 1000);
                At(100 * US, [&] {
                    LinkState state = m_network->GetLink(1)->GetState(1);
                    state.rate = DataRate(rate);
                    m_network->GetLink(1)->SetState(1, state);
                });
            };
            Compare(std::string("then ") + rate, make, post, 0.02);
        }
        // Repeats take a part of the rate, and here none of what credit lets the link carry.
        const auto damaged = [&] {
            m_link.Set("FrameErrorRatio", DoubleValue(0.01));
            m_link.Set("RetryMode", StringValue("Selective"));
            make();
            m_link = ObjectFactory("ns3::opticalfabric::FabricLink");
        };
        Compare(
            "damaged",
            damaged,
            [&] { Post(0, 1, 4096 * 1000); },
            0.05);
    }

    /// @param mtu of packets @param header of packets @param buffer all in bytes
    void CheckFrames(uint32_t mtu, uint32_t header, uint32_t buffer)
    {
        const auto make = [&] {
            MakeSmall(1, 1000000);
            m_network->SetAttribute("BufferBytes", UintegerValue(buffer));
            m_network->SetAttribute("Mtu", UintegerValue(mtu));
            m_network->SetAttribute("HeaderBytes", UintegerValue(header));
            AddStar(2);
        };
        for (const double buffers : {0.25, 1.0, 1.5, 4.0, 16.0, 64.0})
        {
            Compare(
                "MTU " + std::to_string(mtu) + " + " + std::to_string(header) + ", buffer " +
                    std::to_string(buffer) + ", " + std::to_string(buffers) + " of it",
                make,
                [&] { Post(0, 1, static_cast<uint64_t>(buffers * buffer)); },
                0.05);
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers that share the credit of a link, at once or one after the other.
 */
class FlowCreditSharingTestCase : public FlowCreditTestCase
{
  public:
    FlowCreditSharingTestCase()
        : FlowCreditTestCase("Transfers share the credit of a link")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint64_t packets : {16, 24, 64, 400})
        {
            // All to the first one, whose link they share; then from the first to all.
            for (const bool isIncast : {true, false})
            {
                const auto make = [&] {
                    MakeSmall(16, 100000);
                    AddStar(5);
                    for (uint32_t i = 0; i < 5; ++i)
                    {
                        m_network->GetEndpoint(i)->SetAttribute("ArrivalLatency",
                                                                TimeValue(MicroSeconds(5)));
                    }
                };
                const auto post = [&] {
                    for (uint32_t i = 1; i < 5; ++i)
                    {
                        Post(isIncast ? i : 0, isIncast ? 0 : i, 4096 * packets);
                    }
                };
                Compare(std::string(isIncast ? "to one, " : "from one, ") + std::to_string(packets),
                        make,
                        post,
                        0.05);
            }
            // One after another, before and after credit is back.
            for (const int64_t gapPs : {0, 200000, 500000, 4000000})
            {
                const auto make = [&] {
                    MakeSmall(16, 1000000);
                    Connect(AddEndpoint(), AddEndpoint());
                };
                const auto post = [&] {
                    int64_t atPs = 0;
                    for (uint32_t i = 0; i < 6; ++i)
                    {
                        PostAt(atPs, 0, 1, 4096 * packets);
                        atPs += static_cast<int64_t>(packets) * FRAME_PS + gapPs;
                    }
                };
                Compare("gap " + std::to_string(gapPs) + ", " + std::to_string(packets),
                        make,
                        post,
                        0.05);
            }
        }
        // Of different sizes.
        const auto make = [&] {
            MakeSmall(16, 1000000);
            AddStar(4);
        };
        const auto post = [&] {
            Post(0, 3, 4096 * 100);
            Post(1, 3, 4096 * 300);
            Post(2, 3, 4096 * 900);
        };
        Compare("sizes", make, post, 0.05);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Ranks that stand for all have the credit of all.
 */
class FlowCreditSymmetryTestCase : public SymmetricRunTestCase
{
  public:
    FlowCreditSymmetryTestCase()
        : SymmetricRunTestCase("A few ranks that stand for all, with small buffers")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& [kind, algorithm] :
             std::vector<std::pair<std::string, std::string>>{{"all-reduce", "ring"},
                                                              {"all-to-all", "pairwise"},
                                                              {"all-to-all", "all-at-once"},
                                                              {"all-gather", "ring"}})
        {
            for (const uint64_t bytes : {16 * 4096, 16 * 65536, 16 * 1000000})
            {
                CollectiveSpec spec;
                spec.kind = ParseCollectiveKind(kind);
                spec.algorithm = ParseCollectiveAlgorithm(algorithm);
                spec.bytes = bytes;
                spec.group = CollectiveHelper::GetRange(0, 16);
                const Outcome few = Run(spec, true);
                const Outcome all = Run(spec, false);
                const std::string what = kind + ", " + algorithm + ", " + std::to_string(bytes);
                ExpectSame(few, all, what);
                NS_TEST_EXPECT_MSG_LT(few.events, all.events, what);
            }
        }
    }

    /// @param spec what to run @param symmetry whether ranks may stand for all @return what came
    /// of it
    Outcome Run(const CollectiveSpec& spec, bool symmetry)
    {
        const auto helper = CreateObject<ClosHelper>();
        helper->SetAttribute("Endpoints", UintegerValue(16));
        helper->SetAttribute("Leaves", UintegerValue(2));
        helper->SetAttribute("Spines", UintegerValue(2));
        helper->SetAttribute("UplinkDelay", TimeValue(NanoSeconds(2450)));
        helper->SetNetworkAttribute("BufferBytes", UintegerValue(65536));
        BuiltFabric fabric = helper->Build();
        const Outcome outcome = RunCollective(fabric.networks[0], spec, symmetry, "2ps");
        fabric.Dispose();
        return outcome;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Test suite of credit among flows.
 */
class FlowCreditTestSuite : public TestSuite
{
  public:
    FlowCreditTestSuite()
        : TestSuite("optical-fabric-flow-credit", Type::UNIT)
    {
        AddTestCase(new FlowCreditAloneTestCase);
        AddTestCase(new FlowCreditShapesTestCase);
        AddTestCase(new FlowCreditSharingTestCase);
        AddTestCase(new FlowCreditSymmetryTestCase);
    }
};

FlowCreditTestSuite g_flowCreditTestSuite; ///< registers the suite

} // namespace
