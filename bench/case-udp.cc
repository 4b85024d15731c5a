/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "destination-order.h"
#include "measured-run.h"
#include "stopwatch.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/node-container.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/provenance.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <stdexcept>

namespace opticalfabricbench
{

namespace
{

constexpr uint32_t PER_LEAF = 16;        ///< endpoints of a leaf, and spines
constexpr uint32_t PAYLOAD_BYTES = 4096; ///< of a packet
constexpr uint32_t HEADER_BYTES = 30;    ///< UDP, IP and PPP
constexpr uint16_t UDP_PORT = 9;         ///< where everybody listens

/**
 * @ingroup optical-fabric-bench
 * @brief An endpoint that sends to others in rotation, one packet after the other at the rate of
 * its link, and counts what it receives.
 */
class UdpEndpoint
{
  public:
    /**
     * @param node its node
     * @param rank its number
     * @param packets packets to each of them
     * @param peers how many others it sends to; 0: all
     * @param addresses addresses of all
     */
    UdpEndpoint(const Ptr<Node>& node,
                uint32_t rank,
                uint32_t packets,
                uint32_t peers,
                const std::vector<Ipv4Address>& addresses)
        : m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
          m_rank(rank),
          m_packets(packets),
          m_offsets(
              GetPeerOffsets("rotation", rank, static_cast<uint32_t>(addresses.size()), peers)),
          m_addresses(addresses)
    {
        m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), UDP_PORT));
        m_socket->SetRecvCallback(MakeCallback(&UdpEndpoint::Receive, this));
        const double packetS = (PAYLOAD_BYTES + HEADER_BYTES) * 8 / 400e9;
        m_interval = PicoSeconds(static_cast<int64_t>(packetS * 1e12) + 1);
        Simulator::ScheduleWithContext(node->GetId(), Time(0), &UdpEndpoint::SendNext, this);
    }

    /// @return packets received
    uint64_t GetReceived() const
    {
        return m_received;
    }

  private:
    /// Send a packet, and the next one later.
    void SendNext()
    {
        const uint32_t turn = m_sent++ / m_packets;
        if (turn == m_offsets.size())
        {
            return;
        }
        const auto ranks = static_cast<uint32_t>(m_addresses.size());
        const uint32_t destination = (m_rank + m_offsets[turn]) % ranks;
        m_socket->SendTo(Create<Packet>(PAYLOAD_BYTES),
                         0,
                         InetSocketAddress(m_addresses[destination], UDP_PORT));
        Simulator::Schedule(m_interval, &UdpEndpoint::SendNext, this);
    }

    /// @param socket has something to read
    void Receive(Ptr<Socket> socket)
    {
        while (socket->Recv())
        {
            ++m_received;
        }
    }

    Ptr<Socket> m_socket;                        ///< sends and receives
    uint32_t m_rank;                             ///< its number
    uint32_t m_packets;                          ///< packets to each endpoint it sends to
    std::vector<uint32_t> m_offsets;             ///< these, less its number
    const std::vector<Ipv4Address>& m_addresses; ///< addresses of all
    Time m_interval;                             ///< from packet to packet
    uint32_t m_sent{0};                          ///< times it was its turn to send
    uint64_t m_received{0};                      ///< packets received
};

/**
 * Joins nodes as a leaf-spine network, with addresses and routes.
 * @param hosts endpoints
 * @param leaves leaves
 * @param spines spines
 * @return addresses of the endpoints
 */
std::vector<Ipv4Address>
BuildNetwork(const NodeContainer& hosts, const NodeContainer& leaves, const NodeContainer& spines)
{
    Config::SetDefault("ns3::Ipv4GlobalRouting::RandomEcmpRouting", BooleanValue(true));
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.SetRoutingHelper(Ipv4GlobalRoutingHelper());
    internet.Install(NodeContainer(hosts, leaves, spines));
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("400Gbps"));
    link.SetDeviceAttribute("Mtu", UintegerValue(9000));
    link.SetChannelAttribute("Delay", StringValue("100ns"));
    link.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("100000p"));
    Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
    const auto connect = [&](const Ptr<Node>& a, const Ptr<Node>& b) {
        const NetDeviceContainer devices = link.Install(a, b);
        const Ipv4InterfaceContainer interfaces = addresses.Assign(devices);
        addresses.NewNetwork();
        TrafficControlHelper().Uninstall(devices); // a queue less to pass
        return interfaces.GetAddress(0);
    };
    std::vector<Ipv4Address> hostAddresses;
    for (uint32_t i = 0; i < hosts.GetN(); ++i)
    {
        hostAddresses.push_back(connect(hosts.Get(i), leaves.Get(i / PER_LEAF)));
    }
    for (uint32_t i = 0; i < leaves.GetN(); ++i)
    {
        for (uint32_t j = 0; j < spines.GetN(); ++j)
        {
            connect(leaves.Get(i), spines.Get(j));
        }
    }
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    return hostAddresses;
}

} // namespace

Figures
RunUdpAllToAll(CaseArguments& arguments)
{
    const uint32_t endpoints = arguments.GetCount("endpoints", 64);
    const uint32_t bytes = arguments.GetCount("bytes", 65536);
    const uint32_t peers = arguments.GetCount("peers", 0);
    const std::string scheduler = arguments.GetText("scheduler", "ns3::MapScheduler");
    arguments.RefuseOthers();
    if (endpoints <= PER_LEAF || endpoints % PER_LEAF != 0)
    {
        throw std::invalid_argument("endpoints is " + std::to_string(endpoints) +
                                    ", allowed a multiple of 16 from 32 on");
    }

    PrepareSimulator(scheduler);
    Figures figures;
    const Stopwatch stopwatch;
    const NodeContainer hosts(endpoints);
    const std::vector<Ipv4Address> addresses =
        BuildNetwork(hosts, NodeContainer(endpoints / PER_LEAF), NodeContainer(PER_LEAF));
    figures.Set("build_s", stopwatch.GetElapsedS());
    std::vector<std::unique_ptr<UdpEndpoint>> users;
    for (uint32_t i = 0; i < endpoints; ++i)
    {
        users.push_back(std::make_unique<UdpEndpoint>(hosts.Get(i),
                                                      i,
                                                      bytes / PAYLOAD_BYTES,
                                                      peers,
                                                      addresses));
    }
    figures.Set("run_s", RunSimulation());
    uint64_t received = 0;
    for (const auto& user : users)
    {
        received += user->GetReceived();
    }
    // Two hops to the other endpoints of a leaf, four to all others.
    uint64_t transfers = 0;
    uint64_t hops = 0;
    for (uint32_t rank = 0; rank < endpoints; ++rank)
    {
        for (const uint32_t offset : GetPeerOffsets("rotation", rank, endpoints, peers))
        {
            const uint32_t to = (rank + offset) % endpoints;
            ++transfers;
            hops += to / PER_LEAF == rank / PER_LEAF ? 2 : 4;
        }
    }
    const double perPacket = static_cast<double>(hops) / static_cast<double>(transfers);
    const double sent = static_cast<double>(transfers * (bytes / PAYLOAD_BYTES));
    figures.Set("transfers", static_cast<double>(transfers));
    figures.Set("packet_hops", perPacket * static_cast<double>(received));
    figures.Set("lost_packets", sent - static_cast<double>(received));
    figures.Set("events", static_cast<double>(Simulator::GetEventCount()));
    figures.Set("simulated_s", Simulator::Now().GetSeconds());
    figures.Set("peak_rss_bytes", static_cast<double>(GetPeakRssBytes()));
    users.clear();
    Simulator::Destroy();
    return figures;
}

} // namespace opticalfabricbench
