/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_HDF5_LATENCY_H
#define OPTICAL_FABRIC_HDF5_LATENCY_H

#include "hdf5-table.h"
#include "run-results.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Write the groups /latency and /by_collective.
 * @param file the file
 * @param results the results
 */
void WriteLatencyTables(const hdf5::Handle& file, const RunResults& results);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_HDF5_LATENCY_H */
