/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "link-fault-ledger.h"

#include "ns3/abort.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

void
LinkFault::Add(const LinkFault& other)
{
    down = down || other.down;
    lossDb += other.lossDb;
    extraDelay += other.extraDelay;
    rateShare *= other.rateShare;
    // Alone, each share is what it was given as, to the bit.
    if (frameErrorRatio == 0)
    {
        frameErrorRatio = other.frameErrorRatio;
    }
    else if (other.frameErrorRatio > 0)
    {
        frameErrorRatio = 1 - (1 - frameErrorRatio) * (1 - other.frameErrorRatio);
    }
}

LinkFaultLedger::LinkFaultLedger(uint32_t lanes)
    : m_holds(lanes, 0)
{
}

void
LinkFaultLedger::Put(uint32_t number, const LinkFault& fault)
{
    m_faults[number] = fault;
}

void
LinkFaultLedger::Take(uint32_t number)
{
    m_faults.erase(number);
}

LinkFault
LinkFaultLedger::GetSum() const
{
    LinkFault sum;
    for (const auto& [number, fault] : m_faults)
    {
        sum.Add(fault);
    }
    return sum;
}

bool
LinkFaultLedger::Darken(uint32_t lane)
{
    NS_ABORT_MSG_IF(lane >= m_holds.size(),
                    "LinkFaultLedger: lane " << lane << " of " << m_holds.size());
    return m_holds[lane]++ == 0;
}

bool
LinkFaultLedger::Lighten(uint32_t lane)
{
    NS_ABORT_MSG_UNLESS(IsDark(lane), "LinkFaultLedger: no fault holds lane " << lane << " dark");
    return --m_holds[lane] == 0;
}

bool
LinkFaultLedger::IsDark(uint32_t lane) const
{
    return lane < m_holds.size() && m_holds[lane] > 0;
}

uint32_t
LinkFaultLedger::GetDarkLanes() const
{
    const auto dark =
        std::count_if(m_holds.begin(), m_holds.end(), [](uint32_t holds) { return holds > 0; });
    return static_cast<uint32_t>(dark);
}

uint32_t
LinkFaultLedger::GetLanes() const
{
    return static_cast<uint32_t>(m_holds.size());
}

} // namespace opticalfabric
} // namespace ns3
