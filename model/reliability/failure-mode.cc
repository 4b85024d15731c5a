/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "failure-mode.h"

#include "ns3/parameter-check.h"
#include "ns3/transceiver-spec.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_ACTIVATION_EV = 5;    ///< activation energy, eV
constexpr double MIN_CASE_C = -40;         ///< temperature, degrees Celsius
constexpr double MAX_CASE_C = 150;         ///< temperature, degrees Celsius
constexpr uint32_t MAX_CYCLES = 1000000;   ///< cycles of a burst
constexpr double MIN_FLAP_H = 1e-3 / 3600; ///< shortest that is drawn for a link down or up, h
constexpr double MAX_FLAP_H = 24;          ///< longest, h

} // namespace

double
FailureMode::GetAcceleration(const std::optional<double>& temperatureC) const
{
    if (!temperatureC)
    {
        return 1;
    }
    ParameterCheck("failure mode " + name)
        .RequireBetween("temperatureC", *temperatureC, MIN_CASE_C, MAX_CASE_C);
    return GetArrheniusFactor(activationEv, referenceC, *temperatureC);
}

FailureEffect
FailureMode::DrawEffect(const UniformSource& draw) const
{
    FailureEffect drawn = effect;
    if (effect.kind == FailureEffect::FLAP_BURST)
    {
        const double choices = flaps.mostCycles - flaps.leastCycles + 1.0;
        const auto extra = static_cast<uint32_t>(draw() * choices);
        drawn.cycles = std::min(flaps.leastCycles + extra, flaps.mostCycles);
        // A law without bounds may give what no link does.
        const auto drawTime = [&draw](const DurationLaw& law) {
            return FaultTime::FromH(std::clamp(law.DrawH(draw()), MIN_FLAP_H, MAX_FLAP_H));
        };
        drawn.down = drawTime(flaps.down);
        drawn.up = drawTime(flaps.up);
    }
    return drawn;
}

void
FailureMode::Validate() const
{
    const ParameterCheck check("failure mode " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    check.RequireBetween("activationEv", activationEv, 0, MAX_ACTIVATION_EV);
    check.RequireBetween("referenceC", referenceC, MIN_CASE_C, MAX_CASE_C);
    if (effect.kind == FailureEffect::FLAP_BURST)
    {
        check.Require(IsOnPath(component),
                      "component",
                      GetName(component),
                      "what frames pass through, as its effect is flap-burst");
        check.Require(flaps.leastCycles >= 1,
                      "flaps.leastCycles",
                      flaps.leastCycles,
                      "1 to 1000000");
        check.Require(flaps.mostCycles >= flaps.leastCycles && flaps.mostCycles <= MAX_CYCLES,
                      "flaps.mostCycles",
                      flaps.mostCycles,
                      "leastCycles to 1000000");
        check.RequireBetween("mean of flaps.down in h",
                             flaps.down.GetMeanH(),
                             MIN_FLAP_H,
                             MAX_FLAP_H);
        check.RequireBetween("mean of flaps.up in h", flaps.up.GetMeanH(), MIN_FLAP_H, MAX_FLAP_H);
    }
    else
    {
        effect.Validate(component);
    }
    repair.Validate();
}

} // namespace opticalfabric
} // namespace ns3
