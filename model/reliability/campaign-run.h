/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_RUN_H
#define OPTICAL_FABRIC_CAMPAIGN_RUN_H

#include "ns3/campaign-fleet.h"
#include "ns3/campaign-result.h"
#include "ns3/campaign-spec.h"
#include "ns3/component-clocks.h"
#include "ns3/degradation-model.h"
#include "ns3/fault-log.h"
#include "ns3/job-account.h"
#include "ns3/open-faults.h"
#include "ns3/repair-shop.h"
#include "ns3/verdict-memo.h"

#include <cstdint>
#include <functional>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief One replication of a campaign, from event to event.
 *
 * At each failure, detection, end of a burst and end of a repair the state of the fabric is looked
 * up, and the job is told what changes for it.
 */
class CampaignRun
{
  public:
    /**
     * @param spec what is to be done, valid; must outlive this
     * @param fleet its inventory; must outlive this
     * @param model who knows the fabric; must outlive this
     * @param memo verdicts of the model; must outlive this
     * @param streams random numbers
     * @param logsFaults whether faults are kept
     */
    CampaignRun(const CampaignSpec& spec,
                const CampaignFleet& fleet,
                const DegradationModel& model,
                VerdictMemo& memo,
                const UniformStreams& streams,
                bool logsFaults);

    /// @return what happened; to be called once
    CampaignResult Run();

  private:
    /// Something that happens to a fault.
    struct Event
    {
        double timeH;     ///< when, h
        uint64_t fault;   ///< number of the fault
        bool isDetection; ///< it becomes known; or its burst ends

        /**
         * @param other another
         * @return whether this is later
         */
        bool operator>(const Event& other) const
        {
            return std::tie(timeH, fault) > std::tie(other.timeH, other.fault);
        }
    };

    /// A repair that was asked for.
    struct Order
    {
        uint32_t clock; ///< what it is for
        uint64_t fault; ///< number of the fault
    };

    /// Hash of a signature.
    struct SignatureHash
    {
        /**
         * @param signature a signature
         * @return FNV-1a of its numbers
         */
        std::size_t operator()(const StateSignature& signature) const;
    };

    /**
     * @param clock number of a clock
     * @return its FaultCause
     */
    uint32_t GetCause(uint32_t clock) const;
    /**
     * @param clock number of a clock
     * @return next random number for what follows its failures
     */
    UniformSource GetDraws(uint32_t clock) const;
    /// @param timeH time until which all is booked, h
    void AdvanceTo(double timeH);
    /// @brief What has failed next fails.
    void Fail();
    /// @brief The next thing that happens to a fault happens.
    void Handle();
    /// @param fault number of a fault that is known now
    void Detect(uint64_t fault);
    /// @param record a repair that is done
    void FinishRepair(const RepairRecord& record);
    /// @param fault number of a fault that is over
    void Close(uint64_t fault);
    /**
     * @param accelerator number of a component that is one
     * @param works whether it works now
     */
    void ChangeAccelerator(uint32_t accelerator, bool works);
    /// @brief The time in which the job could not run is over.
    void EndIncapability();
    /// @brief Look up the state of the fabric, and tell the job.
    void UpdateCapacity();

    const CampaignSpec& m_spec;      ///< what is to be done
    const CampaignFleet& m_fleet;    ///< its inventory
    const DegradationModel& m_model; ///< who knows the fabric
    VerdictMemo& m_memo;             ///< verdicts
    UniformStreams m_streams;        ///< random numbers
    double m_nowH{0};                ///< time, h
    ComponentClocks m_clocks;        ///< when components fail
    OpenFaults m_faults;             ///< what has failed
    RepairShop m_shop;               ///< who repairs
    JobAccount m_job;                ///< what runs
    FaultLog m_log;                  ///< what is kept of faults
    std::vector<Order> m_orders;     ///< by RepairJob::id
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events; ///< the next first
    std::vector<uint64_t> m_pathFaults; ///< open faults that degrade the fabric, the oldest first
    std::vector<bool> m_isMember;       ///< of accelerators: whether the job uses it
    uint32_t m_members{0};              ///< how many it uses
    uint32_t m_working{0};              ///< accelerators that work
    bool m_lostMember{false};           ///< whether one it uses has stopped since this was reset
    bool m_canRun{true};                ///< whether the job can run
    double m_incapableH{0};             ///< how long it cannot, h
    FabricVerdict m_verdict;            ///< of the state now
    std::size_t m_state{0};             ///< place of the state now in the result
    /// Places of states in the result.
    std::unordered_map<StateSignature, std::size_t, SignatureHash> m_places;
    CampaignResult m_result; ///< what happened
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_RUN_H */
