/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TOML_GUARD_H
#define OPTICAL_FABRIC_TOML_GUARD_H

#include "ns3/scenario-error.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Refuse what is no TOML in a way that a parser of TOML might stumble over.
 *
 * Released parsers have stopped, instead of refusing, at characters outside of ASCII where only
 * ASCII is allowed, and at nesting without end. What is checked: the text is UTF-8 without control
 * characters; all of it is ASCII but comments and texts in quotes; brackets are nested, and keys
 * dotted, at most MAX_TOML_DEPTH deep; texts in quotes end. What is to be parsed is ASCII
 * altogether: a parser may see the quotes elsewhere in what is no TOML.
 *
 * @param text the text
 * @param origin name of its file, for messages
 * @return the text to parse, in ASCII, which means the same and has the same lines
 * @throw ScenarioError with file and line
 */
std::string GuardToml(const std::string& text, const std::string& origin);

/// @ingroup optical-fabric
/// @brief How deep values may be nested, and how many parts a key may have.
constexpr uint32_t MAX_TOML_DEPTH = 32;

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TOML_GUARD_H */
