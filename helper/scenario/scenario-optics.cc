/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-optics.h"

#include "scenario-fabric.h"

#include "ns3/input-file.h"
#include "ns3/link-survey.h"
#include "ns3/optical-plant.h"
#include "ns3/optics-helper.h"
#include "ns3/sha256.h"
#include "ns3/string.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint64_t USUAL_DRAWS = 10; ///< draws of a survey that does not say how many

/// Key of an attribute that is no scenario's to set: frames are as long as the network has them.
constexpr const char* FRAME_BYTES = "frame_bytes";

/**
 * @param settings some settings
 * @param attribute name of an attribute
 * @return what was said of it last, null if nothing was
 */
const ScenarioSetting*
FindSetting(const std::vector<ScenarioSetting>& settings, const std::string& attribute)
{
    const auto found = std::find_if(settings.rbegin(), settings.rend(), [&](const auto& setting) {
        return setting.attribute == attribute;
    });
    return found == settings.rend() ? nullptr : &*found;
}

/**
 * @param setting paths with commas between them
 * @param base directory they begin at; empty: the current one
 * @param key key they are the value of
 * @param scenario gets the files as input files
 * @return what the files say
 */
std::vector<CatalogText>
ReadCatalogFiles(const ScenarioSetting& setting,
                 const std::string& base,
                 const std::string& key,
                 Scenario& scenario)
{
    std::vector<CatalogText> texts;
    std::istringstream names(setting.value);
    std::string name;
    while (std::getline(names, name, ','))
    {
        const std::string path = (std::filesystem::path(base) / name).string();
        const InputText file = ReadInputFile(path, MAX_TOML_BYTES);
        if (!file.IsOk())
        {
            const std::string line =
                file.fault.line > 0 ? ":" + std::to_string(file.fault.line) + ": " : " ";
            throw ScenarioError(setting.mark,
                                key + " = \"" + setting.value + "\" is not allowed: " + path +
                                    line + file.fault.what +
                                    "; allowed: files in TOML, separated by commas, that are "
                                    "there");
        }
        texts.push_back({path, file.text});
        const auto isSame = [&](const InputFile& input) { return input.name == path; };
        const auto& inputs = scenario.inputFiles;
        if (std::none_of(inputs.begin(), inputs.end(), isSame))
        {
            InputFile input;
            input.name = path;
            input.bytes = file.text.size();
            input.sha256 = Sha256::OfText(file.text);
            scenario.inputFiles.push_back(input);
        }
    }
    return texts;
}

/**
 * @param section a section with optics
 * @param base directory that paths begin at
 * @param optics gets what the section says, after what it has
 * @param scenario gets input files
 */
void
TakeOptics(ScenarioSection& section,
           const std::string& base,
           ScenarioOptics& optics,
           Scenario& scenario)
{
    const auto add = [&section](std::vector<ScenarioSetting>& settings, TypeId type) {
        const std::vector<ScenarioSetting> taken = TakeAttributes(section, type, {FRAME_BYTES});
        settings.insert(settings.end(), taken.begin(), taken.end());
    };
    if (const ScenarioNode* node = section.GetNode().Find(FRAME_BYTES))
    {
        section.Refuse(FRAME_BYTES,
                       *node,
                       "nothing; frames are as long as network.mtu and network.header_bytes say");
    }
    optics.mark = section.GetNode().mark;
    add(optics.helper, OpticsHelper::GetTypeId());
    add(optics.medium, OpticalMedium::GetTypeId());
    add(optics.plant, OpticalPlant::GetTypeId());
    const std::string attribute = "CatalogFiles";
    if (section.GetNode().Find(GetAttributeKey(attribute)) != nullptr)
    {
        optics.catalog = ReadCatalogFiles(*FindSetting(optics.helper, attribute),
                                          base,
                                          section.GetPath(GetAttributeKey(attribute)),
                                          scenario);
    }
}

/**
 * @param optics optics of a network
 * @return helper with all that was said, but for files of the catalog
 */
Ptr<OpticsHelper>
MakeHelper(const ScenarioOptics& optics)
{
    const auto helper = CreateObject<OpticsHelper>();
    for (const ScenarioSetting& setting : optics.helper)
    {
        if (setting.attribute != "CatalogFiles")
        {
            helper->SetAttribute(setting.attribute, StringValue(setting.value));
        }
    }
    for (const ScenarioSetting& setting : optics.medium)
    {
        helper->SetMediumAttribute(setting.attribute, StringValue(setting.value));
    }
    for (const ScenarioSetting& setting : optics.plant)
    {
        helper->SetPlantAttribute(setting.attribute, StringValue(setting.value));
    }
    return helper;
}

/**
 * Do something that may be refused for the value of an attribute.
 * @param name name of the network
 * @param optics its optics
 * @param attribute the attribute; empty: the first word of the refusal names it
 * @param action what to do
 */
void
Explain(const std::string& name,
        const ScenarioOptics& optics,
        const std::string& attribute,
        const std::function<void()>& action)
{
    try
    {
        action();
    }
    catch (const std::exception& refusal)
    {
        const std::string reason = refusal.what();
        const std::string whose =
            attribute.empty() ? reason.substr(0, reason.find_first_of(" ,:")) : attribute;
        const ScenarioSetting* setting = FindSetting(optics.helper, whose);
        TypeId::AttributeInformation info;
        const bool isKnown = OpticsHelper::GetTypeId().LookupAttributeByName(whose, &info);
        const std::string key = isKnown ? "." + GetAttributeKey(whose) : "";
        throw ScenarioError(setting != nullptr ? setting->mark : optics.mark,
                            "optics." + name + key + ": " + reason);
    }
}

/**
 * @param name name of a network
 * @param optics its optics
 * @return helper for it; refused if the catalog does not have the parts
 */
Ptr<OpticsHelper>
MakeCheckedHelper(const std::string& name, const ScenarioOptics& optics)
{
    const auto catalog = std::make_shared<Catalog>();
    for (const CatalogText& file : optics.catalog)
    {
        catalog->LoadText(file.text, file.origin);
    }
    const Ptr<OpticsHelper> helper = MakeHelper(optics);
    helper->SetCatalog(catalog);
    const auto get = [&](const std::string& attribute) {
        StringValue value;
        helper->GetAttribute(attribute, value);
        return value.Get();
    };
    Explain(name, optics, "Transceiver", [&]() { catalog->GetTransceiver(get("Transceiver")); });
    Explain(name, optics, "Fibre", [&]() { catalog->GetFibre(get("Fibre")); });
    Explain(name, optics, "Connector", [&]() {
        if (catalog->GetCouplingKind(get("Connector")) != PathElement::CONNECTOR)
        {
            throw ScenarioError({},
                                "\"" + get("Connector") + "\" is no connector; allowed: " +
                                    JoinNames(catalog->GetNames(CatalogKind::CONNECTOR)));
        }
    });
    Explain(name, optics, "Fec", [&]() { FecCode::FromName(get("Fec")); });
    return helper;
}

/**
 * @param attributes keys and values
 * @param os where to write them, a line each
 */
void
WriteKeys(const std::vector<std::pair<std::string, std::string>>& attributes, std::ostream& os)
{
    for (const auto& [key, value] : attributes)
    {
        if (key != FRAME_BYTES)
        {
            os << key << " = " << value << "\n";
        }
    }
}

/**
 * @tparam T a class
 * @param settings attributes of it
 * @param os where to write all of its attributes, a line each
 */
template <typename T>
void
WriteAll(const std::vector<ScenarioSetting>& settings, std::ostream& os)
{
    const auto object = CreateObject<T>();
    for (const ScenarioSetting& setting : settings)
    {
        object->SetAttribute(setting.attribute, StringValue(setting.value));
    }
    WriteKeys(ListAttributes(*object, T::GetTypeId()), os);
}

} // namespace

void
ReadOptics(ScenarioSection& root, const std::string& base, Scenario& scenario)
{
    if (const ScenarioNode* node = root.Take("optics"))
    {
        ScenarioSection section(*node, "optics");
        const std::vector<std::string> names = GetNetworkNames(scenario);
        const auto isNetwork = [&names](const auto& entry) {
            return std::find(names.begin(), names.end(), entry.first) != names.end();
        };
        // A section that says nothing but other networks' optics says nothing of the first one's.
        if (node->keys.empty() || !std::all_of(node->keys.begin(), node->keys.end(), isNetwork))
        {
            TakeOptics(section, base, scenario.optics[names.front()], scenario);
        }
        for (const std::string& name : names)
        {
            if (const ScenarioNode* own = section.Take(name))
            {
                ScenarioSection network(*own, section.GetPath(name));
                TakeOptics(network, base, scenario.optics[name], scenario);
                network.RefuseRest();
            }
        }
        section.RefuseRest();
    }
    if (const ScenarioNode* node = root.Take("survey"))
    {
        ScenarioSection section(*node, "survey");
        scenario.surveyMark = node->mark;
        scenario.surveyDraws = static_cast<uint32_t>(
            section.TakeUnsigned("draws", 1, LinkSurvey::DRAWS_MAX).value_or(USUAL_DRAWS));
        section.RefuseRest();
        if (scenario.optics.empty())
        {
            throw ScenarioError(node->mark,
                                "survey: there are no optics to survey; allowed: with a section "
                                "[optics], which puts the links of a network on light");
        }
    }
}

void
WriteOptics(const Scenario& scenario, std::ostream& os)
{
    for (const auto& [name, optics] : scenario.optics)
    {
        os << "\n[optics." << name << "]\n";
        WriteAll<OpticsHelper>(optics.helper, os);
        WriteAll<OpticalMedium>(optics.medium, os);
        WriteAll<OpticalPlant>(optics.plant, os);
    }
    if (scenario.surveyDraws > 0)
    {
        os << "\n[survey]\ndraws = " << scenario.surveyDraws << "\n";
    }
}

void
InstallOptics(const Scenario& scenario, BuiltFabric& fabric)
{
    std::map<std::string, Ptr<OpticsHelper>> helpers;
    for (const auto& [name, optics] : scenario.optics)
    {
        const Ptr<OpticsHelper> helper = MakeCheckedHelper(name, optics);
        const uint32_t index = fabric.GetIndex(name);
        Explain(name, optics, "", [&]() {
            helper->Validate(fabric.networks[index], fabric.GetCircuits(index));
        });
        helpers[name] = helper;
    }
    for (const auto& [name, helper] : helpers)
    {
        const uint32_t index = fabric.GetIndex(name);
        fabric.plants[index] = helper->Install(fabric.networks[index], fabric.GetCircuits(index));
    }
    const uint64_t links = LinkSurvey(fabric).GetNLinks();
    if (scenario.surveyDraws * links > LinkSurvey::EVALUATIONS_MAX)
    {
        throw ScenarioError(scenario.surveyMark,
                            "survey.draws = " + std::to_string(scenario.surveyDraws) +
                                " is not allowed; allowed: 1 to " +
                                std::to_string(LinkSurvey::EVALUATIONS_MAX / links) + " for " +
                                std::to_string(links) + " optical links");
    }
}

} // namespace opticalfabric
} // namespace ns3
