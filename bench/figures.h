/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_FIGURES_H
#define OPTICAL_FABRIC_BENCH_FIGURES_H

#include <ostream>
#include <string>
#include <utility>
#include <vector>

/**
 * @defgroup optical-fabric-bench Speed measurements
 * @ingroup optical-fabric
 */

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief What one run of a case measured: numbers by name, in the order they were set.
 */
class Figures
{
  public:
    /**
     * @param name name, without blanks
     * @param value the number
     */
    void Set(const std::string& name, double value);

    /**
     * @param name name
     * @return the number; throws std::out_of_range if there is none
     */
    double Get(const std::string& name) const;

    /// @param os where to write a line "name value" for each
    void Write(std::ostream& os) const;

    /**
     * @param text what Write wrote; other lines are passed over
     * @return the figures
     */
    static Figures Parse(const std::string& text);

  private:
    std::vector<std::pair<std::string, double>> m_values; ///< by name
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_FIGURES_H */
