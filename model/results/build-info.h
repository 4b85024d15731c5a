/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BUILD_INFO_H
#define OPTICAL_FABRIC_BUILD_INFO_H

#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What this library was built from and how. A fact the build did not give is "unknown".
 */
struct BuildInfo
{
    std::string version;     ///< version of this module
    std::string git;         ///< its git describe, with -dirty if files were changed
    std::string ns3Version;  ///< version of ns-3
    std::string compiler;    ///< compiler and its version
    std::string flags;       ///< compiler flags
    std::string buildType;   ///< Release, Debug, ...
    std::string cxxStandard; ///< value of __cplusplus, for example 201703
    std::string hdf5;        ///< version of the HDF5 library, "none" if built without
    std::string boost;       ///< version of Boost, "none" if built without
};

/**
 * @ingroup optical-fabric
 * @brief Say what this library was built from and how.
 * @return the facts
 */
BuildInfo GetBuildInfo();

/**
 * @ingroup optical-fabric
 * @brief Say where the scenarios are that come with the sources.
 * @return the folder, which need not be there any more; empty if the build did not give it
 */
std::string GetShippedScenarios();

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BUILD_INFO_H */
