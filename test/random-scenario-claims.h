/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_CLAIMS_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_CLAIMS_H

#include "ns3/run-report.h"
#include "ns3/scenario.h"

#include <string>
#include <vector>

namespace opticalfabrictest
{

/// A claim that does not hold.
struct BrokenClaim
{
    std::string claim;   ///< name of the claim, the same whatever the figures
    std::string message; ///< what is wrong
};

/**
 * @ingroup optical-fabric-tests
 * @brief What holds of every run that has ended, whatever was simulated.
 * @param scenario what was run
 * @param report what came of it
 * @return what does not hold
 */
std::vector<BrokenClaim> CheckRun(const ns3::opticalfabric::Scenario& scenario,
                                  const ns3::opticalfabric::RunReport& report);

/**
 * @ingroup optical-fabric-tests
 * @brief What two engines say alike of the same scenario, in which nothing is lost.
 * @param a what one says
 * @param b what the other says
 * @param names which these are
 * @return what differs and should not
 */
std::vector<BrokenClaim> CheckAlike(const ns3::opticalfabric::RunReport& a,
                                    const ns3::opticalfabric::RunReport& b,
                                    const std::string& names);

/**
 * @ingroup optical-fabric-tests
 * @param report what came of a run
 * @return all of it that does not depend on the scheduler, in words
 */
std::string Describe(const ns3::opticalfabric::RunReport& report);

/**
 * @ingroup optical-fabric-tests
 * @brief Payload that all ranks together send in an execution of a collective.
 * @param kind its kind
 * @param algorithm its algorithm
 * @param ranks ranks
 * @param bytes its size as its users count it, bytes
 * @return bytes; -1: it depends on what was drawn, or has no closed form
 */
int64_t GetSentBytes(ns3::opticalfabric::CollectiveKind kind,
                     ns3::opticalfabric::CollectiveAlgorithm algorithm,
                     uint64_t ranks,
                     uint64_t bytes);

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_CLAIMS_H */
