/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MOE_TRAFFIC_H
#define OPTICAL_FABRIC_MOE_TRAFFIC_H

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What decides a mixture-of-experts layer's traffic matrix.
 *
 * The defaults are a decode step of DeepSeek-V3: 128 tokens per rank, 8 of 256 routed experts
 * (the batch and layer of arXiv:2506.12708, Table 6).
 */
struct MoeRouting
{
    uint32_t tokensPerRank{128}; ///< tokens each rank has, at least 1
    uint32_t topK{8};            ///< distinct experts each token picks, 1 .. experts
    uint32_t experts{256};       ///< routed experts, at least 1
    double zipfSkew{0.0}; ///< popularity of the i-th expert ~ i^-skew; 0 = uniform, at most 10
};

/**
 * @ingroup optical-fabric
 * @brief How many token copies go from rank to rank in one pass through an MoE layer.
 *
 * Expert e lives on rank floor(e * ranks / experts): blocks of neighbors where there are more
 * experts than ranks, every so many ranks where there are fewer. Which experts are popular is drawn
 * anew for every matrix ("changes every iteration": MixNet, SIGCOMM 2025, section 3). A token that
 * picks two experts on one rank sends two copies.
 */
class MoeTraffic
{
  public:
    static constexpr uint32_t MAX_RANKS = 8192; ///< the matrix is kept whole: 4 bytes a pair

    /**
     * Draw a matrix. The caller has checked the parameters.
     *
     * @param ranks number of ranks, 1 .. MAX_RANKS
     * @param routing what decides the traffic
     * @param uniform source of random numbers, uniform in [0, 1)
     */
    MoeTraffic(uint32_t ranks, const MoeRouting& routing, const std::function<double()>& uniform);

    /// @return number of ranks
    uint32_t GetNRanks() const;

    /**
     * @param source rank whose tokens they are
     * @param destination rank of the experts
     * @return token copies, those that stay on their rank included
     */
    uint32_t GetCopies(uint32_t source, uint32_t destination) const;

    /**
     * @param expert 0 .. experts - 1
     * @return token copies that it gets from all ranks
     */
    uint64_t GetExpertLoad(uint32_t expert) const;

    /**
     * @param expert 0 .. experts - 1
     * @param experts number of experts
     * @param ranks number of ranks
     * @return the rank it lives on
     */
    static uint32_t GetHome(uint32_t expert, uint32_t experts, uint32_t ranks);

  private:
    const uint32_t m_ranks;         ///< number of ranks
    std::vector<uint32_t> m_copies; ///< by source, then destination
    std::vector<uint64_t> m_loads;  ///< by expert
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MOE_TRAFFIC_H */
