/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FlowEngine that knows of rings in which nothing gets into the way of anything.
#include "flow-engine.h"

#include "ns3/log.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowRings");

RingHop
FlowEngine::GetFreeHop(uint64_t bytes)
{
    FlowPair pair;
    TakePath(pair);
    pair.rate = std::numeric_limits<double>::infinity();
    for (const BundleUse& use : m_path.uses)
    {
        pair.rate = std::min(pair.rate, m_routes.GetBundles().GetCapacity(use.bundle) / use.share);
    }
    const auto wireBytes = static_cast<double>(GetWireBytes(bytes));
    FlowTransfer flow;
    pair.Insert(&flow, wireBytes);
    const uint64_t endPs = pair.GetEnd();
    const double served = std::max(pair.rate * static_cast<double>(endPs), flow.m_end);
    RingHop hop;
    hop.sentPs = endPs + GetTailPs(pair, bytes, (served - flow.m_end) / pair.rate);
    hop.arrivalPs = hop.sentPs + pair.latencyPs + GetStorePs(pair, bytes);
    return hop;
}

std::vector<RingHop>
FlowEngine::FindFreeRing(const std::vector<uint32_t>& endpoints, uint64_t bytes)
{
    NS_LOG_FUNCTION(this << endpoints.size() << bytes);
    if (!m_useSymmetry || m_symmetry || m_shadows || m_gate != nullptr || !m_known.empty())
    {
        return {};
    }
    if (m_reloadDue)
    {
        // Links have changed since paths were last looked at.
        Reload();
    }
    const FlowTopology& topology = m_routes.GetTopology();
    std::vector<double> capacities(topology.links, 0);
    for (const FlowTopology::Vertex& vertex : topology.vertices)
    {
        for (const FlowTopology::Hop& hop : vertex.hops)
        {
            capacities[hop.link] = hop.capacity;
        }
    }
    // By the destinations' route classes: what a path takes of memory is needed for one of them at
    // a time.
    const auto getClass = [&](uint32_t hop) {
        const uint32_t destination = endpoints[(hop + 1) % endpoints.size()];
        return m_finder.GetAddress(topology.endpoints[destination]).routeClass;
    };
    std::vector<uint32_t> order(endpoints.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
        return getClass(a) < getClass(b);
    });
    constexpr uint32_t KEPT = 64; // route classes
    uint32_t kept = 0;
    uint32_t last = getClass(order.front());
    std::vector<RingHop> hops(endpoints.size());
    std::vector<double> loads(topology.links, 0);
    for (const uint32_t i : order)
    {
        kept += getClass(i) != last ? 1 : 0;
        last = getClass(i);
        if (kept > KEPT)
        {
            m_finder.ForgetDistances();
            kept = 0;
        }
        m_routes.Find(endpoints[i], endpoints[(i + 1) % endpoints.size()], m_path);
        AddBundles();
        m_repathDue = false;
        if (m_path.uses.empty() || m_path.parts != 0)
        {
            return {};
        }
        hops[i] = GetFreeHop(bytes);
        double rate = std::numeric_limits<double>::infinity();
        for (const BundleUse& use : m_path.uses)
        {
            rate = std::min(rate, m_routes.GetBundles().GetCapacity(use.bundle) / use.share);
        }
        for (const BundleUse& use : m_path.uses)
        {
            for (const uint32_t link : m_routes.GetBundles().GetLinks(use.bundle))
            {
                loads[link] += rate * use.share;
            }
        }
    }
    // With all of them under way a link carries what each takes of it alone, but for roundings.
    constexpr double ROUNDING = 1e-9;
    for (size_t link = 0; link < loads.size(); ++link)
    {
        if (loads[link] > capacities[link] * (1 + ROUNDING))
        {
            return {};
        }
    }
    m_hasFreeRing = true;
    return hops;
}

void
FlowEngine::CountHop(const Transfer& transfer, const RingHop& hop, uint64_t count)
{
    NetworkCounts& totals = m_floor->totals;
    totals.transfers += count;
    totals.sentBytes += transfer.bytes * count;
    totals.finishedTransfers += count;
    totals.receivedBytes += transfer.bytes * count;
    m_floor->accounts[transfer.account].transferLatency.Record(hop.arrivalPs, count);
    m_routes.Find(transfer.source, transfer.destination, m_path);
    AddBundles();
    m_repathDue = false;
    const double wireBytes = static_cast<double>(GetWireBytes(transfer.bytes)) * count;
    for (const BundleUse& use : m_path.uses)
    {
        m_bundleBytes[use.bundle] += wireBytes * use.share;
    }
}

} // namespace opticalfabric
} // namespace ns3
