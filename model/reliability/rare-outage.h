/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RARE_OUTAGE_H
#define OPTICAL_FABRIC_RARE_OUTAGE_H

#include "ns3/mean-interval.h"
#include "ns3/repair-shop.h"
#include "ns3/uniform-source.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Equal parts of a system.
 */
struct RepairableGroup
{
    uint32_t count{1};                     ///< how many, 1 to 1000000
    double mtbfH{0};                       ///< mean time up of each, h, above 0, at most 1e15
    double mttrH{0};                       ///< mean time of a repair, h, above 0, at most 1e9
    uint32_t crews{RepairShop::UNLIMITED}; ///< repairs at once, at least 1
};

/**
 * @ingroup optical-fabric
 * @brief A system of parts that fail and are repaired at constant rates, and that seldom fails as a
 * whole: two chips of a plane at the same time, k of n modules.
 */
struct RepairableSystem
{
    std::vector<RepairableGroup> groups; ///< its parts, 1 to 100000 groups
    /// Whether the system is down, by how many of each group are down; false if none is.
    std::function<bool(const std::vector<uint32_t>& down)> isDown;
};

/**
 * @ingroup optical-fabric
 * @brief How long to look for it.
 */
struct RareOutageSearch
{
    double relativeError{0.1};  ///< half of the interval over the estimate, above 0, below 1
    double confidence{0.95};    ///< confidence level of the interval, above 0 and below 1
    uint64_t leastCycles{2000}; ///< cycles of each kind before the error is believed, at least 100
    uint64_t mostCycles{100000000}; ///< cycles of each kind at most, at least leastCycles
    /// Probability that the next event is a failure while something is down but not the system,
    /// above 0, below 1; 0: as it is, without biasing.
    double failureBias{0.5};
};

/**
 * @ingroup optical-fabric
 * @brief What was found.
 */
struct RareOutage
{
    MeanInterval unavailability; ///< share of time that the system is down
    MeanInterval frequencyPerH;  ///< how often it goes down, per h
    uint64_t cycles{0};          ///< cycles of each kind that it took
    bool isReached{false};       ///< whether unavailability has the relative error asked for
};

/**
 * @ingroup optical-fabric
 * @brief How seldom a system is down, where plain simulation would never see it.
 *
 * Importance sampling with balanced failure biasing (P. Shahabuddin, "Importance sampling for the
 * simulation of highly reliable Markovian systems", Management Science 40(3), 1994): cycles begin
 * and end when nothing is down. In a cycle, failures are made as likely as repairs, each group that
 * can fail being as likely as the others, until the system is down; then all goes on as it would.
 * What is found is weighed by the likelihood ratio, with mean times in states instead of drawn
 * ones. The relative error stays bounded however seldom the parts fail. The mean length of a cycle
 * comes from other cycles without biasing (A. Goyal et al., "A unified framework for simulating
 * Markovian models of highly dependable systems", IEEE Transactions on Computers 41(1), 1992).
 *
 * @param system the system
 * @param search how long to look
 * @param uniform random numbers
 * @return unavailability and frequency in the long run
 * @throw std::invalid_argument if a parameter is out of range, or if the system is down with
 *        nothing down
 */
RareOutage EstimateRareOutage(const RepairableSystem& system,
                              const RareOutageSearch& search,
                              const UniformSource& uniform);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RARE_OUTAGE_H */
