/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_SECTIONS_H
#define OPTICAL_FABRIC_BENCH_SECTIONS_H

#include "bench-record.h"
#include "bench-runner.h"

#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief A part of the report, and how to measure it.
 */
struct SectionPlan
{
    std::string name;                             ///< as --only has it
    std::string help;                             ///< what it measures
    BenchSection (*measure)(BenchRunner& runner); ///< measures it
};

/// @ingroup optical-fabric-bench
/// @return all sections, in the order of the report
const std::vector<SectionPlan>& GetSectionPlans();

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return how long the machine waits for memory
BenchSection MeasureMachine(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return W1 against an empty event, and its memory
BenchSection MeasureW1(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return links that damage frames against links that do not
BenchSection MeasureErrors(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return memory of packets and ports
BenchSection MeasureMemory(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return ns-3's point-to-point devices with UDP and IP
BenchSection MeasurePeer(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return schedulers alone
BenchSection MeasureSchedulers(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return CloudMatrix, small to large
BenchSection MeasureGrowth(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return packets, few endpoints to many
BenchSection MeasurePacketGrowth(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return flows against SimGrid
BenchSection MeasureFlows(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return flows, few endpoints to many
BenchSection MeasureFlowGrowth(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return all systems side by side, few endpoints to many
BenchSection MeasureSizes(BenchRunner& runner);

/// @ingroup optical-fabric-bench
/// @param runner runs the cases @return instructions per packet-hop
BenchSection MeasureInstructions(BenchRunner& runner);

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_SECTIONS_H */
