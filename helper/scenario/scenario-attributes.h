/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_ATTRIBUTES_H
#define OPTICAL_FABRIC_SCENARIO_ATTRIBUTES_H

#include "ns3/object-base.h"
#include "ns3/scenario-section.h"
#include "ns3/type-id.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief An attribute that a scenario sets.
 */
struct ScenarioSetting
{
    std::string attribute; ///< its name, as ns-3 has it
    std::string value;     ///< its value, as StringValue takes it
    ScenarioMark mark;     ///< where it was said
};

/**
 * @ingroup optical-fabric
 * @param attribute name of an attribute, "L1Latency"
 * @return its key in scenarios, "l1_latency"
 */
std::string GetAttributeKey(const std::string& attribute);

/**
 * @ingroup optical-fabric
 * @param type a class
 * @return keys of the attributes of it that scenarios can set
 */
std::vector<std::string> GetAttributeKeys(TypeId type);

/**
 * @ingroup optical-fabric
 * @brief Take all attributes of a class out of a section, by their keys.
 *
 * Times, rates and sizes need their units: attributes whose name ends with "Bytes" take sizes.
 *
 * @param section the section
 * @param type the class
 * @param except keys of attributes that the section does not set: they stay in it, to be refused as
 *               any unknown key, and are in no list of what is allowed
 * @return what the section sets, in the order of the class
 * @throw ScenarioError if a value is of the wrong type or out of its attribute's range
 */
std::vector<ScenarioSetting> TakeAttributes(ScenarioSection& section,
                                            TypeId type,
                                            const std::vector<std::string>& except = {});

/**
 * @ingroup optical-fabric
 * @param settings what a scenario sets
 * @param object set so; aborts if it is not of the class that the settings were taken for
 */
void ApplyAttributes(const std::vector<ScenarioSetting>& settings, ObjectBase& object);

/**
 * @ingroup optical-fabric
 * @param object an object
 * @param type its class
 * @return keys and present values of all attributes that scenarios can set; the values as TOML has
 *         them
 */
std::vector<std::pair<std::string, std::string>> ListAttributes(const ObjectBase& object,
                                                                TypeId type);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_ATTRIBUTES_H */
