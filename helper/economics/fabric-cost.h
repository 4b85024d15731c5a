/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_COST_H
#define OPTICAL_FABRIC_FABRIC_COST_H

#include "bill-failures.h"

#include "ns3/collective-cost.h"
#include "ns3/fabric-comparison.h"

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What fabrics and the work on them cost.
 */

/**
 * @ingroup optical-fabric
 * What systems are compared by on equal terms. A helper may build a network between systems and
 * another one may not, so neither has it: parts that serve other networks than the first are left
 * out, and racks that hold nothing else. Network interfaces are in enclosures where the catalog has
 * them there.
 * @param fabric what was built; the first network is the scale-up network
 * @return its parts without those
 * @throw std::invalid_argument if nothing says what some part of the fabric is
 */
BillOfMaterials CountScaleUpBill(const BuiltFabric& fabric);

/**
 * @ingroup optical-fabric
 * @param fabric what was built
 * @return cables of its first network, and how they fail: copper by links ("passive-copper"),
 *         fibres by cables ("passive-fibre")
 * @throw std::invalid_argument if nothing says what some part of the fabric is
 */
CableCounts CountCables(const BuiltFabric& fabric);

/**
 * @ingroup optical-fabric
 * All that the cost of a fabric in a region depends on, on equal terms (CountScaleUpBill): parts
 * counted from what was built, power with everything at full load, failures, a job
 * (MakeCostInputs). For GetCost, GetCostBound and GetCostTornado.
 * @param catalog the catalog
 * @param fabric what was built
 * @param settings entries of the catalog
 * @param region a region of the catalog
 * @return the inputs
 * @throw ScenarioError if the catalog lacks an entry
 * @throw std::invalid_argument if nothing says what some part of the fabric is
 */
CostInputs GetFabricCostInputs(const Catalog& catalog,
                               const BuiltFabric& fabric,
                               const ComparisonSettings& settings,
                               const std::string& region);

/**
 * @ingroup optical-fabric
 * @param cost what a system costs
 * @param region where it stands, for names
 * @param grade how well founded that is
 * @param collectives collectives that ran on it
 * @return of the largest of each kind, what a thousand executions cost, and what a moved petabyte
 *         costs (GetCollectiveCost)
 * @throw std::invalid_argument if no execution of one finished
 */
std::vector<Figure> GetCollectiveCostFigures(const Cost& cost,
                                             const std::string& region,
                                             Evidence::Grade grade,
                                             const std::vector<CollectiveRecord>& collectives);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_COST_H */
