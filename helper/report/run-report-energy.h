/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_ENERGY_H
#define OPTICAL_FABRIC_RUN_REPORT_ENERGY_H

#include "ns3/energy-record.h"

#include <ostream>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Show to a person what a run drew.
 * @param record what it drew
 * @param os where to
 */
void PrintEnergy(const EnergyRecord& record, std::ostream& os);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_ENERGY_H */
