/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-campaign.h"

#include "bill-failures.h"
#include "campaign-inputs.h"
#include "fabric-cost.h"
#include "input-ranges.h"

#include "ns3/campaign-streams.h"
#include "ns3/fabric-fault-targets.h"
#include "ns3/fabric-link-limits.h"
#include "ns3/fault-inventory.h"
#include "ns3/flow-degradation.h"
#include "ns3/parameter-check.h"
#include "ns3/tornado.h"
#include "ns3/verdict-memo.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param catalog kinds of modules
 * @param fabric a fabric
 * @param targets its components
 * @return modes that count all failures of what a job on its first network needs
 */
std::vector<std::string>
GetModes(const Catalog& catalog, const BuiltFabric& fabric, const FabricFaultTargets& targets)
{
    const std::string ofModules = GetModuleFailureModeName(catalog, CountScaleUpBill(fabric));
    const bool hasLight = fabric.counts[0].GetLinks(FabricLink::Medium::OPTICAL) > 0;
    const bool hasCopper = fabric.counts[0].GetLinks(FabricLink::Medium::COPPER) > 0;
    const std::vector<std::pair<ComponentKind::Kind, std::string>> candidates{
        {ComponentKind::NPU, "npu"},
        {ComponentKind::CPU, "cpu"},
        {ComponentKind::SWITCH_CHIP, "switch-chip"},
        {ComponentKind::OCS, "ocs"},
        {ComponentKind::MODULE, ofModules},
        {ComponentKind::POWER_FEED, "power-feed"}};
    std::vector<std::string> modes;
    for (const auto& [kind, mode] : candidates)
    {
        if (!targets.GetNames(kind).empty())
        {
            modes.emplace_back(mode);
        }
    }
    if (hasLight && !targets.GetNames(ComponentKind::FIBRE).empty())
    {
        modes.emplace_back("passive-fibre");
    }
    if (hasCopper && !hasLight) // a mode is of all links with a cable, or of none
    {
        modes.emplace_back("passive-copper");
    }
    return modes;
}

/**
 * @param halfWidth half of the width of an interval
 * @param scale what it is multiplied by
 * @param decimals decimals worth printing
 * @return it as a note
 */
std::string
ShowHalfWidth(double halfWidth, double scale, int decimals)
{
    char text[32];
    std::snprintf(text, sizeof(text), "+- %.*f", decimals, halfWidth * scale);
    return text;
}

} // namespace

FabricCampaign
RunFabricCampaign(const Catalog& catalog, const BuiltFabric& fabric, const FabricCampaignSpec& spec)
{
    const ParameterCheck check("campaign of a fabric");
    check.RequireBetween("spareShare", spec.spareShare, 0, 1);
    check.Require(spec.replications >= 2, "replications", spec.replications, "2 to 10000");
    const FabricFaultTargets targets(fabric, 0);
    FaultInventorySpec failures;
    failures.modes = GetModes(catalog, fabric, targets);
    failures.takesAlong = true;
    CampaignInputs inputs;
    inputs.inventory = MakeFaultInventory(failures, fabric, targets, catalog);
    inputs.interruption = *catalog.GetInterruption(spec.interruption);
    CampaignSpec campaign;
    campaign.inventory = inputs.inventory;
    FabricCampaign result;
    result.accelerators =
        static_cast<uint32_t>(inputs.inventory.GetComponents(campaign.job.accelerator).size());
    constexpr double ROUNDING = 1e-9; // a share of 1/24 of 384 is 16
    result.spares =
        static_cast<uint32_t>(std::ceil(spec.spareShare * result.accelerators - ROUNDING));
    campaign.job.accelerators = result.accelerators - result.spares;
    campaign.horizonH = spec.years * HOURS_PER_YEAR;
    campaign.replications = spec.replications;
    campaign.threads = spec.threads;
    campaign.crews = spec.crews;
    campaign.job.rerouteH = GetRerouteH(*fabric.networks.at(0));
    FlowJob job;
    job.communicationShare = spec.communicationShare;
    const FlowDegradation model(fabric, targets, inputs.inventory, job, FaultTolerance());
    VerdictMemo verdicts(model);
    inputs.horizonH = campaign.horizonH;
    inputs.jobShare = 1 - static_cast<double>(result.spares) / result.accelerators;
    const auto run = [&](const CampaignInputs& varied) {
        campaign.inventory = varied.inventory;
        campaign.job.checkpoint = varied.PlanCheckpoints();
        return RunCampaign(campaign, verdicts, MakeCampaignStreams(spec.seed, 1));
    };
    result.report = run(inputs);
    result.checkpoint = inputs.PlanCheckpoints();
    if (spec.inputReplications > 0)
    {
        constexpr double ANY = std::numeric_limits<double>::infinity();
        const auto getMeans = [](const CampaignReport& report) {
            return std::vector<double>{report.interruptionsPerYear.mean,
                                       report.jobAvailability.mean,
                                       report.goodput.mean,
                                       report.fleetGoodput.mean};
        };
        campaign.replications = spec.inputReplications;
        const std::vector<ValueRange> intervals = GetCampaignIntervals(
            catalog,
            inputs,
            {ANY, 1, 1, 1},
            getMeans(result.report),
            [&](const CampaignInputs& varied) { return getMeans(run(varied)); });
        result.interruptions = intervals[0];
        result.jobAvailability = intervals[1];
        result.goodput = intervals[2];
        result.fleetGoodput = intervals[3];
    }
    return result;
}

std::vector<Figure>
GetCampaignFigures(const FabricCampaign& campaign)
{
    const CampaignReport& report = campaign.report;
    constexpr double PERCENT = 100;
    std::vector<Figure> figures;
    const auto add = [&figures](const char* key,
                                const char* name,
                                const char* unit,
                                double value,
                                int decimals,
                                const std::string& note,
                                const std::optional<ValueRange>& inputs,
                                double scale) {
        figures.push_back({key,
                           name,
                           unit,
                           value * scale,
                           decimals,
                           Evidence::GUESSED, // repairs, checkpoints and restarts are
                           note,
                           "A job on all accelerators but spares, years simulated"});
        if (inputs)
        {
            figures.back().inputs = Scale(*inputs, scale);
        }
    };
    add("spare_accelerators", "spare accelerators", "", campaign.spares, 0, "", {}, 1);
    figures.back().grade.reset();
    add("spare_percent",
        "  share of all",
        "%",
        static_cast<double>(campaign.spares) / campaign.accelerators,
        2,
        "",
        {},
        PERCENT);
    figures.back().grade.reset();
    add("job_checkpoint_h",
        "between checkpoints (Daly)",
        "h",
        campaign.checkpoint.intervalH,
        2,
        "",
        {},
        1);
    add("job_interruptions",
        "interruptions a year",
        "1/year",
        report.interruptionsPerYear.mean,
        1,
        ShowHalfWidth(report.interruptionsPerYear.GetHalfWidth(), 1, 1),
        campaign.interruptions,
        1);
    add("job_availability_percent",
        "time that the job runs",
        "%",
        report.jobAvailability.mean,
        3,
        ShowHalfWidth(report.jobAvailability.GetHalfWidth(), PERCENT, 3),
        campaign.jobAvailability,
        PERCENT);
    add("job_goodput_percent",
        "work that counts",
        "%",
        report.goodput.mean,
        3,
        ShowHalfWidth(report.goodput.halfWidth, PERCENT, 3),
        campaign.goodput,
        PERCENT);
    add("fleet_goodput_percent",
        "  of all accelerators",
        "%",
        report.fleetGoodput.mean,
        3,
        ShowHalfWidth(report.fleetGoodput.halfWidth, PERCENT, 3),
        campaign.fleetGoodput,
        PERCENT);
    return figures;
}

} // namespace opticalfabric
} // namespace ns3
