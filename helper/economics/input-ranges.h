/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_INPUT_RANGES_H
#define OPTICAL_FABRIC_INPUT_RANGES_H

#include "ns3/catalog.h"
#include "ns3/value-range.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * How far values of the catalog are known.
 */

/**
 * @ingroup optical-fabric
 * @brief How far a value of the catalog is known.
 * @param catalog the catalog
 * @param kind kind of an entry
 * @param name its name
 * @param path path of a value in it, for example "rate"
 * @return factors of that value, from path_range of the entry; 1 where it says nothing
 * @throw ScenarioError if there is no such entry
 */
ValueRange GetFactorRange(const Catalog& catalog,
                          CatalogKind::Kind kind,
                          const std::string& name,
                          const std::string& path);

/**
 * @ingroup optical-fabric
 * @brief What a repair uses up.
 * @param catalog the catalog
 * @param mode name of a failure mode
 * @return cost of it over the price of the part, 0 to 100: repair.used_up of the mode; without that
 * 1 if the part is swapped, and else 0
 * @throw ScenarioError if there is no such mode
 */
ValueRange GetUsedUp(const Catalog& catalog, const std::string& mode);

/**
 * @ingroup optical-fabric
 * @param range a range
 * @param factor a number, at least 0
 * @return the range of that many times its value
 */
ValueRange Scale(const ValueRange& range, double factor);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_INPUT_RANGES_H */
