/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FEC_CODE_H
#define OPTICAL_FABRIC_FEC_CODE_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How bit errors come before FEC.
 *
 * Errors begin independently of each other, each with the chance that gives the stated bit error
 * ratio. With bursts, as the feedback of an equalizer makes them, an error is followed by another
 * in the next modulation symbol with probability burstContinuation, and so on; BurstLine says it
 * exactly. Modulation symbols carry the bits of code symbols in order; multiplexing bit by bit
 * between FEC and line, which spreads a burst over more code symbols, is not modelled.
 */
struct BitErrors
{
    double ber{0}; ///< share of bits in error before FEC, 0 to 0.5
    double burstContinuation{
        0};                    ///< chance that an errored symbol is followed by another, 0 to 0.95
    uint32_t bitsPerSymbol{2}; ///< bits of a modulation symbol: 1 (NRZ) or 2 (PAM4)

    /// Refuse what cannot be: throws std::invalid_argument naming the value and what is allowed.
    /// Everything that takes bit errors does so.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief A Reed-Solomon code, RS(n, k) over symbols of m bits, or no code at all.
 *
 * It corrects up to t = (n - k) / 2 symbols of a codeword; more are noticed (miscorrection is
 * neglected), and damage every frame that has a bit in the codeword.
 */
class FecCode
{
  public:
    /// Bit error ratio before FEC that modules made for KP4 are specified for, as their data sheets
    /// have it.
    static constexpr double KP4_BER = 2.4e-4;
    /// Bit error ratio that links without FEC are specified for (IEEE Std 802.3, 52.1, recalled).
    static constexpr double UNCODED_BER = 1e-12;

    /// No code: every bit error damages its frame.
    FecCode() = default;

    /**
     * @param name name
     * @param n symbols of a codeword, 3 to 2^m - 1
     * @param k symbols of these that carry data, 1 to n - 2
     * @param m bits of a symbol, 2 to 16
     *
     * Throws std::invalid_argument if out of range.
     */
    FecCode(const std::string& name, uint32_t n, uint32_t k, uint32_t m);

    /// @return RS(544,514) over 10 bits, "KP4": IEEE Std 802.3, clause 91 and 119
    static FecCode Kp4();
    /// @return RS(528,514) over 10 bits, "KR4": IEEE Std 802.3, clause 91
    static FecCode Kr4();
    /// @return RS(272,258) over 10 bits, "LL": the low-latency code of the Ethernet Technology
    /// Consortium (Low-Latency FEC Specification, 2019)
    static FecCode LowLatency();

    /// @return names FromName knows
    static std::vector<std::string> GetNames();
    /**
     * @param name "KP4", "KR4", "LL" or "none"; throws std::invalid_argument for another
     * @return the code
     */
    static FecCode FromName(const std::string& name);

    /// @return true if there is a code
    bool IsCoded() const;
    /// @return name; "none" without a code
    const std::string& GetName() const;
    /// @return symbols of a codeword
    uint32_t GetSymbols() const;
    /// @return symbols of these that carry data
    uint32_t GetDataSymbols() const;
    /// @return bits of a symbol
    uint32_t GetSymbolBits() const;
    /// @return symbols it corrects
    uint32_t GetCorrectable() const;
    /// @return line rate over data rate: n / k, or 1
    double GetOverhead() const;

    /**
     * Bit error ratio before FEC that leaves as many lost codewords as KP4 leaves of KP4_BER,
     * 8.15e-13, if errors are independent: what a margin is measured to.
     * @return the ratio; without a code UNCODED_BER
     */
    double GetTargetBer() const;

    /**
     * @param errors how bit errors come
     * @return share of code symbols in error
     */
    double GetSymbolErrorRatio(const BitErrors& errors) const;

    /**
     * Bit error ratio that stands for several lanes: that of one line with the mean of their symbol
     * error ratios.
     * @param errors how bit errors come, on each lane; its ber does not count
     * @param laneBers bit error ratio of each lane, 0 to 0.5, at least one
     * @return bit error ratio with which GetSymbolErrorRatio gives the mean
     */
    double GetMeanLaneBer(BitErrors errors, const std::vector<double>& laneBers) const;

    /**
     * Share of codewords that cannot be corrected, to full relative precision down to 1e-300: the
     * tail is summed itself, never taken as one minus the rest.
     *
     * Without bursts it is the binomial tail: the sum over i > t of C(n,i) p^i (1-p)^(n-i), where
     * p = 1 - (1-ber)^m is the share of symbols in error. With bursts it follows from the chain of
     * BurstLine, and tends to the same as burstContinuation tends to 0.
     * @param errors how bit errors come
     * @param interleaving codewords that take symbols from the line in turn, 1 to 16, others throw
     *                     std::invalid_argument; matters with bursts only
     * @return the ratio; without a code, 0
     */
    double GetCodewordErrorRatio(const BitErrors& errors, uint32_t interleaving = 1) const;

    /**
     * The same if the symbols of a codeword are dealt out over lanes in turn, as Ethernet does it:
     * the number in error is the sum of one binomially distributed number for each lane. A number
     * of lanes that does not divide n gives the last ones a symbol more. With bursts, all lanes
     * count as the one of GetMeanLaneBer.
     * @param errors how bit errors come, on each lane; its ber does not count
     * @param laneBers bit error ratio of each lane in use, 0 to 0.5, at least one
     * @param interleaving codewords that take symbols from the line in turn, 1 to 16
     * @return the ratio; without a code, 0
     */
    double GetLanesCodewordErrorRatio(const BitErrors& errors,
                                      const std::vector<double>& laneBers,
                                      uint32_t interleaving = 1) const;

    /**
     * Share of frames that arrive damaged: those with a bit in an uncorrectable codeword, or,
     * without a code, with a bit in error.
     *
     * The frame begins at any bit of the data as likely. With a code, the codewords it has a symbol
     * of follow from where it begins: as many as are interleaved, again and again for every
     * k * interleaving symbols it reaches into, fewer only if it has fewer symbols there. Each
     * fails with the codeword error ratio, independently; with bursts, interleaved codewords fail
     * together more often than that, and the ratio is too high by up to a factor of interleaving.
     * Without a code, the frame begins with a modulation symbol.
     * @param errors how bit errors come
     * @param frameBytes size of a frame on the wire, all that is lost with a bit of it, at least 1;
     *                   0 throws std::invalid_argument
     * @param interleaving codewords that share out symbols of the data in turn, 1 to 16, others
     *                     throw std::invalid_argument
     * @return the ratio
     */
    double GetFrameLossRatio(const BitErrors& errors,
                             uint32_t frameBytes,
                             uint32_t interleaving = 1) const;

    /**
     * The same if symbols are dealt out over lanes in turn.
     * @param errors how bit errors come, on each lane; its ber does not count
     * @param laneBers bit error ratio of each lane in use, 0 to 0.5, at least one
     * @param frameBytes size of a frame on the wire, at least 1
     * @param interleaving codewords that share out symbols of the data in turn, 1 to 16
     * @return the ratio
     */
    double GetLanesFrameLossRatio(const BitErrors& errors,
                                  const std::vector<double>& laneBers,
                                  uint32_t frameBytes,
                                  uint32_t interleaving = 1) const;

    /**
     * Time the last data bit of a codeword waits until the codeword is complete, which the receiver
     * needs before it can correct: interleaving codewords at the line rate.
     * @param lineRateBps rate on the line with overhead, bit/s, above 0; throws
     *                    std::invalid_argument otherwise
     * @param interleaving codewords that come at the same time, 1 to 16, others throw
     *                     std::invalid_argument
     * @return time, s; without a code, 0
     */
    double GetAccumulationS(double lineRateBps, uint32_t interleaving = 1) const;

  private:
    /**
     * @param codewordErrorRatio share of codewords that cannot be corrected
     * @param frameBytes size of a frame on the wire, at least 1
     * @param interleaving codewords that share out symbols of the data in turn
     * @return share of frames with a bit in such a codeword
     */
    double GetCodedLossRatio(double codewordErrorRatio,
                             uint32_t frameBytes,
                             uint32_t interleaving) const;
    /**
     * @param symbols symbols a frame has a bit of; it begins in any symbol as likely
     * @param interleaving codewords that share out symbols of the data in turn
     * @param logIntact logarithm of the share of codewords that arrive intact
     * @return share of frames with a symbol in a codeword that does not
     */
    double GetLossRatio(uint64_t symbols, uint32_t interleaving, double logIntact) const;

    std::string m_name{"none"}; ///< name
    uint32_t m_n{0};            ///< symbols of a codeword; 0: no code
    uint32_t m_k{0};            ///< symbols that carry data
    uint32_t m_m{1};            ///< bits of a symbol
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FEC_CODE_H */
