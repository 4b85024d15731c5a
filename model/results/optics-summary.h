/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICS_SUMMARY_H
#define OPTICAL_FABRIC_OPTICS_SUMMARY_H

#include "ns3/json-writer.h"
#include "ns3/run-results.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Write the members "optics" and "survey" of summary.json, each only if there is any.
 * @param json where, in the outermost object
 * @param results the results
 */
void WriteOpticsSummary(JsonWriter& json, const RunResults& results);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICS_SUMMARY_H */
