/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bill-cost.h"

#include "bill-failures.h"
#include "bill-outages.h"

#include "ns3/availability.h"

#include <algorithm>
#include <map>

namespace ns3
{
namespace opticalfabric
{

CostInputs
MakeCostInputs(const Catalog& catalog,
               const BillOfMaterials& bill,
               double inputW,
               const std::string& region,
               const std::string& finance,
               const std::string& interruption)
{
    std::map<std::string, CostItem> items;
    for (const BillLine& line : bill.GetLines())
    {
        CostItem& item = items[GetName(line.part) + " " + line.type];
        item.name = line.type;
        item.count += static_cast<double>(line.count);
        item.unitUsd = catalog.GetPrice(line.type)->priceUsd;
        const std::string name = GetFailureModeName(catalog, line);
        if (name.empty())
        {
            continue;
        }
        const auto mode = catalog.GetFailureMode(name);
        item.failuresPerYear =
            ValueRange::Exactly(GetFailuresPerYear(1, GetFailureRateFit(catalog, name, finance)));
        item.spareShare = ValueRange::Exactly(mode->repair.kind == RepairAction::SWAP ? 1 : 0);
        item.repairH =
            ValueRange::Exactly(mode->repair.needsCrew ? mode->repair.duration.GetMeanH() : 0);
    }
    CostInputs inputs;
    for (const auto& [key, item] : items)
    {
        inputs.items.push_back(item);
    }
    inputs.powerW = ValueRange::Exactly(inputW);
    inputs.region = *catalog.GetRegion(region);
    inputs.finance = *catalog.GetFinance(finance);
    const OutageEstimate outages = EstimateOutages(catalog, bill, interruption, finance);
    inputs.downtimeHPerYear = outages.hoursPerYear;
    inputs.downtimeUsdPerH = outages.usdPerH;
    inputs.Validate();
    return inputs;
}

double
GetNetworkPriceUsd(const Catalog& catalog, const BillOfMaterials& bill, const std::string& network)
{
    double sumUsd = 0;
    for (const BillLine& line : bill.GetLines())
    {
        if (line.network == network)
        {
            sumUsd +=
                static_cast<double>(line.count) * catalog.GetPrice(line.type)->priceUsd.typical;
        }
    }
    return sumUsd;
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
