/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "repair-action.h"

#include "ns3/parameter-check.h"

#include <array>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Names in the order of RepairAction::Kind.
constexpr std::array<const char*, RepairAction::COUNT> NAMES{"none",
                                                             "remote-reset",
                                                             "clean",
                                                             "swap",
                                                             "ticket"};

} // namespace

void
RepairAction::Validate() const
{
    const ParameterCheck check("repair " + GetName(kind));
    check.Require(!needsCrew || (kind != NONE && kind != REMOTE_RESET),
                  "needsCrew",
                  needsCrew,
                  "0: nobody goes there");
    check.Require(spare.empty() || kind == SWAP || kind == TICKET,
                  "spare",
                  spare,
                  "empty: it takes no part");
    check.Require(priority <= 1000, "priority", priority, "0 to 1000");
}

std::string
GetName(RepairAction::Kind kind)
{
    return NAMES.at(kind);
}

std::vector<std::string>
GetRepairActionNames()
{
    return {NAMES.begin(), NAMES.end()};
}

} // namespace opticalfabric
} // namespace ns3
