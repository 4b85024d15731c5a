/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef COST_TABLES_H
#define COST_TABLES_H

#include "ns3/cost-model.h"

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace fabriccomparison
{

/// What a system's cost in a region depends on.
struct SystemCost
{
    std::string system;                    ///< name of the system
    std::string region;                    ///< where it stands
    double accelerators{0};                ///< how many it has
    ns3::opticalfabric::CostInputs inputs; ///< what its cost depends on
};

/**
 * Print what each year costs at the least, typically and at most, and the tornado: which input
 * moves that most.
 * @param os where to
 * @param costs systems and regions
 * @param width columns there are
 */
void PrintCosts(std::ostream& os, const std::vector<SystemCost>& costs, std::size_t width);

/**
 * Write the same as JSON.
 * @param os where to
 * @param settings what was asked for, as WriteSettings has it
 * @param costs systems and regions
 */
void WriteCostsJson(std::ostream& os,
                    const std::string& settings,
                    const std::vector<SystemCost>& costs);

} // namespace fabriccomparison

#endif /* COST_TABLES_H */
