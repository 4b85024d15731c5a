/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hdf5-result-writer.h"

namespace ns3
{
namespace opticalfabric
{

bool
HasHdf5()
{
    return false;
}

std::string
GetHdf5Version()
{
    return "none";
}

WriteOutcome
WriteHdf5Results(const RunResults& /* results */, const std::string& path, AtomicFiles& /* files */)
{
    return WriteOutcome{"cannot write " + path + ": optical-fabric was built without HDF5"};
}

WriteOutcome
WriteHdf5Results(const RunResults& results, const std::string& path)
{
    AtomicFiles files;
    return WriteHdf5Results(results, path, files);
}

} // namespace opticalfabric
} // namespace ns3
