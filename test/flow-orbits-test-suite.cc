/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "symmetric-run-test-case.h"

#include "ns3/cloud-matrix-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief All-to-alls that send all at once, by ranks of which no rotation is one of the network.
 */
class OrbitsTestCase : public SymmetricRunTestCase
{
  public:
    using SymmetricRunTestCase::SymmetricRunTestCase;

  protected:
    /// Builds a network, m_network.
    using Maker = std::function<void()>;

    /**
     * @param make builds the network
     * @param slow links that get half the rate and 10 ns more, the first in one direction alone
     * @param symmetry whether ranks may stand for others
     * @param iterations how often
     * @return what came of it
     */
    Outcome Run(const Maker& make,
                const std::vector<uint32_t>& slow,
                bool symmetry,
                uint32_t iterations)
    {
        make();
        m_beforeStart = [this, slow]() { SlowDown(slow); };
        if (!m_isLate)
        {
            std::exchange(m_beforeStart, nullptr)();
        }
        const uint32_t ranks = m_ranks == 0 ? m_network->GetNEndpoints() : m_ranks;
        CollectiveSpec spec;
        spec.kind = CollectiveKind::ALL_TO_ALL;
        spec.algorithm = CollectiveAlgorithm::ALL_AT_ONCE;
        spec.bytes = uint64_t{65536} * ranks;
        spec.iterations = iterations;
        spec.group = CollectiveHelper::GetRange(0, ranks);
        if (m_reversed)
        {
            std::reverse(spec.group.begin() + 1, spec.group.begin() + ranks / 2 + 1);
        }
        Outcome outcome = RunCollective(m_network, spec, symmetry, m_spacing);
        m_network->Dispose();
        m_network = nullptr;
        return outcome;
    }

    /// @param slow see Run
    void SlowDown(const std::vector<uint32_t>& slow)
    {
        for (size_t i = 0; i < slow.size(); ++i)
        {
            const Ptr<FabricLink> link = m_network->GetLink(slow[i]);
            for (uint32_t direction = i == 0 ? 1 : 0; direction < 2; ++direction)
            {
                LinkState state = link->GetState(direction);
                state.rate = DataRate(state.rate.GetBitRate() / 2);
                state.propagation += NanoSeconds(10);
                link->SetState(direction, state);
            }
        }
    }

    /**
     * @param make builds the network
     * @param slow links that are slow, see Run
     * @param acting how many ranks there have to be that stand for all
     * @param what the network, in words
     */
    void Compare(const Maker& make,
                 const std::vector<uint32_t>& slow,
                 size_t acting,
                 const std::string& what)
    {
        std::string name = what;
        for (const uint32_t link : slow)
        {
            name += ", link " + std::to_string(link);
        }
        for (const uint32_t iterations : {1, 2})
        {
            const Outcome all = Run(make, slow, false, iterations);
            const Outcome few = Run(make, slow, true, iterations);
            NS_TEST_EXPECT_MSG_EQ(few.rankEndsPs.size(), acting * iterations, "act, " << name);
            ExpectSame(few, all, name);
        }
    }

    /**
     * Three tiers: each leaf to both upper switches of its pod, each upper switch to two of the
     * top. Links of endpoints come first, by endpoint, then those of leaves, then those of upper
     * ones.
     * @param pods pods
     * @param leaves leaves of a pod
     * @param perLeaf endpoints of a leaf
     */
    void AddPods(uint32_t pods, uint32_t leaves, uint32_t perLeaf)
    {
        std::vector<Ptr<FabricSwitch>> lower;
        std::vector<Ptr<FabricSwitch>> upper;
        std::vector<Ptr<FabricSwitch>> top;
        for (uint32_t i = 0; i < pods * leaves; ++i)
        {
            lower.push_back(AddSwitch());
            for (uint32_t k = 0; k < perLeaf; ++k)
            {
                Connect(AddEndpoint(), lower[i]);
            }
        }
        for (uint32_t i = 0; i < 2 * pods; ++i)
        {
            upper.push_back(AddSwitch());
        }
        for (uint32_t i = 0; i < 4; ++i)
        {
            top.push_back(AddSwitch());
        }
        for (uint32_t i = 0; i < pods * leaves; ++i)
        {
            Connect(lower[i], upper[i / leaves * 2]);
            Connect(lower[i], upper[i / leaves * 2 + 1]);
        }
        for (uint32_t i = 0; i < 2 * pods; ++i)
        {
            Connect(upper[i], top[i % 2 * 2]);
            Connect(upper[i], top[i % 2 * 2 + 1]);
        }
    }

    uint32_t m_ranks{0};          ///< ranks; 0: all endpoints
    bool m_reversed{true};        ///< the order of some is
    bool m_isLate{false};         ///< links become slow when the engine knows of them
    std::string m_spacing{"2ps"}; ///< SettleSpacing
};

/**
 * @ingroup optical-fabric-tests
 * @brief Slow links at endpoints and between switches, one and two.
 */
class StragglersTestCase : public OrbitsTestCase
{
  public:
    StragglersTestCase()
        : OrbitsTestCase("A few ranks stand for all although links differ")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* routing : {"Spray", "Adaptive"})
        {
            CompareClos(routing);
            ComparePods(routing);
            ComparePlanes(routing);
        }
        m_isLate = true;
        CompareClos("Spray");
        m_isLate = false;
        m_spacing = "0ps";
        CompareClos("Spray");
        CompareDoubleLinks();
        CompareOthersBeside();
        CompareDead();
    }

    /// @param routing routing
    void CompareClos(const std::string& routing)
    {
        const Maker make = [this, routing]() {
            Make();
            m_network->SetAttribute("Routing", StringValue(routing));
            AddClos(6, 4, 4);
            m_network->Build();
        };
        constexpr uint32_t UP = 24; // the first link that is not an endpoint's
        const auto compare = [&](const std::vector<uint32_t>& slow, size_t acting) {
            Compare(make, slow, acting, "Clos, " + routing);
        };
        compare({}, 1);
        // An endpoint, the others of its leaf, and the rest.
        compare({5}, 3);
        // A leaf, and the rest.
        compare({UP + 4 + 1}, 2);
        compare({5, 6}, 4);
        compare({5, 13}, 5);
        compare({5, UP + 4 + 1}, 3);
        compare({5, UP + 8 + 1}, 4);
        compare({UP + 1, UP + 4 + 2}, 3);
        compare({UP + 1, UP + 2}, 2);
        // Some endpoints are no ranks.
        m_ranks = 22;
        compare({5}, 4);
        m_ranks = 0;
    }

    /// Two links between each endpoint and a switch.
    void CompareDoubleLinks()
    {
        const Maker make = [this]() {
            Make();
            m_network->SetAttribute("Routing", StringValue("Adaptive"));
            const Ptr<FabricSwitch> hub = AddSwitch();
            for (uint32_t i = 0; i < 6; ++i)
            {
                Connect(AddEndpoint(), hub, 2);
            }
            m_network->Build();
        };
        Compare(make, {}, 1, "double links");
        // Ports of unequal rate take packets by turns, in an order that every rank has for itself.
        Compare(make, {0, 3, 4, 7}, 6, "double links");
    }

    /// Routing hears later of a link that is down, and so everyone acts.
    void CompareDead()
    {
        const Maker make = [this]() {
            Make();
            m_network->SetAttribute("Routing", StringValue("Spray"));
            AddClos(3, 4, 2);
            m_network->Build();
            m_network->GetLink(6 + 4)->SetUp(false);
        };
        Compare(make, {}, 6, "a link that is down");
    }

    /// An endpoint that is no rank does not matter.
    void CompareOthersBeside()
    {
        const Maker make = [this]() {
            Make();
            m_network->SetAttribute("Routing", StringValue("Spray"));
            const Ptr<FabricSwitch> top = AddSwitch();
            std::vector<Ptr<FabricSwitch>> leaves;
            for (uint32_t i = 0; i < 4; ++i)
            {
                leaves.push_back(AddSwitch());
                Connect(leaves[i], top, 2);
                Connect(AddEndpoint(), leaves[i], 2);
            }
            Connect(AddEndpoint(), leaves[3], 2);
            m_network->Build();
        };
        m_ranks = 4;
        Compare(make, {}, 1, "others beside");
        m_ranks = 0;
    }

    /// @param routing routing
    void ComparePods(const std::string& routing)
    {
        const Maker make = [this, routing]() {
            Make();
            m_network->SetAttribute("Routing", StringValue(routing));
            AddPods(3, 3, 4);
            m_network->Build();
        };
        constexpr uint32_t UP = 36; // the first link from a leaf
        const auto compare = [&](const std::vector<uint32_t>& slow, size_t acting) {
            Compare(make, slow, acting, "pods, " + routing);
        };
        compare({}, 1);
        // An endpoint, its leaf, its pod, and the rest.
        compare({7}, 4);
        compare({7, 20}, 7);
        // A leaf, its pod, and the rest.
        compare({UP + 3}, 3);
        // A pod, and the rest.
        compare({UP + 18 + 5}, 2);
    }

    /// @param routing routing
    void ComparePlanes(const std::string& routing)
    {
        const Maker make = [this, routing]() {
            const auto helper = CreateObject<CloudMatrixHelper>();
            helper->SetAttribute("Nodes", UintegerValue(3));
            helper->SetNetworkAttribute("Routing", StringValue(routing));
            m_network = helper->Build().networks[0];
        };
        m_ranks = 48;
        Compare(make, {}, 1, "CloudMatrix, " + routing);
        // A die with a slow port sends packets by turns of its own.
        Compare(make, {0}, m_ranks, "CloudMatrix, " + routing);
        m_ranks = 0;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Random fabrics: whoever stands for others, the results are the same.
 */
class RandomOrbitsTestCase : public OrbitsTestCase
{
  public:
    /// @param first number of the first fabric @param count how many @param ordered mostly alike
    RandomOrbitsTestCase(uint32_t first, uint32_t count, bool ordered)
        : OrbitsTestCase(std::to_string(count) + (ordered ? " ordered" : " random") +
                         " fabrics, with few ranks and all"),
          m_first(first),
          m_count(count),
          m_ordered(ordered)
    {
    }

  private:
    void DoRun() override
    {
        uint32_t folded = 0;
        for (uint32_t number = m_first; number < m_first + m_count; ++number)
        {
            const Maker make = [this, number]() {
                m_ordered ? MakeOrdered(number) : MakeRandomNetwork(number, NONE);
            };
            m_reversed = number % 2 == 0;
            const Outcome all = Run(make, {}, false, 2);
            const Outcome few = Run(make, {}, true, 2);
            ExpectSame(few, all, "fabric " + std::to_string(number));
            folded += few.rankEndsPs.size() < all.rankEndsPs.size() ? 1 : 0;
        }
        const uint32_t least = m_ordered ? m_count / 2 : 0;
        NS_TEST_EXPECT_MSG_GT(folded, least, "fabrics in which ranks stand for others");
    }

    /**
     * A fabric of like parts, of which up to three links have another rate or latency.
     * @param number number of the fabric; the same number, the same fabric
     */
    void MakeOrdered(uint32_t number)
    {
        m_random = CreateObject<UniformRandomVariable>();
        m_random->SetStream(20000 + number);
        Make();
        const auto choose = [this](const char* name, std::initializer_list<const char*> choices) {
            m_network->SetAttribute(name, StringValue(Pick(choices)));
        };
        choose("Routing", {"Spray", "Spray", "Adaptive", "Adaptive", "Deterministic"});
        choose("Switching", {"CutThrough", "StoreAndForward"});
        m_network->SetAttribute("HeaderBytes", UintegerValue(Pick<uint32_t>({0, 16})));
        switch (Draw(0, 3))
        {
        case 0:
            AddClos(Draw(2, 5), Draw(1, 3), Draw(1, 4));
            break;
        case 1:
            AddPods(Draw(2, 3), Draw(1, 3), Draw(1, 3));
            break;
        case 2:
            AddPlanes(Draw(2, 3), Draw(2, 3), Draw(1, 3));
            break;
        default:
            AddStar(Draw(2, 12));
            break;
        }
        m_network->Build();
        for (uint32_t i = Draw(0, 3); i > 0; --i)
        {
            const Ptr<FabricLink> link = m_network->GetLink(Draw(0, m_network->GetNLinks() - 1));
            const uint32_t direction = Draw(0, 1);
            LinkState state = link->GetState(direction);
            state.rate = DataRate(state.rate.GetBitRate() / Pick<uint64_t>({1, 2, 3}));
            state.propagation += Time(Pick({"0ns", "0ns", "30ns"}));
            link->SetState(direction, state);
        }
    }

    /**
     * Networks side by side, each with leaves below one switch, a port of each endpoint on each.
     * @param planes networks
     * @param leaves leaves of each
     * @param perLeaf endpoints of a leaf
     */
    void AddPlanes(uint32_t planes, uint32_t leaves, uint32_t perLeaf)
    {
        std::vector<Ptr<FabricEndpoint>> endpoints;
        for (uint32_t i = 0; i < leaves * perLeaf; ++i)
        {
            endpoints.push_back(AddEndpoint());
        }
        for (uint32_t p = 0; p < planes; ++p)
        {
            const Ptr<FabricSwitch> top = AddSwitch();
            for (uint32_t l = 0; l < leaves; ++l)
            {
                const Ptr<FabricSwitch> leaf = AddSwitch();
                Connect(leaf, top);
                for (uint32_t i = 0; i < perLeaf; ++i)
                {
                    Connect(endpoints[l * perLeaf + i], leaf);
                }
            }
        }
    }

    const uint32_t m_first; ///< number of the first fabric
    const uint32_t m_count; ///< how many
    const bool m_ordered;   ///< mostly alike
};

/**
 * @ingroup optical-fabric-tests
 * @brief Ranks that stand for others where not all are alike.
 */
class FlowOrbitsTestSuite : public TestSuite
{
  public:
    FlowOrbitsTestSuite()
        : TestSuite("optical-fabric-flow-orbits", Type::UNIT)
    {
        AddTestCase(new StragglersTestCase);
        AddTestCase(new RandomOrbitsTestCase(5000, 400, true));
        AddTestCase(new RandomOrbitsTestCase(5000, 200, false));
    }
};

FlowOrbitsTestSuite g_flowOrbitsTestSuite; ///< registers the suite

} // namespace
