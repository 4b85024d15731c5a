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

const CatalogValue&
GetPowerValue(const Catalog& catalog, const BillLine& line)
{
    const auto get = [&](CatalogKind::Kind kind, const char* field) -> const CatalogValue& {
        return catalog.Require(kind, line.type, field, Evidence::GUESSED);
    };
    constexpr const char* ACTIVE = "power.active";
    switch (line.part)
    {
    case PartClass::ACCELERATOR:
        return get(CatalogKind::ACCELERATOR, ACTIVE);
    case PartClass::PROCESSOR:
        return get(CatalogKind::PROCESSOR, ACTIVE);
    case PartClass::SWITCH:
        return get(CatalogKind::SWITCH, ACTIVE);
    case PartClass::CIRCUIT_SWITCH:
        return get(CatalogKind::CIRCUIT_SWITCH, "power");
    case PartClass::NIC:
        return get(CatalogKind::NIC, ACTIVE);
    case PartClass::MODULE:
        return get(CatalogKind::TRANSCEIVER, ACTIVE);
    case PartClass::ENCLOSURE:
        return get(CatalogKind::ENCLOSURE, ACTIVE);
    case PartClass::CABLE:
        break;
    }
    ParameterCheck("power in the catalog")
        .Require(false, "part", GetName(line.part), "a class that draws power");
    return get(CatalogKind::ENCLOSURE, ACTIVE);
}

} // namespace opticalfabric
} // namespace ns3
