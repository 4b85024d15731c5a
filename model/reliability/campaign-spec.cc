/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-spec.h"

#include "ns3/parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_HORIZON_H = 1e8;        ///< longest campaign, h
constexpr double MAX_REROUTE_H = 1e6;        ///< longest standstill, h
constexpr uint32_t MAX_REPLICATIONS = 10000; ///< most replications
constexpr uint32_t MAX_THREADS = 1024;       ///< most threads

} // namespace

void
CampaignSpec::Validate() const
{
    const ParameterCheck check("campaign");
    check.RequireAbove("horizonH", horizonH, 0, MAX_HORIZON_H);
    check.RequireBetween("replications", replications, 1, MAX_REPLICATIONS);
    check.RequireBetween("threads", threads, 1, MAX_THREADS);
    check.Require(confidence > 0 && confidence < 1,
                  "confidence",
                  confidence,
                  "above 0 and below 1");
    check.Require(crews >= 1, "crews", crews, "at least 1");
    const std::size_t there = inventory.GetComponents(job.accelerator).size();
    const std::string allowed = "1 to " + std::to_string(there) + ", that is how many components " +
                                GetName(job.accelerator) + " the inventory has";
    check.Require(job.accelerators >= 1 && job.accelerators <= there,
                  "job.accelerators",
                  job.accelerators,
                  allowed);
    job.checkpoint.Validate();
    check.RequireBetween("job.rerouteH", job.rerouteH, 0, MAX_REROUTE_H);
    // The shop refuses what is wrong with pools.
    RepairShop shop(crews);
    for (const SparePool& pool : spares)
    {
        shop.LimitSpares(pool.name, pool.stock, pool.leadTimeH);
    }
}

} // namespace opticalfabric
} // namespace ns3
