/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "part-class.h"

#include "ns3/parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

std::string
GetName(PartClass::Kind part)
{
    switch (part)
    {
    case PartClass::ACCELERATOR:
        return "accelerator";
    case PartClass::PROCESSOR:
        return "processor";
    case PartClass::SWITCH:
        return "switch";
    case PartClass::CIRCUIT_SWITCH:
        return "circuit_switch";
    case PartClass::NIC:
        return "nic";
    case PartClass::MODULE:
        return "module";
    case PartClass::CABLE:
        return "cable";
    case PartClass::ENCLOSURE:
        return "enclosure";
    }
    ParameterCheck("part class").Require(false, "part", +part, "a PartClass");
    return "";
}

} // namespace opticalfabric
} // namespace ns3
