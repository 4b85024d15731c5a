/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "down-parts.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param count how many
 * @param perPart how many of them make a part, at least 1
 * @return parts, the last one perhaps not full, as CountBill has it
 */
double
GetParts(uint64_t count, uint64_t perPart)
{
    return static_cast<double>((count + perPart - 1) / perPart);
}

} // namespace

std::string
DownParts::Maker::GetRack(uint32_t node) const
{
    const auto rack = fabric.parts.racks.find(node);
    return rack == fabric.parts.racks.end() ? "" : rack->second;
}

std::optional<std::size_t>
DownParts::Maker::FindLine(PartClass::Kind part,
                           const std::string& type,
                           const std::string& network,
                           const std::string& rack) const
{
    const std::vector<BillLine>& lines = bill.GetLines();
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const BillLine& one) {
        return one.part == part && one.network == network && one.rack == rack &&
               (type.empty() || one.type == type);
    });
    return line == lines.end() ? std::optional<std::size_t>() : line - lines.begin();
}

DownParts::DownParts(const BuiltFabric& fabric,
                     const BillOfMaterials& bill,
                     const FabricFaultTargets& targets)
    : m_targets(targets)
{
    const Maker maker{fabric, bill};
    AddEndpoints(maker);
    for (std::size_t n = 0; n < fabric.networks.size(); ++n)
    {
        AddNics(maker, n);
        AddSwitches(maker, n);
        AddCircuits(maker, n);
        PlaceModules(*fabric.networks[n], static_cast<uint32_t>(n));
    }
    AddBesides(maker);
}

std::optional<std::size_t>
DownParts::Add(const std::optional<std::size_t>& line, double parts)
{
    if (!line)
    {
        return {};
    }
    m_pieces.push_back({*line, parts});
    return m_pieces.size() - 1;
}

void
DownParts::AddEndpoints(const Maker& maker)
{
    const BuiltFabric& fabric = maker.fabric;
    for (std::size_t g = 0; g < fabric.groups.size() && g < fabric.parts.groups.size(); ++g)
    {
        const EndpointGroup& group = fabric.groups[g];
        const EndpointPart& part = fabric.parts.groups[g];
        if (part.type.empty())
        {
            continue; // counted in another network
        }
        const Ptr<FabricNetwork>& network = fabric.networks.at(group.network);
        std::map<std::string, uint64_t> counts;
        for (uint32_t i = group.first; i < group.first + group.count; ++i)
        {
            ++counts[maker.GetRack(network->GetNodeId(i))];
        }
        for (uint32_t i = group.first; i < group.first + group.count; ++i)
        {
            const std::string rack = maker.GetRack(network->GetNodeId(i));
            const uint64_t count = counts.at(rack);
            m_atNode[PeekPointer(network->GetEndpoint(i))].own =
                Add(maker.FindLine(part.part, part.type, "", rack),
                    GetParts(count, part.endpointsPerPart) / static_cast<double>(count));
        }
    }
}

void
DownParts::AddNics(const Maker& maker, std::size_t network)
{
    const FabricNetwork& graph = *maker.fabric.networks[network];
    const auto find = [&](uint32_t endpoint) {
        return maker.FindLine(PartClass::NIC,
                              "",
                              maker.fabric.names[network],
                              maker.GetRack(graph.GetNodeId(endpoint)));
    };
    std::map<std::optional<std::size_t>, uint64_t> endpoints; // by line
    for (uint32_t i = 0; i < graph.GetNEndpoints(); ++i)
    {
        ++endpoints[find(i)];
    }
    for (uint32_t i = 0; i < graph.GetNEndpoints(); ++i)
    {
        if (const auto line = find(i))
        {
            const auto parts = static_cast<double>(maker.bill.GetLines()[*line].count);
            m_atNode[PeekPointer(graph.GetEndpoint(i))].nic =
                Add(line, parts / static_cast<double>(endpoints.at(line)));
        }
    }
}

void
DownParts::AddSwitches(const Maker& maker, std::size_t network)
{
    const FabricNetwork& graph = *maker.fabric.networks[network];
    const std::vector<NetworkParts>& known = maker.fabric.parts.networks;
    const NetworkParts parts = network < known.size() ? known[network] : NetworkParts();
    const NetworkTiers tiers = FindTiers(graph);
    const auto getPlace = [&](const Ptr<FabricSwitch>& chip) {
        return std::make_pair(tiers.at(PeekPointer(chip)), maker.GetRack(chip->GetNode()->GetId()));
    };
    std::map<std::pair<uint32_t, std::string>, uint64_t> ports;
    for (uint32_t i = 0; i < graph.GetNSwitches(); ++i)
    {
        const Ptr<FabricSwitch> chip = graph.GetSwitch(i);
        ports[getPlace(chip)] += chip->GetNPorts();
    }
    for (uint32_t i = 0; i < graph.GetNSwitches(); ++i)
    {
        const Ptr<FabricSwitch> chip = graph.GetSwitch(i);
        const auto [tier, rack] = getPlace(chip);
        const SwitchPart part =
            tier <= parts.switches.size() ? parts.switches[tier - 1] : SwitchPart();
        const uint64_t all = ports.at({tier, rack});
        const double share = part.portsPerPart == 0 ? 1
                                                    : GetParts(all, part.portsPerPart) *
                                                          static_cast<double>(chip->GetNPorts()) /
                                                          static_cast<double>(all);
        m_atNode[PeekPointer(chip)].own =
            Add(maker.FindLine(PartClass::SWITCH, part.type, maker.fabric.names[network], rack),
                share);
    }
}

void
DownParts::AddCircuits(const Maker& maker, std::size_t network)
{
    const std::vector<NetworkParts>& known = maker.fabric.parts.networks;
    const NetworkParts parts = network < known.size() ? known[network] : NetworkParts();
    const CircuitLayer circuits = maker.fabric.GetCircuits(static_cast<uint32_t>(network));
    for (uint32_t i = 0; i < circuits.GetNSwitches(); ++i)
    {
        const std::string rack = i < parts.circuitRacks.size() ? parts.circuitRacks[i] : "";
        m_circuits.push_back(Add(maker.FindLine(PartClass::CIRCUIT_SWITCH,
                                                circuits.GetSpec().name,
                                                maker.fabric.names[network],
                                                rack),
                                 1));
    }
}

void
DownParts::PlaceModules(const FabricNetwork& network, uint32_t index)
{
    std::set<uint32_t> seen;
    for (uint32_t i = 0; i < network.GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = network.GetLink(i);
        for (uint32_t end = 0; end < 2; ++end)
        {
            const uint32_t number = link->GetModule(end);
            if (number != FabricLink::NO_MODULE && seen.insert(number).second)
            {
                m_atNode[link->GetPort(end)->GetOwner()].modules.emplace_back(index, number);
            }
        }
    }
}

void
DownParts::AddBesides(const Maker& maker)
{
    const auto hosts = static_cast<uint32_t>(m_targets.GetNames(ComponentKind::HOST).size());
    m_besides.resize(hosts);
    std::map<std::string, std::vector<uint32_t>> byRack;
    for (uint32_t host = 0; host < hosts; ++host)
    {
        std::set<std::pair<uint32_t, std::string>> racks; // of its nodes, the first made first
        for (const FabricNode* node : m_targets.GetNodesOf(ComponentKind::HOST, host))
        {
            const uint32_t id = node->GetNode()->GetId();
            racks.emplace(id, maker.GetRack(id));
            m_hostOfNode[node] = host;
        }
        byRack[racks.empty() ? "" : racks.begin()->second].push_back(host);
    }
    for (const BillLine& line : maker.fabric.parts.besides.GetLines())
    {
        const bool isOfHosts =
            line.part == PartClass::ENCLOSURE || line.part == PartClass::PROCESSOR;
        const auto there = byRack.find(line.rack);
        if (!isOfHosts || !line.network.empty() || there == byRack.end())
        {
            continue;
        }
        const double share =
            static_cast<double>(line.count) / static_cast<double>(there->second.size());
        for (const uint32_t host : there->second)
        {
            if (const auto piece = Add(maker.FindLine(line.part, line.type, "", line.rack), share))
            {
                m_besides[host].push_back(*piece);
            }
        }
    }
}

const std::vector<DownParts::Piece>&
DownParts::GetPieces() const
{
    return m_pieces;
}

DownParts::Content
DownParts::Find(ComponentKind::Kind kind, uint32_t id) const
{
    Content content;
    const auto add = [&content](const std::optional<std::size_t>& piece) {
        if (piece)
        {
            content.pieces.push_back(*piece);
        }
    };
    if (kind == ComponentKind::MODULE)
    {
        content.modules.push_back(m_targets.GetModule(id));
    }
    else if (kind == ComponentKind::OCS)
    {
        add(m_circuits.at(id));
    }
    const bool feeds = kind == ComponentKind::SWITCH_BOX || kind == ComponentKind::HOST ||
                       kind == ComponentKind::POWER_FEED;
    std::set<uint32_t> hosts;
    for (const FabricNode* node : m_targets.GetNodesOf(kind, id))
    {
        const auto there = m_atNode.find(node);
        if (there == m_atNode.end())
        {
            continue;
        }
        const NodeParts& parts = there->second;
        add(kind == ComponentKind::NIC ? std::nullopt : parts.own);
        add(feeds || kind == ComponentKind::NIC ? parts.nic : std::nullopt);
        if (feeds)
        {
            content.modules.insert(content.modules.end(),
                                   parts.modules.begin(),
                                   parts.modules.end());
            const auto host = m_hostOfNode.find(node);
            if (host != m_hostOfNode.end())
            {
                hosts.insert(host->second);
            }
        }
    }
    for (const uint32_t host : hosts)
    {
        content.pieces.insert(content.pieces.end(), m_besides[host].begin(), m_besides[host].end());
    }
    return content;
}

} // namespace opticalfabric
} // namespace ns3
