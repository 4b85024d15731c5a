/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_RUN_H
#define OPTICAL_FABRIC_SCENARIO_RUN_H

#include "ns3/fault-schedule.h"
#include "ns3/progress-meter.h"
#include "ns3/run-report-recorder.h"
#include "ns3/run-report.h"
#include "ns3/scenario-builder.h"
#include "ns3/scenario.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Runs a scenario, part by part; the link survey, if there is one, is the first.
 *
 * It has the simulator to itself: it sets seed, run number and scheduler before it begins, and ends
 * with Simulator::Destroy(). The time resolution must be picoseconds already.
 */
class ScenarioRun
{
  public:
    /**
     * @param scenario what to run
     */
    explicit ScenarioRun(const Scenario& scenario);
    ~ScenarioRun();

    ScenarioRun(const ScenarioRun&) = delete;
    ScenarioRun& operator=(const ScenarioRun&) = delete;

    /**
     * @param arguments arguments that the scenario was changed with, for the record
     * @param facts machine, date and command line, for the record
     */
    void SetProvenance(const std::vector<std::string>& arguments, const VolatileFacts& facts);

    /**
     * @param os where to tell how far the run is; must outlive the run
     * @param width columns of the terminal it is; 0: it is none
     * @param limit columns at which lines are broken where it is none; 0: nowhere
     */
    void SetProgress(std::ostream* os, uint32_t width, uint32_t limit = 0);

    /**
     * @param request asked some twenty times a second; if it says so, the run ends there
     */
    void SetStopRequest(ProgressMeter::StopRequest request);

    /**
     * Build the fabric and check everything that is to run on it.
     * @throw ScenarioError if the scenario cannot be run
     */
    void Prepare();

    /**
     * Run all parts. Prepare first.
     * @return what came of them
     */
    RunReport Run();

    /// @return whether a stop request has ended the run
    bool IsInterrupted() const;

  private:
    /// What a run has of what the scenario has.
    struct Variant
    {
        bool hasFaults{true}; ///< its faults happen
        bool hasPolicy{true}; ///< its modules do what they do to save power
    };

    /**
     * @param part indices of the collectives of a part
     * @param variant what of the scenario
     * @return what came of them
     */
    RunPart RunOne(const std::vector<uint32_t>& part, const Variant& variant);

    /**
     * Say what faults did to a part; runs it again without them, if the scenario wants that.
     * @param indices indices of its collectives
     * @param part what came of it; gets what faults did
     */
    void Compare(const std::vector<uint32_t>& indices, RunPart& part);

    /**
     * Say what modules did to a part that save power; runs it again with modules always on, if the
     * scenario wants that.
     * @param indices indices of its collectives
     * @param part what came of it; gets time and energy without
     */
    void ComparePolicy(const std::vector<uint32_t>& indices, RunPart& part);

    /**
     * @return what came of the link survey, of all the draws made
     */
    RunPart Survey();

    /**
     * @param results what a part yielded: gets what the scenario says of it
     * @param streams who drew from which random streams
     * @param part name of the part
     */
    void Complete(RunResults& results, std::vector<StreamRange> streams, const std::string& part);

    /**
     * @param part first part, by number, of those that were not begun
     * @return their names, ready to be added to the reason; empty if there are none
     */
    std::string ListNotBegun(std::size_t part) const;

    /**
     * @param helpers what has run
     * @param meter what watched over it
     * @return why not all of it has finished
     */
    std::string ExplainUnfinished(const std::vector<std::unique_ptr<CollectiveHelper>>& helpers,
                                  const ProgressMeter& meter) const;

    /// Set seed, run number and scheduler.
    void SetGlobals() const;
    /// Take the fabric and the simulator down.
    void TearDown();

    Scenario m_scenario;       ///< what to run
    ScenarioBuilder m_builder; ///< builds it
    FaultSchedule m_faults;    ///< what goes wrong
    BuiltFabric m_fabric;      ///< fabric of the present part
    bool m_isBuilt{false};     ///< there is a fabric nothing has run on
    WallClock m_setupClock;    ///< since this was made; later since the set-up of a part began
    std::vector<std::string> m_arguments;     ///< for the record
    VolatileFacts m_facts;                    ///< for the record
    std::string m_resolved;                   ///< scenario with all defaults
    std::ostream* m_progress{nullptr};        ///< where to tell how far the run is
    uint32_t m_width{0};                      ///< columns of the terminal, 0: none
    uint32_t m_limit{0};                      ///< columns of lines elsewhere, 0: any number
    ProgressMeter::StopRequest m_stopRequest; ///< says whether to end
    bool m_isInterrupted{false};              ///< it has said so
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_RUN_H */
