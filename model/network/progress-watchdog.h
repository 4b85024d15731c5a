/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PROGRESS_WATCHDOG_H
#define OPTICAL_FABRIC_PROGRESS_WATCHDOG_H

#include "ns3/event-id.h"
#include "ns3/fabric-node.h"
#include "ns3/traced-callback.h"

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Stops a run in which packets wait for one another for ever.
 *
 * It looks every Interval. If no packet has moved since, and the ports that wait for credit wait in
 * a circle, the run cannot go on: it is stopped, and the circle named. Packets that wait for a link
 * that is down are given until Patience. Nothing is wrong while a packet has an event to come, such
 * as one that was lost until its source notices. It is armed only while transfers are unfinished,
 * so it never keeps a finished run alive.
 */
class ProgressWatchdog : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ProgressWatchdog();
    ~ProgressWatchdog() override;

    /// Signature of the Stalled trace source: what waits for what, a line per port.
    typedef void (*StalledTracedCallback)(const std::string& report);

    /**
     * @param floor what the network shares
     * @param nodes its nodes
     */
    void Watch(const FabricFloor* floor, const std::vector<Ptr<FabricNode>>& nodes);

    /// Begin to look, if not looking already. Called when a transfer starts.
    void Arm()
    {
        if (!m_armed)
        {
            Rearm();
        }
    }

    /// @return what waited for what when the run was stopped; empty if it was not
    const std::string& GetReport() const;

    /// @return true if the run was stopped because packets waited for one another in a circle
    bool IsCircle() const;

    /**
     * @param circle set to whether what waits does so in a circle
     * @return what waits for what now, a line per port, the circle first
     */
    std::string Describe(bool& circle) const;

  protected:
    void DoDispose() override;

  private:
    /// Look again after the interval.
    void Rearm();
    /// Look.
    void Look();
    /// @return a number that changes whenever a packet moves
    uint64_t Moves() const;
    /// @return true if a packet has an event to come, and so moves without the others
    bool HasPending() const;

    const FabricFloor* m_floor{nullptr};          ///< what the network shares
    std::vector<Ptr<FabricNode>> m_nodes;         ///< its nodes
    Time m_interval;                              ///< time between looks
    Time m_patience;                              ///< longest time without a move
    Time m_lastMove;                              ///< last look that saw one
    Time m_lastPending;                           ///< last look at which one had an event to come
    bool m_isCircle{false};                       ///< the run was stopped because of a circle
    uint64_t m_moves{0};                          ///< moves at the last look
    bool m_armed{false};                          ///< a look is pending
    EventId m_look;                               ///< the pending look
    std::string m_report;                         ///< why the run was stopped
    TracedCallback<const std::string&> m_stalled; ///< the run is stopped
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PROGRESS_WATCHDOG_H */
