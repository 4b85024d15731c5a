/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_HDF5_FAULTS_H
#define OPTICAL_FABRIC_HDF5_FAULTS_H

#include "hdf5-table.h"
#include "run-results.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Write the tables /faults, /fault_links and /fault_effects, if the run had faults.
 * @param file the file
 * @param results the results
 */
void WriteFaultTables(const hdf5::Handle& file, const RunResults& results);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_HDF5_FAULTS_H */
