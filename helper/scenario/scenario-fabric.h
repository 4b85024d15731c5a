/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_FABRIC_H
#define OPTICAL_FABRIC_SCENARIO_FABRIC_H

#include "ns3/fabric-helper.h"
#include "ns3/scenario.h"

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The kinds of fabric that scenarios can name: one for every FabricHelper there is,
 * "cloud-matrix" for CloudMatrixHelper.
 * @return the kinds
 */
std::vector<std::string> GetFabricKinds();

/**
 * @ingroup optical-fabric
 * @param kind a kind of fabric; aborts if there is none of that name
 * @return class of its helper
 */
TypeId GetFabricType(const std::string& kind);

/**
 * @ingroup optical-fabric
 * @param scenario a scenario whose fabric is said
 * @return names of its networks, the scale-up network first
 */
std::vector<std::string> GetNetworkNames(const Scenario& scenario);

/**
 * @ingroup optical-fabric
 * @brief Make the helper of a scenario's fabric, with all attributes set.
 * @param scenario the scenario
 * @return the helper, which has been validated
 * @throw ScenarioError if attributes do not go together
 */
Ptr<FabricHelper> MakeFabricHelper(const Scenario& scenario);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_FABRIC_H */
