/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-inventory.h"

#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// How many of something there are in each rack.
using ByRack = std::map<std::string, uint64_t>;

/**
 * @param count how many
 * @param perPart how many of them make a part; throws std::invalid_argument if 0
 * @return parts, the last one perhaps not full
 */
uint64_t
GetParts(uint64_t count, uint64_t perPart)
{
    if (perPart == 0)
    {
        throw std::invalid_argument("CountBill: endpointsPerPart 0, allowed at least 1");
    }
    return (count + perPart - 1) / perPart;
}

/// Counts the parts of one network.
class NetworkCounter
{
  public:
    /**
     * @param fabric what was built
     * @param index number of the network
     * @param bill where its parts go
     */
    NetworkCounter(const BuiltFabric& fabric, std::size_t index, BillOfMaterials& bill)
        : m_network(*fabric.networks[index]),
          m_name(fabric.names[index]),
          m_plant(index < fabric.plants.size() ? fabric.plants[index] : nullptr),
          m_circuits(fabric.GetCircuits(static_cast<uint32_t>(index))),
          m_racks(fabric.parts.racks),
          m_tiers(FindTiers(m_network)),
          m_bill(bill)
    {
        if (index < fabric.parts.networks.size())
        {
            m_parts = fabric.parts.networks[index];
        }
    }

    /// Count all but the endpoints.
    void Count()
    {
        CountSwitches();
        CountCircuitSwitches();
        CountLinks();
    }

    /**
     * @param node a node of the network
     * @return rack it stands in
     */
    std::string GetRack(const FabricNode& node) const
    {
        const auto rack = m_racks.find(node.GetNode()->GetId());
        return rack == m_racks.end() ? "" : rack->second;
    }

    /**
     * Add parts to the bill.
     * @param part class
     * @param type name in the catalog
     * @param what what they are, for the message
     * @param counts how many
     * @param perPart how many make a part
     */
    void Add(PartClass::Kind part,
             const std::string& type,
             const std::string& what,
             const ByRack& counts,
             uint64_t perPart) const
    {
        if (!counts.empty() && type.empty())
        {
            throw std::invalid_argument("CountBill: nothing says what " + what + " of network \"" +
                                        m_name + "\" are");
        }
        for (const auto& [rack, count] : counts)
        {
            m_bill.Add({part, type, m_name, rack, GetParts(count, perPart)});
        }
    }

  private:
    /// Count the switches, tier by tier.
    void CountSwitches() const
    {
        std::map<uint32_t, ByRack> switches;
        std::map<uint32_t, ByRack> ports;
        for (uint32_t i = 0; i < m_network.GetNSwitches(); ++i)
        {
            const Ptr<FabricSwitch> sw = m_network.GetSwitch(i);
            const uint32_t tier = m_tiers.at(PeekPointer(sw));
            const std::string rack = GetRack(*sw);
            ++switches[tier][rack];
            ports[tier][rack] += sw->GetNPorts();
        }
        for (const auto& [tier, counts] : switches)
        {
            const SwitchPart part =
                tier <= m_parts.switches.size() ? m_parts.switches[tier - 1] : SwitchPart();
            const std::string what = "switches in tier " + std::to_string(tier);
            const bool isShared = part.portsPerPart > 0;
            Add(PartClass::SWITCH,
                part.type,
                what,
                isShared ? ports.at(tier) : counts,
                isShared ? part.portsPerPart : 1);
        }
    }

    /// Count the circuit switches.
    void CountCircuitSwitches() const
    {
        ByRack counts;
        for (uint32_t i = 0; i < m_circuits.GetNSwitches(); ++i)
        {
            ++counts[i < m_parts.circuitRacks.size() ? m_parts.circuitRacks[i] : ""];
        }
        if (!counts.empty())
        {
            Add(PartClass::CIRCUIT_SWITCH,
                m_circuits.GetSpec().name,
                "circuit switches",
                counts,
                1);
        }
    }

    /// Count modules and cables.
    void CountLinks() const
    {
        std::map<std::string, ByRack> modules; // by type
        std::set<uint32_t> seen;
        ByRack fibreCables;
        ByRack copper;
        for (uint32_t i = 0; i < m_network.GetNLinks(); ++i)
        {
            const Ptr<FabricLink> link = m_network.GetLink(i);
            const FabricNode* ends[2] = {link->GetPort(0)->GetOwner(),
                                         link->GetPort(1)->GetOwner()};
            const uint32_t lower = m_tiers.at(ends[1]) < m_tiers.at(ends[0]) ? 1 : 0;
            if (link->GetMedium() == FabricLink::Medium::COPPER)
            {
                copper[GetRack(*ends[lower])] +=
                    m_parts.lanesPerCable > 0 ? 2 * link->GetLanes() : 1;
            }
            for (uint32_t end = 0; end < 2; ++end)
            {
                const uint32_t module = link->GetModule(end);
                if (module == FabricLink::NO_MODULE || !seen.insert(module).second)
                {
                    continue;
                }
                const std::string rack = GetRack(*ends[end]);
                ++modules[GetModuleType(link, end)][rack];
                // A circuit switch parts the way into a cable from either end.
                fibreCables[rack] += end == lower || m_circuits.Find(i) ? 1 : 0;
            }
        }
        for (const auto& [type, counts] : modules)
        {
            Add(PartClass::MODULE, type, "optical modules", counts, 1);
        }
        for (auto place = fibreCables.begin(); place != fibreCables.end();)
        {
            place = place->second == 0 ? fibreCables.erase(place) : std::next(place);
        }
        Add(PartClass::CABLE, m_parts.fibreCable, "fibre cables", fibreCables, 1);
        const uint64_t lanes = m_parts.lanesPerCable > 0 ? m_parts.lanesPerCable : 1;
        Add(PartClass::CABLE, m_parts.copperCable, "copper cables", copper, lanes);
    }

    /**
     * @param link a link
     * @param end 0 or 1, which has a module
     * @return type of that module
     */
    std::string GetModuleType(const Ptr<FabricLink>& link, uint32_t end) const
    {
        const auto light =
            m_plant ? DynamicCast<OpticalMedium>(m_plant->GetMedium(link)) : Ptr<OpticalMedium>();
        return light ? light->GetEnd(end).module->GetSpec().name : m_parts.module;
    }

    const FabricNetwork& m_network;                 ///< the network
    std::string m_name;                             ///< its name
    Ptr<OpticalPlant> m_plant;                      ///< its modules and media; may be null
    CircuitLayer m_circuits;                        ///< its circuit switches
    const std::map<uint32_t, std::string>& m_racks; ///< rack by ns-3 node
    NetworkTiers m_tiers;                           ///< tier by node
    BillOfMaterials& m_bill;                        ///< where parts go
    NetworkParts m_parts;                           ///< what they are
};

} // namespace

BillOfMaterials
CountBill(const BuiltFabric& fabric)
{
    BillOfMaterials bill = fabric.parts.besides;
    for (std::size_t n = 0; n < fabric.networks.size(); ++n)
    {
        NetworkCounter(fabric, n, bill).Count();
    }
    for (std::size_t g = 0; g < fabric.groups.size(); ++g)
    {
        const EndpointGroup& group = fabric.groups[g];
        if (g >= fabric.parts.groups.size())
        {
            throw std::invalid_argument("CountBill: nothing says what endpoints \"" + group.name +
                                        "\" are");
        }
        const EndpointPart& part = fabric.parts.groups[g];
        if (part.type.empty())
        {
            continue;
        }
        ByRack counts;
        for (uint32_t i = 0; i < group.count; ++i)
        {
            const uint32_t node = fabric.networks[group.network]->GetNodeId(group.first + i);
            const auto rack = fabric.parts.racks.find(node);
            ++counts[rack == fabric.parts.racks.end() ? "" : rack->second];
        }
        for (const auto& [rack, count] : counts)
        {
            bill.Add({part.part, part.type, "", rack, GetParts(count, part.endpointsPerPart)});
        }
    }
    return bill;
}

uint64_t
CountFibreEnds(const BillOfMaterials& bill, const Catalog& catalog)
{
    uint64_t ends = 0;
    for (const BillLine& line : bill.GetLines())
    {
        if (line.part == PartClass::MODULE)
        {
            ends += line.count * catalog.GetTransceiver(line.type)->GetFibres();
        }
    }
    return ends;
}

uint64_t
CountCircuitPorts(const BuiltFabric& fabric)
{
    uint64_t ports = 0;
    for (const CircuitLayer& layer : fabric.circuits)
    {
        ports += layer.GetUsedPorts();
    }
    return ports;
}

double
GetScaleUpBytesPerS(const BuiltFabric& fabric)
{
    std::set<const FabricNode*> endpoints;
    uint64_t accelerators = 0;
    for (std::size_t g = 0; g < fabric.groups.size() && g < fabric.parts.groups.size(); ++g)
    {
        const EndpointGroup& group = fabric.groups[g];
        const EndpointPart& part = fabric.parts.groups[g];
        if (group.network != 0 || part.part != PartClass::ACCELERATOR || part.type.empty())
        {
            continue;
        }
        accelerators += GetParts(group.count, part.endpointsPerPart);
        for (uint32_t i = 0; i < group.count; ++i)
        {
            endpoints.insert(PeekPointer(fabric.networks[0]->GetEndpoint(group.first + i)));
        }
    }
    if (accelerators == 0)
    {
        return 0;
    }
    double bitsPerS = 0;
    for (uint32_t i = 0; i < fabric.networks[0]->GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = fabric.networks[0]->GetLink(i);
        for (uint32_t end = 0; end < 2; ++end)
        {
            const bool isOne = endpoints.count(link->GetPort(end)->GetOwner()) > 0;
            bitsPerS += isOne ? static_cast<double>(link->GetState(end).rate.GetBitRate()) : 0;
        }
    }
    return bitsPerS / 8 / static_cast<double>(accelerators);
}

std::vector<std::string>
GetRacks(const BillOfMaterials& bill)
{
    std::set<std::string> racks;
    for (const BillLine& line : bill.GetLines())
    {
        if (!line.rack.empty())
        {
            racks.insert(line.rack);
        }
    }
    return {racks.begin(), racks.end()};
}

} // namespace opticalfabric
} // namespace ns3
