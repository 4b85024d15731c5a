/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_OPTICS_H
#define OPTICAL_FABRIC_SCENARIO_OPTICS_H

#include "ns3/built-fabric.h"
#include "ns3/scenario-section.h"
#include "ns3/scenario.h"

#include <ostream>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Read the sections [optics] and [survey].
 *
 * Keys directly below [optics] are those of the scale-up network, which also has optics if the
 * section is empty; [optics.NAME] has those of network NAME. Files of the catalog are read here, so
 * that what is recorded of them is what is used.
 *
 * @param root whole scenario
 * @param base directory that paths begin at; empty: the current one
 * @param scenario filled in; its fabric has been read
 * @throw ScenarioError with file, line, key, value and what is allowed
 */
void ReadOptics(ScenarioSection& root, const std::string& base, Scenario& scenario);

/**
 * @ingroup optical-fabric
 * @brief Write both sections as TOML, every default said.
 * @param scenario the scenario
 * @param os where to
 */
void WriteOptics(const Scenario& scenario, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief Put the networks of a fabric on light as a scenario has it.
 * @param scenario the scenario
 * @param fabric its fabric without optics; gets them
 * @throw ScenarioError if the catalog has no such parts, or they do not go with a network, and
 *        nothing has been put anywhere
 */
void InstallOptics(const Scenario& scenario, BuiltFabric& fabric);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_OPTICS_H */
