/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_JOB_ACCOUNT_H
#define OPTICAL_FABRIC_JOB_ACCOUNT_H

#include "ns3/checkpoint-plan.h"
#include "ns3/event-interval.h"
#include "ns3/fault-cause.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What becomes of a job's hours.
 */
struct JobUse
{
    /// The uses.
    enum Kind : uint8_t
    {
        USEFUL,     ///< work that counts, in hours of the job at full speed
        SLOWED,     ///< lost to a degraded fabric: (1 - speed) of the time, of work that counts
        CHECKPOINT, ///< checkpoints are written, of work that counts
        REWORK,     ///< since the last checkpoint before an interruption, whatever was done then
        REROUTE,    ///< stands still until traffic has found its way around a fault
        DETECTION,  ///< interrupted, and nobody knows yet
        WAITING,    ///< cannot run before something is repaired
        RESTART     ///< starts again from its last checkpoint
    };

    static constexpr uint8_t COUNT = RESTART + 1; ///< how many there are
};

/**
 * @ingroup optical-fabric
 * @param use use
 * @return its name in reports, for example "useful"
 */
std::string GetName(JobUse::Kind use);

/**
 * @ingroup optical-fabric
 * @brief A job over time, and where its hours go: every hour goes somewhere, once.
 *
 * It runs at first. An interruption takes all that was done since the last checkpoint, and then
 * there is time for detection, waiting until it can run, and the restart. Checkpoints are not
 * events: how many there were, the time says. Times are hours since the begin and never go back.
 */
class JobAccount
{
  public:
    /// Hours by cause.
    using Hours = std::array<double, FaultCause::COUNT>;

    /**
     * @param plan how it keeps its work
     * @throw std::invalid_argument if the plan cannot be
     */
    explicit JobAccount(const CheckpointPlan& plan);

    /**
     * @brief Book the time until then.
     * @param timeH time, h, no sooner than the last
     */
    void AdvanceTo(double timeH);
    /**
     * @brief What there is for it from now on. A job that runs is not stopped by this, but by
     * Interrupt.
     * @param canRun whether it can run at all
     * @param speed its speed over that on a whole fabric, above 0, at most 1, if it can
     * @param cause what slows it down, a FaultCause
     */
    void SetCapacity(bool canRun, double speed, uint32_t cause);
    /**
     * @brief A fault stops it now. If it has stopped already, only detection may take longer.
     * @param cause a FaultCause
     * @param detectionH how long until that is known, h, at least 0
     */
    void Interrupt(uint32_t cause, double detectionH);
    /**
     * @brief It stands still for a while, if it runs, and then goes on.
     * @param cause a FaultCause
     * @param durationH how long from now, h, at least 0
     */
    void StandStill(uint32_t cause, double durationH);
    /// @brief It is the end: what is not in a checkpoint yet counts as done.
    void Finish();

    /**
     * @param use use
     * @return hours of it, by FaultCause; what was not kept yet and not lost is in none
     */
    const Hours& GetHours(JobUse::Kind use) const;
    /// @return how often it was stopped while it ran or stood still, by FaultCause
    const std::array<uint64_t, FaultCause::COUNT>& GetInterruptions() const;
    /// @return time it ran or stood still, h
    double GetUpH() const;
    /// @return times that it did neither, from an interruption until it ran again or the end
    const DownTimes& GetDownTimes() const;

  private:
    /// What it does now.
    enum Phase : uint8_t
    {
        RUNS,
        STANDS,
        DETECTS,
        WAITS,
        RESTARTS
    };

    /// @param durationH time to book as running, h
    void Run(double durationH);
    /**
     * @param fromH begin, h since the last checkpoint
     * @param toH end
     */
    void AddPending(double fromH, double toH);
    /// @brief What is pending is kept for good.
    void Keep();
    /// @brief Go on to what comes next after detection or waiting.
    void TryRestart();
    /// @brief A time down is over.
    void EndDownTime();
    /// @brief What the time that has passed in this phase is booked as.
    JobUse::Kind GetUse() const;

    CheckpointPlan m_plan;                                     ///< how it keeps its work
    std::array<Hours, JobUse::COUNT> m_hours{};                ///< hours of each use
    std::array<uint64_t, FaultCause::COUNT> m_interruptions{}; ///< see GetInterruptions
    double m_upH{0};                                           ///< see GetUpH
    DownTimes m_downTimes;                                     ///< see GetDownTimes
    double m_downH{0};                                         ///< time down until now, h
    double m_nowH{0};                                          ///< time, h
    Phase m_phase{RUNS};                                       ///< what it does now
    double m_untilH{0};                     ///< end of STANDS, DETECTS, RESTARTS, h
    uint32_t m_cause{FaultCause::NONE};     ///< of any phase but RUNS
    bool m_canRun{true};                    ///< see SetCapacity
    double m_speed{1};                      ///< see SetCapacity
    uint32_t m_slowCause{FaultCause::NONE}; ///< see SetCapacity
    double m_activeH{0};                    ///< time since the last checkpoint, h
    double m_pendingUsefulH{0};             ///< work since then, h at full speed
    double m_pendingWriteH{0};              ///< time spent on a checkpoint that is not finished, h
    std::vector<std::pair<uint32_t, double>> m_pendingSlowedH; ///< by FaultCause, h
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_JOB_ACCOUNT_H */
