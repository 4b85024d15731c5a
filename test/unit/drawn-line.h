/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_DRAWN_LINE_H
#define OPTICAL_FABRIC_DRAWN_LINE_H

#include "errored-line.h"

#include "ns3/fec-code.h"

#include <cmath>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

namespace ns3
{
namespace opticalfabric
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

    /// @return all that was counted
    double GetSum() const
    {
        return m_sum;
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

/**
 * A line with errors drawn at random, and the codewords on it.
 *
 * What is drawn is how far it is from one error that begins to the next, so time goes by errors and
 * not by bits: some 20 ns each where they come alone.
 */
class DrawnLine
{
  public:
    /**
     * @param line how errors come
     * @param code the code, over symbols of SYMBOL_BITS; throws std::invalid_argument if over
     * others
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
          m_roundBits(uint64_t{code.GetSymbols()} * interleaving * SYMBOL_BITS),
          m_wrongSymbols(interleaving, 0)
    {
        if (code.GetSymbolBits() != SYMBOL_BITS)
        {
            throw std::invalid_argument("DrawnLine: symbols of a code have 10 bits");
        }
        // The standard says what numbers this draws, but not what the distributions make of them.
        std::mt19937_64 random(seed);
        // Above 0, at most 1.
        const auto uniform = [&] { return static_cast<double>((random() >> 11) + 1) * 0x1p-53; };
        // Bits passed by until the next in which an error begins.
        const double perLog = 1 / std::log1p(-line.start);
        const auto skip = [&] { return static_cast<uint64_t>(std::log(uniform()) * perLog); };
        const uint64_t end = rounds * m_roundBits;
        const uint32_t symbolBits = line.bitsPerSymbol;
        uint64_t begins = skip();
        while (begins < end)
        {
            if (line.continuation == 0)
            {
                SetWrong(begins);
                begins += 1 + skip();
                continue;
            }
            uint64_t symbol = begins / symbolBits;
            bool isCarried = false;
            do
            {
                const uint64_t carried = isCarried && symbolBits == 2 && uniform() <= 0.5;
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
                isCarried = uniform() <= line.continuation;
            } while (isCarried && symbol * symbolBits < end);
        }
        EndRound();
    }

    Mean bits;              ///< bits in error
    Mean symbols;           ///< symbols in error
    Mean codewords;         ///< codewords that cannot be corrected
    Mean rounds;            ///< rounds with such a codeword
    uint64_t firstsLost{0}; ///< rounds whose first codeword is one; they are independent

  private:
    /// Bits of a code symbol, of any code there is here: a constant, for it is divided by often.
    static constexpr uint32_t SYMBOL_BITS = 10;
    static constexpr uint32_t NONE = UINT32_MAX; ///< no symbol

    /// @param bit bit of the line in error, none before the last one
    void SetWrong(uint64_t bit)
    {
        uint64_t inRound = bit - m_roundBegin;
        if (inRound >= m_roundBits)
        {
            EndRound();
            m_roundBegin += inRound / m_roundBits * m_roundBits;
            inRound = bit - m_roundBegin;
            m_lastWrong = NONE;
        }
        ++m_wrongBits;
        const uint32_t symbol = static_cast<uint32_t>(inRound) / SYMBOL_BITS;
        if (symbol != m_lastWrong)
        {
            m_lastWrong = symbol;
            ++m_wrongSymbols[symbol % m_interleaving];
        }
    }

    /// Take what the round has come to.
    void EndRound()
    {
        firstsLost += m_wrongSymbols.front() > m_correctable;
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
    uint64_t m_roundBits;                 ///< bits of a round
    std::vector<uint32_t> m_wrongSymbols; ///< for each codeword, symbols in error this round
    uint64_t m_roundBegin{0};             ///< first bit of this round
    uint32_t m_lastWrong{NONE};           ///< symbol of this round in error last
    uint32_t m_wrongBits{0};              ///< bits in error this round
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_DRAWN_LINE_H */
