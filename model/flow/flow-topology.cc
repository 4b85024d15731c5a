/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-topology.h"

#include "ns3/uinteger.h"

#include <algorithm>

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

double
FlowTopology::GetWindowBytes(const FabricNetwork& network)
{
    const uint32_t fullBytes = network.GetMtu() + network.GetHeaderBytes();
    UintegerValue bufferBytes;
    network.GetAttribute("BufferBytes", bufferBytes);
    return static_cast<double>(bufferBytes.Get() / fullBytes * fullBytes);
}

double
FlowTopology::GetCreditRate(const FabricNetwork& network,
                            const FabricLink& link,
                            uint32_t direction,
                            double windowBytes)
{
    const LinkState& state = link.GetState(direction);
    const LinkState& reverse = link.GetState(1 - direction);
    const FabricPort& port = *link.GetPort(direction);
    const FabricNode* peer = port.GetPeer()->GetOwner();
    const uint32_t fullBytes = network.GetMtu() + network.GetHeaderBytes();
    // It comes, and if a switch has stored it, goes; what cuts through comes and goes at once.
    const bool isStored =
        peer->IsSwitch() && network.GetSwitching() == Switching::STORE_AND_FORWARD;
    const double framePs =
        fullBytes * BITS_PER_S / static_cast<double>(state.rate.GetBitRate()) * (isStored ? 2 : 1);
    const Time flights =
        state.propagation + state.phyLatency + reverse.propagation + reverse.phyLatency;
    const double roundTripPs = static_cast<double>(flights.GetTimeStep()) +
                               static_cast<double>(port.GetOwner()->GetDepartureLatencyPs()) +
                               static_cast<double>(peer->GetArrivalLatencyPs()) + framePs;
    return windowBytes / roundTripPs;
}

FlowTopology::Hop
FlowTopology::ReadHop(const FabricNetwork& network, uint32_t link, uint32_t direction)
{
    return ReadHop(network, link, direction, GetWindowBytes(network));
}

FlowTopology::Hop
FlowTopology::ReadHop(const FabricNetwork& network,
                      uint32_t link,
                      uint32_t direction,
                      double windowBytes)
{
    const FabricLink& from = *network.GetLink(link);
    const FabricPort& port = *from.GetPort(direction);
    const FabricNode* peer = port.GetPeer()->GetOwner();
    const LinkState& state = from.GetState(direction);
    Hop hop;
    hop.peer = network.FindVertex(peer);
    hop.link = 2 * link + direction;
    hop.peak = GetCapacity(from, direction, network.GetMtu() + network.GetHeaderBytes());
    hop.capacity = std::min(hop.peak, GetCreditRate(network, from, direction, windowBytes));
    // A link that damages every frame is up, and as good as none.
    hop.loses = port.IsUsable() && hop.capacity <= 0 && from.IsUp();
    hop.usable = port.IsUsable() && !hop.loses;
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
    const double windowBytes = GetWindowBytes(network);
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
            topology.vertices[v].hops[port->GetNumber()] =
                ReadHop(network, i, direction, windowBytes);
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
