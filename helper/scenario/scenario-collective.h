/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_COLLECTIVE_H
#define OPTICAL_FABRIC_SCENARIO_COLLECTIVE_H

#include "ns3/scenario.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Read a collective.
 * @param node its table
 * @param path where it is, for messages
 * @return the collective
 * @throw ScenarioError with file, line, key, value and what is allowed
 */
ScenarioCollective ReadCollective(const ScenarioNode& node, const std::string& path);

/**
 * @ingroup optical-fabric
 * @brief Write a collective as TOML, every default said.
 * @param collective the collective
 * @param os where to
 */
void WriteCollective(const ScenarioCollective& collective, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief Turn what CollectiveSpec::Validate() says into what the writer of a scenario understands.
 * @param collective the collective
 * @param reason what Validate said
 * @return the same in keys of scenarios, with file and line
 */
ScenarioError ExplainRefusal(const ScenarioCollective& collective, const std::string& reason);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_COLLECTIVE_H */
