/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-schedule.h"

#include "ns3/parameter-check.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param text name of something
 * @return whether it fits on a line
 */
bool
IsOneLine(const std::string& text)
{
    return std::none_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < ' ' || letter == '\x7f';
    });
}

} // namespace

FaultTime
Fault::GetEndTime() const
{
    switch (end)
    {
    case LASTS:
        return time + lasts;
    case WITH_BURST:
        return time + effect.GetBurstLength();
    case UNTIL_REPAIRED:
        break;
    }
    return time;
}

void
Fault::Validate() const
{
    const ParameterCheck check("fault");
    check.Require(!component.empty() && IsOneLine(component),
                  "component",
                  "\"" + component + "\"",
                  "a name without control characters");
    check.Require(IsOneLine(mode), "mode", mode, "a name without control characters");
    check.Require(IsOneLine(cause), "cause", cause, "a name without control characters");
    effect.Validate(kind);
    const bool isBurst = effect.kind == FailureEffect::FLAP_BURST;
    check.Require((end == WITH_BURST) == isBurst,
                  "lasts",
                  end == WITH_BURST ? "burst"
                  : end == LASTS    ? lasts.Write()
                                    : "repair",
                  isBurst ? "burst, as the effect is flap-burst" : "a time, or repair");
    check.Require(lasts.IsZero() != (end == LASTS),
                  "lasts",
                  lasts.Write(),
                  end == LASTS ? "above 0" : "0, as it is not what ends it");
    // Refuses what ends beyond all times.
    GetEndTime() + detection;
}

bool
Fault::operator==(const Fault& other) const
{
    return time == other.time && kind == other.kind && component == other.component &&
           effect == other.effect && end == other.end && lasts == other.lasts &&
           detection == other.detection && mode == other.mode && cause == other.cause;
}

FaultSchedule::FaultSchedule(std::vector<Fault> faults)
    : m_faults(std::move(faults))
{
    for (const Fault& fault : m_faults)
    {
        fault.Validate();
    }
    std::stable_sort(m_faults.begin(), m_faults.end(), [](const Fault& a, const Fault& b) {
        return a.time < b.time;
    });
}

const std::vector<Fault>&
FaultSchedule::GetFaults() const
{
    return m_faults;
}

std::vector<uint32_t>
FaultSchedule::Resolve(const FaultTargets& targets) const
{
    std::vector<uint32_t> ids;
    for (const Fault& fault : m_faults)
    {
        try
        {
            ids.push_back(targets.Require(fault.kind, fault.component, fault.effect));
        }
        catch (const std::invalid_argument& refusal)
        {
            throw std::invalid_argument("fault " + std::to_string(ids.size() + 1) + " at " +
                                        fault.time.Write() + ": " + refusal.what());
        }
    }
    return ids;
}

bool
FaultSchedule::operator==(const FaultSchedule& other) const
{
    return m_faults == other.m_faults;
}

FaultScheduleError::FaultScheduleError(const std::string& origin,
                                       uint32_t line,
                                       const std::string& what)
    : std::runtime_error(origin + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what)
{
}

} // namespace opticalfabric
} // namespace ns3
