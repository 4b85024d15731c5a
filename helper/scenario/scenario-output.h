/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_OUTPUT_H
#define OPTICAL_FABRIC_SCENARIO_OUTPUT_H

#include "ns3/run-report.h"

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The directory a run writes to: it holds the files of runs and nothing else.
 *
 * It is made as late as it can be, and taken away again if nothing came of the run.
 */
class ScenarioOutput
{
  public:
    /**
     * Look at the directory without changing anything.
     * @param directory the directory
     * @throw ScenarioError if it holds what no run has written, or cannot be made
     * @throw std::runtime_error if it may not be written to
     */
    explicit ScenarioOutput(const std::string& directory);

    /// Takes away the directories that were made, if they are empty.
    ~ScenarioOutput();

    ScenarioOutput(const ScenarioOutput&) = delete;
    ScenarioOutput& operator=(const ScenarioOutput&) = delete;

    /**
     * Make the directory, if it is not there.
     * @throw ScenarioError if it cannot be made
     * @throw std::runtime_error if there is no room
     */
    void Make();

    /**
     * Write a report into it. What an earlier run left of parts that the report has not goes away.
     * @param report the report
     * @param writesHdf5 whether to write results.h5, in a build that can
     * @return what failed, naming the call and the file; empty if nothing did
     */
    std::string Write(const RunReport& report, bool writesHdf5);

    /// @return the directory
    const std::string& GetDirectory() const;

    /// @return paths of the files of results that are there, without those of the parts
    std::vector<std::string> GetFiles() const;

  private:
    std::string m_directory;         ///< the directory
    std::vector<std::string> m_made; ///< directories that were made, outermost first
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_OUTPUT_H */
