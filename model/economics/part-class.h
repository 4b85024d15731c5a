/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PART_CLASS_H
#define OPTICAL_FABRIC_PART_CLASS_H

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What a part of a system is: what power and cost are summed up by.
struct PartClass
{
    /// The classes.
    enum Kind : uint8_t
    {
        ACCELERATOR,    ///< NPUs, GPUs
        PROCESSOR,      ///< CPUs
        SWITCH,         ///< packet switches, chips or boxes
        CIRCUIT_SWITCH, ///< optical circuit switches
        NIC,            ///< network interfaces that are parts of their own
        MODULE,         ///< optical transceiver modules
        CABLE,          ///< fibres and copper
        ENCLOSURE       ///< what is in nodes, trays and racks besides: boards, memory, fans
    };

    static constexpr uint8_t COUNT = ENCLOSURE + 1; ///< how many there are
};

/**
 * @ingroup optical-fabric
 * @param part class; throws std::invalid_argument if it is none
 * @return its name, for example "circuit_switch"
 */
std::string GetName(PartClass::Kind part);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PART_CLASS_H */
