/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "../route-graph-maker.h"

#include "ns3/network-islands.h"

#include <gtest/gtest.h>
#include <vector>

using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

TEST(NetworkIslands, WithoutANetworkThereIsAlwaysAPath)
{
    EXPECT_TRUE(NetworkIslands().HasPath(3, 7));
}

TEST(NetworkIslands, OneFabricIsOneIsland)
{
    RouteGraphMaker g;
    const std::vector<uint32_t> endpoints = g.Clos(3, 2, 2);
    const NetworkIslands islands(g.graph);
    for (const uint32_t a : endpoints)
    {
        for (const uint32_t b : endpoints)
        {
            EXPECT_TRUE(islands.HasPath(a, b));
        }
    }
}

TEST(NetworkIslands, SwitchesThatNothingConnectsAreTwo)
{
    RouteGraphMaker g;
    const uint32_t left = g.Switch();
    const uint32_t right = g.Switch();
    const uint32_t a = g.Endpoint({left});
    const uint32_t b = g.Endpoint({left});
    const uint32_t c = g.Endpoint({right});
    // On both; packets do not pass through it.
    const uint32_t both = g.Endpoint({left, right});
    const NetworkIslands islands(g.graph);
    EXPECT_TRUE(islands.HasPath(a, b));
    EXPECT_FALSE(islands.HasPath(a, c));
    EXPECT_FALSE(islands.HasPath(c, a));
    for (const uint32_t other : {a, b, c})
    {
        EXPECT_TRUE(islands.HasPath(other, both));
        EXPECT_TRUE(islands.HasPath(both, other));
    }
}

TEST(NetworkIslands, LinksBetweenEndpointsLeadNoFurther)
{
    RouteGraphMaker g;
    const uint32_t a = g.Endpoint({});
    const uint32_t b = g.Endpoint({a});
    const uint32_t c = g.Endpoint({b});
    const NetworkIslands islands(g.graph);
    EXPECT_TRUE(islands.HasPath(a, b));
    EXPECT_TRUE(islands.HasPath(c, b));
    EXPECT_FALSE(islands.HasPath(a, c));
}

// The same as what the routes say.
TEST(NetworkIslands, AgreeWithRoutes)
{
    ns3::Ptr<ns3::UniformRandomVariable> random = ns3::CreateObject<ns3::UniformRandomVariable>();
    random->SetStream(3);
    for (uint32_t round = 0; round < 200; ++round)
    {
        RouteGraphMaker g;
        g.AddRandom(*random);
        const NetworkIslands islands(g.graph);
        const RoutePlan plan(g.graph);
        for (uint32_t a = 0; a < g.graph.vertices.size(); ++a)
        {
            for (uint32_t b = 0; b < g.graph.vertices.size(); ++b)
            {
                if (a == b || g.graph.vertices[a].isSwitch || g.graph.vertices[b].isSwitch)
                {
                    continue;
                }
                const RouteAddress to = plan.GetAddress(b);
                const RouteTable& table = *plan.GetTable(a);
                const RouteTable::Entry entry = table.Find(to.routeClass);
                const bool isDirect = entry.direct && to.member < entry.count &&
                                      table.GetPort(entry, to.member) != RouteTable::NO_PORT;
                EXPECT_EQ(islands.HasPath(a, b), entry.direct ? isDirect : entry.count != 0)
                    << "round " << round << ": " << a << " to " << b;
            }
        }
    }
}

} // namespace
