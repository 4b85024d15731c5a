/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-faults.h"

#include "ns3/catalog.h"
#include "ns3/fabric-fault-targets.h"
#include "ns3/fault-inventory.h"
#include "ns3/input-file.h"
#include "ns3/json-writer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/scenario-quantity.h"
#include "ns3/sha256.h"
#include "ns3/time-end.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_SAMPLED_H = 1e8;            ///< operation that faults can be drawn for, h
constexpr uint64_t MAX_HOSTS_PER_RACK = 1000000; ///< as FaultHelper's attribute

/// Keys that say how to draw, which a file of faults leaves nothing to say about.
const char* const DRAWING[] = {"modes",
                               "horizon",
                               "acceleration",
                               "duration_scale",
                               "age_h",
                               "temperature_c",
                               "temperatures_c"};

/**
 * @param list names with commas between them
 * @return the names
 */
std::vector<std::string>
Split(const std::string& list)
{
    std::vector<std::string> names;
    std::istringstream is(list);
    std::string name;
    while (std::getline(is, name, ','))
    {
        const std::size_t first = name.find_first_not_of(' ');
        const std::size_t last = name.find_last_not_of(' ');
        names.push_back(first == std::string::npos ? "" : name.substr(first, last - first + 1));
    }
    return names;
}

/**
 * @param path a file
 * @param section the section that names it, as schedule
 * @param scenario gets it as an input file
 * @return what it says
 */
std::string
ReadScheduleFile(const std::string& path, const ScenarioSection& section, Scenario& scenario)
{
    const InputText file = ReadInputFile(path, MAX_TABLE_BYTES);
    if (!file.IsOk())
    {
        const std::string line = file.fault.line > 0 ? ":" + std::to_string(file.fault.line) : "";
        section.Refuse("schedule",
                       *section.GetNode().Find("schedule"),
                       "a fault schedule that can be read (" + path + line + ": " +
                           file.fault.what + ")");
    }
    InputFile input;
    input.name = path;
    input.bytes = file.text.size();
    input.sha256 = Sha256::OfText(file.text);
    scenario.inputFiles.push_back(input);
    return file.text;
}

/**
 * @param section the section
 * @param faults gets how to draw
 */
void
TakeDrawing(ScenarioSection& section, ScenarioFaults& faults)
{
    const auto refuse = [&section](const char* key, const std::string& allowed) {
        section.Refuse(key, *section.GetNode().Find(key), allowed);
    };
    faults.modes = section.TakeString("modes").value_or(faults.modes);
    const auto horizonPs = section.TakeTimePs("horizon");
    if (!horizonPs)
    {
        throw ScenarioError(faults.mark,
                            "faults.horizon is missing; allowed: schedule = \"faults.csv\", or a "
                            "horizon to draw faults for, as in \"5ms\"");
    }
    if (*horizonPs == 0)
    {
        refuse("horizon", "a time above 0s, at most " + WriteTimePs(TimeEnd::PS));
    }
    faults.horizonPs = *horizonPs;
    const double mostAcceleration = MAX_SAMPLED_H / FaultTime::FromPs(faults.horizonPs).GetH();
    std::ostringstream allowed;
    allowed << "above 0 and at most " << mostAcceleration << ", so that horizon times "
            << "acceleration is no more than 1e8 h";
    faults.acceleration =
        section.TakeReal("acceleration", ABOVE_ZERO, mostAcceleration, allowed.str())
            .value_or(faults.acceleration);
    faults.durationScale =
        section.TakeReal("duration_scale", ABOVE_ZERO, 1, "above 0 and at most 1")
            .value_or(faults.durationScale);
    faults.ageH = section.TakeReal("age_h", 0, 1e6, "0 to 1e6 hours").value_or(faults.ageH);
    const std::string degrees = "0 to 150 degrees Celsius";
    faults.temperatureC = section.TakeReal("temperature_c", 0, 150, degrees);
    if (const ScenarioNode* node = section.Take("temperatures_c"))
    {
        ScenarioSection kinds(*node, section.GetPath("temperatures_c"));
        for (const std::string& kind : GetComponentKindNames())
        {
            if (const auto temperatureC = kinds.TakeReal(kind, 0, 150, degrees))
            {
                faults.temperaturesC[kind] = *temperatureC;
            }
        }
        kinds.RefuseRest();
    }
}

/**
 * @param faults how to draw
 * @param fabric the fabric
 * @param targets its components
 * @return what can fail, and how
 */
FaultInventory
MakeInventory(const ScenarioFaults& faults,
              const BuiltFabric& fabric,
              const FabricFaultTargets& targets)
{
    FaultInventorySpec spec;
    spec.modes = Split(faults.modes);
    spec.ageH = faults.ageH;
    spec.temperatureC = faults.temperatureC;
    for (const auto& [kind, temperatureC] : faults.temperaturesC)
    {
        spec.kindTemperatureC[*FindComponentKind(kind)] = temperatureC;
    }
    try
    {
        return MakeFaultInventory(spec, fabric, targets, Catalog());
    }
    catch (const std::invalid_argument& refusal)
    {
        throw ScenarioError(faults.modesMark,
                            "faults.modes = \"" + faults.modes +
                                "\" is not allowed: " + refusal.what());
    }
}

/**
 * @param time a time
 * @param scale what to multiply it with
 * @return it, at least a picosecond unless it is 0
 */
FaultTime
Scale(const FaultTime& time, double scale)
{
    if (time.IsZero() || scale == 1)
    {
        return time;
    }
    const FaultTime scaled = FaultTime::FromH(time.GetH() * scale);
    return scaled.IsZero() ? FaultTime::FromPs(1) : scaled;
}

} // namespace

void
ReadFaults(ScenarioSection& root, const std::string& base, Scenario& scenario)
{
    const ScenarioNode* node = root.Take("faults");
    if (node == nullptr)
    {
        return;
    }
    ScenarioSection section(*node, "faults");
    ScenarioFaults& faults = scenario.faults;
    faults.isThere = true;
    faults.mark = node->mark;
    const ScenarioNode* modes = node->Find("modes");
    faults.modesMark = modes != nullptr ? modes->mark : node->mark;
    faults.hostsPerRack = static_cast<uint32_t>(
        section.TakeUnsigned("hosts_per_rack", 0, MAX_HOSTS_PER_RACK).value_or(0));
    faults.compare = section.TakeBoolean("compare").value_or(faults.compare);
    if (const auto schedule = section.TakeString("schedule"))
    {
        for (const char* key : DRAWING)
        {
            if (const ScenarioNode* value = node->Find(key))
            {
                section.Refuse(key, *value, "nothing beside schedule, which says all faults");
            }
        }
        faults.schedule = *schedule;
        faults.path = (std::filesystem::path(base) / *schedule).string();
        faults.text = ReadScheduleFile(faults.path, section, scenario);
        try
        {
            ReadFaultSchedule(faults.text, faults.path);
        }
        catch (const FaultScheduleError& refusal)
        {
            throw ScenarioError({}, refusal.what());
        }
    }
    else
    {
        TakeDrawing(section, faults);
    }
    section.RefuseRest({"schedule", "modes", "horizon"});
}

void
WriteFaults(const Scenario& scenario, std::ostream& os)
{
    const ScenarioFaults& faults = scenario.faults;
    if (!faults.isThere)
    {
        return;
    }
    os << "\n[faults]\n";
    if (!faults.schedule.empty())
    {
        os << "schedule = " << JsonWriter::Quote(faults.schedule) << "\n";
    }
    else
    {
        os << "modes = " << JsonWriter::Quote(faults.modes) << "\n";
        os << "horizon = " << JsonWriter::Quote(FaultTime::FromPs(faults.horizonPs).Write())
           << "\n";
        os << "acceleration = " << JsonWriter::Format(faults.acceleration) << "\n";
        os << "duration_scale = " << JsonWriter::Format(faults.durationScale) << "\n";
        os << "age_h = " << JsonWriter::Format(faults.ageH) << "\n";
        if (faults.temperatureC)
        {
            os << "temperature_c = " << JsonWriter::Format(*faults.temperatureC) << "\n";
        }
    }
    os << "hosts_per_rack = " << faults.hostsPerRack << "\n";
    os << "compare = " << (faults.compare ? "true" : "false") << "\n";
    if (!faults.temperaturesC.empty())
    {
        os << "\n[faults.temperatures_c]\n";
    }
    for (const auto& [kind, temperatureC] : faults.temperaturesC)
    {
        os << kind << " = " << JsonWriter::Format(temperatureC) << "\n";
    }
}

FaultSchedule
MakeFaultSchedule(const Scenario& scenario, const BuiltFabric& fabric)
{
    const ScenarioFaults& faults = scenario.faults;
    if (!faults.isThere)
    {
        return FaultSchedule();
    }
    const FabricFaultTargets targets(fabric, faults.hostsPerRack);
    if (!faults.schedule.empty())
    {
        try
        {
            return ReadFaultSchedule(faults.text, faults.path, &targets);
        }
        catch (const FaultScheduleError& refusal)
        {
            throw ScenarioError({}, refusal.what());
        }
    }
    const FaultInventory inventory = MakeInventory(faults, fabric, targets);
    FaultSampling sampling;
    const FaultTime horizon = FaultTime::FromPs(faults.horizonPs);
    sampling.horizon = FaultTime::FromH(horizon.GetH() * faults.acceleration);
    std::map<uint32_t, Ptr<UniformRandomVariable>> streams;
    const FaultSchedule sampled = SampleFaults(inventory, sampling, [&streams](uint32_t number) {
        Ptr<UniformRandomVariable>& stream = streams[number];
        if (!stream)
        {
            stream = CreateObject<UniformRandomVariable>();
            stream->SetStream(FAULT_STREAM + number);
        }
        return stream->GetValue(0, 1);
    });
    std::vector<Fault> scaled = sampled.GetFaults();
    for (Fault& fault : scaled)
    {
        fault.time = Scale(fault.time, 1 / faults.acceleration);
        fault.lasts = Scale(fault.lasts, faults.durationScale);
        fault.detection = Scale(fault.detection, faults.durationScale);
        fault.effect.down = Scale(fault.effect.down, faults.durationScale);
        fault.effect.up = Scale(fault.effect.up, faults.durationScale);
    }
    return FaultSchedule(std::move(scaled));
}

} // namespace opticalfabric
} // namespace ns3
