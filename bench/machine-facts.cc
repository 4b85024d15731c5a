/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "machine-facts.h"

#include "ns3/build-info.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sys/utsname.h>
#include <unistd.h>

namespace opticalfabricbench
{

namespace
{

/// @return the processor's name as Linux has it
std::string
GetProcessor()
{
    std::ifstream file("/proc/cpuinfo");
    std::string line;
    while (std::getline(file, line))
    {
        const size_t colon = line.find(": ");
        if (line.rfind("model name", 0) == 0 && colon != std::string::npos)
        {
            return line.substr(colon + 2);
        }
    }
    utsname names{};
    uname(&names);
    return names.machine;
}

/// @return the caches of the first core as Linux has them
std::string
GetCaches()
{
    std::string all;
    for (int i = 0;; ++i)
    {
        const std::string folder =
            "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(i) + "/";
        std::string level;
        std::string type;
        std::string size;
        if (!(std::ifstream(folder + "level") >> level) ||
            !(std::ifstream(folder + "type") >> type) || !(std::ifstream(folder + "size") >> size))
        {
            return all.empty() ? "?" : all;
        }
        if (type != "Instruction")
        {
            all += (all.empty() ? "L" : ", L") + level + " " + size;
        }
    }
}

/// @return processes that wanted to run in the last minute, on average
std::string
GetLoad()
{
    std::array<double, 1> load{};
    if (getloadavg(load.data(), 1) != 1)
    {
        return "?";
    }
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "%.1f", load[0]);
    return text.data();
}

/// @return now, UTC
std::string
GetDate()
{
    const std::time_t now = std::time(nullptr);
    std::array<char, 32> text;
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
    return text.data();
}

} // namespace

std::vector<std::pair<std::string, std::string>>
GetMachineFacts()
{
    const ns3::opticalfabric::BuildInfo build = ns3::opticalfabric::GetBuildInfo();
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long memoryMib = pages / 1024 * (sysconf(_SC_PAGESIZE) / 1024);
    return {
        {"date", GetDate()},
        {"processor", GetProcessor()},
        {"cores", std::to_string(sysconf(_SC_NPROCESSORS_ONLN))},
        {"caches", GetCaches()},
        {"memory", std::to_string(memoryMib) + " MiB"},
        {"load_before", GetLoad()},
        {"compiler", build.compiler},
        {"flags", build.flags},
        {"build_type", build.buildType},
        {"ns3", build.ns3Version},
        {"module", build.version},
        {"git", build.git},
    };
}

} // namespace opticalfabricbench
