/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_USE_COUNTER_H
#define OPTICAL_FABRIC_LINK_USE_COUNTER_H

#include "ns3/built-fabric.h"
#include "ns3/route-classes.h"
#include "ns3/run-results.h"
#include "ns3/workload-runner.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Counts what each collective puts on the links of a fabric, by network and link group.
 *
 * Of a collective that has a network to itself, that is what the network's ports have counted. Of
 * one that shares it with others, each transfer that has arrived counts on the links of a shortest
 * path of the fabric with all its links, whatever its routing: networks of tiers have only shortest
 * paths with the same groups of links on them.
 */
class LinkUseCounter
{
  public:
    /**
     * @param fabric the fabric; outlives this
     */
    explicit LinkUseCounter(const BuiltFabric& fabric);
    ~LinkUseCounter();

    LinkUseCounter(const LinkUseCounter&) = delete;
    LinkUseCounter& operator=(const LinkUseCounter&) = delete;

    /**
     * @param runners what is going to run, all of it: not started, and with all its collectives
     */
    void Watch(const std::vector<Ptr<WorkloadRunner>>& runners);

    /// Listen no more.
    void Detach();

    /**
     * @param runner a runner
     * @param index index of a collective in it
     * @param totalS time of its executions together, s
     * @return what it has put on links; empty if nobody watched it
     */
    std::vector<LinkUseRecord> Collect(const WorkloadRunner& runner,
                                       uint32_t index,
                                       double totalS) const;

    /**
     * @param group a group of links
     * @return it for results
     */
    static LinkGroupRecord MakeRecord(const LinkGroup& group);

  private:
    using Counts = std::vector<uint64_t>; ///< one for each link group of a network

    /// Endpoints that are attached alike, to the same switches by links of the same groups.
    struct Ends
    {
        uint32_t routeClass{0};        ///< their class, which may have others
        std::vector<uint32_t> members; ///< vertices of the first two of them
    };

    /// The groups of links that paths of a network cross.
    struct Paths
    {
        RouteGraph graph;                         ///< the network with all its links
        std::unique_ptr<RouteClasses> classes;    ///< its endpoints
        std::size_t groups{0};                    ///< link groups of the network
        std::vector<Ends> ends;                   ///< endpoints, those attached alike together
        std::vector<uint32_t> endsOf;             ///< their number by endpoint
        std::vector<std::vector<uint16_t>> links; ///< link group by vertex and port
        std::vector<Counts> kinds;                ///< links crossed by group, by kind of path
        std::map<Counts, uint32_t> numbers;       ///< kind by links crossed
        std::vector<std::vector<uint32_t>> ways;  ///< kind by ends of destination and source
    };

    /// A runner.
    struct Watched
    {
        LinkUseCounter* counter{nullptr}; ///< who counts
        Ptr<WorkloadRunner> runner;       ///< the runner
        uint32_t network{0};              ///< index of its network
        bool isAlone{false};              ///< one collective, and no other runner on the network
        std::vector<Counts> bytes;        ///< by collective and kind of path
    };

    /**
     * @param watched the runner
     * @param transfer a transfer of it that has arrived
     * @param failedBytes payload of it that was lost
     */
    static void OnReceived(Watched* watched, const Transfer& transfer, uint64_t failedBytes);

    /// @param network index of a network; its paths are made ready
    void Prepare(uint32_t network);

    /**
     * @param paths paths of a network
     * @param source vertex
     * @param destination another vertex
     * @param distances hops from each vertex to the class of the destination
     * @return links crossed on a shortest way, by group; none if there is no way
     */
    static Counts Walk(const Paths& paths,
                       uint32_t source,
                       uint32_t destination,
                       const std::vector<uint16_t>& distances);

    /**
     * @param paths paths of a network
     * @param source endpoint
     * @param destination another endpoint
     * @return which kind of path leads there
     */
    static uint32_t FindKind(Paths& paths, uint32_t source, uint32_t destination);

    /**
     * @param network index of a network
     * @return what its ports have sent, by link group
     */
    Counts CountPorts(uint32_t network) const;

    /**
     * @param network index of a network
     * @return link group by link
     */
    std::vector<uint16_t> FindGroups(uint32_t network) const;

    const BuiltFabric& m_fabric;       ///< the fabric
    std::map<uint32_t, Paths> m_paths; ///< by network, of those that several collectives share
    std::deque<Watched> m_watched;     ///< runners
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_USE_COUNTER_H */
