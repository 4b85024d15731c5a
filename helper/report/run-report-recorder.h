/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_RECORDER_H
#define OPTICAL_FABRIC_RUN_REPORT_RECORDER_H

#include "ns3/bound-recorder.h"
#include "ns3/built-fabric.h"
#include "ns3/flow-warnings.h"
#include "ns3/link-use-counter.h"
#include "ns3/run-results.h"
#include "ns3/workload-runner.h"

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Records what a simulation on a fabric yields.
 *
 * Make it when the fabric is built, Collect when the simulation has ended. It must outlive the
 * simulation, and the fabric must outlive it, unless it is detached.
 */
class RunRecorder
{
  public:
    /**
     * @param fabric the fabric
     */
    explicit RunRecorder(const BuiltFabric& fabric);
    ~RunRecorder();

    RunRecorder(const RunRecorder&) = delete;
    RunRecorder& operator=(const RunRecorder&) = delete;

    /// Listen to the fabric no more, so that it may go away.
    void Detach();

    /**
     * Find lower bounds on the times of collectives, to be recorded beside them: on the fabric as
     * it is now. Count what each puts on links. Without this there are neither.
     * @param runners what is going to run: not started, and with all its collectives
     */
    void WatchCollectives(const std::vector<Ptr<WorkloadRunner>>& runners);

    /// The engine starts now: wall-clock time counts from here.
    void StartClock();
    /// The engine has stopped.
    void StopClock();

    /**
     * @param facts machine, date and command line, see StartVolatileFacts()
     */
    void SetFacts(const VolatileFacts& facts);

    /**
     * @param events events that are not the simulation's, to be left out of their number
     */
    void LeaveOutEvents(uint64_t events);

    /**
     * @param keep whether to keep the counters of every port
     */
    void KeepPorts(bool keep);

    /**
     * @param runners what ran
     * @return what came of it, but for the provenance of what the caller knows: arguments,
     * scenario, input files, streams
     */
    RunResults Collect(const std::vector<Ptr<WorkloadRunner>>& runners) const;

    /**
     * @param fabric a fabric
     * @return what it consists of
     */
    static FabricRecord MakeFabricRecord(const BuiltFabric& fabric);

  private:
    /// A link, as it was when last heard of.
    struct Watched
    {
        RunRecorder* recorder;           ///< recorder that counts
        bool isUp;                       ///< whether it was up
        std::array<LinkState, 2> states; ///< of each direction
    };

    /**
     * @param watched a link
     * @param direction which direction changed
     * @param state its state
     */
    static void OnState(Watched* watched, uint32_t direction, const LinkState& state);

    /**
     * @param results what was recorded: adds ports and links
     */
    void CollectPorts(RunResults& results) const;

    /**
     * @param runner a runner
     * @param index index of a collective in it
     * @param record the collective: gets its bound
     */
    void CollectBound(const WorkloadRunner& runner, uint32_t index, CollectiveRecord& record) const;

    /**
     * @param runners what ran
     * @param results what came of it, but for the warnings
     * @return what happened that flows do not do as packets do
     */
    FlowConditions FindConditions(const std::vector<Ptr<WorkloadRunner>>& runners,
                                  const RunResults& results) const;

    const BuiltFabric& m_fabric;   ///< the fabric
    std::deque<Watched> m_watched; ///< its links
    BoundRecorder m_bounds;        ///< bounds of collectives
    LinkUseCounter m_linkUse;      ///< what collectives put on links
    uint64_t m_linkDowns{0};       ///< times a link went down
    /// When a link first changed since this was made, ps.
    uint64_t m_firstChangePs{FlowConditions::NONE};
    VolatileFacts m_facts;    ///< machine, date and command line
    uint64_t m_leftOut{0};    ///< events that are not the simulation's
    bool m_keepsPorts{false}; ///< keep the counters of every port
    WallClock m_clock;        ///< since the start
    double m_startS{0};       ///< reading at the start, s
    double m_wallS{0};        ///< from start to stop, s
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_RECORDER_H */
