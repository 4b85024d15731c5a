/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_NODE_H
#define OPTICAL_FABRIC_SCENARIO_NODE_H

#include "ns3/near-names.h"
#include "ns3/scenario-error.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A value of a scenario as it was written: a table, a list, or something that stands alone.
 *
 * What the file format is, nobody needs to know who has this.
 */
struct ScenarioNode
{
    /// What it is.
    enum Kind : uint8_t
    {
        TABLE,   ///< keys and values
        LIST,    ///< values
        STRING,  ///< text in quotes
        INTEGER, ///< whole number
        REAL,    ///< number with a fraction
        BOOLEAN, ///< true or false
        DATE,    ///< date or time of day
        ANY      ///< text without quotes, from a command line: fits what it can be read as
    };

    Kind kind{TABLE};                                       ///< what it is
    std::string text;                                       ///< value, unless table or list
    ScenarioMark mark;                                      ///< where it was said
    std::vector<std::pair<std::string, ScenarioNode>> keys; ///< of a table, as written
    std::vector<ScenarioNode> elements;                     ///< of a list

    /**
     * @param key a key of this table
     * @return its value, null if there is none
     */
    const ScenarioNode* Find(const std::string& key) const;

    /**
     * @param key a key of this table
     * @return its value, null if there is none
     */
    ScenarioNode* Find(const std::string& key);

    /// @return what it is, for messages, shortened by ShortenText: "a list", "\"abc\""
    std::string Describe() const;
};

/**
 * @ingroup optical-fabric
 * @brief Change one value of a scenario, as `--set key.path=value` does.
 *
 * A list of tables is addressed by number from 0, `collective.0.bytes`, or by the name
 * of its element, `collective.dispatch.bytes`: what it says under "name", else under "kind". The
 * value needs no quotes. Square brackets make a list: `collective.0.ranks=[0,1,2]`.
 *
 * @param root the scenario
 * @param assignment key.path=value
 * @throw ScenarioError if it is no assignment or leads nowhere
 */
void ApplyOverride(ScenarioNode& root, const std::string& assignment);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_NODE_H */
