/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "errored-line.h"

#include "ns3/fec-code.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// A mean over rounds of what was counted in each. They are taken as independent: hardly any burst
/// goes on from one to the next.
class Mean
{
  public:
    /// @param count what was counted in one more round
    void Add(double count)
    {
        m_sum += count;
        m_squares += count * count;
    }

    /**
     * @param rounds all rounds, those not added having counted nothing
     * @param parts what could be counted in one round
     * @return share of the parts that was counted
     */
    double GetShare(double rounds, double parts) const
    {
        return m_sum / rounds / parts;
    }

    /**
     * @param rounds all rounds
     * @param parts what could be counted in one round
     * @return half the width of the 99.9 % confidence interval of the share, by the normal law
     */
    double GetUncertainty(double rounds, double parts) const
    {
        const double mean = m_sum / rounds;
        return 3.29 * std::sqrt((m_squares / rounds - mean * mean) / rounds) / parts;
    }

  private:
    double m_sum{0};     ///< sum
    double m_squares{0}; ///< sum of squares
};

/// A line with errors drawn at random, and the codewords on it.
class DrawnLine
{
  public:
    /**
     * @param line how errors come
     * @param code the code
     * @param interleaving codewords that take symbols in turn
     * @param rounds interleaved codewords are drawn as often as this
     * @param seed for the random numbers
     */
    DrawnLine(const ErroredLine& line,
              const FecCode& code,
              uint32_t interleaving,
              uint64_t rounds,
              uint64_t seed)
        : m_interleaving(interleaving),
          m_correctable(code.GetCorrectable()),
          m_symbolBits(code.GetSymbolBits()),
          m_symbols(code.GetSymbols() * interleaving),
          m_wrongIn(m_symbols, rounds),
          m_wrongSymbols(interleaving, 0)
    {
        // The standard says what numbers this draws, but not what the distributions make of them.
        std::mt19937_64 random(seed);
        const auto uniform = [&] { return std::ldexp(static_cast<double>(random() >> 11), -53); };
        // Bits passed by until the next in which an error begins.
        const double logPass = std::log1p(-line.start);
        const auto skip = [&] { return static_cast<uint64_t>(std::log1p(-uniform()) / logPass); };
        const uint64_t end = rounds * m_symbols * m_symbolBits;
        const uint32_t symbolBits = line.bitsPerSymbol;
        uint64_t begins = skip();
        while (begins < end)
        {
            uint64_t symbol = begins / symbolBits;
            bool isCarried = false;
            do
            {
                const uint64_t carried = isCarried && symbolBits == 2 && uniform() < 0.5;
                for (uint64_t bit = symbol * symbolBits; bit < (symbol + 1) * symbolBits; ++bit)
                {
                    if (bit == begins || (isCarried && bit == symbol * symbolBits + carried))
                    {
                        SetWrong(bit);
                    }
                    if (bit == begins)
                    {
                        begins += 1 + skip();
                    }
                }
                ++symbol;
                isCarried = uniform() < line.continuation;
            } while (isCarried && symbol * symbolBits < end);
        }
        EndRound();
    }

    Mean bits;      ///< bits in error
    Mean symbols;   ///< symbols in error
    Mean codewords; ///< codewords that cannot be corrected
    Mean rounds;    ///< rounds with such a codeword

  private:
    /// @param bit bit of the line in error
    void SetWrong(uint64_t bit)
    {
        const uint64_t symbol = bit / m_symbolBits;
        const uint64_t round = symbol / m_symbols;
        if (round != m_round)
        {
            EndRound();
            m_round = round;
        }
        ++m_wrongBits;
        const uint64_t inRound = symbol % m_symbols;
        if (m_wrongIn[inRound] != round)
        {
            m_wrongIn[inRound] = round;
            ++m_wrongSymbols[inRound % m_interleaving];
        }
    }

    /// Take what the round has come to.
    void EndRound()
    {
        uint32_t wrong = 0;
        uint32_t bad = 0;
        for (uint32_t& wrongSymbols : m_wrongSymbols)
        {
            wrong += wrongSymbols;
            bad += wrongSymbols > m_correctable;
            wrongSymbols = 0;
        }
        bits.Add(m_wrongBits);
        symbols.Add(wrong);
        codewords.Add(bad);
        rounds.Add(bad > 0);
        m_wrongBits = 0;
    }

    uint32_t m_interleaving;              ///< codewords that take symbols in turn
    uint32_t m_correctable;               ///< symbols of a codeword that can be corrected
    uint32_t m_symbolBits;                ///< bits of a symbol
    uint32_t m_symbols;                   ///< symbols of a round
    std::vector<uint64_t> m_wrongIn;      ///< for each symbol, the last round it was in error
    std::vector<uint32_t> m_wrongSymbols; ///< for each codeword, symbols in error this round
    uint64_t m_round{0};                  ///< this round
    uint32_t m_wrongBits{0};              ///< bits in error this round
};

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
