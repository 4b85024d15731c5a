/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NETWORK_TEST_CASE_H
#define OPTICAL_FABRIC_NETWORK_TEST_CASE_H

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/fabric-network.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

namespace opticalfabrictest
{

using namespace ns3;
using namespace ns3::opticalfabric;

/**
 * @ingroup optical-fabric-tests
 * @brief Remembers what it is told of each transfer, by tag.
 */
class RecordingClient : public TransferClient
{
  public:
    /// What is known of a transfer.
    struct Record
    {
        Transfer transfer;       ///< what was posted
        uint32_t sent{0};        ///< calls of OnSent
        uint32_t failures{0};    ///< calls of OnFailed
        uint32_t received{0};    ///< calls of OnReceived
        uint64_t failedBytes{0}; ///< bytes reported lost
        int64_t postedPs{0};     ///< when it was posted, ps
        int64_t sentPs{0};       ///< when OnSent came, ps
        int64_t receivedPs{0};   ///< when OnReceived came, ps
        uint32_t sentAt{0};      ///< context of OnSent
        uint32_t receivedAt{0};  ///< context of OnReceived
    };

    void OnSent(const Transfer& transfer) override
    {
        Record& record = records.at(transfer.tag);
        ++record.sent;
        record.sentPs = Simulator::Now().GetPicoSeconds();
        record.sentAt = Simulator::GetContext();
        if (whenSent)
        {
            whenSent(transfer);
        }
    }

    void OnFailed(const Transfer& transfer) override
    {
        ++records.at(transfer.tag).failures;
    }

    void OnReceived(const Transfer& transfer, uint64_t failedBytes) override
    {
        Record& record = records.at(transfer.tag);
        ++record.received;
        record.failedBytes += failedBytes;
        record.receivedPs = Simulator::Now().GetPicoSeconds();
        record.receivedAt = Simulator::GetContext();
        if (whenReceived)
        {
            whenReceived(transfer);
        }
    }

    std::vector<Record> records;                       ///< by tag
    std::function<void(const Transfer&)> whenSent;     ///< called by OnSent
    std::function<void(const Transfer&)> whenReceived; ///< called by OnReceived
};

/**
 * @ingroup optical-fabric-tests
 * @brief A test case with a network, built by hand, and a client that records.
 */
class NetworkTestCase : public TestCase
{
  public:
    /**
     * @param name name of the case
     */
    explicit NetworkTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        // Once a simulation has run, ns-3 does not take another resolution.
        if (Time::GetResolution() != Time::PS)
        {
            Time::SetResolution(Time::PS);
        }
    }

    /// A new network without anything in it, links as ObjectFactory makes them.
    void Make()
    {
        m_network = CreateObject<FabricNetwork>();
        m_link = ObjectFactory("ns3::opticalfabric::FabricLink");
        m_client = RecordingClient();
    }

    /// @return a new endpoint, "e" and its number
    Ptr<FabricEndpoint> AddEndpoint()
    {
        return m_network->AddEndpoint(CreateObject<Node>(),
                                      "e" + std::to_string(m_network->GetNEndpoints()));
    }

    /// @return a new switch, "s" and its number
    Ptr<FabricSwitch> AddSwitch()
    {
        return m_network->AddSwitch(CreateObject<Node>(),
                                    "s" + std::to_string(m_network->GetNSwitches()));
    }

    /**
     * @param a node at end 0
     * @param b node at end 1
     * @param links links between them
     */
    void Connect(Ptr<FabricNode> a, Ptr<FabricNode> b, uint32_t links = 1)
    {
        for (uint32_t i = 0; i < links; ++i)
        {
            m_network->Connect(a, b, m_link);
        }
    }

    /**
     * Link i is that of endpoint i, the endpoint at end 0.
     * @param endpoints endpoints around one switch
     */
    void AddStar(uint32_t endpoints)
    {
        const Ptr<FabricSwitch> hub = AddSwitch();
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            Connect(AddEndpoint(), hub);
        }
    }

    /**
     * Two levels, each leaf to each spine; the endpoints of leaf 0 come first. Link i is that of
     * endpoint i, behind them those of leaf 0, spine by spine.
     * @param leaves leaf switches
     * @param spines spine switches
     * @param perLeaf endpoints of a leaf
     */
    void AddClos(uint32_t leaves, uint32_t spines, uint32_t perLeaf)
    {
        std::vector<Ptr<FabricSwitch>> lower;
        for (uint32_t l = 0; l < leaves; ++l)
        {
            lower.push_back(AddSwitch());
            for (uint32_t i = 0; i < perLeaf; ++i)
            {
                Connect(AddEndpoint(), lower[l]);
            }
        }
        std::vector<Ptr<FabricSwitch>> upper;
        for (uint32_t s = 0; s < spines; ++s)
        {
            upper.push_back(AddSwitch());
        }
        for (uint32_t l = 0; l < leaves; ++l)
        {
            for (uint32_t s = 0; s < spines; ++s)
            {
                Connect(lower[l], upper[s]);
            }
        }
    }

    /**
     * Post a transfer now.
     * @param source endpoint
     * @param destination endpoint
     * @param bytes payload
     * @param lane virtual lane
     * @return its tag, its place in the client's records
     */
    uint64_t Post(uint32_t source, uint32_t destination, uint64_t bytes, uint8_t lane = 0)
    {
        RecordingClient::Record record;
        record.transfer.source = source;
        record.transfer.destination = destination;
        record.transfer.bytes = bytes;
        record.transfer.tag = m_client.records.size();
        record.transfer.virtualLane = lane;
        record.postedPs = Simulator::Now().GetPicoSeconds();
        m_client.records.push_back(record);
        if (m_engine)
        {
            m_engine->Post(record.transfer, &m_client);
        }
        else
        {
            m_network->Post(record.transfer, &m_client);
        }
        return record.transfer.tag;
    }

    /**
     * Post a transfer later.
     * @param atPs when, ps from now
     * @param source endpoint
     * @param destination endpoint
     * @param bytes payload
     * @param lane virtual lane
     */
    void PostAt(int64_t atPs,
                uint32_t source,
                uint32_t destination,
                uint64_t bytes,
                uint8_t lane = 0)
    {
        Simulator::ScheduleWithContext(
            m_network->GetNodeId(source),
            PicoSeconds(atPs),
            MakeEvent(&NetworkTestCase::Post, this, source, destination, bytes, lane));
    }

    /// @param atPs when, ps from now @param action what to do then
    void At(int64_t atPs, std::function<void()> action)
    {
        Simulator::Schedule(PicoSeconds(atPs), &NetworkTestCase::Do, action);
    }

    /// @param action what to do
    static void Do(std::function<void()> action)
    {
        action();
    }

    /// @param f called with each port of the network
    template <typename F>
    void ForEachPort(F&& f) const
    {
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            f(*m_network->GetLink(i)->GetPort(0));
            f(*m_network->GetLink(i)->GetPort(1));
        }
    }

    /// @return the network's averages of latency parts
    LatencyBreakdown::Averages Mean() const
    {
        return m_network->GetTotals().breakdown.Mean();
    }

    /// @param name attribute @return its value as a number
    uint64_t GetNumber(const std::string& name) const
    {
        UintegerValue value;
        m_network->GetAttribute(name, value);
        return value.Get();
    }

    /// What holds at the end of every run, whatever went wrong in it.
    void CheckDone()
    {
        const NetworkTotals& totals = m_network->GetTotals();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetStallReport(), "", "the watchdog stopped the run");
        NS_TEST_EXPECT_MSG_EQ(totals.sentBytes,
                              totals.receivedBytes + totals.failedBytes,
                              "bytes vanished, or came out of nothing");
        NS_TEST_EXPECT_MSG_EQ(totals.transfers, totals.finishedTransfers, "unfinished transfers");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetPacketsInFlight(), 0, "packets left over");
        uint64_t failedBytes = 0;
        for (const RecordingClient::Record& record : m_client.records)
        {
            NS_TEST_EXPECT_MSG_EQ(record.sent, 1, "calls of OnSent");
            NS_TEST_EXPECT_MSG_EQ(record.received, 1, "calls of OnReceived");
            NS_TEST_EXPECT_MSG_GT_OR_EQ(record.transfer.bytes, record.failedBytes, "failed");
            failedBytes += record.failedBytes;
        }
        NS_TEST_EXPECT_MSG_EQ(totals.failedBytes, failedBytes, "failed bytes told to the client");
        CheckIdle();
        CheckBreakdown();
    }

    /// Buffers empty, credits back.
    void CheckIdle()
    {
        const uint64_t bufferBytes = GetNumber("BufferBytes");
        const auto lanes = static_cast<uint8_t>(GetNumber("VirtualLanes"));
        ForEachPort([&](const FabricPort& port) {
            NS_TEST_EXPECT_MSG_EQ(port.GetQueued(), 0, port.GetName() << " holds packets");
            for (uint8_t lane = 0; lane < lanes; ++lane)
            {
                NS_TEST_EXPECT_MSG_EQ(port.GetCredits(lane),
                                      bufferBytes,
                                      port.GetName() << " credits of lane " << +lane);
            }
        });
    }

    /// The parts of the latency add up, and none is more than the whole.
    void CheckBreakdown()
    {
        const NetworkTotals& totals = m_network->GetTotals();
        const LatencyBreakdown::Averages mean = Mean();
        NS_TEST_EXPECT_MSG_EQ(mean.count, totals.deliveredPackets, "packets recorded");
        NS_TEST_EXPECT_MSG_EQ(totals.packetLatency.GetCount(), mean.count, "packets recorded");
        const double sumPs = std::accumulate(mean.partsPs.begin(), mean.partsPs.end(), 0.0);
        NS_TEST_EXPECT_MSG_EQ_TOL(sumPs, mean.totalPs, 1e-9 * mean.totalPs, "parts and age");
        for (uint32_t part = 0; part < LATENCY_PARTS; ++part)
        {
            NS_TEST_EXPECT_MSG_LT_OR_EQ(mean.partsPs[part],
                                        mean.totalPs * (1 + 1e-9),
                                        GetLatencyPartName(static_cast<LatencyPart>(part)));
        }
    }

    /// Forget network and simulation.
    void Drop()
    {
        if (m_engine)
        {
            m_engine->Dispose();
            m_engine = nullptr;
        }
        m_network->Dispose();
        m_network = nullptr;
        Simulator::Destroy();
    }

    Ptr<FabricNetwork> m_network; ///< what is tested
    Ptr<TransferEngine> m_engine; ///< moves transfers over it; null: it does so itself
    ObjectFactory m_link;         ///< links to come
    RecordingClient m_client;     ///< client of all transfers
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_NETWORK_TEST_CASE_H */
