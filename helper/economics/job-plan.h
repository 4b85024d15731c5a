/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_JOB_PLAN_H
#define OPTICAL_FABRIC_JOB_PLAN_H

#include "ns3/checkpoint-plan.h"
#include "ns3/component-kind.h"
#include "ns3/fault-sampler.h"
#include "ns3/price-spec.h"
#include "ns3/value-range.h"

namespace ns3
{
namespace opticalfabric
{

/*
 * How often a job is interrupted and when it writes checkpoints: the same for costs in closed form
 * and for campaigns.
 */

/**
 * @ingroup optical-fabric
 * @param kind kind of component
 * @return whether an accelerator stops with one, so that a job on it is interrupted; what is on
 *         paths does not interrupt a job that retries
 */
bool StopsAccelerators(ComponentKind::Kind kind);

/**
 * @ingroup optical-fabric
 * @param inventory what can fail, and how
 * @param jobShare share of accelerators that the job is on, 0 to 1; throws std::invalid_argument
 *                 otherwise. Processors and hosts interrupt it as often as if each had one.
 * @param horizonH time that is looked at, h, above 0; laws other than the exponential one fail as
 *                 often as on average in it (GetMeanFailureRateFit), or, where that has no closed
 *                 form, once in a mean life
 * @return interruptions in 8760 h, each part being new at the begin and replaced at once
 */
double CountInterruptionsPerYear(const FaultInventory& inventory, double jobShare, double horizonH);

/**
 * @ingroup optical-fabric
 * @param spec checkpoints and restarts
 * @param which which of their values
 * @param interruptionsPerYear interruptions in 8760 h, at least 0; throws std::invalid_argument
 *                             otherwise
 * @return Daly's interval (GetDalyIntervalH), at most a year; without interruptions a year
 */
CheckpointPlan PlanCheckpoints(const InterruptionSpec& spec,
                               RangeCase::Kind which,
                               double interruptionsPerYear);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_JOB_PLAN_H */
