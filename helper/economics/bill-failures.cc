/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bill-failures.h"

#include "ns3/availability.h"
#include "ns3/fabric-inventory.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double FIT_HOURS = 1e9; ///< hours that a rate in FIT is for

/**
 * @param entry a failure mode
 * @param prefixes beginnings of fields
 * @return how well founded its values of these fields are: as the worst of them
 */
Evidence::Grade
GetWorst(const CatalogEntry& entry, const std::vector<std::string>& prefixes)
{
    Evidence::Grade worst = Evidence::QUOTED;
    for (const CatalogValue& value : entry.values)
    {
        const bool isWanted =
            std::any_of(prefixes.begin(), prefixes.end(), [&value](const std::string& prefix) {
                return value.field.compare(0, prefix.size(), prefix) == 0;
            });
        worst = isWanted ? std::max(worst, value.evidence) : worst;
    }
    return worst;
}

} // namespace

std::string
GetFailureModeName(const Catalog& catalog, const BillLine& line)
{
    switch (line.part)
    {
    case PartClass::ACCELERATOR:
        return "npu";
    case PartClass::PROCESSOR:
        return "cpu";
    case PartClass::SWITCH:
        return catalog.GetSwitch(line.type)->scope == SwitchScope::CHIP ? "switch-chip"
                                                                        : "switch-box";
    case PartClass::CIRCUIT_SWITCH:
        return "ocs";
    case PartClass::NIC:
        return "nic";
    case PartClass::MODULE:
        return "module";
    case PartClass::CABLE:
    case PartClass::ENCLOSURE:
        break;
    }
    return "";
}

FailureEstimate
EstimateFailures(const Catalog& catalog, const BillOfMaterials& bill, const CableCounts& cables)
{
    std::map<std::string, uint64_t> counts;
    for (const BillLine& line : bill.GetLines())
    {
        const std::string mode = GetFailureModeName(catalog, line);
        if (!mode.empty())
        {
            counts[mode] += line.count;
        }
    }
    for (const auto& [type, cable] : cables)
    {
        counts[cable.mode] += cable.count;
    }
    if (const std::size_t racks = GetRacks(bill).size())
    {
        counts["power-feed"] = racks;
    }
    FailureEstimate estimate;
    std::vector<double> ratesFit;
    std::vector<double> availabilities;
    for (const auto& [name, count] : counts)
    {
        const auto mode = catalog.GetFailureMode(name);
        const CatalogEntry& entry = catalog.GetEntry(CatalogKind::FAILURE_MODE, name);
        const double meanH = mode->law.GetMeanH();
        FailureLine line;
        line.mode = name;
        line.count = count;
        line.failuresPerYear = GetFailuresPerYear(count, FIT_HOURS / meanH);
        line.downH = mode->detection.GetMeanH() + mode->repair.duration.GetMeanH();
        line.availability =
            std::pow(GetAvailability(meanH, line.downH), static_cast<double>(count));
        estimate.failuresPerYear += line.failuresPerYear;
        ratesFit.push_back(static_cast<double>(count) * FIT_HOURS / meanH);
        availabilities.push_back(line.availability);
        const Evidence::Grade rate = GetWorst(entry, {"rate", "mtbf", "median", "sigma"});
        estimate.rateGrade = std::max(estimate.rateGrade, rate);
        estimate.availabilityGrade =
            std::max({estimate.availabilityGrade, rate, GetWorst(entry, {"detection", "repair"})});
        estimate.lines.push_back(line);
    }
    estimate.mtbfH = GetSeriesMtbfH(ratesFit);
    estimate.availability = GetSeriesAvailability(availabilities);
    return estimate;
}

} // namespace opticalfabric
} // namespace ns3
