/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_WARNINGS_H
#define OPTICAL_FABRIC_FLOW_WARNINGS_H

#include "ns3/run-results.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What happened in a run that flows do not do as packets do.
struct FlowConditions
{
    static constexpr uint64_t NONE = UINT64_MAX; ///< never

    bool modulesSleep{false};     ///< transfers had to wait for modules that slept
    uint64_t firstChangePs{NONE}; ///< when a link first failed or changed in any way, ps
    double repeatedFrames{0};     ///< frames that links repeat, as expected from their error ratios
    bool hasUnequalPorts{false};  ///< transfers were divided over ports of unequal rate
    bool hasLikeParts{false};     ///< parts that differ by a byte were taken to be alike
    bool hasFewFrames{false};     ///< buffers hold fewer than four frames
    bool isCreditLimited{false};  ///< credit let links carry less than their rate
    bool hasTwinPorts{false};     ///< an endpoint has several links to a switch that sprays
    bool hasSlowerWays{false};    ///< a source's ports carried more than the way beyond them
    bool sharesLinks{false};      ///< transfers had less of a link than they would have had alone
    bool hasTurns{false};         ///< transfers to one destination took turns
    bool commitsAhead{false};     ///< outputs decide more than a frame before they send
    double packetsPerTransfer{0}; ///< of a hybrid run's transfers by packets; 0: there were none
};

/**
 * @ingroup optical-fabric
 * @brief Find which figures of a run are off because transfers were flows. What it does not name is
 * within the distance that doc/flow-engine.rst gives.
 * @param results the run
 * @param conditions what happened
 * @return warnings; none for a run by packets
 */
std::vector<RunWarning> FindFlowWarnings(const RunResults& results,
                                         const FlowConditions& conditions);

/**
 * @ingroup optical-fabric
 * @return how far times as flows are from those by packets where nothing warns: what
 *         doc/flow-engine.rst has of random scenarios, and of executions one after another
 */
std::string DescribeFlowAccuracy();

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_WARNINGS_H */
