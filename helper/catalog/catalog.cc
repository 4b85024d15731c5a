/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog.h"

#include "catalog-economics.h"
#include "catalog-failure.h"
#include "catalog-spec.h"

#include "ns3/input-file.h"
#include "ns3/scenario-node.h"

#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param what what there is none of
 * @param name its name
 * @param names names there are
 * @throw ScenarioError always
 */
[[noreturn]] void
RefuseName(const std::string& what, const std::string& name, const std::vector<std::string>& names)
{
    throw ScenarioError({},
                        "there is no " + what + " \"" + name + "\" in the catalog" +
                            SuggestName(name, names) + "; there are: " + JoinNames(names));
}

} // namespace

Catalog::Catalog()
{
    Add(GetBuiltInCatalog());
}

void
Catalog::Load(const std::string& path)
{
    const InputText file = ReadInputFile(path, MAX_TOML_BYTES);
    if (!file.IsOk())
    {
        throw ScenarioError({path, file.fault.line},
                            file.fault.what + "; allowed: a catalog file in TOML");
    }
    LoadText(file.text, path);
}

void
Catalog::LoadText(const std::string& text, const std::string& origin)
{
    // A refused file must leave nothing behind.
    Catalog next(*this);
    next.Add({{origin, text}});
    *this = next;
}

void
Catalog::Add(const std::vector<CatalogText>& files)
{
    for (const CatalogEntry& entry : ReadCatalog(files, m_entries))
    {
        try
        {
            Put(entry);
        }
        catch (const std::invalid_argument& refusal)
        {
            throw ScenarioError(entry.place,
                                GetName(entry.kind) + "." + entry.name + ": " + refusal.what());
        }
    }
}

void
Catalog::Put(const CatalogEntry& entry)
{
    switch (entry.kind)
    {
    case CatalogKind::TRANSCEIVER:
        m_transceivers[entry.name] =
            std::make_shared<const TransceiverSpec>(MakeTransceiverSpec(entry));
        break;
    case CatalogKind::FIBRE:
        m_fibres[entry.name] = std::make_shared<const FibreSpec>(MakeFibreSpec(entry));
        break;
    case CatalogKind::CONNECTOR:
    case CatalogKind::SPLICE:
    case CatalogKind::CIRCULATOR:
        m_couplings[entry.name] = std::make_shared<const CouplingSpec>(MakeCouplingSpec(entry));
        break;
    case CatalogKind::MEDIUM:
        m_media[entry.name] = std::make_shared<const ElectricalMediumSpec>(MakeMediumSpec(entry));
        break;
    case CatalogKind::CIRCUIT_SWITCH:
        m_circuitSwitches[entry.name] =
            std::make_shared<const CircuitSwitchSpec>(MakeCircuitSwitchSpec(entry));
        break;
    case CatalogKind::FAILURE_MODE:
        m_failureModes[entry.name] = std::make_shared<const FailureMode>(MakeFailureMode(entry));
        break;
    case CatalogKind::ACCELERATOR:
        m_accelerators[entry.name] =
            std::make_shared<const AcceleratorSpec>(MakeAcceleratorSpec(entry));
        break;
    case CatalogKind::PROCESSOR:
        m_processors[entry.name] =
            std::make_shared<const PoweredPartSpec>(MakePoweredPartSpec(entry));
        break;
    case CatalogKind::SWITCH:
        m_switches[entry.name] = std::make_shared<const SwitchSpec>(MakeSwitchSpec(entry));
        break;
    case CatalogKind::NIC:
        m_nics[entry.name] = std::make_shared<const PoweredPartSpec>(MakePoweredPartSpec(entry));
        break;
    case CatalogKind::ENCLOSURE:
        m_enclosures[entry.name] =
            std::make_shared<const PoweredPartSpec>(MakePoweredPartSpec(entry));
        break;
    case CatalogKind::SUPPLY:
        m_supplies[entry.name] = std::make_shared<const SupplySpec>(MakeSupplySpec(entry));
        break;
    case CatalogKind::PRICE:
        m_prices[entry.name] = std::make_shared<const PriceSpec>(MakePriceSpec(entry));
        break;
    case CatalogKind::REGION:
        m_regions[entry.name] = std::make_shared<const RegionSpec>(MakeRegionSpec(entry));
        break;
    case CatalogKind::FINANCE:
        m_finances[entry.name] = std::make_shared<const FinanceSpec>(MakeFinanceSpec(entry));
        break;
    case CatalogKind::INTERRUPTION:
        m_interruptions[entry.name] =
            std::make_shared<const InterruptionSpec>(MakeInterruptionSpec(entry));
        break;
    }
    m_entries[{entry.kind, entry.name}] = entry;
}

std::vector<std::string>
Catalog::GetNames(CatalogKind::Kind kind) const
{
    std::vector<std::string> names;
    for (const auto& [key, entry] : m_entries)
    {
        if (key.first == kind)
        {
            names.push_back(key.second);
        }
    }
    return names;
}

bool
Catalog::Has(CatalogKind::Kind kind, const std::string& name) const
{
    return m_entries.count({kind, name}) > 0;
}

template <typename SPEC>
std::shared_ptr<const SPEC>
Catalog::Take(const Shelf<SPEC>& shelf, const std::string& what, const std::string& name)
{
    const auto found = shelf.find(name);
    if (found == shelf.end())
    {
        std::vector<std::string> names;
        for (const auto& [other, spec] : shelf)
        {
            names.push_back(other);
        }
        RefuseName(what, name, names);
    }
    return found->second;
}

std::shared_ptr<const TransceiverSpec>
Catalog::GetTransceiver(const std::string& name) const
{
    return Take(m_transceivers, "transceiver", name);
}

std::shared_ptr<const FibreSpec>
Catalog::GetFibre(const std::string& name) const
{
    return Take(m_fibres, "fibre", name);
}

std::shared_ptr<const CouplingSpec>
Catalog::GetCoupling(const std::string& name) const
{
    return Take(m_couplings, "connector, splice or circulator", name);
}

PathElement::Kind
Catalog::GetCouplingKind(const std::string& name) const
{
    if (Has(CatalogKind::SPLICE, name))
    {
        return PathElement::SPLICE;
    }
    if (Has(CatalogKind::CIRCULATOR, name))
    {
        return PathElement::CIRCULATOR;
    }
    // Refuses the name if it is none of the three.
    GetCoupling(name);
    return PathElement::CONNECTOR;
}

std::shared_ptr<const ElectricalMediumSpec>
Catalog::GetMedium(const std::string& name) const
{
    return Take(m_media, "medium", name);
}

std::shared_ptr<const CircuitSwitchSpec>
Catalog::GetCircuitSwitch(const std::string& name) const
{
    return Take(m_circuitSwitches, "circuit switch", name);
}

std::shared_ptr<const FailureMode>
Catalog::GetFailureMode(const std::string& name) const
{
    return Take(m_failureModes, "failure mode", name);
}

std::shared_ptr<const AcceleratorSpec>
Catalog::GetAccelerator(const std::string& name) const
{
    return Take(m_accelerators, "accelerator", name);
}

std::shared_ptr<const PoweredPartSpec>
Catalog::GetProcessor(const std::string& name) const
{
    return Take(m_processors, "processor", name);
}

std::shared_ptr<const SwitchSpec>
Catalog::GetSwitch(const std::string& name) const
{
    return Take(m_switches, "switch", name);
}

std::shared_ptr<const PoweredPartSpec>
Catalog::GetNic(const std::string& name) const
{
    return Take(m_nics, "NIC", name);
}

std::shared_ptr<const PoweredPartSpec>
Catalog::GetEnclosure(const std::string& name) const
{
    return Take(m_enclosures, "enclosure", name);
}

std::shared_ptr<const SupplySpec>
Catalog::GetSupply(const std::string& name) const
{
    return Take(m_supplies, "supply", name);
}

std::shared_ptr<const PriceSpec>
Catalog::GetPrice(const std::string& name) const
{
    return Take(m_prices, "price", name);
}

std::shared_ptr<const RegionSpec>
Catalog::GetRegion(const std::string& name) const
{
    return Take(m_regions, "region", name);
}

std::shared_ptr<const FinanceSpec>
Catalog::GetFinance(const std::string& name) const
{
    return Take(m_finances, "finance", name);
}

std::shared_ptr<const InterruptionSpec>
Catalog::GetInterruption(const std::string& name) const
{
    return Take(m_interruptions, "interruption", name);
}

const CatalogEntry&
Catalog::GetEntry(CatalogKind::Kind kind, const std::string& name) const
{
    const auto found = m_entries.find({kind, name});
    if (found == m_entries.end())
    {
        RefuseName(GetName(kind), name, GetNames(kind));
    }
    return found->second;
}

const CatalogValue&
Catalog::Require(CatalogKind::Kind kind,
                 const std::string& name,
                 const std::string& field,
                 Evidence::Grade worst) const
{
    const CatalogEntry& entry = GetEntry(kind, name);
    const CatalogValue* value = entry.Find(field);
    const std::string path = GetName(kind) + "." + name + "." + field;
    if (value == nullptr)
    {
        std::vector<std::string> names;
        for (const CatalogValue& other : entry.values)
        {
            names.push_back(other.field);
        }
        throw ScenarioError(entry.place,
                            "there is no " + path + SuggestName(field, names) +
                                "; there are: " + JoinNames(names));
    }
    if (value->evidence > worst)
    {
        throw ScenarioError(value->place,
                            path + " = " + value->written + " has the mark " +
                                GetMark(value->evidence) + " (" + value->source +
                                "); allowed: " + GetMark(worst) + " or better");
    }
    return *value;
}

std::array<uint32_t, Evidence::COUNT>
Catalog::CountEvidence() const
{
    std::array<uint32_t, Evidence::COUNT> counts{};
    for (const auto& [key, entry] : m_entries)
    {
        for (const CatalogValue& value : entry.values)
        {
            ++counts[value.evidence];
        }
    }
    return counts;
}

} // namespace opticalfabric
} // namespace ns3
