/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_RECORD_H
#define OPTICAL_FABRIC_BENCH_RECORD_H

#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief What is hoped for of a figure. It is printed beside the figure, never a test.
 */
struct Goal
{
    /// Which side is the good one.
    enum Sense
    {
        NONE,     ///< there is no goal
        AT_LEAST, ///< large is good
        AT_MOST   ///< small is good
    };

    Sense sense{NONE}; ///< which side is the good one
    double value{0};   ///< the goal
};

/**
 * @ingroup optical-fabric-bench
 * @brief One line of the report: a figure, measured several times.
 */
struct BenchRecord
{
    std::string name;           ///< for programs: the same in every version
    std::string label;          ///< for people
    std::string unit;           ///< unit; "x" is a ratio
    std::vector<double> values; ///< one per run
    Goal goal{};                ///< what is hoped for

    /// @return the median; of an even number, the mean of the middle two
    double GetMedian() const;
    /// @return the smallest
    double GetMin() const;
    /// @return the largest
    double GetMax() const;
    /// @return for example "<= 4: met, 0.65 of it"; empty without a goal
    std::string DescribeGoal() const;
};

/**
 * @ingroup optical-fabric-bench
 * @brief Lines that belong together.
 */
struct BenchSection
{
    std::string name;                 ///< as --only has it
    std::string title;                ///< what was measured
    std::string note;                 ///< how
    std::vector<BenchRecord> records; ///< the lines
    /// What is printed instead of the lines, if not empty: rows of cells, the first row says what
    /// the columns are.
    std::vector<std::vector<std::string>> table;

    /**
     * Add a line, unless there are no values.
     * @param record the line
     */
    void Add(BenchRecord record);
};

/**
 * @ingroup optical-fabric-bench
 * @param above numbers
 * @param below numbers
 * @param factor what to multiply with
 * @return above / below * factor, pair by pair; empty if there are not as many
 */
std::vector<double> Divide(const std::vector<double>& above,
                           const std::vector<double>& below,
                           double factor = 1);

/**
 * @ingroup optical-fabric-bench
 * @param values numbers
 * @param factor what to multiply with
 * @return each times the factor
 */
std::vector<double> Scale(std::vector<double> values, double factor);

/**
 * @ingroup optical-fabric-bench
 * @param value any number
 * @return with three or four digits
 */
std::string FormatFigure(double value);

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_RECORD_H */
