/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "cost-model.h"

#include "ns3/compensated-sum.h"

#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Ranges that nothing leaves: they catch a wrong unit or a slipped digit.
constexpr double MAX_COUNT = 1e12;                                ///< pieces of an item
constexpr double MAX_UNIT_USD = 1e9;                              ///< price of one, USD
constexpr double MAX_FAILURES_PER_YEAR = 1e4;                     ///< of one piece
constexpr double MAX_REPAIR_H = 1e4;                              ///< labour of a repair, h
constexpr double MAX_POWER_W = 1e12;                              ///< power of a system, W
constexpr double MAX_DOWNTIME_USD_PER_H = 1e9;                    ///< cost of an outage, USD/h
constexpr double WATTS_PER_KILOWATT = 1000;                       ///< W
constexpr double MAX_FINITE = std::numeric_limits<double>::max(); ///< any finite number

/**
 * @param count what a cost is divided by
 */
void
RequireCount(double count)
{
    ParameterCheck("cost").RequireAbove("count", count, 0, MAX_FINITE);
}

} // namespace

void
CostInputs::Validate() const
{
    std::set<std::string> names;
    for (const CostItem& item : items)
    {
        const ParameterCheck check("cost item " + item.name);
        check.Require(!item.name.empty(), "name", "\"\"", "a name");
        check.Require(names.insert(item.name).second,
                      "name",
                      '"' + item.name + '"',
                      "a name that no other item has");
        check.RequireBetween("count", item.count, 0, MAX_COUNT);
        item.unitUsd.Validate(check, "unitUsd", 0, MAX_UNIT_USD);
        item.failuresPerYear.Validate(check, "failuresPerYear", 0, MAX_FAILURES_PER_YEAR);
        item.spareShare.Validate(check, "spareShare", 0, 1);
        item.repairH.Validate(check, "repairH", 0, MAX_REPAIR_H);
    }
    const ParameterCheck check("cost");
    powerW.Validate(check, "powerW", 0, MAX_POWER_W);
    region.Validate();
    finance.Validate();
    check.Require(amortisation <= Amortisation::ANNUITY,
                  "amortisation",
                  +amortisation,
                  "STRAIGHT_LINE, ANNUITY");
    downtimeHPerYear.Validate(check, "downtimeHPerYear", 0, HOURS_PER_JULIAN_YEAR);
    downtimeUsdPerH.Validate(check, "downtimeUsdPerH", 0, MAX_DOWNTIME_USD_PER_H);
}

CostInputs
CostInputs::Only(RangeCase::Kind which) const
{
    CostInputs only = *this;
    for (CostItem& item : only.items)
    {
        item.unitUsd = item.unitUsd.Only(which);
        item.failuresPerYear = item.failuresPerYear.Only(which);
        item.spareShare = item.spareShare.Only(which);
        item.repairH = item.repairH.Only(which);
    }
    only.powerW = powerW.Only(which);
    only.region.energyUsdPerKwh = region.energyUsdPerKwh.Only(which);
    only.region.pue = region.pue.Only(which);
    only.region.labourUsdPerH = region.labourUsdPerH.Only(which);
    only.finance.lifeYears = finance.lifeYears.Only(which);
    only.finance.discountRate = finance.discountRate.Only(which);
    only.downtimeHPerYear = downtimeHPerYear.Only(which);
    only.downtimeUsdPerH = downtimeUsdPerH.Only(which);
    return only;
}

double
Cost::GetTcoUsdPerYear() const
{
    return amortisationUsdPerYear + energyUsdPerYear + labourUsdPerYear + sparesUsdPerYear +
           downtimeUsdPerYear;
}

double
Cost::GetTcoUsdPer(double count) const
{
    RequireCount(count);
    return GetTcoUsdPerYear() / count;
}

double
Cost::GetUsdOf(double seconds) const
{
    constexpr double SECONDS_PER_HOUR = 3600;
    ParameterCheck("cost").RequireBetween("seconds", seconds, 0, MAX_FINITE);
    return GetTcoUsdPerYear() / (HOURS_PER_JULIAN_YEAR * SECONDS_PER_HOUR) * seconds;
}

double
Cost::GetCapitalUsdPer(double count) const
{
    RequireCount(count);
    return capitalUsd / count;
}

double
GetAmortisationUsdPerYear(double capitalUsd,
                          double lifeYears,
                          double discountRate,
                          Amortisation::Kind method)
{
    const ParameterCheck check("amortisation");
    check.RequireBetween("capitalUsd", capitalUsd, 0, MAX_FINITE);
    check.RequireAbove("lifeYears", lifeYears, 0, MAX_FINITE);
    check.RequireBetween("discountRate", discountRate, 0, 1);
    check.Require(method <= Amortisation::ANNUITY, "method", +method, "STRAIGHT_LINE, ANNUITY");
    if (method == Amortisation::STRAIGHT_LINE || discountRate == 0)
    {
        return capitalUsd / lifeYears;
    }
    // 1 - (1 + r)^-n, without the loss of digits that small rates would bring.
    const double paidBack = -std::expm1(-lifeYears * std::log1p(discountRate));
    return capitalUsd * discountRate / paidBack;
}

Cost
GetCost(const CostInputs& inputs, RangeCase::Kind which)
{
    inputs.Validate();
    CompensatedSum capital;
    CompensatedSum labour;
    CompensatedSum spares;
    CompensatedSum failures;
    for (const CostItem& item : inputs.items)
    {
        const double failed = item.count * item.failuresPerYear.Get(which);
        const double unitUsd = item.unitUsd.Get(which);
        capital.Add(item.count * unitUsd);
        failures.Add(failed);
        labour.Add(failed * item.repairH.Get(which) * inputs.region.labourUsdPerH.Get(which));
        spares.Add(failed * unitUsd * item.spareShare.Get(which));
    }
    Cost cost;
    cost.capitalUsd = capital.Get();
    cost.failuresPerYear = failures.Get();
    cost.labourUsdPerYear = labour.Get();
    cost.sparesUsdPerYear = spares.Get();
    cost.amortisationUsdPerYear = GetAmortisationUsdPerYear(cost.capitalUsd,
                                                            inputs.finance.lifeYears.Get(which),
                                                            inputs.finance.discountRate.Get(which),
                                                            inputs.amortisation);
    cost.energyUsdPerYear = inputs.powerW.Get(which) * inputs.region.pue.Get(which) /
                            WATTS_PER_KILOWATT * HOURS_PER_JULIAN_YEAR *
                            inputs.region.energyUsdPerKwh.Get(which);
    cost.downtimeUsdPerYear =
        inputs.downtimeHPerYear.Get(which) * inputs.downtimeUsdPerH.Get(which);
    return cost;
}

Cost
GetCostBound(const CostInputs& inputs, RangeCase::Kind which)
{
    inputs.Validate();
    // What lasts is cheap; of all else, what is less.
    CostInputs turned = inputs;
    std::swap(turned.finance.lifeYears.low, turned.finance.lifeYears.high);
    turned.finance.lifeYears = turned.finance.lifeYears.Only(which);
    return GetCost(turned, which);
}

} // namespace opticalfabric
} // namespace ns3
