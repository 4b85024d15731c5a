/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-helper.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/time-end.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <optional>
#include <set>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFaultHelper");
NS_OBJECT_ENSURE_REGISTERED(FaultHelper);

namespace
{

constexpr double MAX_LOSS_DB = 1000; ///< more than any transmitter has, and the most a path takes

/**
 * @param fault a fault
 * @return whether all it does is to hold lanes dark
 */
bool
IsOfLanes(const Fault& fault)
{
    return fault.effect.kind == FailureEffect::LANES_LOST || fault.kind == ComponentKind::LANE;
}

/**
 * @param effect an effect
 * @return what it does to a link while it acts
 */
LinkFault
MakeLinkFault(const FailureEffect& effect)
{
    LinkFault fault;
    switch (effect.kind)
    {
    case FailureEffect::COMPONENT_DOWN:
    case FailureEffect::LINK_DOWN:
    case FailureEffect::FLAP_BURST:
        fault.down = true;
        break;
    case FailureEffect::EXTRA_LOSS:
        fault.lossDb = effect.lossDb;
        break;
    case FailureEffect::FRAME_LOSS:
    case FailureEffect::CORRUPTION:
        fault.frameErrorRatio = effect.share;
        break;
    case FailureEffect::EXTRA_DELAY:
        fault.extraDelay = PicoSeconds(effect.delay.GetPs().value_or(0));
        break;
    case FailureEffect::RATE_REDUCED:
        fault.rateShare = 1 - effect.share;
        break;
    case FailureEffect::LANES_LOST:
        break;
    }
    return fault;
}

/**
 * @param time a time, if it is not too long
 * @return it, ps
 */
std::optional<uint64_t>
ToPs(const FaultTime& time)
{
    const auto ps = time.GetPs();
    return ps ? std::optional<uint64_t>(static_cast<uint64_t>(*ps)) : std::nullopt;
}

} // namespace

TypeId
FaultHelper::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::FaultHelper")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<FaultHelper>()
            .AddAttribute("HostsPerRack",
                          "Hosts that a power feed feeds, in the order of the fabric: the first "
                          "are rack-0. A CloudMatrix384 has 4. 0: nobody knows, so there are no "
                          "power feeds. 0 to 1000000.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&FaultHelper::m_hostsPerRack),
                          MakeUintegerChecker<uint32_t>(0, 1000000))
            .AddTraceSource("FaultBegin",
                            "A fault has begun; links are as it has them.",
                            MakeTraceSourceAccessor(&FaultHelper::m_beginTrace),
                            "ns3::opticalfabric::FaultHelper::FaultTracedCallback")
            .AddTraceSource("FaultEnd",
                            "A fault has ended; links may train for some time yet.",
                            MakeTraceSourceAccessor(&FaultHelper::m_endTrace),
                            "ns3::opticalfabric::FaultHelper::FaultTracedCallback");
    return tid;
}

FaultHelper::FaultHelper()
{
    NS_LOG_FUNCTION(this);
}

FaultHelper::~FaultHelper()
{
    NS_LOG_FUNCTION(this);
}

void
FaultHelper::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_targets.reset();
    m_networks.clear();
    m_entries.clear();
    m_ledgers.clear();
    m_dark.clear();
    Object::DoDispose();
}

void
FaultHelper::Install(const BuiltFabric& fabric, const FaultSchedule& schedule)
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_IF(m_targets, "FaultHelper: a second Install; allowed: one");
    auto targets = std::make_unique<FabricFaultTargets>(fabric, m_hostsPerRack);
    const std::vector<uint32_t> components = schedule.Resolve(*targets);
    m_targets = std::move(targets);
    m_networks = fabric.networks;
    for (const FabricFaultTargets::LinkPlace& place : m_targets->GetLinks())
    {
        m_ledgers.emplace_back(place.lanes);
    }
    for (uint32_t i = 0; i < components.size(); ++i)
    {
        Entry entry;
        entry.fault = schedule.GetFaults()[i];
        entry.component = components[i];
        const auto& links = m_targets->GetLinksOf(entry.fault.kind, entry.component);
        if (!links.empty())
        {
            entry.context =
                m_targets->GetLinks()[links.front()].link->GetPort(0)->GetNode()->GetId();
        }
        m_entries.push_back(entry);
        // All begins are scheduled before any end: where one fault ends as another begins, the
        // link does not come up in between.
        Schedule(i, entry.fault.time, &FaultHelper::Begin);
    }
}

void
FaultHelper::Schedule(uint32_t number,
                      const FaultTime& delay,
                      void (FaultHelper::*action)(uint32_t))
{
    const auto delayPs = delay.GetPs();
    if (delayPs)
    {
        Simulator::ScheduleWithContext(m_entries[number].context,
                                       TimeEnd::Limit(*delayPs),
                                       MakeEvent(action, Ptr<FaultHelper>(this), number));
    }
}

const FabricFaultTargets&
FaultHelper::GetTargets() const
{
    NS_ABORT_MSG_UNLESS(m_targets, "FaultHelper: GetTargets before Install");
    return *m_targets;
}

uint32_t
FaultHelper::GetNFaults() const
{
    return static_cast<uint32_t>(m_entries.size());
}

const Fault&
FaultHelper::GetFault(uint32_t number) const
{
    return m_entries.at(number).fault;
}

uint32_t
FaultHelper::GetComponent(uint32_t number) const
{
    return m_entries.at(number).component;
}

bool
FaultHelper::IsActive(uint32_t number) const
{
    return m_entries.at(number).isActive;
}

void
FaultHelper::Begin(uint32_t number)
{
    NS_LOG_FUNCTION(this << number);
    Entry& entry = m_entries[number];
    entry.hasBegun = true;
    entry.isActive = true;
    if (entry.fault.effect.kind == FailureEffect::FLAP_BURST)
    {
        FlapDown(number);
    }
    else
    {
        Act(number, true);
        if (entry.fault.end == Fault::LASTS)
        {
            Schedule(number, entry.fault.lasts, &FaultHelper::End);
        }
    }
    m_beginTrace(number, entry.fault);
}

void
FaultHelper::End(uint32_t number)
{
    NS_LOG_FUNCTION(this << number);
    Entry& entry = m_entries[number];
    entry.isActive = false;
    if (entry.fault.effect.kind != FailureEffect::FLAP_BURST)
    {
        Act(number, false);
    }
    m_endTrace(number, entry.fault);
}

void
FaultHelper::FlapDown(uint32_t number)
{
    Act(number, true);
    Schedule(number, m_entries[number].fault.effect.down, &FaultHelper::FlapUp);
}

void
FaultHelper::FlapUp(uint32_t number)
{
    Entry& entry = m_entries[number];
    Act(number, false);
    const bool isLast = ++entry.cyclesDone == entry.fault.effect.cycles;
    Schedule(number, entry.fault.effect.up, isLast ? &FaultHelper::End : &FaultHelper::FlapDown);
}

void
FaultHelper::Act(uint32_t number, bool acts)
{
    const Entry& entry = m_entries[number];
    if (IsOfLanes(entry.fault))
    {
        ActOnLanes(number, acts);
        return;
    }
    const LinkFault fault = MakeLinkFault(entry.fault.effect);
    for (const uint32_t place : m_targets->GetLinksOf(entry.fault.kind, entry.component))
    {
        if (acts)
        {
            m_ledgers[place].Put(number, fault);
        }
        else
        {
            m_ledgers[place].Take(number);
        }
        Apply(place);
    }
}

void
FaultHelper::ActOnLanes(uint32_t number, bool dark)
{
    Entry& entry = m_entries[number];
    const std::vector<FabricFaultTargets::LinkPlace>& links = m_targets->GetLinks();
    if (dark)
    {
        const bool isNamed = entry.fault.kind == ComponentKind::LANE;
        const uint32_t wanted = isNamed ? 1 : entry.fault.effect.lanes;
        for (const LanePlace& lane : m_targets->GetLanesOf(entry.fault.kind, entry.component))
        {
            // A fault that does not say which lanes takes such as no other fault has.
            if (entry.lanes.size() < wanted && (isNamed || !m_ledgers[lane.link].IsDark(lane.lane)))
            {
                entry.lanes.push_back(lane);
            }
        }
    }
    std::set<uint32_t> places;
    for (const LanePlace& lane : entry.lanes)
    {
        places.insert(lane.link);
        LinkFaultLedger& ledger = m_ledgers[lane.link];
        const bool changes = dark ? ledger.Darken(lane.lane) : ledger.Lighten(lane.lane);
        const Ptr<OpticalMedium>& light = links[lane.link].light;
        if (!changes || !light)
        {
            continue;
        }
        Dark& state = m_dark[{lane.link, lane.lane}];
        if (dark)
        {
            state.end = lane.end;
        }
        const OpticalMedium::End& end = light->GetEnd(state.end);
        if (dark)
        {
            state.wasFailed = end.module->GetLane(end.firstLane + lane.lane).failed;
            end.module->FailLane(end.firstLane + lane.lane);
        }
        else if (!state.wasFailed)
        {
            end.module->RestoreLane(end.firstLane + lane.lane);
        }
    }
    if (!dark)
    {
        entry.lanes.clear();
    }
    for (const uint32_t place : places)
    {
        Apply(place);
    }
}

void
FaultHelper::Apply(uint32_t place)
{
    const FabricFaultTargets::LinkPlace& link = m_targets->GetLinks()[place];
    const LinkFaultLedger& ledger = m_ledgers[place];
    const LinkFault sum = ledger.GetSum();
    LinkImpairment impairment;
    impairment.extraDelay = sum.extraDelay;
    impairment.frameErrorRatio = sum.frameErrorRatio;
    impairment.rateShare = sum.rateShare;
    bool isDown = sum.down;
    if (link.light)
    {
        link.light->SetFaultLoss(std::min(sum.lossDb, MAX_LOSS_DB));
    }
    else if (ledger.GetDarkLanes() > 0)
    {
        const uint32_t lit = ledger.GetLanes() - ledger.GetDarkLanes();
        isDown = isDown || lit == 0;
        impairment.rateShare *= lit == 0 ? 1 : static_cast<double>(lit) / ledger.GetLanes();
    }
    if (!link.medium)
    {
        impairment.down = isDown;
    }
    else if (!isDown)
    {
        link.medium->Lighten(LinkMedium::FAULT);
    }
    else if ((link.medium->GetDarkness() & LinkMedium::FAULT) == 0)
    {
        link.medium->Darken(LinkMedium::FAULT);
    }
    link.link->SetImpairment(impairment);
}

uint64_t
FaultHelper::GetAftermathPs(const Entry& entry) const
{
    const FailureEffect::Kind kind = entry.fault.effect.kind;
    const bool takesDown = MakeLinkFault(entry.fault.effect).down || IsOfLanes(entry.fault) ||
                           kind == FailureEffect::EXTRA_LOSS;
    Time longest(0);
    for (const uint32_t i : m_targets->GetLinksOf(entry.fault.kind, entry.component))
    {
        if (!takesDown)
        {
            break;
        }
        const FabricFaultTargets::LinkPlace& place = m_targets->GetLinks()[i];
        TimeValue detection;
        TimeValue convergence;
        TimeValue training;
        m_networks[place.network]->GetAttribute("DetectionDelay", detection);
        m_networks[place.network]->GetAttribute("ConvergenceDelay", convergence);
        if (place.medium)
        {
            // A fault of lanes, or loss, leaves some light, or none.
            TimeValue relocking;
            place.medium->GetAttribute("RetrainTime", training);
            place.medium->GetAttribute("RelockTime", relocking);
            training.Set(std::max(training.Get(), relocking.Get()));
        }
        longest = std::max(longest, detection.Get() + convergence.Get() + training.Get());
    }
    return static_cast<uint64_t>(longest.GetPicoSeconds());
}

std::vector<FaultRecord>
FaultHelper::MakeRecords() const
{
    std::vector<FaultRecord> records;
    for (const Entry& entry : m_entries)
    {
        FaultRecord record;
        record.kind = GetName(entry.fault.kind);
        record.component = entry.fault.component;
        record.effect = entry.fault.effect.Write();
        record.mode = entry.fault.mode;
        record.cause = entry.fault.cause;
        record.beginPs = ToPs(entry.fault.time);
        if (entry.fault.end != Fault::UNTIL_REPAIRED)
        {
            record.endPs = ToPs(entry.fault.GetEndTime());
        }
        record.aftermathPs = GetAftermathPs(entry);
        record.begun = entry.hasBegun ? 1 : 0;
        for (const uint32_t i : m_targets->GetLinksOf(entry.fault.kind, entry.component))
        {
            record.links.push_back(m_targets->GetLinks()[i].name);
        }
        records.push_back(record);
    }
    return records;
}

} // namespace opticalfabric
} // namespace ns3
