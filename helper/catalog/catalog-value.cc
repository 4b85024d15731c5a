/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-value.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

std::string
GetName(CatalogKind::Kind kind)
{
    switch (kind)
    {
    case CatalogKind::TRANSCEIVER:
        return "transceiver";
    case CatalogKind::FIBRE:
        return "fibre";
    case CatalogKind::CONNECTOR:
        return "connector";
    case CatalogKind::SPLICE:
        return "splice";
    case CatalogKind::CIRCULATOR:
        return "circulator";
    case CatalogKind::MEDIUM:
        return "medium";
    case CatalogKind::CIRCUIT_SWITCH:
        return "circuit_switch";
    case CatalogKind::FAILURE_MODE:
        return "failure_mode";
    case CatalogKind::ACCELERATOR:
        return "accelerator";
    case CatalogKind::PROCESSOR:
        return "processor";
    case CatalogKind::SWITCH:
        return "switch";
    case CatalogKind::NIC:
        return "nic";
    case CatalogKind::ENCLOSURE:
        return "enclosure";
    case CatalogKind::SUPPLY:
        return "supply";
    case CatalogKind::PRICE:
        return "price";
    case CatalogKind::REGION:
        return "region";
    case CatalogKind::FINANCE:
        return "finance";
    case CatalogKind::INTERRUPTION:
        break;
    }
    return "interruption";
}

std::string
GetMark(Evidence::Grade evidence)
{
    switch (evidence)
    {
    case Evidence::QUOTED:
        return "Q";
    case Evidence::SECOND_HAND:
        return "Q2";
    case Evidence::DERIVED:
        return "D";
    case Evidence::GUESSED:
        break;
    }
    return "M";
}

const CatalogValue*
CatalogEntry::Find(const std::string& field) const
{
    const auto found = std::find_if(values.begin(), values.end(), [&](const CatalogValue& value) {
        return value.field == field;
    });
    return found == values.end() ? nullptr : &*found;
}

} // namespace opticalfabric
} // namespace ns3
