/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_POWER_H
#define OPTICAL_FABRIC_SCENARIO_POWER_H

#include "ns3/energy-recorder.h"
#include "ns3/scenario-section.h"
#include "ns3/scenario.h"

#include <ostream>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Read the section [power], which has the energy of the run recorded.
 * @param root whole scenario
 * @param scenario filled in
 * @throw ScenarioError with file, line, key, value and what is allowed
 */
void ReadPower(ScenarioSection& root, Scenario& scenario);

/**
 * @ingroup optical-fabric
 * @brief Write the section as TOML, every default said; nothing if energy is not recorded.
 * @param scenario the scenario
 * @param os where to
 */
void WritePower(const Scenario& scenario, std::ostream& os);

/**
 * @ingroup optical-fabric
 * Make what records the energy. Powers are those of the built-in catalog, with the files that the
 * scenario's optics load over it.
 * @param scenario the scenario
 * @param fabric its fabric, with its optics; must outlive the recorder's Finish
 * @return the recorder, installed; null if energy is not recorded
 * @throw ScenarioError if the catalog does not have what the scenario names, or the fabric does not
 *        know its parts
 */
Ptr<EnergyRecorder> MakeEnergyRecorder(const Scenario& scenario, const BuiltFabric& fabric);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_POWER_H */
