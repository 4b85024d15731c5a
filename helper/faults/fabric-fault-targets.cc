/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-fault-targets.h"

#include "ns3/abort.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MIN_RATE_BPS = 1e9;         ///< that a link can have, bit/s
constexpr int64_t MAX_DELAY_PS = 1000000000; ///< that a link can have, ps

/**
 * @param name name of a node
 * @return what it has before the first "/"; empty if it has none
 */
std::string
GetChassis(const std::string& name)
{
    const std::size_t slash = name.find('/');
    return slash == std::string::npos ? "" : name.substr(0, slash);
}

/**
 * @param into numbers in rising order
 * @param from numbers to be added, those that are there already left out
 */
void
Merge(std::vector<uint32_t>& into, const std::vector<uint32_t>& from)
{
    into.insert(into.end(), from.begin(), from.end());
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

} // namespace

FabricFaultTargets::FabricFaultTargets(const BuiltFabric& fabric, uint32_t hostsPerRack)
{
    const bool isSole = fabric.networks.size() == 1;
    for (const std::string& name : fabric.names)
    {
        m_prefixes.push_back(isSole ? "" : name + "/");
    }
    m_soleNetwork = isSole && !fabric.names.empty() ? fabric.names.front() + "/" : "";
    AddLinks(fabric);
    AddOptics(fabric);
    AddCircuits(fabric);
    AddSwitches(fabric);
    AddEndpoints(fabric);
    AddHosts(fabric, hostsPerRack);
}

void
FabricFaultTargets::Add(ComponentKind::Kind kind, Component component)
{
    auto& all = m_components.at(kind);
    if (m_ids.at(kind).emplace(component.name, static_cast<uint32_t>(all.size())).second)
    {
        all.push_back(std::move(component));
    }
}

const FabricFaultTargets::Component&
FabricFaultTargets::Get(ComponentKind::Kind kind, uint32_t id) const
{
    const auto& all = m_components.at(kind);
    NS_ABORT_MSG_IF(id >= all.size(),
                    "FabricFaultTargets: " << GetName(kind) << " " << id << " of " << all.size());
    return all[id];
}

void
FabricFaultTargets::AddLinks(const BuiltFabric& fabric)
{
    for (uint32_t n = 0; n < fabric.networks.size(); ++n)
    {
        const Ptr<FabricNetwork>& network = fabric.networks[n];
        const bool hasPlant = n < fabric.plants.size() && fabric.plants[n];
        std::unordered_map<std::string, uint32_t> parallel;
        for (uint32_t i = 0; i < network->GetNLinks(); ++i)
        {
            LinkPlace place;
            place.network = n;
            place.link = network->GetLink(i);
            place.medium = hasPlant ? fabric.plants[n]->GetMedium(place.link) : nullptr;
            place.light = DynamicCast<OpticalMedium>(place.medium);
            place.lanes = place.light ? place.light->GetLanes() : place.link->GetLanes();
            const auto index = static_cast<uint32_t>(m_links.size());
            std::string ends;
            for (uint32_t end = 0; end < 2; ++end)
            {
                const FabricNode* node = place.link->GetPort(end)->GetOwner();
                ends += (end == 0 ? "" : "--") + node->GetName();
                m_linksOfNode[node].push_back(index);
            }
            const uint32_t before = parallel[ends]++;
            place.name = m_prefixes[n] + ends + (before == 0 ? "" : "#" + std::to_string(before));
            Add(ComponentKind::LINK, {place.name, {index}});
            m_links.push_back(place);
        }
    }
}

void
FabricFaultTargets::AddOptics(const BuiltFabric& fabric)
{
    for (uint32_t n = 0; n < fabric.networks.size(); ++n)
    {
        const CircuitLayer circuits = fabric.GetCircuits(n);
        const uint32_t first = GetFirstLink(n);
        std::map<uint32_t, std::vector<uint32_t>> modules;
        std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> cables;
        for (uint32_t i = 0; i < m_links.size(); ++i)
        {
            if (m_links[i].network != n)
            {
                continue;
            }
            const uint32_t a = m_links[i].link->GetModule(0);
            const uint32_t b = m_links[i].link->GetModule(1);
            for (const uint32_t module : {a, b})
            {
                if (module != FabricLink::NO_MODULE)
                {
                    Merge(modules[module], {i});
                }
            }
            const bool isStraight = !circuits.Find(i - first);
            if (a != FabricLink::NO_MODULE && b != FabricLink::NO_MODULE && isStraight)
            {
                cables[{a, b}].push_back(i);
            }
        }
        for (const auto& [module, links] : modules)
        {
            const std::string name = m_prefixes[n] + NameModule(module);
            Add(ComponentKind::MODULE, {name, links, module, 0});
            if (CountConnectors(m_links[links.front()].light) != 0)
            {
                Add(ComponentKind::CONNECTOR, {name + "/connector", links, module, 0});
            }
            uint32_t lane = 0;
            for (const uint32_t link : links)
            {
                for (uint32_t i = 0; i < m_links[link].lanes; ++i, ++lane)
                {
                    Add(ComponentKind::LANE,
                        {name + "/lane-" + std::to_string(lane), {link}, module, lane});
                }
            }
        }
        for (const auto& [ends, links] : cables)
        {
            AddCable(m_prefixes[n] + NameModule(ends.first) + "--" + NameModule(ends.second),
                     links,
                     0);
        }
    }
}

void
FabricFaultTargets::AddSwitches(const BuiltFabric& fabric)
{
    std::set<std::string> hosts;
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        for (uint32_t i = 0; i < network->GetNEndpoints(); ++i)
        {
            hosts.insert(GetChassis(network->GetEndpoint(i)->GetName()));
        }
    }
    std::vector<std::string> order;
    std::map<std::string, Component> boxes;
    for (uint32_t n = 0; n < fabric.networks.size(); ++n)
    {
        const Ptr<FabricNetwork>& network = fabric.networks[n];
        for (uint32_t i = 0; i < network->GetNSwitches(); ++i)
        {
            const Ptr<FabricSwitch> chip = network->GetSwitch(i);
            const auto& links = m_linksOfNode[PeekPointer(chip)];
            Component one{m_prefixes[n] + chip->GetName(), links};
            one.nodes.push_back(PeekPointer(chip));
            Add(ComponentKind::SWITCH_CHIP, one);
            const std::string chassis = GetChassis(chip->GetName());
            if (!chassis.empty() && hosts.count(chassis) != 0)
            {
                continue; // on the board of a host: it is the host that fails as a whole
            }
            const std::string box = m_prefixes[n] + (chassis.empty() ? chip->GetName() : chassis);
            if (boxes.count(box) == 0)
            {
                order.push_back(box);
            }
            boxes[box].name = box;
            Merge(boxes[box].links, links);
            boxes[box].nodes.push_back(PeekPointer(chip));
        }
    }
    for (const std::string& box : order)
    {
        Add(ComponentKind::SWITCH_BOX, boxes[box]);
    }
}

void
FabricFaultTargets::AddEndpoints(const BuiltFabric& fabric)
{
    std::map<uint32_t, std::vector<uint32_t>> linksOfNodeId;
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        for (uint32_t i = 0; i < network->GetNEndpoints(); ++i)
        {
            Merge(linksOfNodeId[network->GetNodeId(i)],
                  m_linksOfNode[PeekPointer(network->GetEndpoint(i))]);
        }
    }
    for (const EndpointGroup& group : fabric.groups)
    {
        const Ptr<FabricNetwork>& network = fabric.networks.at(group.network);
        for (uint32_t i = group.first; i < group.first + group.count; ++i)
        {
            const Ptr<FabricEndpoint> endpoint = network->GetEndpoint(i);
            Component one{m_prefixes[group.network] + endpoint->GetName()};
            one.nodes.push_back(PeekPointer(endpoint));
            const bool isCpu = group.name == "cpu";
            if (group.network == 0)
            {
                one.links = linksOfNodeId[network->GetNodeId(i)];
                Add(isCpu ? ComponentKind::CPU : ComponentKind::NPU, one);
            }
            if (group.network > 0 || group.name == "endpoint")
            {
                one.links = m_linksOfNode[PeekPointer(endpoint)];
                Add(ComponentKind::NIC, one);
            }
        }
    }
}

void
FabricFaultTargets::AddHosts(const BuiltFabric& fabric, uint32_t hostsPerRack)
{
    std::vector<std::string> order;
    std::map<std::string, Component> hosts;
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        for (uint32_t i = 0; i < network->GetNEndpoints(); ++i)
        {
            const std::string host = GetChassis(network->GetEndpoint(i)->GetName());
            if (!host.empty() && hosts.try_emplace(host).second)
            {
                order.push_back(host);
            }
        }
    }
    for (const auto& [node, links] : m_linksOfNode)
    {
        const auto host = hosts.find(GetChassis(node->GetName()));
        if (host != hosts.end())
        {
            Merge(host->second.links, links);
            host->second.nodes.push_back(node);
        }
    }
    for (uint32_t i = 0; i < order.size(); ++i)
    {
        hosts[order[i]].name = order[i];
        Add(ComponentKind::HOST, hosts[order[i]]);
    }
    for (uint32_t i = 0; hostsPerRack > 0 && i < order.size(); i += hostsPerRack)
    {
        Component rack{"rack-" + std::to_string(i / hostsPerRack)};
        for (uint32_t h = i; h < i + hostsPerRack && h < order.size(); ++h)
        {
            const Component& host = hosts[order[h]];
            Merge(rack.links, host.links);
            rack.nodes.insert(rack.nodes.end(), host.nodes.begin(), host.nodes.end());
        }
        Add(ComponentKind::POWER_FEED, std::move(rack));
    }
}

std::optional<uint32_t>
FabricFaultTargets::Find(ComponentKind::Kind kind, const std::string& name) const
{
    const auto& ids = m_ids.at(kind);
    auto found = ids.find(name);
    if (found == ids.end() && !m_soleNetwork.empty() &&
        name.compare(0, m_soleNetwork.size(), m_soleNetwork) == 0)
    {
        found = ids.find(name.substr(m_soleNetwork.size()));
    }
    if (found == ids.end() && (kind == ComponentKind::LINK || kind == ComponentKind::FIBRE))
    {
        found = ids.find(SwapEnds(name));
    }
    return found == ids.end() ? std::nullopt : std::optional<uint32_t>(found->second);
}

std::string
FabricFaultTargets::SwapEnds(const std::string& name) const
{
    const std::string between = "--";
    std::size_t first = 0; // behind the name of the network
    for (const std::string& prefix : m_prefixes)
    {
        first =
            !prefix.empty() && name.compare(0, prefix.size(), prefix) == 0 ? prefix.size() : first;
    }
    if (name.compare(0, m_soleNetwork.size(), m_soleNetwork) == 0)
    {
        first = m_soleNetwork.size();
    }
    const std::size_t middle = name.find(between, first);
    if (middle == std::string::npos)
    {
        return name;
    }
    const std::size_t second = middle + between.size();
    const std::size_t end = std::min(name.find('#', second), name.size());
    return (m_soleNetwork.empty() ? name.substr(0, first) : "") +
           name.substr(second, end - second) + between + name.substr(first, middle - first) +
           name.substr(end);
}

std::vector<std::string>
FabricFaultTargets::GetNames(ComponentKind::Kind kind) const
{
    std::vector<std::string> names;
    for (const Component& component : m_components.at(kind))
    {
        names.push_back(component.name);
    }
    return names;
}

std::string
FabricFaultTargets::ExplainRefusal(ComponentKind::Kind kind,
                                   uint32_t id,
                                   const FailureEffect& effect) const
{
    const std::vector<uint32_t>& links = GetLinksOf(kind, id);
    std::ostringstream why;
    if (effect.kind == FailureEffect::LANES_LOST)
    {
        const std::size_t lanes = GetLanesOf(kind, id).size();
        if (effect.lanes > lanes)
        {
            why << effect.lanes << " lanes; allowed: 1 to " << lanes;
        }
        return why.str();
    }
    if (kind == ComponentKind::LANE && effect.kind != FailureEffect::COMPONENT_DOWN)
    {
        return "it acts on all lanes of a link; allowed for a lane: down";
    }
    for (const uint32_t i : links)
    {
        const LinkPlace& place = m_links[i];
        const LinkState& state = place.link->GetBaseState(0);
        if (effect.kind == FailureEffect::EXTRA_LOSS && !place.light)
        {
            why << "link " << place.name
                << " has no optics that loss could act on; allowed: components of networks with "
                   "optics";
            return why.str();
        }
        if (effect.kind == FailureEffect::EXTRA_DELAY)
        {
            const auto delayPs = effect.delay.GetPs();
            const int64_t leftPs = MAX_DELAY_PS - state.propagation.GetPicoSeconds();
            if (!delayPs || *delayPs > leftPs)
            {
                why << effect.delay.Write() << " for link " << place.name << "; allowed: 0s to "
                    << FaultTime::FromPs(leftPs).Write()
                    << ", as no link's propagation is above 1ms";
                return why.str();
            }
        }
        const double rateBps = static_cast<double>(state.rate.GetBitRate());
        if (effect.kind == FailureEffect::RATE_REDUCED &&
            std::round(rateBps * (1 - effect.share)) < MIN_RATE_BPS)
        {
            why << "share " << effect.share << " for link " << place.name << " of " << rateBps / 1e9
                << " Gb/s; allowed: above 0, at most " << 1 - MIN_RATE_BPS / rateBps
                << ", as no link has less than 1 Gb/s";
            return why.str();
        }
    }
    return "";
}

const std::vector<FabricFaultTargets::LinkPlace>&
FabricFaultTargets::GetLinks() const
{
    return m_links;
}

const std::vector<uint32_t>&
FabricFaultTargets::GetLinksOf(ComponentKind::Kind kind, uint32_t id) const
{
    return Get(kind, id).links;
}

const std::vector<const FabricNode*>&
FabricFaultTargets::GetNodesOf(ComponentKind::Kind kind, uint32_t id) const
{
    return Get(kind, id).nodes;
}

std::pair<uint32_t, uint32_t>
FabricFaultTargets::GetModule(uint32_t id) const
{
    const Component& module = Get(ComponentKind::MODULE, id);
    return {m_links[module.links.front()].network, module.module};
}

std::vector<FabricFaultTargets::LanePlace>
FabricFaultTargets::GetLanesOf(ComponentKind::Kind kind, uint32_t id) const
{
    const Component& component = Get(kind, id);
    std::vector<LanePlace> lanes;
    for (const uint32_t i : component.links)
    {
        const LinkPlace& place = m_links[i];
        const bool isAtFarEnd = component.module != FabricLink::NO_MODULE &&
                                place.link->GetModule(0) != component.module;
        for (uint32_t lane = 0; lane < place.lanes; ++lane)
        {
            lanes.push_back({i, lane, isAtFarEnd ? 1U : 0U});
        }
    }
    if (kind == ComponentKind::LANE)
    {
        // Lanes of a module are counted through its links, so those before this link count too.
        uint32_t before = 0;
        const auto module =
            *Find(ComponentKind::MODULE, component.name.substr(0, component.name.rfind('/')));
        for (const uint32_t i : GetLinksOf(ComponentKind::MODULE, module))
        {
            if (i == component.links.front())
            {
                break;
            }
            before += m_links[i].lanes;
        }
        return {lanes.at(component.lane - before)};
    }
    return lanes;
}

std::string
FabricFaultTargets::GetWhere(ComponentKind::Kind kind, uint32_t id) const
{
    const Component& component = Get(kind, id);
    if (component.links.empty())
    {
        return "without links";
    }
    const LinkPlace& place = m_links[component.links.front()];
    const auto getNode = [&place](uint32_t end) {
        return place.link->GetPort(end)->GetOwner()->GetName();
    };
    if (component.module != FabricLink::NO_MODULE)
    {
        return "at " + getNode(place.link->GetModule(0) == component.module ? 0 : 1);
    }
    switch (kind)
    {
    case ComponentKind::LINK:
    case ComponentKind::FIBRE:
    case ComponentKind::CONNECTOR:
    case ComponentKind::OCS_PORT:
        return "between " + getNode(0) + " and " + getNode(1);
    default:
        return "with " + std::to_string(component.links.size()) + " links";
    }
}

} // namespace opticalfabric
} // namespace ns3
