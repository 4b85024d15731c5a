/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "power-policy.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

void
PowerPolicySpec::Validate() const
{
    const ParameterCheck check("power policy");
    const auto requireTime = [&](const char* name, uint64_t timePs) {
        check.Require(timePs <= MAX_POLICY_PS,
                      name,
                      timePs,
                      "0 to " + std::to_string(MAX_POLICY_PS));
    };
    check.Require(kind <= PowerPolicy::RATE_ADAPTIVE,
                  "kind",
                  +kind,
                  "ALWAYS_ON, SLEEP, RATE_ADAPTIVE");
    requireTime("sleepAfterPs", sleepAfterPs);
    requireTime("wakePs", wakePs);
    check.RequireBetween("wakeEnergyJ", wakeEnergyJ, 0, MAX_WAKE_ENERGY_J);
    check.Require(!rateSteps.empty(), "rateSteps", "none", "at least one, the last being 1");
    double last = 0;
    for (const double step : rateSteps)
    {
        check.Require(step > last && step <= 1, "rateSteps", step, "above 0, ascending, at most 1");
        last = step;
    }
    check.Require(last == 1, "rateSteps", last, "1 as the last");
    requireTime("rateChangePs", rateChangePs);
    requireTime("slowAfterPs", slowAfterPs);
    requireTime("rateEpochPs", rateEpochPs);
    check.Require(rateTarget > 0 && rateTarget < 1, "rateTarget", rateTarget, "above 0, below 1");
    check.RequireBetween("fixedShare", fixedShare, 0, 1);
}

double
GetIdlePowerW(const PartPowerSpec& power, double fixedShare, double rateShare)
{
    const double saved = (1 - fixedShare) * (1 - rateShare);
    return std::max(power.sleepW, power.idleW * (1 - saved));
}

ManagedPart::ManagedPart(const PartPowerSpec& power, const PowerPolicySpec& policy, double load)
    : m_power(power),
      m_policy(policy),
      m_load(load)
{
    ParameterCheck("managed part").RequireBetween("load", load, 0, 1);
    m_power.Validate(ParameterCheck("managed part"));
    m_policy.Validate();
    m_step = m_policy.rateSteps.size() - 1;
    MakePlan();
    Meter();
}

void
ManagedPart::RequireOrder(uint64_t atPs) const
{
    ParameterCheck("managed part")
        .Require(atPs >= m_nowPs, "atPs", atPs, "not before " + std::to_string(m_nowPs));
}

void
ManagedPart::AdvanceTo(uint64_t atPs)
{
    RequireOrder(atPs);
    while (m_planPs <= atPs && m_plan != Plan::NONE)
    {
        m_nowPs = m_planPs;
        CarryOut();
    }
    m_nowPs = atPs;
}

void
ManagedPart::CarryOut()
{
    const Plan plan = m_plan;
    m_plan = Plan::NONE;
    m_planPs = NEVER_PS;
    switch (plan)
    {
    case Plan::NONE:
        break;
    case Plan::FALL_ASLEEP:
        m_isAsleep = true;
        break;
    case Plan::WAKE:
        m_isAsleep = false;
        break;
    case Plan::SLOW_DOWN:
    case Plan::SPEED_UP:
        m_step = GetNeededStep();
        break;
    }
    MakePlan();
    Meter();
}

uint64_t
ManagedPart::SetLoad(uint64_t atPs, double load)
{
    RequireOrder(atPs);
    ParameterCheck("managed part").RequireBetween("load", load, 0, 1);
    AdvanceTo(atPs);
    m_load = load;
    MakePlan();
    Meter();
    // What takes no time happens now.
    AdvanceTo(atPs);
    return GetAvailablePs();
}

std::size_t
ManagedPart::GetNeededStep() const
{
    const std::vector<double>& steps = m_policy.rateSteps;
    return std::lower_bound(steps.begin(), steps.end(), m_load) - steps.begin();
}

void
ManagedPart::SetPlan(Plan plan, uint64_t delayPs)
{
    m_plan = plan;
    m_planPs = m_nowPs > NEVER_PS - delayPs ? NEVER_PS : m_nowPs + delayPs;
}

void
ManagedPart::MakePlan()
{
    if (m_policy.kind == PowerPolicy::SLEEP)
    {
        if (m_isAsleep)
        {
            // Once it wakes nothing stops it.
            if (m_load > 0 && m_plan != Plan::WAKE)
            {
                m_meter.AddEnergy(m_nowPs, m_policy.wakeEnergyJ);
                SetPlan(Plan::WAKE, m_policy.wakePs);
            }
        }
        else if (m_load > 0)
        {
            m_plan = Plan::NONE;
            m_planPs = NEVER_PS;
        }
        else if (m_plan != Plan::FALL_ASLEEP)
        {
            SetPlan(Plan::FALL_ASLEEP, m_policy.sleepAfterPs);
        }
        return;
    }
    if (m_policy.kind != PowerPolicy::RATE_ADAPTIVE)
    {
        return;
    }
    const std::size_t needed = GetNeededStep();
    if (needed == m_step)
    {
        m_plan = Plan::NONE;
        m_planPs = NEVER_PS;
        return;
    }
    // A change under way in the same direction goes on, to the rate that is needed at its end.
    if (needed > m_step && m_plan != Plan::SPEED_UP)
    {
        SetPlan(Plan::SPEED_UP, m_policy.rateChangePs);
    }
    else if (needed < m_step && m_plan != Plan::SLOW_DOWN)
    {
        SetPlan(Plan::SLOW_DOWN, m_policy.slowAfterPs);
    }
}

void
ManagedPart::Meter()
{
    m_meter.SetPower(m_nowPs, GetPowerW());
}

PowerState::Kind
ManagedPart::GetState() const
{
    if (m_isAsleep)
    {
        return PowerState::SLEEP;
    }
    return m_load > 0 ? PowerState::ACTIVE : PowerState::IDLE;
}

bool
ManagedPart::IsWaking() const
{
    return m_plan == Plan::WAKE;
}

double
ManagedPart::GetRateShare() const
{
    return m_isAsleep ? 0 : m_policy.rateSteps[m_step];
}

double
ManagedPart::GetCarriedLoad() const
{
    return std::min(m_load, GetRateShare());
}

double
ManagedPart::GetPowerW() const
{
    if (m_isAsleep && !IsWaking())
    {
        return m_power.sleepW;
    }
    const double idleW = GetIdlePowerW(m_power, m_policy.fixedShare, m_policy.rateSteps[m_step]);
    return idleW + (m_power.activeW - m_power.idleW) * GetCarriedLoad();
}

uint64_t
ManagedPart::GetAvailablePs() const
{
    const bool isShort = m_load > GetRateShare() || (m_isAsleep && m_load > 0);
    return isShort ? m_planPs : m_nowPs;
}

uint64_t
ManagedPart::GetNextChangePs() const
{
    return m_planPs;
}

double
ManagedPart::GetEnergyJ() const
{
    return m_meter.GetEnergyJ(m_nowPs);
}

} // namespace opticalfabric
} // namespace ns3
