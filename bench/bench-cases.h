/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_CASES_H
#define OPTICAL_FABRIC_BENCH_CASES_H

#include "case-arguments.h"
#include "figures.h"

#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief Something to measure, once, in a process of its own.
 */
struct BenchCase
{
    std::string name; ///< as --case has it
    std::string help; ///< what it does, and its parameters
    /// Does it; throws std::runtime_error if it did not do all it should.
    Figures (*run)(CaseArguments& arguments);
};

/// @ingroup optical-fabric-bench
/// @return all cases
const std::vector<BenchCase>& GetBenchCases();

/**
 * @ingroup optical-fabric-bench
 * @brief Packets over a Clos: build time, time of the run, events, memory, simulated time.
 * @param arguments its parameters
 * @return figures
 */
Figures RunAllToAll(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief Packets over a CloudMatrix, the same work for every die at every size.
 * @param arguments its parameters
 * @return figures
 */
Figures RunCloudMatrix(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief UDP over ns-3's point-to-point devices and IP, the same Clos.
 * @param arguments its parameters
 * @return figures
 */
Figures RunUdpAllToAll(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief Empty events through ns-3's Simulator.
 * @param arguments its parameters
 * @return figures
 */
Figures RunBareEvent(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief A scheduler alone: the earliest event is taken out and put back in later.
 * @param arguments its parameters
 * @return figures
 */
Figures RunHold(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief Loads of which each says where the next one is, all over a piece of memory.
 * @param arguments its parameters
 * @return figures
 */
Figures RunDependentLoads(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief Flows over the Clos of W1: an all-to-all.
 * @param arguments its parameters
 * @return figures
 */
Figures RunFlowAllToAll(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief Flows over the Clos of W1: a ring all-reduce.
 * @param arguments its parameters
 * @return figures
 */
Figures RunFlowRing(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief Flows over the Clos of W1: a seeded list of transfers, and how long each takes.
 * @param arguments its parameters
 * @return figures
 */
Figures RunFlowList(CaseArguments& arguments);

/**
 * @ingroup optical-fabric-bench
 * @brief Becomes the program that does what the cases with flows do by SimGrid.
 * @param arguments its parameters
 * @return never; throws std::runtime_error if there is no such program
 */
Figures RunSimgrid(CaseArguments& arguments);

/// @ingroup optical-fabric-bench
/// @return true if the case that runs SimGrid can
bool HasSimgrid();

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_CASES_H */
