/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-summary.h"

#include <cmath>
#include <limits>
#include <optional>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param ps a time, ps, if there is one
 * @return it, s; NaN, which is written as null, if there is none
 */
double
ToSeconds(const std::optional<uint64_t>& ps)
{
    return ps ? PsToSeconds(static_cast<double>(*ps)) : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

void
WriteFaultSummary(JsonWriter& json, const RunResults& results)
{
    if (!results.hasFaults)
    {
        return;
    }
    json.Key("faults");
    json.BeginArray();
    for (const FaultRecord& fault : results.faults)
    {
        json.BeginObject();
        json.Member("kind", fault.kind);
        json.Member("component", fault.component);
        json.Member("effect", fault.effect);
        json.Member("mode", fault.mode);
        json.Member("cause", fault.cause);
        json.Member("begin_s", ToSeconds(fault.beginPs));
        json.Member("end_s", ToSeconds(fault.endPs));
        json.Member("aftermath_s", PsToSeconds(static_cast<double>(fault.aftermathPs)));
        json.Member("begun", fault.begun);
        json.Key("links");
        json.BeginArray();
        for (const std::string& link : fault.links)
        {
            json.String(link);
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
    json.Key("fault_effects");
    json.BeginArray();
    for (const FaultEffectRecord& effect : results.faultEffects)
    {
        json.BeginObject();
        json.Member("collective", effect.collective);
        json.Member("iteration", effect.iteration);
        json.Member("time_s", PsToSeconds(static_cast<double>(effect.timePs)));
        json.Member("time_without_s", ToSeconds(effect.timeWithoutPs));
        json.Member("difference_s", effect.GetDifferenceS());
        json.Member("noise_s", effect.noiseS.value_or(std::nan("")));
        json.Member("cause", effect.cause);
        json.Member("failed_bytes", effect.failedBytes);
        json.Key("faults");
        json.BeginArray();
        for (const uint64_t fault : effect.faults)
        {
            json.Unsigned(fault);
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
}

} // namespace opticalfabric
} // namespace ns3
