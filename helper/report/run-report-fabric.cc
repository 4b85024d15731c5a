/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-fabric.h"

#include "run-report-units.h"

#include <cmath>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param tier a tier
 * @return its name
 */
std::string
GetTierName(uint64_t tier)
{
    return tier == 0 ? "endpoints" : "tier " + std::to_string(tier);
}

/**
 * @param bitRate a rate, bit/s
 * @return it for people
 */
std::string
FormatBitRate(uint64_t bitRate)
{
    return FormatScaled(static_cast<double>(bitRate)) + "b/s";
}

/**
 * @param network a network
 * @return its ratios of oversubscription, for people; empty if it has none
 */
std::string
FormatOversubscription(const NetworkRecord& network)
{
    std::string text;
    for (uint64_t tier = 1; tier < network.tierSwitches.size(); ++tier)
    {
        const double ratio = network.GetOversubscription(tier);
        if (!std::isnan(ratio))
        {
            std::ostringstream os;
            os << std::setprecision(4) << ratio << ":1 at tier " << tier;
            text += (text.empty() ? "oversubscription " : ", ") + os.str();
        }
    }
    return text;
}

/**
 * @param network a network
 * @param os where to
 */
void
PrintNetwork(const NetworkRecord& network, std::ostream& os)
{
    os << "  " << network.name << ": ";
    for (std::size_t i = 0; i < network.tierSwitches.size(); ++i)
    {
        os << (i == 0 ? "" : ", ") << FormatCount(network.tierSwitches[i])
           << (network.tierSwitches[i] == 1 ? " switch" : " switches") << " in tier " << i + 1;
    }
    for (const LinkGroupRecord& group : network.linkGroups)
    {
        os << "; " << GetTierName(group.lowerTier) << " to " << GetTierName(group.upperTier) << ": "
           << FormatCount(group.links) << (group.medium == "optical" ? " optical" : " electrical")
           << (group.links == 1 ? " link" : " links") << " of " << FormatBitRate(group.bitRate);
    }
    const std::string ratios = FormatOversubscription(network);
    os << (ratios.empty() ? "" : "; ") << ratios << "\n";
    os << "    routing " << network.routing << ", forwarding " << network.forwarding << ", MTU "
       << FormatCount(network.mtuBytes) << " B and " << FormatCount(network.headerBytes)
       << " B of header\n";
}

} // namespace

void
PrintFabric(const RunResults& results, std::ostream& os)
{
    const FabricRecord& fabric = results.fabric;
    std::vector<std::vector<std::string>> rows{
        {"", "endpoints", "switches", "links", "optical links", "optical modules"}};
    NetworkRecord sum;
    sum.name = "together";
    sum.endpoints = fabric.endpoints;
    const auto add = [&](const NetworkRecord& network) {
        rows.push_back({network.name,
                        FormatCount(network.endpoints),
                        FormatCount(network.switches),
                        FormatCount(network.links),
                        FormatCount(network.opticalLinks),
                        FormatCount(network.opticalModules)});
    };
    for (const NetworkRecord& network : fabric.networks)
    {
        add(network);
        sum.switches += network.switches;
        sum.links += network.links;
        sum.opticalLinks += network.opticalLinks;
        sum.opticalModules += network.opticalModules;
    }
    if (fabric.networks.size() > 1)
    {
        add(sum);
    }
    const SimulationSettings& settings = results.provenance.settings;
    os << "\nFabric" << (fabric.kind.empty() ? "" : " (" + fabric.kind + ")") << ", seed "
       << settings.rngSeed << ", run " << settings.rngRun << "\n"
       << FormatTable(rows, 1);
    if (sum.opticalModules > 0)
    {
        std::ostringstream ends;
        ends << std::setprecision(3)
             << 2 * static_cast<double>(sum.opticalLinks) / static_cast<double>(sum.opticalModules);
        os << "  an optical link ends in a module on either side; a module holds " << ends.str()
           << (ends.str() == "1" ? " such end" : " such ends") << "\n";
    }
    for (const NetworkRecord& network : fabric.networks)
    {
        if (!network.routing.empty())
        {
            PrintNetwork(network, os);
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
