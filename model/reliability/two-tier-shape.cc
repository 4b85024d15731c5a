/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "two-tier-degradation.h"

#include "ns3/parameter-check.h"

#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint64_t MAX_LINKS = 100000000; ///< links of a fabric

/// Puts components of one kind into an inventory.
class Shelf
{
  public:
    /**
     * @param kind kind; throws std::invalid_argument if there is one already
     * @param temperatureC their temperature, degrees Celsius, if they have one
     * @param inventory where they go
     */
    Shelf(ComponentKind::Kind kind,
          const std::optional<double>& temperatureC,
          FaultInventory& inventory)
        : m_kind(kind),
          m_temperatureC(temperatureC),
          m_inventory(inventory)
    {
        const std::size_t there = inventory.GetComponents(kind).size();
        const std::string name = "components " + GetName(kind) + " of the inventory";
        ParameterCheck("two-tier fabric").Require(there == 0, name.c_str(), there, "0");
    }

    /**
     * @param name name of a component
     * @param dependents what it takes along
     */
    void Add(const std::string& name, std::vector<FaultDependent> dependents = {})
    {
        InventoryComponent component;
        component.name = name;
        component.temperatureC = m_temperatureC;
        component.dependents = std::move(dependents);
        m_inventory.AddComponent(m_kind, component);
    }

  private:
    ComponentKind::Kind m_kind;           ///< kind
    std::optional<double> m_temperatureC; ///< temperature, degrees Celsius
    FaultInventory& m_inventory;          ///< where they go
};

/**
 * @param node node
 * @return its name
 */
std::string
NameNode(uint32_t node)
{
    return "node-" + std::to_string(node);
}

/**
 * @param plane plane
 * @param chip L2 chip in it
 * @return its name
 */
std::string
NameSecondTier(uint32_t plane, uint32_t chip)
{
    return "plane-" + std::to_string(plane) + ".l2-" + std::to_string(chip);
}

/**
 * @param node node
 * @param plane plane
 * @param chip L2 chip in it
 * @return the link between them
 */
FaultDependent
MakeLink(uint32_t node, uint32_t plane, uint32_t chip)
{
    return {ComponentKind::LINK,
            NameNode(node) + ".l1-" + std::to_string(plane) + ".port-" + std::to_string(chip)};
}

} // namespace

void
TwoTierShape::Validate() const
{
    const ParameterCheck check("two-tier fabric");
    check.RequireBetween("nodes", nodes, 2, 100000);
    check.RequireBetween("planes", planes, 1, 1000);
    check.RequireBetween("chips", chips, 1, 1000);
    check.RequireBetween("npusPerNode", npusPerNode, 1, 1000);
    check.RequireBetween("lanesPerLink", lanesPerLink, 1, 64);
    check.RequireBetween("linksPerModule", linksPerModule, 1, 64);
    check.Require(chips % linksPerModule == 0 && nodes % linksPerModule == 0,
                  "linksPerModule",
                  linksPerModule,
                  "a divisor of chips and of nodes");
    const uint64_t links = static_cast<uint64_t>(nodes) * planes * chips;
    check.Require(links <= MAX_LINKS, "nodes * planes * chips", links, "2 to 100000000");
}

uint32_t
TwoTierShape::GetLinkCount() const
{
    return nodes * planes * chips;
}

void
AddTwoTierComponents(const TwoTierShape& shape,
                     const std::optional<double>& temperatureC,
                     FaultInventory& inventory)
{
    shape.Validate();
    Shelf npus(ComponentKind::NPU, temperatureC, inventory);
    Shelf links(ComponentKind::LINK, temperatureC, inventory);
    Shelf modules(ComponentKind::MODULE, temperatureC, inventory);
    Shelf chips(ComponentKind::SWITCH_CHIP, temperatureC, inventory);
    for (uint32_t node = 0; node < shape.nodes; ++node)
    {
        for (uint32_t npu = 0; npu < shape.npusPerNode; ++npu)
        {
            npus.Add(NameNode(node) + ".npu-" + std::to_string(npu));
        }
        for (uint32_t plane = 0; plane < shape.planes; ++plane)
        {
            const std::string firstTier = NameNode(node) + ".l1-" + std::to_string(plane);
            chips.Add(firstTier);
            std::vector<FaultDependent> carried;
            for (uint32_t chip = 0; chip < shape.chips; ++chip)
            {
                carried.push_back(MakeLink(node, plane, chip));
                links.Add(carried.back().name);
                if (carried.size() == shape.linksPerModule)
                {
                    const uint32_t module = chip / shape.linksPerModule;
                    modules.Add(firstTier + ".module-" + std::to_string(module), carried);
                    carried.clear();
                }
            }
        }
    }
    for (uint32_t plane = 0; plane < shape.planes; ++plane)
    {
        for (uint32_t chip = 0; chip < shape.chips; ++chip)
        {
            const std::string secondTier = NameSecondTier(plane, chip);
            chips.Add(secondTier);
            std::vector<FaultDependent> carried;
            for (uint32_t node = 0; node < shape.nodes; ++node)
            {
                carried.push_back(MakeLink(node, plane, chip));
                if (carried.size() == shape.linksPerModule)
                {
                    const uint32_t module = node / shape.linksPerModule;
                    modules.Add(secondTier + ".module-" + std::to_string(module), carried);
                    carried.clear();
                }
            }
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
