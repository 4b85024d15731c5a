/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "build-info.h"

#include "hdf5-result-writer.h"
#include "optional-libraries.h"

// The build writes this file into a directory that only this source searches.
#if __has_include("git-state.h")
#include "git-state.h"
#endif

#ifdef OPTICAL_FABRIC_HAVE_BOOST
#include <boost/version.hpp>
#endif

#ifndef OPTICAL_FABRIC_GIT
#define OPTICAL_FABRIC_GIT "unknown"
#endif
#ifndef OPTICAL_FABRIC_VERSION
#define OPTICAL_FABRIC_VERSION "unknown"
#endif
#ifndef OPTICAL_FABRIC_NS3_VERSION
#define OPTICAL_FABRIC_NS3_VERSION "unknown"
#endif
#ifndef OPTICAL_FABRIC_BUILD_TYPE
#define OPTICAL_FABRIC_BUILD_TYPE "unknown"
#endif
#ifndef OPTICAL_FABRIC_CXX_FLAGS
#define OPTICAL_FABRIC_CXX_FLAGS "unknown"
#endif
#ifndef OPTICAL_FABRIC_SCENARIOS
#define OPTICAL_FABRIC_SCENARIOS ""
#endif

namespace ns3
{
namespace opticalfabric
{

BuildInfo
GetBuildInfo()
{
    BuildInfo info;
    info.version = OPTICAL_FABRIC_VERSION;
    info.git = OPTICAL_FABRIC_GIT;
    info.ns3Version = OPTICAL_FABRIC_NS3_VERSION;
#if defined(__clang__)
    info.compiler = "clang " __clang_version__;
#elif defined(__GNUC__)
    info.compiler = "g++ " __VERSION__;
#else
    info.compiler = "unknown";
#endif
    info.flags = OPTICAL_FABRIC_CXX_FLAGS;
    info.buildType = OPTICAL_FABRIC_BUILD_TYPE;
    info.cxxStandard = std::to_string(__cplusplus);
    info.hdf5 = GetHdf5Version();
#ifdef OPTICAL_FABRIC_HAVE_BOOST
    info.boost = std::to_string(BOOST_VERSION / 100000) + "." +
                 std::to_string(BOOST_VERSION / 100 % 1000) + "." +
                 std::to_string(BOOST_VERSION % 100);
#else
    info.boost = "none";
#endif
    return info;
}

std::string
GetShippedScenarios()
{
    return OPTICAL_FABRIC_SCENARIOS;
}

} // namespace opticalfabric
} // namespace ns3
