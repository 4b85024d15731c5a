/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_READER_H
#define OPTICAL_FABRIC_SCENARIO_READER_H

#include "ns3/scenario.h"

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Reads scenarios, and refuses what it does not understand.
 *
 * What can be known only of the built fabric, for example which endpoints there are, is for
 * ScenarioBuilder to refuse.
 */
class ScenarioReader
{
  public:
    /**
     * @param assignment one more change to the scenarios to be read, key.path=value, see
     *        ApplyOverride()
     */
    void AddOverride(const std::string& assignment);

    /**
     * Paths in it begin at its directory.
     * @param path a TOML file
     * @return the scenario
     * @throw ScenarioError with file, line, key, value and what is allowed
     */
    Scenario ReadFile(const std::string& path) const;

    /**
     * Paths in it begin at the current directory.
     * @param text TOML
     * @param origin name for messages
     * @param name name of the scenario, if it has none
     * @return the scenario
     * @throw ScenarioError with origin, line, key, value and what is allowed
     */
    Scenario ReadText(const std::string& text,
                      const std::string& origin,
                      const std::string& name) const;

  private:
    /**
     * @param text TOML
     * @param origin name for messages
     * @param name name of the scenario, if it has none
     * @param base directory that paths in it begin at; empty: the current one
     * @return the scenario
     */
    Scenario Read(const std::string& text,
                  const std::string& origin,
                  const std::string& name,
                  const std::string& base) const;

    std::vector<std::string> m_overrides; ///< changes, in order
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_READER_H */
