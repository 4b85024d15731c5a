/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_SECTION_H
#define OPTICAL_FABRIC_SCENARIO_SECTION_H

#include "ns3/scenario-node.h"
#include "ns3/time-end.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief The largest number below 1.
constexpr double BELOW_ONE = 1 - std::numeric_limits<double>::epsilon() / 2;
/// @ingroup optical-fabric
/// @brief The smallest number above 0.
constexpr double ABOVE_ZERO = std::numeric_limits<double>::denorm_min();

/**
 * @ingroup optical-fabric
 * @brief Takes values out of a table of a scenario, refuses what does not fit, and in the end what
 * nobody has asked for.
 *
 * A key that is not there gives nothing, and the caller's default stays.
 */
class ScenarioSection
{
  public:
    /**
     * @param node the table; must outlive the section
     * @param path where it is, for messages, as "fabric"; empty: the whole scenario
     * @throw ScenarioError if it is no table
     */
    ScenarioSection(const ScenarioNode& node, const std::string& path);

    /**
     * @param key a key
     * @return its value
     */
    const ScenarioNode* Take(const std::string& key);

    /**
     * @param key a key
     * @return its value, a text that is not empty
     */
    std::optional<std::string> TakeString(const std::string& key);
    /**
     * @param key a key
     * @return its value, true or false
     */
    std::optional<bool> TakeBoolean(const std::string& key);
    /**
     * @param key a key
     * @param low smallest value allowed
     * @param high largest value allowed
     * @return its value
     */
    std::optional<uint64_t> TakeUnsigned(const std::string& key, uint64_t low, uint64_t high);
    /**
     * @param key a key
     * @param low smallest value allowed
     * @param high largest value allowed
     * @param allowed these two for messages, as in "0 to below 1"
     * @return its value
     */
    std::optional<double> TakeReal(const std::string& key,
                                   double low,
                                   double high,
                                   const std::string& allowed);
    /**
     * @param key a key
     * @return its value, a list of numbers, 0 to 1
     */
    std::optional<std::vector<double>> TakeShares(const std::string& key);
    /**
     * @param key a key
     * @param low smallest value allowed, bytes
     * @param high largest value allowed, bytes
     * @return its value, bytes
     */
    std::optional<uint64_t> TakeBytes(const std::string& key, uint64_t low, uint64_t high);
    /**
     * @param key a key
     * @param high largest value allowed, ps
     * @return its value, ps
     */
    std::optional<int64_t> TakeTimePs(const std::string& key, int64_t high = TimeEnd::PS);
    /**
     * @param key a key
     * @return its value, bit/s, at most MAX_BIT_RATE
     */
    std::optional<uint64_t> TakeBitRate(const std::string& key);

    /**
     * @param keys further keys there could be, for messages
     * @throw ScenarioError if the table has a key that was not asked for
     */
    void RefuseRest(const std::vector<std::string>& keys = {}) const;

    /**
     * @param key a key of this table
     * @param value its value
     * @param allowed what is allowed
     * @throw ScenarioError always
     */
    [[noreturn]] void Refuse(const std::string& key,
                             const ScenarioNode& value,
                             const std::string& allowed) const;

    /**
     * @param key a key of this table
     * @return the whole path to it, for messages: long keys are shortened by ShortenText
     */
    std::string GetPath(const std::string& key) const;

    /// @return the table
    const ScenarioNode& GetNode() const;

  private:
    const ScenarioNode& m_node;       ///< the table
    std::string m_path;               ///< where it is
    std::vector<std::string> m_asked; ///< keys asked for, in order
};

/**
 * @ingroup optical-fabric
 * @param node a value
 * @return whether it may be read as text: in quotes, or from a command line
 */
bool IsText(const ScenarioNode& node);

/**
 * @ingroup optical-fabric
 * @param node a value
 * @return whether it may be read as a whole number: one, or from a command line
 */
bool IsInteger(const ScenarioNode& node);

/**
 * @ingroup optical-fabric
 * @param node a value
 * @return whether it can be meant as a number
 */
bool IsNumber(const ScenarioNode& node);

/**
 * @ingroup optical-fabric
 * @param node a value
 * @return the bytes that it says: a whole number, or one with a unit; nothing if it is neither
 */
std::optional<uint64_t> ReadSize(const ScenarioNode& node);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_SECTION_H */
