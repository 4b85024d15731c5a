/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NEAR_NAMES_H
#define OPTICAL_FABRIC_NEAR_NAMES_H

#include <cstddef>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What messages say of a name that is not known.
 */

/**
 * @ingroup optical-fabric
 * @brief The name that somebody may have meant.
 * @param name what was written
 * @param known names there are
 * @return " (did you mean NAME?)", empty if none is near
 */
std::string SuggestName(const std::string& name, const std::vector<std::string>& known);

/**
 * @ingroup optical-fabric
 * @param names names
 * @return the names with commas between them
 */
std::string JoinNames(const std::vector<std::string>& names);

/**
 * @ingroup optical-fabric
 * @param name what was written
 * @param known names there are
 * @param most how many to give
 * @return those that somebody may have meant, the nearest first; those as near in the order of
 * known
 */
std::vector<std::string> FindNearNames(const std::string& name,
                                       const std::vector<std::string>& known,
                                       std::size_t most);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_NEAR_NAMES_H */
