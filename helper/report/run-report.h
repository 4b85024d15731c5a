/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_H
#define OPTICAL_FABRIC_RUN_REPORT_H

#include "ns3/output-width.h"
#include "ns3/run-report-units.h"
#include "ns3/run-results.h"

#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What others measured of a collective, to be shown beside the simulation's result.
 */
struct PublishedFigure
{
    int64_t timePs{0};   ///< time, ps; 0: not published
    uint64_t bitRate{0}; ///< algorithm bandwidth, bit/s; 0: not published
    std::string source;  ///< who published it, and what it includes; empty: nothing published
};

/**
 * @ingroup optical-fabric
 * @brief A part of a run: a simulation of its own.
 */
struct RunPart
{
    std::string name;                       ///< its name, fit for a directory
    RunResults results;                     ///< what it yielded
    std::vector<PublishedFigure> published; ///< what others measured, by collective; may be empty
    std::string unfinished;                 ///< why not all of it was finished; empty if all was
};

/**
 * @ingroup optical-fabric
 * @brief Puts the parts of a run together, writes its files and shows it to people.
 */
class RunReport
{
  public:
    /**
     * @param title what was simulated
     */
    explicit RunReport(const std::string& title);

    /**
     * @param part one more part; of the same fabric as those before
     */
    void AddPart(RunPart part);

    /**
     * @param text the fault schedule that all parts were given, as WriteFaultSchedule has it
     */
    void SetFaultSchedule(const std::string& text);

    /// @return the parts
    const std::vector<RunPart>& GetParts() const;

    /// @return all parts as one: counters added up, histograms merged, times each from its own zero
    RunResults Merge() const;

    /// @return why not everything was finished, a line per part; empty if everything was
    std::string GetUnfinished() const;

    /// @return how much payload was lost for good; empty if none was
    std::string GetLosses() const;

    /**
     * Write summary.json, results.h5 and volatile.json, and for several parts the same of each part
     * below parts/. A run that was not finished also gets incomplete.txt, which says why, and one
     * with faults faults.csv, their schedule.
     *
     * @param prefix begins the path of each file: "results/mine/", or "mine-"; directories must be
     *        there, but for those of the parts
     * @param writesHdf5 whether to write results.h5, in a build that can
     * @return what failed, naming the call and the file; empty if nothing did
     */
    std::string Write(const std::string& prefix, bool writesHdf5) const;

    /**
     * Show the results to a person.
     * @param os where to
     * @param width columns to keep within, 20 or more (FindReportWidth)
     */
    void Print(std::ostream& os, uint32_t width = REPORT_WIDTH) const;

  private:
    std::string m_title;          ///< what was simulated
    std::vector<RunPart> m_parts; ///< its parts
    std::string m_faultSchedule;  ///< what went wrong, as a file has it; empty: there was none
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_H */
