/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-campaign.h"

#include "ns3/campaign-streams.h"
#include "ns3/fabric-fault-targets.h"
#include "ns3/fabric-link-limits.h"
#include "ns3/fault-inventory.h"
#include "ns3/flow-degradation.h"
#include "ns3/parameter-check.h"

#include <cmath>
#include <cstdio>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param targets components of a fabric
 * @return modes that count all failures of what a job on its first network needs
 */
std::vector<std::string>
GetModes(const FabricFaultTargets& targets)
{
    const std::vector<std::pair<ComponentKind::Kind, const char*>> candidates{
        {ComponentKind::NPU, "npu"},
        {ComponentKind::CPU, "cpu"},
        {ComponentKind::SWITCH_CHIP, "switch-chip"},
        {ComponentKind::OCS, "ocs"},
        {ComponentKind::MODULE, "module"}};
    std::vector<std::string> modes;
    for (const auto& [kind, mode] : candidates)
    {
        if (!targets.GetNames(kind).empty())
        {
            modes.emplace_back(mode);
        }
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
    failures.modes = GetModes(targets);
    failures.takesAlong = true;
    CampaignSpec campaign;
    campaign.inventory = MakeFaultInventory(failures, fabric, targets, catalog);
    FabricCampaign result;
    result.accelerators =
        static_cast<uint32_t>(campaign.inventory.GetComponents(campaign.job.accelerator).size());
    result.spares = static_cast<uint32_t>(std::ceil(spec.spareShare * result.accelerators));
    campaign.job.accelerators = result.accelerators - result.spares;
    const ValueRange lostH = catalog.GetInterruption(spec.interruption)->lostH;
    campaign.job.checkpoint = {2 * (lostH.typical - lostH.low), 0, lostH.low};
    campaign.horizonH = spec.years * HOURS_PER_YEAR;
    campaign.replications = spec.replications;
    campaign.threads = spec.threads;
    campaign.crews = spec.crews;
    campaign.job.rerouteH = GetRerouteH(*fabric.networks.at(0));
    FlowJob job;
    job.communicationShare = spec.communicationShare;
    const FlowDegradation model(fabric, targets, campaign.inventory, job, FaultTolerance());
    result.report = RunCampaign(campaign, model, MakeCampaignStreams(spec.seed, 1));
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
                                const std::string& note) {
        figures.push_back({key,
                           name,
                           unit,
                           value,
                           decimals,
                           Evidence::GUESSED, // repairs and what an interruption takes are
                           note,
                           "A job on all accelerators but spares, years simulated"});
    };
    add("spare_accelerators", "spare accelerators", "", campaign.spares, 0, "");
    figures.back().grade.reset();
    add("job_interruptions",
        "interruptions a year",
        "1/year",
        report.interruptionsPerYear.mean,
        1,
        ShowHalfWidth(report.interruptionsPerYear.GetHalfWidth(), 1, 1));
    add("job_availability_percent",
        "time that the job runs",
        "%",
        report.jobAvailability.mean * PERCENT,
        3,
        ShowHalfWidth(report.jobAvailability.GetHalfWidth(), PERCENT, 3));
    add("job_goodput_percent",
        "work that counts",
        "%",
        report.goodput.mean * PERCENT,
        3,
        ShowHalfWidth(report.goodput.halfWidth, PERCENT, 3));
    add("fleet_goodput_percent",
        "  of all accelerators",
        "%",
        report.fleetGoodput.mean * PERCENT,
        3,
        ShowHalfWidth(report.fleetGoodput.halfWidth, PERCENT, 3));
    return figures;
}

} // namespace opticalfabric
} // namespace ns3
