/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PRICE_SPEC_H
#define OPTICAL_FABRIC_PRICE_SPEC_H

#include "ns3/value-range.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a piece of something costs. Values come from the catalog, with unit and source.
 */
struct PriceSpec
{
    std::string name;    ///< as in the catalog, not empty
    ValueRange priceUsd; ///< price of a piece, USD, 0 to 1e9

    /// Refuse what cannot be: throws std::invalid_argument naming price, field, value, allowed.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief What a region's grid, buildings and people cost. Values come from the catalog.
 */
struct RegionSpec
{
    std::string name;           ///< as in the catalog, not empty
    ValueRange energyUsdPerKwh; ///< electricity, USD/kWh, 0 to 10
    ValueRange pue;             ///< power usage effectiveness of buildings, 1 to 10
    ValueRange labourUsdPerH;   ///< an hour of a technician, all costs of the employer, 0 to 1000
    /// Building with its power and cooling, per kW of IT equipment at the socket, USD/kW, 0 to 1e6.
    ValueRange buildingUsdPerKw;

    /// Refuse what cannot be: throws std::invalid_argument naming region, field, value, allowed.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief How capital is turned into a cost per year. Values come from the catalog.
 */
struct FinanceSpec
{
    std::string name;     ///< as in the catalog, not empty
    ValueRange lifeYears; ///< useful life of equipment, years, above 0, at most 50
    ValueRange buildingLifeYears{20, 20, 20}; ///< that of the building, years, above 0, at most 50
    ValueRange discountRate;                  ///< interest on the capital, per year, 0 to 1

    /// Refuse what cannot be: throws std::invalid_argument naming it, field, value, allowed.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief What interruptions take from a job besides the time until it could run again: what it
 * spends on checkpoints, and the restart. Values come from the catalog. How long it computes
 * between checkpoints follows from them and from how often it is interrupted (GetDalyIntervalH).
 */
struct InterruptionSpec
{
    std::string name;  ///< as in the catalog, not empty
    ValueRange writeH; ///< time to write a checkpoint, in which the job stands still, h, 0 to 1000
    ValueRange restartH; ///< from when the job can run again until it computes, h, 0 to 1000

    /// Refuse what cannot be: throws std::invalid_argument naming it, field, value, allowed.
    void Validate() const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PRICE_SPEC_H */
