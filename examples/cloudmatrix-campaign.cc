/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// Years of operation of a CloudMatrix384, by jumps from fault to fault: how much of the time does a
// job get, and what does each tolerance of faults save? Failure modes come from the catalog.
//
//   cloudmatrix-campaign --years=5 --replications=100 --threads=2
//   cloudmatrix-campaign --years=1 --replications=1 --faults=faults.csv
//   cloudmatrix-campaign --retry=0 --pathBorrowing=0

#include "ns3/campaign-report.h"
#include "ns3/campaign-streams.h"
#include "ns3/campaign.h"
#include "ns3/catalog.h"
#include "ns3/command-line.h"
#include "ns3/two-tier-degradation.h"

#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/**
 * @param kind kind
 * @param count how many components without dependents
 * @param inventory where they go
 */
void
AddComponents(ComponentKind::Kind kind, uint32_t count, FaultInventory& inventory)
{
    for (uint32_t i = 0; i < count; ++i)
    {
        InventoryComponent component;
        component.name = "scale-out." + GetName(kind) + "-" + std::to_string(i);
        inventory.AddComponent(kind, component);
    }
}

/**
 * @brief 384 NPUs and 192 CPUs, 448 chips and 5,376 links with a module at either end in the
 * scale-up network, 1,536 modules and 384 NICs in the scale-out network, which the job does not
 * need. A CPU takes the two NPUs next to it along.
 * @return inventory
 */
FaultInventory
MakeCloudMatrix()
{
    FaultInventory inventory;
    const Catalog catalog;
    for (const char* mode : {"module", "flap-burst", "switch-chip", "npu", "cpu", "nic"})
    {
        inventory.AddMode(*catalog.GetFailureMode(mode));
    }
    constexpr double CASE_C = 55;
    AddTwoTierComponents({}, CASE_C, inventory);
    AddComponents(ComponentKind::MODULE, 1536, inventory);
    AddComponents(ComponentKind::NIC, 384, inventory);
    const std::vector<InventoryComponent> npus = inventory.GetComponents(ComponentKind::NPU);
    for (std::size_t i = 0; i < npus.size(); i += 2)
    {
        InventoryComponent cpu;
        cpu.name = "cpu-" + std::to_string(i / 2);
        cpu.dependents = {{ComponentKind::NPU, npus[i].name},
                          {ComponentKind::NPU, npus[i + 1].name}};
        inventory.AddComponent(ComponentKind::CPU, cpu);
    }
    return inventory;
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
    cmd.AddValue("checkpointH", "Hours between checkpoints", spec.job.checkpoint.intervalH);
    cmd.AddValue("checkpointWriteH", "Hours to write one", spec.job.checkpoint.writeH);
    cmd.AddValue("restartH", "Hours to restart", spec.job.checkpoint.restartH);
    cmd.AddValue("retry", "Path faults do not interrupt the job", tolerance.retry);
    cmd.AddValue("laneDownShift", "Links go on with fewer lanes", tolerance.laneDownShift);
    cmd.AddValue("pathBorrowing", "Traffic moves between planes", tolerance.pathBorrowing);
    cmd.AddValue("subPlaneLoss", "A plane can be taken out of use", tolerance.subPlaneLoss);
    cmd.AddValue("faults", "File for the faults of the first replication", faults);
    cmd.Parse(argc, argv);
    try
    {
        spec.inventory = MakeCloudMatrix();
        spec.horizonH = years * HOURS_PER_YEAR;
        spec.spares = {{"module", moduleStock, 24 * moduleLeadDays}};
        spec.job.accelerators = 384 - spares;
        spec.job.retriesPaths = tolerance.retry;
        spec.logsFaults = !faults.empty();
        const TwoTierDegradation fabric({}, traffic, tolerance);
        const CampaignReport report = RunCampaign(spec, fabric, MakeCampaignStreams(seed, 1));
        std::cout << WriteCampaignReport(report);
        if (!faults.empty())
        {
            std::ofstream(faults) << WriteFaultSchedule(report.faults);
            std::cout << report.faults.GetFaults().size() << " faults written to " << faults
                      << "\n";
        }
    }
    catch (const std::exception& refusal)
    {
        std::cerr << "cloudmatrix-campaign: " << refusal.what() << "\n";
        return 1;
    }
    return 0;
}
