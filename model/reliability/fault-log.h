/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_LOG_H
#define OPTICAL_FABRIC_FAULT_LOG_H

#include "ns3/campaign-fleet.h"
#include "ns3/failure-effect.h"
#include "ns3/fault-schedule.h"

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Keeps the faults of a campaign as a schedule has them: a fault that hits dependents
 * becomes one for each of them, which name it as their cause.
 */
class FaultLog
{
  public:
    /**
     * @param fleet components; must outlive this
     * @param isOn whether anything is kept
     */
    FaultLog(const CampaignFleet& fleet, bool isOn);

    /**
     * @param number number of the fault
     * @param clock what has failed
     * @param effect what that does
     * @param nowH time, h
     * @param detectionH until it is known, h
     */
    void Begin(uint64_t number,
               uint32_t clock,
               const FailureEffect& effect,
               double nowH,
               double detectionH);
    /**
     * @param number number of a fault that is over
     * @param nowH time, h
     */
    void End(uint64_t number, double nowH);
    /// @return the faults, in the order of their begins; those that are not over last until they
    /// are repaired
    std::vector<Fault> Take();

  private:
    const CampaignFleet& m_fleet; ///< components
    bool m_isOn;                  ///< whether anything is kept
    std::vector<Fault> m_faults;  ///< what is kept
    /// First and end in m_faults, of faults that are not over, by number.
    std::unordered_map<uint64_t, std::pair<std::size_t, std::size_t>> m_open;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_LOG_H */
