/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-fabric.h"

#include "ns3/abort.h"
#include "ns3/catalog.h"
#include "ns3/object-factory.h"
#include "ns3/string.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param type class of a fabric helper
 * @return the kind of fabric it builds
 */
std::string
GetKind(TypeId type)
{
    const std::string name = type.GetName();
    const std::string suffix = "Helper";
    const std::size_t begin = name.rfind(':') + 1;
    const std::size_t end = name.rfind(suffix);
    std::string kind = GetAttributeKey(name.substr(begin, end - begin));
    std::replace(kind.begin(), kind.end(), '_', '-');
    return kind;
}

/// @return classes of all fabric helpers
std::vector<TypeId>
GetTypes()
{
    std::vector<TypeId> types;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const TypeId type = TypeId::GetRegistered(i);
        if (type.IsChildOf(FabricHelper::GetTypeId()) && type.HasConstructor())
        {
            types.push_back(type);
        }
    }
    return types;
}

/**
 * @param scenario a scenario
 * @return its fabric's helper, not validated
 */
Ptr<FabricHelper>
MakeUnchecked(const Scenario& scenario)
{
    ObjectFactory factory;
    factory.SetTypeId(GetFabricType(scenario.fabricKind));
    const Ptr<FabricHelper> helper = factory.Create<FabricHelper>();
    for (const ScenarioSetting& setting : scenario.fabric)
    {
        if (!helper->SetAttributeFailSafe(setting.attribute, StringValue(setting.value)))
        {
            throw ScenarioError(setting.mark,
                                "fabric." + GetAttributeKey(setting.attribute) + " = " +
                                    setting.value + " is not allowed");
        }
    }
    for (const auto& [network, settings] : scenario.networks)
    {
        for (const ScenarioSetting& setting : settings)
        {
            if (!helper->SetNetworkAttributeFailSafe(setting.attribute,
                                                     StringValue(setting.value),
                                                     network))
            {
                throw ScenarioError(setting.mark,
                                    "network." + GetAttributeKey(setting.attribute) + " = " +
                                        setting.value + " is not allowed");
            }
        }
    }
    return helper;
}

/**
 * @param scenario a scenario
 * @param reason what its fabric's helper says against it: attribute, value, what is allowed
 * @return the same with the place where the attribute was said
 */
ScenarioError
Explain(const Scenario& scenario, const std::string& reason)
{
    const std::string attribute = reason.substr(0, reason.find_first_of(" ,"));
    std::string text = "fabric: ";
    ScenarioMark mark = scenario.fabricMark;
    for (const ScenarioSetting& setting : scenario.fabric)
    {
        if (setting.attribute == attribute)
        {
            text = "fabric." + GetAttributeKey(attribute) + ": ";
            mark = setting.mark;
        }
    }
    for (const auto& [network, settings] : scenario.networks)
    {
        for (const ScenarioSetting& setting : settings)
        {
            if (setting.attribute == attribute)
            {
                text = "network." + GetAttributeKey(attribute) + ": ";
                mark = setting.mark;
            }
        }
    }
    return ScenarioError(mark, text + reason);
}

/**
 * @param scenario a scenario
 * @return the catalog with the files that its optics name; null if they name none
 */
std::shared_ptr<const Catalog>
LoadCatalog(const Scenario& scenario)
{
    std::shared_ptr<Catalog> catalog;
    for (const auto& [name, optics] : scenario.optics)
    {
        for (const CatalogText& file : optics.catalog)
        {
            catalog = catalog ? catalog : std::make_shared<Catalog>();
            catalog->LoadText(file.text, file.origin);
        }
    }
    return catalog;
}

} // namespace

std::vector<std::string>
GetFabricKinds()
{
    std::vector<std::string> kinds;
    for (const TypeId& type : GetTypes())
    {
        kinds.push_back(GetKind(type));
    }
    std::sort(kinds.begin(), kinds.end());
    return kinds;
}

TypeId
GetFabricType(const std::string& kind)
{
    for (const TypeId& type : GetTypes())
    {
        if (GetKind(type) == kind)
        {
            return type;
        }
    }
    NS_ABORT_MSG("there is no kind of fabric \"" << kind << "\"");
}

std::vector<std::string>
GetNetworkNames(const Scenario& scenario)
{
    Scenario bare = scenario;
    bare.networks.clear();
    return MakeUnchecked(bare)->GetNetworkNames();
}

Ptr<FabricHelper>
MakeFabricHelper(const Scenario& scenario)
{
    const Ptr<FabricHelper> helper = MakeUnchecked(scenario);
    const auto catalog = LoadCatalog(scenario);
    if (catalog)
    {
        helper->SetCatalog(catalog);
    }
    try
    {
        helper->Validate();
    }
    catch (const std::invalid_argument& refusal)
    {
        throw Explain(scenario, refusal.what());
    }
    return helper;
}

} // namespace opticalfabric
} // namespace ns3
