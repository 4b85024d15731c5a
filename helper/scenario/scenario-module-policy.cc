/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-module-policy.h"

#include "ns3/flow-engine.h"
#include "ns3/json-writer.h"
#include "ns3/scenario-error.h"
#include "ns3/scenario-quantity.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr const char* ALWAYS_ON = "always-on"; ///< name of a policy
constexpr const char* SLEEP = "sleep";         ///< name of a policy

} // namespace

void
ReadModulePolicy(ScenarioSection& section, ScenarioPower& power)
{
    PowerPolicySpec& policy = power.policy;
    const std::string name = section.TakeString("module_policy").value_or(ALWAYS_ON);
    if (name != ALWAYS_ON && name != SLEEP)
    {
        section.Refuse("module_policy",
                       *section.GetNode().Find("module_policy"),
                       std::string(ALWAYS_ON) + ", " + SLEEP +
                           "; no engine carries traffic at another rate than the full one yet");
    }
    policy.kind = name == SLEEP ? PowerPolicy::SLEEP : PowerPolicy::ALWAYS_ON;
    const auto takeTime = [&](const std::string& key, bool isNeeded) {
        const auto timePs = section.TakeTimePs(key);
        const ScenarioNode* node = section.GetNode().Find(key);
        if (timePs && name != SLEEP)
        {
            section.Refuse(key, *node, "it only with module_policy = \"sleep\"");
        }
        if (timePs && static_cast<uint64_t>(*timePs) > MAX_POLICY_PS)
        {
            section.Refuse(key, *node, "at most " + WriteTimePs(MAX_POLICY_PS));
        }
        if (!timePs && isNeeded && name == SLEEP)
        {
            section.Refuse("module_policy",
                           *section.GetNode().Find("module_policy"),
                           "it only with " + section.GetPath(key) + ", " + ALLOWED_TIME);
        }
        return static_cast<uint64_t>(timePs.value_or(0));
    };
    policy.sleepAfterPs = takeTime("sleep_after", true);
    policy.wakePs = takeTime("wake", true);
    if (const auto energyJ = section.TakeReal("wake_energy"))
    {
        const ScenarioNode& node = *section.GetNode().Find("wake_energy");
        if (name != SLEEP)
        {
            section.Refuse("wake_energy", node, "it only with module_policy = \"sleep\"");
        }
        policy.wakeEnergyJ = *energyJ;
        if (*energyJ > MAX_WAKE_ENERGY_J)
        {
            section.Refuse("wake_energy", node, "0 to 1e6, in J");
        }
    }
    const auto compare = section.TakeBoolean("compare");
    if (compare && name != SLEEP)
    {
        section.Refuse("compare",
                       *section.GetNode().Find("compare"),
                       "it only with module_policy = \"sleep\"");
    }
    power.compare = compare.value_or(true);
    if (const ScenarioNode* node = section.GetNode().Find("module_policy"))
    {
        power.marks["module_policy"] = node->mark;
    }
}

void
WriteModulePolicy(const ScenarioPower& power, std::ostream& os)
{
    const PowerPolicySpec& policy = power.policy;
    if (policy.kind != PowerPolicy::SLEEP)
    {
        return;
    }
    os << "module_policy = " << JsonWriter::Quote(SLEEP) << "\n"
       << "sleep_after = "
       << JsonWriter::Quote(WriteTimePs(static_cast<int64_t>(policy.sleepAfterPs))) << "\n"
       << "wake = " << JsonWriter::Quote(WriteTimePs(static_cast<int64_t>(policy.wakePs))) << "\n"
       << "wake_energy = " << JsonWriter::Format(policy.wakeEnergyJ) << "\n"
       << "compare = " << (power.compare ? "true" : "false") << "\n";
}

void
CheckModulePolicy(const Scenario& scenario, const BuiltFabric& fabric)
{
    const ScenarioPower& power = scenario.power;
    if (!power.isEnabled || power.policy.kind != PowerPolicy::SLEEP)
    {
        return;
    }
    const auto refuse = [&](const std::string& allowed) {
        const auto mark = power.marks.find("module_policy");
        throw ScenarioError(mark == power.marks.end() ? power.mark : mark->second,
                            std::string("power.module_policy = \"") + SLEEP +
                                "\" is not allowed; allowed: " + allowed);
    };
    if (scenario.fidelity == "hybrid")
    {
        refuse("it only with engine.fidelity = \"packet\" or \"flow\"");
    }
    if (fabric.GetModules() == 0)
    {
        refuse("it only on a fabric with optical modules");
    }
}

std::vector<Ptr<ModuleSleep>>
InstallModulePolicy(const Scenario& scenario,
                    const BuiltFabric& fabric,
                    const std::vector<Ptr<WorkloadRunner>>& runners,
                    const Ptr<EnergyRecorder>& recorder)
{
    std::vector<Ptr<ModuleSleep>> all;
    const ScenarioPower& power = scenario.power;
    if (!power.isEnabled || power.policy.kind != PowerPolicy::SLEEP)
    {
        return all;
    }
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        const auto sleep = CreateObject<ModuleSleep>();
        sleep->Install(network, power.policy);
        for (const Ptr<WorkloadRunner>& runner : runners)
        {
            const auto flows = DynamicCast<FlowEngine>(runner->GetEngine());
            if (flows && flows->GetNetwork() == network)
            {
                flows->SetGate(PeekPointer(sleep));
            }
        }
        if (recorder)
        {
            recorder->WatchSleep(sleep);
        }
        all.push_back(sleep);
    }
    return all;
}

} // namespace opticalfabric
} // namespace ns3
