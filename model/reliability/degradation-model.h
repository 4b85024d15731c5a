/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_DEGRADATION_MODEL_H
#define OPTICAL_FABRIC_DEGRADATION_MODEL_H

#include "ns3/component-kind.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A component that does not do all it should, for all the faults together that hit it or
 * what carries it.
 */
struct DegradedComponent
{
    ComponentKind::Kind kind{ComponentKind::LINK}; ///< kind
    uint32_t index{0};                             ///< place among its kind in the inventory
    bool isDown{false};                            ///< whether nothing goes through it
    uint32_t lanesLost{0};                         ///< lanes that are dark
    double lossDb{0};                              ///< by how much light is weaker, dB
    double lostFrames{0}; ///< share of frames that vanish or arrive damaged, 0 to 1
    double rateLost{0};   ///< share of the rate that is gone, 0 to 1
};

/**
 * @ingroup optical-fabric
 * @brief What matters of a degraded fabric, as numbers: states that differ only by how equal parts
 * are numbered have the same. Empty: the fabric is whole.
 */
using StateSignature = std::vector<uint32_t>;

/**
 * @ingroup optical-fabric
 * @brief What a degraded fabric is good for.
 */
struct FabricVerdict
{
    /// Speed of the job over its speed on the whole fabric, 0 (it cannot run) to 1.
    double speed{1};
    /// Accelerators that work, but that the others cannot reach.
    uint32_t unreachable{0};
};

/**
 * @ingroup optical-fabric
 * @brief How much a degraded fabric slows a job: a closed form, or a simulation. Whoever has a
 * fabric derives from it.
 *
 * A campaign asks for the signature of each state it comes to, and for the verdict of each
 * signature once. Several threads call at the same time.
 */
class DegradationModel
{
  public:
    virtual ~DegradationModel() = default;

    /**
     * @brief Refuse an inventory whose components this fabric does not have.
     * @param counts components of each kind, by ComponentKind::Kind
     * @throw std::invalid_argument with kind, count and what is allowed
     */
    virtual void CheckCounts(const std::vector<uint32_t>& counts) const = 0;
    /**
     * @param degraded what is degraded, by kind and then by index, each once
     * @return the signature; states with the same signature must have the same verdict
     */
    virtual StateSignature Describe(const std::vector<DegradedComponent>& degraded) const = 0;
    /**
     * @param degraded a state, as for Describe
     * @param signature its signature
     * @return what the fabric is good for; the same for whatever state of that signature
     */
    virtual FabricVerdict Assess(const std::vector<DegradedComponent>& degraded,
                                 const StateSignature& signature) const = 0;
    /**
     * @param signature a signature
     * @return it in words, for reports
     */
    virtual std::string Explain(const StateSignature& signature) const = 0;
    /// @return whether a fault of a path alone leaves the job running, as long as there is another
    ///         path (FaultTolerance::retry, of models that have one); else each one interrupts it
    virtual bool RetriesPaths() const = 0;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_DEGRADATION_MODEL_H */
