/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-programs.h"
#include "ns3/collective-symmetry.h"
#include "ns3/like-parts.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// What all images of a stretch of parts have, one after the other.
using Sizes = std::vector<uint64_t>;

/// @param sizes what all images have @param stretch what is said of them
void
ExpectSizes(const Sizes& sizes, const LikeParts::Stretch& stretch)
{
    const uint64_t longest = *std::max_element(sizes.begin(), sizes.end());
    EXPECT_EQ(stretch.bytes, longest);
    EXPECT_EQ(stretch.shorter, sizes.size() - std::count(sizes.begin(), sizes.end(), longest));
    EXPECT_GE(*std::min_element(sizes.begin(), sizes.end()) + 1, longest);
}

TEST(LikeParts, StretchesHaveTheBytesOfAllTheirImages)
{
    for (const uint32_t n : {2, 3, 8, 12, 30})
    {
        for (const uint64_t bytes : {1ULL, 5ULL, 8ULL, 64ULL, 100ULL, 1000ULL, 123456789012345ULL})
        {
            const LikeParts parts(bytes, n);
            const uint64_t longest = parts.GetEvenBytes() / n;
            EXPECT_EQ(parts.GetEvenBytes() % n, 0U);
            EXPECT_EQ(longest, (bytes + n - 1) / n);
            for (uint32_t period = 1; period < n; ++period)
            {
                for (uint32_t first = 0; n % period == 0 && first < n; ++first)
                {
                    for (uint32_t count = 0; first + count <= n; ++count)
                    {
                        SCOPED_TRACE(std::to_string(bytes) + " bytes in " + std::to_string(n) +
                                     ", " + std::to_string(count) + " from " +
                                     std::to_string(first) + ", period " + std::to_string(period));
                        Sizes sizes;
                        for (uint32_t moved = 0; moved < n; moved += period)
                        {
                            uint64_t size = 0;
                            for (uint32_t i = 0; i < count; ++i)
                            {
                                size += PartOf(bytes, (first + moved + i) % n, n).bytes;
                            }
                            sizes.push_back(size);
                        }
                        ExpectSizes(sizes,
                                    parts.GetStretch({first * longest, count * longest}, period));
                    }
                }
            }
        }
    }
}

TEST(LikeParts, ProgramsOfTheEvenBufferAreThoseOfAllImages)
{
    constexpr uint32_t RANKS = 12;
    const std::vector<std::pair<CollectiveKind, CollectiveAlgorithm>> rotations{
        {CollectiveKind::ALL_REDUCE, CollectiveAlgorithm::RING},
        {CollectiveKind::REDUCE_SCATTER, CollectiveAlgorithm::RING},
        {CollectiveKind::ALL_GATHER, CollectiveAlgorithm::RING},
        {CollectiveKind::ALL_GATHER, CollectiveAlgorithm::BRUCK},
        {CollectiveKind::ALL_TO_ALL, CollectiveAlgorithm::PAIRWISE},
        {CollectiveKind::ALL_TO_ALL, CollectiveAlgorithm::ALL_AT_ONCE}};
    for (const auto& [kind, algorithm] : rotations)
    {
        for (const uint64_t bytes : {5U, 1000U, 1003U})
        {
            SCOPED_TRACE(ToString(kind) + ", " + ToString(algorithm) + ", " +
                         std::to_string(bytes));
            CollectiveSpec spec;
            spec.kind = kind;
            spec.algorithm = algorithm;
            spec.bytes = bytes;
            spec.reduceRate = ns3::DataRate("8Gbps");
            for (uint32_t i = 0; i < RANKS; ++i)
            {
                spec.group.push_back(i);
            }
            ASSERT_TRUE(GetCollectiveSymmetry(spec).hasLikeParts);
            const LikeParts parts(bytes, RANKS);
            CollectiveSpec even = spec;
            even.bytes = parts.GetEvenBytes();
            EXPECT_FALSE(GetCollectiveSymmetry(even).hasLikeParts);
            EXPECT_EQ(GetCollectiveSymmetry(even).multiple, 1U);
            constexpr uint32_t PERIOD = 4;
            for (uint32_t rank = 0; rank < PERIOD; ++rank)
            {
                const auto acting = MakeCollectiveProgram(even, rank);
                std::vector<std::unique_ptr<RankProgram>> images;
                for (uint32_t image = rank; image < RANKS; image += PERIOD)
                {
                    images.push_back(MakeCollectiveProgram(spec, image));
                }
                for (RankOp op; acting->Next(op);)
                {
                    // Parts of no byte are not reduced, and that takes no time.
                    if (op.kind == RankOpKind::COMPUTE && bytes < RANKS)
                    {
                        continue;
                    }
                    Sizes sizes;
                    int64_t longestPs = 0;
                    for (uint32_t i = 0; i < images.size(); ++i)
                    {
                        RankOp own;
                        do
                        {
                            ASSERT_TRUE(images[i]->Next(own));
                        } while (own.kind == RankOpKind::COMPUTE && bytes < RANKS);
                        EXPECT_EQ(own.kind, op.kind);
                        EXPECT_EQ(own.tag, op.tag);
                        if (op.kind != RankOpKind::COMPUTE)
                        {
                            EXPECT_EQ(own.peer, (op.peer + i * PERIOD) % RANKS);
                        }
                        sizes.push_back(own.bytes);
                        longestPs = std::max(longestPs, own.durationPs);
                    }
                    if (op.kind == RankOpKind::SEND)
                    {
                        ExpectSizes(sizes, parts.GetStretch({op.offset, op.bytes}, PERIOD));
                    }
                    EXPECT_LE(longestPs, op.durationPs);
                    // A byte at 8 Gb/s.
                    EXPECT_GE(longestPs + 1000, op.durationPs);
                }
            }
        }
    }
}

TEST(LikeParts, OnlyRotationsHaveThem)
{
    CollectiveSpec spec;
    spec.kind = CollectiveKind::ALL_REDUCE;
    spec.bytes = 1001;
    for (uint32_t i = 0; i < 16; ++i)
    {
        spec.group.push_back(i);
    }
    for (const CollectiveAlgorithm algorithm : GetAlgorithms(CollectiveKind::ALL_REDUCE))
    {
        spec.algorithm = algorithm;
        spec.groupSize = algorithm == CollectiveAlgorithm::HIERARCHICAL ? 4 : 0;
        const CollectiveSymmetry symmetry = GetCollectiveSymmetry(spec);
        EXPECT_EQ(symmetry.hasLikeParts, algorithm == CollectiveAlgorithm::RING)
            << ToString(algorithm);
        EXPECT_EQ(symmetry.kind, TransferSymmetry::NONE) << ToString(algorithm);
    }
    spec.kind = CollectiveKind::BARRIER;
    spec.algorithm = CollectiveAlgorithm::DISSEMINATION;
    spec.bytes = 0;
    EXPECT_FALSE(GetCollectiveSymmetry(spec).hasLikeParts);
}

} // namespace
