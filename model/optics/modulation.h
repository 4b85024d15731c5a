/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MODULATION_H
#define OPTICAL_FABRIC_MODULATION_H

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief How a lane carries bits.
struct Modulation
{
    /// The formats.
    enum Kind : uint8_t
    {
        NRZ, ///< two levels, one bit a symbol
        PAM4 ///< four levels, two bits a symbol, Gray coded
    };
};

/**
 * @ingroup optical-fabric
 * @param modulation format
 * @return bits of a symbol
 */
uint32_t GetBitsPerSymbol(Modulation::Kind modulation);

/**
 * @ingroup optical-fabric
 * @param modulation format
 * @return its name, "NRZ" or "PAM4"
 */
std::string GetName(Modulation::Kind modulation);

/**
 * @ingroup optical-fabric
 * Bit error ratio of one lane with Gaussian noise, the same on all levels, and equally spaced
 * levels.
 *
 * Q is half the distance between neighboring levels over the noise's standard deviation:
 * OMA / 2 sigma for NRZ, OMA / 6 sigma for PAM4. NRZ: erfc(Q / sqrt 2) / 2. PAM4, Gray coded, of
 * whose errors nearly all are to a neighboring level: 3/8 erfc(Q / sqrt 2) (J. Poon, OFC 2026
 * workshop on co-packaged optics for scale-up). Errors to levels farther away would add 0.6 % at
 * Q = 1 and less than 1e-8 of the ratio above Q = 2.
 *
 * @param modulation format
 * @param q Q, at least 0; throws std::invalid_argument otherwise
 * @return share of bits in error
 */
double GetBitErrorRatio(Modulation::Kind modulation, double q);

/**
 * @ingroup optical-fabric
 * The inverse of GetBitErrorRatio.
 *
 * @param modulation format
 * @param ber share of bits in error, above 0 and at most what Q = 0 gives; throws
 *            std::invalid_argument otherwise
 * @return Q, with a relative error below 1e-14 for ratios down to 1e-307
 */
double GetQ(Modulation::Kind modulation, double ber);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MODULATION_H */
