/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_WARNING_H
#define OPTICAL_FABRIC_RUN_WARNING_H

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Something that the run could not do exactly, and that shows in its figures.
struct RunWarning
{
    std::string figures; ///< which figures it affects, for example "times of dispatch, combine"
    std::string reason;  ///< what is not exact, and how far off they may be
};

/**
 * @ingroup optical-fabric
 * @brief Add warnings to others, each reason once; what it affects is joined by commas.
 * @param into what to add to
 * @param from what to add
 */
void AddWarnings(std::vector<RunWarning>& into, const std::vector<RunWarning>& from);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_WARNING_H */
