/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_OPTICS_H
#define OPTICAL_FABRIC_RUN_REPORT_OPTICS_H

#include "ns3/run-results.h"

#include <ostream>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Show optics and link survey to a person; nothing of what there is none of.
 * @param results results of a run
 * @param os where to
 */
void PrintOptics(const RunResults& results, std::ostream& os);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_OPTICS_H */
