/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COMPONENT_CLOCKS_H
#define OPTICAL_FABRIC_COMPONENT_CLOCKS_H

#include "ns3/campaign-fleet.h"
#include "ns3/uniform-source.h"

#include <cstdint>
#include <functional>
#include <queue>
#include <tuple>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief When each mode of each component is going to fail next, while components stop and go on,
 * and get new parts.
 *
 * A clock runs while its component works and its mode has not failed; while it does not run, its
 * age stays. Times are hours since the begin, given by the caller, and never go back.
 */
class ComponentClocks
{
  public:
    /**
     * @param fleet components; must outlive this
     * @param streams random numbers, FaultStream::LIFETIME of each mode is used
     * @param horizonH failures that come no sooner are left out, h
     */
    ComponentClocks(const CampaignFleet& fleet, UniformStreams streams, double horizonH);

    /// @return when the next fails, h; infinite if none does before the horizon
    double GetNextH();
    /// @return the clock that fails next, which has failed now; there must be one
    uint32_t TakeNext();
    /**
     * @param component number of a component that stops working; may have stopped already, and then
     *        has to be started as often
     * @param nowH time, h
     */
    void Stop(uint32_t component, double nowH);
    /**
     * @param component number of a component that was stopped
     * @param nowH time, h
     */
    void Start(uint32_t component, double nowH);
    /**
     * @param clock a clock that has failed, and goes on
     * @param restoresAge whether its age begins at 0; if not, it goes on where it was
     * @param nowH time, h
     */
    void Repair(uint32_t clock, bool restoresAge, double nowH);
    /**
     * @param component number of a component that is new: all its clocks begin at 0
     * @param nowH time, h
     */
    void Renew(uint32_t component, double nowH);
    /**
     * @param component number of a component
     * @return whether it works
     */
    bool IsWorking(uint32_t component) const;

  private:
    /// State of a clock.
    struct State
    {
        double ageH;           ///< age at sinceH, hours at the reference temperature
        double leftH;          ///< age it still gains before it fails, from sinceH
        double sinceH;         ///< when it began to run, h
        uint32_t version{0};   ///< grows whenever what is planned holds no longer
        bool hasFailed{false}; ///< whether it waits for Repair or Renew
    };

    /// A failure to come.
    struct Plan
    {
        double timeH;     ///< when, h
        uint32_t clock;   ///< what fails
        uint32_t version; ///< of the clock's state; if that is another, this holds no longer

        /**
         * @param other another
         * @return whether this is later
         */
        bool operator>(const Plan& other) const
        {
            return std::tie(timeH, clock) > std::tie(other.timeH, other.clock);
        }
    };

    /**
     * @param clock a clock, whose age is known
     * @param nowH time, h
     */
    void Draw(uint32_t clock, double nowH);
    /**
     * @param clock a clock that begins to run
     * @param nowH time, h
     */
    void Plant(uint32_t clock, double nowH);

    const CampaignFleet& m_fleet;    ///< components
    UniformStreams m_streams;        ///< random numbers
    double m_horizonH;               ///< failures after it are left out, h
    std::vector<State> m_states;     ///< of clocks
    std::vector<uint32_t> m_stopped; ///< of components: how often they are stopped
    std::priority_queue<Plan, std::vector<Plan>, std::greater<>> m_plans; ///< the next first
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COMPONENT_CLOCKS_H */
