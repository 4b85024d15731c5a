/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_CHILD_PROCESS_H
#define OPTICAL_FABRIC_BENCH_CHILD_PROCESS_H

#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief How a process that was started ended.
 */
struct ChildResult
{
    bool finished{false}; ///< ended by itself with status 0
    bool timedOut{false}; ///< was stopped because it took too long
    std::string output;   ///< what it wrote to standard output
};

/**
 * @ingroup optical-fabric-bench
 * @brief Runs a program and waits for it. Its standard error is ours.
 * @param command program and arguments; a program without '/' is searched for in PATH
 * @param timeoutS longest it may take, s
 * @return how it ended
 */
ChildResult RunProcess(const std::vector<std::string>& command, double timeoutS);

/**
 * @ingroup optical-fabric-bench
 * @return path of this program
 */
std::string GetOwnPath();

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_CHILD_PROCESS_H */
