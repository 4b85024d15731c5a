/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SLEEPING_MODULE_H
#define OPTICAL_FABRIC_SLEEPING_MODULE_H

#include "ns3/event-id.h"
#include "ns3/port-engine.h"
#include "ns3/power-policy.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief An optical module that sleeps while none of its links carries anything, in a simulation.
 *
 * It is a ManagedPart that is told of traffic late: not with every packet, but when it might have
 * fallen asleep, and then it looks at when its links were last used. So there is at most one event
 * to come per module, and none per packet. While something waits to be sent over a link of it, or a
 * flow crosses one, there is none at all: it then asks to be told of the next packet, or waits for
 * the end of the flow.
 *
 * A link is in use in a direction until its last bit is at the far end. Credits and acknowledgments
 * travelling back are no use.
 */
class SleepingModule
{
  public:
    /// Told when it falls asleep (true), and when it begins to wake (false).
    using Told = std::function<void(bool asleep)>;

    /**
     * It is awake, from now on.
     * @param policy SLEEP; throws std::invalid_argument if it cannot be
     * @param told told of changes
     */
    SleepingModule(const PowerPolicySpec& policy, Told told);
    ~SleepingModule();

    SleepingModule(const SleepingModule&) = delete;
    SleepingModule& operator=(const SleepingModule&) = delete;

    /// @param port port at either end of one of its links; must outlive this
    void AddPort(PortEngine* port);

    /**
     * A packet is about to be sent over one of its links.
     * @param nowPs the present, ps
     * @return time from which it carries traffic, ps: the present, or later if it wakes
     */
    uint64_t Wake(uint64_t nowPs);
    /**
     * The first bit of a flow has got to one of its links; if the module is asleep, it wakes.
     * @param nowPs the present, ps
     * @return time from which the module carries it, ps: the present or later
     */
    uint64_t BeginFlow(uint64_t nowPs);
    /**
     * A flow crosses none of its links any more.
     * @param usedUntilPs time by which its last bit is at the far end, ps
     * @param nowPs the present, ps
     */
    void EndFlow(uint64_t usedUntilPs, uint64_t nowPs);

    /// @return true if it sleeps, and does not wake
    bool IsAsleep() const;

  private:
    /// @return the present, ps
    static uint64_t Now();
    /// @param atPs when to look whether it falls asleep, ps, unless that is due @param nowPs now
    void Arm(uint64_t atPs, uint64_t nowPs);
    /// Look whether it falls asleep.
    void Check();
    /// @return true if something waits to be sent over a link of it, or a flow crosses one
    bool IsInUse() const;
    /// @return time since which nothing has used it, ps
    uint64_t GetLastUsePs() const;

    PowerPolicySpec m_policy;         ///< what it does
    Told m_told;                      ///< told of changes
    uint64_t m_startPs;               ///< time 0 of the state machine, ps
    ManagedPart m_part;               ///< awake, asleep or waking; loaded while that is not known
    std::vector<PortEngine*> m_ports; ///< both ends of its links
    uint32_t m_flows{0};              ///< flows that cross its links
    uint64_t m_readyPs;               ///< awake since, or from then on, ps
    uint64_t m_usedUntilPs{0};        ///< last use by flows that are over, ps
    EventId m_check;                  ///< look whether it falls asleep
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SLEEPING_MODULE_H */
