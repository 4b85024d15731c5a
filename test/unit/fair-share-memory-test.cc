/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/fair-share.h"

#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

using Uses = std::vector<FairShare::Use>;

/// Ports in a ring, and flows from each to the next, to the second next and to the third.
class Ring
{
  public:
    static constexpr uint32_t SIZE = 64; ///< ports

    /// @param share gets the resources and classes
    explicit Ring(FairShare& share)
        : m_share(share)
    {
        for (uint32_t port = 0; port < 2 * SIZE; ++port)
        {
            share.AddResource(port % 7 + 3);
        }
        for (uint32_t shift = 1; shift <= 3; ++shift)
        {
            for (uint32_t port = 0; port < SIZE; ++port)
            {
                const Uses uses{{port, 1}, {SIZE + (port + shift) % SIZE, 1}};
                share.AddClass(uses.data(), uses.size(), 1 + port % 3);
            }
        }
    }

    /**
     * @param shift which flows, 1 to 3
     * @param count of each
     */
    void SetCounts(uint32_t shift, uint32_t count)
    {
        for (uint32_t port = 0; port < SIZE; ++port)
        {
            m_share.SetCount((shift - 1) * SIZE + port, count);
        }
    }

    /// @return rates of all classes
    std::vector<double> GetRates() const
    {
        std::vector<double> rates;
        for (uint32_t id = 0; id < 3 * SIZE; ++id)
        {
            rates.push_back(m_share.GetRate(id));
        }
        return rates;
    }

  private:
    FairShare& m_share; ///< the solver
};

TEST(FairShareMemory, DoesNothingWhereNothingChangesInNet)
{
    FairShare share;
    Ring ring(share);
    ring.SetCounts(1, 2);
    share.Solve();
    const uint64_t levels = share.GetCounters().levels;
    EXPECT_GT(levels, 0U);
    ring.SetCounts(1, 0);
    ring.SetCounts(2, 5);
    share.SetCapacity(3, 77);
    const double capacity = 3 % 7 + 3;
    share.SetCapacity(3, capacity);
    share.SetWeight(5, 1 + 5 % 3);
    const Uses same{{9, 1}, {Ring::SIZE + 10, 1}};
    share.SetUses(9, same.data(), same.size());
    ring.SetCounts(2, 0);
    ring.SetCounts(1, 2);
    EXPECT_EQ(share.Solve().size, 0U);
    EXPECT_EQ(share.Solve().size, 0U);
    EXPECT_EQ(share.GetCounters().unchanged, 2U);
    EXPECT_EQ(share.GetCounters().levels, levels);
}

TEST(FairShareMemory, RemembersWhatComesBack)
{
    FairShare share;
    Ring ring(share);
    std::vector<std::vector<double>> rates(4);
    uint64_t levels = 0;
    for (uint32_t round = 0; round < 12; ++round)
    {
        const uint32_t shift = 1 + round % 3;
        ring.SetCounts(shift, shift);
        EXPECT_EQ(share.Solve().size, Ring::SIZE);
        if (round < 3)
        {
            rates[shift] = ring.GetRates();
            levels = share.GetCounters().levels;
        }
        EXPECT_EQ(ring.GetRates(), rates[shift]);
        double load = 0;
        for (uint32_t port = 0; port < Ring::SIZE; ++port)
        {
            load += share.GetLoad(port);
        }
        double sum = 0;
        for (const double rate : rates[shift])
        {
            sum += rate * shift;
        }
        EXPECT_NEAR(load, sum, 1e-9);
        ring.SetCounts(shift, 0);
        if (round % 2)
        {
            EXPECT_EQ(share.Solve().size, 0U);
            EXPECT_EQ(share.GetLoad(0), 0);
        }
    }
    EXPECT_EQ(share.GetCounters().levels, levels);
    EXPECT_GE(share.GetCounters().remembered, 9U);

    // What has changed since is not in the memory: it goes on from there.
    ring.SetCounts(2, 2);
    share.SetCount(0, 1);
    share.Solve();
    EXPECT_NE(ring.GetRates(), rates[2]);
    share.SetCount(0, 0);
    share.Solve();
    const std::vector<double> back = ring.GetRates();
    for (uint32_t id = 0; id < back.size(); ++id)
    {
        EXPECT_NEAR(back[id], rates[2][id], 1e-12);
    }

    // Another capacity: all is forgotten.
    ring.SetCounts(2, 0);
    share.Solve();
    share.SetCapacity(0, 0.5);
    share.Solve();
    ring.SetCounts(1, 1);
    share.Solve();
    EXPECT_EQ(share.GetRate(0), 0.5);
}

TEST(FairShareMemory, MemoryIsBounded)
{
    FairShare share;
    Ring ring(share);
    constexpr size_t CLASSES = 5 * Ring::SIZE;
    share.SetMemory(CLASSES);
    for (uint32_t count = 1; count < 200; ++count)
    {
        ring.SetCounts(1, count);
        share.Solve();
        EXPECT_LE(share.GetMemoryBytes(), CLASSES * 24 + 4096 * 24);
    }
    EXPECT_EQ(share.GetCounters().remembered, 0U);
    // The newest five are there, the oldest are not.
    for (uint32_t count = 195; count < 200; ++count)
    {
        ring.SetCounts(1, count);
        share.Solve();
    }
    EXPECT_EQ(share.GetCounters().remembered, 5U);
    ring.SetCounts(1, 1);
    share.Solve();
    EXPECT_EQ(share.GetCounters().remembered, 5U);
    share.SetMemory(0);
    EXPECT_EQ(share.GetMemoryBytes(), 4096 * 24U);
    ring.SetCounts(1, 2);
    share.Solve();
    ring.SetCounts(1, 1);
    share.Solve();
    EXPECT_EQ(share.GetCounters().remembered, 5U);
}

} // namespace
