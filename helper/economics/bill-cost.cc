/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bill-cost.h"

#include "input-ranges.h"
#include "job-plan.h"

#include "ns3/availability.h"
#include "ns3/catalog-power.h"
#include "ns3/fabric-inventory.h"
#include "ns3/parameter-check.h"
#include "ns3/power-budget.h"

#include <algorithm>
#include <map>
#include <optional>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param catalog failure modes
 * @param name name of a mode
 * @param settings spare accelerators, and the life over which parts fail
 * @param item gets how it fails
 */
void
SetFailures(const Catalog& catalog,
            const std::string& name,
            const CostSettings& settings,
            CostItem& item)
{
    const auto mode = catalog.GetFailureMode(name);
    const double perYear =
        GetFailuresPerYear(1, GetFailureRateFit(catalog, name, settings.finance));
    const double repairH = mode->repair.duration.GetMeanH();
    const double detectionH = mode->detection.GetMeanH();
    item.mode = name;
    item.failuresPerYear =
        Scale(GetFactorRange(catalog, CatalogKind::FAILURE_MODE, name, "rate"), perYear);
    item.spareShare = GetUsedUp(catalog, name);
    item.repairH = ValueRange::Exactly(mode->repair.needsCrew ? repairH : 0);
    item.downH = Scale(GetFactorRange(catalog, CatalogKind::FAILURE_MODE, name, "repair"), repairH);
    for (double* h : {&item.downH.low, &item.downH.typical, &item.downH.high})
    {
        *h += detectionH;
    }
    if (StopsAccelerators(mode->component))
    {
        item.interruptShare =
            mode->component == ComponentKind::POWER_FEED ? 1 : 1 - settings.spareShare;
    }
}

/**
 * @param catalog power
 * @param line a line of a power budget
 * @return what one of its parts takes from the socket, W
 */
ValueRange
GetUnitW(const Catalog& catalog, const PowerLine& line)
{
    const double typicalW = line.inputW / static_cast<double>(line.line.count);
    const std::optional<CatalogKind::Kind> kind = FindPowerKind(line.line.part);
    return kind ? Scale(GetFactorRange(catalog, *kind, line.line.type, "power"), typicalW)
                : ValueRange::Exactly(typicalW);
}

} // namespace

CostInputs
MakeCostInputs(const Catalog& catalog,
               const BillOfMaterials& bill,
               const CostSettings& settings,
               const CableCounts& cables)
{
    ParameterCheck("cost").RequireBetween("spareShare", settings.spareShare, 0, 1);
    const PowerChain chain = catalog.GetSupply(settings.supply)->GetChain(1);
    std::map<std::string, CostItem> items;
    CostInputs inputs;
    const PowerBudget budget = GetPowerBudget(bill, MakePowerBook(catalog, bill), {}, chain);
    for (const PowerLine& power : budget.lines)
    {
        const BillLine& line = power.line;
        CostItem& item = items[GetName(line.part) + " " + line.type];
        item.name = line.type;
        item.count += static_cast<double>(line.count);
        item.unitUsd = catalog.GetPrice(line.type)->priceUsd;
        item.unitW = GetUnitW(catalog, power);
        const std::string mode = GetFailureModeName(catalog, line);
        if (!mode.empty())
        {
            SetFailures(catalog, mode, settings, item);
        }
        if (line.part == PartClass::ACCELERATOR)
        {
            const auto spec = catalog.GetAccelerator(line.type);
            const auto range = [&catalog, &line](const char* path) {
                return GetFactorRange(catalog, CatalogKind::ACCELERATOR, line.type, path);
            };
            item.unitTflops = Scale(range("compute"), spec->denseTflops);
            item.unitMemoryGB = Scale(range("memory"), spec->memoryGB);
            item.unitMemoryGBps = Scale(range("memory_bandwidth"), spec->memoryGBps);
            const ValueRange hour = catalog.GetPrice(line.type + "-hour")->priceUsd;
            const auto count = static_cast<double>(line.count);
            inputs.name = line.type;
            inputs.downtimeUsdPerH.low += count * hour.low;
            inputs.downtimeUsdPerH.typical += count * hour.typical;
            inputs.downtimeUsdPerH.high += count * hour.high;
        }
    }
    for (const auto& [type, cable] : cables)
    {
        const auto found = items.find(GetName(PartClass::CABLE) + " " + type);
        if (found != items.end() && cable.count > 0)
        {
            // As many pieces as fail, at the price of what is swapped then.
            CostItem& item = found->second;
            item.unitUsd = Scale(item.unitUsd, item.count / static_cast<double>(cable.count));
            item.count = static_cast<double>(cable.count);
            SetFailures(catalog, cable.mode, settings, item);
        }
    }
    if (const std::size_t racks = GetRacks(bill).size())
    {
        CostItem& feed = items["power-feed"]; // paid for with the building
        feed.name = "power-feed";
        feed.count = static_cast<double>(racks);
        SetFailures(catalog, feed.name, settings, feed);
    }
    for (const auto& [key, item] : items)
    {
        inputs.items.push_back(item);
    }
    inputs.region = *catalog.GetRegion(settings.region);
    inputs.finance = *catalog.GetFinance(settings.finance);
    inputs.interruption = *catalog.GetInterruption(settings.interruption);
    inputs.Validate();
    return inputs;
}

Evidence::Grade
GetOutageGrade(const Catalog& catalog, const BillOfMaterials& bill, const std::string& interruption)
{
    Evidence::Grade grade = EstimateFailures(catalog, bill).rateGrade;
    for (const char* field : {"write.typical", "restart.typical"})
    {
        grade = std::max(
            grade,
            catalog.Require(CatalogKind::INTERRUPTION, interruption, field, Evidence::GUESSED)
                .evidence);
    }
    for (const BillLine& line : bill.GetLines())
    {
        if (line.part == PartClass::ACCELERATOR)
        {
            grade = std::max(grade,
                             catalog
                                 .Require(CatalogKind::PRICE,
                                          line.type + "-hour",
                                          "price.typical",
                                          Evidence::GUESSED)
                                 .evidence);
        }
    }
    return grade;
}

Evidence::Grade
GetPriceGrade(const Catalog& catalog, const BillOfMaterials& bill, const std::string& network)
{
    Evidence::Grade worst = Evidence::QUOTED;
    for (const BillLine& line : bill.GetLines())
    {
        if (network.empty() || line.network == network)
        {
            const CatalogValue& price =
                catalog.Require(CatalogKind::PRICE, line.type, "price.typical", Evidence::GUESSED);
            worst = std::max(worst, price.evidence);
        }
    }
    return worst;
}

} // namespace opticalfabric
} // namespace ns3
