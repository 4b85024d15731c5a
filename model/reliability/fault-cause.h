/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_CAUSE_H
#define OPTICAL_FABRIC_FAULT_CAUSE_H

#include "ns3/component-kind.h"
#include "ns3/fault-sampler.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What hours and failures are put down to: a mode of a kind of component, as a number.
 */
struct FaultCause
{
    /// No fault.
    static constexpr uint32_t NONE = ComponentKind::COUNT * FaultInventory::MAX_MODES;
    static constexpr uint32_t COUNT = NONE + 1; ///< how many there are, NONE included

    /**
     * @param kind kind of component
     * @param mode place of the mode among those of the kind, below FaultInventory::MAX_MODES
     * @return number
     */
    static constexpr uint32_t Get(ComponentKind::Kind kind, uint32_t mode)
    {
        return kind * FaultInventory::MAX_MODES + mode;
    }

    /**
     * @param cause number, not NONE
     * @return kind of component
     */
    static constexpr ComponentKind::Kind GetKind(uint32_t cause)
    {
        return static_cast<ComponentKind::Kind>(cause / FaultInventory::MAX_MODES);
    }

    /**
     * @param cause number, not NONE
     * @return place of the mode among those of the kind
     */
    static constexpr uint32_t GetMode(uint32_t cause)
    {
        return cause % FaultInventory::MAX_MODES;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_CAUSE_H */
