/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_FABRIC_H
#define OPTICAL_FABRIC_RUN_REPORT_FABRIC_H

#include "ns3/run-results.h"

#include <ostream>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Show to a person on what a run took place: networks, tiers, rates, rules, seed.
 * @param results its results
 * @param os where to
 */
void PrintFabric(const RunResults& results, std::ostream& os);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_FABRIC_H */
