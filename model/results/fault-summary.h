/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_SUMMARY_H
#define OPTICAL_FABRIC_FAULT_SUMMARY_H

#include "ns3/json-writer.h"
#include "ns3/run-results.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Write the members "faults" and "fault_effects" of summary.json, if the run had faults.
 * @param json where, in an object
 * @param results the results
 */
void WriteFaultSummary(JsonWriter& json, const RunResults& results);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_SUMMARY_H */
