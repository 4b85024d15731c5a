/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-power.h"

#include "ns3/parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

PowerBook
MakePowerBook(const Catalog& catalog, const BillOfMaterials& bill)
{
    PowerBook book;
    for (const BillLine& line : bill.GetLines())
    {
        switch (line.part)
        {
        case PartClass::ACCELERATOR:
            book.Set(*catalog.GetAccelerator(line.type));
            break;
        case PartClass::PROCESSOR:
            book.Set(line.part, *catalog.GetProcessor(line.type));
            break;
        case PartClass::SWITCH:
            book.Set(*catalog.GetSwitch(line.type));
            break;
        case PartClass::CIRCUIT_SWITCH:
            book.Set(*catalog.GetCircuitSwitch(line.type));
            break;
        case PartClass::NIC:
            book.Set(line.part, *catalog.GetNic(line.type));
            break;
        case PartClass::MODULE:
            book.Set(*catalog.GetTransceiver(line.type));
            break;
        case PartClass::CABLE:
            book.Set(line.part, line.type, {});
            break;
        case PartClass::ENCLOSURE:
            book.Set(line.part, *catalog.GetEnclosure(line.type));
            break;
        }
    }
    return book;
}

std::optional<CatalogKind::Kind>
FindPowerKind(PartClass::Kind part)
{
    switch (part)
    {
    case PartClass::ACCELERATOR:
        return CatalogKind::ACCELERATOR;
    case PartClass::PROCESSOR:
        return CatalogKind::PROCESSOR;
    case PartClass::SWITCH:
        return CatalogKind::SWITCH;
    case PartClass::CIRCUIT_SWITCH:
        return CatalogKind::CIRCUIT_SWITCH;
    case PartClass::NIC:
        return CatalogKind::NIC;
    case PartClass::MODULE:
        return CatalogKind::TRANSCEIVER;
    case PartClass::ENCLOSURE:
        return CatalogKind::ENCLOSURE;
    case PartClass::CABLE:
        break;
    }
    return std::nullopt;
}

const CatalogValue&
GetPowerValue(const Catalog& catalog, const BillLine& line)
{
    const std::optional<CatalogKind::Kind> kind = FindPowerKind(line.part);
    ParameterCheck("power in the catalog")
        .Require(kind.has_value(), "part", GetName(line.part), "a class that draws power");
    const char* const field = *kind == CatalogKind::CIRCUIT_SWITCH ? "power" : "power.active";
    return catalog.Require(*kind, line.type, field, Evidence::GUESSED);
}

} // namespace opticalfabric
} // namespace ns3
