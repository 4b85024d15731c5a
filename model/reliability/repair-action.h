/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_REPAIR_ACTION_H
#define OPTICAL_FABRIC_REPAIR_ACTION_H

#include "ns3/duration-law.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What is done about a fault once it is detected.
 */
struct RepairAction
{
    /// What it is.
    enum Kind : uint8_t
    {
        NONE,         ///< nothing: it heals by itself, or stays
        REMOTE_RESET, ///< somebody, or a program, resets it from afar
        CLEAN,        ///< end faces are inspected and cleaned
        SWAP,         ///< a new part takes the place of the old one
        TICKET        ///< somebody else's queue: a vendor, a cable crew
    };

    static constexpr uint8_t COUNT = TICKET + 1; ///< how many there are

    Kind kind{NONE};        ///< what it is
    DurationLaw duration;   ///< how long the work takes once it begins, waiting not included
    bool needsCrew{false};  ///< whether a crew is busy with it
    std::string spare;      ///< pool of spare parts that it takes one from; empty: none
    uint32_t priority{0};   ///< among waiting repairs, 0 first; at most 1000
    bool restoresAge{true}; ///< whether the mode's age begins at 0 after it; if not, it goes on

    /**
     * @throw std::invalid_argument if fields do not fit each other: NONE needs neither crew nor
     *        spare; REMOTE_RESET no crew
     */
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @param kind kind of repair
 * @return its name in files, for example "remote-reset"
 */
std::string GetName(RepairAction::Kind kind);

/// @ingroup optical-fabric
/// @return the names of all kinds of repairs, in their order
std::vector<std::string> GetRepairActionNames();

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_REPAIR_ACTION_H */
