/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_SCHEDULE_H
#define OPTICAL_FABRIC_FAULT_SCHEDULE_H

#include "ns3/component-kind.h"
#include "ns3/failure-effect.h"
#include "ns3/fault-targets.h"
#include "ns3/fault-time.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Something goes wrong at some time.
 */
struct Fault
{
    /// When it is over.
    enum End : uint8_t
    {
        LASTS,          ///< after a time
        UNTIL_REPAIRED, ///< when somebody repairs it: a model of repairs, a script, or nobody
        WITH_BURST      ///< after the last cycle of its FLAP_BURST
    };

    FaultTime time;                                  ///< when it begins
    ComponentKind::Kind kind{ComponentKind::MODULE}; ///< kind of component it hits
    std::string component;                           ///< name of that, not empty
    FailureEffect effect;                            ///< what it does
    End end{UNTIL_REPAIRED};                         ///< when it is over; FLAP_BURST: WITH_BURST
    FaultTime lasts;                                 ///< LASTS: how long, above 0
    FaultTime detection;                             ///< from its begin until it is known
    std::string mode;  ///< failure mode it is of, for people; may be empty
    std::string cause; ///< common cause, for people: what failed and took this along; may be empty

    /// @return when it is over; UNTIL_REPAIRED: its begin
    FaultTime GetEndTime() const;
    /**
     * Refuse what cannot be: throws std::invalid_argument with field, value and what is allowed.
     * Whether there is such a component is not looked at.
     */
    void Validate() const;

    /**
     * @param other another fault
     * @return whether both are the same
     */
    bool operator==(const Fault& other) const;
};

/**
 * @ingroup optical-fabric
 * @brief Faults in the order of their begins.
 */
class FaultSchedule
{
  public:
    /// No faults.
    FaultSchedule() = default;
    /**
     * @param faults faults in any order; those that begin at the same time keep theirs
     * @throw std::invalid_argument if one of them cannot be
     */
    explicit FaultSchedule(std::vector<Fault> faults);

    /// @return the faults, in the order of their begins
    const std::vector<Fault>& GetFaults() const;
    /**
     * @param targets components there are
     * @return the number of the component of each fault, in the order of GetFaults
     * @throw std::invalid_argument if there is no such component, or if it cannot have that effect;
     *        the message says which fault
     */
    std::vector<uint32_t> Resolve(const FaultTargets& targets) const;

    /**
     * @param other another schedule
     * @return whether both are the same
     */
    bool operator==(const FaultSchedule& other) const;

  private:
    std::vector<Fault> m_faults; ///< in the order of their begins
};

/**
 * @ingroup optical-fabric
 * @brief A fault schedule that cannot be read.
 */
class FaultScheduleError : public std::runtime_error
{
  public:
    /**
     * @param origin name of the file
     * @param line line of the file from 1; 0: the whole file
     * @param what what is wrong, and what is allowed
     */
    FaultScheduleError(const std::string& origin, uint32_t line, const std::string& what);
};

/**
 * @ingroup optical-fabric
 * @brief Write a schedule as a table that people and spreadsheets read: one line per fault, cells
 * with commas between them (RFC 4180). ReadFaultSchedule gives the same schedule again, and that is
 * written as the same bytes.
 * @param schedule the schedule
 * @return the text
 */
std::string WriteFaultSchedule(const FaultSchedule& schedule);

/**
 * @ingroup optical-fabric
 * @brief Read a schedule.
 *
 * The first line names the columns, in any order: time, kind, component, effect, lasts; and, which
 * may be left out, detection, mode, cause. Lines may be in any order. Empty lines and lines that
 * begin with # say nothing.
 *
 * @param text the text
 * @param origin name of the file, for messages
 * @param targets components there are, each fault's has to be one of them; null: any
 * @return the schedule
 * @throw FaultScheduleError with file, line, what is wrong and what is allowed
 */
FaultSchedule ReadFaultSchedule(const std::string& text,
                                const std::string& origin,
                                const FaultTargets* targets = nullptr);

/**
 * @ingroup optical-fabric
 * @brief Read a schedule from a file.
 * @param path path of the file
 * @param targets as ReadFaultSchedule
 * @return the schedule
 * @throw FaultScheduleError as ReadFaultSchedule, and if there is no such file
 */
FaultSchedule LoadFaultSchedule(const std::string& path, const FaultTargets* targets = nullptr);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_SCHEDULE_H */
