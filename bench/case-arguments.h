/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_CASE_ARGUMENTS_H
#define OPTICAL_FABRIC_BENCH_CASE_ARGUMENTS_H

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief The parameters of a case, given as words "name=value".
 *
 * What is wrong throws std::invalid_argument with the name, the value and what is allowed.
 */
class CaseArguments
{
  public:
    /// @param words the words
    explicit CaseArguments(const std::vector<std::string>& words);

    /**
     * @param name parameter
     * @param fallback what it is if not given
     * @return its value
     */
    std::string GetText(const std::string& name, const std::string& fallback);

    /**
     * @param name parameter
     * @param fallback what it is if not given
     * @return its value, not negative
     */
    double GetNumber(const std::string& name, double fallback);

    /**
     * @param name parameter
     * @param fallback what it is if not given
     * @return its value, a whole number
     */
    uint32_t GetCount(const std::string& name, uint32_t fallback);

    /**
     * @param name parameter
     * @return its value, numbers with ':' between them; empty if not given
     */
    std::vector<double> GetList(const std::string& name);

    /// @return all that was given, as words again, for a program that looks at them itself
    std::vector<std::string> GetWords() const;

    /// Refuse a parameter that nobody asked for.
    void RefuseOthers() const;

  private:
    std::map<std::string, std::string> m_values; ///< what was given
    std::set<std::string> m_known;               ///< what was asked for
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_CASE_ARGUMENTS_H */
