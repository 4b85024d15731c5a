/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "errored-line.h"

#include "ns3/fec-bursts.h"

#include <cmath>
#include <gtest/gtest.h>
#include <stdexcept>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// Some codewords that take symbols from the line in turn, with every way the line's bits can be in
/// error.
class Enumeration
{
  public:
    /**
     * @param line errors
     * @param n symbols of a codeword
     * @param t symbols that can be corrected
     * @param m bits of a symbol
     * @param interleaving codewords
     */
    Enumeration(const ErroredLine& line, uint32_t n, uint32_t t, uint32_t m, uint32_t interleaving)
        : m_line(line),
          m_t(t),
          m_symbolBits(m),
          m_interleaving(interleaving),
          m_wrong(n * m * interleaving, false)
    {
    }

    /**
     * @param phase bit of a modulation symbol that the first codeword begins with
     * @return share of codewords with more than t symbols in error
     */
    double GetCodewordErrorRatio(uint32_t phase)
    {
        m_ratio = 0;
        const double errored = m_line.GetErrored();
        Extend(-static_cast<int>(phase), false, 1 - errored);
        Extend(-static_cast<int>(phase), true, errored);
        return m_ratio;
    }

  private:
    /**
     * Add what comes of all ways to go on.
     * @param bit first bit of the next modulation symbol, counted from the first codeword's
     * @param afterError whether the symbol before is in error
     * @param probability of the way so far
     */
    void Extend(int bit, bool afterError, double probability)
    {
        const auto end = static_cast<int>(m_wrong.size());
        if (bit >= end)
        {
            m_ratio += probability * CountBad() / m_interleaving;
            return;
        }
        for (uint32_t bits = 0; bits < 1u << m_line.bitsPerSymbol; ++bits)
        {
            for (int i = 0; i < static_cast<int>(m_line.bitsPerSymbol); ++i)
            {
                if (bit + i >= 0 && bit + i < end)
                {
                    m_wrong[bit + i] = bits >> i & 1;
                }
            }
            Extend(bit + static_cast<int>(m_line.bitsPerSymbol),
                   bits > 0,
                   probability * m_line.GetProbability(afterError, bits));
        }
    }

    /// @return codewords with more than t symbols in error
    uint32_t CountBad() const
    {
        std::vector<uint32_t> wrongSymbols(m_interleaving, 0);
        for (size_t symbol = 0; symbol < m_wrong.size() / m_symbolBits; ++symbol)
        {
            bool isWrong = false;
            for (uint32_t i = 0; i < m_symbolBits; ++i)
            {
                isWrong = isWrong || m_wrong[symbol * m_symbolBits + i];
            }
            wrongSymbols[symbol % m_interleaving] += isWrong;
        }
        uint32_t bad = 0;
        for (const uint32_t wrong : wrongSymbols)
        {
            bad += wrong > m_t;
        }
        return bad;
    }

    ErroredLine m_line;        ///< errors
    uint32_t m_t;              ///< symbols that can be corrected
    uint32_t m_symbolBits;     ///< bits of a symbol
    uint32_t m_interleaving;   ///< codewords
    std::vector<bool> m_wrong; ///< the bits in error
    double m_ratio{0};         ///< result so far
};

TEST(FecBursts, StartsGiveTheBitErrorRatio)
{
    for (const uint32_t bitsPerSymbol : {1, 2})
    {
        for (const double continuation : {0.0, 0.3, 0.95})
        {
            for (const double start : {1e-200, 1e-5, 1e-2})
            {
                const ErroredLine line{start, continuation, bitsPerSymbol};
                // The test's own sum loses what is small beside 1.
                const double ber =
                    start < 1e-100 ? start / (1 - continuation) : line.GetBitErrorRatio();
                const BurstLine burstLine(BitErrors{ber, continuation, bitsPerSymbol});
                EXPECT_NEAR(burstLine.GetStartRatio() / start, 1, start < 1e-100 ? 1e-14 : 1e-10);
            }
        }
    }
}

TEST(FecBursts, RefusesWhatHasNoMeaning)
{
    EXPECT_THROW(BurstLine(BitErrors{0.51, 0.5, 2}), std::invalid_argument);
    EXPECT_THROW(BurstLine(BitErrors{1e-4, 0.96, 2}), std::invalid_argument);
    EXPECT_THROW(BurstLine(BitErrors{1e-4, 0.5, 3}), std::invalid_argument);
}

TEST(FecBursts, SmallCodesAgreeWithEveryErrorPattern)
{
    struct
    {
        uint32_t n, t, m, interleaving;
    } const codes[] = {// Code symbols of whole modulation symbols.
                       {7, 1, 2, 1},
                       {4, 1, 4, 1},
                       {3, 1, 2, 2},
                       {2, 0, 4, 2},
                       {3, 1, 2, 3},
                       // Code symbols that share a modulation symbol of two bits.
                       {5, 2, 3, 1},
                       {4, 1, 3, 1},
                       {3, 1, 3, 2},
                       {2, 1, 3, 2},
                       {1, 0, 5, 3},
                       {3, 1, 1, 5}};

    for (const auto& code : codes)
    {
        for (const uint32_t bitsPerSymbol : {1, 2})
        {
            for (const double continuation : {0.0, 0.2, 0.9})
            {
                const ErroredLine line{0.03, continuation, bitsPerSymbol};
                const BurstLine burstLine(line.GetBitErrors());
                Enumeration enumeration(line, code.n, code.t, code.m, code.interleaving);
                // After an odd number of bits the next round begins within a modulation symbol.
                const uint32_t next = code.n * code.m * code.interleaving % bitsPerSymbol;
                double expected = enumeration.GetCodewordErrorRatio(0);
                if (next > 0)
                {
                    expected = (expected + enumeration.GetCodewordErrorRatio(next)) / 2;
                }
                const double ratio =
                    burstLine.GetCodewordErrorRatio(code.n, code.t, code.m, code.interleaving);
                EXPECT_NEAR(ratio / expected, 1, 1e-11)
                    << code.n << " " << code.t << " " << code.m << " " << code.interleaving << " "
                    << bitsPerSymbol << " " << continuation;
            }
        }
    }
}

TEST(FecBursts, SymbolsAndRunsAgreeWithEveryErrorPattern)
{
    for (const uint32_t bitsPerSymbol : {1, 2})
    {
        const ErroredLine line{0.03, 0.6, bitsPerSymbol};
        const BurstLine burstLine(line.GetBitErrors());
        EXPECT_NEAR(burstLine.GetSymbolErrorRatio(1), line.GetBitErrorRatio(), 1e-14);
        for (const uint32_t m : {2, 3, 9, 10})
        {
            Enumeration symbol(line, 1, 0, m, 1);
            const double expected = (symbol.GetCodewordErrorRatio(0) +
                                     symbol.GetCodewordErrorRatio(m % bitsPerSymbol)) /
                                    2;
            EXPECT_NEAR(burstLine.GetSymbolErrorRatio(m), expected, 1e-14) << m;
        }
        Enumeration frame(line, 16, 0, 1, 1);
        EXPECT_NEAR(FecCode().GetFrameLossRatio(line.GetBitErrors(), 2),
                    frame.GetCodewordErrorRatio(0),
                    1e-11);
    }
}

TEST(FecBursts, CodewordErrorRatiosToTenDigits)
{
    // mpmath with 450 digits: 1 minus the probability of at most t symbols in error, by recursion
    // over the codeword's symbols and the chain's state between them.
    struct
    {
        const char* code;
        BitErrors errors;
        uint32_t interleaving;
        double ratio;
    } const knownValues[] = {{"KP4", {1e-280, 0.5, 2}, 1, 4.341043854678289e-299},
                             {"KP4", {1e-5, 0.3, 2}, 1, 1.524386849101148e-24},
                             {"KP4", {1e-5, 0.3, 2}, 2, 7.197426691265457e-36},
                             {"KP4", {2.4e-4, 0.5, 2}, 1, 6.74682639603313e-11},
                             {"KP4", {2.4e-4, 0.5, 2}, 2, 1.297207193630911e-15},
                             {"KP4", {2.4e-4, 0.5, 2}, 4, 3.739403667899791e-16},
                             {"KP4", {1e-4, 0.75, 2}, 4, 3.97287059974935e-23},
                             {"KR4", {1e-5, 0.5, 1}, 1, 3.015659948532291e-12},
                             {"KR4", {1e-5, 0.5, 1}, 2, 1.365406597639957e-17},
                             {"LL", {1e-6, 0.75, 2}, 1, 5.484745782844527e-8},
                             {"LL", {1e-6, 0.75, 2}, 4, 1.854001208721143e-20},
                             {"LL", {1e-2, 0.9, 2}, 2, 0.4633457851599113}};

    for (const auto& known : knownValues)
    {
        const FecCode code = FecCode::FromName(known.code);
        EXPECT_NEAR(code.GetCodewordErrorRatio(known.errors, known.interleaving) / known.ratio,
                    1,
                    1e-10)
            << known.code << " " << known.errors.ber << " " << known.interleaving;
    }
}

TEST(FecBursts, TendToRandomErrors)
{
    // The chain itself without bursts, which FecCode does not use, and just above.
    for (const char* name : {"KP4", "KR4", "LL"})
    {
        const FecCode code = FecCode::FromName(name);
        for (const uint32_t interleaving : {1, 2, 16})
        {
            for (double ber = 1e-15; ber < 0.1; ber *= 100)
            {
                const double random = code.GetCodewordErrorRatio({ber, 0, 2}, interleaving);
                const double chain = BurstLine({ber, 0, 2})
                                         .GetCodewordErrorRatio(code.GetSymbols(),
                                                                code.GetCorrectable(),
                                                                10,
                                                                interleaving);
                EXPECT_NEAR(chain / random, 1, 1e-10) << name << " " << ber;
            }
            // So far above 0 the bursts change less than a millionth.
            const double nearly = code.GetCodewordErrorRatio({2.4e-4, 1e-9, 2}, interleaving);
            const double random = code.GetCodewordErrorRatio({2.4e-4, 0, 2}, interleaving);
            EXPECT_NEAR(nearly / random, 1, 1e-6) << name;
        }
    }
}

TEST(FecBursts, OneLongBurstSetsTheFloor)
{
    // With very few bit errors a codeword fails by a single burst, so in proportion to them: one
    // that hits a symbol and goes on until the codeword's symbol 15 after it. It begins in the
    // first of these 16, or in those of others before it, or anywhere before the codeword.
    constexpr double BER = 1e-100;
    constexpr double CONTINUATION = 0.6;
    const FecCode kp4 = FecCode::Kp4();
    for (const int bitsPerSymbol : {1, 2})
    {
        for (const int interleaving : {1, 2, 4})
        {
            const int length = 10 / bitsPerSymbol;
            const int distance = 15 * length * interleaving;
            const auto sum = [&](int from, int to) {
                double reaches = 0;
                for (int before = from; before <= to; ++before)
                {
                    reaches += std::pow(CONTINUATION, distance + before);
                }
                return reaches;
            };
            const double starts = BER * bitsPerSymbol * (1 - CONTINUATION);
            const double expected =
                starts *
                ((544 - 16) * sum(1 - length, length * (interleaving - 1)) + sum(1 - length, 200));
            const double ratio =
                kp4.GetCodewordErrorRatio({BER, CONTINUATION, static_cast<uint32_t>(bitsPerSymbol)},
                                          interleaving);
            EXPECT_NEAR(ratio / expected, 1, 1e-11) << bitsPerSymbol << " " << interleaving;
        }
    }
}

} // namespace
