/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-loads.h"

#include <algorithm>
#include <optional>
#include <set>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Finds the lines of a bill that the parts of one network are on.
class LineFinder
{
  public:
    /**
     * @param fabric what was built
     * @param index number of the network
     * @param bill bill of the fabric
     */
    LineFinder(const BuiltFabric& fabric, std::size_t index, const BillOfMaterials& bill)
        : m_racks(fabric.parts.racks),
          m_name(fabric.names[index]),
          m_tiers(FindTiers(*fabric.networks[index])),
          m_plant(index < fabric.plants.size() ? fabric.plants[index] : nullptr),
          m_lines(bill.GetLines())
    {
        if (index < fabric.parts.networks.size())
        {
            m_parts = fabric.parts.networks[index];
        }
    }

    /**
     * @param node a node
     * @return line of the switch that it is, or of the network interface that it has, if any
     */
    std::optional<std::size_t> FindNode(const FabricNode& node) const
    {
        const uint32_t tier = m_tiers.at(&node);
        if (tier == 0)
        {
            return Find(PartClass::NIC, "", node);
        }
        const bool isSaid = tier <= m_parts.switches.size();
        return Find(PartClass::SWITCH, isSaid ? m_parts.switches[tier - 1].type : "", node);
    }

    /**
     * @param link a link
     * @param end 0 or 1
     * @return line of the module there, if any
     */
    std::optional<std::size_t> FindModule(const Ptr<FabricLink>& link, uint32_t end) const
    {
        const uint32_t number = link->GetModule(end);
        if (number == FabricLink::NO_MODULE)
        {
            return {};
        }
        const auto it = m_byModule.find(number);
        if (it != m_byModule.end())
        {
            return it->second;
        }
        const Ptr<OpticalModule> module = GetModule(link, end);
        const std::string type = module ? module->GetSpec().name : m_parts.module;
        // A module is counted where the first of its links is.
        const auto line = Find(PartClass::MODULE, type, *link->GetPort(end)->GetOwner());
        m_byModule[number] = line;
        return line;
    }

    /**
     * @param link a link
     * @param end 0 or 1
     * @return the module there; null unless the link is on light
     */
    Ptr<OpticalModule> GetModule(const Ptr<FabricLink>& link, uint32_t end) const
    {
        const auto light =
            m_plant ? DynamicCast<OpticalMedium>(m_plant->GetMedium(link)) : Ptr<OpticalMedium>();
        return light ? light->GetEnd(end).module : nullptr;
    }

  private:
    /**
     * @param part class
     * @param type name in the catalog; empty: any
     * @param node where it is
     * @return line of such parts, if any
     */
    std::optional<std::size_t> Find(PartClass::Kind part,
                                    const std::string& type,
                                    const FabricNode& node) const
    {
        const auto place = m_racks.find(node.GetNode()->GetId());
        const std::string rack = place == m_racks.end() ? "" : place->second;
        const auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const BillLine& one) {
            return one.part == part && one.network == m_name && one.rack == rack &&
                   (type.empty() || one.type == type);
        });
        return line == m_lines.end() ? std::optional<std::size_t>() : line - m_lines.begin();
    }

    const std::map<uint32_t, std::string>& m_racks; ///< rack by ns-3 node
    std::string m_name;                             ///< name of the network
    NetworkTiers m_tiers;                           ///< tier by node
    Ptr<OpticalPlant> m_plant;                      ///< modules and media; may be null
    const std::vector<BillLine>& m_lines;           ///< lines of the bill
    NetworkParts m_parts;                           ///< what the network consists of
    /// Lines of modules that were looked for.
    mutable std::map<uint32_t, std::optional<std::size_t>> m_byModule;
};

} // namespace

FabricLoads::FabricLoads(const BuiltFabric& fabric,
                         const BillOfMaterials& bill,
                         const std::map<std::string, double>& switchBytesPerS)
    : m_capacities(bill.GetLines().size(), 0)
{
    for (std::size_t n = 0; n < fabric.networks.size(); ++n)
    {
        AddNetwork(fabric, n, bill);
    }
    for (std::size_t i = 0; i < m_capacities.size(); ++i)
    {
        const BillLine& line = bill.GetLines()[i];
        const auto known = switchBytesPerS.find(line.type);
        if (line.part == PartClass::SWITCH && known != switchBytesPerS.end())
        {
            m_capacities[i] =
                std::max(m_capacities[i], known->second * static_cast<double>(line.count));
        }
    }
}

void
FabricLoads::AddNetwork(const BuiltFabric& fabric, std::size_t index, const BillOfMaterials& bill)
{
    const LineFinder finder(fabric, index, bill);
    const FabricNetwork& network = *fabric.networks[index];
    std::map<Pattern, std::size_t> numbers;
    std::set<uint32_t> seen;
    for (uint32_t i = 0; i < network.GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = network.GetLink(i);
        for (uint32_t end = 0; end < 2; ++end)
        {
            const Ptr<FabricPort> port = link->GetPort(end);
            Pattern pattern;
            const auto add = [&](const std::optional<std::size_t>& line) {
                if (line)
                {
                    pattern.push_back(*line);
                    m_capacities[*line] +=
                        static_cast<double>(link->GetState(end).rate.GetBitRate()) / 8;
                }
            };
            const auto line = finder.FindModule(link, end);
            add(finder.FindNode(*port->GetOwner()));
            add(line);
            add(finder.FindModule(link, 1 - end));
            const auto far = finder.FindNode(*port->GetPeer()->GetOwner());
            const bool isNic = far && bill.GetLines()[*far].part == PartClass::NIC;
            add(isNic ? far : std::optional<std::size_t>());
            std::sort(pattern.begin(), pattern.end());
            const auto number = numbers.find(pattern);
            if (number == numbers.end())
            {
                numbers[pattern] = m_patterns.size();
                m_patterns.push_back(pattern);
            }
            m_sources.push_back({PeekPointer(port), numbers.at(pattern)});
            if (line && seen.insert(link->GetModule(end)).second)
            {
                m_modules.push_back(
                    {index, link->GetModule(end), *line, finder.GetModule(link, end)});
            }
        }
    }
}

const std::vector<double>&
FabricLoads::GetCapacitiesBytesPerS() const
{
    return m_capacities;
}

std::vector<uint64_t>
FabricLoads::Read() const
{
    std::vector<uint64_t> byPattern(m_patterns.size(), 0);
    for (const Source& source : m_sources)
    {
        const FabricPort::Counters counters = source.port->GetCounters();
        byPattern[source.pattern] += counters.wireBytes + counters.repeatedBytes;
    }
    std::vector<uint64_t> byLine(m_capacities.size(), 0);
    for (std::size_t i = 0; i < m_patterns.size(); ++i)
    {
        for (const std::size_t line : m_patterns[i])
        {
            byLine[line] += byPattern[i];
        }
    }
    return byLine;
}

const std::vector<FabricLoads::Module>&
FabricLoads::GetModules() const
{
    return m_modules;
}

} // namespace opticalfabric
} // namespace ns3
