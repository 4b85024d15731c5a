/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_POWER_POLICY_H
#define OPTICAL_FABRIC_POWER_POLICY_H

#include "ns3/energy-meter.h"
#include "ns3/power-spec.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What a part does to save power.
struct PowerPolicy
{
    /// The policies.
    enum Kind : uint8_t
    {
        ALWAYS_ON,    ///< nothing: idle without traffic, active with it
        SLEEP,        ///< sleeps after some time without traffic, and takes time to wake
        RATE_ADAPTIVE ///< runs at the lowest of some rates that its load fits in
    };
};

/**
 * @ingroup optical-fabric
 * @brief A policy and its numbers. Those of other policies do not matter.
 */
struct PowerPolicySpec
{
    PowerPolicy::Kind kind{PowerPolicy::ALWAYS_ON}; ///< what it does

    uint64_t sleepAfterPs{
        0};                ///< SLEEP: time without traffic before it sleeps, ps, to MAX_POLICY_PS
    uint64_t wakePs{0};    ///< SLEEP: from traffic until it can be carried, ps, to MAX_POLICY_PS
    double wakeEnergyJ{0}; ///< SLEEP: energy of a wake-up beyond idling all the while, J, 0 to 1e6

    /// RATE_ADAPTIVE: the rates, as shares of the full one, above 0, ascending; the last is 1.
    std::vector<double> rateSteps{1};
    uint64_t rateChangePs{
        0}; ///< RATE_ADAPTIVE: time it takes to become faster, ps, to MAX_POLICY_PS
    uint64_t slowAfterPs{0}; ///< RATE_ADAPTIVE: time a lower rate must do before it is taken, ps
    /// RATE_ADAPTIVE in simulations (ModuleRates): time that a load is measured over, ps, to
    /// MAX_POLICY_PS; they need one above 0.
    uint64_t rateEpochPs{0};
    /// RATE_ADAPTIVE in simulations: share of its rate that a module is to use, above 0, below 1.
    double rateTarget{0.5};
    double fixedShare{0}; ///< RATE_ADAPTIVE: share of idle power that no lower rate saves, 0 to 1

    /// Refuse what cannot be: throws std::invalid_argument.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * What a part draws without a load at a lower rate: no less than asleep.
 * @param power what it draws
 * @param fixedShare share of idle power that no lower rate saves, 0 to 1
 * @param rateShare share of the full rate that it runs at, 0 to 1
 * @return power, W
 */
double GetIdlePowerW(const PartPowerSpec& power, double fixedShare, double rateShare);

/// @ingroup optical-fabric
/// @brief Energy that no wake-up takes, J: catches a wrong unit.
constexpr double MAX_WAKE_ENERGY_J = 1e6;

/// @ingroup optical-fabric
/// @brief Longest time of a policy, ps: 11.6 days.
constexpr uint64_t MAX_POLICY_PS = 1000000000000000000;

/**
 * @ingroup optical-fabric
 * @brief A part under a policy: what it draws, and from when on it carries its load.
 *
 * A state machine without a clock of its own. Whoever has one tells it of loads, and may ask when
 * it will next change by itself; all it did by itself is worked out when it is told the time.
 *
 * Traffic that finds it asleep wakes it. While it wakes it draws what it draws idle. It falls
 * asleep sleepAfterPs after the load fell to 0, or, if that was while it woke, after it was awake.
 * A rate that is too low for the load is left after rateChangePs; until then the load is carried
 * only up to that rate. A rate that is needlessly high is left after slowAfterPs, for the one that
 * the load then needs.
 */
class ManagedPart
{
  public:
    /**
     * @param power what the part draws; throws std::invalid_argument if it cannot be
     * @param policy what it does; throws std::invalid_argument if it cannot be
     * @param load share of the full rate that is asked for from time 0 on, 0 to 1; throws
     *             std::invalid_argument otherwise
     * It is on from time 0, at full rate.
     */
    ManagedPart(const PartPowerSpec& power, const PowerPolicySpec& policy, double load = 0);

    /**
     * @param atPs time, ps, not before any time told before; throws std::invalid_argument otherwise
     * @param load share of the full rate that is asked for from then on, 0 to 1; throws
     *             std::invalid_argument otherwise
     * @return time from which it is carried in full, ps; atPs if that is at once
     */
    uint64_t SetLoad(uint64_t atPs, double load);
    /**
     * Let it do what it would have done by itself.
     * @param atPs time, ps, not before any time told before; throws std::invalid_argument otherwise
     */
    void AdvanceTo(uint64_t atPs);

    /// @return state at the time last told; SLEEP while it wakes
    PowerState::Kind GetState() const;
    /// @return true if it wakes
    bool IsWaking() const;
    /// @return share of the full rate that it runs at, 0 to 1; 0 asleep
    double GetRateShare() const;
    /// @return share of the full rate that it carries: the load, as far as its rate allows
    double GetCarriedLoad() const;
    /// @return power at the time last told, W
    double GetPowerW() const;
    /// @return time from which the load is carried in full, ps: the time last told or later
    uint64_t GetAvailablePs() const;
    /// @return time at which it will change by itself, ps; NEVER_PS if it will not
    uint64_t GetNextChangePs() const;
    /// @return energy from time 0 to the time last told, J
    double GetEnergyJ() const;

    static constexpr uint64_t NEVER_PS = UINT64_MAX; ///< no time

  private:
    /// What it will do by itself.
    enum class Plan : uint8_t
    {
        NONE,        ///< nothing
        FALL_ASLEEP, ///< sleep
        WAKE,        ///< be awake
        SLOW_DOWN,   ///< run at a lower rate
        SPEED_UP     ///< run at a higher rate
    };

    /// @param atPs time, ps, that must not be before one told before
    void RequireOrder(uint64_t atPs) const;
    /// Carry out the plan, at its time.
    void CarryOut();
    /// Make the plan that load and state ask for.
    void MakePlan();
    /**
     * @param plan what to do
     * @param delayPs how long from now, ps
     */
    void SetPlan(Plan plan, uint64_t delayPs);
    /// @return the lowest of the rates that the load fits in
    std::size_t GetNeededStep() const;
    /// Tell the meter of the power.
    void Meter();

    PartPowerSpec m_power;       ///< what it draws
    PowerPolicySpec m_policy;    ///< what it does
    uint64_t m_nowPs{0};         ///< time last told, ps
    double m_load{0};            ///< load asked for
    bool m_isAsleep{false};      ///< asleep, or waking
    std::size_t m_step{0};       ///< rate it runs at
    Plan m_plan{Plan::NONE};     ///< what it will do
    uint64_t m_planPs{NEVER_PS}; ///< when, ps
    EnergyMeter m_meter;         ///< its energy
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_POWER_POLICY_H */
