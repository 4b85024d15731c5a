/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "power-trace.h"

#include "ns3/parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

PowerTrace::PowerTrace(const EnergyLedger& ledger, uint64_t beginPs, uint64_t stepPs)
    : m_ledger(ledger),
      m_stepPs(stepPs),
      m_fromPs(beginPs),
      m_fromJ(Read(beginPs))
{
    ParameterCheck("power trace").Require(stepPs > 0, "stepPs", stepPs, "at least 1");
}

PowerTrace::Energies
PowerTrace::Read(uint64_t atPs) const
{
    Energies energies{};
    CompensatedSum all;
    for (uint8_t part = 0; part < PartClass::COUNT; ++part)
    {
        energies[part] = m_ledger.GetEnergyJ(static_cast<PartClass::Kind>(part), atPs);
        all.Add(energies[part]);
    }
    energies[PartClass::COUNT] = all.Get();
    return energies;
}

void
PowerTrace::Take(uint64_t toPs)
{
    const Energies toJ = Read(toPs);
    const double seconds = PicosecondClock::GetSeconds(m_fromPs, toPs);
    PowerSample sample;
    sample.fromPs = m_fromPs;
    sample.toPs = toPs;
    for (uint8_t part = 0; part < PartClass::COUNT; ++part)
    {
        sample.classMeanW[part] = (toJ[part] - m_fromJ[part]) / seconds;
    }
    sample.meanW = (toJ[PartClass::COUNT] - m_fromJ[PartClass::COUNT]) / seconds;
    m_samples.push_back(sample);
    m_fromPs = toPs;
    m_fromJ = toJ;
}

void
PowerTrace::CatchUp(uint64_t atPs)
{
    // As a difference: the end of the last step may be beyond the end of 64 bits.
    while (atPs > m_fromPs && atPs - m_fromPs >= m_stepPs)
    {
        Take(m_fromPs + m_stepPs);
    }
}

void
PowerTrace::Finish(uint64_t atPs)
{
    ParameterCheck("power trace")
        .Require(atPs >= m_fromPs,
                 "atPs",
                 atPs,
                 "not before the last sample's end, at " + std::to_string(m_fromPs));
    CatchUp(atPs);
    if (atPs > m_fromPs)
    {
        Take(atPs);
    }
}

const std::vector<PowerSample>&
PowerTrace::GetSamples() const
{
    return m_samples;
}

} // namespace opticalfabric
} // namespace ns3
