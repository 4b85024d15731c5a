/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_ERROR_H
#define OPTICAL_FABRIC_SCENARIO_ERROR_H

#include <cstdint>
#include <stdexcept>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Where something in a scenario was said.
 */
struct ScenarioMark
{
    std::string origin; ///< file, or "--set key.path=value"; empty: said nowhere
    uint32_t line{0};   ///< line of the file from 1; 0 if there are no lines

    /// @return "file:line: " or "--set key.path=value: ", empty if said nowhere
    std::string ToString() const
    {
        if (origin.empty())
        {
            return "";
        }
        return origin + (line > 0 ? ":" + std::to_string(line) : "") + ": ";
    }
};

/**
 * @ingroup optical-fabric
 * @brief A scenario that cannot be run, refused before anything has been.
 */
class ScenarioError : public std::runtime_error
{
  public:
    /**
     * @param mark where it was said
     * @param what key, value and what is allowed; a key and a value that the mark names already are
     *        left out of the message, control characters are shown as escapes, and quoted texts and
     *        words are shortened by ShortenText; the file of the mark is not
     */
    ScenarioError(const ScenarioMark& mark, const std::string& what);
};

/**
 * @ingroup optical-fabric
 * @param text any text
 * @return the same with control characters as TOML writes them, "\u0000", so that a message stays
 *         on its line, and whole
 */
std::string ShowControls(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param text what a user wrote, UTF-8
 * @return it, for a message; of more than 255 bytes, which is what the name of a file has at most,
 *         the first 60, or as many as end a character, and "..."
 */
std::string ShortenText(const std::string& text);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_ERROR_H */
