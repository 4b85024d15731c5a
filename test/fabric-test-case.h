/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_TEST_CASE_H
#define OPTICAL_FABRIC_FABRIC_TEST_CASE_H

#include "ns3/built-fabric.h"
#include "ns3/fabric-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{
namespace fabrictest
{

/// @ingroup optical-fabric-tests
/// @brief Attributes by name, as text.
using Attributes = std::vector<std::pair<std::string, std::string>>;

/**
 * @ingroup optical-fabric-tests
 * @brief Notes when transfers arrive.
 */
class ArrivalNotes : public TransferClient
{
  public:
    void OnSent(const Transfer&) override
    {
    }

    void OnReceived(const Transfer&, uint64_t failedBytes) override
    {
        ++received;
        failed += failedBytes;
        lastPs = Simulator::Now().GetPicoSeconds();
    }

    uint64_t received{0}; ///< transfers
    uint64_t failed{0};   ///< bytes of them that were lost
    int64_t lastPs{0};    ///< when the last one was complete, ps
};

/**
 * @ingroup optical-fabric-tests
 * @brief A path with nothing in the way, summed by hand: knows nothing of the engine.
 */
struct QuietPath
{
    /// A link of the path.
    struct Link
    {
        uint64_t bitRate;      ///< rate, bit/s
        int64_t propagationPs; ///< propagation, ps
        int64_t phyPs;         ///< FEC and signal processing, ps
    };

    int64_t departurePs{0};         ///< memory to wire, ps
    int64_t arrivalPs{0};           ///< wire to memory, ps
    std::vector<Link> links;        ///< links in order
    std::vector<int64_t> latencyPs; ///< latencies of the switches between them, ps

    /**
     * @param bytes size on the wire
     * @param bitRate rate, bit/s
     * @return time to clock it out, ps, rounded to the nearest
     */
    static int64_t Serialize(uint64_t bytes, uint64_t bitRate)
    {
        const uint64_t numerator = bytes * 8 * 1000000; // 1e12 in two steps: 64 bits hold it
        const uint64_t wholePs = numerator / bitRate * 1000000;
        const uint64_t rest = numerator % bitRate * 1000000;
        return static_cast<int64_t>(wholePs + (2 * rest + bitRate) / (2 * bitRate));
    }

    /**
     * @param bytes size of a packet on the wire
     * @param cutThrough whether switches send on what they have not received yet
     * @return its latency, ps
     */
    int64_t GetLatency(uint64_t bytes, bool cutThrough) const
    {
        int64_t firstPs = departurePs;                                          // first bit leaves
        int64_t lastPs = departurePs + Serialize(bytes, links.front().bitRate); // last bit leaves
        for (std::size_t i = 0; i < links.size(); ++i)
        {
            if (i > 0)
            {
                const int64_t timePs = Serialize(bytes, links[i].bitRate);
                const int64_t latency = latencyPs[i - 1];
                // No bit leaves sooner than the latency after it came.
                firstPs =
                    cutThrough ? std::max(firstPs, lastPs - timePs) + latency : lastPs + latency;
                lastPs = firstPs + timePs;
            }
            firstPs += links[i].propagationPs + links[i].phyPs;
            lastPs += links[i].propagationPs + links[i].phyPs;
        }
        return lastPs + arrivalPs;
    }

    /**
     * @param bytes size of a packet on the wire
     * @return the time between packets that the slowest link sets, ps
     */
    int64_t GetBottleneck(uint64_t bytes) const
    {
        int64_t slowestPs = 0;
        for (const Link& link : links)
        {
            slowestPs = std::max(slowestPs, Serialize(bytes, link.bitRate));
        }
        return slowestPs;
    }

    /// @return propagation, ps
    int64_t GetPropagation() const
    {
        int64_t sumPs = 0;
        for (const Link& link : links)
        {
            sumPs += link.propagationPs;
        }
        return sumPs;
    }

    /// @return FEC and signal processing, ps
    int64_t GetPhy() const
    {
        int64_t sumPs = 0;
        for (const Link& link : links)
        {
            sumPs += link.phyPs;
        }
        return sumPs;
    }

    /// @return time in endpoints, ps
    int64_t GetEndpoint() const
    {
        return departurePs + arrivalPs;
    }

    /// @return time in switches, ps
    int64_t GetSwitching() const
    {
        int64_t sumPs = 0;
        for (const int64_t latency : latencyPs)
        {
            sumPs += latency;
        }
        return sumPs;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A test of a fabric helper.
 */
class FabricTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    /**
     * @tparam H helper
     * @param attributes its attributes
     * @return the helper
     */
    template <typename H>
    static Ptr<H> MakeHelper(const Attributes& attributes)
    {
        auto helper = CreateObject<H>();
        for (const auto& [name, value] : attributes)
        {
            helper->SetAttribute(name, StringValue(value));
        }
        return helper;
    }

    /**
     * @param object a helper
     * @param name attribute that is a time
     * @return its value, ps
     */
    static int64_t GetPs(const Ptr<FabricHelper>& object, const std::string& name)
    {
        TimeValue value;
        object->GetAttribute(name, value);
        return value.Get().GetPicoSeconds();
    }

    /**
     * @param object a helper
     * @param name attribute that is a rate
     * @return its value, bit/s
     */
    static uint64_t GetBitRate(const Ptr<FabricHelper>& object, const std::string& name)
    {
        DataRateValue value;
        object->GetAttribute(name, value);
        return value.Get().GetBitRate();
    }

    /**
     * @param network a network
     * @param name name of one of its endpoints
     * @return its index
     */
    uint32_t FindEndpoint(const Ptr<FabricNetwork>& network, const std::string& name)
    {
        uint32_t index = 0;
        while (index < network->GetNEndpoints() && network->GetEndpoint(index)->GetName() != name)
        {
            ++index;
        }
        NS_TEST_EXPECT_MSG_LT(index, network->GetNEndpoints(), "an endpoint is named " + name);
        return index;
    }

    /**
     * Build, send one transfer and throw all away.
     * @param helper helper
     * @param n number of the network
     * @param from name of the source
     * @param to name of the destination
     * @param bytes payload
     * @return how long it took, ps
     */
    int64_t Send(const Ptr<FabricHelper>& helper,
                 uint32_t n,
                 const std::string& from,
                 const std::string& to,
                 uint64_t bytes)
    {
        BuiltFabric fabric = helper->Build();
        fabric.AssignStreams(1);
        const Ptr<FabricNetwork>& network = fabric.networks[n];
        ArrivalNotes notes;
        Transfer transfer;
        transfer.source = FindEndpoint(network, from);
        transfer.destination = FindEndpoint(network, to);
        transfer.bytes = bytes;
        network->Post(transfer, &notes);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(notes.received, 1, from + " to " + to + " is complete");
        NS_TEST_EXPECT_MSG_EQ(notes.failed, 0, from + " to " + to + " has lost nothing");
        m_mean = network->GetTotals().breakdown.Mean();
        Simulator::Destroy();
        return notes.lastPs;
    }

    /**
     * A single packet takes as long as the hand sum says, and its parts are those of the hand sum.
     * @param helper helper
     * @param n number of the network
     * @param from name of the source
     * @param to name of the destination
     * @param path the path between them
     */
    void CheckQuiet(const Ptr<FabricHelper>& helper,
                    uint32_t n,
                    const std::string& from,
                    const std::string& to,
                    const QuietPath& path)
    {
        constexpr uint64_t HEADER = 24; // of the packets, bytes
        const std::string name = from + " to " + to;
        helper->SetNetworkAttribute("HeaderBytes", StringValue(std::to_string(HEADER)));
        for (const bool cutThrough : {true, false})
        {
            const std::string mode = cutThrough ? "CutThrough" : "StoreAndForward";
            helper->SetNetworkAttribute("Switching", StringValue(mode));
            for (const uint64_t bytes : {0, 512, 4096})
            {
                const int64_t expectedPs = path.GetLatency(bytes + HEADER, cutThrough);
                const int64_t gotPs = Send(helper, n, from, to, bytes);
                NS_TEST_EXPECT_MSG_EQ(gotPs, expectedPs, name + " " + mode);
                NS_TEST_EXPECT_MSG_EQ(m_mean.count, 1, "one packet");
                NS_TEST_EXPECT_MSG_EQ(m_mean.totalPs, expectedPs, "its latency as counted");
                NS_TEST_EXPECT_MSG_EQ(m_mean.partsPs[PROPAGATION], path.GetPropagation(), name);
                NS_TEST_EXPECT_MSG_EQ(m_mean.partsPs[FEC], path.GetPhy(), name);
                NS_TEST_EXPECT_MSG_EQ(m_mean.partsPs[SWITCHING], path.GetSwitching(), name);
                NS_TEST_EXPECT_MSG_EQ(m_mean.partsPs[ENDPOINT], path.GetEndpoint(), name);
                NS_TEST_EXPECT_MSG_EQ(m_mean.partsPs[SERIALIZATION],
                                      expectedPs - path.GetPropagation() - path.GetPhy() -
                                          path.GetSwitching() - path.GetEndpoint(),
                                      name);
            }
        }
        helper->SetNetworkAttribute("Switching", StringValue("CutThrough"));
    }

    /**
     * Packets that keep to one path leave it at the pace of its slowest link.
     * @param helper helper
     * @param n number of the network
     * @param from name of the source
     * @param to name of the destination
     * @param path the path between them
     */
    void CheckTrain(const Ptr<FabricHelper>& helper,
                    uint32_t n,
                    const std::string& from,
                    const std::string& to,
                    const QuietPath& path)
    {
        constexpr uint64_t PACKETS = 1000;
        constexpr uint64_t MTU = 4096;
        helper->SetNetworkAttribute("HeaderBytes", StringValue("0"));
        helper->SetNetworkAttribute("Routing", StringValue("Deterministic"));
        const int64_t expectedPs =
            path.GetLatency(MTU, true) + path.GetBottleneck((PACKETS - 1) * MTU);
        const int64_t gotPs = Send(helper, n, from, to, PACKETS * MTU);
        // The first packet's time was rounded by itself.
        NS_TEST_EXPECT_MSG_EQ_TOL(gotPs, expectedPs, 1, from + " to " + to + ", many packets");
        NS_TEST_EXPECT_MSG_EQ(m_mean.count, PACKETS, "packets");
        helper->SetNetworkAttribute("Routing", StringValue("Spray"));
    }

    /**
     * @param helper helper
     * @return what Validate throws; empty: nothing
     */
    static std::string GetRefusal(const Ptr<FabricHelper>& helper)
    {
        try
        {
            helper->Validate();
        }
        catch (const std::invalid_argument& refusal)
        {
            return refusal.what();
        }
        return "";
    }

    LatencyBreakdown::Averages m_mean; ///< packets of the last Send
};

/**
 * @ingroup optical-fabric-tests
 * @brief A suite that runs at a resolution of picoseconds.
 */
class PicosecondTestSuite : public TestSuite
{
  public:
    using TestSuite::TestSuite;

  private:
    void DoSetup() override
    {
        if (Time::GetResolution() != Time::PS)
        {
            Time::SetResolution(Time::PS);
        }
    }
};

} // namespace fabrictest
} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_TEST_CASE_H */
