/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MOE_TRAFFIC_SOURCE_H
#define OPTICAL_FABRIC_MOE_TRAFFIC_SOURCE_H

#include "ns3/moe-traffic.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <deque>
#include <memory>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Draws the traffic matrix of each iteration once, from a random stream of its own, for all
 * ranks of all collectives that share it.
 *
 * Matrices are drawn in the order of the iterations, so the matrix of an iteration depends on seed,
 * run, stream and parameters alone, and not on who comes first.
 */
class MoeTrafficSource
{
  public:
    /**
     * @param ranks number of ranks
     * @param routing what decides the traffic; has been checked
     */
    MoeTrafficSource(uint32_t ranks, const MoeRouting& routing);

    /**
     * One more collective takes every iteration's matrix, once per rank.
     */
    void AddUser();

    /**
     * @param iteration from 0; by one user and rank in ascending order
     * @return the iteration's matrix
     */
    std::shared_ptr<const MoeTraffic> Take(uint32_t iteration);

    /**
     * @param stream random stream
     * @return number of streams used
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * @param ranks number of ranks
     * @param routing what decides the traffic
     * @return whether matrices of this source are what is asked for
     */
    bool Fits(uint32_t ranks, const MoeRouting& routing) const;

  private:
    /// A matrix that is not yet taken by all.
    struct Drawn
    {
        std::shared_ptr<const MoeTraffic> traffic; ///< the matrix
        uint64_t left;                             ///< times it will still be taken
    };

    const uint32_t m_ranks;               ///< number of ranks
    const MoeRouting m_routing;           ///< what decides the traffic
    Ptr<UniformRandomVariable> m_uniform; ///< source of chance
    uint64_t m_users{0};                  ///< collectives that take matrices
    uint32_t m_first{0};                  ///< iteration of the first matrix kept
    std::deque<Drawn> m_drawn;            ///< matrices from m_first on
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MOE_TRAFFIC_SOURCE_H */
