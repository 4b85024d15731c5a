/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "price-spec.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Ranges that nothing leaves: they catch a wrong unit or a slipped digit.
constexpr double MAX_PRICE_USD = 1e9;           ///< of a piece, USD
constexpr double MAX_ENERGY_USD_PER_KWH = 10;   ///< electricity, USD/kWh
constexpr double MAX_PUE = 10;                  ///< power usage effectiveness
constexpr double MAX_LABOUR_USD_PER_H = 1000;   ///< labour, USD/h
constexpr double MAX_BUILDING_USD_PER_KW = 1e6; ///< building, USD per kW of IT equipment
constexpr double MAX_LIFE_YEARS = 50;           ///< useful life, years
constexpr double MAX_JOB_H = 1000;              ///< write of a checkpoint, restart, h

} // namespace

void
PriceSpec::Validate() const
{
    const ParameterCheck check("price " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    priceUsd.Validate(check, "priceUsd", 0, MAX_PRICE_USD);
}

void
RegionSpec::Validate() const
{
    const ParameterCheck check("region " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    energyUsdPerKwh.Validate(check, "energyUsdPerKwh", 0, MAX_ENERGY_USD_PER_KWH);
    pue.Validate(check, "pue", 1, MAX_PUE);
    labourUsdPerH.Validate(check, "labourUsdPerH", 0, MAX_LABOUR_USD_PER_H);
    buildingUsdPerKw.Validate(check, "buildingUsdPerKw", 0, MAX_BUILDING_USD_PER_KW);
}

void
FinanceSpec::Validate() const
{
    const ParameterCheck check("finance " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    check.RequireAbove("lifeYears.low", lifeYears.low, 0, MAX_LIFE_YEARS);
    lifeYears.Validate(check, "lifeYears", 0, MAX_LIFE_YEARS);
    check.RequireAbove("buildingLifeYears.low", buildingLifeYears.low, 0, MAX_LIFE_YEARS);
    buildingLifeYears.Validate(check, "buildingLifeYears", 0, MAX_LIFE_YEARS);
    discountRate.Validate(check, "discountRate", 0, 1);
}

void
InterruptionSpec::Validate() const
{
    const ParameterCheck check("interruption " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    writeH.Validate(check, "writeH", 0, MAX_JOB_H);
    restartH.Validate(check, "restartH", 0, MAX_JOB_H);
}

} // namespace opticalfabric
} // namespace ns3
