/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/cloud-matrix-helper.h"
#include "ns3/uinteger.h"

#include <sstream>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief What cannot be is refused; attributes of networks reach them.
 */
class FabricHelperAttributeTestCase : public FabricTestCase
{
  public:
    FabricHelperAttributeTestCase()
        : FabricTestCase("Attributes of networks, and refusals")
    {
    }

  private:
    void DoRun() override
    {
        const auto helper = MakeHelper<CloudMatrixHelper>({{"Nodes", "1"}});
        NS_TEST_EXPECT_MSG_EQ(helper->SetAttributeFailSafe("Nodes", UintegerValue(0)), false, "0");
        NS_TEST_EXPECT_MSG_EQ(helper->SetAttributeFailSafe("Nodes", UintegerValue(4097)),
                              false,
                              "too many nodes");
        const auto set = [&](const char* name, const char* value, const char* network) {
            return helper->SetNetworkAttributeFailSafe(name, StringValue(value), network);
        };
        NS_TEST_EXPECT_MSG_EQ(set("Mtuu", "1", ""), false, "unknown attribute");
        NS_TEST_EXPECT_MSG_EQ(set("Mtu", "1", ""), false, "out of range");
        NS_TEST_EXPECT_MSG_EQ(set("Routing", "Sprai", ""), false, "unknown value");
        NS_TEST_EXPECT_MSG_EQ(set("Mtu", "1024", "rdma"), true, "one network");
        NS_TEST_EXPECT_MSG_EQ(set("Mtu", "2048", ""), true, "all networks");
        const auto fabric = helper->Build();
        NS_TEST_EXPECT_MSG_EQ(fabric.networks[0]->GetMtu(), 2048, "for all");
        NS_TEST_EXPECT_MSG_EQ(fabric.networks[1]->GetMtu(), 1024, "for one takes precedence");
        NS_TEST_EXPECT_MSG_EQ(fabric.GetIndex("rdma"), 1, "index by name");
        Simulator::Destroy();

        NS_TEST_EXPECT_MSG_EQ(GetRefusal(helper), "", "nothing wrong");
        set("BufferBytes", "1500", "");
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(helper),
                              "BufferBytes of network \"ub\" 1500, allowed 2048 (Mtu and "
                              "HeaderBytes together) to 1073741824",
                              "small buffer");
        set("BufferBytes", "100000", "");
        set("Mtu", "65000", "");
        helper->SetNetworkAttribute("HeaderBytes", UintegerValue(512));
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(helper), "", "65512 bytes fit");
        helper->SetAttribute("ScaleOut", StringValue("false"));
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(helper),
                              "Mtu of network \"rdma\", allowed \"ub\"",
                              "no such network");
        const auto slow = MakeHelper<CloudMatrixHelper>({{"UplinkRate", "10Mbps"}});
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(slow),
                              "UplinkRate 10000000bps, allowed 1Gbps to 100Tbps",
                              "slow link");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What was built is described as counted.
 */
class FabricHelperDescribeTestCase : public FabricTestCase
{
  public:
    FabricHelperDescribeTestCase()
        : FabricTestCase("A fabric is described as it was built")
    {
    }

  private:
    void DoRun() override
    {
        const BuiltFabric fabric = MakeHelper<CloudMatrixHelper>({{"Nodes", "3"}})->Build();
        std::ostringstream text;
        fabric.Describe(text);
        NS_TEST_EXPECT_MSG_EQ(text.str(),
                              "network ub: 60 endpoints\n"
                              "  21 switches in tier 1\n"
                              "  112 switches in tier 2\n"
                              "  84 links, endpoint to tier 1, board, 183 Gb/s\n"
                              "  336 links, endpoint to tier 1, board, 224 Gb/s\n"
                              "  336 links, tier 1 to tier 2, optical, 224 Gb/s\n"
                              "  168 optical modules, tier 1 end\n"
                              "  224 optical modules, tier 2 end\n"
                              "network rdma: 24 endpoints\n"
                              "  8 switches in tier 1\n"
                              "  3 switches in tier 2\n"
                              "  24 links, endpoint to tier 1, optical, 400 Gb/s\n"
                              "  24 links, tier 1 to tier 2, optical, 400 Gb/s\n"
                              "  24 optical modules, endpoint end\n"
                              "  48 optical modules, tier 1 end\n"
                              "  24 optical modules, tier 2 end\n"
                              "in all: 60 endpoints, 488 optical modules\n",
                              "description");
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Streams are handed out network by network, and decide what a run does.
 */
class FabricHelperStreamTestCase : public FabricTestCase
{
  public:
    FabricHelperStreamTestCase()
        : FabricTestCase("Streams: as many as said, network by network")
    {
    }

  private:
    void DoRun() override
    {
        const BuiltFabric fabric = MakeHelper<CloudMatrixHelper>({{"Nodes", "2"}})->Build();
        const int64_t ub = fabric.networks[0]->AssignStreams(0);
        const int64_t rdma = fabric.networks[1]->AssignStreams(0);
        NS_TEST_EXPECT_MSG_EQ(fabric.AssignStreams(100), ub + rdma, "streams used");
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What all fabric helpers have in common.
 */
class FabricHelperTestSuite : public PicosecondTestSuite
{
  public:
    FabricHelperTestSuite()
        : PicosecondTestSuite("optical-fabric-helper", Type::UNIT)
    {
        AddTestCase(new FabricHelperAttributeTestCase);
        AddTestCase(new FabricHelperDescribeTestCase);
        AddTestCase(new FabricHelperStreamTestCase);
    }
};

FabricHelperTestSuite g_fabricHelperTestSuite; ///< registers the suite

} // namespace
