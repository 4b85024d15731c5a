/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ERRORED_LINE_H
#define OPTICAL_FABRIC_ERRORED_LINE_H

#include "ns3/fec-code.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/// Errors on a line as BurstLine has them, but in terms of a modulation symbol as a whole, and with
/// nothing solved: the tests' own sums.
struct ErroredLine
{
    double start;           ///< probability that an error begins in a bit
    double continuation;    ///< probability that an errored symbol is followed by another
    uint32_t bitsPerSymbol; ///< bits of a modulation symbol

    /**
     * @param afterError whether the symbol before is in error
     * @param bits which bits of the symbol are in error, bit 0 the first
     * @return probability of just these
     */
    double GetProbability(bool afterError, uint32_t bits) const
    {
        const auto begun = [&](uint32_t carried) {
            double probability = 1;
            for (uint32_t bit = 0; bit < bitsPerSymbol; ++bit)
            {
                const bool isWrong = bits >> bit & 1;
                const double begins = bit == carried ? 1 : start;
                probability *= isWrong ? begins : 1 - begins;
            }
            return probability;
        };
        double probability = begun(bitsPerSymbol);
        if (afterError)
        {
            probability *= 1 - continuation;
            for (uint32_t carried = 0; carried < bitsPerSymbol; ++carried)
            {
                probability += continuation / bitsPerSymbol * begun(carried);
            }
        }
        return probability;
    }

    /// @return share of modulation symbols in error, after the line has run for long
    double GetErrored() const
    {
        double errored = 0;
        for (int symbol = 0; symbol < 3000; ++symbol)
        {
            errored =
                1 - (1 - errored) * GetProbability(false, 0) - errored * GetProbability(true, 0);
        }
        return errored;
    }

    /// @return share of bits in error
    double GetBitErrorRatio() const
    {
        const double errored = GetErrored();
        double wrong = 0;
        for (uint32_t bits = 1; bits < 1u << bitsPerSymbol; ++bits)
        {
            wrong += ((bits & 1) + (bits >> 1)) * ((1 - errored) * GetProbability(false, bits) +
                                                   errored * GetProbability(true, bits));
        }
        return wrong / bitsPerSymbol;
    }

    /// @return the same, as the model is told of it
    BitErrors GetBitErrors() const
    {
        return BitErrors{GetBitErrorRatio(), continuation, bitsPerSymbol};
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ERRORED_LINE_H */
