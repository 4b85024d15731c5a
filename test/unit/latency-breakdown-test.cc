/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/latency-breakdown.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <set>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

struct Packet
{
    uint64_t totalPs;
    LatencyParts partsPs;
};

std::vector<Packet>
MakePackets(std::size_t count, uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> size(10, 2);
    std::vector<Packet> packets(count);
    for (Packet& packet : packets)
    {
        for (uint64_t& part : packet.partsPs)
        {
            part = static_cast<uint64_t>(size(random));
        }
        packet.totalPs = std::accumulate(packet.partsPs.begin(), packet.partsPs.end(), uint64_t{0});
    }
    return packets;
}

LatencyBreakdown
MakeBreakdown(const std::vector<Packet>& packets)
{
    LatencyBreakdown breakdown;
    for (const Packet& packet : packets)
    {
        breakdown.Record(packet.totalPs, packet.partsPs);
    }
    return breakdown;
}

/// The averages over all packets at or above a threshold, one by one.
void
ExpectAverages(const LatencyBreakdown::Averages& averages, const std::vector<Packet>& packets)
{
    uint64_t count = 0;
    double total = 0;
    std::array<double, LATENCY_PARTS> parts{};
    for (const Packet& packet : packets)
    {
        if (packet.totalPs >= averages.thresholdPs)
        {
            ++count;
            total += static_cast<double>(packet.totalPs);
            for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
            {
                parts[i] += static_cast<double>(packet.partsPs[i]);
            }
        }
    }
    ASSERT_EQ(averages.count, count);
    EXPECT_NEAR(averages.totalPs, total / count, 1e-12 * total / count);
    double sum = 0;
    for (std::size_t i = 0; i < LATENCY_PARTS; ++i)
    {
        EXPECT_NEAR(averages.partsPs[i], parts[i] / count, 1e-12 * total / count) << i;
        sum += averages.partsPs[i];
    }
    EXPECT_NEAR(sum, averages.totalPs, 1e-12 * averages.totalPs);
}

void
ExpectSame(const LatencyBreakdown& a, const LatencyBreakdown& b)
{
    std::vector<LatencyBreakdown::Group> groups;
    a.ForEachGroup([&](const LatencyBreakdown::Group& group) { groups.push_back(group); });
    std::size_t i = 0;
    b.ForEachGroup([&](const LatencyBreakdown::Group& group) {
        ASSERT_LT(i, groups.size());
        EXPECT_EQ(group.lowerPs, groups[i].lowerPs);
        EXPECT_EQ(group.upperPs, groups[i].upperPs);
        EXPECT_EQ(group.count, groups[i].count);
        EXPECT_EQ(group.totalPs, groups[i].totalPs);
        EXPECT_EQ(group.partsPs, groups[i].partsPs);
        ++i;
    });
    EXPECT_EQ(i, groups.size());
}

} // namespace

TEST(LatencyBreakdown, MeanIsTheExactAverage)
{
    const std::vector<Packet> packets = MakePackets(20000, 1);
    const LatencyBreakdown breakdown = MakeBreakdown(packets);
    EXPECT_EQ(breakdown.GetCount(), packets.size());
    const LatencyBreakdown::Averages mean = breakdown.Mean();
    EXPECT_EQ(mean.count, packets.size());
    EXPECT_EQ(mean.thresholdPs, 0u);
    ExpectAverages(mean, packets);
}

TEST(LatencyBreakdown, TailHoldsTheSlowestPackets)
{
    std::vector<Packet> packets = MakePackets(20000, 2);
    const LatencyBreakdown breakdown = MakeBreakdown(packets);
    std::sort(packets.begin(), packets.end(), [](const Packet& a, const Packet& b) {
        return a.totalPs < b.totalPs;
    });
    for (const double p : {0.0, 0.5, 0.9, 0.99, 0.999, 1.0})
    {
        const LatencyBreakdown::Averages tail = breakdown.Tail(p);
        ExpectAverages(tail, packets);
        const auto rank =
            std::max<std::size_t>(1, static_cast<std::size_t>(p * 20000 + 0.5)); // exact here
        const uint64_t quantile = packets[rank - 1].totalPs;
        EXPECT_LE(tail.thresholdPs, quantile) << p;
        EXPECT_GE(tail.thresholdPs + tail.thresholdPs / 32 + 1, quantile) << p;
        EXPECT_GE(tail.count, 20000 - rank + 1) << p;
    }
}

TEST(LatencyBreakdown, TailNamesTheCulprit)
{
    LatencyBreakdown breakdown;
    for (int i = 0; i < 990; ++i)
    {
        LatencyParts parts{};
        parts[PROPAGATION] = 1000000;
        breakdown.Record(1000000, parts);
    }
    for (int i = 0; i < 10; ++i)
    {
        LatencyParts parts{};
        parts[PROPAGATION] = 1000000;
        parts[RETRY] = 4000000;
        breakdown.Record(5000000, parts);
    }
    const LatencyBreakdown::Averages tail = breakdown.Tail(0.995);
    EXPECT_EQ(tail.count, 10u);
    EXPECT_DOUBLE_EQ(tail.totalPs, 5e6);
    EXPECT_DOUBLE_EQ(tail.partsPs[PROPAGATION], 1e6);
    EXPECT_DOUBLE_EQ(tail.partsPs[RETRY], 4e6);
    EXPECT_DOUBLE_EQ(tail.partsPs[QUEUE], 0);
    EXPECT_DOUBLE_EQ(breakdown.Mean().partsPs[RETRY], 4e4);
}

TEST(LatencyBreakdown, MergingEqualsRecordingAll)
{
    const std::vector<Packet> a = MakePackets(3000, 3);
    const std::vector<Packet> b = MakePackets(50, 4);
    std::vector<Packet> both = a;
    both.insert(both.end(), b.begin(), b.end());
    LatencyBreakdown merged = MakeBreakdown(a);
    merged.Merge(MakeBreakdown(b));
    ExpectSame(merged, MakeBreakdown(both));

    LatencyBreakdown twice = MakeBreakdown(a);
    twice.Merge(twice);
    std::vector<Packet> doubled = a;
    doubled.insert(doubled.end(), a.begin(), a.end());
    ExpectSame(twice, MakeBreakdown(doubled));

    twice.Clear();
    EXPECT_EQ(twice.GetCount(), 0u);
}

TEST(LatencyBreakdown, SumsBeyond64BitsStayExact)
{
    const uint64_t big = (uint64_t{1} << 62) + 1;
    LatencyBreakdown breakdown;
    LatencyParts parts{};
    parts[QUEUE] = big - 5;
    parts[FEC] = 5;
    for (int i = 0; i < 1000; ++i)
    {
        breakdown.Record(big, parts);
    }
    WideSum expected;
    expected.AddProduct(big, 1000);
    WideSum fec;
    fec.Add(5000);
    const auto check = [&](const LatencyBreakdown& what) {
        int groups = 0;
        what.ForEachGroup([&](const LatencyBreakdown::Group& group) {
            ++groups;
            EXPECT_EQ(group.totalPs, expected);
            EXPECT_EQ(group.partsPs[FEC], fec);
        });
        EXPECT_EQ(groups, 1);
    };
    check(breakdown);
    EXPECT_DOUBLE_EQ(breakdown.Mean().totalPs, static_cast<double>(big));
    EXPECT_DOUBLE_EQ(breakdown.Mean().partsPs[FEC], 5.0);

    LatencyBreakdown once;
    once.Record(big, parts);
    breakdown.Merge(once);
    expected.Add(big);
    fec.Add(5);
    check(breakdown);
    breakdown.Merge(breakdown);
    expected.Add(WideSum(expected));
    fec.Add(WideSum(fec));
    check(breakdown);
}

TEST(LatencyBreakdown, EmptyAndZero)
{
    LatencyBreakdown breakdown;
    EXPECT_EQ(breakdown.Mean().count, 0u);
    EXPECT_EQ(breakdown.Tail(0.99).count, 0u);
    EXPECT_EQ(breakdown.Tail(0.99).totalPs, 0.0);
    breakdown.Record(0, LatencyParts{});
    EXPECT_EQ(breakdown.Mean().count, 1u);
    EXPECT_EQ(breakdown.Tail(1).count, 1u);
}

TEST(LatencyBreakdown, EveryPartHasItsOwnName)
{
    std::set<std::string> names;
    for (uint8_t i = 0; i < LATENCY_PARTS; ++i)
    {
        const std::string name = GetLatencyPartName(static_cast<LatencyPart>(i));
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos);
        names.insert(name);
    }
    EXPECT_EQ(names.size(), 10u);
    EXPECT_STREQ(GetLatencyPartName(CREDIT_STALL), "credit_stall");
}

TEST(LatencyBreakdownDeathTest, RefusesWhatHasNoAnswer)
{
    LatencyBreakdown breakdown;
    EXPECT_DEATH(breakdown.Tail(-0.1), "allowed is 0 to 1");
    EXPECT_DEATH(GetLatencyPartName(LATENCY_PARTS), "allowed is 0 to 9");
}
