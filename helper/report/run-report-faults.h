/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_FAULTS_H
#define OPTICAL_FABRIC_RUN_REPORT_FAULTS_H

#include "ns3/run-results.h"

#include <ostream>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Show the faults of a run and what they did to a person; nothing if it had none.
 * @param results results of a run
 * @param os where to
 */
void PrintFaults(const RunResults& results, std::ostream& os);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_FAULTS_H */
