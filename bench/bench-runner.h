/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_RUNNER_H
#define OPTICAL_FABRIC_BENCH_RUNNER_H

#include "bench-options.h"
#include "figures.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief A case with its parameters, and what its runs measured.
 */
class RepeatedCase
{
  public:
    /**
     * @param name case
     * @param words its parameters
     */
    RepeatedCase(const std::string& name, const std::vector<std::string>& words)
        : m_name(name),
          m_words(words)
    {
    }

    /// @return case
    const std::string& GetName() const
    {
        return m_name;
    }

    /// @return its parameters
    const std::vector<std::string>& GetWords() const
    {
        return m_words;
    }

    /// @param figures what a run measured
    void Add(const Figures& figures)
    {
        m_runs.push_back(figures);
    }

    /**
     * @param figure name of a figure
     * @return its value in each run
     */
    std::vector<double> Get(const std::string& figure) const;

    /**
     * @param above name of a figure
     * @param below name of another
     * @param factor what to multiply with
     * @return above / below * factor in each run
     */
    std::vector<double> GetRatio(const std::string& above,
                                 const std::string& below,
                                 double factor = 1) const;

  private:
    std::string m_name;               ///< case
    std::vector<std::string> m_words; ///< its parameters
    std::vector<Figures> m_runs;      ///< what its runs measured
};

/**
 * @ingroup optical-fabric-bench
 * @brief Runs cases, each in a process of its own, and tells of progress on standard error.
 */
class BenchRunner
{
  public:
    /// @param options what the command line asks for
    explicit BenchRunner(const BenchOptions& options);

    /// @return what the command line asks for
    const BenchOptions& GetOptions() const
    {
        return m_options;
    }

    /**
     * Run a case once.
     * @param name case
     * @param words its parameters
     * @return what it measured; nothing if it failed
     */
    std::optional<Figures> Run(const std::string& name, const std::vector<std::string>& words);

    /**
     * Run cases one after the other, and again, as many rounds as asked for. A round in which one
     * of them fails counts for none.
     * @param cases the cases
     */
    void Alternate(std::vector<RepeatedCase*> cases);

    /**
     * Run a case once that may take too long to be worth it.
     * @param name case
     * @param words its parameters
     * @param timeoutS longest it may take, s
     * @return what it measured; nothing if it took too long, which is no failure
     */
    std::optional<Figures> Try(const std::string& name,
                               const std::vector<std::string>& words,
                               double timeoutS);

    /// @param text something to tell on standard error
    void Say(const std::string& text) const;

    /// @return true if a case failed
    bool HasFailed() const
    {
        return m_failed;
    }

  private:
    /**
     * @param name case
     * @param words its parameters
     * @param timeoutS longest it may take, s
     * @param mayTimeOut taking longer is no failure
     * @return what it measured
     */
    std::optional<Figures> Start(const std::string& name,
                                 const std::vector<std::string>& words,
                                 double timeoutS,
                                 bool mayTimeOut);

    BenchOptions m_options;                        ///< what the command line asks for
    std::chrono::steady_clock::time_point m_start; ///< when it all began
    bool m_failed{false};                          ///< a case failed
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_RUNNER_H */
