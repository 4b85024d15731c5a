/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "network-fault-test-case.h"

#include "ns3/packet.h"

#include <numeric>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Packets of the IP stack.
 */
class DeviceTestCase : public FaultTestCase
{
  public:
    using FaultTestCase::FaultTestCase;

  protected:
    /// What an upper layer got.
    struct Received
    {
        uint32_t endpoint;          ///< where
        int64_t atPs;               ///< when, ps
        std::vector<uint8_t> bytes; ///< content
        uint16_t protocol;          ///< EtherType
        Address from;               ///< sender
        Address to;                 ///< destination; promiscuous only
        bool promiscuous;           ///< by the promiscuous callback
        int type;                   ///< NetDevice::PacketType; promiscuous only
    };

    /// Listen at every port of every endpoint.
    void Listen()
    {
        m_received.clear();
        for (uint32_t i = 0; i < m_network->GetNEndpoints(); ++i)
        {
            for (uint32_t p = 0; p < m_network->GetEndpoint(i)->GetNPorts(); ++p)
            {
                const Ptr<FabricPort> port = m_network->GetEndpoint(i)->GetPort(p);
                port->SetReceiveCallback(MakeCallback(&DeviceTestCase::Receive, this));
                port->SetPromiscReceiveCallback(
                    MakeCallback(&DeviceTestCase::PromiscReceive, this));
            }
        }
    }

    /// @param bytes size @return a packet with content
    static Ptr<Packet> MakePacket(uint32_t bytes)
    {
        const std::vector<uint8_t> content = Content(bytes);
        return Create<Packet>(content.data(), bytes);
    }

    /// @param bytes size @return content
    static std::vector<uint8_t> Content(uint32_t bytes)
    {
        std::vector<uint8_t> content(bytes);
        std::iota(content.begin(), content.end(), static_cast<uint8_t>(bytes));
        return content;
    }

    /// @param endpoint endpoint @param port port number @return the port
    Ptr<FabricPort> Port(uint32_t endpoint, uint32_t port = 0) const
    {
        return m_network->GetEndpoint(endpoint)->GetPort(port);
    }

    std::vector<Received> m_received; ///< in order

  private:
    /// @param device device @return its endpoint
    uint32_t EndpointOf(Ptr<NetDevice> device) const
    {
        for (uint32_t i = 0; i < m_network->GetNEndpoints(); ++i)
        {
            if (m_network->GetNodeId(i) == device->GetNode()->GetId())
            {
                return i;
            }
        }
        return UINT32_MAX;
    }

    /// As NetDevice::ReceiveCallback has it. @return true
    bool Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& from)
    {
        std::vector<uint8_t> bytes(packet->GetSize());
        packet->CopyData(bytes.data(), packet->GetSize());
        m_received.push_back({EndpointOf(device),
                              Simulator::Now().GetPicoSeconds(),
                              bytes,
                              protocol,
                              from,
                              Address(),
                              false,
                              0});
        NS_TEST_EXPECT_MSG_EQ(Simulator::GetContext(), device->GetNode()->GetId(), "context");
        return true;
    }

    /// As NetDevice::PromiscReceiveCallback has it. @return true
    bool PromiscReceive(Ptr<NetDevice> device,
                        Ptr<const Packet> packet,
                        uint16_t protocol,
                        const Address& from,
                        const Address& to,
                        NetDevice::PacketType type)
    {
        Receive(device, packet, protocol, from);
        m_received.back().to = to;
        m_received.back().promiscuous = true;
        m_received.back().type = type;
        return true;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A packet from device to device, and to all of them.
 */
class SendTestCase : public DeviceTestCase
{
  public:
    SendTestCase()
        : DeviceTestCase("NetDevice::Send: content, protocol, addresses; broadcast")
    {
    }

  private:
    void DoRun() override
    {
        MakeNetwork(US, US);
        AddStar(4);
        Build();
        Listen();
        const Address to = Port(2)->GetAddress();
        for (const uint32_t bytes : {0, 1, 1500, 4096})
        {
            m_received.clear();
            const int64_t startPs = Simulator::Now().GetPicoSeconds();
            Ptr<Packet> packet = MakePacket(bytes);
            NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(packet, to, 0x86dd), true, "sent");
            // Whoever sent it may do with it what they like.
            packet->AddPaddingAtEnd(7);
            Simulator::Run();
            NS_TEST_ASSERT_MSG_EQ(m_received.size(), 2, "received, and promiscuously");
            for (const Received& received : m_received)
            {
                NS_TEST_EXPECT_MSG_EQ(received.endpoint, 2, "endpoint");
                NS_TEST_EXPECT_MSG_EQ((received.bytes == Content(bytes)), true, "content");
                NS_TEST_EXPECT_MSG_EQ(received.protocol, 0x86dd, "protocol");
                NS_TEST_EXPECT_MSG_EQ(received.from, Port(0)->GetAddress(), "from");
                // 400 Gb/s; two links of 10 ns, a switch of 200 ns.
                NS_TEST_EXPECT_MSG_EQ(received.atPs - startPs, 220000 + bytes * 20, "latency");
            }
            NS_TEST_EXPECT_MSG_EQ(m_received[0].promiscuous, true, "promiscuous first");
            NS_TEST_EXPECT_MSG_EQ(m_received[0].to, to, "to");
            NS_TEST_EXPECT_MSG_EQ(m_received[0].type, NetDevice::PACKET_HOST, "type");
        }
        // As ARP has it from the bytes of a header: without a type.
        uint8_t bytes[6];
        to.CopyTo(bytes);
        Address bare;
        bare.CopyFrom(bytes, sizeof(bytes));
        m_received.clear();
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(28), bare, 0x806),
                              true,
                              "to a bare address");
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_received.size(), 2, "received at a bare address");
        NS_TEST_EXPECT_MSG_EQ(m_received[0].endpoint, 2, "endpoint of a bare address");
        m_received.clear();
        Port(1)->Send(MakePacket(64), Port(1)->GetBroadcast(), 0x806);
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_received.size(), 6, "to the three others");
        std::vector<uint32_t> times(4, 0);
        for (const Received& received : m_received)
        {
            ++times[received.endpoint];
            NS_TEST_EXPECT_MSG_EQ(received.from, Port(1)->GetAddress(), "from");
            if (received.promiscuous)
            {
                NS_TEST_EXPECT_MSG_EQ(received.to, Port(1)->GetBroadcast(), "to");
                NS_TEST_EXPECT_MSG_EQ(received.type, NetDevice::PACKET_BROADCAST, "type");
            }
        }
        NS_TEST_EXPECT_MSG_EQ((times == std::vector<uint32_t>{2, 0, 2, 2}), true, "not to itself");
        CheckDone();
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What a device refuses, and what it says of itself.
 */
class RefuseTestCase : public DeviceTestCase
{
  public:
    RefuseTestCase()
        : DeviceTestCase("NetDevice::Send: refusals; what the device says of itself")
    {
    }

  private:
    void DoRun() override
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("Mtu", UintegerValue(1000));
        AddStar(3);
        const Address to = Port(1)->GetAddress();
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(10), to, 1), false, "before Build");
        Build();
        Listen();
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(1001), to, 1), false, "more than a packet");
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(10), Mac48Address("02:00:00:00:00:77"), 1),
                              false,
                              "unknown address");
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(10), Port(0)->GetAddress(), 1),
                              false,
                              "its own address");
        Port(0)->SetMtu(500);
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(501), to, 1), false, "more than its MTU");
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(500), to, 1), true, "its MTU");
        NS_TEST_EXPECT_MSG_EQ(Port(0)->SendFrom(MakePacket(9), to, to, 1), false, "another's");
        const Ptr<FabricPort> ofSwitch = m_network->GetSwitch(0)->GetPort(0);
        NS_TEST_EXPECT_MSG_EQ(ofSwitch->Send(MakePacket(10), to, 1), false, "a switch");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 2, "just the one, and promiscuously");
        m_network->GetLink(1)->SetUp(false);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Port(0)->Send(MakePacket(10), to, 1), false, "unreachable");
        CheckDone();

        const Ptr<FabricPort> port = Port(2);
        NS_TEST_EXPECT_MSG_EQ(port->IsLinkUp(), true, "up");
        NS_TEST_EXPECT_MSG_EQ(Port(1)->IsLinkUp(), false, "down");
        NS_TEST_EXPECT_MSG_EQ(port->IsPointToPoint(), true, "for the partitioning of MPI");
        NS_TEST_EXPECT_MSG_EQ(port->IsBroadcast(), true, "broadcast");
        NS_TEST_EXPECT_MSG_EQ(port->NeedsArp(), true, "ARP");
        NS_TEST_EXPECT_MSG_EQ(port->GetNode()->GetId(), m_network->GetNodeId(2), "node");
        NS_TEST_EXPECT_MSG_EQ(port->GetNode()->GetDevice(port->GetIfIndex()), port, "index");
        const Ptr<Channel> channel = port->GetChannel();
        NS_TEST_EXPECT_MSG_EQ(channel->GetNDevices(), 2, "devices of the channel");
        NS_TEST_EXPECT_MSG_EQ(channel->GetDevice(0), port, "the first");
        NS_TEST_EXPECT_MSG_EQ(channel->GetDevice(1), m_network->GetSwitch(0)->GetPort(2), "other");
        TimeValue delay;
        channel->GetAttribute("Delay", delay);
        NS_TEST_EXPECT_MSG_EQ(delay.Get(), NanoSeconds(10), "delay, for the lookahead of MPI");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Packets of the IP stack among transfers, on a link with little credit.
 */
class MixedTestCase : public DeviceTestCase
{
  public:
    MixedTestCase()
        : DeviceTestCase("Packets of the IP stack among transfers: nobody is forgotten")
    {
    }

  private:
    void DoRun() override
    {
        // A short packet takes part of the credit that a transfer waits for.
        MakeNetwork(US, US);
        m_network->SetAttribute("BufferBytes", UintegerValue(4096));
        AddStar(2);
        Build();
        Listen();
        const Address to = Port(1)->GetAddress();
        Port(0)->Send(MakePacket(2000), to, 1);
        At(150000, [this, to]() { Port(0)->Send(MakePacket(2000), to, 1); });
        PostAt(160000, 0, 1, 4096 * 3);
        // The credit for the first is back after 10 + 200 + 40 + 10 ns, for the second 150 ns
        // later.
        At(300000, [this, to]() { Port(0)->Send(MakePacket(100), to, 1); });
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 6, "packets");
        Drop();

        // Answers from within the upper layer, and many at once.
        MakeNetwork(US, US);
        m_network->SetAttribute("BufferBytes", UintegerValue(2 * 4096));
        AddClos(2, 2, 4);
        Build();
        Listen();
        for (uint32_t i = 0; i < 100; ++i)
        {
            At(20000 * i, [this, i]() {
                Port(i % 8)->Send(MakePacket(40 * i), Port((i + 3) % 8)->GetAddress(), 1);
                Port(i % 8)->Send(MakePacket(8), Port(i % 8)->GetBroadcast(), 1);
            });
            PostAt(20000 * i, i % 8, (i + 5) % 8, 1000 * i);
        }
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 2 * 100 * 8, "packets");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Ports as ns-3 devices.
 */
class NetworkDeviceTestSuite : public TestSuite
{
  public:
    NetworkDeviceTestSuite()
        : TestSuite("optical-fabric-network-device", Type::UNIT)
    {
        AddTestCase(new SendTestCase);
        AddTestCase(new RefuseTestCase);
        AddTestCase(new MixedTestCase);
    }
};

NetworkDeviceTestSuite g_networkDeviceTestSuite; ///< registers the suite

} // namespace
