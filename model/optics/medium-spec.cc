/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "medium-spec.h"

#include "parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Ranges that no product leaves: they catch a wrong unit or a slipped digit.
constexpr double MIN_DELAY_S_PER_M = 1e-9; ///< time a signal takes, s/m: above that of light
constexpr double MAX_DELAY_S_PER_M = 2e-8; ///< time a signal takes, s/m
constexpr double MAX_LOSS_DB_PER_M = 1000; ///< insertion loss, dB/m
constexpr double MAX_FREQUENCY_GHZ = 1000; ///< frequency the loss is for, GHz
constexpr double MAX_REACH_M = 1000;       ///< longest length of any lane, m

} // namespace

double
ElectricalMediumSpec::GetReachM(double laneRateBps) const
{
    for (const LaneReach& reach : reaches)
    {
        if (laneRateBps <= reach.laneRateBps)
        {
            return reach.reachM;
        }
    }
    return 0;
}

double
ElectricalMediumSpec::GetDelayS(double lengthM) const
{
    return delaySPerM * lengthM;
}

void
ElectricalMediumSpec::Validate() const
{
    const ParameterCheck check("medium " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    check.RequireBetween("delaySPerM", delaySPerM, MIN_DELAY_S_PER_M, MAX_DELAY_S_PER_M);
    check.RequireBetween("lossDbPerM", lossDbPerM, 0, MAX_LOSS_DB_PER_M);
    check.RequireAbove("lossFrequencyGHz", lossFrequencyGHz, 0, MAX_FREQUENCY_GHZ);
    check.Require(!reaches.empty(), "number of reaches", reaches.size(), "1 or more");
    LaneReach slower{0, MAX_REACH_M};
    for (const LaneReach& reach : reaches)
    {
        check.Require(reach.laneRateBps > slower.laneRateBps,
                      "reaches.laneRateBps",
                      reach.laneRateBps,
                      "above 0, and above that of the one before");
        check.RequireAbove("reaches.reachM", reach.reachM, 0, slower.reachM);
        slower = reach;
    }
}

} // namespace opticalfabric
} // namespace ns3
