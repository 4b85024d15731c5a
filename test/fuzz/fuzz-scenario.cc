/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fuzz-target.h"

#include "ns3/nstime.h"
#include "ns3/scenario-error.h"
#include "ns3/scenario-reader.h"

// A scenario, read but not built.
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
    g_isRefused = false;
    try
    {
        ScenarioReader().ReadText(text, "input", "input");
    }
    catch (const ScenarioError&)
    {
        g_isRefused = true;
    }
    return 0;
}
