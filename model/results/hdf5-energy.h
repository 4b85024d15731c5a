/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_HDF5_ENERGY_H
#define OPTICAL_FABRIC_HDF5_ENERGY_H

#include "hdf5-table.h"

#include "ns3/energy-record.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Write group /energy and table /power_trace of results.h5.
 * @param file the file
 * @param record what a run drew
 */
void WriteEnergyGroup(const hdf5::Handle& file, const EnergyRecord& record);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_HDF5_ENERGY_H */
