/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_TABLE_H
#define OPTICAL_FABRIC_RUN_REPORT_TABLE_H

#include "ns3/run-report.h"

#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Show results to a person.
 * @param title what was simulated
 * @param parts its parts
 * @param all all parts as one
 * @param width columns to keep within, where what cannot be broken lets it
 * @param os where to
 */
void PrintReport(const std::string& title,
                 const std::vector<RunPart>& parts,
                 const RunResults& all,
                 uint32_t width,
                 std::ostream& os);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_TABLE_H */
