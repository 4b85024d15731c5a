/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "flow-test-case.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Who is told what, when and where.
 */
class FlowClientTestCase : public FlowTestCase
{
  public:
    FlowClientTestCase()
        : FlowTestCase("Clients are told once, in the right context and order")
    {
    }

  private:
    /// @param transfer one that is posted
    void NoteStart(const Transfer& transfer)
    {
        m_started.push_back(transfer.tag);
    }

    void DoRun() override
    {
        MakeNetwork(US, US);
        m_network->TraceConnectWithoutContext("TransferStart",
                                              MakeCallback(&FlowClientTestCase::NoteStart, this));
        m_network->SetAttribute("HeaderBytes", UintegerValue(64));
        m_link.Set("Delay", TimeValue(PicoSeconds(30000)));
        m_link.Set("PhyLatency", TimeValue(PicoSeconds(120000)));
        AddStar(3);
        m_network->GetSwitch(0)->SetAttribute("ForwardingLatency", TimeValue(NanoSeconds(200)));
        for (uint32_t i = 0; i < 3; ++i)
        {
            const Ptr<FabricEndpoint> endpoint = m_network->GetEndpoint(i);
            endpoint->SetAttribute("DepartureLatency", TimeValue(NanoSeconds(70)));
            endpoint->SetAttribute("ArrivalLatency", TimeValue(NanoSeconds(90)));
        }
        BuildFlows();
        NS_TEST_EXPECT_MSG_EQ(m_flows->GetFidelity(), "flow", "fidelity");
        NS_TEST_EXPECT_MSG_EQ(m_flows->GetNEndpoints(), 3, "endpoints");
        NS_TEST_EXPECT_MSG_EQ(m_flows->GetNodeId(2), m_network->GetNodeId(2), "node");
        NS_TEST_EXPECT_MSG_EQ(m_flows->GetNetwork(), m_network, "network");

        std::vector<std::string> told;
        const auto note = [&told](const char* what, const Transfer& transfer) {
            told.push_back(what + std::to_string(transfer.tag));
        };
        m_client.whenSent = [&](const Transfer& transfer) {
            note("sent ", transfer);
            if (transfer.tag == 0)
            {
                // From within: the engine must not mind.
                Post(0, 2, 4096);
            }
        };
        m_client.whenReceived = [&](const Transfer& transfer) {
            note("received ", transfer);
            if (transfer.tag == 0)
            {
                Post(1, 0, 0);
            }
        };
        Post(0, 1, 3 * 4096);
        RunFlows();
        const std::vector<std::string> expected{"sent 0",
                                                "sent 1",
                                                "received 0",
                                                "sent 2",
                                                "received 1",
                                                "received 2"};
        NS_TEST_EXPECT_MSG_EQ((told == expected), true, "order");
        NS_TEST_EXPECT_MSG_EQ((m_started == std::vector<uint64_t>{0, 1, 2}), true, "TransferStart");
        const int64_t packetPs = (4096 + 64) * 20;
        const int64_t fixedPs = 70000 + 2 * 150000 + 200000 + 90000;
        CheckTimes(0, 0, 3 * packetPs, fixedPs);
        CheckTimes(1, 3 * packetPs, packetPs, fixedPs);
        CheckTimes(2, 3 * packetPs + fixedPs, 64 * 20, fixedPs);
        const NetworkTotals& totals = m_network->GetTotals();
        NS_TEST_EXPECT_MSG_EQ(totals.transfers, 3, "transfers");
        NS_TEST_EXPECT_MSG_EQ(totals.sentBytes, 4 * 4096, "sent");
        NS_TEST_EXPECT_MSG_EQ(totals.receivedBytes, 4 * 4096, "received");
        NS_TEST_EXPECT_MSG_EQ(totals.transferLatency.GetCount(), 3, "latencies");
        DropFlows();
    }

    /**
     * @param tag a transfer's
     * @param postedPs when it was posted, ps
     * @param wirePs its time on the first link, ps
     * @param fixedPs latency of the path, ps
     */
    void CheckTimes(uint64_t tag, int64_t postedPs, int64_t wirePs, int64_t fixedPs)
    {
        const RecordingClient::Record& record = m_client.records.at(tag);
        NS_TEST_EXPECT_MSG_EQ(record.postedPs, postedPs, "posted " << tag);
        NS_TEST_EXPECT_MSG_EQ_TOL(record.sentPs, postedPs + wirePs, 1, "sent " << tag);
        NS_TEST_EXPECT_MSG_EQ_TOL(record.receivedPs, record.sentPs + fixedPs, 1, "there " << tag);
        NS_TEST_EXPECT_MSG_EQ(record.failures, 0, "failed " << tag);
        NS_TEST_EXPECT_MSG_EQ(record.sentAt, m_network->GetNodeId(record.transfer.source), tag);
        NS_TEST_EXPECT_MSG_EQ(record.receivedAt,
                              m_network->GetNodeId(record.transfer.destination),
                              tag);
    }

    std::vector<uint64_t> m_started; ///< tags of what was posted
};

/**
 * @ingroup optical-fabric-tests
 * @brief Shares of links.
 */
class FlowSharesTestCase : public FlowTestCase
{
  public:
    FlowSharesTestCase()
        : FlowTestCase("Flows into one link share it equally, over several links max-min")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t flows : {1, 2, 3, 7, 16, 100})
        {
            CheckIntoOne(flows);
            CheckOfOnePair(flows);
        }
        for (const char* routing : {"Deterministic", "Ecmp", "Spray", "Adaptive"})
        {
            CheckChain(routing);
        }
        CheckSpread("Spray");
        CheckSpread("Adaptive");
    }

    /// @param flows flows from as many endpoints to one
    void CheckIntoOne(uint32_t flows)
    {
        Make();
        AddStar(flows + 1);
        BuildFlows();
        for (uint32_t i = 0; i < flows; ++i)
        {
            Post(i, flows, 4096 * 100);
        }
        At(US, [this, flows]() {
            for (uint32_t i = 0; i < flows; ++i)
            {
                ExpectRate(i, flows, BYTES_PER_S / flows);
            }
            NS_TEST_EXPECT_MSG_EQ(m_flows->GetRate(flows, 0), 0, "no transfer, no rate");
        });
        RunFlows();
        for (uint32_t i = 0; i < flows; ++i)
        {
            ExpectArrival(i, int64_t{flows} * 100 * FRAME_PS, "all at once");
            NS_TEST_EXPECT_MSG_EQ(m_flows->GetRate(i, flows), 0, "it is over");
        }
        DropFlows();
    }

    /// @param flows transfers between the same endpoints, one frame more each
    void CheckOfOnePair(uint32_t flows)
    {
        Make();
        m_network->SetAttribute("TransferOrder", StringValue("TakeTurns"));
        AddStar(2);
        BuildFlows();
        for (uint32_t i = 0; i < flows; ++i)
        {
            Post(0, 1, 4096 * (1 + i));
        }
        At(1, [this, flows]() { ExpectRate(0, 1, BYTES_PER_S / flows); });
        RunFlows();
        for (uint32_t i = 0; i < flows; ++i)
        {
            // All those before it have had i + 1 frames or their own, those behind it i + 1.
            const int64_t frames = int64_t{i} * (i + 1) / 2 + int64_t{i + 1} * (flows - i);
            ExpectArrival(i, frames * FRAME_PS, "shortest first");
        }
        DropFlows();
    }

    /**
     * Links of a chain with 3, 3 and 5 parts, as in Bertsekas and Gallager's example: one flow
     * over the first two, one over the last two, others over one of them.
     * @param routing choice of path
     */
    void CheckChain(const std::string& routing)
    {
        Make();
        m_network->SetAttribute("Routing", StringValue(routing));
        std::vector<Ptr<FabricSwitch>> chain;
        for (uint32_t i = 0; i < 4; ++i)
        {
            chain.push_back(AddSwitch());
        }
        m_link.Set("Rate", StringValue("2400Gbps"));
        // Endpoint 4 i + k, number k at switch i.
        for (uint32_t i = 0; i < 16; ++i)
        {
            Connect(AddEndpoint(), chain[i / 4]);
        }
        for (uint32_t i = 0; i < 3; ++i)
        {
            m_link.Set("Rate", StringValue(i == 2 ? "800Gbps" : "240Gbps"));
            Connect(chain[i], chain[i + 1]);
        }
        BuildFlows();
        const uint64_t bytes = 4096 * 1000;
        Post(0, 8, bytes);   // first and second link
        Post(1, 4, bytes);   // first
        Post(5, 9, bytes);   // second
        Post(6, 12, bytes);  // second and third
        Post(10, 13, bytes); // third
        Post(11, 14, bytes); // third
        Post(15, 3, bytes);  // all, the other way
        At(US, [this]() {
            constexpr double PART = 10e9; // a third of 240 Gb/s, byte/s
            ExpectRate(0, 8, PART);
            ExpectRate(5, 9, PART);
            ExpectRate(6, 12, PART);
            ExpectRate(1, 4, 2 * PART);
            ExpectRate(10, 13, 4.5 * PART);
            ExpectRate(11, 14, 4.5 * PART);
            ExpectRate(15, 3, 3 * PART);
        });
        RunFlows();
        DropFlows();
    }

    /// @param routing choice of path, which spreads
    void CheckSpread(const std::string& routing)
    {
        Make();
        m_network->SetAttribute("Routing", StringValue(routing));
        // Four to a leaf, two spines: half of what the endpoints could send.
        AddClos(3, 2, 4);
        BuildFlows();
        for (uint32_t i = 0; i < 4; ++i)
        {
            Post(i, 4 + i, 4096 * 100);
        }
        // Out of the crowd, and within a leaf.
        Post(8, 9, 4096 * 100);
        Post(10, 0, 4096 * 100);
        At(US, [this]() {
            for (uint32_t i = 0; i < 4; ++i)
            {
                ExpectRate(i, 4 + i, BYTES_PER_S / 2);
            }
            ExpectRate(8, 9, BYTES_PER_S);
            ExpectRate(10, 0, BYTES_PER_S);
        });
        RunFlows();
        // Leaf 0 to the spines: links 12 and 13, direction 0.
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(12, 0), 4096 * 200, 2, "half of it");
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(13, 0), 4096 * 200, 2, "half of it");
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetLinkBytes(12, 1), 4096 * 50, 2, "half of it");
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers of minutes: they end to the picosecond too.
 */
class FlowLongTestCase : public FlowTestCase
{
  public:
    FlowLongTestCase()
        : FlowTestCase("Long transfers do not end before their time")
    {
    }

  private:
    void DoRun() override
    {
        for (const int64_t seconds : {1, 60, 500})
        {
            MakeNetwork(US, US);
            AddStar(2);
            BuildFlows();
            Post(0, 1, static_cast<uint64_t>(seconds) * static_cast<uint64_t>(BYTES_PER_S));
            RunFlows();
            ExpectArrival(0, seconds * 1000000000000, std::to_string(seconds) + " s");
            DropFlows();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows that begin and end at different times.
 */
class FlowTimesTestCase : public FlowTestCase
{
  public:
    FlowTimesTestCase()
        : FlowTestCase("Flows that begin and end at different times take what is left")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        AddStar(5);
        BuildFlows();
        // 50 kB per us into endpoint 4, and out of endpoint 0.
        Post(0, 4, 1000000);
        PostAt(5 * US, 1, 4, 300000);  // 750 kB of the first are left
        PostAt(9 * US, 2, 4, 100000);  // 650 and 200 kB: from now on a third for each
        PostAt(11 * US, 0, 3, 400000); // gets what the first leaves at its source, two thirds
        At(10 * US, [this]() {
            ExpectRate(0, 4, BYTES_PER_S / 3);
            ExpectRate(1, 4, BYTES_PER_S / 3);
            ExpectRate(2, 4, BYTES_PER_S / 3);
        });
        At(12 * US, [this]() {
            ExpectRate(0, 4, BYTES_PER_S / 3);
            ExpectRate(0, 3, BYTES_PER_S * 2 / 3);
        });
        At(17 * US, [this]() {
            ExpectRate(0, 4, BYTES_PER_S / 2);
            ExpectRate(1, 4, BYTES_PER_S / 2);
            ExpectRate(0, 3, BYTES_PER_S / 2);
        });
        At(20 * US, [this]() {
            ExpectRate(0, 4, BYTES_PER_S / 2);
            ExpectRate(0, 3, BYTES_PER_S / 2);
        });
        At(26 * US, [this]() { ExpectRate(0, 4, BYTES_PER_S); });
        RunFlows();
        // At 15 us 550, 100 and 266.7 kB are left, and each gets a half.
        ExpectArrival(2, 15 * US, "the third");
        // 450 and 166.7 kB are left, both out of endpoint 0.
        ExpectArrival(1, 19 * US, "the second");
        // 283.3 kB are left.
        ExpectArrival(3, 25666667, "the fourth");
        ExpectArrival(0, 31333333, "the first");
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What is refused.
 */
class FlowRefusalsTestCase : public FlowTestCase
{
  public:
    FlowRefusalsTestCase()
        : FlowTestCase("What makes no sense is refused")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        m_network->SetAttribute("VirtualLanes", UintegerValue(2));
        AddStar(3);
        Expect("before the network's Build", [this]() { MakeFlowEngine(m_network); });
        Expect("Post before SetNetwork", [this]() {
            m_engine = CreateObject<FlowEngine>();
            Post(0, 1, 1);
        });
        BuildFlows();
        Expect("from endpoint 3 to 1, allowed two different ones below 3",
               [this]() { Post(3, 1, 1); });
        Expect("from endpoint 1 to 4, allowed two different ones below 3",
               [this]() { Post(1, 4, 1); });
        Expect("from endpoint 2 to 2, allowed two different ones below 3",
               [this]() { Post(2, 2, 1); });
        Expect("virtual lane 2, allowed below 2", [this]() { Post(0, 1, 1, 2); });
        Expect("account 1, allowed below 1", [this]() {
            Transfer transfer;
            transfer.destination = 1;
            transfer.account = 1;
            m_engine->Post(transfer, &m_client);
        });
        Expect("SetNetwork a second time", [this]() { m_flows->SetNetwork(m_network); });
        // And what makes sense is not.
        Post(0, 1, 1, 1);
        RunFlows();
        DropFlows();
    }

    /// @param message part of what it says @param action what is refused
    void Expect(const std::string& message, const std::function<void()>& action)
    {
        const std::string said = AbortMessage(action);
        NS_TEST_EXPECT_MSG_NE(said.find(message), std::string::npos, message << ": " << said);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief An engine that goes before its transfers have ended.
 */
class FlowDisposeTestCase : public FlowTestCase
{
  public:
    FlowDisposeTestCase()
        : FlowTestCase("An engine may be disposed of while transfers are under way")
    {
    }

  private:
    void DoRun() override
    {
        MakeNetwork(US, US);
        m_link.Set("Delay", TimeValue(MicroSeconds(20)));
        AddStar(3);
        BuildFlows();
        SetUpAt(1, 0, false);
        Post(0, 2, 4096);           // on its way
        Post(2, 0, 4096 * 1000);    // not yet sent
        PostAt(5 * US, 0, 1, 4096); // without a way
        At(10 * US, [this]() {
            m_flows->Dispose();
            m_flows = nullptr;
        });
        SetUpAt(1, 20 * US, true);
        Simulator::Run();
        for (const RecordingClient::Record& record : m_client.records)
        {
            NS_TEST_EXPECT_MSG_EQ(record.received, 0, "nobody is left to say so");
        }
        m_engine = nullptr;
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers as flows.
 */
class FlowEngineTestSuite : public TestSuite
{
  public:
    FlowEngineTestSuite()
        : TestSuite("optical-fabric-flow-engine", Type::UNIT)
    {
        AddTestCase(new FlowClientTestCase);
        AddTestCase(new FlowSharesTestCase);
        AddTestCase(new FlowTimesTestCase);
        AddTestCase(new FlowLongTestCase);
        AddTestCase(new FlowRefusalsTestCase);
        AddTestCase(new FlowDisposeTestCase);
    }
};

FlowEngineTestSuite g_flowEngineTestSuite; ///< registers the suite

} // namespace
