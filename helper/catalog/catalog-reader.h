/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_READER_H
#define OPTICAL_FABRIC_CATALOG_READER_H

#include "ns3/catalog-value.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief A catalog file.
struct CatalogText
{
    std::string origin; ///< its name, for messages
    std::string text;   ///< TOML
};

/// @ingroup optical-fabric
/// @brief Entries by kind and name.
using CatalogEntries = std::map<std::pair<CatalogKind::Kind, std::string>, CatalogEntry>;

/**
 * @ingroup optical-fabric
 * @brief Read catalog files that belong together.
 *
 * An entry may derive from another of the same files, whatever the order, or from one that is
 * known already. An entry that derives from its own name derives from the known entry it replaces.
 *
 * @param files the files
 * @param known entries there are already
 * @return the files' entries, each complete, with each value in its range
 * @throw ScenarioError with file and line for whatever is wrong with them
 */
std::vector<CatalogEntry> ReadCatalog(const std::vector<CatalogText>& files,
                                      const CatalogEntries& known);

/// @ingroup optical-fabric
/// @return the catalog that is compiled in: the files of the folder catalog/
std::vector<CatalogText> GetBuiltInCatalog();

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_READER_H */
