/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CHECKPOINT_PLAN_H
#define OPTICAL_FABRIC_CHECKPOINT_PLAN_H

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How a job keeps what it has done: it computes for an interval, then it writes a checkpoint
 * and does nothing else, and so on. What it computed since the last checkpoint that is written
 * whole is lost when it is interrupted.
 */
struct CheckpointPlan
{
    double intervalH{1}; ///< time it computes between checkpoints, h, above 0, at most 1e6
    double writeH{0};    ///< time to write one, h, 0 to 1e6
    double restartH{0};  ///< time from when the job can run again until it computes, h, 0 to 1e6

    /// Refuse what cannot be: throws std::invalid_argument with field, value and what is allowed.
    void Validate() const;
    /**
     * @param activeH time since a checkpoint was finished or the job began to compute, h, at least
     *        0, if nothing interrupts it
     * @return time it computes of that, h
     */
    double GetComputingH(double activeH) const;
    /**
     * @param activeH as GetComputingH
     * @return when, of that time, the last checkpoint was finished, h; 0 if none was
     */
    double GetLastCheckpointH(double activeH) const;
};

/*
 * Closed forms for a job that is interrupted at a constant rate. All throw std::invalid_argument,
 * naming the parameter, its value and what is allowed, if a parameter is out of range.
 */

/**
 * @ingroup optical-fabric
 * @brief The interval of J. W. Young, "A first order approximation to the optimum checkpoint
 * interval", Communications of the ACM 17(9), 1974: sqrt(2 write MTBF).
 * @param writeH time to write a checkpoint, h, above 0
 * @param mtbfH mean time between interruptions, h, above 0
 * @return time to compute between checkpoints, h
 */
double GetYoungIntervalH(double writeH, double mtbfH);

/**
 * @ingroup optical-fabric
 * @brief The interval of J. T. Daly, "A higher order estimate of the optimum checkpoint interval
 * for restart dumps", Future Generation Computer Systems 22(3), 2006: Young's with two more terms,
 * less the time to write; the MTBF if a checkpoint takes twice that or longer.
 * @param writeH time to write a checkpoint, h, above 0
 * @param mtbfH mean time between interruptions, h, above 0
 * @return time to compute between checkpoints, h
 */
double GetDalyIntervalH(double writeH, double mtbfH);

/**
 * @ingroup optical-fabric
 * @brief Share of the time that ends up as work done, of a job that never waits for repairs: Daly's
 * complete model, interval / (MTBF exp(restart / MTBF) (exp((interval + write) / MTBF) - 1)).
 *
 * Interruptions come at a constant rate, also while a checkpoint is written and while the job
 * restarts.
 *
 * @param plan how it keeps its work
 * @param mtbfH mean time between interruptions, h, above 0
 * @return share, 0 to 1
 */
double GetDalyEfficiency(const CheckpointPlan& plan, double mtbfH);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CHECKPOINT_PLAN_H */
