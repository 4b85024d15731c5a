/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICS_FIT_H
#define OPTICAL_FABRIC_OPTICS_FIT_H

#include "ns3/catalog.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Refuse parts of a light path that nobody joins: light of multimode modules, which is that
 * below 1000 nm, goes through multimode fibre and connectors, and other light through single-mode
 * ones.
 *
 * A fibre is multimode if it has a modal bandwidth. A connector says which it is for under "mode";
 * one that does not say is taken to fit both.
 *
 * Parallel lanes end in one row of fibres, so a connector has to have all of a module's; with
 * wavelength multiplexing each pair of fibres ends in a connector of its own (2xFR4: two duplex
 * ones). How many fibres a connector has is under "fibres"; one that does not say has enough.
 *
 * @param catalog has the three
 * @param transceiver name of the modules' type
 * @param fibre name of the fibre's type
 * @param connector name of the connectors' type
 * @throw std::invalid_argument naming the two that do not fit, and what does
 */
void CheckOpticsFit(const Catalog& catalog,
                    const std::string& transceiver,
                    const std::string& fibre,
                    const std::string& connector);

/**
 * @ingroup optical-fabric
 * @param transceiver a type of module
 * @return true if its light is for multimode fibre
 */
bool IsMultimode(const TransceiverSpec& transceiver);

/**
 * @ingroup optical-fabric
 * @brief How far light reaches: the longest fibre on which a lane between typical, clean and new
 * modules has a margin.
 *
 * @param catalog has the three
 * @param transceiver name of the modules' type
 * @param fibre name of the fibre's type
 * @param connector name of the connectors' type
 * @param connectors connectors on the way
 * @param targetBer bit error ratio before FEC that the margin is measured to
 * @return length, m, at most MAX_REACH_M; 0 if there is no margin without any fibre
 * @throw std::invalid_argument as CheckOpticsFit does
 */
double GetOpticalReachM(const Catalog& catalog,
                        const std::string& transceiver,
                        const std::string& fibre,
                        const std::string& connector,
                        uint32_t connectors,
                        double targetBer);

/// @ingroup optical-fabric
/// @brief Longest fibre that GetOpticalReachM looks at, m.
constexpr double MAX_REACH_M = 1e5;

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICS_FIT_H */
