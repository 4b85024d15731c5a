/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_TOML_H
#define OPTICAL_FABRIC_SCENARIO_TOML_H

#include "ns3/scenario-node.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * Two implementations: scenario-toml.cc over toml++, and scenario-toml-none.cc for a build without
 * it.
 */

/// @ingroup optical-fabric
/// @return true if this build can read TOML
bool HasToml();

/**
 * @ingroup optical-fabric
 * @brief Read TOML.
 * @param text the text
 * @param origin name of its file, for messages
 * @return the table it is
 * @throw ScenarioError with file and line if it is no TOML, or if this build cannot read it
 */
ScenarioNode ParseToml(const std::string& text, const std::string& origin);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_TOML_H */
