/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "built-fabric.h"

#include "ns3/abort.h"
#include "ns3/message-text.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param tier a tier
 * @return its name in a sentence
 */
std::string
GetTierName(uint32_t tier)
{
    return tier == 0 ? "endpoint" : "tier " + std::to_string(tier);
}

/**
 * @param values numbers
 * @return their sum
 */
uint64_t
Sum(const std::vector<uint64_t>& values)
{
    return std::accumulate(values.begin(), values.end(), uint64_t{0});
}

/**
 * Say what modules and media there are, a line for each kind of link.
 * @param plant a network's modules and media
 * @param os where to
 */
void
DescribePlant(const OpticalPlant& plant, std::ostream& os)
{
    std::map<std::string, uint64_t> kinds;
    for (const Ptr<LinkMedium>& medium : plant.GetMedia())
    {
        std::string kind = "another medium";
        if (const auto optical = DynamicCast<OpticalMedium>(medium))
        {
            std::map<std::string, uint32_t> parts;
            for (uint32_t i = 0; i < optical->GetNParts(); ++i)
            {
                const PathPart& part = optical->GetPart(i);
                ++parts[part.fibre      ? part.fibre->name
                        : part.coupling ? part.coupling->name
                                        : part.element.name];
            }
            kind = ShowCount(optical->GetLanes(), "lane") + " of " +
                   optical->GetEnd(0).module->GetSpec().name + ", FEC " +
                   optical->GetFec().GetName();
            for (const auto& [part, count] : parts)
            {
                kind += ", " + std::to_string(count) + " x " + part;
            }
        }
        ++kinds[kind];
    }
    os << "  on light: " << ShowCount(plant.GetNModules(), "module") << ", "
       << ShowCount(plant.GetMedia().size(), "link") << "\n";
    for (const auto& [kind, links] : kinds)
    {
        os << "    " << ShowCount(links, "link") << ": " << kind << "\n";
    }
}

} // namespace

const char*
GetMediumName(FabricLink::Medium::Kind medium)
{
    switch (medium)
    {
    case FabricLink::Medium::BOARD:
        return "board";
    case FabricLink::Medium::COPPER:
        return "copper";
    case FabricLink::Medium::OPTICAL:
        break;
    }
    return "optical";
}

NetworkTiers
FindTiers(const FabricNetwork& network)
{
    NetworkTiers tiers;
    std::vector<const FabricNode*> frontier;
    for (uint32_t i = 0; i < network.GetNEndpoints(); ++i)
    {
        const FabricNode* endpoint = PeekPointer(network.GetEndpoint(i));
        tiers[endpoint] = 0;
        frontier.push_back(endpoint);
    }
    for (std::size_t i = 0; i < frontier.size(); ++i)
    {
        const FabricNode* node = frontier[i];
        const uint32_t next = tiers.at(node) + 1;
        for (uint32_t p = 0; p < node->GetNPorts(); ++p)
        {
            const FabricNode* peer = node->GetPort(p)->GetPeer()->GetOwner();
            if (tiers.emplace(peer, next).second)
            {
                frontier.push_back(peer);
            }
        }
    }
    return tiers;
}

uint64_t
NetworkCount::GetSwitches() const
{
    return Sum(switches);
}

uint64_t
NetworkCount::GetLinks() const
{
    uint64_t count = 0;
    for (const LinkGroup& group : links)
    {
        count += group.links;
    }
    return count;
}

uint64_t
NetworkCount::GetLinks(FabricLink::Medium::Kind medium) const
{
    uint64_t count = 0;
    for (const LinkGroup& group : links)
    {
        count += group.medium == medium ? group.links : 0;
    }
    return count;
}

uint64_t
NetworkCount::GetLinks(uint32_t lowerTier, uint32_t upperTier) const
{
    uint64_t count = 0;
    for (const LinkGroup& group : links)
    {
        const bool wanted = group.lowerTier == lowerTier && group.upperTier == upperTier;
        count += wanted ? group.links : 0;
    }
    return count;
}

uint64_t
NetworkCount::GetLanes(FabricLink::Medium::Kind medium) const
{
    uint64_t count = 0;
    for (const LinkGroup& group : links)
    {
        count += group.medium == medium ? group.lanes : 0;
    }
    return count;
}

uint64_t
NetworkCount::GetModules() const
{
    return Sum(modules);
}

NetworkCount
CountNetwork(const FabricNetwork& network)
{
    NetworkCount count;
    count.endpoints = network.GetNEndpoints();
    const NetworkTiers tiers = FindTiers(network);
    for (uint32_t i = 0; i < network.GetNSwitches(); ++i)
    {
        const Ptr<FabricSwitch> sw = network.GetSwitch(i);
        const auto place = tiers.find(PeekPointer(sw));
        NS_ABORT_MSG_IF(place == tiers.end(),
                        "CountNetwork: no endpoint leads to switch " << sw->GetName());
        count.switches.resize(std::max<std::size_t>(count.switches.size(), place->second));
        ++count.switches[place->second - 1];
    }
    count.modules.resize(count.switches.size() + 1);
    std::map<std::tuple<uint32_t, uint32_t, FabricLink::Medium::Kind, uint64_t>, LinkGroup> groups;
    std::set<uint32_t> modules;
    for (uint32_t i = 0; i < network.GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = network.GetLink(i);
        uint32_t ends[2];
        for (uint32_t end = 0; end < 2; ++end)
        {
            ends[end] = tiers.at(link->GetPort(end)->GetOwner());
            const uint32_t module = link->GetModule(end);
            if (module != FabricLink::NO_MODULE && modules.insert(module).second)
            {
                ++count.modules[ends[end]];
            }
        }
        LinkGroup like;
        like.lowerTier = std::min(ends[0], ends[1]);
        like.upperTier = std::max(ends[0], ends[1]);
        like.medium = link->GetMedium();
        like.bitRate = link->GetState(0).rate.GetBitRate();
        LinkGroup& group =
            groups.try_emplace({like.lowerTier, like.upperTier, like.medium, like.bitRate}, like)
                .first->second;
        ++group.links;
        group.lanes += 2 * link->GetLanes();
    }
    for (const auto& [key, group] : groups)
    {
        count.links.push_back(group);
    }
    return count;
}

uint64_t
BuiltFabric::GetEndpoints() const
{
    std::set<uint32_t> nodes;
    for (const Ptr<FabricNetwork>& network : networks)
    {
        for (uint32_t i = 0; i < network->GetNEndpoints(); ++i)
        {
            nodes.insert(network->GetNodeId(i));
        }
    }
    return nodes.size();
}

uint64_t
BuiltFabric::GetModules() const
{
    uint64_t modules = 0;
    for (const NetworkCount& count : counts)
    {
        modules += count.GetModules();
    }
    return modules;
}

uint32_t
BuiltFabric::GetIndex(const std::string& name) const
{
    const auto place = std::find(names.begin(), names.end(), name);
    NS_ABORT_MSG_IF(place == names.end(), "BuiltFabric: there is no network \"" << name << "\"");
    return static_cast<uint32_t>(place - names.begin());
}

CircuitLayer
BuiltFabric::GetCircuits(uint32_t network) const
{
    return network < circuits.size() ? circuits[network] : CircuitLayer();
}

bool
BuiltFabric::HasOptics() const
{
    return std::any_of(plants.begin(), plants.end(), [](const auto& plant) { return plant; });
}

int64_t
BuiltFabric::AssignStreams(int64_t stream) const
{
    int64_t next = stream;
    for (const Ptr<FabricNetwork>& network : networks)
    {
        next += network->AssignStreams(next);
    }
    for (const Ptr<OpticalPlant>& plant : plants)
    {
        next += plant ? plant->AssignStreams(next) : 0;
    }
    return next - stream;
}

void
BuiltFabric::Dispose()
{
    for (const Ptr<OpticalPlant>& plant : plants)
    {
        if (plant)
        {
            plant->Dispose();
        }
    }
    for (const Ptr<FabricNetwork>& network : networks)
    {
        network->Dispose();
    }
    *this = BuiltFabric();
}

void
BuiltFabric::Describe(std::ostream& os) const
{
    for (std::size_t n = 0; n < networks.size(); ++n)
    {
        const NetworkCount& count = counts[n];
        os << "network " << names[n] << ": " << ShowCount(count.endpoints, "endpoint") << "\n";
        for (std::size_t tier = 0; tier < count.switches.size(); ++tier)
        {
            os << "  " << count.switches[tier]
               << (count.switches[tier] == 1 ? " switch" : " switches") << " in tier " << tier + 1
               << "\n";
        }
        for (const LinkGroup& group : count.links)
        {
            os << "  " << ShowCount(group.links, "link") << ", " << GetTierName(group.lowerTier)
               << " to " << GetTierName(group.upperTier) << ", " << GetMediumName(group.medium)
               << ", " << static_cast<double>(group.bitRate) / 1e9 << " Gb/s";
            if (group.medium == FabricLink::Medium::COPPER)
            {
                os << ", " << ShowCount(group.lanes, "lane");
            }
            os << "\n";
        }
        for (std::size_t tier = 0; tier < count.modules.size(); ++tier)
        {
            if (count.modules[tier] != 0)
            {
                os << "  " << ShowCount(count.modules[tier], "optical module") << ", "
                   << GetTierName(static_cast<uint32_t>(tier)) << " end\n";
            }
        }
        const CircuitLayer layer = GetCircuits(static_cast<uint32_t>(n));
        if (layer.GetNSwitches() > 0)
        {
            os << "  " << layer.GetNSwitches()
               << (layer.GetNSwitches() == 1 ? " circuit switch " : " circuit switches ")
               << layer.GetSpec().name << ", " << ShowCount(layer.GetUsedPorts(), "port")
               << " in use, " << layer.GetPortsPerLink() << " to a link\n";
        }
        if (n < plants.size() && plants[n])
        {
            DescribePlant(*plants[n], os);
        }
    }
    if (oversubscription > 0)
    {
        os << "oversubscription " << oversubscription << ":1 at a leaf\n";
    }
    os << "in all: " << ShowCount(GetEndpoints(), "endpoint") << ", "
       << ShowCount(GetModules(), "optical module") << "\n";
}

} // namespace opticalfabric
} // namespace ns3
