/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "../sanitized-rounds.h"
#include "symbolic-run.h"

#include "ns3/byte-range.h"
#include "ns3/collective-programs.h"
#include "ns3/double-binary-tree-program.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <utility>
#include <vector>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::workloadtest;

namespace
{

/// Which collective, with how many ranks.
struct ProgramCase
{
    CollectiveKind kind;           ///< kind
    CollectiveAlgorithm algorithm; ///< algorithm
    uint32_t ranks;                ///< ranks
    uint32_t groupSize;            ///< for hierarchical
};

/**
 * @param c case
 * @param bytes size of the buffer
 * @return the collective
 */
CollectiveSpec
MakeSpec(const ProgramCase& c, uint64_t bytes)
{
    CollectiveSpec spec;
    spec.kind = c.kind;
    spec.algorithm = c.algorithm;
    spec.bytes = c.kind == CollectiveKind::BARRIER ? 0 : bytes;
    for (uint32_t i = 0; i < c.ranks; ++i)
    {
        spec.group.push_back(i);
    }
    spec.groupSize = c.groupSize;
    if (c.kind == CollectiveKind::BROADCAST)
    {
        spec.root = c.ranks / 3;
    }
    if (c.algorithm == CollectiveAlgorithm::DOUBLE_BINARY_TREE ||
        c.algorithm == CollectiveAlgorithm::CHAIN)
    {
        spec.chunkBytes = 7;
    }
    return spec;
}

/// A kind and one of its algorithms.
using KindAndAlgorithm = std::pair<CollectiveKind, CollectiveAlgorithm>;

/// @return every algorithm of every kind
std::vector<KindAndAlgorithm>
GetAllAlgorithms()
{
    std::vector<KindAndAlgorithm> all;
    for (const auto kind : {CollectiveKind::ALL_REDUCE,
                            CollectiveKind::REDUCE_SCATTER,
                            CollectiveKind::ALL_GATHER,
                            CollectiveKind::ALL_TO_ALL,
                            CollectiveKind::BROADCAST,
                            CollectiveKind::BARRIER})
    {
        for (const auto algorithm : GetAlgorithms(kind))
        {
            all.emplace_back(kind, algorithm);
        }
    }
    return all;
}

/**
 * @param what kind and algorithm
 * @return the cases of 2 to 17 ranks that it allows
 */
std::vector<ProgramCase>
GetCases(const KindAndAlgorithm& what)
{
    std::vector<ProgramCase> cases;
    for (uint32_t ranks = 2; ranks <= 17; ++ranks)
    {
        if (what.second == CollectiveAlgorithm::HIERARCHICAL)
        {
            for (uint32_t g = 2; g < ranks; ++g)
            {
                if (ranks % g == 0)
                {
                    cases.push_back({what.first, what.second, ranks, g});
                }
            }
        }
        else if (what.second != CollectiveAlgorithm::RECURSIVE_DOUBLING ||
                 (ranks & (ranks - 1)) == 0)
        {
            cases.push_back({what.first, what.second, ranks, 0});
        }
    }
    return cases;
}

class CollectiveProgramTest : public testing::TestWithParam<KindAndAlgorithm>
{
  protected:
    /**
     * @param run run to prepare: everybody gets what the collective starts with
     */
    static void Fill(SymbolicRun& run)
    {
        const CollectiveSpec& spec = run.m_spec;
        for (uint32_t rank = 0; rank < run.m_ranks; ++rank)
        {
            const ByteRange part = PartOf(spec.bytes, rank, run.m_ranks);
            for (uint64_t b = 0; b < run.m_size; ++b)
            {
                const bool isMine = b >= part.offset && b < part.offset + part.bytes;
                run.m_buffers[rank][b][rank] =
                    (spec.kind != CollectiveKind::ALL_GATHER || isMine) &&
                    (spec.kind != CollectiveKind::BROADCAST || rank == spec.root);
            }
        }
    }

    /**
     * @param run run that has ended: everybody must have what the collective promises
     */
    static void Check(const SymbolicRun& run)
    {
        const CollectiveSpec& spec = run.m_spec;
        const uint32_t p = run.m_ranks;
        for (uint32_t rank = 0; rank < p; ++rank)
        {
            if (spec.kind == CollectiveKind::ALL_TO_ALL)
            {
                const ByteRange part = PartOf(spec.bytes, rank, p);
                ASSERT_EQ(run.m_received[rank].size(), p - 1);
                for (const auto& [sender, range] : run.m_received[rank])
                {
                    ASSERT_EQ(range.offset, part.offset) << sender << " to " << rank;
                    ASSERT_EQ(range.bytes, part.bytes) << sender << " to " << rank;
                }
                continue;
            }
            uint32_t owner = 0;
            for (uint64_t b = 0; b < run.m_size; ++b)
            {
                while (b < spec.bytes && b >= PartBegin(spec.bytes, owner + 1, p))
                {
                    ++owner;
                }
                if (spec.kind == CollectiveKind::REDUCE_SCATTER && owner != rank)
                {
                    continue;
                }
                for (uint32_t r = 0; r < p; ++r)
                {
                    uint32_t expected = 1;
                    if (spec.kind == CollectiveKind::ALL_GATHER)
                    {
                        expected = r == owner;
                    }
                    else if (spec.kind == CollectiveKind::BROADCAST)
                    {
                        expected = r == spec.root;
                    }
                    ASSERT_EQ(run.m_buffers[rank][b][r], expected)
                        << "rank " << rank << " byte " << b << " data of " << r;
                }
            }
        }
    }
};

TEST_P(CollectiveProgramTest, BringsAboutWhatItPromises)
{
    for (const ProgramCase& c : GetCases(GetParam()))
    {
        for (const uint64_t bytes : {1, 5, 16, 97, 240})
        {
            for (uint32_t seed = 1; seed <= opticalfabrictest::GetRounds(3); ++seed)
            {
                SCOPED_TRACE(testing::Message() << c.ranks << " ranks in groups of " << c.groupSize
                                                << ", " << bytes << " bytes, seed " << seed);
                CollectiveSpec spec = MakeSpec(c, bytes);
                spec.reduceRate = ns3::DataRate(seed == 3 ? 1000000000 : 0);
                ASSERT_NO_THROW(spec.Validate(32));
                SymbolicRun run(spec, seed);
                Fill(run);
                ASSERT_NO_FATAL_FAILURE(run.Execute());
                ASSERT_NO_FATAL_FAILURE(Check(run));
            }
        }
    }
}

/**
 * @param c case
 * @param n size of the buffer
 * @return bytes that all ranks together send, by the textbook; 0 if it does not say
 */
uint64_t
GetTextbookVolume(const ProgramCase& c, uint64_t n)
{
    const uint64_t p = c.ranks;
    const bool isPowerOfTwo = (p & (p - 1)) == 0;
    switch (c.algorithm)
    {
    case CollectiveAlgorithm::RING:
        return (c.kind == CollectiveKind::ALL_REDUCE ? 2 : 1) * (p - 1) * n;
    case CollectiveAlgorithm::DOUBLE_BINARY_TREE:
        return 2 * (p - 1) * n;
    case CollectiveAlgorithm::HIERARCHICAL:
        return 2 * (p / c.groupSize) * (c.groupSize - 1) * n + 2 * (p / c.groupSize - 1) * n;
    case CollectiveAlgorithm::HALVING_DOUBLING:
        return isPowerOfTwo ? 2 * (p - 1) * n : 0;
    case CollectiveAlgorithm::RECURSIVE_HALVING:
        return isPowerOfTwo ? (p - 1) * n : 0;
    case CollectiveAlgorithm::RECURSIVE_DOUBLING:
    case CollectiveAlgorithm::BRUCK:
    case CollectiveAlgorithm::PAIRWISE:
    case CollectiveAlgorithm::ALL_AT_ONCE:
    case CollectiveAlgorithm::BINOMIAL:
    case CollectiveAlgorithm::CHAIN:
        return (p - 1) * n;
    default:
        return 0;
    }
}

TEST_P(CollectiveProgramTest, SendsTheTextbookVolume)
{
    for (const ProgramCase& c : GetCases(GetParam()))
    {
        for (const uint64_t n : {uint64_t{c.ranks} * 60, uint64_t{97}})
        {
            SCOPED_TRACE(testing::Message() << c.ranks << " ranks in groups of " << c.groupSize);
            const uint64_t expected = GetTextbookVolume(c, n);
            if (expected == 0)
            {
                continue;
            }
            SymbolicRun run(MakeSpec(c, n), 1);
            ASSERT_NO_FATAL_FAILURE(run.Execute());
            uint64_t sum = 0;
            for (const uint64_t bytes : run.m_bytesSent)
            {
                sum += bytes;
            }
            EXPECT_EQ(sum, expected);
            const bool isEven = c.algorithm != CollectiveAlgorithm::DOUBLE_BINARY_TREE &&
                                c.kind != CollectiveKind::BROADCAST && n % c.ranks == 0;
            for (const uint64_t bytes : run.m_bytesSent)
            {
                EXPECT_TRUE(!isEven || bytes == expected / c.ranks);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Algorithms,
                         CollectiveProgramTest,
                         testing::ValuesIn(GetAllAlgorithms()),
                         [](const auto& info) {
                             std::string name =
                                 ToString(info.param.first) + "_" + ToString(info.param.second);
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(DoubleBinaryTree, TwoTreesShareTheWork)
{
    for (uint32_t p = 2; p <= 70; ++p)
    {
        uint32_t innerInBoth = 0;
        for (uint32_t tree = 0; tree < 2; ++tree)
        {
            uint32_t roots = 0;
            for (uint32_t rank = 0; rank < p; ++rank)
            {
                const auto place = GetDoubleBinaryTreePlace(rank, p, tree);
                roots += place.parent == BinaryTreePlace::NOBODY;
                for (const uint32_t child : place.children)
                {
                    if (child != BinaryTreePlace::NOBODY)
                    {
                        ASSERT_EQ(GetDoubleBinaryTreePlace(child, p, tree).parent, rank);
                    }
                }
                const auto other = GetDoubleBinaryTreePlace(rank, p, 1 - tree);
                const auto hasChildren = [](const BinaryTreePlace& x) {
                    return x.children[0] != BinaryTreePlace::NOBODY ||
                           x.children[1] != BinaryTreePlace::NOBODY;
                };
                innerInBoth += tree == 0 && hasChildren(place) && hasChildren(other);
                // Up from every rank one gets to the root.
                uint32_t steps = 0;
                for (uint32_t r = rank; r != BinaryTreePlace::NOBODY;
                     r = GetDoubleBinaryTreePlace(r, p, tree).parent)
                {
                    ASSERT_LE(++steps, 9U);
                }
            }
            EXPECT_EQ(roots, 1U);
        }
        EXPECT_LE(innerInBoth, p % 2) << p;
    }
}

TEST(LazyPrograms, OrderOfAllAtOnceIsRotated)
{
    const CollectiveSpec spec =
        MakeSpec({CollectiveKind::ALL_TO_ALL, CollectiveAlgorithm::ALL_AT_ONCE, 9, 0}, 900);
    std::vector<std::vector<uint32_t>> order(9);
    for (uint32_t rank = 0; rank < 9; ++rank)
    {
        auto program = MakeCollectiveProgram(spec, rank);
        RankOp op;
        while (program->Next(op))
        {
            EXPECT_EQ(op.nDependencies, 0);
            if (op.kind == RankOpKind::SEND)
            {
                order[rank].push_back(op.peer);
            }
            op = RankOp();
        }
    }
    for (uint32_t i = 0; i < 8; ++i)
    {
        std::set<uint32_t> targets;
        for (const auto& peers : order)
        {
            targets.insert(peers[i]);
        }
        EXPECT_EQ(targets.size(), 9U) << "message " << i;
    }
}

TEST(LazyPrograms, MemoryDoesNotGrowWithTheSteps)
{
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 33))
    for (const auto& c :
         {ProgramCase{CollectiveKind::ALL_REDUCE, CollectiveAlgorithm::RING, 1, 0},
          ProgramCase{CollectiveKind::ALL_TO_ALL, CollectiveAlgorithm::ALL_AT_ONCE, 1, 0},
          ProgramCase{CollectiveKind::ALL_REDUCE, CollectiveAlgorithm::DOUBLE_BINARY_TREE, 1, 0},
          ProgramCase{CollectiveKind::BROADCAST, CollectiveAlgorithm::CHAIN, 1, 0}})
    {
        CollectiveSpec spec = MakeSpec(c, 1 << 20);
        spec.group.resize(100000);
        const size_t before = mallinfo2().uordblks;
        auto program = MakeCollectiveProgram(spec, 3);
        RankOp op;
        uint64_t ops = 0;
        size_t most = 0;
        while (program->Next(op))
        {
            op = RankOp();
            most = ++ops % 4096 == 1 ? std::max<size_t>(most, mallinfo2().uordblks) : most;
        }
        EXPECT_GT(ops, 100000U);
        EXPECT_LT(most - before, 16384U) << ToString(c.algorithm);
    }
#else
    GTEST_SKIP() << "the C library does not say how much memory is in use";
#endif
}

TEST(ByteRange, PartsAreSeamlessAndDoNotOverflow)
{
    for (const uint64_t bytes :
         {uint64_t{0}, uint64_t{3}, uint64_t{1} << 50, (uint64_t{1} << 50) - 1})
    {
        const uint32_t parts = 1U << 20;
        EXPECT_EQ(PartBegin(bytes, 0, parts), 0U);
        EXPECT_EQ(PartBegin(bytes, parts, parts), bytes);
        for (const uint32_t i : {0U, 1U, parts / 2, parts - 2})
        {
            const ByteRange part = PartOf(bytes, i, parts);
            EXPECT_EQ(part.offset + part.bytes, PartOf(bytes, i + 1, parts).offset);
            EXPECT_LE(part.bytes - bytes / parts, 1U);
        }
    }
}

} // namespace
