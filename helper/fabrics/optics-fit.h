/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICS_FIT_H
#define OPTICAL_FABRIC_OPTICS_FIT_H

#include "ns3/catalog.h"

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

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICS_FIT_H */
