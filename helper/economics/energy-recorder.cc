/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-recorder.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/fabric-inventory.h"
#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricEnergyRecorder");

NS_OBJECT_ENSURE_REGISTERED(EnergyRecorder);

TypeId
EnergyRecorder::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::EnergyRecorder")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<EnergyRecorder>()
            .AddAttribute(
                "SampleStep",
                "Time between samples of the power, 0 or more. 0: no samples. It does not "
                "change the energy. A sample costs an event and a look at every port.",
                TimeValue(MicroSeconds(10)),
                MakeTimeAccessor(&EnergyRecorder::m_step),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute("AcceleratorDuty",
                          "Share of their full load that accelerators run at all the time, 0 to 1. "
                          "Default: all of it, as those do that compute while they communicate.",
                          DoubleValue(1),
                          MakeDoubleAccessor(&EnergyRecorder::m_acceleratorDuty),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("ProcessorDuty",
                          "As AcceleratorDuty, of CPUs.",
                          DoubleValue(1),
                          MakeDoubleAccessor(&EnergyRecorder::m_processorDuty),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("EnclosureDuty",
                          "As AcceleratorDuty, of what else is in nodes: boards, memory, fans.",
                          DoubleValue(1),
                          MakeDoubleAccessor(&EnergyRecorder::m_enclosureDuty),
                          MakeDoubleChecker<double>(0, 1))
            .AddTraceSource("Power",
                            "A step of time has ended; mean powers at the socket in it.",
                            MakeTraceSourceAccessor(&EnergyRecorder::m_powerTrace),
                            "ns3::opticalfabric::EnergyRecorder::PowerTracedCallback");
    return tid;
}

EnergyRecorder::EnergyRecorder()
    : m_isAlone(&Simulator::IsFinished)
{
    NS_LOG_FUNCTION(this);
}

EnergyRecorder::~EnergyRecorder()
{
    NS_LOG_FUNCTION(this);
    Detach();
}

void
EnergyRecorder::DoDispose()
{
    NS_LOG_FUNCTION(this);
    Detach();
    Object::DoDispose();
}

void
EnergyRecorder::Install(const BuiltFabric& fabric, const EnergySetup& setup)
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_IF(m_loads, "EnergyRecorder: Install was called before");
    setup.chain.Validate();
    const BillOfMaterials bill = CountBill(fabric);
    m_loads = std::make_unique<FabricLoads>(fabric, bill, setup.switchBytesPerS);
    m_fabric = &fabric;
    m_setup = setup;
    const std::vector<double>& capacities = m_loads->GetCapacitiesBytesPerS();
    for (std::size_t i = 0; i < bill.GetLines().size(); ++i)
    {
        Line line;
        line.line = bill.GetLines()[i];
        const BookedPower& booked = setup.book.Get(line.line.part, line.line.type);
        const PartPowerSpec& power = booked.power;
        line.factor = booked.isAtSocket ? 1 : setup.chain.GetInputW(1);
        const bool isLoaded = capacities[i] > 0;
        const double duty = isLoaded ? 0 : GetDuty(line.line.part);
        line.idleW = line.factor * GetPartPowerW(power, PowerState::ACTIVE, duty);
        line.sleepW = line.factor * power.sleepW;
        if (isLoaded)
        {
            line.joulesPerByte = line.factor * (power.activeW - power.idleW) *
                                 static_cast<double>(line.line.count) / capacities[i];
        }
        m_lines.push_back(line);
        m_ledger.AddItem(line.line.part, line.line.rack);
    }
    for (const FabricLoads::Module& one : m_loads->GetModules())
    {
        m_modules.push_back({this, one.module, one.line});
        Module& module = m_modules.back();
        m_byNumber[{one.network, one.number}] = &module;
        if (!one.module)
        {
            continue;
        }
        SetModule(module, one.module->IsFailed(), false);
        one.module->TraceConnectWithoutContext(
            "Failed",
            MakeBoundCallback(&EnergyRecorder::OnModule, &module));
    }
}

double
EnergyRecorder::GetDuty(PartClass::Kind part) const
{
    switch (part)
    {
    case PartClass::ACCELERATOR:
        return m_acceleratorDuty;
    case PartClass::PROCESSOR:
        return m_processorDuty;
    case PartClass::ENCLOSURE:
        return m_enclosureDuty;
    default:
        return 1;
    }
}

void
EnergyRecorder::WatchRunner(const Ptr<WorkloadRunner>& runner)
{
    NS_LOG_FUNCTION(this << runner);
    m_watched.push_back({this, runner, m_watched.size()});
    Watched* const watched = &m_watched.back();
    runner->TraceConnectWithoutContext("CollectiveStart",
                                       MakeBoundCallback(&EnergyRecorder::OnStart, watched));
    runner->TraceConnectWithoutContext("CollectiveEnd",
                                       MakeBoundCallback(&EnergyRecorder::OnEnd, watched));
    if (m_step.IsStrictlyPositive())
    {
        // Samples are to see what links carry meanwhile.
        runner->SetAttribute("FreeRings", BooleanValue(false));
    }
    WatchEngine(runner->GetEngine());
}

void
EnergyRecorder::WatchEngine(const Ptr<TransferEngine>& engine)
{
    NS_LOG_FUNCTION(this << engine);
    m_engines.push_back(engine);
}

void
EnergyRecorder::SetAloneTest(std::function<bool()> isAlone)
{
    m_isAlone = std::move(isAlone);
}

uint64_t
EnergyRecorder::NowPs()
{
    return static_cast<uint64_t>(Simulator::Now().GetPicoSeconds());
}

void
EnergyRecorder::Start()
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_UNLESS(m_loads, "EnergyRecorder: Start before Install");
    NS_ABORT_MSG_IF(m_isStarted, "EnergyRecorder: Start was called before");
    m_isStarted = true;
    m_startPs = NowPs();
    m_lookPs = m_startPs;
    for (const Ptr<TransferEngine>& engine : m_engines)
    {
        engine->UpdateCounters();
    }
    const std::vector<uint64_t> bytes = m_loads->Read();
    for (std::size_t i = 0; i < m_lines.size(); ++i)
    {
        m_lines[i].startBytes = bytes[i];
        m_lines[i].changedPs = m_startPs;
        SetPower(i);
    }
    for (const Ptr<FabricNetwork>& network : m_fabric->networks)
    {
        m_movedBefore += network->GetCounts().receivedBytes;
    }
    if (m_step.IsStrictlyPositive())
    {
        m_trace = std::make_unique<PowerTrace>(m_ledger,
                                               m_startPs,
                                               static_cast<uint64_t>(m_step.GetPicoSeconds()));
        m_stepEndPs = m_startPs + static_cast<uint64_t>(m_step.GetPicoSeconds());
        m_event = Simulator::Schedule(m_step, &EnergyRecorder::OnStep, this);
    }
}

void
EnergyRecorder::SetPower(std::size_t line)
{
    const Line& one = m_lines[line];
    // Shares of parts may add up to a little more than there are.
    const double awake =
        std::max(0.0,
                 static_cast<double>(one.line.count - one.dead - one.asleep) - GetPartsDown(one));
    double awakeW = one.idleW * awake;
    for (const LineRate& rate : one.rates)
    {
        awakeW -= rate.savedW * static_cast<double>(rate.parts);
    }
    m_ledger.SetPower(line, NowPs(), awakeW + one.sleepW * static_cast<double>(one.asleep));
}

void
EnergyRecorder::Update()
{
    if (!m_isStarted || m_isFinished)
    {
        return;
    }
    for (const Ptr<TransferEngine>& engine : m_engines)
    {
        engine->UpdateCounters();
    }
    CatchUp();
    const std::vector<uint64_t> bytes = m_loads->Read();
    m_lookPs = NowPs();
    for (std::size_t i = 0; i < m_lines.size(); ++i)
    {
        Line& line = m_lines[i];
        const double billedJ = line.joulesPerByte * static_cast<double>(bytes[i] - line.startBytes);
        // Flows are counted in fractions of bytes, rounded as they are read: a sum may lag by one.
        if (billedJ > line.billedJ)
        {
            m_ledger.AddEnergy(i, m_lookPs, billedJ - line.billedJ);
            line.billedJ = billedJ;
        }
    }
    m_movedBytes = 0;
    for (const Ptr<FabricNetwork>& network : m_fabric->networks)
    {
        m_movedBytes += network->GetCounts().receivedBytes;
    }
    m_movedBytes -= m_movedBefore;
}

void
EnergyRecorder::CatchUp()
{
    if (m_trace && NowPs() > m_stepEndPs)
    {
        m_trace->CatchUp(NowPs());
    }
}

void
EnergyRecorder::TellSamples()
{
    const std::vector<PowerSample>& samples = m_trace->GetSamples();
    for (; m_told < samples.size(); ++m_told)
    {
        m_powerTrace(samples[m_told]);
    }
}

void
EnergyRecorder::OnStep()
{
    ++m_events;
    Update();
    m_trace->CatchUp(NowPs());
    TellSamples();
    // Alone in the simulation: nothing is going to happen any more.
    if (!m_isAlone())
    {
        m_stepEndPs += static_cast<uint64_t>(m_step.GetPicoSeconds());
        m_event = Simulator::Schedule(m_step, &EnergyRecorder::OnStep, this);
    }
}

void
EnergyRecorder::ShareOut()
{
    Update();
    const double shares = static_cast<double>(m_running.size());
    for (uint8_t i = 0; i < PartClass::COUNT; ++i)
    {
        const double energyJ = GetEnergyJ(static_cast<PartClass::Kind>(i));
        const double newJ = energyJ - m_sharedJ[i];
        m_sharedJ[i] = energyJ;
        for (auto& [execution, energy] : m_running)
        {
            energy.classJ[i] += newJ / shares;
        }
        m_besidesJ += m_running.empty() ? newJ : 0;
    }
}

void
EnergyRecorder::OnStart(Watched* watched, uint32_t collective, uint32_t iteration)
{
    EnergyRecorder* const self = watched->recorder;
    if (!self->m_isStarted)
    {
        return;
    }
    self->ShareOut();
    CollectiveEnergy energy;
    energy.collective = watched->runner->GetSpec(collective).name;
    energy.iteration = iteration;
    energy.startPs = NowPs();
    energy.classJ.resize(PartClass::COUNT);
    self->m_running[{watched->number, collective, iteration}] = energy;
}

void
EnergyRecorder::OnEnd(Watched* watched, const CollectiveResult& result)
{
    EnergyRecorder* const self = watched->recorder;
    const Execution execution{watched->number, result.collective, result.iteration};
    if (self->m_running.count(execution) > 0)
    {
        self->ShareOut();
        self->Close(execution, result.networkBytes - result.failedBytes, true);
    }
}

void
EnergyRecorder::Close(const Execution& execution, uint64_t movedBytes, bool isFinished)
{
    const auto place = m_running.find(execution);
    CollectiveEnergy energy = place->second;
    m_running.erase(place);
    energy.endPs = NowPs();
    energy.movedBytes = movedBytes;
    energy.isFinished = isFinished;
    m_over.push_back(energy);
}

void
EnergyRecorder::Finish()
{
    NS_LOG_FUNCTION(this);
    if (!m_isStarted || m_isFinished)
    {
        return;
    }
    ShareOut();
    if (m_trace)
    {
        m_trace->Finish(m_lookPs);
        TellSamples();
    }
    while (!m_running.empty())
    {
        Close(m_running.begin()->first, 0, false);
    }
    m_isFinished = true;
    Detach();
}

void
EnergyRecorder::Detach()
{
    m_event.Cancel();
    for (Watched& one : m_watched)
    {
        one.runner->TraceDisconnectWithoutContext(
            "CollectiveStart",
            MakeBoundCallback(&EnergyRecorder::OnStart, &one));
        one.runner->TraceDisconnectWithoutContext("CollectiveEnd",
                                                  MakeBoundCallback(&EnergyRecorder::OnEnd, &one));
    }
    for (Module& one : m_modules)
    {
        if (one.module)
        {
            one.module->TraceDisconnectWithoutContext(
                "Failed",
                MakeBoundCallback(&EnergyRecorder::OnModule, &one));
        }
    }
    for (Sleepers& one : m_sleepers)
    {
        one.sleep->TraceDisconnectWithoutContext(
            "Asleep",
            MakeBoundCallback(&EnergyRecorder::OnAsleep, &one));
    }
    for (Rates& one : m_rates)
    {
        one.rates->TraceDisconnectWithoutContext("Rate",
                                                 MakeBoundCallback(&EnergyRecorder::OnRate, &one));
    }
    UnwatchFaults();
    m_watched.clear();
    m_sleepers.clear();
    m_rates.clear();
    m_byNumber.clear();
    m_modules.clear();
    m_engines.clear();
    m_isFinished = true;
    m_fabric = nullptr;
}

double
EnergyRecorder::GetEnergyJ() const
{
    return m_ledger.GetEnergyJ(m_lookPs);
}

double
EnergyRecorder::GetEnergyJ(PartClass::Kind part) const
{
    return m_ledger.GetEnergyJ(part, m_lookPs);
}

double
EnergyRecorder::GetEnergyJ(const std::string& rack) const
{
    return m_ledger.GetEnergyJ(rack, m_lookPs);
}

std::vector<std::string>
EnergyRecorder::GetRacks() const
{
    return m_ledger.GetRacks();
}

uint64_t
EnergyRecorder::GetEvents() const
{
    return m_events;
}

} // namespace opticalfabric
} // namespace ns3
