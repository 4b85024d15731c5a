/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_SPEC_H
#define OPTICAL_FABRIC_CAMPAIGN_SPEC_H

#include "ns3/checkpoint-plan.h"
#include "ns3/component-kind.h"
#include "ns3/fault-sampler.h"
#include "ns3/lifetime-law.h"
#include "ns3/repair-shop.h"
#include "ns3/uniform-source.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A pool of spare parts, as RepairShop::LimitSpares has it.
 */
struct SparePool
{
    std::string name;    ///< as repair actions name it, not empty
    uint32_t stock{0};   ///< parts there are at the begin
    double leadTimeH{0}; ///< from an order until the part is there, h, 0 to 1e9
};

/**
 * @ingroup optical-fabric
 * @brief A job that runs all the time, as well as faults let it.
 */
struct CampaignJob
{
    /// What computes; components of this kind that the job does not need are spares.
    ComponentKind::Kind accelerator{ComponentKind::NPU};
    uint32_t accelerators{384}; ///< how many the job needs, at least 1, at most what there is
    CheckpointPlan checkpoint;  ///< how it keeps its work
    /// How long it stands still when a fault of a path alone leaves it running
    /// (DegradationModel::RetriesPaths), until traffic has found its way, h, 0 to 1e6.
    double rerouteH{0};
};

/**
 * @ingroup optical-fabric
 * @brief Years of operation.
 */
struct CampaignSpec
{
    FaultInventory inventory;              ///< what can fail, and how
    uint32_t crews{RepairShop::UNLIMITED}; ///< repairs that can be under way at once
    std::vector<SparePool> spares;         ///< pools that can run out; others do not
    CampaignJob job;                       ///< what runs
    double horizonH{5 * HOURS_PER_YEAR};   ///< how long, h, above 0, at most 1e8
    uint32_t replications{100};            ///< how often, each by itself, 1 to 10000
    uint32_t threads{1};                   ///< threads that share the replications, 1 to 1024
    double confidence{0.95};               ///< confidence level of intervals, above 0, below 1
    bool logsFaults{false};                ///< whether the faults of the first are kept

    /**
     * Refuse what cannot be: throws std::invalid_argument with field, value and what is allowed.
     */
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief Random numbers of each replication: the streams of SampleFaults, FaultStream::STREAMS of
 * them.
 *
 * Called once for each replication, from several threads at the same time; what it gives is used by
 * one thread only. Streams of different replications must be independent.
 */
using ReplicationStreams = std::function<UniformStreams(uint32_t replication)>;

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_SPEC_H */
