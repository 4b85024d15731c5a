/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SUMMARY_WRITER_H
#define OPTICAL_FABRIC_SUMMARY_WRITER_H

#include "ns3/atomic-file.h"
#include "ns3/run-results.h"

#include <ostream>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Write a run's summary.json, in the layout of doc/results-schema.rst.
 *
 * All but three values are the same for the same results and provenance: engine.wall_s,
 * engine.packet_hops_per_s and engine.peak_rss_bytes are the measurements that tools want at hand.
 *
 * @param results what to write; must pass CheckRunResults
 * @param os where
 */
void WriteSummary(const RunResults& results, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief Write a run's summary.json to a file, which appears only when complete.
 * @param results what to write
 * @param path where, for example out/summary.json
 * @return what came of it: values refused by CheckRunResults, or the failing call and the file
 */
WriteOutcome WriteSummaryFile(const RunResults& results, const std::string& path);

/**
 * @ingroup optical-fabric
 * @brief Write a run's summary.json as one of several files that appear together.
 * @param results what to write
 * @param path where
 * @param files gets the file
 * @return what came of it
 */
WriteOutcome WriteSummaryFile(const RunResults& results,
                              const std::string& path,
                              AtomicFiles& files);

/**
 * @ingroup optical-fabric
 * @brief Write a run's volatile.json: everything that differs between runs of the same thing.
 * @param results what to write; must pass CheckRunResults
 * @param os where
 */
void WriteVolatile(const RunResults& results, std::ostream& os);

/**
 * @ingroup optical-fabric
 * @brief Write a run's volatile.json to a file, which appears only when complete.
 * @param results what to write
 * @param path where, for example out/volatile.json
 * @return what came of it: values refused by CheckRunResults, or the failing call and the file
 */
WriteOutcome WriteVolatileFile(const RunResults& results, const std::string& path);

/**
 * @ingroup optical-fabric
 * @brief Write a run's volatile.json as one of several files that appear together.
 * @param results what to write
 * @param path where
 * @param files gets the file
 * @return what came of it
 */
WriteOutcome WriteVolatileFile(const RunResults& results,
                               const std::string& path,
                               AtomicFiles& files);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SUMMARY_WRITER_H */
