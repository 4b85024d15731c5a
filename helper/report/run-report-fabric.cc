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
 * Leaves of a Clos network share out its endpoints as evenly as they can, and have as many links up
 * each: the fullest has the mean of links down, rounded up.
 *
 * @param network a network whose tier 1 are such leaves
 * @return links down of the fullest of them over the mean
 */
double
GetFullestOverMean(const NetworkRecord& network)
{
    uint64_t down = 0;
    for (const LinkGroupRecord& group : network.linkGroups)
    {
        down += group.lowerTier == 0 && group.upperTier == 1 ? group.links : 0;
    }
    const uint64_t leaves = network.tierSwitches.front();
    const uint64_t most = down > 0 && leaves > 0 ? (down + leaves - 1) / leaves : 1;
    return down > 0 ? static_cast<double>(most * leaves) / static_cast<double>(down) : 1;
}

/**
 * @param network a network
 * @param kind kind of its fabric
 * @return its ratios of oversubscription, for people; empty if it has none
 */
std::string
FormatOversubscription(const NetworkRecord& network, const std::string& kind)
{
    std::string text;
    for (uint64_t tier = 1; tier < network.tierSwitches.size(); ++tier)
    {
        const double ratio = network.GetOversubscription(tier);
        if (!std::isnan(ratio))
        {
            std::ostringstream os;
            // As fabric.oversubscription has it, which counts the fullest leaf.
            const double fullest = tier == 1 && kind == "clos" ? GetFullestOverMean(network) : 1;
            os << std::setprecision(4) << ratio * fullest << ":1 at "
               << (fullest > 1 ? "the fullest leaf, tier " : "tier ") << tier;
            text += (text.empty() ? "oversubscription " : ", ") + os.str();
        }
    }
    return text;
}

/**
 * @param network a network
 * @param kind kind of its fabric
 * @param os where to
 */
void
PrintNetwork(const NetworkRecord& network, const std::string& kind, std::ostream& os)
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
    const std::string ratios = FormatOversubscription(network, kind);
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
            PrintNetwork(network, fabric.kind, os);
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
