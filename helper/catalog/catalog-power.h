/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_POWER_H
#define OPTICAL_FABRIC_CATALOG_POWER_H

#include "ns3/bill-of-materials.h"
#include "ns3/catalog.h"
#include "ns3/power-budget.h"

#include <optional>

namespace ns3
{
namespace opticalfabric
{

/*
 * The catalog as a power book: what GetPowerBudget needs for a bill of materials.
 */

/**
 * @ingroup optical-fabric
 * @brief The power of every type of a bill, from the catalog. Cables draw nothing.
 * @param catalog the catalog
 * @param bill the bill
 * @return a book that has all types of the bill
 * @throw ScenarioError if the catalog has no entry of a type
 */
PowerBook MakePowerBook(const Catalog& catalog, const BillOfMaterials& bill);

/**
 * @ingroup optical-fabric
 * @param part class of a part
 * @return kind of the entry of the catalog that has its power; nothing for cables, which draw none
 */
std::optional<CatalogKind::Kind> FindPowerKind(PartClass::Kind part);

/**
 * @ingroup optical-fabric
 * @brief How well founded the power at full load of a line's type is.
 * @param catalog the catalog
 * @param line the line; not one of cables, whose power is no value of the catalog: throws
 *             std::invalid_argument
 * @return the value, with source and mark
 * @throw ScenarioError if the catalog has no entry of the type
 */
const CatalogValue& GetPowerValue(const Catalog& catalog, const BillLine& line);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_POWER_H */
