/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BILL_COST_H
#define OPTICAL_FABRIC_BILL_COST_H

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

/**
 * @ingroup optical-fabric
 * @brief All that the cost of a system depends on: an item for each type of part, with its price
 * and its failures (EstimateFailures has the same). A part that is swapped is thrown away. Outages
 * are those of EstimateOutages.
 * @param catalog prices, failure modes, region and finance
 * @param bill the bill
 * @param inputW mean power of the IT equipment at the socket, W
 * @param region name of a region
 * @param finance name of a way to finance; capital is spread evenly over its life
 * @param interruption name of what an interruption of a job takes
 * @return the inputs
 * @throw ScenarioError if the catalog has no price of a part or of an hour of an accelerator, or
 *        lacks a name
 */
CostInputs MakeCostInputs(const Catalog& catalog,
                          const BillOfMaterials& bill,
                          double inputW,
                          const std::string& region,
                          const std::string& finance,
                          const std::string& interruption = "training-job");

/**
 * @ingroup optical-fabric
 * @param catalog prices
 * @param bill a bill
 * @param network a network
 * @return typical price of all parts that serve it, USD
 * @throw ScenarioError if the catalog has no price of a part
 */
double GetNetworkPriceUsd(const Catalog& catalog,
                          const BillOfMaterials& bill,
                          const std::string& network);

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
