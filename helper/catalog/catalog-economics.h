/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_ECONOMICS_H
#define OPTICAL_FABRIC_CATALOG_ECONOMICS_H

#include "ns3/catalog-field.h"
#include "ns3/catalog-value.h"
#include "ns3/component-spec.h"
#include "ns3/price-spec.h"

#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * As catalog-spec.h, for the kinds of entries that power and cost are made of.
 */

/**
 * @ingroup optical-fabric
 * @param kind ACCELERATOR, PROCESSOR, SWITCH, NIC, ENCLOSURE, SUPPLY, PRICE, REGION,
 *             FINANCE or INTERRUPTION
 * @return its fields; none for another kind
 */
std::vector<CatalogField> GetEconomicsFields(CatalogKind::Kind kind);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the accelerator it describes; throws std::invalid_argument if its values do not fit each
 * other
 */
AcceleratorSpec MakeAcceleratorSpec(const CatalogEntry& entry);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the packet switch it describes; throws std::invalid_argument if its values do not fit
 * each other
 */
SwitchSpec MakeSwitchSpec(const CatalogEntry& entry);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the CPU, NIC or enclosure it describes; throws std::invalid_argument if its values do not
 * fit each other
 */
PoweredPartSpec MakePoweredPartSpec(const CatalogEntry& entry);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the power supply it describes; throws std::invalid_argument if its values do not fit each
 * other
 */
SupplySpec MakeSupplySpec(const CatalogEntry& entry);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the price it tells; throws std::invalid_argument if its values do not fit each other
 */
PriceSpec MakePriceSpec(const CatalogEntry& entry);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the region it describes; throws std::invalid_argument if its values do not fit each other
 */
RegionSpec MakeRegionSpec(const CatalogEntry& entry);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the way to finance it describes; throws std::invalid_argument if its values do not fit
 * each other
 */
FinanceSpec MakeFinanceSpec(const CatalogEntry& entry);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return what an interruption takes; throws std::invalid_argument if its values do not fit each
 * other
 */
InterruptionSpec MakeInterruptionSpec(const CatalogEntry& entry);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_ECONOMICS_H */
