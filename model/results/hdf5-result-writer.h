/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_HDF5_RESULT_WRITER_H
#define OPTICAL_FABRIC_HDF5_RESULT_WRITER_H

#include "ns3/atomic-file.h"
#include "ns3/run-results.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * Two implementations: hdf5-result-writer.cc over HDF5's C library, and hdf5-result-writer-none.cc
 * for a build without it.
 */

/// @ingroup optical-fabric
/// @return true if this build can write HDF5
bool HasHdf5();

/// @ingroup optical-fabric
/// @return version of the HDF5 library in use, "none" if this build cannot write HDF5
std::string GetHdf5Version();

/**
 * @ingroup optical-fabric
 * @brief Write a run's results as HDF5, in the layout of doc/results-schema.rst.
 *
 * Nothing volatile is written: the same results and provenance give the same bytes. The file
 * is made in memory and appears under its name only when complete. Not to be called from several
 * threads at once.
 *
 * @param results what to write
 * @param path where, for example out/results.h5
 * @return what came of it: values refused by CheckRunResults, the name of a failing call and the
 *         file, or that this build cannot write HDF5
 */
WriteOutcome WriteHdf5Results(const RunResults& results, const std::string& path);

/**
 * @ingroup optical-fabric
 * @brief Write a run's results as HDF5, as one of several files that appear together.
 * @param results what to write
 * @param path where
 * @param files gets the file
 * @return what came of it
 */
WriteOutcome WriteHdf5Results(const RunResults& results,
                              const std::string& path,
                              AtomicFiles& files);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_HDF5_RESULT_WRITER_H */
