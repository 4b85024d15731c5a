/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_FLEET_H
#define OPTICAL_FABRIC_CAMPAIGN_FLEET_H

#include "ns3/component-kind.h"
#include "ns3/failure-mode.h"
#include "ns3/fault-sampler.h"
#include "ns3/fault-targets.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief An inventory with numbers instead of names, as a campaign reads it at each event.
 * Replications share one; nothing of it changes.
 */
class CampaignFleet
{
  public:
    /// A component.
    struct Component
    {
        ComponentKind::Kind kind; ///< kind
        uint32_t index;           ///< place among those of its kind
        double ageH;              ///< age at the begin, hours at its temperature
        uint32_t firstClock;      ///< number of the clock of its first mode
        uint32_t clockCount;      ///< how many modes it has
        uint32_t firstDependent;  ///< place in GetDependents
        uint32_t dependentCount;  ///< how many it takes along
        uint32_t unit;        ///< component that is swapped with it; itself if it has no carrier
        uint32_t firstMember; ///< if it is a unit: place in GetMembers
        uint32_t memberCount; ///< if it is a unit: how many are swapped together, itself too
    };

    /// A mode of a component, which goes on by itself.
    struct Clock
    {
        uint32_t component;  ///< number of the component
        uint32_t mode;       ///< place among the modes of the kind
        double acceleration; ///< hours at the reference temperature in an hour
    };

    /**
     * @param inventory what can fail; must outlive this
     * @throw std::invalid_argument if a component takes along what is not in the inventory, what
     *        cannot have the effect of its modes, or, in the end, itself; or if it is a part of
     * what is not in the inventory or is a part itself
     */
    explicit CampaignFleet(const FaultInventory& inventory);

    /// @return all components, kind by kind
    const std::vector<Component>& GetComponents() const;
    /// @return all clocks, component by component
    const std::vector<Clock>& GetClocks() const;
    /// @return numbers of components, see Component::firstDependent
    const std::vector<uint32_t>& GetDependents() const;
    /// @return numbers of components, see Component::firstMember
    const std::vector<uint32_t>& GetMembers() const;
    /**
     * @param clock number of a clock
     * @return its mode
     */
    const FailureMode& GetMode(uint32_t clock) const;
    /**
     * @param kind kind
     * @return number of the first component of that kind
     */
    uint32_t GetFirst(ComponentKind::Kind kind) const;
    /// @return components of each kind
    std::vector<uint32_t> GetCounts() const;
    /**
     * @param component number of a component
     * @return its name
     */
    const std::string& GetName(uint32_t component) const;

  private:
    /// @param targets all components by name; turns names of dependents into numbers
    void ResolveDependents(const FaultTargetList& targets);
    /// @param targets all components by name; finds what is swapped together
    void ResolveCarriers(const FaultTargetList& targets);
    /// @brief Refuse a component that takes itself along.
    void CheckLoops() const;

    const FaultInventory& m_inventory;   ///< what can fail
    std::vector<Component> m_components; ///< kind by kind
    std::vector<Clock> m_clocks;         ///< component by component
    std::vector<uint32_t> m_dependents;  ///< component by component
    std::vector<uint32_t> m_members;     ///< unit by unit
    std::vector<uint32_t> m_first;       ///< of each kind, and the end
};

/**
 * @ingroup optical-fabric
 * @brief What a fault does to those that its component takes along. It is the same, but a lane that
 * is down takes itself, and only itself, from what it is part of.
 * @param carrier kind of what fails
 * @param effect what happens to it
 * @return what happens to its dependents
 */
FailureEffect PassOn(ComponentKind::Kind carrier, const FailureEffect& effect);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_FLEET_H */
