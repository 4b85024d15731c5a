/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_DEGRADATION_H
#define OPTICAL_FABRIC_FLOW_DEGRADATION_H

#include "ns3/built-fabric.h"
#include "ns3/degradation-model.h"
#include "ns3/fabric-fault-targets.h"
#include "ns3/fault-sampler.h"
#include "ns3/fault-tolerance.h"
#include "ns3/flow-topology.h"
#include "ns3/interchangeable-parts.h"
#include "ns3/link-loss.h"
#include "ns3/spray-times.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The job on a built fabric.
 */
struct FlowJob
{
    /// Share of the job's time, on the whole fabric, that it waits for communication in the first
    /// network, which is bound by bandwidth; 0 to 1.
    double communicationShare{1};
    /// Loss that a link bears without errors, dB, 0 to 100; above that it is down. Without one,
    /// what the budget of the fabric's own links leaves (GetLeastMarginDb).
    std::optional<double> marginDb{};
    /// What communication is: equal transfers between all pairs of accelerators, which is an
    /// all-to-all, and so a reduce-scatter or an all-gather that everyone has with everyone, and an
    /// all-reduce of the two; between pairs without a common switch alone; or around a ring.
    SprayTimes::Pattern pattern{SprayTimes::ALL_PAIRS};
    /// With pathBorrowing: how often pairs look for planes that have more left, 1 to 10,000; each
    /// time costs as much as the first.
    uint32_t borrowingRounds{1};
};

/**
 * @ingroup optical-fabric
 * @brief What a built fabric that is degraded is good for, from max-min fair rates on its graph.
 *
 * The job's communication is the transfers of FlowJob::pattern, among all accelerators that work
 * and reach each other, all at once; each accelerator sends as much as ever. A link has the rate
 * that GetLinkLoss leaves to it, or to the switch at its end that has lost more, in both
 * directions. Paths are the shortest ones that are left, and shares of traffic on them are those of
 * FlowEngine with the routing of the network, Spray or Adaptive. With t(p) the time that this takes
 * if plane p carries all of it (SprayTimes), and P planes, which carry the same as long as all is
 * whole, the time T of the communication is
 *  - without pathBorrowing and subPlaneLoss the largest t(p) / P: all planes carry the same;
 *  - with subPlaneLoss the least over k of the k-th least t(p) / k: the k best planes stay in use;
 *  - with pathBorrowing the least of that, of 1 / sum of 1 / t(p), where all accelerators give each
 *    plane as much as it can take, and of SprayTimes::Times::spreadPs, where each pair does. These
 *    are ways in which it can be done, so the fabric may be able to do better, but not worse. With
 *    borrowingRounds above 1, that many rounds of SprayTimes::Times::spreadPs alone: pairs whose
 *    ways differ from plane to plane borrow, all others do not. That is what FlowEngine does; with
 *    one fault it takes that long, with several up to a tenth longer, as parts of its flows take
 *    over from each other as they end.
 *
 * Then, with f the communicationShare, speed is 1 / (1 - f + f * T / T of the whole fabric), at
 * most 1; and 0 if no two accelerators reach each other, or some pair has a way in no plane that is
 * in use.
 *
 * Accelerators that work, but are not among the most that reach each other, are unreachable. The
 * model does not know which accelerators are spares: those take part in the communication. That
 * accelerators do not work, slows nothing by itself.
 *
 * Degraded components that count are links and switch chips of the first network and its
 * accelerators (kind npu); of other kinds what they take along does, so the inventory has to say
 * that (FaultInventorySpec::takesAlong).
 *
 * A signature is an image of what is degraded under an automorphism of the whole fabric
 * (InterchangeableParts), and the verdict is worked out from the signature alone. So states with
 * the same signature have the same verdict, to the bit. States that are images of each other have
 * the same signature if there are few faults; else they may be assessed more than once. Around a
 * ring accelerators are not alike, and a signature is the state itself.
 *
 * The fabric itself is only read, and only by the constructor. Several threads may call.
 */
class FlowDegradation : public DegradationModel
{
  public:
    /**
     * @param fabric the fabric, whole
     * @param targets its components
     * @param inventory what can fail of it; nothing of it is kept
     * @param job the job
     * @param tolerance what is done about faults
     * @throw std::invalid_argument if a parameter is out of range; if the inventory has links,
     *        switch chips or accelerators that the fabric has not; or if this cannot work out what
     *        the fabric does: routing that keeps pairs to one path, accelerators that have more to
     *        one plane than to another, parallel links that differ, no transfers at all
     */
    FlowDegradation(const BuiltFabric& fabric,
                    const FabricFaultTargets& targets,
                    const FaultInventory& inventory,
                    const FlowJob& job,
                    const FaultTolerance& tolerance);

    /// Links, switch_chips and npus must be as many as in the inventory.
    void CheckCounts(const std::vector<uint32_t>& counts) const override;
    /// Nothing if no link or switch of the first network is degraded. Else triples: two vertices of
    /// a link, or one and PartMark::NONE, and what it has lost in 1/WHOLE_LINK, or DEAD.
    StateSignature Describe(const std::vector<DegradedComponent>& degraded) const override;
    FabricVerdict Assess(const std::vector<DegradedComponent>& degraded,
                         const StateSignature& signature) const override;
    std::string Explain(const StateSignature& signature) const override;
    bool RetriesPaths() const override;

    /// @return planes that accelerators have links to
    uint32_t GetNPlanes() const;
    /// @return accelerators
    uint32_t GetNAccelerators() const;

    static constexpr uint32_t DEAD = 1U << 16; ///< in signatures: an accelerator that does not work

  private:
    /// A link of the inventory.
    struct Link
    {
        uint32_t one{PartMark::NONE};   ///< vertex; NONE: of another network
        uint32_t other{PartMark::NONE}; ///< vertex at the far end
        LinkLimits limits{};            ///< what it bears
    };

    /// A degraded state, as SprayTimes has it.
    struct State
    {
        std::vector<double> capacities;     ///< by directed link, byte/ps
        std::vector<uint32_t> accelerators; ///< endpoints that work, in rising order
    };

    /**
     * @param fabric the fabric
     * @param targets its components
     * @param inventory what can fail
     */
    void ResolveInventory(const BuiltFabric& fabric,
                          const FabricFaultTargets& targets,
                          const FaultInventory& inventory);
    /// @brief Refuse a fabric that this cannot work out; finds planes.
    void CheckFabric();
    /**
     * @param signature a signature
     * @return the state it says
     */
    State Unfold(const StateSignature& signature) const;
    /**
     * @param accelerators those that communicate
     * @param capacities by directed link, byte/ps
     * @return how long it takes, per byte that each sends, ps
     */
    double GetTimePs(const std::vector<uint32_t>& accelerators,
                     const std::vector<double>& capacities) const;
    /**
     * @param times how long it takes, by plane and spread
     * @return how long it takes with what is done about faults, ps
     */
    double Combine(const SprayTimes::Times& times) const;

    FlowJob m_job;                          ///< the job
    FaultTolerance m_tolerance;             ///< what is done about faults
    FlowTopology m_topology;                ///< the first network
    std::vector<std::string> m_names;       ///< of its vertices
    std::vector<uint32_t> m_endpointOf;     ///< endpoint by vertex, or PartMark::NONE
    std::vector<uint32_t> m_all;            ///< endpoints that are accelerators, in rising order
    SprayTimes m_times;                     ///< how long transfers take
    std::vector<uint32_t> m_planes;         ///< planes that accelerators have links to
    std::vector<Link> m_links;              ///< by index in the inventory
    std::vector<uint32_t> m_chips;          ///< vertex by index in the inventory, or PartMark::NONE
    std::vector<uint32_t> m_npus;           ///< likewise
    std::vector<LinkLimits> m_limitsOfChip; ///< by vertex: what links of a switch bear
    std::unique_ptr<InterchangeableParts> m_parts; ///< what changes places
    double m_wholeTimePs{0};                       ///< T of the whole fabric, ps
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_DEGRADATION_H */
