/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_RECORD_H
#define OPTICAL_FABRIC_FAULT_RECORD_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A fault of the schedule that a run was given.
 */
struct FaultRecord
{
    std::string kind;      ///< kind of component it hits, for example "module"
    std::string component; ///< name of that
    std::string effect;    ///< what it does, as the schedule has it
    std::string mode;      ///< failure mode it is of; may be empty
    std::string cause;     ///< what failed and took this along; may be empty
    /// When it begins, ps of simulated time; nothing if no run lasts that long.
    std::optional<uint64_t> beginPs;
    /// When it is over, likewise; nothing if it stays.
    std::optional<uint64_t> endPs;
    /// How long after its end links may still train and routing may still not use them, ps.
    uint64_t aftermathPs{0};
    uint64_t begun{0};              ///< parts of the run that it began in
    std::vector<std::string> links; ///< links that it acts on

    /**
     * @param startPs begin of a stretch of time, ps
     * @param endOfPs its end, ps, at least startPs
     * @return whether the fault or its aftermath holds at any time of it, both ends included
     */
    bool IsActive(uint64_t startPs, uint64_t endOfPs) const;
};

/**
 * @ingroup optical-fabric
 * @brief What faults did to one execution of a collective.
 */
struct FaultEffectRecord
{
    std::string collective; ///< its name
    uint64_t iteration{0};  ///< which execution, from 0
    uint64_t timePs{0};     ///< how long it took, ps
    /// How long it took without any fault, ps; nothing if that was not run, or did not end.
    std::optional<uint64_t> timeWithoutPs;
    uint64_t failedBytes{0}; ///< payload reported lost, with faults, bytes
    /// Faults that held at some time of it, or whose aftermath did: places in the schedule, from 0.
    std::vector<uint64_t> faults;
    /// Largest difference, either way, that noise explains at 95 % confidence, s; nothing if there
    /// is nothing to tell it from.
    std::optional<double> noiseS;
    /// What the difference is put down to: "none" (there is none), "noise", "faults" (of the time),
    /// "aftermath" (of faults that are over); without noiseS "faults or noise" and "aftermath or
    /// noise"; empty if the time without faults is not known.
    std::string cause;

    /// @return time with faults less time without, s; NaN if the latter is not known
    double GetDifferenceS() const;
};

/**
 * @ingroup optical-fabric
 * @brief Add what another part of the run says of the same schedule.
 * @param into records of the schedule; empty, or as many as the others
 * @param from records of the same schedule
 */
void AddFaults(std::vector<FaultRecord>& into, const std::vector<FaultRecord>& from);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_RECORD_H */
