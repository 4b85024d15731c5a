/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_MEASURED_RUN_H
#define OPTICAL_FABRIC_BENCH_MEASURED_RUN_H

#include "figures.h"
#include "windowed-traffic.h"

#include "ns3/fabric-network.h"

#include <string>

namespace opticalfabricbench
{

/// @ingroup optical-fabric-bench
/// @brief What --scheduler is if not given.
inline const std::string WHEEL = "ns3::opticalfabric::WheelScheduler";

/**
 * @ingroup optical-fabric-bench
 * @brief Picoseconds, and a scheduler: what every case that simulates begins with.
 * @param scheduler TypeId name; throws std::invalid_argument if there is no such scheduler
 */
void PrepareSimulator(const std::string& scheduler);

/**
 * @ingroup optical-fabric-bench
 * @return heap in use by this process, bytes
 */
double GetHeapBytes();

/**
 * @ingroup optical-fabric-bench
 * @brief Runs the simulation, and nothing else. The instruction count is that of this function.
 * @return processor time, s
 */
double RunSimulation();

/**
 * @ingroup optical-fabric-bench
 * @brief Says what was built: endpoints, ports, heap.
 * @param network network
 * @param heapBeforeBytes heap in use before it was built, bytes
 * @param figures to add to
 */
void DescribeBuilt(const Ptr<FabricNetwork>& network, double heapBeforeBytes, Figures& figures);

/**
 * @ingroup optical-fabric-bench
 * @brief Runs traffic over a network and says how it went.
 * @param network network
 * @param spec the traffic
 * @param figures to add to; throws std::runtime_error if a byte did not arrive
 */
void MeasureTraffic(const Ptr<FabricNetwork>& network,
                    const WindowedTraffic::Spec& spec,
                    Figures& figures);

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_MEASURED_RUN_H */
