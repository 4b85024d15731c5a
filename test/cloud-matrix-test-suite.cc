/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/cloud-matrix-helper.h"
#include "ns3/double.h"

#include <cmath>
#include <map>
#include <set>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

using Medium = FabricLink::Medium;

/**
 * @ingroup optical-fabric-tests
 * @brief A CloudMatrix has as many of everything as was published, or as follows from it.
 */
class CloudMatrixCountTestCase : public FabricTestCase
{
  public:
    CloudMatrixCountTestCase()
        : FabricTestCase("Chips, links and modules are as many as published")
    {
    }

  private:
    /**
     * @param nodes nodes
     * @param kind EndpointKind
     */
    void Check(uint64_t nodes, const std::string& kind)
    {
        const std::string title = std::to_string(nodes) + " nodes, " + kind;
        const Attributes attributes{{"Nodes", std::to_string(nodes)}, {"EndpointKind", kind}};
        const BuiltFabric fabric = MakeHelper<CloudMatrixHelper>(attributes)->Build();
        const bool several = nodes > 1;
        const NetworkCount& ub = fabric.counts.at(0);
        const uint64_t perNode = kind == "Die" ? 16 : 8;
        NS_TEST_EXPECT_MSG_EQ(fabric.names.at(0), "ub", title);
        NS_TEST_EXPECT_MSG_EQ(ub.endpoints, nodes * (perNode + 4), title);
        NS_TEST_EXPECT_MSG_EQ(ub.switches.size(), (several ? 2 : 1), title);
        NS_TEST_EXPECT_MSG_EQ(ub.switches.at(0), nodes * 7, title + ": L1 chips");
        NS_TEST_EXPECT_MSG_EQ(ub.GetSwitches(), nodes * 7 + several * 112, title + ": chips");
        NS_TEST_EXPECT_MSG_EQ(ub.GetLinks(0, 1), nodes * (16 + 4) * 7, title);
        NS_TEST_EXPECT_MSG_EQ(ub.GetLinks(Medium::BOARD), nodes * (16 + 4) * 7, title);
        NS_TEST_EXPECT_MSG_EQ(ub.GetLinks(1, 2), several * nodes * 7 * 16, title);
        NS_TEST_EXPECT_MSG_EQ(ub.GetLinks(Medium::OPTICAL), several * nodes * 7 * 16, title);
        const uint64_t l1Modules = several * nodes * 7 * 8;
        const uint64_t l2Modules = several * 112 * ((nodes + 1) / 2);
        NS_TEST_EXPECT_MSG_EQ(ub.GetModules(), l1Modules + l2Modules, title + ": UB modules");
        NS_TEST_EXPECT_MSG_EQ(ub.GetModules(), fabric.networks[0]->GetNModules(), title);
        NS_TEST_EXPECT_MSG_EQ(ub.modules.at(1), l1Modules, title);

        const NetworkCount& rdma = fabric.counts.at(1);
        NS_TEST_EXPECT_MSG_EQ(fabric.names.at(1), "rdma", title);
        NS_TEST_EXPECT_MSG_EQ(rdma.endpoints, nodes * 8, title);
        NS_TEST_EXPECT_MSG_EQ(rdma.switches.at(0), 8, title + ": leaves");
        NS_TEST_EXPECT_MSG_EQ(rdma.switches.at(1), std::min<uint64_t>(4, nodes), title);
        NS_TEST_EXPECT_MSG_EQ(rdma.GetLinks(0, 1), nodes * 8, title);
        NS_TEST_EXPECT_MSG_EQ(rdma.GetLinks(1, 2), nodes * 8, title);
        NS_TEST_EXPECT_MSG_EQ(rdma.GetLinks(Medium::OPTICAL), nodes * 16, title);
        NS_TEST_EXPECT_MSG_EQ(rdma.GetModules(), nodes * 32, title + ": RDMA modules");
        NS_TEST_EXPECT_MSG_EQ(fabric.GetEndpoints(), nodes * (perNode + 4), title);
        NS_TEST_EXPECT_MSG_EQ(fabric.GetModules(),
                              l1Modules + l2Modules + nodes * 32,
                              title + ": modules");
        Simulator::Destroy();
    }

    void DoRun() override
    {
        for (const uint64_t nodes : {1, 2, 3, 4, 16, 48})
        {
            Check(nodes, "Die");
        }
        Check(3, "Npu");

        const BuiltFabric fabric = CreateObject<CloudMatrixHelper>()->Build();
        const NetworkCount& ub = fabric.counts.at(0);
        NS_TEST_EXPECT_MSG_EQ(ub.endpoints, 768 + 192, "dies and CPUs");
        NS_TEST_EXPECT_MSG_EQ(ub.switches.at(0), 336, "L1 chips");
        NS_TEST_EXPECT_MSG_EQ(ub.switches.at(1), 112, "L2 chips");
        NS_TEST_EXPECT_MSG_EQ(ub.GetLinks(1, 2), 5376, "L1-L2 links");
        NS_TEST_EXPECT_MSG_EQ(ub.GetModules(), 5376, "UB modules");
        NS_TEST_EXPECT_MSG_EQ(fabric.counts.at(1).GetModules(), 1536, "RDMA modules");
        NS_TEST_EXPECT_MSG_EQ(fabric.GetModules(), 6912, "modules");
        // Modules that sit at a node: 56 of UB, 8 of RDMA.
        NS_TEST_EXPECT_MSG_EQ(ub.modules.at(1) + fabric.counts.at(1).modules.at(0),
                              48 * 64,
                              "modules at the nodes");
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Everything is linked to what it should be linked to, and has its name.
 */
class CloudMatrixGraphTestCase : public FabricTestCase
{
  public:
    CloudMatrixGraphTestCase()
        : FabricTestCase("Links lead where they should, modules are shared as they should")
    {
    }

  private:
    /**
     * @param node a node of a network
     * @return names of its neighbors, and how many links lead to each
     */
    static std::map<std::string, uint32_t> GetNeighbors(const FabricNode& node)
    {
        std::map<std::string, uint32_t> neighbors;
        for (uint32_t i = 0; i < node.GetNPorts(); ++i)
        {
            ++neighbors[node.GetPort(i)->GetPeer()->GetOwner()->GetName()];
        }
        return neighbors;
    }

    /**
     * @param fabric system of some nodes
     * @param nodes how many
     * @param npu whether an endpoint is an NPU
     */
    void CheckUb(const BuiltFabric& fabric, uint32_t nodes, bool npu)
    {
        const Ptr<FabricNetwork>& ub = fabric.networks[0];
        const uint32_t perNode = npu ? 8 : 16;
        for (uint32_t i = 0; i < ub->GetNEndpoints(); ++i)
        {
            const bool cpu = i >= nodes * perNode;
            const uint32_t k = cpu ? i - nodes * perNode : i;
            const uint32_t n = k / (cpu ? 4 : perNode);
            const std::string node = "node" + std::to_string(n) + "/";
            const std::string name = node +
                                     (cpu   ? "cpu"
                                      : npu ? "npu"
                                            : "die") +
                                     std::to_string(k % (cpu ? 4 : perNode));
            NS_TEST_EXPECT_MSG_EQ(ub->GetEndpoint(i)->GetName(), name, "order of endpoints");
            const uint32_t links = npu && !cpu ? 2 : 1;
            NS_TEST_ASSERT_MSG_EQ(ub->GetEndpoint(i)->GetNPorts(), 7 * links, name);
            for (uint32_t p = 0; p < 7 * links; ++p)
            {
                const auto port = ub->GetEndpoint(i)->GetPort(p);
                NS_TEST_EXPECT_MSG_EQ(port->GetPeer()->GetOwner()->GetName(),
                                      node + "l1-" + std::to_string(p / links),
                                      name + " port " + std::to_string(p));
            }
        }
        for (uint32_t i = 0; i < ub->GetNSwitches(); ++i)
        {
            const Ptr<FabricSwitch> chip = ub->GetSwitch(i);
            const std::string name = chip->GetName();
            const auto neighbors = GetNeighbors(*chip);
            if (name.find("l1-") == std::string::npos)
            {
                NS_TEST_EXPECT_MSG_EQ(neighbors.size(), nodes, name);
                continue;
            }
            const std::string plane = name.substr(name.find("l1-") + 3);
            for (uint32_t c = 0; c < 16; ++c)
            {
                const std::string l2 = "l2-" + plane + "-" + std::to_string(c);
                NS_TEST_EXPECT_MSG_EQ(neighbors.count(l2), 1, name + " to " + l2);
            }
            NS_TEST_EXPECT_MSG_EQ(chip->GetNPorts(), 16 + 16 + 4, name);
        }
        std::map<uint32_t, std::set<const FabricNode*>> chips;
        std::map<uint32_t, uint32_t> links;
        for (uint32_t i = 0; i < ub->GetNLinks(); ++i)
        {
            for (const uint32_t end : {0, 1})
            {
                const Ptr<FabricLink> link = ub->GetLink(i);
                const bool optical = link->GetMedium() == Medium::OPTICAL;
                NS_TEST_EXPECT_MSG_EQ((link->GetModule(end) != FabricLink::NO_MODULE),
                                      optical,
                                      "optical links have modules");
                if (optical)
                {
                    chips[link->GetModule(end)].insert(link->GetPort(end)->GetOwner());
                    ++links[link->GetModule(end)];
                }
            }
        }
        uint32_t halfEmpty = 0;
        for (const auto& [module, count] : links)
        {
            NS_TEST_EXPECT_MSG_EQ(chips[module].size(), 1, "a module sits at one chip");
            NS_TEST_EXPECT_MSG_LT(count, 3, "links of a module");
            halfEmpty += count == 1;
        }
        NS_TEST_EXPECT_MSG_EQ(halfEmpty, nodes % 2 * 112, "modules with one link");
    }

    /**
     * @param fabric system of some nodes
     * @param nodes how many
     * @param endpointsPerNpu UB endpoints of an NPU
     */
    void CheckRdma(const BuiltFabric& fabric, uint32_t nodes, uint32_t endpointsPerNpu)
    {
        const Ptr<FabricNetwork>& rdma = fabric.networks[1];
        for (uint32_t i = 0; i < rdma->GetNEndpoints(); ++i)
        {
            const std::string rail = std::to_string(i % 8);
            NS_TEST_EXPECT_MSG_EQ(rdma->GetEndpoint(i)->GetName(),
                                  "node" + std::to_string(i / 8) + "/npu" + rail,
                                  "order of endpoints");
            NS_TEST_EXPECT_MSG_EQ(rdma->GetNodeId(i),
                                  fabric.networks[0]->GetNodeId(i * endpointsPerNpu),
                                  "an NPU stands on one node");
            NS_TEST_EXPECT_MSG_EQ(GetNeighbors(*rdma->GetEndpoint(i)).begin()->first,
                                  "leaf-" + rail,
                                  "its rail");
        }
        for (uint32_t i = 0; i < 8; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(rdma->GetSwitch(i)->GetNPorts(), 2 * nodes, "down and up");
            const auto neighbors = GetNeighbors(*rdma->GetSwitch(i));
            for (uint32_t s = 0; s < std::min(nodes, 4U); ++s)
            {
                const uint32_t expected = nodes / 4 + (s < nodes % 4);
                const auto spine = neighbors.find("spine-" + std::to_string(s));
                NS_TEST_ASSERT_MSG_EQ((spine != neighbors.end()), true, "a link to each spine");
                NS_TEST_EXPECT_MSG_EQ(spine->second, expected, "links are dealt out in turn");
            }
        }
    }

    void DoRun() override
    {
        for (const uint32_t nodes : {2, 3, 5})
        {
            for (const bool npu : {false, true})
            {
                const Attributes attributes{{"Nodes", std::to_string(nodes)},
                                            {"EndpointKind", npu ? "Npu" : "Die"}};
                const auto fabric = MakeHelper<CloudMatrixHelper>(attributes)->Build();
                CheckUb(fabric, nodes, npu);
                CheckRdma(fabric, nodes, npu ? 1 : 2);
                NS_TEST_EXPECT_MSG_EQ(fabric.groups.size(), 3, "kinds of endpoints");
                NS_TEST_EXPECT_MSG_EQ(fabric.groups[1].name, "cpu", "the second kind");
                NS_TEST_EXPECT_MSG_EQ(fabric.groups[1].first, nodes * (npu ? 8 : 16), "its first");
                Simulator::Destroy();
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Where nothing is in the way, packets take the sum of their parts.
 */
class CloudMatrixPathTestCase : public FabricTestCase
{
  public:
    CloudMatrixPathTestCase()
        : FabricTestCase("On quiet paths latency is the sum of its parts, to the picosecond")
    {
    }

  private:
    /**
     * @param helper helper
     * @param from rate attribute of the source's link
     * @param to rate attribute of the destination's link
     * @param sameNode whether both are of one node
     * @return the path
     */
    static QuietPath MakeUbPath(const Ptr<FabricHelper>& helper,
                                const std::string& from,
                                const std::string& to,
                                bool sameNode)
    {
        const int64_t boardPs = GetPs(helper, "BoardDelay");
        const int64_t l1Ps = GetPs(helper, "L1Latency");
        QuietPath path;
        path.departurePs = GetPs(helper, "DepartureLatency");
        path.arrivalPs = GetPs(helper, "ArrivalLatency");
        path.links.push_back({GetBitRate(helper, from), boardPs, 0});
        path.latencyPs.push_back(l1Ps);
        if (!sameNode)
        {
            const QuietPath::Link uplink{GetBitRate(helper, "UplinkRate"),
                                         GetFibrePs(helper, "FibreLengthM"),
                                         GetPs(helper, "PhyLatency")};
            path.links.insert(path.links.end(), 2, uplink);
            path.latencyPs.push_back(GetPs(helper, "L2Latency"));
            path.latencyPs.push_back(l1Ps);
        }
        path.links.push_back({GetBitRate(helper, to), boardPs, 0});
        return path;
    }

    /**
     * @param helper helper
     * @param links number of links
     * @return a path of the RDMA network
     */
    static QuietPath MakeRdmaPath(const Ptr<FabricHelper>& helper, uint32_t links)
    {
        QuietPath path;
        path.departurePs = GetPs(helper, "RdmaDepartureLatency");
        path.arrivalPs = GetPs(helper, "RdmaArrivalLatency");
        const QuietPath::Link link{GetBitRate(helper, "RdmaLinkRate"),
                                   GetFibrePs(helper, "RdmaFibreLengthM"),
                                   GetPs(helper, "RdmaPhyLatency")};
        path.links.assign(links, link);
        path.latencyPs.assign(links - 1, GetPs(helper, "RdmaLeafLatency"));
        if (links == 4)
        {
            path.latencyPs[1] = GetPs(helper, "RdmaSpineLatency");
        }
        return path;
    }

    /**
     * @param helper helper
     * @param name attribute that is a length
     * @return propagation, ps
     */
    static int64_t GetFibrePs(const Ptr<FabricHelper>& helper, const std::string& name)
    {
        DoubleValue lengthM;
        DoubleValue nsPerM;
        helper->GetAttribute(name, lengthM);
        helper->GetAttribute("FibreDelayNsPerM", nsPerM);
        return std::llround(lengthM.Get() * nsPerM.Get() * 1e3);
    }

    /**
     * @param attributes attributes of a system of three nodes
     */
    void Check(Attributes attributes)
    {
        attributes.emplace_back("Nodes", "3");
        const std::string die = "DieLinkRate";
        const std::string cpu = "CpuLinkRate";
        const auto helper = MakeHelper<CloudMatrixHelper>(attributes);

        struct Case
        {
            const char* from;    ///< source
            const char* to;      ///< destination
            std::string inRate;  ///< attribute
            std::string outRate; ///< attribute
            bool sameNode;       ///< of one node
        };

        const std::vector<Case> cases{
            {"node1/die3", "node1/die12", die, die, true},
            {"node1/die3", "node2/die0", die, die, false},
            {"node1/die3", "node1/cpu2", die, cpu, true},
            {"node1/die3", "node0/cpu2", die, cpu, false},
            {"node1/cpu0", "node1/die15", cpu, die, true},
            {"node1/cpu0", "node2/die15", cpu, die, false},
            {"node1/cpu0", "node1/cpu3", cpu, cpu, true},
            {"node1/cpu0", "node2/cpu3", cpu, cpu, false},
        };
        for (const Case& c : cases)
        {
            const QuietPath path = MakeUbPath(helper, c.inRate, c.outRate, c.sameNode);
            CheckQuiet(helper, 0, c.from, c.to, path);
            CheckTrain(helper, 0, c.from, c.to, path);
        }
        for (const auto& [to, links] : {std::pair("node2/npu3", 2), std::pair("node2/npu4", 4)})
        {
            CheckQuiet(helper, 1, "node1/npu3", to, MakeRdmaPath(helper, links));
            CheckTrain(helper, 1, "node1/npu3", to, MakeRdmaPath(helper, links));
        }
        attributes.emplace_back("EndpointKind", "Npu");
        const auto npus = MakeHelper<CloudMatrixHelper>(attributes);
        for (const auto& [to, sameNode] :
             {std::pair("node1/npu6", true), std::pair("node2/npu0", false)})
        {
            CheckQuiet(npus, 0, "node1/npu0", to, MakeUbPath(npus, die, die, sameNode));
            CheckTrain(npus, 0, "node1/npu0", to, MakeUbPath(npus, die, die, sameNode));
        }
    }

    void DoRun() override
    {
        Check({});
        // Uplinks faster than what feeds them; every value different, none of them round.
        Check({{"DieLinkRate", "112300Mbps"},
               {"CpuLinkRate", "56700Mbps"},
               {"UplinkRate", "448100Mbps"},
               {"BoardDelay", "1.237ns"},
               {"FibreLengthM", "17.3"},
               {"PhyLatency", "83.129ns"},
               {"L1Latency", "151.317ns"},
               {"L2Latency", "249.741ns"},
               {"DepartureLatency", "411.003ns"},
               {"ArrivalLatency", "377.119ns"},
               {"RdmaLinkRate", "212700Mbps"},
               {"RdmaFibreLengthM", "71.9"},
               {"RdmaPhyLatency", "101.111ns"},
               {"RdmaLeafLatency", "523.421ns"},
               {"RdmaSpineLatency", "712.307ns"},
               {"RdmaDepartureLatency", "901.733ns"},
               {"RdmaArrivalLatency", "877.531ns"}});
        // Uplinks slower than what feeds them.
        Check({{"DieLinkRate", "400Gbps"}, {"CpuLinkRate", "800Gbps"}, {"UplinkRate", "100Gbps"}});
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Another node is hardly further off than the own: below 1 us, below 3 % of bandwidth.
 */
class CloudMatrixDistanceTestCase : public FabricTestCase
{
  public:
    CloudMatrixDistanceTestCase()
        : FabricTestCase("Between nodes: less than 1 us and 3 % worse than within")
    {
    }

  private:
    void DoRun() override
    {
        const auto helper = MakeHelper<CloudMatrixHelper>({{"ScaleOut", "false"}});
        const std::string from = "node5/die1";
        const std::string near = "node5/die9";
        const std::string far = "node42/die9";
        const int64_t nearPs = Send(helper, 0, from, near, 512);
        const int64_t addedPs = Send(helper, 0, from, far, 512) - nearPs;
        // Two fibres, two times FEC, an L2 and another L1 chip.
        NS_TEST_EXPECT_MSG_EQ(addedPs, 2 * 146910 + 2 * 60000 + 400000, "added latency, ps");
        NS_TEST_EXPECT_MSG_GT(addedPs, 700000, "added latency, ps");
        NS_TEST_EXPECT_MSG_LT(addedPs, 900000, "added latency, ps");

        const uint64_t bytes = 64 << 20;
        const auto bulkNearPs = static_cast<double>(Send(helper, 0, from, near, bytes));
        const auto bulkFarPs = static_cast<double>(Send(helper, 0, from, far, bytes));
        NS_TEST_EXPECT_MSG_LT(1 - bulkNearPs / bulkFarPs, 0.03, "loss of bandwidth");
        NS_TEST_EXPECT_MSG_LT(bulkFarPs - bulkNearPs, 1e6, "added to a long transfer, ps");
        // Seven links of 28 GB/s: 196 bytes per ns.
        const double idealPs = static_cast<double>(bytes) / 196 * 1e3;
        NS_TEST_EXPECT_MSG_GT(bulkNearPs, idealPs, "no faster than the links");
        NS_TEST_EXPECT_MSG_LT(bulkNearPs, idealPs * 1.01, "almost as fast as the links");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The CloudMatrix helper.
 */
class CloudMatrixTestSuite : public PicosecondTestSuite
{
  public:
    CloudMatrixTestSuite()
        : PicosecondTestSuite("optical-fabric-cloud-matrix", Type::UNIT)
    {
        AddTestCase(new CloudMatrixCountTestCase);
        AddTestCase(new CloudMatrixGraphTestCase);
        AddTestCase(new CloudMatrixPathTestCase);
        AddTestCase(new CloudMatrixDistanceTestCase);
    }
};

CloudMatrixTestSuite g_cloudMatrixTestSuite; ///< registers the suite

} // namespace
