/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// Used where toml++ is not installed.
#include "scenario-toml.h"

namespace ns3
{
namespace opticalfabric
{

bool
HasToml()
{
    return false;
}

ScenarioNode
ParseToml(const std::string& /* text */, const std::string& origin)
{
    throw ScenarioError({origin, 0},
                        "this build cannot read TOML files; toml++ was not there when it was "
                        "compiled (Debian: libtomlplusplus-dev)");
}

} // namespace opticalfabric
} // namespace ns3
