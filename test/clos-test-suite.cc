/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/clos-helper.h"

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

using Medium = FabricLink::Medium;

/**
 * @ingroup optical-fabric-tests
 * @brief Endpoints are spread evenly, and there are as many uplinks as needed.
 */
class ClosCountTestCase : public FabricTestCase
{
  public:
    ClosCountTestCase()
        : FabricTestCase("Endpoints are spread evenly, uplinks are as many as needed")
    {
    }

  private:
    /**
     * @param endpoints endpoints
     * @param leaves leaves
     * @param spines spines
     * @param more other attributes
     * @param uplinks links from each leaf to each spine there should be
     */
    void Check(uint64_t endpoints,
               uint64_t leaves,
               uint64_t spines,
               const Attributes& more,
               uint64_t uplinks)
    {
        const std::string title = std::to_string(endpoints) + " endpoints, " +
                                  std::to_string(leaves) + " leaves, " + std::to_string(spines) +
                                  " spines";
        Attributes attributes{{"Endpoints", std::to_string(endpoints)},
                              {"Leaves", std::to_string(leaves)},
                              {"Spines", std::to_string(spines)}};
        attributes.insert(attributes.end(), more.begin(), more.end());
        const auto helper = MakeHelper<ClosHelper>(attributes);
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(helper), "", title);
        NS_TEST_EXPECT_MSG_EQ(helper->GetUplinksPerSpine(), uplinks, title);
        const BuiltFabric fabric = helper->Build();
        const NetworkCount& count = fabric.counts.at(0);
        NS_TEST_EXPECT_MSG_EQ(fabric.names.at(0), "clos", title);
        NS_TEST_EXPECT_MSG_EQ(fabric.oversubscription, helper->GetOversubscription(), title);
        NS_TEST_EXPECT_MSG_EQ(count.endpoints, endpoints, title);
        NS_TEST_EXPECT_MSG_EQ(fabric.groups.at(0).count, endpoints, title);
        NS_TEST_EXPECT_MSG_EQ(count.switches.at(0), leaves, title);
        NS_TEST_EXPECT_MSG_EQ(count.GetSwitches(), leaves + spines, title);
        NS_TEST_EXPECT_MSG_EQ(count.GetLinks(0, 1), endpoints, title);
        NS_TEST_EXPECT_MSG_EQ(count.GetLinks(1, 2), leaves * spines * uplinks, title);
        NS_TEST_EXPECT_MSG_EQ(count.GetModules(),
                              2 * count.GetLinks(Medium::OPTICAL),
                              title + ": a module at each end");
        NS_TEST_EXPECT_MSG_EQ(count.GetModules(), fabric.networks[0]->GetNModules(), title);
        const Ptr<FabricNetwork>& network = fabric.networks[0];
        uint64_t last = 0;
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            const FabricNode* leaf = network->GetEndpoint(i)->GetPort(0)->GetPeer()->GetOwner();
            const uint64_t number = std::stoul(leaf->GetName().substr(5));
            NS_TEST_EXPECT_MSG_EQ((number == last || number == last + 1), true, "in order");
            last = number;
        }
        for (uint32_t i = 0; i < leaves; ++i)
        {
            const uint64_t down = network->GetSwitch(i)->GetNPorts() - spines * uplinks;
            NS_TEST_EXPECT_MSG_EQ(
                (down == endpoints / leaves || down == (endpoints + leaves - 1) / leaves),
                true,
                title + ": spread evenly");
        }
        Simulator::Destroy();
    }

    void DoRun() override
    {
        Check(64, 4, 4, {}, 4);
        Check(64, 4, 4, {{"Oversubscription", "2"}}, 2);
        Check(64, 4, 4, {{"Oversubscription", "4"}}, 1);
        Check(64, 8, 3, {{"Oversubscription", "1.333"}}, 2);
        Check(64, 8, 3, {{"Oversubscription", "2.6667"}}, 1);
        Check(64, 8, 2, {{"Oversubscription", "4"}}, 1);
        Check(64, 4, 4, {{"Oversubscription", "8"}, {"LinkRate", "800Gbps"}}, 1);
        Check(64, 4, 4, {{"Oversubscription", "0.5"}}, 8);
        Check(64, 4, 4, {{"UplinksPerSpine", "1"}}, 1);
        Check(64, 4, 4, {{"UplinksPerSpine", "2"}, {"Oversubscription", "2"}}, 2);
        Check(64, 4, 4, {{"UplinkRate", "800Gbps"}}, 2);
        Check(61, 4, 3, {}, 6);
        Check(7, 3, 2, {{"LinkMedium", "Optical"}}, 2);
        Check(5, 5, 1, {}, 1);
        Check(9, 1, 0, {}, 0);
        Check(9, 1, 0, {{"LinkMedium", "Optical"}}, 0);
        const auto helper = MakeHelper<ClosHelper>({{"UplinksPerSpine", "1"}});
        NS_TEST_EXPECT_MSG_EQ(helper->GetOversubscription(), 4, "16 links down, 4 up");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Where nothing is in the way, packets take the sum of their parts.
 */
class ClosPathTestCase : public FabricTestCase
{
  public:
    ClosPathTestCase()
        : FabricTestCase("On quiet paths latency is the sum of its parts, to the picosecond")
    {
    }

  private:
    /**
     * @param helper helper
     * @param sameLeaf whether source and destination are on one leaf
     * @return the path
     */
    static QuietPath MakePath(const Ptr<FabricHelper>& helper, bool sameLeaf)
    {
        const auto link = [&helper](const std::string& which) {
            return QuietPath::Link{GetBitRate(helper, which + "Rate"),
                                   GetPs(helper, which + "Delay"),
                                   GetPs(helper, which + "PhyLatency")};
        };
        QuietPath path;
        path.departurePs = GetPs(helper, "DepartureLatency");
        path.arrivalPs = GetPs(helper, "ArrivalLatency");
        const int64_t leafPs = GetPs(helper, "LeafLatency");
        path.links.assign(2, link("Link"));
        path.latencyPs.assign(1, leafPs);
        if (!sameLeaf)
        {
            path.links.insert(path.links.begin() + 1, 2, link("Uplink"));
            path.latencyPs = {leafPs, GetPs(helper, "SpineLatency"), leafPs};
        }
        return path;
    }

    /**
     * @param attributes attributes of a network of 64 endpoints and 4 leaves
     */
    void Check(const Attributes& attributes)
    {
        const auto helper = MakeHelper<ClosHelper>(attributes);
        for (const auto& [to, sameLeaf] :
             {std::pair("endpoint-31", true), std::pair("endpoint-32", false)})
        {
            CheckQuiet(helper, 0, "endpoint-16", to, MakePath(helper, sameLeaf));
            CheckTrain(helper, 0, "endpoint-16", to, MakePath(helper, sameLeaf));
        }
    }

    void DoRun() override
    {
        Check({});
        const Attributes odd{{"LinkRate", "212700Mbps"},
                             {"LinkDelay", "13.337ns"},
                             {"UplinkDelay", "91.733ns"},
                             {"LinkPhyLatency", "51.001ns"},
                             {"UplinkPhyLatency", "83.129ns"},
                             {"LeafLatency", "523.421ns"},
                             {"SpineLatency", "712.307ns"},
                             {"DepartureLatency", "901.733ns"},
                             {"ArrivalLatency", "877.531ns"}};
        for (const char* uplinkRate : {"112300Mbps", "800100Mbps"})
        {
            Attributes attributes = odd;
            attributes.emplace_back("UplinkRate", uplinkRate);
            Check(attributes);
        }
        const auto star = MakeHelper<ClosHelper>({{"Leaves", "1"}, {"Spines", "0"}});
        CheckQuiet(star, 0, "endpoint-63", "endpoint-0", MakePath(star, true));
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief All endpoints of one leaf send to another leaf at once: the uplinks set the pace.
 */
class ClosOversubscriptionTestCase : public FabricTestCase
{
  public:
    ClosOversubscriptionTestCase()
        : FabricTestCase("Oversubscription divides the rate between leaves")
    {
    }

  private:
    void DoRun() override
    {
        const uint64_t bytes = 4 << 20;
        for (const uint32_t ratio : {1, 2, 4})
        {
            const auto helper =
                MakeHelper<ClosHelper>({{"Oversubscription", std::to_string(ratio)}});
            const BuiltFabric fabric = helper->Build();
            fabric.AssignStreams(1);
            ArrivalNotes notes;
            for (uint32_t i = 0; i < 16; ++i)
            {
                Transfer transfer;
                transfer.source = i;
                transfer.destination = 16 + i;
                transfer.bytes = bytes;
                fabric.networks[0]->Post(transfer, &notes);
            }
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(notes.received, 16, "all are complete");
            // 16 links of 50 GB/s down, a ratio-th of that up.
            const double idealPs = static_cast<double>(bytes) / 50 * 1e3 * ratio;
            const auto gotPs = static_cast<double>(notes.lastPs);
            NS_TEST_EXPECT_MSG_GT(gotPs, idealPs, "no faster than the uplinks");
            NS_TEST_EXPECT_MSG_LT(gotPs, idealPs * 1.1, "almost as fast as the uplinks");
            Simulator::Destroy();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What contradicts itself is refused.
 */
class ClosRefusalTestCase : public FabricTestCase
{
  public:
    ClosRefusalTestCase()
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
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(MakeHelper<ClosHelper>(attributes)), expected, "refusal");
    }

    void DoRun() override
    {
        Check({}, "");
        Check({{"Leaves", "65"}}, "Leaves 65, allowed at most Endpoints, 64");
        Check({{"Spines", "0"}}, "Spines 0 with Leaves 4, allowed at least 1");
        Check({{"Leaves", "1"}}, "Spines 4 with Leaves 1, allowed 0");
        Check({{"Leaves", "1"}, {"Spines", "0"}, {"UplinksPerSpine", "3"}},
              "UplinksPerSpine 3 with Spines 0, allowed 0");
        Check({{"Leaves", "1"}, {"Spines", "0"}, {"Oversubscription", "2"}},
              "Oversubscription 2 with Spines 0, allowed 0");
        Check({{"UplinksPerSpine", "1"}, {"Oversubscription", "2"}},
              "UplinksPerSpine 1 makes an oversubscription of 4, allowed only "
              "Oversubscription, 2");
        Check({{"UplinksPerSpine", "2"}, {"Oversubscription", "4"}},
              "UplinksPerSpine 2 makes an oversubscription of 2, allowed only "
              "Oversubscription, 4");
        const std::string links = " links down of 400 Gb/s and links up of 400 Gb/s to each of ";
        Check({{"Leaves", "8"}, {"Oversubscription", "4"}},
              "Oversubscription 4, allowed for a leaf with 8" + links +
                  "4 spines: at most 2 (UplinksPerSpine 1); it takes 2 links up, and Spines that "
                  "divide them");
        Check(
            {{"Leaves", "8"}, {"Spines", "3"}, {"Oversubscription", "2"}},
            "Oversubscription 2, allowed for a leaf with 8" + links +
                "3 spines: 2.66667 (UplinksPerSpine 1) or 1.33333 (UplinksPerSpine 2); it takes 4 "
                "links up, and Spines that divide them");
        Check({{"Leaves", "8"}, {"Oversubscription", "8"}},
              "Oversubscription 8, allowed for a leaf with 8" + links +
                  "4 spines: at most 2 (UplinksPerSpine 1); it takes 1 link up, to one spine");
        Check({{"Oversubscription", "3"}},
              "Oversubscription 3, allowed for a leaf with 16" + links +
                  "4 spines: 4 (UplinksPerSpine 1) or 2 (UplinksPerSpine 2)");
        Check({{"Spines", "3"}, {"Oversubscription", "1"}},
              "Oversubscription 1, allowed for a leaf with 16" + links +
                  "3 spines: 1.06667 (UplinksPerSpine 5) or 0.888889 (UplinksPerSpine 6); it takes "
                  "16 links up, and Spines that divide them");
        Check({{"UplinkRate", "0.1Gbps"}}, "UplinkRate 100000000bps, allowed 1Gbps to 100Tbps");
        Check({{"Endpoints", "1000000"}, {"Leaves", "10"}, {"Spines", "8"}},
              "a leaf with 100000 links down (Endpoints over Leaves) and 100000 links up "
              "(UplinksPerSpine times Spines), allowed at most 65534 together");
        Check({{"Endpoints", "40000"}, {"Leaves", "40000"}, {"UplinksPerSpine", "2"}},
              "a spine with 80000 links (UplinksPerSpine times Leaves), allowed at most 65534");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The Clos helper.
 */
class ClosTestSuite : public PicosecondTestSuite
{
  public:
    ClosTestSuite()
        : PicosecondTestSuite("optical-fabric-clos", Type::UNIT)
    {
        AddTestCase(new ClosCountTestCase);
        AddTestCase(new ClosPathTestCase);
        AddTestCase(new ClosOversubscriptionTestCase);
        AddTestCase(new ClosRefusalTestCase);
    }
};

ClosTestSuite g_closTestSuite; ///< registers the suite

} // namespace
