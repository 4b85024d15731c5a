/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-fault-targets.h"

#include <algorithm>
#include <array>

namespace ns3
{
namespace opticalfabric
{

std::string
FabricFaultTargets::NameModule(uint32_t number)
{
    return "module-" + std::to_string(number);
}

void
FabricFaultTargets::AddCable(const std::string& name,
                             const std::vector<uint32_t>& links,
                             uint32_t side)
{
    Add(ComponentKind::FIBRE, {name, links});
    const Ptr<OpticalMedium>& light = m_links[links.front()].light;
    uint32_t connectors = 0; // on this side
    uint32_t before = 0;     // on the way
    uint32_t here = 1;
    const uint32_t all = CountConnectors(light);
    for (uint32_t i = 0; i < (light ? light->GetNParts() : 0); ++i)
    {
        const PathElement::Kind kind = light->GetPart(i).kind;
        here += kind == PathElement::SWITCH ? 1 : 0;
        if (kind != PathElement::CONNECTOR)
        {
            continue;
        }
        ++before;
        if (side != 0 && side != here)
        {
            continue;
        }
        const std::string number = std::to_string(connectors++);
        const bool isAtModule = before == 1 || before == all;
        if (!isAtModule)
        {
            Add(ComponentKind::CONNECTOR, {name + "/connector-" + number, links});
        }
    }
}

uint32_t
FabricFaultTargets::CountConnectors(const Ptr<OpticalMedium>& light)
{
    uint32_t connectors = 0;
    for (uint32_t i = 0; light && i < light->GetNParts(); ++i)
    {
        connectors += light->GetPart(i).kind == PathElement::CONNECTOR ? 1 : 0;
    }
    return connectors;
}

uint32_t
FabricFaultTargets::GetFirstLink(uint32_t network) const
{
    const auto found =
        std::find_if(m_links.begin(), m_links.end(), [network](const LinkPlace& place) {
            return place.network == network;
        });
    return static_cast<uint32_t>(found - m_links.begin());
}

void
FabricFaultTargets::AddCircuits(const BuiltFabric& fabric)
{
    for (uint32_t n = 0; n < fabric.networks.size(); ++n)
    {
        const CircuitLayer circuits = fabric.GetCircuits(n);
        const uint32_t first = GetFirstLink(n);
        for (uint32_t s = 0; s < circuits.GetNSwitches(); ++s)
        {
            const std::string name = CircuitLayer::NameSwitch(s);
            std::vector<uint32_t> all;
            for (const uint32_t number : circuits.GetLinks(s))
            {
                const uint32_t link = first + number;
                all.push_back(link);
                const uint32_t firstPort = circuits.Find(number)->firstPort;
                for (uint32_t i = 0; i < circuits.GetPortsPerLink(); ++i)
                {
                    Add(ComponentKind::OCS_PORT,
                        {m_prefixes[n] + CircuitLayer::NamePort(s, firstPort + i), {link}});
                }
            }
            std::sort(all.begin(), all.end());
            Add(ComponentKind::OCS, {m_prefixes[n] + name, all});
            std::array<std::map<uint32_t, std::vector<uint32_t>>, 2> cables; // by end, by module
            for (const uint32_t link : all)
            {
                for (uint32_t end = 0; end < 2; ++end)
                {
                    cables[end][m_links[link].link->GetModule(end)].push_back(link);
                }
            }
            for (const auto& [module, links] : cables[0])
            {
                AddCable(m_prefixes[n] + NameModule(module) + "--" + name, links, 1);
            }
            for (const auto& [module, links] : cables[1])
            {
                AddCable(m_prefixes[n] + name + "--" + NameModule(module), links, 2);
            }
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
