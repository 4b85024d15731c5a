/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAILURE_MODE_H
#define OPTICAL_FABRIC_FAILURE_MODE_H

#include "ns3/component-kind.h"
#include "ns3/duration-law.h"
#include "ns3/failure-effect.h"
#include "ns3/lifetime-law.h"
#include "ns3/repair-action.h"
#include "ns3/uniform-source.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How bursts of a flapping link are spread; the durations of a burst are drawn once, and
 * hold for all its cycles.
 */
struct FlapLaw
{
    uint32_t leastCycles{1}; ///< fewest cycles of a burst, 1 to 1000000
    uint32_t mostCycles{1};  ///< most, from leastCycles to 1000000; all between are alike
    DurationLaw down;        ///< time down in each cycle, h
    DurationLaw up;          ///< time up in each cycle, h
};

/**
 * @ingroup optical-fabric
 * @brief A way in which components of some kind fail: how often, with what effect, how it is found
 * and repaired. Values come from the catalog.
 */
struct FailureMode
{
    std::string name;                                     ///< as in the catalog, not empty
    ComponentKind::Kind component{ComponentKind::MODULE}; ///< what fails
    LifetimeLaw law;        ///< age at failure, at the reference temperature
    double activationEv{0}; ///< activation energy, eV, 0 (no influence) to 5
    double referenceC{55};  ///< temperature the law is stated for, degrees Celsius, -40 to 150
    FailureEffect effect;   ///< what it does; of FLAP_BURST only the kind is looked at
    /// The effect, EXTRA_LOSS of a connector, is dirt, and takes as much light as the fabric's
    /// connectors lose to dirt: whoever has a fabric puts that into effect.lossDb
    /// (MakeFaultInventory), without which the mode cannot be.
    bool isDirt{false};
    FlapLaw flaps;         ///< of FLAP_BURST
    DurationLaw detection; ///< from failure until it is known
    RepairAction repair;   ///< what is done then

    /**
     * @param temperatureC temperature of the component, degrees Celsius, -40 to 150; without one it
     *                     is at the reference temperature
     * @return hours at the reference temperature that an hour at this one counts for; throws
     *         std::invalid_argument if the temperature is out of range
     */
    double GetAcceleration(const std::optional<double>& temperatureC) const;
    /**
     * @param draw random numbers; none are taken but for FLAP_BURST, which takes three
     * @return the effect of one failure
     */
    FailureEffect DrawEffect(const UniformSource& draw) const;
    /**
     * Refuse what cannot be: throws std::invalid_argument naming the mode, the field, its value,
     * and what is allowed.
     */
    void Validate() const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAILURE_MODE_H */
