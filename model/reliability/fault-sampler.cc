/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-sampler.h"

#include "ns3/parameter-check.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_AGE_H = 1e9;           ///< age at the begin, h
constexpr double MIN_FAULT_H = 1e-9 / 3600; ///< shortest fault that is drawn, h: 1 ns
constexpr double MAX_FAULT_H = 1e8;         ///< longest fault that is drawn, and latest horizon, h

/// Draws the faults of one mode.
class ModeSampler
{
  public:
    /**
     * @param mode the mode
     * @param sampling how
     * @param lifetimes random numbers that say when things fail
     * @param consequences random numbers that say what follows
     * @param faults where faults go
     */
    ModeSampler(const FailureMode& mode,
                const FaultSampling& sampling,
                UniformSource lifetimes,
                UniformSource consequences,
                std::vector<Fault>& faults)
        : m_mode(mode),
          m_sampling(sampling),
          m_lifetimes(std::move(lifetimes)),
          m_consequences(std::move(consequences)),
          m_faults(faults)
    {
    }

    /// @param component a component whose faults are drawn
    void Sample(const InventoryComponent& component);

  private:
    /**
     * @param time when it begins
     * @return a fault of the mode
     */
    Fault DrawFault(const FaultTime& time);
    /**
     * @param fault a fault
     * @param component what has failed
     */
    void Put(Fault fault, const InventoryComponent& component);

    const FailureMode& m_mode;       ///< the mode
    const FaultSampling& m_sampling; ///< how
    UniformSource m_lifetimes;       ///< when things fail
    UniformSource m_consequences;    ///< what follows
    std::vector<Fault>& m_faults;    ///< where faults go
};

void
ModeSampler::Sample(const InventoryComponent& component)
{
    const double acceleration = m_mode.GetAcceleration(component.temperatureC);
    // Hours at the reference temperature.
    double ageH = component.ageH * acceleration;
    double nowH = 0;
    const double horizonH = m_sampling.horizon.GetH();
    while (true)
    {
        const double livedH = m_mode.law.DrawRemainingH(ageH, m_lifetimes());
        nowH += livedH / acceleration;
        if (!(nowH < horizonH))
        {
            return;
        }
        const FaultTime time = FaultTime::FromH(nowH);
        if (!(time < m_sampling.horizon))
        {
            return;
        }
        const Fault fault = DrawFault(time);
        Put(fault, component);
        if (fault.end == Fault::UNTIL_REPAIRED)
        {
            return;
        }
        nowH = fault.GetEndTime().GetH();
        ageH = m_mode.repair.restoresAge ? 0 : ageH + livedH;
    }
}

Fault
ModeSampler::DrawFault(const FaultTime& time)
{
    Fault fault;
    fault.time = time;
    fault.kind = m_mode.component;
    fault.mode = m_mode.name;
    fault.effect = m_mode.DrawEffect(m_consequences);
    const double detectionH = std::min(m_mode.detection.DrawH(m_consequences()), MAX_FAULT_H);
    fault.detection = FaultTime::FromH(detectionH);
    if (fault.effect.kind == FailureEffect::FLAP_BURST)
    {
        fault.end = Fault::WITH_BURST;
    }
    else if (m_sampling.drawRepairs && m_mode.repair.kind != RepairAction::NONE)
    {
        const double repairH = m_mode.repair.duration.DrawH(m_consequences());
        fault.end = Fault::LASTS;
        fault.lasts = FaultTime::FromH(std::clamp(detectionH + repairH, MIN_FAULT_H, MAX_FAULT_H));
    }
    return fault;
}

void
ModeSampler::Put(Fault fault, const InventoryComponent& component)
{
    if (component.dependents.empty())
    {
        fault.component = component.name;
        m_faults.push_back(fault);
        return;
    }
    fault.cause = GetName(m_mode.component) + " " + component.name;
    for (const FaultDependent& dependent : component.dependents)
    {
        fault.kind = dependent.kind;
        fault.component = dependent.name;
        m_faults.push_back(fault);
    }
}

/**
 * What a component takes along must be able to have the effect of every mode of that component,
 * also of one that happens not to fail.
 * @param inventory what can fail, and how
 */
void
CheckDependents(const FaultInventory& inventory)
{
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        for (const FailureMode& mode : inventory.GetModes(kind))
        {
            const FailureEffect effect = mode.DrawEffect([] { return 0.5; });
            for (const InventoryComponent& component : inventory.GetComponents(kind))
            {
                for (const FaultDependent& dependent : component.dependents)
                {
                    try
                    {
                        effect.Validate(dependent.kind);
                    }
                    catch (const std::invalid_argument& refusal)
                    {
                        throw std::invalid_argument(
                            "failure mode " + mode.name + " of " + GetName(kind) + " \"" +
                            component.name + "\", which takes along " + GetName(dependent.kind) +
                            " \"" + dependent.name + "\": " + refusal.what());
                    }
                }
            }
        }
    }
}

} // namespace

uint32_t
FaultInventory::AddMode(const FailureMode& mode)
{
    mode.Validate();
    std::vector<FailureMode>& modes = m_modes.at(mode.component);
    const ParameterCheck check("fault inventory");
    check.Require(std::none_of(modes.begin(),
                               modes.end(),
                               [&](const FailureMode& other) { return other.name == mode.name; }),
                  "mode",
                  "\"" + mode.name + "\"",
                  "a name that no other mode of " + GetName(mode.component) + " has");
    check.Require(modes.size() < MAX_MODES, "number of modes", modes.size() + 1, "1 to 16");
    modes.push_back(mode);
    return static_cast<uint32_t>(modes.size() - 1);
}

void
FaultInventory::AddComponent(ComponentKind::Kind kind, const InventoryComponent& component)
{
    const ParameterCheck check("component " + component.name);
    check.Require(!component.name.empty(), "name", "\"\"", "a name");
    check.RequireBetween("ageH", component.ageH, 0, MAX_AGE_H);
    if (component.temperatureC)
    {
        check.RequireBetween("temperatureC", *component.temperatureC, -40, 150);
    }
    for (const FaultDependent& dependent : component.dependents)
    {
        check.Require(!dependent.name.empty(), "name of a dependent", "\"\"", "a name");
    }
    check.Require(m_names.at(kind).insert(component.name).second,
                  "name",
                  "\"" + component.name + "\"",
                  "a name that no other " + GetName(kind) + " has");
    m_components.at(kind).push_back(component);
}

const std::vector<FailureMode>&
FaultInventory::GetModes(ComponentKind::Kind kind) const
{
    return m_modes.at(kind);
}

const std::vector<InventoryComponent>&
FaultInventory::GetComponents(ComponentKind::Kind kind) const
{
    return m_components.at(kind);
}

FaultSchedule
SampleFaults(const FaultInventory& inventory,
             const FaultSampling& sampling,
             const UniformStreams& streams)
{
    ParameterCheck("fault sampling")
        .RequireBetween("horizon in h", sampling.horizon.GetH(), 0, MAX_FAULT_H);
    CheckDependents(inventory);
    std::vector<Fault> faults;
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        const std::vector<FailureMode>& modes = inventory.GetModes(kind);
        for (uint32_t place = 0; place < modes.size(); ++place)
        {
            const auto from = [&](FaultStream::Purpose purpose) {
                const uint32_t stream = FaultStream::Get(kind, place, purpose);
                return [&streams, stream] { return streams(stream); };
            };
            ModeSampler sampler(modes[place],
                                sampling,
                                from(FaultStream::LIFETIME),
                                from(FaultStream::CONSEQUENCE),
                                faults);
            for (const InventoryComponent& component : inventory.GetComponents(kind))
            {
                sampler.Sample(component);
            }
        }
    }
    return FaultSchedule(std::move(faults));
}

} // namespace opticalfabric
} // namespace ns3
