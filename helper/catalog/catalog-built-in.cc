/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-reader.h"

namespace ns3
{
namespace opticalfabric
{

std::vector<CatalogText>
GetBuiltInCatalog()
{
    return {
    // Written by cmake/catalog.cmake: name and text of each file.
#include "catalog-files.inc"
    };
}

} // namespace opticalfabric
} // namespace ns3
