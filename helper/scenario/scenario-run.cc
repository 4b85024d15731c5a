/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-run.h"

#include "scenario-faults.h"
#include "scenario-module-policy.h"
#include "scenario-power.h"

#include "ns3/abort.h"
#include "ns3/fault-attribution.h"
#include "ns3/fault-helper.h"
#include "ns3/global-value.h"
#include "ns3/link-survey.h"
#include "ns3/message-text.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/run-report-units.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/time-end.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param helpers helpers with runners
 * @return how far they are, together
 */
WorkloadProgress
AddProgress(const std::vector<std::unique_ptr<CollectiveHelper>>& helpers)
{
    WorkloadProgress sum;
    for (const auto& helper : helpers)
    {
        const WorkloadProgress progress = helper->GetRunner()->GetProgress();
        const bool isKnown = sum.transfersExpected != RankProgram::UNKNOWN &&
                             progress.transfersExpected != RankProgram::UNKNOWN;
        sum.transfersExpected = isKnown ? sum.transfersExpected + progress.transfersExpected
                                        : uint64_t{RankProgram::UNKNOWN};
        sum.transfersStarted += progress.transfersStarted;
        sum.transfersDone += progress.transfersDone;
        sum.iterationsDone += progress.iterationsDone;
        sum.iterationsTotal += progress.iterationsTotal;
        sum.rankIterationsDone += progress.rankIterationsDone;
        sum.rankIterationsTotal += progress.rankIterationsTotal;
    }
    return sum;
}

} // namespace

ScenarioRun::ScenarioRun(const Scenario& scenario)
    : m_scenario(scenario),
      m_builder(scenario)
{
}

ScenarioRun::~ScenarioRun()
{
    TearDown();
}

void
ScenarioRun::SetProvenance(const std::vector<std::string>& arguments, const VolatileFacts& facts)
{
    m_arguments = arguments;
    m_facts = facts;
}

void
ScenarioRun::SetProgress(std::ostream* os, uint32_t width, uint32_t limit)
{
    m_progress = os;
    m_width = width;
    m_limit = limit;
}

void
ScenarioRun::SetStopRequest(ProgressMeter::StopRequest request)
{
    m_stopRequest = std::move(request);
}

bool
ScenarioRun::IsInterrupted() const
{
    return m_isInterrupted;
}

void
ScenarioRun::SetGlobals() const
{
    RngSeedManager::SetSeed(m_scenario.seed);
    RngSeedManager::SetRun(m_scenario.run);
    GlobalValue::Bind("SchedulerType", StringValue(m_scenario.scheduler));
}

void
ScenarioRun::TearDown()
{
    // The simulator first: packets under way belong to their network's pool.
    Simulator::Destroy();
    m_fabric.Dispose();
    m_isBuilt = false;
}

void
ScenarioRun::Prepare()
{
    SetGlobals();
    m_resolved = WriteScenario(m_scenario);
    m_fabric = m_builder.BuildFabric();
    m_isBuilt = true;
    m_builder.Check(m_fabric);
    m_faults = MakeFaultSchedule(m_scenario, m_fabric);
    CheckModulePolicy(m_scenario, m_fabric);
    MakeEnergyRecorder(m_scenario, m_fabric); // refused before anything runs
}

RunReport
ScenarioRun::Run()
{
    NS_ABORT_MSG_UNLESS(m_isBuilt, "ScenarioRun: Run before Prepare");
    const std::string& description = m_scenario.description;
    RunReport report(m_scenario.name + (description.empty() ? "" : ": " + description));
    if (m_scenario.faults.isThere)
    {
        report.SetFaultSchedule(WriteFaultSchedule(m_faults));
    }
    const auto parts = m_builder.GetParts();
    if (m_scenario.surveyDraws > 0)
    {
        report.AddPart(Survey());
    }
    for (std::size_t i = 0; i < parts.size() && !m_isInterrupted; ++i)
    {
        RunPart part = RunOne(parts[i], {});
        Compare(parts[i], part);
        ComparePolicy(parts[i], part);
        part.unfinished += m_isInterrupted ? ListNotBegun(i + 1) : "";
        report.AddPart(std::move(part));
    }
    return report;
}

std::string
ScenarioRun::ListNotBegun(std::size_t part) const
{
    const auto parts = m_builder.GetParts();
    std::string names;
    for (; part < parts.size(); ++part)
    {
        names += " " + m_scenario.collectives[parts[part].front()].spec.name;
    }
    return names.empty() ? "" : "; not begun:" + names;
}

RunPart
ScenarioRun::Survey()
{
    if (!m_isBuilt)
    {
        SetGlobals();
        m_fabric = m_builder.BuildFabric();
    }
    m_isBuilt = false;
    const WallClock clock;
    const uint32_t draws = m_scenario.surveyDraws;
    LinkSurvey survey(m_fabric);
    RunPart part;
    part.name = SURVEY_PART;
    std::vector<SurveyRecord> records = survey.Run(draws, [&](uint32_t /* done */) {
        m_isInterrupted = m_stopRequest && m_stopRequest();
        return !m_isInterrupted;
    });
    if (m_isInterrupted)
    {
        part.unfinished = "interrupted after " + std::to_string(records.front().draws) + " of " +
                          std::to_string(draws) + " draws" + ListNotBegun(0);
    }
    if (m_progress != nullptr)
    {
        *m_progress << SURVEY_PART << ": " << FormatCount(records.front().draws)
                    << (records.front().draws == 1 ? " draw of " : " draws of ")
                    << FormatCount(survey.GetNLinks()) << " links, "
                    << FormatSeconds(clock.GetElapsedS()) << std::endl;
    }
    RunRecorder recorder(m_fabric);
    recorder.SetFacts(m_facts);
    part.results = recorder.Collect({});
    part.results.survey = std::move(records);
    std::vector<StreamRange> streams{{"draw 0: networks and optics", 0, survey.GetStreams()}};
    if (draws > 1)
    {
        streams.push_back({"further draws",
                           LinkSurvey::STREAM + LinkSurvey::STREAMS_PER_DRAW,
                           LinkSurvey::STREAMS_PER_DRAW * (draws - 1)});
    }
    Complete(part.results, streams, part.name);
    recorder.Detach();
    TearDown();
    return part;
}

void
ScenarioRun::Complete(RunResults& results,
                      std::vector<StreamRange> streams,
                      const std::string& part)
{
    results.fabric.kind = m_scenario.fabricKind;
    results.tailQuantile = m_scenario.tailQuantile;
    results.confidence = m_scenario.confidence;
    results.provenance.arguments = m_arguments;
    results.provenance.scenario = m_resolved;
    results.provenance.inputFiles = m_scenario.inputFiles;
    for (StreamRange& range : streams)
    {
        range.owner = part + ": " + range.owner;
        results.provenance.streams.push_back(range);
    }
}

void
ScenarioRun::Compare(const std::vector<uint32_t>& indices, RunPart& part)
{
    if (!m_scenario.faults.isThere)
    {
        return;
    }
    std::vector<CollectiveRecord> without;
    if (m_scenario.faults.compare && !m_isInterrupted)
    {
        without = RunOne(indices, {false, true}).results.collectives;
        if (m_isInterrupted)
        {
            part.unfinished += std::string(part.unfinished.empty() ? "" : "; ") +
                               "interrupted while it ran without faults";
        }
    }
    part.results.faultEffects =
        AttributeFaults(part.results.faults, part.results.collectives, without);
}

void
ScenarioRun::ComparePolicy(const std::vector<uint32_t>& indices, RunPart& part)
{
    const ScenarioPower& power = m_scenario.power;
    const bool hasPolicy = power.isEnabled && power.policy.kind != PowerPolicy::ALWAYS_ON;
    if (!hasPolicy || !power.compare || !part.unfinished.empty())
    {
        return;
    }
    const RunPart without = RunOne(indices, {true, false});
    if (m_isInterrupted || !without.unfinished.empty())
    {
        part.unfinished += std::string(part.unfinished.empty() ? "" : "; ") +
                           "with modules always on: " + without.unfinished;
        return;
    }
    part.results.energy->alwaysOnPs = without.results.energy->timePs;
    part.results.energy->alwaysOnJ = without.results.energy->socketJ;
}

RunPart
ScenarioRun::RunOne(const std::vector<uint32_t>& indices, const Variant& variant)
{
    if (!m_isBuilt)
    {
        m_setupClock = WallClock();
        SetGlobals();
        m_fabric = m_builder.BuildFabric();
    }
    m_isBuilt = false;
    RunPart part;
    part.name = m_scenario.collectives[indices.front()].spec.name;
    std::vector<StreamRange> streams;
    const auto helpers = m_builder.Install(indices, m_fabric, streams);
    std::vector<CollectiveHelper*> all;
    std::vector<Ptr<WorkloadRunner>> runners;
    for (const auto& helper : helpers)
    {
        all.push_back(helper.get());
        runners.push_back(helper->GetRunner());
    }

    ProgressMeter meter([&]() {
        const WorkloadProgress progress = AddProgress(helpers);
        RunProgress told;
        told.transfersDone = progress.transfersDone;
        if (progress.transfersExpected != RankProgram::UNKNOWN)
        {
            told.transfersExpected = progress.transfersExpected;
        }
        for (const Ptr<FabricNetwork>& network : m_fabric.networks)
        {
            told.packets += network->GetCounts().deliveredPackets;
        }
        return told;
    });
    const bool hasFaults = m_scenario.faults.isThere && variant.hasFaults;
    const bool isCompared = m_scenario.faults.isThere && !variant.hasFaults;
    const std::string what = !variant.hasPolicy ? " always on"
                             : isCompared       ? " without faults"
                                                : "";
    meter.SetStream(m_progress, m_width, part.name + what + ": ", m_limit);
    meter.SetStopRequest(m_stopRequest);
    RunRecorder recorder(m_fabric);
    recorder.KeepPorts(m_scenario.writesPorts);
    recorder.WatchCollectives(runners);
    const auto faults = CreateObject<FaultHelper>();
    if (hasFaults)
    {
        faults->SetAttribute("HostsPerRack", UintegerValue(m_scenario.faults.hostsPerRack));
        faults->Install(m_fabric, m_faults);
        if (m_scenario.faults.schedule.empty())
        {
            streams.push_back({"faults", FAULT_STREAM, FaultStream::STREAMS});
        }
    }
    if (m_scenario.timeLimitPs > 0)
    {
        Simulator::Stop(PicoSeconds(m_scenario.timeLimitPs));
    }
    const Ptr<EnergyRecorder> energy = MakeEnergyRecorder(m_scenario, m_fabric);
    if (energy)
    {
        for (const Ptr<WorkloadRunner>& runner : runners)
        {
            energy->WatchRunner(runner);
        }
        if (hasFaults)
        {
            energy->WatchFaults(faults);
        }
        energy->SetAloneTest([&meter]() { return meter.IsAlone(); });
        energy->Start();
    }
    std::vector<Ptr<Object>> policies;
    if (variant.hasPolicy)
    {
        policies = InstallModulePolicy(m_scenario, m_fabric, runners, energy);
    }
    VolatileFacts facts = m_facts;
    facts.setupS = m_setupClock.GetElapsedS();
    recorder.SetFacts(facts);
    recorder.StartClock();
    meter.Start();
    const bool isFinished = CollectiveHelper::RunAll(all);
    recorder.StopClock();
    meter.Stop();
    recorder.LeaveOutEvents(meter.GetEvents() + (energy ? energy->GetEvents() : 0));

    part.results = recorder.Collect(runners);
    if (hasFaults)
    {
        part.results.hasFaults = true;
        part.results.faults = faults->MakeRecords();
    }
    if (energy)
    {
        energy->Finish();
        part.results.energy = energy->Collect(part.name);
    }
    Complete(part.results, streams, part.name);
    // Runners have the collectives by network; the scenario has them in order.
    for (const CollectiveRecord& record : part.results.collectives)
    {
        for (const uint32_t index : indices)
        {
            if (m_scenario.collectives[index].spec.name == record.name)
            {
                part.published.push_back(m_scenario.collectives[index].published);
            }
        }
    }
    if (!isFinished)
    {
        part.unfinished = ExplainUnfinished(helpers, meter);
        m_isInterrupted = meter.HasStopped();
    }
    for (const Ptr<WorkloadRunner>& runner : runners)
    {
        runner->Dispose();
    }
    recorder.Detach();
    faults->Dispose();
    TearDown();
    for (const Ptr<Object>& policy : policies)
    {
        policy->Dispose();
    }
    return part;
}

std::string
ScenarioRun::ExplainUnfinished(const std::vector<std::unique_ptr<CollectiveHelper>>& helpers,
                               const ProgressMeter& meter) const
{
    const WorkloadProgress progress = AddProgress(helpers);
    const Time now = Simulator::Now();
    const std::string when = " at " +
                             FormatSeconds(static_cast<double>(now.GetPicoSeconds()) / 1e12, 4) +
                             " of simulated time";
    const std::string state =
        ": " + FormatCount(progress.transfersDone) + " of " +
        FormatCount(progress.transfersStarted) + " transfers begun had arrived, " +
        FormatCount(progress.iterationsDone) + " of " +
        ShowCount(progress.iterationsTotal, "execution") + " had ended (" +
        FormatCount(progress.rankIterationsDone) + " of " +
        FormatCount(progress.rankIterationsTotal) + " with each rank's counted)";
    std::string stalls;
    bool isCircle = false;
    for (std::size_t i = 0; i < m_fabric.networks.size(); ++i)
    {
        isCircle = isCircle || m_fabric.networks[i]->GetWatchdog()->IsCircle();
        const std::string& report = m_fabric.networks[i]->GetStallReport();
        if (!report.empty())
        {
            stalls += "\n" + m_fabric.names[i] + ": " + report;
        }
    }
    if (meter.HasStopped())
    {
        return "interrupted" + when + state;
    }
    if (!stalls.empty())
    {
        return "stopped because " +
               std::string(isCircle ? "packets waited for one another"
                                    : "all packets waited, and none had moved for too long") +
               when + state + stalls;
    }
    if (m_scenario.timeLimitPs > 0 && now >= PicoSeconds(m_scenario.timeLimitPs))
    {
        return "cut off by engine.time_limit" + when + state;
    }
    if (TimeEnd::IsHere())
    {
        return "cut off" + when + ", where simulated time ends" + state;
    }
    return "nothing was left to happen" + when + state;
}

} // namespace opticalfabric
} // namespace ns3
