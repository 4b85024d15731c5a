/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_VALUE_READER_H
#define OPTICAL_FABRIC_CATALOG_VALUE_READER_H

#include "ns3/catalog-field.h"
#include "ns3/catalog-value.h"
#include "ns3/scenario-node.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * Single values of catalog files.
 */

/// @ingroup optical-fabric
/// @brief What a value has to look like, for messages.
constexpr const char* ALLOWED_CATALOG_VALUE =
    "a table: { value = ..., unit = \"...\", source = \"...\", mark = \"...\" }";

/// @ingroup optical-fabric
/// @brief What an entry says it derives from.
struct CatalogDerivation
{
    std::string from;                           ///< name; empty: from none
    std::string source;                         ///< why that holds; may be empty
    Evidence::Grade evidence{Evidence::QUOTED}; ///< how well founded that is
    ScenarioMark place;                         ///< where it is written
};

/**
 * @ingroup optical-fabric
 * @param node what may be a value
 * @param field the field it is of
 * @param name path in its entry
 * @param path path in the file, for messages
 * @return the value
 * @throw ScenarioError if it lacks something, or is not allowed
 */
CatalogValue ReadCatalogValue(const ScenarioNode& node,
                              const CatalogField& field,
                              const std::string& name,
                              const std::string& path);

/**
 * @ingroup optical-fabric
 * @param entry table of an entry
 * @param path path to it in the file, for messages
 * @return what it derives from
 * @throw ScenarioError if it is not allowed; whether there is such an entry is not looked at
 */
CatalogDerivation ReadCatalogDerivation(const ScenarioNode& entry, const std::string& path);

/**
 * @ingroup optical-fabric
 * @brief Refuse a value.
 * @param place where it was said
 * @param path path to the value
 * @param value the value, as it is shown
 * @param allowed what is allowed
 * @throw ScenarioError always
 */
[[noreturn]] void RefuseCatalogValue(const ScenarioMark& place,
                                     const std::string& path,
                                     const std::string& value,
                                     const std::string& allowed);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_VALUE_READER_H */
