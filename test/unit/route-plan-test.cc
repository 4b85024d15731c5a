/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "../route-graph-maker.h"

#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * Next hops of the shortest paths, the slow way.
 * @param graph network
 * @param from vertex
 * @param to endpoint
 * @return outputs that lead there
 */
Ports
ExpectedHops(const RouteGraph& graph, uint32_t from, uint32_t to)
{
    constexpr uint32_t FAR = 1000000;
    std::vector<uint32_t> distances(graph.vertices.size(), FAR);
    distances[to] = 0;
    for (bool changed = true; changed;)
    {
        changed = false;
        for (uint32_t v = 0; v < graph.vertices.size(); ++v)
        {
            for (const uint32_t peer : graph.vertices[v].peers)
            {
                const bool passes =
                    peer != RouteGraph::NOWHERE && (peer == to || graph.vertices[peer].isSwitch);
                if (v != to && passes && distances[peer] + 1 < distances[v])
                {
                    distances[v] = distances[peer] + 1;
                    changed = true;
                }
            }
        }
    }
    Ports ports;
    for (uint16_t port = 0; port < graph.vertices[from].peers.size(); ++port)
    {
        const uint32_t peer = graph.vertices[from].peers[port];
        if (peer != RouteGraph::NOWHERE && distances[from] < FAR &&
            (peer == to || graph.vertices[peer].isSwitch) && distances[peer] + 1 == distances[from])
        {
            ports.push_back(port);
        }
    }
    return ports;
}

/// @param graph network @param plan its routes; all must be the shortest
void
CheckAll(const RouteGraph& graph, const RoutePlan& plan)
{
    std::set<std::pair<uint16_t, uint16_t>> addresses;
    for (uint32_t to = 0; to < graph.vertices.size(); ++to)
    {
        if (graph.vertices[to].isSwitch)
        {
            continue;
        }
        const RouteAddress address = plan.GetAddress(to);
        EXPECT_TRUE(addresses.emplace(address.routeClass, address.member).second) << to;
        EXPECT_LT(address.routeClass, plan.GetNClasses());
        for (uint32_t from = 0; from < graph.vertices.size(); ++from)
        {
            if (from != to)
            {
                EXPECT_EQ(NextHops(plan, from, to), ExpectedHops(graph, from, to))
                    << from << " to " << to;
            }
        }
    }
}

TEST(RoutePlan, AStarIsOneClass)
{
    RouteGraphMaker g;
    const uint32_t hub = g.Switch();
    for (uint32_t i = 0; i < 5; ++i)
    {
        g.Endpoint({hub});
    }
    const RoutePlan plan(g.graph);
    EXPECT_EQ(plan.GetNClasses(), 1U);
    // One for the hub, one for all endpoints.
    EXPECT_EQ(plan.GetNTables(), 2U);
    EXPECT_EQ(plan.GetTable(1), plan.GetTable(5));
    EXPECT_NE(plan.GetTable(0), plan.GetTable(1));
    EXPECT_EQ(plan.GetAddress(4).member, 3U);
    // The hub finds each in one step.
    EXPECT_TRUE(plan.GetTable(hub)->Find(0).direct);
    EXPECT_FALSE(plan.GetTable(1)->Find(0).direct);
    CheckAll(g.graph, plan);
}

TEST(RoutePlan, AClosHasAClassPerLeaf)
{
    RouteGraphMaker g;
    const std::vector<uint32_t> e = g.Clos(3, 4, 2);
    const RoutePlan plan(g.graph);
    EXPECT_EQ(plan.GetNClasses(), 3U);
    // Each leaf, all spines alike, and the endpoints of each leaf, which see what they do alike.
    EXPECT_LE(plan.GetNTables(), 3U + 1 + 3);
    const auto spine = static_cast<uint32_t>(g.graph.vertices.size() - 1);
    EXPECT_EQ(plan.GetTable(spine), plan.GetTable(spine - 3));
    EXPECT_EQ(NextHops(plan, 0, e[5]), (Ports{2, 3, 4, 5}));
    EXPECT_EQ(NextHops(plan, spine, e[5]), Ports{2});
    EXPECT_EQ(NextHops(plan, 0, e[1]), Ports{1});
    CheckAll(g.graph, plan);
    EXPECT_TRUE(plan.FindDependencyCircle(g.graph).empty());
}

TEST(RoutePlan, MultipleLinksAllCount)
{
    RouteGraphMaker g;
    const uint32_t a = g.Switch();
    const uint32_t b = g.Switch();
    const uint32_t twice = g.Endpoint({a, a});
    const uint32_t once = g.Endpoint({a});
    const uint32_t far = g.Endpoint({b});
    g.Link(a, b);
    g.Link(a, b);
    g.Link(a, b);
    const RoutePlan plan(g.graph);
    // An endpoint with a multiple link is a class of its own.
    EXPECT_EQ(plan.GetNClasses(), 3U);
    EXPECT_EQ(NextHops(plan, a, twice), (Ports{0, 1}));
    EXPECT_EQ(NextHops(plan, a, once), Ports{2});
    EXPECT_EQ(NextHops(plan, a, far), (Ports{3, 4, 5}));
    EXPECT_EQ(NextHops(plan, twice, far), (Ports{0, 1}));
    CheckAll(g.graph, plan);
}

TEST(RoutePlan, EndpointsOfSeveralPlanesShareAClass)
{
    RouteGraphMaker g;
    const uint32_t a = g.Switch();
    const uint32_t b = g.Switch();
    const uint32_t c = g.Switch();
    g.Endpoint({a, b});
    // The order of the ports makes no difference.
    g.Endpoint({b, a});
    g.Endpoint({a, b});
    g.Endpoint({a, c});
    const RoutePlan plan(g.graph);
    EXPECT_EQ(plan.GetNClasses(), 2U);
    EXPECT_EQ(plan.GetAddress(3).routeClass, plan.GetAddress(4).routeClass);
    EXPECT_EQ(plan.GetTable(3), plan.GetTable(5));
    CheckAll(g.graph, plan);
}

TEST(RoutePlan, WhatIsDisconnectedHasNoWay)
{
    RouteGraphMaker g;
    const uint32_t a = g.Switch();
    const uint32_t b = g.Switch();
    g.Endpoint({a});
    g.Endpoint({b});
    g.Endpoint({});
    const RoutePlan plan(g.graph);
    EXPECT_EQ(plan.GetNClasses(), 3U);
    EXPECT_TRUE(NextHops(plan, a, 3).empty());
    EXPECT_TRUE(NextHops(plan, 2, 3).empty());
    EXPECT_TRUE(NextHops(plan, 2, 4).empty());
    EXPECT_TRUE(NextHops(plan, 4, 2).empty());
    CheckAll(g.graph, plan);
    EXPECT_TRUE(plan.FindDependencyCircle(g.graph).empty());
}

TEST(RoutePlan, EndpointsMayBeLinkedDirectly)
{
    RouteGraphMaker g;
    const uint32_t a = g.Endpoint({});
    const uint32_t b = g.Endpoint({});
    g.Link(a, b);
    const RoutePlan plan(g.graph);
    EXPECT_EQ(NextHops(plan, a, b), Ports{0});
    EXPECT_EQ(NextHops(plan, b, a), Ports{0});
    // Nothing passes through an endpoint.
    const uint32_t c = g.Endpoint({});
    g.Link(b, c);
    const RoutePlan chain(g.graph);
    EXPECT_TRUE(NextHops(chain, a, c).empty());
    CheckAll(g.graph, chain);
}

TEST(RoutePlan, AnEndpointThatLosesALinkGetsAClassOfItsOwn)
{
    RouteGraphMaker g;
    const uint32_t a = g.Switch();
    const uint32_t b = g.Switch();
    const uint32_t top = g.Switch();
    g.Link(a, top);
    g.Link(b, top);
    const uint32_t first = g.Endpoint({a, b});
    const uint32_t second = g.Endpoint({a, b});
    const uint32_t third = g.Endpoint({a, b});
    const RouteGraph whole = g.graph;
    RoutePlan plan(whole);
    EXPECT_EQ(plan.GetNClasses(), 1U);

    g.Cut(second, 0);
    plan.Update(g.graph);
    EXPECT_EQ(plan.GetNClasses(), 2U);
    EXPECT_EQ(plan.GetAddress(first).routeClass, 0U);
    EXPECT_EQ(plan.GetAddress(third).member, 2U);
    EXPECT_EQ(plan.GetAddress(second).routeClass, 1U);
    // Switch a has lost it, and reaches it over the top.
    EXPECT_EQ(NextHops(plan, a, second), Ports{0});
    EXPECT_EQ(NextHops(plan, b, second), Ports{2});
    EXPECT_EQ(NextHops(plan, first, second), Ports{1});
    CheckAll(g.graph, plan);

    // Without its other link it is gone.
    g.Cut(second, 1);
    plan.Update(g.graph);
    EXPECT_TRUE(NextHops(plan, b, second).empty());
    CheckAll(g.graph, plan);

    plan.Update(whole);
    EXPECT_EQ(plan.GetNClasses(), 1U);
    EXPECT_EQ(plan.GetAddress(second).member, 1U);
    CheckAll(whole, plan);
}

// Random networks, losing link after link.
TEST(RoutePlan, AllPathsAreShortest)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(33);
    for (uint32_t round = 0; round < 60; ++round)
    {
        RouteGraphMaker g;
        g.AddRandom(*random);
        const RouteGraph whole = g.graph;
        RoutePlan plan(whole);
        CheckAll(whole, plan);
        for (uint32_t i = 0; i < 8; ++i)
        {
            const auto v = random->GetInteger(0, static_cast<uint32_t>(whole.vertices.size()) - 1);
            const auto ports = static_cast<uint32_t>(whole.vertices[v].peers.size());
            const uint32_t port = ports == 0 ? 0 : random->GetInteger(0, ports - 1);
            if (ports != 0 && g.graph.vertices[v].peers[port] != RouteGraph::NOWHERE)
            {
                g.Cut(v, static_cast<uint16_t>(port));
                plan.Update(g.graph);
                CheckAll(g.graph, plan);
            }
        }
        plan.Update(whole);
        CheckAll(whole, plan);
        ASSERT_FALSE(HasFailure()) << "in round " << round;
    }
}

TEST(RoutePlan, RefusesMoreClassesThanAnAddressCanName)
{
    RouteGraphMaker g;
    for (uint32_t i = 0; i < 65535; ++i)
    {
        g.Endpoint({});
    }
    EXPECT_THROW(RoutePlan{g.graph}, std::invalid_argument);
}

} // namespace
