/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BUILT_FABRIC_H
#define OPTICAL_FABRIC_BUILT_FABRIC_H

#include "ns3/circuit-layer.h"
#include "ns3/fabric-network.h"
#include "ns3/fabric-parts.h"
#include "ns3/optical-plant.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Links of a network that join the same tiers, over the same medium, at the same rate.
 *
 * Tier 0 is the endpoints, tier 1 the switches that have a link to an endpoint, tier 2 the other
 * switches that have a link to tier 1, and so on.
 */
struct LinkGroup
{
    uint32_t lowerTier{0}; ///< tier of one end
    uint32_t upperTier{0}; ///< tier of the other, not below lowerTier
    FabricLink::Medium::Kind medium{FabricLink::Medium::OPTICAL}; ///< what they are made of
    uint64_t bitRate{0};                                          ///< rate of a direction, bit/s
    uint64_t links{0}; ///< how many, both directions as one
    uint64_t lanes{0}; ///< lanes of all of them, each direction's
};

/**
 * @ingroup optical-fabric
 * @param medium a medium
 * @return its name in reports and results: board, copper or optical
 */
const char* GetMediumName(FabricLink::Medium::Kind medium);

/**
 * @ingroup optical-fabric
 * @brief What a network consists of, counted from its graph.
 */
struct NetworkCount
{
    uint64_t endpoints{0};          ///< endpoints
    std::vector<uint64_t> switches; ///< switches by tier; [0] is tier 1
    std::vector<LinkGroup> links;   ///< links by tiers, medium and rate, in that order
    std::vector<uint64_t> modules;  ///< optical modules by the tier they sit at; [0] is tier 0

    /// @return switches of all tiers
    uint64_t GetSwitches() const;
    /// @return links of all kinds
    uint64_t GetLinks() const;
    /**
     * @param medium what they are made of
     * @return links of that medium
     */
    uint64_t GetLinks(FabricLink::Medium::Kind medium) const;
    /**
     * @param lowerTier tier of one end
     * @param upperTier tier of the other
     * @return links between these tiers
     */
    uint64_t GetLinks(uint32_t lowerTier, uint32_t upperTier) const;
    /**
     * @param medium what they are made of
     * @return lanes of all links of that medium, each direction's
     */
    uint64_t GetLanes(FabricLink::Medium::Kind medium) const;
    /// @return optical modules of all tiers
    uint64_t GetModules() const;
};

/// @ingroup optical-fabric
/// @brief Tier of each node of a network, see LinkGroup.
using NetworkTiers = std::unordered_map<const FabricNode*, uint32_t>;

/**
 * @ingroup optical-fabric
 * @param network a network
 * @return how far each node is from the nearest endpoint, links; without those that no endpoint
 *         leads to
 */
NetworkTiers FindTiers(const FabricNetwork& network);

/**
 * @ingroup optical-fabric
 * @brief Count what a network consists of.
 * @param network the network; aborts if a switch of it cannot be reached from any endpoint
 * @return what it consists of
 */
NetworkCount CountNetwork(const FabricNetwork& network);

/**
 * @ingroup optical-fabric
 * @brief Endpoints of one kind, which follow one another.
 */
struct EndpointGroup
{
    std::string name;    ///< for example "die"
    uint32_t network{0}; ///< index of their network
    uint32_t first{0};   ///< index of the first endpoint in that network
    uint32_t count{0};   ///< how many
};

/**
 * @ingroup optical-fabric
 * @brief What a FabricHelper has built, ready to run.
 *
 * Module numbers (FabricLink::GetModule) begin with 0 in each network.
 */
struct BuiltFabric
{
    std::vector<Ptr<FabricNetwork>> networks; ///< the networks, the scale-up network first
    std::vector<std::string> names;           ///< their names
    std::vector<NetworkCount> counts;         ///< what they consist of
    std::vector<EndpointGroup> groups;        ///< their endpoints by kind
    /// Modules and media of each network; null, or not there, for one whose links have the state
    /// that its attributes say, and no physics behind it.
    std::vector<Ptr<OpticalPlant>> plants;
    /// Circuit switches that links of each network pass; without switches, or not there, for one
    /// whose light goes straight from module to module.
    std::vector<CircuitLayer> circuits;
    FabricParts parts; ///< what nodes and links are, for CountBill
    /// Rate of a leaf's links down over that of its links up, for the leaf with most endpoints; 0
    /// if there are no links up, or the helper does not say.
    double oversubscription{0};

    /// @return ns-3 nodes with endpoints: one attached to several networks counts once
    uint64_t GetEndpoints() const;
    /// @return optical modules of all networks
    uint64_t GetModules() const;

    /**
     * @param name name of a network; aborts if there is none of that name
     * @return its index
     */
    uint32_t GetIndex(const std::string& name) const;

    /**
     * @param network index of a network
     * @return its circuit switches; a layer without any if it has none
     */
    CircuitLayer GetCircuits(uint32_t network) const;

    /// @return whether any network has optics
    bool HasOptics() const;

    /**
     * Streams: those of the first network (FabricNetwork::AssignStreams), then of the next. After
     * those of the last network come those of the first network's plant
     * (OpticalPlant::AssignStreams), if it has one, then of the next one's. Assigning them makes
     * the parts of the plants anew.
     * @param stream first random stream to use
     * @return streams used
     */
    int64_t AssignStreams(int64_t stream) const;

    /// Take plants and networks down. The simulator must have been destroyed before, as packets
    /// under way belong to their networks.
    void Dispose();

    /**
     * Say what was built, as counted from it.
     * @param os where to
     */
    void Describe(std::ostream& os) const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BUILT_FABRIC_H */
