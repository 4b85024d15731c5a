/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICAL_UNITS_H
#define OPTICAL_FABRIC_OPTICAL_UNITS_H

#include <cmath>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Speed of light in vacuum, m/s, exact (SI Brochure, 9th edition).
constexpr double SPEED_OF_LIGHT_M_S = 299792458.0;

/**
 * @ingroup optical-fabric
 * @param ratio a ratio of powers, above 0
 * @return the same in dB
 */
inline double
ToDb(double ratio)
{
    return 10 * std::log10(ratio);
}

/**
 * @ingroup optical-fabric
 * @param db a ratio of powers, dB
 * @return the ratio
 */
inline double
FromDb(double db)
{
    return std::pow(10, db / 10);
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICAL_UNITS_H */
