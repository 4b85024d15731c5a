/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "degradation-test-case.h"

#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/simulator.h"

#include <map>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;
using namespace opticalfabrictest;

namespace
{

using State = std::vector<DegradedComponent>; ///< what is degraded

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
 * @brief States that are images of each other have the same signature; and what it stands for has
 * the verdict that the state itself has.
 */
class DegradationSignatureTestCase : public FabricTestCase
{
  public:
    DegradationSignatureTestCase()
        : FabricTestCase("Images of a state share its signature and its verdict")
    {
    }

  private:
    /// A fault, before names are known: which link, switch or accelerator, and what it has lost.
    struct Mark
    {
        ComponentKind::Kind kind{ComponentKind::LINK}; ///< kind
        uint32_t tier{0};                              ///< which of a kind of links or switches
        uint32_t a{0};                                 ///< coordinate: node or leaf
        uint32_t b{0};                                 ///< coordinate: plane, spine or endpoint
        uint32_t c{0};                                 ///< coordinate: chip
        double lost{1};                                ///< what is lost
    };

    /// An order of parts.
    struct Order
    {
        std::vector<uint32_t> a;              ///< nodes or leaves
        std::vector<uint32_t> b;              ///< planes or spines
        std::vector<std::vector<uint32_t>> c; ///< chips by plane, or endpoints by leaf
        std::vector<std::vector<uint32_t>> d; ///< accelerators by node
    };

    /**
     * @param fallible the fabric
     * @param state a state
     * @return its signature as if no two parts were alike
     */
    static StateSignature GetRaw(const FallibleFabric& fallible, const State& state)
    {
        std::map<std::string, uint32_t> vertices;
        const FabricNetwork& network = *fallible.fabric.networks[0];
        for (uint32_t v = 0; v < network.GetNVertices(); ++v)
        {
            vertices[network.GetVertex(v)->GetName()] = v;
        }
        StateSignature raw;
        for (const DegradedComponent& component : state)
        {
            const std::string& name =
                fallible.inventory.GetComponents(component.kind)[component.index].name;
            const auto loss = component.isDown
                                  ? WHOLE_LINK
                                  : static_cast<uint32_t>(component.rateLost * WHOLE_LINK);
            const std::size_t between = name.find("--");
            if (component.kind == ComponentKind::LINK)
            {
                const uint32_t one = vertices.at(name.substr(0, between));
                const uint32_t other = vertices.at(name.substr(between + 2));
                raw.insert(raw.end(), {std::min(one, other), std::max(one, other), loss});
            }
            else
            {
                const bool isDead = component.kind == ComponentKind::NPU;
                raw.insert(
                    raw.end(),
                    {vertices.at(name), PartMark::NONE, isDead ? FlowDegradation::DEAD : loss});
            }
        }
        return raw;
    }

    /**
     * @param fallible the fabric
     * @param first a state
     * @param second its image
     * @param what for messages
     */
    void Check(const FallibleFabric& fallible,
               const FlowDegradation& model,
               const State& first,
               const State& second,
               const std::string& what)
    {
        const StateSignature one = model.Describe(Arrange(first));
        const StateSignature other = model.Describe(Arrange(second));
        NS_TEST_EXPECT_MSG_EQ((one == other), true, what << ": signatures of images");
        if (one.empty())
        {
            return;
        }
        const FabricVerdict verdict = model.Assess({}, one);
        for (const State& state : {first, second})
        {
            const FabricVerdict raw = model.Assess({}, GetRaw(fallible, Arrange(state)));
            NS_TEST_EXPECT_MSG_EQ_TOL(raw.speed, verdict.speed, 1e-9, what << ": speed");
            NS_TEST_EXPECT_MSG_EQ(raw.unreachable, verdict.unreachable, what << ": unreachable");
        }
    }

    /// @param dice random numbers @param tolerance what is done about faults
    void CheckMatrix(Dice& dice, const FaultTolerance& tolerance)
    {
        const uint32_t nodes = 2 + dice.Roll(4);
        const uint32_t planes = 1 + dice.Roll(4);
        const uint32_t chips = 1 + dice.Roll(4);
        const uint32_t npus = 1 + dice.Roll(3);
        FallibleFabric fallible(MakeHelper<CloudMatrixHelper>({{"Nodes", Text(nodes)},
                                                               {"NpusPerNode", Text(npus)},
                                                               {"CpusPerNode", "1"},
                                                               {"SubPlanes", Text(planes)},
                                                               {"L2ChipsPerPlane", Text(chips)},
                                                               {"ScaleOut", "false"},
                                                               {"EndpointKind", "Npu"}}));
        const FlowDegradation model(fallible.fabric,
                                    fallible.targets,
                                    fallible.inventory,
                                    {},
                                    tolerance);
        const auto name = [&](const Mark& mark, const Order& order) {
            const std::string node = "node" + Text(order.a[mark.a]);
            const std::string plane = Text(order.b[mark.b]);
            const auto l2 = [&] { return "l2-" + plane + "-" + Text(order.c[mark.b][mark.c]); };
            switch (mark.kind)
            {
            case ComponentKind::LINK:
                return node + "/l1-" + plane + "--" + l2();
            case ComponentKind::SWITCH_CHIP:
                return mark.tier == 1 ? node + "/l1-" + plane : l2();
            default:
                return node + "/npu" + Text(order.d[mark.a][mark.c]);
            }
        };
        const auto draw = [&] {
            Mark mark;
            const uint32_t what = dice.Roll(8);
            mark.kind = what < 5   ? ComponentKind::LINK
                        : what < 7 ? ComponentKind::SWITCH_CHIP
                                   : ComponentKind::NPU;
            mark.tier = what == 5 ? 1 : 2;
            mark.a = dice.Roll(nodes);
            mark.b = dice.Roll(planes);
            mark.c = dice.Roll(mark.kind == ComponentKind::NPU ? npus : chips);
            mark.lost = mark.kind == ComponentKind::LINK && dice.Roll(3) == 0 ? 0.25 : 1;
            return mark;
        };
        const auto shuffle = [&] {
            Order order{dice.Shuffle(nodes), dice.Shuffle(planes), {}, {}};
            for (uint32_t i = 0; i < planes; ++i)
            {
                order.c.push_back(dice.Shuffle(chips));
            }
            for (uint32_t i = 0; i < nodes; ++i)
            {
                order.d.push_back(dice.Shuffle(npus));
            }
            return order;
        };
        for (uint32_t round = 0; round < 20; ++round)
        {
            const Order one = shuffle();
            const Order other = shuffle();
            std::map<std::pair<ComponentKind::Kind, std::string>, Mark> marks;
            for (uint32_t i = 0; i <= dice.Roll(6); ++i)
            {
                const Mark mark = draw();
                marks.emplace(std::make_pair(mark.kind, name(mark, one)), mark);
            }
            State first;
            State second;
            for (const auto& [key, mark] : marks)
            {
                first.push_back(fallible.Degrade(mark.kind, key.second, mark.lost));
                second.push_back(fallible.Degrade(mark.kind, name(mark, other), mark.lost));
            }
            Check(fallible, model, first, second, "matrix");
        }
        Simulator::Destroy();
        fallible.fabric.Dispose();
    }

    /// @param dice random numbers @param tolerance what is done about faults
    void CheckClos(Dice& dice, const FaultTolerance& tolerance)
    {
        const uint32_t leaves = 2 + dice.Roll(4);
        const uint32_t spines = 1 + dice.Roll(4);
        const uint32_t each = 1 + dice.Roll(4);
        FallibleFabric fallible(MakeHelper<ClosHelper>({{"Endpoints", Text(leaves * each)},
                                                        {"Leaves", Text(leaves)},
                                                        {"Spines", Text(spines)},
                                                        {"UplinksPerSpine", "1"}}));
        const FlowDegradation model(fallible.fabric,
                                    fallible.targets,
                                    fallible.inventory,
                                    {},
                                    tolerance);
        const auto name = [&](const Mark& mark, const Order& order) {
            const std::string leaf = "leaf-" + Text(order.a[mark.a]);
            const std::string spine = "spine-" + Text(order.b[mark.b]);
            const std::string endpoint =
                "endpoint-" + Text(order.a[mark.a] * each + order.c[mark.a][mark.c]);
            switch (mark.kind)
            {
            case ComponentKind::LINK:
                return mark.tier == 0 ? endpoint + "--" + leaf : leaf + "--" + spine;
            case ComponentKind::SWITCH_CHIP:
                return mark.tier == 0 ? leaf : spine;
            default:
                return endpoint;
            }
        };
        const auto shuffle = [&] {
            Order order{dice.Shuffle(leaves), dice.Shuffle(spines), {}, {}};
            for (uint32_t i = 0; i < leaves; ++i)
            {
                order.c.push_back(dice.Shuffle(each));
            }
            return order;
        };
        for (uint32_t round = 0; round < 20; ++round)
        {
            const Order one = shuffle();
            const Order other = shuffle();
            std::map<std::pair<ComponentKind::Kind, std::string>, Mark> marks;
            for (uint32_t i = 0; i <= dice.Roll(6); ++i)
            {
                Mark mark;
                const uint32_t what = dice.Roll(6);
                mark.kind = what < 4    ? ComponentKind::LINK
                            : what == 4 ? ComponentKind::SWITCH_CHIP
                                        : ComponentKind::NPU;
                mark.tier = dice.Roll(2);
                mark.a = dice.Roll(leaves);
                mark.b = dice.Roll(spines);
                mark.c = dice.Roll(each);
                mark.lost = mark.kind == ComponentKind::LINK && dice.Roll(3) == 0 ? 0.25 : 1;
                marks.emplace(std::make_pair(mark.kind, name(mark, one)), mark);
            }
            State first;
            State second;
            for (const auto& [key, mark] : marks)
            {
                first.push_back(fallible.Degrade(mark.kind, key.second, mark.lost));
                second.push_back(fallible.Degrade(mark.kind, name(mark, other), mark.lost));
            }
            Check(fallible, model, first, second, "Clos");
        }
        Simulator::Destroy();
        fallible.fabric.Dispose();
    }

    void DoRun() override
    {
        Dice dice(7);
        for (const FaultTolerance& tolerance : {FaultTolerance{},
                                                FaultTolerance{true, true, false, true},
                                                FaultTolerance{false, false, false, false}})
        {
            for (uint32_t i = 0; i < 10; ++i)
            {
                CheckMatrix(dice, tolerance);
                CheckClos(dice, tolerance);
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Signatures of degraded states.
 */
class DegradationSignatureTestSuite : public PicosecondTestSuite
{
  public:
    DegradationSignatureTestSuite()
        : PicosecondTestSuite("optical-fabric-degradation-signature", Type::UNIT)
    {
        AddTestCase(new DegradationSignatureTestCase);
    }
};

DegradationSignatureTestSuite g_degradationSignatureTestSuite; ///< registers the suite

} // namespace
