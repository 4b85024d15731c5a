/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fuzz-target.h"

#include "ns3/nstime.h"
#include "ns3/scenario-error.h"
#include "ns3/scenario-reader.h"

#include <sstream>

namespace
{

/// A scenario with something of every kind to change.
constexpr const char* SCENARIO = R"(name = "base"
[fabric]
kind = "clos"
endpoints = 16
[network]
routing = "Ecmp"
[engine]
fidelity = "hybrid"
[output]
ports = true
[[collective]]
name = "first"
kind = "all-reduce"
ranks = [0, 1, 2]
[[collective]]
kind = "moe-dispatch"
bytes = "1MiB"
[collective.moe]
skew = 1.5
)";

} // namespace

// Arguments of --set, one a line.
int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace ns3::opticalfabric;
    static const bool isSet = (ns3::Time::SetResolution(ns3::Time::PS), true);
    const std::string text = MakeText(data, size);
    if (!isSet || NamesFiles(text))
    {
        return 0;
    }
    ScenarioReader reader;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
    {
        reader.AddOverride(line);
    }
    g_isRefused = false;
    try
    {
        reader.ReadText(SCENARIO, "base", "base");
    }
    catch (const ScenarioError&)
    {
        g_isRefused = true;
    }
    return 0;
}
