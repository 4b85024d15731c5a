/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-module-policy.h"

#include "ns3/boolean.h"
#include "ns3/flow-engine.h"
#include "ns3/json-writer.h"
#include "ns3/scenario-error.h"
#include "ns3/scenario-quantity.h"

#include <algorithm>
#include <string>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr const char* ALWAYS_ON = "always-on";         ///< name of a policy
constexpr const char* SLEEP = "sleep";                 ///< name of a policy
constexpr const char* RATE_ADAPTIVE = "rate-adaptive"; ///< name of a policy

/// @param kind a policy @return its name
const char*
GetName(PowerPolicy::Kind kind)
{
    return kind == PowerPolicy::SLEEP           ? SLEEP
           : kind == PowerPolicy::RATE_ADAPTIVE ? RATE_ADAPTIVE
                                                : ALWAYS_ON;
}

/// Takes the keys of one policy, which only it may have.
class PolicyKeys
{
  public:
    /**
     * @param section the section [power]
     * @param name the policy whose keys they are
     * @param chosen the policy that the section has
     */
    PolicyKeys(ScenarioSection& section, const std::string& name, const std::string& chosen)
        : m_section(section),
          m_name(name),
          m_isChosen(name == chosen)
    {
    }

    /**
     * @param key a key
     * @param isNeeded whether the policy cannot do without
     * @return time, ps, 0 to MAX_POLICY_PS; 0 if it is not there
     */
    uint64_t TakeTime(const std::string& key, bool isNeeded)
    {
        const auto timePs = m_section.TakeTimePs(key, MAX_POLICY_PS);
        CheckKey(key,
                 timePs.has_value(),
                 isNeeded,
                 std::string(ALLOWED_TIME) + "; from 0s to " + WriteTimePs(MAX_POLICY_PS));
        return static_cast<uint64_t>(timePs.value_or(0));
    }

    /**
     * @param key a key
     * @param isNeeded whether the policy cannot do without
     * @param value set to its number, if it is there
     * @param least least number allowed
     * @param most greatest number allowed
     * @param allowed which are, for messages
     */
    void TakeReal(const std::string& key,
                  bool isNeeded,
                  double& value,
                  double least,
                  double most,
                  const std::string& allowed)
    {
        const auto real = m_section.TakeReal(key, least, most, allowed);
        CheckKey(key, real.has_value(), isNeeded, allowed);
        value = real.value_or(value);
    }

    /**
     * Needed.
     * @param key a key
     * @param rates set to its shares of the full rate
     */
    void TakeRates(const std::string& key, std::vector<double>& rates)
    {
        const std::string allowed = "shares of the full rate, above 0, ascending, the last being 1";
        const auto reals = m_section.TakeShares(key);
        CheckKey(key, reals.has_value(), true, allowed);
        const auto isDescent = [](double one, double next) { return one >= next; };
        if (reals && (reals->empty() || reals->front() == 0 || reals->back() != 1 ||
                      std::adjacent_find(reals->begin(), reals->end(), isDescent) != reals->end()))
        {
            Refuse(key, allowed);
        }
        rates = reals.value_or(rates);
    }

    /// @param key a key that is there @param allowed what is allowed
    [[noreturn]] void Refuse(const std::string& key, const std::string& allowed) const
    {
        m_section.Refuse(key, *m_section.GetNode().Find(key), allowed);
    }

  private:
    /**
     * @param key a key
     * @param isThere whether it is there
     * @param isNeeded whether the policy cannot do without
     * @param allowed what values are allowed
     */
    void CheckKey(const std::string& key,
                  bool isThere,
                  bool isNeeded,
                  const std::string& allowed) const
    {
        if (isThere && !m_isChosen)
        {
            Refuse(key, "only with module_policy = " + JsonWriter::Quote(m_name));
        }
        if (!isThere && isNeeded && m_isChosen)
        {
            Refuse("module_policy", "only with " + m_section.GetPath(key) + ", " + allowed);
        }
    }

    ScenarioSection& m_section; ///< the section [power]
    std::string m_name;         ///< the policy whose keys they are
    bool m_isChosen;            ///< the section has it
};

/// @param keys keys of "sleep" @param policy filled in
void
ReadSleep(PolicyKeys keys, PowerPolicySpec& policy)
{
    policy.sleepAfterPs = keys.TakeTime("sleep_after", true);
    policy.wakePs = keys.TakeTime("wake", true);
    keys.TakeReal("wake_energy", false, policy.wakeEnergyJ, 0, MAX_WAKE_ENERGY_J, "0 to 1e6, in J");
}

/// @param keys keys of "rate-adaptive" @param policy filled in
void
ReadRates(PolicyKeys keys, PowerPolicySpec& policy)
{
    keys.TakeRates("rate_steps", policy.rateSteps);
    policy.rateEpochPs = keys.TakeTime("rate_epoch", true);
    if (policy.kind == PowerPolicy::RATE_ADAPTIVE && policy.rateEpochPs == 0)
    {
        keys.Refuse("rate_epoch", "above 0s, at most " + WriteTimePs(MAX_POLICY_PS));
    }
    policy.rateChangePs = keys.TakeTime("rate_change", true);
    policy.slowAfterPs = keys.TakeTime("slow_after", false);
    keys.TakeReal("fixed_share", true, policy.fixedShare, 0, 1, "0 to 1");
    keys.TakeReal("rate_target",
                  false,
                  policy.rateTarget,
                  ABOVE_ZERO,
                  BELOW_ONE,
                  "above 0 and below 1");
}

/**
 * @param policy SLEEP
 * @param network a network
 * @param engines what moves flows over it
 * @param recorder told of it; may be null
 * @return what lets its modules sleep
 */
Ptr<Object>
InstallSleep(const PowerPolicySpec& policy,
             const Ptr<FabricNetwork>& network,
             const std::vector<Ptr<FlowEngine>>& engines,
             const Ptr<EnergyRecorder>& recorder)
{
    const auto sleep = CreateObject<ModuleSleep>();
    sleep->Install(network, policy);
    for (const Ptr<FlowEngine>& engine : engines)
    {
        engine->SetGate(PeekPointer(sleep));
    }
    if (recorder)
    {
        recorder->WatchSleep(sleep);
    }
    return sleep;
}

/**
 * @param policy RATE_ADAPTIVE
 * @param network a network
 * @param engines what moves flows over it, before the first transfer
 * @param recorder told of it; may be null
 * @return what lets the rates of its modules follow their load
 */
Ptr<Object>
InstallRates(const PowerPolicySpec& policy,
             const Ptr<FabricNetwork>& network,
             const std::vector<Ptr<FlowEngine>>& engines,
             const Ptr<EnergyRecorder>& recorder)
{
    const auto rates = CreateObject<ModuleRates>();
    rates->Install(network, policy);
    for (const Ptr<FlowEngine>& engine : engines)
    {
        // Links change, and not all alike.
        engine->SetAttribute("Symmetry", BooleanValue(false));
        rates->WatchEngine(engine);
    }
    if (recorder)
    {
        recorder->WatchRates(rates);
    }
    return rates;
}

} // namespace

void
ReadModulePolicy(ScenarioSection& section, ScenarioPower& power)
{
    PowerPolicySpec& policy = power.policy;
    const std::string name = section.TakeString("module_policy").value_or(ALWAYS_ON);
    policy.kind = name == SLEEP           ? PowerPolicy::SLEEP
                  : name == RATE_ADAPTIVE ? PowerPolicy::RATE_ADAPTIVE
                                          : PowerPolicy::ALWAYS_ON;
    if (name != GetName(policy.kind))
    {
        section.Refuse("module_policy",
                       *section.GetNode().Find("module_policy"),
                       std::string(ALWAYS_ON) + ", " + SLEEP + ", " + RATE_ADAPTIVE);
    }
    ReadSleep({section, SLEEP, name}, policy);
    ReadRates({section, RATE_ADAPTIVE, name}, policy);
    const auto compare = section.TakeBoolean("compare");
    if (compare && policy.kind == PowerPolicy::ALWAYS_ON)
    {
        section.Refuse("compare",
                       *section.GetNode().Find("compare"),
                       "only with module_policy = \"sleep\" or \"rate-adaptive\"");
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
    if (policy.kind == PowerPolicy::ALWAYS_ON)
    {
        return;
    }
    const auto writeTime = [&](const char* key, uint64_t timePs) {
        os << key << " = " << JsonWriter::Quote(WriteTimePs(static_cast<int64_t>(timePs))) << "\n";
    };
    os << "module_policy = " << JsonWriter::Quote(GetName(policy.kind)) << "\n";
    if (policy.kind == PowerPolicy::SLEEP)
    {
        writeTime("sleep_after", policy.sleepAfterPs);
        writeTime("wake", policy.wakePs);
        os << "wake_energy = " << JsonWriter::Format(policy.wakeEnergyJ) << "\n";
    }
    else
    {
        std::string steps;
        for (const double step : policy.rateSteps)
        {
            steps += (steps.empty() ? "" : ", ") + JsonWriter::Format(step);
        }
        os << "rate_steps = [" << steps << "]\n";
        writeTime("rate_epoch", policy.rateEpochPs);
        writeTime("rate_change", policy.rateChangePs);
        writeTime("slow_after", policy.slowAfterPs);
        os << "fixed_share = " << JsonWriter::Format(policy.fixedShare) << "\n"
           << "rate_target = " << JsonWriter::Format(policy.rateTarget) << "\n";
    }
    os << "compare = " << (power.compare ? "true" : "false") << "\n";
}

void
CheckModulePolicy(const Scenario& scenario, const BuiltFabric& fabric)
{
    const ScenarioPower& power = scenario.power;
    if (!power.isEnabled || power.policy.kind == PowerPolicy::ALWAYS_ON)
    {
        return;
    }
    const auto refuse = [&](const std::string& allowed) {
        const auto mark = power.marks.find("module_policy");
        throw ScenarioError(mark == power.marks.end() ? power.mark : mark->second,
                            std::string("power.module_policy = \"") + GetName(power.policy.kind) +
                                "\" is not allowed; allowed: " + allowed);
    };
    if (scenario.fidelity == "hybrid")
    {
        refuse("only with engine.fidelity = \"packet\" or \"flow\"");
    }
    if (fabric.GetModules() == 0)
    {
        refuse("only on a fabric with optical modules");
    }
}

std::vector<Ptr<Object>>
InstallModulePolicy(const Scenario& scenario,
                    const BuiltFabric& fabric,
                    const std::vector<Ptr<WorkloadRunner>>& runners,
                    const Ptr<EnergyRecorder>& recorder)
{
    std::vector<Ptr<Object>> all;
    const ScenarioPower& power = scenario.power;
    if (!power.isEnabled || power.policy.kind == PowerPolicy::ALWAYS_ON)
    {
        return all;
    }
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        std::vector<Ptr<FlowEngine>> engines;
        for (const Ptr<WorkloadRunner>& runner : runners)
        {
            const auto flows = DynamicCast<FlowEngine>(runner->GetEngine());
            if (flows && flows->GetNetwork() == network)
            {
                engines.push_back(flows);
            }
        }
        if (power.policy.kind == PowerPolicy::SLEEP)
        {
            all.push_back(InstallSleep(power.policy, network, engines, recorder));
        }
        else
        {
            all.push_back(InstallRates(power.policy, network, engines, recorder));
        }
    }
    return all;
}

} // namespace opticalfabric
} // namespace ns3
