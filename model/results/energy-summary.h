/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_SUMMARY_H
#define OPTICAL_FABRIC_ENERGY_SUMMARY_H

#include "json-writer.h"

#include "ns3/energy-record.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Write the member "energy" of summary.json.
 * @param json where, in an object
 * @param record what a run drew
 */
void WriteEnergySummary(JsonWriter& json, const EnergyRecord& record);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENERGY_SUMMARY_H */
