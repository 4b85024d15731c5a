/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_MODULE_POLICY_H
#define OPTICAL_FABRIC_SCENARIO_MODULE_POLICY_H

#include "ns3/built-fabric.h"
#include "ns3/energy-recorder.h"
#include "ns3/scenario-section.h"
#include "ns3/scenario.h"
#include "ns3/workload-runner.h"

#include <ostream>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Read what optical modules do to save power, of the section [power].
 * @param section the section
 * @param power filled in
 * @throw ScenarioError with file, line, key, value and what is allowed
 */
void ReadModulePolicy(ScenarioSection& section, ScenarioPower& power);

/**
 * @ingroup optical-fabric
 * @brief Write it as TOML, every default said.
 * @param power the section
 * @param os where to
 */
void WriteModulePolicy(const ScenarioPower& power, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief Refuse a policy that the fabric or the engine has no use for.
 * @param scenario the scenario
 * @param fabric its fabric
 * @throw ScenarioError if no module is there that could save power, or the engine cannot let it
 */
void CheckModulePolicy(const Scenario& scenario, const BuiltFabric& fabric);

/**
 * @ingroup optical-fabric
 * @brief Let the modules of all networks sleep, or their rates follow their load.
 * @param scenario the scenario
 * @param fabric its fabric
 * @param runners what runs, not started; must not outlive what is returned
 * @param recorder told of it; null: nobody is
 * @return what lets them, one to a network; empty without a policy. Dispose of it after the
 *         simulation.
 */
std::vector<Ptr<Object>> InstallModulePolicy(const Scenario& scenario,
                                             const BuiltFabric& fabric,
                                             const std::vector<Ptr<WorkloadRunner>>& runners,
                                             const Ptr<EnergyRecorder>& recorder);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_MODULE_POLICY_H */
