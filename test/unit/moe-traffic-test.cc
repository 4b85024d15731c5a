/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/moe-program.h"
#include "ns3/moe-traffic-source.h"
#include "ns3/moe-traffic.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <random>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param seed any number
 * @return a source of random numbers in [0, 1)
 */
std::function<double()>
MakeUniform(uint32_t seed)
{
    auto random = std::make_shared<std::mt19937_64>(seed);
    return [random]() { return static_cast<double>((*random)() >> 11) * 0x1.0p-53; };
}

TEST(MoeTraffic, RowsAndExpertsAddUp)
{
    for (const double skew : {0.0, 1.2, 10.0})
    {
        for (const uint32_t ranks : {3U, 16U, 64U, 384U})
        {
            const MoeRouting routing{32, 8, 100, skew};
            const MoeTraffic traffic(ranks, routing, MakeUniform(ranks));
            uint64_t total = 0;
            for (uint32_t s = 0; s < ranks; ++s)
            {
                uint64_t row = 0;
                for (uint32_t d = 0; d < ranks; ++d)
                {
                    row += traffic.GetCopies(s, d);
                }
                ASSERT_EQ(row, 32U * 8U);
                total += row;
            }
            std::vector<uint64_t> atHome(ranks);
            for (uint32_t e = 0; e < routing.experts; ++e)
            {
                // Every token picks an expert at most once.
                ASSERT_LE(traffic.GetExpertLoad(e), uint64_t{32} * ranks);
                atHome[MoeTraffic::GetHome(e, routing.experts, ranks)] += traffic.GetExpertLoad(e);
                total -= traffic.GetExpertLoad(e);
            }
            EXPECT_EQ(total, 0U);
            for (uint32_t d = 0; d < ranks; ++d)
            {
                uint64_t column = 0;
                for (uint32_t s = 0; s < ranks; ++s)
                {
                    column += traffic.GetCopies(s, d);
                }
                ASSERT_EQ(column, atHome[d]);
            }
        }
    }
}

TEST(MoeTraffic, ATokenPicksEveryExpertAtMostOnce)
{
    // One token and one expert per rank: a row holds nothing but zeros and ones.
    for (const double skew : {0.0, 3.0})
    {
        const MoeTraffic traffic(64, {1, 8, 64, skew}, MakeUniform(9));
        for (uint32_t s = 0; s < 64; ++s)
        {
            for (uint32_t d = 0; d < 64; ++d)
            {
                ASSERT_LE(traffic.GetCopies(s, d), 1U);
            }
        }
    }
    // As many picks as experts: everybody gets every token, however uneven the popularity.
    const MoeTraffic all(4, {10, 16, 16, 10.0}, MakeUniform(1));
    for (uint32_t e = 0; e < 16; ++e)
    {
        EXPECT_EQ(all.GetExpertLoad(e), 40U);
    }
}

TEST(MoeTraffic, HomesAreBlocks)
{
    std::map<uint32_t, uint32_t> experts;
    for (uint32_t e = 0; e < 256; ++e)
    {
        EXPECT_EQ(MoeTraffic::GetHome(e, 256, 64), e / 4);
        EXPECT_EQ(MoeTraffic::GetHome(e, 256, 256), e);
        ++experts[MoeTraffic::GetHome(e, 256, 384)];
        EXPECT_LT(MoeTraffic::GetHome(e, 256, 384), 384U);
    }
    EXPECT_EQ(experts.size(), 256U);
}

TEST(MoeTraffic, WithoutSkewExpertsAreEquallyPopular)
{
    const uint32_t experts = 64;
    // One pick per token, so that picks are independent and chi-square applies.
    const MoeTraffic traffic(100, {640, 1, experts, 0.0}, MakeUniform(3));
    const double expected = 100.0 * 640 / experts;
    double chiSquare = 0;
    for (uint32_t e = 0; e < experts; ++e)
    {
        const double difference = traffic.GetExpertLoad(e) - expected;
        chiSquare += difference * difference / expected;
    }
    // 63 degrees of freedom: quantiles 0.0005 and 0.9995.
    EXPECT_GT(chiSquare, 31.0);
    EXPECT_LT(chiSquare, 107.0);
}

TEST(MoeTraffic, PopularityFollowsZipf)
{
    const uint32_t experts = 32;
    const double skew = 1.0;
    const MoeTraffic traffic(200, {1000, 1, experts, skew}, MakeUniform(4));
    std::vector<uint64_t> loads;
    double sum = 0;
    for (uint32_t e = 0; e < experts; ++e)
    {
        loads.push_back(traffic.GetExpertLoad(e));
        sum += std::pow(e + 1.0, -skew);
    }
    std::sort(loads.rbegin(), loads.rend());
    for (const uint32_t i : {0U, 1U, 3U, 7U})
    {
        const double expected = 200000 * std::pow(i + 1.0, -skew) / sum;
        EXPECT_NEAR(loads[i], expected, 5 * std::sqrt(expected)) << "expert " << i;
    }
    EXPECT_NEAR(static_cast<double>(loads[0]) / loads[1], 2.0, 0.1);
}

TEST(MoeTraffic, PopularExpertsChangeFromMatrixToMatrix)
{
    const auto uniform = MakeUniform(4);
    std::map<uint32_t, uint32_t> hottest;
    for (uint32_t i = 0; i < 20; ++i)
    {
        const MoeTraffic traffic(8, {100, 2, 32, 1.5}, uniform);
        uint32_t best = 0;
        for (uint32_t e = 1; e < 32; ++e)
        {
            best = traffic.GetExpertLoad(e) > traffic.GetExpertLoad(best) ? e : best;
        }
        ++hottest[best];
    }
    EXPECT_GT(hottest.size(), 6U);
}

/**
 * @param a matrix
 * @param b matrix
 * @return whether they are the same
 */
bool
IsSame(const MoeTraffic& a, const MoeTraffic& b)
{
    for (uint32_t s = 0; s < a.GetNRanks(); ++s)
    {
        for (uint32_t d = 0; d < a.GetNRanks(); ++d)
        {
            if (a.GetCopies(s, d) != b.GetCopies(s, d))
            {
                return false;
            }
        }
    }
    return true;
}

TEST(MoeTrafficSource, SameStreamSameMatrices)
{
    const MoeRouting routing{64, 4, 32, 0.8};
    MoeTrafficSource a(8, routing);
    MoeTrafficSource b(8, routing);
    MoeTrafficSource other(8, routing);
    for (MoeTrafficSource* source : {&a, &b, &other})
    {
        source->AddUser();
        EXPECT_EQ(source->AssignStreams(source == &other ? 43 : 42), 1);
    }
    // Who comes first does not matter: b is asked for iteration 1 before all have 0.
    std::vector<std::shared_ptr<const MoeTraffic>> fromA{a.Take(0), a.Take(1)};
    std::vector<std::shared_ptr<const MoeTraffic>> fromB{b.Take(0), b.Take(1)};
    EXPECT_TRUE(IsSame(*fromA[0], *fromB[0]));
    EXPECT_TRUE(IsSame(*fromA[1], *fromB[1]));
    EXPECT_FALSE(IsSame(*fromA[0], *fromA[1]));
    EXPECT_FALSE(IsSame(*fromA[0], *other.Take(0)));
    EXPECT_EQ(a.Take(0), fromA[0]);
}

TEST(MoeTrafficSource, ForgetsWhatAllHaveTaken)
{
    MoeTrafficSource source(2, {4, 2, 4, 0.0});
    source.AddUser();
    source.AddUser();
    std::weak_ptr<const MoeTraffic> first = source.Take(0);
    source.Take(1);
    source.Take(0);
    source.Take(0);
    EXPECT_FALSE(first.expired());
    source.Take(0);
    EXPECT_TRUE(first.expired());
    EXPECT_NE(source.Take(1), nullptr);
}

TEST(MoeProgram, CombineIsTheTransposeOfDispatch)
{
    const uint32_t ranks = 24;
    // Few tokens, so that some pairs have nothing for each other.
    const auto traffic =
        std::make_shared<MoeTraffic>(ranks, MoeRouting{3, 2, 48, 0.5}, MakeUniform(8));
    std::map<std::pair<uint32_t, uint32_t>, uint64_t> there;
    std::map<std::pair<uint32_t, uint32_t>, uint64_t> back;
    std::map<std::pair<uint32_t, uint32_t>, uint64_t> received;
    for (uint32_t rank = 0; rank < ranks; ++rank)
    {
        const ProgramShape shape{rank, ranks, 0, 0};
        MoeProgram dispatch(shape, traffic, MoeProgram::Direction::DISPATCH, 10);
        MoeProgram combine(shape, traffic, MoeProgram::Direction::COMBINE, 30);
        uint64_t sends = 0;
        RankOp op;
        while (dispatch.Next(op))
        {
            (op.kind == RankOpKind::SEND ? there[{rank, op.peer}] : received[{op.peer, rank}]) =
                op.bytes;
            sends += op.kind == RankOpKind::SEND;
            op = RankOp();
        }
        EXPECT_EQ(sends, dispatch.GetTransferCount());
        while (combine.Next(op))
        {
            if (op.kind == RankOpKind::SEND)
            {
                back[{op.peer, rank}] = op.bytes;
            }
            op = RankOp();
        }
    }
    EXPECT_EQ(there, received);
    ASSERT_EQ(there.size(), back.size());
    EXPECT_LT(there.size(), ranks * (ranks - 1));
    for (const auto& [pair, bytes] : there)
    {
        EXPECT_EQ(bytes, 10 * traffic->GetCopies(pair.first, pair.second));
        EXPECT_NE(pair.first, pair.second);
        EXPECT_EQ(back.at(pair), 3 * bytes);
    }
}

} // namespace
