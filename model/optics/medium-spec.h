/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MEDIUM_SPEC_H
#define OPTICAL_FABRIC_MEDIUM_SPEC_H

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How far a lane of a certain rate reaches.
 */
struct LaneReach
{
    double laneRateBps{0}; ///< highest rate on the line it holds for, bit/s; infinity: any rate
    double reachM{0};      ///< longest length, m, above 0, at most 1000
};

/**
 * @ingroup optical-fabric
 * @brief A type of electrical medium without active parts: a copper cable, a board trace. It draws
 * no power. Values come from the catalog.
 */
struct ElectricalMediumSpec
{
    std::string name;           ///< as in the catalog, not empty
    double delaySPerM{0};       ///< time a signal takes, s/m, 1e-9 to 2e-8
    double lossDbPerM{0};       ///< insertion loss at lossFrequencyGHz, dB/m, 0 to 1000
    double lossFrequencyGHz{0}; ///< frequency the loss is for, GHz, above 0, at most 1000
    /// By rising rate, none longer than the one before; at least one.
    std::vector<LaneReach> reaches;

    /**
     * @param laneRateBps rate of a lane on the line, bit/s, above 0
     * @return longest length for that rate, m: that of the slowest rate in reaches that is no
     *         slower; 0 if the medium does not carry the rate at all
     */
    double GetReachM(double laneRateBps) const;
    /**
     * @param lengthM length, m, at least 0
     * @return time a signal takes, s
     */
    double GetDelayS(double lengthM) const;
    /**
     * Refuse what cannot be: throws std::invalid_argument naming the type, the field, its value,
     * and what is allowed.
     */
    void Validate() const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MEDIUM_SPEC_H */
