/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_SPEC_H
#define OPTICAL_FABRIC_CATALOG_SPEC_H

#include "ns3/catalog-field.h"
#include "ns3/catalog-value.h"
#include "ns3/circuit-switch-spec.h"
#include "ns3/light-path.h"
#include "ns3/medium-spec.h"
#include "ns3/transceiver-spec.h"

#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What entries of each kind say, and how they become specs.
 */

/**
 * @ingroup optical-fabric
 * @param kind kind of entry
 * @return its fields
 */
std::vector<CatalogField> GetCatalogFields(CatalogKind::Kind kind);

/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the component it describes; throws std::invalid_argument if its values do not fit each
 *         other
 */
TransceiverSpec MakeTransceiverSpec(const CatalogEntry& entry);
/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the component it describes; throws std::invalid_argument if its values do not fit each
 *         other
 */
FibreSpec MakeFibreSpec(const CatalogEntry& entry);
/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the component it describes; throws std::invalid_argument if its values do not fit each
 *         other
 */
CouplingSpec MakeCouplingSpec(const CatalogEntry& entry);
/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the component it describes; throws std::invalid_argument if its values do not fit each
 *         other
 */
ElectricalMediumSpec MakeMediumSpec(const CatalogEntry& entry);
/**
 * @ingroup optical-fabric
 * @param entry an entry with all fields of its kind, each in its range
 * @return the component it describes; throws std::invalid_argument if its values do not fit each
 *         other
 */
CircuitSwitchSpec MakeCircuitSwitchSpec(const CatalogEntry& entry);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_SPEC_H */
