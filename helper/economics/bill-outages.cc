/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bill-outages.h"

#include "bill-failures.h"

#include "ns3/cost-model.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

OutageEstimate
EstimateOutages(const Catalog& catalog,
                const BillOfMaterials& bill,
                const std::string& interruption,
                const std::string& finance)
{
    const FailureEstimate failures = EstimateFailures(catalog, bill, finance);
    const ValueRange lostH = catalog.GetInterruption(interruption)->lostH;
    const double repairH = (1 - failures.availability) * HOURS_PER_JULIAN_YEAR;
    const auto getHours = [&](double waitH, double eachH) {
        return std::min(waitH + failures.failuresPerYear * eachH, HOURS_PER_JULIAN_YEAR);
    };
    OutageEstimate estimate;
    estimate.hoursPerYear = {getHours(0, lostH.low),
                             getHours(repairH, lostH.typical),
                             getHours(repairH, lostH.high)};
    estimate.grade = std::max(
        failures.availabilityGrade,
        catalog.Require(CatalogKind::INTERRUPTION, interruption, "lost.typical", Evidence::GUESSED)
            .evidence);
    for (const BillLine& line : bill.GetLines())
    {
        if (line.part != PartClass::ACCELERATOR)
        {
            continue;
        }
        const std::string hour = line.type + "-hour";
        const ValueRange usd = catalog.GetPrice(hour)->priceUsd;
        const auto count = static_cast<double>(line.count);
        estimate.usdPerH.low += count * usd.low;
        estimate.usdPerH.typical += count * usd.typical;
        estimate.usdPerH.high += count * usd.high;
        estimate.grade = std::max(
            estimate.grade,
            catalog.Require(CatalogKind::PRICE, hour, "price.typical", Evidence::GUESSED).evidence);
    }
    return estimate;
}

} // namespace opticalfabric
} // namespace ns3
