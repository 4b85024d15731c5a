/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-power.h"

#include "scenario-module-policy.h"

#include "ns3/fabric-inventory.h"
#include "ns3/json-writer.h"
#include "ns3/near-names.h"

#include <exception>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param power the section
 * @param key a key of it
 * @param catalog the catalog
 * @param kind a kind of entry
 * @param name name of an entry; refused if there is none of that name
 */
void
RequireEntry(const ScenarioPower& power,
             const std::string& key,
             const Catalog& catalog,
             CatalogKind::Kind kind,
             const std::string& name)
{
    if (!catalog.Has(kind, name))
    {
        const auto mark = power.marks.find(key);
        const std::vector<std::string> names = catalog.GetNames(kind);
        throw ScenarioError(mark == power.marks.end() ? power.mark : mark->second,
                            "power." + key + " = \"" + name + "\" is not allowed" +
                                SuggestName(name, names) + "; allowed: " + JoinNames(names));
    }
}

/**
 * @param scenario a scenario
 * @return the catalog that its optics use
 */
Catalog
LoadCatalog(const Scenario& scenario)
{
    Catalog catalog;
    for (const auto& [name, optics] : scenario.optics)
    {
        for (const CatalogText& file : optics.catalog)
        {
            catalog.LoadText(file.text, file.origin);
        }
    }
    return catalog;
}

} // namespace

void
ReadPower(ScenarioSection& root, Scenario& scenario)
{
    const ScenarioNode* node = root.Take("power");
    if (node == nullptr)
    {
        return;
    }
    ScenarioSection section(*node, "power");
    ScenarioPower& power = scenario.power;
    power.mark = node->mark;
    power.isEnabled = section.TakeBoolean("enabled").value_or(true);
    power.recorder = TakeAttributes(section, EnergyRecorder::GetTypeId());
    power.supply = section.TakeString("supply").value_or(power.supply);
    power.region = section.TakeString("region").value_or("");
    const auto pue = section.TakeReal("pue", 1, 10, "1 to 10");
    if (pue && !power.region.empty())
    {
        section.Refuse("pue", *node->Find("pue"), "only without region, which has one");
    }
    power.pue = pue.value_or(power.pue);
    ReadModulePolicy(section, power);
    for (const char* key : {"supply", "region"})
    {
        if (const ScenarioNode* value = node->Find(key))
        {
            power.marks[key] = value->mark;
        }
    }
    section.RefuseRest();
}

void
WritePower(const Scenario& scenario, std::ostream& os)
{
    const ScenarioPower& power = scenario.power;
    if (!power.isEnabled)
    {
        return;
    }
    os << "\n[power]\nenabled = true\n";
    const auto recorder = CreateObject<EnergyRecorder>();
    ApplyAttributes(power.recorder, *recorder);
    for (const auto& [key, value] : ListAttributes(*recorder, EnergyRecorder::GetTypeId()))
    {
        os << key << " = " << value << "\n";
    }
    os << "supply = " << JsonWriter::Quote(power.supply) << "\n";
    if (power.region.empty())
    {
        os << "pue = " << JsonWriter::Format(power.pue) << "\n";
    }
    else
    {
        os << "region = " << JsonWriter::Quote(power.region) << "\n";
    }
    WriteModulePolicy(power, os);
}

Ptr<EnergyRecorder>
MakeEnergyRecorder(const Scenario& scenario, const BuiltFabric& fabric)
{
    const ScenarioPower& power = scenario.power;
    if (!power.isEnabled)
    {
        return nullptr;
    }
    const Catalog catalog = LoadCatalog(scenario);
    RequireEntry(power, "supply", catalog, CatalogKind::SUPPLY, power.supply);
    double pue = power.pue;
    if (!power.region.empty())
    {
        RequireEntry(power, "region", catalog, CatalogKind::REGION, power.region);
        pue = catalog.GetRegion(power.region)->pue.typical;
    }
    const auto recorder = CreateObject<EnergyRecorder>();
    ApplyAttributes(power.recorder, *recorder);
    try
    {
        const BillOfMaterials bill = CountBill(fabric);
        recorder->Install(fabric, MakeEnergySetup(catalog, bill, power.supply, pue));
    }
    catch (const std::exception& refusal)
    {
        throw ScenarioError(power.mark, std::string("power: ") + refusal.what());
    }
    return recorder;
}

} // namespace opticalfabric
} // namespace ns3
