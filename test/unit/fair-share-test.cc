/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "../sanitized-rounds.h"
#include "reference-fair-share.h"

#include "ns3/fair-share.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

using Uses = std::vector<FairShare::Use>;

/// A solver, and beside it what it has been told.
class Twin
{
  public:
    explicit Twin(uint32_t seed)
        : m_random(seed)
    {
    }

    uint32_t Draw(uint32_t low, uint32_t high)
    {
        return std::uniform_int_distribution<uint32_t>(low, high)(m_random);
    }

    /// @return a value over four decades, or often 1
    double DrawFactor()
    {
        return Draw(0, 1) ? 1 : std::pow(10.0, std::uniform_real_distribution<>(-2, 2)(m_random));
    }

    double DrawCapacity()
    {
        return Draw(0, 15) == 0 ? 0 : Draw(0, 1) ? 100 : 100 * DrawFactor();
    }

    Uses DrawUses()
    {
        std::set<uint32_t> resources;
        const auto nResources = static_cast<uint32_t>(m_capacities.size());
        for (uint32_t k = Draw(1, std::min(nResources, 6U)); k > 0; --k)
        {
            resources.insert(Draw(0, nResources - 1));
        }
        Uses uses;
        for (const uint32_t resource : resources)
        {
            uses.push_back({resource, DrawFactor()});
        }
        return uses;
    }

    void AddResource()
    {
        m_capacities.push_back(DrawCapacity());
        EXPECT_EQ(m_share.AddResource(m_capacities.back()), m_capacities.size() - 1);
    }

    void AddClass()
    {
        const ReferenceClass flows{DrawUses(), DrawFactor(), 0};
        const uint32_t id = m_share.AddClass(flows.uses.data(), flows.uses.size(), flows.weight);
        if (id >= m_classes.size())
        {
            m_classes.resize(id + 1);
            m_rates.resize(id + 1);
        }
        EXPECT_TRUE(m_classes[id].uses.empty());
        m_classes[id] = flows;
    }

    void SetCount(uint32_t id, uint32_t count)
    {
        m_share.SetCount(id, count);
        m_classes[id].count = count;
    }

    void ChangeSomething()
    {
        const uint32_t id = Draw(0, m_classes.size() - 1);
        ReferenceClass& flows = m_classes[id];
        const uint32_t what = Draw(0, 20);
        if (what == 0)
        {
            AddClass();
        }
        else if (what == 1)
        {
            const uint32_t resource = Draw(0, m_capacities.size() - 1);
            m_capacities[resource] = DrawCapacity();
            m_share.SetCapacity(resource, m_capacities[resource]);
        }
        else if (flows.uses.empty())
        {
            return;
        }
        else if (what == 2)
        {
            flows.uses = DrawUses();
            m_share.SetUses(id, flows.uses.data(), flows.uses.size());
        }
        else if (what == 3)
        {
            flows.weight = DrawFactor();
            m_share.SetWeight(id, flows.weight);
        }
        else if (what == 4)
        {
            SetCount(id, 0);
            m_share.RemoveClass(id);
            flows.uses.clear();
        }
        else
        {
            SetCount(id, Draw(0, 1) ? 0 : Draw(1, 5));
        }
    }

    /// Everything ends, or what ran when this was called first runs again.
    void ChangeAll()
    {
        const bool isEnd = Draw(0, 2) == 0;
        for (uint32_t id = 0; id < m_classes.size(); ++id)
        {
            if (m_pattern.size() <= id)
            {
                m_pattern.push_back(m_classes[id].count);
            }
            if (!m_classes[id].uses.empty())
            {
                SetCount(id, isEnd ? 0 : m_pattern[id]);
            }
        }
    }

    /// Solve, and compare with the reference, with the condition of bottlenecks and with the
    /// report.
    void Check()
    {
        const FairShare::Ids ids = m_share.Solve();
        const std::set<uint32_t> reported(ids.begin(), ids.end());
        EXPECT_EQ(reported.size(), ids.size);
        const std::vector<double> rates = FillByTheBook(m_capacities, m_classes);
        std::vector<double> loads(m_capacities.size(), 0);
        std::vector<double> highest(m_capacities.size(), 0);
        for (uint32_t id = 0; id < m_classes.size(); ++id)
        {
            const ReferenceClass& flows = m_classes[id];
            if (flows.uses.empty())
            {
                EXPECT_THROW(m_share.GetRate(id), std::invalid_argument);
                m_rates[id] = 0;
                continue;
            }
            const double rate = m_share.GetRate(id);
            ASSERT_NEAR(rate, rates[id], 1e-9 * rates[id]) << "class " << id;
            EXPECT_TRUE(reported.count(id) > 0 || flows.count == 0 || rate == m_rates[id]);
            EXPECT_TRUE(reported.count(id) == 0 || flows.count > 0);
            m_rates[id] = flows.count > 0 ? rate : -1;
            for (const FairShare::Use& use : flows.uses)
            {
                loads[use.resource] += flows.count * use.coefficient * rate;
                highest[use.resource] = std::max(highest[use.resource], rate / flows.weight);
            }
        }
        for (uint32_t r = 0; r < m_capacities.size(); ++r)
        {
            EXPECT_LE(loads[r], m_capacities[r] * (1 + 1e-9));
            EXPECT_NEAR(m_share.GetLoad(r), loads[r], 1e-9 * m_capacities[r]);
        }
        for (uint32_t id = 0; id < m_classes.size(); ++id)
        {
            if (m_classes[id].count > 0)
            {
                const uint32_t r = m_share.GetBottleneck(id);
                ASSERT_LT(r, m_capacities.size());
                EXPECT_GE(loads[r], m_capacities[r] * (1 - 1e-9));
                EXPECT_GE(m_rates[id] / m_classes[id].weight, highest[r] * (1 - 1e-9));
            }
        }
    }

    std::mt19937 m_random;                 ///< random numbers
    FairShare m_share;                     ///< the solver
    std::vector<double> m_capacities;      ///< of its resources
    std::vector<ReferenceClass> m_classes; ///< its classes; without uses: not there
    std::vector<double> m_rates;           ///< at the last solution
    std::vector<uint32_t> m_pattern;       ///< counts that come back
};

TEST(FairShare, IsWhatFillingByTheBookFinds)
{
    uint64_t fromScratch = 0;
    uint64_t remembered = 0;
    for (uint32_t seed = 0; seed < opticalfabrictest::GetRounds(1000); ++seed)
    {
        SCOPED_TRACE("instance " + std::to_string(seed));
        Twin twin(seed);
        for (uint32_t n = twin.Draw(1, 40); n > 0; --n)
        {
            twin.AddResource();
        }
        for (uint32_t n = twin.Draw(1, 60); n > 0; --n)
        {
            twin.AddClass();
        }
        for (uint32_t id = 0; id < twin.m_classes.size(); ++id)
        {
            twin.SetCount(id, twin.Draw(0, 3));
        }
        twin.Check();
        for (uint32_t step = 0; step < 40; ++step)
        {
            for (uint32_t n = twin.Draw(0, 2) ? twin.Draw(0, 1) : twin.Draw(1, 12); n > 0; --n)
            {
                twin.ChangeSomething();
            }
            if (twin.Draw(0, 2) == 0)
            {
                twin.ChangeAll();
            }
            twin.Check();
            if (::testing::Test::HasFailure())
            {
                FAIL() << "step " << step;
            }
        }
        fromScratch += twin.m_share.GetCounters().fromScratch;
        remembered += twin.m_share.GetCounters().remembered;
    }
    EXPECT_EQ(fromScratch, 0U);
    EXPECT_GT(remembered, 100U);
}

/// @return ids, sorted
std::vector<uint32_t>
Sorted(const FairShare::Ids& ids)
{
    std::vector<uint32_t> sorted(ids.begin(), ids.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

/**
 * @param share solver
 * @param resources resources that a flow passes, each in full
 * @param count flows
 * @param weight of a flow
 * @return id of the class
 */
uint32_t
AddFlows(FairShare& share,
         const std::vector<uint32_t>& resources,
         uint32_t count,
         double weight = 1)
{
    Uses uses;
    for (const uint32_t resource : resources)
    {
        uses.push_back({resource, 1});
    }
    const uint32_t id = share.AddClass(uses.data(), uses.size(), weight);
    share.SetCount(id, count);
    return id;
}

// Bertsekas and Gallager, Data Networks, 2nd ed., section 6.5.2: all links have capacity 1; three
// sessions share one link and get 1/3 each, another one shares a link with one of these and gets
// 2/3, and the fifth one is alone on a link.
TEST(FairShare, TextbookOfBertsekasAndGallager)
{
    FairShare share;
    for (uint32_t link = 0; link < 4; ++link)
    {
        share.AddResource(1);
    }
    const uint32_t one = AddFlows(share, {0, 1}, 1);
    const uint32_t two = AddFlows(share, {1}, 1);
    const uint32_t three = AddFlows(share, {1, 2}, 1);
    const uint32_t four = AddFlows(share, {2}, 1);
    const uint32_t five = AddFlows(share, {3}, 1);
    EXPECT_EQ(Sorted(share.Solve()), (std::vector<uint32_t>{one, two, three, four, five}));
    EXPECT_DOUBLE_EQ(share.GetRate(one), 1.0 / 3);
    EXPECT_EQ(share.GetRate(two), share.GetRate(one));
    EXPECT_EQ(share.GetRate(three), share.GetRate(one));
    EXPECT_DOUBLE_EQ(share.GetRate(four), 2.0 / 3);
    EXPECT_DOUBLE_EQ(share.GetRate(five), 1);
    EXPECT_EQ(share.GetBottleneck(one), 1U);
    EXPECT_EQ(share.GetBottleneck(four), 2U);
    EXPECT_DOUBLE_EQ(share.GetLoad(0), 1.0 / 3);
    EXPECT_DOUBLE_EQ(share.GetLoad(1), 1);

    // One ends: the others on its link get a half, and the fourth gives way. The fifth stays.
    share.SetCount(two, 0);
    EXPECT_EQ(Sorted(share.Solve()), (std::vector<uint32_t>{one, three, four}));
    EXPECT_DOUBLE_EQ(share.GetRate(one), 0.5);
    EXPECT_DOUBLE_EQ(share.GetRate(three), 0.5);
    EXPECT_DOUBLE_EQ(share.GetRate(four), 0.5);
    EXPECT_EQ(share.GetRate(two), 0);
    EXPECT_EQ(share.GetBottleneck(two), FairShare::NONE);
}

TEST(FairShare, ParkingLot)
{
    // Each of ten links has two flows of its own, and one flow passes all of them.
    FairShare share;
    std::vector<uint32_t> all;
    for (uint32_t link = 0; link < 10; ++link)
    {
        all.push_back(share.AddResource(6));
    }
    const uint32_t longWay = AddFlows(share, all, 1);
    for (uint32_t link = 0; link < 10; ++link)
    {
        AddFlows(share, {link}, 2);
    }
    share.Solve();
    EXPECT_EQ(share.GetRate(longWay), 2);
    EXPECT_EQ(share.GetRate(longWay + 4), 2);

    // One link becomes narrow: what the long way gives up there, the others share.
    share.SetCapacity(7, 3);
    EXPECT_EQ(share.Solve().size, 11U);
    EXPECT_EQ(share.GetRate(longWay), 1);
    EXPECT_EQ(share.GetRate(longWay + 1), 2.5);
    EXPECT_EQ(share.GetRate(longWay + 8), 1);

    // It fails, and comes back.
    share.SetCapacity(7, 0);
    share.Solve();
    EXPECT_EQ(share.GetRate(longWay), 0);
    EXPECT_EQ(share.GetRate(longWay + 1), 3);
    EXPECT_EQ(share.GetRate(longWay + 8), 0);
    EXPECT_EQ(share.GetLoad(7), 0);
    share.SetCapacity(7, 6);
    share.Solve();
    EXPECT_EQ(share.GetRate(longWay), 2);
}

TEST(FairShare, WeightsAndCoefficients)
{
    FairShare share;
    const uint32_t link = share.AddResource(12);
    const uint32_t light = AddFlows(share, {link}, 2, 1);
    const uint32_t heavy = AddFlows(share, {link}, 1, 4);
    const FairShare::Use quarter{link, 0.25};
    const uint32_t sprayed = share.AddClass(&quarter, 1);
    share.SetCount(sprayed, 8);
    share.Solve();
    // 2 x + 4 x + 8 x / 4 = 12
    EXPECT_DOUBLE_EQ(share.GetRate(light), 1.5);
    EXPECT_DOUBLE_EQ(share.GetRate(heavy), 6);
    EXPECT_DOUBLE_EQ(share.GetRate(sprayed), 1.5);
    EXPECT_DOUBLE_EQ(share.GetLoad(link), 12);
    EXPECT_EQ(share.GetCapacity(link), 12);
    EXPECT_EQ(share.GetCount(sprayed), 8U);
}

TEST(FairShare, EqualFlowsHaveEqualBits)
{
    // All to all over 24 ports and 6 planes, each flow spread over the planes by thirds of thirds;
    // sums of such numbers depend on their order. One port after the other starts, then all again.
    constexpr uint32_t PORTS = 24;
    for (const bool isAtOnce : {true, false})
    {
        FairShare share;
        for (uint32_t port = 0; port < 2 * PORTS; ++port)
        {
            share.AddResource(0.7);
        }
        for (uint32_t plane = 0; plane < 9; ++plane)
        {
            share.AddResource(0.3);
        }
        std::vector<uint32_t> ids;
        for (uint32_t i = 0; i < PORTS * (PORTS - 1); ++i)
        {
            const uint32_t from = i % PORTS;
            Uses uses{{from, 1}, {PORTS + (from + 1 + i / PORTS) % PORTS, 1}};
            for (uint32_t plane = 0; plane < 9; ++plane)
            {
                uses.push_back({2 * PORTS + (plane + i) % 9, 1.0 / 9});
            }
            ids.push_back(share.AddClass(uses.data(), uses.size(), 1));
            share.SetCount(ids.back(), 3);
            if (!isAtOnce)
            {
                share.Solve();
            }
        }
        share.Solve();
        for (const uint32_t id : ids)
        {
            ASSERT_EQ(share.GetRate(id), share.GetRate(ids.front())) << id;
        }
        EXPECT_NEAR(share.GetRate(ids.front()), 9 * 0.3 / (3 * PORTS * (PORTS - 1)), 1e-15);
    }
}

TEST(FairShare, RatesDoNotDrift)
{
    // 200,000 flows of all sizes come and go beside three that stay.
    FairShare share;
    const uint32_t link = share.AddResource(1e12);
    const uint32_t other = share.AddResource(1e12 / 3);
    AddFlows(share, {link, other}, 3);
    share.Solve();
    const double rate = share.GetRate(0);
    std::mt19937 random(1);
    for (uint32_t k = 0; k < 10; ++k)
    {
        AddFlows(share, {link, other}, 0, std::pow(10.0, k - 5.0));
    }
    for (uint32_t k = 0; k < 200000; ++k)
    {
        share.SetCount(1 + random() % 10, random() % 3);
        share.Solve();
    }
    for (uint32_t id = 1; id <= 10; ++id)
    {
        share.SetCount(id, 0);
    }
    share.Solve();
    EXPECT_EQ(share.GetRate(0), rate);
    EXPECT_EQ(share.GetCounters().fromScratch, 0U);
}

TEST(FairShare, EndsWhereRoundingIsAllThereIs)
{
    // Sixty decades between coefficients: differences of loads are noise.
    uint64_t fromScratch = 0;
    for (uint32_t seed = 0; seed < 200; ++seed)
    {
        Twin twin(seed);
        for (uint32_t n = 0; n < 12; ++n)
        {
            twin.AddResource();
        }
        for (uint32_t n = 0; n < 30; ++n)
        {
            Uses uses = twin.DrawUses();
            for (FairShare::Use& use : uses)
            {
                use.coefficient = std::pow(10.0, static_cast<int>(twin.Draw(0, 60)) - 30);
            }
            twin.m_share.AddClass(uses.data(), uses.size());
        }
        for (uint32_t step = 0; step < 300; ++step)
        {
            twin.m_share.SetCount(twin.Draw(0, 29), twin.Draw(0, 2));
            twin.m_share.Solve();
        }
        fromScratch += twin.m_share.GetCounters().fromScratch;
        for (uint32_t id = 0; id < 30; ++id)
        {
            EXPECT_TRUE(twin.m_share.GetRate(id) >= 0) << id;
        }
    }
    EXPECT_GT(fromScratch, 0U);
}

} // namespace
