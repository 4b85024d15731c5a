/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_REPORT_H
#define OPTICAL_FABRIC_BENCH_REPORT_H

#include "bench-options.h"
#include "bench-record.h"

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief All that was measured, and where.
 */
struct BenchReport
{
    std::vector<std::pair<std::string, std::string>> facts; ///< machine and program, by name
    std::vector<BenchSection> sections;                     ///< what was measured

    /// @param os where to print it for people
    void Print(std::ostream& os) const;

    /**
     * Write it for programs.
     * @param path file; its folder must exist. Throws std::runtime_error if it cannot be written.
     */
    void WriteJson(const std::string& path) const;

    /// @param os where to write it for programs
    void WriteJson(std::ostream& os) const;
};

/**
 * @ingroup optical-fabric-bench
 * @brief Print the ratios of two reports, line by line.
 * @param oldPath file of the earlier one
 * @param newPath file of the later one; throws std::runtime_error if one cannot be read
 * @param os where to
 */
void CompareReports(const std::string& oldPath, const std::string& newPath, std::ostream& os);

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_REPORT_H */
