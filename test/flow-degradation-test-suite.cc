/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "degradation-test-case.h"

#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/fabric-two-tier.h"
#include "ns3/flow-engine.h"
#include "ns3/nvl72-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <functional>
#include <map>
#include <stdexcept>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;
using namespace opticalfabrictest;

namespace
{

using State = std::vector<DegradedComponent>; ///< what is degraded

constexpr FaultTolerance EQUAL_PLANES{true, true, false, false}; ///< each carries its share

/**
 * @param number a number
 * @return it as text
 */
std::string
Text(uint32_t number)
{
    return std::to_string(number);
}

/**
 * @ingroup optical-fabric-tests
 * @brief The time of an all-to-all, run by FlowEngine on a fabric whose links were taken down or
 * slowed before, against what FlowDegradation says without running anything.
 */
class DegradationEngineTestCase : public FabricTestCase
{
  public:
    DegradationEngineTestCase()
        : FabricTestCase("FlowEngine takes as long as FlowDegradation says")
    {
    }

  private:
    /**
     * @param helper builds the fabric
     * @param slow links, by number, and by how much their rate is reduced; 1: down
     * @return how long all transfers take, ps
     */
    static double Run(const Ptr<FabricHelper>& helper, const std::map<uint32_t, double>& slow)
    {
        BuiltFabric fabric = helper->Build();
        fabric.AssignStreams(1);
        const Ptr<FabricNetwork> network = fabric.networks[0];
        for (const auto& [number, lost] : slow)
        {
            const Ptr<FabricLink> link = network->GetLink(number);
            if (lost == 1)
            {
                link->SetUp(false);
                continue;
            }
            for (uint32_t direction = 0; direction < 2; ++direction)
            {
                LinkState state = link->GetState(direction);
                const auto rate = static_cast<double>(state.rate.GetBitRate());
                state.rate = DataRate(static_cast<uint64_t>(rate * (1 - lost)));
                link->SetState(direction, state);
            }
        }
        auto engine = CreateObject<FlowEngine>();
        engine->SetNetwork(network);
        ArrivalNotes notes;
        // Routing has noticed by then.
        const Time begin = Seconds(1);
        Simulator::Schedule(begin, [&] {
            for (uint32_t i = 0; i < network->GetNEndpoints(); ++i)
            {
                for (uint32_t j = 0; j < network->GetNEndpoints(); ++j)
                {
                    Transfer transfer;
                    transfer.source = i;
                    transfer.destination = j;
                    transfer.bytes = uint64_t{1} << 40; // so that latency and buffers are nothing
                    if (i != j)
                    {
                        engine->Post(transfer, &notes);
                    }
                }
            }
        });
        Simulator::Run();
        NS_ABORT_MSG_IF(notes.failed != 0, "bytes were lost");
        const auto tookPs = static_cast<double>(notes.lastPs - begin.GetPicoSeconds());
        engine->Dispose();
        Simulator::Destroy();
        fabric.Dispose();
        return tookPs;
    }

    /**
     * @param make makes the helper
     * @param seed of the states
     * @param states how many
     * @param borrows whether a source has several planes, of which the faster ones carry more
     */
    void Compare(const std::function<Ptr<FabricHelper>()>& make,
                 uint64_t seed,
                 uint32_t states,
                 bool borrows = false)
    {
        constexpr uint32_t ROUNDS = 1000;
        Dice dice(seed);
        const double wholePs = Run(make(), {});
        uint32_t compared = 0;
        for (uint32_t round = 0; round < states; ++round)
        {
            FallibleFabric fallible(make());
            FlowJob job;
            job.borrowingRounds = borrows ? ROUNDS : 1;
            const FlowDegradation model(fallible.fabric,
                                        fallible.targets,
                                        fallible.inventory,
                                        job,
                                        borrows ? FaultTolerance() : EQUAL_PLANES);
            const FlowDegradation bound(fallible.fabric,
                                        fallible.targets,
                                        fallible.inventory,
                                        {},
                                        EQUAL_PLANES);
            State state;
            std::map<uint32_t, double> slow;
            const auto& links = fallible.inventory.GetComponents(ComponentKind::LINK);
            // With one fault, every pair that it touches can do what is best for all.
            const bool isOne = borrows && round % 2 == 1;
            for (uint32_t i = 0; isOne ? i == 0 : i <= dice.Roll(4); ++i)
            {
                const auto index = dice.Roll(static_cast<uint32_t>(links.size()));
                const double lost = dice.Roll(2) == 0 ? 1 : 0.5;
                const auto id = *fallible.targets.Find(ComponentKind::LINK, links[index].name);
                const auto place = fallible.targets.GetLinksOf(ComponentKind::LINK, id).front();
                if (slow.emplace(place, lost).second)
                {
                    state.push_back(fallible.Degrade(ComponentKind::LINK, links[index].name, lost));
                }
            }
            const FabricVerdict verdict = Judge(model, state);
            const double most = 1 / Judge(bound, state).speed;
            Simulator::Destroy();
            fallible.fabric.Dispose();
            if (verdict.speed == 0 || verdict.unreachable > 0)
            {
                continue; // the engine takes other planes, and sends to those that are cut off
            }
            ++compared;
            const double expected = 1 / verdict.speed;
            const double got = Run(make(), slow) / wholePs;
            if (borrows && !isOne)
            {
                // A part that is done takes from the slowest one, which need not be best for all.
                NS_TEST_EXPECT_MSG_LT_OR_EQ(got,
                                            (1 + 1e-5) * most,
                                            "slowdown, state " << round << " of seed " << seed);
                NS_TEST_EXPECT_MSG_GT_OR_EQ(got,
                                            (1 - 1e-3) * expected,
                                            "not below, state " << round << " of seed " << seed);
                continue;
            }
            NS_TEST_EXPECT_MSG_EQ_TOL(got,
                                      expected,
                                      1e-5 * expected,
                                      "slowdown, state " << round << " of seed " << seed);
        }
        NS_TEST_EXPECT_MSG_GT(compared, states / 3, "states that were compared");
    }

    void DoRun() override
    {
        for (const std::string routing : {"Spray", "Adaptive"})
        {
            const auto withRouting = [routing](const Ptr<FabricHelper>& helper) {
                helper->SetNetworkAttribute("Routing", StringValue(routing));
                return helper;
            };
            Compare(
                [&] {
                    return withRouting(MakeHelper<CloudMatrixHelper>({{"Nodes", "4"},
                                                                      {"NpusPerNode", "2"},
                                                                      {"CpusPerNode", "0"},
                                                                      {"SubPlanes", "2"},
                                                                      {"L2ChipsPerPlane", "4"},
                                                                      {"ScaleOut", "false"},
                                                                      {"EndpointKind", "Npu"}}));
                },
                1,
                40,
                true);
            Compare(
                [&] {
                    return withRouting(MakeHelper<ClosHelper>(
                        {{"Endpoints", "12"}, {"Leaves", "4"}, {"Spines", "3"}}));
                },
                2,
                12);
            // Between a leaf and a spine there are two links, of which one may be slow.
            Compare(
                [&] {
                    return withRouting(MakeHelper<ClosHelper>({{"Endpoints", "6"},
                                                               {"Leaves", "3"},
                                                               {"Spines", "1"},
                                                               {"UplinksPerSpine", "2"}}));
                },
                3,
                12);
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief On a whole CloudMatrix384, against the closed form.
 */
class DegradationClosedFormTestCase : public FabricTestCase
{
  public:
    DegradationClosedFormTestCase()
        : FabricTestCase("A CloudMatrix384 is what the closed form says where that is exact")
    {
    }

  private:
    void DoRun() override
    {
        const auto helper = MakeHelper<CloudMatrixHelper>({{"EndpointKind", "Npu"}});
        helper->SetRouteTables(false);
        FallibleFabric fallible(helper);
        const auto link = [&](uint32_t node, uint32_t plane, uint32_t chip) {
            return fallible.Degrade(ComponentKind::LINK,
                                    "ub/node" + Text(node) + "/l1-" + Text(plane) + "--l2-" +
                                        Text(plane) + "-" + Text(chip));
        };
        const auto chip = [&](const std::string& name) {
            return fallible.Degrade(ComponentKind::SWITCH_CHIP, "ub/" + name);
        };
        // Those of one node, or of one plane.
        const std::vector<std::pair<std::string, State>> exact{
            {"a link", {link(3, 2, 5)}},
            {"an L1 module", {link(3, 2, 4), link(3, 2, 5)}},
            {"an L2 module", {link(2, 2, 5), link(3, 2, 5)}},
            {"an L1 chip", {chip("node3/l1-2")}},
            {"an L2 chip", {chip("l2-2-5")}},
            {"two planes of a node", {link(3, 2, 5), link(3, 4, 5), link(3, 4, 6)}},
            {"an L2 chip, and a link", {chip("l2-2-5"), link(3, 2, 6)}}};
        FlowJob job;
        job.pattern = SprayTimes::OTHER_SWITCHES;
        for (uint32_t options = 0; options < 4; ++options)
        {
            const FaultTolerance tolerance{true, true, options % 2 == 1, options / 2 == 1};
            const FabricTwoTier closed(fallible.fabric,
                                       fallible.targets,
                                       fallible.inventory,
                                       {1, 3},
                                       tolerance);
            const FlowDegradation flow(fallible.fabric,
                                       fallible.targets,
                                       fallible.inventory,
                                       job,
                                       tolerance);
            NS_TEST_EXPECT_MSG_EQ(closed.GetShape().GetLinkCount(), 5376, "links of the shape");
            NS_TEST_EXPECT_MSG_EQ(flow.GetNPlanes(), 7, "planes");
            for (const auto& [what, state] : exact)
            {
                const FabricVerdict expected = Judge(closed, state);
                const FabricVerdict got = Judge(flow, state);
                NS_TEST_EXPECT_MSG_EQ_TOL(got.speed,
                                          expected.speed,
                                          1e-9,
                                          what << ", tolerances " << options);
                NS_TEST_EXPECT_MSG_EQ(got.unreachable, expected.unreachable, what);
            }
            Dice dice(11);
            for (uint32_t round = 0; round < 5; ++round)
            {
                State state;
                for (uint32_t i = 0; i < 4; ++i)
                {
                    state.push_back(link(dice.Roll(48), dice.Roll(7), dice.Roll(16)));
                }
                NS_TEST_EXPECT_MSG_LT_OR_EQ(Judge(flow, state).speed,
                                            Judge(closed, state).speed + 1e-9,
                                            "the closed form is an upper bound");
            }
        }
        State cutOff;
        for (uint32_t plane = 0; plane < 7; ++plane)
        {
            cutOff.push_back(chip("node3/l1-" + Text(plane)));
        }
        const FlowDegradation flow(fallible.fabric, fallible.targets, fallible.inventory, {}, {});
        NS_TEST_EXPECT_MSG_EQ(Judge(flow, cutOff).unreachable, 8, "a node is cut off");
        NS_TEST_EXPECT_MSG_EQ_TOL(Judge(flow, cutOff).speed, 1, 1e-9, "the others are not");
        cutOff.push_back(fallible.Degrade(ComponentKind::NPU, "ub/node3/npu5"));
        NS_TEST_EXPECT_MSG_EQ(Judge(flow, cutOff).unreachable, 7, "one of them is dead anyway");
        State apart;
        for (uint32_t plane = 0; plane < 7; ++plane)
        {
            for (uint32_t i = 0; i < 16; ++i)
            {
                apart.push_back(chip("l2-" + Text(plane) + "-" + Text(i)));
            }
        }
        NS_TEST_EXPECT_MSG_EQ(Judge(flow, apart).unreachable, 376, "every node is by itself");
        Simulator::Destroy();
        fallible.fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief By hand, on an NVL72: a GPU has one link to each of 18 switches, which are the planes.
 */
class DegradationHandTestCase : public FabricTestCase
{
  public:
    DegradationHandTestCase()
        : FabricTestCase("What a link of an NVL72 is worth, and what is refused")
    {
    }

  private:
    /// @param call something @return what it refuses with
    template <typename F>
    static std::string GetWords(F&& call)
    {
        try
        {
            call();
        }
        catch (const std::invalid_argument& refusal)
        {
            return refusal.what();
        }
        return "";
    }

    void DoRun() override
    {
        FallibleFabric fallible(MakeHelper<Nvl72Helper>({}));
        const auto link = [&](uint32_t gpu, uint32_t chip, double lost) {
            return fallible.Degrade(ComponentKind::LINK,
                                    "tray0/gpu" + Text(gpu) + "--switch-tray0/chip" + Text(chip),
                                    lost);
        };
        const auto judge = [&](const FaultTolerance& tolerance,
                               const State& state,
                               SprayTimes::Pattern pattern = SprayTimes::ALL_PAIRS) {
            const FlowJob job{0.5, 3, pattern};
            return Judge(FlowDegradation(fallible.fabric,
                                         fallible.targets,
                                         fallible.inventory,
                                         job,
                                         tolerance),
                         state)
                .speed;
        };
        const auto speed = [](double bandwidth) { return 1 / (0.5 + 0.5 / bandwidth); };
        const State one{link(0, 0, 1)};
        NS_TEST_EXPECT_MSG_EQ_TOL(judge({}, one), speed(17.0 / 18), 1e-12, "one of 18 links");
        NS_TEST_EXPECT_MSG_EQ_TOL(judge({true, true, false, true}, one),
                                  speed(17.0 / 18),
                                  1e-12,
                                  "17 planes");
        NS_TEST_EXPECT_MSG_EQ(judge(EQUAL_PLANES, one), 0, "a plane that all need");
        NS_TEST_EXPECT_MSG_EQ_TOL(judge(EQUAL_PLANES, {link(0, 0, 0.5)}),
                                  speed(0.5),
                                  1e-12,
                                  "all planes as slow as the slowest");
        NS_TEST_EXPECT_MSG_EQ_TOL(judge({}, {link(0, 0, 0.5)}),
                                  speed(17.5 / 18),
                                  1e-12,
                                  "the slow plane gets less");
        NS_TEST_EXPECT_MSG_EQ_TOL(judge({}, one, SprayTimes::RING),
                                  speed(17.0 / 18),
                                  1e-12,
                                  "around a ring");
        // Two GPUs that lack different planes: among themselves they have 16, with others 17.
        const double both = judge({}, {link(0, 0, 1), link(1, 1, 1)});
        NS_TEST_EXPECT_MSG_GT(both, speed(16.0 / 18), "more than what both have");
        NS_TEST_EXPECT_MSG_LT(both, speed(17.0 / 18), "less than what one has");

        NS_TEST_EXPECT_MSG_EQ(
            GetWords([&] { judge({}, one, SprayTimes::OTHER_SWITCHES); }),
            "flow degradation: there is nothing that accelerators send each "
            "other, or a pair has no way; allowed: a pattern with transfers, on a "
            "fabric where all reach each other in all planes",
            "no transfers");
        for (const uint32_t rounds : {0U, 10001U})
        {
            const FlowJob job{1, 3, SprayTimes::ALL_PAIRS, rounds};
            const std::string words = GetWords([&] {
                FlowDegradation(fallible.fabric, fallible.targets, fallible.inventory, job, {});
            });
            NS_TEST_EXPECT_MSG_EQ((words.find("borrowingRounds") != std::string::npos),
                                  true,
                                  "rounds are refused: " << words);
        }
        const auto pinned = MakeHelper<ClosHelper>({});
        pinned->SetNetworkAttribute("Routing", StringValue("Ecmp"));
        FallibleFabric kept(pinned);
        NS_TEST_EXPECT_MSG_EQ(
            GetWords([&] { FlowDegradation(kept.fabric, kept.targets, kept.inventory, {}, {}); }),
            "SprayTimes: Routing keeps a pair to one path; allowed: Spray, Adaptive",
            "routing");
        const FlowDegradation model(fallible.fabric, fallible.targets, fallible.inventory, {}, {});
        NS_TEST_EXPECT_MSG_EQ(GetWords([&] { model.CheckCounts({}); }),
                              "fabric: number of components link = 0 is not allowed; allowed: 1296",
                              "another inventory");
        NS_TEST_EXPECT_MSG_EQ(
            (GetWords([&] {
                 FabricTwoTier(fallible.fabric, fallible.targets, fallible.inventory, {}, {});
             }).find("there is no second tier") != std::string::npos),
            true,
            "an NVL72 has one tier");
        Simulator::Destroy();
        fallible.fabric.Dispose();
        kept.fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What degraded fabrics are good for.
 */
class FlowDegradationTestSuite : public PicosecondTestSuite
{
  public:
    FlowDegradationTestSuite()
        : PicosecondTestSuite("optical-fabric-flow-degradation", Type::UNIT)
    {
        AddTestCase(new DegradationEngineTestCase);
        AddTestCase(new DegradationClosedFormTestCase);
        AddTestCase(new DegradationHandTestCase);
    }
};

FlowDegradationTestSuite g_flowDegradationTestSuite; ///< registers the suite

} // namespace
