/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_POWER_TRACE_H
#define OPTICAL_FABRIC_POWER_TRACE_H

#include "ns3/energy-ledger.h"

#include <array>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Mean power of one step of time, by class.
 */
struct PowerSample
{
    uint64_t fromPs{0};                                ///< begin, ps
    uint64_t toPs{0};                                  ///< end, ps, later than the begin
    std::array<double, PartClass::COUNT> classMeanW{}; ///< mean power of each class, W
    double meanW{0};                                   ///< mean power of all items, W
};

/**
 * @ingroup optical-fabric
 * @brief Power over time, in steps: each sample is the energy of its step over the step's length.
 *
 * So samples miss nothing that happens within a step, and their sum is the energy, whatever the
 * step. Call CatchUp before each change of the ledger: what a ledger was before a change it does
 * not know afterwards.
 */
class PowerTrace
{
  public:
    /**
     * @param ledger what is sampled; must outlive this
     * @param beginPs where the first step begins, ps, not before any change of the ledger; throws
     *                std::invalid_argument otherwise
     * @param stepPs length of a step, ps, at least 1; throws std::invalid_argument otherwise
     */
    PowerTrace(const EnergyLedger& ledger, uint64_t beginPs, uint64_t stepPs);

    /**
     * Take the samples of all steps that have ended.
     * @param atPs time, ps; if it is later than a step's end, no item may have changed after that
     *             end: throws std::invalid_argument otherwise
     */
    void CatchUp(uint64_t atPs);
    /**
     * As CatchUp, and take a last sample of the step that is under way, cut short. The trace goes
     * on from there with a whole step.
     * @param atPs time, ps, not before the last sample's end; throws std::invalid_argument
     * otherwise
     */
    void Finish(uint64_t atPs);
    /// @return the samples, each beginning where the last one ends
    const std::vector<PowerSample>& GetSamples() const;

  private:
    /// Energies from time 0, J: of each class, then of all.
    using Energies = std::array<double, PartClass::COUNT + 1>;

    /**
     * @param atPs time, ps
     * @return energies then
     */
    Energies Read(uint64_t atPs) const;
    /// @param toPs end of the sample to take, ps
    void Take(uint64_t toPs);

    const EnergyLedger& m_ledger;       ///< what is sampled
    uint64_t m_stepPs;                  ///< length of a step, ps
    uint64_t m_fromPs;                  ///< begin of the step under way, ps
    Energies m_fromJ;                   ///< energies then
    std::vector<PowerSample> m_samples; ///< samples so far
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_POWER_TRACE_H */
