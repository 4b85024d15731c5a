/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_TWO_TIER_H
#define OPTICAL_FABRIC_FABRIC_TWO_TIER_H

#include "ns3/built-fabric.h"
#include "ns3/degradation-model.h"
#include "ns3/fabric-fault-targets.h"
#include "ns3/fault-sampler.h"
#include "ns3/fault-tolerance.h"
#include "ns3/two-tier-degradation.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief TwoTierDegradation for a built fabric: the shape is read from the graph of its first
 * network, and components are those of an inventory of that fabric.
 */
class FabricTwoTier : public DegradationModel
{
  public:
    /**
     * @param fabric the fabric
     * @param targets its components
     * @param inventory what can fail of it; nothing of it is kept
     * @param job the job
     * @param tolerance what is done about faults
     * @throw std::invalid_argument if the first network is no TwoTierShape: nodes with as many
     *        accelerators (kind npu) each, which have links to a first-tier switch in every plane,
     *        and that has one link to every second-tier switch of its plane, all alike; or if the
     *        inventory is not one of this fabric
     */
    FabricTwoTier(const BuiltFabric& fabric,
                  const FabricFaultTargets& targets,
                  const FaultInventory& inventory,
                  const TwoTierJob& job,
                  const FaultTolerance& tolerance);

    /// Links, switch_chips and npus must be as many as in the inventory.
    void CheckCounts(const std::vector<uint32_t>& counts) const override;
    StateSignature Describe(const std::vector<DegradedComponent>& degraded) const override;
    FabricVerdict Assess(const std::vector<DegradedComponent>& degraded,
                         const StateSignature& signature) const override;
    std::string Explain(const StateSignature& signature) const override;
    bool RetriesPaths() const override;

    /// @return the shape; linksPerModule is 1, as modules take their links along by themselves
    const TwoTierShape& GetShape() const;

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no such component in the closed form

    /// Numbers in the closed form, by index in the inventory, by kind.
    using Numbers = std::array<std::vector<uint32_t>, ComponentKind::COUNT>;

    /// A shape, and what is where in it.
    struct Plan
    {
        TwoTierShape shape; ///< the shape
        Numbers numbers;    ///< of components
    };

    /// @param plan what was found @param job the job @param tolerance what is done about faults
    FabricTwoTier(Plan plan, const TwoTierJob& job, const FaultTolerance& tolerance);
    /**
     * @param fabric the fabric
     * @param targets its components
     * @param inventory what can fail of it
     * @return what was found
     */
    static Plan Survey(const BuiltFabric& fabric,
                       const FabricFaultTargets& targets,
                       const FaultInventory& inventory);

    /**
     * @param job the job
     * @param fabric the fabric
     * @param targets its components
     * @return the job with what links of the fabric bear, as far as it does not say that
     */
    static TwoTierJob AddLimits(const TwoTierJob& job,
                                const BuiltFabric& fabric,
                                const FabricFaultTargets& targets);

    Plan m_plan;                ///< what was found
    TwoTierDegradation m_model; ///< the closed form
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_TWO_TIER_H */
