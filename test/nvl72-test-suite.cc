/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/nvl72-helper.h"

#include <set>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

using Medium = FabricLink::Medium;

/**
 * @ingroup optical-fabric-tests
 * @brief It consists of what NVIDIA says, and everything is linked to what it should be.
 */
class Nvl72CountTestCase : public FabricTestCase
{
  public:
    Nvl72CountTestCase()
        : FabricTestCase("72 GPUs, 18 chips, 5,184 copper lanes, no optics")
    {
    }

  private:
    void DoRun() override
    {
        const BuiltFabric fabric = CreateObject<Nvl72Helper>()->Build();
        const NetworkCount& count = fabric.counts.at(0);
        NS_TEST_EXPECT_MSG_EQ(fabric.names.at(0), "nvlink", "one network");
        NS_TEST_EXPECT_MSG_EQ(count.endpoints, 72, "GPUs");
        NS_TEST_EXPECT_MSG_EQ(fabric.groups.at(0).name, "gpu", "endpoints by kind");
        NS_TEST_EXPECT_MSG_EQ(fabric.groups.at(0).count, 72, "endpoints by kind");
        NS_TEST_EXPECT_MSG_EQ(count.GetSwitches(), 18, "switch chips");
        NS_TEST_EXPECT_MSG_EQ(count.switches.size(), 1, "one tier");
        NS_TEST_EXPECT_MSG_EQ(count.GetLinks(), 72 * 18, "NVLinks");
        NS_TEST_EXPECT_MSG_EQ(count.GetLinks(Medium::COPPER), 72 * 18, "all of copper");
        NS_TEST_EXPECT_MSG_EQ(count.GetLanes(Medium::COPPER), 5184, "lanes");
        NS_TEST_EXPECT_MSG_EQ(count.GetLanes(Medium::OPTICAL), 0, "no light");
        NS_TEST_EXPECT_MSG_EQ(fabric.GetModules(), 0, "no modules");

        const Ptr<FabricNetwork>& network = fabric.networks[0];
        NS_TEST_EXPECT_MSG_EQ(network->GetEndpoint(0)->GetName(), "tray0/gpu0", "first GPU");
        NS_TEST_EXPECT_MSG_EQ(network->GetEndpoint(71)->GetName(), "tray17/gpu3", "last GPU");
        NS_TEST_EXPECT_MSG_EQ(network->GetSwitch(17)->GetName(), "switch-tray8/chip1", "last chip");
        for (uint32_t i = 0; i < 72; ++i)
        {
            const Ptr<FabricEndpoint> gpu = network->GetEndpoint(i);
            std::set<std::string> chips;
            for (uint32_t p = 0; p < gpu->GetNPorts(); ++p)
            {
                chips.insert(gpu->GetPort(p)->GetPeer()->GetOwner()->GetName());
            }
            NS_TEST_EXPECT_MSG_EQ(gpu->GetNPorts(), 18, "NVLinks of a GPU");
            NS_TEST_EXPECT_MSG_EQ(chips.size(), 18, "one to each chip");
        }
        Simulator::Destroy();

        const auto twice = MakeHelper<Nvl72Helper>({{"ComputeTrays", "9"},
                                                    {"SwitchTrays", "4"},
                                                    {"LinksPerChip", "2"},
                                                    {"LanesPerLink", "4"}});
        const BuiltFabric other = twice->Build();
        NS_TEST_EXPECT_MSG_EQ(other.counts.at(0).GetLinks(0, 1), 36 * 8 * 2, "NVLinks");
        NS_TEST_EXPECT_MSG_EQ(other.counts.at(0).GetLanes(Medium::COPPER),
                              36 * 8 * 2 * 4 * 2,
                              "lanes");
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Latency is the sum of its parts, and all links of a GPU together carry 900 GB/s.
 */
class Nvl72PathTestCase : public FabricTestCase
{
  public:
    Nvl72PathTestCase()
        : FabricTestCase(
              "Quiet latency to the picosecond, and 900 gigabytes a second from each GPU")
    {
    }

  private:
    void DoRun() override
    {
        const auto helper = MakeHelper<Nvl72Helper>({{"CableLengthM", "0.8"},
                                                     {"PhyLatency", "51.001ns"},
                                                     {"SwitchLatency", "212.307ns"},
                                                     {"DepartureLatency", "401.733ns"},
                                                     {"ArrivalLatency", "377.531ns"}});
        QuietPath path;
        path.departurePs = GetPs(helper, "DepartureLatency");
        path.arrivalPs = GetPs(helper, "ArrivalLatency");
        path.links.assign(2, {400000000000, 3600, GetPs(helper, "PhyLatency")});
        path.latencyPs.assign(1, GetPs(helper, "SwitchLatency"));
        CheckQuiet(helper, 0, "tray0/gpu1", "tray17/gpu3", path);
        CheckTrain(helper, 0, "tray3/gpu1", "tray3/gpu2", path);

        // All 72 send to the next tray at once.
        const uint64_t bytes = 18 * (4 << 20);
        const auto adaptive = CreateObject<Nvl72Helper>();
        adaptive->SetNetworkAttribute("Routing", StringValue("Adaptive"));
        const BuiltFabric fabric = adaptive->Build();
        fabric.AssignStreams(1);
        ArrivalNotes notes;
        for (uint32_t i = 0; i < 72; ++i)
        {
            fabric.networks[0]->Post({i, (i + 4) % 72, bytes, 0, 0}, &notes);
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(notes.received, 72, "all are complete");
        const double idealPs = static_cast<double>(bytes) / 900e9 * 1e12;
        NS_TEST_EXPECT_MSG_GT(static_cast<double>(notes.lastPs),
                              idealPs,
                              "no faster than 900 GB/s");
        NS_TEST_EXPECT_MSG_LT(static_cast<double>(notes.lastPs),
                              idealPs * 1.03,
                              "almost as fast, but for the latency");
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What contradicts itself is refused.
 */
class Nvl72RefusalTestCase : public FabricTestCase
{
  public:
    Nvl72RefusalTestCase()
        : FabricTestCase("Contradictions are refused")
    {
    }

  private:
    /**
     * @param attributes attributes that do not go together
     * @param expected what is said to that
     */
    void Check(const Attributes& attributes, const std::string& expected)
    {
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(MakeHelper<Nvl72Helper>(attributes)), expected, "refusal");
    }

    void DoRun() override
    {
        Check({}, "");
        Check({{"ComputeTrays", "1"}, {"GpusPerTray", "1"}},
              "ComputeTrays 1 with GpusPerTray 1, allowed at least 2 GPUs");
        Check({{"LinksPerChip", "4"}},
              "LinksPerChip 4 with 18 chips (SwitchTrays times ChipsPerTray) makes 72 links of a "
              "GPU, allowed 1 to 64");
        Check({{"ComputeTrays", "4096"}, {"GpusPerTray", "8"}, {"LinksPerChip", "3"}},
              "LinksPerChip 3 with 32768 GPUs (ComputeTrays times GpusPerTray) makes 98304 links "
              "of a chip, allowed 1 to 65534");
        Check({{"LinkRate", "0.1Gbps"}}, "LinkRate 100000000bps, allowed 1Gbps to 100Tbps");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The NVL72 helper.
 */
class Nvl72TestSuite : public PicosecondTestSuite
{
  public:
    Nvl72TestSuite()
        : PicosecondTestSuite("optical-fabric-nvl72", Type::UNIT)
    {
        AddTestCase(new Nvl72CountTestCase);
        AddTestCase(new Nvl72PathTestCase);
        AddTestCase(new Nvl72RefusalTestCase);
    }
};

Nvl72TestSuite g_nvl72TestSuite; ///< registers the suite

} // namespace
