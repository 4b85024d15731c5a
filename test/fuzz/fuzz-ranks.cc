/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fuzz-target.h"

#include "ns3/scenario-ranks.h"

#include <stdexcept>

// Who takes part in a collective.
int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace ns3::opticalfabric;
    try
    {
        for (const auto& [low, high] : ParseRanks(MakeText(data, size)).ranges)
        {
            Require(low <= high);
        }
    }
    catch (const std::invalid_argument&)
    {
    }
    return 0;
}
