/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_RESULT_H
#define OPTICAL_FABRIC_CAMPAIGN_RESULT_H

#include "ns3/degradation-model.h"
#include "ns3/event-interval.h"
#include "ns3/fault-cause.h"
#include "ns3/fault-schedule.h"
#include "ns3/job-account.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A state of the fabric, and how long it was in it.
 */
struct FabricStateTime
{
    StateSignature signature; ///< which
    FabricVerdict verdict;    ///< what it is good for
    double hours{0};          ///< time in it, h
    uint64_t visits{0};       ///< how often it came to it, the begin included
};

/**
 * @ingroup optical-fabric
 * @brief What happened in one replication of a campaign.
 */
struct CampaignResult
{
    /// Counts by FaultCause.
    using Counts = std::array<uint64_t, FaultCause::COUNT>;

    /// Hours of the job by use and FaultCause; all together are the horizon.
    std::array<JobAccount::Hours, JobUse::COUNT> jobH{};
    double jobUpH{0};       ///< time the job was not interrupted, h
    DownTimes jobDown;      ///< times that it was
    Counts interruptions{}; ///< of the job, by cause
    double capableH{0};     ///< time the supernode could run the job, h
    DownTimes incapable;    ///< times that it could not
    Counts outages{};       ///< how often it could not any more, by cause
    Counts failures{};      ///< of components, by cause; flap bursts count as one each
    Counts repairs{};       ///< done, by cause
    double crewH{0};        ///< work of crews, waiting not included, of repairs that were done, h
    std::map<std::string, uint64_t> sparesUsed; ///< by pool, of repairs that were done
    std::vector<FabricStateTime> states;        ///< by signature; their times are the horizon
    std::vector<Fault> faults;                  ///< all of them, if they are kept

    /**
     * @param counts counts by cause
     * @return their sum
     */
    static uint64_t Sum(const Counts& counts);
    /**
     * @param use use
     * @return hours of the job, of all causes
     */
    double GetJobH(JobUse::Kind use) const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_RESULT_H */
