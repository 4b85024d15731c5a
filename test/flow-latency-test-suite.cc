/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/flow-engine.h"

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

/// When the last byte of a transfer left, and when it arrived, ps after it was posted.
using Times = std::pair<int64_t, int64_t>;

/**
 * @ingroup optical-fabric-tests
 * @brief Posts transfers one after another, each when the one before it has arrived.
 */
class OneByOne : public TransferClient
{
  public:
    /// @param engine moves them @param transfers what is posted
    OneByOne(Ptr<TransferEngine> engine, const std::vector<Transfer>& transfers)
        : m_engine(engine),
          m_transfers(transfers)
    {
    }

    /// @return the times of each transfer
    std::vector<Times> Run()
    {
        PostNext();
        Simulator::Run();
        return m_times;
    }

    void OnSent(const Transfer&) override
    {
        m_sentPs = Simulator::Now().GetPicoSeconds() - m_postedPs;
    }

    void OnReceived(const Transfer&, uint64_t) override
    {
        m_times.emplace_back(m_sentPs, Simulator::Now().GetPicoSeconds() - m_postedPs);
        if (m_times.size() < m_transfers.size())
        {
            Simulator::ScheduleWithContext(m_engine->GetNodeId(m_transfers[m_times.size()].source),
                                           MicroSeconds(1),
                                           &OneByOne::PostNext,
                                           this);
        }
    }

  private:
    /// Post the next transfer.
    void PostNext()
    {
        m_postedPs = Simulator::Now().GetPicoSeconds();
        m_engine->Post(m_transfers[m_times.size()], this);
    }

    Ptr<TransferEngine> m_engine;             ///< moves them
    const std::vector<Transfer>& m_transfers; ///< what is posted
    std::vector<Times> m_times;               ///< of those that have arrived
    int64_t m_postedPs{0};                    ///< when the last one was posted, ps
    int64_t m_sentPs{0};                      ///< when it had left, ps after that
};

/**
 * @ingroup optical-fabric-tests
 * @brief A transfer that has a network to itself takes as long as its packets do.
 */
class FlowLatencyTestCase : public FabricTestCase
{
  public:
    /// Endpoints by name.
    using Paths = std::vector<std::pair<std::string, std::string>>;

    /**
     * @param name what the fabric is
     * @param helper builds it
     * @param network number of the network
     * @param paths sources and destinations
     * @param sprayPs what packets that are sprayed may lose by meeting again, ps
     */
    FlowLatencyTestCase(const std::string& name,
                        Ptr<FabricHelper> helper,
                        uint32_t network,
                        const Paths& paths,
                        int64_t sprayPs)
        : FabricTestCase("Alone on " + name),
          m_helper(helper),
          m_network(network),
          m_paths(paths),
          m_sprayPs(sprayPs)
    {
    }

  private:
    void DoRun() override
    {
        for (const char* routing : {"Deterministic", "Ecmp", "Spray", "Adaptive"})
        {
            m_helper->SetNetworkAttribute("Routing", StringValue(routing));
            for (const char* switching : {"CutThrough", "StoreAndForward"})
            {
                m_helper->SetNetworkAttribute("Switching", StringValue(switching));
                for (const char* header : {"0", "64"})
                {
                    m_helper->SetNetworkAttribute("HeaderBytes", StringValue(header));
                    const std::string mode = std::string(routing) + ", " + switching;
                    Compare(mode + ", header " + header, mode[0] == 'S' ? m_sprayPs : 0);
                }
            }
        }
    }

    /// @param name what the network does @param sprayPs what packets may lose, ps
    void Compare(const std::string& name, int64_t sprayPs)
    {
        const std::vector<Times> packets = Run(false);
        const std::vector<Times> flows = Run(true);
        NS_TEST_ASSERT_MSG_EQ(packets.size(), m_transfers.size(), name);
        NS_TEST_ASSERT_MSG_EQ(flows.size(), m_transfers.size(), name);
        for (size_t i = 0; i < m_transfers.size(); ++i)
        {
            const std::string title = name + ", " + m_paths[i / 6].first + " to " +
                                      m_paths[i / 6].second + ", " +
                                      std::to_string(m_transfers[i].bytes) + " bytes";
            // The time of a packet on a link is rounded to picoseconds.
            const auto roundingPs = static_cast<int64_t>(3 + m_transfers[i].bytes / 4096 / 2);
            // A short packet behind long ones may have to wait for them, or not.
            const bool isShort = m_transfers[i].bytes > 4096 && m_transfers[i].bytes % 4096 != 0;
            const int64_t shortPs = isShort ? QuietPath::Serialize(65, 56700000000) : 0;
            NS_TEST_EXPECT_MSG_GT_OR_EQ(flows[i].second,
                                        packets[i].second - roundingPs - sprayPs,
                                        title);
            NS_TEST_EXPECT_MSG_LT_OR_EQ(flows[i].second,
                                        packets[i].second + roundingPs + shortPs,
                                        title);
        }
    }

    /// @param flows whether flows move the transfers, or packets @return times of each
    std::vector<Times> Run(bool flows)
    {
        BuiltFabric fabric = m_helper->Build();
        fabric.AssignStreams(1);
        const Ptr<FabricNetwork>& network = fabric.networks.at(m_network);
        m_transfers.clear();
        for (const auto& [from, to] : m_paths)
        {
            for (const uint64_t bytes : {0, 1, 4096, 4097, 65536, 1048577})
            {
                Transfer transfer;
                transfer.source = FindEndpoint(network, from);
                transfer.destination = FindEndpoint(network, to);
                transfer.bytes = bytes;
                m_transfers.push_back(transfer);
            }
        }
        Ptr<TransferEngine> engine = network;
        if (flows)
        {
            auto flowEngine = CreateObject<FlowEngine>();
            flowEngine->SetNetwork(network);
            engine = flowEngine;
        }
        const std::vector<Times> times = OneByOne(engine, m_transfers).Run();
        NS_TEST_EXPECT_MSG_EQ(network->GetTotals().failedBytes, 0, "failed");
        Simulator::Destroy();
        engine->Dispose();
        fabric.Dispose();
        return times;
    }

    Ptr<FabricHelper> m_helper;        ///< builds the fabric
    uint32_t m_network;                ///< number of the network
    Paths m_paths;                     ///< sources and destinations
    int64_t m_sprayPs;                 ///< what packets that are sprayed may lose, ps
    std::vector<Transfer> m_transfers; ///< what is posted
};

/**
 * @ingroup optical-fabric-tests
 * @brief Flows and packets, one transfer at a time.
 */
class FlowLatencyTestSuite : public PicosecondTestSuite
{
  public:
    FlowLatencyTestSuite()
        : PicosecondTestSuite("optical-fabric-flow-latency", Type::UNIT)
    {
        const FlowLatencyTestCase::Paths ub{
            {"node1/die3", "node1/die12"},
            {"node1/die3", "node2/die0"},
            {"node1/die3", "node1/cpu2"},
            {"node1/die3", "node0/cpu2"},
            {"node1/cpu0", "node1/die15"},
            {"node1/cpu0", "node2/die15"},
            {"node1/cpu0", "node1/cpu3"},
            {"node1/cpu0", "node2/cpu3"},
        };
        const FlowLatencyTestCase::Paths rdma{
            {"node1/npu3", "node2/npu3"},
            {"node1/npu3", "node2/npu4"},
        };
        const Attributes nodes{{"Nodes", "3"}};
        Add<CloudMatrixHelper>("a CloudMatrix", nodes, 0, ub);
        Add<CloudMatrixHelper>("the RDMA network of a CloudMatrix", nodes, 1, rdma);
        // Two ports of an NPU lead to the same chip, and packets from both may meet on a link up.
        const FlowLatencyTestCase::Paths npus{
            {"node1/npu0", "node1/npu6"},
            {"node1/npu0", "node2/npu0"},
        };
        Add<CloudMatrixHelper>("a CloudMatrix of NPUs",
                               {{"Nodes", "3"}, {"EndpointKind", "Npu"}},
                               0,
                               npus,
                               4 * QuietPath::Serialize(4096 + 64, 224000000000));
        Add<CloudMatrixHelper>("a CloudMatrix with links of all rates",
                               {{"Nodes", "3"},
                                {"DieLinkRate", "112300Mbps"},
                                {"CpuLinkRate", "56700Mbps"},
                                {"UplinkRate", "448100Mbps"}},
                               0,
                               ub);
        const FlowLatencyTestCase::Paths clos{
            {"endpoint-0", "endpoint-3"},
            {"endpoint-0", "endpoint-9"},
        };
        const Attributes small{{"Endpoints", "16"}, {"Leaves", "2"}, {"Spines", "4"}};
        Add<ClosHelper>("a Clos", small, 0, clos);
        Attributes latencies = small;
        latencies.insert(latencies.end(),
                         {{"LinkDelay", "13.371ns"},
                          {"LinkPhyLatency", "97.003ns"},
                          {"LeafLatency", "251.117ns"},
                          {"DepartureLatency", "301.5ns"},
                          {"ArrivalLatency", "199.9ns"}});
        Add<ClosHelper>("a Clos with latencies of all kinds", latencies, 0, clos);
    }

  private:
    /**
     * @tparam H helper
     * @param name what the fabric is
     * @param attributes attributes of the helper
     * @param network number of the network
     * @param paths sources and destinations
     * @param sprayPs what packets that are sprayed may lose, ps
     */
    template <typename H>
    void Add(const std::string& name,
             const Attributes& attributes,
             uint32_t network,
             const FlowLatencyTestCase::Paths& paths,
             int64_t sprayPs = 0)
    {
        const auto helper = CreateObject<H>();
        for (const auto& [attribute, value] : attributes)
        {
            helper->SetAttribute(attribute, StringValue(value));
        }
        AddTestCase(new FlowLatencyTestCase(name, helper, network, paths, sprayPs));
    }
};

FlowLatencyTestSuite g_flowLatencyTestSuite; ///< registers the suite

} // namespace
