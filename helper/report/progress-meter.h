/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PROGRESS_METER_H
#define OPTICAL_FABRIC_PROGRESS_METER_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How far a run is.
 */
struct RunProgress
{
    uint64_t transfersDone{0};                 ///< transfers that have arrived
    std::optional<uint64_t> transfersExpected; ///< in the end, if that is known
    uint64_t packets{0};                       ///< packets delivered
};

/**
 * @ingroup optical-fabric
 * @brief Tells a person how far a simulation is, and lets a person end it.
 *
 * It looks at the clock on the wall from an event of its own, whose period in simulated time
 * follows the speed of the simulation, some twenty looks a second. The event touches nothing, so
 * results are the same with and without it; GetEvents() says how many there were, which depends on
 * the machine and has to be left out of the number of events. It never keeps a simulation alive.
 */
class ProgressMeter
{
  public:
    /// Says how far the run is.
    using Source = std::function<RunProgress()>;
    /// Says whether the run is to end now.
    using StopRequest = std::function<bool()>;

    /**
     * @param source says how far the run is; asked about once a second
     */
    explicit ProgressMeter(Source source);
    ~ProgressMeter();

    ProgressMeter(const ProgressMeter&) = delete;
    ProgressMeter& operator=(const ProgressMeter&) = delete;

    /**
     * @param os where to tell; must outlive the meter
     * @param width columns of the terminal it is, where a line is written over the last one; 0: it
     * is none, and gets a line after another
     * @param label begins each line
     * @param limit columns at which lines are broken where it is no terminal; 0: nowhere
     */
    void SetStream(std::ostream* os, uint32_t width, const std::string& label, uint32_t limit = 0);

    /**
     * @param request asked at every look; if it says so, the simulation is stopped
     */
    void SetStopRequest(StopRequest request);

    /**
     * @param interval wall-clock time between lines, s
     */
    void SetInterval(double interval);

    /// Begin, at the simulated time it is.
    void Start();
    /// End, and leave the line empty if it can be written over.
    void Stop();

    /**
     * For others that look at the simulation from time to time.
     * @return whether nothing is going to happen in the simulation but this meter's looks, and the
     *         event that asks
     */
    bool IsAlone();

    /// @return events this meter has executed
    uint64_t GetEvents() const;
    /// @return whether a stop request stopped the simulation
    bool HasStopped() const;

    /**
     * @param progress how far the run is
     * @param packetsPerS packets delivered per second of wall-clock time, of late
     * @param elapsedS wall-clock time since the start, s
     * @param simulated simulated time
     * @return the line that says so
     */
    static std::string Format(const RunProgress& progress,
                              double packetsPerS,
                              double elapsedS,
                              Time simulated);

  private:
    /// A clock that nobody sets.
    using Clock = std::chrono::steady_clock;

    /// Look at the clock.
    void Look();
    /**
     * @param now the time
     */
    void Tell(Clock::time_point now);

    Source m_source;              ///< says how far the run is
    StopRequest m_stopRequest;    ///< says whether to stop
    std::ostream* m_os{nullptr};  ///< where to tell, null: nowhere
    uint32_t m_width{0};          ///< columns of the terminal, 0: none
    uint32_t m_limit{0};          ///< columns of other lines, 0: as many as they have
    std::string m_label;          ///< begins each line
    double m_intervalS{1.0};      ///< time between lines, s
    Clock::time_point m_start;    ///< time of the start
    Clock::time_point m_lastLook; ///< time of the last look
    Clock::time_point m_lastLine; ///< time of the last line
    uint64_t m_lastPackets{0};    ///< packets at the last line
    Time m_period;                ///< simulated time between looks
    EventId m_event;              ///< the next look
    uint64_t m_events{0};         ///< looks so far
    bool m_hasStopped{false};     ///< the simulation was stopped
    bool m_hasLine{false};        ///< there is a line to be written over
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PROGRESS_METER_H */
