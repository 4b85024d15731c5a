/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_DISTANCE_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_DISTANCE_H

#include "random-scenario.h"

#include "ns3/fabric-helper.h"
#include "ns3/run-results.h"
#include "ns3/scenario.h"

#include <string>
#include <vector>

namespace opticalfabrictest
{

/// What decides how near flows have to come to packets.
struct DistanceCase
{
    const ns3::opticalfabric::Scenario& scenario; ///< the scenario
    bool isWarned{false};                         ///< the run's output warns of its times
    bool hasFailed{false};                        ///< an execution lost payload for good
};

/*
 * The documented distance of flows from packets, and of hybrid runs, where nothing of
 * FindNotAsked() is there: time of a collective over that by packets, less one.
 * doc/flow-engine.rst, Random scenarios, has these numbers.
 */
constexpr double LEAST_DISTANCE = -0.25; ///< of any collective
constexpr double MOST_DISTANCE = 0.25;   ///< of any collective
constexpr double LOW_DISTANCE = -0.05;   ///< one in twenty may be below
constexpr double HIGH_DISTANCE = 0.03;   ///< one in twenty may be above
constexpr double MID_DISTANCE = 0.0005;  ///< half of all are nearer
/// Or packet times, on the slowest link: a packet is not divisible, which counts where there are
/// few.
constexpr double FREE_PACKETS = 2;

/**
 * @ingroup optical-fabric-tests
 * @param what what is compared
 * @return why flows are not asked to be near packets, a name of the table; empty: they are
 */
std::string FindNotAsked(const DistanceCase& what);

/**
 * @ingroup optical-fabric-tests
 * @param results a run
 * @param collective name of one of its collectives
 * @return why the run says that the times of the collective are approximate: what stands before the
 *         colon in the reason of each such warning
 */
std::vector<std::string> FindReasons(const ns3::opticalfabric::RunResults& results,
                                     const std::string& collective);

/**
 * @ingroup optical-fabric-tests
 * @param fabric a fabric
 * @return longest time that a full packet takes on a link of it, s
 */
double GetPacketTimeS(const ns3::opticalfabric::BuiltFabric& fabric);

/// @return the table of what flows are not asked, a line each: name and reason
std::vector<std::string> ListNotAsked();

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_DISTANCE_H */
