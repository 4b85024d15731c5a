/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_RUNNER_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_RUNNER_H

#include <cstdint>
#include <ostream>
#include <string>

namespace opticalfabrictest
{

/// What the command line says.
struct RandomOptions
{
    uint64_t seed{1};      ///< seed of the whole test
    uint64_t from{0};      ///< first scenario
    uint64_t count{300};   ///< how many
    uint32_t jobs{1};      ///< processes at once
    uint32_t limitS{60};   ///< processor time that a scenario may take, s
    std::string dump;      ///< file for all distances; empty: none
    bool shows{false};     ///< print the scenarios and run nothing
    bool shrinks{true};    ///< make failures small
    bool wantsHelp{false}; ///< say how it is used
    std::string scratch;   ///< folder for files
};

/**
 * @ingroup optical-fabric-tests
 * @brief Examine one scenario in RandomOptions::jobs, each in a process of its own, so that one
 * that crashes or does not end is a failure like others. What fails is made small and printed.
 * @param options options
 * @param shard which of the jobs it is, from 0
 * @param os gets all lines of ExamineScenario(), with the scenario's number after the first letter
 */
void RunShard(const RandomOptions& options, uint32_t shard, std::ostream& os);

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_RUNNER_H */
