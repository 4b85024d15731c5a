/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include "ns3/config.h"

#include <map>
#include <sstream>
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
 * @brief Writes down what trace sources say.
 */
class TraceTestCase : public FaultTestCase
{
  public:
    using FaultTestCase::FaultTestCase;

  protected:
    /// Connect every trace source of a port. @param port the port @param name its name here
    void Listen(Ptr<FabricPort> port, const std::string& name)
    {
        for (const char* source :
             {"MacTx", "MacTxDrop", "MacRx", "PhyTxBegin", "PhyTxDrop", "PhyRxEnd", "PhyRxDrop"})
        {
            const bool connected = port->TraceConnect(source,
                                                      name + " " + source,
                                                      MakeCallback(&TraceTestCase::OnPacket, this));
            NS_TEST_EXPECT_MSG_EQ(connected, true, source);
        }
        const auto connect = [&](const char* source, const CallbackBase& sink) {
            NS_TEST_EXPECT_MSG_EQ(port->TraceConnect(source, name + " " + source, sink),
                                  true,
                                  source);
        };
        connect("CreditStall", MakeCallback(&TraceTestCase::OnStall, this));
        connect("Retry", MakeCallback(&TraceTestCase::OnRetry, this));
        connect("AnswerDamaged", MakeCallback(&TraceTestCase::OnNumber, this));
        connect("RetryTimeout", MakeCallback(&TraceTestCase::OnNumber, this));
        connect("Retrain", MakeCallback(&TraceTestCase::OnSpan, this));
        connect("ReplayStall", MakeCallback(&TraceTestCase::OnSpan, this));
        connect("LinkUp", MakeCallback(&TraceTestCase::OnFlag, this));
        connect("Queue", MakeCallback(&TraceTestCase::OnNumber, this));
        NS_TEST_EXPECT_MSG_EQ(
            port->TraceConnectWithoutContext("NoSuch", MakeCallback(&TraceTestCase::OnAny, this)),
            false,
            "no such source");
    }

    /// @param source what spoke @param packet what it said
    void OnPacket(std::string source, const PacketView& packet)
    {
        std::ostringstream text;
        text << packet.source << ">" << packet.destination << " " << packet.wireBytes << " lane "
             << +packet.lane;
        Note(source, text.str());
    }

    /// @param source what spoke @param lane lane @param begins begins or ends
    void OnStall(std::string source, uint8_t lane, bool begins)
    {
        Note(source, std::to_string(lane) + (begins ? " begins" : " ends"));
    }

    /// @param source what spoke @param repeats repeats @param givenUp whether in vain
    void OnRetry(std::string source, uint32_t repeats, bool givenUp)
    {
        Note(source, std::to_string(repeats) + (givenUp ? " in vain" : ""));
    }

    /// @param source what spoke @param begin when it begins @param length how long it takes
    void OnSpan(std::string source, Time begin, Time length)
    {
        Note(source,
             std::to_string(begin.GetPicoSeconds()) + " for " +
                 std::to_string(length.GetPicoSeconds()));
    }

    /// @param source what spoke @param up what it said
    void OnFlag(std::string source, bool up)
    {
        Note(source, up ? "up" : "down");
    }

    /// @param source what spoke @param number what it said
    void OnNumber(std::string source, uint32_t number)
    {
        Note(source, std::to_string(number));
    }

    /// Counts.
    void OnAny(const PacketView&)
    {
        ++m_any;
    }

    /// @param source what spoke @param text what it said
    void Note(const std::string& source, const std::string& text)
    {
        m_notes[source] += (m_notes[source].empty() ? "" : ", ") + text;
        m_timesPs[source].push_back(Simulator::Now().GetPicoSeconds());
    }

    /// @param source what should have spoken @param text what it should have said
    void Expect(const std::string& source, const std::string& text)
    {
        NS_TEST_EXPECT_MSG_EQ(m_notes[source], text, source);
        m_notes.erase(source);
    }

    /// Nothing has been said that was not expected.
    void ExpectNoMore()
    {
        for (const auto& [source, text] : m_notes)
        {
            NS_TEST_EXPECT_MSG_EQ(text, "", source);
        }
        m_notes.clear();
        m_timesPs.clear();
    }

    std::map<std::string, std::string> m_notes;            ///< what each source has said
    std::map<std::string, std::vector<int64_t>> m_timesPs; ///< and when
    uint32_t m_any{0};                                     ///< calls of OnAny
};

/**
 * @ingroup optical-fabric-tests
 * @brief Each trace source of a port.
 */
class PortTracesTestCase : public TraceTestCase
{
  public:
    PortTracesTestCase()
        : TraceTestCase("Trace sources of ports: when, and with what")
    {
    }

  private:
    /**
     * Endpoints 0 and 1 around a switch; "out" is the port of endpoint 0, "hub" that of the switch
     * which leads to endpoint 1, "in" that of endpoint 1.
     * @param retry whether links repeat frames
     */
    void MakeTraced(bool retry)
    {
        MakeNetwork(50 * US, US);
        m_network->SetAttribute("HeaderBytes", UintegerValue(10));
        m_network->SetAttribute("VirtualLanes", UintegerValue(2));
        m_network->SetAttribute("BufferBytes", UintegerValue(4106));
        m_link.Set("LinkRetry", BooleanValue(retry));
        m_link.Set("MaxRepeats", UintegerValue(2));
        m_link.Set("MaxRetrains", UintegerValue(0));
        AddStar(2);
        Build();
        Listen(m_network->GetEndpoint(0)->GetPort(0), "out");
        Listen(m_network->GetSwitch(0)->GetPort(1), "hub");
        Listen(m_network->GetEndpoint(1)->GetPort(0), "in");
    }

    void DoRun() override
    {
        CheckPlain();
        CheckErrors();
        CheckReplayStall();
        CheckLinkDown();
        CheckRefused();
    }

    /// Two packets, and credit for one.
    void CheckPlain()
    {
        MakeTraced(true);
        Post(0, 1, 4096 + 100, 1);
        Simulator::Run();
        CheckDone();
        const std::string both = "0>1 4106 lane 1, 0>1 110 lane 1";
        Expect("out MacTx", both);
        Expect("out PhyTxBegin", both);
        Expect("out CreditStall", "1 begins, 1 ends");
        Expect("hub MacTx", both);
        Expect("hub PhyTxBegin", both);
        Expect("in PhyRxEnd", both);
        Expect("in MacRx", both);
        const std::vector<int64_t>& stallPs = m_timesPs["out CreditStall"];
        NS_TEST_EXPECT_MSG_EQ(stallPs.size(), 2, "CreditStall");
        // The first packet takes 82.12 ns to leave, and as long to leave the switch, 210 ns later;
        // the credit flies for 10 ns.
        NS_TEST_EXPECT_MSG_EQ(stallPs[0], 82120, "as the output is free");
        NS_TEST_EXPECT_MSG_EQ(stallPs[1], 210000 + 82120 + 10000, "as the credit is there");
        NS_TEST_EXPECT_MSG_EQ(m_timesPs["in MacRx"][0], 220000 + 82120, "its last bit");
        ExpectNoMore();
        Drop();
    }

    /// The link behind the switch damages all frames for a while.
    void CheckErrors()
    {
        for (const auto& [retry, answers] :
             {std::pair(true, true), std::pair(true, false), std::pair(false, false)})
        {
            MakeTraced(retry);
            const Ptr<FabricLink> link = m_network->GetLink(1);
            LinkState state = link->GetState(1);
            state.frameErrorRatio = 1;
            link->SetState(1, state);
            if (answers)
            {
                link->SetState(0, state);
            }
            state.frameErrorRatio = 0;
            At(2 * US, [link, state]() { link->SetState(1, state); });
            Post(0, 1, 64);
            Simulator::Run();
            CheckDone();
            const std::string twice = "0>1 74 lane 0, 0>1 74 lane 0";
            Expect("out MacTx", twice);
            Expect("out PhyTxBegin", twice);
            Expect("hub MacTx", twice);
            Expect("hub PhyTxBegin", twice);
            Expect("hub PhyTxDrop", "0>1 74 lane 0");
            Expect("hub Retry", retry ? "2 in vain" : "0 in vain");
            Expect("hub AnswerDamaged", answers ? "2" : "");
            Expect("hub RetryTimeout", answers ? "2" : "");
            // The frame leaves at 210 ns; each repeat takes a frame time and the answer's flight,
            // or three times a full frame and that.
            const int64_t repeatPs = 1480 + (answers ? 3 * (82120 + 20000) : 20000);
            const int64_t retrainPs = 210000 + 1480 + 2 * repeatPs;
            Expect("hub Retrain", retry ? std::to_string(retrainPs) + " for 0" : "");
            Expect("in PhyRxDrop", "0>1 74 lane 0");
            Expect("in PhyRxEnd", "0>1 74 lane 0");
            Expect("in MacRx", "0>1 74 lane 0");
            ExpectNoMore();
            Drop();
        }
    }

    /// The replay buffer of the endpoint holds a frame.
    void CheckReplayStall()
    {
        MakeTraced(true);
        m_network->GetLink(0)->SetAttribute("ReplayBufferBytes", UintegerValue(4106));
        Post(0, 1, 2 * 4096);
        Simulator::Run();
        CheckDone();
        // The acknowledgment is back after a flight in each direction.
        Expect("out ReplayStall", "82120 for 20000");
        NS_TEST_EXPECT_MSG_EQ(m_timesPs["out ReplayStall"][0], 82120, "as the output is free");
        m_notes.clear();
        m_timesPs.clear();
        Drop();
    }

    /// The link behind the switch goes down under a packet and with one before it.
    void CheckLinkDown()
    {
        MakeTraced(true);
        SetUpAt(1, 215000, false);
        SetUpAt(1, 2 * US, true);
        Post(0, 1, 64);
        PostAt(1 * US, 0, 1, 128);
        Simulator::Run();
        CheckDone();
        const std::string each = "0>1 74 lane 0, 0>1 138 lane 0";
        Expect("out MacTx", each);
        Expect("out PhyTxBegin", each);
        Expect("hub MacTx", each);
        Expect("hub LinkUp", "down, up");
        Expect("in LinkUp", "down, up");
        // The first is back in the queue, the second joins it.
        Expect("hub Queue", "1, 2, 1, 0");
        Expect("hub PhyTxBegin", "0>1 74 lane 0, 0>1 74 lane 0, 0>1 138 lane 0");
        Expect("in PhyRxDrop", "0>1 74 lane 0");
        Expect("in PhyRxEnd", each);
        Expect("in MacRx", each);
        ExpectNoMore();
        Drop();
    }

    /// A packet of the IP stack that is too large.
    void CheckRefused()
    {
        MakeTraced(true);
        const Ptr<FabricPort> out = m_network->GetEndpoint(0)->GetPort(0);
        const Address to = m_network->GetEndpoint(1)->GetPort(0)->GetAddress();
        NS_TEST_EXPECT_MSG_EQ(out->Send(Create<Packet>(4097), to, 0x800), false, "sent");
        Simulator::Run();
        Expect("out MacTxDrop", "0>0 4097 lane 0");
        ExpectNoMore();
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Trace sources of links and networks, connecting by path, and not connecting.
 */
class OtherTracesTestCase : public TraceTestCase
{
  public:
    OtherTracesTestCase()
        : TraceTestCase("Trace sources of links and networks; by path; disconnected")
    {
    }

  private:
    void DoRun() override
    {
        MakeNetwork(2 * US, 3 * US);
        AddClos(2, 2, 2);
        Build();
        m_network->GetLink(4)->TraceConnect("State",
                                            "link",
                                            MakeCallback(&OtherTracesTestCase::OnState, this));
        m_network->TraceConnect("TransferStart",
                                "network",
                                MakeCallback(&OtherTracesTestCase::OnTransfer, this));
        m_network->TraceConnect("LinkDetected",
                                "detection",
                                MakeCallback(&OtherTracesTestCase::OnDetected, this));
        m_network->TraceConnect("RoutesChanged",
                                "routes",
                                MakeCallback(&OtherTracesTestCase::OnRoutes, this));
        LinkState state = m_network->GetLink(4)->GetState(1);
        state.rate = DataRate("100Gbps");
        m_network->GetLink(4)->SetState(1, state);
        SetUpAt(4, 5 * US, false);
        Post(0, 3, 77);
        PostAt(US, 2, 1, 0);
        Simulator::Run();
        Expect("network", "0>3 77, 2>1 0");
        // Both directions go down.
        Expect("link", "1 up 100000000000, 0 down 400000000000, 1 down 100000000000");
        Expect("detection", "link 4 down");
        NS_TEST_EXPECT_MSG_EQ(m_timesPs["detection"].at(0), 7 * US, "LinkDetected");
        // Two classes; the four switches and the endpoints, all alike, have each their table.
        Expect("routes", "2 classes");
        NS_TEST_EXPECT_MSG_EQ(m_timesPs["routes"].at(0), 10 * US, "RoutesChanged");
        ExpectNoMore();
        Drop();

        const std::string plain = RunOnce(false);
        m_any = 0;
        NS_TEST_EXPECT_MSG_EQ(RunOnce(true), plain, "traces change the run");
        // 24 and 12 packets arrive while somebody listens.
        NS_TEST_EXPECT_MSG_EQ(m_any, 36, "by path");
        m_any = 0;
        RunOnce(false);
        NS_TEST_EXPECT_MSG_EQ(m_any, 0, "of a network that is gone");
    }

    /// @param traced whether somebody listens @return totals in words
    std::string RunOnce(bool traced)
    {
        MakeNetwork(2 * US, 3 * US);
        AddStar(3);
        Build();
        const std::string path = "/NodeList/*/DeviceList/*/$ns3::opticalfabric::FabricPort/MacRx";
        const auto sink = MakeCallback(&OtherTracesTestCase::OnAny, this);
        if (traced)
        {
            Config::ConnectWithoutContext(path, sink);
        }
        Post(0, 1, 4096 * 24);
        Simulator::Run();
        Post(0, 2, 4096 * 12);
        Simulator::Run();
        if (traced)
        {
            Config::DisconnectWithoutContext(path, sink);
        }
        Post(1, 2, 4096 * 100);
        Simulator::Run();
        std::ostringstream text;
        text << m_network->GetTotals().packetLatency.GetMean() << " "
             << m_network->GetTotals().transferLatency.GetMax();
        Drop();
        return text.str();
    }

    /// @param source what spoke @param direction 0 or 1 @param state what it said
    void OnState(std::string source, uint32_t direction, const LinkState& state)
    {
        Note(source,
             std::to_string(direction) + (state.up ? " up " : " down ") +
                 std::to_string(state.rate.GetBitRate()));
    }

    /// @param source what spoke @param transfer what it said
    void OnTransfer(std::string source, const Transfer& transfer)
    {
        Note(source,
             std::to_string(transfer.source) + ">" + std::to_string(transfer.destination) + " " +
                 std::to_string(transfer.bytes));
    }

    /// @param source what spoke @param link what was noticed @param up which way
    void OnDetected(std::string source, Ptr<FabricLink> link, bool up)
    {
        uint32_t number = 0;
        while (m_network->GetLink(number) != link)
        {
            ++number;
        }
        Note(source, "link " + std::to_string(number) + (up ? " up" : " down"));
    }

    /// @param source what spoke @param classes classes @param tables different tables
    void OnRoutes(std::string source, uint32_t classes, uint32_t tables)
    {
        NS_TEST_EXPECT_MSG_GT(tables, 2, "tables");
        Note(source, std::to_string(classes) + " classes");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What the network tells those who ask.
 */
class NetworkTracesTestSuite : public TestSuite
{
  public:
    NetworkTracesTestSuite()
        : TestSuite("optical-fabric-network-traces", Type::UNIT)
    {
        AddTestCase(new PortTracesTestCase);
        AddTestCase(new OtherTracesTestCase);
    }
};

NetworkTracesTestSuite g_networkTracesTestSuite; ///< registers the suite

} // namespace
