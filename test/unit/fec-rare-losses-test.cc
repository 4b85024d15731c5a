/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "drawn-line.h"

#include "ns3/binomial-tail.h"
#include "ns3/fec-code.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <initializer_list>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

/// Half of what a 99.9 % confidence interval leaves out.
constexpr double TAIL = 0.0005;

#ifdef __SANITIZE_ADDRESS__
/// Most rounds drawn in a case. With sanitizers an error takes ten times as long, so the cases with
/// rarer losses than 1e-4 are left to the build without.
constexpr double ROUNDS_MAX = 1e6;
#else
/// Most rounds drawn in a case: all of them.
constexpr double ROUNDS_MAX = 1e8;
#endif

/// What is drawn.
struct RareLosses
{
    const char* code;      ///< code
    ErroredLine line;      ///< how errors come
    uint32_t interleaving; ///< codewords that take symbols in turn
    double ratio;          ///< about what share of codewords is lost
};

/**
 * @param code a code
 * @param more how many more symbols another is to correct, may be negative
 * @return the other, with codewords of the same length
 */
FecCode
MakeNeighbor(const FecCode& code, int more)
{
    return FecCode("neighbor",
                   code.GetSymbols(),
                   code.GetDataSymbols() - 2 * more,
                   code.GetSymbolBits());
}

/**
 * The exact (Clopper-Pearson) confidence interval of a share, without solving for its ends.
 * @param ratio a share
 * @param lost how many were lost
 * @param rounds of how many
 * @return whether the share is within the interval of those that are lost
 */
bool
IsWithin(double ratio, uint64_t lost, uint64_t rounds)
{
    return BinomialAtMost(rounds, ratio, lost) > TAIL &&
           (lost == 0 || BinomialMoreThan(rounds, ratio, lost - 1) > TAIL);
}

/**
 * Draw lines, count losses and compare. From each round of interleaved codewords the first is
 * counted, for those of the same round fail together. Seeds are fixed; of all seeds, one in 1000
 * would fail a case by chance.
 * @param cases what to draw
 */
void
ExpectLosses(std::initializer_list<RareLosses> cases)
{
    uint64_t seed = 0;
    for (const RareLosses& drawing : cases)
    {
        ++seed;
        // A thousand losses or a hundred.
        const double rounds = std::max(1e6, 100 / drawing.ratio);
        if (rounds > ROUNDS_MAX * 1.001)
        {
            continue;
        }
        const FecCode code = FecCode::FromName(drawing.code);
        const auto count = static_cast<uint64_t>(rounds);
        const uint64_t lost =
            DrawnLine(drawing.line, code, drawing.interleaving, count, seed).firstsLost;
        SCOPED_TRACE(std::string(drawing.code) + ", bursts " +
                     std::to_string(drawing.line.continuation) + ", interleaving " +
                     std::to_string(drawing.interleaving) + ": lost " + std::to_string(lost) +
                     " of " + std::to_string(count));
        const BitErrors errors = drawing.line.GetBitErrors();
        const double ratio = code.GetCodewordErrorRatio(errors, drawing.interleaving);
        EXPECT_NEAR(ratio / drawing.ratio, 1, 0.01);
        EXPECT_TRUE(IsWithin(ratio, lost, count)) << ratio;
        // The comparison is worth something: one symbol corrected more or fewer would be noticed.
        for (const int more : {-1, 1})
        {
            const double other =
                MakeNeighbor(code, more).GetCodewordErrorRatio(errors, drawing.interleaving);
            EXPECT_FALSE(IsWithin(other, lost, count)) << other;
        }
    }
}

TEST(FecRareLosses, Kp4)
{
    ExpectLosses({{"KP4", {1.193e-3, 0, 2}, 1, 1e-3},
                  {"KP4", {9.626e-4, 0, 2}, 1, 1e-4},
                  {"KP4", {7.903e-4, 0, 2}, 1, 1e-5},
                  {"KP4", {6.566e-4, 0, 2}, 1, 1e-6}});
}

TEST(FecRareLosses, Kr4)
{
    ExpectLosses({{"KR4", {3.757e-4, 0, 2}, 1, 1e-3},
                  {"KR4", {2.644e-4, 0, 2}, 1, 1e-4},
                  {"KR4", {1.9e-4, 0, 2}, 1, 1e-5},
                  {"KR4", {1.383e-4, 0, 2}, 1, 1e-6}});
}

TEST(FecRareLosses, LowLatency)
{
    ExpectLosses({{"LL", {7.338e-4, 0, 2}, 1, 1e-3},
                  {"LL", {5.165e-4, 0, 2}, 1, 1e-4},
                  {"LL", {3.711e-4, 0, 2}, 1, 1e-5},
                  {"LL", {2.701e-4, 0, 2}, 1, 1e-6}});
}

TEST(FecRareLosses, Bursts)
{
    ExpectLosses({{"KP4", {2.919e-4, 0.75, 2}, 1, 1e-4},
                  {"KP4", {1.887e-4, 0.75, 2}, 1, 1e-5},
                  {"KR4", {3.537e-5, 0.75, 2}, 1, 1e-4},
                  {"KR4", {1.07e-5, 0.75, 2}, 1, 1e-5},
                  {"KR4", {1.973e-6, 0.75, 2}, 1, 1e-6},
                  {"KR4", {5.774e-5, 0.75, 1}, 1, 1e-5},
                  {"LL", {6.934e-5, 0.75, 2}, 1, 1e-4},
                  {"LL", {2.1e-5, 0.75, 2}, 1, 1e-5},
                  {"LL", {3.875e-6, 0.75, 2}, 1, 1e-6}});
}

TEST(FecRareLosses, InterleavedBursts)
{
    ExpectLosses({{"KP4", {5.967e-4, 0.75, 2}, 4, 1e-4},
                  {"KR4", {7.236e-5, 0.75, 2}, 2, 1e-5},
                  {"LL", {3.166e-4, 0.75, 2}, 4, 1e-4}});
}

} // namespace
