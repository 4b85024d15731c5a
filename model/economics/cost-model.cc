/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "cost-model.h"

#include "ns3/checkpoint-plan.h"
#include "ns3/compensated-sum.h"
#include "ns3/lifetime-law.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
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
constexpr double MAX_TFLOPS = 1e6;                                ///< compute of one
constexpr double MAX_MEMORY_GB = 1e6;                             ///< memory of one
constexpr double MAX_MEMORY_GBPS = 1e8;                           ///< its bandwidth
constexpr double MAX_DOWN_H = 1e6;                                ///< a failure, h
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

/**
 * @param one a range
 * @param other another
 * @return whether they are the same
 */
bool
IsSame(const ValueRange& one, const ValueRange& other)
{
    return one.low == other.low && one.typical == other.typical && one.high == other.high;
}

/**
 * @param one an item
 * @param other another of its mode
 * @return whether what is known of failures and repairs of both is the same
 */
bool
FailsAlike(const CostItem& one, const CostItem& other)
{
    return IsSame(one.failuresPerYear, other.failuresPerYear) &&
           IsSame(one.spareShare, other.spareShare) && IsSame(one.repairH, other.repairH) &&
           IsSame(one.downH, other.downH) && one.interruptShare == other.interruptShare;
}

/**
 * What a job gets done.
 * @param inputs what it depends on
 * @param which which values
 * @param cost its interruptions; gets interval and efficiency
 */
void
SetJob(const CostInputs& inputs, RangeCase::Kind which, Cost& cost)
{
    const double writeH = inputs.interruption.writeH.Get(which);
    const double restartH = inputs.interruption.restartH.Get(which);
    if (cost.interruptionsPerYear == 0)
    {
        return;
    }
    const double mtbfH = HOURS_PER_YEAR / cost.interruptionsPerYear;
    if (writeH == 0)
    {
        cost.jobEfficiency = std::exp(-restartH / mtbfH); // checkpoints all the time, for nothing
        return;
    }
    cost.checkpointH = GetDalyIntervalH(writeH, mtbfH);
    cost.jobEfficiency = GetDalyEfficiency({cost.checkpointH, writeH, restartH}, mtbfH);
}

} // namespace

const std::string&
CostItem::GetMode() const
{
    return mode.empty() ? name : mode;
}

void
CostInputs::Validate() const
{
    std::set<std::string> names;
    std::map<std::string, const CostItem*> modes;
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
        item.spareShare.Validate(check, "spareShare", 0, 100);
        item.repairH.Validate(check, "repairH", 0, MAX_REPAIR_H);
        item.unitW.Validate(check, "unitW", 0, MAX_POWER_W);
        item.unitTflops.Validate(check, "unitTflops", 0, MAX_TFLOPS);
        item.unitMemoryGB.Validate(check, "unitMemoryGB", 0, MAX_MEMORY_GB);
        item.unitMemoryGBps.Validate(check, "unitMemoryGBps", 0, MAX_MEMORY_GBPS);
        item.downH.Validate(check, "downH", 0, MAX_DOWN_H);
        check.RequireBetween("interruptShare", item.interruptShare, 0, 1);
        const auto [like, isNew] = modes.emplace(item.GetMode(), &item);
        check.Require(isNew || FailsAlike(item, *like->second),
                      "mode",
                      '"' + item.GetMode() + '"',
                      "failures and repairs as those of " + like->second->name);
    }
    const ParameterCheck check("cost");
    powerW.Validate(check, "powerW", 0, MAX_POWER_W);
    region.Validate();
    finance.Validate();
    interruption.Validate();
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
        item.unitW = item.unitW.Only(which);
        item.unitTflops = item.unitTflops.Only(which);
        item.unitMemoryGB = item.unitMemoryGB.Only(which);
        item.unitMemoryGBps = item.unitMemoryGBps.Only(which);
        item.downH = item.downH.Only(which);
    }
    only.powerW = powerW.Only(which);
    only.region.energyUsdPerKwh = region.energyUsdPerKwh.Only(which);
    only.region.pue = region.pue.Only(which);
    only.region.labourUsdPerH = region.labourUsdPerH.Only(which);
    only.region.buildingUsdPerKw = region.buildingUsdPerKw.Only(which);
    only.finance.lifeYears = finance.lifeYears.Only(which);
    only.finance.buildingLifeYears = finance.buildingLifeYears.Only(which);
    only.finance.discountRate = finance.discountRate.Only(which);
    only.interruption.writeH = interruption.writeH.Only(which);
    only.interruption.restartH = interruption.restartH.Only(which);
    only.downtimeHPerYear = downtimeHPerYear.Only(which);
    only.downtimeUsdPerH = downtimeUsdPerH.Only(which);
    return only;
}

double
Cost::GetTcoUsdPerYear() const
{
    return amortisationUsdPerYear + buildingUsdPerYear + energyUsdPerYear + labourUsdPerYear +
           sparesUsdPerYear + downtimeUsdPerYear;
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
    CompensatedSum interruptions;
    CompensatedSum powerW;
    powerW.Add(inputs.powerW.Get(which));
    double logAvailability = 0;
    Cost cost;
    for (const CostItem& item : inputs.items)
    {
        const double failed = item.count * item.failuresPerYear.Get(which);
        const double unitUsd = item.unitUsd.Get(which);
        capital.Add(item.count * unitUsd);
        failures.Add(failed);
        labour.Add(failed * item.repairH.Get(which) * inputs.region.labourUsdPerH.Get(which));
        spares.Add(failed * unitUsd * item.spareShare.Get(which));
        powerW.Add(item.count * item.unitW.Get(which));
        cost.tflops += item.count * item.unitTflops.Get(which);
        cost.memoryGB += item.count * item.unitMemoryGB.Get(which);
        cost.memoryGBps += item.count * item.unitMemoryGBps.Get(which);
        interruptions.Add(failed * item.interruptShare);
        // Down over up, of a part that is up for a mean life and then down.
        const double downOverUp =
            item.failuresPerYear.Get(which) / HOURS_PER_YEAR * item.downH.Get(which);
        logAvailability -= item.count * std::log1p(downOverUp);
    }
    cost.powerW = powerW.Get();
    cost.interruptionsPerYear = interruptions.Get();
    cost.availability = std::exp(logAvailability);
    SetJob(inputs, which, cost);
    cost.capitalUsd = capital.Get();
    cost.failuresPerYear = failures.Get();
    cost.labourUsdPerYear = labour.Get();
    cost.sparesUsdPerYear = spares.Get();
    cost.amortisationUsdPerYear = GetAmortisationUsdPerYear(cost.capitalUsd,
                                                            inputs.finance.lifeYears.Get(which),
                                                            inputs.finance.discountRate.Get(which),
                                                            inputs.amortisation);
    const double powerKw = cost.powerW / WATTS_PER_KILOWATT;
    cost.buildingUsd = powerKw * inputs.region.buildingUsdPerKw.Get(which);
    cost.buildingUsdPerYear = GetAmortisationUsdPerYear(cost.buildingUsd,
                                                        inputs.finance.buildingLifeYears.Get(which),
                                                        inputs.finance.discountRate.Get(which),
                                                        inputs.amortisation);
    cost.energyUsdPerYear = powerKw * inputs.region.pue.Get(which) * HOURS_PER_JULIAN_YEAR *
                            inputs.region.energyUsdPerKwh.Get(which);
    const double lostH = (1 - cost.jobEfficiency) * HOURS_PER_JULIAN_YEAR;
    cost.downtimeUsdPerYear =
        std::min(inputs.downtimeHPerYear.Get(which) + lostH, HOURS_PER_JULIAN_YEAR) *
        inputs.downtimeUsdPerH.Get(which);
    return cost;
}

Cost
GetCostBound(const CostInputs& inputs, RangeCase::Kind which)
{
    inputs.Validate();
    // What lasts is cheap; of all else, what is less.
    CostInputs turned = inputs;
    for (ValueRange* years : {&turned.finance.lifeYears, &turned.finance.buildingLifeYears})
    {
        std::swap(years->low, years->high);
        *years = years->Only(which);
    }
    return GetCost(turned, which);
}

} // namespace opticalfabric
} // namespace ns3
