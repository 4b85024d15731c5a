/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_TOPOLOGY_H
#define OPTICAL_FABRIC_FLOW_TOPOLOGY_H

#include "ns3/fabric-network.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A network as flows see it at one time: what its links carry. Plain data.
 *
 * Directed link 2 i + k is direction k of the network's link i.
 */
struct FlowTopology
{
    /// A port, and the link out of it.
    struct Hop
    {
        uint32_t peer{0};      ///< vertex at the far end
        uint32_t link{0};      ///< directed link
        bool usable{true};     ///< routing may use it
        double capacity{0};    ///< what it carries for long, byte/ps; 0: it is down
        double byteTimePs{0};  ///< time of a byte at its rate, ps
        uint64_t latencyPs{0}; ///< from this node's decision to send to the far node's, ps
        double peak{0};        ///< more, while the far end has room, byte/ps; 0: no more
        bool loses{false};     ///< routing uses it, and every frame on it is damaged

        /// @return what it carries while the far end has room, byte/ps
        double GetPeak() const
        {
            return std::max(capacity, peak);
        }
    };

    /// A switch or an endpoint.
    struct Vertex
    {
        std::vector<Hop> hops; ///< by port
        bool isSwitch{false};  ///< it forwards
    };

    std::vector<Vertex> vertices;                  ///< all nodes
    std::vector<uint32_t> endpoints;               ///< vertex by endpoint
    Routing::Kind routing{Routing::SPRAY};         ///< choice of path
    uint64_t salt{0};                              ///< of hashes, with Routing::ECMP
    EcmpSalt::Kind ecmpSalt{EcmpSalt::PER_SWITCH}; ///< which nodes have it
    bool stores{false}; ///< switches store packets before they send them on
    uint32_t links{0};  ///< directed links

    /**
     * @param network a network that has been built
     * @return what it is now
     */
    static FlowTopology Read(const FabricNetwork& network);

    /**
     * @param network a network that has been built
     * @param link number of a link of it
     * @param direction 0 or 1
     * @return that direction as it is now
     */
    static Hop ReadHop(const FabricNetwork& network, uint32_t link, uint32_t direction);

    /**
     * What a direction of a link carries: its rate, less what repeats of damaged frames take up, as
     * the closed forms of the packet engine have it. Lost requests and replay buffers are left out.
     * @param link the link
     * @param direction 0 or 1
     * @param fullBytes size of a full frame, bytes
     * @return byte/ps; 0 if it is down
     */
    static double GetCapacity(const FabricLink& link, uint32_t direction, uint32_t fullBytes);

    /// @param network a network @return the whole full frames that a buffer holds, byte
    static double GetWindowBytes(const FabricNetwork& network);

    /**
     * What the far end's buffer lets a direction of a link carry for long, on each virtual lane: as
     * many whole frames as it holds, in the time until the credit of one is back.
     * @param network the link's network
     * @param link the link
     * @param direction 0 or 1
     * @param windowBytes whole frames of a buffer, byte
     * @return byte/ps
     */
    static double GetCreditRate(const FabricNetwork& network,
                                const FabricLink& link,
                                uint32_t direction,
                                double windowBytes);

  private:
    /// @param network, link, direction, windowBytes as above @return likewise
    static Hop ReadHop(const FabricNetwork& network,
                       uint32_t link,
                       uint32_t direction,
                       double windowBytes);
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_TOPOLOGY_H */
