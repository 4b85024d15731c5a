/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_POWER_SPEC_H
#define OPTICAL_FABRIC_POWER_SPEC_H

#include "ns3/parameter-check.h"
#include "ns3/transceiver-spec.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What a part of a system is doing, as far as its power goes.
struct PowerState
{
    /// The states.
    enum Kind : uint8_t
    {
        OFF,   ///< held off
        SLEEP, ///< cannot work, but keeps what it needs to wake soon
        IDLE,  ///< could work at once, and does nothing
        ACTIVE ///< works
    };
};

/**
 * @ingroup optical-fabric
 * @brief What a part draws, by state and load: offW <= sleepW <= idleW <= activeW.
 */
struct PartPowerSpec
{
    double offW{0};    ///< held off, W, 0 to MAX_PART_POWER_W
    double sleepW{0};  ///< asleep, W, from offW on
    double idleW{0};   ///< ready, without work, W, from sleepW on
    double activeW{0}; ///< at full load, W, from idleW to MAX_PART_POWER_W

    /**
     * Refuse what cannot be: throws std::invalid_argument.
     * @param check names the owner
     */
    void Validate(const ParameterCheck& check) const;
};

/// @ingroup optical-fabric
/// @brief What no single part draws, W: catches a wrong unit.
constexpr double MAX_PART_POWER_W = 1e6;

/**
 * @ingroup optical-fabric
 * @param module what a module draws at its reference temperature
 * @return the same as that of any part; its low-power mode, the only one it has, is both off and
 *         asleep
 */
PartPowerSpec GetPartPower(const ModulePowerSpec& module);

/**
 * @ingroup optical-fabric
 * Power of a part: that of its state; if ACTIVE, idle and the rise to active by the load.
 * @param spec what it draws
 * @param state state
 * @param load share of the full load, 0 to 1; matters if ACTIVE
 * @return power, W; throws std::invalid_argument if state or load is out of range
 */
double GetPartPowerW(const PartPowerSpec& spec, PowerState::Kind state, double load);

/**
 * @ingroup optical-fabric
 * @brief What stands between the parts and the meter: fans, then power supplies, then the building.
 *
 * They are applied in this order: fans add their share of what the parts draw; supplies lose their
 * part of both; the building adds what it takes to cool and feed all that.
 */
struct PowerChain
{
    double fanShare{0};         ///< power of fans over that of the parts they cool, 0 to 1
    double supplyEfficiency{1}; ///< power out over power in, above 0, at most 1
    double pue{1};              ///< power usage effectiveness: building over IT equipment, 1 to 10

    /// Refuse what cannot be: throws std::invalid_argument.
    void Validate() const;
    /**
     * @param partsW what parts draw, W, at least 0; throws std::invalid_argument otherwise
     * @return what the fans that cool them draw, W
     */
    double GetFansW(double partsW) const;
    /**
     * @param partsW what parts draw, W, at least 0; throws std::invalid_argument otherwise
     * @return what the IT equipment takes from the socket, W
     */
    double GetInputW(double partsW) const;
    /**
     * @param inputW what IT equipment takes from the socket, W, at least 0; throws
     *               std::invalid_argument otherwise
     * @return what the building takes from the grid for it, W
     */
    double GetFacilityW(double inputW) const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_POWER_SPEC_H */
