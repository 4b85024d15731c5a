/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-topology.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double BITS_PER_S = 8e12; ///< bit/s in a byte/ps

} // namespace

double
FlowTopology::GetCapacity(const FabricLink& link, uint32_t direction, uint32_t fullBytes)
{
    const LinkState& state = link.GetState(direction);
    if (!link.IsUp())
    {
        return 0;
    }
    const double rate = static_cast<double>(state.rate.GetBitRate()) / BITS_PER_S;
    const RetryRule rule = link.GetRetryRule();
    const double damaged = state.frameErrorRatio;
    if (!rule.enabled || damaged <= 0)
    {
        return rate;
    }
    double lostFrames = 1;
    if (rule.mode == RetryMode::GO_BACK_N)
    {
        const LinkState& reverse = link.GetState(1 - direction);
        const Time roundTrip =
            state.propagation + state.phyLatency + reverse.propagation + reverse.phyLatency;
        const double roundTripPs =
            static_cast<double>(roundTrip.GetTimeStep()) + static_cast<double>(rule.turnaroundPs);
        lostFrames += roundTripPs * rate / fullBytes;
    }
    return rate * (1 - damaged) / (1 - damaged + damaged * lostFrames);
}

FlowTopology::Hop
FlowTopology::ReadHop(const FabricNetwork& network, uint32_t link, uint32_t direction)
{
    const FabricLink& from = *network.GetLink(link);
    const FabricPort& port = *from.GetPort(direction);
    const FabricNode* peer = port.GetPeer()->GetOwner();
    const LinkState& state = from.GetState(direction);
    Hop hop;
    hop.peer = network.FindVertex(peer);
    hop.link = 2 * link + direction;
    hop.capacity = GetCapacity(from, direction, network.GetMtu() + network.GetHeaderBytes());
    // A link that damages every frame is up, and as good as none.
    hop.usable = port.IsUsable() && (hop.capacity > 0 || !from.IsUp());
    hop.byteTimePs = BITS_PER_S / static_cast<double>(state.rate.GetBitRate());
    hop.latencyPs = port.GetOwner()->GetDepartureLatencyPs() + peer->GetArrivalLatencyPs() +
                    static_cast<uint64_t>((state.propagation + state.phyLatency).GetTimeStep());
    return hop;
}

FlowTopology
FlowTopology::Read(const FabricNetwork& network)
{
    FlowTopology topology;
    topology.routing = network.GetRouting();
    topology.salt = topology.routing == Routing::ECMP ? network.GetSalt() : 0;
    topology.ecmpSalt = network.GetEcmpSalt();
    topology.stores = network.GetSwitching() == Switching::STORE_AND_FORWARD;
    topology.links = 2 * network.GetNLinks();
    topology.vertices.resize(network.GetNVertices());
    for (uint32_t v = 0; v < network.GetNVertices(); ++v)
    {
        const Ptr<FabricNode> node = network.GetVertex(v);
        topology.vertices[v].hops.resize(node->GetNPorts());
        topology.vertices[v].isSwitch = node->IsSwitch();
    }
    for (uint32_t i = 0; i < network.GetNLinks(); ++i)
    {
        for (uint32_t direction = 0; direction < 2; ++direction)
        {
            const Ptr<FabricPort> port = network.GetLink(i)->GetPort(direction);
            const uint32_t v = network.FindVertex(port->GetOwner());
            topology.vertices[v].hops[port->GetNumber()] = ReadHop(network, i, direction);
        }
    }
    for (uint32_t i = 0; i < network.GetNEndpoints(); ++i)
    {
        topology.endpoints.push_back(network.FindVertex(PeekPointer(network.GetEndpoint(i))));
    }
    return topology;
}

} // namespace opticalfabric
} // namespace ns3
