/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fuzz-target.h"

#include "ns3/catalog.h"
#include "ns3/scenario-error.h"

// A catalog of the user's, on top of the one that is built in.
int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace ns3::opticalfabric;
    static const Catalog builtIn;
    g_isRefused = false;
    try
    {
        Catalog catalog(builtIn);
        catalog.LoadText(MakeText(data, size), "input");
    }
    catch (const ScenarioError&)
    {
        g_isRefused = true;
    }
    return 0;
}
