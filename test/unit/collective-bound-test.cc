/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-bound.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

constexpr double ALPHA = 1e6; ///< latency between any two ranks, ps
constexpr double RATE = 0.05; ///< of each rank, either way, byte/ps

/**
 * @param ranks ranks
 * @return a network without headers in which only the ranks' links are slow
 */
BoundInputs
MakeInputs(uint32_t ranks)
{
    BoundInputs inputs;
    inputs.mtuBytes = 1000;
    inputs.farPs = ALPHA;
    BoundPartition partition;
    partition.partOfRank.resize(ranks);
    std::iota(partition.partOfRank.begin(), partition.partOfRank.end(), 0);
    partition.parts.assign(ranks, {1, RATE, RATE});
    partition.alphaPs = ALPHA;
    inputs.partitions = {partition};
    return inputs;
}

/**
 * Put ranks into parts of equal size.
 * @param inputs gets the partition
 * @param parts number of parts
 * @param rate rate of each part, either way, byte/ps
 */
void
AddParts(BoundInputs& inputs, uint32_t parts, double rate)
{
    const auto ranks = static_cast<uint32_t>(inputs.partitions.front().parts.size());
    BoundPartition partition;
    for (uint32_t rank = 0; rank < ranks; ++rank)
    {
        partition.partOfRank.push_back(rank / (ranks / parts));
    }
    partition.parts.assign(parts, {ranks / parts, rate, rate});
    partition.alphaPs = 2 * ALPHA;
    inputs.partitions.push_back(partition);
}

/**
 * @param kind kind in words
 * @param ranks ranks
 * @param bytes size
 * @return the collective
 */
CollectiveSpec
MakeSpec(const std::string& kind, uint32_t ranks, uint64_t bytes)
{
    CollectiveSpec spec;
    spec.kind = ParseCollectiveKind(kind);
    spec.bytes = bytes;
    spec.group.resize(ranks);
    std::iota(spec.group.begin(), spec.group.end(), 0);
    return spec;
}

/**
 * @param kind kind in words
 * @param ranks ranks
 * @param bytes size
 * @param inputs network
 * @return the bound, ps
 */
double
GetPs(const std::string& kind, uint32_t ranks, uint64_t bytes, const BoundInputs& inputs)
{
    return GetCollectiveBound(MakeSpec(kind, ranks, bytes), inputs).timePs;
}

} // namespace

TEST(CollectiveBound, SpreadTimeOfEqualGapAndMessage)
{
    // Without latency, every rank that knows tells one more in each gap.
    for (uint32_t ranks : {1, 2, 3, 4, 5, 8, 9, 1000})
    {
        EXPECT_DOUBLE_EQ(GetSpreadTimePs(ranks, 0, 10), 10 * std::ceil(std::log2(ranks)));
    }
}

TEST(CollectiveBound, SpreadTimeWithLatency)
{
    EXPECT_DOUBLE_EQ(GetSpreadTimePs(1000, 77, 0), 77);
    // lambda = 2: Fibonacci's numbers, 1 1 2 3 5 8 13.
    EXPECT_DOUBLE_EQ(GetSpreadTimePs(2, 10, 10), 20);
    EXPECT_DOUBLE_EQ(GetSpreadTimePs(3, 10, 10), 30);
    EXPECT_DOUBLE_EQ(GetSpreadTimePs(5, 10, 10), 40);
    EXPECT_DOUBLE_EQ(GetSpreadTimePs(6, 10, 10), 50);
    EXPECT_DOUBLE_EQ(GetSpreadTimePs(13, 10, 10), 60);
    // So long a latency that the first rank tells all itself.
    EXPECT_DOUBLE_EQ(GetSpreadTimePs(11, 1000, 1), 1010);
}

TEST(CollectiveBound, EqualRanksGiveTheTextbookTerms)
{
    const double n = 8e6;
    const BoundInputs inputs = MakeInputs(8);
    const double beta = 1 / RATE;
    EXPECT_DOUBLE_EQ(GetPs("all-reduce", 8, 8000000, inputs), ALPHA + 2 * 7.0 / 8 * n * beta);
    EXPECT_DOUBLE_EQ(GetPs("reduce-scatter", 8, 8000000, inputs), ALPHA + 7.0 / 8 * n * beta);
    EXPECT_DOUBLE_EQ(GetPs("all-gather", 8, 8000000, inputs), ALPHA + 7.0 / 8 * n * beta);
    EXPECT_DOUBLE_EQ(GetPs("all-to-all", 8, 8000000, inputs), ALPHA + 7.0 / 8 * n * beta);
    EXPECT_DOUBLE_EQ(GetPs("broadcast", 8, 8000000, inputs), ALPHA + n * beta);
    EXPECT_DOUBLE_EQ(GetPs("barrier", 8, 0, inputs), ALPHA);
    for (const char* kind : {"all-reduce", "all-gather", "all-to-all", "broadcast"})
    {
        EXPECT_EQ(GetCollectiveBound(MakeSpec(kind, 8, 8000000), inputs).limit, BoundLimit::RANK);
    }
    EXPECT_EQ(GetCollectiveBound(MakeSpec("barrier", 8, 0), inputs).limit, BoundLimit::LATENCY);
}

TEST(CollectiveBound, HeadersCount)
{
    BoundInputs inputs = MakeInputs(2);
    inputs.headerBytes = 100;
    // Each rank sends its half, and the other one's sum: 2,500 bytes in three packets.
    EXPECT_DOUBLE_EQ(GetPs("all-to-all", 2, 5000, inputs), ALPHA + 2800 / RATE);
    EXPECT_DOUBLE_EQ(GetPs("all-reduce", 2, 2500, inputs), ALPHA + 2800 / RATE);
}

TEST(CollectiveBound, ASlowRankBinds)
{
    BoundInputs inputs = MakeInputs(4);
    inputs.partitions[0].parts[2].outRate = RATE / 100;
    // Its own vector has to leave; that of the root need not.
    EXPECT_DOUBLE_EQ(GetPs("all-reduce", 4, 4000, inputs), ALPHA + 4000 * 100 / RATE);
    EXPECT_DOUBLE_EQ(GetPs("all-gather", 4, 4000, inputs), ALPHA + 1000 * 100 / RATE);
    EXPECT_DOUBLE_EQ(GetPs("all-to-all", 4, 4000, inputs), ALPHA + 3000 * 100 / RATE);
    EXPECT_DOUBLE_EQ(GetPs("broadcast", 4, 4000, inputs), ALPHA + 4000 / RATE);
    CollectiveSpec spec = MakeSpec("broadcast", 4, 4000);
    spec.root = 2;
    EXPECT_DOUBLE_EQ(GetCollectiveBound(spec, inputs).timePs, ALPHA + 4000 * 100 / RATE);
}

TEST(CollectiveBound, CutsBind)
{
    BoundInputs inputs = MakeInputs(16);
    AddParts(inputs, 4, RATE);
    const double n = 16e6;
    const auto bound = [&](const char* kind) {
        const CollectiveBound found = GetCollectiveBound(MakeSpec(kind, 16, 16000000), inputs);
        EXPECT_EQ(found.limit, BoundLimit::CUT) << kind;
        return (found.timePs - 2 * ALPHA) * RATE / n;
    };
    EXPECT_NEAR(bound("all-to-all"), 4 * 12.0 / 16, 1e-12);
    GetPs("all-reduce", 16, 16000000, inputs);
    // A ring crosses each cut with 2 (p-1)/p n; 2 (m-1)/m n must. The ranks' links bind more.
    AddParts(inputs, 4, RATE / 2);
    EXPECT_NEAR(bound("all-reduce"), 2 * 2 * 3.0 / 4, 1e-12);
    EXPECT_NEAR(bound("reduce-scatter"), 2 * 3.0 / 4, 1e-12);
    EXPECT_NEAR(bound("all-gather"), 2 * 3.0 / 4, 1e-12);
    EXPECT_NEAR(bound("broadcast"), 2, 1e-12);
}

TEST(CollectiveBound, SmallVectorsLeaveRanksOut)
{
    // Three bytes for eight ranks: it is open who has none, so nobody has to send anything.
    BoundInputs inputs = MakeInputs(8);
    inputs.farPs = 5 * ALPHA;
    EXPECT_DOUBLE_EQ(GetPs("all-gather", 8, 3, inputs), ALPHA + 3 * 7.0 / 8 / RATE);
    EXPECT_DOUBLE_EQ(GetPs("all-gather", 8, 8, inputs), 5 * ALPHA);
    EXPECT_DOUBLE_EQ(GetPs("broadcast", 8, 3, inputs), 5 * ALPHA);
}

TEST(CollectiveBound, NoneWithoutAWay)
{
    BoundInputs inputs = MakeInputs(4);
    inputs.partitions[0].parts[1].inRate = 0;
    EXPECT_EQ(GetCollectiveBound(MakeSpec("all-reduce", 4, 100), inputs).limit, BoundLimit::NONE);
    EXPECT_TRUE(std::isnan(GetPs("all-reduce", 4, 100, inputs)));
    EXPECT_FALSE(std::isnan(GetPs("barrier", 4, 0, inputs)));
    inputs.partitions[0].alphaPs = INFINITY;
    EXPECT_TRUE(std::isnan(GetPs("barrier", 4, 0, inputs)));
    EXPECT_TRUE(std::isnan(GetPs("moe-dispatch", 4, 0, inputs)));
}

TEST(CollectiveBound, Moe)
{
    // Two ranks, two experts; every token goes to both, so that each rank sends one copy a token.
    BoundInputs inputs = MakeInputs(2);
    CollectiveSpec spec = MakeSpec("moe-dispatch", 2, 0);
    spec.moe.routing = {10, 2, 2, 0};
    spec.moe.dispatchBytes = 2000;
    spec.moe.combineBytes = 3000;
    spec.moe.expertTime = PicoSeconds(5000);
    const MoeTraffic traffic(2, spec.moe.routing, []() { return 0.5; });
    ASSERT_EQ(traffic.GetCopies(0, 1), 10u);
    EXPECT_DOUBLE_EQ(GetMoeBound(spec, traffic, inputs).timePs, ALPHA + 20000 / RATE);
    spec.kind = CollectiveKind::MOE_COMBINE;
    EXPECT_DOUBLE_EQ(GetMoeBound(spec, traffic, inputs).timePs, ALPHA + 30000 / RATE);
    spec.kind = CollectiveKind::MOE_LAYER;
    EXPECT_DOUBLE_EQ(GetMoeBound(spec, traffic, inputs).timePs, 2 * ALPHA + 5000 + 50000 / RATE);
    EXPECT_EQ(GetMoeBound(spec, traffic, inputs).limit, BoundLimit::RANK);
}
