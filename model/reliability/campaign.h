/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_H
#define OPTICAL_FABRIC_CAMPAIGN_H

#include "ns3/campaign-result.h"
#include "ns3/campaign-spec.h"
#include "ns3/fault-schedule.h"
#include "ns3/mean-interval.h"
#include "ns3/verdict-memo.h"

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
 * @brief What a mode of a kind of component did in a campaign, per year of 8760 h.
 */
struct CauseReport
{
    ComponentKind::Kind kind{ComponentKind::MODULE}; ///< kind
    std::string mode;                                ///< name of the mode
    bool canFail{false};                             ///< whether its law ever lets it happen
    EventInterval failures;                          ///< of components; a flap burst counts as one
    EventInterval repairs;                           ///< that were done
    EventInterval interruptions;                     ///< of the job
    EventInterval outages; ///< how often the supernode could not run the job any more
    MeanInterval lostNpuH; ///< accelerator hours lost to it, all uses but USEFUL, CHECKPOINT
};

/**
 * @ingroup optical-fabric
 * @brief A state of the fabric, over all replications.
 */
struct StateReport
{
    FabricStateTime state; ///< signature and verdict, and sums of hours and visits
    std::string text;      ///< it in words
    double share{0};       ///< of all the time, 0 to 1
};

/**
 * @ingroup optical-fabric
 * @brief What came out of a campaign. Hours have Student's intervals over replications; what counts
 * events has the exact limits of their number (event-interval.h).
 */
struct CampaignReport
{
    double confidence{0}; ///< confidence level of all intervals

    EventInterval jobAvailability;       ///< share of time the job was not interrupted
    EventInterval jobMtbfH;              ///< time it was not, over interruptions, h
    MeanInterval jobMttrH;               ///< time it was, over interruptions, h
    EventInterval supernodeAvailability; ///< share of time the supernode could run the job
    EventInterval supernodeMtbfH;        ///< time it could, over outages, h
    MeanInterval supernodeMttrH;         ///< time it could not, over outages, h
    EventInterval hardwareMtbfH;         ///< time between failures of components, h

    MeanInterval goodput;      ///< useful hours of the job's accelerators over all of their hours
    MeanInterval fleetGoodput; ///< over all hours of all accelerators, spares included
    /// Accelerator hours of the job per year, by use.
    std::array<MeanInterval, JobUse::COUNT> npuHPerYear;

    EventInterval failuresPerYear;                          ///< of components
    EventInterval repairsPerYear;                           ///< that were done
    EventInterval interruptionsPerYear;                     ///< of the job
    MeanInterval crewHPerYear;                              ///< work of crews, h
    std::map<std::string, EventInterval> sparesUsedPerYear; ///< by pool

    std::vector<CauseReport> causes;     ///< of every mode of every kind that there is, in order
    std::vector<StateReport> states;     ///< the longest first
    FaultSchedule faults;                ///< of the first replication, if they are kept
    std::vector<CampaignResult> results; ///< of every replication
};

/**
 * @ingroup optical-fabric
 * @brief Years of operation, several times over, by jumps from event to event.
 *
 * A component has a clock for each mode of its kind, which runs while the component works. What
 * takes a component down (its own fault, or that of one that takes it along; several at a time
 * count) stops all its clocks; a fault that leaves it working stops only the clock of its mode.
 * A fault is detected, then its repair waits for a crew and a part as RepairShop has it, and then:
 *  - a swap makes the component new: the age of all its modes begins at 0, and whatever else was
 *    wrong with it is over (but not with what it takes along, or what takes it along). What is a
 *    part of something (InventoryComponent::carrier), as a lane of a module, is swapped with all of
 *    that, and all its parts. With RepairAction::restoresAge false it is like any other repair;
 *  - any other repair ends its own fault. The mode's age begins at 0, or with restoresAge false
 *    goes on where it was.
 * A fault that nobody repairs (RepairAction::NONE) stays; a flap burst ends by itself, and until
 * then nothing goes through.
 *
 * The job is interrupted if one of its accelerators stops, if the fabric cannot carry it any more,
 * and, without DegradationModel::RetriesPaths, by any fault that would degrade the fabric if there
 * were no other. It then waits until that is known, until it can run, and for its restart. A
 * working accelerator that is not in the job takes the place of one that stopped.
 *
 * Each replication takes its random numbers from streams of its own, mode by mode as SampleFaults
 * does, so the result does not depend on the number of threads.
 *
 * @param spec what is to be done
 * @param model how much faults slow the job
 * @param streams random numbers
 * @return what came out
 * @throw std::invalid_argument if the spec, or a component of its inventory, cannot be, or if the
 *        model does not fit the inventory
 */
CampaignReport RunCampaign(const CampaignSpec& spec,
                           const DegradationModel& model,
                           const ReplicationStreams& streams);

/**
 * @ingroup optical-fabric
 * @brief The same, where several campaigns look at one fabric: a state that one of them has seen is
 * not assessed anew for the next.
 * @param spec what is to be done; components are the same in all campaigns of a memo
 * @param memo knows how much faults slow the job
 * @param streams random numbers
 * @return what came out
 * @throw std::invalid_argument as the other
 */
CampaignReport RunCampaign(const CampaignSpec& spec,
                           VerdictMemo& memo,
                           const ReplicationStreams& streams);

/**
 * @ingroup optical-fabric
 * @brief How often a job is interrupted, by at most ten replications of a campaign: for plans of
 * checkpoints where it is not only accelerators that interrupt it.
 * @param spec what is to be done
 * @param memo knows how much faults slow the job
 * @param streams random numbers
 * @return interruptions in 8760 h of running; 0 if there were none
 * @throw std::invalid_argument as RunCampaign
 */
double EstimateInterruptionsPerYear(CampaignSpec spec,
                                    VerdictMemo& memo,
                                    const ReplicationStreams& streams);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_H */
