/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COMPONENT_KIND_H
#define OPTICAL_FABRIC_COMPONENT_KIND_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What can fail.
struct ComponentKind
{
    /// The kinds. Their numbers are part of the map of random streams: new ones go to the end.
    enum Kind : uint8_t
    {
        LANE,        ///< a lane of a module: its laser, modulator, driver, photodiode
        CONNECTOR,   ///< a pair of end faces
        LINK,        ///< a link as the packets see it
        MODULE,      ///< an optical module, all its lanes
        FIBRE,       ///< a cable, all its fibres
        SWITCH_CHIP, ///< a chip that switches packets
        SWITCH_BOX,  ///< a chassis with its power, fans and all its chips
        OCS,         ///< an optical circuit switch
        OCS_PORT,    ///< a port of one
        NPU,         ///< an accelerator: NPU, GPU, TPU, with its memory
        CPU,         ///< a host processor
        NIC,         ///< a network interface card
        HOST,        ///< a server with all in it
        POWER_FEED   ///< what powers a rack
    };

    static constexpr uint8_t COUNT = POWER_FEED + 1; ///< how many there are
};

/**
 * @ingroup optical-fabric
 * @param kind kind
 * @return its name in files, for example "switch_chip"
 */
std::string GetName(ComponentKind::Kind kind);

/**
 * @ingroup optical-fabric
 * @param name name in files
 * @return the kind; nothing if there is none of that name
 */
std::optional<ComponentKind::Kind> FindComponentKind(const std::string& name);

/// @ingroup optical-fabric
/// @return the names of all kinds, in their order
std::vector<std::string> GetComponentKindNames();

/**
 * @ingroup optical-fabric
 * @param kind kind
 * @return whether frames or light pass through it on their way, so that it can damage them; a
 *         processor, a host and a power feed only work or do not
 */
bool IsOnPath(ComponentKind::Kind kind);

/**
 * @ingroup optical-fabric
 * @param kind kind
 * @return whether light passes through it
 */
bool IsOptical(ComponentKind::Kind kind);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COMPONENT_KIND_H */
