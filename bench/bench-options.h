/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_OPTIONS_H
#define OPTICAL_FABRIC_BENCH_OPTIONS_H

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief What the command line asks for.
 */
struct BenchOptions
{
    bool help{false};           ///< print what can be asked for
    bool quick{false};          ///< a shorter run
    uint32_t rounds{5};         ///< runs of each case
    std::set<std::string> only; ///< sections to measure; empty: all
    std::string jsonFile;       ///< where to write the figures
    std::string compareFile;    ///< figures to compare with; empty: none
    std::string withFile;       ///< figures to compare instead of measuring; empty: measure
    std::string caseName;       ///< run this case, once, in this process; empty: measure
    std::vector<std::string>
        words;         ///< parameters of the case, or arguments of the micro-benchmarks
    bool micro{false}; ///< become the micro-benchmarks

    /**
     * @param name a section
     * @return true if it is to be measured
     */
    bool Wants(const std::string& name) const
    {
        return only.empty() || only.count(name) != 0;
    }
};

/**
 * @ingroup optical-fabric-bench
 * @param arguments the command line, without the name of the program
 * @return what it asks for; throws std::invalid_argument if that cannot be
 */
BenchOptions ParseBenchOptions(const std::vector<std::string>& arguments);

/**
 * @ingroup optical-fabric-bench
 * @return what can be asked for
 */
std::string GetBenchHelp();

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_OPTIONS_H */
