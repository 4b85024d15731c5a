/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_INPUTS_H
#define OPTICAL_FABRIC_CAMPAIGN_INPUTS_H

#include "ns3/catalog.h"
#include "ns3/checkpoint-plan.h"
#include "ns3/fault-sampler.h"
#include "ns3/lifetime-law.h"
#include "ns3/price-spec.h"
#include "ns3/value-range.h"

#include <functional>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a campaign takes from the catalog.
 */
struct CampaignInputs
{
    FaultInventory inventory;                    ///< what can fail, and how
    InterruptionSpec interruption;               ///< checkpoints and restarts
    RangeCase::Kind write{RangeCase::TYPICAL};   ///< which time to write a checkpoint
    RangeCase::Kind restart{RangeCase::TYPICAL}; ///< which time to restart
    double horizonH{5 * HOURS_PER_YEAR};         ///< length of the campaign, h, above 0
    double jobShare{1}; ///< share of accelerators that the job is on, 0 to 1

    /// @return how the job keeps its work: at Daly's interval for these inputs (PlanCheckpoints)
    CheckpointPlan PlanCheckpoints() const;
    /**
     * @param interruptionsPerYear interruptions in 8760 h, at least 0
     * @return the same for a job that is interrupted so often
     */
    CheckpointPlan PlanCheckpoints(double interruptionsPerYear) const;
};

/**
 * @ingroup optical-fabric
 * @param inventory what can fail
 * @param mode name of a mode
 * @param rate factor of its rate, at least 0; laws other than the exponential one stay
 * @param repair factor of the hours of its repair, at least 0
 * @return the same inventory but for that
 * @throw std::invalid_argument if a factor is out of range
 */
FaultInventory VaryMode(const FaultInventory& inventory,
                        const std::string& mode,
                        double rate,
                        double repair);

/**
 * @ingroup optical-fabric
 * Where results of a campaign lie, as its inputs are known: the rate of each mode, the hours of
 * repairs of all modes at once, the time to write a checkpoint, and that of a restart go to either
 * end of their ranges, one at a time, with the same random numbers (GetInputInterval).
 * @param catalog has the ranges
 * @param inputs inputs, all typical
 * @param most the most that each result can be, for example 1 of a share
 * @param means results of the campaign, by as many replications as they are wanted of; what inputs
 *              do to them takes fewer, as all campaigns live through the same faults
 * @param run results of a campaign of these fewer, as many each time
 * @return an interval for each result, around its mean: factors by which inputs move what `run`
 * says
 */
std::vector<ValueRange> GetCampaignIntervals(
    const Catalog& catalog,
    const CampaignInputs& inputs,
    const std::vector<double>& most,
    const std::vector<double>& means,
    const std::function<std::vector<double>(const CampaignInputs&)>& run);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_INPUTS_H */
