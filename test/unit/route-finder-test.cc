/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "../route-graph-maker.h"

#include "ns3/near-routes.h"
#include "ns3/random-variable-stream.h"
#include "ns3/route-finder.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * A finder says the same as a plan: all vertices, all classes, in the same order.
 * @param plan all routes
 * @param finder finds them one by one
 */
void
ExpectSame(const RoutePlan& plan, RouteFinder& finder)
{
    const RouteGraph& graph = finder.GetGraph();
    for (uint32_t v = 0; v < graph.vertices.size(); ++v)
    {
        if (!graph.vertices[v].isSwitch)
        {
            EXPECT_EQ(finder.GetAddress(v).routeClass, plan.GetAddress(v).routeClass) << v;
            EXPECT_EQ(finder.GetAddress(v).member, plan.GetAddress(v).member) << v;
        }
        const RouteTable& table = *plan.GetTable(v);
        ASSERT_EQ(table.GetNClasses(), plan.GetNClasses());
        NearRoutes near;
        near.Set(table);
        if (v % 5 == 0)
        {
            finder.ForgetDistances();
        }
        for (uint16_t c = 0; c < plan.GetNClasses(); ++c)
        {
            const RouteTable::Entry entry = table.Find(c);
            EXPECT_EQ(near.Find(c), entry) << v << " to class " << c;
            for (const char* time : {" at first", " again"})
            {
                const NextPorts& next = finder.FindNextHops(v, c);
                EXPECT_EQ(next.toMembers, entry.direct) << v << " to class " << c << time;
                EXPECT_EQ(next.ports, GetPorts(table, entry)) << v << " to class " << c << time;
            }
        }
    }
}

/// @param whole a network with all its links @param present the same as it is now
/// @param plan its routes; brought up to date
void
ExpectSame(const RouteGraph& whole, const RouteGraph& present, RoutePlan& plan)
{
    plan.Update(present);
    RouteFinder finder(whole, present);
    ExpectSame(plan, finder);
}

/// @param g a graph; loses links, one after another @param random decides @param cuts how many
void
ExpectSameWhileLinksGo(RouteGraphMaker& g, const Ptr<UniformRandomVariable>& random, uint32_t cuts)
{
    const RouteGraph whole = g.graph;
    RoutePlan plan(whole);
    RouteFinder finder(whole, whole);
    ExpectSame(plan, finder);
    for (uint32_t i = 0; i < cuts; ++i)
    {
        const auto v = random->GetInteger(0, static_cast<uint32_t>(whole.vertices.size()) - 1);
        const auto ports = static_cast<uint32_t>(whole.vertices[v].peers.size());
        const uint32_t port = ports == 0 ? 0 : random->GetInteger(0, ports - 1);
        if (ports != 0 && g.graph.vertices[v].peers[port] != RouteGraph::NOWHERE)
        {
            g.Cut(v, static_cast<uint16_t>(port));
            ExpectSame(whole, g.graph, plan);
        }
    }
    ExpectSame(whole, whole, plan);
}

TEST(RouteFinder, FindsThePathsOfAClos)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(74);
    RouteGraphMaker g;
    g.Clos(4, 3, 5);
    ExpectSameWhileLinksGo(g, random, 20);
}

// So many leaves that failed links leave some tables as runs and give others rows.
TEST(RouteFinder, FindsThePathsOfALargerClos)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(78);
    RouteGraphMaker g;
    g.Clos(24, 3, 2);
    ExpectSameWhileLinksGo(g, random, 40);
}

// Planes of two levels, a link of each endpoint to a leaf of each plane.
TEST(RouteFinder, FindsThePathsOfSeveralPlanes)
{
    constexpr uint32_t NODES = 3;
    constexpr uint32_t PLANES = 3;
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(75);
    for (const uint32_t uplinks : {1, 2})
    {
        RouteGraphMaker g;
        std::vector<std::vector<uint32_t>> lower(NODES);
        for (std::vector<uint32_t>& chips : lower)
        {
            for (uint32_t p = 0; p < PLANES; ++p)
            {
                chips.push_back(g.Switch());
            }
        }
        for (uint32_t p = 0; p < PLANES; ++p)
        {
            for (uint32_t i = 0; i < 2; ++i)
            {
                const uint32_t upper = g.Switch();
                for (uint32_t k = 0; k < NODES * uplinks; ++k)
                {
                    g.Link(lower[k % NODES][p], upper);
                }
            }
        }
        for (const std::vector<uint32_t>& chips : lower)
        {
            for (uint32_t i = 0; i < 4; ++i)
            {
                g.Endpoint(chips);
            }
        }
        const RoutePlan plan(g.graph);
        EXPECT_EQ(plan.GetNClasses(), NODES);
        ExpectSameWhileLinksGo(g, random, 20);
    }
}

// Endpoints linked to each other, to nothing, and twice to the same switch.
TEST(RouteFinder, FindsOddPaths)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(76);
    RouteGraphMaker g;
    const uint32_t a = g.Switch();
    const uint32_t b = g.Switch();
    g.Link(a, b);
    g.Link(a, b);
    const uint32_t twice = g.Endpoint({a, a});
    const uint32_t both = g.Endpoint({a, b});
    g.Endpoint({});
    g.Link(twice, both);
    g.Endpoint({b});
    ExpectSameWhileLinksGo(g, random, 12);
}

TEST(RouteFinder, FindsThePathsOfRandomNetworks)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(77);
    for (uint32_t round = 0; round < 60; ++round)
    {
        RouteGraphMaker g;
        g.AddRandom(*random);
        ExpectSameWhileLinksGo(g, random, 8);
        ASSERT_FALSE(testing::Test::HasFailure()) << "in round " << round;
    }
}

} // namespace
