/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-attributes.h"
#include "scenario-collective.h"
#include "scenario-fabric.h"
#include "scenario-faults.h"
#include "scenario-optics.h"
#include "scenario-power.h"
#include "scenario.h"

#include "ns3/hybrid-engine.h"
#include "ns3/json-writer.h"
#include "ns3/scenario-quantity.h"

#include <sstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param object an object
 * @param type its class
 * @param os where to write its attributes, a line each
 */
void
WriteAttributes(const ObjectBase& object, TypeId type, std::ostream& os)
{
    for (const auto& [key, value] : ListAttributes(object, type))
    {
        os << key << " = " << value << "\n";
    }
}

} // namespace

std::string
WriteScenario(const Scenario& scenario)
{
    std::ostringstream os;
    const auto text = [](const std::string& value) { return JsonWriter::Quote(value); };
    const auto boolean = [](bool value) { return value ? "true" : "false"; };
    os << "name = " << text(scenario.name) << "\n";
    if (!scenario.description.empty())
    {
        os << "description = " << text(scenario.description) << "\n";
    }
    os << "\n[fabric]\nkind = " << text(scenario.fabricKind) << "\n";
    const Ptr<FabricHelper> helper = MakeFabricHelper(scenario);
    WriteAttributes(*helper, GetFabricType(scenario.fabricKind), os);
    for (const std::string& name : helper->GetNetworkNames())
    {
        const auto network = CreateObject<FabricNetwork>();
        for (const std::string& whose : {std::string(), name})
        {
            const auto settings = scenario.networks.find(whose);
            if (settings != scenario.networks.end())
            {
                ApplyAttributes(settings->second, *network);
            }
        }
        os << "\n[network." << name << "]\n";
        WriteAttributes(*network, FabricNetwork::GetTypeId(), os);
    }
    WriteOptics(scenario, os);
    WriteFaults(scenario, os);
    WritePower(scenario, os);
    os << "\n[engine]\nfidelity = " << text(scenario.fidelity) << "\n";
    if (scenario.fidelity == "hybrid")
    {
        const auto hybrid = CreateObject<HybridEngine>();
        ApplyAttributes(scenario.hybrid, *hybrid);
        WriteAttributes(*hybrid, HybridEngine::GetTypeId(), os);
    }
    os << "scheduler = " << text(scenario.scheduler) << "\n";
    os << "time_limit = " << text(WriteTimePs(scenario.timeLimitPs)) << "\n";
    os << "\n[random]\nseed = " << scenario.seed << "\nrun = " << scenario.run << "\n";
    os << "\n[output]\nhdf5 = " << boolean(scenario.writesHdf5) << "\n";
    os << "ports = " << boolean(scenario.writesPorts) << "\n";
    os << "tail_quantile = " << JsonWriter::Format(scenario.tailQuantile) << "\n";
    os << "confidence = " << JsonWriter::Format(scenario.confidence) << "\n";
    for (const ScenarioCollective& collective : scenario.collectives)
    {
        WriteCollective(collective, os);
    }
    return os.str();
}

} // namespace opticalfabric
} // namespace ns3
