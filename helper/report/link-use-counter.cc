/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "link-use-counter.h"

#include "ns3/flow-engine.h"
#include "ns3/hybrid-engine.h"
#include "ns3/message-tag.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint32_t UNKNOWN = std::numeric_limits<uint32_t>::max(); ///< kind of path not found yet

/**
 * @param engine an engine
 * @return the network it runs on; null if it is none of ours
 */
Ptr<FabricNetwork>
FindNetwork(Ptr<TransferEngine> engine)
{
    if (const auto flows = DynamicCast<FlowEngine>(engine))
    {
        return flows->GetNetwork();
    }
    const auto hybrid = DynamicCast<HybridEngine>(engine);
    return hybrid ? hybrid->GetNetwork() : DynamicCast<FabricNetwork>(engine);
}

} // namespace

LinkUseCounter::LinkUseCounter(const BuiltFabric& fabric)
    : m_fabric(fabric)
{
}

LinkUseCounter::~LinkUseCounter()
{
    Detach();
}

LinkGroupRecord
LinkUseCounter::MakeRecord(const LinkGroup& group)
{
    LinkGroupRecord record;
    record.lowerTier = group.lowerTier;
    record.upperTier = group.upperTier;
    record.medium = GetMediumName(group.medium);
    record.bitRate = group.bitRate;
    record.links = group.links;
    return record;
}

void
LinkUseCounter::Watch(const std::vector<Ptr<WorkloadRunner>>& runners)
{
    std::vector<uint32_t> users(m_fabric.networks.size(), 0);
    const std::size_t first = m_watched.size();
    for (const Ptr<WorkloadRunner>& runner : runners)
    {
        const auto network = std::find(m_fabric.networks.begin(),
                                       m_fabric.networks.end(),
                                       FindNetwork(runner->GetEngine()));
        if (network == m_fabric.networks.end())
        {
            continue;
        }
        Watched watched;
        watched.counter = this;
        watched.runner = runner;
        watched.network = static_cast<uint32_t>(network - m_fabric.networks.begin());
        watched.bytes.resize(runner->GetNCollectives());
        users[watched.network] += runner->GetNCollectives();
        m_watched.push_back(watched);
    }
    for (std::size_t i = first; i < m_watched.size(); ++i)
    {
        Watched& watched = m_watched[i];
        watched.isAlone = users[watched.network] == 1;
        if (!watched.isAlone)
        {
            Prepare(watched.network);
            watched.runner->TraceConnectWithoutContext(
                "TransferReceived",
                MakeBoundCallback(&LinkUseCounter::OnReceived, &watched));
        }
    }
}

void
LinkUseCounter::Detach()
{
    for (Watched& watched : m_watched)
    {
        if (!watched.isAlone)
        {
            watched.runner->TraceDisconnectWithoutContext(
                "TransferReceived",
                MakeBoundCallback(&LinkUseCounter::OnReceived, &watched));
        }
    }
    m_watched.clear();
}

std::vector<uint16_t>
LinkUseCounter::FindGroups(uint32_t network) const
{
    const FabricNetwork& fabric = *m_fabric.networks[network];
    const std::vector<LinkGroup>& groups = m_fabric.counts[network].links;
    const NetworkTiers tiers = FindTiers(fabric);
    std::vector<uint16_t> found(fabric.GetNLinks(), 0);
    for (uint32_t i = 0; i < fabric.GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = fabric.GetLink(i);
        const uint32_t a = tiers.at(link->GetPort(0)->GetOwner());
        const uint32_t b = tiers.at(link->GetPort(1)->GetOwner());
        const uint64_t bitRate = link->GetState(0).rate.GetBitRate();
        const auto isLike = [&](const LinkGroup& group) {
            return group.lowerTier == std::min(a, b) && group.upperTier == std::max(a, b) &&
                   group.medium == link->GetMedium();
        };
        // A link that has lost lanes since is among those like it.
        auto place = std::find_if(groups.begin(), groups.end(), [&](const LinkGroup& group) {
            return isLike(group) && group.bitRate == bitRate;
        });
        place = place == groups.end() ? std::find_if(groups.begin(), groups.end(), isLike) : place;
        found[i] = static_cast<uint16_t>(place - groups.begin());
    }
    return found;
}

void
LinkUseCounter::Prepare(uint32_t network)
{
    if (m_paths.count(network) != 0)
    {
        return;
    }
    Paths& paths = m_paths[network];
    const FabricNetwork& fabric = *m_fabric.networks[network];
    paths.graph = fabric.MakeGraph(true);
    paths.classes = std::make_unique<RouteClasses>(paths.graph);
    paths.groups = m_fabric.counts[network].links.size();
    const std::vector<uint16_t> groups = FindGroups(network);
    paths.links.resize(fabric.GetNVertices());
    for (uint32_t i = 0; i < fabric.GetNLinks(); ++i)
    {
        for (uint32_t end = 0; end < 2; ++end)
        {
            const Ptr<FabricPort> port = fabric.GetLink(i)->GetPort(end);
            std::vector<uint16_t>& links = paths.links[fabric.FindVertex(port->GetOwner())];
            links.resize(std::max<std::size_t>(links.size(), port->GetNumber() + 1));
            links[port->GetNumber()] = groups[i];
        }
    }
    // A class has the same switches, but its links may have different rates.
    std::map<std::pair<uint32_t, std::vector<uint16_t>>, uint32_t> numbers;
    for (uint32_t i = 0; i < fabric.GetNEndpoints(); ++i)
    {
        const uint32_t vertex = fabric.FindVertex(PeekPointer(fabric.GetEndpoint(i)));
        const uint32_t routeClass = paths.classes->GetAddress(vertex).routeClass;
        const auto next = static_cast<uint32_t>(paths.ends.size());
        const auto [place, isNew] =
            numbers.emplace(std::pair(routeClass, paths.links[vertex]), next);
        if (isNew)
        {
            paths.ends.push_back({routeClass, {}});
        }
        std::vector<uint32_t>& members = paths.ends[place->second].members;
        if (members.size() < 2)
        {
            members.push_back(vertex);
        }
        paths.endsOf.push_back(place->second);
    }
    paths.ways.resize(paths.ends.size());
}

LinkUseCounter::Counts
LinkUseCounter::Walk(const Paths& paths,
                     uint32_t source,
                     uint32_t destination,
                     const std::vector<uint16_t>& distances)
{
    Counts crossed(paths.groups, 0);
    uint32_t at = source;
    uint32_t nearest = RouteClasses::FAR;
    while (at != destination)
    {
        const std::vector<uint32_t>& peers = paths.graph.vertices[at].peers;
        uint32_t next = at;
        uint32_t port = 0;
        for (uint32_t i = 0; i < peers.size() && next != destination; ++i)
        {
            const uint32_t peer = peers[i];
            const bool isNearer = paths.graph.vertices[peer].isSwitch && distances[peer] < nearest;
            if (peer == destination || isNearer)
            {
                next = peer;
                nearest = distances[peer];
                port = i;
            }
        }
        if (next == at)
        {
            return Counts(paths.groups, 0); // no way
        }
        ++crossed[paths.links[at][port]];
        at = next;
    }
    return crossed;
}

uint32_t
LinkUseCounter::FindKind(Paths& paths, uint32_t source, uint32_t destination)
{
    const uint32_t from = paths.endsOf[source];
    const uint32_t to = paths.endsOf[destination];
    std::vector<uint32_t>& ways = paths.ways[to];
    if (ways.empty())
    {
        const std::vector<Ends>& ends = paths.ends;
        const std::vector<uint16_t> distances =
            RouteClasses::GetDistances(paths.graph, paths.classes->Get()[ends[to].routeClass]);
        ways.assign(ends.size(), UNKNOWN);
        for (uint32_t i = 0; i < ends.size(); ++i)
        {
            const bool isWithin = i == to;
            if (isWithin && ends[i].members.size() < 2)
            {
                continue;
            }
            const Counts crossed =
                Walk(paths, ends[i].members[isWithin ? 1 : 0], ends[to].members[0], distances);
            const auto number = static_cast<uint32_t>(paths.kinds.size());
            const auto [place, isNew] = paths.numbers.emplace(crossed, number);
            if (isNew)
            {
                paths.kinds.push_back(crossed);
            }
            ways[i] = place->second;
        }
    }
    return ways[from];
}

void
LinkUseCounter::OnReceived(Watched* watched, const Transfer& transfer, uint64_t failedBytes)
{
    const FabricNetwork& network = *watched->counter->m_fabric.networks[watched->network];
    Paths& paths = watched->counter->m_paths.at(watched->network);
    const uint32_t kind = FindKind(paths, transfer.source, transfer.destination);
    Counts& bytes = watched->bytes[MessageTag::Unpack(transfer.tag).collective];
    if (kind >= bytes.size())
    {
        bytes.resize(kind + 1, 0);
    }
    const uint64_t packets =
        std::max<uint64_t>(1, (transfer.bytes + network.GetMtu() - 1) / network.GetMtu());
    bytes[kind] += transfer.bytes - failedBytes + packets * network.GetHeaderBytes();
}

LinkUseCounter::Counts
LinkUseCounter::CountPorts(uint32_t network) const
{
    const FabricNetwork& fabric = *m_fabric.networks[network];
    const std::vector<uint16_t> groups = FindGroups(network);
    Counts bytes(m_fabric.counts[network].links.size(), 0);
    for (uint32_t i = 0; i < fabric.GetNLinks(); ++i)
    {
        for (uint32_t end = 0; end < 2; ++end)
        {
            bytes[groups[i]] += fabric.GetLink(i)->GetPort(end)->GetCounters().wireBytes;
        }
    }
    return bytes;
}

std::vector<LinkUseRecord>
LinkUseCounter::Collect(const WorkloadRunner& runner, uint32_t index, double totalS) const
{
    const auto watched = std::find_if(m_watched.begin(), m_watched.end(), [&](const Watched& one) {
        return PeekPointer(one.runner) == &runner;
    });
    if (watched == m_watched.end())
    {
        return {};
    }
    const std::vector<LinkGroup>& groups = m_fabric.counts[watched->network].links;
    Counts bytes(groups.size(), 0);
    if (watched->isAlone)
    {
        bytes = CountPorts(watched->network);
    }
    else
    {
        const std::vector<Counts>& kinds = m_paths.at(watched->network).kinds;
        const Counts& byKind = watched->bytes[index];
        for (std::size_t kind = 0; kind < byKind.size(); ++kind)
        {
            for (std::size_t group = 0; group < groups.size(); ++group)
            {
                bytes[group] += byKind[kind] * kinds[kind][group];
            }
        }
    }
    std::vector<LinkUseRecord> records;
    for (std::size_t group = 0; group < groups.size(); ++group)
    {
        LinkUseRecord record;
        record.network = m_fabric.names[watched->network];
        record.group = MakeRecord(groups[group]);
        record.wireBytes = bytes[group];
        const double capacityBps = 2 * static_cast<double>(groups[group].links) *
                                   static_cast<double>(groups[group].bitRate) / 8;
        if (totalS > 0 && capacityBps > 0)
        {
            record.utilization = static_cast<double>(bytes[group]) / (capacityBps * totalS);
        }
        records.push_back(record);
    }
    return records;
}

} // namespace opticalfabric
} // namespace ns3
