/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-warning.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

void
AddWarnings(std::vector<RunWarning>& into, const std::vector<RunWarning>& from)
{
    for (const RunWarning& warning : from)
    {
        const auto same = std::find_if(into.begin(), into.end(), [&](const RunWarning& other) {
            return other.reason == warning.reason;
        });
        if (same == into.end())
        {
            into.push_back(warning);
        }
        else if (same->figures != warning.figures)
        {
            same->figures += ", " + warning.figures;
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
