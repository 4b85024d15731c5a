/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TWO_TIER_DEGRADATION_H
#define OPTICAL_FABRIC_TWO_TIER_DEGRADATION_H

#include "ns3/degradation-model.h"
#include "ns3/failure-mode.h"
#include "ns3/fault-sampler.h"
#include "ns3/fault-tolerance.h"
#include "ns3/link-loss.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A fabric of planes, as CloudMatrix384 has it: every node has one first-tier chip (L1) in
 * each plane, and that has one link to each second-tier chip (L2) of its plane. Accelerators reach
 * all L1 chips of their node.
 *
 * Defaults are those of CloudMatrix384: arXiv 2506.12708, section 3.3.3; lanes and links of a
 * module follow from counts of modules and fibres.
 *
 * Components are numbered as follows; a module at either end carries linksPerModule links that
 * follow each other at its chip.
 *  - L1 chip of plane p of node n: switch_chip n * planes + p
 *  - L2 chip c of plane p: switch_chip nodes * planes + p * chips + c
 *  - link of node n to L2 chip c of plane p: link (n * planes + p) * chips + c
 *  - accelerator i of node n: npu n * npusPerNode + i
 */
struct TwoTierShape
{
    uint32_t nodes{48};         ///< nodes, 2 to 100000
    uint32_t planes{7};         ///< planes, 1 to 1000
    uint32_t chips{16};         ///< L2 chips of a plane, 1 to 1000
    uint32_t npusPerNode{8};    ///< accelerators of a node, 1 to 1000
    uint32_t lanesPerLink{4};   ///< lanes of a link in one direction, 1 to 64
    uint32_t linksPerModule{2}; ///< links of a module, 1 to 64, a divisor of chips and of nodes

    /// Refuse what cannot be: throws std::invalid_argument with field, value and what is allowed;
    /// more than 100 million links are refused too.
    void Validate() const;
    /// @return how many links there are
    uint32_t GetLinkCount() const;
};

/**
 * @ingroup optical-fabric
 * @brief Put the components of such a fabric into an inventory: npu, link, module (with its links
 * as dependents) and switch_chip, all new, numbered as TwoTierShape has it.
 * @param shape the fabric
 * @param temperatureC temperature of all of them, degrees Celsius, -40 to 150; without one each
 * mode is at its reference temperature
 * @param inventory where they go; must have none of these yet
 * @throw std::invalid_argument if a parameter is out of range
 */
void AddTwoTierComponents(const TwoTierShape& shape,
                          const std::optional<double>& temperatureC,
                          FaultInventory& inventory);

/**
 * @ingroup optical-fabric
 * @brief The job on such a fabric.
 */
struct TwoTierJob
{
    /// Share of the job's time, on the whole fabric, that it waits for communication between nodes,
    /// which is bound by bandwidth and even among all pairs of nodes; 0 to 1.
    double communicationShare{1};
    /// Loss that a link bears without errors, dB, 0 to 100; above that it is down. Without one,
    /// FabricTwoTier takes what the budget of the fabric's own links leaves (GetLeastMarginDb); a
    /// shape has no links to ask, and any loss takes one down.
    std::optional<double> marginDb{};
    /// See LinkLimits, 0 to 1e9. Without one, FabricTwoTier asks the fabric's links
    /// (GetFramesInFlight); a shape has selective repeat.
    std::optional<double> framesInFlight{};
};

/**
 * @ingroup optical-fabric
 * @brief The closed form for it.
 *
 * A link keeps the share w of its rate that GetLinkLoss leaves to it, or to the chip at its end
 * that has lost more. With s(n, p) the mean of w over the links of node n in plane p, and
 * traffic even among nodes, the share of bandwidth left is
 *  - with pathBorrowing: min over n of the mean over p of s(n, p);
 *  - else, with P planes and s(p) = min over n of s(n, p), the least of s(p): all planes carry the
 *    same;
 *  - else, with subPlaneLoss: the largest over k of k / P times the k-th largest s(p): the k best
 *    planes stay in use.
 *
 * It is what a cut around the worst node lets through: an upper bound, and exact while the lost
 * links of different nodes are few, because the others can take their traffic to that node over its
 * links that are left, and the rest elsewhere. Two nodes in between which no L2 chip is left end
 * the job, and so does a node that is cut off, unless the job can do without its accelerators: a
 * node without any link does not count above, its accelerators are unreachable. A link's loss is
 * rounded up to 1/1024.
 *
 * Then, with f the communicationShare and b the bandwidth left, speed is 1 / (1 - f + f / b).
 */
class TwoTierDegradation : public DegradationModel
{
  public:
    /**
     * @param shape the fabric
     * @param job the job
     * @param tolerance what is done about faults
     * @throw std::invalid_argument if a parameter is out of range
     */
    TwoTierDegradation(const TwoTierShape& shape,
                       const TwoTierJob& job,
                       const FaultTolerance& tolerance);

    /// Links, switch_chips and npus must be as many as the shape has, or none of them.
    void CheckCounts(const std::vector<uint32_t>& counts) const override;
    /// Nothing if the fabric is whole. Else: 1 if two nodes have lost each other, or 0; unreachable
    /// accelerators; loss of the worst node; loss of the worst node in each plane that lost
    /// something, the largest first. Losses are in 1/1024 of a link.
    StateSignature Describe(const std::vector<DegradedComponent>& degraded) const override;
    FabricVerdict Assess(const std::vector<DegradedComponent>& degraded,
                         const StateSignature& signature) const override;
    std::string Explain(const StateSignature& signature) const override;
    bool RetriesPaths() const override;

  private:
    /// Loss of links of a node by plane * chips + chip, in 1/1024; those not listed are whole.
    using LinkLosses = std::map<uint32_t, uint32_t>;

    /// What is lost of a fabric, in 1/1024 of a link.
    struct Losses
    {
        /// Of L2 chips, each of its links, by plane * chips + chip.
        std::map<uint32_t, uint32_t> chips;
        std::map<uint32_t, LinkLosses> nodes;  ///< links of a node
        std::map<uint32_t, uint32_t> deadNpus; ///< how many of a node do not work
    };

    /**
     * @param degraded what is degraded
     * @return what is lost
     */
    Losses Collect(const std::vector<DegradedComponent>& degraded) const;
    /**
     * @param losses what is lost
     * @param one a node's links
     * @param other another's
     * @param plane a plane
     * @return whether an L2 chip of the plane connects them
     */
    bool IsConnected(const Losses& losses,
                     const LinkLosses& one,
                     const LinkLosses& other,
                     uint32_t plane) const;
    /**
     * @param losses what is lost
     * @param reached links of the nodes that lost some, but not all
     * @param planes losses of planes; one that does not connect two of these nodes gets all
     * @return whether there are two nodes that no plane connects
     */
    bool FindSplits(const Losses& losses,
                    const std::vector<const LinkLosses*>& reached,
                    std::vector<uint32_t>& planes) const;
    /**
     * @param signature a signature
     * @return share of bandwidth left
     */
    double GetBandwidth(const StateSignature& signature) const;

    TwoTierShape m_shape;       ///< the fabric
    TwoTierJob m_job;           ///< the job
    LinkLimits m_limits;        ///< what its links bear
    FaultTolerance m_tolerance; ///< what is done about faults
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TWO_TIER_DEGRADATION_H */
