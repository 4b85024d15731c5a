/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BILL_OUTAGES_H
#define OPTICAL_FABRIC_BILL_OUTAGES_H

#include "ns3/bill-of-materials.h"
#include "ns3/catalog.h"
#include "ns3/value-range.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What outages of a job on all of a system cost.
 */
struct OutageEstimate
{
    ValueRange hoursPerYear;                 ///< hours of outage a year, h, 0 to 8766
    ValueRange usdPerH;                      ///< what one of them costs, USD
    Evidence::Grade grade{Evidence::QUOTED}; ///< worst of all values in it
};

/**
 * @ingroup optical-fabric
 * Outages of a job that needs every part of a bill, in closed form (EstimateFailures).
 *
 * Typical and high: each failure takes the repair of what failed, and what an interruption takes
 * besides. Low: a spare stands ready for every part, and only what an interruption takes is lost.
 * An hour costs what all accelerators of the bill are rented for, the price "NAME-hour" in the
 * catalog: who rents them out does not get it, who works with them could have rented others.
 *
 * @param catalog failure modes, prices and interruptions
 * @param bill the bill
 * @param interruption name of what an interruption takes
 * @param finance name of a way to finance, over whose typical life failures are counted
 * @return the estimate
 * @throw ScenarioError if the catalog lacks a mode, a price of an accelerator hour, or a name
 */
OutageEstimate EstimateOutages(const Catalog& catalog,
                               const BillOfMaterials& bill,
                               const std::string& interruption,
                               const std::string& finance = "data-center");

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BILL_OUTAGES_H */
