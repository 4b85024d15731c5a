/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-meter.h"

#include "ns3/parameter-check.h"

#include <limits>

namespace ns3
{
namespace opticalfabric
{

template <typename CLOCK>
void
PowerIntegral<CLOCK>::RequireOrder(Point at) const
{
    if (!(at >= m_last && at <= std::numeric_limits<Point>::max()))
    {
        ParameterCheck("energy meter")
            .Require(false,
                     "at",
                     at,
                     "not before the last change, at " + std::to_string(m_last) + ", and finite");
    }
}

template <typename CLOCK>
void
PowerIntegral<CLOCK>::SetPower(Point at, double powerW)
{
    RequireOrder(at);
    ParameterCheck("energy meter")
        .RequireBetween("powerW", powerW, 0, std::numeric_limits<double>::max());
    m_energy.Add(m_powerW * CLOCK::GetSeconds(m_last, at));
    m_last = at;
    m_powerW = powerW;
}

template <typename CLOCK>
void
PowerIntegral<CLOCK>::AddEnergy(Point at, double energyJ)
{
    RequireOrder(at);
    ParameterCheck("energy meter")
        .RequireBetween("energyJ", energyJ, 0, std::numeric_limits<double>::max());
    SetPower(at, m_powerW);
    m_energy.Add(energyJ);
}

template <typename CLOCK>
double
PowerIntegral<CLOCK>::GetEnergyJ(Point at) const
{
    RequireOrder(at);
    CompensatedSum energy = m_energy;
    energy.Add(m_powerW * CLOCK::GetSeconds(m_last, at));
    return energy.Get();
}

template class PowerIntegral<PicosecondClock>;
template class PowerIntegral<HourClock>;

} // namespace opticalfabric
} // namespace ns3
