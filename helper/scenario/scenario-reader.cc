/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-reader.h"

#include "scenario-collective.h"
#include "scenario-fabric.h"
#include "scenario-faults.h"
#include "scenario-optics.h"
#include "scenario-power.h"

#include "ns3/build-info.h"
#include "ns3/fabric-network.h"
#include "ns3/hybrid-engine.h"
#include "ns3/input-file.h"
#include "ns3/scenario-section.h"
#include "ns3/scenario-toml.h"
#include "ns3/scheduler.h"
#include "ns3/sha256.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <set>
#include <system_error>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param name name that is to be that of a directory
 * @return whether it can be
 */
bool
IsName(const std::string& name)
{
    const char* const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    return !name.empty() && name.size() <= 100 && name[0] != '.' && name[0] != '-' &&
           name.find_first_not_of(allowed) == std::string::npos;
}

/// What a name has to be, for messages.
constexpr const char* ALLOWED_NAME =
    "letters, digits, \"-\", \"_\" and \".\", at most 100, not beginning with \"-\" or \".\"";

/**
 * @param root whole scenario
 * @param scenario filled in
 */
void
ReadFabric(ScenarioSection& root, Scenario& scenario)
{
    ScenarioNode nothing;
    const ScenarioNode* node = root.Take("fabric");
    ScenarioSection section(node != nullptr ? *node : nothing, "fabric");
    if (const auto kind = section.TakeString("kind"))
    {
        scenario.fabricKind = *kind;
        const std::vector<std::string> kinds = GetFabricKinds();
        if (std::find(kinds.begin(), kinds.end(), *kind) == kinds.end())
        {
            section.Refuse("kind",
                           *node->Find("kind"),
                           JoinNames(kinds) + SuggestName(*kind, kinds));
        }
    }
    scenario.fabricMark = section.GetNode().mark;
    scenario.fabric = TakeAttributes(section, GetFabricType(scenario.fabricKind));
    section.RefuseRest();
}

/**
 * @param root whole scenario, its fabric read
 * @param scenario filled in
 */
void
ReadNetworks(ScenarioSection& root, Scenario& scenario)
{
    const ScenarioNode* node = root.Take("network");
    if (node == nullptr)
    {
        return;
    }
    const TypeId type = FabricNetwork::GetTypeId();
    ScenarioSection section(*node, "network");
    scenario.networks[""] = TakeAttributes(section, type);
    const std::vector<std::string> names = GetNetworkNames(scenario);
    for (const std::string& name : names)
    {
        if (const ScenarioNode* own = section.Take(name))
        {
            ScenarioSection network(*own, section.GetPath(name));
            scenario.networks[name] = TakeAttributes(network, type);
            network.RefuseRest();
        }
    }
    section.RefuseRest();
}

/**
 * @param root whole scenario
 * @param scenario filled in
 */
void
ReadEngine(ScenarioSection& root, Scenario& scenario)
{
    if (const ScenarioNode* node = root.Take("engine"))
    {
        ScenarioSection section(*node, "engine");
        scenario.fidelity = section.TakeString("fidelity").value_or(scenario.fidelity);
        const std::vector<std::string> fidelities{"packet", "flow", "hybrid"};
        if (std::find(fidelities.begin(), fidelities.end(), scenario.fidelity) == fidelities.end())
        {
            section.Refuse("fidelity", *node->Find("fidelity"), JoinNames(fidelities));
        }
        if (scenario.fidelity == "hybrid")
        {
            scenario.hybrid = TakeAttributes(section, HybridEngine::GetTypeId());
        }
        for (const std::string& key : GetAttributeKeys(HybridEngine::GetTypeId()))
        {
            if (const ScenarioNode* value = node->Find(key);
                value != nullptr && scenario.fidelity != "hybrid")
            {
                section.Refuse(key, *value, "only with fidelity = \"hybrid\"");
            }
        }
        if (const auto scheduler = section.TakeString("scheduler"))
        {
            // Events of the first two lie in linked lists: the many that a network has at the same
            // time take time with the square of their number. The third loses the order once an
            // event is removed (ns-3.37, HeapScheduler::Remove).
            const std::set<std::string> unfit{"ns3::CalendarScheduler",
                                              "ns3::ListScheduler",
                                              "ns3::HeapScheduler"};
            std::vector<std::string> names;
            for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
            {
                const TypeId type = TypeId::GetRegistered(i);
                if (type.IsChildOf(Scheduler::GetTypeId()) && type.HasConstructor() &&
                    unfit.count(type.GetName()) == 0)
                {
                    names.push_back(type.GetName());
                }
            }
            // Without the namespace it is clear which is meant, too.
            const auto found =
                std::find_if(names.begin(), names.end(), [&scheduler](const std::string& name) {
                    return name == *scheduler || name == "ns3::" + *scheduler ||
                           name == "ns3::opticalfabric::" + *scheduler;
                });
            if (found == names.end())
            {
                section.Refuse("scheduler", *node->Find("scheduler"), JoinNames(names));
            }
            scenario.scheduler = *found;
        }
        scenario.timeLimitPs = section.TakeTimePs("time_limit").value_or(0);
        section.RefuseRest();
    }
    if (const ScenarioNode* node = root.Take("random"))
    {
        ScenarioSection section(*node, "random");
        scenario.seed =
            static_cast<uint32_t>(section.TakeUnsigned("seed", 1, 4294944442).value_or(1));
        scenario.run =
            section.TakeUnsigned("run", 0, std::numeric_limits<int64_t>::max()).value_or(1);
        section.RefuseRest();
    }
}

/**
 * @param root whole scenario
 * @param scenario filled in
 */
void
ReadOutput(ScenarioSection& root, Scenario& scenario)
{
    const ScenarioNode* node = root.Take("output");
    if (node == nullptr)
    {
        return;
    }
    ScenarioSection section(*node, "output");
    scenario.directory = section.TakeString("directory").value_or("");
    scenario.writesHdf5 = section.TakeBoolean("hdf5").value_or(scenario.writesHdf5);
    scenario.writesPorts = section.TakeBoolean("ports").value_or(scenario.writesPorts);
    scenario.showsProgress = section.TakeBoolean("progress").value_or(scenario.showsProgress);
    scenario.tailQuantile = section.TakeReal("tail_quantile", 0, BELOW_ONE, "0 to below 1")
                                .value_or(scenario.tailQuantile);
    scenario.confidence =
        section.TakeReal("confidence", ABOVE_ZERO, BELOW_ONE, "above 0 and below 1")
            .value_or(scenario.confidence);
    section.RefuseRest();
}

/**
 * @param root whole scenario
 * @param scenario filled in
 */
void
ReadCollectives(ScenarioSection& root, Scenario& scenario)
{
    const ScenarioNode* list = root.Take("collective");
    if (list == nullptr || (list->kind == ScenarioNode::LIST && list->elements.empty()))
    {
        if (scenario.surveyDraws > 0)
        {
            return;
        }
        throw ScenarioError({root.GetNode().mark.origin, 0},
                            "collective is missing; allowed: at least one table [[collective]] "
                            "that says what to run, or [survey] with [optics]");
    }
    if (list->kind != ScenarioNode::LIST)
    {
        root.Refuse("collective", *list, "a list of tables, each headed [[collective]]");
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < list->elements.size(); ++i)
    {
        const ScenarioNode& node = list->elements[i];
        const ScenarioNode* name = node.Find("name");
        const std::string step = name != nullptr && IsText(*name) ? name->text : std::to_string(i);
        ScenarioCollective collective = ReadCollective(node, "collective." + step);
        const auto mark =
            collective.marks.count("name") != 0 ? collective.marks["name"] : node.mark;
        if (!IsName(collective.spec.name))
        {
            throw ScenarioError(mark,
                                "collective." + step + ".name = \"" + collective.spec.name +
                                    "\" is not allowed; allowed: " + ALLOWED_NAME);
        }
        if (!names.insert(collective.spec.name).second)
        {
            throw ScenarioError(mark,
                                "collective." + step + ".name = \"" + collective.spec.name +
                                    "\" is not allowed; allowed: a name of its own for each "
                                    "collective (without one it is called after its kind)");
        }
        if (scenario.surveyDraws > 0 && collective.spec.name == SURVEY_PART)
        {
            throw ScenarioError(mark,
                                "collective." + step + ".name = \"" + SURVEY_PART +
                                    "\" is not allowed; allowed: another name, as this one is "
                                    "that of the link survey's results");
        }
        if (i == 0 && collective.concurrent)
        {
            throw ScenarioError(collective.marks["concurrent"],
                                "collective." + step +
                                    ".concurrent = true is not allowed; allowed: false for the "
                                    "first collective, which has none before it to join");
        }
        scenario.collectives.push_back(std::move(collective));
    }
}

/**
 * @param folder a folder, empty for the current one
 * @return files in it that may be scenarios, with its name before theirs, sorted; none if it is not
 *         there
 */
std::vector<std::string>
ListScenarios(const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    std::error_code error;
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? "." : folder, error))
    {
        if (entry.path().extension() == ".toml")
        {
            files.push_back((folder / entry.path().filename()).string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/**
 * @param path a scenario that is not there
 * @return what files are there that may be meant, empty if it is there, or nothing is
 */
std::string
DescribeScenarios(const std::string& path)
{
    namespace fs = std::filesystem;
    constexpr std::size_t MOST = 20; // more than that is no help
    std::error_code error;
    if (fs::exists(path, error))
    {
        return "";
    }
    const fs::path examples("examples/scenarios");
    const fs::path shipped(GetShippedScenarios());
    std::vector<std::string> files = ListScenarios(fs::path(path).parent_path());
    const bool isNamed = fs::equivalent(fs::absolute(path).parent_path(), examples, error);
    const std::vector<std::string> here =
        isNamed ? std::vector<std::string>() : ListScenarios(examples);
    files.insert(files.end(), here.begin(), here.end());
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    const std::size_t nearby = files.size();
    const bool isHere = fs::equivalent(shipped, examples, error) ||
                        fs::equivalent(shipped, fs::absolute(path).parent_path(), error);
    const std::vector<std::string> others =
        shipped.empty() || isHere ? std::vector<std::string>() : ListScenarios(shipped);
    files.insert(files.end(), others.begin(), others.end());
    std::vector<std::string> names;
    for (const std::string& file : files)
    {
        names.push_back(fs::path(file).stem().string());
    }
    std::string answer;
    for (const std::string& name : FindNearNames(fs::path(path).stem().string(), names, 1))
    {
        const auto at = std::find(names.begin(), names.end(), name) - names.begin();
        answer = " (did you mean " + files[static_cast<std::size_t>(at)] + "?)";
    }
    const auto list = [&](std::vector<std::string> some) {
        const bool isLong = some.size() > MOST;
        some.resize(std::min(some.size(), MOST));
        return JoinNames(some) + (isLong ? ", ..." : "");
    };
    files.resize(nearby);
    answer += files.empty() ? "" : "; there are: " + list(files);
    // The folder once, since its name may be long.
    std::vector<std::string> bare;
    for (const std::string& file : others)
    {
        bare.push_back(fs::path(file).filename().string());
    }
    const std::string place = " in " + shipped.string() + ": ";
    return bare.empty() ? answer
                        : answer + (files.empty() ? "; there are" : ";") + place + list(bare);
}

} // namespace

void
ScenarioReader::AddOverride(const std::string& assignment)
{
    m_overrides.push_back(assignment);
}

Scenario
ScenarioReader::ReadFile(const std::string& path) const
{
    const InputText file = ReadInputFile(path, MAX_TOML_BYTES);
    if (!file.IsOk())
    {
        throw ScenarioError({path, file.fault.line},
                            file.fault.what + "; allowed: a scenario file in TOML" +
                                DescribeScenarios(path));
    }
    const std::string& text = file.text;
    const std::size_t slash = path.rfind('/');
    const std::string base = slash == std::string::npos ? path : path.substr(slash + 1);
    const std::string stem = base.substr(0, base.rfind('.'));
    const std::string directory = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    Scenario scenario = Read(text, path, IsName(stem) ? stem : "scenario", directory);
    InputFile input;
    input.name = path;
    input.bytes = text.size();
    input.sha256 = Sha256::OfText(text);
    scenario.inputFiles.insert(scenario.inputFiles.begin(), input);
    return scenario;
}

Scenario
ScenarioReader::ReadText(const std::string& text,
                         const std::string& origin,
                         const std::string& name) const
{
    return Read(text, origin, name, "");
}

Scenario
ScenarioReader::Read(const std::string& text,
                     const std::string& origin,
                     const std::string& name,
                     const std::string& base) const
{
    ScenarioNode root = ParseToml(text, origin);
    root.mark = {origin, 0};
    for (const std::string& assignment : m_overrides)
    {
        ApplyOverride(root, assignment);
    }
    Scenario scenario;
    ScenarioSection section(root, "");
    scenario.name = section.TakeString("name").value_or(name);
    if (!IsName(scenario.name))
    {
        section.Refuse("name", *root.Find("name"), ALLOWED_NAME);
    }
    scenario.description = section.TakeString("description").value_or("");
    ReadFabric(section, scenario);
    ReadNetworks(section, scenario);
    ReadOptics(section, base, scenario);
    ReadFaults(section, base, scenario);
    ReadPower(section, scenario);
    ReadEngine(section, scenario);
    ReadOutput(section, scenario);
    // A misspelled section is more likely than a missing one.
    if (root.Find("collective") == nullptr)
    {
        section.RefuseRest({"collective"});
    }
    ReadCollectives(section, scenario);
    section.RefuseRest();
    return scenario;
}

} // namespace opticalfabric
} // namespace ns3
