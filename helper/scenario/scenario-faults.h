/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_FAULTS_H
#define OPTICAL_FABRIC_SCENARIO_FAULTS_H

#include "ns3/built-fabric.h"
#include "ns3/fault-sampler.h"
#include "ns3/fault-schedule.h"
#include "ns3/scenario-section.h"
#include "ns3/scenario.h"

#include <cstdint>
#include <ostream>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief First random stream of sampled faults; FaultStream::STREAMS of them follow.
constexpr int64_t FAULT_STREAM = int64_t{1} << 42;

/**
 * @ingroup optical-fabric
 * @brief Read the section [faults]. A file with a schedule is read here, so that what is recorded
 * of it is what is used; whether the fabric has its components, MakeFaultSchedule finds out.
 * @param root whole scenario
 * @param base directory that paths begin at; empty: the current one
 * @param scenario filled in
 * @throw ScenarioError with file, line, key, value and what is allowed
 */
void ReadFaults(ScenarioSection& root, const std::string& base, Scenario& scenario);

/**
 * @ingroup optical-fabric
 * @brief Write the section as TOML, every default said; nothing if there is none.
 * @param scenario the scenario
 * @param os where to
 */
void WriteFaults(const Scenario& scenario, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief The faults of a scenario: those of its file, or some that are drawn.
 *
 * Drawn are the failures of horizon times acceleration hours of operation, each at its time divided
 * by the acceleration. How long it is until they are noticed, repaired or up again is multiplied by
 * the duration scale. Of links, those with a cable fail: copper or fibre. Seed and run number of
 * the random streams must be set.
 *
 * @param scenario the scenario, with a section of faults
 * @param fabric its fabric
 * @return the faults; none if the scenario has no such section
 * @throw ScenarioError if the fabric has no such components, or they cannot have such an effect
 */
FaultSchedule MakeFaultSchedule(const Scenario& scenario, const BuiltFabric& fabric);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_FAULTS_H */
