/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BOUND_RECORDER_H
#define OPTICAL_FABRIC_BOUND_RECORDER_H

#include "ns3/collective-bound.h"
#include "ns3/fabric-network.h"
#include "ns3/workload-runner.h"

#include <cstdint>
#include <deque>
#include <map>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Finds lower bounds on the times of collectives, on the network as it is before they run.
 *
 * What was a bound then is none any more once a link comes up that was down, or gets faster than it
 * was; it is withdrawn. Must be detached, or go away, before network and runners do.
 */
class BoundRecorder
{
  public:
    BoundRecorder() = default;
    ~BoundRecorder();

    BoundRecorder(const BoundRecorder&) = delete;
    BoundRecorder& operator=(const BoundRecorder&) = delete;

    /**
     * Look at a runner's collectives and at the network they are to run on; an engine without a
     * FabricNetwork has no bounds.
     * @param runner has all its collectives, and has not been started
     */
    void Watch(const Ptr<WorkloadRunner>& runner);

    /**
     * @param runner a runner
     * @param collective index of a collective in it
     * @param iteration from 0; MoE traffic, and so its bound, differs between them
     * @return the bound; none if the runner was not watched, or it was withdrawn
     */
    CollectiveBound Get(const WorkloadRunner& runner,
                        uint32_t collective,
                        uint32_t iteration) const;

    /// Listen no more. Bounds stay.
    void Detach();

  private:
    /// A link as it was.
    struct WatchedLink
    {
        LinkState states[2];       ///< by direction
        bool* isImproved{nullptr}; ///< set when it becomes better than that
    };

    /// A network.
    struct WatchedNetwork
    {
        Ptr<FabricNetwork> network;    ///< the network
        std::deque<WatchedLink> links; ///< by number
        bool isImproved{false};        ///< a link has become better than it was
    };

    /// A collective.
    struct Entry
    {
        BoundInputs inputs;                  ///< network and group, for MoE
        std::vector<CollectiveBound> bounds; ///< by iteration for MoE, else one for all
    };

    /// A runner.
    struct WatchedRunner
    {
        Ptr<WorkloadRunner> runner;             ///< the runner
        const WatchedNetwork* network{nullptr}; ///< what it runs on
        std::vector<Entry> entries;             ///< by collective
    };

    /**
     * @param network a network
     * @return it, watched
     */
    WatchedNetwork& WatchNetwork(const Ptr<FabricNetwork>& network);

    /**
     * @param watched a link
     * @param direction which direction changed
     * @param state its state
     */
    static void OnState(WatchedLink* watched, uint32_t direction, const LinkState& state);

    /**
     * @param watched a runner
     * @param collective index of the collective
     * @param iteration from 0
     * @param traffic what the iteration sends
     */
    static void OnMoeTraffic(WatchedRunner* watched,
                             uint32_t collective,
                             uint32_t iteration,
                             const MoeTraffic& traffic);

    std::deque<WatchedNetwork> m_networks; ///< networks
    std::deque<WatchedRunner> m_runners;   ///< runners
    bool m_isDetached{false};              ///< it listens no more
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BOUND_RECORDER_H */
