/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_SENDERS_H
#define OPTICAL_FABRIC_FLOW_SENDERS_H

#include "ns3/flow-routes.h"
#include "ns3/transfer-symmetry.h"

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Finds out which flows end together where every rank sends to every other at the same time,
 * and so who has sent something to the ranks that act when a flow of another such rank ends.
 *
 * A class has the flows from one orbit of ranks to another whose paths use the same orbits of links
 * and are as late. With every flow it has all its images. Flows of a class are limited by the same
 * links, so all have the same rate, and end and arrive at the same time. Of a class F from orbit A
 * to orbit B the rank that acts for A sends |F| / |A| flows, and the one that acts for B receives
 * |F| / |B|: the first are made to bring the second.
 */
class FlowSenders
{
  public:
    /**
     * @param routes paths
     * @param linkOrbits orbit by directed link
     */
    FlowSenders(FlowRoutes& routes, const std::vector<uint32_t>& linkOrbits);

    /**
     * @param ranks symmetry with its orbits; senders are added
     * @return false if there is a pair without a path, or one that goes by parts over ports of
     *         unequal rate, or the numbers do not agree
     */
    bool Find(TransferSymmetry& ranks);

  private:
    /// Orbits of source and destination, orbits of links, latency, ports, and four times, which are
    /// found by way of roundings, by number.
    using Key = std::tuple<uint32_t,
                           uint32_t,
                           uint32_t,
                           uint64_t,
                           uint32_t,
                           uint32_t,
                           uint32_t,
                           uint32_t,
                           uint32_t>;

    /// Flows of a class.
    struct Members
    {
        std::vector<uint32_t> destinations; ///< of the rank that acts for the senders
        std::vector<uint32_t> sources;      ///< of what the rank that acts for the receivers gets
    };

    /**
     * @param ranks symmetry with its orbits
     * @param from rank
     * @param to another rank
     * @return class of the flow; null if it has no path
     */
    Members* GetClass(const TransferSymmetry& ranks, uint32_t from, uint32_t to);
    /// @param time a time @return its number; times that differ by roundings have the same
    uint32_t GetNumber(double time);

    FlowRoutes& m_routes;                              ///< paths
    const std::vector<uint32_t>& m_linkOrbits;         ///< orbit by directed link
    FlowPath m_path;                                   ///< path found last
    std::vector<uint32_t> m_used;                      ///< orbits of its links
    std::map<std::vector<uint32_t>, uint32_t> m_lists; ///< number by orbits of links
    std::map<double, uint32_t> m_times;                ///< number by time
    std::map<Key, Members> m_classes;                  ///< classes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_SENDERS_H */
