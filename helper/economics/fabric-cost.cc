/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-cost.h"

#include "bill-cost.h"

#include "ns3/fabric-inventory.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace ns3
{
namespace opticalfabric
{

BillOfMaterials
CountScaleUpBill(const BuiltFabric& fabric)
{
    const BillOfMaterials all = CountBill(fabric);
    BillOfMaterials bill;
    for (const BillLine& line : all.GetLines())
    {
        if (line.network.empty() || line.network == fabric.names[0])
        {
            bill.Add(line);
        }
    }
    return bill;
}

CableCounts
CountCables(const BuiltFabric& fabric)
{
    const BillOfMaterials bill = CountScaleUpBill(fabric);
    const NetworkParts& parts = fabric.parts.networks.at(0);
    CableCounts cables;
    if (const uint64_t links = fabric.counts[0].GetLinks(FabricLink::Medium::COPPER))
    {
        cables[parts.copperCable] = {"passive-copper", links};
    }
    if (const uint64_t fibres = bill.GetCountOfType(PartClass::CABLE, parts.fibreCable))
    {
        cables[parts.fibreCable] = {"passive-fibre", fibres};
    }
    return cables;
}

CostInputs
GetFabricCostInputs(const Catalog& catalog,
                    const BuiltFabric& fabric,
                    const ComparisonSettings& settings,
                    const std::string& region)
{
    CostSettings terms;
    terms.supply = settings.supply;
    terms.region = region;
    terms.finance = settings.finance;
    terms.interruption = settings.interruption;
    terms.spareShare = settings.spareShare;
    return MakeCostInputs(catalog, CountScaleUpBill(fabric), terms, CountCables(fabric));
}

std::vector<Figure>
GetCollectiveCostFigures(const Cost& cost,
                         const std::string& region,
                         Evidence::Grade grade,
                         const std::vector<CollectiveRecord>& collectives)
{
    std::map<std::string, const CollectiveRecord*> largest;
    for (const CollectiveRecord& collective : collectives)
    {
        const CollectiveRecord*& kept = largest[collective.kind];
        kept = kept == nullptr || collective.bytes > kept->bytes ? &collective : kept;
    }
    std::string suffix = region;
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    constexpr double THOUSAND = 1000;
    std::vector<Figure> figures;
    for (const auto& [kind, collective] : largest)
    {
        const CollectiveCost one = GetCollectiveCost(cost, *collective);
        Figure figure;
        figure.key = kind + "_usd_per_1000_" + suffix;
        figure.name = collective->name + ", a thousand";
        figure.unit = "USD";
        figure.value = one.usd * THOUSAND;
        figure.decimals = 3;
        figure.grade = grade;
        figure.group = "Cost of collectives in " + region + ": that of the system for their time";
        figures.push_back(figure);
        figure.key = kind + "_usd_per_pb_" + suffix;
        figure.name = "  per petabyte moved";
        figure.value = one.usdPerMovedPb;
        figures.push_back(figure);
    }
    return figures;
}

} // namespace opticalfabric
} // namespace ns3
