/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "drawn-line.h"

#include "ns3/fec-code.h"

#include <cmath>
#include <gtest/gtest.h>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

TEST(FecDrawnErrors, ShareOfBadCodewordsIsTheRatio)
{
    // Errors begin often enough for one in some tens or hundreds of codewords to fail. In each of
    // the 21 cases three ratios are compared at 99.9 %: of all seeds, one in 16 would fail by
    // chance.
    struct
    {
        const char* code;
        ErroredLine line;
        uint32_t interleaving;
    } const cases[] = {
        {"KP4", {1.5e-3, 0, 2}, 1},  {"KP4", {1.5e-3, 0, 2}, 2},  {"KP4", {1.5e-3, 0, 2}, 4},
        {"KP4", {8e-4, 0.75, 2}, 1}, {"KP4", {1e-3, 0.75, 2}, 2}, {"KP4", {1e-3, 0.75, 2}, 4},
        {"KR4", {5e-4, 0, 1}, 1},    {"KR4", {5e-4, 0, 2}, 2},    {"KR4", {5e-4, 0, 2}, 4},
        {"KR4", {2e-4, 0.75, 2}, 1}, {"KR4", {3e-4, 0.75, 2}, 2}, {"KR4", {3e-4, 0.75, 2}, 4},
        {"LL", {1e-3, 0, 2}, 1},     {"LL", {1e-3, 0, 2}, 2},     {"LL", {1e-3, 0, 2}, 4},
        {"LL", {5e-4, 0.75, 2}, 1},  {"LL", {6e-4, 0.75, 2}, 2},  {"LL", {6e-4, 0.75, 2}, 4},
        {"LL", {2e-4, 0.95, 2}, 1},  {"KR4", {1e-4, 0.95, 2}, 4}, {"KR4", {3e-4, 0.75, 1}, 1}};

    constexpr uint64_t CODEWORDS = 150000;
    uint64_t seed = 0;
    for (const auto& drawing : cases)
    {
        SCOPED_TRACE(std::string(drawing.code) + " " + std::to_string(drawing.line.continuation) +
                     " " + std::to_string(drawing.interleaving));
        const FecCode code = FecCode::FromName(drawing.code);
        const uint64_t rounds = CODEWORDS / drawing.interleaving;
        const DrawnLine drawn(drawing.line, code, drawing.interleaving, rounds, ++seed);
        const BitErrors errors = drawing.line.GetBitErrors();

        const double symbols = code.GetSymbols() * drawing.interleaving;
        const double bits = symbols * code.GetSymbolBits();
        EXPECT_NEAR(errors.ber,
                    drawn.bits.GetShare(rounds, bits),
                    drawn.bits.GetUncertainty(rounds, bits));
        EXPECT_NEAR(code.GetSymbolErrorRatio(errors),
                    drawn.symbols.GetShare(rounds, symbols),
                    drawn.symbols.GetUncertainty(rounds, symbols));
        const double codewords = drawn.codewords.GetShare(rounds, drawing.interleaving);
        const double uncertainty = drawn.codewords.GetUncertainty(rounds, drawing.interleaving);
        const double ratio = code.GetCodewordErrorRatio(errors, drawing.interleaving);
        EXPECT_NEAR(ratio, codewords, uncertainty);
        // The comparison is worth something.
        EXPECT_LT(uncertainty, ratio / 5);
        // A frame of interleaved codewords is lost no more often than if they failed independently.
        const double frames = drawn.rounds.GetShare(rounds, 1);
        EXPECT_LE(frames,
                  1 - std::pow(1 - ratio, drawing.interleaving) +
                      drawn.rounds.GetUncertainty(rounds, 1));
    }
}

} // namespace
