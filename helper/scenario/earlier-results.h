/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_EARLIER_RESULTS_H
#define OPTICAL_FABRIC_EARLIER_RESULTS_H

#include "ns3/provenance.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Find a text in JSON that JsonWriter wrote.
 * @param json the JSON
 * @param key key of the member; the last one of that name counts
 * @return its text; nothing if there is no such member, or it is no text
 */
std::optional<std::string> FindJsonText(const std::string& json, const std::string& key);

/**
 * @ingroup optical-fabric
 * @brief Say where settings differ, both in the form that WriteScenario gives them. What describes
 *        a scenario and decides nothing is left out.
 * @param before settings of results that are there
 * @param now settings of results that are to be
 * @return for each key that differs, in the order of the settings now, "KEY = A there, B now"
 */
std::vector<std::string> ListSettingDifferences(const std::string& before, const std::string& now);

/**
 * @ingroup optical-fabric
 * @brief Join the first of many differences.
 * @param differences all of them, at least one
 * @return the first three, and how many there are besides
 */
std::string SummarizeDifferences(const std::vector<std::string>& differences);

/**
 * @ingroup optical-fabric
 * @brief The results that a directory holds before a run, which no run of other settings replaces
 *        unasked.
 */
class EarlierResults
{
  public:
    /**
     * Look at the directory.
     * @param directory a directory for results of runs, which need not be there
     */
    explicit EarlierResults(const std::string& directory);

    /// @return whether there are results, and of a run that was finished
    bool AreFinished() const;

    /**
     * Find out whether a run would replace results of other settings.
     * @param settings settings of the run, as WriteScenario has them
     * @param inputs files that the run reads, its scenario first if that is a file
     * @return how the settings of the results differ from those; empty if they do not, or if there
     *         are no results
     */
    std::string GetDifference(const std::string& settings,
                              const std::vector<InputFile>& inputs) const;

    /**
     * Keep results of other settings.
     * @param settings settings of the run, as WriteScenario has them
     * @param inputs files that the run reads, its scenario first if that is a file
     * @throw ScenarioError if the run would replace results of other settings
     */
    void Protect(const std::string& settings, const std::vector<InputFile>& inputs) const;

  private:
    std::string m_directory; ///< the directory
    bool m_isThere{false};   ///< it holds results
    bool m_isPartial{false}; ///< of a run that was not finished
    std::string m_summary;   ///< content of summary.json
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_EARLIER_RESULTS_H */
