/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bill-failures.h"

#include "ns3/availability.h"
#include "ns3/fabric-inventory.h"
#include "ns3/json-writer.h"
#include "ns3/renewal-function.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// What says how long a part lives, and how many fail young.
const std::vector<std::string> LAW_FIELDS{"rate", "shape", "scale", "median", "sigma", "infant"};

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
GetModuleFailureModeName(const Catalog& catalog, const std::string& transceiver)
{
    return catalog.GetTransceiver(transceiver)->retiming == Retiming::CPO ? "module-co-packaged"
                                                                          : "module";
}

std::string
GetModuleFailureModeName(const Catalog& catalog, const BillOfMaterials& bill)
{
    for (const BillLine& line : bill.GetLines())
    {
        if (line.part == PartClass::MODULE)
        {
            return GetFailureModeName(catalog, line);
        }
    }
    return "module";
}

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
        return GetModuleFailureModeName(catalog, line.type);
    case PartClass::CABLE:
    case PartClass::ENCLOSURE:
        break;
    }
    return "";
}

double
GetFailureRateFit(const Catalog& catalog, const std::string& mode, const std::string& finance)
{
    const double lifeH = catalog.GetFinance(finance)->lifeYears.typical * HOURS_PER_YEAR;
    const LifetimeLaw law = catalog.GetFailureMode(mode)->law;
    try
    {
        return GetMeanFailureRateFit(law, lifeH);
    }
    catch (const std::invalid_argument&)
    {
        throw std::invalid_argument("failure mode " + mode + ": " + law.Describe() +
                                    " has no closed form over a life of " +
                                    JsonWriter::Format(lifeH) +
                                    " h; allowed: laws by which at most half of all fail within "
                                    "1/2000 of it, or a campaign");
    }
}

Evidence::Grade
GetFailureRateGrade(const Catalog& catalog, const std::string& mode)
{
    const CatalogEntry& entry = catalog.GetEntry(CatalogKind::FAILURE_MODE, mode);
    const Evidence::Grade grade = GetWorst(entry, LAW_FIELDS);
    const bool isExponential =
        catalog.GetFailureMode(mode)->law.GetKind() == LifetimeLaw::EXPONENTIAL;
    return isExponential ? grade : std::max(grade, GetWorst(entry, {"law"}));
}

FailureEstimate
EstimateFailures(const Catalog& catalog,
                 const BillOfMaterials& bill,
                 const CableCounts& cables,
                 const std::string& finance)
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
        const double rateFit = GetFailureRateFit(catalog, name, finance);
        FailureLine line;
        line.mode = name;
        line.count = count;
        line.failuresPerYear = GetFailuresPerYear(count, rateFit);
        line.downH = mode->detection.GetMeanH() + mode->repair.duration.GetMeanH();
        const double upShare = 1 / (1 + rateFit / FIT_PER_RATE * line.downH);
        line.availability = std::pow(upShare, static_cast<double>(count));
        estimate.failuresPerYear += line.failuresPerYear;
        ratesFit.push_back(static_cast<double>(count) * rateFit);
        availabilities.push_back(line.availability);
        const Evidence::Grade rate = GetFailureRateGrade(catalog, name);
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
