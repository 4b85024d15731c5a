/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_METER_H
#define OPTICAL_FABRIC_ENERGY_METER_H

#include "ns3/compensated-sum.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Time of a simulation: whole picoseconds, as ns-3 counts them here, up to 213 days.
struct PicosecondClock
{
    using Point = uint64_t; ///< a point in time, ps

    /**
     * @param from earlier point
     * @param to later point
     * @return time between them, s
     */
    static double GetSeconds(Point from, Point to)
    {
        return static_cast<double>(to - from) / 1e12;
    }
};

/// @ingroup optical-fabric
/// @brief Time of a campaign over years: hours.
struct HourClock
{
    using Point = double; ///< a point in time, h, finite

    /**
     * @param from earlier point
     * @param to later point
     * @return time between them, s
     */
    static double GetSeconds(Point from, Point to)
    {
        return (to - from) * 3600;
    }
};

/**
 * @ingroup optical-fabric
 * @brief Integrates a power that changes in steps. It does something only when the power changes or
 * the energy is asked for; how often it is asked makes no difference to the energy.
 *
 * It begins with 0 W at time 0. Several changes at one time are allowed; the last one counts.
 * @tparam CLOCK PicosecondClock or HourClock
 */
template <typename CLOCK>
class PowerIntegral
{
  public:
    using Point = typename CLOCK::Point; ///< a point in time

    /**
     * @param at time of the change, not before that of the last one; throws std::invalid_argument
     *           otherwise
     * @param powerW power from then on, W, at least 0 and finite; throws std::invalid_argument
     *               otherwise
     */
    void SetPower(Point at, double powerW);
    /**
     * Energy that comes in no time, such as that of a wake-up.
     * @param at time, not before that of the last change; throws std::invalid_argument otherwise
     * @param energyJ energy, J, at least 0 and finite; throws std::invalid_argument otherwise
     */
    void AddEnergy(Point at, double energyJ);

    /// @return power since the last change, W
    double GetPowerW() const
    {
        return m_powerW;
    }

    /// @return time of the last change
    Point GetLastChange() const
    {
        return m_last;
    }

    /**
     * @param at time, not before that of the last change; throws std::invalid_argument otherwise
     * @return energy from time 0 to then, J
     */
    double GetEnergyJ(Point at) const;

  private:
    /// @param at time that must not be before the last change
    void RequireOrder(Point at) const;

    Point m_last{0};         ///< time of the last change
    double m_powerW{0};      ///< power since then, W
    CompensatedSum m_energy; ///< energy up to then, J
};

extern template class PowerIntegral<PicosecondClock>;
extern template class PowerIntegral<HourClock>;

/// @ingroup optical-fabric
/// @brief Energy of one item in a simulation; times in ps.
using EnergyMeter = PowerIntegral<PicosecondClock>;

/// @ingroup optical-fabric
/// @brief Energy of one item over a campaign of years; times in h.
using CampaignEnergyMeter = PowerIntegral<HourClock>;

/// @ingroup optical-fabric
/// @brief Joules of a kilowatt-hour.
constexpr double JOULES_PER_KWH = 3.6e6;

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENERGY_METER_H */
