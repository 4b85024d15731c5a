/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_UNIT_H
#define OPTICAL_FABRIC_CATALOG_UNIT_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What a number of a catalog measures. Each has a unit of its own, that of the specs.
struct CatalogQuantity
{
    /// The quantities, with the unit of the specs.
    enum Kind : uint8_t
    {
        PURE,             ///< a number without a dimension, 1
        LEVEL,            ///< power of light, dBm
        RATIO,            ///< dB
        NOISE_DENSITY,    ///< dB/Hz
        POWER,            ///< W
        POWER_PER_DEGREE, ///< W/degC
        TEMPERATURE,      ///< degC
        WAVELENGTH,       ///< nm
        SYMBOL_RATE,      ///< GBd
        FREQUENCY,        ///< GHz
        TIME,             ///< s
        LENGTH,           ///< m
        DELAY_PER_LENGTH, ///< s/m
        CURRENT,          ///< mA
        DRIFT,            ///< relative, 1/kh
        ENERGY,           ///< eV
        ATTENUATION,      ///< dB/km
        LOSS_PER_LENGTH,  ///< dB/m
        MODAL_BANDWIDTH,  ///< MHz km
        DISPERSION,       ///< accumulated, ps/nm
        DISPERSION_SLOPE, ///< ps/(nm^2 km)
        FAILURE_RATE,     ///< failures in 1e9 hours, FIT
        DURATION,         ///< what takes hours and years, h
        COMPUTE,          ///< TFLOPS
        BYTES,            ///< GB
        BYTE_RATE,        ///< GB/s
        BIT_RATE,         ///< Tb/s
        MONEY,            ///< USD
        ENERGY_PRICE,     ///< USD/kWh
        LABOUR_PRICE,     ///< USD/h
        CAPACITY_PRICE,   ///< USD/kW
        YEARS,            ///< year
        YEARLY_RATE       ///< 1/year
    };

    static constexpr uint8_t COUNT = YEARLY_RATE + 1; ///< how many there are
};

/**
 * @ingroup optical-fabric
 * @brief A unit that a number may be written in. The number in the unit of the specs is
 * value * factor / divisor + offset, where value is first turned into decibels if it is a power
 * and the specs have a level. Factor and divisor are whole, so that what can be exact is.
 */
struct CatalogUnit
{
    const char* name;        ///< as written
    double factor;           ///< multiplies
    double divisor;          ///< divides
    double offset;           ///< is added
    bool isLogarithm{false}; ///< ten times the decadic logarithm is taken first

    /**
     * @param value number in this unit
     * @return the number in the unit of the specs; not finite for the logarithm of 0 or less
     */
    double Convert(double value) const;
};

/**
 * @ingroup optical-fabric
 * @param quantity what is measured
 * @return units it may be written in, that of the specs first
 */
const std::vector<CatalogUnit>& GetCatalogUnits(CatalogQuantity::Kind quantity);

/**
 * @ingroup optical-fabric
 * @param quantity what is measured
 * @return names of the units it may be written in, for messages
 */
std::vector<std::string> GetCatalogUnitNames(CatalogQuantity::Kind quantity);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_UNIT_H */
