/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TOLERANCE_COMPARISON_H
#define OPTICAL_FABRIC_TOLERANCE_COMPARISON_H

#include "ns3/campaign.h"
#include "ns3/fault-tolerance.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What each tolerance of faults is worth: the same campaign several times, with other tolerances
 * and nothing else changed. Random numbers are the same too, and what fails does not depend on the
 * job, so every variant lives through the same faults at the same times. A difference between two
 * variants is that of tolerances alone, and its interval is narrow.
 */

/**
 * @ingroup optical-fabric
 * @brief A way to bear faults: what differs between campaigns that are compared.
 */
struct ToleranceVariant
{
    std::string name; ///< for tables, not empty
    CampaignJob job;  ///< what runs, in place of the campaign's
    /// Who knows states of the fabric with these tolerances, not null.
    std::shared_ptr<const DegradationModel> fabric;
};

/**
 * @ingroup optical-fabric
 * @brief Figures of a variant, or differences between those of two.
 */
struct ToleranceFigures
{
    MeanInterval jobAvailability;      ///< share of time the job was not interrupted
    MeanInterval interruptionsPerYear; ///< of the job
    MeanInterval goodput; ///< useful hours of the job's accelerators over all of their hours
    /// Useful hours of the job's accelerators over all hours of all accelerators: spares count as
    /// not used.
    MeanInterval fleetGoodput;
    /// Accelerator hours of the job that are neither useful nor spent on checkpoints, per year.
    MeanInterval lostNpuHPerYear;
};

/**
 * @ingroup optical-fabric
 * @brief What came out for a variant.
 */
struct ToleranceReport
{
    std::string name;            ///< of the variant
    uint32_t accelerators{0};    ///< of its job
    CheckpointPlan checkpoint;   ///< how its job kept its work
    EventInterval jobMtbfH;      ///< time it was not interrupted, over interruptions, h
    ToleranceFigures figures;    ///< its own
    ToleranceFigures difference; ///< less those of the first variant, replication by replication
};

/**
 * @ingroup optical-fabric
 * @brief Variants side by side.
 */
struct ToleranceComparison
{
    double confidence{0};        ///< confidence level of all intervals
    double horizonH{0};          ///< length of each replication, h
    uint32_t replications{0};    ///< how many there were of each variant
    std::size_t accelerators{0}; ///< that there are, spares included
    std::vector<ToleranceReport>
        variants; ///< in the order they were given, the first for reference
};

/**
 * @ingroup optical-fabric
 * @brief Makes a model of the fabric with some tolerances.
 */
using DegradationModelMaker =
    std::function<std::shared_ptr<const DegradationModel>(const FaultTolerance& tolerance)>;

/**
 * @ingroup optical-fabric
 * @brief Plans checkpoints for a job that is interrupted so often: in 8760 h of running, at least
 * 0.
 */
using CheckpointPlanner = std::function<CheckpointPlan(double interruptionsPerYear)>;

/**
 * @ingroup optical-fabric
 * @brief Who is told of each variant before it runs: its name, how many are done, and how many
 * there are.
 */
using ToleranceProgress =
    std::function<void(const std::string& name, std::size_t done, std::size_t all)>;

/**
 * @ingroup optical-fabric
 * @brief The variants that say what each tolerance is worth: all of them; each taken away alone;
 * path borrowing and sub-plane loss together, because one does the other's work; other numbers of
 * spare accelerators; nothing and no spares.
 * @param job the job with all tolerances; what there is beyond job.accelerators are its spares
 * @param accelerators accelerators that there are, more than any number of spares, and at least
 *                     job.accelerators
 * @param spares other numbers of spares to try; that of the job is left out
 * @param makeModel makes models
 * @return variants, the one with all tolerances first
 * @throw std::invalid_argument if a number is out of range
 */
std::vector<ToleranceVariant> MakeToleranceVariants(const CampaignJob& job,
                                                    uint32_t accelerators,
                                                    const std::vector<uint32_t>& spares,
                                                    const DegradationModelMaker& makeModel);

/**
 * @ingroup optical-fabric
 * @brief Run a campaign once for each variant, with the same random numbers.
 *
 * Differences are those of replications with the same faults, so their intervals are Student's of
 * paired values: a variant differs from itself by 0 +- 0. There is none of the time between
 * interruptions, which is a ratio; interruptions a year have one.
 *
 * @param spec what is to be done; its job is not used, nor are faults kept
 * @param variants variants, at least one
 * @param streams random numbers
 * @param planner plans checkpoints of a variant that is interrupted half as often again as the
 * first one, or more, or as much less, by a few replications of each with the checkpoints of its
 * job. The others keep those: they lose next to nothing by it, and differences between variants
 * that lose their work at the same times are known more narrowly. Empty: all variants keep the
 * checkpoints of their jobs.
 * @param progress told of each variant; may be empty
 * @return what came out, the same whatever the number of threads
 * @throw std::invalid_argument if there is no variant, if one has no name or no model, or as
 *        RunCampaign
 */
ToleranceComparison CompareTolerances(const CampaignSpec& spec,
                                      const std::vector<ToleranceVariant>& variants,
                                      const ReplicationStreams& streams,
                                      const CheckpointPlanner& planner = {},
                                      const ToleranceProgress& progress = {});

/**
 * @ingroup optical-fabric
 * @brief A comparison as a table, with what its columns mean below.
 * @param comparison comparison
 * @param npuHourUsd what a lost accelerator hour costs, USD; 0: leave the cost out
 * @return text, each line ended
 */
std::string WriteToleranceComparison(const ToleranceComparison& comparison, double npuHourUsd = 0);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TOLERANCE_COMPARISON_H */
