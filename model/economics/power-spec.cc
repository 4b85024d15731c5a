/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "power-spec.h"

#include <limits>

namespace ns3
{
namespace opticalfabric
{

void
PartPowerSpec::Validate(const ParameterCheck& check) const
{
    check.RequireBetween("offW", offW, 0, MAX_PART_POWER_W);
    check.RequireFrom("sleepW", sleepW, "offW", offW, MAX_PART_POWER_W);
    check.RequireFrom("idleW", idleW, "sleepW", sleepW, MAX_PART_POWER_W);
    check.RequireFrom("activeW", activeW, "idleW", idleW, MAX_PART_POWER_W);
}

PartPowerSpec
GetPartPower(const ModulePowerSpec& module)
{
    return {module.offW, module.offW, module.idleW, module.activeW};
}

double
GetPartPowerW(const PartPowerSpec& spec, PowerState::Kind state, double load)
{
    const ParameterCheck check("power of a part");
    check.RequireBetween("load", load, 0, 1);
    switch (state)
    {
    case PowerState::OFF:
        return spec.offW;
    case PowerState::SLEEP:
        return spec.sleepW;
    case PowerState::IDLE:
        return spec.idleW;
    case PowerState::ACTIVE:
        return spec.idleW + (spec.activeW - spec.idleW) * load;
    }
    check.Require(false, "state", +state, "OFF, SLEEP, IDLE, ACTIVE");
    return 0;
}

void
PowerChain::Validate() const
{
    const ParameterCheck check("power chain");
    check.RequireBetween("fanShare", fanShare, 0, 1);
    check.RequireAbove("supplyEfficiency", supplyEfficiency, 0, 1);
    check.RequireBetween("pue", pue, 1, 10);
}

double
PowerChain::GetFansW(double partsW) const
{
    Validate();
    ParameterCheck("power chain")
        .RequireBetween("partsW", partsW, 0, std::numeric_limits<double>::max());
    return partsW * fanShare;
}

double
PowerChain::GetInputW(double partsW) const
{
    return (partsW + GetFansW(partsW)) / supplyEfficiency;
}

double
PowerChain::GetFacilityW(double inputW) const
{
    Validate();
    ParameterCheck("power chain")
        .RequireBetween("inputW", inputW, 0, std::numeric_limits<double>::max());
    return inputW * pue;
}

} // namespace opticalfabric
} // namespace ns3
