/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_FAILURE_H
#define OPTICAL_FABRIC_CATALOG_FAILURE_H

#include "ns3/catalog-field.h"
#include "ns3/catalog-value.h"
#include "ns3/failure-mode.h"

#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What entries of failure modes say, and how they become FailureMode.
 */

/**
 * @ingroup optical-fabric
 * @return fields of failure modes
 */
std::vector<CatalogField> GetFailureModeFields();

/**
 * @ingroup optical-fabric
 * @param entry an entry of a failure mode, each value in its range
 * @return the mode; throws std::invalid_argument if a value that its laws or its effect need is
 *         missing, if there is one that they do not need, or if values do not fit each other
 */
FailureMode MakeFailureMode(const CatalogEntry& entry);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_FAILURE_H */
