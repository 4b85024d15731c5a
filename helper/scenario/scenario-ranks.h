/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_RANKS_H
#define OPTICAL_FABRIC_SCENARIO_RANKS_H

#include "ns3/built-fabric.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What ParseRanks accepts, for messages.
constexpr const char* ALLOWED_RANKS =
    "\"npus\" (all accelerators), \"all\" (all endpoints), a kind of endpoint such as \"cpu\", "
    "\"first:N\" (of the accelerators), a list of endpoints such as [0, 1, 2], or ranges of them "
    "such as \"0-15,32\"";

/**
 * @ingroup optical-fabric
 * @brief Who takes part in a collective, as a scenario says it.
 */
struct RankSelection
{
    std::string group; ///< name of a group of endpoints; empty: by number
    uint32_t first{0}; ///< how many of the group, the first ones; 0: all
    std::vector<std::pair<uint32_t, uint32_t>> ranges; ///< endpoints by number, both ends included
};

/**
 * @ingroup optical-fabric
 * @param text selection: "npus" (the first group of the fabric), "all", the name of a group,
 *        "first:N", or endpoints and ranges of them with commas between them
 * @return the selection
 * @throw std::invalid_argument if it is none, saying what is allowed
 */
RankSelection ParseRanks(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param text selection, see ParseRanks()
 * @param stride every how many-th of the selected to take, from the first on; at least 1
 * @param fabric the fabric
 * @param network index of the network in it
 * @return the endpoints; for ranges not checked, CollectiveSpec::Validate() does that
 * @throw std::invalid_argument if the fabric does not have them, saying what it has
 */
std::vector<uint32_t> SelectRanks(const std::string& text,
                                  uint32_t stride,
                                  const BuiltFabric& fabric,
                                  uint32_t network = 0);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_RANKS_H */
