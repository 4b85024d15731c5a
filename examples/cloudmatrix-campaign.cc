/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// Years of operation of a CloudMatrix384, by jumps from fault to fault: how much of the time does a
// job get, and what does each tolerance of faults save? What can fail is counted from the built
// fabric, and failure modes come from the catalog.
//
//   cloudmatrix-campaign --years=5 --replications=100 --threads=2
//   cloudmatrix-campaign --model=flow
//   cloudmatrix-campaign --years=1 --replications=1 --faults=faults.csv
//   cloudmatrix-campaign --retry=0 --pathBorrowing=0
//   cloudmatrix-campaign --compare=1 --spareCounts=0,4,8,16

#include "campaign-tolerances.h"

#include "ns3/atomic-file.h"
#include "ns3/campaign-report.h"
#include "ns3/campaign-streams.h"
#include "ns3/campaign.h"
#include "ns3/catalog.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/command-line.h"
#include "ns3/fabric-two-tier.h"
#include "ns3/fault-inventory.h"
#include "ns3/flow-degradation.h"
#include "ns3/nstime.h"
#include "ns3/optics-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/**
 * @param hasOptics whether links have light and connectors
 * @return 384 NPUs with a CPU for every two, a scale-up network, and a scale-out network that the
 *         job does not need; an NPU is one endpoint, as it fails as a whole
 */
BuiltFabric
BuildCloudMatrix(bool hasOptics)
{
    const auto helper = CreateObject<CloudMatrixHelper>();
    helper->SetAttribute("EndpointKind", StringValue("Npu"));
    helper->SetRouteTables(false);
    BuiltFabric fabric = helper->Build();
    const std::vector<std::string> transceivers{"400G-SR8-LPO", "400G-SR8"}; // by rate of links
    for (std::size_t i = 0; hasOptics && i < fabric.networks.size(); ++i)
    {
        const auto optics = CreateObject<OpticsHelper>();
        optics->SetAttribute("Transceiver", StringValue(transceivers.at(i)));
        fabric.plants[i] = optics->Install(fabric.networks[i]);
    }
    return fabric;
}

/**
 * @param isByLane whether lanes and connectors of modules fail one by one. The catalog splits its
 *                 rate of modules into theirs, so that there are as many failures.
 * @return what can fail
 */
FaultInventorySpec
MakeFailures(bool isByLane)
{
    FaultInventorySpec failures;
    failures.modes = {"flap-burst", "switch-chip", "npu", "cpu", "nic"};
    const std::vector<std::string> ofModules =
        isByLane ? std::vector<std::string>{"laser-sudden-death", "lane-failure", "contamination"}
                 : std::vector<std::string>{"module"};
    failures.modes.insert(failures.modes.end(), ofModules.begin(), ofModules.end());
    failures.takesAlong = true;
    return failures;
}

/**
 * @param name closed or flow
 * @param fabric the fabric
 * @param targets its components
 * @param inventory what can fail of it
 * @param traffic the job
 * @param tolerance what is done about faults
 * @return how much faults slow the job
 */
std::shared_ptr<const DegradationModel>
MakeModel(const std::string& name,
          const BuiltFabric& fabric,
          const FabricFaultTargets& targets,
          const FaultInventory& inventory,
          const TwoTierJob& traffic,
          const FaultTolerance& tolerance)
{
    if (name == "closed")
    {
        return std::make_shared<FabricTwoTier>(fabric, targets, inventory, traffic, tolerance);
    }
    if (name == "flow")
    {
        FlowJob job;
        job.communicationShare = traffic.communicationShare;
        job.marginDb = traffic.marginDb;
        return std::make_shared<FlowDegradation>(fabric, targets, inventory, job, tolerance);
    }
    throw std::invalid_argument("model = " + name + " is not allowed; allowed: closed, flow");
}

/**
 * @param inventory what can fail
 */
void
DescribeInventory(const FaultInventory& inventory)
{
    std::cout << "counted from the fabric:";
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        if (!inventory.GetComponents(kind).empty())
        {
            std::cout << " " << inventory.GetComponents(kind).size() << " " << GetName(kind);
        }
    }
    std::cout << "\n";
}

} // namespace

int
main(int argc, char* argv[])
{
    CampaignSpec spec;
    FaultTolerance tolerance;
    TwoTierJob traffic{0.3, 3};
    double years = 5;
    uint32_t spares = 8;
    uint32_t moduleStock = 20;
    double moduleLeadDays = 14;
    uint32_t seed = 1;
    std::string faults;
    std::string model = "closed";
    bool isByLane = false;
    bool compares = false;
    std::string spareCounts = "0,4,8,16";
    spec.crews = 2;
    spec.threads = 2;
    spec.job.checkpoint = {1, 0.02, 0.17};
    CommandLine cmd(__FILE__);
    cmd.AddValue("years", "How long, years of 8760 h", years);
    cmd.AddValue("replications", "How often", spec.replications);
    cmd.AddValue("threads", "Threads", spec.threads);
    cmd.AddValue("seed", "Seed", seed);
    cmd.AddValue("spares", "NPUs that the job does not need", spares);
    cmd.AddValue("crews", "Repairs at the same time", spec.crews);
    cmd.AddValue("moduleStock", "Spare modules", moduleStock);
    cmd.AddValue("moduleLeadDays", "Days until an ordered module comes", moduleLeadDays);
    cmd.AddValue("communicationShare",
                 "Share of the time that the job waits for the scale-up network",
                 traffic.communicationShare);
    cmd.AddValue("model", "What says how much faults slow the job: closed, flow", model);
    cmd.AddValue("marginDb", "Loss that a link bears without errors, dB", traffic.marginDb);
    cmd.AddValue("checkpointH", "Hours between checkpoints", spec.job.checkpoint.intervalH);
    cmd.AddValue("checkpointWriteH", "Hours to write one", spec.job.checkpoint.writeH);
    cmd.AddValue("restartH", "Hours to restart", spec.job.checkpoint.restartH);
    cmd.AddValue("retry", "Path faults do not interrupt the job", tolerance.retry);
    cmd.AddValue("laneDownShift", "Links go on with fewer lanes", tolerance.laneDownShift);
    cmd.AddValue("pathBorrowing", "Traffic moves between planes", tolerance.pathBorrowing);
    cmd.AddValue("subPlaneLoss", "A plane can be taken out of use", tolerance.subPlaneLoss);
    cmd.AddValue("faults", "File for the faults of the first replication", faults);
    cmd.AddValue("byLane", "Lanes and connectors fail, not modules as a whole", isByLane);
    cmd.AddValue("compare",
                 "Compare what each tolerance of faults is worth, with faults by lane; what is "
                 "said of single tolerances and of faults does not count",
                 compares);
    cmd.AddValue("spareCounts", "Numbers of spare NPUs to compare", spareCounts);
    cmd.Parse(argc, argv);
    Time::SetResolution(Time::PS); // before the first Time, as networks need it
    try
    {
        const Catalog catalog;
        isByLane = isByLane || compares;
        const BuiltFabric fabric = BuildCloudMatrix(isByLane);
        const FabricFaultTargets targets(fabric, 0);
        spec.inventory = MakeFaultInventory(MakeFailures(isByLane), fabric, targets, catalog);
        DescribeInventory(spec.inventory);
        spec.horizonH = years * HOURS_PER_YEAR;
        spec.spares = {{"module", moduleStock, 24 * moduleLeadDays}};
        const auto npus =
            static_cast<uint32_t>(spec.inventory.GetComponents(ComponentKind::NPU).size());
        spec.job.accelerators = npus - std::min(npus, spares);
        const auto makeModel = [&](const FaultTolerance& borne) {
            return MakeModel(model, fabric, targets, spec.inventory, traffic, borne);
        };
        if (compares)
        {
            cloudmatrixcampaign::PrintToleranceComparison(
                spec,
                makeModel,
                cloudmatrixcampaign::ReadNumbers(spareCounts),
                MakeCampaignStreams(seed, 1),
                catalog.GetPrice("Ascend-910C-hour")->priceUsd.typical,
                std::cout,
                std::cerr);
            Simulator::Destroy();
            return 0;
        }
        spec.logsFaults = !faults.empty();
        const CampaignReport report =
            RunCampaign(spec, *makeModel(tolerance), MakeCampaignStreams(seed, 1));
        std::cout << WriteCampaignReport(report);
        if (!faults.empty())
        {
            const WriteOutcome outcome = WriteTextFile(faults, [&](std::ostream& os) {
                os << WriteFaultSchedule(report.faults);
            });
            if (!outcome.IsOk())
            {
                throw std::runtime_error("the faults were not written: " + outcome.error);
            }
            std::cout << report.faults.GetFaults().size() << " faults written to " << faults
                      << "\n";
        }
        Simulator::Destroy();
    }
    catch (const std::exception& refusal)
    {
        std::cerr << "cloudmatrix-campaign: " << refusal.what() << "\n";
        return 1;
    }
    return 0;
}
