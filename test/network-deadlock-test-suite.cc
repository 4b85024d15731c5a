/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "route-graph-maker.h"

#include "ns3/test.h"

#include <algorithm>
#include <cstdint>
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
 * @brief Networks in which packets could wait for one another in a circle, and others.
 */
class DependencyCircleTestCase : public TestCase
{
  public:
    DependencyCircleTestCase()
        : TestCase("The deadlock check finds circles, and only those")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t n : {3, 4, 5, 6, 7, 8, 16})
        {
            RouteGraphMaker ring;
            AddRing(ring, n);
            // Three switches are each other's neighbours: nothing goes on.
            Check(ring.graph, n > 3, "a ring of " + std::to_string(n));
        }
        RouteGraphMaker twoRings;
        AddRing(twoRings, 3);
        const uint32_t second = AddRing(twoRings, 5);
        twoRings.Link(0, second);
        Check(twoRings.graph, true, "a triangle and a ring");
        RouteGraphMaker torus;
        AddGrid(torus, 4, 4, true);
        Check(torus.graph, true, "a torus");
        RouteGraphMaker mesh;
        AddGrid(mesh, 3, 3, false);
        Check(mesh.graph, true, "a mesh with all shortest paths");
        RouteGraphMaker line;
        AddGrid(line, 6, 1, false);
        Check(line.graph, false, "a line");

        RouteGraphMaker star;
        star.Clos(1, 0, 6);
        Check(star.graph, false, "a star");
        RouteGraphMaker clos;
        clos.Clos(4, 3, 2);
        Check(clos.graph, false, "a Clos network");
        RouteGraphMaker fatTree;
        AddFatTree(fatTree);
        Check(fatTree.graph, false, "a fat tree of three levels");
        RouteGraphMaker planes;
        AddPlanes(planes);
        Check(planes.graph, false, "two planes");
        RouteGraphMaker all;
        AddFullMesh(all, 6);
        Check(all.graph, false, "a full mesh");
    }

    /// @param g graph @param n switches in a ring, an endpoint on each @return the first
    static uint32_t AddRing(RouteGraphMaker& g, uint32_t n)
    {
        std::vector<uint32_t> switches;
        for (uint32_t i = 0; i < n; ++i)
        {
            switches.push_back(g.Switch());
            g.Endpoint({switches[i]});
        }
        for (uint32_t i = 0; i < n; ++i)
        {
            g.Link(switches[i], switches[(i + 1) % n]);
        }
        return switches[0];
    }

    /// @param g graph @param width columns @param height rows @param round rows and columns close
    static void AddGrid(RouteGraphMaker& g, uint32_t width, uint32_t height, bool round)
    {
        std::vector<uint32_t> switches;
        for (uint32_t i = 0; i < width * height; ++i)
        {
            switches.push_back(g.Switch());
            g.Endpoint({switches[i]});
        }
        for (uint32_t y = 0; y < height; ++y)
        {
            for (uint32_t x = 0; x < width; ++x)
            {
                if (x + 1 < width || round)
                {
                    g.Link(switches[y * width + x], switches[y * width + (x + 1) % width]);
                }
                if (y + 1 < height || round)
                {
                    g.Link(switches[y * width + x], switches[(y + 1) % height * width + x]);
                }
            }
        }
    }

    /// @param g graph; a fat tree of four pods, two leaves and two aggregation switches in each
    static void AddFatTree(RouteGraphMaker& g)
    {
        const std::vector<uint32_t> cores{g.Switch(), g.Switch(), g.Switch(), g.Switch()};
        for (uint32_t pod = 0; pod < 4; ++pod)
        {
            const std::vector<uint32_t> upper{g.Switch(), g.Switch()};
            for (uint32_t l = 0; l < 2; ++l)
            {
                const uint32_t leaf = g.Switch();
                g.Endpoint({leaf});
                g.Endpoint({leaf});
                g.Link(leaf, upper[0]);
                g.Link(leaf, upper[1]);
            }
            for (uint32_t i = 0; i < 4; ++i)
            {
                g.Link(upper[i / 2], cores[i]);
            }
        }
    }

    /// @param g graph; endpoints with a port on each of two Clos networks
    static void AddPlanes(RouteGraphMaker& g)
    {
        std::vector<uint32_t> leaves;
        for (uint32_t plane = 0; plane < 2; ++plane)
        {
            const std::vector<uint32_t> spines{g.Switch(), g.Switch()};
            for (uint32_t l = 0; l < 3; ++l)
            {
                leaves.push_back(g.Switch());
                g.Link(leaves.back(), spines[0]);
                g.Link(leaves.back(), spines[1]);
            }
        }
        for (uint32_t i = 0; i < 6; ++i)
        {
            g.Endpoint({leaves[i % 3], leaves[3 + i % 3]});
        }
    }

    /// @param g graph @param n switches, each linked to each
    static void AddFullMesh(RouteGraphMaker& g, uint32_t n)
    {
        std::vector<uint32_t> switches;
        for (uint32_t i = 0; i < n; ++i)
        {
            switches.push_back(g.Switch());
            g.Endpoint({switches[i]});
            for (uint32_t k = 0; k < i; ++k)
            {
                g.Link(switches[k], switches[i]);
            }
        }
    }

    /**
     * @param graph network
     * @param expected whether there is a circle
     * @param name its name
     */
    void Check(const RouteGraph& graph, bool expected, const std::string& name)
    {
        const RoutePlan plan(graph);
        CheckCircle(graph, plan, expected, name);
    }

    /**
     * @param graph network
     * @param plan its routes
     * @param expected whether there is a circle
     * @param name its name
     */
    void CheckCircle(const RouteGraph& graph,
                     const RoutePlan& plan,
                     bool expected,
                     const std::string& name)
    {
        const auto circle = plan.FindDependencyCircle(graph);
        NS_TEST_EXPECT_MSG_EQ(!circle.empty(), expected, name);
        for (size_t i = 0; i < circle.size(); ++i)
        {
            const auto [v, port] = circle[i];
            const auto [next, nextPort] = circle[(i + 1) % circle.size()];
            NS_TEST_EXPECT_MSG_EQ(graph.vertices[v].peers.at(port), next, name << ": not linked");
            // Some packet takes both, one after the other.
            bool taken = false;
            for (uint32_t to = 0; to < graph.vertices.size(); ++to)
            {
                taken = taken || (!graph.vertices[to].isSwitch && Leads(plan, v, to, port) &&
                                  Leads(plan, next, to, nextPort));
            }
            NS_TEST_EXPECT_MSG_EQ(taken, true, name << ": nobody goes that way");
        }
    }

    /// @return whether a packet may leave by a port of a vertex to get to an endpoint
    static bool Leads(const RoutePlan& plan, uint32_t vertex, uint32_t to, uint16_t port)
    {
        const Ports ports = NextHops(plan, vertex, to);
        return std::find(ports.begin(), ports.end(), port) != ports.end();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Losing links can make a circle where there was none: paths then turn at leaves.
 */
class CircleAfterLossTestCase : public TestCase
{
  public:
    CircleAfterLossTestCase()
        : TestCase("A Clos network that loses links may get a circle")
    {
    }

  private:
    void DoRun() override
    {
        RouteGraphMaker g;
        g.Clos(4, 2, 1);
        RoutePlan plan(g.graph);
        NS_TEST_EXPECT_MSG_EQ(plan.FindDependencyCircle(g.graph).empty(), true, "whole");
        // Leaf 0 keeps only spine 0, leaf 1 only spine 1: between them, paths go over leaves 2, 3.
        const uint32_t leaf0 = 0;
        const uint32_t leaf1 = 2;
        g.Cut(leaf0, 2);
        plan.Update(g.graph);
        NS_TEST_EXPECT_MSG_EQ(plan.FindDependencyCircle(g.graph).empty(), true, "one link lost");
        g.Cut(leaf1, 1);
        plan.Update(g.graph);
        NS_TEST_EXPECT_MSG_EQ(plan.FindDependencyCircle(g.graph).empty(), false, "two links lost");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The deadlock check.
 */
class NetworkDeadlockTestSuite : public TestSuite
{
  public:
    NetworkDeadlockTestSuite()
        : TestSuite("optical-fabric-network-deadlock", Type::UNIT)
    {
        AddTestCase(new DependencyCircleTestCase);
        AddTestCase(new CircleAfterLossTestCase);
    }
};

NetworkDeadlockTestSuite g_networkDeadlockTestSuite; ///< registers the suite

} // namespace
