/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "component-kind.h"

#include <algorithm>
#include <array>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Names in the order of ComponentKind::Kind.
constexpr std::array<const char*, ComponentKind::COUNT> NAMES{"lane",
                                                              "connector",
                                                              "link",
                                                              "module",
                                                              "fibre",
                                                              "switch_chip",
                                                              "switch_box",
                                                              "ocs",
                                                              "ocs_port",
                                                              "npu",
                                                              "cpu",
                                                              "nic",
                                                              "host",
                                                              "power_feed"};

} // namespace

std::string
GetName(ComponentKind::Kind kind)
{
    return NAMES.at(kind);
}

std::optional<ComponentKind::Kind>
FindComponentKind(const std::string& name)
{
    const auto found = std::find(NAMES.begin(), NAMES.end(), name);
    if (found == NAMES.end())
    {
        return std::nullopt;
    }
    return static_cast<ComponentKind::Kind>(found - NAMES.begin());
}

std::vector<std::string>
GetComponentKindNames()
{
    return {NAMES.begin(), NAMES.end()};
}

bool
IsOnPath(ComponentKind::Kind kind)
{
    switch (kind)
    {
    case ComponentKind::NPU:
    case ComponentKind::CPU:
    case ComponentKind::HOST:
    case ComponentKind::POWER_FEED:
        return false;
    default:
        return true;
    }
}

bool
IsOptical(ComponentKind::Kind kind)
{
    switch (kind)
    {
    case ComponentKind::LANE:
    case ComponentKind::CONNECTOR:
    case ComponentKind::LINK:
    case ComponentKind::MODULE:
    case ComponentKind::FIBRE:
    case ComponentKind::OCS:
    case ComponentKind::OCS_PORT:
        return true;
    default:
        return false;
    }
}

} // namespace opticalfabric
} // namespace ns3
