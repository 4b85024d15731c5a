/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-scenario-distance.h"

#include "ns3/fabric-link.h"
#include "ns3/fabric-network.h"
#include "ns3/nstime.h"

#include <algorithm>
#include <sstream>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace opticalfabrictest
{

namespace
{

/// Something of a scenario for which flows are not asked to be near packets.
struct NotAsked
{
    const char* name;                          ///< its name
    const char* reason;                        ///< what the documentation, or the output, says
    bool (*applies)(const DistanceCase& what); ///< whether a scenario has it
};

/**
 * What flows are not asked, each with a sentence of doc/flow-engine.rst or a warning in the run's
 * own output. To be emptied as flows learn.
 */
const NotAsked NOT_ASKED[] = {
    {"warned",
     "the run's own output says that this figure is approximate",
     [](const DistanceCase& what) { return what.isWarned; }},
    {"lost payload",
     "executions that fail end when the last packet is given up, of which flows have none",
     [](const DistanceCase& what) { return what.hasFailed; }},
    {"time limit",
     "executions that were cut off are not compared",
     [](const DistanceCase& what) { return what.scenario.timeLimitPs > 0; }},
};

} // namespace

std::string
FindNotAsked(const DistanceCase& what)
{
    for (const NotAsked& entry : NOT_ASKED)
    {
        if (entry.applies(what))
        {
            return entry.name;
        }
    }
    return "";
}

std::vector<std::string>
ListNotAsked()
{
    std::vector<std::string> lines;
    for (const NotAsked& entry : NOT_ASKED)
    {
        lines.push_back(std::string(entry.name) + ": " + entry.reason);
    }
    return lines;
}

std::vector<std::string>
FindReasons(const RunResults& results, const std::string& collective)
{
    const std::string of = "times of ";
    std::vector<std::string> reasons;
    for (const RunWarning& warning : results.warnings)
    {
        const std::string& figures = warning.figures;
        bool isMeant = false;
        std::istringstream names(figures.rfind(of, 0) == 0 ? figures.substr(of.size()) : "");
        for (std::string name; std::getline(names >> std::ws, name, ',');)
        {
            isMeant = isMeant || name == collective;
        }
        if (isMeant)
        {
            reasons.push_back(warning.reason.substr(0, warning.reason.find(':')));
        }
    }
    return reasons;
}

double
GetPacketTimeS(const BuiltFabric& fabric)
{
    double longest = 0;
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        const double bits = 8.0 * (network->GetMtu() + network->GetHeaderBytes());
        for (uint32_t i = 0; i < network->GetNLinks(); ++i)
        {
            const LinkState& state = network->GetLink(i)->GetState(0);
            longest = std::max(longest, bits / static_cast<double>(state.rate.GetBitRate()));
        }
    }
    return longest;
}

} // namespace opticalfabrictest
