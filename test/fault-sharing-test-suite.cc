/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-injection-test-case.h"

#include "ns3/optical-medium.h"
#include "ns3/random-variable-stream.h"

#include <set>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t FLIGHT_PS = 10000; ///< signal flight of a link

/**
 * @ingroup optical-fabric-tests
 * @brief What fails takes its links along, and no others.
 */
class SharedFateTestCase : public MatrixTestCase
{
  public:
    SharedFateTestCase()
        : MatrixTestCase("A component takes along exactly its links")
    {
    }

  private:
    /**
     * @param optics whether links are on light
     * @param what kind and name
     * @param expected links that go down
     */
    void Check(bool optics, const std::string& what, const std::set<uint32_t>& expected)
    {
        MakeMatrix(optics);
        Inject(m_fabric, "1us," + what + ",down,3us\n");
        At(2 * US, [&]() {
            NS_TEST_EXPECT_MSG_EQ((GetDown() == expected), true, what << " takes its links");
        });
        At(4 * US + 1, [&]() {
            NS_TEST_EXPECT_MSG_EQ((GetDown() == expected), optics, what << " trains, with light");
        });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(GetDown().size(), 0, what << " is back");
        const FaultRecord record = m_faults->MakeRecords()[0];
        NS_TEST_EXPECT_MSG_EQ(record.links.size(), expected.size(), "links in the results");
        NS_TEST_EXPECT_MSG_EQ(record.begun, 1, "has begun");
        DropMatrix();
    }

    void DoRun() override
    {
        MakeMatrix(false);
        const std::set<uint32_t> module = GetLinksOf(3);
        std::set<uint32_t> host;
        std::set<uint32_t> chip;
        std::set<uint32_t> die;
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            for (uint32_t end = 0; end < 2; ++end)
            {
                const std::string name = m_network->GetLink(i)->GetPort(end)->GetOwner()->GetName();
                name.rfind("node1/", 0) == 0 ? void(host.insert(i)) : void();
                name == "node0/l1-2" ? void(chip.insert(i)) : void();
                name == "node0/die5" ? void(die.insert(i)) : void();
            }
        }
        m_faults = CreateObject<FaultHelper>();
        DropMatrix();
        NS_TEST_EXPECT_MSG_EQ(module.size(), 2, "a module carries two links");
        NS_TEST_EXPECT_MSG_EQ(die.size(), 7, "a die has a link to each plane");
        for (const bool optics : {false, true})
        {
            Check(optics, "module,module-3", module);
            Check(optics, "module,ub/module-3", module);
        }
        Check(false, "host,node1", host);
        Check(false, "power_feed,rack-1", host);
        Check(false, "switch_chip,node0/l1-2", chip);
        Check(false, "npu,node0/die5", die);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Faults on links of light.
 */
class LightTestCase : public MatrixTestCase
{
  public:
    LightTestCase()
        : MatrixTestCase("Lanes and loss act through the light")
    {
    }

  private:
    void DoRun() override
    {
        MakeMatrix(true);
        const uint32_t link = *GetLinksOf(3).begin();
        const Ptr<FabricLink> hit = m_network->GetLink(link);
        const LinkState before = hit->GetState(0);
        const uint64_t full = before.rate.GetBitRate();
        const auto light = DynamicCast<OpticalMedium>(m_fabric.plants[0]->GetMedium(hit));
        const double marginDb = light->GetState().marginDb[0];
        // One lane by its name, two that nobody names, which are others; then loss.
        Inject(m_fabric,
               "1us,lane,module-3/lane-0,down,300us\n"
               "100us,module,module-3,lanes-lost lanes=2,100us\n"
               "600us,link," +
                   hit->GetPort(0)->GetOwner()->GetName() + "--" +
                   hit->GetPort(1)->GetOwner()->GetName() + ",extra-loss dB=1,100us\n");
        const auto expectLanes = [&](int64_t atUs, uint32_t lanes) {
            At(atUs * US, [this, lanes, hit, light, full]() {
                NS_TEST_EXPECT_MSG_EQ(hit->IsUp(), true, "trained");
                NS_TEST_EXPECT_MSG_EQ(light->GetState().lanes, lanes, "lanes in use");
                NS_TEST_EXPECT_MSG_EQ(hit->GetState(0).rate.GetBitRate(), full * lanes / 4, "rate");
            });
        };
        At(2 * US, [&]() { NS_TEST_EXPECT_MSG_EQ(hit->IsUp(), false, "it trains"); });
        expectLanes(50, 3);
        expectLanes(150, 1);
        expectLanes(250, 3);
        expectLanes(350, 4);
        At(650 * US, [&]() {
            NS_TEST_EXPECT_MSG_EQ_TOL(light->GetState().marginDb[0],
                                      marginDb - 1,
                                      0.2,
                                      "a decibel less, reflections aside");
        });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(light->GetState().marginDb[0], marginDb, "as before");
        NS_TEST_EXPECT_MSG_EQ(hit->GetState(0).frameErrorRatio, before.frameErrorRatio, "errors");
        DropMatrix();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Many faults at once, everywhere, and nothing is left of them.
 */
class ComposeTestCase : public MatrixTestCase
{
  public:
    ComposeTestCase()
        : MatrixTestCase("Overlapping faults compose, and restore the state to the bit")
    {
    }

  private:
    /// @return states of all links
    std::vector<LinkState> GetStates() const
    {
        std::vector<LinkState> states;
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            states.push_back(m_network->GetLink(i)->GetState(0));
            states.push_back(m_network->GetLink(i)->GetState(1));
        }
        return states;
    }

    /// @param a a state @param b another @return whether they are the same to the bit
    static bool IsSame(const LinkState& a, const LinkState& b)
    {
        return a.up == b.up && a.rate == b.rate && a.propagation == b.propagation &&
               a.phyLatency == b.phyLatency && a.frameErrorRatio == b.frameErrorRatio;
    }

    /// Two faults on one link at once give what both give.
    void CheckTwo()
    {
        MakePair();
        Inject(MakeFabric(),
               "1us,link,e0--e1,rate-reduced share=0.5,10us\n"
               "2us,link,e0--e1,lanes-lost lanes=1,3us\n"
               "3us,link,e0--e1,lanes-lost lanes=1,20us\n"
               "3us,link,e0--e1,extra-delay delay=1us,2us\n"
               "4us,link,e0--e1,extra-delay delay=2us,4us\n"
               "4us,link,e0--e1,corruption share=0.5,4us\n"
               "4us,link,e0--e1,frame-loss share=0.5,6us\n"
               "7us,link,e0--e1,link-down,4us\n"
               "8us,link,net/e0--e1,down,1us\n");
        const Ptr<FabricLink> link = m_network->GetLink(0);
        const auto expect =
            [&](int64_t atPs, double rateGbps, int64_t delayPs, double ratio, bool up) {
                At(atPs, [=]() {
                    const LinkState& state = link->GetState(1);
                    const int64_t flightPs = state.propagation.GetPicoSeconds();
                    NS_TEST_EXPECT_MSG_EQ(state.rate.GetBitRate(),
                                          rateGbps * 1e9,
                                          "rate at " << atPs);
                    NS_TEST_EXPECT_MSG_EQ(flightPs, FLIGHT_PS + delayPs, "delay at " << atPs);
                    NS_TEST_EXPECT_MSG_EQ(state.frameErrorRatio, ratio, "errors at " << atPs);
                    NS_TEST_EXPECT_MSG_EQ(link->IsUp(), up, "up at " << atPs);
                });
            };
        expect(1 * US + 1, 200, 0, 0, true);
        expect(2 * US + 1, 150, 0, 0, true);
        expect(3 * US + 1, 100, 1 * US, 0, true);
        expect(4 * US + 1, 100, 3 * US, 0.75, true);
        expect(5 * US + 1, 150, 2 * US, 0.75, true);
        expect(7 * US + 1, 150, 2 * US, 0.75, false);
        expect(9 * US + 1, 150, 0, 0.5, false);
        expect(10 * US + 1, 150, 0, 0, false);
        expect(11 * US + 1, 300, 0, 0, true);
        expect(23 * US + 1, 400, 0, 0, true);
        Simulator::Run();
        DropAll();
    }

    /// Where one fault ends as another begins, the link stays down.
    void CheckAdjacent()
    {
        MakePair();
        Inject(MakeFabric(),
               "1us,link,e0--e1,link-down,1us\n"
               "2us,link,e0--e1,down,1us\n");
        std::vector<int64_t> changesPs;
        const Callback<void, uint32_t, const LinkState&> watch(
            [&changesPs](uint32_t direction, const LinkState& /* state */) {
                if (direction == 0)
                {
                    changesPs.push_back(Simulator::Now().GetPicoSeconds());
                }
            });
        m_network->GetLink(0)->TraceConnectWithoutContext("State", watch);
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(changesPs.size(), 2, "down and up once");
        NS_TEST_EXPECT_MSG_EQ(changesPs[0], 1 * US, "down");
        NS_TEST_EXPECT_MSG_EQ(changesPs[1], 3 * US, "up");
        DropAll();
    }

    /// @param random random numbers @return lines of a schedule, all over within 3 ms
    std::string DrawFaults(const Ptr<UniformRandomVariable>& random, bool optics) const
    {
        std::string lines;
        std::vector<std::string> effects{"down",
                                         "link-down",
                                         "lanes-lost lanes=1",
                                         "frame-loss share=0.01",
                                         "corruption share=0.03",
                                         "extra-delay delay=123ps",
                                         "rate-reduced share=0.3"};
        if (optics)
        {
            effects.insert(effects.end(), 2, "extra-loss dB=0.7");
        }
        for (uint32_t i = 0; i < 150; ++i)
        {
            const bool isModule = random->GetInteger(0, 1) == 1;
            // Few components, so that they overlap.
            const uint32_t number = random->GetInteger(0, 5);
            const std::string where = isModule
                                          ? "module,module-" + std::to_string(number)
                                          : "fibre,module-" + std::to_string(number % 3) +
                                                "--module-" + std::to_string(GetFar(number % 3));
            const uint32_t effect = random->GetInteger(0, effects.size());
            const std::string at = std::to_string(random->GetInteger(0, 1000)) + "us,";
            if (effect == effects.size())
            {
                lines += at + where + ",flap-burst cycles=3 down=50us up=40us,burst\n";
            }
            else
            {
                lines += at + where + "," + effects[effect] + "," +
                         std::to_string(random->GetInteger(1, 1000)) + "us\n";
            }
        }
        return lines;
    }

    /// @param module number of a module @return that at the far end of its first link
    uint32_t GetFar(uint32_t module) const
    {
        return m_network->GetLink(*GetLinksOf(module).begin())->GetModule(1);
    }

    void DoRun() override
    {
        CheckTwo();
        CheckAdjacent();
        const auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(4711);
        for (const bool optics : {false, true})
        {
            for (uint32_t round = 0; round < 3; ++round)
            {
                MakeMatrix(optics);
                const std::vector<LinkState> before = GetStates();
                Inject(m_fabric, DrawFaults(random, optics));
                uint32_t changed = 0;
                At(900 * US, [&]() {
                    const std::vector<LinkState> now = GetStates();
                    for (size_t i = 0; i < now.size(); ++i)
                    {
                        changed += IsSame(now[i], before[i]) ? 0 : 1;
                    }
                });
                PostAt(1, 0, 20, 4096 * 5000);
                Simulator::Run();
                NS_TEST_EXPECT_MSG_GT(changed, 0, "faults did something");
                const std::vector<LinkState> after = GetStates();
                for (size_t i = 0; i < after.size(); ++i)
                {
                    NS_TEST_EXPECT_MSG_EQ(IsSame(after[i], before[i]), true, "direction " << i);
                }
                NS_TEST_EXPECT_MSG_EQ(m_network->GetPacketsInFlight(), 0, "packets left over");
                NS_TEST_EXPECT_MSG_EQ(m_client.records[0].received, 1, "it arrives");
                DropMatrix();
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Faults that share links, and links that share faults.
 */
class FaultSharingTestSuite : public TestSuite
{
  public:
    FaultSharingTestSuite()
        : TestSuite("optical-fabric-fault-sharing", Type::UNIT)
    {
        AddTestCase(new SharedFateTestCase);
        AddTestCase(new LightTestCase);
        AddTestCase(new ComposeTestCase);
    }
};

FaultSharingTestSuite g_faultSharingTestSuite; ///< registers the suite

} // namespace
