/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FEC_BURSTS_H
#define OPTICAL_FABRIC_FEC_BURSTS_H

#include "ns3/fec-code.h"

#include <array>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Bit errors on a line as a Markov chain, and what a Reed-Solomon code sees of them.
 *
 * The chain has two states: the last modulation symbol was in error, or it was not (after E. N.
 * Gilbert, Capacity of a Burst-Noise Channel, Bell System Technical Journal 39, 1960; for what
 * feedback equalizers do to PAM4 and interleaved codes see Y. Zhan, Q. Hu, Y. Zhang, DFE Error
 * Propagation and FEC Interleaving for 400GbE PAM4 Electrical Lane, IEICE Transactions on
 * Electronics E103-C, 2020). In every bit an error begins with probability u. After a symbol in
 * error, moreover, with probability a = burstContinuation the next symbol has an error in one of
 * its bits, in each as likely. The mean burst is 1 / (1 - a) symbols long. u follows from the bit
 * error ratio.
 *
 * All results are exact for this chain: bursts may begin, end and overlap anywhere, also across
 * the ends of code symbols and codewords. They are sums and products of positive terms only, and so
 * have full relative precision however small they are.
 */
class BurstLine
{
  public:
    /// @param errors how bit errors come; throws std::invalid_argument if out of range
    explicit BurstLine(const BitErrors& errors);

    /// @return probability that an error begins in a bit, u
    double GetStartRatio() const;

    /**
     * @param m bits of a code symbol, at least 1
     * @return share of code symbols in error
     */
    double GetSymbolErrorRatio(uint32_t m) const;

    /**
     * Share of codewords with more than t symbols in error. The time it takes grows with n t.
     * @param n symbols of a codeword
     * @param t symbols that can be corrected, below n
     * @param m bits of a symbol
     * @param interleaving codewords that take symbols from the line in turn, at least 1
     * @return the ratio
     */
    double GetCodewordErrorRatio(uint32_t n, uint32_t t, uint32_t m, uint32_t interleaving) const;

    /**
     * @param bits length of a run of bits that begins with a modulation symbol, a multiple of
     *             bitsPerSymbol
     * @return probability that the run has an error
     */
    double GetRunErrorRatio(uint64_t bits) const;

  private:
    /// States of the chain. Between modulation symbols there are two: the last was CLEAN or ERRED.
    /// Within one of two bits, after the first, these say the same of the first, and DUE that the
    /// burst has its error in the second.
    enum State
    {
        CLEAN,
        ERRED,
        DUE,
        STATES
    };

    /// Probability of each state.
    using Row = std::array<double, STATES>;
    /// Probability of each next state, from each state.
    using Matrix = std::array<Row, STATES>;

    /// Some bits of the line: probabilities of the state after them, from that before.
    struct Step
    {
        Matrix clean{}; ///< together with having no error in them
        Matrix hit{};   ///< together with having one or more
    };

    /**
     * @param row probabilities before
     * @param matrix a step
     * @return probabilities after
     */
    static Row Multiply(const Row& row, const Matrix& matrix);
    /**
     * @param first a step
     * @param second the step after it
     * @return both
     */
    static Matrix Multiply(const Matrix& first, const Matrix& second);
    /**
     * @param a one way
     * @param b another
     * @return either
     */
    static Matrix Add(const Matrix& a, const Matrix& b);

    /// @return the step over each bit of a modulation symbol
    std::array<Step, 2> MakeBits() const;
    /**
     * @param m bits of a code symbol
     * @param phase bit of a modulation symbol it begins with
     * @return the step over it
     */
    Step WalkSymbol(uint32_t m, uint32_t phase) const;
    /**
     * @param n symbols of a codeword
     * @param t symbols that can be corrected
     * @param own step over a symbol of the codeword and those of others until its next, by phase
     * @param advance bits of the line from a symbol of the codeword to its next
     * @param phase bit of a modulation symbol that the codeword begins with
     * @return probability of more than t symbols in error
     */
    double GetTail(uint32_t n,
                   uint32_t t,
                   const std::array<Step, 2>& own,
                   uint64_t advance,
                   uint32_t phase) const;

    uint32_t m_bitsPerSymbol;        ///< bits of a modulation symbol, 1 or 2
    double m_continuation;           ///< a
    double m_start{0};               ///< u
    double m_symbolStart{0};         ///< probability that an error begins in a modulation symbol
    double m_erred{0};               ///< share of modulation symbols in error
    std::array<Step, 2> m_bits;      ///< step over each bit of a modulation symbol
    std::array<Row, 2> m_stationary; ///< states before each bit of a modulation symbol
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FEC_BURSTS_H */
