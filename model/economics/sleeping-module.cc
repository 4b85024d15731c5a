/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "sleeping-module.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

SleepingModule::SleepingModule(const PowerPolicySpec& policy, Told told)
    : m_policy(policy),
      m_told(std::move(told)),
      m_startPs(Now()),
      m_part({}, policy),
      m_readyPs(m_startPs)
{
    m_part.SetLoad(0, 1);
    Arm(m_startPs + m_policy.sleepAfterPs, m_startPs);
}

SleepingModule::~SleepingModule()
{
    m_check.Cancel();
}

uint64_t
SleepingModule::Now()
{
    return static_cast<uint64_t>(Simulator::Now().GetPicoSeconds());
}

void
SleepingModule::AddPort(PortEngine* port)
{
    m_ports.push_back(port);
}

bool
SleepingModule::IsAsleep() const
{
    return m_part.GetState() == PowerState::SLEEP && !m_part.IsWaking();
}

void
SleepingModule::Arm(uint64_t atPs, uint64_t nowPs)
{
    if (m_check.IsExpired())
    {
        m_check = Simulator::Schedule(PicoSeconds(static_cast<int64_t>(atPs - nowPs)),
                                      &SleepingModule::Check,
                                      this);
    }
}

bool
SleepingModule::IsInUse() const
{
    return m_flows != 0 || std::any_of(m_ports.begin(), m_ports.end(), [](const PortEngine* port) {
               return port->HasToSend();
           });
}

uint64_t
SleepingModule::GetLastUsePs() const
{
    uint64_t lastPs = std::max(m_readyPs, m_usedUntilPs);
    for (const PortEngine* port : m_ports)
    {
        lastPs = std::max(lastPs, port->GetUsedUntilPs());
    }
    return lastPs;
}

void
SleepingModule::Check()
{
    const uint64_t nowPs = Now();
    const bool isInUse = IsInUse();
    if (!isInUse && GetLastUsePs() + m_policy.sleepAfterPs > nowPs)
    {
        Arm(GetLastUsePs() + m_policy.sleepAfterPs, nowPs);
        return;
    }
    if (!isInUse)
    {
        // A link that went down ends a use early: the look may come late.
        m_part.SetLoad(nowPs - m_policy.sleepAfterPs - m_startPs, 0);
        m_part.AdvanceTo(nowPs - m_startPs);
        m_told(true);
    }
    for (PortEngine* port : m_ports)
    {
        port->Rest();
    }
}

uint64_t
SleepingModule::Wake(uint64_t nowPs)
{
    if (IsAsleep())
    {
        m_readyPs = m_startPs + m_part.SetLoad(nowPs - m_startPs, 1);
        m_told(false);
    }
    const uint64_t readyPs = std::max(nowPs, m_readyPs);
    Arm(readyPs + m_policy.sleepAfterPs, nowPs);
    return readyPs;
}

uint64_t
SleepingModule::BeginFlow(uint64_t nowPs)
{
    ++m_flows;
    return IsAsleep() ? Wake(nowPs) : std::max(nowPs, m_readyPs);
}

void
SleepingModule::EndFlow(uint64_t usedUntilPs, uint64_t nowPs)
{
    --m_flows;
    m_usedUntilPs = std::max(m_usedUntilPs, usedUntilPs);
    if (m_flows == 0)
    {
        Arm(std::max(m_usedUntilPs, m_readyPs) + m_policy.sleepAfterPs, nowPs);
    }
}

} // namespace opticalfabric
} // namespace ns3
