/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-programs.h"
#include "ns3/collective-symmetry.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param kind kind
 * @param algorithm algorithm
 * @param ranks ranks
 * @param groupSize for hierarchical
 * @return a collective whose parts are of one size
 */
CollectiveSpec
MakeSpec(CollectiveKind kind, CollectiveAlgorithm algorithm, uint32_t ranks, uint32_t groupSize)
{
    CollectiveSpec spec;
    spec.kind = kind;
    spec.algorithm = algorithm;
    spec.bytes = kind == CollectiveKind::BARRIER ? 0 : uint64_t{48} * ranks;
    spec.reduceRate = ns3::DataRate("8Gbps");
    spec.groupSize = algorithm == CollectiveAlgorithm::HIERARCHICAL ? groupSize : 0;
    for (uint32_t i = 0; i < ranks; ++i)
    {
        spec.group.push_back(i);
    }
    return spec;
}

/// @return every kind that needs no traffic matrix
std::vector<CollectiveKind>
GetKinds()
{
    return {CollectiveKind::ALL_REDUCE,
            CollectiveKind::REDUCE_SCATTER,
            CollectiveKind::ALL_GATHER,
            CollectiveKind::ALL_TO_ALL,
            CollectiveKind::BROADCAST,
            CollectiveKind::BARRIER};
}

/**
 * Compare the programs of two ranks operation by operation.
 * @param spec collective
 * @param symmetry its symmetry
 * @param rank a rank
 * @param step how far away the other is
 */
void
ExpectAlike(const CollectiveSpec& spec,
            const CollectiveSymmetry& symmetry,
            uint32_t rank,
            uint32_t step)
{
    const auto ranks = static_cast<uint32_t>(spec.group.size());
    const auto move = [&](uint32_t r) {
        return symmetry.kind == TransferSymmetry::EXCHANGE ? r ^ step : (r + step) % ranks;
    };
    const auto one = MakeCollectiveProgram(spec, rank);
    const auto other = MakeCollectiveProgram(spec, move(rank));
    RankOp a;
    RankOp b;
    for (uint32_t i = 0;; ++i)
    {
        const bool isThere = one->Next(a);
        ASSERT_EQ(isThere, other->Next(b)) << "operation " << i;
        if (!isThere)
        {
            return;
        }
        ASSERT_EQ(a.kind, b.kind) << "operation " << i;
        ASSERT_EQ(a.bytes, b.bytes) << "operation " << i;
        ASSERT_EQ(a.durationPs, b.durationPs) << "operation " << i;
        ASSERT_EQ(a.tag, b.tag) << "operation " << i;
        ASSERT_EQ(a.afterAll, b.afterAll) << "operation " << i;
        ASSERT_EQ(a.nDependencies, b.nDependencies) << "operation " << i;
        for (uint32_t d = 0; d < a.nDependencies; ++d)
        {
            ASSERT_EQ(a.dependencies[d], b.dependencies[d]) << "operation " << i;
        }
        if (a.kind != RankOpKind::COMPUTE)
        {
            ASSERT_EQ(move(a.peer), b.peer) << "operation " << i;
        }
    }
}

/**
 * Compare the programs of all ranks that are said to be alike.
 * @param spec collective
 * @return false if none are
 */
bool
ExpectRanksAlike(const CollectiveSpec& spec)
{
    const CollectiveSymmetry symmetry = GetCollectiveSymmetry(spec);
    if (symmetry.kind == TransferSymmetry::NONE)
    {
        return false;
    }
    const auto ranks = static_cast<uint32_t>(spec.group.size());
    SCOPED_TRACE(ToString(spec.kind) + ", " + ToString(spec.GetAlgorithm()) + ", " +
                 std::to_string(ranks) + " ranks, " + std::to_string(spec.bytes) + " bytes");
    const bool isExchange = symmetry.kind == TransferSymmetry::EXCHANGE;
    for (uint32_t step = symmetry.multiple; step < ranks;
         step = isExchange ? 2 * step : step + symmetry.multiple)
    {
        for (uint32_t rank = 0; rank < ranks; ++rank)
        {
            ExpectAlike(spec, symmetry, rank, step);
        }
    }
    return true;
}

TEST(CollectiveSymmetry, RanksThatAreSaidToBeAlikeAre)
{
    uint32_t nSymmetric = 0;
    uint32_t nUnequal = 0;
    for (const CollectiveKind kind : GetKinds())
    {
        for (const CollectiveAlgorithm algorithm : GetAlgorithms(kind))
        {
            for (const uint32_t ranks : {2, 6, 8, 12, 16, 24, 32})
            {
                // More bytes than make parts of one size: none, one and some.
                for (const uint32_t more : {0U, 1U, ranks / 2, ranks / 3 * 2, ranks / 4 * 3})
                {
                    CollectiveSpec spec = MakeSpec(kind, algorithm, ranks, 2);
                    spec.bytes += kind == CollectiveKind::BARRIER ? 0 : more;
                    const bool isAlike = ExpectRanksAlike(spec);
                    nSymmetric += isAlike && more == 0 ? 1 : 0;
                    nUnequal += isAlike && more != 0 ? 1 : 0;
                }
            }
        }
    }
    // Nine algorithms, of which the four that exchange do so for powers of two alone.
    EXPECT_GE(nSymmetric, 9 * 4u);
    EXPECT_GE(nUnequal, 9 * 4u);
}

TEST(CollectiveSymmetry, UnequalPartsAndTreesHaveNone)
{
    CollectiveSpec spec = MakeSpec(CollectiveKind::ALL_REDUCE, CollectiveAlgorithm::RING, 8, 0);
    EXPECT_EQ(GetCollectiveSymmetry(spec).kind, TransferSymmetry::ROTATION);
    ++spec.bytes;
    EXPECT_EQ(GetCollectiveSymmetry(spec).kind, TransferSymmetry::NONE);
    for (const CollectiveAlgorithm algorithm : GetAlgorithms(CollectiveKind::BROADCAST))
    {
        const CollectiveSpec tree = MakeSpec(CollectiveKind::BROADCAST, algorithm, 8, 0);
        EXPECT_EQ(GetCollectiveSymmetry(tree).kind, TransferSymmetry::NONE);
    }
    spec = MakeSpec(CollectiveKind::ALL_REDUCE, CollectiveAlgorithm::HALVING_DOUBLING, 12, 0);
    EXPECT_EQ(GetCollectiveSymmetry(spec).kind, TransferSymmetry::NONE);
}

TEST(CollectiveSymmetry, AtOnceEveryRankHasTheSameForEveryOther)
{
    CollectiveSpec spec =
        MakeSpec(CollectiveKind::ALL_TO_ALL, CollectiveAlgorithm::ALL_AT_ONCE, 6, 0);
    EXPECT_EQ(GetCollectiveSymmetry(spec).operationsAtOnce, 2 * 5U);
    for (uint32_t rank = 0; rank < 6; ++rank)
    {
        const auto program = MakeCollectiveProgram(spec, rank);
        std::multiset<uint32_t> to;
        std::multiset<uint32_t> from;
        uint32_t operations = 0;
        for (RankOp op; program->Next(op); ++operations)
        {
            EXPECT_EQ(op.bytes, 48U);
            EXPECT_EQ(op.tag, 1U);
            EXPECT_EQ(op.nDependencies, 0U);
            EXPECT_EQ(op.afterAll, 0U);
            (op.kind == RankOpKind::SEND ? to : from).insert(op.peer);
        }
        std::multiset<uint32_t> others{0, 1, 2, 3, 4, 5};
        others.erase(rank);
        EXPECT_EQ(to, others);
        EXPECT_EQ(from, others);
        EXPECT_EQ(operations, 2 * 5U);
    }
    spec.bytes += 3;
    EXPECT_EQ(GetCollectiveSymmetry(spec).operationsAtOnce, 0U);
    spec = MakeSpec(CollectiveKind::ALL_TO_ALL, CollectiveAlgorithm::PAIRWISE, 6, 0);
    EXPECT_EQ(GetCollectiveSymmetry(spec).operationsAtOnce, 0U);
}

TEST(TransferSymmetry, SendersAreImages)
{
    TransferSymmetry symmetry;
    symmetry.period = 4;
    symmetry.endpoints.resize(16);
    for (const auto kind : {TransferSymmetry::ROTATION, TransferSymmetry::EXCHANGE})
    {
        symmetry.kind = kind;
        for (uint32_t from = 0; from < 16; ++from)
        {
            for (uint32_t to = 0; to < 16; ++to)
            {
                // The permutation that brings the receiver to its stand-in brings the sender along.
                const uint32_t moved = to - symmetry.Fold(to);
                const uint32_t sender = symmetry.GetSender(from, to);
                const uint32_t back =
                    kind == TransferSymmetry::EXCHANGE ? sender ^ moved : (sender + moved) % 16;
                EXPECT_EQ(back, from);
                EXPECT_LT(sender, 16u);
            }
        }
    }
}

} // namespace
