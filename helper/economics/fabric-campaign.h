/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_CAMPAIGN_H
#define OPTICAL_FABRIC_FABRIC_CAMPAIGN_H

#include "ns3/built-fabric.h"
#include "ns3/campaign.h"
#include "ns3/catalog.h"
#include "ns3/checkpoint-plan.h"
#include "ns3/fabric-comparison.h"
#include "ns3/value-range.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A job on a built fabric, for years, to compare fabrics by.
 */
struct FabricCampaignSpec
{
    double years{5};                ///< length of a replication, years of 8760 h, above 0
    uint32_t replications{20};      ///< how many, 2 to 10000
    uint32_t threads{2};            ///< threads that share them, 1 to 1024
    uint32_t seed{1};               ///< of random numbers, at least 1
    double spareShare{1.0 / 24};    ///< of accelerators are spares, rounded up; 0 to 1; see
                                    ///< ComparisonSettings
    double communicationShare{0.3}; ///< see FlowJob, 0 to 1
    uint32_t crews{2};              ///< repairs that can be under way at once, at least 1
    std::string interruption{"training-job"}; ///< entry of the catalog, see below
    /// Replications of each campaign with rates, repairs, checkpoints or restarts at either end of
    /// their ranges, one of them at a time, for intervals over inputs; 0: none is run.
    uint32_t inputReplications{0};
};

/**
 * @ingroup optical-fabric
 * @brief What came of it.
 */
struct FabricCampaign
{
    uint32_t accelerators{0};  ///< that there are
    uint32_t spares{0};        ///< of these
    CheckpointPlan checkpoint; ///< how the job keeps its work
    CampaignReport report;     ///< what came out
    /// Intervals over inputs (GetInputInterval), if they were varied: interruptions a year, and as
    /// in the report.
    std::optional<ValueRange> interruptions;
    std::optional<ValueRange> jobAvailability; ///< as in the report
    std::optional<ValueRange> goodput;         ///< likewise
    std::optional<ValueRange> fleetGoodput;    ///< likewise
};

/**
 * @ingroup optical-fabric
 * @brief Operate a built fabric with a job on all accelerators but the spares (RunCampaign), slowed
 * by what FlowDegradation says.
 *
 * What fails are accelerators, processors, switch chips, circuit switches, modules, cables and what
 * powers racks, as far as the fabric has them, each with the catalog's mode for all its failures;
 * as often as EstimateFailures has it. Network interfaces and boxes of other networks, which the
 * job does without, and flaps of links are left out.
 *
 * The catalog says how long checkpoints and restarts take. Between checkpoints the job computes for
 * Daly's interval (PlanCheckpoints).
 *
 * @param catalog failure modes and interruptions
 * @param fabric the fabric; its accelerators are endpoints, one each
 * @param spec the job
 * @return what came of it
 * @throw std::invalid_argument if a parameter is out of range, or as FlowDegradation
 * @throw ScenarioError if the catalog lacks an entry
 */
FabricCampaign RunFabricCampaign(const Catalog& catalog,
                                 const BuiltFabric& fabric,
                                 const FabricCampaignSpec& spec);

/**
 * @ingroup optical-fabric
 * @param campaign what came of a campaign
 * @return figures to print: spares, how much of the time the job ran, useful work, interruptions;
 *         half-widths of intervals over
 *         draws are notes
 */
std::vector<Figure> GetCampaignFigures(const FabricCampaign& campaign);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_CAMPAIGN_H */
