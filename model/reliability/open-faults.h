/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPEN_FAULTS_H
#define OPTICAL_FABRIC_OPEN_FAULTS_H

#include "ns3/campaign-fleet.h"
#include "ns3/component-clocks.h"
#include "ns3/degradation-model.h"
#include "ns3/failure-effect.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The faults there are at a time, and what they do to components, carried ones included:
 * stops and starts their clocks.
 */
class OpenFaults
{
  public:
    /// A fault.
    struct OpenFault
    {
        uint32_t clock{0};      ///< what has failed
        uint32_t component{0};  ///< component of that clock
        uint64_t number{0};     ///< how many came before
        FailureEffect effect;   ///< what it does
        bool isRenewing{false}; ///< whether a swap is under way that makes its unit new
    };

    /// Told of components that stop or go on as wholes: component, whether it works.
    using WorkingChange = std::function<void(uint32_t component, bool works)>;

    /**
     * @param fleet components; must outlive this
     * @param clocks their clocks; must outlive this
     * @param change whom to tell
     */
    OpenFaults(const CampaignFleet& fleet, ComponentClocks& clocks, WorkingChange change);

    /**
     * @param clock what has failed
     * @param effect what that does
     * @param nowH time, h
     * @return number of the fault
     */
    uint64_t Begin(uint32_t clock, const FailureEffect& effect, double nowH);
    /**
     * @brief The effects of a fault are over; its clock stays as it is.
     * @param fault number of an open fault
     * @param nowH time, h
     */
    void End(uint64_t fault, double nowH);
    /**
     * @param fault number of a fault
     * @return it; nullptr if it is over. Holds until the next Begin or End.
     */
    OpenFault* Find(uint64_t fault);
    /**
     * @param unit number of a component that is swapped as a whole (CampaignFleet::Component::unit)
     * @return numbers of the open faults of that and of what is swapped with it, the oldest first
     */
    std::vector<uint64_t> GetFaultsOf(uint32_t unit) const;

    /// @return what is degraded by all faults together, by kind and then by index
    const std::vector<DegradedComponent>& GetDegraded();
    /**
     * @param fault number of an open fault
     * @return what it alone degrades, by kind and then by index
     */
    std::vector<DegradedComponent> GetDegradedBy(uint64_t fault) const;

  private:
    /// What a fault does to a component.
    struct Impact
    {
        uint32_t component;       ///< number of the component
        uint64_t fault;           ///< number of the fault
        DegradedComponent damage; ///< as if there were nothing else
        bool isStopped;           ///< whether the component itself stops
    };

    /**
     * @param component number of a component
     * @param effect what happens to it
     * @param fault number of the fault
     * @param nowH time, h
     */
    void Spread(uint32_t component, const FailureEffect& effect, uint64_t fault, double nowH);
    /**
     * @param impacts impacts, in any order; changed
     * @param degraded gets what they do together
     */
    static void Merge(std::vector<const Impact*>& impacts,
                      std::vector<DegradedComponent>& degraded);

    const CampaignFleet& m_fleet;              ///< components
    ComponentClocks& m_clocks;                 ///< their clocks
    WorkingChange m_change;                    ///< whom to tell
    uint64_t m_next{0};                        ///< number of the next fault
    std::vector<OpenFault> m_open;             ///< open faults, the oldest first
    std::vector<Impact> m_impacts;             ///< by fault, the oldest first
    std::vector<const Impact*> m_sorted;       ///< scratch
    std::vector<DegradedComponent> m_degraded; ///< see GetDegraded
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPEN_FAULTS_H */
