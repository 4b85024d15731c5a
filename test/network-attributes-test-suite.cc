/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "network-test-case.h"

#include <map>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/// Values of an attribute, in words.
struct Values
{
    std::vector<std::string> taken;   ///< to be taken
    std::vector<std::string> refused; ///< to be refused
};

/**
 * @ingroup optical-fabric-tests
 * @brief Every attribute takes what it should, and refuses the rest.
 */
class AttributesTestCase : public NetworkTestCase
{
  public:
    AttributesTestCase()
        : NetworkTestCase("Every attribute refuses what is out of its range")
    {
    }

  private:
    using Table = std::map<std::string, Values>; ///< by attribute

    void DoRun() override
    {
        const Values millisecond{{"0ps", "1ms"}, {"-1ps", "1001us", "1"}};
        const Values flag{{"true", "0"}, {"2", "perhaps"}};
        Check(CreateObject<FabricNetwork>(),
              {
                  {"Mtu", {{"64", "65000"}, {"63", "65001"}}},
                  {"HeaderBytes", {{"0", "512"}, {"513"}}},
                  {"BufferBytes", {{"64", "1073741824"}, {"63", "1073741825"}}},
                  {"VirtualLanes", {{"1", "16"}, {"0", "17"}}},
                  {"Routing",
                   {{"Deterministic", "Ecmp", "Spray", "Adaptive"}, {"ecmp", "Random", ""}}},
                  {"EcmpSalt", {{"PerSwitch", "Same"}, {"persalt", "None"}}},
                  {"Switching", {{"CutThrough", "StoreAndForward"}, {"Wormhole"}}},
                  {"Arbitration", {{"RoundRobin", "OldestFirst"}, {"Lottery"}}},
                  {"TransferOrder", {{"InOrder", "TakeTurns"}, {"inorder", "Random"}}},
                  {"CommitAhead", {{"0ps", "10us"}, {"-1ps", "10001ns"}}},
                  {"ResendTimeout", {{"1ns", "100s"}, {"0ps", "999ps", "101s"}}},
                  {"MaxResends", {{"0", "1000000"}, {"1000001"}}},
                  {"DetectionDelay", {{"0ps", "100s"}, {"-1ps", "101s"}}},
                  {"ConvergenceDelay", {{"0ps", "100s"}, {"-1ps", "101s"}}},
              });
        Check(CreateObject<FabricLink>(),
              {
                  {"Rate",
                   {{"1Gbps", "400Gbps", "100000Gbps"},
                    {"0bps", "999999999bps", "100000000000001bps"}}},
                  {"Delay", millisecond},
                  {"PhyLatency", millisecond},
                  {"FrameErrorRatio", {{"0", "1", "1e-12"}, {"-0.1", "1.1"}}},
                  {"Up", flag},
                  {"Medium", {{"Board", "Copper", "Optical"}, {"Fibre"}}},
                  {"Lanes", {{"1", "64"}, {"0", "65"}}},
                  {"LinkRetry", flag},
                  {"RetryMode", {{"GoBackN", "Selective"}, {"StopAndWait", "goBackN"}}},
                  {"MaxRepeats", {{"1", "1000000"}, {"0", "1000001"}}},
                  {"MaxRetrains", {{"0", "1000000"}, {"-1", "1000001"}}},
                  {"RetryTurnaround", millisecond},
                  {"RetryTimeout", {{"0ps", "1s"}, {"-1ps", "1001ms"}}},
                  {"RetrainTime", {{"0ps", "10s"}, {"-1ps"}}},
                  // More in optical-fabric-network-replay: a network says how large a packet is.
                  {"ReplayBufferBytes", {{"0", "64", "1073741824"}, {"-1", "1073741825"}}},
                  // Of ns3::Channel.
                  {"Id", {{}, {"1"}}},
              });
        Check(CreateObject<FabricSwitch>(), {{"ForwardingLatency", millisecond}});
        Check(CreateObject<FabricEndpoint>(),
              {{"DepartureLatency", millisecond}, {"ArrivalLatency", millisecond}});
        Check(CreateObject<FabricPort>(), {{"Mtu", {{"68", "65535"}, {"67", "65536"}}}});
        Check(CreateObject<ProgressWatchdog>(),
              {{"Interval", {{"0ps", "1ms", "1h"}, {"-1ps"}}},
               {"Patience", {{"0ps", "60s"}, {"-1ps"}}}});

        for (const uint64_t rate : {uint64_t{0}, uint64_t{999999999}, uint64_t{100000000000001}})
        {
            const std::string message = AbortMessage([rate]() {
                LinkState state;
                state.rate = DataRate(rate);
                CreateObject<FabricLink>()->SetState(0, state);
            });
            NS_TEST_EXPECT_MSG_NE(message.find("allowed 1Gbps to 100Tbps"),
                                  std::string::npos,
                                  rate << ": " << message);
        }
        Simulator::Destroy();
    }

    /// @param object object with attributes @param table all its attributes
    void Check(Ptr<Object> object, const Table& table)
    {
        const std::string name = object->GetInstanceTypeId().GetName();
        uint32_t known = 0;
        for (TypeId tid = object->GetInstanceTypeId(); tid != Object::GetTypeId();
             tid = tid.GetParent())
        {
            for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
            {
                const std::string attribute = tid.GetAttribute(i).name;
                NS_TEST_EXPECT_MSG_EQ(table.count(attribute),
                                      1,
                                      name << "::" << attribute << " is not tested");
                ++known;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(known, table.size(), name << " has lost attributes");
        for (const auto& [attribute, values] : table)
        {
            for (const std::string& value : values.taken)
            {
                NS_TEST_EXPECT_MSG_EQ(object->SetAttributeFailSafe(attribute, StringValue(value)),
                                      true,
                                      name << "::" << attribute << " does not take " << value);
            }
            StringValue before;
            object->GetAttribute(attribute, before);
            for (const std::string& value : values.refused)
            {
                NS_TEST_EXPECT_MSG_EQ(object->SetAttributeFailSafe(attribute, StringValue(value)),
                                      false,
                                      name << "::" << attribute << " takes " << value);
            }
            StringValue after;
            object->GetAttribute(attribute, after);
            NS_TEST_EXPECT_MSG_EQ(after.Get(), before.Get(), name << "::" << attribute);
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Attributes of what a network is made of.
 */
class NetworkAttributesTestSuite : public TestSuite
{
  public:
    NetworkAttributesTestSuite()
        : TestSuite("optical-fabric-network-attributes", Type::UNIT)
    {
        AddTestCase(new AttributesTestCase);
    }
};

NetworkAttributesTestSuite g_networkAttributesTestSuite; ///< registers the suite

} // namespace
