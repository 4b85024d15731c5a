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
//   cloudmatrix-campaign --compare --spareCounts=2,6

#include "campaign-figures.h"
#include "campaign-tolerances.h"
#include "program-options.h"
#include "terminal.h"

#include "ns3/atomic-file.h"
#include "ns3/campaign-inputs.h"
#include "ns3/campaign-report.h"
#include "ns3/campaign-streams.h"
#include "ns3/campaign.h"
#include "ns3/catalog.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/fabric-link-limits.h"
#include "ns3/fabric-two-tier.h"
#include "ns3/fault-inventory.h"
#include "ns3/flow-degradation.h"
#include "ns3/interval-text.h"
#include "ns3/message-text.h"
#include "ns3/near-names.h"
#include "ns3/nstime.h"
#include "ns3/optics-helper.h"
#include "ns3/scenario-quantity.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/text-table.h"
#include "ns3/verdict-memo.h"

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using cloudmatrixcampaign::GetHeadFigures;
using cloudmatrixcampaign::HeadFigure;

namespace
{

constexpr const char* INTERRUPTION = "training-job"; ///< entry of the catalog

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
 * @param text temperatures of kinds of components, as in "module=70,switch_chip=90"
 * @return them, degrees Celsius
 */
std::map<ComponentKind::Kind, double>
ReadTemperatures(const std::string& text)
{
    std::map<ComponentKind::Kind, double> temperaturesC;
    std::istringstream parts(text);
    std::string part;
    while (std::getline(parts, part, ','))
    {
        const std::size_t equals = part.find('=');
        const auto kind = FindComponentKind(part.substr(0, equals));
        const std::optional<double> temperatureC =
            equals == std::string::npos ? std::nullopt : ReadReal(part.substr(equals + 1));
        if (!kind || !temperatureC || !(*temperatureC >= -40 && *temperatureC <= 150))
        {
            throw std::invalid_argument("\"" + part + "\" in --temperatures=" + text +
                                        " is not allowed; allowed: KIND=DEGREES with commas "
                                        "between them, -40 to 150 degrees Celsius, of kinds " +
                                        JoinNames(GetComponentKindNames()));
        }
        temperaturesC[*kind] = *temperatureC;
    }
    return temperaturesC;
}

/**
 * @param isByLane whether lanes, connectors and electronics of modules fail one by one. The catalog
 *                 splits its rate of modules into theirs, so that there are as many failures.
 * @return what can fail
 */
FaultInventorySpec
MakeFailures(bool isByLane)
{
    FaultInventorySpec failures;
    failures.modes = {"flap-burst", "switch-chip", "npu", "cpu", "nic"};
    const std::vector<std::string> ofModules = isByLane
                                                   ? std::vector<std::string>{"laser-sudden-death",
                                                                              "laser-wear-out",
                                                                              "lane-failure",
                                                                              "contamination",
                                                                              "module-electronics"}
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
    constexpr std::size_t WIDTH = 80;
    std::string line = "counted from the fabric:";
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        const std::size_t count = inventory.GetComponents(kind).size();
        const std::string part = " " + std::to_string(count) + " " + GetName(kind);
        if (count == 0)
        {
            continue;
        }
        if (line.size() + part.size() > WIDTH)
        {
            std::cout << line << "\n";
            line = " ";
        }
        line += part;
    }
    std::cout << line << "\n";
}

/**
 * @param job the job
 * @param hasOptics whether links have light
 * @param marginDb loss that they bear then, dB
 */
void
DescribeJob(const CampaignJob& job, bool hasOptics, double marginDb)
{
    constexpr int DIGITS = 3;
    constexpr double MS_PER_H = 3.6e6;
    std::cout << "a path that fails: the job stands still for "
              << ShowNumber(job.rerouteH * MS_PER_H, DIGITS) << " ms\n";
    if (hasOptics)
    {
        std::cout << "links bear " << ShowNumber(marginDb, DIGITS) << " dB more loss\n";
    }
    std::cout << "\n";
}

/// What the command line says.
struct CampaignOptions
{
    CampaignSpec spec;                   ///< crews, threads, checkpoints
    FaultTolerance tolerance;            ///< what is done about faults
    double communicationShare{0.3};      ///< of the job's time
    double marginDb{-1};                 ///< loss a link bears, dB; below 0: as its budget says
    double rerouteS{-1};                 ///< until traffic has found its way, s; below 0: likewise
    double years{5};                     ///< how long
    uint32_t spares{8};                  ///< NPUs that the job does not need
    uint32_t moduleStock{20};            ///< spare modules
    double moduleLeadDays{14};           ///< days until an ordered module comes
    uint32_t seed{1};                    ///< seed
    std::string temperatures;            ///< of kinds of components
    std::string faults;                  ///< file for the faults of the first replication
    bool isForced{false};                ///< replace that file
    std::string model{"closed"};         ///< what says how much faults slow the job
    bool isByLane{false};                ///< lanes and connectors fail, not modules as a whole
    uint32_t inputReplications{5};       ///< of each campaign with other inputs; 0: none
    bool compares{false};                ///< compare what each tolerance of faults is worth
    std::string spareCounts{"0,4,8,16"}; ///< numbers of spare NPUs to compare
};

/**
 * @param argc number of arguments
 * @param argv the arguments
 * @return what they say
 */
CampaignOptions
ReadCampaignOptions(int argc, char* argv[])
{
    constexpr uint32_t NPUS = 384;
    CampaignOptions read;
    CampaignSpec& spec = read.spec;
    spec.crews = 2;
    spec.threads = 2;
    const auto usual = Catalog().GetInterruption(INTERRUPTION);
    spec.job.checkpoint = {0, usual->writeH.typical, usual->restartH.typical};
    ProgramOptions options(
        "cloudmatrix-campaign",
        "Years of operation of a CloudMatrix384, by jumps from fault to fault: how much of the "
        "time does a job get, what does it lose to what, and what does each tolerance of faults "
        "save? What can fail is counted from the built fabric, failure modes come from the "
        "component catalog (doc/reliability.rst).");
    options.Add("years", "how long, years of 8760 h", read.years, 0.001, 1000);
    options.Add("replications",
                "how often; two or more give intervals",
                spec.replications,
                1,
                10000);
    options.Add("threads", "threads that share the replications", spec.threads, 1, 1024);
    options.Add("seed", "seed of the random numbers", read.seed, 1, 4294967295U);
    options.Add("spares", "NPUs, of 384, that the job does not need", read.spares, 0, NPUS - 1);
    options.Add("crews", "repairs at the same time", spec.crews, 1, 1000000);
    options.Add("moduleStock", "spare modules", read.moduleStock, 0, 1000000);
    options.Add("moduleLeadDays",
                "days until an ordered module comes",
                read.moduleLeadDays,
                0,
                36500);
    options.Add("temperatures",
                "temperatures of kinds of components, degrees Celsius, as in "
                "module=70,switch_chip=90; without one, each failure mode's reference temperature",
                read.temperatures);
    options.Add("communicationShare",
                "share of the time that the job waits for the scale-up network",
                read.communicationShare,
                0,
                1);
    options.Add("model",
                "what says how much faults slow the job: closed forms, or flows",
                read.model,
                {"closed", "flow"});
    options.Add("marginDb",
                "loss a link bears without errors, dB; -1: what the budgets of the links leave",
                read.marginDb,
                -1,
                100);
    options.Add("rerouteS",
                "seconds that the job stands still when a path fails, until traffic has found its "
                "way; -1: as long as the network takes to detect, converge and send again",
                read.rerouteS,
                -1,
                3600);
    options.Add("checkpointH",
                "hours between checkpoints; 0: Daly's interval",
                spec.job.checkpoint.intervalH,
                0,
                1e6);
    options.Add("checkpointWriteH", "hours to write one", spec.job.checkpoint.writeH, 0, 1e6);
    options.Add("restartH", "hours to restart", spec.job.checkpoint.restartH, 0, 1e6);
    options.Add("retry", "path faults do not interrupt the job", read.tolerance.retry);
    options.Add("laneDownShift", "links go on with fewer lanes", read.tolerance.laneDownShift);
    options.Add("pathBorrowing", "traffic moves between planes", read.tolerance.pathBorrowing);
    options.Add("subPlaneLoss", "a plane can be taken out of use", read.tolerance.subPlaneLoss);
    options.Add("faults", "file to write the faults of the first replication to", read.faults);
    options.Add("force", "replace that file", read.isForced);
    options.Add("byLane", "lanes and connectors fail, not modules as a whole", read.isByLane);
    options.Add(
        "inputReplications",
        "how often each campaign with rates, repairs, checkpoints or restarts at either end of "
        "their ranges is run, for intervals over inputs; 0: none is",
        read.inputReplications,
        0,
        10000);
    options.Add("compare",
                "compare what each tolerance of faults is worth, with faults by lane; what is said "
                "of single tolerances and of faults does not count",
                read.compares);
    options.Add("spareCounts",
                "numbers of spare NPUs to compare, with commas between them",
                read.spareCounts);
    options.AddExample("./fabric campaign --years=5 --replications=100");
    options.AddExample("./fabric campaign --model=flow");
    options.AddExample("./fabric campaign --retry=0 --pathBorrowing=0");
    options.AddExample("./fabric campaign --years=1 --replications=1 --faults=faults.csv");
    options.AddExample("./fabric campaign --compare --spareCounts=2,6");
    options.Parse(argc, argv);
    for (const uint32_t count : cloudmatrixcampaign::ReadNumbers(read.spareCounts))
    {
        if (count >= NPUS)
        {
            throw std::invalid_argument("--spareCounts=" + read.spareCounts + " has " +
                                        std::to_string(count) + "; allowed: 0 to " +
                                        std::to_string(NPUS - 1));
        }
    }
    if (!read.faults.empty() && !read.isForced)
    {
        RefuseToReplace("--faults", read.faults);
    }
    return read;
}

/**
 * @param catalog checkpoints and restarts
 * @param options what the command line says of them
 * @param spec what can fail, and the job
 * @return what the campaign takes from the catalog, or from the command line
 */
CampaignInputs
GetInputs(const Catalog& catalog, const CampaignOptions& options, const CampaignSpec& spec)
{
    CampaignInputs inputs;
    inputs.inventory = spec.inventory;
    inputs.interruption = *catalog.GetInterruption(INTERRUPTION);
    // What the command line says is known.
    const CheckpointPlan& said = options.spec.job.checkpoint;
    if (said.writeH != inputs.interruption.writeH.typical)
    {
        inputs.interruption.writeH = ValueRange::Exactly(said.writeH);
    }
    if (said.restartH != inputs.interruption.restartH.typical)
    {
        inputs.interruption.restartH = ValueRange::Exactly(said.restartH);
    }
    inputs.horizonH = spec.horizonH;
    inputs.jobShare = static_cast<double>(spec.job.accelerators) /
                      static_cast<double>(spec.inventory.GetComponents(ComponentKind::NPU).size());
    return inputs;
}

/**
 * @param saidH hours between checkpoints that the command line says; 0: Daly's interval
 * @param plan how the job keeps its work at Daly's
 * @return how it keeps it
 */
CheckpointPlan
MakePlan(double saidH, CheckpointPlan plan)
{
    plan.intervalH = saidH > 0 ? saidH : plan.intervalH;
    return plan;
}

/**
 * @param options what the command line says
 * @param inputs what can fail, checkpoints and restarts
 * @param spec the campaign
 * @param verdicts how much faults slow the job
 * @return how the job keeps its work: where every fault of a path is borne, accelerators interrupt
 *         it, and how often is counted; else a few replications tell
 */
CheckpointPlan
MakePlan(const CampaignOptions& options,
         const CampaignInputs& inputs,
         const CampaignSpec& spec,
         VerdictMemo& verdicts)
{
    const FaultTolerance& borne = options.tolerance;
    const bool bearsAll =
        borne.retry && borne.laneDownShift && borne.pathBorrowing && borne.subPlaneLoss;
    const double saidH = options.spec.job.checkpoint.intervalH;
    return MakePlan(saidH,
                    bearsAll || saidH > 0 ? inputs.PlanCheckpoints()
                                          : inputs.PlanCheckpoints(EstimateInterruptionsPerYear(
                                                spec,
                                                verdicts,
                                                MakeCampaignStreams(options.seed, 1))));
}

/**
 * @param plan how the job keeps its work
 * @param isPlanned whether its interval is Daly's
 */
void
DescribeCheckpoints(const CheckpointPlan& plan, bool isPlanned)
{
    constexpr int DIGITS = 3;
    std::cout << "checkpoints: every " << ShowNumber(plan.intervalH, DIGITS) << " h"
              << (isPlanned ? " (Daly)" : "") << ", " << ShowNumber(plan.writeH, DIGITS)
              << " h to write one, " << ShowNumber(plan.restartH, DIGITS) << " h to restart\n\n";
}

/**
 * Vary the inputs of a campaign, and print how far these let its figures be known.
 * @param catalog ranges of inputs
 * @param options what the command line says
 * @param spec the campaign
 * @param inputs its inputs
 * @param verdicts how much faults slow the job
 * @param report what came of it
 */
void
VaryInputs(const Catalog& catalog,
           const CampaignOptions& options,
           CampaignSpec spec,
           const CampaignInputs& inputs,
           VerdictMemo& verdicts,
           const CampaignReport& report)
{
    const uint32_t replications = spec.replications;
    spec.replications = std::min(replications, options.inputReplications);
    spec.logsFaults = false;
    constexpr double ANY = std::numeric_limits<double>::infinity();
    const auto getMeans = [](const CampaignReport& campaign) {
        std::vector<double> means;
        for (const HeadFigure& figure : GetHeadFigures(campaign))
        {
            means.push_back(figure.value.mean);
        }
        return means;
    };
    const std::vector<ValueRange> ranges = GetCampaignIntervals(
        catalog,
        inputs,
        {ANY, ANY, 100, 100, 100, 100},
        getMeans(report),
        [&](const CampaignInputs& varied) {
            spec.inventory = varied.inventory;
            spec.job.checkpoint = MakePlan(options, varied, spec, verdicts);
            return getMeans(RunCampaign(spec, verdicts, MakeCampaignStreams(options.seed, 1)));
        });
    std::cout << "\n";
    cloudmatrixcampaign::PrintInputIntervals(GetHeadFigures(report), ranges, std::cout);
}

/**
 * @param options what the command line says
 * @return exit status
 */
int
Operate(const CampaignOptions& options)
{
    CampaignSpec spec = options.spec;
    const Catalog catalog;
    const bool isByLane = options.isByLane || options.compares;
    const BuiltFabric fabric = BuildCloudMatrix(isByLane);
    const FabricFaultTargets targets(fabric, 0);
    FaultInventorySpec failures = MakeFailures(isByLane);
    failures.kindTemperatureC = ReadTemperatures(options.temperatures);
    spec.inventory = MakeFaultInventory(failures, fabric, targets, catalog);
    DescribeInventory(spec.inventory);
    spec.horizonH = options.years * HOURS_PER_YEAR;
    spec.spares = {{"module", options.moduleStock, 24 * options.moduleLeadDays}};
    const auto npus =
        static_cast<uint32_t>(spec.inventory.GetComponents(ComponentKind::NPU).size());
    spec.job.accelerators = npus - std::min(npus, options.spares);
    constexpr double S_PER_H = 3600;
    spec.job.rerouteH =
        options.rerouteS < 0 ? GetRerouteH(*fabric.networks.at(0)) : options.rerouteS / S_PER_H;
    TwoTierJob traffic;
    traffic.communicationShare = options.communicationShare;
    traffic.marginDb = options.marginDb < 0 ? GetLeastMarginDb(targets) : options.marginDb;
    const CampaignInputs inputs = GetInputs(catalog, options, spec);
    const double saidH = spec.job.checkpoint.intervalH;
    spec.job.checkpoint = MakePlan(saidH, inputs.PlanCheckpoints());
    const auto makeModel = [&](const FaultTolerance& borne) {
        return MakeModel(options.model, fabric, targets, spec.inventory, traffic, borne);
    };
    if (options.compares)
    {
        DescribeJob(spec.job, isByLane, *traffic.marginDb);
        cloudmatrixcampaign::PrintToleranceComparison(
            spec,
            makeModel,
            cloudmatrixcampaign::ReadNumbers(options.spareCounts),
            MakeCampaignStreams(options.seed, 1),
            [&](double perYear) { return MakePlan(saidH, inputs.PlanCheckpoints(perYear)); },
            catalog.GetPrice("Ascend-910C-hour")->priceUsd.typical,
            std::cout,
            std::cerr);
        Simulator::Destroy();
        return 0;
    }
    const auto model = makeModel(options.tolerance);
    VerdictMemo verdicts(*model);
    spec.job.checkpoint = MakePlan(options, inputs, spec, verdicts);
    DescribeCheckpoints(spec.job.checkpoint, saidH == 0);
    DescribeJob(spec.job, isByLane, *traffic.marginDb);
    spec.logsFaults = !options.faults.empty();
    const CampaignReport report = RunCampaign(spec, verdicts, MakeCampaignStreams(options.seed, 1));
    Simulator::Destroy();
    std::cout << WriteCampaignReport(report);
    if (options.inputReplications > 0)
    {
        VaryInputs(catalog, options, spec, inputs, verdicts, report);
    }
    if (options.faults.empty())
    {
        return 0;
    }
    const WriteOutcome outcome = WriteTextFile(options.faults, [&report](std::ostream& os) {
        os << WriteFaultSchedule(report.faults);
    });
    if (!outcome.IsOk())
    {
        Tell("cloudmatrix-campaign", outcome.error);
        return 1;
    }
    std::cout << ShowCount(report.faults.GetFaults().size(), "fault") << " written to "
              << options.faults << "\n";
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    Time::SetResolution(Time::PS); // before the first Time, as networks need it
    return RunProgram("cloudmatrix-campaign",
                      [&]() { return Operate(ReadCampaignOptions(argc, argv)); });
}
