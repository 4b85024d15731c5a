/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_LATENCY_H
#define OPTICAL_FABRIC_RUN_REPORT_LATENCY_H

#include "ns3/run-report.h"

#include <ostream>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Show to a person the latencies of each collective.
 * @param parts parts of a run
 * @param os where to
 */
void PrintLatencies(const std::vector<RunPart>& parts, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief Show to a person where the packets of each collective spent their time.
 * @param parts parts of a run
 * @param os where to
 */
void PrintBreakdown(const std::vector<RunPart>& parts, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief Show to a person what each collective put on links.
 * @param results results of a run
 * @param os where to
 */
void PrintLinkUse(const RunResults& results, std::ostream& os);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_LATENCY_H */
