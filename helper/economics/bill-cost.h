/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BILL_COST_H
#define OPTICAL_FABRIC_BILL_COST_H

#include "bill-failures.h"

#include "ns3/bill-of-materials.h"
#include "ns3/catalog.h"
#include "ns3/cost-model.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * What the parts of a bill cost, with prices from the catalog.
 */

/// @ingroup optical-fabric
/// @brief Entries of the catalog, and a job, that cost is figured with.
struct CostSettings
{
    std::string supply{"80PLUS-Titanium"};    ///< power supplies
    std::string region{"China"};              ///< where it stands
    std::string finance{"data-center"};       ///< lives and cost of capital
    std::string interruption{"training-job"}; ///< checkpoints and restarts of a job
    double spareShare{0};                     ///< of accelerators the job does without, 0 to 1
};

/**
 * @ingroup optical-fabric
 * @brief All that the cost of a system depends on: an item for each type of part, with its price,
 * its power at full load, its failures (EstimateFailures has the same) and how far they are known.
 *
 * The job runs on all accelerators but spares, with all that they need to work. It is interrupted
 * if one of these stops: by failures of accelerators, of processors and of what powers a rack.
 * Failures on paths, of which there are several, do not interrupt it. An hour of outage costs what
 * all accelerators of the bill are rented for, the price "NAME-hour" in the catalog: who rents them
 * out does not get it, who works with them could have rented others.
 *
 * @param catalog prices, power, failure modes, region and finance
 * @param bill the bill
 * @param settings entries of the catalog, and the job
 * @param cables cables that fail; others do not
 * @return the inputs; capital is spread as an annuity
 * @throw ScenarioError if the catalog has no price of a part or of an hour of an accelerator, or
 *        lacks a name
 * @throw std::invalid_argument if spareShare is out of range
 */
CostInputs MakeCostInputs(const Catalog& catalog,
                          const BillOfMaterials& bill,
                          const CostSettings& settings,
                          const CableCounts& cables = {});

/**
 * @ingroup optical-fabric
 * @param catalog failure modes, prices and interruptions
 * @param bill a bill
 * @param interruption name of what interruptions take
 * @return how well founded is what MakeCostInputs says of interruptions: as the worst value in it
 * @throw ScenarioError if the catalog lacks a mode, a price of an accelerator hour, or a name
 */
Evidence::Grade GetOutageGrade(const Catalog& catalog,
                               const BillOfMaterials& bill,
                               const std::string& interruption);

/**
 * @ingroup optical-fabric
 * @param catalog prices
 * @param bill a bill
 * @param network a network; empty: all parts
 * @return how well founded the typical prices are: as the worst of them
 * @throw ScenarioError if the catalog has no price of a part
 */
Evidence::Grade GetPriceGrade(const Catalog& catalog,
                              const BillOfMaterials& bill,
                              const std::string& network = "");

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BILL_COST_H */
