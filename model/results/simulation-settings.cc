/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The one source of this directory that asks ns-3 for something.
#include "provenance.h"

#include "ns3/global-value.h"
#include "ns3/nstime.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/string.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @brief Read a global value.
 * @param name its name
 * @return its value as text, "unknown" if this ns-3 has no value of that name
 */
std::string
ReadGlobal(const std::string& name)
{
    StringValue value;
    return GlobalValue::GetValueByNameFailSafe(name, value) ? value.Get() : "unknown";
}

/**
 * @brief Name ns-3's unit of time.
 * @return its symbol
 */
std::string
GetTimeResolutionName()
{
    switch (Time::GetResolution())
    {
    case Time::FS:
        return "fs";
    case Time::PS:
        return "ps";
    case Time::NS:
        return "ns";
    case Time::US:
        return "us";
    case Time::MS:
        return "ms";
    case Time::S:
        return "s";
    default:
        return "longer than s";
    }
}

} // namespace

SimulationSettings
ReadSimulationSettings()
{
    SimulationSettings settings;
    settings.rngSeed = RngSeedManager::GetSeed();
    settings.rngRun = RngSeedManager::GetRun();
    settings.timeResolution = GetTimeResolutionName();
    settings.schedulerType = ReadGlobal("SchedulerType");
    settings.simulatorType = ReadGlobal("SimulatorImplementationType");
    return settings;
}

} // namespace opticalfabric
} // namespace ns3
