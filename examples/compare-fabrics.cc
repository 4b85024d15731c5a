/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// Compares CloudMatrix384 with GB200 NVL72: see USAGE, or compare-fabrics --help.

#include "comparison-options.h"
#include "comparison-table.h"
#include "cost-tables.h"
#include "equal-terms.h"
#include "terminal.h"

#include "ns3/atomic-file.h"
#include "ns3/catalog.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/double.h"
#include "ns3/earlier-results.h"
#include "ns3/enum.h"
#include "ns3/fabric-campaign.h"
#include "ns3/fabric-cost.h"
#include "ns3/fabric-inventory.h"
#include "ns3/fec-code.h"
#include "ns3/global-value.h"
#include "ns3/library-collective.h"
#include "ns3/nvl72-helper.h"
#include "ns3/optics-fit.h"
#include "ns3/output-width.h"
#include "ns3/scenario-quantity.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tornado.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace fabriccomparison;

namespace
{

constexpr const char* PROGRAM = "compare-fabrics"; ///< its name in messages

/// The modules that the helper's latencies are for.
const char* const USUAL_MODULE = "400G-SR8-LPO";

/// Who takes part in the collectives.
const char* const RANKS_NOTE =
    "Collectives run among all dies of a CloudMatrix, two to an NPU, and all GPUs of an NVL72; "
    "sizes are those of one rank. Their times: latencies of chips, memory and FEC, all at once, "
    "half to twice as long as assumed (M).";

/// Factors of latencies that are guessed; hardly any is published.
constexpr ValueRange LATENCIES{0.5, 1, 2};

/**
 * @param optics what --optics says
 * @return type of the modules in the catalog
 */
std::string
GetModuleType(const std::string& optics)
{
    return IsRetimingName(optics) ? "400G-SR8-" + optics : optics;
}

/**
 * @param catalog has the cable
 * @return the cable that copper between L1 and L2 chips is
 */
std::shared_ptr<const ElectricalMediumSpec>
GetCable(const Catalog& catalog)
{
    return catalog.GetMedium("DAC-26AWG");
}

/**
 * @param catalog has the cable
 * @param lengthM length of the links, m
 * @return why they cannot be copper; empty if they can
 */
std::string
GetCopperRefusal(const Catalog& catalog, double lengthM)
{
    constexpr double LANE_BPS = 56e9 * 544 / 514; // four lanes of a UB link, with RS(544,514)
    const auto cable = GetCable(catalog);
    const double reachM = cable->GetReachM(LANE_BPS);
    if (lengthM <= reachM)
    {
        return "";
    }
    return "links of " + Format(lengthM, 1) + " m, but " + cable->name + " reaches " +
           Format(reachM, 1) + " m at this rate: none can be copper; allowed: --length up to " +
           Format(reachM, 1);
}

/**
 * @param catalog the catalog
 * @param type type of the modules in the catalog
 * @param lengthM length of the links, m
 * @throw ScenarioError if light does not reach that far
 */
void
CheckReach(const Catalog& catalog, const std::string& type, double lengthM)
{
    constexpr uint32_t CONNECTORS = 2; // one at each module
    const bool isMulti = IsMultimode(*catalog.GetTransceiver(type));
    const std::string fibre = isMulti ? "OM4" : "SMF";
    const std::string connector = isMulti ? "MPO-MM" : "MPO";
    const double reachM = GetOpticalReachM(catalog,
                                           type,
                                           fibre,
                                           connector,
                                           CONNECTORS,
                                           FecCode::Kp4().GetTargetBer());
    if (lengthM > reachM)
    {
        std::ostringstream length;
        length << lengthM;
        const std::string reach = std::to_string(static_cast<uint64_t>(reachM)) + " m";
        throw ScenarioError({"--length " + length.str(), 0},
                            "light of " + type + " reaches " + reach + " of " + fibre +
                                ", typical parts taken; allowed: 0 to " + reach);
    }
}

/**
 * A CloudMatrix in which the optics are others, and nothing else is.
 * @param catalog the catalog
 * @param options accelerator and length
 * @param optics what --optics says
 * @return its helper
 * @throw ScenarioError if the catalog has no such modules, or copper or light does not reach
 */
Ptr<FabricHelper>
MakeCloudMatrix(const Catalog& catalog, const Options& options, const std::string& optics)
{
    const auto helper = CreateObject<CloudMatrixHelper>();
    catalog.GetAccelerator(options.accelerator);
    helper->SetAttribute("Accelerator", StringValue(options.accelerator));
    helper->SetAttribute("FibreLengthM", DoubleValue(options.lengthM));
    helper->SetAttribute("RdmaFibreLengthM", DoubleValue(options.lengthM));
    if (optics == COPPER)
    {
        const std::string refusal = GetCopperRefusal(catalog, options.lengthM);
        if (!refusal.empty())
        {
            throw ScenarioError({"--optics copper", 0}, refusal);
        }
        helper->SetAttribute("UplinkMedium", EnumValue(FabricLink::Medium::COPPER));
        helper->SetAttribute("FibreDelayNsPerM",
                             DoubleValue(GetCable(catalog)->GetDelayS(1) * 1e9));
        return helper;
    }
    const std::string type = GetModuleType(optics);
    CheckReach(catalog, type, options.lengthM);
    // A link passes two modules; the default latency has those of linear ones in it.
    const double furtherS = 2 * (catalog.GetTransceiver(type)->latencyS -
                                 catalog.GetTransceiver(USUAL_MODULE)->latencyS);
    for (const char* name : {"PhyLatency", "RdmaPhyLatency"})
    {
        TimeValue latency;
        helper->GetAttribute(name, latency);
        const int64_t furtherPs = std::llround(furtherS * 1e12);
        const int64_t ps = latency.Get().GetPicoSeconds() + furtherPs;
        helper->SetAttribute(name, TimeValue(PicoSeconds(std::max<int64_t>(ps, 0))));
    }
    helper->SetAttribute("Module", StringValue(type));
    helper->SetAttribute("RdmaModule", StringValue(type));
    return helper;
}

/**
 * @param options what the command line says
 * @return entries of the catalog that are used
 */
ComparisonSettings
GetSettings(const Options& options)
{
    ComparisonSettings settings;
    if (!options.region.empty())
    {
        settings.regions = {options.region};
    }
    return settings;
}

/**
 * @param catalog the catalog
 * @param helper builds the fabric
 * @param options how often
 * @return figures of years of operation
 */
std::vector<Figure>
Operate(const Catalog& catalog, const Ptr<FabricHelper>& helper, const Options& options)
{
    // An accelerator fails as a whole: where endpoints may be its dies, it is to be one.
    const char* const kindOfEndpoints = "EndpointKind";
    StringValue usual;
    const bool hasKinds = helper->GetAttributeFailSafe(kindOfEndpoints, usual);
    if (hasKinds)
    {
        helper->SetAttribute(kindOfEndpoints, StringValue("Npu"));
    }
    BuiltFabric fabric = helper->Build();
    FabricCampaignSpec spec;
    spec.replications = options.replications;
    constexpr uint32_t ENOUGH = 5; // faults are the same each time
    spec.inputReplications = std::min(spec.replications, ENOUGH);
    const std::vector<Figure> figures =
        GetCampaignFigures(RunFabricCampaign(catalog, fabric, spec));
    Simulator::Destroy();
    fabric.Dispose();
    if (hasKinds)
    {
        helper->SetAttribute(kindOfEndpoints, usual);
    }
    return figures;
}

/**
 * @param options what the command line says
 * @param sizes how many sizes of collectives there are
 * @return steps that looking at a system takes
 */
std::size_t
CountSteps(const Options& options, std::size_t sizes)
{
    return 1 + (options.replications != 0 ? 1 : 0) + (options.hasTimes ? sizes : 0);
}

/**
 * @param helper builds the fabric
 * @param name name of the system
 * @param sizes sizes of collectives, bytes
 * @param progress told what is done
 * @param ranges gets how far each time is known, s
 * @return times of the collectives, by kind and then by size
 */
std::vector<CollectiveRecord>
RunCollectives(const Ptr<FabricHelper>& helper,
               const std::string& name,
               const std::vector<uint64_t>& sizes,
               StepProgress& progress,
               std::vector<ValueRange>& ranges)
{
    std::vector<std::vector<CollectiveRecord>> bySize;
    std::vector<std::vector<ValueRange>> rangesBySize;
    for (const uint64_t bytes : sizes)
    {
        progress.Begin(name + ", collectives of " + WriteBytes(bytes));
        bySize.push_back(RunLibraryCollectives(helper, {bytes}));
        rangesBySize.emplace_back();
        for (const CollectiveRecord& record : bySize.back())
        {
            rangesBySize.back().push_back(GetLibraryTimeRange(helper, record, LATENCIES));
        }
    }
    std::vector<CollectiveRecord> records;
    for (std::size_t kind = 0; !bySize.empty() && kind < bySize.front().size(); ++kind)
    {
        for (std::size_t size = 0; size < bySize.size(); ++size)
        {
            records.push_back(bySize[size][kind]);
            ranges.push_back(rangesBySize[size][kind]);
        }
    }
    return records;
}

/**
 * @param catalog the catalog
 * @param helper builds the fabric
 * @param options regions, and whether times and years of operation are wanted
 * @param name name of the system
 * @param sizes sizes of collectives, bytes
 * @param progress told what is done
 * @return all figures of the fabric
 */
std::vector<Figure>
Look(const Catalog& catalog,
     const Ptr<FabricHelper>& helper,
     const Options& options,
     const std::string& name,
     const std::vector<uint64_t>& sizes,
     StepProgress& progress)
{
    progress.Begin(name + ", its parts");
    const ComparisonSettings settings = GetSettings(options);
    helper->SetRouteTables(false);
    BuiltFabric fabric = helper->Build();
    std::vector<Figure> figures = GetFabricFigures(catalog, fabric, settings);
    std::vector<CostInputs> costs;
    for (const std::string& region : settings.regions)
    {
        costs.push_back(GetFabricCostInputs(catalog, fabric, settings, region));
    }
    Simulator::Destroy();
    fabric.Dispose();
    const auto add = [&figures](const std::vector<Figure>& more) {
        figures.insert(figures.end(), more.begin(), more.end());
    };
    if (options.replications != 0)
    {
        progress.Begin(name + ", years of operation");
        add(Operate(catalog, helper, options));
    }
    if (!options.hasTimes)
    {
        return figures;
    }
    std::vector<ValueRange> ranges;
    const std::vector<CollectiveRecord> collectives =
        RunCollectives(helper, name, sizes, progress, ranges);
    add(GetTimeFigures(collectives, ranges));
    for (std::size_t i = 0; i < costs.size(); ++i)
    {
        add(GetCollectiveCostFigures(GetCost(costs[i], RangeCase::TYPICAL),
                                     settings.regions[i],
                                     Evidence::GUESSED, // as times are
                                     collectives,
                                     GetInputInterval(GetCostTornado(costs[i]))));
    }
    return figures;
}

/**
 * @param catalog the catalog
 * @param helper builds the fabric
 * @param options regions
 * @param name name of the system
 * @param costs where what its cost depends on goes, for each region
 */
void
AddCosts(const Catalog& catalog,
         const Ptr<FabricHelper>& helper,
         const Options& options,
         const std::string& name,
         std::vector<SystemCost>& costs)
{
    const ComparisonSettings settings = GetSettings(options);
    helper->SetRouteTables(false);
    BuiltFabric fabric = helper->Build();
    const auto accelerators =
        static_cast<double>(CountBill(fabric).GetCount(PartClass::ACCELERATOR));
    for (const std::string& region : settings.regions)
    {
        costs.push_back(
            {name, region, accelerators, GetFabricCostInputs(catalog, fabric, settings, region)});
    }
    Simulator::Destroy();
    fabric.Dispose();
}

/**
 * @param catalog the catalog
 * @param options what the command line says
 * @return what costs depend on, of all systems in all regions
 */
std::vector<SystemCost>
CompareCosts(const Catalog& catalog, const Options& options)
{
    std::vector<SystemCost> costs;
    const bool isAll = options.optics == ALL_OPTICS;
    const std::vector<std::string> variants =
        isAll ? GetRetimingNames() : std::vector<std::string>{options.optics};
    for (const std::string& variant : variants)
    {
        AddCosts(catalog,
                 MakeCloudMatrix(catalog, options, variant),
                 options,
                 "CloudMatrix384 (" + options.accelerator + ", " + variant + ")",
                 costs);
    }
    if (!isAll)
    {
        AddCosts(catalog, CreateObject<Nvl72Helper>(), options, "GB200 NVL72", costs);
    }
    return costs;
}

/**
 * @param catalog the catalog
 * @param options what the command line says
 * @return all that is to be shown
 */
Comparison
Compare(const Catalog& catalog, const Options& options)
{
    Comparison comparison;
    if (options.optics == ALL_OPTICS)
    {
        comparison.title = "CloudMatrix384 with other optics, nothing else changed";
        std::vector<std::string> variants = GetRetimingNames();
        const std::string refusal = GetCopperRefusal(catalog, options.lengthM);
        if (refusal.empty())
        {
            variants.push_back(COPPER);
        }
        else
        {
            comparison.notes.push_back("No copper: " + refusal + ".");
        }
        const std::vector<uint64_t> sizes{1ULL << 10, 1ULL << 30};
        StepProgress progress("compare-fabrics",
                              variants.size() * CountSteps(options, sizes.size()));
        for (const std::string& variant : variants)
        {
            const auto helper = MakeCloudMatrix(catalog, options, variant);
            comparison.systems.push_back(
                {variant, Look(catalog, helper, options, variant, sizes, progress), false});
        }
        comparison.notes.push_back(
            "No rate of failures is known of LPO, DSP and LRO apart, so the rows of failures, "
            "availability and outages cannot differ between these: that they are alike is assumed. "
            "A co-packaged engine fails less often, and then takes the board of its switch along.");
        if (options.hasTimes)
        {
            comparison.notes.push_back(RANKS_NOTE);
        }
        return comparison;
    }
    const std::vector<uint64_t> sizes{1ULL << 10, 1ULL << 20, 1ULL << 26, 1ULL << 30};
    const bool isUsual = options.optics == "LPO" && options.accelerator == "Ascend-910C";
    comparison.title = "CloudMatrix384 (" + options.accelerator + ", " +
                       (options.optics == COPPER ? std::string("copper from L1 to L2")
                                                 : GetModuleType(options.optics)) +
                       ") and GB200 NVL72";
    StepProgress progress("compare-fabrics", 2 * CountSteps(options, sizes.size()));
    const auto look = [&](const std::string& name, const Ptr<FabricHelper>& helper) {
        return Look(catalog, helper, options, name, sizes, progress);
    };
    comparison.systems.push_back(
        {"CloudMatrix384",
         look("CloudMatrix384", MakeCloudMatrix(catalog, options, options.optics)),
         isUsual});
    comparison.systems.push_back(
        {"GB200-NVL72", look("GB200-NVL72", CreateObject<Nvl72Helper>()), true});
    if (options.hasTimes)
    {
        comparison.notes.push_back(RANKS_NOTE);
    }
    return comparison;
}

/**
 * @param catalog the catalog
 * @return its accelerators
 */
Comparison
CompareAccelerators(const Catalog& catalog)
{
    Comparison comparison;
    comparison.title = "Accelerators of the catalog, one package";
    for (const std::string& name : catalog.GetNames(CatalogKind::ACCELERATOR))
    {
        comparison.systems.push_back({name, GetAcceleratorFigures(catalog, name), false});
    }
    return comparison;
}

/**
 * Keep a file that another comparison, or something else, has left.
 * @param options what the command line says
 * @throw ScenarioError if the file of --json would be lost
 */
void
ProtectJson(const Options& options)
{
    std::error_code error;
    const bool isThere = std::filesystem::is_regular_file(options.json, error);
    if (!isThere || options.isForced) // a device holds nothing to be lost
    {
        return;
    }
    std::ifstream file(options.json, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::optional<std::string> before = FindJsonText(text, "settings");
    const std::vector<std::string> differences =
        before ? ListSettingDifferences(*before, WriteSettings(options))
               : std::vector<std::string>{"it says nothing of its settings"};
    if (!differences.empty())
    {
        throw ScenarioError({"--json " + options.json, 0},
                            "holds something else (" + SummarizeDifferences(differences) +
                                "); allowed: another name, or --force to replace it");
    }
}

/**
 * @param path where to; empty: nowhere
 * @param write writes it
 * @return exit status
 */
int
Save(const std::string& path, const std::function<void(std::ostream&)>& write)
{
    if (path.empty())
    {
        return 0;
    }
    const WriteOutcome outcome = WriteTextFile(path, write);
    if (!outcome.IsOk())
    {
        Tell(PROGRAM, outcome.error);
        return 1;
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    Time::SetResolution(Time::PS);
    GlobalValue::Bind("SchedulerType", StringValue("ns3::opticalfabric::WheelScheduler"));
    return RunProgram(PROGRAM, [&]() {
        const Options options = ReadOptions(std::vector<std::string>(argv + 1, argv + argc));
        if (options.wantsHelp)
        {
            std::cout << GetUsage();
            return 0;
        }
        ProtectJson(options);
        Catalog catalog;
        for (const std::string& file : options.catalogs)
        {
            catalog.Load(file);
        }
        constexpr std::size_t LEAST = 80;
        constexpr std::size_t USUAL = 120; // of a file
        const std::size_t columns = FindOutputWidth(1);
        const std::size_t width = columns == 0 ? USUAL : std::max(LEAST, columns);
        if (options.wantsTerms)
        {
            const std::vector<SystemCost> costs = CompareCosts(catalog, options);
            PrintEqualTerms(std::cout, costs, width);
            return Save(options.json, [&](std::ostream& os) {
                WriteEqualTermsJson(os, WriteSettings(options), costs);
            });
        }
        if (options.wantsTornado)
        {
            const std::vector<SystemCost> costs = CompareCosts(catalog, options);
            PrintCosts(std::cout, costs, width);
            const int status = Save(options.json, [&](std::ostream& os) {
                WriteCostsJson(os, WriteSettings(options), costs);
            });
            return status;
        }
        Comparison comparison =
            options.wantsAccelerators ? CompareAccelerators(catalog) : Compare(catalog, options);
        comparison.settings = WriteSettings(options);
        Print(std::cout, comparison, catalog, width);
        const int status =
            Save(options.json, [&](std::ostream& os) { WriteJson(os, comparison, catalog); });
        return status;
    });
}
