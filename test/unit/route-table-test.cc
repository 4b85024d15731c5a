/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "../route-graph-maker.h"

#include "ns3/near-routes.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * A table of these entries says what they say, and so does its copy.
 * @param entries by class
 * @return the table
 */
RouteTable
ExpectKept(const std::vector<RouteTable::Entry>& entries)
{
    RouteTable table;
    for (const RouteTable::Entry& entry : entries)
    {
        table.Append(entry);
    }
    NearRoutes near;
    near.Set(table);
    EXPECT_EQ(table.GetNClasses(), entries.size());
    for (uint32_t c = 0; c < entries.size(); ++c)
    {
        EXPECT_EQ(table.Find(c), entries[c]) << c;
        EXPECT_EQ(near.Find(static_cast<uint16_t>(c)), entries[c]) << c;
    }
    for (const size_t c : {entries.size(), entries.size() + 1, size_t{UINT16_MAX}})
    {
        EXPECT_EQ(table.Find(static_cast<uint32_t>(c)).count, 0U) << c;
        EXPECT_EQ(near.Find(static_cast<uint16_t>(c)).count, 0U) << c;
    }
    return table;
}

TEST(RouteTable, HasNoWayToClassesThereAreNot)
{
    ExpectKept({});
}

// What a leaf and a spine of a large Clos say fits into runs, however many leaves there are.
TEST(RouteTable, OfARegularFabricDoesNotGrowWithIt)
{
    for (const uint32_t leaves : {4, 40})
    {
        RouteGraphMaker g;
        const std::vector<uint32_t> endpoints = g.Clos(leaves, 3, 2);
        const RoutePlan plan(g.graph);
        const uint32_t firstLeaf = 0;
        const uint32_t spine = static_cast<uint32_t>(g.graph.vertices.size()) - 1;
        ASSERT_EQ(plan.GetNClasses(), leaves);
        EXPECT_EQ(plan.GetTable(firstLeaf)->GetRuns().size(), 2U);
        EXPECT_EQ(plan.GetTable(g.graph.vertices[endpoints[2]].peers[0])->GetRuns().size(), 3U);
        EXPECT_EQ(plan.GetTable(endpoints[0])->GetRuns().size(), 1U);
        EXPECT_EQ(plan.GetTable(spine)->GetRuns().size(), 1U);
    }
}

TEST(RouteTable, OfAnIrregularFabricHasRows)
{
    std::vector<RouteTable::Entry> entries;
    for (uint32_t c = 0; c < 3 * RouteTable::MAX_RUNS; ++c)
    {
        entries.push_back({c * c, static_cast<uint16_t>(1 + c % 3), false, false});
    }
    EXPECT_TRUE(ExpectKept(entries).GetRuns().empty());
}

// Runs that rise, fall and stay, short and long, at the ends of what 16 bits hold and beyond.
TEST(RouteTable, KeepsRandomEntries)
{
    const auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(79);
    for (uint32_t round = 0; round < 2000; ++round)
    {
        std::vector<RouteTable::Entry> entries;
        for (uint32_t runs = random->GetInteger(1, round % 2 == 0 ? 4 : 24); runs > 0; --runs)
        {
            RouteTable::Entry entry;
            entry.first = random->GetInteger(0, random->GetInteger(0, 1) == 0 ? 64 : 65600);
            entry.count = static_cast<uint16_t>(
                random->GetInteger(0, random->GetInteger(0, 3) != 0 ? 3 : UINT16_MAX));
            entry.direct = random->GetInteger(0, 3) == 0;
            entry.listed = random->GetInteger(0, 3) == 0;
            const int32_t stride = static_cast<int32_t>(random->GetInteger(0, 6)) - 3;
            for (uint32_t length = random->GetInteger(1, 9); length > 0; --length)
            {
                entries.push_back(entry);
                const int64_t next = int64_t{entry.first} + stride;
                entry.first = next < 0 ? 0 : static_cast<uint32_t>(next);
            }
        }
        ExpectKept(entries);
        ASSERT_FALSE(testing::Test::HasFailure()) << "in round " << round;
    }
}

TEST(RouteTable, IsTheSameIfItSaysTheSame)
{
    const std::vector<RouteTable::Entry> entries{{0, 2, true, false},
                                                 {4, 2, false, false},
                                                 {4, 2, false, false}};
    const RouteTable table = ExpectKept(entries);
    EXPECT_TRUE(table == ExpectKept(entries));
    EXPECT_EQ(table.GetFingerprint(), ExpectKept(entries).GetFingerprint());
    std::vector<RouteTable::Entry> others = entries;
    others[2].first = 5;
    EXPECT_FALSE(table == ExpectKept(others));
}

} // namespace
